-- How and when each caller may be written to.
-- Never edited once released; runs in one transaction.

PRAGMA user_version = 5;

-- What the helpline's settings say of hours and of a conversation, written by
-- the hub when it starts, so that the desk asks the gate with the same; hours
-- are minutes of the caller's day.
CREATE TABLE contact_rules (
	only_row	INTEGER PRIMARY KEY CHECK (only_row = 1),
	warm_s		INTEGER NOT NULL CHECK (warm_s > 0),
	unasked_from	INTEGER NOT NULL,
	unasked_until	INTEGER NOT NULL,
	morning_from	INTEGER NOT NULL,
	morning_until	INTEGER NOT NULL,
	noon_from	INTEGER NOT NULL,
	noon_until	INTEGER NOT NULL,
	evening_from	INTEGER NOT NULL,
	evening_until	INTEGER NOT NULL,
	night_from	INTEGER NOT NULL,
	night_until	INTEGER NOT NULL
) STRICT;
INSERT INTO contact_rules VALUES
    (1, 1800, 480, 1200, 360, 660, 660, 900, 1020, 1260, 1260, 60);

-- One row a request that is still somebody's.
CREATE TABLE contacts (
	request		INTEGER PRIMARY KEY REFERENCES requests (id),
	way		TEXT NOT NULL DEFAULT 'text' CHECK (way IN ('text',
			    'call', 'self', 'other')),
	hours		TEXT NOT NULL DEFAULT 'unasked' CHECK (hours IN (
			    'unasked', 'morning', 'noon', 'evening', 'night',
			    'any')),
	zone		TEXT NOT NULL DEFAULT 'UTC+0',
	talk		TEXT NOT NULL DEFAULT 'quiet' CHECK (talk IN ('quiet',
			    'asked', 'open', 'wrong')),
	wrote_utc_s	INTEGER NOT NULL DEFAULT 0,
	asked_utc_s	INTEGER NOT NULL DEFAULT 0,
	word		BLOB,
	other_caller	BLOB CHECK (length(other_caller) = 32),
	other_number	BLOB,
	feedback_utc_s	INTEGER NOT NULL DEFAULT 0,
	followup_utc_s	INTEGER,
	CHECK ((other_caller IS NULL) = (other_number IS NULL))
) STRICT;
CREATE INDEX contacts_of_other ON contacts (other_caller)
    WHERE other_caller IS NOT NULL;
CREATE INDEX contacts_followup ON contacts (followup_utc_s)
    WHERE followup_utc_s IS NOT NULL;
INSERT INTO contacts (request)
    SELECT id FROM requests WHERE caller IS NOT NULL;

-- A request without a caller has nobody to contact, by whatever road it came
-- to that.
CREATE TRIGGER tombstones_keep_no_contact
AFTER UPDATE OF state ON requests
WHEN NEW.state IN ('withdrawn', 'forgotten')
BEGIN
	DELETE FROM contacts WHERE request = NEW.id;
END;

-- The outbox anew: kinds, classes, what a text waits for, and what a
-- caseworker's reason lifts (bits of enum contact_override).
CREATE TABLE outbox_new (
	id		INTEGER PRIMARY KEY,
	state		TEXT NOT NULL CHECK (state IN ('queued', 'sending',
			    'sent', 'unsure', 'failed', 'given up')),
	kind		TEXT NOT NULL CHECK (kind IN ('answer', 'reply',
			    'opening', 'cover', 'feedback', 'followup',
			    'alarm', 'staff')),
	class		INTEGER NOT NULL CHECK (class BETWEEN 0 AND 3),
	held		TEXT NOT NULL DEFAULT '' CHECK (held IN ('', 'hours',
			    'answer')),
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
	CHECK ((state IN ('queued', 'sending')) = (content IS NOT NULL)),
	CHECK ((state IN ('queued', 'sending')) = (caller IS NOT NULL)),
	CHECK ((state IN ('queued', 'sending')) = (ended_utc_s IS NULL))
) STRICT;
INSERT INTO outbox_new (id, state, kind, class, line, journal, request, tries,
	first_part, overrides, added_utc_s, next_utc_s, ended_utc_s, caller,
	content)
    SELECT id, state, kind, CASE kind WHEN 'answer' THEN 0 ELSE 2 END, line,
	journal, request, tries, first_part, overrides_hold, added_utc_s,
	next_utc_s, ended_utc_s, caller, content FROM outbox;
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
