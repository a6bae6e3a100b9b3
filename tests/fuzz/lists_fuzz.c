/* The spreadsheets of an editor: facts and the directory of services, refused
 * with their mistakes or loaded. */
#include "menus/directory.h"
#include "menus/facts.h"
#include "tests/fuzz/files.h"
#include "tests/fuzz/target.h"

static void
one(const uint8_t *octets, size_t length)
{
	struct facts *facts;
	struct directory *directory;
	char path[120];

	put_file("list.csv", octets, length);
	snprintf(path, sizeof(path), "%s/list.csv", fuzz_folder);
	if (facts_load(path, &facts) == DONE)
		facts_free(facts);
	if (directory_load(path, &directory) == DONE) {
		const struct service *found[DIRECTORY_MOST];

		directory_find(directory, "Doha", NULL, 0, found);
		directory_free(directory);
	}
}
