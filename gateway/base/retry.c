#include "gateway/base/retry.h"

/* The whole part of the square root; n is small. */
static int64_t
root(int64_t n)
{
	int64_t r = 0;

	while ((r + 1) * (r + 1) <= n)
		r++;
	return (r);
}

int64_t
retry_text_wait_s(int tries)
{
	int64_t n = tries < 1 ? 1 : tries;

	/* 60 * n^1.5 = sqrt(3600 * n^3), kept in whole numbers so that every
	 * machine computes the same second. */
	return (root(3600 * n * n * n));
}

int64_t
retry_start_wait_ms(int failures)
{
	int64_t wait_ms = 100;

	for (int i = 1; i < failures && wait_ms < 60000; i++)
		wait_ms *= 2;
	return (wait_ms < 60000 ? wait_ms : 60000);
}
