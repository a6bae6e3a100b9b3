/* What every page has around it: head, the way about, the notice, the foot.
 *
 * A handler opens the frame with a title, writes the page's own part into
 * <main>, and closes it.
 */
#ifndef GATEWAY_DESK_WEB_FRAME_H
#define GATEWAY_DESK_WEB_FRAME_H

#include "gateway/desk/web.h"

/* How a page stands in its frame. */
struct web_frame {
	const char *title; /* English, of the page; or words of ours */
	const char *kind; /* class of <body>: "queue", "case", "plain" */
	const char *here; /* the link of the way about that is this page, or
			     NULL */
	/* Writes what stands beside the page, or NULL. */
	void (*list)(struct web_visit *visit, const char *here);
};
void web_frame_open(struct web_visit *visit, const struct web_frame *frame);
void web_frame_close(struct web_visit *visit);

/* Opens a form that changes something: the token is in it.  `path` is where
 * it goes. */
void web_form_open(
    struct web_visit *visit, const char *path, const char *label);
void web_form_close(struct web_visit *visit);

/* A value that goes along with a form, unseen. */
void web_hidden(struct web_visit *visit, const char *name, const char *value);

/* A button that sends its form.  `look` is "main" for the one next action of a
 * page, "" for what else there is, "quiet" for what is seldom. */
void web_button(struct web_visit *visit, const char *english, const char *look);

/* A field with its label. */
struct web_input {
	const char *name;
	const char *label; /* English */
	const char *hint; /* English, or NULL */
	const char *value; /* what stands in it, or NULL */
	const char *type; /* "text", "password", "date" ... */
	const char *autocomplete; /* or NULL */
	unsigned rows; /* of a text of more lines; 0: one line */
	int is_required;
	unsigned max_bytes; /* 0: no limit of its own */
};
void web_input(struct web_visit *visit, const struct web_input *input);

/* Tells the person something: at the top of the page they go to next
 * (web_go), or of the one that is being written when called before
 * web_frame_open().  The text is in the page's language and plain. */
void web_tell(struct web_visit *visit, enum web_tone tone, const char *words);
/* The same with one {placeholder}, English. */
void web_tell_one(struct web_visit *visit, enum web_tone tone,
    const char *english, const char *name, const char *words);

/* A whole page that says why something is not to be had, with this status.
 * Both English. */
void web_refuse(struct web_visit *visit, unsigned status, const char *title,
    const char *words);

/* "12 min" in the page's language. */
void web_age(struct page *page, int64_t seconds);
/* A moment as <time>, in words and for machines: "2026-11-21 22:42". */
void web_moment(struct page *page, int64_t utc_s);

/* The class that colours an urgency, and its word in English. */
const char *web_urgency_words(enum request_urgency urgency);
const char *web_state_words(enum request_state state);

#endif
