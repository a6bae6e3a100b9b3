/* The queue and a case, as text for a terminal or as JSON for a program. */
#ifndef GATEWAY_DESK_QUEUE_PRINT_H
#define GATEWAY_DESK_QUEUE_PRINT_H

#include "gateway/desk/case_templates.h"
#include "gateway/desk/cases_list.h"

/* Each adds to *out; times are counted up to now_utc_s. */
void queue_print_list(
    const struct request_list *list, int64_t now_utc_s, struct text *out);
void queue_print_list_json(
    const struct request_list *list, int64_t now_utc_s, struct text *out);

/* What became of a request on a list: "new", "changed", "gone". */
void queue_print_change_json(const char *change, const struct request *request,
    int64_t now_utc_s, struct text *out);

void queue_print_sheet(
    const struct case_sheet *sheet, int64_t now_utc_s, struct text *out);
void queue_print_sheet_json(
    const struct case_sheet *sheet, int64_t now_utc_s, struct text *out);

/* The health of the helpline in a line, and for programs. */
void queue_print_health(const struct case_health *health, struct text *out);
void queue_print_health_json(
    const struct case_health *health, struct text *out);

void queue_print_templates(
    const struct case_template_list *list, struct text *out);
void queue_print_templates_json(
    const struct case_template_list *list, struct text *out);

#endif
