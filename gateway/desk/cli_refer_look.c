/* waymark queue refer, looking: what a partner was told, and what could be
 * passed. */
#include "gateway/base/clock.h"
#include "gateway/base/json.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_refer_parts.h"

static const char *
consent_words(const struct referral *referral)
{
	if (referral->consent == CONSENT_BY_TEXT)
		return ("by text");
	return (referral->consent == CONSENT_NOTED ? "noted" : "-");
}

static void
add_row(struct cli_table *table, const struct referral *referral)
{
	char state[64];

	snprintf(state, sizeof(state), "%s%s%s",
	    referral_state_name(referral->state),
	    referral->is_in_doubt ? ", in doubt" : "",
	    referral->state == REFERRAL_WITHDRAWN &&
		    referral->passed_utc_s != 0 && referral->told_utc_s == 0
		? ": tell them"
		: "");
	cli_table_add(table, referral->partner_name);
	cli_table_add(table, state);
	cli_table_add(table, consent_words(referral));
	cli_table_add(table, clock_date_time(referral->asked_utc_s).text);
	cli_table_add(table, referral->staff_name);
	cli_table_add(
	    table, referral->passed_as[0] != '\0' ? referral->passed_as : "-");
}

static void
print_table(const struct referral_list *list, struct text *out)
{
	static const char *const headings[] = { "PARTNER", "STATE", "CONSENT",
		"ASKED", "BY", "PASSED AS" };
	struct cli_table table = { .columns = COUNT_OF(headings) };

	for (size_t i = 0; i < COUNT_OF(headings); i++)
		cli_table_add(&table, headings[i]);
	for (size_t i = 0; i < list->count; i++)
		add_row(&table, &list->items[i]);
	cli_table_print(&table, out);
	cli_table_free(&table);
}

static void
json_time(struct json *json, const char *name, int64_t utc_s)
{
	json_string(json, name, utc_s != 0 ? clock_iso(utc_s).text : NULL);
}

static void
print_json(const struct referral_list *list, struct text *out)
{
	struct json json = { 0 };

	json_open_array(&json, NULL);
	for (size_t i = 0; i < list->count; i++) {
		const struct referral *referral = &list->items[i];

		json_open_object(&json, NULL);
		json_string(&json, "partner", referral->partner_name);
		json_string(
		    &json, "state", referral_state_name(referral->state));
		json_string(&json, "consent", consent_words(referral));
		json_string(&json, "by", referral->staff_name);
		json_time(&json, "asked_at", referral->asked_utc_s);
		json_time(&json, "agreed_at", referral->agreed_utc_s);
		json_time(&json, "passed_at", referral->passed_utc_s);
		json_time(&json, "ended_at", referral->ended_utc_s);
		json_boolean(&json, "in_doubt", referral->is_in_doubt);
		json_close_object(&json);
	}
	json_close_array(&json);
	text_add_bytes(out, text_string(&json.text), json.text.length);
	text_add_byte(out, '\n');
	json_free(&json);
}

/* The wording behind each, under the table. */
static void
print_consents(
    struct errand *errand, const struct referral_list *list, struct text *out)
{
	for (size_t i = 0; i < list->count; i++) {
		struct text wording = { 0 };
		struct text answer = { 0 };

		if (case_referral_consent(
			errand, &list->items[i], &wording, &answer) == DONE &&
		    wording.length > 0) {
			text_printf(out, "\n%s was put as\n",
			    list->items[i].partner_name);
			cli_add_words(out, "      ", wording.bytes);
		}
		if (answer.length > 0) {
			text_add(out, "  and the caller wrote\n");
			cli_add_words(out, "      ", answer.bytes);
		}
		text_free(&wording);
		text_free(&answer);
	}
}

int
refer_run_list(const struct session *session, const struct refer_wish *wish)
{
	struct referral_errand step = refer_step_of(session, wish);
	struct referral_list list = { 0 };
	struct text out = { 0 };
	int status;

	if (case_referral_list(&step.errand, &list) != DONE)
		return (refer_tell_failed(&step));
	if (wish->given & TAKES_JSON) {
		print_json(&list, &out);
	} else if (list.count > 0) {
		print_table(&list, &out);
		print_consents(&step.errand, &list, &out);
	} else {
		fputs("Nobody was told of this caller.\n", stderr);
	}
	status = cli_put("queue", &out);
	if (status == EXIT_DONE && list.count == 0)
		status = EXIT_NOTHING_FOUND;
	free(list.items);
	return (status);
}

int
refer_run_fields(const struct session *session, const struct refer_wish *wish)
{
	struct referral_errand step = refer_step_of(session, wish);
	struct referral_fields fields = { 0 };
	struct cli_table table = { .columns = 2 };
	struct text out = { 0 };

	if (case_referral_fields(&step.errand, &fields) != DONE)
		return (refer_tell_failed(&step));
	cli_table_add(&table, "FIELD");
	cli_table_add(&table, "WHAT IT IS");
	for (size_t i = 0; i < fields.count; i++) {
		cli_table_add(&table, fields.items[i].name);
		cli_table_add(&table, fields.items[i].label);
	}
	cli_table_print(&table, &out);
	cli_table_free(&table);
	referral_fields_free(&fields);
	return (cli_put("queue", &out));
}
