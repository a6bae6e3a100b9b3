/* The time, read at the edges and passed down as a parameter: engines never
 * call these.
 */
#ifndef GATEWAY_BASE_CLOCK_H
#define GATEWAY_BASE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

/* Seconds since 1970 in UTC, by the machine's wall clock, which may jump. */
int64_t clock_utc_s(void);

/* Milliseconds that only ever grow, for waiting. */
int64_t clock_monotonic_ms(void);

/* "2026-11-21", "2026-11-21 22:42" and, for other programs (ISO 8601),
 * "2026-11-21T22:42:07Z" in UTC. */
struct clock_text {
	char text[24];
};
struct clock_text clock_date(int64_t utc_s);
struct clock_text clock_date_time(int64_t utc_s);
struct clock_text clock_iso(int64_t utc_s);

/* The first second of a date written as 2026-11-21: 1 and *utc_s_r, or 0 when
 * it is not such a date. */
int clock_read_date(const char *date, int64_t *utc_s_r);

#endif
