#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/base/memory.h"
#include "menus/lookup_parts.h"

enum {
	GRAM_SIGNS = 32, /* letters, some digits, and the edge of a word */
	NAME_GRAMS_MOST = 300,
	CHOSEN_MOST = 48, /* laid side by side with what was written */
};

/* Below this a name is not what was meant. */
static const double LIKE_LEAST = 0.56;
/* From here on it is that name. */
static const double LIKE_SURE = 0.985;
/* What a written word weighs that no word of the name is like. */
static const double WEIGHT_UNKNOWN = 0.6;
/* What it weighs when it is a bit of one, or like what many names have. */
static const double WEIGHT_EMPTY = 0.1;
static const double EMPTY_LIKE = 0.6;
static const double WEIGHT_COMMON = 0.5;
static const double WEIGHT_LEAST = 0.05;
/* Where words fit better than this, they are not tried as joined or cut. */
static const double JOIN_BELOW = 0.8;
/* Words less alike than this have nothing to do with each other. */
static const double WORD_LEAST = 0.5;

/* -- trigrams --------------------------------------------------------------- */

struct grams {
	uint16_t list[NAME_GRAMS_MOST];
	size_t count;
};

/* Letters easily taken for each other are one sign, so that they do not hide a
 * name; laid side by side they differ again. */
static unsigned
sign_of(char letter)
{
	static const char classes[] = "abstibkhiskrnnubkrstubbkis";

	if (letter >= 'a' && letter <= 'z')
		return ((unsigned)(classes[letter - 'a'] - 'a') + 1);
	return (27 + (unsigned)(letter - '0') % 5);
}

static void
add_gram(struct grams *grams, const unsigned *signs)
{
	if (grams->count < NAME_GRAMS_MOST)
		grams->list[grams->count++] =
		    (uint16_t)((signs[0] * GRAM_SIGNS + signs[1]) * GRAM_SIGNS +
			signs[2]);
}

static int
compare_grams(const void *a, const void *b)
{
	return ((int)*(const uint16_t *)a - (int)*(const uint16_t *)b);
}

static void
sort_once(struct grams *grams)
{
	size_t kept = 0;

	qsort(grams->list, grams->count, sizeof(grams->list[0]), compare_grams);
	for (size_t i = 0; i < grams->count; i++)
		if (i == 0 || grams->list[i] != grams->list[i - 1])
			grams->list[kept++] = grams->list[i];
	grams->count = kept;
}

/* Of each word with its edges, and across words that may be written as one. */
static void
make_grams(
    const struct sound_word *const *words, size_t count, struct grams *grams_r)
{
	unsigned across[3] = { 0 };
	size_t all = 0;

	grams_r->count = 0;
	for (size_t i = 0; i < count; i++) {
		unsigned signs[3] = { 0 };

		for (size_t k = 0; k <= words[i]->length; k++) {
			signs[0] = signs[1];
			signs[1] = signs[2];
			signs[2] = k < words[i]->length
			    ? sign_of(words[i]->key[k])
			    : 0;
			if (k > 0 || words[i]->length == 1)
				add_gram(grams_r, signs);
			if (k == words[i]->length)
				continue;
			across[0] = across[1];
			across[1] = across[2];
			across[2] = signs[2];
			if (++all >= 3)
				add_gram(grams_r, across);
		}
	}
	sort_once(grams_r);
}

static void
grams_of_name(const struct lookup_list *list, const struct lookup_name *name,
    struct grams *grams_r)
{
	const struct sound_word *words[SOUND_WORDS_MOST];

	for (size_t i = 0; i < name->word_count; i++)
		words[i] = &list->words[name->first_word + i].sound;
	make_grams(words, name->word_count, grams_r);
}

/* -- building --------------------------------------------------------------- */

void
lookup_add_name(struct lookup_list *list, const char *utf8, size_t entry)
{
	struct sound_name sounds;
	struct lookup_name *name;

	sound_name_of(utf8, &sounds);
	if (sounds.count == 0)
		return;
	list->names = lookup_room(list->names, list->name_count,
	    &list->name_room, sizeof(*list->names));
	name = &list->names[list->name_count++];
	*name = (struct lookup_name){
		.entry = entry,
		.first_word = list->word_count,
		.word_count = sounds.count,
	};
	for (size_t i = 0; i < sounds.count; i++) {
		list->words = lookup_room(list->words, list->word_count,
		    &list->word_room, sizeof(*list->words));
		list->words[list->word_count++].sound = sounds.words[i];
	}
}

/* How much something tells that `having` of `all` names have. */
static float
weight_of(size_t having, size_t all)
{
	double weight =
	    log((double)(all + 1) / (double)having) / log((double)(all + 1));

	return ((float)(weight > WEIGHT_LEAST ? weight : WEIGHT_LEAST));
}

static int
compare_words(const void *a, const void *b)
{
	const struct lookup_word *const *one = a;
	const struct lookup_word *const *other = b;

	return (strcmp((*one)->sound.key, (*other)->sound.key));
}

static void
weigh_words(struct lookup_list *list)
{
	struct lookup_word **sorted =
	    memory_new(list->word_count + 1, sizeof(struct lookup_word *));
	size_t end;

	for (size_t i = 0; i < list->word_count; i++)
		sorted[i] = &list->words[i];
	qsort(sorted, list->word_count, sizeof(struct lookup_word *),
	    compare_words);
	for (size_t i = 0; i < list->word_count; i = end) {
		float weight;

		end = i + 1;
		while (end < list->word_count &&
		    strcmp(sorted[end]->sound.key, sorted[i]->sound.key) == 0)
			end++;
		weight = weight_of(end - i, list->name_count + end - i);
		for (size_t k = i; k < end; k++)
			sorted[k]->weight = weight;
		if (weight < WEIGHT_COMMON &&
		    list->common_count < LOOKUP_COMMON_MOST)
			list->common[list->common_count++] = sorted[i]->sound;
	}
	free(sorted);
}

/* A trigram's part of gram_names begins where the one before it ends. */
static void
fill_grams(struct lookup_list *list, size_t total)
{
	struct grams grams;
	size_t start = 0;

	list->gram_names = memory_new(total + 1, sizeof(*list->gram_names));
	for (size_t i = 0; i < LOOKUP_GRAMS; i++) {
		size_t count = list->gram_ends[i];

		if (count > 0)
			list->gram_weights[i] =
			    weight_of(count, list->name_count);
		list->gram_ends[i] = start;
		start += count;
	}
	for (size_t i = 0; i < list->name_count; i++) {
		struct lookup_name *name = &list->names[i];

		grams_of_name(list, name, &grams);
		for (size_t k = 0; k < grams.count; k++) {
			uint16_t gram = grams.list[k];

			list->gram_names[list->gram_ends[gram]++] = (uint32_t)i;
			name->gram_weight += list->gram_weights[gram];
		}
	}
}

void
lookup_finish_names(struct lookup_list *list)
{
	struct grams grams;
	size_t total = 0;

	weigh_words(list);
	list->gram_ends = memory_new(LOOKUP_GRAMS, sizeof(*list->gram_ends));
	list->gram_weights =
	    memory_new(LOOKUP_GRAMS, sizeof(*list->gram_weights));
	for (size_t i = 0; i < list->name_count; i++) {
		grams_of_name(list, &list->names[i], &grams);
		for (size_t k = 0; k < grams.count; k++)
			list->gram_ends[grams.list[k]]++;
		total += grams.count;
	}
	fill_grams(list, total);
}

/* -- choosing by trigrams --------------------------------------------------- */

struct chosen {
	size_t name[CHOSEN_MOST];
	float score[CHOSEN_MOST];
	size_t count;
};

/* The best stay, in order. */
static void
choose(struct chosen *chosen, size_t name, float score)
{
	size_t place = chosen->count;

	if (place == CHOSEN_MOST && score <= chosen->score[place - 1])
		return;
	if (place == CHOSEN_MOST)
		place--;
	else
		chosen->count++;
	for (; place > 0 && chosen->score[place - 1] < score; place--) {
		chosen->name[place] = chosen->name[place - 1];
		chosen->score[place] = chosen->score[place - 1];
	}
	chosen->name[place] = name;
	chosen->score[place] = score;
}

static void
choose_names(const struct lookup_list *list, const struct grams *grams,
    struct chosen *chosen_r)
{
	/* A longer name shares more by chance. */
	static const float LENGTH_SHARE = 0.1F;
	float *shared = memory_new(list->name_count, sizeof(*shared));
	float wanted = 0;

	for (size_t i = 0; i < grams->count; i++) {
		uint16_t gram = grams->list[i];
		float weight = list->gram_weights[gram];
		size_t start = gram == 0 ? 0 : list->gram_ends[gram - 1];

		wanted += weight > 0 ? weight : 1;
		for (size_t k = start; k < list->gram_ends[gram]; k++)
			shared[list->gram_names[k]] += weight;
	}
	chosen_r->count = 0;
	for (size_t i = 0; i < list->name_count; i++)
		if (shared[i] > 0)
			choose(chosen_r, i,
			    shared[i] /
				(wanted +
				    LENGTH_SHARE * list->names[i].gram_weight));
	free(shared);
}

/* -- word by word ----------------------------------------------------------- */

/* What was written beside a name. */
struct pairing {
	const struct sound_name *wanted;
	const struct lookup_word *words;
	size_t count;
	double found[SOUND_WORDS_MOST]; /* best likeness of each written */
	double weight[SOUND_WORDS_MOST];
	double covered[SOUND_WORDS_MOST]; /* best of each of the name */
	const double *unknown; /* weights of what is like no word of it */
};

static void
note(struct pairing *pairing, size_t wanted, size_t word, double likeness)
{
	if (likeness < WORD_LEAST)
		return;
	if (likeness > pairing->found[wanted]) {
		pairing->found[wanted] = likeness;
		pairing->weight[wanted] = pairing->words[word].weight;
	}
	if (likeness > pairing->covered[word])
		pairing->covered[word] = likeness;
}

/* 1 when the words are about as long, so that joining them is worth a look. */
static int
may_be(size_t length, size_t other)
{
	enum { APART_MOST = 3 };

	return (length <= other + APART_MOST && other <= length + APART_MOST);
}

/* Two written words that are one of the name, or the other way about. */
static void
pair_joined(struct pairing *pairing, size_t i, size_t k)
{
	const struct sound_word *written = &pairing->wanted->words[i];
	const struct sound_word *word = &pairing->words[k].sound;
	const struct sound_word *next;
	struct sound_word both;
	double likeness;

	if (i + 1 < pairing->wanted->count &&
	    may_be((size_t)written->length + written[1].length, word->length)) {
		both = sound_joined(written, written + 1);
		likeness = sound_likeness(&both, word);
		note(pairing, i, k, likeness);
		note(pairing, i + 1, k, likeness);
	}
	if (k + 1 == pairing->count)
		return;
	next = &pairing->words[k + 1].sound;
	if (!may_be((size_t)word->length + next->length, written->length))
		return;
	both = sound_joined(word, next);
	likeness = sound_likeness(written, &both);
	note(pairing, i, k + 1, likeness);
	note(pairing, i, k, likeness);
}

static double
judge(const struct pairing *pairing)
{
	/* People leave words out, so what was written counts most. */
	static const double COVER_SHARE = 0.35;
	double all = 0, good = 0, name_all = 0, name_good = 0;

	for (size_t i = 0; i < pairing->wanted->count; i++) {
		double weight = pairing->found[i] > 0 ? pairing->weight[i]
						      : pairing->unknown[i];

		all += weight;
		good += weight * pairing->found[i];
	}
	for (size_t k = 0; k < pairing->count; k++) {
		name_all += pairing->words[k].weight;
		name_good += pairing->words[k].weight * pairing->covered[k];
	}
	return (good / all *
	    (1 - COVER_SHARE + COVER_SHARE * name_good / name_all));
}

/* All of it written as one word, or cut at other places. */
static double
likeness_whole(const struct pairing *pairing)
{
	/* Less sure than words that fit each other. */
	static const double WHOLE_SHARE = 0.95;
	struct sound_word written = pairing->wanted->words[0];
	struct sound_word name = pairing->words[0].sound;

	for (size_t i = 1; i < pairing->wanted->count; i++)
		written = sound_joined(&written, &pairing->wanted->words[i]);
	for (size_t k = 1; k < pairing->count; k++)
		name = sound_joined(&name, &pairing->words[k].sound);
	return (WHOLE_SHARE * sound_likeness(&written, &name));
}

/* What was written, and what each of its words weighs where it fits none. */
struct wish {
	struct sound_name name;
	double unknown[SOUND_WORDS_MOST];
};

static double
likeness_of(const struct wish *wish, const struct lookup_list *list,
    const struct lookup_name *name)
{
	struct pairing pairing = {
		.wanted = &wish->name,
		.words = &list->words[name->first_word],
		.count = name->word_count,
		.unknown = wish->unknown,
	};
	size_t count = wish->name.count;
	double words, whole;

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < name->word_count; k++)
			note(&pairing, i, k,
			    sound_likeness(
				&wish->name.words[i], &pairing.words[k].sound));
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < name->word_count; k++)
			if (pairing.found[i] < JOIN_BELOW)
				pair_joined(&pairing, i, k);
	words = judge(&pairing);
	if (words >= JOIN_BELOW)
		return (words);
	whole = likeness_whole(&pairing);
	return (whole > words ? whole : words);
}

static double
weight_unknown(const struct lookup_list *list, const struct sound_word *word)
{
	enum { BIT_LENGTH = 2 };

	if (word->length <= BIT_LENGTH ||
	    sound_is_like_empty_word(word, EMPTY_LIKE))
		return (WEIGHT_EMPTY);
	for (size_t i = 0; i < list->common_count; i++)
		if (sound_likeness(word, &list->common[i]) >= EMPTY_LIKE)
			return (WEIGHT_EMPTY);
	return (WEIGHT_UNKNOWN);
}

static void
make_wish(const struct lookup_list *list, const char *text, struct wish *wish_r)
{
	sound_name_of(text, &wish_r->name);
	for (size_t i = 0; i < wish_r->name.count; i++)
		wish_r->unknown[i] =
		    weight_unknown(list, &wish_r->name.words[i]);
}

/* -- the best three --------------------------------------------------------- */

struct best {
	size_t entry[LOOKUP_MOST + 1];
	double score[LOOKUP_MOST + 1];
	size_t count;
};

/* An agency with several names counts once, by its best. */
static void
keep_best(struct best *best, size_t entry, double score)
{
	size_t place = 0;

	while (place < best->count && best->entry[place] != entry)
		place++;
	if (place < best->count && best->score[place] >= score)
		return;
	if (place == LOOKUP_MOST + 1) {
		place--;
		if (best->score[place] >= score)
			return;
	} else if (place == best->count) {
		best->count++;
	}
	for (; place > 0 && best->score[place - 1] < score; place--) {
		best->entry[place] = best->entry[place - 1];
		best->score[place] = best->score[place - 1];
	}
	best->entry[place] = entry;
	best->score[place] = score;
}

void
lookup_find_name(const struct lookup_list *list, const char *text,
    struct lookup_result *result)
{
	const struct sound_word *words[SOUND_WORDS_MOST];
	struct wish wish;
	struct grams grams;
	struct chosen chosen;
	struct best best = { 0 };

	make_wish(list, text, &wish);
	if (wish.name.count == 0 || list->name_count == 0)
		return;
	for (size_t i = 0; i < wish.name.count; i++)
		words[i] = &wish.name.words[i];
	make_grams(words, wish.name.count, &grams);
	choose_names(list, &grams, &chosen);
	for (size_t i = 0; i < chosen.count; i++) {
		const struct lookup_name *name = &list->names[chosen.name[i]];
		double score = likeness_of(&wish, list, name);

		if (score >= LIKE_LEAST)
			keep_best(&best, name->entry, score);
	}
	for (size_t i = 0; i < best.count && i < LOOKUP_MOST; i++)
		result->found[result->count++] = &list->entries[best.entry[i]];
	result->is_sure = best.count > 0 && best.score[0] >= LIKE_SURE &&
	    (best.count == 1 || best.score[1] < LIKE_SURE);
}
