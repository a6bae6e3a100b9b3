/* How a text is cut into what the network carries, and what that costs.
 *
 * A text whose characters are all in the GSM alphabet goes as GSM 7-bit: 160
 * septets alone or 153 a segment; any other goes as UCS-2: 70 units alone or
 * 67 a segment (3GPP TS 23.040 section 9.2.3.24.1 with an 8-bit reference, six
 * octets of UDH).  A cut never falls inside an escape pair, a surrogate pair
 * or a grapheme cluster.  The segments are as few as these rules allow, since
 * each is paid for; a cut falls between words where that costs none more and
 * the segment keeps at least half its room.  A cluster of more units than a
 * segment (which only mischief makes) is cut between characters.  The segments
 * one after the other are the text, byte for byte.  Pure.
 */
#ifndef GATEWAY_TEXT_SEGMENTS_H
#define GATEWAY_TEXT_SEGMENTS_H

#include <stddef.h>

#include "gateway/base/outcome.h"

enum alphabet {
	ALPHABET_GSM, /* units are septets */
	ALPHABET_UCS2, /* units are 16-bit */
};

enum {
	SEGMENTS_MOST = 16, /* a text of more is refused: 2,448 septets */
	SEGMENT_MAX_BYTES = 640 /* UTF-8 of one segment with its NUL: 160
				   characters of at most three bytes and room */
};

struct segment {
	char utf8[SEGMENT_MAX_BYTES];
	unsigned units;
};

struct segments {
	enum alphabet alphabet;
	unsigned count;
	unsigned units; /* of the whole text, without headers */
	struct segment list[SEGMENTS_MOST];
};

/*
 * Cuts a clean UTF-8 text.
 *
 * DONE     *segments_r is filled in; an empty text is one empty segment
 * REFUSED  it needs more than SEGMENTS_MOST segments
 */
MUST_USE enum outcome segments_cut(
    const char *utf8, struct segments *segments_r);

/* The number of segments alone, without limit and without the cutting. */
unsigned segments_count(
    const char *utf8, enum alphabet *alphabet_r, unsigned *units_r);

/* Its units alone: septets or UTF-16 units. */
unsigned segments_units(const char *utf8, enum alphabet *alphabet_r);

#endif
