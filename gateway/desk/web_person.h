/* What can be changed of one person, by a lead or by themselves: duty, the
 * phone in the field, one-time codes.  For the pages of the team and of one's
 * own account; what may be done is people.h's business.
 */
#ifndef GATEWAY_DESK_WEB_PERSON_H
#define GATEWAY_DESK_WEB_PERSON_H

#include "gateway/desk/people.h"
#include "gateway/desk/web.h"

/* Somebody, and the page that is about them. */
struct web_person {
	const struct staff *staff;
	const char *path; /* "/account", "/team/3" */
	const char *here; /* of the frame */
};

struct people_errand web_people_errand(
    const struct web_visit *visit, const char *name);

/* How they stand: role, state, duty, phone and codes. */
void web_person_add_facts(struct web_visit *visit, const struct staff *staff);

/* The forms, folded; they lead to `path`/duty, /phone and /codes. */
void web_person_add_duty(
    struct web_visit *visit, const struct web_person *person);
void web_person_add_phone(
    struct web_visit *visit, const struct web_person *person);

/* What the forms do. */
void web_person_take_duty(
    struct web_visit *visit, const struct web_person *person);
void web_person_take_phone(
    struct web_visit *visit, const struct web_person *person);
/* Shows new codes this once, on a page to be printed. */
void web_person_take_codes(
    struct web_visit *visit, const struct web_person *person);

/* Tells what came of an errand, `done` (English) or why not, and goes. */
void web_person_finish(struct web_visit *visit,
    const struct people_errand *errand, enum outcome outcome, const char *done,
    const char *path);

/* A fold of its own; `english` is its name.  web_fold_close() ends it. */
void web_fold_open(
    struct web_visit *visit, const char *id, const char *english);
void web_fold_close(struct web_visit *visit);

#endif
