-- What a caller's phone can show.
-- Never edited once released; runs in one transaction.

PRAGMA user_version = 11;

-- It writes and shows Burmese by the Zawgyi font; learned from their texts, and
-- kept when their walk is erased, since texts go to them later as well.
ALTER TABLE callers ADD COLUMN is_zawgyi INTEGER NOT NULL DEFAULT 0
    CHECK (is_zawgyi IN (0, 1));
