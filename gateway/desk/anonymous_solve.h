/* What an attacker who knows every shown count exactly, and every zero, can
 * work out of the hidden ones: the equations "a sum is its parts" are solved
 * as far as they go.  For anonymous.c; pure. */
#ifndef GATEWAY_DESK_ANONYMOUS_SOLVE_H
#define GATEWAY_DESK_ANONYMOUS_SOLVE_H

#include "gateway/desk/anonymous.h"

/* `shown` has a byte per cell.  Sets solved_r (a byte per cell) where a hidden
 * cell has only one solution; returns how many have. */
size_t anonymous_solve(
    const struct anonymous *table, const char *shown, char *solved_r);

#endif
