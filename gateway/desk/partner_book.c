#include "gateway/desk/partner_book.h"

#include <assert.h>

#include "gateway/base/marked_words.h"
#include "gateway/text/utf8.h"
#include "store/audit.h"

static int
is_lead(const struct staff *staff)
{
	return (cases_may_see(staff) && strcmp(staff->role, "lead") == 0);
}

/* Into a field of a partner; PARTNER_FINE, also when nothing is wished. */
static enum partner_reason
put_field(char *field, size_t size, const char *wish)
{
	struct text clean = { 0 };
	enum partner_reason why = PARTNER_FINE;

	if (wish == NULL)
		return (PARTNER_FINE);
	utf8_add_clean(&clean, wish, strlen(wish));
	if (strcmp(text_string(&clean), wish) != 0 ||
	    strchr(wish, '\n') != NULL)
		why = PARTNER_NOT_TEXT;
	else if (clean.length >= size)
		why = PARTNER_TOO_LONG;
	else
		memcpy(field, text_string(&clean), clean.length + 1);
	text_free(&clean);
	return (why);
}

static enum partner_reason
put_key(struct partner *partner, const char *wish)
{
	if (wish == NULL)
		return (PARTNER_FINE);
	partner->has_key = wish[0] != '\0';
	if (partner->has_key &&
	    sealed_file_read_public(wish, &partner->key) != DONE)
		return (PARTNER_BAD_KEY);
	return (PARTNER_FINE);
}

static enum partner_reason
fill(struct partner *partner, const struct partner_wish *wish)
{
	const struct {
		char *field;
		size_t size;
		const char *words;
	} fields[] = {
		{ partner->name, sizeof(partner->name), wish->name },
		{ partner->kind, sizeof(partner->kind), wish->kind },
		{ partner->place, sizeof(partner->place), wish->place },
		{ partner->reach, sizeof(partner->reach), wish->reach },
		{ partner->languages, sizeof(partner->languages),
		    wish->languages },
		{ partner->serves, sizeof(partner->serves), wish->serves },
	};

	if (wish->name == NULL || wish->name[0] == '\0')
		return (PARTNER_NO_NAME);
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		enum partner_reason why =
		    put_field(fields[i].field, fields[i].size, fields[i].words);

		if (why != PARTNER_FINE)
			return (why);
	}
	return (put_key(partner, wish->key));
}

MUST_USE static enum outcome
trace(const struct caseworker *worker, const char *what, const char *name,
    int64_t now_utc_s)
{
	struct audit_entry entry = { .at_utc_s = now_utc_s,
		.staff = worker->staff->id,
		.what = what,
		.ref = "",
		.detail = name };

	return (audit_add(worker->store, &entry));
}

/* Gives *partner the name that is wished for. */
MUST_USE static enum outcome
rename_one(const struct caseworker *worker, struct partner *partner,
    const char *new_name, int64_t now_utc_s, enum partner_reason *why_r)
{
	struct text names = { 0 };
	char before[sizeof(partner->name)];
	enum outcome outcome = REFUSED;

	*why_r = new_name[0] == '\0' ? PARTNER_NO_NAME : PARTNER_FINE;
	memcpy(before, partner->name, sizeof(before));
	if (*why_r == PARTNER_FINE)
		*why_r =
		    put_field(partner->name, sizeof(partner->name), new_name);
	if (*why_r != PARTNER_FINE)
		return (REFUSED);
	outcome = partners_rename(
	    worker->store, partner->id, partner->name, now_utc_s);
	*why_r = outcome == REFUSED ? PARTNER_NAME_TAKEN : PARTNER_STORE;
	text_printf(&names, "%s -> %s", before, partner->name);
	if (outcome == DONE)
		outcome = trace(
		    worker, WORDS("partner renamed"), names.bytes, now_utc_s);
	text_free(&names);
	return (outcome);
}

/* Nothing was said of a name, or it is the one they have, sign for sign. */
static int
is_new_name(const struct partner *partner, const char *new_name)
{
	return (new_name != NULL && strcmp(partner->name, new_name) != 0);
}

MUST_USE static enum outcome
put_one(const struct caseworker *worker, const struct partner_wish *wish,
    int64_t now_utc_s, enum partner_reason *why_r)
{
	struct partner partner = { 0 };
	int64_t id;
	enum outcome outcome = NOTHING;

	if (wish->name != NULL)
		outcome = partners_find(worker->store, wish->name, &partner);
	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	if (outcome == NOTHING && wish->new_name != NULL) {
		*why_r = PARTNER_UNKNOWN;
		return (REFUSED);
	}
	*why_r = fill(&partner, wish);
	if (*why_r != PARTNER_FINE)
		return (REFUSED);
	if (is_new_name(&partner, wish->new_name)) {
		outcome = rename_one(
		    worker, &partner, wish->new_name, now_utc_s, why_r);
		if (outcome != DONE)
			return (outcome);
	}
	outcome = partners_put(worker->store, &partner, now_utc_s, &id);
	if (outcome == REFUSED)
		*why_r = PARTNER_NO_NAME;
	if (outcome != DONE)
		return (outcome);
	return (trace(worker, WORDS("partner kept"), partner.name, now_utc_s));
}

enum outcome
partner_book_put(const struct caseworker *worker,
    const struct partner_wish *wishes, size_t count, int64_t now_utc_s,
    struct partner_trouble *trouble_r)
{
	enum outcome outcome;

	*trouble_r = (struct partner_trouble){ .why = PARTNER_NOT_LEAD };
	if (!is_lead(worker->staff))
		return (REFUSED);
	trouble_r->why = PARTNER_STORE;
	outcome = store_begin(worker->store);
	if (outcome != DONE)
		return (outcome);
	for (size_t i = 0; i < count && outcome == DONE; i++) {
		trouble_r->wrong = i;
		outcome =
		    put_one(worker, &wishes[i], now_utc_s, &trouble_r->why);
	}
	if (outcome == DONE)
		outcome = store_commit(worker->store);
	if (outcome != DONE)
		store_rollback(worker->store);
	else
		trouble_r->why = PARTNER_FINE;
	return (outcome);
}

MUST_USE static enum outcome
rename_found(const struct caseworker *worker, const struct partner_wish *wish,
    int64_t now_utc_s, enum partner_reason *why_r)
{
	struct partner partner;
	enum outcome outcome =
	    partners_find(worker->store, wish->name, &partner);

	if (outcome == NOTHING)
		*why_r = PARTNER_UNKNOWN;
	if (outcome != DONE || !is_new_name(&partner, wish->new_name))
		return (outcome);
	return (rename_one(worker, &partner, wish->new_name, now_utc_s, why_r));
}

enum outcome
partner_book_rename(const struct caseworker *worker,
    const struct partner_wish *wish, int64_t now_utc_s,
    enum partner_reason *why_r)
{
	enum outcome outcome;

	*why_r = PARTNER_NOT_LEAD;
	if (!is_lead(worker->staff))
		return (REFUSED);
	*why_r = PARTNER_STORE;
	outcome = store_begin(worker->store);
	if (outcome != DONE)
		return (outcome);
	outcome = rename_found(worker, wish, now_utc_s, why_r);
	if (outcome == DONE)
		outcome = store_commit(worker->store);
	if (outcome != DONE)
		store_rollback(worker->store);
	else
		*why_r = PARTNER_FINE;
	return (outcome);
}

enum outcome
partner_book_remove(const struct caseworker *worker, const char *name,
    int64_t now_utc_s, enum partner_reason *why_r)
{
	enum outcome outcome;

	*why_r = PARTNER_NOT_LEAD;
	if (!is_lead(worker->staff))
		return (REFUSED);
	*why_r = PARTNER_STORE;
	outcome = store_begin(worker->store);
	if (outcome != DONE)
		return (outcome);
	outcome = partners_remove(worker->store, name, now_utc_s);
	if (outcome == NOTHING)
		*why_r = PARTNER_UNKNOWN;
	if (outcome == DONE)
		outcome =
		    trace(worker, WORDS("partner removed"), name, now_utc_s);
	if (outcome == DONE)
		outcome = store_commit(worker->store);
	if (outcome != DONE)
		store_rollback(worker->store);
	else
		*why_r = PARTNER_FINE;
	return (outcome);
}

enum outcome
partner_book_list(const struct caseworker *worker, int with_removed,
    struct partner_list *list_r, enum partner_reason *why_r)
{
	enum outcome outcome;

	*why_r = PARTNER_NO_RIGHT;
	if (!cases_may_see(worker->staff))
		return (REFUSED);
	outcome = partners_list(worker->store, with_removed, list_r);
	*why_r = outcome == DONE ? PARTNER_FINE : PARTNER_STORE;
	return (outcome);
}

static const char *const reason_words[] = {
	[PARTNER_FINE] = WORDS("done"),
	[PARTNER_NO_RIGHT] = WORDS("you may not see partners; ask a lead"),
	[PARTNER_NOT_LEAD] = WORDS("only a lead may change the partners"),
	[PARTNER_NO_NAME] = WORDS("a partner needs a name"),
	[PARTNER_TOO_LONG] =
	    WORDS("one of the fields is too long: names and places"
		  " take 100 bytes, kinds and languages 60, the"
		  " others 200"),
	[PARTNER_NOT_TEXT] = WORDS("a field is one line of valid UTF-8 text"),
	[PARTNER_BAD_KEY] = WORDS("the key is mistyped; it begins with"
				  " waymark-public-"),
	[PARTNER_UNKNOWN] = WORDS("there is no such partner"),
	[PARTNER_NAME_TAKEN] =
	    WORDS("another partner has this name, perhaps one that was"
		  " removed"),
	[PARTNER_STORE] =
	    WORDS("the store is busy or its disk is full; nothing was"
		  " changed, try again"),
};
static_assert(
    COUNT_OF(reason_words) == PARTNER_STORE + 1, "every reason has its words");

const char *
partner_reason_words(enum partner_reason why)
{
	return (reason_words[why]);
}
