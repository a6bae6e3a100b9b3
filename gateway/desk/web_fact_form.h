/* The form that sets one fact of a case; for web_facts.c. */
#ifndef GATEWAY_DESK_WEB_FACT_FORM_H
#define GATEWAY_DESK_WEB_FACT_FORM_H

#include "gateway/desk/htcds.h"
#include "gateway/desk/web.h"

/* A value in the words of people. */
void web_fact_say_value(
    struct page *page, const struct htcds_field *field, const char *value);

/* The form; `set` is the value that is set, or "". */
void web_fact_add_form(
    struct web_visit *visit, const struct htcds_field *field, const char *set);

#endif
