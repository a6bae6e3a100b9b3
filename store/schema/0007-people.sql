-- Counts of people beside counts of what they did; why somebody asked for an
-- erasure.  Never edited once released; runs in one transaction.

PRAGMA user_version = 7;

-- Of what was counted before nobody knows how many people it was: it stands as
-- it stood, one for one.
ALTER TABLE tallies ADD COLUMN callers INTEGER NOT NULL DEFAULT 0
    CHECK (callers >= 0);
ALTER TABLE tallies ADD COLUMN new_callers INTEGER NOT NULL DEFAULT 0
    CHECK (new_callers >= 0);
UPDATE tallies SET callers = count, new_callers = count;

-- That a caller was counted, and in which week last; what it was stands in the
-- keyed hash alone.
CREATE TABLE tally_marks (
	mark		BLOB PRIMARY KEY CHECK (length(mark) = 16),
	caller		BLOB NOT NULL CHECK (length(caller) = 32),
	week		TEXT NOT NULL CHECK (length(week) = 8)
) STRICT, WITHOUT ROWID;
CREATE INDEX tally_marks_of_caller ON tally_marks (caller);

-- Whoever is no longer known is no longer known to have been counted.
CREATE TRIGGER unknown_callers_have_no_marks
AFTER DELETE ON callers
BEGIN
	DELETE FROM tally_marks WHERE caller = OLD.key;
END;

CREATE TRIGGER stopped_callers_have_no_marks
AFTER UPDATE OF number ON callers WHEN NEW.number IS NULL
BEGIN
	DELETE FROM tally_marks WHERE caller = NEW.key;
END;

-- Why it was asked for, sealed; there is none of what was asked before.
ALTER TABLE erasures ADD COLUMN epoch INTEGER REFERENCES epochs (id);
ALTER TABLE erasures ADD COLUMN reason BLOB;
