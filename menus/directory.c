#include "menus/directory.h"

#include <string.h>

#include "gateway/base/memory.h"
#include "gateway/text/utf8.h"
#include "menus/csv_table.h"

enum { FIELD_MAX_BYTES = 200 };

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

/* Nothing that could be an address: a phone number, or nothing. */
static int
is_phone_number(const char *words)
{
	return (words[strspn(words, "+0123456789 -()/")] == '\0');
}

/* Somebody may look over a caller's shoulder for exactly this. */
static void
check_shelter(struct csv_table *table)
{
	if (strcmp(csv_table_field(table, COLUMN_KIND), "shelter") != 0)
		return;
	if (csv_table_field(table, COLUMN_ADDRESS)[0] != '\0')
		csv_table_complain(table,
		    "a shelter's address is never kept here: take it out, who"
		    " looks for them must not find them");
	if (!is_phone_number(csv_table_field(table, COLUMN_HOW)))
		csv_table_complain(table,
		    "how to reach a shelter may be a phone number and nothing"
		    " else");
	if (strpbrk(csv_table_field(table, COLUMN_PLACE), "0123456789") != NULL)
		csv_table_complain(table,
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
check_fields(struct csv_table *table)
{
	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		const char *words = csv_table_field(table, (enum column)i);

		if (!utf8_is_clean(words, strlen(words)))
			csv_table_complain(table,
			    "%s is not clean UTF-8; save the file as UTF-8",
			    column_names[i]);
		else if (strpbrk(words, "\n{}") != NULL)
			csv_table_complain(table,
			    "%s must be one line without { }", column_names[i]);
		if (strlen(words) > FIELD_MAX_BYTES)
			csv_table_complain(table,
			    "%s has %zu bytes; %d is the most an answer by SMS"
			    " has room for",
			    column_names[i], strlen(words), FIELD_MAX_BYTES);
	}
}

static void
check_row(struct csv_table *table)
{
	const char *show = csv_table_field(table, COLUMN_SHOW);

	check_fields(table);
	if (csv_table_field(table, COLUMN_NAME)[0] == '\0')
		csv_table_complain(table, "the name is missing");
	if (!is_word(csv_table_field(table, COLUMN_KIND)))
		csv_table_complain(table,
		    "kind is '%s' but must be a word such as legal or shelter",
		    csv_table_field(table, COLUMN_KIND));
	if (!is_word(csv_table_field(table, COLUMN_NEED)))
		csv_table_complain(table,
		    "need is '%s' but must be a word such as legal or health",
		    csv_table_field(table, COLUMN_NEED));
	if (strcmp(show, "yes") == 0 &&
	    csv_table_field(table, COLUMN_HOW)[0] == '\0')
		csv_table_complain(
		    table, "it is shown, but how to reach it is missing");
	check_shelter(table);
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
add_service(struct csv_table *table, struct directory *directory)
{
	struct service *service;

	check_row(table);
	directory->list = memory_grow(directory->list, directory->count,
	    directory->count + 1, sizeof(*directory->list));
	service = &directory->list[directory->count++];
	service->name = memory_copy(csv_table_field(table, COLUMN_NAME));
	service->kind = memory_copy(csv_table_field(table, COLUMN_KIND));
	read_places(service, csv_table_field(table, COLUMN_PLACE));
	service->need = memory_copy(csv_table_field(table, COLUMN_NEED));
	service->hours = memory_copy(csv_table_field(table, COLUMN_HOURS));
	service->languages =
	    memory_copy(csv_table_field(table, COLUMN_LANGUAGES));
	service->cost = memory_copy(csv_table_field(table, COLUMN_COST));
	service->how = memory_copy(csv_table_field(table, COLUMN_HOW));
	service->address = memory_copy(csv_table_field(table, COLUMN_ADDRESS));
	service->is_shown = csv_table_yes(table, COLUMN_SHOW);
	service->line = csv_table_line(table);
	service->checked_utc_s = csv_table_date(table, COLUMN_CHECKED_ON);
	service->expires_utc_s = csv_table_date(table, COLUMN_EXPIRES_ON);
	if (service->checked_utc_s > 0)
		snprintf(service->checked_on, sizeof(service->checked_on), "%s",
		    csv_table_field(table, COLUMN_CHECKED_ON));
}

enum outcome
directory_load(const char *path, struct directory **directory_r)
{
	struct csv_table table = {
		.path = path,
		.names = column_names,
		.name_count = COLUMN_COUNT,
	};
	struct directory *directory = memory_new(1, sizeof(*directory));
	enum outcome outcome = csv_table_open(&table);

	directory->file = memory_copy(path);
	while (outcome == DONE && csv_table_next(&table))
		add_service(&table, directory);
	csv_table_close(&table);
	if (outcome == DONE && table.complaints > 0)
		outcome = REFUSED;
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

static int
serves(const struct service *service, const char *need, int64_t now_utc_s)
{
	return (service_may_be_told(service, now_utc_s) &&
	    (need == NULL || strcmp(service->need, need) == 0));
}

int
directory_knows(
    const struct directory *directory, const char *need, int64_t now_utc_s)
{
	for (size_t i = 0; directory != NULL && i < directory->count; i++) {
		if (serves(&directory->list[i], need, now_utc_s))
			return (1);
	}
	return (0);
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

		if (rank <= 0 || !serves(service, need, now_utc_s))
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
