/* waymark menus pot, update and progress: what translators work with. */
#include "gateway/desk/cli_menus_languages.h"

#include <ctype.h>
#include <sys/stat.h>

#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/desk/cli.h"
#include "locales/po_update.h"

enum { FILE_MODE = 0644, FILE_MOST_BYTES = 16 << 20 };

/* -- shared ----------------------------------------------------------------- */

enum outcome
languages_open(const struct menus_asked *asked, struct languages_work *work_r)
{
	enum outcome outcome;

	*work_r = (struct languages_work){ 0 };
	outcome = menus_find_folders(asked, &work_r->folders);
	if (outcome == DONE)
		outcome = menus_load(work_r->folders.menus,
		    work_r->folders.locales, &work_r->menus);
	if (outcome == DONE)
		template_make(work_r->menus, &work_r->template);
	return (outcome);
}

void
languages_close(struct languages_work *work)
{
	template_free(&work->template);
	menus_free(work->menus);
	menus_folders_free(&work->folders);
	*work = (struct languages_work){ 0 };
}

int
languages_is_tag(const char *tag)
{
	size_t length = 0;

	for (; tag[length] != '\0'; length++)
		if (!isalnum((unsigned char)tag[length]) && tag[length] != '-')
			return (0);
	return (length >= 2 && length <= 15 && isalpha((unsigned char)tag[0]) &&
	    strcmp(tag, "en") != 0);
}

char *
languages_path(const struct languages_work *work, const char *tag)
{
	struct text name = { 0 };
	char *path;

	text_printf(&name, "%s.po", tag);
	path = file_path(work->folders.locales, text_string(&name));
	text_free(&name);
	return (path);
}

static mode_t
mode_of(const char *path)
{
	struct stat found;

	return (stat(path, &found) == 0 ? found.st_mode & 07777 : FILE_MODE);
}

int
languages_put(const struct command *command, const char *path, struct text *out)
{
	int status = EXIT_DONE;

	if (path == NULL)
		return (cli_put(command->name, out));
	if (file_write(path, mode_of(path), text_string(out), out->length) !=
	    DONE)
		status = EXIT_FAILED;
	text_free(out);
	return (status);
}

/* -- waymark menus pot, waymark menus update -------------------------------- */

enum { ONLY_CHECKS = 1 };

struct wish {
	struct menus_asked asked;
	const char *output; /* NULL: standard output */
	const char *merge; /* a PO file */
	const char *script; /* of a new language */
	unsigned given;
};

/* EXIT_DONE when the file holds just this. */
static int
compare(const struct command *command, const char *path, struct text *out)
{
	struct text old = { 0 };
	int is_same = file_read(path, FILE_MOST_BYTES, &old) == DONE &&
	    old.length == out->length &&
	    memcmp(text_string(&old), text_string(out), out->length) == 0;

	text_free(&old);
	text_free(out);
	if (is_same)
		return (EXIT_DONE);
	return (cli_failed(command->name, "%s is out of date", path));
}

/* The texts a language needs, borrowed from the template; yours to free. */
static struct po_wanted *
make_wanted(
    const struct template *template, const char *language, size_t *count_r)
{
	struct po_wanted *wanted =
	    memory_new(template->count + 1, sizeof(*wanted));
	size_t count = 0;

	for (size_t i = 0; i < template->count; i++) {
		const struct template_text *text = &template->list[i];

		if (!template_is_needed(template, text, language))
			continue;
		wanted[count++] = (struct po_wanted){
			.id = text->id,
			.source = text->source,
			.note = text->note,
			.reference = text->reference,
			.is_own_words = text->kind == TEMPLATE_KEYWORD ||
			    text->kind == TEMPLATE_NAME,
		};
	}
	*count_r = count;
	return (wanted);
}

static void
add_new_header(struct text *out, const char *language, const char *script)
{
	text_printf(out,
	    "# A draft: no native speaker has signed it yet.  When one has,"
	    " X-Review says\n"
	    "# \"native-checked: NAME, YYYY-MM-DD\".\n"
	    "msgid \"\"\n"
	    "msgstr \"\"\n"
	    "\"Project-Id-Version: waymark\\n\"\n"
	    "\"Language: %s\\n\"\n"
	    "\"MIME-Version: 1.0\\n\"\n"
	    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	    "\"Content-Transfer-Encoding: 8bit\\n\"\n"
	    "\"X-Script: %s\\n\"\n"
	    "\"X-Review: draft\\n\"\n",
	    language, script);
}

/* The file as it is, or a new one of nothing but a header. */
MUST_USE static enum outcome
read_or_begin(const struct wish *wish, const char *language, const char *path,
    struct kept_po **file_r)
{
	struct text header = { 0 };
	enum outcome outcome = kept_po_read(path, file_r);

	if (outcome != NOTHING)
		return (outcome);
	if (wish->script == NULL || strlen(wish->script) != 4) {
		log_err("%s: there is no such file; for a new language say its"
			" script, such as --script Latn or --script Deva",
		    path);
		return (REFUSED);
	}
	add_new_header(&header, language, wish->script);
	outcome = kept_po_parse(path, text_string(&header), file_r);
	text_free(&header);
	return (outcome);
}

static void
tell_update(const char *path, const struct po_update *done)
{
	if (!po_update_is_news(done)) {
		fprintf(stderr, "%s: up to date\n", path);
		return;
	}
	fprintf(stderr,
	    "%s: %zu new, %zu to look at again, %zu gone, %zu back, %zu with"
	    " another note or place\n",
	    path, done->added, done->stale, done->gone, done->revived,
	    done->moved);
}

static int
update_file(const struct command *command, const struct wish *wish,
    const struct languages_work *work, const char *language, const char *path)
{
	struct kept_po *file = NULL;
	struct po_update done;
	struct po_wanted *wanted;
	struct text out = { 0 };
	size_t count;

	if (read_or_begin(wish, language, path, &file) != DONE)
		return (EXIT_FAILED);
	wanted = make_wanted(&work->template, language, &count);
	po_update(file, wanted, count, &done);
	free(wanted);
	kept_po_write(file, &out);
	kept_po_free(file);
	if (wish->given & ONLY_CHECKS)
		return (compare(command, path, &out));
	tell_update(path, &done);
	if (wish->output == NULL && !po_update_is_news(&done)) {
		text_free(&out);
		return (EXIT_DONE);
	}
	return (languages_put(
	    command, wish->output != NULL ? wish->output : path, &out));
}

/* "somewhere/ne.po" is of the language "ne". */
static char *
language_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *name = memory_copy(slash != NULL ? slash + 1 : path);
	char *dot = strrchr(name, '.');

	if (dot != NULL && strcmp(dot, ".po") == 0)
		*dot = '\0';
	return (name);
}

static int
merge(const struct command *command, const struct wish *wish,
    const struct languages_work *work)
{
	char *language = language_of(wish->merge);
	int status;

	if (languages_is_tag(language))
		status =
		    update_file(command, wish, work, language, wish->merge);
	else
		status = command_wrong_use(command,
		    "'%s' is no PO file of a language, such as ne.po",
		    wish->merge);
	free(language);
	return (status);
}

static int
write_pot(const struct command *command, const struct wish *wish,
    const struct languages_work *work)
{
	struct text out = { 0 };

	template_write_pot(&work->template, &out);
	if (wish->given & ONLY_CHECKS)
		return (compare(command, wish->output, &out));
	return (languages_put(command, wish->output, &out));
}

static int
run_pot(int argc, char **argv)
{
	static const struct cli_field fields[] = {
		MENUS_FIELDS(struct wish),
		CLI_WORD("output", 'o', 0, struct wish, output),
		CLI_WORD("merge", 0, 0, struct wish, merge),
		CLI_WORD("script", 0, 0, struct wish, script),
		CLI_FLAG("check", ONLY_CHECKS),
	};
	const struct command *command = &menus_command_pot;
	struct wish wish = { 0 };
	const struct cli_line line = { .command = command,
		.fields = fields,
		.field_count = COUNT_OF(fields),
		.into = &wish,
		.given = &wish.given };
	struct languages_work work;
	int status = cli_read_fields_alone(&line, argc, argv);

	if (status != EXIT_DONE)
		return (status);
	if ((wish.given & ONLY_CHECKS) && wish.output == NULL &&
	    wish.merge == NULL)
		return (command_wrong_use(
		    command, "say which file to check, with -o"));
	status = EXIT_FAILED;
	if (languages_open(&wish.asked, &work) == DONE)
		status = wish.merge != NULL ? merge(command, &wish, &work)
					    : write_pot(command, &wish, &work);
	languages_close(&work);
	return (status);
}

static int
run_update(int argc, char **argv)
{
	static const struct cli_field fields[] = {
		MENUS_FIELDS(struct wish),
		CLI_WORD("output", 'o', 0, struct wish, output),
		CLI_WORD("script", 0, 0, struct wish, script),
		CLI_FLAG("check", ONLY_CHECKS),
	};
	const struct command *command = &menus_command_update;
	struct wish wish = { 0 };
	const struct cli_line line = { .command = command,
		.fields = fields,
		.field_count = COUNT_OF(fields),
		.into = &wish,
		.given = &wish.given };
	struct languages_work work;
	int first;
	int status = cli_read_fields(&line, argc, argv, &first);

	if (status != EXIT_DONE)
		return (status);
	if (first + 1 != argc)
		return (command_wrong_use(command, "say one language"));
	if (!languages_is_tag(argv[first]))
		return (command_wrong_use(command,
		    "'%s' cannot be a language; ne or ne-Latn can",
		    argv[first]));
	status = EXIT_FAILED;
	if (languages_open(&wish.asked, &work) == DONE) {
		char *path = languages_path(&work, argv[first]);

		status = update_file(command, &wish, &work, argv[first], path);
		free(path);
	}
	languages_close(&work);
	return (status);
}

const struct command menus_command_pot = {
	.name = "menus pot",
	.summary = "every text as a template for translators",
	.usage =
	    "Usage: waymark menus pot [options] [-o FILE]\n"
	    "       waymark menus pot [options] --merge FILE.po\n"
	    "\n"
	    "Writes every text of the menus as a gettext template: where it"
	    " stands, and how much\n"
	    "room it has.  With --merge a PO file is brought up to date instead,"
	    " as by\n"
	    "`waymark menus update`.\n"
	    "\n"
	    "  -o, --output FILE   else standard output; with --merge else the"
	    " same file\n"
	    "  --merge FILE.po     the file's name is the language's\n"
	    "  --script CODE       of a language that has no file yet: Latn,"
	    " Deva\n"
	    "  --check             write nothing; fail when the file is out of"
	    " date\n" MENUS_OPTIONS_USAGE "\n"
	    "Exit status: 0 done, 1 failed or out of date, 2 wrong use.\n",
	.run = run_pot,
};

const struct command menus_command_update = {
	.name = "menus update",
	.summary = "bring a language's PO file up to the menus",
	.usage =
	    "Usage: waymark menus update LANGUAGE [options]\n"
	    "\n"
	    "Adds what is new, marks fuzzy what has another English text now"
	    " (the old one beside\n"
	    "it), makes obsolete what is gone, and leaves every other byte as"
	    " it is.\n"
	    "\n"
	    "  --script CODE       of a language that has no file yet: Latn,"
	    " Deva\n"
	    "  -o, --output FILE   write there and leave the file alone\n"
	    "  --check             write nothing; fail when it is out of"
	    " date\n" MENUS_OPTIONS_USAGE "\n"
	    "Exit status: 0 done, 1 failed or out of date, 2 wrong use.\n",
	.run = run_update,
};
