-- Caseworkers' own keys, duty and phones; alarms; the audit trail.
-- Never edited once released; runs in one transaction.

PRAGMA user_version = 3;

-- What a password opens may be taken away.  A new column, since SQLite cannot
-- take NOT NULL from an old one.
ALTER TABLE staff RENAME COLUMN wrapped TO wrapped_before;
ALTER TABLE staff ADD COLUMN wrapped BLOB;
UPDATE staff SET wrapped = wrapped_before WHERE is_disabled = 0;
ALTER TABLE staff DROP COLUMN wrapped_before;

-- Without public_key, `wrapped` is the team's secret as version 1 had it; with
-- it, the person's own.
ALTER TABLE staff ADD COLUMN public_key BLOB CHECK (length(public_key) = 32);
ALTER TABLE staff ADD COLUMN team_sealed BLOB
    CHECK (team_sealed IS NULL OR public_key IS NOT NULL);

ALTER TABLE staff ADD COLUMN is_on_duty INTEGER NOT NULL DEFAULT 0
    CHECK (is_on_duty IN (0, 1));
ALTER TABLE staff ADD COLUMN duty_from_minute INTEGER NOT NULL DEFAULT 0
    CHECK (duty_from_minute BETWEEN 0 AND 1439);
ALTER TABLE staff ADD COLUMN duty_until_minute INTEGER NOT NULL DEFAULT 0
    CHECK (duty_until_minute BETWEEN 0 AND 1439);

ALTER TABLE staff ADD COLUMN phone_key BLOB CHECK (length(phone_key) = 32);
ALTER TABLE staff ADD COLUMN phone BLOB
    CHECK ((phone IS NULL) = (phone_key IS NULL));
ALTER TABLE staff ADD COLUMN phone_line TEXT NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN wrong_codes INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX staff_of_phone ON staff (phone_key)
    WHERE phone_key IS NOT NULL;

CREATE TABLE staff_codes (
	staff		INTEGER NOT NULL REFERENCES staff (id),
	hash		BLOB NOT NULL CHECK (length(hash) = 32),
	place		INTEGER NOT NULL,
	used_utc_s	INTEGER,
	PRIMARY KEY (staff, hash)
) STRICT;

CREATE TABLE alarms (
	request		INTEGER PRIMARY KEY REFERENCES requests (id)
			    ON DELETE CASCADE,
	rounds		INTEGER NOT NULL CHECK (rounds >= 1),
	next_utc_s	INTEGER NOT NULL
) STRICT;
CREATE INDEX alarms_due ON alarms (next_utc_s);

CREATE TABLE audit (
	id		INTEGER PRIMARY KEY CHECK (id > 0),
	at_utc_s	INTEGER NOT NULL,
	staff		INTEGER NOT NULL,
	what		TEXT NOT NULL,
	ref		TEXT NOT NULL,
	detail		TEXT NOT NULL,
	hash		BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX audit_of_ref ON audit (ref, id) WHERE ref <> '';

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
CREATE TRIGGER audit_is_not_erased BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
-- INSERT OR REPLACE would erase without asking the trigger above.
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id >= NEW.id)
BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
