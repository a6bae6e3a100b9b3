#include "menus/system_texts.h"

#include "gateway/base/memory.h"
#include "gateway/base/text.h"
#include "menus/placeholders.h"

struct rule {
	const char *name;
	int may_be_missing; /* or, of a keyword, empty */
	const char *placeholders;
};

static const struct rule text_rules[SYSTEM_TEXT_COUNT] = {
	[SAY_UNREADABLE] = { "unreadable", 0, "" },
	[SAY_EMPTY] = { "empty", 0, "" },
	[SAY_OUT_OF_RANGE] = { "out_of_range", 0, "min max" },
	[SAY_UNREADABLE_DATE] = { "unreadable_date", 1, "" },
	[SAY_OFFER_PERSON] = { "offer_person", 0, "" },
	[SAY_OFFER_PERSON_1] = { "offer_person_1", 0, "" },
	[SAY_OFFER_PERSON_2] = { "offer_person_2", 0, "" },
	[SAY_RESUME] = { "resume", 0, "" },
	[SAY_RESUME_1] = { "resume_1", 0, "" },
	[SAY_RESUME_2] = { "resume_2", 0, "" },
	[SAY_RESUME_3] = { "resume_3", 1, "" },
	[SAY_TEXTS_QUESTION] = { "texts_question", 1, "" },
	[SAY_TEXTS_FOLLOW] = { "texts_follow", 1, "" },
	[SAY_LANGUAGE_QUESTION] = { "language_question", 0, "" },
	[SAY_LANGUAGE_SET] = { "language_set", 0, "" },
	[SAY_ASKED_AGAIN] = { "asked_again", 0, "ref" },
	[SAY_ALREADY_HELPED] = { "already_helped", 0, "ref" },
	[SAY_UNCLEAR_OPENED] = { "unclear_opened", 0, "ref" },
	[SAY_JOINED] = { "joined", 0, "ref" },
	[SAY_STOPPED] = { "stopped", 0, "" },
	[SAY_STARTED] = { "started", 0, "" },
	[SAY_FORGOTTEN] = { "forgotten", 0, "" },
	[SAY_LEFT] = { "left", 0, "" },
	[SAY_CHANGED] = { "changed", 1, "" },
	[SAY_MORE] = { "more", 0, "" },
	[SAY_BACK] = { "back", 0, "" },
	[SAY_HOME] = { "home", 0, "" },
	[SAY_NEXT] = { "next", 0, "" },
	[SAY_YES] = { "yes", 0, "" },
	[SAY_NO] = { "no", 0, "" },
	[SAY_UNSURE] = { "unsure", 0, "" },
	[SAY_SKIP] = { "skip", 0, "" },
	[SAY_LOOKUP_NONE] = { "lookup_none", 0, "authority date" },
	[SAY_LOOKUP_NO_LIST] = { "lookup_no_list", 0, "" },
	[SAY_LOOKUP_WHICH] = { "lookup_which", 0, "authority date" },
	[SAY_LOOKUP_NOT_THESE] = { "lookup_not_these", 0, "" },
	[SAY_LOOKUP_ENTRY] = { "lookup_entry", 0,
	    "name licence status authority date" },
	[SAY_LOOKUP_OLD] = { "lookup_old", 0, "" },
	[SAY_LOOKUP_CAUTION] = { "lookup_caution", 0, "" },
	[SAY_LOOKUP_WARNING] = { "lookup_warning", 0, "" },
	[SAY_STATUS_VALID] = { "status_valid", 0, "" },
	[SAY_STATUS_UNCLEAR] = { "status_unclear", 0, "" },
	[SAY_STATUS_EXPIRED] = { "status_expired", 0, "" },
	[SAY_STATUS_SUSPENDED] = { "status_suspended", 0, "" },
	[SAY_STATUS_CANCELLED] = { "status_cancelled", 0, "" },
	[SAY_STATUS_BANNED] = { "status_banned", 0, "" },
	[SAY_DIRECTORY_NONE] = { "directory_none", 0, "" },
	[SAY_DIRECTORY_EMPTY] = { "directory_empty", 1, "" },
	[SAY_DIRECTORY_CHECKED] = { "directory_checked", 0, "date" },
	[SAY_WORD_TAKEN] = { "word_taken", 1, "" },
	[SAY_OPENING] = { "opening", 0, "" },
	[SAY_COVER] = { "cover", 0, "" },
	[SAY_FOLLOWUP] = { "followup", 0, "" },
	[SAY_DONE] = { "done", 1, "" },
	[SAY_CLOSED] = { "closed", 1, "" },
	[SAY_NO_NUMBER] = { "no_number", 1, "" },
	[SAY_QUIET] = { "quiet", 1, "" },
	[SAY_DATE] = { "date", 1, "day month year" },
	[SAY_DIGITS] = { "digits", 1, "" },
	[SAY_MONTH_1] = { "month_1", 1, "" },
	[SAY_MONTH_1 + 1] = { "month_2", 1, "" },
	[SAY_MONTH_1 + 2] = { "month_3", 1, "" },
	[SAY_MONTH_1 + 3] = { "month_4", 1, "" },
	[SAY_MONTH_1 + 4] = { "month_5", 1, "" },
	[SAY_MONTH_1 + 5] = { "month_6", 1, "" },
	[SAY_MONTH_1 + 6] = { "month_7", 1, "" },
	[SAY_MONTH_1 + 7] = { "month_8", 1, "" },
	[SAY_MONTH_1 + 8] = { "month_9", 1, "" },
	[SAY_MONTH_1 + 9] = { "month_10", 1, "" },
	[SAY_MONTH_1 + 10] = { "month_11", 1, "" },
	[SAY_MONTH_1 + 11] = { "month_12", 1, "" },
};

static const struct rule keyword_rules[KEYWORD_COUNT] = {
	[KEYWORD_HELP] = { "help", 0, NULL },
	[KEYWORD_STOP] = { "stop", 0, NULL },
	[KEYWORD_START] = { "start", 0, NULL },
	[KEYWORD_FORGET] = { "forget", 0, NULL },
	[KEYWORD_MENU] = { "menu", 0, NULL },
	[KEYWORD_LANGUAGE] = { "language", 0, NULL },
	[KEYWORD_BACK] = { "back", 1, NULL },
	[KEYWORD_HOME] = { "home", 1, NULL },
	[KEYWORD_MORE] = { "more", 1, NULL },
	[KEYWORD_LEAVE] = { "leave", 1, NULL },
	[KEYWORD_YES] = { "yes", 0, NULL },
	[KEYWORD_NO] = { "no", 0, NULL },
	[KEYWORD_UNSURE] = { "unsure", 1, NULL },
	[KEYWORD_SKIP] = { "skip", 1, NULL },
	[KEYWORD_ONE] = { "one", 1, NULL },
	[KEYWORD_ONE + 1] = { "two", 1, NULL },
	[KEYWORD_ONE + 2] = { "three", 1, NULL },
	[KEYWORD_ONE + 3] = { "four", 1, NULL },
	[KEYWORD_ONE + 4] = { "five", 1, NULL },
	[KEYWORD_ONE + 5] = { "six", 1, NULL },
	[KEYWORD_ONE + 6] = { "seven", 1, NULL },
	[KEYWORD_ONE + 7] = { "eight", 1, NULL },
	[KEYWORD_NINE] = { "nine", 1, NULL },
};

const char *
system_text_name(enum system_text text)
{
	return (text_rules[text].name);
}

const char *
keyword_name(enum keyword keyword)
{
	return (keyword_rules[keyword].name);
}

static void
check_line(struct tree_file *file, struct node *group, const char *words,
    const struct rule *rule)
{
	struct text wrong = { 0 };

	if (words[strspn(words, " |")] == '\0' && !rule->may_be_missing)
		node_complain(file, node_member(group, rule->name),
		    "%s may not be empty", rule->name);
	if (rule->placeholders != NULL &&
	    !placeholders_are(words, rule->placeholders, &wrong))
		node_complain(file, node_member(group, rule->name),
		    "%s may not have %s in it", rule->name,
		    text_string(&wrong));
	text_free(&wrong);
}

/* One of the two groups, by its table of names. */
static void
read_group(struct tree_file *file, const char *prefix, const struct rule *rules,
    size_t count, struct system_line *lines)
{
	char plural[16];
	struct node *group;

	snprintf(plural, sizeof(plural), "%ss", prefix);
	if (strcmp(prefix, "system") == 0)
		snprintf(plural, sizeof(plural), "texts");
	group = node_member(tree_file_root(file), plural);
	if (group == NULL) {
		node_complain(file, NULL, "%s = { ... }; is missing", plural);
		return;
	}
	if (!node_is_group(file, group))
		return;
	for (size_t i = 0; i < count; i++) {
		struct text id = { 0 };
		struct node *node = node_member(group, rules[i].name);

		text_printf(&id, "%s/%s", prefix, rules[i].name);
		lines[i].id = text_take(&id);
		lines[i].line = node != NULL ? node_line(node) : 0;
		lines[i].words = node_text(file, group, rules[i].name,
		    rules[i].may_be_missing ? NULL : "see menus/README.md");
		if (lines[i].words != NULL)
			check_line(file, group, lines[i].words, &rules[i]);
	}
}

enum outcome
system_texts_load(const char *path, struct system_texts *texts_r)
{
	struct tree_file *file = NULL;
	int complaints;

	texts_r->file = memory_copy(path);
	if (tree_file_open(path, &file) != DONE)
		return (REFUSED);
	read_group(
	    file, "system", text_rules, SYSTEM_TEXT_COUNT, texts_r->texts);
	read_group(
	    file, "keyword", keyword_rules, KEYWORD_COUNT, texts_r->keywords);
	tree_file_find_unread(file);
	complaints = tree_file_complaints(file);
	tree_file_close(file);
	return (complaints == 0 ? DONE : REFUSED);
}

void
system_texts_free(struct system_texts *texts)
{
	for (size_t i = 0; i < SYSTEM_TEXT_COUNT; i++) {
		free(texts->texts[i].words);
		free(texts->texts[i].id);
	}
	for (size_t i = 0; i < KEYWORD_COUNT; i++) {
		free(texts->keywords[i].words);
		free(texts->keywords[i].id);
	}
	free(texts->file);
}
