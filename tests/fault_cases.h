/* Every fault that a modem is known to have: what the simulated one can do, and
 * what the network can bring.
 */
#ifndef TESTS_FAULT_CASES_H
#define TESTS_FAULT_CASES_H

#include "tests/fault_world.h"

enum { FAULT_WORDS_MOST = 3 };

struct fault_case {
	const char *name;
	const char *words[FAULT_WORDS_MOST]; /* of the fault, name first */
	void (*event)(struct fault_world *world);
};

/* The repertoire; a case without a name ends it. */
extern const struct fault_case fault_cases[];

/* Errors, and silence, at each command: how many, and the n-th. */
size_t fault_errors_count(void);
const struct fault_case *fault_errors_at(size_t n);

void fault_case_begin(
    struct fault_world *world, const struct fault_case *fault);
/* Ends it, if it has an end of its own. */
void fault_case_heal(struct fault_world *world, const struct fault_case *fault);

/* What nobody ends: the ladder mends it. */
int fault_case_mends_itself(const struct fault_case *fault);

/* Two that can be on together: the second would not end the first. */
int fault_cases_are_a_pair(
    const struct fault_case *one, const struct fault_case *other);

#endif
