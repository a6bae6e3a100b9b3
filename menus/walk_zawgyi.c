#include "gateway/text/zawgyi.h"
#include "menus/stepping.h"

/* One text that can only be the one or the other decides for all that follow:
 * a digit says nothing of the phone it was typed on. */
void
step_hear_zawgyi(
    struct walk *walk, struct step_input *input, struct text *heard)
{
	enum zawgyi_guess guess;

	if (input->kind != INPUT_TEXT || input->text == NULL)
		return;
	guess = zawgyi_guess(input->text);
	if (guess == ZAWGYI_UNKNOWN)
		return;
	walk->is_zawgyi = guess == ZAWGYI_YES;
	if (!walk->is_zawgyi)
		return;
	zawgyi_to_unicode(input->text, heard);
	input->text = text_string(heard);
}

/* Burmese only: other languages' texts have no such letters, and a Zawgyi text
 * is never longer than the Unicode one it fits the channel as. */
void
step_say_zawgyi(const struct stepping *stepping)
{
	struct text *reply = &stepping->step->reply;
	struct text shown = { 0 };

	if (!stepping->walk->is_zawgyi || reply->length == 0)
		return;
	zawgyi_from_unicode(text_string(reply), &shown);
	text_free(reply);
	*reply = shown;
}
