/* PO files kept byte for byte, brought up to date, and as sheets. */
#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "locales/fit.h"
#include "locales/po_csv.h"
#include "locales/po_update.h"
#include "locales/review.h"
#include "tests/check_main.h"

/* As people and programs leave them: long lines and wrapped ones, two blank
 * lines, comments of every kind, an order of its own, no newline at the end. */
static const char messy[] =
    "# Nepali\n"
    "#, fuzzy\n"
    "msgid \"\"\n"
    "msgstr \"\"\n"
    "\"Language: ne\\n\"\n"
    "\"X-Script:   Deva\\n\"\n"
    "\"X-Review: native-checked: A. B., 2026-10-01\\n\"\n"
    "\n"
    "# said by Sita, ask her\n"
    "#. Room: 20\n"
    "#: menus/trees/b.cfg:9   menus/trees/c.cfg:1\n"
    "#, c-format,  fuzzy\n"
    "#| msgctxt \"b/two/text\"\n"
    "#| msgid \"Too\"\n"
    "msgctxt \"b/two/text\"\n"
    "msgid \"Two\"\n"
    "msgstr \"\"\n"
    "\"du\"\n"
    "\"i {ref}\"\n"
    "\n"
    "\n"
    "msgctxt\t\"a/one/text\"\n"
    "msgid \"One \\\"and\\\" only\\n\"\n"
    "\"two lines\"\n"
    "msgstr \"ek\\tthin\"\n"
    "# no translation needed\n"
    "msgctxt \"a/name/text\"\n"
    "msgid \"WhatsApp\"\n"
    "msgstr \"\"\n"
    "\n"
    "#~ msgctxt \"a/old/text\"\n"
    "#~ msgid \"Old\"\n"
    "#~ msgstr \"purano\"";

static struct kept_po *
parse(const char *content)
{
	struct kept_po *file = NULL;

	ck_assert_int_eq(kept_po_parse("ne.po", content, &file), DONE);
	return (file);
}

static void
check_written(const struct kept_po *file, const char *expected)
{
	struct text out = { 0 };

	kept_po_write(file, &out);
	ck_assert_str_eq(text_string(&out), expected);
	text_free(&out);
}

START_TEST(what_is_not_touched_comes_out_byte_for_byte)
{
	struct kept_po *file = parse(messy);
	const struct po_entry *entry;
	char *field;

	check_written(file, messy);
	entry = kept_po_find(file, "b/two/text", "Two");
	ck_assert_str_eq(entry->translation, "dui {ref}");
	ck_assert_str_eq(entry->previous, "Too");
	ck_assert_int_eq(po_entry_state(entry), PO_STALE);
	ck_assert_int_eq(entry->line, 15);
	entry = kept_po_find(file, "a/one/text", NULL);
	ck_assert_str_eq(entry->source, "One \"and\" only\ntwo lines");
	ck_assert_str_eq(entry->translation, "ek\tthin");
	entry = kept_po_find(file, "a/name/text", NULL);
	ck_assert_int_eq(po_entry_state(entry), PO_UNNEEDED);
	ck_assert_ptr_null(kept_po_find(file, "a/old/text", NULL));
	field = kept_po_header(file, "X-Script");
	ck_assert_str_eq(field, "Deva");
	free(field);
	kept_po_free(file);
}
END_TEST

START_TEST(the_shipped_files_come_out_byte_for_byte)
{
	static const char *const names[] = { "ne.po", "ne-Latn.po",
		"waymark.pot" };
	struct text path = { 0 };
	struct text content = { 0 };
	struct kept_po *file = NULL;

	text_printf(&path, "%s/locales/%s", SOURCE_TREE, names[_i]);
	ck_assert_int_eq(
	    file_read(text_string(&path), 1 << 24, &content), DONE);
	ck_assert_int_eq(kept_po_read(text_string(&path), &file), DONE);
	check_written(file, text_string(&content));
	kept_po_free(file);
	text_free(&content);
	text_free(&path);
}
END_TEST

static const char *const broken[] = {
	"msgid \"a\nmsgstr \"b\"\n",
	"msgctxt \"a\"\nmsgstr \"b\"\n",
	"msgid \"a\"\n\nmsgid \"b\"\nmsgstr \"\"\n",
	"\"nowhere\"\n",
	"msgid \"a\"\nmsgid \"b\"\nmsgstr \"\"\n",
	"msgid \"a\"\nmsgid_plural \"as\"\nmsgstr[0] \"b\"\n",
	"hello\n",
};

START_TEST(what_is_no_po_file_is_refused)
{
	struct kept_po *file = (struct kept_po *)&file;

	ck_assert_int_eq(kept_po_parse("x.po", broken[_i], &file), REFUSED);
	ck_assert_ptr_eq(file, (struct kept_po *)&file);
}
END_TEST

START_TEST(one_change_touches_one_part)
{
	struct kept_po *file = parse(messy);
	struct text out = { 0 };

	po_entry_set_translation(
	    kept_po_find(file, "b/two/text", NULL), "\"dui\" {ref}");
	po_entry_set_fuzzy(kept_po_find(file, "b/two/text", NULL), 0);
	kept_po_write(file, &out);
	ck_assert_ptr_nonnull(strstr(text_string(&out),
	    "#: menus/trees/b.cfg:9   menus/trees/c.cfg:1\n"
	    "#, c-format\n"
	    "#| msgctxt \"b/two/text\"\n"
	    "#| msgid \"Too\"\n"
	    "msgctxt \"b/two/text\"\n"
	    "msgid \"Two\"\n"
	    "msgstr \"\\\"dui\\\" {ref}\"\n"
	    "\n\n"
	    "msgctxt\t\"a/one/text\"\n"));
	text_free(&out);
	kept_po_free(file);
}
END_TEST

/* -- up to date ------------------------------------------------------------- */

static const char small[] = "msgid \"\"\n"
			    "msgstr \"\"\n"
			    "\n"
			    "#. n\n"
			    "#: f:1\n"
			    "msgctxt \"one\"\n"
			    "msgid \"One\"\n"
			    "msgstr \"ek\"\n"
			    "\n"
			    "#. n\n"
			    "#: f:2\n"
			    "msgctxt \"two\"\n"
			    "msgid \"Two\"\n"
			    "msgstr \"dui\"\n"
			    "\n"
			    "#. n\n"
			    "#: f:3\n"
			    "msgctxt \"words\"\n"
			    "msgid \"a|b\"\n"
			    "msgstr \"ka\"\n";

START_TEST(a_file_that_is_up_to_date_stays_as_it_is)
{
	static const struct po_wanted wanted[] = {
		{ "two", "Two", "n", "f:2", 0 },
		{ "one", "One", "n", "f:1", 0 },
		{ "words", "a|b", "n", "f:3", 1 },
	};
	struct kept_po *file = parse(small);
	struct po_update done;

	po_update(file, wanted, COUNT_OF(wanted), &done);
	ck_assert_int_eq(po_update_is_news(&done), 0);
	check_written(file, small);
	kept_po_free(file);
}
END_TEST

static const char updated[] = "msgid \"\"\n"
			      "msgstr \"\"\n"
			      "\n"
			      "#. n\n"
			      "#: f:1\n"
			      "#, fuzzy\n"
			      "#| msgctxt \"one\"\n"
			      "#| msgid \"One\"\n"
			      "msgctxt \"one\"\n"
			      "msgid \"One!\"\n"
			      "msgstr \"ek\"\n"
			      "\n"
			      "#. new\n"
			      "#: f:4\n"
			      "msgctxt \"three\"\n"
			      "msgid \"\"\n"
			      "\"Three\\n\"\n"
			      "\"lines\"\n"
			      "msgstr \"\"\n"
			      "\n"
			      "#. n\n"
			      "#: f:3\n"
			      "msgctxt \"words\"\n"
			      "msgid \"a|b|c\"\n"
			      "msgstr \"ka\"\n"
			      "\n"
			      "#~ msgctxt \"two\"\n"
			      "#~ msgid \"Two\"\n"
			      "#~ msgstr \"dui\"\n";

static void
update_small(struct kept_po *file, struct po_update *done)
{
	static const char three[] = "Three\nlines";
	const struct po_wanted wanted[] = {
		{ "one", "One!", "n", "f:1", 0 },
		{ "three", three, "new", "f:4", 0 },
		{ "words", "a|b|c", "n", "f:3", 1 },
	};

	po_update(file, wanted, COUNT_OF(wanted), done);
}

START_TEST(new_changed_and_gone_texts_are_told_apart)
{
	struct kept_po *file = parse(small);
	struct po_update done;

	memset(&done, 0xa5, sizeof(done));
	update_small(file, &done);
	ck_assert_uint_eq(done.added, 1);
	ck_assert_uint_eq(done.stale, 1);
	ck_assert_uint_eq(done.gone, 1);
	ck_assert_uint_eq(done.revived, 0);
	check_written(file, updated);
	kept_po_free(file);
	file = parse(updated);
	update_small(file, &done);
	check_written(file, updated);
	ck_assert_int_eq(po_update_is_news(&done), 0);
	kept_po_free(file);
}
END_TEST

START_TEST(what_was_gone_comes_back_with_its_translation)
{
	static const struct po_wanted wanted[] = {
		{ "one", "One", "n", "f:1", 0 },
		{ "two", "Two", "n", "f:2", 0 },
		{ "words", "a|b", "n", "f:3", 1 },
	};
	static const struct po_wanted without[] = {
		{ "one", "One", "n", "f:1", 0 },
		{ "words", "a|b", "n", "f:3", 1 },
	};
	struct kept_po *file = parse(small);
	struct po_update done;

	po_update(file, without, COUNT_OF(without), &done);
	ck_assert_uint_eq(done.gone, 1);
	po_update(file, wanted, COUNT_OF(wanted), &done);
	ck_assert_uint_eq(done.revived, 1);
	check_written(file, small);
	kept_po_free(file);
}
END_TEST

/* -- as a sheet ------------------------------------------------------------- */

static int
only_help(const void *context, const char *id)
{
	(void)context;
	return (strcmp(id, "help") == 0);
}

static const char for_sheet[] = "msgid \"\"\n"
				"msgstr \"\"\n"
				"\n"
				"msgctxt \"help\"\n"
				"msgid \"Help {ref}\"\n"
				"msgstr \"मद्दत {ref}\"\n"
				"\n"
				"#, fuzzy\n"
				"#| msgid \"Fe\"\n"
				"msgctxt \"fee\"\n"
				"msgid \"=Fee, \\\"all\\\"\"\n"
				"msgstr \"-शुल्क\"\n"
				"\n"
				"msgctxt \"name\"\n"
				"msgid \"WhatsApp\"\n"
				"msgstr \"\"\n";

#define HEADING "id,source,translation,note,room,state,language\r\n"

static enum outcome
import_rows(struct po_csv_import *import, struct kept_po *file,
    const char *language, const char *rows)
{
	*import = (struct po_csv_import){ .path = "ne.csv",
		.file = file,
		.language = language,
		.script = "Deva",
		.is_safety = only_help };
	return (po_csv_read(import, rows));
}

START_TEST(a_sheet_goes_out_guarded_and_comes_back_without_a_change)
{
	static const char expected[] =
	    "\xef\xbb\xbf" HEADING "help,Help {ref},मद्दत {ref},"
	    "\"a, b\",12,translated,ne\r\n"
	    "fee,\"'=Fee, \"\"all\"\"\",\"'-शुल्क\",,,stale,ne\r\n";
	struct kept_po *file = parse(for_sheet);
	struct po_csv_import import;
	struct text out = { 0 };
	const struct po_entry *help = kept_po_find(file, "help", NULL);
	const struct po_entry *fee = kept_po_find(file, "fee", NULL);

	po_csv_add_heading(&out);
	po_csv_add_row(&out,
	    &(struct po_csv_row){ help->id, help->source, help->translation,
		"a, b", 12, po_entry_state(help), "ne" });
	po_csv_add_row(&out,
	    &(struct po_csv_row){ fee->id, fee->source, fee->translation, "", 0,
		po_entry_state(fee), "ne" });
	ck_assert_str_eq(text_string(&out), expected);
	ck_assert_int_eq(
	    import_rows(&import, file, "ne", text_string(&out)), NOTHING);
	ck_assert_uint_eq(import.rows, 2);
	po_csv_import_free(&import);
	text_free(&out);
	kept_po_free(file);
}
END_TEST

START_TEST(a_sheet_changes_what_it_changes_and_nothing_else)
{
	static const char rows[] =
	    HEADING "fee,\"'=Fee, \"\"all\"\"\",'+सबै,,,stale,ne\r\n"
		    "name,WhatsApp,,,,not needed,ne\r\n";
	static const char diff[] = "fee: stale -> translated\n"
				   "    =Fee, \"all\"\n"
				   "  - -शुल्क\n"
				   "  + +सबै\n"
				   "name: missing -> not needed\n"
				   "    WhatsApp\n";
	static const char expected[] = "msgid \"\"\n"
				       "msgstr \"\"\n"
				       "\n"
				       "msgctxt \"help\"\n"
				       "msgid \"Help {ref}\"\n"
				       "msgstr \"मद्दत {ref}\"\n"
				       "\n"
				       "msgctxt \"fee\"\n"
				       "msgid \"=Fee, \\\"all\\\"\"\n"
				       "msgstr \"+सबै\"\n"
				       "\n"
				       "# no translation needed\n"
				       "msgctxt \"name\"\n"
				       "msgid \"WhatsApp\"\n"
				       "msgstr \"\"\n";
	struct kept_po *file = parse(for_sheet);
	struct po_csv_import import;
	struct text out = { 0 };

	ck_assert_int_eq(import_rows(&import, file, "ne", rows), DONE);
	po_csv_add_diff(&import, &out);
	ck_assert_str_eq(text_string(&out), diff);
	check_written(file, for_sheet);
	po_csv_apply(&import);
	check_written(file, expected);
	po_csv_import_free(&import);
	text_free(&out);
	kept_po_free(file);
}
END_TEST

static void
hear(enum log_level level, const char *words, void *into)
{
	(void)level;
	text_printf(into, "%s\n", words);
}

static const struct {
	const char *rows;
	const char *told;
} refused[] = {
	{ "", "ne.csv:1: the sheet is empty" },
	{ "id;source;translation\nhelp;Help {ref};x\n",
	    "ne.csv:1: there is no column 'id'" },
	{ HEADING "help,Help {ref},মদদ {ref},,,translated,bn\n",
	    "ne.csv:2: this row is of the language 'bn', not of 'ne'" },
	{ HEADING "help,Help {ref},maddat {ref},,,translated,ne\n",
	    "most translations are not in the script of 'ne' (Deva)" },
	{ HEADING "nothing,Nothing,क,,,translated,ne\n",
	    "ne.csv:2: there is no text with the id 'nothing'" },
	{ HEADING "\nhelp,Helped,क,,,translated,ne\n",
	    "ne.csv:3: the English text of 'help' is another one" },
	{ HEADING "help,Help {ref},,,,translated,ne\n",
	    "must not lose its translation" },
	{ HEADING "help,Help {ref},मद्दत {ref},,,fuzzy,ne\n",
	    "must not lose its translation" },
	{ HEADING "help,Help {ref},मद्दत,,,translated,ne\n",
	    "ne.csv:2: the translation of 'help' lacks {ref}" },
	{ HEADING "name,WhatsApp,क {min},,,translated,ne\n",
	    "has {min}, which the English text has not" },
	{ HEADING "name,WhatsApp,\"क\x07\",,,translated,ne\n",
	    "control character" },
	{ HEADING "name,WhatsApp,क,,,done,ne\n", "'done' is no state" },
	{ HEADING "name,WhatsApp,क,,,translated,ne\n"
		  "name,WhatsApp,ख,,,translated,ne\n",
	    "ne.csv:3: 'name' stands here and in line 2" },
	{ HEADING "name,WhatsApp,\"क,,,translated,ne\n", "ne.csv:2: " },
};

START_TEST(an_unsafe_sheet_is_refused_with_its_line)
{
	struct kept_po *file = parse(for_sheet);
	struct po_csv_import import;
	struct text log = { 0 };

	log_listen(hear, &log);
	ck_assert_int_eq(
	    import_rows(&import, file, "ne", refused[_i].rows), REFUSED);
	log_listen(NULL, NULL);
	ck_assert_msg(strstr(text_string(&log), refused[_i].told) != NULL,
	    "told: %s", text_string(&log));
	check_written(file, for_sheet);
	po_csv_import_free(&import);
	text_free(&log);
	kept_po_free(file);
}
END_TEST

/* -- who has signed --------------------------------------------------------- */

static const struct {
	const char *words;
	int is_good;
	enum review_state state;
	const char *by;
	const char *date;
} reviews[] = {
	{ "", 1, REVIEW_DRAFT, "", "" },
	{ "draft", 1, REVIEW_DRAFT, "", "" },
	{ "native-checked: A. B., 2026-11-21", 1, REVIEW_NATIVE_CHECKED,
	    "A. B.", "2026-11-21" },
	{ "survivor-reviewed: Some Group, Kathmandu, 2026-11-21", 1,
	    REVIEW_SURVIVOR_REVIEWED, "Some Group, Kathmandu", "2026-11-21" },
	{ "native-checked", 0, REVIEW_DRAFT, "", "" },
	{ "native-checked: A. B.", 0, REVIEW_DRAFT, "", "" },
	{ "native-checked: , 2026-11-21", 0, REVIEW_DRAFT, "", "" },
	{ "native-checked: A. B., November", 0, REVIEW_DRAFT, "", "" },
	{ "checked", 0, REVIEW_DRAFT, "", "" },
};

START_TEST(a_signature_needs_a_name_and_a_date)
{
	struct review review;

	memset(&review, 0xa5, sizeof(review));
	ck_assert_int_eq(
	    review_read(reviews[_i].words, &review), reviews[_i].is_good);
	ck_assert_int_eq(review.state, reviews[_i].state);
	ck_assert_str_eq(review.by, reviews[_i].by);
	ck_assert_str_eq(review.date, reviews[_i].date);
	review_free(&review);
}
END_TEST

static Suite *
suite_of_po(void)
{
	Suite *suite = suite_create("po");
	TCase *kept = tcase_create("kept");
	TCase *update = tcase_create("update");
	TCase *sheet = tcase_create("sheet");

	tcase_add_test(kept, what_is_not_touched_comes_out_byte_for_byte);
	tcase_add_loop_test(
	    kept, the_shipped_files_come_out_byte_for_byte, 0, 3);
	tcase_add_loop_test(
	    kept, what_is_no_po_file_is_refused, 0, COUNT_OF(broken));
	tcase_add_test(kept, one_change_touches_one_part);
	tcase_add_test(update, a_file_that_is_up_to_date_stays_as_it_is);
	tcase_add_test(update, new_changed_and_gone_texts_are_told_apart);
	tcase_add_test(update, what_was_gone_comes_back_with_its_translation);
	tcase_add_test(
	    sheet, a_sheet_goes_out_guarded_and_comes_back_without_a_change);
	tcase_add_test(sheet, a_sheet_changes_what_it_changes_and_nothing_else);
	tcase_add_loop_test(sheet, an_unsafe_sheet_is_refused_with_its_line, 0,
	    COUNT_OF(refused));
	tcase_add_loop_test(
	    kept, a_signature_needs_a_name_and_a_date, 0, COUNT_OF(reviews));
	suite_add_tcase(suite, kept);
	suite_add_tcase(suite, update);
	suite_add_tcase(suite, sheet);
	return (suite);
}

CHECK_MAIN(suite_of_po);
