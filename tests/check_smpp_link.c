#include "gateway/line/smpp_link.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/memory.h"
#include "tests/check_main.h"

/* The centre is this program's other hand; the time is made up. */
enum {
	SOON_MS = 2000,
	ENQUIRE_MS = 20000,
	HELD_UP_MS = 300000,
	LAST_BYTES = 2000000
};

static int listening = -1;
static int centre = -1;
static struct smpp_link link_to;
static int64_t now_ms;

static const struct smpp_bind bind_as = { "me", "secret", "" };

static void
open_centre(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t length = sizeof(address);
	char words[32];

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	listening = socket(AF_INET, SOCK_STREAM, 0);
	ck_assert_int_ge(listening, 0);
	ck_assert_int_eq(
	    bind(listening, (struct sockaddr *)&address, length), 0);
	ck_assert_int_eq(listen(listening, 1), 0);
	ck_assert_int_eq(
	    getsockname(listening, (struct sockaddr *)&address, &length), 0);
	snprintf(words, sizeof(words), "127.0.0.1:%d", ntohs(address.sin_port));
	memset(&link_to, 0xa5, sizeof(link_to));
	ck_assert_int_eq(smpp_link_set(&link_to, words, &bind_as), DONE);
	now_ms = 1000;
}

static void
close_centre(void)
{
	smpp_link_close(&link_to);
	if (centre >= 0)
		close(centre);
	if (listening >= 0)
		close(listening);
	centre = -1;
	listening = -1;
}

/* One turn of the owner's loop. */
static void
turn(void)
{
	struct pollfd wish = peer_link_wish(&link_to.peer);

	if (poll(&wish, 1, SOON_MS) > 0)
		smpp_link_hear(&link_to, wish.revents, now_ms);
}

/* What the link has written, at least this much of it. */
static size_t
read_from_link(uint8_t *bytes, size_t room, size_t least)
{
	size_t length = 0;

	while (length < least) {
		ssize_t got = recv(centre, bytes + length, room - length, 0);

		ck_assert_int_gt(got, 0);
		length += (size_t)got;
	}
	return (length);
}

static struct smpp_pdu
next_from_link(uint8_t *bytes, size_t room)
{
	struct smpp_pdu pdu;
	size_t used;
	size_t length = read_from_link(bytes, room, SMPP_HEADER_BYTES);

	ck_assert_int_eq(smpp_read(bytes, length, &pdu, &used), DONE);
	return (pdu);
}

static void
say(uint32_t command, uint32_t status, uint32_t sequence)
{
	struct text out = { 0 };

	smpp_add(&out, command, status, sequence);
	ck_assert_int_eq(
	    send(centre, out.bytes, out.length, 0), (ssize_t)out.length);
	text_free(&out);
}

static struct smpp_pdu
hear_nothing_else(void)
{
	struct smpp_pdu pdu = { 0 };

	turn();
	ck_assert_int_eq(smpp_link_next(&link_to, now_ms, &pdu), NOTHING);
	return (pdu);
}

static void
connect_and_answer_bind(uint32_t status)
{
	uint8_t bytes[256];
	struct smpp_pdu pdu;

	smpp_link_tend(&link_to, now_ms);
	ck_assert_int_eq(link_to.peer.state, PEER_LINK_CONNECTING);
	centre = accept(listening, NULL, NULL);
	ck_assert_int_ge(centre, 0);
	turn();
	ck_assert_int_eq(link_to.peer.state, PEER_LINK_OPEN);
	ck_assert_int_eq(smpp_link_is_up(&link_to), 0);
	pdu = next_from_link(bytes, sizeof(bytes));
	ck_assert_uint_eq(pdu.command, SMPP_BIND_TRANSCEIVER);
	say(SMPP_BIND_TRANSCEIVER | SMPP_ANSWER, status, pdu.sequence);
	(void)hear_nothing_else();
}

static void
come_up(void)
{
	connect_and_answer_bind(SMPP_OK);
	ck_assert_int_eq(smpp_link_is_up(&link_to), 1);
	ck_assert_uint_eq(link_to.generation, 1);
}

START_TEST(it_connects_and_binds)
{
	come_up();
	ck_assert_str_eq(link_to.peer.trouble, "");
}
END_TEST

START_TEST(a_quiet_centre_is_asked_and_a_silent_one_left)
{
	uint8_t bytes[256];
	struct smpp_pdu pdu;

	come_up();
	now_ms += ENQUIRE_MS;
	smpp_link_tend(&link_to, now_ms);
	pdu = next_from_link(bytes, sizeof(bytes));
	ck_assert_uint_eq(pdu.command, SMPP_ENQUIRE_LINK);
	say(SMPP_ENQUIRE_LINK | SMPP_ANSWER, SMPP_OK, pdu.sequence);
	(void)hear_nothing_else();
	/* We were held up for long ourselves: that alone proves nothing. */
	now_ms += HELD_UP_MS;
	smpp_link_tend(&link_to, now_ms);
	ck_assert_int_eq(smpp_link_is_up(&link_to), 1);
	now_ms += ENQUIRE_MS;
	smpp_link_tend(&link_to, now_ms);
	ck_assert_int_eq(smpp_link_is_up(&link_to), 1);
	now_ms += ENQUIRE_MS;
	smpp_link_tend(&link_to, now_ms);
	ck_assert_int_eq(link_to.peer.state, PEER_LINK_DOWN);
	ck_assert_str_eq(link_to.peer.trouble, "has fallen silent");
}
END_TEST

START_TEST(a_centre_that_asks_is_answered)
{
	uint8_t bytes[256];
	struct smpp_pdu pdu;

	come_up();
	say(SMPP_ENQUIRE_LINK, SMPP_OK, 77);
	(void)hear_nothing_else();
	peer_link_flush(&link_to.peer, now_ms);
	pdu = next_from_link(bytes, sizeof(bytes));
	ck_assert_uint_eq(pdu.command, SMPP_ENQUIRE_LINK | SMPP_ANSWER);
	ck_assert_uint_eq(pdu.sequence, 77);
}
END_TEST

START_TEST(a_goodbye_is_answered_and_the_link_made_anew)
{
	uint8_t bytes[256];
	struct smpp_pdu pdu;

	come_up();
	say(SMPP_UNBIND, SMPP_OK, 5);
	(void)hear_nothing_else();
	ck_assert_int_eq(link_to.peer.state, PEER_LINK_DOWN);
	pdu = next_from_link(bytes, sizeof(bytes));
	ck_assert_uint_eq(pdu.command, SMPP_UNBIND | SMPP_ANSWER);
	close(centre);
	now_ms = link_to.peer.due_ms;
	connect_and_answer_bind(SMPP_OK);
	ck_assert_uint_eq(link_to.generation, 2);
}
END_TEST

static const struct {
	uint32_t status;
	const char *trouble;
	int is_refused;
} refusals[] = {
	{ SMPP_BAD_PASSWORD, "refuses the password", 1 },
	{ SMPP_BAD_SYSTEM_ID, "does not know the system_id", 1 },
	{ SMPP_ALREADY_BOUND, "says that somebody is bound already", 0 },
	{ SMPP_BIND_FAILED, "refuses to be bound to", 1 },
};

START_TEST(who_refuses_us_is_left_alone_for_a_minute)
{
	enum { MINUTE_MS = 60000 };

	connect_and_answer_bind(refusals[_i].status);
	ck_assert_int_eq(link_to.peer.state, PEER_LINK_DOWN);
	ck_assert_str_eq(link_to.peer.trouble, refusals[_i].trouble);
	ck_assert_int_eq(link_to.is_refused, refusals[_i].is_refused);
	ck_assert_int_eq(smpp_link_tend(&link_to, now_ms + MINUTE_MS - 1),
	    now_ms + MINUTE_MS);
	ck_assert_int_eq(link_to.peer.state, PEER_LINK_DOWN);
	close(centre);
	now_ms += MINUTE_MS;
	connect_and_answer_bind(SMPP_OK);
	ck_assert_int_eq(smpp_link_is_up(&link_to), 1);
	ck_assert_int_eq(link_to.is_refused, 0);
}
END_TEST

START_TEST(a_nack_without_a_status_is_no_yes)
{
	uint8_t bytes[256];
	struct smpp_pdu pdu;

	smpp_link_tend(&link_to, now_ms);
	centre = accept(listening, NULL, NULL);
	turn();
	pdu = next_from_link(bytes, sizeof(bytes));
	say(SMPP_GENERIC_NACK, SMPP_OK, pdu.sequence);
	(void)hear_nothing_else();
	ck_assert_int_eq(link_to.peer.state, PEER_LINK_DOWN);
}
END_TEST

START_TEST(pauses_grow_while_nobody_listens)
{
	int64_t longest_ms = 0;

	close(listening);
	listening = -1;
	for (int i = 0; i < 12; i++) {
		int64_t pause_ms;

		smpp_link_tend(&link_to, now_ms);
		if (link_to.peer.state == PEER_LINK_CONNECTING)
			turn();
		ck_assert_int_eq(link_to.peer.state, PEER_LINK_DOWN);
		pause_ms = link_to.peer.due_ms - now_ms;
		ck_assert_int_ge(pause_ms, longest_ms);
		longest_ms = pause_ms;
		now_ms = link_to.peer.due_ms;
	}
	ck_assert_int_eq(longest_ms, 6400);
	ck_assert_str_eq(link_to.peer.trouble, "does not listen");
}
END_TEST

START_TEST(a_pdu_in_many_pieces_is_one)
{
	const uint8_t bytes[] = { 0, 0, 0, 18, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0,
		9, 1, 2, 0, 0, 0, 16, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 10 };
	struct smpp_pdu pdu;
	int found = 0;

	come_up();
	for (size_t i = 0; i < sizeof(bytes); i++) {
		ck_assert_int_eq(send(centre, &bytes[i], 1, 0), 1);
		turn();
		while (smpp_link_next(&link_to, now_ms, &pdu) == DONE)
			ck_assert_uint_eq(pdu.sequence, 9u + (unsigned)found++);
	}
	ck_assert_int_eq(found, 2);
}
END_TEST

START_TEST(who_is_out_of_step_is_left)
{
	static const uint8_t bytes[] = { 0, 0, 0, 5, 1, 2, 3, 4 };

	come_up();
	ck_assert_int_eq(
	    send(centre, bytes, sizeof(bytes), 0), (ssize_t)sizeof(bytes));
	(void)hear_nothing_else();
	ck_assert_int_eq(link_to.peer.state, PEER_LINK_DOWN);
	ck_assert_str_eq(link_to.peer.trouble, "is out of step");
}
END_TEST

START_TEST(what_was_not_written_is_known)
{
	enum { BLOCK = 1 << 16, BLOCKS_MOST = 1000 };
	char *block = memory_new(1, BLOCK);
	uint64_t first, last = 0;

	come_up();
	text_add_bytes(&link_to.peer.out, block, 100);
	first = peer_link_position(&link_to.peer);
	ck_assert_int_eq(peer_link_was_written(&link_to.peer, first), 0);
	peer_link_flush(&link_to.peer, now_ms);
	ck_assert_int_eq(peer_link_was_written(&link_to.peer, first), 1);
	/* Nobody reads any more. */
	for (int i = 0; i < BLOCKS_MOST && smpp_link_is_up(&link_to); i++) {
		text_add_bytes(&link_to.peer.out, block, BLOCK);
		last = peer_link_position(&link_to.peer);
		peer_link_flush(&link_to.peer, now_ms);
	}
	ck_assert_int_eq(link_to.peer.state, PEER_LINK_DOWN);
	ck_assert_str_eq(link_to.peer.trouble, "takes nothing any more");
	ck_assert_int_eq(peer_link_was_written(&link_to.peer, first), 1);
	ck_assert_int_eq(peer_link_was_written(&link_to.peer, last), 0);
	free(block);
}
END_TEST

/* Reads as slowly as a small buffer makes it, to the end: the exit status says
 * whether all of it came. */
static pid_t
fork_slow_reader(size_t wanted)
{
	pid_t reader = fork();
	uint8_t bytes[4096];
	size_t length = 0;
	ssize_t got;

	ck_assert_int_ge(reader, 0);
	if (reader > 0)
		return (reader);
	close(link_to.peer.fd);
	while ((got = recv(centre, bytes, sizeof(bytes), 0)) > 0)
		length += (size_t)got;
	_exit(length >= wanted ? 0 : 1);
}

START_TEST(what_is_said_last_is_said_whole)
{
	int small = 8192;
	char *words = memory_new(LAST_BYTES, 1);
	pid_t reader;
	int status;

	come_up();
	ck_assert_int_eq(setsockopt(link_to.peer.fd, SOL_SOCKET, SO_SNDBUF,
			     &small, sizeof(small)),
	    0);
	text_add_bytes(&link_to.peer.out, words, LAST_BYTES);
	reader = fork_slow_reader(LAST_BYTES + SMPP_HEADER_BYTES);
	smpp_link_close(&link_to);
	ck_assert_int_eq(waitpid(reader, &status, 0), reader);
	ck_assert_int_eq(status, 0);
	free(words);
}
END_TEST

START_TEST(an_address_that_is_a_name_is_refused)
{
	static const char *const addresses[] = { "centre.example:2775",
		"127.0.0.1", "127.0.0.1:0", "127.0.0.1:99999", "" };
	struct smpp_link other;

	for (size_t i = 0; i < COUNT_OF(addresses); i++)
		ck_assert_int_eq(
		    smpp_link_set(&other, addresses[i], &bind_as), REFUSED);
}
END_TEST

static Suite *
suite_of_smpp_link(void)
{
	Suite *suite = suite_create("smpp_link");
	TCase *tcase = tcase_create("smpp_link");

	tcase_add_checked_fixture(tcase, open_centre, close_centre);
	tcase_add_test(tcase, it_connects_and_binds);
	tcase_add_test(tcase, a_quiet_centre_is_asked_and_a_silent_one_left);
	tcase_add_test(tcase, a_centre_that_asks_is_answered);
	tcase_add_test(tcase, a_goodbye_is_answered_and_the_link_made_anew);
	tcase_add_loop_test(tcase, who_refuses_us_is_left_alone_for_a_minute, 0,
	    COUNT_OF(refusals));
	tcase_add_test(tcase, a_nack_without_a_status_is_no_yes);
	tcase_add_test(tcase, pauses_grow_while_nobody_listens);
	tcase_add_test(tcase, a_pdu_in_many_pieces_is_one);
	tcase_add_test(tcase, who_is_out_of_step_is_left);
	tcase_add_test(tcase, what_was_not_written_is_known);
	tcase_add_test(tcase, what_is_said_last_is_said_whole);
	tcase_add_test(tcase, an_address_that_is_a_name_is_refused);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_smpp_link);
