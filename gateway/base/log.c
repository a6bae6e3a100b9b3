#include "gateway/base/log.h"

#include <stdarg.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/outcome.h"

static const char *log_who = "waymark";
static enum log_level log_most = LOG_LEVEL_NOTICE;
static int log_to_journal;

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
log_line(enum log_level level, const char *format, ...)
{
	char line[1024];
	va_list arguments;
	size_t used;
	int more;

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
