#include "gateway/desk/web_kept.h"

#include "gateway/base/clock.h"

static void
add_address(const struct web_visit *visit, struct text *address)
{
	const struct form_fields *query = &visit->request->query;

	text_add(address, visit->request->path);
	for (size_t i = 0; i < query->count; i++)
		text_printf(address, "&%s=%s", query->items[i].name,
		    query->items[i].value);
}

static int
is_same_page(const struct web_visit *visit, const struct web_kept *kept)
{
	struct text address = { 0 };
	int is_same;

	add_address(visit, &address);
	is_same = strcmp(address.bytes, text_string(&kept->path)) == 0 &&
	    strcmp(visit->page.language, text_string(&kept->language)) == 0;
	text_free(&address);
	return (is_same);
}

static int
is_fresh(const struct web_visit *visit, const struct web_kept *kept)
{
	struct store_changes changes;

	if (clock_monotonic_ms() - kept->made_ms >= WEB_KEPT_MS ||
	    kept->health_version != visit->web->health.version)
		return (0);
	if (store_changes(visit->web->store, &changes) != DONE)
		return (0);
	return (changes.by_others == kept->changes.by_others &&
	    changes.by_us == kept->changes.by_us);
}

int
web_kept_use(struct web_visit *visit)
{
	struct web_session *session = visit->session;

	if (session->notice.length > 0 ||
	    !is_same_page(visit, &session->kept) ||
	    !is_fresh(visit, &session->kept))
		return (0);
	text_add_bytes(&visit->page.html, session->kept.body.bytes,
	    session->kept.body.length);
	return (1);
}

void
web_kept_put(struct web_visit *visit)
{
	struct web_kept *kept = &visit->session->kept;

	text_clear(&kept->path);
	text_clear(&kept->language);
	text_clear(&kept->body);
	/* A notice is for one look, and reads "" by now. */
	if (store_changes(visit->web->store, &kept->changes) != DONE)
		return;
	add_address(visit, &kept->path);
	text_add(&kept->language, visit->page.language);
	text_add_bytes(
	    &kept->body, visit->page.html.bytes, visit->page.html.length);
	kept->health_version = visit->web->health.version;
	kept->made_ms = clock_monotonic_ms();
}
