#include "gateway/hub/control.h"

#include <errno.h>
#include <inttypes.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/money.h"
#include "gateway/hub/children.h"
#include "gateway/hub/line_credit.h"
#include "gateway/hub/line_dial.h"
#include "gateway/hub/open.h"

enum { WORDS_MAX_BYTES = 255 };

enum outcome
control_open(struct hub *hub)
{
	const char *path = hub->settings.control_path;
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	if (strlen(path) >= sizeof(address.sun_path)) {
		log_err("control path '%s' is too long: at most %zu bytes",
		    path, sizeof(address.sun_path) - 1);
		return (REFUSED);
	}
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	hub->control =
	    socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (hub->control < 0)
		goto undo;
	/* We hold the store's lock, so an old socket is nobody's. */
	unlink(path);
	if (bind(hub->control, (const struct sockaddr *)&address,
		sizeof(address)) != 0 ||
	    chmod(path, 0600) != 0)
		goto undo;
	return (DONE);
undo:
	log_err(
	    "cannot open the control socket '%s': %s", path, strerror(errno));
	control_close(hub);
	return (REFUSED);
}

void
control_close(struct hub *hub)
{
	if (hub->control < 0)
		return;
	close(hub->control);
	unlink(hub->settings.control_path);
	hub->control = -1;
}

void
control_answer(
    const struct hub *hub, const struct asker *asker, const char *words)
{
	if (asker->length > sizeof(sa_family_t))
		(void)!sendto(hub->control, words, strlen(words),
		    MSG_DONTWAIT | MSG_NOSIGNAL,
		    (const struct sockaddr *)&asker->address, asker->length);
}

/* What there is to know of a modem. */
static void
add_care(struct text *text, const struct child *child, int64_t now_ms)
{
	int64_t away_s = child->away_since_ms > 0
	    ? (now_ms - child->away_since_ms) / 1000
	    : 0;

	text_printf(text, "\t%s\t%d\t%" PRId64 "\t%s\t%s\t%" PRId64,
	    ladder_rung_name(child->ladder.rung), child->needs_hand,
	    child->storage_percent, child->network, line_credit_word(child),
	    child->credit.hundredths);
	text_printf(text, "\t%" PRId64 "\t%d\t%" PRId64 "\t%" PRId64 "\t%s",
	    child->sent_count, child_pace(child, now_ms), child->hidden_calls,
	    away_s, child->cause);
}

/* By which line it goes, and what it may send. */
static void
add_routes(const struct hub *hub, struct text *text, const struct child *child)
{
	enum { HUNDREDTH = MONEY_ONE / 100 };
	const struct cap *cap = &child->caps.cap;
	int64_t now_utc_s = clock_utc_s();
	int64_t wait_s = child->caps.until_utc_s - now_utc_s;
	struct line_day day = { 0 };

	/* What cannot be read just now is told as nothing. */
	if (line_days_get(hub->store, child->line->name,
		caps_day(cap, now_utc_s), &day) != DONE)
		day = (struct line_day){ 0 };
	text_printf(text,
	    "\t%s\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64,
	    child->stand_in != NULL ? child->stand_in : "",
	    line_credit_days(child, now_utc_s), day.texts, day.parts,
	    day.spent / HUNDREDTH);
	text_printf(text, "\t%" PRId64 "\t%" PRId64 "\t%zu\t%" PRId64 "\n",
	    cap->texts, cap->money / HUNDREDTH, child->caps.pace.most,
	    child->caps.is_spent && wait_s > 0 ? wait_s : 0);
}

static void
tell_status(const struct hub *hub, const struct asker *asker)
{
	int64_t now_ms = clock_monotonic_ms();
	struct text text = { 0 };

	for (size_t i = 0; i < hub->child_count; i++) {
		const struct child *child = &hub->children[i];

		text_printf(&text, "%s\t%s\t%s\t%" PRId64 "\t%zu",
		    child->line->name, child_state_name(child->state),
		    child->device_is_up ? "up" : "away", child->signal_percent,
		    child->in_flight_count);
		add_care(&text, child, now_ms);
		add_routes(hub, &text, child);
	}
	control_answer(hub, asker, text_string(&text));
	text_free(&text);
}

/* 1 when the words begin so; what comes behind is *rest_r. */
static int
begins(char *words, const char *beginning, char **rest_r)
{
	size_t length = strlen(beginning);

	if (strncmp(words, beginning, length) != 0)
		return (0);
	*rest_r = words + length;
	return (1);
}

static void
obey(struct hub *hub, const struct asker *asker, char *words)
{
	char *rest;

	if (strcmp(words, "outbox") == 0)
		hub->outbox_was_poked = 1;
	else if (strcmp(words, "keys") == 0)
		hub->keys_were_replaced = 1;
	else if (strcmp(words, "status") == 0)
		tell_status(hub, asker);
	else if (strcmp(words, "reload") == 0)
		control_answer(hub, asker,
		    hub_reload(hub) == DONE ? "loaded\n" : "refused\n");
	else if (begins(words, "dial\t", &rest))
		line_dial_ask(hub, asker, rest, clock_monotonic_ms());
	else if (begins(words, "pushed\t", &rest))
		line_dial_tell_pushed(hub, asker, rest);
}

void
control_hear(struct hub *hub)
{
	for (;;) {
		struct asker asker = { .length = sizeof(asker.address) };
		char words[WORDS_MAX_BYTES + 1];
		ssize_t got = recvfrom(hub->control, words, sizeof(words) - 1,
		    0, (struct sockaddr *)&asker.address, &asker.length);

		if (got < 0)
			return;
		words[got] = '\0';
		words[strcspn(words, "\n")] = '\0';
		obey(hub, &asker, words);
	}
}
