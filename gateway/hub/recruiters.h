/* The lists of recruiters, from the store into memory. */
#ifndef GATEWAY_HUB_RECRUITERS_H
#define GATEWAY_HUB_RECRUITERS_H

#include "menus/lookup.h"
#include "store/recruiters.h"

/*
 * Reads all lists of the store.
 *
 * DONE       *index_r is yours until lookup_free()
 * TRY_LATER  the store cannot be read; logged
 */
MUST_USE enum outcome recruiters_load(
    struct store *store, struct lookup_index **index_r);

#endif
