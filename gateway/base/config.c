#include "gateway/base/config.h"

#include <inttypes.h>
#include <libconfig.h>
#include <stdarg.h>

#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/base/text.h"

struct config {
	config_t file;
	char *path;
	char *folder;
	int complaints;
};

enum { CONFIG_MAX_BYTES = 1 << 20 };

/* libconfig keeps one pointer per setting for us: marks what was asked for. */
static int was_read;

static void __attribute__((format(printf, 3, 4))) complain(
    struct config *config, const config_setting_t *at, const char *format, ...)
{
	struct text text = { 0 };
	va_list arguments;
	char *made = NULL;
	const char *file = NULL;

	va_start(arguments, format);
	if (vasprintf(&made, format, arguments) < 0)
		abort();
	va_end(arguments);
	if (at != NULL)
		file = config_setting_source_file(at);
	text_printf(&text, "%s", file != NULL ? file : config->path);
	if (at != NULL && config_setting_source_line(at) > 0)
		text_printf(&text, ":%d", (int)config_setting_source_line(at));
	log_err("%s: %s", text.bytes, made);
	text_free(&text);
	free(made);
	config->complaints++;
}

/* libconfig blames a missing quote on the end of the file.  The first line
 * with an odd number of quotes is where a person should look. */
static int
line_of_odd_quote(const char *content)
{
	int line = 1;
	int quotes = 0;

	for (const char *c = content; *c != '\0'; c++) {
		if (*c == '\\' && c[1] != '\0') {
			c++;
		} else if ((*c == '#' || (*c == '/' && c[1] == '/')) &&
		    quotes % 2 == 0) {
			while (c[1] != '\0' && c[1] != '\n')
				c++;
		} else if (*c == '"') {
			quotes++;
		} else if (*c == '\n') {
			if (quotes % 2 != 0)
				return (line);
			line++;
			quotes = 0;
		}
	}
	return (0);
}

static void
tell_syntax_error(struct config *config, const char *content)
{
	const char *file = config_error_file(&config->file);
	int odd = file == NULL ? line_of_odd_quote(content) : 0;
	int line = config_error_line(&config->file);

	/* The file is named when the mistake is in one that is included. */
	if (odd > 0 && odd <= line)
		log_err("%s:%d: a quotation mark is missing on this line",
		    config->path, odd);
	else
		log_err("%s:%d: %s; look here and on the line above for a"
			" missing ; , \" or bracket",
		    file != NULL ? file : config->path, line,
		    config_error_text(&config->file));
}

enum outcome
config_open(const char *path, struct config **config_r)
{
	struct config *config = memory_new(1, sizeof(*config));
	struct text content = { 0 };
	enum outcome outcome;

	config_init(&config->file);
	config->path = memory_copy(path);
	config->folder = file_folder(path);
	outcome = file_read(path, CONFIG_MAX_BYTES, &content);
	if (outcome == NOTHING)
		log_err("%s: there is no such file; `waymark setup` makes one",
		    path);
	if (outcome != DONE)
		goto undo;
	/* libconfig would stop there and leave the rest unread. */
	if (strlen(text_string(&content)) != content.length) {
		log_err(
		    "%s: there is a NUL in it; it is not a text file", path);
		goto undo;
	}
	config_set_include_dir(&config->file, config->folder);
	if (config_read_string(&config->file, text_string(&content)) !=
	    CONFIG_TRUE) {
		tell_syntax_error(config, text_string(&content));
		goto undo;
	}
	text_free(&content);
	*config_r = config;
	return (DONE);
undo:
	text_free(&content);
	config_close(config);
	return (REFUSED);
}

void
config_close(struct config *config)
{
	if (config == NULL)
		return;
	config_destroy(&config->file);
	free(config->path);
	free(config->folder);
	free(config);
}

static void *
place(void *into, const struct config_option *option)
{
	return ((char *)into + option->offset);
}

static int
has_control_character(const char *string)
{
	for (; *string != '\0'; string++) {
		if ((unsigned char)*string < 0x20 || *string == 0x7f)
			return (1);
	}
	return (0);
}

/* The bytes that follow a lead byte of UTF-8, or -1 when it is none. */
static int
bytes_behind(unsigned char lead)
{
	if (lead < 0x80)
		return (0);
	if (lead >= 0xc2 && lead < 0xe0)
		return (1);
	if (lead >= 0xe0 && lead < 0xf0)
		return (2);
	return (lead >= 0xf0 && lead < 0xf5 ? 3 : -1);
}

/* RFC 3629; the text layer, which knows more of it, stands above this one. */
static int
is_utf8(const char *string)
{
	const unsigned char *at = (const unsigned char *)string;

	while (*at != '\0') {
		unsigned char lead = *at++;
		int more = bytes_behind(lead);

		if (more < 0 || (lead == 0xe0 && *at < 0xa0) ||
		    (lead == 0xed && *at > 0x9f) ||
		    (lead == 0xf0 && *at < 0x90) ||
		    (lead == 0xf4 && *at > 0x8f))
			return (0);
		for (; more > 0; more--) {
			if ((*at++ & 0xc0) != 0x80)
				return (0);
		}
	}
	return (1);
}

static int
is_one_of(const char *word, const char *words)
{
	size_t length = strlen(word);

	while (*words != '\0') {
		size_t next = strcspn(words, " ");

		if (next == length && memcmp(words, word, length) == 0)
			return (1);
		words += next + (words[next] == ' ');
	}
	return (0);
}

static void
read_string(struct config *config, const config_setting_t *setting,
    const struct config_option *option, void *into)
{
	const char *value = config_setting_get_string(setting);
	char **out = place(into, option);

	if (value == NULL) {
		complain(config, setting, "%s must be a text in quotes",
		    option->name);
	} else if (has_control_character(value)) {
		complain(config, setting, "%s has a control character in it",
		    option->name);
	} else if (!is_utf8(value)) {
		complain(config, setting, "%s is not UTF-8", option->name);
	} else if (option->kind == OPTION_WORD &&
	    !is_one_of(value, option->words)) {
		complain(config, setting, "%s is '%s' but must be one of: %s",
		    option->name, value, option->words);
	} else {
		free(*out);
		*out = option->kind == OPTION_PATH
		    ? file_path(config->folder, value)
		    : memory_copy(value);
	}
}

static void
read_number(struct config *config, const config_setting_t *setting,
    const struct config_option *option, void *into)
{
	int type = config_setting_type(setting);
	long long value = config_setting_get_int64(setting);
	int64_t *out = place(into, option);

	if (type != CONFIG_TYPE_INT && type != CONFIG_TYPE_INT64)
		complain(
		    config, setting, "%s must be a whole number", option->name);
	else if (value < option->min || value > option->max)
		complain(config, setting,
		    "%s is %lld but must be from %" PRId64 " to %" PRId64,
		    option->name, value, option->min, option->max);
	else
		*out = value;
}

static void
read_yes(struct config *config, const config_setting_t *setting,
    const struct config_option *option, void *into)
{
	int *out = place(into, option);

	if (config_setting_type(setting) != CONFIG_TYPE_BOOL)
		complain(
		    config, setting, "%s must be true or false", option->name);
	else
		*out = config_setting_get_bool(setting);
}

/* Adds a text that is yours from now on. */
static void
add_text_take(struct text_list *texts, char *value)
{
	texts->items = memory_grow(texts->items, texts->count, texts->count + 1,
	    sizeof(*texts->items));
	texts->items[texts->count++] = value;
}

static void
free_texts(struct text_list *texts)
{
	for (size_t i = 0; i < texts->count; i++)
		free(texts->items[i]);
	free(texts->items);
	*texts = (struct text_list){ 0 };
}

static void
read_texts(struct config *config, const config_setting_t *setting,
    const struct config_option *option, void *into)
{
	struct text_list *texts = place(into, option);
	int count = config_setting_length(setting);

	if (!config_setting_is_list(setting) &&
	    !config_setting_is_array(setting)) {
		complain(config, setting,
		    "%s must be a list of texts: ( \"one\", \"two\" )",
		    option->name);
		return;
	}
	free_texts(texts);
	for (int i = 0; i < count; i++) {
		struct config_option one = { .name = option->name,
			.kind = OPTION_TEXT };
		config_setting_t *element =
		    config_setting_get_elem(setting, (unsigned)i);
		char *value = NULL;

		config_setting_set_hook(element, &was_read);
		read_string(config, element, &one, &value);
		if (value != NULL)
			add_text_take(texts, value);
	}
}

static void
split_texts(const char *words, struct text_list *texts)
{
	char *copy = words != NULL ? memory_copy(words) : NULL;
	char *rest = copy;

	*texts = (struct text_list){ 0 };
	while (rest != NULL)
		add_text_take(texts, memory_copy(strsep(&rest, "|")));
	free(copy);
}

static void
set_fallback(
    struct config *config, const struct config_option *option, void *into)
{
	const char *value = option->fallback;
	char **string = place(into, option);
	int64_t *number = place(into, option);
	int *yes = place(into, option);

	switch (option->kind) {
	case OPTION_TEXT:
	case OPTION_WORD:
		*string = value != NULL ? memory_copy(value) : NULL;
		return;
	case OPTION_PATH:
		*string =
		    value != NULL ? file_path(config->folder, value) : NULL;
		return;
	case OPTION_NUMBER:
		if (value == NULL)
			*number = 0;
		else if (!text_read_integer(
			     value, option->min, option->max, number))
			abort();
		return;
	case OPTION_YES:
		*yes = value != NULL && strcmp(value, "true") == 0;
		return;
	case OPTION_TEXTS:
		split_texts(value, place(into, option));
		return;
	}
}

static void
read_option(struct config *config, const config_setting_t *setting,
    const struct config_option *option, void *into)
{
	switch (option->kind) {
	case OPTION_TEXT:
	case OPTION_PATH:
	case OPTION_WORD:
		read_string(config, setting, option, into);
		return;
	case OPTION_NUMBER:
		read_number(config, setting, option, into);
		return;
	case OPTION_YES:
		read_yes(config, setting, option, into);
		return;
	case OPTION_TEXTS:
		read_texts(config, setting, option, into);
		return;
	}
}

static void
read_options(struct config *config, config_setting_t *group,
    const struct config_option *options, size_t count, void *into)
{
	for (size_t i = 0; i < count; i++) {
		config_setting_t *setting = NULL;

		set_fallback(config, &options[i], into);
		if (group != NULL)
			setting =
			    config_setting_get_member(group, options[i].name);
		if (setting != NULL) {
			config_setting_set_hook(setting, &was_read);
			read_option(config, setting, &options[i], into);
		} else if (options[i].required) {
			complain(config, group, "%s is missing here: %s",
			    options[i].name, options[i].help);
		}
	}
}

void
config_read_group(struct config *config, const char *name,
    const struct config_option *options, size_t count, void *into)
{
	config_setting_t *group = config_root_setting(&config->file);

	if (name[0] != '\0')
		group = config_setting_get_member(group, name);
	if (group != NULL)
		config_setting_set_hook(group, &was_read);
	if (group != NULL && !config_setting_is_group(group)) {
		complain(config, group, "%s must be a group: %s = { ... };",
		    name, name);
		group = NULL;
	}
	read_options(config, group, options, count, into);
}

static config_setting_t *
find_list(struct config *config, const char *name)
{
	config_setting_t *list = config_lookup(&config->file, name);

	if (list == NULL)
		return (NULL);
	config_setting_set_hook(list, &was_read);
	if (config_setting_is_list(list))
		return (list);
	complain(config, list,
	    "%s must be a list of groups:"
	    " %s = ( { ... }, { ... } );",
	    name, name);
	return (NULL);
}

size_t
config_list_length(struct config *config, const char *name)
{
	config_setting_t *list = find_list(config, name);

	return (list != NULL ? (size_t)config_setting_length(list) : 0);
}

void
config_read_item(struct config *config, const char *name, size_t index,
    const struct config_option *options, size_t count, void *into)
{
	config_setting_t *list = find_list(config, name);
	config_setting_t *item = NULL;

	if (list != NULL)
		item = config_setting_get_elem(list, (unsigned)index);
	if (item != NULL)
		config_setting_set_hook(item, &was_read);
	if (item != NULL && !config_setting_is_group(item)) {
		complain(
		    config, item, "each of %s must be a group in { }", name);
		item = NULL;
	}
	read_options(config, item, options, count, into);
}

int
config_item_line(const struct config *config, const char *list, size_t index)
{
	const config_setting_t *at = config_lookup(&config->file, list);

	if (at != NULL)
		at = config_setting_get_elem(at, (unsigned)index);
	return (at != NULL ? (int)config_setting_source_line(at) : 0);
}

void
config_complain(struct config *config, const char *name, size_t index,
    const char *format, ...)
{
	config_setting_t *at = config_lookup(&config->file, name);
	va_list arguments;
	char *made = NULL;

	if (at != NULL && index != (size_t)-1)
		at = config_setting_get_elem(at, (unsigned)index);
	va_start(arguments, format);
	if (vasprintf(&made, format, arguments) < 0)
		abort();
	va_end(arguments);
	complain(config, at, "%s", made);
	free(made);
}

static void
find_unread(struct config *config, const config_setting_t *group)
{
	int length = config_setting_length(group);

	for (int i = 0; i < length; i++) {
		const config_setting_t *setting =
		    config_setting_get_elem(group, (unsigned)i);
		const char *name = config_setting_name(setting);

		if (config_setting_get_hook(setting) != &was_read)
			complain(config, setting,
			    "%s is not a setting that waymark knows here;"
			    " see waymark.conf(5)",
			    name != NULL ? name : "this");
		else if (config_setting_is_aggregate(setting))
			find_unread(config, setting);
	}
}

enum outcome
config_verdict(struct config *config)
{
	find_unread(config, config_root_setting(&config->file));
	return (config->complaints == 0 ? DONE : REFUSED);
}

void
config_free_values(
    const struct config_option *options, size_t count, void *from)
{
	for (size_t i = 0; i < count; i++) {
		char **string = place(from, &options[i]);

		if (options[i].kind == OPTION_TEXTS)
			free_texts(place(from, &options[i]));
		if (options[i].kind == OPTION_NUMBER ||
		    options[i].kind == OPTION_YES ||
		    options[i].kind == OPTION_TEXTS)
			continue;
		free(*string);
		*string = NULL;
	}
}
