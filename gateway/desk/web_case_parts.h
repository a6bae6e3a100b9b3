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

/* What can be done: the one next thing first. */
void web_case_add_acts(struct web_visit *visit, const struct case_sheet *sheet,
    const struct web_case_wish *wish);

#endif
