#include "gateway/desk/people.h"

#include <assert.h>

#include "gateway/base/log.h"
#include "gateway/base/marked_words.h"
#include "store/audit.h"
#include "store/requests.h"

/* More than a team ever has claimed. */
enum { CLAIMED_MOST = 100000 };

MUST_USE static enum outcome
refuse(struct people_errand *errand, enum people_reason why)
{
	errand->why = why;
	return (REFUSED);
}

static int
is_lead(const struct staff *staff)
{
	return (!staff->is_disabled && strcmp(staff->role, "lead") == 0);
}

/* -- the transaction -------------------------------------------------------- */

/* Who asks, as they stand now. */
MUST_USE static enum outcome
look_again(struct people_errand *errand, struct staff *by_r)
{
	enum outcome outcome = staff_get(errand->store, errand->by->id, by_r);

	if (outcome == NOTHING || (outcome == DONE && by_r->is_disabled))
		return (refuse(errand, PEOPLE_NO_RIGHT));
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

enum right {
	RIGHT_OF_LEADS,
	RIGHT_OF_LEADS_OR_OWN,
};

/* Nobody learns who there is before they may. */
MUST_USE static enum outcome
check_right(struct people_errand *errand, enum right right)
{
	struct staff by;
	enum outcome outcome = look_again(errand, &by);

	if (outcome != DONE)
		return (outcome);
	if (right == RIGHT_OF_LEADS && !is_lead(&by))
		return (refuse(errand, PEOPLE_NO_RIGHT));
	outcome = find(errand, &by);
	if (is_lead(&by) || (outcome == DONE && errand->whom.id == by.id))
		return (outcome);
	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	return (refuse(errand, PEOPLE_NO_RIGHT));
}

MUST_USE static enum outcome
begin(struct people_errand *errand, enum right right)
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

MUST_USE static enum outcome
end(struct people_errand *errand, enum outcome outcome)
{
	if (outcome == DONE)
		outcome = store_commit(errand->store);
	if (outcome == DONE)
		errand->why = PEOPLE_FINE;
	else
		store_rollback(errand->store);
	return (outcome);
}

MUST_USE static enum outcome
audit(const struct people_errand *errand, const char *what, const char *ref,
    const char *detail)
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

/* A row that names who it was done to. */
MUST_USE static enum outcome
audit_whom(const struct people_errand *errand, const char *what)
{
	return (audit(errand, what, "", errand->whom.name));
}

/* -- checks ----------------------------------------------------------------- */

MUST_USE static enum outcome
check_password(struct people_errand *errand, const char *password)
{
	if (strlen(password) < STAFF_PASSWORD_MIN_BYTES)
		return (refuse(errand, PEOPLE_SHORT_PASSWORD));
	return (DONE);
}

MUST_USE static enum outcome
check_is_enabled(struct people_errand *errand)
{
	if (errand->whom.is_disabled)
		return (refuse(errand, PEOPLE_DISABLED));
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
		outcome = refuse(errand, PEOPLE_NO_ROLE);
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
	enum outcome outcome = begin(errand, RIGHT_OF_LEADS);

	if (outcome == DONE)
		return (end(errand, refuse(errand, PEOPLE_NAME_TAKEN)));
	if (outcome != NOTHING)
		return (outcome);
	/* Nobody has this name: just as it should be. */
	outcome = store_begin(errand->store);
	if (outcome != DONE)
		return (outcome);
	outcome = add(errand, role, password);
	text_printf(&detail, "%s (%s)", errand->name, role);
	if (outcome == DONE)
		outcome = audit(
		    errand, WORDS("person added"), "", text_string(&detail));
	text_free(&detail);
	return (end(errand, outcome));
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
			outcome = audit(errand, WORDS("given back"),
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
	enum outcome outcome = begin(errand, RIGHT_OF_LEADS);

	if (outcome != DONE)
		return (outcome);
	outcome = staff_disable(errand->store, errand->whom.id);
	if (outcome == REFUSED)
		errand->why = PEOPLE_LAST_LEAD;
	if (outcome == NOTHING)
		outcome = refuse(errand, PEOPLE_DISABLED);
	if (outcome == DONE)
		outcome = give_back(errand, given_back_r);
	if (outcome == DONE)
		outcome = audit_whom(errand, WORDS("person disabled"));
	return (end(errand, outcome));
}

MUST_USE static enum outcome
renew(struct people_errand *errand, const char *role, const char *password)
{
	struct staff_renewal renewal = {
		.staff = errand->whom.id,
		.role = role,
		.password = password,
		.secret = errand->secret,
	};
	enum outcome outcome = check_password(errand, password);

	if (outcome == DONE && role != NULL && !is_role(role))
		outcome = refuse(errand, PEOPLE_NO_ROLE);
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
	enum outcome outcome = begin(errand, RIGHT_OF_LEADS);

	if (outcome != DONE)
		return (outcome);
	if (!errand->whom.is_disabled)
		outcome = refuse(errand, PEOPLE_NOT_DISABLED);
	if (outcome == DONE)
		outcome = renew(errand, role, password);
	if (outcome == DONE)
		outcome = audit_whom(errand, WORDS("person enabled"));
	return (end(errand, outcome));
}

MUST_USE static enum outcome
set_role(struct people_errand *errand, const char *role)
{
	const struct staff *whom = &errand->whom;
	enum outcome outcome = check_is_enabled(errand);

	if (outcome == DONE && !is_role(role))
		outcome = refuse(errand, PEOPLE_NO_ROLE);
	if (outcome == DONE && whom->must_sign_in)
		outcome = refuse(errand, PEOPLE_MUST_SIGN_IN);
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
	enum outcome outcome = begin(errand, RIGHT_OF_LEADS);

	if (outcome != DONE)
		return (outcome);
	outcome = set_role(errand, role);
	if (outcome == DONE && strcmp(role, "technician") == 0)
		outcome = give_back(errand, &given_back);
	text_printf(&detail, "%s (%s)", errand->whom.name, role);
	if (outcome == DONE)
		outcome = audit(
		    errand, WORDS("role changed"), "", text_string(&detail));
	text_free(&detail);
	*given_back_r = given_back;
	return (end(errand, outcome));
}

enum outcome
people_set_password(struct people_errand *errand, const char *password)
{
	enum outcome outcome = begin(errand, RIGHT_OF_LEADS_OR_OWN);

	if (outcome == DONE) {
		outcome = check_is_enabled(errand);
		if (outcome == DONE)
			outcome = renew(errand, NULL, password);
		if (outcome == DONE)
			outcome = audit_whom(errand, WORDS("password changed"));
		return (end(errand, outcome));
	}
	return (outcome);
}

/* -- duty, phone, codes ----------------------------------------------------- */

/* Begins for somebody who works on cases. */
MUST_USE static enum outcome
begin_for_field(struct people_errand *errand)
{
	enum outcome outcome = begin(errand, RIGHT_OF_LEADS_OR_OWN);

	if (outcome != DONE)
		return (outcome);
	outcome = check_is_enabled(errand);
	if (outcome == DONE && strcmp(errand->whom.role, "technician") == 0)
		outcome = refuse(errand, PEOPLE_NO_CASES);
	return (outcome == DONE ? DONE : end(errand, outcome));
}

enum outcome
people_set_duty(struct people_errand *errand, const struct staff_duty *duty)
{
	enum outcome outcome = begin_for_field(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = staff_set_duty(errand->store, errand->whom.id, duty);
	if (outcome == DONE)
		outcome = audit_whom(
		    errand, duty->is_on ? WORDS("on duty") : WORDS("off duty"));
	return (end(errand, outcome));
}

enum outcome
people_set_phone(
    struct people_errand *errand, const struct number *number, const char *line)
{
	enum outcome outcome = begin_for_field(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = staff_set_phone(errand->store, errand->whom.id, number, line);
	if (outcome == REFUSED)
		errand->why = PEOPLE_PHONE_TAKEN;
	if (outcome == DONE)
		outcome = audit_whom(errand,
		    number != NULL ? WORDS("phone set")
				   : WORDS("phone taken away"));
	return (end(errand, outcome));
}

enum outcome
people_make_codes(
    struct people_errand *errand, struct staff_code *codes_r, size_t count)
{
	enum outcome outcome = begin_for_field(errand);

	if (outcome != DONE)
		return (outcome);
	outcome =
	    staff_make_codes(errand->store, errand->whom.id, codes_r, count);
	if (outcome == NOTHING)
		outcome = refuse(errand, PEOPLE_NO_PHONE);
	if (outcome == DONE)
		outcome = audit_whom(errand, WORDS("codes made"));
	return (end(errand, outcome));
}

enum outcome
people_list(struct people_errand *errand, struct staff_list *list_r)
{
	struct staff by;
	enum outcome outcome;

	errand->why = PEOPLE_STORE;
	outcome = look_again(errand, &by);
	if (outcome == DONE)
		outcome = staff_list(errand->store, list_r);
	if (outcome == DONE)
		errand->why = PEOPLE_FINE;
	return (outcome);
}

/* -- the team's key --------------------------------------------------------- */

MUST_USE static enum outcome
write_rotation(struct people_errand *errand, struct people_rotation *wish,
    struct staff_rotation *rotation)
{
	enum outcome outcome =
	    staff_list_unready(errand->store, &wish->unready);

	if (outcome == DONE && wish->unready.count > 0 && !wish->may_cut_off)
		return (refuse(errand, PEOPLE_UNREADY));
	if (outcome == DONE)
		outcome = staff_rotate_write(
		    errand->store, rotation, errand->now_utc_s);
	if (outcome == REFUSED)
		errand->why = PEOPLE_KEY_REPLACED;
	for (size_t i = 0; i < wish->unready.count && outcome == DONE; i++)
		outcome = audit(errand, WORDS("person disabled"), "",
		    wish->unready.items[i].name);
	if (outcome == DONE)
		outcome = audit(errand, WORDS("team key replaced"), "", "");
	if (outcome == DONE &&
	    !wish->keep(staff_rotation_recovery(rotation), wish->into))
		outcome = refuse(errand, PEOPLE_NOT_KEPT);
	return (outcome);
}

enum outcome
people_rotate(struct people_errand *errand, struct people_rotation *wish)
{
	struct staff_rotation *rotation = NULL;
	enum outcome outcome;

	wish->unready = (struct staff_list){ 0 };
	errand->why = PEOPLE_NO_RIGHT;
	if (errand->secret == NULL || !is_lead(errand->by))
		return (REFUSED);
	/* The slow half first, so that nobody waits for the store. */
	errand->why = PEOPLE_STORE;
	outcome =
	    staff_rotate_prepare(errand->store, errand->secret, &rotation);
	if (outcome == REFUSED)
		errand->why = PEOPLE_KEY_REPLACED;
	if (outcome != DONE)
		return (outcome);
	outcome = begin(errand, RIGHT_OF_LEADS);
	if (outcome == DONE)
		outcome = end(errand, write_rotation(errand, wish, rotation));
	staff_rotation_free(rotation);
	return (outcome);
}

MUST_USE static enum outcome
recover(struct people_errand *errand, const char *password)
{
	enum outcome outcome =
	    staff_find(errand->store, errand->name, &errand->whom);

	if (outcome == NOTHING)
		errand->why = PEOPLE_NOT_FOUND;
	if (outcome == DONE && strcmp(errand->whom.role, "lead") != 0)
		outcome = refuse(errand, PEOPLE_NOT_LEAD);
	if (outcome == DONE)
		outcome = renew(errand, NULL, password);
	if (outcome == DONE)
		outcome =
		    audit_whom(errand, WORDS("recovered by the printed key"));
	return (outcome);
}

enum outcome
people_recover(struct people_errand *errand, const char *recovery_key,
    const char *password)
{
	struct team_secret *secret = NULL;
	enum outcome outcome;

	errand->why = PEOPLE_STORE;
	errand->whom = (struct staff){ 0 };
	outcome = staff_recover(errand->store, recovery_key, &secret);
	if (outcome == REFUSED) {
		errand->why = PEOPLE_WRONG_RECOVERY;
		outcome = people_note_sign_in(errand->store, 0,
		    WORDS("recovery refused"), "terminal", errand->now_utc_s);
		return (outcome == DONE ? REFUSED : outcome);
	}
	if (outcome != DONE)
		return (outcome);
	errand->secret = secret;
	outcome = store_begin(errand->store);
	if (outcome == DONE)
		outcome = end(errand, recover(errand, password));
	errand->secret = NULL;
	team_secret_close(secret);
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
	    WORDS("a technician works on no case, so needs no duty"
		  " and no phone"),
	[PEOPLE_NO_PHONE] = WORDS("this person has no phone yet; set it with"
				  " `waymark staff phone`"),
	[PEOPLE_PHONE_TAKEN] = WORDS("another caseworker has this phone"),
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
