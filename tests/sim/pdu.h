/* What goes over the air: SMS-DELIVER and SMS-STATUS-REPORT written,
 * SMS-SUBMIT read (3GPP TS 23.040 section 9.2), as the hexadecimal of AT
 * commands in PDU mode (3GPP TS 27.005), service centre in front.
 */
#ifndef TESTS_SIM_PDU_H
#define TESTS_SIM_PDU_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

enum pdu_alphabet {
	PDU_GSM,
	PDU_UCS2,
	PDU_DATA,
};

enum {
	PDU_NO_CLASS = -1,
	PDU_NO_TIME = -1, /* octets that are no time */
	PDU_USER_DATA_OCTETS = 140,
	PDU_WHOLE_SEPTETS = 160,
	PDU_PART_SEPTETS = 153,
	PDU_WHOLE_UNITS = 70,
	PDU_PART_UNITS = 67,
	PDU_PARTS_MOST = 255,
	PDU_ADDRESS_SIZE = 24,
};

/* Where a part of a long text stands; parts is 1 for a whole text. */
struct pdu_join {
	int reference;
	int bits; /* 8 or 16 */
	int parts;
	int part; /* from 1 */
};

struct pdu_deliver {
	const char *sender; /* digits, "+" and digits, or a name */
	int64_t utc_s;
	enum pdu_alphabet alphabet;
	int message_class; /* 0 to 3, or PDU_NO_CLASS */
	struct pdu_join join;
	const char *body; /* septets, UCS2 octets or octets */
	size_t length; /* in bytes of `body` */
};

/* Adds the hexadecimal.  The body must fit (the caller cut the text). */
void pdu_add_deliver(struct text *hex, const struct pdu_deliver *deliver);

/* What became of a text that was sent: status 0 delivered, 0x20 still trying,
 * 0x40 failed (9.2.3.15). */
struct pdu_report {
	int message_reference;
	const char *recipient;
	int64_t sent_utc_s;
	int64_t done_utc_s;
	int status;
};
void pdu_add_report(struct text *hex, const struct pdu_report *report);

/* Octets of the PDU behind its service centre, which is what +CMGL and +CMGR
 * name as its length; 0 when the hexadecimal is too short to tell. */
size_t pdu_length(const char *hex);

struct pdu_submit {
	char to[PDU_ADDRESS_SIZE];
	int wants_report;
	enum pdu_alphabet alphabet;
	struct pdu_join join;
	struct text text; /* UTF-8; hexadecimal of PDU_DATA */
};

/*
 * Reads what a client wants sent.  `length` is what AT+CMGS named.
 *
 * DONE     *submit_r is filled in, to be freed with pdu_submit_free()
 * REFUSED  it is not an SMS-SUBMIT of that length, or does not hold what it
 *          announces
 */
MUST_USE enum outcome pdu_read_submit(
    const char *hex, size_t length, struct pdu_submit *submit_r);
void pdu_submit_free(struct pdu_submit *submit);

#endif
