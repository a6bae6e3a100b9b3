-- What guards count of each caller, numbers that do not take texts, and what
-- is known of a text after it was sent.
-- Never edited once released; runs in one transaction.

PRAGMA user_version = 8;

-- Columns as in struct guard_count; one row a caller who was answered within
-- a day.
CREATE TABLE guards (
	caller		BLOB PRIMARY KEY CHECK (length(caller) = 32),
	hour_utc_s	INTEGER NOT NULL,
	hour_answers	INTEGER NOT NULL,
	hour_pages	INTEGER NOT NULL,
	day_utc_s	INTEGER NOT NULL,
	day_answers	INTEGER NOT NULL,
	help_answers	INTEGER NOT NULL,
	withheld	INTEGER NOT NULL,
	notes		INTEGER NOT NULL,
	same_answers	INTEGER NOT NULL,
	same_utc_s	INTEGER NOT NULL,
	exchange	BLOB NOT NULL CHECK (length(exchange) = 16)
) STRICT, WITHOUT ROWID;

-- What guards did, without anybody: how often since the store was made.
CREATE TABLE guard_counts (
	what		TEXT PRIMARY KEY,
	count		INTEGER NOT NULL CHECK (count > 0)
) STRICT, WITHOUT ROWID;

-- Numbers whose texts fail: no text is tried before next_utc_s.
CREATE TABLE distances (
	caller		BLOB PRIMARY KEY CHECK (length(caller) = 32),
	failures	INTEGER NOT NULL CHECK (failures > 0),
	next_utc_s	INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How often a text was tried again though it may have gone, and what its
-- network reported of the parts that went.
ALTER TABLE outbox ADD COLUMN doubts INTEGER NOT NULL DEFAULT 0
    CHECK (doubts >= 0);
ALTER TABLE outbox ADD COLUMN delivered INTEGER NOT NULL DEFAULT 0
    CHECK (delivered >= 0);
ALTER TABLE outbox ADD COLUMN report TEXT NOT NULL DEFAULT ''
    CHECK (report IN ('', 'delivered', 'not delivered'));
