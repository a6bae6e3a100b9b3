#include "gateway/hub/line_credit.h"

#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/hub/children.h"
#include "gateway/hub/credit.h"

enum {
	HOUR_MS = 3600000,
	HUNDRED = 100,
	DAY_S = 86400,
	ANSWER_MOST_MS = 300000, /* then the line has forgotten it */
	BUSY_MS = 5000, /* a line that is busy is looked at again then */
};

static int
is_idle(const struct child *child)
{
	return (child_can_send(child) && child->in_flight_count == 0 &&
	    !child->has_backlog && !child->dial.is_waiting);
}

static void
ask(struct child *child, int64_t now_ms)
{
	struct line_message message = { .kind = HUB_DIAL };

	snprintf(message.text, sizeof(message.text), "%s",
	    child->line->balance_code);
	child->credit.is_asking = 1;
	child->credit.sent = 0;
	child->credit.next_ms = now_ms + ANSWER_MOST_MS;
	child_speak(child, &message);
}

int64_t
line_credit_tend(struct child *child, int64_t now_ms)
{
	struct credit *credit = &child->credit;

	if (child->line->balance_code[0] == '\0' || !child->device_is_up)
		return (-1);
	if (credit->sent < LINE_CREDIT_SENT && now_ms < credit->next_ms)
		return (credit->next_ms);
	if (!is_idle(child))
		return (now_ms + BUSY_MS);
	ask(child, now_ms);
	return (credit->next_ms);
}

static void
tell_amount(struct child *child, int64_t hundredths)
{
	struct credit *credit = &child->credit;
	int64_t low = child->line->balance_low * HUNDRED;
	int is_low = low > 0 && hundredths < low;

	if (is_low && !credit->is_low)
		log_err("line=%s: its credit is low: below %" PRId64,
		    child->line->name, child->line->balance_low);
	credit->is_low = is_low;
	credit->is_known = 1;
	credit->is_unread = 0;
	credit->hundredths = hundredths;
}

static void
tell_expiry(struct child *child, const char *text)
{
	const struct line_settings *line = child->line;
	struct credit *credit = &child->credit;
	int64_t before = line_credit_days(child, clock_utc_s());
	int64_t days;

	credit->has_expiry =
	    credit_read_expiry(text, line->balance_pattern, line->balance_date,
		&credit->expires_utc_s) == DONE;
	days = line_credit_days(child, clock_utc_s());
	if (days >= 0 && days <= line->balance_days &&
	    (before < 0 || before > line->balance_days))
		log_err("line=%s: its credit expires in %" PRId64 " days",
		    line->name, days);
}

int64_t
line_credit_days(const struct child *child, int64_t now_utc_s)
{
	const struct credit *credit = &child->credit;

	if (!credit->has_expiry)
		return (-1);
	return (credit->expires_utc_s <= now_utc_s
		? 0
		: (credit->expires_utc_s - now_utc_s + DAY_S - 1) / DAY_S);
}

void
line_credit_hear(
    struct child *child, const struct line_message *message, int64_t now_ms)
{
	struct credit *credit = &child->credit;
	int64_t hundredths;

	if (!credit->is_asking) {
		log_warning("line=%s: told of a code that nobody dialled",
		    child->line->name);
		return;
	}
	credit->is_asking = 0;
	credit->next_ms = now_ms + LINE_CREDIT_RETRY_MS;
	if (message->how != DONE) {
		log_warning("line=%s: cannot ask for its credit: %s",
		    child->line->name, message->cause);
		return;
	}
	credit->next_ms = now_ms + child->line->balance_every_h * HOUR_MS;
	tell_expiry(child, message->text);
	if (credit_read(message->text, child->line->balance_pattern,
		&hundredths) == DONE) {
		tell_amount(child, hundredths);
		return;
	}
	if (!credit->is_unread)
		log_err("line=%s: there is no amount in the answer to its"
			" balance_code where balance_pattern says",
		    child->line->name);
	credit->is_unread = 1;
	credit->is_known = 0;
}

const char *
line_credit_word(const struct child *child)
{
	const struct credit *credit = &child->credit;

	if (child->line->balance_code[0] == '\0')
		return ("none");
	if (credit->is_unread)
		return ("unread");
	if (!credit->is_known)
		return ("unknown");
	return (credit->is_low ? "low" : "enough");
}
