#include "gateway/line/ss_component.h"

#include <stdlib.h>
#include <string.h>

enum tag {
	TAG_INTEGER = 0x02,
	TAG_OCTETS = 0x04,
	TAG_NULL = 0x05,
	TAG_SEQUENCE = 0x30,
	TAG_LINKED_ID = 0x80,
	TAG_INVOKE = 0xa1,
	TAG_RETURN_RESULT = 0xa2,
	TAG_RETURN_ERROR = 0xa3,
	TAG_REJECT = 0xa4,
};

enum {
	SHORT_LENGTH_MOST = 127,
	LONG_LENGTH_ONE = 0x81,
	LONG_LENGTH_TWO = 0x82,
};

static const uint8_t tag_of_kind[] = {
	[SS_INVOKE] = TAG_INVOKE,
	[SS_RETURN_RESULT] = TAG_RETURN_RESULT,
	[SS_RETURN_ERROR] = TAG_RETURN_ERROR,
	[SS_REJECT] = TAG_REJECT,
};

/* -- writing: from the inside out, so that every length is known ------------ */

/* Octets in the making, growing to the front. */
struct tail {
	uint8_t octets[SS_COMPONENT_MAX_BYTES];
	size_t start;
};

static void
put_octets(struct tail *tail, const void *octets, size_t length)
{
	if (length > tail->start)
		abort();
	tail->start -= length;
	memcpy(tail->octets + tail->start, octets, length);
}

static void
put_octet(struct tail *tail, unsigned octet)
{
	uint8_t one = (uint8_t)octet;

	put_octets(tail, &one, 1);
}

/* Tag and length before everything written since `end`. */
static void
wrap(struct tail *tail, unsigned tag, size_t end)
{
	size_t length = end - tail->start;

	put_octet(tail, (unsigned)length);
	if (length > SHORT_LENGTH_MOST)
		put_octet(tail, LONG_LENGTH_ONE);
	put_octet(tail, tag);
}

static void
put_element(struct tail *tail, unsigned tag, const void *octets, size_t length)
{
	size_t end = tail->start;

	put_octets(tail, octets, length);
	wrap(tail, tag, end);
}

static void
put_integer(struct tail *tail, int value)
{
	uint8_t octet = (uint8_t)value;

	put_element(tail, TAG_INTEGER, &octet, 1);
}

static void
put_string(struct tail *tail, const struct ussd_string *string)
{
	size_t end = tail->start;

	put_element(tail, TAG_OCTETS, string->octets, string->length);
	put_element(tail, TAG_OCTETS, &string->dcs, 1);
	wrap(tail, TAG_SEQUENCE, end);
}

static void
put_body(struct tail *tail, const struct ss_component *component)
{
	static const uint8_t unrecognised[] = { 0x80, 0x01, 0x00 };
	size_t end = tail->start;

	switch (component->kind) {
	case SS_INVOKE:
		if (component->has_string)
			put_string(tail, &component->string);
		put_integer(tail, component->operation);
		return;
	case SS_RETURN_RESULT:
		if (!component->has_string)
			return;
		put_string(tail, &component->string);
		put_integer(tail, component->operation);
		wrap(tail, TAG_SEQUENCE, end);
		return;
	case SS_RETURN_ERROR:
		put_integer(tail, component->error);
		return;
	case SS_REJECT:
		put_octets(tail, unrecognised, sizeof(unrecognised));
		return;
	}
}

size_t
ss_component_write(const struct ss_component *component,
    uint8_t octets_r[SS_COMPONENT_MAX_BYTES])
{
	struct tail tail = { .start = SS_COMPONENT_MAX_BYTES };
	size_t end = tail.start;
	size_t length;

	if (component->string.length > USSD_OCTETS_MOST)
		abort();
	put_body(&tail, component);
	if (component->invoke_id < 0)
		put_element(&tail, TAG_NULL, "", 0);
	else
		put_integer(&tail, component->invoke_id);
	wrap(&tail, tag_of_kind[component->kind], end);
	length = SS_COMPONENT_MAX_BYTES - tail.start;
	memcpy(octets_r, tail.octets + tail.start, length);
	return (length);
}

/* -- reading ---------------------------------------------------------------- */

/* What is left to read. */
struct rest {
	const uint8_t *octets;
	size_t length;
};

/* DONE and the octets after tag and length, else REFUSED. */
MUST_USE static enum outcome
take_length(struct rest *rest, size_t *length_r)
{
	size_t octets, length = 0;

	if (rest->length == 0)
		return (REFUSED);
	octets = rest->octets[0] <= SHORT_LENGTH_MOST ? 0
	    : rest->octets[0] == LONG_LENGTH_ONE      ? 1
	    : rest->octets[0] == LONG_LENGTH_TWO      ? 2
						      : rest->length;
	if (rest->length < octets + 1)
		return (REFUSED);
	if (octets == 0)
		length = rest->octets[0];
	for (size_t i = 1; i <= octets; i++)
		length = length << 8 | rest->octets[i];
	rest->octets += octets + 1;
	rest->length -= octets + 1;
	*length_r = length;
	return (DONE);
}

/* The next element: its tag and what is in it. */
MUST_USE static enum outcome
take_element(struct rest *rest, uint8_t *tag_r, struct rest *inside_r)
{
	struct rest left = *rest;
	size_t length;

	if (left.length == 0)
		return (REFUSED);
	*tag_r = left.octets[0];
	left.octets++;
	left.length--;
	if (take_length(&left, &length) != DONE || length > left.length)
		return (REFUSED);
	*inside_r = (struct rest){ left.octets, length };
	left.octets += length;
	left.length -= length;
	*rest = left;
	return (DONE);
}

MUST_USE static enum outcome
take_tagged(struct rest *rest, uint8_t tag, struct rest *inside_r)
{
	struct rest left = *rest;
	uint8_t found;

	if (take_element(&left, &found, inside_r) != DONE || found != tag)
		return (REFUSED);
	*rest = left;
	return (DONE);
}

MUST_USE static enum outcome
take_small_integer(struct rest *rest, int *value_r)
{
	struct rest inside;

	if (take_tagged(rest, TAG_INTEGER, &inside) != DONE ||
	    inside.length != 1)
		return (REFUSED);
	*value_r = inside.octets[0];
	return (DONE);
}

/* USSD-Arg and USSD-Res: the scheme, the string, and for an Arg perhaps
 * an alerting pattern or a number behind them, which nobody needs. */
MUST_USE static enum outcome
take_string(struct rest *rest, struct ss_component *component)
{
	struct rest sequence, dcs, string;

	if (take_tagged(rest, TAG_SEQUENCE, &sequence) != DONE ||
	    take_tagged(&sequence, TAG_OCTETS, &dcs) != DONE ||
	    take_tagged(&sequence, TAG_OCTETS, &string) != DONE ||
	    dcs.length != 1 || string.length > USSD_OCTETS_MOST)
		return (REFUSED);
	component->has_string = 1;
	component->string.dcs = dcs.octets[0];
	component->string.length = string.length;
	if (string.length > 0)
		memcpy(component->string.octets, string.octets, string.length);
	return (DONE);
}

MUST_USE static enum outcome
read_invoke(struct rest *rest, struct ss_component *component)
{
	struct rest linked;

	/* A linked id says nothing that we need. */
	if (rest->length > 0 && rest->octets[0] == TAG_LINKED_ID &&
	    take_tagged(rest, TAG_LINKED_ID, &linked) != DONE)
		return (REFUSED);
	if (take_small_integer(rest, &component->operation) != DONE)
		return (REFUSED);
	return (rest->length > 0 ? take_string(rest, component) : DONE);
}

MUST_USE static enum outcome
read_result(struct rest *rest, struct ss_component *component)
{
	struct rest sequence;

	if (rest->length == 0)
		return (DONE);
	if (take_tagged(rest, TAG_SEQUENCE, &sequence) != DONE ||
	    take_small_integer(&sequence, &component->operation) != DONE)
		return (REFUSED);
	if (sequence.length > 0 && take_string(&sequence, component) != DONE)
		return (REFUSED);
	return (sequence.length == 0 ? DONE : REFUSED);
}

MUST_USE static enum outcome
read_body(struct rest *rest, struct ss_component *component)
{
	switch (component->kind) {
	case SS_INVOKE:
		return (read_invoke(rest, component));
	case SS_RETURN_RESULT:
		return (read_result(rest, component));
	case SS_RETURN_ERROR:
		/* What may follow explains the error; it is not read. */
		if (take_small_integer(rest, &component->error) != DONE)
			return (REFUSED);
		rest->length = 0;
		return (DONE);
	case SS_REJECT:
		rest->length = 0;
		return (DONE);
	}
	return (REFUSED);
}

MUST_USE static enum outcome
read_kind(uint8_t tag, enum ss_component_kind *kind_r)
{
	for (size_t i = 0; i < COUNT_OF(tag_of_kind); i++) {
		if (tag_of_kind[i] == tag) {
			*kind_r = (enum ss_component_kind)i;
			return (DONE);
		}
	}
	return (REFUSED);
}

enum outcome
ss_component_read(
    const uint8_t *octets, size_t length, struct ss_component *component_r)
{
	struct ss_component component = { .invoke_id = -1 };
	struct rest rest = { octets, length };
	struct rest body, none;
	uint8_t tag;

	if (take_element(&rest, &tag, &body) != DONE || rest.length > 0 ||
	    read_kind(tag, &component.kind) != DONE)
		return (REFUSED);
	if (component.kind == SS_REJECT &&
	    take_tagged(&body, TAG_NULL, &none) == DONE)
		component.invoke_id = -1;
	else if (take_small_integer(&body, &component.invoke_id) != DONE)
		return (REFUSED);
	if (read_body(&body, &component) != DONE || body.length > 0)
		return (REFUSED);
	*component_r = component;
	return (DONE);
}
