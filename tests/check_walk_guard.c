/* What a phone learns while an opening is out, and what its texts do. */
#include "menus/menu_walk.h"
#include "tests/check_main.h"

#define GOOD SOURCE_TREE "/tests/data/menus/good"

enum { ASKED_UTC_S = 1764000000 };

static struct menus *menus;
static struct walk walk;

static void
set_up(void)
{
	ck_assert_int_eq(menus_load(GOOD, GOOD "/locales", &menus), DONE);
}

static void
tear_down(void)
{
	walk_free(&walk);
	menus_free(menus);
}

/* A claimed request, its caller asked by an opening, and one text from that
 * phone. */
struct says {
	enum input_kind kind;
	const char *text;
	int says_word;
	int was_wrong;
	int is_open; /* the request waits for a caseworker */
};

static void
hear(const struct says *says, int64_t after_s, struct step *step)
{
	struct step_input input = {
		.kind = says->kind,
		.text = says->text,
		.channel = &channel_sms,
		.now_utc_s = ASKED_UTC_S + after_s,
		.resume_after_s = 21600,
		.corridor = "gulf",
		.line_language = "en",
		.known_language = "en",
		.has_request = 1,
		.is_claimed = !says->is_open,
		.is_guarded = after_s >= 0,
		.was_wrong = says->was_wrong,
		.says_word = says->says_word,
		.guarded_since_utc_s = ASKED_UTC_S,
		.ref = "KX47Q",
	};

	memset(step, 0xa5, sizeof(*step));
	menu_step(menus, &walk, &input, step);
}

static const struct {
	struct says says;
	unsigned effects; /* all of them */
	const char *reply; /* a piece of it; "" none */
} cases[] = {
	{ { .text = "mango yes", .says_word = 1 },
	    EFFECT_TALK_OPENED | EFFECT_JOIN_CASE, "" },
	{ { .text = "mango yes", .says_word = 1, .is_open = 1 },
	    EFFECT_TALK_OPENED | EFFECT_JOIN_CASE, "" },
	{ { .text = "yes" },
	    EFFECT_TALK_WRONG | EFFECT_JOIN_CASE | EFFECT_ERASE_WALK,
	    "Sorry, wrong number." },
	{ { .text = "2", .is_open = 1 },
	    EFFECT_TALK_WRONG | EFFECT_JOIN_CASE | EFFECT_ERASE_WALK,
	    "Sorry, wrong number." },
	{ { .text = "help me he is here now please come" },
	    EFFECT_TALK_WRONG | EFFECT_JOIN_CASE | EFFECT_ERASE_WALK,
	    "Sorry, wrong number." },
	{ { .text = "hello?", .was_wrong = 1 }, EFFECT_JOIN_CASE, "" },
	{ { .text = "mango", .says_word = 1, .was_wrong = 1 }, EFFECT_JOIN_CASE,
	    "" },
	{ { .text = "MENU" }, EFFECT_MENU_BACK, "Work abroad" },
	{ { .text = "MENU", .was_wrong = 1 }, EFFECT_MENU_BACK, "Work abroad" },
	{ { .text = "STOP" }, EFFECT_STOP | EFFECT_ERASE_WALK, "OK" },
	{ { .text = "FORGET" }, EFFECT_FORGET | EFFECT_ERASE_WALK, "" },
	{ { .text = "HELP" }, EFFECT_ASKED_AGAIN | EFFECT_JOIN_CASE, "KX47Q" },
	{ { .text = "help he comes" }, EFFECT_ASKED_AGAIN | EFFECT_JOIN_CASE,
	    "KX47Q" },
	{ { .kind = INPUT_CALL, .text = "", .is_open = 1 }, 0, "Work abroad" },
};

/* She walked into the menu yesterday: none of it shows now. */
static void
walk_yesterday(void)
{
	struct says home = { .text = "hi", .is_open = 1 };
	struct says rights = { .text = "2", .is_open = 1 };
	struct step step;

	hear(&home, -90000, &step);
	step_free(&step);
	hear(&rights, -89990, &step);
	step_free(&step);
	ck_assert_int_eq(walk.mood, WALK_ON_SCREEN);
}

START_TEST(a_guarded_text_opens_covers_or_is_a_command)
{
	struct step step;

	walk_yesterday();
	hear(&cases[_i].says, 3600, &step);
	ck_assert_msg(step.effects == cases[_i].effects, "'%s' has effects %#x",
	    cases[_i].says.text, step.effects);
	if (cases[_i].reply[0] == '\0' &&
	    (cases[_i].effects & EFFECT_FORGET) == 0)
		ck_assert_uint_eq(step.reply.length, 0);
	ck_assert_msg(strstr(text_string(&step.reply), cases[_i].reply) != NULL,
	    "'%s' is answered by '%s'", cases[_i].says.text,
	    text_string(&step.reply));
	/* The words that tell of an earlier conversation. */
	ck_assert_ptr_null(strstr(text_string(&step.reply), "still"));
	ck_assert_ptr_null(strstr(text_string(&step.reply), "Go on?"));
	ck_assert_ptr_null(strstr(text_string(&step.reply), "You have rights"));
	ck_assert_int_eq(step.yes_or_no, 0);
	step_free(&step);
}
END_TEST

START_TEST(who_asked_for_the_menu_goes_on_in_it)
{
	struct says menu = { .text = "MENU", .is_open = 1 };
	struct says rights = { .text = "2", .is_open = 1 };
	struct says word = { .text = "mango", .says_word = 1, .is_open = 1 };
	struct step step;

	hear(&menu, 3600, &step);
	step_free(&step);
	hear(&rights, 3610, &step);
	ck_assert_uint_eq(
	    step.effects & (EFFECT_TALK_WRONG | EFFECT_TALK_OPENED), 0);
	ck_assert_ptr_nonnull(
	    strstr(text_string(&step.reply), "You have rights"));
	step_free(&step);
	hear(&word, 3620, &step);
	ck_assert_uint_ne(step.effects & EFFECT_TALK_OPENED, 0);
	step_free(&step);
}
END_TEST

static Suite *
suite_of_walk_guard(void)
{
	Suite *suite = suite_create("walk_guard");
	TCase *tcase = tcase_create("guard");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, a_guarded_text_opens_covers_or_is_a_command,
	    0, (int)COUNT_OF(cases));
	tcase_add_test(tcase, who_asked_for_the_menu_goes_on_in_it);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_walk_guard);
