#include "tests/sim/fault.h"

#include "tests/sim/modem.h"

const struct fault_kind *const fault_tables[] = {
	fault_kinds,
	fault_kinds_deep,
	fault_kinds_hostile,
};

static const struct fault_kind *
find_kind(const char *name)
{
	const struct fault_kind *kind;

	for (size_t i = 0; i < COUNT_OF(fault_tables); i++) {
		for (kind = fault_tables[i]; kind->name != NULL; kind++) {
			if (strcmp(kind->name, name) == 0)
				return (kind);
		}
	}
	return (NULL);
}

/* "times=3": 1 and the number when the word begins so. */
static int
read_setting(const char *word, const char *name, int64_t *value_r)
{
	size_t length = strlen(name);

	return (strncmp(word, name, length) == 0 &&
	    text_read_integer(word + length, 1, INT32_MAX, value_r));
}

static int
keep_word(struct fault *fault, const char *word, int nth)
{
	char *place = nth == 0 ? fault->word : fault->second;

	if (nth > 1 || strlen(word) >= FAULT_WORD_SIZE)
		return (0);
	memcpy(place, word, strlen(word) + 1);
	if (nth == 0)
		(void)text_read_integer(word, 0, INT32_MAX, &fault->number);
	return (1);
}

static int
read_words(struct modem *modem, struct fault *fault, const char *const *words,
    size_t count)
{
	int64_t for_ms;
	int kept = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		if (read_setting(words[i], "times=", &fault->times_left))
			continue;
		if (read_setting(words[i], "for=", &for_ms))
			fault->ends_at_ms = modem->now_ms + for_ms;
		else if (!keep_word(fault, words[i], kept++))
			return (0);
	}
	return (1);
}

enum outcome
fault_begin(struct modem *modem, const char *name, const char *const *words,
    size_t count)
{
	struct faults *faults = &modem->faults;
	struct fault fault = {
		.kind = find_kind(name), .number = -1, .times_left = -1
	};

	if (fault.kind == NULL || !read_words(modem, &fault, words, count))
		return (REFUSED);
	(void)fault_end(modem, name);
	if (faults->count == FAULTS_MOST)
		return (REFUSED);
	if (fault.kind->begin != NULL &&
	    fault.kind->begin(modem, &fault) != DONE)
		return (REFUSED);
	faults->list[faults->count++] = fault;
	return (DONE);
}

static void
end_at(struct modem *modem, size_t i)
{
	struct faults *faults = &modem->faults;
	struct fault ended = faults->list[i];

	faults->count--;
	memmove(&faults->list[i], &faults->list[i + 1],
	    (faults->count - i) * sizeof(ended));
	if (ended.kind->end != NULL)
		ended.kind->end(modem, &ended);
}

enum outcome
fault_end(struct modem *modem, const char *name)
{
	size_t i;

	for (i = 0; i < modem->faults.count; i++) {
		if (strcmp(modem->faults.list[i].kind->name, name) == 0) {
			end_at(modem, i);
			return (DONE);
		}
	}
	return (NOTHING);
}

void
fault_end_all(struct modem *modem)
{
	while (modem->faults.count > 0)
		end_at(modem, modem->faults.count - 1);
}

void
fault_work(struct modem *modem)
{
	size_t i = 0;

	while (i < modem->faults.count) {
		if (modem->faults.list[i].ends_at_ms != 0 &&
		    modem->faults.list[i].ends_at_ms <= modem->now_ms)
			end_at(modem, i);
		else
			i++;
	}
}

int64_t
fault_wait_ms(const struct modem *modem)
{
	int64_t wait_ms = -1;
	int64_t left_ms;
	size_t i;

	for (i = 0; i < modem->faults.count; i++) {
		if (modem->faults.list[i].ends_at_ms == 0)
			continue;
		left_ms = modem->faults.list[i].ends_at_ms - modem->now_ms;
		if (left_ms < 0)
			left_ms = 0;
		if (wait_ms < 0 || left_ms < wait_ms)
			wait_ms = left_ms;
	}
	return (wait_ms);
}

/* It stepped in once more, which may have been its last time.  Looked for by
 * its kind, since what it did may have ended others and moved it: 1 when it is
 * off now. */
static int
stepped_in(struct modem *modem, const struct fault_kind *kind)
{
	struct fault *fault;
	size_t i;

	for (i = 0; i < modem->faults.count; i++) {
		fault = &modem->faults.list[i];
		if (fault->kind != kind)
			continue;
		if (fault->times_left > 0)
			fault->times_left--;
		if (fault->times_left != 0)
			return (0);
		end_at(modem, i);
		return (1);
	}
	return (0);
}

enum fault_verdict
fault_on_line(struct modem *modem, const char *line)
{
	const struct fault_kind *kind;
	size_t i;

	for (i = 0; i < modem->faults.count; i++) {
		kind = modem->faults.list[i].kind;
		if (kind->on_line == NULL ||
		    kind->on_line(modem, &modem->faults.list[i], line) !=
			FAULT_TAKEN)
			continue;
		(void)stepped_in(modem, kind);
		return (FAULT_TAKEN);
	}
	return (FAULT_PASS);
}

enum fault_verdict
fault_on_pdu(struct modem *modem, const char *hex)
{
	const struct fault_kind *kind;
	size_t i;

	for (i = 0; i < modem->faults.count; i++) {
		kind = modem->faults.list[i].kind;
		if (kind->on_pdu == NULL ||
		    kind->on_pdu(modem, &modem->faults.list[i], hex) !=
			FAULT_TAKEN)
			continue;
		(void)stepped_in(modem, kind);
		return (FAULT_TAKEN);
	}
	return (FAULT_PASS);
}

/* All of them see the answer: slow and garbled is a pair like any other. */
void
fault_on_answer(struct modem *modem, struct text *answer, int64_t *wait_ms)
{
	const struct fault_kind *kind;
	size_t i = 0;

	while (i < modem->faults.count) {
		kind = modem->faults.list[i].kind;
		if (kind->on_answer == NULL ||
		    kind->on_answer(modem, &modem->faults.list[i], answer,
			wait_ms) != FAULT_TAKEN ||
		    !stepped_in(modem, kind))
			i++;
	}
}
