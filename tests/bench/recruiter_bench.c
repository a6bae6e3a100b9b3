/* How well and how fast a misspelt recruiter is found.
 *
 *     recruiter_bench [NAMES] [QUERIES]
 *
 * Names are made from syllables and from the words such companies have.  Each
 * query is one of them, misspelt as METHOD says.  It is found when it is among
 * the first three.  Exits 1 when fewer than 95 of 100 are found, or when one
 * search takes a millisecond or more (not measured in a sanitized build).
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gateway/base/memory.h"
#include "gateway/base/text.h"
#include "menus/lookup.h"

static const char method[] =
    "Misspelling: 1 to 3 changes a name, each at a random place: a letter left"
    " out,\nadded, doubled, swapped with the next, or replaced (any letter);"
    " a sound written\nin another way (v/b/w, ph/f, z/j, sh/s, ee/i, oo/u,"
    " aa/a, kh/k, c/k, th/t ...);\ntwo words written as one; one word in"
    " two.  In 30 of 100 the last word of the\nname (Overseas, Pvt Ltd ...)"
    " is left out, in 10 of 100 the words are shuffled.\n";

enum { NAME_ROOM = 120, WORDS_MOST = 8 };

static uint64_t state = 88172645463325252ULL;

static unsigned
dice(unsigned sides)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return ((unsigned)(state >> 33) % sides);
}

#define ONE_OF(table) ((table)[dice((unsigned)COUNT_OF(table))])

/* -- names ------------------------------------------------------------------ */

static void
add_syllables(struct text *name)
{
	static const char *const starts[] = { "sa", "ra", "bi", "na", "ka",
		"lu", "ma", "di", "pra", "shi", "ha", "go", "an", "ti", "su",
		"ba", "ja", "de", "al", "mo", "che", "pu", "ya", "gha", "khu",
		"vi", "ro", "ni", "tra", "bha", "zi", "fa", "o", "e", "gu" };
	static const char *const middles[] = { "ra", "ni", "ta", "mi", "ga",
		"sha", "lo", "ma", "dhi", "ka", "ri", "vi", "na", "ndra", "li",
		"bu", "she", "pa", "jo", "th", "ha", "ya", "ro", "ksh", "du" };
	static const char *const ends[] = { "na", "l", "sh", "r", "m", "ni",
		"ta", "n", "j", "d", "ka", "rya", "ti", "s", "vi", "gar", "pur",
		"nd", "t", "ya", "wa", "k", "lo", "ri", "zan" };
	size_t from = name->length;

	text_add(name, ONE_OF(starts));
	for (unsigned i = dice(3); i > 0; i--)
		text_add(name, ONE_OF(middles));
	text_add(name, ONE_OF(ends));
	name->bytes[from] = (char)(name->bytes[from] - 'a' + 'A');
}

static char *
make_name(void)
{
	static const char *const trades[] = { "Overseas", "Manpower",
		"International", "Services", "Recruitment", "Employment",
		"Human Resources", "Consultancy", "Placement", "Travels",
		"Global", "Job Links", "Nepal", "Gulf", "Enterprises" };
	static const char *const forms[] = { "Pvt. Ltd.", "Pvt. Ltd.", "Ltd",
		"Private Limited", "Company", "" };
	struct text name = { 0 };

	add_syllables(&name);
	if (dice(100) < 40) {
		text_add_byte(&name, ' ');
		add_syllables(&name);
	}
	for (unsigned i = 1 + dice(2); i > 0; i--)
		text_printf(&name, " %s", ONE_OF(trades));
	text_printf(&name, " %s", ONE_OF(forms));
	return (text_take(&name));
}

static int
is_there(char **names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return (1);
	return (0);
}

static char **
make_names(size_t count)
{
	char **names = memory_new(count, sizeof(*names));

	for (size_t i = 0; i < count; i++) {
		names[i] = make_name();
		while (is_there(names, i, names[i])) {
			free(names[i]);
			names[i] = make_name();
		}
	}
	return (names);
}

/* -- misspelling ------------------------------------------------------------ */

static void
splice(char *name, size_t at, size_t length, const char *in)
{
	char rest[NAME_ROOM];

	snprintf(rest, sizeof(rest), "%s", name + at + length);
	snprintf(name + at, NAME_ROOM - at, "%s%s", in, rest);
}

/* A sound written in another way, at a random one of the places there are. */
static int
respell(char *name)
{
	static const char *const pairs[][2] = { { "v", "b" }, { "b", "v" },
		{ "w", "v" }, { "v", "w" }, { "ph", "f" }, { "f", "ph" },
		{ "z", "j" }, { "j", "z" }, { "sh", "s" }, { "s", "sh" },
		{ "i", "ee" }, { "u", "oo" }, { "a", "aa" }, { "aa", "a" },
		{ "kh", "k" }, { "k", "c" }, { "c", "k" }, { "th", "t" },
		{ "t", "th" }, { "dh", "d" }, { "d", "dh" }, { "o", "u" },
		{ "u", "o" }, { "e", "i" }, { "i", "e" }, { "y", "i" },
		{ "gh", "g" }, { "bh", "b" }, { "ks", "x" } };

	for (int tries = 0; tries < 40; tries++) {
		size_t pair = dice(COUNT_OF(pairs));
		size_t from = dice((unsigned)strlen(name));
		const char *found = strstr(name + from, pairs[pair][0]);

		if (found == NULL)
			continue;
		splice(name, (size_t)(found - name), strlen(pairs[pair][0]),
		    pairs[pair][1]);
		return (1);
	}
	return (0);
}

static void
change(char *name)
{
	size_t length = strlen(name);
	size_t at = dice((unsigned)length - 1);
	char one[3] = { (char)('a' + (int)dice(26)), '\0', '\0' };
	char *blank = strchr(name + at, ' ');

	switch (dice(9)) {
	case 0:
		splice(name, at, 1, "");
		return;
	case 1:
		splice(name, at, 0, one);
		return;
	case 2:
		one[0] = one[1] = name[at];
		splice(name, at, 1, one);
		return;
	case 3:
		one[0] = name[at + 1];
		one[1] = name[at];
		splice(name, at, 2, one);
		return;
	case 4:
		splice(name, at, 1, one);
		return;
	case 5:
		if (blank != NULL)
			splice(name, (size_t)(blank - name), 1, "");
		else
			splice(name, at, 0, " ");
		return;
	default:
		if (!respell(name))
			splice(name, at, 1, one);
		return;
	}
}

static void
shuffle(char *name)
{
	char *words[WORDS_MOST];
	char *rest = name;
	char copy[NAME_ROOM];
	size_t count = 0;
	size_t length = 0;

	snprintf(copy, sizeof(copy), "%s", name);
	rest = copy;
	while (rest != NULL && count < WORDS_MOST)
		words[count++] = strsep(&rest, " ");
	for (size_t i = count; i > 1; i--) {
		size_t other = dice((unsigned)i);
		char *spare = words[i - 1];

		words[i - 1] = words[other];
		words[other] = spare;
	}
	for (size_t i = 0; i < count; i++)
		length += (size_t)snprintf(name + length, NAME_ROOM - length,
		    "%s%s", i > 0 ? " " : "", words[i]);
}

static void
misspell(const char *name, char written[NAME_ROOM])
{
	char *last;

	snprintf(written, NAME_ROOM / 2, "%s", name);
	last = strrchr(written, ' ');
	if (dice(100) < 30 && last != NULL && last > written + 5)
		*last = '\0';
	if (dice(100) < 10)
		shuffle(written);
	for (unsigned i = 1 + dice(3); i > 0; i--)
		change(written);
}

/* -- measuring -------------------------------------------------------------- */

static double
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return ((double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6);
}

struct outcome_of_all {
	size_t found;
	size_t first;
	double total_ms;
	double worst_ms;
};

static void
search(const struct lookup_index *index, char **names, size_t count,
    int says_missed, struct outcome_of_all *all)
{
	const char *name = names[dice((unsigned)count)];
	char written[NAME_ROOM];
	struct lookup_result result;
	double began_ms, took_ms;
	size_t place = 0;

	misspell(name, written);
	began_ms = now_ms();
	lookup_find(index, "NP", written, &result);
	took_ms = now_ms() - began_ms;
	all->total_ms += took_ms;
	if (took_ms > all->worst_ms)
		all->worst_ms = took_ms;
	while (place < result.count &&
	    strcmp(result.found[place]->name, name) != 0)
		place++;
	all->found += place < result.count;
	all->first += place == 0 && result.count > 0;
	if (place == result.count && says_missed)
		printf("missed: '%s' written as '%s'\n", name, written);
}

int
main(int argc, char **argv)
{
	int64_t count = 5000, queries = 5000;
	struct outcome_of_all all = { 0 };
	struct lookup_index *index = lookup_new();
	int says_missed = getenv("SAY_MISSED") != NULL;
	double began_ms, recall, mean_ms;
	char **names;

	if ((argc > 1 && !text_read_integer(argv[1], 1, 1000000, &count)) ||
	    (argc > 2 && !text_read_integer(argv[2], 1, 1000000, &queries))) {
		fputs("usage: recruiter_bench [NAMES] [QUERIES]\n", stderr);
		return (2);
	}
	names = make_names((size_t)count);
	fputs(method, stdout);
	began_ms = now_ms();
	lookup_begin(index, "NP", "Bench", 0);
	for (int64_t i = 0; i < count; i++)
		lookup_add(index,
		    &(struct lookup_record){ .name = names[i],
			.other_names = "",
			.licences = "",
			.place = "" });
	lookup_finish(index);
	printf("%lld names indexed in %.1f ms\n", (long long)count,
	    now_ms() - began_ms);
	for (int64_t i = 0; i < queries; i++)
		search(index, names, (size_t)count, says_missed, &all);
	recall = (double)all.found / (double)queries;
	mean_ms = all.total_ms / (double)queries;
	printf(
	    "recall@3 %.4f, recall@1 %.4f; %.3f ms of the processor a search, %.3f ms the"
	    " slowest\n",
	    recall, (double)all.first / (double)queries, mean_ms, all.worst_ms);
	lookup_free(index);
	for (int64_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
#ifdef SANITIZED
	mean_ms = 0;
#endif
	return (recall > 0.95 && mean_ms < 1 ? 0 : 1);
}
