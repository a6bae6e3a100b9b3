/* The team's key and the printed one. */
#include "gateway/desk/people_errand.h"

MUST_USE static enum outcome
write_rotation(struct people_errand *errand, struct people_rotation *wish,
    struct staff_rotation *rotation)
{
	enum outcome outcome =
	    staff_list_unready(errand->store, &wish->unready);

	if (outcome == DONE && wish->unready.count > 0 && !wish->may_cut_off)
		return (people_refuse(errand, PEOPLE_UNREADY));
	if (outcome == DONE)
		outcome = staff_rotate_write(
		    errand->store, rotation, errand->now_utc_s);
	if (outcome == REFUSED)
		errand->why = PEOPLE_KEY_REPLACED;
	for (size_t i = 0; i < wish->unready.count && outcome == DONE; i++)
		outcome = people_audit(errand, WORDS("person disabled"), "",
		    wish->unready.items[i].name);
	if (outcome == DONE)
		outcome =
		    people_audit(errand, WORDS("team key replaced"), "", "");
	if (outcome == DONE &&
	    !wish->keep(staff_rotation_recovery(rotation), wish->into))
		outcome = people_refuse(errand, PEOPLE_NOT_KEPT);
	return (outcome);
}

/* A hundredth of a second. */
enum { EPOCHS_EACH_TIME = 64 };

enum outcome
people_rotate_begin(
    struct people_errand *errand, struct staff_rotation **rotation_r)
{
	enum outcome outcome;

	errand->why = PEOPLE_NO_RIGHT;
	if (errand->secret == NULL || !people_is_lead(errand->by))
		return (REFUSED);
	errand->why = PEOPLE_STORE;
	outcome = staff_rotate_begin(errand->store, errand->secret, rotation_r);
	if (outcome == REFUSED)
		errand->why = PEOPLE_KEY_REPLACED;
	if (outcome == DONE)
		errand->why = PEOPLE_FINE;
	return (outcome);
}

enum outcome
people_rotate_go_on(struct store *store, struct staff_rotation *rotation)
{
	return (staff_rotate_go_on(store, rotation, EPOCHS_EACH_TIME));
}

enum outcome
people_rotate_write(struct people_errand *errand,
    struct staff_rotation *rotation, struct people_rotation *wish)
{
	enum outcome outcome;

	wish->unready = (struct staff_list){ 0 };
	outcome = people_begin(errand, RIGHT_OF_LEADS);
	if (outcome != DONE)
		return (outcome);
	return (people_end(errand, write_rotation(errand, wish, rotation)));
}

enum outcome
people_rotate(struct people_errand *errand, struct people_rotation *wish)
{
	struct staff_rotation *rotation = NULL;
	enum outcome outcome;

	wish->unready = (struct staff_list){ 0 };
	/* The slow half first, so that nobody waits for the store. */
	outcome = people_rotate_begin(errand, &rotation);
	while (outcome == DONE)
		outcome = people_rotate_go_on(errand->store, rotation);
	if (outcome == NOTHING)
		outcome = people_rotate_write(errand, rotation, wish);
	staff_rotation_free(rotation);
	return (outcome);
}

enum outcome
people_list_unready(struct people_errand *errand, struct staff_list *list_r)
{
	struct staff by;
	enum outcome outcome;

	errand->why = PEOPLE_STORE;
	outcome = people_look_again(errand, &by);
	if (outcome == DONE && !people_is_lead(&by))
		outcome = people_refuse(errand, PEOPLE_NO_RIGHT);
	if (outcome == DONE)
		outcome = staff_list_unready(errand->store, list_r);
	if (outcome == DONE)
		errand->why = PEOPLE_FINE;
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
		outcome = people_refuse(errand, PEOPLE_NOT_LEAD);
	if (outcome == DONE)
		outcome = people_renew(errand, NULL, password);
	if (outcome == DONE)
		outcome = people_audit_whom(
		    errand, WORDS("recovered by the printed key"));
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
		outcome = people_end(errand, recover(errand, password));
	errand->secret = NULL;
	team_secret_close(secret);
	return (outcome);
}
