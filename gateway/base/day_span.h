/* A part of the day: "06:00-11:00", "21:00-01:00" (past midnight).
 */
#ifndef GATEWAY_BASE_DAY_SPAN_H
#define GATEWAY_BASE_DAY_SPAN_H

#include "gateway/base/outcome.h"

enum { DAY_MINUTES = 1440 };

/* From the first minute to the one before `until`; the same minute twice is
 * the whole day. */
struct day_span {
	int from_minute;
	int until_minute;
};

/* DONE and *span_r; REFUSED: not two times of a day with a hyphen. */
MUST_USE enum outcome day_span_read(
    const char *written, struct day_span *span_r);

int day_span_has(const struct day_span *span, int minute);

#endif
