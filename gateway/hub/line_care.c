#include "gateway/hub/line_care.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/hub/children.h"

enum {
	PIN_MOST_BYTES = 16,
	MS = 1000,
	SHELL_NOT_RUN = 127,
};

/* -- the power --------------------------------------------------------------- */

static void __attribute__((noreturn))
become_command(const struct line_settings *line)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	/* A group of its own, to be ended with all that it started. */
	setpgid(0, 0);
	setenv("WAYMARK_LINE", line->name, 1);
	setenv("WAYMARK_DEVICE", line->device, 1);
	execl("/bin/sh", "sh", "-c", line->power_cycle, (char *)NULL);
	_exit(SHELL_NOT_RUN);
}

static void
turn_power(struct child *child, int64_t now_ms)
{
	if (child->line->power_cycle[0] == '\0' || child->power > 0)
		return;
	if (child->power_ms > 0 &&
	    now_ms - child->power_ms < child->line->power_apart_s * MS)
		return;
	log_notice(
	    "line=%s: turning its modem's power off and on", child->line->name);
	child->power_ms = now_ms;
	child->power = fork();
	if (child->power == 0)
		become_command(child->line);
	if (child->power < 0)
		log_err("line=%s: cannot run its power_cycle: %s",
		    child->line->name, strerror(errno));
}

int
line_care_reap(struct hub *hub, pid_t pid, int status)
{
	for (size_t i = 0; i < hub->child_count; i++) {
		struct child *child = &hub->children[i];

		if (child->power != pid)
			continue;
		child->power = -1;
		if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
			log_err("line=%s: its power_cycle failed (%s %d)",
			    child->line->name,
			    WIFSIGNALED(status) ? "signal" : "status",
			    WIFSIGNALED(status) ? WTERMSIG(status)
						: WEXITSTATUS(status));
		return (1);
	}
	return (0);
}

int64_t
line_care_tend(struct child *child, int64_t now_ms)
{
	int64_t end_ms = child->power_ms + LINE_POWER_MOST_MS;

	if (child->power <= 0)
		return (-1);
	if (now_ms < end_ms)
		return (end_ms);
	kill(-child->power, SIGKILL);
	kill(child->power, SIGKILL);
	return (-1);
}

/* -- the PIN ----------------------------------------------------------------- */

static void
pin_note_path(
    const struct hub *hub, const struct child *child, struct text *path)
{
	text_printf(
	    path, "%s.pin-%s", hub->settings.store_path, child->line->name);
}

/* 1 when this very PIN was tried before, and nobody heard that it was right. */
static int
was_tried(const char *path, const char *pin)
{
	struct text noted = { 0 };
	int is_same = file_read(path, PIN_MOST_BYTES, &noted) == DONE &&
	    strcmp(text_string(&noted), pin) == 0;

	if (noted.length > 0)
		explicit_bzero(noted.bytes, noted.length);
	text_free(&noted);
	return (is_same);
}

static void
give_pin(struct hub *hub, struct child *child)
{
	const char *pin = child->line->pin;
	struct line_message message = { .kind = HUB_UNLOCK };
	struct text path = { 0 };

	if (pin[0] == '\0')
		return;
	pin_note_path(hub, child, &path);
	if (access(path.bytes, F_OK) == 0 && was_tried(path.bytes, pin)) {
		log_err("line=%s: its PIN was tried before and is not tried"
			" again: correct `pin` in the configuration",
		    child->line->name);
	} else if (file_write(path.bytes, 0600, pin, strlen(pin)) != DONE) {
		log_err("line=%s: cannot note that its PIN is tried, so it is"
			" not: %s",
		    child->line->name, strerror(errno));
	} else {
		snprintf(message.text, sizeof(message.text), "%s", pin);
		child_speak(child, &message);
		explicit_bzero(message.text, sizeof(message.text));
	}
	text_free(&path);
}

static void
forget_pin_note(struct hub *hub, struct child *child)
{
	struct text path = { 0 };

	pin_note_path(hub, child, &path);
	(void)unlink(path.bytes);
	text_free(&path);
}

static void
hear_sim(struct hub *hub, struct child *child, enum sim_state sim)
{
	enum sim_state before = child->sim;

	child->sim = sim;
	if (sim == before)
		return;
	if (sim == SIM_WANTS_PIN)
		give_pin(hub, child);
	else if (sim == SIM_READY && child->line->pin[0] != '\0')
		forget_pin_note(hub, child);
	else if (sim == SIM_PIN_WAS_WRONG)
		log_err("line=%s: its PIN is wrong; it is not tried again:"
			" correct `pin` in the configuration",
		    child->line->name);
}

/* -- health ------------------------------------------------------------------ */

static void
tell_storage(struct child *child)
{
	int is_full = child->storage_percent >= LINE_STORAGE_ALARM_PERCENT;

	if (is_full && !child->storage_was_told)
		log_warning("line=%s: %" PRId64 " %% of its memory for"
			    " messages is full",
		    child->line->name, child->storage_percent);
	child->storage_was_told = is_full;
}

static void
tell_change(const struct child *child, const struct line_message *message)
{
	if (child->device_is_up != (int)message->is_up)
		log_notice("line=%s: %s%s%s", child->line->name,
		    message->is_up ? "device answers" : "device is away",
		    message->cause[0] != '\0' ? ": " : "", message->cause);
	if (!child->needs_hand && message->needs_hand)
		log_err("line=%s: needs a hand: %s", child->line->name,
		    message->cause);
}

/* Its word counts only where nobody has set it: it is the modem's. */
static void
learn_number(struct child *child, const char *own)
{
	if (own[0] == '\0' || child->own.e164[0] != '\0' ||
	    strcmp(child->learnt.e164, own) == 0)
		return;
	snprintf(child->learnt.e164, sizeof(child->learnt.e164), "%s", own);
	log_notice("line=%s: its number is %s; texts from it are not answered",
	    child->line->name, number_mask(&child->learnt).text);
}

void
line_care_hear_health(struct hub *hub, struct child *child,
    const struct line_message *message, int64_t now_ms)
{
	enum ladder_rung before = child->ladder.rung;

	tell_change(child, message);
	child->device_is_up = (int)message->is_up;
	child->needs_hand = (int)message->needs_hand;
	child->signal_percent = message->signal_percent;
	child->storage_percent = message->storage_percent;
	child->ladder = (struct ladder){
		.rung = message->rung,
		.rounds = (int)message->rounds,
		.falls = (int)message->falls,
	};
	memcpy(child->network, message->network, sizeof(child->network));
	memcpy(child->cause, message->cause, sizeof(child->cause));
	if (child->device_is_up) {
		child->away_since_ms = 0;
		child->is_careful = 0;
	} else if (child->away_since_ms == 0) {
		child->away_since_ms = now_ms;
	}
	tell_storage(child);
	learn_number(child, message->own);
	hear_sim(hub, child, message->sim);
	if (message->rung == RUNG_POWER && before != RUNG_POWER)
		turn_power(child, now_ms);
}

void
line_care_hear_works(struct child *child, const struct line_message *message)
{
	if (message->work == WORK_SEND)
		child->begun = message->id;
	if (message->work == WORK_READ_WELL)
		suspects_clear(
		    &child->suspects, (int64_t)(message->id & INT32_MAX));
	child->work = message->work;
	child->work_location = (int64_t)(message->id & INT32_MAX);
}

/* -- the end of a process ------------------------------------------------------ */

/* By its own fault, not because it was ended. */
static int
has_crashed(int status)
{
	if (WIFEXITED(status))
		return (WEXITSTATUS(status) != EXIT_SUCCESS);
	switch (WTERMSIG(status)) {
	case SIGALRM:
	case SIGKILL:
	case SIGTERM:
	case SIGINT:
	case SIGHUP:
		return (0);
	default:
		return (1);
	}
}

/* What the process was at when it ended is read with care from now on.  Where
 * a line was ended by the hub, or by somebody else, nothing is to blame. */
static void
suspect_message(struct child *child, int status, int64_t now_ms)
{
	struct suspects *suspects = &child->suspects;
	int64_t location = child->work_location;
	const struct suspect *suspect;

	if (child->work == WORK_SWEEP)
		child->is_careful = 1;
	if (child->work != WORK_READ)
		return;
	if (has_crashed(status)) {
		suspect = suspects_note_crash(suspects, location, now_ms);
		if (suspect->crashes == SUSPECT_CRASHES_MOST)
			log_err("line=%s: its process ends whenever it reads"
				" the message at location %" PRId64 "; its"
				" bytes are set aside for a person",
			    child->line->name, location);
	} else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
		suspect = suspects_note_wait(suspects, location, now_ms);
		if (suspect->waits == SUSPECT_WAITS_NOTED)
			log_warning("line=%s: its modem hangs whenever the"
				    " message at location %" PRId64 " is read;"
				    " that is read again with growing pauses",
			    child->line->name, location);
	}
}

void
line_care_note_death(struct child *child, int status, int64_t now_ms)
{
	const struct ladder_limits limits = {
		.may_power = child->line->power_cycle[0] != '\0',
		.rest_ms = child->line->rest_s * MS,
	};

	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS)
		return;
	suspect_message(child, status, now_ms);
	if (!has_crashed(status))
		(void)ladder_climb(&child->ladder, FOUND_SILENT, &limits);
	child->work = WORK_NONE;
}
