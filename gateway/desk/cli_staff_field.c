/* waymark staff list, duty, phone, codes: who is there and how they are
 * reached. */
#include <inttypes.h>

#include "gateway/base/json.h"
#include "gateway/base/memory.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_staff.h"
#include "gateway/desk/sign_in.h"

/* -- list ------------------------------------------------------------------- */

static void
add_json(const struct staff *staff, struct json *json)
{
	json_open_object(json, NULL);
	json_string(json, "name", staff->name);
	json_string(json, "role", staff->role);
	json_string(json, "state", people_state_words(staff));
	json_string(json, "duty", people_duty_words(staff).text);
	json_boolean(json, "has_phone", staff->has_phone);
	json_integer(json, "codes_left", staff->codes_left);
	json_boolean(json, "codes_locked", staff->is_locked);
	json_close_object(json);
}

static void
print_json(const struct staff_list *list, struct text *out)
{
	struct json json = { 0 };

	json_open_array(&json, NULL);
	for (size_t i = 0; i < list->count; i++)
		add_json(&list->items[i], &json);
	json_close_array(&json);
	text_add(out, text_string(&json.text));
	text_add_byte(out, '\n');
	json_free(&json);
}

/* A technician has no use for codes. */
static int
works_on_cases(const struct staff *staff)
{
	return (strcmp(staff->role, "technician") != 0);
}

static void
add_row(const struct staff *staff, struct cli_table *table)
{
	struct text codes = { 0 };

	text_printf(&codes, "%" PRId64 "%s", staff->codes_left,
	    staff->is_locked ? " (locked)" : "");
	cli_table_add(table, staff->name);
	cli_table_add(table, staff->role);
	cli_table_add(table, people_state_words(staff));
	cli_table_add(table, people_duty_words(staff).text);
	cli_table_add(table, staff->has_phone ? "yes" : "no");
	cli_table_add(table,
	    staff->has_phone && works_on_cases(staff) ? text_string(&codes)
						      : "");
	text_free(&codes);
}

static void
print_table(const struct staff_list *list, struct text *out)
{
	static const char *const heads[] = { "NAME", "ROLE", "STATE", "DUTY",
		"PHONE", "CODES" };
	struct cli_table table = { .columns = COUNT_OF(heads) };

	for (size_t i = 0; i < COUNT_OF(heads); i++)
		cli_table_add(&table, heads[i]);
	for (size_t i = 0; i < list->count; i++)
		add_row(&list->items[i], &table);
	cli_table_print(&table, out);
	cli_table_free(&table);
}

int
staff_run_list(struct session *session, const struct staff_wish *wish)
{
	struct people_errand errand = staff_errand_of(session, NULL);
	struct staff_list list = { 0 };
	struct text out = { 0 };
	enum outcome outcome = people_list(&errand, &list);

	if (outcome != DONE)
		return (staff_tell_failed(&errand, outcome));
	if (wish->as_json)
		print_json(&list, &out);
	else
		print_table(&list, &out);
	free(list.items);
	return (cli_put("staff", &out));
}

/* -- duty ------------------------------------------------------------------- */

int
staff_run_duty(struct session *session, const struct staff_wish *wish)
{
	struct people_errand errand = staff_errand_of(session, wish->words[0]);
	int is_on = strcmp(wish->words[1], "on") == 0;
	enum outcome outcome;

	if (!is_on && strcmp(wish->words[1], "off") != 0)
		return (cli_failed(
		    "staff", "duty is on or off, not '%s'", wish->words[1]));
	outcome = people_set_duty(&errand, is_on, wish->words[2]);
	if (outcome != DONE)
		return (staff_tell_failed(&errand, outcome));
	printf("%s: %s\n", errand.whom.name, is_on ? "on duty" : "off duty");
	if (is_on && !errand.whom.has_phone)
		puts("They have no phone yet, so no alarm reaches them:"
		     " waymark staff phone");
	return (EXIT_DONE);
}

/* -- phone ------------------------------------------------------------------ */

/* Given, or asked for, so that it need not stand in the shell's history. */
MUST_USE static enum outcome
read_number(const struct staff_wish *wish, struct text *typed)
{
	enum outcome outcome = DONE;

	if (wish->words[1] != NULL)
		text_add(typed, wish->words[1]);
	else
		outcome = sign_in_ask("Number: ", 0, typed);
	if (outcome == NOTHING)
		cli_failed(
		    "staff", "there is no terminal to ask on; give the number");
	return (outcome);
}

int
staff_run_phone(struct session *session, const struct staff_wish *wish)
{
	struct people_errand errand = staff_errand_of(session, wish->words[0]);
	const char *line = wish->line != NULL ? wish->line : "";
	struct text typed = { 0 };
	enum outcome outcome;

	if (wish->is_none && (wish->words[1] != NULL || wish->line != NULL))
		return (cli_failed(
		    "staff", "--none goes without a number and a line"));
	if (!wish->is_none && read_number(wish, &typed) != DONE)
		return (EXIT_FAILED);
	outcome = wish->is_none ? people_take_phone(&errand)
				: people_set_phone(&errand, &session->settings,
				      text_string(&typed), line);
	text_free(&typed);
	if (outcome != DONE)
		return (staff_tell_failed(&errand, outcome));
	printf("%s: %s\n", errand.whom.name,
	    wish->is_none ? "has no phone any more"
		: !works_on_cases(&errand.whom)
		? "the phone is kept; alarms come to it while they are on duty:"
		  " waymark staff duty"
		: "the phone is kept; now make codes for it:"
		  " waymark staff codes");
	return (EXIT_DONE);
}

/* -- codes ------------------------------------------------------------------ */

static void
print_codes(const struct staff_code *codes, size_t count, struct text *out)
{
	struct cli_table table = { .columns = 4 };
	size_t rows = (count + table.columns - 1) / table.columns;
	char cell[32];

	/* Down the columns, as people cross them out. */
	for (size_t row = 0; row < rows; row++) {
		for (size_t column = 0; column < table.columns; column++) {
			size_t i = column * rows + row;

			cell[0] = '\0';
			if (i < count)
				snprintf(cell, sizeof(cell), "%3zu %s", i + 1,
				    codes[i].text);
			cli_table_add(&table, cell);
		}
	}
	cli_table_print(&table, out);
	cli_table_free(&table);
}

static void
print_orders(const char *name, struct text *out)
{
	text_printf(out,
	    "One-time codes of %s.  Each is good for one text, from this phone"
	    " only:\n\n",
	    name);
	for (size_t i = 0; i < people_order_count; i++)
		text_printf(out, "    %-20s %s\n", people_orders[i].order,
		    people_orders[i].does);
	text_add(out,
	    "\nCross out what you have used.  Codes of before are void.\n\n");
}

int
staff_run_codes(struct session *session, const struct staff_wish *wish)
{
	struct people_errand errand = staff_errand_of(session, wish->words[0]);
	size_t count = (size_t)wish->count;
	struct staff_code *codes = memory_new(count, sizeof(*codes));
	struct text out = { 0 };
	enum outcome outcome = people_make_codes(&errand, codes, count);

	if (outcome == DONE) {
		print_orders(errand.whom.name, &out);
		print_codes(codes, count, &out);
	}
	explicit_bzero(codes, count * sizeof(*codes));
	free(codes);
	return (outcome == DONE ? cli_put("staff", &out)
				: staff_tell_failed(&errand, outcome));
}
