/* AT commands as rows of tables, one table a subject.
 */
#ifndef TESTS_SIM_COMMAND_H
#define TESTS_SIM_COMMAND_H

#include "tests/sim/modem.h"

enum ask {
	ASK_RUN, /* AT+X */
	ASK_READ, /* AT+X? */
	ASK_TEST, /* AT+X=? */
	ASK_SET, /* AT+X=value */
};

struct call {
	enum ask ask;
	const char *name;
	const char *value; /* what stands behind "=", or dialled; else "" */
};

/* How a command ends. */
enum result_kind {
	RESULT_OK,
	RESULT_ERROR,
	RESULT_CME,
	RESULT_CMS,
	RESULT_OPEN, /* goes on otherwise: a prompt, a later answer */
};

struct result {
	enum result_kind kind;
	int code;
};

enum {
	CME_NOT_ALLOWED = 3,
	CME_NO_SIM = 10,
	CME_SIM_PIN = 11,
	CME_WRONG_PASSWORD = 16,
	CME_NO_NETWORK = 30,
	CMS_INVALID_PDU = 304,
	CMS_NO_SIM = 310,
	CMS_SIM_PIN = 311,
	CMS_INVALID_INDEX = 321,
	CMS_MEMORY_FULL = 322,
	CMS_NO_NETWORK = 331,
};

/* `test` answers AT+X=? (NULL: the command has no such form, "": OK alone).
 * `run` answers the rest; NULL: OK to running and setting, ERROR to reading. */
struct at_command {
	const char *name;
	const char *test;
	struct result (*run)(
	    struct modem *modem, const struct call *call, struct text *answer);
};

/* The tables end in a row without a name. */
extern const struct at_command commands_basic[];
extern const struct at_command commands_phone[];
extern const struct at_command commands_texts[];

/* Runs one line (without its CR) and answers it. */
void command_line_run(struct modem *modem, const char *line);

/* Does what one line says, which begins with AT, and answers nothing. */
void command_line_do(struct modem *modem, const char *line);

/* The PDU behind a prompt is complete. */
void commands_text_send(struct modem *modem, const char *hex);
void commands_text_store(struct modem *modem, const char *hex);

/* Adds "\r\n...\r\n". */
void answer_line(struct text *answer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds the final line of a result, and sends the answer on its way through the
 * faults, `wait_ms` from now. */
void answer_end(struct modem *modem, struct text *answer, struct result result);
void answer_send(struct modem *modem, struct text *answer, int64_t wait_ms);

/* The n-th comma-separated value (from 0), quotes taken off: its length, with
 * as much as fits copied; or -1 when there is none. */
int value_word(const char *value, int n, char *word, size_t size);

/* The same as a number, `otherwise` when it is empty or missing or none. */
int64_t value_number(const char *value, int n, int64_t otherwise);

/* A text in the character set the client chose, for between quotes. */
void charset_add(struct text *out, enum charset charset, const char *utf8);
void charset_read(struct text *utf8, enum charset charset, const char *value);

#endif
