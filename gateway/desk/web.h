/* The desk's pages, without the network: a request goes in, an answer comes out.
 *
 * web_server.c reads HTTPS into a struct web_request and writes a struct
 * web_answer back; everything between is here, in one thread, on the desk's own
 * store handle, and can be tried without a socket.
 *
 *   web_answer()     asks, in this order: is it for this desk (Host), does it
 *                    come from its own pages (Origin), who is signed in, what
 *                    page is it, may they see it, does the form carry the
 *                    session's token; then the page's handler runs
 *   web_routes.c     the pages: a table
 *   web_sessions.h   who is signed in
 *   web_frame.h      what every page has around it
 *
 * Whoever is not signed in is sent to /sign-in, whatever was asked for, and so
 * learns nothing of what is there.  Handlers call cases.h and its kind, and
 * print; no SQL, no policy.
 */
#ifndef GATEWAY_DESK_WEB_H
#define GATEWAY_DESK_WEB_H

#include "gateway/base/settings.h"
#include "gateway/desk/page.h"
#include "gateway/desk/sign_in_limit.h"
#include "gateway/desk/web_sessions.h"
#include "gateway/text/form.h"
#include "store/store.h"

enum { WEB_BODY_MAX_BYTES = 65536 };

/* A request as the network brought it; all borrowed.  What was not sent is
 * NULL. */
struct web_request {
	const char *method;
	const char *path; /* decoded, without the query */
	const char *peer; /* address of the client, for the limiter */
	const char *local; /* address it came to */
	const char *host;
	const char *origin;
	const char *referer;
	const char *accept_language;
	const char *session; /* the cookie's value */
	const char *language; /* the language cookie's value */
	const char *type; /* of the body */
	const char *etag; /* If-None-Match */
	int is_asked_again; /* its answer had to wait */
	char *body; /* ends in a NUL; cut apart while it is read */
	struct form_fields query;
};

/* What goes back.  web_answer_free() when it has. */
struct web_answer {
	unsigned status;
	const char *type; /* a constant */
	int waits; /* it is not there yet: the same request is answered again
		      when web_sessions_go_on() has no more to do */
	int may_be_kept; /* style and script: the browser may keep them */
	struct text body;
	struct text location;
	struct text cookie;
	struct text language_cookie;
	struct text etag;
	struct text file_name; /* of what is to be saved, not shown */
};
void web_answer_free(struct web_answer *answer);

/* How the hub and its lines are, as it said last (poke.h). */
struct web_health {
	int64_t version; /* grows when the rest changes */
	int hub_answers;
	struct text lines; /* what the light shows of them */
	struct text answer; /* all it said; changes all the time */
};

/* The desk at work.  Opened by web_open(). */
struct web {
	struct settings settings;
	struct case_rules rules; /* borrows from the settings */
	struct box_key *box;
	struct store *store;
	struct catalog *catalog; /* words of the pages */
	struct menus *menus; /* for ready-made texts; NULL until needed */
	int menus_failed; /* they cannot be read; the log says why */
	struct sign_in_limit *limit;
	struct web_sessions sessions;
	struct web_health health;
	int port;
};

/* Opens store, key and words after the settings.  DONE, or REFUSED (told in
 * the log); web_close() in any case. */
MUST_USE enum outcome web_open(struct web *web);
void web_close(struct web *web);

/* Answers one request. */
void web_answer(struct web *web, const struct web_request *request,
    struct web_answer *answer_r);

/* -- for the pages ---------------------------------------------------------- */

/* Who may see a page. */
enum web_role {
	WEB_ANYBODY,
	WEB_SIGNED_IN, /* technicians too */
	WEB_CASEWORKER, /* and leads */
	WEB_LEAD,
};

/* One request on its way through the pages. */
struct web_visit {
	struct web *web;
	const struct web_request *request;
	const struct web_route *route;
	const char *ref; /* what stands for "*" in the route's path, or "" */
	struct web_session *session; /* NULL before sign-in */
	struct form_fields form;
	int64_t now_utc_s;
	struct page page; /* becomes the answer's body */
	struct web_answer *answer;
};

/* A page: a row of the table in web_routes.c. */
struct web_route {
	const char *method;
	const char *path; /* "/case/" "*" "/claim": one "*" at most */
	enum web_role role;
	int is_quiet; /* a look of the page's own script: it keeps nobody
			 signed in */
	void (*handle)(struct web_visit *visit);
	const char *help;
};

extern const struct web_route web_routes[];
extern const size_t web_route_count;

/* A field of the form, "" when it is not there. */
const char *web_given(const struct web_visit *visit, const char *name);

/* Sends the browser to another page, after something was done. */
void web_go(struct web_visit *visit, const char *path);

/* 1 when the signed-in person has at least this role. */
int web_may(const struct web_visit *visit, enum web_role role);

#endif
