/* When to try again.  Pure: no clock, no chance.
 */
#ifndef GATEWAY_BASE_RETRY_H
#define GATEWAY_BASE_RETRY_H

#include <stdint.h>

/* A text that could not be sent: 1 min x n^1.5 after the n-th try (n from 1).
 * After RETRY_TEXT_MOST tries it is given up and listed for a person. */
enum { RETRY_TEXT_MOST = 20 };
int64_t retry_text_wait_s(int tries);

/* A process or device that fell over: 0.1 s, doubling to at most 60 s. */
int64_t retry_start_wait_ms(int failures);

#endif
