#include "gateway/base/memory.h"

#include "gateway/base/log.h"

static void *
or_abort(void *block)
{
	if (block == NULL) {
		log_err("out of memory");
		abort();
	}
	return (block);
}

void *
memory_new(size_t count, size_t size)
{
	return (or_abort(calloc(count > 0 ? count : 1, size)));
}

void *
memory_grow(void *block, size_t old_count, size_t count, size_t size)
{
	char *grown = or_abort(reallocarray(block, count, size));

	if (count > old_count)
		memset(grown + old_count * size, 0, (count - old_count) * size);
	return (grown);
}

char *
memory_copy(const char *string)
{
	return (or_abort(strdup(string)));
}
