/* waymark audit: who did what, and whether the trail is whole. */
#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/json.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/desk.h"
#include "gateway/desk/session.h"
#include "store/audit.h"

enum { LIST_MOST = 200, LIST_MOST_EVER = 1000000, PAGE = 500 };

/* The command line, read. */
struct wish {
	struct session_who who;
	const char *head;
	const char *ref;
	int64_t since_utc_s;
	int64_t most;
	int as_json;
	int only_list; /* an option that only list takes was given */
};

static int
may(const struct staff *staff, const char *role)
{
	return (strcmp(staff->role, role) == 0);
}

/* -- verify ----------------------------------------------------------------- */

static int
tell_verdict(const struct audit_verdict *verdict, enum outcome outcome)
{
	struct audit_head_text head = audit_head_text(&verdict->head);

	if (outcome == DONE && verdict->head.id == 0) {
		puts("The audit trail is empty.");
		return (EXIT_DONE);
	}
	if (outcome == DONE) {
		printf("The audit trail is whole: %" PRId64 " rows.\n"
		       "Write the last one down, on paper and elsewhere, and"
		       " give it next time with --head:\n\n    %s\n",
		    verdict->head.id, head.text);
		return (EXIT_DONE);
	}
	if (verdict->broken_id != 0)
		return (cli_failed("audit",
		    "the trail is broken at row %" PRId64
		    ": it, or what stood before it, was changed or removed",
		    verdict->broken_id));
	if (verdict->is_cut_off)
		return (cli_failed("audit",
		    "the end of the trail was cut off: it ends with row"
		    " %" PRId64,
		    verdict->head.id));
	return (cli_failed("audit",
	    "the trail is not the one of which this was written down: it was"
	    " written anew"));
}

static int
run_verify(const struct session *session, const struct wish *wish)
{
	struct audit_noted noted;
	struct audit_verdict verdict;
	enum outcome outcome;

	if (!may(&session->staff, "lead") &&
	    !may(&session->staff, "technician"))
		return (cli_failed(
		    "audit", "only leads and technicians may verify it"));
	if (wish->head != NULL && audit_noted_read(wish->head, &noted) != DONE)
		return (cli_failed("audit",
		    "--head takes what an earlier verify showed, such as"
		    " \"1204:9f31 77c0 ...\", with 16 signs of the hash or"
		    " more"));
	outcome = audit_verify(
	    session->store, wish->head != NULL ? &noted : NULL, &verdict);
	if (outcome != DONE && outcome != REFUSED)
		return (cli_failed("audit", "the store cannot be read"));
	return (tell_verdict(&verdict, outcome));
}

/* -- list ------------------------------------------------------------------- */

static void
add_json(const struct audit_row *row, struct json *json)
{
	json_open_object(json, NULL);
	json_integer(json, "row", row->id);
	json_string(json, "at", clock_iso(row->at_utc_s).text);
	json_string(json, "who", row->staff != 0 ? row->staff_name : NULL);
	json_string(json, "what", row->what);
	json_string(json, "ref", row->ref[0] != '\0' ? row->ref : NULL);
	json_string(json, "detail", row->detail);
	json_close_object(json);
}

static void
add_row(const struct audit_row *row, struct cli_table *table)
{
	char id[24];

	snprintf(id, sizeof(id), "%" PRId64, row->id);
	cli_table_add(table, id);
	cli_table_add(table, clock_date_time(row->at_utc_s).text);
	cli_table_add(table, row->staff != 0 ? row->staff_name : "-");
	cli_table_add(table, row->what);
	cli_table_add(table, row->ref);
	cli_table_add(table, row->detail);
}

/* Where rows go: one of the two. */
struct printing {
	struct json json;
	struct cli_table table;
	int as_json;
	int64_t count;
};

static void
print_page(const struct audit_list *list, struct printing *printing)
{
	for (size_t i = 0; i < list->count; i++) {
		if (printing->as_json)
			add_json(&list->items[i], &printing->json);
		else
			add_row(&list->items[i], &printing->table);
		printing->count++;
	}
}

MUST_USE static enum outcome
read_pages(const struct session *session, const struct wish *wish,
    struct printing *printing)
{
	/* A request that is gone may still stand in the trail. */
	const struct request_ref ref =
	    request_ref_read(wish->ref != NULL ? wish->ref : "");
	struct audit_filter filter = {
		.ref = wish->ref != NULL ? ref.signs : NULL,
		.since_utc_s = wish->since_utc_s,
	};
	struct audit_list list;
	enum outcome outcome = DONE;

	while (printing->count < wish->most) {
		int64_t left = wish->most - printing->count;

		filter.most = left < PAGE ? (size_t)left : PAGE;
		outcome = audit_read(session->store, &filter, &list);
		if (outcome != DONE)
			break;
		print_page(&list, printing);
		if (list.count > 0)
			filter.before_id = list.items[list.count - 1].id;
		free(list.items);
		if (list.count < filter.most)
			break;
	}
	return (outcome);
}

static void
finish(struct printing *printing, struct text *out)
{
	if (printing->as_json) {
		json_close_array(&printing->json);
		text_add(out, text_string(&printing->json.text));
		text_add_byte(out, '\n');
	} else if (printing->count > 0) {
		cli_table_print(&printing->table, out);
	} else {
		fputs("Nothing here.\n", stderr);
	}
	json_free(&printing->json);
	cli_table_free(&printing->table);
}

static int
run_list(const struct session *session, const struct wish *wish)
{
	static const char *const heads[] = { "ROW", "UTC", "WHO", "WHAT", "REF",
		"DETAIL" };
	struct printing printing = { .as_json = wish->as_json,
		.table.columns = COUNT_OF(heads) };
	struct text out = { 0 };
	enum outcome outcome;
	int status;

	if (!may(&session->staff, "lead"))
		return (cli_failed("audit", "only a lead may read it"));
	json_open_array(&printing.json, NULL);
	for (size_t i = 0; i < COUNT_OF(heads); i++)
		cli_table_add(&printing.table, heads[i]);
	outcome = read_pages(session, wish, &printing);
	finish(&printing, &out);
	status = cli_put("audit", &out);
	if (outcome != DONE)
		return (cli_failed("audit", "the store cannot be read"));
	if (printing.count == wish->most)
		fprintf(stderr, "There may be more: --most %" PRId64 "\n",
		    wish->most * 2);
	return (status == EXIT_DONE && printing.count == 0 ? EXIT_NOTHING_FOUND
							   : status);
}

/* -- the command line ------------------------------------------------------- */

enum {
	OPTION_STAFF = 256,
	OPTION_PASSWORD_FILE,
	OPTION_HEAD,
	OPTION_REF,
	OPTION_SINCE,
	OPTION_MOST,
	OPTION_JSON
};

static const struct cli_option options[] = {
	{ "config", 1, 'c' },
	{ "staff", 1, OPTION_STAFF },
	{ "password-file", 1, OPTION_PASSWORD_FILE },
	{ "head", 1, OPTION_HEAD },
	{ "ref", 1, OPTION_REF },
	{ "since", 1, OPTION_SINCE },
	{ "most", 1, OPTION_MOST },
	{ "json", 0, OPTION_JSON },
};

static int
take_option(int id, char *value, void *into)
{
	struct wish *wish = into;

	wish->only_list |= id >= OPTION_REF;
	if (id == 'c')
		wish->who.config = value;
	else if (id == OPTION_STAFF)
		wish->who.staff = value;
	else if (id == OPTION_PASSWORD_FILE)
		wish->who.password_file = value;
	else if (id == OPTION_HEAD)
		wish->head = value;
	else if (id == OPTION_REF)
		wish->ref = value;
	else if (id == OPTION_JSON)
		wish->as_json = 1;
	else if (id == OPTION_SINCE &&
	    !clock_read_date(value, &wish->since_utc_s))
		return (command_wrong_use(
		    &command_audit, "--since takes a date like 2026-11-21"));
	else if (id == OPTION_MOST &&
	    !text_read_integer(value, 1, LIST_MOST_EVER, &wish->most))
		return (command_wrong_use(&command_audit,
		    "--most takes a number from 1 to %d", LIST_MOST_EVER));
	return (EXIT_DONE);
}

static int
check_words(int count, char **words, const struct wish *wish)
{
	int is_list = count > 0 && strcmp(words[0], "list") == 0;

	if (count == 0)
		return (command_wrong_use(&command_audit, "say what to do"));
	if (!is_list && strcmp(words[0], "verify") != 0)
		return (command_wrong_use(
		    &command_audit, "there is no action '%s'", words[0]));
	if (count > 1)
		return (command_wrong_use(
		    &command_audit, "'%s' is one word too many", words[1]));
	if (is_list ? wish->head != NULL : wish->only_list)
		return (command_wrong_use(&command_audit,
		    "%s does not take one of these options", words[0]));
	return (EXIT_DONE);
}

static int
run(int argc, char **argv)
{
	struct wish wish = { .who.command = "audit",
		.since_utc_s = INT64_MIN,
		.most = LIST_MOST };
	struct cli_reading reading = { &command_audit, options,
		COUNT_OF(options), take_option, &wish };
	struct session session;
	int first;
	int status;

	if (command_asked_help(&command_audit, argc, argv))
		return (EXIT_DONE);
	status = cli_read_options(&reading, argc, argv, &first);
	if (status == EXIT_DONE)
		status = check_words(argc - first, argv + first, &wish);
	if (status != EXIT_DONE)
		return (status);
	if (session_open(&wish.who, &session) != DONE)
		return (EXIT_FAILED);
	status = strcmp(argv[first], "list") == 0 ? run_list(&session, &wish)
						  : run_verify(&session, &wish);
	session_close(&session);
	return (status);
}

const struct command command_audit = {
	.name = "audit",
	.summary = "who did what: list it, verify that nobody changed it",
	.usage =
	    "Usage: waymark audit verify [--head HEAD]\n"
	    "       waymark audit list [--ref REF] [--since DATE] [--most N]"
	    " [--json]\n"
	    "\n"
	    "The trail of what people did on the desk.  Each row holds the hash"
	    " of the row\n"
	    "before it, so that whatever is changed, removed or put in between"
	    " shows.\n"
	    "\n"
	    "  -c, --config FILE       the configuration; else"
	    " $WAYMARK_CONFIG,\n"
	    "                          else /etc/waymark/waymark.conf\n"
	    "  --staff NAME            who signs in; else it asks\n"
	    "  --password-file FILE    the password is its first line; else it"
	    " asks\n"
	    "  --head HEAD             what an earlier verify showed and you"
	    " wrote down: shows\n"
	    "                          also whether the end was cut off\n"
	    "  --ref REF               only of this help request\n"
	    "  --since DATE            only from this day on, like"
	    " 2026-11-21\n"
	    "  --most N                at most N rows, the newest (200)\n"
	    "  --json                  for programs\n",
	.run = run,
};
