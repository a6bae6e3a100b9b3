/* Marks words that reach a page by way of a table or a variable.
 *
 * Words written straight into a call that shows them (page_say() and its like)
 * are found there by scripts/desk-words, which collects what translators need
 * in locales/desk/desk.pot.  Words that stand elsewhere (a table of names, the
 * field of a struct, the event of a case, half of a choice) are found by this
 * mark.  It changes nothing else: the English stays where it is written, and is
 * looked up when it is shown.
 */
#ifndef GATEWAY_BASE_MARKED_WORDS_H
#define GATEWAY_BASE_MARKED_WORDS_H

#define WORDS(english) english

#endif
