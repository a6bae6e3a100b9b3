#include "gateway/desk/referral_sheet.h"

#include "gateway/base/clock.h"
#include "gateway/base/marked_words.h"
#include "gateway/base/memory.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/htcds.h"
#include "gateway/desk/markup.h"
#include "store/case_facts.h"

/* -- what there is to tick -------------------------------------------------- */

static void
add_field(struct referral_fields *fields, const char *name, const char *label,
    const char *value)
{
	struct referral_field *field;

	if (value[0] == '\0' || referral_fields_find(fields, name) != NULL)
		return;
	fields->items = memory_grow(fields->items, fields->count,
	    fields->count + 1, sizeof(*fields->items));
	field = &fields->items[fields->count++];
	snprintf(field->name, sizeof(field->name), "%s", name);
	snprintf(field->label, sizeof(field->label), "%s", label);
	field->value = memory_copy(value);
}

/* Lines "name<TAB>question<TAB>answer", cut in place. */
static void
add_answers(struct referral_fields *fields, struct text *answers)
{
	char *rest = answers->bytes;

	while (rest != NULL && *rest != '\0') {
		char *line = strsep(&rest, "\n");
		char *name = strsep(&line, "\t");
		char *question = strsep(&line, "\t");

		if (line != NULL && name[0] != '\0')
			add_field(fields, name,
			    question[0] != '\0' ? question : name, line);
	}
}

/* Lines "name<TAB>value". */
static void
add_facts(struct referral_fields *fields, struct text *facts)
{
	char *rest = facts->bytes;

	while (rest != NULL && *rest != '\0') {
		char *line = strsep(&rest, "\n");
		char *name = strsep(&line, "\t");
		const struct htcds_field *known = htcds_find(name);

		if (line != NULL)
			add_field(fields, name,
			    known != NULL ? known->label : name, line);
	}
}

MUST_USE static enum outcome
add_sealed(const struct errand *errand, struct referral_fields *fields)
{
	struct store *store = errand->worker->store;
	const struct team_secret *secret = errand->worker->secret;
	struct text opened = { 0 };
	enum outcome outcome =
	    requests_unseal_number(store, secret, errand->request.id, &opened);

	if (outcome == DONE)
		add_field(fields, "number", WORDS("Phone number"),
		    text_string(&opened));
	text_free(&opened);
	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	outcome =
	    requests_unseal_answers(store, secret, errand->request.id, &opened);
	if (outcome == DONE)
		add_answers(fields, &opened);
	text_free(&opened);
	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	outcome = case_facts_unseal(store, secret, errand->request.id, &opened);
	if (outcome == DONE)
		add_facts(fields, &opened);
	text_free(&opened);
	return (outcome == NOTHING ? DONE : outcome);
}

enum outcome
referral_fields_read(
    const struct errand *errand, struct referral_fields *fields_r)
{
	const struct request *request = &errand->request;
	struct referral_fields fields = { 0 };
	enum outcome outcome;

	add_field(&fields, "language", WORDS("Language"), request->language);
	add_field(&fields, "corridor", WORDS("Route"), request->corridor);
	add_field(&fields, "urgency", WORDS("Urgency"),
	    request_urgency_name(request->urgency));
	outcome = add_sealed(errand, &fields);
	if (outcome == DONE)
		*fields_r = fields;
	else
		referral_fields_free(&fields);
	return (outcome);
}

const struct referral_field *
referral_fields_find(const struct referral_fields *fields, const char *name)
{
	for (size_t i = 0; i < fields->count; i++) {
		if (strcmp(fields->items[i].name, name) == 0)
			return (&fields->items[i]);
	}
	return (NULL);
}

void
referral_fields_free(struct referral_fields *fields)
{
	for (size_t i = 0; i < fields->count; i++) {
		char *value = fields->items[i].value;

		explicit_bzero(value, strlen(value));
		free(value);
	}
	free(fields->items);
	*fields = (struct referral_fields){ 0 };
}

/* -- the sheet -------------------------------------------------------------- */

static const char agreed_words[] =
    "The person agreed on %s that we tell you what stands here.";
static const char ask_words[] =
    "Please tell us whether you can help, and name the reference. The person"
    " may take the agreement back at any time. We then tell you, and you"
    " destroy this sheet and what you copied from it.";
static const char own_words[] = "From the caseworker";

void
referral_sheet_text(const struct referral_sheet *sheet, struct text *out)
{
	text_printf(out, "REFERRAL %s\n\n", sheet->ref);
	if (sheet->from[0] != '\0')
		text_printf(out, "From: %s\n", sheet->from);
	text_printf(out, "To:   %s\nDate: %s\n\n", sheet->to,
	    clock_date(sheet->now_utc_s).text);
	text_printf(out, agreed_words, clock_date(sheet->agreed_utc_s).text);
	text_add(out, "\n\n");
	for (size_t i = 0; i < sheet->field_count; i++) {
		cli_add_words(out, "", sheet->fields[i]->label);
		cli_add_words(out, "    ", sheet->fields[i]->value);
	}
	if (sheet->words[0] != '\0') {
		text_printf(out, "\n%s\n", own_words);
		cli_add_words(out, "    ", sheet->words);
	}
	text_printf(out, "\n%s\n", ask_words);
}

static void
add_row(struct text *out, const char *label, const char *value)
{
	text_add(out, "<tr><th scope=\"row\"><bdi>");
	markup_add(out, label);
	text_add(out, "</bdi></th><td><bdi>");
	markup_add(out, value);
	text_add(out, "</bdi></td></tr>\n");
}

void
referral_sheet_html(const struct referral_sheet *sheet, struct text *out)
{
	text_printf(out,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n<title>Referral %s</title>\n</head>\n"
	    "<body>\n<h1>Referral %s</h1>\n<p>",
	    sheet->ref, sheet->ref);
	text_printf(out, agreed_words, clock_date(sheet->agreed_utc_s).text);
	text_add(out, "</p>\n<table>\n");
	if (sheet->from[0] != '\0')
		add_row(out, "From", sheet->from);
	add_row(out, "To", sheet->to);
	add_row(out, "Date", clock_date(sheet->now_utc_s).text);
	for (size_t i = 0; i < sheet->field_count; i++)
		add_row(out, sheet->fields[i]->label, sheet->fields[i]->value);
	if (sheet->words[0] != '\0')
		add_row(out, own_words, sheet->words);
	text_printf(out, "</table>\n<p>%s</p>\n</body>\n</html>\n", ask_words);
}
