/* libGammu waits blindly: 100 ms after the prompt, 500 ms after the PDU and
 * 100 ms after the end of it, whatever the modem does, so that no modem sends
 * more than 85 segments a minute.  It calls usleep() for that; a usleep() in
 * the executable comes before the C library's, and this one cuts the pauses
 * short in proportion, so that the longest becomes `pause_ms`.  Pauses of at
 * most 10 ms are left alone: they keep libGammu's reading and writing loops
 * from spinning.
 *
 * This is the one global variable outside the log: usleep() has no parameter
 * for it.  It stays unset in every process but a modem line's, and is set
 * once, before the first connection.
 */
#include <errno.h>
#include <unistd.h>

#include "gateway/line/modem.h"

enum {
	LEFT_ALONE_US = 10000,
	LIBRARY_LONGEST_US = 500000,
	MS_US = 1000,
};

static int64_t pause_longest_us = -1;

void
modem_pause_cap(int64_t longest_ms)
{
	pause_longest_us = longest_ms * MS_US;
}

int
usleep(useconds_t asked_us)
{
	int64_t pause_us = asked_us;
	struct timespec left;

	if (pause_longest_us >= 0 && pause_us > LEFT_ALONE_US) {
		pause_us = pause_us * pause_longest_us / LIBRARY_LONGEST_US;
		if (pause_us > pause_longest_us)
			pause_us = pause_longest_us;
		if (pause_us > (int64_t)asked_us)
			pause_us = asked_us;
	}
	left.tv_sec = pause_us / 1000000;
	left.tv_nsec = pause_us % 1000000 * 1000;
	return (nanosleep(&left, NULL));
}
