-- Many lines: which line a text really leaves by, what a day costs, what is
-- wrong with a line, and when the store was last copied.
-- Never edited once released; runs in one transaction.

PRAGMA user_version = 9;

-- The line a text belongs to, when another carries it; else ''.
ALTER TABLE outbox ADD COLUMN own_line TEXT NOT NULL DEFAULT '';
-- How far a text may go into a day's cap: 0 ordinary, 1 of somebody who needs
-- a person, 2 the first answer to HELP.
ALTER TABLE outbox ADD COLUMN need INTEGER NOT NULL DEFAULT 0
    CHECK (need BETWEEN 0 AND 2);
ALTER TABLE outbox ADD COLUMN parts INTEGER NOT NULL DEFAULT 1
    CHECK (parts >= 1);
-- It waits for the next day of its line's cap.
ALTER TABLE outbox ADD COLUMN is_capped INTEGER NOT NULL DEFAULT 0
    CHECK (is_capped IN (0, 1));
CREATE INDEX outbox_carried ON outbox (own_line)
    WHERE state = 'queued' AND own_line <> '';

UPDATE outbox SET need = 1
    WHERE kind IN ('reply', 'opening', 'alarm', 'staff');

-- What left by a line on a day of its zone; the line '' is all of them.
CREATE TABLE line_days (
	line		TEXT NOT NULL,
	day		INTEGER NOT NULL,
	texts		INTEGER NOT NULL CHECK (texts >= 0),
	parts		INTEGER NOT NULL CHECK (parts >= 0),
	spent		INTEGER NOT NULL CHECK (spent >= 0),
	over		INTEGER NOT NULL CHECK (over >= 0),
	PRIMARY KEY (line, day)
) STRICT;

-- What is wrong with a line, or with the box itself (line ''), and how often
-- somebody was told.
CREATE TABLE troubles (
	line		TEXT NOT NULL,
	kind		TEXT NOT NULL CHECK (kind IN ('away', 'sim', 'credit',
			    'expiry', 'storage', 'cap', 'disk')),
	since_utc_s	INTEGER NOT NULL,
	rounds		INTEGER NOT NULL DEFAULT 0 CHECK (rounds >= 0),
	next_utc_s	INTEGER NOT NULL,
	PRIMARY KEY (line, kind)
) STRICT;

-- When `waymark backup` last made a copy; 0 never.
ALTER TABLE meta ADD COLUMN backed_up_utc_s INTEGER NOT NULL DEFAULT 0;
