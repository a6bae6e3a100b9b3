/* A form of the caseworkers' pages, and a sheet of a spreadsheet program. */
#include "gateway/base/csv.h"
#include "gateway/base/memory.h"
#include "gateway/desk/web.h"
#include "tests/fuzz/target.h"

static void
one(const uint8_t *octets, size_t length)
{
	char *form = memory_new(length + 1, 1);
	struct web_fields fields;
	struct csv csv = { 0 };

	memcpy(form, octets, length);
	csv_open(&csv, form);
	while (csv_next(&csv))
		csv_field(&csv, 3);
	csv_close(&csv);
	if (web_fields_read(form, &fields))
		web_field(&fields, "text");
	free(form);
}
