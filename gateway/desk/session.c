#include "gateway/desk/session.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/marked_words.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/people.h"
#include "gateway/desk/sign_in.h"
#include "store/seal.h"

MUST_USE static enum outcome
open_store(const char *command, struct session *session)
{
	const struct settings *settings = &session->settings;
	enum outcome outcome =
	    box_key_open(settings->box_key_path, &session->box);

	if (outcome == NOTHING)
		cli_failed(command,
		    "there is no box key '%s'; put in the stick it is on",
		    settings->box_key_path);
	if (outcome != DONE)
		return (REFUSED);
	outcome = store_open(
	    settings->store_path, STORE_DESK, session->box, &session->store);
	return (outcome == DONE ? DONE : REFUSED);
}

static void
tell_unasked(const char *command, enum outcome outcome)
{
	if (outcome == NOTHING)
		cli_failed(command,
		    "there is no terminal to ask on; give --staff and"
		    " --password-file");
	else
		cli_failed(command, "not signed in");
}

MUST_USE static enum outcome
ask_who(const struct session_who *who, struct text *name, struct text *password)
{
	enum outcome outcome = DONE;

	if (who->staff != NULL)
		text_add(name, who->staff);
	else
		outcome = sign_in_ask("Name: ", 0, name);
	if (outcome == DONE && who->password_file != NULL)
		return (sign_in_read_file(
		    who->command, who->password_file, password));
	if (outcome == DONE)
		outcome = sign_in_ask("Password: ", 1, password);
	if (outcome != DONE)
		tell_unasked(who->command, outcome);
	return (outcome);
}

/* Nobody is signed in of whom the audit trail does not know. */
MUST_USE static enum outcome
note(struct session *session, const char *what)
{
	return (people_note_sign_in(session->store, session->staff.id, what,
	    "terminal", clock_utc_s()));
}

MUST_USE static enum outcome
sign_in(const struct session_who *who, struct session *session)
{
	struct text name = { 0 };
	struct text password = { 0 };
	enum outcome outcome = ask_who(who, &name, &password);

	if (outcome != DONE)
		goto out;
	outcome = staff_sign_in(session->store, text_string(&name),
	    text_string(&password), &session->staff, &session->secret);
	if (outcome == DONE)
		outcome = note(session, WORDS("signed in"));
	else if (outcome == REFUSED &&
	    note(session, WORDS("sign-in refused")) != DONE)
		outcome = TRY_LATER;
	if (outcome == REFUSED)
		cli_failed(who->command, "the name or the password is wrong");
	else if (outcome != DONE)
		cli_failed(who->command, "cannot sign in just now");
out:
	text_free(&name);
	text_free(&password);
	return (outcome == DONE ? DONE : REFUSED);
}

enum outcome
session_open_store(const struct session_who *who, struct session *session_r)
{
	struct session session = { 0 };

	if (settings_load(
		settings_default_path(who->config), &session.settings) != DONE)
		return (REFUSED);
	log_open(who->command, session.settings.log_level);
	seal_start();
	if (open_store(who->command, &session) != DONE) {
		session_close(&session);
		return (REFUSED);
	}
	*session_r = session;
	return (DONE);
}

enum outcome
session_open(const struct session_who *who, struct session *session_r)
{
	struct session session;

	if (session_open_store(who, &session) != DONE)
		return (REFUSED);
	if (sign_in(who, &session) != DONE) {
		session_close(&session);
		return (REFUSED);
	}
	*session_r = session;
	session_r->rules = case_rules_of(&session_r->settings);
	session_r->worker = (struct caseworker){ .store = session_r->store,
		.staff = &session_r->staff,
		.secret = session_r->secret,
		.rules = &session_r->rules };
	return (DONE);
}

void
session_close(struct session *session)
{
	if (session->secret != NULL)
		team_secret_close(session->secret);
	if (session->store != NULL)
		store_close(session->store);
	if (session->box != NULL)
		box_key_close(session->box);
	settings_free(&session->settings);
	*session = (struct session){ 0 };
}
