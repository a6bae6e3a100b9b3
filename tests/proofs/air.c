#include "tests/proofs/air.h"

#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/memory.h"
#include "tests/lab.h"

void
air_open(struct air *air, const struct sim *sim)
{
	*air = (struct air){ .began_ms = clock_monotonic_ms() };
	sim_connect(&air->connection, sim->control);
	sim_send(&air->connection, (const char *const[]){ "follow", "1" }, 2);
}

static long
forget(struct air_assembly *assembly)
{
	long count = 0;

	for (size_t i = 0; i < AIR_PARTS_MOST; i++) {
		count += assembly->part[i] != NULL;
		free(assembly->part[i]);
	}
	*assembly = (struct air_assembly){ 0 };
	return (count);
}

long
air_forget_pieces(struct air *air)
{
	long count = 0;

	for (size_t i = 0; i < AIR_OPEN_MOST; i++)
		count += forget(&air->open[i]);
	return (count);
}

void
air_close(struct air *air)
{
	(void)air_forget_pieces(air);
	sim_disconnect(&air->connection);
}

/* References differ from run to run. */
static void
mask_references(char *text)
{
	for (char *c = text; *c != '\0'; c++) {
		if (strspn(c, "ACDEFGHJKMNPQRTWXY34679") == 5) {
			memset(c, '#', 5);
			c += 4;
		}
	}
}

static struct air_assembly *
assembly_for(struct air *air, const char *to, long reference, long parts)
{
	struct air_assembly *free_one = NULL;

	for (size_t i = 0; i < AIR_OPEN_MOST; i++) {
		struct air_assembly *assembly = &air->open[i];

		if (strcmp(assembly->to, to) == 0 &&
		    assembly->reference == reference &&
		    assembly->parts == parts)
			return (assembly);
		if (assembly->to[0] == '\0')
			free_one = assembly;
	}
	/* What was never finished makes room. */
	if (free_one == NULL)
		free_one = &air->open[rand() % AIR_OPEN_MOST];
	(void)forget(free_one);
	snprintf(free_one->to, sizeof(free_one->to), "%s", to);
	free_one->reference = reference;
	free_one->parts = parts;
	return (free_one);
}

static void
note_repeated(struct air *air, const struct air_assembly *assembly, long part,
    const struct fields *sent)
{
	air->repeated++;
	snprintf(air->last_repeated, sizeof(air->last_repeated),
	    "part %ld of %ld, reference %ld, %s words, at %" PRId64
	    " and %" PRId64 " ms",
	    part, assembly->parts, assembly->reference,
	    strcmp(assembly->part[part - 1], sent->list[8]) == 0 ? "the same"
								 : "other",
	    assembly->at_ms[part - 1], clock_monotonic_ms() - air->began_ms);
}

/* The whole text once its last part is in, yours to free; else NULL. */
static char *
assemble(struct air *air, const struct fields *sent)
{
	long parts = strtol(sent->list[5], NULL, 10);
	long part = strtol(sent->list[6], NULL, 10);
	struct air_assembly *assembly = assembly_for(
	    air, sent->list[2], strtol(sent->list[4], NULL, 10), parts);
	struct text whole = { 0 };

	if (part < 1 || part > AIR_PARTS_MOST || parts > AIR_PARTS_MOST)
		lab_fail("a text of too many parts");
	if (assembly->part[part - 1] != NULL)
		note_repeated(air, assembly, part, sent);
	else
		assembly->part[part - 1] = memory_copy(sent->list[8]);
	assembly->at_ms[part - 1] = clock_monotonic_ms() - air->began_ms;
	for (long i = 0; i < parts; i++) {
		if (assembly->part[i] == NULL) {
			text_free(&whole);
			return (NULL);
		}
		text_add(&whole, assembly->part[i]);
	}
	(void)forget(assembly);
	mask_references(whole.bytes);
	return (text_take(&whole));
}

int
air_hear(struct air *air, int wait_ms, char to[AIR_NUMBER_BYTES], char **text_r)
{
	int64_t until_ms = clock_monotonic_ms() + wait_ms;
	struct fields fields;

	for (;;) {
		int64_t left_ms = until_ms - clock_monotonic_ms();

		if (!sim_read_line(&air->connection,
			left_ms > 0 ? (int)left_ms : 0, &fields))
			return (0);
		if (strcmp(fields.list[0], "sent") != 0)
			continue;
		snprintf(to, AIR_NUMBER_BYTES, "%s", fields.list[2]);
		*text_r = assemble(air, &fields);
		if (*text_r != NULL)
			return (1);
	}
}
