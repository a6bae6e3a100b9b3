-- Partners, referrals, what caseworkers note for statistics, tallies.
-- Never edited once released; runs in one transaction.

PRAGMA user_version = 6;

CREATE TABLE partners (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	name		TEXT NOT NULL,
	name_folded	TEXT NOT NULL UNIQUE,
	kind		TEXT NOT NULL,
	place		TEXT NOT NULL,
	reach		TEXT NOT NULL,
	languages	TEXT NOT NULL,
	serves		TEXT NOT NULL,
	public_key	BLOB CHECK (length(public_key) = 32),
	is_removed	INTEGER NOT NULL DEFAULT 0
			    CHECK (is_removed IN (0, 1)),
	changed_utc_s	INTEGER NOT NULL
) STRICT;

CREATE TABLE referrals (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	request		INTEGER NOT NULL REFERENCES requests (id),
	partner		INTEGER NOT NULL REFERENCES partners (id),
	state		TEXT NOT NULL CHECK (state IN ('asked', 'agreed',
			    'refused', 'passed', 'accepted', 'declined',
			    'withdrawn', 'ended')),
	consent_by	TEXT NOT NULL DEFAULT '' CHECK (consent_by IN ('',
			    'note', 'text')),
	staff		INTEGER NOT NULL REFERENCES staff (id),
	asked_utc_s	INTEGER NOT NULL,
	agreed_utc_s	INTEGER,
	passed_utc_s	INTEGER,
	passed_as	TEXT NOT NULL DEFAULT '' CHECK (passed_as IN ('',
			    'sheet', 'file')),
	ended_utc_s	INTEGER,
	told_utc_s	INTEGER,
	is_in_doubt	INTEGER NOT NULL DEFAULT 0
			    CHECK (is_in_doubt IN (0, 1)),
	CHECK (state NOT IN ('agreed', 'passed', 'accepted', 'declined') OR
	    (consent_by <> '' AND agreed_utc_s IS NOT NULL)),
	CHECK (state NOT IN ('passed', 'accepted', 'declined') OR
	    passed_utc_s IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX referrals_running ON referrals (request, partner)
    WHERE state IN ('asked', 'agreed', 'passed', 'accepted');
-- A caller's YES must say to whom.
CREATE UNIQUE INDEX referrals_asked ON referrals (request)
    WHERE state = 'asked';
CREATE INDEX referrals_of_request ON referrals (request);
CREATE INDEX referrals_to_tell ON referrals (partner)
    WHERE state = 'withdrawn' AND passed_utc_s IS NOT NULL
    AND told_utc_s IS NULL;

CREATE TABLE referral_parts (
	id		INTEGER PRIMARY KEY,
	referral	INTEGER NOT NULL REFERENCES referrals (id),
	kind		TEXT NOT NULL CHECK (kind IN ('wording', 'answer',
			    'fields')),
	at_utc_s	INTEGER NOT NULL,
	epoch		INTEGER NOT NULL REFERENCES epochs (id),
	content		BLOB NOT NULL
) STRICT;
CREATE INDEX referral_parts_of_referral ON referral_parts (referral);

CREATE TABLE case_facts (
	request		INTEGER PRIMARY KEY REFERENCES requests (id),
	changed_utc_s	INTEGER NOT NULL,
	epoch		INTEGER NOT NULL REFERENCES epochs (id),
	content		BLOB NOT NULL
) STRICT;

-- Whatever takes the caller's agreement back takes every referral back, by
-- whatever road it comes: nobody has to think of it.
CREATE TRIGGER stop_withdraws_referrals
AFTER UPDATE OF is_stopped ON callers WHEN NEW.is_stopped = 1
BEGIN
	UPDATE referrals SET state = 'withdrawn', is_in_doubt = 0,
	    ended_utc_s = NEW.last_utc_s
	WHERE state IN ('asked', 'agreed', 'passed', 'accepted', 'declined')
	AND request IN (SELECT id FROM requests WHERE caller = NEW.key);
END;

CREATE TRIGGER consent_withdraws_referrals
AFTER UPDATE OF consent, state ON requests
WHEN NEW.consent = 'no' OR NEW.state IN ('withdrawn', 'forgotten')
BEGIN
	UPDATE referrals SET state = 'withdrawn', is_in_doubt = 0,
	    ended_utc_s = NEW.changed_utc_s
	WHERE state IN ('asked', 'agreed', 'passed', 'accepted', 'declined')
	AND request = NEW.id;
END;

CREATE TRIGGER tombstones_keep_no_data
AFTER UPDATE OF state ON requests
WHEN NEW.state IN ('withdrawn', 'forgotten')
BEGIN
	DELETE FROM referral_parts WHERE referral IN
	    (SELECT id FROM referrals WHERE request = NEW.id);
	DELETE FROM case_facts WHERE request = NEW.id;
	DELETE FROM erasures WHERE request = NEW.id;
END;

-- Who asked that a case be erased; somebody else has to confirm it.
CREATE TABLE erasures (
	request		INTEGER PRIMARY KEY REFERENCES requests (id),
	staff		INTEGER NOT NULL REFERENCES staff (id),
	asked_utc_s	INTEGER NOT NULL
) STRICT;

-- The time that retention goes by.
CREATE TABLE retention_clock (
	only_row	INTEGER PRIMARY KEY CHECK (only_row = 1),
	trusted_utc_s	INTEGER NOT NULL
) STRICT;

-- Counts without persons.
CREATE TABLE tallies (
	week		TEXT NOT NULL CHECK (length(week) = 8),
	corridor	TEXT NOT NULL,
	what		TEXT NOT NULL CHECK (what IN ('request', 'need',
			    'sign', 'recruiter', 'feedback')),
	first		TEXT NOT NULL,
	second		TEXT NOT NULL,
	third		TEXT NOT NULL,
	count		INTEGER NOT NULL CHECK (count > 0),
	PRIMARY KEY (week, corridor, what, first, second, third)
) STRICT;

-- What was given out, so that two releases cannot be laid side by side to
-- single somebody out.
CREATE TABLE releases (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	made_utc_s	INTEGER NOT NULL,
	staff		INTEGER NOT NULL REFERENCES staff (id),
	first_week	TEXT NOT NULL,
	last_week	TEXT NOT NULL,
	form		TEXT NOT NULL
) STRICT;

CREATE TABLE release_cells (
	release		INTEGER NOT NULL REFERENCES releases (id),
	cell		TEXT NOT NULL,
	count		INTEGER NOT NULL,
	PRIMARY KEY (release, cell)
) STRICT;
