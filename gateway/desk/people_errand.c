#include "gateway/desk/people_errand.h"

#include "store/audit.h"

enum outcome
people_refuse(struct people_errand *errand, enum people_reason why)
{
	errand->why = why;
	return (REFUSED);
}

int
people_is_lead(const struct staff *staff)
{
	return (!staff->is_disabled && strcmp(staff->role, "lead") == 0);
}

/* -- the transaction -------------------------------------------------------- */

/* Who asks, as they stand now. */
enum outcome
people_look_again(struct people_errand *errand, struct staff *by_r)
{
	enum outcome outcome = staff_get(errand->store, errand->by->id, by_r);

	if (outcome == NOTHING || (outcome == DONE && by_r->is_disabled))
		return (people_refuse(errand, PEOPLE_NO_RIGHT));
	return (outcome);
}

/* Fills in errand->whom.  NOTHING: nobody of this name. */
MUST_USE static enum outcome
find(struct people_errand *errand, const struct staff *by)
{
	enum outcome outcome = DONE;

	if (errand->name == NULL)
		errand->whom = *by;
	else
		outcome =
		    staff_find(errand->store, errand->name, &errand->whom);
	if (outcome == NOTHING)
		errand->why = PEOPLE_NOT_FOUND;
	return (outcome);
}

/* Nobody learns who there is before they may. */
MUST_USE static enum outcome
check_right(struct people_errand *errand, enum people_right right)
{
	struct staff by;
	enum outcome outcome = people_look_again(errand, &by);

	if (outcome != DONE)
		return (outcome);
	if (right == RIGHT_OF_LEADS && !people_is_lead(&by))
		return (people_refuse(errand, PEOPLE_NO_RIGHT));
	outcome = find(errand, &by);
	if (people_is_lead(&by) ||
	    (outcome == DONE && errand->whom.id == by.id))
		return (outcome);
	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	return (people_refuse(errand, PEOPLE_NO_RIGHT));
}

enum outcome
people_begin(struct people_errand *errand, enum people_right right)
{
	enum outcome outcome = store_begin(errand->store);

	errand->why = PEOPLE_STORE;
	errand->whom = (struct staff){ 0 };
	if (outcome != DONE)
		return (outcome);
	outcome = check_right(errand, right);
	if (outcome != DONE)
		store_rollback(errand->store);
	return (outcome);
}

enum outcome
people_end(struct people_errand *errand, enum outcome outcome)
{
	if (outcome == DONE)
		outcome = store_commit(errand->store);
	if (outcome == DONE)
		errand->why = PEOPLE_FINE;
	else
		store_rollback(errand->store);
	return (outcome);
}

enum outcome
people_audit(const struct people_errand *errand, const char *what,
    const char *ref, const char *detail)
{
	struct audit_entry entry = {
		.at_utc_s = errand->now_utc_s,
		.staff = errand->by != NULL ? errand->by->id : 0,
		.what = what,
		.ref = ref,
		.detail = detail,
	};

	return (audit_add(errand->store, &entry));
}

enum outcome
people_audit_whom(const struct people_errand *errand, const char *what)
{
	return (people_audit(errand, what, "", errand->whom.name));
}

enum outcome
people_check_is_enabled(struct people_errand *errand)
{
	if (errand->whom.is_disabled)
		return (people_refuse(errand, PEOPLE_DISABLED));
	return (DONE);
}
