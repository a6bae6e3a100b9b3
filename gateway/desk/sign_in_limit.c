#include "gateway/desk/sign_in_limit.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>

#include "gateway/base/memory.h"

enum {
	NAME_KEPT_BYTES = 64, /* no name of ours is longer */
	ADDRESS_KEPT_BYTES = INET6_ADDRSTRLEN,
	NETWORK_BYTES = 8, /* of an IPv6 address */
};

/* Who failed; without a name it is the address over all names. */
struct key {
	char name[NAME_KEPT_BYTES];
	char address[ADDRESS_KEPT_BYTES];
};

struct entry {
	struct key key;
	int64_t failures; /* 0: the place is free */
	int64_t last_s;
};

struct sign_in_limit {
	struct entry entries[SIGN_IN_KEPT_MOST];
};

struct sign_in_limit *
sign_in_limit_new(void)
{
	return (memory_new(1, sizeof(struct sign_in_limit)));
}

void
sign_in_limit_free(struct sign_in_limit *limit)
{
	free(limit);
}

/* -- keys ------------------------------------------------------------------- */

static void
write_address(const char *address, char written[ADDRESS_KEPT_BYTES])
{
	struct in6_addr long_form;
	struct in_addr short_form;

	snprintf(written, ADDRESS_KEPT_BYTES, "%s", address);
	if (inet_pton(AF_INET6, address, &long_form) != 1)
		return;
	if (IN6_IS_ADDR_V4MAPPED(&long_form)) {
		memcpy(&short_form, &long_form.s6_addr[12], sizeof(short_form));
		inet_ntop(AF_INET, &short_form, written, ADDRESS_KEPT_BYTES);
		return;
	}
	memset(&long_form.s6_addr[NETWORK_BYTES], 0,
	    sizeof(long_form.s6_addr) - NETWORK_BYTES);
	inet_ntop(AF_INET6, &long_form, written, ADDRESS_KEPT_BYTES);
}

static struct key
key_of_address(const struct sign_in_try *who)
{
	struct key key = { 0 };

	write_address(who->address, key.address);
	return (key);
}

/* An empty name must not look like the address over all names. */
static struct key
key_of_name(const struct sign_in_try *who)
{
	struct key key = key_of_address(who);

	snprintf(key.name, sizeof(key.name), "=%s", who->name);
	for (char *at = key.name; *at != '\0'; at++)
		*at = (char)tolower((unsigned char)*at);
	return (key);
}

/* -- the table -------------------------------------------------------------- */

static int64_t
age_s(const struct entry *entry, int64_t now_s)
{
	return (now_s > entry->last_s ? now_s - entry->last_s : 0);
}

static int
is_kept(const struct entry *entry, int64_t now_s)
{
	return (entry->failures > 0 && age_s(entry, now_s) < SIGN_IN_FORGET_S);
}

/* The place of a key in the table, or SIGN_IN_KEPT_MOST. */
static size_t
find(const struct sign_in_limit *limit, const struct key *key, int64_t now_s)
{
	for (size_t i = 0; i < SIGN_IN_KEPT_MOST; i++) {
		const struct entry *entry = &limit->entries[i];

		if (is_kept(entry, now_s) &&
		    strcmp(entry->key.name, key->name) == 0 &&
		    strcmp(entry->key.address, key->address) == 0)
			return (i);
	}
	return (SIGN_IN_KEPT_MOST);
}

/* 1 when `a` is the better one to give up. */
static int
is_lesser(const struct entry *a, const struct entry *b, int64_t now_s)
{
	if (is_kept(a, now_s) != is_kept(b, now_s))
		return (!is_kept(a, now_s));
	if (a->failures != b->failures)
		return (a->failures < b->failures);
	return (age_s(a, now_s) > age_s(b, now_s));
}

static struct entry *
find_or_make(struct sign_in_limit *limit, const struct key *key, int64_t now_s)
{
	size_t place = find(limit, key, now_s);

	if (place < SIGN_IN_KEPT_MOST)
		return (&limit->entries[place]);
	place = 0;
	for (size_t i = 1; i < SIGN_IN_KEPT_MOST; i++) {
		if (is_lesser(
			&limit->entries[i], &limit->entries[place], now_s))
			place = i;
	}
	limit->entries[place] = (struct entry){ .key = *key };
	return (&limit->entries[place]);
}

static void
count_failure(struct sign_in_limit *limit, const struct key *key, int64_t now_s)
{
	struct entry *entry = find_or_make(limit, key, now_s);

	entry->failures++;
	entry->last_s = now_s;
}

/* -- the waits -------------------------------------------------------------- */

static int64_t
wait_after_s(int64_t failures, int64_t free_tries)
{
	int64_t wait_s = SIGN_IN_WAIT_FIRST_S;

	if (failures < free_tries)
		return (0);
	while (failures-- > free_tries && wait_s < SIGN_IN_WAIT_MOST_S)
		wait_s *= 2;
	return (wait_s < SIGN_IN_WAIT_MOST_S ? wait_s : SIGN_IN_WAIT_MOST_S);
}

static int64_t
rest_s(const struct sign_in_limit *limit, const struct key *key,
    int64_t free_tries, int64_t now_s)
{
	size_t place = find(limit, key, now_s);
	const struct entry *entry;
	int64_t left_s;

	if (place == SIGN_IN_KEPT_MOST)
		return (0);
	entry = &limit->entries[place];
	left_s =
	    wait_after_s(entry->failures, free_tries) - age_s(entry, now_s);
	return (left_s > 0 ? left_s : 0);
}

int64_t
sign_in_limit_wait_s(const struct sign_in_limit *limit,
    const struct sign_in_try *who, int64_t now_s)
{
	struct key name = key_of_name(who);
	struct key address = key_of_address(who);
	int64_t by_name_s = rest_s(limit, &name, SIGN_IN_FREE_TRIES, now_s);
	int64_t by_address_s =
	    rest_s(limit, &address, SIGN_IN_FREE_TRIES_ADDRESS, now_s);

	return (by_name_s > by_address_s ? by_name_s : by_address_s);
}

void
sign_in_limit_failed(
    struct sign_in_limit *limit, const struct sign_in_try *who, int64_t now_s)
{
	struct key name = key_of_name(who);
	struct key address = key_of_address(who);

	count_failure(limit, &name, now_s);
	count_failure(limit, &address, now_s);
}

void
sign_in_limit_worked(
    struct sign_in_limit *limit, const struct sign_in_try *who, int64_t now_s)
{
	struct key name = key_of_name(who);
	struct key address = key_of_address(who);
	size_t theirs = find(limit, &name, now_s);
	size_t all = find(limit, &address, now_s);

	if (theirs == SIGN_IN_KEPT_MOST)
		return;
	if (all < SIGN_IN_KEPT_MOST) {
		struct entry *entry = &limit->entries[all];

		entry->failures -= limit->entries[theirs].failures;
		if (entry->failures < 0)
			entry->failures = 0;
	}
	limit->entries[theirs].failures = 0;
}

size_t
sign_in_limit_count(const struct sign_in_limit *limit)
{
	size_t count = 0;

	for (size_t i = 0; i < SIGN_IN_KEPT_MOST; i++)
		count += limit->entries[i].failures > 0;
	return (count);
}
