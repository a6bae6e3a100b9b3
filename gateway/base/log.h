/* The log: lines that are safe to hand to a stranger.
 *
 * An entry carries ids ("journal=412 line=north"), never a text of a message,
 * a name or a place, and a number only as number_mask().  Five levels:
 *
 *   err      somebody must act
 *   warning  somebody will need it
 *   notice   once per event of life (started, line up, modem gone)
 *   info     what happened, for who looks closely
 *   debug    for who mends the program
 *
 * Lines go to standard error: with a time in front, or with the journal's
 * priority mark when systemd's journal reads them.  Before log_open() only
 * notices and what is graver are written.  Usable from one thread.
 */
#ifndef GATEWAY_BASE_LOG_H
#define GATEWAY_BASE_LOG_H

enum log_level {
	LOG_LEVEL_ERR,
	LOG_LEVEL_WARNING,
	LOG_LEVEL_NOTICE,
	LOG_LEVEL_INFO,
	LOG_LEVEL_DEBUG,
};

/* `who` is borrowed for the life of the process ("hub", "line north"). */
void log_open(const char *who, enum log_level level);

/* Reads "err" ... "debug": 1 and *level_r, or 0. */
int log_level_read(const char *word, enum log_level *level_r);
const char *log_level_name(enum log_level level);

/* From now on every entry of any level goes to `hear` instead of standard
 * error, its words without time and name; with NULL back to standard error.
 * For a command that shows what is wrong in a form of its own.  `words` are
 * borrowed until `hear` returns. */
void log_listen(
    void (*hear)(enum log_level level, const char *words, void *into),
    void *into);

void log_line(enum log_level level, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#define log_err(...)     log_line(LOG_LEVEL_ERR, __VA_ARGS__)
#define log_warning(...) log_line(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_notice(...)  log_line(LOG_LEVEL_NOTICE, __VA_ARGS__)
#define log_info(...)    log_line(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...)   log_line(LOG_LEVEL_DEBUG, __VA_ARGS__)

#endif
