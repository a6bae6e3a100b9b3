-- Partners, referrals, what caseworkers note for statistics, tallies.
-- Never edited once released; runs in one transaction.

PRAGMA user_version = 6;
