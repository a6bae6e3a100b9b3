/* What a register of a local network sends: frames, messages, components and
 * the text in them. */
#include "gateway/line/gsup.h"
#include "gateway/line/ss_component.h"
#include "gateway/text/utf8.h"
#include "tests/fuzz/target.h"

static void
read_component(const struct gsup_message *message)
{
	struct ss_component component;
	struct text text = { 0 };
	uint8_t octets[SS_COMPONENT_MAX_BYTES];

	if (ss_component_read(message->component, message->component_length,
		&component) != DONE)
		return;
	ss_component_write(&component, octets);
	if (component.has_string &&
	    ussd_text_read(component.string.dcs, component.string.octets,
		component.string.length, &text) == DONE &&
	    !utf8_is_clean(text_string(&text), text.length))
		abort();
	text_free(&text);
}

static void
one(const uint8_t *octets, size_t length)
{
	struct ipa_frame frame;
	struct gsup_message message;
	struct text out = { 0 };
	size_t used = 0;

	while (ipa_read(octets, length, &frame, &used) == DONE) {
		if (frame.kind == IPA_GSUP &&
		    gsup_read(frame.payload, frame.length, &message) == DONE) {
			read_component(&message);
			gsup_add(&out, &message);
		}
		octets += used;
		length -= used;
	}
	text_free(&out);
}
