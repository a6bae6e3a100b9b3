-- Caseworkers' own keys, duty and phones; the audit trail.
-- Never edited once released; runs in one transaction.

PRAGMA user_version = 3;
