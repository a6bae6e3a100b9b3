/* How long what callers get can become: every screen and every text of the
 * helpline's own, in every language, on every channel, with the longest of
 * what may be filled in. */
#include "gateway/text/segments.h"
#include "menus/finding.h"
#include "menus/placeholders.h"
#include "menus/screen_text.h"

enum {
	PARTS_WISHED = 1,
	PARTS_MOST = 3,
	PAGES_MOST = 8, /* of a small USSD page, that anybody reads */
};

/* As long as a reference gets. */
static const char longest_ref[] = "MMMM-MMMM";

/* As long as what comes from lists often is. */
static const char long_name[] = "Golden Mountain Overseas Employment Services";
static const char long_licence[] = "POEA-040-LB-061914-PA";

/* Every page that a line can have: what does not fit fails callers, and nobody
 * who writes a menu knows by which line it will be read. */
static const struct channel_limit *const ussd[] = { &channel_ussd_182,
	&channel_ussd_160, &channel_ussd_128, &channel_ussd_120 };

/* The smallest of them. */
static const struct channel_limit *const smallest = &channel_ussd_120;

/* Something that is measured, in one language. */
struct measuring {
	struct checking *checking;
	struct speaker speaker;
	struct place place;
	const char *what; /* "the screen 'welcome'" */
	unsigned parts_wished; /* of SMS in Latin letters */
};

static struct speaker
speaker_of(const struct checking *checking, const char *language)
{
	return ((struct speaker){
	    .menus = checking->menus,
	    .corridor = checking->corridor,
	    .language = language,
	    .ref = longest_ref,
	    .channel = &channel_sms,
	    .now_utc_s = checking->now_utc_s,
	    .wording = WORDING_LONGEST,
	});
}

/* The largest page a piece does not fit, with the line "9 More" behind it, or
 * NULL. */
static const struct channel_limit *
find_too_small(const struct measuring *measuring, const char *piece)
{
	struct speaker speaker = measuring->speaker;
	const struct channel_limit *found = NULL;
	struct text line = { 0 };

	text_printf(&line, "%s\n%s", piece,
	    menus_say(speaker.menus, speaker.language, SAY_MORE));
	for (size_t i = 0; i < COUNT_OF(ussd) && found == NULL; i++) {
		speaker.channel = ussd[i];
		if (!text_fits(&speaker, text_string(&line)))
			found = ussd[i];
	}
	text_free(&line);
	return (found);
}

static void
check_piece(const struct measuring *measuring, const char *piece)
{
	const struct channel_limit *small = find_too_small(measuring, piece);

	if (small == NULL)
		return;
	finding_add(measuring->checking, FINDING_ERROR, measuring->place,
	    "make it or its translation shorter",
	    "an option of %s does not fit a USSD page of %u letters (%u in"
	    " other scripts than Latin) in '%s' and is cut: '%.40s'",
	    measuring->what, small->gsm_units, small->ucs2_units,
	    measuring->speaker.language, piece);
}

/* Only options: a notice and the text come in pages that end between words. */
static void
check_options(const struct measuring *measuring, const struct body *body)
{
	for (size_t k = 0; k < body->option_count; k++) {
		size_t i = body->first_option + k;
		size_t start = i > 0 ? body->ends[i - 1] + 1 : 0;
		struct text piece = { 0 };

		text_add_bytes(
		    &piece, body->words.bytes + start, body->ends[i] - start);
		check_piece(measuring, text_string(&piece));
		text_free(&piece);
	}
}

static void
check_pages(const struct measuring *measuring, const struct body *body)
{
	struct speaker speaker = measuring->speaker;
	struct text page = { 0 };
	int pages;

	speaker.channel = smallest;
	(void)speak_page(&speaker, body, PAGES_MOST, &page, &pages);
	text_free(&page);
	if (pages < PAGES_MOST)
		return;
	finding_add(measuring->checking, FINDING_WARNING, measuring->place,
	    "make it or its translation shorter, or make two screens of it",
	    "%s takes more than %d USSD pages of %u letters (%u in other"
	    " scripts than Latin) in '%s'",
	    measuring->what, PAGES_MOST, smallest->gsm_units,
	    smallest->ucs2_units, speaker.language);
}

static void
check_parts(const struct measuring *measuring, const struct body *body)
{
	const char *language = measuring->speaker.language;
	enum alphabet alphabet;
	unsigned units;
	unsigned parts =
	    segments_count(text_string(&body->words), &alphabet, &units);

	if (parts > PARTS_MOST)
		finding_add(measuring->checking, FINDING_ERROR,
		    measuring->place,
		    "make the text or its translation shorter",
		    "%s takes %u SMS parts in '%s'; %d is the most",
		    measuring->what, parts, language, PARTS_MOST);
	else if (parts > measuring->parts_wished && alphabet == ALPHABET_GSM)
		finding_add(measuring->checking, FINDING_WARNING,
		    measuring->place,
		    "160 characters with all options fit into one part",
		    "%s takes %u SMS parts in '%s' (%u characters)",
		    measuring->what, parts, language, units);
}

static void
check_body(const struct measuring *measuring, const struct body *body)
{
	check_parts(measuring, body);
	check_options(measuring, body);
	check_pages(measuring, body);
}

/* -- screens ---------------------------------------------------------------- */

/* At home the notices in date stand above the text: it is looked at now, and
 * on every day that a notice begins. */
static void
check_on_every_day(struct measuring *measuring, const struct screen *screen)
{
	const struct corridor *corridor = measuring->checking->corridor;
	int64_t now_utc_s = measuring->checking->now_utc_s;
	int is_home = strcmp(screen->id, corridor->home) == 0;
	size_t days = is_home ? corridor->notice_count : 0;

	for (size_t i = 0; i <= days; i++) {
		struct body body = { 0 };

		measuring->speaker.now_utc_s = now_utc_s;
		if (i > 0 && corridor->notices[i - 1].from_utc_s > now_utc_s)
			measuring->speaker.now_utc_s =
			    corridor->notices[i - 1].from_utc_s;
		speak_screen(&measuring->speaker, screen, &body);
		check_body(measuring, &body);
		body_free(&body);
	}
}

/* Both wordings count: a fact expires by itself, and becomes good again. */
static void
check_screen(struct checking *checking, const struct screen *screen,
    const char *language)
{
	struct text what = { 0 };
	struct measuring measuring = {
		.checking = checking,
		.speaker = speaker_of(checking, language),
		.place = { screen->file, screen->line },
		.parts_wished = PARTS_WISHED,
	};

	text_printf(&what, "the screen '%s'", screen->id);
	measuring.what = text_string(&what);
	check_on_every_day(&measuring, screen);
	if (screen->text_without != NULL) {
		text_clear(&what);
		text_printf(
		    &what, "the screen '%s' with its text_without", screen->id);
		measuring.what = text_string(&what);
		measuring.speaker.wording = WORDING_WITHOUT;
		check_on_every_day(&measuring, screen);
	}
	text_free(&what);
}

/* -- the helpline's own texts ----------------------------------------------- */

/* What stands for the placeholders of system texts, at its longest. */
static const char *
longest_of(const struct placeholder *found, const struct speaker *speaker,
    struct text *made)
{
	static const struct {
		const char *name;
		const char *value;
	} values[] = {
		{ "ref", longest_ref },
		{ "min", "1000000000" },
		{ "max", "2000000000" },
		{ "authority", long_name },
		{ "name", long_name },
		{ "licence", long_licence },
	};
	static const enum system_text statuses[] = { SAY_STATUS_VALID,
		SAY_STATUS_UNCLEAR, SAY_STATUS_EXPIRED, SAY_STATUS_SUSPENDED,
		SAY_STATUS_CANCELLED, SAY_STATUS_BANNED };

	for (size_t i = 0; i < COUNT_OF(values); i++)
		if (placeholder_is_named(found, values[i].name))
			return (values[i].value);
	text_clear(made);
	if (placeholder_is_named(found, "date")) {
		speak_date(speaker, "2026-12-28", made);
	} else if (placeholder_is_named(found, "status")) {
		const char *longest = "";

		for (size_t i = 0; i < COUNT_OF(statuses); i++) {
			const char *words = menus_say(
			    speaker->menus, speaker->language, statuses[i]);

			if (strlen(words) > strlen(longest))
				longest = words;
		}
		text_add(made, longest);
	}
	return (text_string(made));
}

static void
fill_longest(const struct speaker *speaker, const char *words, struct text *out)
{
	struct placeholder found = { 0 };
	struct text made = { 0 };

	while (placeholder_next(words, &found) == 1) {
		text_add_bytes(out, words, (size_t)(found.start - words));
		text_add(out, longest_of(&found, speaker, &made));
		words = found.end;
	}
	text_add(out, words);
	text_free(&made);
}

/* Nothing is kept after these, so that they have no second page. */
static int
has_no_pages(enum system_text text)
{
	static const enum system_text last[] = { SAY_STOPPED, SAY_FORGOTTEN,
		SAY_LEFT, SAY_TEXTS_FOLLOW, SAY_COVER, SAY_CLOSED,
		SAY_NO_NUMBER };

	for (size_t i = 0; i < COUNT_OF(last); i++)
		if (last[i] == text)
			return (1);
	return (0);
}

/* Lines with a number before them. */
static int
is_option(enum system_text text)
{
	return (text == SAY_OFFER_PERSON_1 || text == SAY_OFFER_PERSON_2 ||
	    text == SAY_RESUME_1 || text == SAY_RESUME_2 ||
	    text == SAY_RESUME_3 || (text >= SAY_NEXT && text <= SAY_SKIP) ||
	    text == SAY_LOOKUP_NOT_THESE);
}

static void
check_one_page(const struct measuring *measuring, const char *words)
{
	struct speaker speaker = measuring->speaker;

	for (size_t i = 0; i < COUNT_OF(ussd); i++) {
		speaker.channel = ussd[i];
		if (text_fits(&speaker, words))
			continue;
		finding_add(measuring->checking, FINDING_ERROR,
		    measuring->place, "make it or its translation shorter",
		    "%s does not fit a USSD page of %u letters (%u in other"
		    " scripts than Latin) in '%s' and is cut",
		    measuring->what, ussd[i]->gsm_units, ussd[i]->ucs2_units,
		    speaker.language);
		return;
	}
}

static void
check_system_text(
    struct checking *checking, enum system_text text, const char *language)
{
	const struct system_texts *system = &checking->menus->system;
	struct measuring measuring = {
		.checking = checking,
		.speaker = speaker_of(checking, language),
		.place = { system->file, system->texts[text].line },
		/* Names out of lists are as long as they are. */
		.parts_wished = PARTS_MOST,
	};
	struct text words = { 0 };
	struct text what = { 0 };
	struct body body = { 0 };

	text_printf(&what, "the text '%s'", system_text_name(text));
	measuring.what = text_string(&what);
	fill_longest(&measuring.speaker,
	    menus_say(checking->menus, language, text), &words);
	body_add(&body, text_string(&words));
	check_body(&measuring, &body);
	if (has_no_pages(text))
		check_one_page(&measuring, text_string(&words));
	if (is_option(text))
		check_piece(&measuring, text_string(&words));
	body_free(&body);
	text_free(&words);
	text_free(&what);
}

void
check_lengths(struct checking *checking)
{
	const struct corridor *corridor = checking->corridor;

	for (size_t k = 0; k < corridor->language_count; k++) {
		const char *language = corridor->languages[k];

		for (size_t i = 0; i < corridor->screen_count; i++)
			if (corridor->screens[i].kind != SCREEN_BRANCH &&
			    corridor->screens[i].kind != SCREEN_CORRIDOR)
				check_screen(
				    checking, &corridor->screens[i], language);
		for (int i = 0; i < SYSTEM_TEXT_COUNT; i++)
			check_system_text(
			    checking, (enum system_text)i, language);
	}
}
