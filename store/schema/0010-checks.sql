-- The journal, the outbox and the texts of cases anew, with the same columns: a
-- CHECK with a list of more than two words makes SQLite build a table for it at
-- every row, which took a third of the time of an arrival.  Said with OR it
-- does not.
-- Never edited once released; runs in one transaction.

PRAGMA user_version = 10;

CREATE TABLE journal_new (
	id		INTEGER PRIMARY KEY,
	dedupe		BLOB NOT NULL UNIQUE CHECK (length(dedupe) = 16),
	state		TEXT NOT NULL CHECK (state = 'waiting' OR state = 'part'
			    OR state = 'handled' OR state = 'joined'
			    OR state = 'ignored' OR state = 'aside'),
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
	CHECK (content IS NULL OR state = 'waiting' OR state = 'part'),
	CHECK (aside IS NULL OR state = 'aside'),
	CHECK (caller IS NULL OR state = 'waiting' OR state = 'part'
	    OR state = 'aside')
) STRICT;
INSERT INTO journal_new SELECT id, dedupe, state, line, kind, sender_kind,
	network_utc_s, arrived_utc_s, tries, next_utc_s, is_partial, caller,
	content, join_reference, join_bits, part, parts, aside, aside_epoch,
	cause FROM journal;
DROP TABLE journal;
ALTER TABLE journal_new RENAME TO journal;
CREATE INDEX journal_waiting ON journal (next_utc_s)
    WHERE state = 'waiting';
CREATE INDEX journal_parts ON journal (arrived_utc_s)
    WHERE state = 'part';
CREATE INDEX journal_of_caller ON journal (caller)
    WHERE caller IS NOT NULL;

CREATE TABLE outbox_new (
	id		INTEGER PRIMARY KEY,
	state		TEXT NOT NULL CHECK (state = 'queued'
			    OR state = 'sending' OR state = 'sent'
			    OR state = 'unsure' OR state = 'failed'
			    OR state = 'given up'),
	kind		TEXT NOT NULL CHECK (kind = 'answer' OR kind = 'reply'
			    OR kind = 'opening' OR kind = 'cover'
			    OR kind = 'feedback' OR kind = 'followup'
			    OR kind = 'alarm' OR kind = 'staff'),
	class		INTEGER NOT NULL CHECK (class BETWEEN 0 AND 3),
	held		TEXT NOT NULL DEFAULT '' CHECK (held = ''
			    OR held = 'hours' OR held = 'answer'),
	line		TEXT NOT NULL,
	journal		INTEGER NOT NULL,
	request		INTEGER NOT NULL,
	tries		INTEGER NOT NULL DEFAULT 0,
	first_part	INTEGER NOT NULL DEFAULT 1,
	overrides	INTEGER NOT NULL DEFAULT 0 CHECK (overrides >= 0),
	added_utc_s	INTEGER NOT NULL,
	next_utc_s	INTEGER NOT NULL,
	ended_utc_s	INTEGER,
	cause		TEXT NOT NULL DEFAULT '',
	caller		BLOB,
	content		BLOB,
	doubts		INTEGER NOT NULL DEFAULT 0 CHECK (doubts >= 0),
	delivered	INTEGER NOT NULL DEFAULT 0 CHECK (delivered >= 0),
	report		TEXT NOT NULL DEFAULT '' CHECK (report = ''
			    OR report = 'delivered'
			    OR report = 'not delivered'),
	own_line	TEXT NOT NULL DEFAULT '',
	need		INTEGER NOT NULL DEFAULT 0 CHECK (need BETWEEN 0 AND 2),
	parts		INTEGER NOT NULL DEFAULT 1 CHECK (parts >= 1),
	is_capped	INTEGER NOT NULL DEFAULT 0 CHECK (is_capped = 0
			    OR is_capped = 1),
	CHECK ((state = 'queued' OR state = 'sending')
	    = (content IS NOT NULL)),
	CHECK ((state = 'queued' OR state = 'sending')
	    = (caller IS NOT NULL)),
	CHECK ((state = 'queued' OR state = 'sending')
	    = (ended_utc_s IS NULL))
) STRICT;
INSERT INTO outbox_new SELECT id, state, kind, class, held, line, journal,
	request, tries, first_part, overrides, added_utc_s, next_utc_s,
	ended_utc_s, cause, caller, content, doubts, delivered, report,
	own_line, need, parts, is_capped FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;
CREATE INDEX outbox_queue ON outbox (line, class, next_utc_s)
    WHERE state = 'queued';
CREATE INDEX outbox_due ON outbox (line, next_utc_s)
    WHERE state = 'queued';
CREATE INDEX outbox_live ON outbox (caller, line)
    WHERE caller IS NOT NULL;
CREATE INDEX outbox_of_request ON outbox (request)
    WHERE caller IS NOT NULL AND request <> 0;
CREATE INDEX outbox_carried ON outbox (own_line)
    WHERE state = 'queued' AND own_line <> '';

CREATE TABLE case_texts_new (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	request		INTEGER NOT NULL REFERENCES requests (id),
	kind		TEXT NOT NULL CHECK (kind = 'caller' OR kind = 'reply'
			    OR kind = 'note'),
	at_utc_s	INTEGER NOT NULL,
	staff		INTEGER REFERENCES staff (id),
	journal		INTEGER,
	outbox		INTEGER,
	epoch		INTEGER NOT NULL REFERENCES epochs (id),
	content		BLOB NOT NULL
) STRICT;
INSERT INTO case_texts_new SELECT id, request, kind, at_utc_s, staff, journal,
	outbox, epoch, content FROM case_texts;
-- No id is given twice, also not one of a text that was erased since.
DELETE FROM sqlite_sequence WHERE name = 'case_texts_new';
INSERT INTO sqlite_sequence (name, seq)
    SELECT 'case_texts_new', seq FROM sqlite_sequence
    WHERE name = 'case_texts';
DROP TABLE case_texts;
ALTER TABLE case_texts_new RENAME TO case_texts;
CREATE INDEX case_texts_of_request ON case_texts (request);
