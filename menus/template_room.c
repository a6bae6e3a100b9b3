/* How much room a text has on its screen; see template.h. */
#include "gateway/text/gsm0338.h"
#include "gateway/text/segments.h"
#include "menus/menu_inside.h"
#include "menus/screen_text.h"
#include "menus/template.h"

enum { LATIN_ROOM = 160, OTHER_ROOM = 134 };

/* As long as a reference gets. */
static const char longest_ref[] = "MMMM-MMMM";

static struct speaker
speaker_of(const struct menus *menus, const struct corridor *corridor,
    const char *language)
{
	return ((struct speaker){
	    .menus = menus,
	    .corridor = corridor,
	    .language = language,
	    .ref = longest_ref,
	    .channel = &channel_sms,
	    /* The wording with its facts is the longer one; they are
	     * taken as good. */
	    .now_utc_s = 0,
	});
}

static unsigned
count_ucs2(const char *words)
{
	unsigned units = 0;

	for (; *words != '\0'; words++) {
		unsigned char byte = (unsigned char)*words;

		if ((byte & 0xc0) != 0x80)
			units += byte >= 0xf0 ? 2 : 1;
	}
	return (units);
}

/* What a screen takes with one wording of its text. */
static unsigned
count_screen(const struct speaker *speaker, const struct screen *screen,
    const char *words, enum alphabet *alphabet_r)
{
	struct screen plain = *screen;
	struct text filled = { 0 };
	struct body body = { 0 };
	struct body options = { 0 };
	unsigned units;

	/* The options alone, then what the text says before them. */
	plain.fact_count = 0;
	plain.text = (char *)(uintptr_t) "";
	speak_screen(speaker, &plain, &options);
	if (words != NULL && words[0] != '\0') {
		speak_filled(speaker, words, &filled);
		body_add(&body, text_string(&filled));
	}
	if (options.words.length > 0)
		body_add(&body, text_string(&options.words));
	(void)segments_count(text_string(&body.words), alphabet_r, &units);
	text_free(&filled);
	body_free(&body);
	body_free(&options);
	return (units);
}

static const char *
words_of(const struct speaker *speaker, const char *id, const char *source)
{
	return (catalog_text(
	    speaker->menus->catalog, speaker->language, id, source));
}

static unsigned
count_longest(const struct speaker *speaker, const struct screen *screen,
    enum alphabet *alphabet_r)
{
	enum alphabet alphabet = ALPHABET_GSM;
	unsigned units = count_screen(speaker, screen,
	    words_of(speaker, screen->text_id, screen->text), alphabet_r);
	unsigned without;

	if (screen->text_without == NULL)
		return (units);
	without = count_screen(speaker, screen,
	    words_of(speaker, screen->text_without_id, screen->text_without),
	    &alphabet);
	if (without <= units)
		return (units);
	*alphabet_r = alphabet;
	return (without);
}

/* The room in one corridor. */
static int
room_on(const struct speaker *speaker, const struct screen *screen,
    const struct template_text *text)
{
	enum alphabet alphabet;
	const char *own = words_of(speaker, text->id, text->source);
	const char *beside = text->kind == TEMPLATE_TEXT
	    ? own
	    : words_of(speaker, screen->text_id, screen->text);
	unsigned units = count_screen(speaker, screen, beside, &alphabet);
	unsigned used = 0;
	enum alphabet own_alphabet;

	(void)segments_count(own, &own_alphabet, &used);
	if (alphabet == ALPHABET_UCS2)
		used = count_ucs2(own);
	return ((alphabet == ALPHABET_GSM ? LATIN_ROOM : OTHER_ROOM) -
	    (int)units + (int)used);
}

int
template_room(const struct template *template, const struct template_text *text,
    const char *language)
{
	const struct menus *menus = template->menus;
	int room = 0;
	int is_first = 1;

	if (text->screen_id == NULL)
		return (0);
	for (size_t i = 0; i < menus->corridor_count; i++) {
		const struct corridor *corridor = &menus->corridors[i];
		struct speaker speaker = speaker_of(menus, corridor, language);
		const struct screen *screen =
		    corridor_find_screen(corridor, text->screen_id);
		int here;

		if (!text->is_in[i] || screen == NULL)
			continue;
		here = room_on(&speaker, screen, text);
		if (is_first || here < room)
			room = here;
		is_first = 0;
	}
	return (room);
}

static int
speaks(const struct corridor *corridor, const char *language)
{
	for (size_t i = 0; i < corridor->language_count; i++)
		if (strcmp(corridor->languages[i], language) == 0)
			return (1);
	return (0);
}

void
template_find_too_long(const struct template *template,
    const struct catalog *catalog, const char *language,
    void (*tell)(void *context, const struct corridor *corridor,
	const struct screen *screen, unsigned units, unsigned limit),
    void *context)
{
	struct menus changed = *template->menus;

	changed.catalog = (struct catalog *)(uintptr_t)catalog;
	for (size_t i = 0; i < changed.corridor_count; i++) {
		const struct corridor *corridor = &changed.corridors[i];
		struct speaker now = speaker_of(&changed, corridor, language);
		struct speaker before =
		    speaker_of(template->menus, corridor, language);

		for (size_t k = 0;
		     k < corridor->screen_count && speaks(corridor, language);
		     k++) {
			const struct screen *screen = &corridor->screens[k];
			enum alphabet alphabet;
			enum alphabet old;
			unsigned units = count_longest(&now, screen, &alphabet);
			unsigned limit = alphabet == ALPHABET_GSM
			    ? channel_sms.gsm_units
			    : channel_sms.ucs2_units;

			if (units > limit &&
			    units > count_longest(&before, screen, &old))
				tell(context, corridor, screen, units, limit);
		}
	}
}
