/* A local GSM network for tests: the real osmo-hlr with subscribers, and the
 * mobile centre that their phones dial through, scripted.
 *
 * The register listens on a loopback address of its own, so that several can
 * run at a time.
 */
#ifndef TESTS_MOBILE_CENTRE_H
#define TESTS_MOBILE_CENTRE_H

#include <stdint.h>
#include <sys/types.h>

#include "gateway/base/text.h"

#define NETWORK_CODE "*384#"

struct network {
	char folder[64];
	char address[24]; /* without a port */
	pid_t hlr; /* -1 when it does not run */
	int socket; /* of the centre, -1 when it has none */
	struct text in;
	int is_known; /* the register asked who the centre is */
	uint32_t sessions; /* the last id that was given */
};

/* 0 when this machine has no osmo-hlr. */
int network_can_run(void);

/* A register with `subscribers` from network_imsi(0) on, and a centre. */
void network_open(struct network *network, int subscribers);
void network_close(struct network *network);

/* The register dies, and comes back with what it had. */
void network_stop_register(struct network *network);
void network_start_register(struct network *network);

/* Subscriber `i`, and their number as the helpline knows it ("+999..."). */
void network_imsi(int i, char imsi_r[16]);
void network_number(int i, char number_r[17]);

/* A phone dials: the session's id. */
uint32_t network_dial(struct network *network, int i, const char *code);
void network_type(
    struct network *network, int i, uint32_t session, const char *text);
void network_hang_up(struct network *network, int i, uint32_t session);

/* Bytes as they are, in a frame of GSUP. */
void network_say(
    struct network *network, const void *payload, size_t length);

/* Somebody else connects to the register under the name that the helpline has:
 * the socket, to be closed. */
int network_open_rival(struct network *network, const char *name);

enum shown_kind {
	SHOWN_NOTHING, /* none came in time */
	SHOWN_PAGE, /* it waits for an answer */
	SHOWN_LAST,
	SHOWN_ERROR, /* the phone says that something went wrong */
};

struct shown {
	enum shown_kind kind;
	int subscriber;
	uint32_t session;
	struct text text; /* freed by network_hear() at its next call */
};

/* What the next phone shows, any of them. */
void network_hear(struct network *network, struct shown *shown, int wait_ms);

#endif
