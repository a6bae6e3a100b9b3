/* A PDU as a modem shows it, in hexadecimal: what of it we read ourselves. */
#include "gateway/base/memory.h"
#include "gateway/line/modem.h"
#include "gateway/text/utf8.h"
#include "tests/fuzz/target.h"

static void
one(const uint8_t *octets, size_t length)
{
	static const char digits[] = "0123456789ABCDEF";
	char *hex = memory_new(2 * length + 1, 1);
	struct text text = { 0 };

	for (size_t i = 0; i < length; i++) {
		hex[2 * i] = digits[octets[i] >> 4];
		hex[2 * i + 1] = digits[octets[i] & 0xf];
	}
	modem_pdu_is_deadly(hex);
	if (modem_pdu_read_national(hex, &text) == DONE &&
	    !utf8_is_clean(text_string(&text), text.length))
		abort();
	if (length > 0)
		modem_pdu_names_tables(octets, length);
	text_free(&text);
	free(hex);
}
