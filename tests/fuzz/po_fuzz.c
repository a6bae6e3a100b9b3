/* A translator's file, as the catalog reads it at start and reload. */
#include "locales/catalog.h"
#include "tests/fuzz/files.h"
#include "tests/fuzz/target.h"

static void
one(const uint8_t *octets, size_t length)
{
	struct catalog *catalog = NULL;

	put_file("ne.po", octets, length);
	if (catalog_load(fuzz_folder, &catalog) == DONE)
		catalog_free(catalog);
}
