#include "gateway/desk/web_sessions.h"

#include "gateway/desk/people.h"
#include "store/seal.h"

int
web_same_secret(const char *one, const char *other)
{
	size_t length = strlen(one);
	unsigned differs = length != strlen(other);

	/* The length is no secret; the signs are. */
	for (size_t i = 0; !differs && i < length; i++)
		differs |= (unsigned)(one[i] ^ other[i]) << 8;
	return (differs == 0);
}

static void
make_signs(char *signs, size_t count)
{
	seal_random_signs(signs, count);
	signs[count] = '\0';
}

void
web_session_end(struct web_session *session)
{
	/* It borrows the secret. */
	staff_rotation_free(session->rotation);
	if (session->secret != NULL)
		team_secret_close(session->secret);
	text_free(&session->notice);
	text_free(&session->kept.path);
	text_free(&session->kept.language);
	text_free(&session->kept.body);
	explicit_bzero(session, sizeof(*session));
}

/* The one to use for somebody new: a free one, else the longest silent. */
static struct web_session *
find_room(struct web_sessions *sessions)
{
	struct web_session *oldest = &sessions->items[0];

	for (size_t i = 0; i < WEB_SESSIONS_MOST; i++) {
		struct web_session *session = &sessions->items[i];

		if (session->id[0] == '\0')
			return (session);
		if (session->used_ms < oldest->used_ms)
			oldest = session;
	}
	web_session_end(oldest);
	return (oldest);
}

/* Somebody who signs in again and again leaves the oldest behind. */
static void
keep_few(struct web_sessions *sessions, int64_t staff)
{
	struct web_session *oldest = NULL;
	size_t count = 0;

	for (size_t i = 0; i < WEB_SESSIONS_MOST; i++) {
		struct web_session *session = &sessions->items[i];

		if (session->id[0] == '\0' || session->staff.id != staff)
			continue;
		count++;
		if (oldest == NULL || session->used_ms < oldest->used_ms)
			oldest = session;
	}
	if (count >= WEB_SESSIONS_EACH_MOST)
		web_session_end(oldest);
}

struct web_session *
web_sessions_begin(struct web_sessions *sessions, struct store *store,
    const struct staff *staff, struct team_secret *secret_take, int64_t now_ms)
{
	struct web_session *session;

	keep_few(sessions, staff->id);
	session = find_room(sessions);
	make_signs(session->id, WEB_SESSION_SIGNS);
	make_signs(session->token, WEB_TOKEN_SIGNS);
	session->staff = *staff;
	session->secret = secret_take;
	session->worker = (struct caseworker){
		.store = store,
		.staff = &session->staff,
		.secret = session->secret,
	};
	session->began_ms = now_ms;
	session->used_ms = now_ms;
	return (session);
}

struct web_session *
web_sessions_find(struct web_sessions *sessions, const char *id, int64_t now_ms)
{
	struct web_session *found = NULL;

	if (id == NULL || strlen(id) != WEB_SESSION_SIGNS)
		return (NULL);
	web_sessions_tidy(sessions, now_ms);
	for (size_t i = 0; i < WEB_SESSIONS_MOST; i++) {
		if (web_same_secret(sessions->items[i].id, id))
			found = &sessions->items[i];
	}
	return (found);
}

/* 1 while there is more to do. */
static int
go_on(struct web_session *session, struct store *store)
{
	enum outcome outcome = people_rotate_go_on(store, session->rotation);

	if (outcome == DONE)
		return (1);
	session->rotation_is_made = outcome == NOTHING;
	if (outcome != NOTHING) {
		staff_rotation_free(session->rotation);
		session->rotation = NULL;
	}
	return (0);
}

int
web_sessions_go_on(struct web_sessions *sessions, struct store *store)
{
	int has_more = 0;

	for (size_t i = 0; i < WEB_SESSIONS_MOST; i++) {
		struct web_session *session = &sessions->items[i];

		if (session->rotation != NULL && !session->rotation_is_made)
			has_more |= go_on(session, store);
	}
	return (has_more);
}

void
web_sessions_tidy(struct web_sessions *sessions, int64_t now_ms)
{
	for (size_t i = 0; i < WEB_SESSIONS_MOST; i++) {
		struct web_session *session = &sessions->items[i];

		if (session->id[0] != '\0' &&
		    now_ms - session->used_ms > sessions->idle_ms)
			web_session_end(session);
	}
}

void
web_sessions_end_of(struct web_sessions *sessions, int64_t staff,
    const struct web_session *except)
{
	for (size_t i = 0; i < WEB_SESSIONS_MOST; i++) {
		struct web_session *session = &sessions->items[i];

		if (session->id[0] != '\0' && session->staff.id == staff &&
		    session != except)
			web_session_end(session);
	}
}

void
web_sessions_end_all(struct web_sessions *sessions)
{
	for (size_t i = 0; i < WEB_SESSIONS_MOST; i++) {
		if (sessions->items[i].id[0] != '\0')
			web_session_end(&sessions->items[i]);
	}
}

struct web_once
web_once_make(void)
{
	struct web_once once;

	make_signs(once.signs, WEB_ONCE_SIGNS);
	return (once);
}
