-- How and when each caller may be written to.
-- Never edited once released; runs in one transaction.

PRAGMA user_version = 5;
