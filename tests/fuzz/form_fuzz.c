/* A form of the caseworkers' pages or of a USSD gateway, and a sheet of a
 * spreadsheet program. */
#include "gateway/base/csv.h"
#include "gateway/base/memory.h"
#include "gateway/text/form.h"
#include "tests/fuzz/target.h"

static void
read_form(const uint8_t *octets, size_t length, enum form_codes codes)
{
	char *form = memory_new(length + 1, 1);
	struct form_fields fields;

	memcpy(form, octets, length);
	if (form_read(form, length, codes, &fields))
		form_value(&fields, "text");
	free(form);
}

static void
read_sheet(const uint8_t *octets, size_t length)
{
	char *sheet = memory_new(length + 1, 1);
	struct csv csv = { 0 };

	memcpy(sheet, octets, length);
	csv_open(&csv, sheet);
	while (csv_next(&csv))
		csv_field(&csv, 3);
	csv_close(&csv);
	free(sheet);
}

static void
one(const uint8_t *octets, size_t length)
{
	read_sheet(octets, length);
	read_form(octets, length, FORM_WRONG_CODES_REFUSED);
	read_form(octets, length, FORM_WRONG_CODES_KEPT);
}
