/* What the status tells of lines, and what it advises. */
#include "gateway/desk/status.h"

#include "tests/check_main.h"

enum { MEBIBYTE = 1 << 20, DISK_ROOMY_MIB = 5000 };

/* A line that is well in everything. */
static struct status_line
good_line(const char *name)
{
	char told[] = "x\tup\tup\t60\t0";
	struct status_line line;

	ck_assert_int_eq(status_read_line(told, &line), 1);
	line.name = name;
	line.state = "up";
	line.storage_percent = 10;
	line.credit = "enough";
	return (line);
}

static struct status
good_status(struct status_line *lines, size_t count)
{
	return ((struct status){ .now_utc_s = 1795000000,
	    .hub_runs = 1,
	    .lines = lines,
	    .line_count = count,
	    .free_bytes = (int64_t)DISK_ROOMY_MIB * MEBIBYTE });
}

START_TEST(nothing_is_advised_when_all_is_well)
{
	struct status_line line = good_line("north");
	struct status status = good_status(&line, 1);
	struct status_advices advices;

	status_advise(&status, &advices);
	ck_assert_uint_eq(advices.count, 0);
	free(advices.items);
}
END_TEST

/* Each changes one thing of what is well. */
static void
lose_network(struct status *status)
{
	status->lines[0].is_up = 0;
	status->lines[0].cause = "the modem does not answer";
}

static void
need_a_hand(struct status *status)
{
	lose_network(status);
	status->lines[0].needs_hand = 1;
	status->lines[0].cause = "there is no SIM";
}

static void
lose_cause(struct status *status)
{
	lose_network(status);
	status->lines[0].cause = "";
}

static void
fill_memory(struct status *status)
{
	status->lines[0].storage_percent = 80;
}

static void
spend_credit(struct status *status)
{
	status->lines[0].credit = "low";
}

static void
garble_credit(struct status *status)
{
	status->lines[0].credit = "unread";
}

static void
stop_hub(struct status *status)
{
	status->hub_runs = 0;
	status->line_count = 0;
}

static void
fill_disk(struct status *status)
{
	status->free_bytes = 499LL * MEBIBYTE;
}

static void
fill_disk_up(struct status *status)
{
	status->free_bytes = 99LL * MEBIBYTE;
}

static void
set_aside(struct status *status)
{
	status->journal[JOURNAL_ASIDE] = 1;
}

static void
hold_up_texts(struct status *status)
{
	status->ages.outbox_utc_s = status->now_utc_s - 3601;
}

static void
hold_up_messages(struct status *status)
{
	status->ages.journal_utc_s = status->now_utc_s - 301;
}

static void
rename_line(struct status *status)
{
	status->gone[0] = (struct waited_line){ "south", 3 };
	status->gone_count = 1;
}

static const struct {
	void (*change)(struct status *status);
	enum status_weight weight;
	const char *line;
	const char *what; /* stands in it */
	const char *mend;
} vectors[] = {
	{ lose_network, STATUS_LOOK, "north", "mends itself", "Unplug it" },
	{ need_a_hand, STATUS_BAD, "north", "cannot mend itself",
	    "Put a SIM in" },
	{ lose_cause, STATUS_LOOK, "north", "is away", "hub's log" },
	{ fill_memory, STATUS_LOOK, "north", "nearly full", "emptied" },
	{ spend_credit, STATUS_LOOK, "north", "little credit", "Top it up" },
	{ garble_credit, STATUS_LOOK, "north", "not understood",
	    "balance_pattern" },
	{ stop_hub, STATUS_BAD, "", "hub is not running", "Start it" },
	{ fill_disk, STATUS_LOOK, "", "disk", "Make room" },
	{ fill_disk_up, STATUS_BAD, "", "disk", "Make room" },
	{ set_aside, STATUS_LOOK, "", "stand aside", "Set aside" },
	{ hold_up_texts, STATUS_LOOK, "", "more than an hour", "line" },
	{ rename_line, STATUS_BAD, "south", "not in the configuration",
	    "old name" },
	{ hold_up_messages, STATUS_LOOK, "", "five minutes", "log" },
};

START_TEST(one_thing_that_is_wrong_is_one_thing_to_do)
{
	struct status_line line = good_line("north");
	struct status status = good_status(&line, 1);
	struct status_advices advices;
	struct text said = { 0 };

	vectors[_i].change(&status);
	status_advise(&status, &advices);
	ck_assert_uint_eq(advices.count, 1);
	ck_assert_int_eq(advices.items[0].weight, vectors[_i].weight);
	ck_assert_str_eq(advices.items[0].line, vectors[_i].line);
	ck_assert_ptr_nonnull(strstr(advices.items[0].what, vectors[_i].what));
	ck_assert_ptr_nonnull(strstr(advices.items[0].mend, vectors[_i].mend));
	/* The terminal says the same words. */
	status_add_text(&status, &said);
	ck_assert_ptr_nonnull(
	    strstr(text_string(&said), advices.items[0].what));
	ck_assert_ptr_nonnull(
	    strstr(text_string(&said), advices.items[0].mend));
	text_free(&said);
	free(advices.items);
}
END_TEST

START_TEST(the_worst_comes_first)
{
	struct status_line lines[] = { good_line("north"), good_line("south") };
	struct status status = good_status(lines, COUNT_OF(lines));
	struct status_advices advices;

	spend_credit(&status);
	set_aside(&status);
	lines[1].is_up = 0;
	lines[1].needs_hand = 1;
	lines[1].cause = "device is gone";
	status_advise(&status, &advices);
	ck_assert_uint_eq(advices.count, 3);
	ck_assert_str_eq(advices.items[0].line, "south");
	ck_assert_int_eq(advices.items[0].weight, STATUS_BAD);
	free(advices.items);
}
END_TEST

START_TEST(every_field_of_a_line_stands_in_the_json_once)
{
	struct status_line line = good_line("north");
	struct status status = good_status(&line, 1);
	struct text json = { 0 };

	status_add_json(&status, &json);
	for (size_t i = 0; i < status_field_count; i++) {
		struct text key = { 0 };
		const char *at;

		text_printf(&key, "\"%s\":", status_fields[i].key);
		at = strstr(json.bytes, key.bytes);
		ck_assert_msg(at != NULL, "%s is missing", key.bytes);
		text_free(&key);
	}
	text_free(&json);
}
END_TEST

static Suite *
suite_of_status(void)
{
	Suite *suite = suite_create("status");
	TCase *tests = tcase_create("status");

	suite_add_tcase(suite, tests);
	tcase_add_test(tests, nothing_is_advised_when_all_is_well);
	tcase_add_loop_test(tests, one_thing_that_is_wrong_is_one_thing_to_do,
	    0, COUNT_OF(vectors));
	tcase_add_test(tests, the_worst_comes_first);
	tcase_add_test(tests, every_field_of_a_line_stands_in_the_json_once);
	return (suite);
}

CHECK_MAIN(suite_of_status);
