/* How one provider of USSD speaks over HTTP: what its requests call things,
 * and how it wants to be answered.
 *
 * Profiles are data: gateway/line/profiles/NAME.cfg, each with the page of the
 * provider's documentation that it was made from.  Reading a request by them is
 * pure, as is writing an answer (ussd_reply.h); who carries both is ussd_http.c.
 */
#ifndef GATEWAY_LINE_USSD_PROFILE_H
#define GATEWAY_LINE_USSD_PROFILE_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

enum {
	USSD_REPLY_FIELDS_MOST = 12,
	USSD_HEADERS_MOST = 4,
	USSD_FIELDS_MOST = 64,
	USSD_FIELD_MAX_BYTES = 1000,
};

/* One field of an answer in JSON, told by the first of these that is there. */
struct ussd_reply_field {
	char *name;
	char *says; /* "page", "more" (true while it goes on), "over" (true at
			   the end), "number" or "words" (with `value`), "echo"
			   (the request's field `value`), "word" (`more` or
			   `end`) */
	char *value;
	char *more;
	char *end;
};

/* A header that stands in every answer with a page. */
struct ussd_header {
	char *name;
	char *value;
};

struct ussd_profile {
	char *source; /* of the documentation */
	char *takes; /* "form", "query", "json" or "xml" */
	int64_t page; /* septets that one holds: 120, 128, 160 or 182 */
	char *path; /* "/ussd"; {session} and {event} stand for a part */
	/* Names of the request's fields, "" it has none: one, or several with
	 * spaces between, of which the first that is there counts. */
	char *session;
	char *number;
	char *text;
	char *sequence; /* counts the requests of a session: one that comes
			   again says the same */
	char *event;
	char *keeps; /* fields that only the first request of a session has:
			all of these, for those that follow */
	char *returns; /* the field in which the provider gives back what an
			  answer says in {kept} */
	char *cleanup; /* its being there ends the session */
	char *begins; /* words of the event, between spaces */
	char *ends;
	char *
	    text_mode; /* "last", or "cumulative": all answers with * between */
	char *reply; /* "prefix": CON or END; "header"; "json"; "template" */
	char *content_type; /* of "template" */
	char *template_more; /* XML, in which {page}, {line} (the
				end of one), {coding} (15, or 72 for what is not in GSM's alphabet),
				{kept} (what `keeps` names) and {NAME} of a
				field are filled in */
	char *template_end;
	char *template_over; /* to who said that the session is over */
	char *header; /* of "header": "Freeflow" */
	char *header_more;
	char *header_end;
	struct ussd_header headers[USSD_HEADERS_MOST];
	size_t header_count;
	struct ussd_reply_field reply_fields[USSD_REPLY_FIELDS_MOST];
	size_t reply_field_count;
};

/* DONE and *profile_r, to be given back by ussd_profile_free(); or REFUSED:
 * every mistake is in the log with file and line. */
MUST_USE enum outcome ussd_profile_load(
    const char *path, struct ussd_profile *profile_r);
void ussd_profile_free(struct ussd_profile *profile);

/* A request's fields, as they came; clean UTF-8. */
struct ussd_field {
	struct text name;
	struct text value;
};
struct ussd_fields {
	struct ussd_field items[USSD_FIELDS_MOST];
	size_t count;
};

/* Adds a field: DONE, or REFUSED: too many, too long, or not UTF-8. */
MUST_USE enum outcome ussd_fields_add(struct ussd_fields *fields,
    const char *name, const char *value, size_t length);
/* The fields of a flat JSON object; what is nested is left out.  DONE, or
 * REFUSED: it is none, or see above. */
MUST_USE enum outcome ussd_fields_add_json(
    struct ussd_fields *fields, const char *bytes, size_t length);
/* "" when there is none; borrowed. */
const char *ussd_fields_get(const struct ussd_fields *fields, const char *name);
void ussd_fields_free(struct ussd_fields *fields);

/* DONE when a request's path is the profile's, and adds what stands in it for
 * {session} and {event} as the fields "{session}" and "{event}"; else
 * NOTHING. */
MUST_USE enum outcome ussd_profile_match(const struct ussd_profile *profile,
    const char *path, struct ussd_fields *fields);

enum ussd_step {
	USSD_UNKNOWN, /* the profile's requests do not say: it begins unless the
			 session is known */
	USSD_BEGINS,
	USSD_GOES_ON,
	USSD_ENDS,
};

/* What a request asks; borrowed from its fields. */
struct ussd_asked {
	enum ussd_step step;
	const char *session;
	const char *number;
	const char *text;
	const char *sequence; /* "" when the profile has none */
};

/* DONE, or REFUSED: a field is missing. */
MUST_USE enum outcome ussd_profile_read(const struct ussd_profile *profile,
    const struct ussd_fields *fields, struct ussd_asked *asked_r);

/* The id of the session whose first request said what this one lacks, or "" for
 * none: where nothing is kept, and of what begins a session. */
const char *ussd_profile_follows(
    const struct ussd_profile *profile, const struct ussd_fields *fields);

/* What the provider gives back of our last answer's {kept}, or "": for who does
 * not know any more what the first request said.  Borrowed. */
const char *ussd_profile_returned(
    const struct ussd_profile *profile, const struct ussd_fields *fields);

/* Adds the fields that are kept of a session's first request to *kept; and adds
 * them to those of another request, which may be a stranger's words: what is
 * not named in `keeps` is passed over.  DONE, or REFUSED: as
 * ussd_fields_add(). */
void ussd_profile_keep(const struct ussd_profile *profile,
    const struct ussd_fields *fields, struct text *kept);
MUST_USE enum outcome ussd_profile_recall(const struct ussd_profile *profile,
    const char *kept, struct ussd_fields *fields);

/* What was typed now, of a text that holds all answers since the session
 * began; `before` is that of the request before, NULL for the first. Answers
 * may contain a *. Borrowed from `text`. */
const char *ussd_typed(const char *text, const char *before);

#endif
