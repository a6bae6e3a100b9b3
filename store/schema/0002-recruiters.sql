-- The official lists of recruiters, as they were imported: nothing of callers.
-- Never edited once released; runs in one transaction.

PRAGMA user_version = 2;

CREATE TABLE recruiter_lists (
	country		TEXT PRIMARY KEY CHECK (length(country) = 2),
	authority	TEXT NOT NULL,
	as_of_utc_s	INTEGER NOT NULL,
	imported_utc_s	INTEGER NOT NULL
) STRICT;

CREATE TABLE recruiters (
	id		INTEGER PRIMARY KEY,
	country		TEXT NOT NULL REFERENCES recruiter_lists (country),
	name		TEXT NOT NULL,
	other_names	TEXT NOT NULL,
	licences	TEXT NOT NULL,
	place		TEXT NOT NULL,
	status		TEXT NOT NULL CHECK (status IN ('valid', 'unclear',
			    'expired', 'suspended', 'cancelled', 'banned'))
) STRICT;
CREATE INDEX recruiters_of_country ON recruiters (country);
