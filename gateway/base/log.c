#include "gateway/base/log.h"

#include <stdarg.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/outcome.h"

enum { LINE_MAX_BYTES = 1024 };

static const char *log_who = "waymark";
static enum log_level log_most = LOG_LEVEL_NOTICE;
static int log_to_journal;
static void (*log_hear)(enum log_level level, const char *words, void *into);
static void *log_hear_into;

static const struct {
	const char *name;
	int syslog_priority;
} levels[] = {
	[LOG_LEVEL_ERR] = { "err", 3 },
	[LOG_LEVEL_WARNING] = { "warning", 4 },
	[LOG_LEVEL_NOTICE] = { "notice", 5 },
	[LOG_LEVEL_INFO] = { "info", 6 },
	[LOG_LEVEL_DEBUG] = { "debug", 7 },
};

void
log_open(const char *who, enum log_level level)
{
	log_who = who;
	log_most = level;
	log_to_journal = getenv("JOURNAL_STREAM") != NULL;
}

int
log_level_read(const char *word, enum log_level *level_r)
{
	for (size_t i = 0; i < COUNT_OF(levels); i++) {
		if (strcmp(levels[i].name, word) == 0) {
			*level_r = (enum log_level)i;
			return (1);
		}
	}
	return (0);
}

const char *
log_level_name(enum log_level level)
{
	return (levels[level].name);
}

void
log_listen(void (*hear)(enum log_level level, const char *words, void *into),
    void *into)
{
	log_hear = hear;
	log_hear_into = into;
}

/* Cut where log_line() would cut it. */
static void __attribute__((format(printf, 2, 0)))
let_hear(enum log_level level, const char *format, va_list arguments)
{
	char words[LINE_MAX_BYTES];

	vsnprintf(words, sizeof(words), format, arguments);
	log_hear(level, words, log_hear_into);
}

void
log_line(enum log_level level, const char *format, ...)
{
	char line[LINE_MAX_BYTES];
	va_list arguments;
	size_t used;
	int more;

	if (log_hear != NULL) {
		va_start(arguments, format);
		let_hear(level, format, arguments);
		va_end(arguments);
		return;
	}
	if (level > log_most)
		return;
	if (log_to_journal)
		more = snprintf(line, sizeof(line),
		    "<%d>%s: ", levels[level].syslog_priority, log_who);
	else
		more = snprintf(line, sizeof(line),
		    "%s %s %s: ", clock_date_time(clock_utc_s()).text,
		    levels[level].name, log_who);
	used = more > 0 ? (size_t)more : 0;
	if (used >= sizeof(line) - 2)
		used = sizeof(line) - 2;
	va_start(arguments, format);
	more =
	    vsnprintf(line + used, sizeof(line) - used - 1, format, arguments);
	va_end(arguments);
	if (more > 0)
		used += (size_t)more;
	if (used > sizeof(line) - 2)
		used = sizeof(line) - 2;
	line[used] = '\n';
	/* One write, so that lines of several processes do not mix.  A log that
	 * cannot be written (disk full) must not stop the helpline. */
	if (write(STDERR_FILENO, line, used + 1) < 0)
		return;
}
