/* A walk as it comes out of its box: whatever is read is written again, and
 * read again the same. */
#include "menus/menu_walk.h"
#include "tests/fuzz/target.h"

static void
one(const uint8_t *octets, size_t length)
{
	static struct walk walk, again;
	struct text written = { 0 };

	if (walk_read(octets, length, &walk) == DONE) {
		walk_write(&walk, &written);
		if (walk_read(written.bytes, written.length, &again) != DONE)
			abort();
		walk_free(&again);
	}
	walk_free(&walk);
	text_free(&written);
}
