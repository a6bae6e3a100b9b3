/* What a line says to the hub: whatever is read is written again the same. */
#include "gateway/line/protocol.h"
#include "tests/fuzz/target.h"

static void
one(const uint8_t *octets, size_t length)
{
	static struct line_message message;
	struct text packet = { 0 };

	if (protocol_read(octets, length, &message) != DONE)
		return;
	protocol_write(&message, &packet);
	if (packet.length != length ||
	    memcmp(packet.bytes, octets, length) != 0)
		abort();
	text_free(&packet);
}
