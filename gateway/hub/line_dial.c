#include "gateway/hub/line_dial.h"

#include "gateway/base/log.h"
#include "gateway/hub/children.h"
#include "gateway/hub/control.h"
#include "gateway/line/dial_code.h"
#include "gateway/text/utf8.h"

enum {
	CODE_MOST_MS = 60000, /* for each code: the line tries it twice */
	BEGIN_MOST_MS = 30000, /* what the line may do before it dials */
};

static void
tell(const struct hub *hub, const struct asker *asker, const char *word,
    const char *words)
{
	struct text answer = { 0 };

	text_printf(&answer, "%s\t%s", word, words);
	control_answer(hub, asker, text_string(&answer));
	text_free(&answer);
}

static struct child *
find(const struct hub *hub, const char *name)
{
	for (size_t i = 0; i < hub->child_count; i++) {
		if (strcmp(hub->children[i].line->name, name) == 0)
			return (&hub->children[i]);
	}
	return (NULL);
}

/* Why a line cannot dial at all, or NULL. */
static const char *
obstacle(const struct child *child)
{
	if (strcmp(child->line->kind, "modem") != 0)
		return ("this line is no modem: it has no SIM to dial with");
	if (child->state != CHILD_UP)
		return ("this line's process does not run just now; see"
			" `waymark status`");
	if (child->device_is_up)
		return (NULL);
	return (child->cause[0] != '\0' ? child->cause
					: "this line's modem is away");
}

static int
is_busy(const struct child *child)
{
	return (child->in_flight_count > 0 || child->credit.is_asking ||
	    child->dial.is_waiting);
}

static int64_t
most_ms(const char *codes)
{
	int64_t most = BEGIN_MOST_MS + CODE_MOST_MS;

	for (; *codes != '\0'; codes++)
		most += *codes == ',' ? CODE_MOST_MS : 0;
	return (most);
}

static void
begin(struct child *child, const struct asker *asker, const char *codes,
    int64_t now_ms)
{
	struct line_message message = { .kind = HUB_DIAL };

	snprintf(message.text, sizeof(message.text), "%s", codes);
	child->dial = (struct dial){
		.is_waiting = 1,
		.asker = *asker,
		.until_ms = now_ms + most_ms(codes),
	};
	log_notice("line=%s: dials a code by hand", child->line->name);
	child_speak(child, &message);
}

void
line_dial_ask(
    struct hub *hub, const struct asker *asker, char *words, int64_t now_ms)
{
	const char *name = strsep(&words, "\t");
	const char *codes = strsep(&words, "\t");
	int is_forced = words != NULL && strcmp(words, "force") == 0;
	struct child *child = find(hub, name);
	const char *why;

	if (child == NULL)
		tell(hub, asker, "unknown", "there is no such line");
	else if (codes == NULL || !dial_code_is_sound(codes))
		tell(hub, asker, "refused", "this is no code");
	else if (!is_forced && (why = dial_code_harm(codes)) != NULL)
		tell(hub, asker, "refused", why);
	else if ((why = obstacle(child)) != NULL)
		tell(hub, asker, "failed", why);
	else if (is_busy(child))
		tell(hub, asker, "busy", "this line is busy");
	else
		begin(child, asker, codes, now_ms);
}

void
line_dial_tell_pushed(
    const struct hub *hub, const struct asker *asker, const char *name)
{
	const struct child *child = find(hub, name);

	if (child == NULL)
		tell(hub, asker, "unknown", "there is no such line");
	else if (strcmp(child->line->network_ussd, "show") != 0)
		tell(hub, asker, "refused",
		    "what the network sends this line is not kept; set"
		    " network_ussd = \"show\"");
	else if (child->pushed[0] == '\0')
		tell(hub, asker, "failed",
		    "the network has sent this line nothing by itself");
	else
		tell(hub, asker, "last", child->pushed);
}

int
line_dial_hear(
    struct hub *hub, struct child *child, const struct line_message *message)
{
	const struct asker asker = child->dial.asker;

	if (!child->dial.is_waiting)
		return (0);
	if (message->how != DONE) {
		tell(hub, &asker, "failed", message->cause);
	} else if (!message->is_last) {
		tell(hub, &asker, "page", message->text);
		return (1);
	} else {
		if (message->cause[0] != '\0')
			tell(hub, &asker, "hint", message->cause);
		tell(hub, &asker, "last", message->text);
	}
	child->dial.is_waiting = 0;
	return (1);
}

void
line_dial_hear_pushed(struct child *child, const struct line_message *message)
{
	size_t length = utf8_cut(message->text, sizeof(child->pushed) - 1);

	log_notice("line=%s: its network %s by itself", child->line->name,
	    message->is_last ? "sent a USSD text"
			     : "began a USSD session, which was closed,");
	if (length == 0 || strcmp(child->line->network_ussd, "show") != 0)
		return;
	memcpy(child->pushed, message->text, length);
	child->pushed[length] = '\0';
}

int64_t
line_dial_tend(struct hub *hub, struct child *child, int64_t now_ms)
{
	struct dial *dial = &child->dial;

	if (!dial->is_waiting)
		return (-1);
	if (child->state == CHILD_UP && now_ms < dial->until_ms)
		return (dial->until_ms);
	dial->is_waiting = 0;
	tell(hub, &dial->asker, "failed",
	    child->state == CHILD_UP ? "the line gave no answer"
				     : "the line's process has ended");
	return (-1);
}
