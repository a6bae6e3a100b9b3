#include "gateway/base/log.h"
#include "store/schema.h"

MUST_USE static enum outcome
version_of(struct database *database, int64_t *version_r)
{
	return (database_integer(database, "PRAGMA user_version", version_r));
}

MUST_USE static enum outcome
run_lines(struct database *database, const struct schema *step)
{
	struct text script = { 0 };
	enum outcome outcome;

	for (size_t i = 0; step->lines[i] != NULL; i++)
		text_add(&script, step->lines[i]);
	outcome = database_script(database, text_string(&script));
	text_free(&script);
	return (outcome);
}

/* One step inside the transaction the caller began; NOTHING when the database
 * has the last version already. */
MUST_USE static enum outcome
take_step(struct database *database, const struct schema *steps, size_t count)
{
	int64_t before = 0, after = 0;
	enum outcome outcome = version_of(database, &before);

	if (outcome != DONE)
		return (outcome);
	if (before > (int64_t)count) {
		log_err("this store has version %lld and was written by a"
			" newer waymark; this one knows versions up to %zu:"
			" install the newer waymark again",
		    (long long)before, count);
		return (REFUSED);
	}
	if (before == (int64_t)count)
		return (NOTHING);
	outcome = run_lines(database, &steps[before]);
	if (outcome == DONE)
		outcome = version_of(database, &after);
	if (outcome == DONE && after != before + 1) {
		log_err("schema file %lld sets version %lld",
		    (long long)before + 1, (long long)after);
		return (BROKEN);
	}
	return (outcome);
}

enum outcome
schema_upgrade(
    struct database *database, const struct schema *steps, size_t count)
{
	int64_t first = 0;
	enum outcome outcome = version_of(database, &first);

	if (outcome != DONE)
		return (outcome);
	do {
		/* The version is read again inside: another process may have
		 * been faster. */
		outcome = database_begin(database);
		if (outcome != DONE)
			return (outcome);
		outcome = take_step(database, steps, count);
		if (outcome != DONE) {
			database_rollback(database);
			if (outcome == NOTHING && first > 0 &&
			    first < (int64_t)count)
				log_notice("store upgraded from version %lld"
					   " to %zu",
				    (long long)first, count);
			return (outcome == NOTHING ? DONE : outcome);
		}
		outcome = database_commit(database);
	} while (outcome == DONE);
	return (outcome);
}
