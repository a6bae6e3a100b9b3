/* The other side of the simulated modem's terminal: types bytes and waits for
 * what it expects, as a test's own hand, without any driver between.
 */
#ifndef TESTS_SIM_TERMINAL_CLIENT_H
#define TESTS_SIM_TERMINAL_CLIENT_H

#include "gateway/base/text.h"

struct terminal_client {
	int device;
	struct text heard; /* since the last terminal_client_say() */
};

/* 1, or 0 when the device is not there. */
int terminal_client_open(struct terminal_client *client, const char *path);
void terminal_client_close(struct terminal_client *client);

/* Types, having forgotten what was heard before. */
void terminal_client_say(struct terminal_client *client, const char *bytes);

/* Listens until these bytes have been heard: 1, or 0 after that time. */
int terminal_client_hears(
    struct terminal_client *client, const char *wanted, int wait_ms);

/* Says and hears. */
int terminal_client_asks(
    struct terminal_client *client, const char *bytes, const char *wanted);

#endif
