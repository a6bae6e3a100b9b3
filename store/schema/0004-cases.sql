-- What a case can be between claim and close.
-- Never edited once released; runs in one transaction.

PRAGMA user_version = 4;

-- The lease: when whoever has claimed it last did something for it.
ALTER TABLE requests ADD COLUMN renewed_utc_s INTEGER NOT NULL DEFAULT 0;
-- Since when its caller waits for a person's answer.
ALTER TABLE requests ADD COLUMN waits_since_utc_s INTEGER;
ALTER TABLE requests ADD COLUMN snoozed_utc_s INTEGER;
ALTER TABLE requests ADD COLUMN snoozed_until_utc_s INTEGER
    CHECK ((snoozed_until_utc_s IS NULL) = (snoozed_utc_s IS NULL));
ALTER TABLE requests ADD COLUMN wakes_on_reply INTEGER NOT NULL DEFAULT 0
    CHECK (wakes_on_reply IN (0, 1));
-- Each on a line, in order; case_labels says the same, to find them by.
ALTER TABLE requests ADD COLUMN labels TEXT NOT NULL DEFAULT '';
ALTER TABLE requests ADD COLUMN feedback TEXT NOT NULL DEFAULT 'none'
    CHECK (feedback IN ('none', 'due', 'asked', 'done'));

UPDATE requests SET renewed_utc_s = changed_utc_s WHERE state = 'claimed';
UPDATE requests SET waits_since_utc_s = changed_utc_s
    WHERE state = 'open' OR (state = 'claimed' AND unread > 0);

-- Which list it stands on.
ALTER TABLE requests ADD COLUMN shelf TEXT
    GENERATED ALWAYS AS (CASE
	WHEN state NOT IN ('open', 'claimed') THEN 'ended'
	WHEN snoozed_until_utc_s IS NOT NULL THEN 'snoozed'
	ELSE 'queue' END) VIRTUAL;

DROP INDEX requests_in_order;
-- Lists are read an urgency at a time and by id in it, which is the age that
-- no clock can turn round; SQLite ends each index with the id by itself.
CREATE INDEX requests_in_order ON requests (urgency);
CREATE INDEX requests_on_shelf ON requests (shelf, urgency);
CREATE INDEX requests_of_state ON requests (state, urgency);
CREATE INDEX requests_of_corridor ON requests (corridor, shelf, urgency);
CREATE INDEX requests_of_language ON requests (language, shelf, urgency);
CREATE INDEX requests_of_staff ON requests (claimed_by, urgency)
    WHERE state = 'claimed';
CREATE INDEX requests_leased ON requests (renewed_utc_s)
    WHERE state = 'claimed' AND snoozed_until_utc_s IS NULL;
CREATE INDEX requests_snoozed ON requests (snoozed_until_utc_s)
    WHERE snoozed_until_utc_s IS NOT NULL;
CREATE INDEX requests_asleep_since ON requests (snoozed_utc_s)
    WHERE snoozed_utc_s IS NOT NULL;
CREATE INDEX requests_waiting ON requests (urgency, waits_since_utc_s)
    WHERE waits_since_utc_s IS NOT NULL AND snoozed_until_utc_s IS NULL;
CREATE INDEX requests_unread ON requests (shelf)
    WHERE unread > 0;
CREATE INDEX requests_feedback_due ON requests (id)
    WHERE feedback = 'due';

CREATE TABLE case_labels (
	label		TEXT NOT NULL,
	request		INTEGER NOT NULL REFERENCES requests (id),
	shelf		TEXT NOT NULL,
	urgency		INTEGER NOT NULL,
	PRIMARY KEY (request, label)
) STRICT;
CREATE INDEX case_labels_in_order ON case_labels (label, shelf, urgency,
    request);

-- Labels say where their case stands, so that a list by label is read in
-- order whatever moved the case.
CREATE TRIGGER labels_follow_their_case
AFTER UPDATE OF state, urgency, snoozed_until_utc_s ON requests
WHEN NEW.labels <> ''
BEGIN
	UPDATE case_labels SET shelf = NEW.shelf, urgency = NEW.urgency
	    WHERE request = NEW.id;
END;

-- Forms that were taken: one sent again changes nothing.
CREATE TABLE case_tokens (
	token		TEXT PRIMARY KEY,
	request		INTEGER NOT NULL REFERENCES requests (id)
) STRICT;
CREATE INDEX case_tokens_of_request ON case_tokens (request);

-- Whatever ends a case for good leaves nothing of what it was about; what ends
-- it at all makes nobody wait and nothing sleep.
CREATE TRIGGER tombstones_keep_no_labels
AFTER UPDATE OF state ON requests
WHEN NEW.state IN ('withdrawn', 'forgotten')
BEGIN
	DELETE FROM case_labels WHERE request = NEW.id;
	DELETE FROM case_tokens WHERE request = NEW.id;
	UPDATE requests SET labels = '', feedback = CASE feedback
	    WHEN 'due' THEN 'none' ELSE feedback END WHERE id = NEW.id;
END;
CREATE TRIGGER ended_cases_do_not_wait
AFTER UPDATE OF state ON requests
WHEN NEW.state NOT IN ('open', 'claimed')
BEGIN
	UPDATE requests SET waits_since_utc_s = NULL, snoozed_utc_s = NULL,
	    snoozed_until_utc_s = NULL, wakes_on_reply = 0 WHERE id = NEW.id;
END;
