/* Whether translators are given a word: it stands in locales/desk/desk.pot. */
#ifndef TESTS_KNOWN_WORDS_H
#define TESTS_KNOWN_WORDS_H

#include <check.h>

#include "gateway/base/file.h"
#include "gateway/base/text.h"
#include "store/statement.h"

static inline const char *
words_template(void)
{
	static struct text template;

	if (template.length == 0)
		ck_assert_int_eq(file_read(SOURCE_TREE "/locales/desk/desk.pot",
				     1 << 20, &template),
		    DONE);
	return (template.bytes);
}

/* 1 when the template has this English text as an entry. */
static inline int
word_is_known(const char *english)
{
	struct text entry = { 0 };
	int is_known;

	text_add(&entry, "\nmsgid \"");
	for (; *english != '\0'; english++) {
		if (*english == '"' || *english == '\\')
			text_add_byte(&entry, '\\');
		text_add_byte(&entry, *english);
	}
	text_add(&entry, "\"\n");
	is_known = strstr(words_template(), entry.bytes) != NULL;
	text_free(&entry);
	return (is_known);
}

/* Fails the test when the store at `path` holds an event of a case, or a row
 * of the audit trail, whose words translators are not given. */
static inline void
check_stored_words(const char *path)
{
	struct database *database;
	struct text words = { 0 };
	char *rest;

	ck_assert_int_eq(database_open(path, DATABASE_READ, &database), DONE);
	ck_assert_int_eq(
	    database_text(database,
		"SELECT coalesce(group_concat(what, char(10)), '') FROM"
		" (SELECT what FROM events UNION SELECT what FROM audit)",
		&words),
	    DONE);
	database_close(database);
	rest = words.length > 0 ? words.bytes : NULL;
	while (rest != NULL) {
		const char *what = strsep(&rest, "\n");

		ck_assert_msg(word_is_known(what),
		    "'%s' is not in locales/desk/desk.pot: mark it with WORDS()"
		    " and run scripts/desk-words",
		    what);
	}
	text_free(&words);
}

#endif
