#include "menus/directory.h"

#include <stdarg.h>
#include <string.h>

#include "gateway/base/clock.h"
#include "gateway/base/csv.h"
#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/text/utf8.h"

enum { DIRECTORY_MAX_BYTES = 1 << 20, FIELD_MAX_BYTES = 200 };

/* A place less like what was written is another place. */
static const double PLACE_LIKE = 0.75;

enum column {
	COLUMN_NAME,
	COLUMN_KIND,
	COLUMN_PLACE,
	COLUMN_NEED,
	COLUMN_HOURS,
	COLUMN_LANGUAGES,
	COLUMN_COST,
	COLUMN_HOW,
	COLUMN_ADDRESS,
	COLUMN_SOURCE,
	COLUMN_CHECKED_ON,
	COLUMN_EXPIRES_ON,
	COLUMN_SHOW,
	COLUMN_COUNT,
};

static const char *const column_names[COLUMN_COUNT] = {
	[COLUMN_NAME] = "name",
	[COLUMN_KIND] = "kind",
	[COLUMN_PLACE] = "place",
	[COLUMN_NEED] = "need",
	[COLUMN_HOURS] = "hours",
	[COLUMN_LANGUAGES] = "languages",
	[COLUMN_COST] = "cost",
	[COLUMN_HOW] = "how",
	[COLUMN_ADDRESS] = "address",
	[COLUMN_SOURCE] = "source",
	[COLUMN_CHECKED_ON] = "checked_on",
	[COLUMN_EXPIRES_ON] = "expires_on",
	[COLUMN_SHOW] = "show",
};

struct reading {
	const char *path;
	struct csv csv;
	size_t place[COLUMN_COUNT];
	size_t columns;
	int complaints;
};

static void __attribute__((format(printf, 2, 3)))
complain(struct reading *reading, const char *format, ...)
{
	va_list arguments;
	char *made = NULL;

	va_start(arguments, format);
	if (vasprintf(&made, format, arguments) < 0)
		abort();
	va_end(arguments);
	log_err("%s:%d: %s", reading->path,
	    reading->csv.line > 0 ? reading->csv.line : 1, made);
	free(made);
	reading->complaints++;
}

static const char *
field(const struct reading *reading, enum column column)
{
	return (csv_field(&reading->csv, reading->place[column]));
}

static void
read_one_heading(struct reading *reading, size_t place, int *seen)
{
	const char *name = csv_field(&reading->csv, place);
	size_t column = 0;

	while (column < COLUMN_COUNT && strcmp(column_names[column], name) != 0)
		column++;
	if (column == COLUMN_COUNT) {
		complain(reading,
		    "there is no column '%s', see menus/README.md", name);
	} else if (seen[column]++) {
		complain(reading, "column '%s' is there twice", name);
	} else {
		reading->place[column] = place;
	}
}

static void
read_header(struct reading *reading)
{
	int seen[COLUMN_COUNT] = { 0 };

	if (!csv_next(&reading->csv)) {
		complain(reading,
		    "the file is empty; its first row names the columns, see"
		    " menus/README.md");
		return;
	}
	if (reading->csv.wrong != NULL)
		complain(reading, "%s", reading->csv.wrong);
	reading->columns = reading->csv.count;
	for (size_t i = 0; i < reading->csv.count; i++)
		read_one_heading(reading, i, seen);
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		if (!seen[i])
			complain(reading, "the column '%s' is missing",
			    column_names[i]);
}

static int64_t
read_date(struct reading *reading, enum column column)
{
	const char *written = field(reading, column);
	int64_t utc_s = 0;

	if (written[0] != '\0' && !clock_read_date(written, &utc_s))
		complain(reading,
		    "%s is '%s' but must be a date such as 2026-11-21, or"
		    " empty",
		    column_names[column], written);
	return (utc_s);
}

/* Nothing that could be an address: a phone number, or nothing. */
static int
is_phone_number(const char *words)
{
	return (words[strspn(words, "+0123456789 -()/")] == '\0');
}

/* Somebody may look over a caller's shoulder for exactly this. */
static void
check_shelter(struct reading *reading)
{
	if (strcmp(field(reading, COLUMN_KIND), "shelter") != 0)
		return;
	if (field(reading, COLUMN_ADDRESS)[0] != '\0')
		complain(reading,
		    "a shelter's address is never kept here: take it out, who"
		    " looks for them must not find them");
	if (!is_phone_number(field(reading, COLUMN_HOW)))
		complain(reading,
		    "how to reach a shelter may be a phone number and nothing"
		    " else");
	if (strpbrk(field(reading, COLUMN_PLACE), "0123456789") != NULL)
		complain(reading,
		    "the place of a shelter is a town or district, without"
		    " numbers");
}

static int
is_word(const char *word)
{
	return (word[0] >= 'a' && word[0] <= 'z' &&
	    word[strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-")] ==
		'\0');
}

static void
check_fields(struct reading *reading)
{
	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		const char *words = field(reading, (enum column)i);

		if (!utf8_is_clean(words, strlen(words)))
			complain(reading,
			    "%s is not clean UTF-8; save the file as UTF-8",
			    column_names[i]);
		else if (strpbrk(words, "\n{}") != NULL)
			complain(reading, "%s must be one line without { }",
			    column_names[i]);
		if (strlen(words) > FIELD_MAX_BYTES)
			complain(reading,
			    "%s has %zu bytes; %d is the most an answer by SMS"
			    " has room for",
			    column_names[i], strlen(words), FIELD_MAX_BYTES);
	}
}

static void
check_row(struct reading *reading)
{
	const char *show = field(reading, COLUMN_SHOW);

	check_fields(reading);
	if (field(reading, COLUMN_NAME)[0] == '\0')
		complain(reading, "the name is missing");
	if (!is_word(field(reading, COLUMN_KIND)))
		complain(reading,
		    "kind is '%s' but must be a word such as legal or shelter",
		    field(reading, COLUMN_KIND));
	if (!is_word(field(reading, COLUMN_NEED)))
		complain(reading,
		    "need is '%s' but must be a word such as legal or health",
		    field(reading, COLUMN_NEED));
	if (strcmp(show, "yes") != 0 && strcmp(show, "no") != 0)
		complain(reading, "show is '%s' but must be yes or no", show);
	if (strcmp(show, "yes") == 0 && field(reading, COLUMN_HOW)[0] == '\0')
		complain(
		    reading, "it is shown, but how to reach it is missing");
	check_shelter(reading);
}

/* "Kathmandu|Lalitpur": the first is shown, all are found. */
static void
read_places(struct service *service, const char *places)
{
	size_t length = strcspn(places, "|");

	service->place = strndup(places, length);
	if (service->place == NULL)
		abort();
	while (*places != '\0') {
		char *one;

		length = strcspn(places, "|");
		one = strndup(places, length);
		if (one == NULL)
			abort();
		service->places =
		    memory_grow(service->places, service->place_count,
			service->place_count + 1, sizeof(*service->places));
		sound_name_of(one, &service->places[service->place_count++]);
		free(one);
		places += length + (places[length] == '|');
	}
}

static void
add_service(struct reading *reading, struct directory *directory)
{
	struct service *service;

	if (reading->csv.wrong != NULL) {
		complain(reading, "%s", reading->csv.wrong);
		return;
	}
	if (reading->csv.count != reading->columns) {
		complain(reading,
		    "this row has %zu fields but the header %zu; put fields"
		    " with a comma into quotation marks",
		    reading->csv.count, reading->columns);
		return;
	}
	check_row(reading);
	directory->list = memory_grow(directory->list, directory->count,
	    directory->count + 1, sizeof(*directory->list));
	service = &directory->list[directory->count++];
	service->name = memory_copy(field(reading, COLUMN_NAME));
	service->kind = memory_copy(field(reading, COLUMN_KIND));
	read_places(service, field(reading, COLUMN_PLACE));
	service->need = memory_copy(field(reading, COLUMN_NEED));
	service->hours = memory_copy(field(reading, COLUMN_HOURS));
	service->languages = memory_copy(field(reading, COLUMN_LANGUAGES));
	service->cost = memory_copy(field(reading, COLUMN_COST));
	service->how = memory_copy(field(reading, COLUMN_HOW));
	service->address = memory_copy(field(reading, COLUMN_ADDRESS));
	service->is_shown = strcmp(field(reading, COLUMN_SHOW), "yes") == 0;
	service->line = reading->csv.line;
	service->checked_utc_s = read_date(reading, COLUMN_CHECKED_ON);
	service->expires_utc_s = read_date(reading, COLUMN_EXPIRES_ON);
	if (service->checked_utc_s > 0)
		snprintf(service->checked_on, sizeof(service->checked_on), "%s",
		    field(reading, COLUMN_CHECKED_ON));
}

static void
read_all(struct reading *reading, struct directory *directory)
{
	read_header(reading);
	/* Without its columns nothing can be said of a row. */
	if (reading->complaints > 0)
		return;
	while (csv_next(&reading->csv))
		add_service(reading, directory);
}

enum outcome
directory_load(const char *path, struct directory **directory_r)
{
	struct reading reading = { .path = path };
	struct directory *directory = memory_new(1, sizeof(*directory));
	struct text content = { 0 };
	enum outcome outcome = file_read(path, DIRECTORY_MAX_BYTES, &content);

	directory->file = memory_copy(path);
	if (outcome == DONE && strlen(text_string(&content)) < content.length) {
		log_err(
		    "%s:1: there is a NUL in the file; save it as UTF-8", path);
		outcome = REFUSED;
	}
	if (outcome == DONE) {
		csv_open(&reading.csv, text_string(&content));
		read_all(&reading, directory);
		csv_close(&reading.csv);
		if (reading.complaints > 0)
			outcome = REFUSED;
	}
	text_free(&content);
	if (outcome != DONE) {
		directory_free(directory);
		return (outcome);
	}
	*directory_r = directory;
	return (DONE);
}

void
directory_free(struct directory *directory)
{
	if (directory == NULL)
		return;
	for (size_t i = 0; i < directory->count; i++) {
		struct service *service = &directory->list[i];

		free(service->name);
		free(service->kind);
		free(service->place);
		free(service->places);
		free(service->need);
		free(service->hours);
		free(service->languages);
		free(service->cost);
		free(service->how);
		free(service->address);
	}
	free(directory->list);
	free(directory->file);
	free(directory);
}

/* -- finding ---------------------------------------------------------------- */

int
service_may_be_told(const struct service *service, int64_t now_utc_s)
{
	return (service->is_shown && service->checked_utc_s > 0 &&
	    service->expires_utc_s > 0 && service->checked_utc_s <= now_utc_s &&
	    now_utc_s < service->expires_utc_s);
}

/* How like a place is to some words among those written: "I am in
 * Kathmandu". */
static double
likeness_within(
    const struct sound_name *written, const struct sound_name *place)
{
	double best = 0;

	if (place->count == 0)
		return (0);
	for (size_t i = 0; i + place->count <= written->count; i++) {
		double sum = 0;

		for (size_t k = 0; k < place->count; k++)
			sum += sound_likeness(
			    &written->words[i + k], &place->words[k]);
		if (sum / (double)place->count > best)
			best = sum / (double)place->count;
	}
	return (best);
}

static double
likeness_of(const struct service *service, const struct sound_name *written)
{
	double best = 0;

	for (size_t i = 0; i < service->place_count; i++) {
		double one = likeness_within(written, &service->places[i]);

		if (one > best)
			best = one;
	}
	return (best);
}

/* What is of everywhere comes behind every place that fits. */
static double
rank_of(const struct service *service, const struct sound_name *written)
{
	double likeness = likeness_of(service, written);

	if (service->place_count == 0)
		return (PLACE_LIKE / 2);
	return (likeness >= PLACE_LIKE ? likeness : 0);
}

size_t
directory_find(const struct directory *directory, const char *place,
    const char *need, int64_t now_utc_s,
    const struct service *found_r[DIRECTORY_MOST])
{
	double ranks[DIRECTORY_MOST + 1] = { 0 };
	const struct service *found[DIRECTORY_MOST + 1];
	struct sound_name written;
	size_t count = 0;

	sound_name_of(place, &written);
	for (size_t i = 0; directory != NULL && i < directory->count; i++) {
		const struct service *service = &directory->list[i];
		double rank = rank_of(service, &written);
		size_t at = count;

		if (rank <= 0 || !service_may_be_told(service, now_utc_s) ||
		    (need != NULL && strcmp(service->need, need) != 0))
			continue;
		for (; at > 0 && ranks[at - 1] < rank; at--) {
			ranks[at] = ranks[at - 1];
			found[at] = found[at - 1];
		}
		ranks[at] = rank;
		found[at] = service;
		count += count < DIRECTORY_MOST;
	}
	memcpy(found_r, found, count * sizeof(found[0]));
	return (count);
}
