/* A memory for texts with numbered places, as AT+CPMS, +CMGL, +CMGR and +CMGD
 * know it ("SM" on the SIM card, "ME" in the modem).
 */
#ifndef TESTS_SIM_CARD_H
#define TESTS_SIM_CARD_H

#include <stdint.h>

#include "gateway/base/outcome.h"

enum {
	CARD_PLACES_MOST = 255,
};

/* As 3GPP TS 27.005 numbers them in PDU mode. */
enum card_status {
	CARD_UNREAD = 0,
	CARD_READ,
	CARD_UNSENT,
	CARD_SENT,
	CARD_ALL, /* only to ask for */
};

struct card_place {
	char *hex; /* NULL when free */
	enum card_status status;
};

struct card {
	const char *name;
	struct card_place places[CARD_PLACES_MOST];
	int size;
	int used;
	int is_jammed; /* says that it is full, whatever it holds */
};

int card_is_full(const struct card *card);
int card_count(const struct card *card, enum card_status status);

/* DONE and the place (from 0), or TRY_LATER when it is full.  The hexadecimal
 * is copied. */
MUST_USE enum outcome card_put(
    struct card *card, const char *hex, enum card_status status, int *place_r);

/* What lies there, or NULL. */
struct card_place *card_get(struct card *card, int64_t place);

/* DONE, or NOTHING when nothing lay there. */
enum outcome card_delete(struct card *card, int64_t place);
void card_clear(struct card *card);

#endif
