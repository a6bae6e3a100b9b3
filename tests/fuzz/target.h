/* A fuzz target: libFuzzer calls one() with octets that it makes up.
 *
 * fuzz.sh builds each *_fuzz.c of this folder with clang and runs it on its
 * corpus, corpus/NAME.
 */
#ifndef TESTS_FUZZ_TARGET_H
#define TESTS_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "gateway/base/log.h"

/* Exactly as many octets as there are, so that one too far is found; with a
 * NUL behind where the code under test takes a string. */
static void one(const uint8_t *octets, size_t length);

/* Complaints are expected, thousands of them. */
static void
hear_nothing(enum log_level level, const char *words, void *into)
{
	(void)level;
	(void)words;
	(void)into;
}

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t length);

int
LLVMFuzzerInitialize(int *count, char ***arguments)
{
	(void)count;
	(void)arguments;
	if (getenv("FUZZ_TELLS") == NULL)
		log_listen(hear_nothing, NULL);
	return (0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t length)
{
	one(octets, length);
	return (0);
}

#endif
