/* Allocation that cannot fail: out of memory ends the process, which is then
 * started afresh, and the journal knows where we were.
 *
 * Every block comes zeroed, belongs to the caller and goes back with free().
 */
#ifndef GATEWAY_BASE_MEMORY_H
#define GATEWAY_BASE_MEMORY_H

#include <stddef.h>

void *memory_new(size_t count, size_t size);
void *memory_grow(void *block, size_t old_count, size_t count, size_t size);
char *memory_copy(const char *string);

#endif
