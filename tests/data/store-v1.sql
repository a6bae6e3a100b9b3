-- A store of version 1 with a row of each kind; its box key is the bytes 0 to 31.
PRAGMA application_id = 0x57594d4b;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (
	only_row	INTEGER PRIMARY KEY CHECK (only_row = 1),
	team_public	BLOB NOT NULL CHECK (length(team_public) = 32),
	box_fingerprint	BLOB NOT NULL CHECK (length(box_fingerprint) = 8),
	created_on	TEXT NOT NULL,
	is_clean	INTEGER NOT NULL CHECK (is_clean IN (0, 1))
) STRICT;
INSERT INTO meta VALUES(1,X'308649bab79ba422990416ef202d47cf3bebed7f9914657859cd0e5fe14ae323',X'c9ad820bbba79a9b','2026-11-21',1);
CREATE TABLE epochs (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	began_utc_s	INTEGER NOT NULL,
	wrapped		BLOB NOT NULL
) STRICT;
INSERT INTO epochs VALUES(1,900,X'13fb8904e780a935871adf48180d3088d75b72d1a47258e5d78e9d3a8fdb1f6f402f8f5b3f2bdc17d6faeb38d38589958ac8e70a80889d2d3b1636a2a63daa236bc6931818b60813831e5f26ae09fdc6');
CREATE TABLE callers (
	key		BLOB PRIMARY KEY CHECK (length(key) = 32),
	number		BLOB,
	line		TEXT NOT NULL,
	corridor	TEXT NOT NULL,
	language	TEXT NOT NULL,
	is_stopped	INTEGER NOT NULL CHECK (is_stopped IN (0, 1)),
	last_utc_s	INTEGER NOT NULL
) STRICT;
INSERT INTO callers VALUES(X'c87402a2f3a48cc78e65e0a900d3b42a1652ec24e26920e4a7a20f80823d130a',X'd19faefd030bb7b2b2464732d7122da2485fba47e5074971a6a92f6de98d0a03dfe5b6f2431d4eac8c032fc26f9b6a4ecb35dea6dd925adf233e7d0c7c4e1f022c557439fd92c873db9af457c955e821042cd7356351f6b9783df83cb141c80c62b9cf650d6b2ead','north','nepal-gulf','ne',0,1000);
CREATE TABLE walks (
	caller		BLOB PRIMARY KEY CHECK (length(caller) = 32),
	walk		BLOB NOT NULL,
	changed_utc_s	INTEGER NOT NULL,
	is_unsure	INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO walks VALUES(X'c87402a2f3a48cc78e65e0a900d3b42a1652ec24e26920e4a7a20f80823d130a',X'4e9192875db0d7c54407bc62bd957c14fb1e4d3ba5a3687e968d8c67a00af70a547edc9b444e52a3770209fb1def68ace973dae8734e60e67119373b88a30854fa9a16297acadcf23fbc6ade8c60abd66fcb29103dbb4f04398bbf8893a5f31d222ccf5e24eba341',1000,0);
CREATE TABLE journal (
	id		INTEGER PRIMARY KEY,
	dedupe		BLOB NOT NULL UNIQUE CHECK (length(dedupe) = 16),
	state		TEXT NOT NULL CHECK (state IN ('waiting', 'part',
			    'handled', 'joined', 'ignored', 'aside')),
	line		TEXT NOT NULL,
	kind		TEXT NOT NULL,
	sender_kind	TEXT NOT NULL,
	network_utc_s	INTEGER NOT NULL,
	arrived_utc_s	INTEGER NOT NULL,
	tries		INTEGER NOT NULL DEFAULT 0,
	next_utc_s	INTEGER NOT NULL DEFAULT 0,
	is_partial	INTEGER NOT NULL DEFAULT 0,
	caller		BLOB,
	content		BLOB,
	join_reference	INTEGER,
	join_bits	INTEGER,
	part		INTEGER,
	parts		INTEGER,
	aside		BLOB,
	aside_epoch	INTEGER REFERENCES epochs (id),
	cause		TEXT,
	CHECK (part BETWEEN 1 AND parts AND parts <= 255),
	CHECK (state IN ('waiting', 'part') OR content IS NULL),
	CHECK (state = 'aside' OR aside IS NULL),
	CHECK (state IN ('waiting', 'part', 'aside') OR caller IS NULL)
) STRICT;
INSERT INTO journal VALUES(1,X'01dce291e0813deb149df6ea5709b52f','waiting','north','sms','number',1,1000,0,1000,0,X'c87402a2f3a48cc78e65e0a900d3b42a1652ec24e26920e4a7a20f80823d130a',X'647f25d6d11050fb5912a6b448a2463ed7cd9adf41271fcf55503a52f35e0fa6cbc17bfa69f824a3a191088789ccf24fe0609e2a15536fd8e98ced39f3f4f3b35a3f7f6253be7df267e0a3e9d0d28772aba8ecdb7a5a3e47123e1661a56f829bf6530c094bc5384e',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(2,X'92c9e3ed252ddda64893691f5b019907','handled','north','sms','number',1,1000,0,1000,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE outbox (
	id		INTEGER PRIMARY KEY,
	state		TEXT NOT NULL CHECK (state IN ('queued', 'sending',
			    'sent', 'unsure', 'failed', 'given up')),
	kind		TEXT NOT NULL CHECK (kind IN ('answer', 'reply')),
	line		TEXT NOT NULL,
	journal		INTEGER NOT NULL,
	request		INTEGER NOT NULL,
	tries		INTEGER NOT NULL DEFAULT 0,
	first_part	INTEGER NOT NULL DEFAULT 1,
	overrides_hold	INTEGER NOT NULL DEFAULT 0
			    CHECK (overrides_hold IN (0, 1)),
	added_utc_s	INTEGER NOT NULL,
	next_utc_s	INTEGER NOT NULL,
	ended_utc_s	INTEGER,
	caller		BLOB,
	content		BLOB,
	CHECK ((state IN ('queued', 'sending')) = (content IS NOT NULL)),
	CHECK ((state IN ('queued', 'sending')) = (caller IS NOT NULL)),
	CHECK ((state IN ('queued', 'sending')) = (ended_utc_s IS NULL))
) STRICT;
INSERT INTO outbox VALUES(1,'queued','answer','north',2,0,0,1,0,1000,1000,NULL,X'c87402a2f3a48cc78e65e0a900d3b42a1652ec24e26920e4a7a20f80823d130a',X'86e08b58fb973b7ff49a3f025882d9a92e65dbea0a67a2efed2e188f09f3b36b0fabbe57823c900ce1b30702780f1b73d3931069656b32c2c5f740bbaae4eca464d26fcbf0f56e907692c4dff6351f93f915fa85db71d204aede7c2ac44ddf4be96822c3dd48505a');
INSERT INTO outbox VALUES(2,'sent','answer','north',2,0,0,1,0,1000,1000,1001,NULL,NULL);
CREATE TABLE staff (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	name		TEXT NOT NULL,
	name_folded	TEXT NOT NULL UNIQUE,
	role		TEXT NOT NULL CHECK (role IN ('caseworker', 'lead',
			    'technician')),
	wrapped		BLOB NOT NULL,
	is_disabled	INTEGER NOT NULL DEFAULT 0,
	added_utc_s	INTEGER NOT NULL
) STRICT;
CREATE TABLE recovery (
	only_row	INTEGER PRIMARY KEY CHECK (only_row = 1),
	wrapped		BLOB NOT NULL,
	made_utc_s	INTEGER NOT NULL
) STRICT;
CREATE TABLE requests (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	ref		TEXT NOT NULL UNIQUE,
	state		TEXT NOT NULL CHECK (state IN ('open', 'claimed',
			    'closed', 'withdrawn', 'forgotten')),
	urgency		INTEGER NOT NULL CHECK (urgency BETWEEN 0 AND 3),
	consent		TEXT NOT NULL CHECK (consent IN ('unasked', 'yes',
			    'no')),
	is_on_hold	INTEGER NOT NULL DEFAULT 0,
	menu_is_back	INTEGER NOT NULL DEFAULT 0,
	caller		BLOB,
	line		TEXT NOT NULL,
	corridor	TEXT NOT NULL,
	language	TEXT NOT NULL,
	opened_by	TEXT NOT NULL,
	opened_utc_s	INTEGER NOT NULL,
	changed_utc_s	INTEGER NOT NULL,
	claimed_by	INTEGER REFERENCES staff (id),
	outcome		TEXT NOT NULL DEFAULT '',
	unread		INTEGER NOT NULL DEFAULT 0,
	number		BLOB,
	number_epoch	INTEGER REFERENCES epochs (id),
	answers		BLOB,
	answers_epoch	INTEGER REFERENCES epochs (id),
	CHECK (state IN ('open', 'claimed', 'closed') OR
	    (caller IS NULL AND number IS NULL AND answers IS NULL)),
	CHECK (state <> 'claimed' OR claimed_by IS NOT NULL)
) STRICT;
INSERT INTO requests VALUES(1,'KM7P4','open',2,'unasked',0,0,X'c87402a2f3a48cc78e65e0a900d3b42a1652ec24e26920e4a7a20f80823d130a','north','nepal-gulf','ne','help',1000,1001,NULL,'',1,X'2f9d14a06a91badbfd186a4f2c5128a22a596d6434131148149cbc25f890a82064ab9c7e4bafe74fc7170ff3e95adc2733f43ec2c6a12f6177ffcce379c58874a73051d2c385450f39ea2858857e50b22c015cd99e982dc0b0c8a006865c54dde293fdbe29acceae',1,NULL,NULL);
CREATE TABLE case_texts (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	request		INTEGER NOT NULL REFERENCES requests (id),
	kind		TEXT NOT NULL CHECK (kind IN ('caller', 'reply',
			    'note')),
	at_utc_s	INTEGER NOT NULL,
	staff		INTEGER REFERENCES staff (id),
	journal		INTEGER,
	outbox		INTEGER,
	epoch		INTEGER NOT NULL REFERENCES epochs (id),
	content		BLOB NOT NULL
) STRICT;
INSERT INTO case_texts VALUES(1,1,'caller',1001,NULL,2,NULL,1,X'770378ddfb3245a7717c0a7ed76c593f63181f7fe26a2a8d9d30dceb8a3c853c7bf16b144617d77dc4a66d01ee7d3d6ddcaafeff6bc319df816c5c572915f9c4b04adb9ca40dc6e935302e594857c3f8bea0be60cddc2d0aba1c8cfdbf7def04d7d030f60b80ef45');
CREATE TABLE events (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	request		INTEGER NOT NULL REFERENCES requests (id),
	at_utc_s	INTEGER NOT NULL,
	what		TEXT NOT NULL,
	staff		INTEGER REFERENCES staff (id)
) STRICT;
INSERT INTO events VALUES(1,1,1000,'opened',NULL);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('epochs',1);
INSERT INTO sqlite_sequence VALUES('requests',1);
INSERT INTO sqlite_sequence VALUES('events',1);
INSERT INTO sqlite_sequence VALUES('case_texts',1);
CREATE INDEX journal_waiting ON journal (next_utc_s)
    WHERE state = 'waiting';
CREATE INDEX journal_parts ON journal (arrived_utc_s)
    WHERE state = 'part';
CREATE INDEX journal_of_caller ON journal (caller)
    WHERE caller IS NOT NULL;
CREATE INDEX outbox_queue ON outbox (line, next_utc_s)
    WHERE state = 'queued';
CREATE INDEX outbox_live ON outbox (caller, line)
    WHERE caller IS NOT NULL;
CREATE UNIQUE INDEX requests_running ON requests (caller)
    WHERE state IN ('open', 'claimed');
CREATE INDEX requests_of_caller ON requests (caller)
    WHERE caller IS NOT NULL;
CREATE INDEX requests_in_order ON requests (state, urgency DESC,
    opened_utc_s, id);
CREATE INDEX case_texts_of_request ON case_texts (request);
CREATE INDEX events_of_request ON events (request);
COMMIT;
