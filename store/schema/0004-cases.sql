-- What a case can be between claim and close.
-- Never edited once released; runs in one transaction.

PRAGMA user_version = 4;
