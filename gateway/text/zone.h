/* What the clock says where a caller is.
 *
 * A zone is an offset from UTC, and whether the place keeps the European
 * Union's summer time.  That is all this helpline needs: the Gulf, South and
 * South-East Asia and East Africa keep no summer time, and every country of
 * Europe that does keeps the same one, from the last Sunday of March to the
 * last Sunday of October, 01:00 UTC (Directive 2000/84/EC).  The C library's
 * zones would need TZ juggled in the environment and a file that may be
 * missing or old; this is a pure function of a table.  When a country changes
 * its clock, a row of zone.c changes.
 *
 * A zone is written "UTC+3", "UTC+5:45", "UTC-4", or "UTC+2 summer" where the
 * summer time above is kept.
 */
#ifndef GATEWAY_TEXT_ZONE_H
#define GATEWAY_TEXT_ZONE_H

#include <stdint.h>

#include "gateway/base/outcome.h"

struct zone {
	int offset_minutes; /* of winter, east of Greenwich */
	int has_summer;
};

enum { ZONE_TEXT_BYTES = 20 }; /* room for a zone as it is written */

/* DONE and *zone_r, or REFUSED: not a zone as they are written. */
MUST_USE enum outcome zone_read(const char *written, struct zone *zone_r);

void zone_write(const struct zone *zone, char written_r[ZONE_TEXT_BYTES]);

/* Local time less UTC, in seconds, at this moment. */
int64_t zone_offset_s(const struct zone *zone, int64_t utc_s);

/* The minute of the local day, 0 to 1439. */
int zone_minute_of_day(const struct zone *zone, int64_t utc_s);

/* The zone of a country that a caller named in their own words ("Qatar, Doha",
 * "U.A.E.", "Saudi"): DONE, or NOTHING when none is known there, or two whose
 * clocks differ. */
MUST_USE enum outcome zone_of_country(const char *words, struct zone *zone_r);

#endif
