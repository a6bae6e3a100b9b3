#include "gateway/desk/talk_write.h"

#include "gateway/base/clock.h"
#include "gateway/text/segments.h"

enum { PIECE_LEAST_BYTES = 3 };

static const char *const step_words[] = {
	[TALK_FROM] = "from ",
	[TALK_SEND] = "> ",
	[TALK_CALL] = "call",
	[TALK_DIAL] = "dial ",
	[TALK_HANG_UP] = "hang up",
	[TALK_NEXT_REPLY] = "< ",
	[TALK_SAME_REPLY] = "< ",
	[TALK_NO_REPLY] = "-",
	[TALK_WAIT] = "wait ",
	[TALK_CLAIM] = "claim",
};

void
talk_write_head(struct text *out, const struct trial_line *line, int page)
{
	text_printf(out, "# Corridor %s, saved by `waymark menus try`.\n",
	    line->corridor);
	text_printf(out, "language %s\n", line->language);
	text_add(out, page == 0 ? "channel sms" : "channel ussd");
	if (page != 0 && page != TALK_PAGE)
		text_printf(out, " %d", page);
	text_add(out, "\n");
	text_printf(out, "on %s\n\n", clock_date(line->start_utc_s).text);
}

void
talk_write_step(struct text *out, const struct talk_step *step)
{
	text_printf(out, "%s%s\n", step_words[step->kind], step->words);
}

/* A piece of one or two signs, such as the full stop behind the reference,
 * expects nothing worth a line. */
static void
write_piece(struct text *out, const char *piece, size_t length)
{
	while (length > 0 && piece[length - 1] == ' ')
		length--;
	for (; length > 0 && piece[0] == ' '; length--)
		piece++;
	if (length >= PIECE_LEAST_BYTES)
		text_printf(out, "< %.*s\n", (int)length, piece);
}

/* One line of a reply; what stands before and after the reference are two
 * expectations. */
static void
write_line(struct text *out, const char *line, size_t length)
{
	static const char ref[] = TRIAL_REF;
	const char *found;

	while ((found = memmem(line, length, ref, sizeof(ref) - 1)) != NULL) {
		size_t part = (size_t)(found - line);

		write_piece(out, line, part);
		line += part + sizeof(ref) - 1;
		length -= part + sizeof(ref) - 1;
	}
	write_piece(out, line, length);
}

static void
write_lines(struct text *out, const char *reply)
{
	while (*reply != '\0') {
		size_t length = strcspn(reply, "\n");

		write_line(out, reply, length);
		reply += length + (reply[length] != '\0');
	}
}

static void
write_notes(struct text *out, const char *notes)
{
	while (*notes != '\0') {
		size_t length = strcspn(notes, "\n");

		text_printf(out, "# %.*s\n", (int)length, notes);
		notes += length + (notes[length] != '\0');
	}
}

void
talk_write_result(struct text *out, const struct trial_result *result, int page)
{
	const char *reply = text_string(&result->reply);
	enum alphabet alphabet;
	unsigned units;
	unsigned parts = segments_count(reply, &alphabet, &units);

	if (reply[0] == '\0')
		text_add(out, "-\n");
	write_lines(out, reply);
	if (parts > 1 && page == 0)
		text_printf(out, "# %u parts\n", parts);
	if (result->besides.length > 0) {
		text_add(out, "\n");
		write_lines(out, text_string(&result->besides));
	}
	write_notes(out, text_string(&result->notes));
}
