/* Every text of the menus a translator meets, in the order of the files.
 *
 * The helpline looks a text up by id and English source; here is the list of
 * all of them, with where each stands, which corridors send it, and how much
 * room it has.  Borrows nothing of the menus but the corridors.
 */
#ifndef MENUS_TEMPLATE_H
#define MENUS_TEMPLATE_H

#include "gateway/base/text.h"
#include "menus/menu.h"

enum template_kind {
	TEMPLATE_TEXT, /* of a screen */
	TEMPLATE_OPTION,
	TEMPLATE_ABOVE, /* stands above a screen: a notice, a quiz's word */
	TEMPLATE_SYSTEM, /* said by the helpline itself */
	TEMPLATE_REPLY, /* ready-made for caseworkers */
	TEMPLATE_KEYWORD, /* a list of words it listens to */
	TEMPLATE_NAME, /* the name of the language */
};

struct template_text {
	enum template_kind kind;
	char *id;
	char *source;
	char *note;
	char *reference; /* "menus/trees/gulf.cfg:12" */
	char *screen_id; /* NULL when of no screen */
	unsigned char *is_in; /* for each corridor: it sends this text */
	int is_safety; /* callers need it to reach a person */
	int line;
	int is_of_part; /* a shared part's */
	size_t order; /* in which it was met */
};

struct template
{
	const struct menus *menus;
	struct template_text *list;
	size_t count;
};

void template_make(const struct menus *menus, struct template *template_r);
void template_free(struct template *template);

/* 1 when callers of a language may be sent this text: a corridor that speaks
 * it has it.  A language no corridor speaks yet needs the shared parts. */
int template_is_needed(const struct template *template,
    const struct template_text *text, const char *language);

/* Adds the template as a PO file. */
void template_write_pot(const struct template *template, struct text *out);

/* -- room ------------------------------------------------------------------- */

/* How many units a text may have in a language while its screen stays one SMS
 * in the GSM alphabet (160) or two in UCS-2 (134), with the options and the
 * facts it is sent with; may be negative.  0 where nothing limits it. */
int template_room(const struct template *template,
    const struct template_text *text, const char *language);

/* Tells of each screen that no longer fits the channel (three parts) in a
 * language when the texts come from `catalog`, and did before. */
void template_find_too_long(const struct template *template,
    const struct catalog *catalog, const char *language,
    void (*tell)(void *context, const struct corridor *corridor,
	const struct screen *screen, unsigned units, unsigned limit),
    void *context);

#endif
