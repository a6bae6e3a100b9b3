/* Words that no text to a caller may hold: forbidden-words.txt, which an NGO
 * extends.
 *
 *   # language | where | words | why
 *   en    | anywhere | trafficking | the word frightens and is no help
 *   *     | first    | police      | who looks over the shoulder reads it
 *
 * `*` is every language; `first` is the corridor's first screen and its
 * options, what anybody may see who finds the phone.  The words are found at
 * the start of a word in any spelling that counts as the same in an answer
 * (case, width, marks); "traffick" so finds trafficking and trafficked.
 */
#ifndef MENUS_FORBIDDEN_WORDS_H
#define MENUS_FORBIDDEN_WORDS_H

#include "menus/menu_check.h"

struct forbidden_words;

/*
 * Reads the list.
 *
 * DONE     *words_r is yours until forbidden_words_free()
 * NOTHING  there is no such file: nothing is forbidden
 * REFUSED  it is wrong; every mistake is in the log with file and line
 */
MUST_USE enum outcome forbidden_words_load(
    const char *path, struct forbidden_words **words_r);
void forbidden_words_free(struct forbidden_words *words);

/* Adds an error for each text, option, system text and fact that is sent and
 * has one of them. */
void forbidden_words_check(const struct forbidden_words *words,
    const struct menus *menus, struct check_findings *findings);

#endif
