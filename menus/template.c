#include "menus/template.h"

#include "gateway/base/memory.h"
#include "locales/kept_po.h"
#include "menus/menu_inside.h"
#include "menus/screen_text.h"

enum { LATIN_ROOM = 160, OTHER_ROOM = 134 };

/* A text about to be added. */
struct adding {
	struct template *template;
	const struct corridor *corridor; /* NULL: all of them send it */
	const struct screen *screen;
	const char *file;
	int line;
	int is_safety;
};

/* "menus/trees/gulf.cfg:12", whatever folder the menus were read from. */
static char *
reference_of(const struct adding *adding)
{
	const char *folder = adding->template->menus->folder;
	size_t length = strlen(folder);
	const char *file = adding->file;
	struct text reference = { 0 };

	if (strncmp(file, folder, length) == 0) {
		file += length;
		file += strspn(file, "/");
	}
	text_printf(&reference, "menus/%s:%d", file, adding->line);
	return (text_take(&reference));
}

static struct template_text *
find_text(const struct template *template, const char *id, const char *source)
{
	for (size_t i = 0; i < template->count; i++)
		if (strcmp(template->list[i].id, id) == 0 &&
		    strcmp(template->list[i].source, source) == 0)
			return (&template->list[i]);
	return (NULL);
}

static struct template_text *
new_text(struct template *template)
{
	struct template_text *text;

	template->list = memory_grow(template->list, template->count,
	    template->count + 1, sizeof(*template->list));
	text = &template->list[template->count];
	text->order = template->count++;
	text->is_in = memory_new(template->menus->corridor_count + 1, 1);
	return (text);
}

static void
mark_corridor(const struct adding *adding, struct template_text *text)
{
	const struct menus *menus = adding->template->menus;

	for (size_t i = 0; i < menus->corridor_count; i++)
		if (adding->corridor == NULL ||
		    &menus->corridors[i] == adding->corridor)
			text->is_in[i] = 1;
	text->is_safety |= adding->is_safety;
}

/* A shared part comes once with each corridor that includes it. */
static void
add(const struct adding *adding, enum template_kind kind, const char *id,
    const char *source)
{
	struct template_text *text;

	if (id == NULL || source == NULL || source[0] == '\0')
		return;
	text = find_text(adding->template, id, source);
	if (text == NULL) {
		text = new_text(adding->template);
		text->kind = kind;
		text->id = memory_copy(id);
		text->source = memory_copy(source);
		text->reference = reference_of(adding);
		text->line = adding->line;
		text->is_of_part = strstr(text->reference, "/shared/") != NULL;
		if (adding->screen != NULL)
			text->screen_id = memory_copy(adding->screen->id);
	}
	mark_corridor(adding, text);
}

/* The part that HELP leads into is what nobody must be left alone with. */
static int
is_for_safety(const struct corridor *corridor, const struct screen *screen)
{
	const struct screen *help =
	    corridor_find_screen(corridor, corridor->help);

	return (help != NULL && strcmp(screen->part, help->part) == 0);
}

static void
add_screen(struct template *template, const struct corridor *corridor,
    const struct screen *screen)
{
	struct adding adding = { template, corridor, screen, screen->file,
		screen->line, is_for_safety(corridor, screen) };

	add(&adding, TEMPLATE_TEXT, screen->text_id, screen->text);
	add(&adding, TEMPLATE_TEXT, screen->text_without_id,
	    screen->text_without);
	add(&adding, TEMPLATE_ABOVE, screen->right_id, screen->right);
	add(&adding, TEMPLATE_ABOVE, screen->wrong_id, screen->wrong);
	for (size_t i = 0; i < screen->option_count; i++) {
		const struct screen_option *option = &screen->options[i];

		if (option->line > 0)
			adding.line = option->line;
		/* Yes and No are the helpline's own words. */
		if (strncmp(option->text_id, "system/", 7) != 0)
			add(&adding, TEMPLATE_OPTION, option->text_id,
			    option->text);
	}
}

static void
add_notices(struct template *template, const struct corridor *corridor)
{
	struct adding adding = { .template = template,
		.corridor = corridor,
		.file = corridor->file };

	for (size_t i = 0; i < corridor->notice_count; i++) {
		adding.line = corridor->notices[i].line;
		add(&adding, TEMPLATE_ABOVE, corridor->notices[i].text_id,
		    corridor->notices[i].text);
	}
}

static int
is_keyword_for_safety(enum keyword keyword)
{
	return (keyword == KEYWORD_HELP || keyword == KEYWORD_STOP ||
	    keyword == KEYWORD_MENU || keyword == KEYWORD_YES ||
	    keyword == KEYWORD_NO || keyword == KEYWORD_FORGET);
}

static void
add_replies(struct template *template)
{
	const struct reply_templates *replies = &template->menus->replies;
	struct adding adding = { .template = template, .file = replies->file };

	for (size_t i = 0; i < replies->count; i++) {
		adding.line = replies->list[i].line;
		add(&adding, TEMPLATE_REPLY, replies->list[i].text_id,
		    replies->list[i].text);
	}
}

static void
add_system(struct template *template)
{
	const struct system_texts *system = &template->menus->system;
	struct adding adding = { .template = template, .file = system->file };

	for (size_t i = 0; i < SYSTEM_TEXT_COUNT; i++) {
		adding.line = system->texts[i].line;
		/* A date can be said in numbers. */
		adding.is_safety = i < SAY_DATE || i > SAY_MONTH_12;
		add(&adding, TEMPLATE_SYSTEM, system->texts[i].id,
		    system->texts[i].words);
	}
	add_replies(template);
	for (size_t i = 0; i < KEYWORD_COUNT; i++) {
		adding.line = system->keywords[i].line;
		adding.is_safety = is_keyword_for_safety((enum keyword)i);
		add(&adding, TEMPLATE_KEYWORD, system->keywords[i].id,
		    system->keywords[i].words);
	}
	adding.line = 1;
	adding.is_safety = 1;
	add(&adding, TEMPLATE_NAME, "language/name", "English");
}

/* -- order and notes -------------------------------------------------------- */

/* Corridors, the parts they share, then what the helpline itself says. */
static int
rank_of(const struct template_text *text)
{
	switch (text->kind) {
	case TEMPLATE_TEXT:
	case TEMPLATE_OPTION:
	case TEMPLATE_ABOVE:
		return (text->is_of_part);
	case TEMPLATE_SYSTEM:
	case TEMPLATE_REPLY:
		return (2);
	case TEMPLATE_KEYWORD:
		return (3);
	case TEMPLATE_NAME:
		break;
	}
	return (4);
}

static int
compare_texts(const void *a, const void *b)
{
	const struct template_text *left = a;
	const struct template_text *right = b;
	size_t left_name = strcspn(left->reference, ":");
	size_t right_name = strcspn(right->reference, ":");
	int by_name;

	if (rank_of(left) != rank_of(right))
		return (rank_of(left) - rank_of(right));
	by_name = strncmp(left->reference, right->reference,
	    left_name < right_name ? left_name : right_name);
	if (by_name != 0)
		return (by_name);
	if (left_name != right_name)
		return (left_name < right_name ? -1 : 1);
	if (left->line != right->line)
		return (left->line - right->line);
	return (left->order < right->order ? -1 : left->order > right->order);
}

static void
add_system_note(const char *id, struct text *note)
{
	static const struct {
		const char *beginning;
		const char *words;
	} notes[] = {
		{ "system/stopped", "Others may read it: at most OK." },
		{ "system/date",
		    "A date: its parts in the order you write"
		    " them." },
		{ "system/digits",
		    "Your ten digits, 0 first, without spaces,"
		    " where your texts use them; else these." },
		{ "system/month_",
		    "A month in a date, as short as people"
		    " write it." },
	};

	for (size_t i = 0; i < COUNT_OF(notes); i++)
		if (strncmp(id, notes[i].beginning,
			strlen(notes[i].beginning)) == 0) {
			text_add(note, notes[i].words);
			return;
		}
	text_printf(note,
	    "Room: %d Latin or %d other characters, with what follows it.",
	    LATIN_ROOM, OTHER_ROOM);
}

static void
make_note(const struct template *template, struct template_text *text)
{
	struct text note = { 0 };
	int room = template_room(template, text, "en");

	switch (text->kind) {
	case TEMPLATE_TEXT:
	case TEMPLATE_OPTION:
		text_printf(&note,
		    "%sRoom: %d Latin characters; in other scripts %d for the"
		    " whole screen.",
		    text->kind == TEMPLATE_OPTION ? "An option: short. " : "",
		    room > 0 ? room : 0, OTHER_ROOM);
		break;
	case TEMPLATE_ABOVE:
		text_add(&note, "Stands above another text: short.");
		break;
	case TEMPLATE_SYSTEM:
		add_system_note(text->id, &note);
		break;
	case TEMPLATE_REPLY:
		text_printf(&note,
		    "A caseworker may send it. Room: %d Latin or %d other"
		    " characters.",
		    LATIN_ROOM, OTHER_ROOM);
		break;
	case TEMPLATE_KEYWORD:
		text_add(&note,
		    "Spellings between |, in any script. They are added to the"
		    " English ones.");
		break;
	case TEMPLATE_NAME:
		text_add(&note,
		    "Not a translation: the name of your language, in it.");
		break;
	}
	text->note = text_take(&note);
}

void
template_make(const struct menus *menus, struct template *template_r)
{
	*template_r = (struct template){ .menus = menus };
	for (size_t i = 0; i < menus->corridor_count; i++) {
		const struct corridor *corridor = &menus->corridors[i];

		add_notices(template_r, corridor);
		for (size_t k = 0; k < corridor->screen_count; k++)
			add_screen(template_r, corridor, &corridor->screens[k]);
	}
	add_system(template_r);
	qsort(template_r->list, template_r->count, sizeof(*template_r->list),
	    compare_texts);
	for (size_t i = 0; i < template_r->count; i++)
		make_note(template_r, &template_r->list[i]);
}

void
template_free(struct template *template)
{
	for (size_t i = 0; i < template->count; i++) {
		struct template_text *text = &template->list[i];

		free(text->id);
		free(text->source);
		free(text->note);
		free(text->reference);
		free(text->screen_id);
		free(text->is_in);
	}
	free(template->list);
	*template = (struct template){ 0 };
}

static int
speaks(const struct corridor *corridor, const char *language)
{
	for (size_t i = 0; i < corridor->language_count; i++)
		if (strcmp(corridor->languages[i], language) == 0)
			return (1);
	return (0);
}

int
template_is_needed(const struct template *template,
    const struct template_text *text, const char *language)
{
	const struct menus *menus = template->menus;
	int is_spoken = 0;

	if (rank_of(text) > 1)
		return (1);
	for (size_t i = 0; i < menus->corridor_count; i++) {
		if (!speaks(&menus->corridors[i], language))
			continue;
		is_spoken = 1;
		if (text->is_in[i])
			return (1);
	}
	return (!is_spoken && text->is_of_part);
}

void
template_write_pot(const struct template *template, struct text *out)
{
	text_add(out,
	    "# What callers of the helpline read, and the words it listens"
	    " to.\n"
	    "# Made by `waymark menus pot`; do not edit.\n"
	    "msgid \"\"\n"
	    "msgstr \"\"\n"
	    "\"Project-Id-Version: waymark\\n\"\n"
	    "\"MIME-Version: 1.0\\n\"\n"
	    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	    "\"Content-Transfer-Encoding: 8bit\\n\"\n"
	    "\"Language: \\n\"\n"
	    "\"X-Script: \\n\"\n"
	    "\"X-Review: draft\\n\"\n");
	for (size_t i = 0; i < template->count; i++) {
		const struct template_text *text = &template->list[i];

		text_printf(
		    out, "\n#. %s\n#: %s\n", text->note, text->reference);
		po_add_quoted(out, "", "msgctxt", text->id);
		po_add_quoted(out, "", "msgid", text->source);
		text_add(out, "msgstr \"\"\n");
	}
}
