/* The desk's pages without a network: Sita, a lead, is signed in, and what is
 * asked is answered as web_answer() answers a browser.
 */
#ifndef TESTS_DESK_PAGES_H
#define TESTS_DESK_PAGES_H

#include "gateway/desk/web.h"
#include "tests/desk_world.h"

struct desk_pages {
	struct world *world; /* borrowed */
	struct web web;
	struct web_session *session;
};

/* Over the world's own store; the pages speak `language`. */
void pages_open(
    struct desk_pages *pages, struct world *world, const char *language);
void pages_close(struct desk_pages *pages);

/* A page, or a form sent to one; the session's token goes with it. */
struct page_wish {
	const char *method;
	const char *path; /* may have a query */
	const char *form; /* "name=value&...", encoded; NULL: none */
};
/* Free the answer with web_answer_free(). */
void pages_ask(struct desk_pages *pages, const struct page_wish *wish,
    struct web_answer *answer_r);

#endif
