/* The queue and a case, as text for a terminal or as JSON for a program. */
#ifndef GATEWAY_DESK_QUEUE_PRINT_H
#define GATEWAY_DESK_QUEUE_PRINT_H

#include "gateway/desk/cases.h"

/* Each adds to *out; times are counted up to now_utc_s. */
void queue_print_list(
    const struct request_list *list, int64_t now_utc_s, struct text *out);
void queue_print_list_json(
    const struct request_list *list, int64_t now_utc_s, struct text *out);

void queue_print_sheet(
    const struct case_sheet *sheet, int64_t now_utc_s, struct text *out);
void queue_print_sheet_json(
    const struct case_sheet *sheet, int64_t now_utc_s, struct text *out);

#endif
