#include "tests/desk_terminal.h"

#include <check.h>
#include <fcntl.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/desk/setup.h"

enum { WORDS_MOST = 24, OUTPUT_MAX_BYTES = 1 << 20 };

struct world world;
char config_path[96];
char password_path[96];
char control_path[96];
struct text out;
struct text err;

void
terminal_open(void)
{
	struct setup_plan plan = { .corridor = "nepal-gulf", .language = "ne" };
	struct text config = { 0 };

	world_open(&world);
	world_add_request(&world, REF, WORLD_NUMBER);
	snprintf(
	    config_path, sizeof(config_path), "%s/waymark.conf", world.folder);
	snprintf(
	    password_path, sizeof(password_path), "%s/password", world.folder);
	snprintf(control_path, sizeof(control_path), "%s/waymark.control",
	    world.folder);
	setup_add_config(&plan, config_path, WORLD_NOW_UTC_S, &config);
	ck_assert_int_eq(
	    file_write(config_path, 0600, config.bytes, config.length), DONE);
	ck_assert_int_eq(
	    file_write(password_path, 0600, "mountain-river\n", 15), DONE);
	text_free(&config);
	ck_assert_int_eq(setenv("WAYMARK_CONFIG", config_path, 1), 0);
}

void
terminal_close(void)
{
	text_free(&out);
	text_free(&err);
	world_close(&world);
}

/* Points a standard descriptor at a file in the world; returns the old one. */
static int
divert(int fd, const char *path)
{
	int saved = dup(fd);
	int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	ck_assert_int_ge(saved, 0);
	ck_assert_int_ge(file, 0);
	ck_assert_int_ge(dup2(file, fd), 0);
	close(file);
	return (saved);
}

static void
restore(int fd, int saved, const char *path, struct text *content)
{
	ck_assert_int_ge(dup2(saved, fd), 0);
	close(saved);
	text_clear(content);
	ck_assert_int_eq(file_read(path, OUTPUT_MAX_BYTES, content), DONE);
	unlink(path);
}

int
terminal_run(const struct command *command, const char *const *words)
{
	char *argv[WORDS_MOST + 2] = { strdup(command->name) };
	char out_path[96];
	char err_path[96];
	int argc = 1;
	int saved_out;
	int saved_err;
	int status;

	for (; words[argc - 1] != NULL && argc <= WORDS_MOST; argc++)
		argv[argc] = strdup(words[argc - 1]);
	snprintf(out_path, sizeof(out_path), "%s/out", world.folder);
	snprintf(err_path, sizeof(err_path), "%s/err", world.folder);
	fflush(stdout);
	saved_out = divert(STDOUT_FILENO, out_path);
	saved_err = divert(STDERR_FILENO, err_path);
	status = command->run(argc, argv);
	fflush(stdout);
	restore(STDOUT_FILENO, saved_out, out_path, &out);
	restore(STDERR_FILENO, saved_err, err_path, &err);
	/* getopt puts argv in order but loses none of it. */
	for (int i = 0; i < argc; i++)
		free(argv[i]);
	return (status);
}

int
says(const struct text *text, const char *words)
{
	return (strstr(text_string(text), words) != NULL);
}
