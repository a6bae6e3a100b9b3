/* The parts of a case's page, for gateway/desk/web_case*.c only.
 */
#ifndef GATEWAY_DESK_WEB_CASE_PARTS_H
#define GATEWAY_DESK_WEB_CASE_PARTS_H

#include "gateway/desk/web_case.h"

void web_case_add_facts(
    struct web_visit *visit, const struct case_sheet *sheet);
void web_case_add_answers(
    struct web_visit *visit, const struct case_sheet *sheet);
void web_case_add_thread(
    struct web_visit *visit, const struct case_sheet *sheet);
void web_case_add_events(
    struct web_visit *visit, const struct case_sheet *sheet);

/* web_case_forms.c: the one next thing, the reply, and what else there is. */
void web_case_add_next(struct web_visit *visit, const struct case_sheet *sheet);
void web_case_add_reply(struct web_visit *visit, const struct case_sheet *sheet,
    const struct web_case_wish *wish);
/* web_templates.c: ready-made texts, and the one the address asks for (yours;
 * NULL: none). */
void web_case_add_templates(
    struct web_visit *visit, const struct case_sheet *sheet);
char *web_case_chosen_template(struct web_visit *visit);

/* web_facts.c: what is set for the record. */
void web_case_add_record(
    struct web_visit *visit, const struct case_sheet *sheet);
/* web_exports.c: a fold to save the caller's own record. */
void web_case_add_own_record(
    struct web_visit *visit, const struct case_sheet *sheet);
/* web_erase.c: a fold to ask for erasing; what was asked; what is left. */
/* 1 when nothing of the caller is left. */
int web_case_is_tombstone(const struct request *request);
void web_case_add_erase(struct web_visit *visit, const struct case_sheet *sheet,
    const struct web_case_wish *wish);
void web_case_add_erasure(
    struct web_visit *visit, const struct case_sheet *sheet);
void web_case_add_tombstone(
    struct web_visit *visit, const struct case_sheet *sheet);

void web_case_add_folds(struct web_visit *visit, const struct case_sheet *sheet,
    const struct web_case_wish *wish);

#endif
