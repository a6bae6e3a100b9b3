-- The first store.  Tables, columns, states and what is erased when are told
-- in store/README.md.  Never edited once released; runs in one transaction.

PRAGMA application_id = 0x57594d4b;	-- "WYMK"
PRAGMA user_version = 1;

CREATE TABLE meta (
	only_row	INTEGER PRIMARY KEY CHECK (only_row = 1),
	team_public	BLOB NOT NULL CHECK (length(team_public) = 32),
	box_fingerprint	BLOB NOT NULL CHECK (length(box_fingerprint) = 8),
	created_on	TEXT NOT NULL,
	is_clean	INTEGER NOT NULL CHECK (is_clean IN (0, 1))
) STRICT;

CREATE TABLE epochs (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	began_utc_s	INTEGER NOT NULL,
	wrapped		BLOB NOT NULL
) STRICT;

CREATE TABLE callers (
	key		BLOB PRIMARY KEY CHECK (length(key) = 32),
	number		BLOB,
	line		TEXT NOT NULL,
	corridor	TEXT NOT NULL,
	language	TEXT NOT NULL,
	is_stopped	INTEGER NOT NULL CHECK (is_stopped IN (0, 1)),
	last_utc_s	INTEGER NOT NULL
) STRICT;

CREATE TABLE walks (
	caller		BLOB PRIMARY KEY CHECK (length(caller) = 32),
	walk		BLOB NOT NULL,
	changed_utc_s	INTEGER NOT NULL,
	is_unsure	INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE journal (
	id		INTEGER PRIMARY KEY,
	dedupe		BLOB NOT NULL UNIQUE CHECK (length(dedupe) = 16),
	state		TEXT NOT NULL CHECK (state IN ('waiting', 'part',
			    'handled', 'joined', 'ignored', 'aside')),
	line		TEXT NOT NULL,
	kind		TEXT NOT NULL,
	sender_kind	TEXT NOT NULL,
	network_utc_s	INTEGER NOT NULL,
	arrived_utc_s	INTEGER NOT NULL,
	tries		INTEGER NOT NULL DEFAULT 0,
	next_utc_s	INTEGER NOT NULL DEFAULT 0,
	is_partial	INTEGER NOT NULL DEFAULT 0,
	caller		BLOB,
	content		BLOB,
	join_reference	INTEGER,
	join_bits	INTEGER,
	part		INTEGER,
	parts		INTEGER,
	aside		BLOB,
	aside_epoch	INTEGER REFERENCES epochs (id),
	cause		TEXT,
	CHECK (part BETWEEN 1 AND parts AND parts <= 255),
	CHECK (state IN ('waiting', 'part') OR content IS NULL),
	CHECK (state = 'aside' OR aside IS NULL),
	CHECK (state IN ('waiting', 'part', 'aside') OR caller IS NULL)
) STRICT;
CREATE INDEX journal_waiting ON journal (next_utc_s)
    WHERE state = 'waiting';
CREATE INDEX journal_parts ON journal (arrived_utc_s)
    WHERE state = 'part';
CREATE INDEX journal_of_caller ON journal (caller)
    WHERE caller IS NOT NULL;

CREATE TABLE outbox (
	id		INTEGER PRIMARY KEY,
	state		TEXT NOT NULL CHECK (state IN ('queued', 'sending',
			    'sent', 'unsure', 'failed', 'given up')),
	kind		TEXT NOT NULL CHECK (kind IN ('answer', 'reply')),
	line		TEXT NOT NULL,
	journal		INTEGER NOT NULL,
	request		INTEGER NOT NULL,
	tries		INTEGER NOT NULL DEFAULT 0,
	first_part	INTEGER NOT NULL DEFAULT 1,
	overrides_hold	INTEGER NOT NULL DEFAULT 0
			    CHECK (overrides_hold IN (0, 1)),
	added_utc_s	INTEGER NOT NULL,
	next_utc_s	INTEGER NOT NULL,
	ended_utc_s	INTEGER,
	caller		BLOB,
	content		BLOB,
	CHECK ((state IN ('queued', 'sending')) = (content IS NOT NULL)),
	CHECK ((state IN ('queued', 'sending')) = (caller IS NOT NULL)),
	CHECK ((state IN ('queued', 'sending')) = (ended_utc_s IS NULL))
) STRICT;
CREATE INDEX outbox_queue ON outbox (line, next_utc_s)
    WHERE state = 'queued';
CREATE INDEX outbox_live ON outbox (caller, line)
    WHERE caller IS NOT NULL;

CREATE TABLE staff (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	name		TEXT NOT NULL,
	name_folded	TEXT NOT NULL UNIQUE,
	role		TEXT NOT NULL CHECK (role IN ('caseworker', 'lead',
			    'technician')),
	wrapped		BLOB NOT NULL,
	is_disabled	INTEGER NOT NULL DEFAULT 0,
	added_utc_s	INTEGER NOT NULL
) STRICT;

CREATE TABLE recovery (
	only_row	INTEGER PRIMARY KEY CHECK (only_row = 1),
	wrapped		BLOB NOT NULL,
	made_utc_s	INTEGER NOT NULL
) STRICT;

CREATE TABLE requests (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	ref		TEXT NOT NULL UNIQUE,
	state		TEXT NOT NULL CHECK (state IN ('open', 'claimed',
			    'closed', 'withdrawn', 'forgotten')),
	urgency		INTEGER NOT NULL CHECK (urgency BETWEEN 0 AND 3),
	consent		TEXT NOT NULL CHECK (consent IN ('unasked', 'yes',
			    'no')),
	is_on_hold	INTEGER NOT NULL DEFAULT 0,
	menu_is_back	INTEGER NOT NULL DEFAULT 0,
	caller		BLOB,
	line		TEXT NOT NULL,
	corridor	TEXT NOT NULL,
	language	TEXT NOT NULL,
	opened_by	TEXT NOT NULL,
	opened_utc_s	INTEGER NOT NULL,
	changed_utc_s	INTEGER NOT NULL,
	claimed_by	INTEGER REFERENCES staff (id),
	outcome		TEXT NOT NULL DEFAULT '',
	unread		INTEGER NOT NULL DEFAULT 0,
	number		BLOB,
	number_epoch	INTEGER REFERENCES epochs (id),
	answers		BLOB,
	answers_epoch	INTEGER REFERENCES epochs (id),
	CHECK (state IN ('open', 'claimed', 'closed') OR
	    (caller IS NULL AND number IS NULL AND answers IS NULL)),
	CHECK (state <> 'claimed' OR claimed_by IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX requests_running ON requests (caller)
    WHERE state IN ('open', 'claimed');
CREATE INDEX requests_of_caller ON requests (caller)
    WHERE caller IS NOT NULL;
CREATE INDEX requests_in_order ON requests (state, urgency DESC,
    opened_utc_s, id);

CREATE TABLE case_texts (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	request		INTEGER NOT NULL REFERENCES requests (id),
	kind		TEXT NOT NULL CHECK (kind IN ('caller', 'reply',
			    'note')),
	at_utc_s	INTEGER NOT NULL,
	staff		INTEGER REFERENCES staff (id),
	journal		INTEGER,
	outbox		INTEGER,
	epoch		INTEGER NOT NULL REFERENCES epochs (id),
	content		BLOB NOT NULL
) STRICT;
CREATE INDEX case_texts_of_request ON case_texts (request);

CREATE TABLE events (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	request		INTEGER NOT NULL REFERENCES requests (id),
	at_utc_s	INTEGER NOT NULL,
	what		TEXT NOT NULL,
	staff		INTEGER REFERENCES staff (id)
) STRICT;
CREATE INDEX events_of_request ON events (request);
