/* A line's process that has gone over to the enemy: it holds the socket to the
 * hub and says whatever it likes, for tests/hostile_test.
 *
 * Most of what it says is a message, since one that is none ends the line: ids
 * and slots that nobody gave it, ends of texts that were never begun, health
 * that changes with every breath, arrivals of everybody.  Sooner or later it
 * says what is none, or hangs, falls over, floods, or says nothing at all.
 */
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/outcome.h"
#include "gateway/line/protocol.h"

enum {
	SOCKET = 3, /* where lines find theirs */
	IDS_KEPT = 16,
	WORDS_MOST = 1500, /* of one life */
	RANDOM_MOST_BYTES = 60000,
	CHANGES_MOST = 6,
	HANG_US = 1500000,
};

struct liar {
	uint64_t chance;
	uint64_t ids[IDS_KEPT]; /* texts the hub gave us */
	size_t id_count;
	int is_over; /* the hub has hung up */
};

static size_t
next(struct liar *liar, size_t most)
{
	liar->chance = liar->chance * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return ((size_t)((liar->chance >> 33) % most));
}

static void
say(struct liar *liar, const void *bytes, size_t length)
{
	struct pollfd hub = { .fd = SOCKET, .events = POLLOUT };

	if (poll(&hub, 1, 100) <= 0)
		return;
	if (send(SOCKET, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 &&
	    (hub.revents & (POLLHUP | POLLERR)) != 0)
		liar->is_over = 1;
}

static void
listen_to_hub(struct liar *liar)
{
	static struct line_message message;
	struct pollfd hub = { .fd = SOCKET, .events = POLLIN };
	int was_garbage = 0;

	while (poll(&hub, 1, 0) > 0) {
		if (protocol_receive(SOCKET, &message, &was_garbage) != DONE) {
			liar->is_over = 1;
			return;
		}
		if (message.kind == HUB_SEND)
			liar->ids[liar->id_count++ % IDS_KEPT] = message.id;
	}
}

/* -- messages ------------------------------------------------------------------ */

static const enum line_message_kind kinds[] = { LINE_HELLO, LINE_ARRIVED,
	LINE_ARRIVED, LINE_ARRIVED, LINE_PART_SENT, LINE_SENT, LINE_FAILED,
	LINE_UNSURE, LINE_HEALTH, LINE_HEALTH, LINE_WORKS, LINE_WORKS,
	LINE_RETURNED, HUB_RELEASE, HUB_STOP };

static void
fill_arrival(struct liar *liar, struct arrival *arrival)
{
	static const char *const texts[] = { "hello", "HELP", "STOP", "FORGET",
		"1", "", "%s%n", "'; DROP TABLE journal; --", "\xe0\xa4\x95" };
	static const enum arrival_kind arrivals[] = { ARRIVAL_SMS, ARRIVAL_SMS,
		ARRIVAL_CALL, ARRIVAL_BINARY, ARRIVAL_UNREADABLE };

	arrival->slot = next(liar, 3);
	arrival->kind = arrivals[next(liar, COUNT_OF(arrivals))];
	arrival->network_utc_s = (int64_t)next(liar, SIZE_MAX >> 33);
	arrival->token = next(liar, 3);
	arrival->join_reference = -1;
	arrival->part = 1;
	arrival->parts = 1;
	snprintf(arrival->sender, sizeof(arrival->sender), "+97797%08zu",
	    next(liar, 100000000));
	if (arrival->kind == ARRIVAL_CALL)
		return;
	snprintf(arrival->text, sizeof(arrival->text), "%s",
	    texts[next(liar, COUNT_OF(texts))]);
	if (next(liar, 4) != 0)
		return;
	arrival->join_bits = 8;
	arrival->join_reference = (int64_t)next(liar, 256);
	arrival->parts = 1 + (int64_t)next(liar, 255);
	arrival->part = 1 + (int64_t)next(liar, (size_t)arrival->parts);
	if (arrival->parts == 1) {
		arrival->join_bits = 0;
		arrival->join_reference = -1;
	}
}

static void
fill(struct liar *liar, struct line_message *message)
{
	memset(message, 0, sizeof(*message));
	message->kind = kinds[next(liar, COUNT_OF(kinds))];
	message->version = PROTOCOL_VERSION;
	message->window = 1 + (int64_t)next(liar, 256);
	message->says_work = (int64_t)next(liar, 2);
	message->id = liar->id_count > 0 && next(liar, 2) == 0
	    ? liar->ids[next(liar, IDS_KEPT)]
	    : next(liar, SIZE_MAX >> 33);
	message->part = 1 + (int64_t)next(liar, 255);
	message->network_reference = -1;
	message->how = next(liar, 2) == 0 ? TRY_LATER : REFUSED;
	message->is_up = (int64_t)next(liar, 2);
	message->signal_percent = (int64_t)next(liar, 102) - 1;
	message->storage_percent = (int64_t)next(liar, 102) - 1;
	message->needs_hand = (int64_t)next(liar, 2);
	message->rung = (enum ladder_rung)next(liar, RUNG_COUNT);
	message->rounds = (int64_t)next(liar, LADDER_COUNT_MOST);
	message->falls = (int64_t)next(liar, LADDER_COUNT_MOST);
	message->sim = (enum sim_state)next(liar, SIM_MISSING + 1);
	message->work = (enum line_work)next(liar, WORK_READ_WELL + 1);
	fill_arrival(liar, &message->arrived);
}

static void
send_message(struct liar *liar, const struct line_message *message)
{
	struct text packet = { 0 };

	protocol_write(message, &packet);
	say(liar, packet.bytes, packet.length);
	text_free(&packet);
}

static void
say_message(struct liar *liar)
{
	static struct line_message message;
	struct text packet = { 0 };

	fill(liar, &message);
	protocol_write(&message, &packet);
	/* Changed here and there, where that leaves it a message. */
	if (next(liar, 2) == 0) {
		struct text changed = { 0 };

		text_add_bytes(&changed, packet.bytes, packet.length);
		for (size_t i = 1 + next(liar, CHANGES_MOST); i > 0; i--)
			changed.bytes[next(liar, changed.length)] =
			    (char)next(liar, 256);
		if (protocol_read(changed.bytes, changed.length, &message) ==
		    DONE) {
			text_free(&packet);
			packet = changed;
		} else {
			text_free(&changed);
		}
	}
	say(liar, packet.bytes, packet.length);
	text_free(&packet);
}

/* Two words that are sound each by itself: a segment that the text never had,
 * or one before the last, and then the whole text back. */
static void
say_odd_segments(struct liar *liar)
{
	static struct line_message message;
	uint64_t id = liar->ids[next(liar, IDS_KEPT)];

	memset(&message, 0, sizeof(message));
	message.kind = LINE_PART_SENT;
	message.id = id;
	message.part = 1 + (int64_t)next(liar, 255);
	message.network_reference = -1;
	send_message(liar, &message);
	message.part = 1;
	if (next(liar, 2) == 0)
		send_message(liar, &message);
	message.kind = next(liar, 2) == 0 ? LINE_RETURNED : LINE_FAILED;
	message.how = TRY_LATER;
	send_message(liar, &message);
}

static void
say_hello(struct liar *liar)
{
	struct line_message hello = {
		.kind = LINE_HELLO,
		.version = PROTOCOL_VERSION,
		.window = 1 + (int64_t)next(liar, 256),
		.says_work = (int64_t)next(liar, 2),
	};

	send_message(liar, &hello);
}

/* What is no message: any bytes, a length that lies, or far too many. */
static void
say_garbage(struct liar *liar)
{
	static unsigned char bytes[RANDOM_MOST_BYTES];
	size_t length = next(liar, next(liar, 2) == 0 ? 64 : sizeof(bytes));

	for (size_t i = 0; i < length; i++)
		bytes[i] = (unsigned char)next(liar, 256);
	if (length > 0 && next(liar, 2) == 0)
		bytes[0] = (unsigned char)kinds[next(liar, COUNT_OF(kinds))];
	say(liar, bytes, length);
}

/* -- a life ---------------------------------------------------------------------- */

static void
die(struct liar *liar)
{
	switch (next(liar, 6)) {
	case 0:
		usleep(HANG_US);
		break;
	case 1:
		abort();
	case 2:
		(void)raise(SIGALRM);
		break;
	case 3:
		close(SOCKET);
		usleep(HANG_US);
		break;
	default:
		for (size_t i = next(liar, 50); i > 0; i--)
			say_garbage(liar);
		break;
	}
}

int
main(void)
{
	struct liar liar = {
		.chance = (uint64_t)clock_monotonic_ms() * 1000003 ^
		    (uint64_t)getpid(),
	};
	size_t words = next(&liar, WORDS_MOST);
	int listens = next(&liar, 4) != 0;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_IGN);
	if (next(&liar, 10) != 0)
		say_hello(&liar);
	for (size_t i = 0; i < words && !liar.is_over; i++) {
		say_message(&liar);
		if (liar.id_count > 0 && next(&liar, 10) == 0)
			say_odd_segments(&liar);
		if (listens)
			listen_to_hub(&liar);
		/* A breath, or one flood. */
		if (next(&liar, 20) == 0)
			usleep(5000);
	}
	die(&liar);
	return ((int)next(&liar, 3));
}
