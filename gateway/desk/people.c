/* Who is on the team, what they are and by what they sign in. */
#include "gateway/desk/people.h"

#include <assert.h>

#include "gateway/desk/people_errand.h"
#include "store/audit.h"
#include "store/requests.h"

/* More than a team ever has claimed. */
enum { CLAIMED_MOST = 100000 };

/* -- checks ----------------------------------------------------------------- */

MUST_USE static enum outcome
check_password(struct people_errand *errand, const char *password)
{
	if (strlen(password) < STAFF_PASSWORD_MIN_BYTES)
		return (people_refuse(errand, PEOPLE_SHORT_PASSWORD));
	return (DONE);
}

static int
is_role(const char *role)
{
	return (strcmp(role, "caseworker") == 0 || strcmp(role, "lead") == 0 ||
	    strcmp(role, "technician") == 0);
}

/* The secret in hand still is the team's, so that what is sealed with it now
 * opens tomorrow. */
MUST_USE static enum outcome
check_secret(struct people_errand *errand)
{
	enum outcome outcome;

	if (errand->secret == NULL)
		return (DONE);
	outcome = staff_check_secret(errand->store, errand->secret);
	if (outcome == REFUSED)
		errand->why = PEOPLE_KEY_REPLACED;
	return (outcome);
}

/* -- adding, disabling, enabling -------------------------------------------- */

MUST_USE static enum outcome
add(struct people_errand *errand, const char *role, const char *password)
{
	enum outcome outcome = check_password(errand, password);

	if (outcome == DONE && !is_role(role))
		outcome = people_refuse(errand, PEOPLE_NO_ROLE);
	if (outcome == DONE)
		outcome = check_secret(errand);
	if (outcome != DONE)
		return (outcome);
	outcome = staff_add(errand->store, errand->name, role, password,
	    errand->secret, errand->now_utc_s);
	if (outcome == REFUSED)
		errand->why = PEOPLE_UNFIT_NAME;
	return (outcome);
}

enum outcome
people_add(struct people_errand *errand, const char *role, const char *password)
{
	struct text detail = { 0 };
	enum outcome outcome = people_begin(errand, RIGHT_OF_LEADS);

	if (outcome == DONE)
		return (people_end(
		    errand, people_refuse(errand, PEOPLE_NAME_TAKEN)));
	if (outcome != NOTHING)
		return (outcome);
	/* Nobody has this name: just as it should be. */
	outcome = store_begin(errand->store);
	if (outcome != DONE)
		return (outcome);
	outcome = add(errand, role, password);
	text_printf(&detail, "%s (%s)", errand->name, role);
	if (outcome == DONE)
		outcome = people_audit(
		    errand, WORDS("person added"), "", text_string(&detail));
	text_free(&detail);
	return (people_end(errand, outcome));
}

/* A case nobody can work on any more is for whoever claims it next. */
MUST_USE static enum outcome
give_back(struct people_errand *errand, size_t *given_back_r)
{
	struct request_list list = { 0 };
	size_t count = 0;
	enum outcome outcome =
	    requests_list(errand->store, REQUEST_CLAIMED, CLAIMED_MOST, &list);

	for (size_t i = 0; i < list.count && outcome == DONE; i++) {
		const struct request *request = &list.items[i];

		if (request->claimed_by != errand->whom.id)
			continue;
		outcome = requests_give_back(errand->store, request->id,
		    errand->whom.id, errand->now_utc_s);
		if (outcome == DONE)
			outcome = people_audit(errand, WORDS("given back"),
			    request->ref, errand->whom.name);
		count++;
	}
	free(list.items);
	*given_back_r = count;
	return (outcome == NOTHING ? DONE : outcome);
}

enum outcome
people_disable(struct people_errand *errand, size_t *given_back_r)
{
	enum outcome outcome = people_begin(errand, RIGHT_OF_LEADS);

	if (outcome != DONE)
		return (outcome);
	outcome = staff_disable(errand->store, errand->whom.id);
	if (outcome == REFUSED)
		errand->why = PEOPLE_LAST_LEAD;
	if (outcome == NOTHING)
		outcome = people_refuse(errand, PEOPLE_DISABLED);
	if (outcome == DONE)
		outcome = give_back(errand, given_back_r);
	if (outcome == DONE)
		outcome = people_audit_whom(errand, WORDS("person disabled"));
	return (people_end(errand, outcome));
}

enum outcome
people_renew(
    struct people_errand *errand, const char *role, const char *password)
{
	struct staff_renewal renewal = {
		.staff = errand->whom.id,
		.role = role,
		.password = password,
		.secret = errand->secret,
	};
	enum outcome outcome = check_password(errand, password);

	if (outcome == DONE && role != NULL && !is_role(role))
		outcome = people_refuse(errand, PEOPLE_NO_ROLE);
	if (outcome == DONE)
		outcome = check_secret(errand);
	if (outcome != DONE)
		return (outcome);
	return (staff_renew(errand->store, &renewal));
}

enum outcome
people_enable(
    struct people_errand *errand, const char *role, const char *password)
{
	enum outcome outcome = people_begin(errand, RIGHT_OF_LEADS);

	if (outcome != DONE)
		return (outcome);
	if (!errand->whom.is_disabled)
		outcome = people_refuse(errand, PEOPLE_NOT_DISABLED);
	if (outcome == DONE)
		outcome = people_renew(errand, role, password);
	if (outcome == DONE)
		outcome = people_audit_whom(errand, WORDS("person enabled"));
	return (people_end(errand, outcome));
}

MUST_USE static enum outcome
set_role(struct people_errand *errand, const char *role)
{
	const struct staff *whom = &errand->whom;
	enum outcome outcome = people_check_is_enabled(errand);

	if (outcome == DONE && !is_role(role))
		outcome = people_refuse(errand, PEOPLE_NO_ROLE);
	if (outcome == DONE && whom->must_sign_in)
		outcome = people_refuse(errand, PEOPLE_MUST_SIGN_IN);
	if (outcome == DONE)
		outcome = check_secret(errand);
	if (outcome != DONE)
		return (outcome);
	outcome = staff_set_role(errand->store, whom->id, role, errand->secret);
	if (outcome == REFUSED)
		errand->why = PEOPLE_LAST_LEAD;
	return (outcome);
}

enum outcome
people_set_role(
    struct people_errand *errand, const char *role, size_t *given_back_r)
{
	struct text detail = { 0 };
	size_t given_back = 0;
	enum outcome outcome = people_begin(errand, RIGHT_OF_LEADS);

	if (outcome != DONE)
		return (outcome);
	outcome = set_role(errand, role);
	if (outcome == DONE && strcmp(role, "technician") == 0)
		outcome = give_back(errand, &given_back);
	text_printf(&detail, "%s (%s)", errand->whom.name, role);
	if (outcome == DONE)
		outcome = people_audit(
		    errand, WORDS("role changed"), "", text_string(&detail));
	text_free(&detail);
	*given_back_r = given_back;
	return (people_end(errand, outcome));
}

enum outcome
people_set_password(struct people_errand *errand, const char *password)
{
	enum outcome outcome = people_begin(errand, RIGHT_OF_LEADS_OR_OWN);

	if (outcome == DONE) {
		outcome = people_check_is_enabled(errand);
		if (outcome == DONE)
			outcome = people_renew(errand, NULL, password);
		if (outcome == DONE)
			outcome = people_audit_whom(
			    errand, WORDS("password changed"));
		return (people_end(errand, outcome));
	}
	return (outcome);
}

enum outcome
people_list(struct people_errand *errand, struct staff_list *list_r)
{
	struct staff by;
	enum outcome outcome;

	errand->why = PEOPLE_STORE;
	outcome = people_look_again(errand, &by);
	if (outcome == DONE)
		outcome = staff_list(errand->store, list_r);
	if (outcome == DONE)
		errand->why = PEOPLE_FINE;
	return (outcome);
}

/* -- signing in ------------------------------------------------------------- */

enum outcome
people_note_sign_in(struct store *store, int64_t staff, const char *what,
    const char *where, int64_t now_utc_s)
{
	struct audit_entry entry = {
		.at_utc_s = now_utc_s,
		.staff = staff,
		.what = what,
		.ref = "",
		.detail = where,
	};
	enum outcome outcome = store_begin(store);

	if (outcome != DONE)
		return (outcome);
	outcome = audit_add(store, &entry);
	if (outcome == DONE)
		return (store_commit(store));
	store_rollback(store);
	return (outcome);
}

/* -- words ------------------------------------------------------------------ */

const char *
people_state_words(const struct staff *staff)
{
	if (staff->is_disabled)
		return (WORDS("disabled"));
	return (staff->must_sign_in ? WORDS("must sign in") : WORDS("active"));
}

static const char *const reason_words[] = {
	[PEOPLE_FINE] = WORDS("done"),
	[PEOPLE_NO_RIGHT] = WORDS("only a lead may do this"),
	[PEOPLE_NOT_FOUND] = WORDS("there is nobody of this name"),
	[PEOPLE_NAME_TAKEN] = WORDS("somebody has this name already"),
	[PEOPLE_UNFIT_NAME] = WORDS("a name has 1 to 60 bytes and no control"
				    " characters"),
	[PEOPLE_SHORT_PASSWORD] = WORDS("a password has 8 signs or more"),
	[PEOPLE_NO_ROLE] = WORDS("a role is caseworker, lead or technician"),
	[PEOPLE_DISABLED] =
	    WORDS("this person is disabled; a lead can enable them"
		  " with a new password"),
	[PEOPLE_NOT_DISABLED] = WORDS("this person is not disabled"),
	[PEOPLE_LAST_LEAD] = WORDS("this is the last lead; make somebody else a"
				   " lead first"),
	[PEOPLE_NO_CASES] =
	    WORDS("a technician works on no case, so needs no codes"),
	[PEOPLE_NO_PHONE] =
	    WORDS("this person has no phone yet; give them one first"),
	[PEOPLE_PHONE_TAKEN] = WORDS("another caseworker has this phone"),
	[PEOPLE_NO_NUMBER] =
	    WORDS("this is no phone number; write it as +977 and so on"),
	[PEOPLE_NO_LINE] = WORDS("there is no such line"),
	[PEOPLE_BAD_HOURS] =
	    WORDS("hours of duty are like 08:00-20:00, and only for whoever is"
		  " on duty"),
	[PEOPLE_MUST_SIGN_IN] = WORDS("this person must sign in once before"),
	[PEOPLE_UNREADY] =
	    WORDS("some people must sign in once before, or they are"
		  " cut off"),
	[PEOPLE_KEY_REPLACED] =
	    WORDS("the team's key has been replaced meanwhile;"
		  " sign in again"),
	[PEOPLE_WRONG_RECOVERY] =
	    WORDS("this is not the recovery key; it may have"
		  " been replaced by a newer one"),
	[PEOPLE_NOT_LEAD] =
	    WORDS("the recovery key gives only leads a new password"),
	[PEOPLE_NOT_KEPT] =
	    WORDS("the new recovery key could not be kept; nothing"
		  " was changed"),
	[PEOPLE_STORE] =
	    WORDS("the store is busy or its disk is full; nothing was"
		  " changed, try again"),
};
static_assert(
    COUNT_OF(reason_words) == PEOPLE_STORE + 1, "every reason has its words");

const char *
people_reason_words(enum people_reason why)
{
	return (reason_words[why]);
}
