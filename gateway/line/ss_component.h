/* One supplementary-service component: the envelope a USSD text travels in
 * (3GPP TS 24.080 sections 3.6 and 4.5, as MAP and GSUP carry it).
 *
 * Lengths are definite, short or long form (ITU-T X.690 section 8.1.3); every
 * one is checked against what is there, since the octets come from strangers.
 * What is not a component of USSD is refused as a whole.
 */
#ifndef GATEWAY_LINE_SS_COMPONENT_H
#define GATEWAY_LINE_SS_COMPONENT_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/text/ussd_text.h"

enum ss_component_kind {
	SS_INVOKE,
	SS_RETURN_RESULT,
	SS_RETURN_ERROR,
	SS_REJECT,
};

/* Operations (TS 29.002 section 17.6.4); 0 when the component names none. */
enum {
	SS_PROCESS_UNSTRUCTURED = 0x3b, /* the phone dialled */
	SS_UNSTRUCTURED_REQUEST = 0x3c, /* a page that waits for an answer */
	SS_UNSTRUCTURED_NOTIFY = 0x3d,
};

/* Errors a phone understands (TS 29.002 section 17.6.6). */
enum { SS_ERROR_SYSTEM_FAILURE = 34 };

enum { SS_COMPONENT_MAX_BYTES = USSD_OCTETS_MOST + 32 };

struct ss_component {
	enum ss_component_kind kind;
	int invoke_id; /* 0 to 255; -1 when a reject names none */
	int operation;
	int error; /* of a ReturnError */
	int has_string;
	struct ussd_string string;
};

/* Writes a component; how many octets.  A ReturnResult without a string is the
 * bare acknowledgement.  Aborts on a string over USSD_OCTETS_MOST. */
size_t ss_component_write(const struct ss_component *component,
    uint8_t octets_r[SS_COMPONENT_MAX_BYTES]);

/* DONE and *component_r, or REFUSED: not such a component, cut short, with
 * something left over, or a string that is too long. */
MUST_USE enum outcome ss_component_read(
    const uint8_t *octets, size_t length, struct ss_component *component_r);

#endif
