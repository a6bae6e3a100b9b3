/* Burmese as phones with the Zawgyi font write and show it.
 *
 * Zawgyi uses the code points of the Myanmar block for other things than
 * Unicode does: signs that stand before a letter are written before it (the
 * vowel e, the medial ra), stacked letters have code points of their own, and
 * U+1039 to U+103D mean asat, ya, ra, wa and ha.  Nothing in a text says which
 * of the two it is; one shows as rubbish where the other is expected.
 *
 * Both are read here letter by letter (a base with all that hangs on it) and
 * written anew in the order and with the forms of the other.  A text in
 * another script passes through.  Pure.
 */
#ifndef GATEWAY_TEXT_ZAWGYI_H
#define GATEWAY_TEXT_ZAWGYI_H

#include "gateway/base/text.h"

enum zawgyi_guess {
	ZAWGYI_UNKNOWN, /* no Burmese, or spelled alike in both */
	ZAWGYI_NO, /* Unicode */
	ZAWGYI_YES,
};

/* By sequences that only one of the two can have: a vowel e that follows no
 * letter or an asat that ends a word is Zawgyi's; U+103E, or e with aa behind
 * it, is Unicode's.  Shan and Karen in Unicode may be taken for Zawgyi, whose
 * code points they have. */
enum zawgyi_guess zawgyi_guess(const char *utf8);

/* Adds a Zawgyi text as Unicode, in Unicode's order of signs. */
void zawgyi_to_unicode(const char *utf8, struct text *out);

/* Adds a Unicode text as a Zawgyi phone shows it; never more characters than
 * it had. */
void zawgyi_from_unicode(const char *utf8, struct text *out);

#endif
