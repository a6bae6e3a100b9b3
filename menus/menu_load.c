#include "menus/menu_load.h"

#include <libconfig.h>
#include <stdarg.h>

#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/base/text.h"
#include "gateway/text/utf8.h"

enum {
	TREE_MAX_BYTES = 8 << 20,
	DIGITS_THAT_FIT = 9, /* libconfig 1.5 silently cuts larger numbers */
};

struct tree_file {
	config_t config;
	char *path;
	int complaints;
};

/* libconfig keeps one pointer per setting for us: marks what was asked for. */
static int was_read;

/* A node is libconfig's setting; the name keeps libconfig out of headers. */
static config_setting_t *
setting_of(struct node *node)
{
	return ((config_setting_t *)(void *)node);
}

static const config_setting_t *
setting_in(const struct node *node)
{
	return ((const config_setting_t *)(const void *)node);
}

static struct node *
node_of(config_setting_t *setting)
{
	return ((struct node *)(void *)setting);
}

static void __attribute__((format(printf, 3, 4)))
complain_at(struct tree_file *file, int line, const char *format, ...)
{
	va_list arguments;
	char *made = NULL;

	va_start(arguments, format);
	if (vasprintf(&made, format, arguments) < 0)
		abort();
	va_end(arguments);
	if (line > 0)
		log_err("%s:%d: %s", file->path, line, made);
	else
		log_err("%s: %s", file->path, made);
	free(made);
	file->complaints++;
}

void
node_complain(
    struct tree_file *file, const struct node *node, const char *format, ...)
{
	va_list arguments;
	char *made = NULL;

	va_start(arguments, format);
	if (vasprintf(&made, format, arguments) < 0)
		abort();
	va_end(arguments);
	complain_at(file, node != NULL ? node_line(node) : 0, "%s", made);
	free(made);
}

/* Where we are in a file while looking through its bytes. */
struct scan {
	int line;
	int in_quotes;
	int odd_line; /* the quote that is open began here */
};

/* Moves over one character that is not plain: comments and quotes. */
static const char *
scan_on(struct scan *scan, const char *c)
{
	if (*c == '\n')
		scan->line++;
	if (scan->in_quotes && *c == '\\' && c[1] != '\0')
		return (c + 1);
	if (*c == '"') {
		scan->in_quotes = !scan->in_quotes;
		scan->odd_line = scan->line;
	} else if (!scan->in_quotes &&
	    (*c == '#' || (c[0] == '/' && c[1] == '/'))) {
		while (c[1] != '\0' && c[1] != '\n')
			c++;
	} else if (!scan->in_quotes && c[0] == '/' && c[1] == '*') {
		while (c[1] != '\0' && !(c[0] == '*' && c[1] == '/'))
			scan->line += *c++ == '\n';
	}
	return (c);
}

/* Where a quotation mark is missing: the first line that ends inside quotes,
 * since texts hardly ever go over lines. */
static int
line_of_odd_quote(const char *content)
{
	struct scan scan = { .line = 1 };

	for (const char *c = content; *c != '\0'; c++) {
		if (*c == '\n' && scan.in_quotes)
			return (scan.odd_line);
		c = scan_on(&scan, c);
	}
	return (scan.in_quotes ? scan.odd_line : 0);
}

/* libconfig blames a text that is never closed on the end of the file, and
 * loses memory by it; so it never sees one. */
static void
check_quotes(struct tree_file *file, const char *content)
{
	struct scan scan = { .line = 1 };

	for (const char *c = content; *c != '\0'; c++)
		c = scan_on(&scan, c);
	if (scan.in_quotes)
		complain_at(file, line_of_odd_quote(content),
		    "a quotation mark is missing on this line");
}

static int
is_word_byte(char c)
{
	return ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '*');
}

/* Numbers libconfig would silently cut, and its own @include, which reads
 * files we know nothing of. */
static void
check_words(struct tree_file *file, const char *content)
{
	struct scan scan = { .line = 1 };

	for (const char *c = content; *c != '\0'; c++) {
		size_t digits = strspn(c, "0123456789");
		int starts = c == content || !is_word_byte(c[-1]);

		if (!scan.in_quotes && starts && digits > DIGITS_THAT_FIT &&
		    !is_word_byte(c[digits]) &&
		    !(digits == 10 && memcmp(c, "2000000000", 10) <= 0))
			complain_at(file, scan.line,
			    "the number %.*s is too"
			    " large; the largest is 2000000000",
			    (int)digits, c);
		if (!scan.in_quotes && strncmp(c, "@include", 8) == 0)
			complain_at(file, scan.line,
			    "@include is not used"
			    " here; write include = ( \"shared/part\" );");
		if (digits > 0 && !scan.in_quotes)
			c += digits - 1;
		else
			c = scan_on(&scan, c);
	}
}

/* Everything but tabs and carriage returns has to be clean, line by line. */
static void
check_bytes(struct tree_file *file, const struct text *content)
{
	struct text line = { 0 };
	size_t start = 0;

	for (int number = 1; start < content->length; number++) {
		const char *at = content->bytes + start;
		const char *end = memchr(at, '\n', content->length - start);
		size_t length =
		    end != NULL ? (size_t)(end - at) : content->length - start;

		text_clear(&line);
		text_add_bytes(&line, at, length);
		for (size_t i = 0; i < line.length; i++)
			if (line.bytes[i] == '\t' || line.bytes[i] == '\r')
				line.bytes[i] = ' ';
		if (!utf8_is_clean(line.bytes, line.length))
			complain_at(file, number,
			    "this line is not UTF-8 or"
			    " has a control character; save the file as"
			    " UTF-8");
		start += length + 1;
	}
	text_free(&line);
}

static void
tell_syntax_error(struct tree_file *file, const char *content)
{
	int odd = line_of_odd_quote(content);
	int line = config_error_line(&file->config);

	if (odd > 0)
		complain_at(file, odd,
		    "a quotation mark is missing on this"
		    " line");
	else
		complain_at(file, line,
		    "%s; look here and on the line above"
		    " for a missing ; , \" or bracket",
		    config_error_text(&file->config));
}

static enum outcome
parse(struct tree_file *file)
{
	struct text content = { 0 };
	enum outcome outcome = file_read(file->path, TREE_MAX_BYTES, &content);

	if (outcome == NOTHING)
		complain_at(file, 0, "there is no such file");
	if (outcome == DONE)
		check_bytes(file, &content);
	if (outcome == DONE && file->complaints == 0) {
		check_words(file, text_string(&content));
		check_quotes(file, text_string(&content));
		if (file->complaints == 0 &&
		    config_read_string(&file->config, text_string(&content)) !=
			CONFIG_TRUE)
			tell_syntax_error(file, text_string(&content));
	}
	text_free(&content);
	return (outcome == DONE && file->complaints == 0 ? DONE : REFUSED);
}

enum outcome
tree_file_open(const char *path, struct tree_file **file_r)
{
	struct tree_file *file = memory_new(1, sizeof(*file));

	config_init(&file->config);
	file->path = memory_copy(path);
	if (parse(file) != DONE) {
		tree_file_close(file);
		return (REFUSED);
	}
	*file_r = file;
	return (DONE);
}

void
tree_file_close(struct tree_file *file)
{
	if (file == NULL)
		return;
	config_destroy(&file->config);
	free(file->path);
	free(file);
}

const char *
tree_file_path(const struct tree_file *file)
{
	return (file->path);
}

int
tree_file_complaints(const struct tree_file *file)
{
	return (file->complaints);
}

static void
find_unread(struct tree_file *file, const config_setting_t *group)
{
	int length = config_setting_length(group);

	for (int i = 0; i < length; i++) {
		const config_setting_t *setting =
		    config_setting_get_elem(group, (unsigned)i);
		const char *name = config_setting_name(setting);

		if (config_setting_get_hook(setting) != &was_read)
			complain_at(file,
			    (int)config_setting_source_line(setting),
			    "'%s' has no meaning here; is it misspelt, or does"
			    " another kind of screen need it? See"
			    " menus/README.md",
			    name != NULL ? name : "this");
		else if (config_setting_is_aggregate(setting))
			find_unread(file, setting);
	}
}

void
tree_file_find_unread(struct tree_file *file)
{
	find_unread(file, config_root_setting(&file->config));
}

struct node *
tree_file_root(struct tree_file *file)
{
	return (node_of(config_root_setting(&file->config)));
}

int
node_line(const struct node *node)
{
	return ((int)config_setting_source_line(setting_in(node)));
}

const char *
node_name(const struct node *node)
{
	const char *name = config_setting_name(setting_in(node));

	return (name != NULL ? name : "");
}

struct node *
node_member(struct node *group, const char *name)
{
	config_setting_t *setting;

	if (!config_setting_is_group(setting_of(group)))
		return (NULL);
	setting = config_setting_get_member(setting_of(group), name);
	if (setting != NULL)
		config_setting_set_hook(setting, &was_read);
	return (node_of(setting));
}

void
node_pass_over(struct node *node)
{
	for (size_t i = 0; i < node_count(node); i++) {
		struct node *inner = node_at(node, i);

		if (config_setting_is_aggregate(setting_of(inner)))
			node_pass_over(inner);
	}
}

size_t
node_count(const struct node *node)
{
	return (
	    node == NULL ? 0 : (size_t)config_setting_length(setting_in(node)));
}

struct node *
node_at(struct node *node, size_t index)
{
	config_setting_t *setting =
	    config_setting_get_elem(setting_of(node), (unsigned)index);

	config_setting_set_hook(setting, &was_read);
	return (node_of(setting));
}

int
node_is_group(struct tree_file *file, const struct node *node)
{
	if (config_setting_is_group(setting_in(node)))
		return (1);
	node_complain(file, node, "%s must be a group in { }",
	    *node_name(node) != '\0' ? node_name(node) : "this");
	return (0);
}

int
node_is_list(struct tree_file *file, const struct node *node)
{
	if (config_setting_is_list(setting_in(node)) ||
	    config_setting_is_array(setting_in(node)))
		return (1);
	node_complain(file, node, "%s must be a list in ( )", node_name(node));
	return (0);
}

char *
node_as_text(struct tree_file *file, const struct node *node)
{
	const char *value = config_setting_get_string(setting_in(node));

	if (value == NULL) {
		node_complain(file, node, "%s must be a text in quotes",
		    *node_name(node) != '\0' ? node_name(node) : "this");
		return (NULL);
	}
	if (!utf8_is_clean(value, strlen(value))) {
		node_complain(file, node,
		    "%s has a tab or another control"
		    " character in it",
		    node_name(node));
		return (NULL);
	}
	return (memory_copy(value));
}

char *
node_text(struct tree_file *file, struct node *group, const char *name,
    const char *wanted)
{
	struct node *node = node_member(group, name);

	if (node != NULL)
		return (node_as_text(file, node));
	if (wanted != NULL)
		node_complain(
		    file, group, "%s is missing here: %s", name, wanted);
	return (NULL);
}

int64_t
node_as_number(struct tree_file *file, const struct node *node)
{
	int type = config_setting_type(setting_in(node));

	if (type == CONFIG_TYPE_INT || type == CONFIG_TYPE_INT64)
		return (config_setting_get_int64(setting_in(node)));
	node_complain(file, node, "%s must be a whole number", node_name(node));
	return (0);
}

int64_t
node_number(struct tree_file *file, struct node *group, const char *name,
    int64_t otherwise)
{
	struct node *node = node_member(group, name);

	return (node != NULL ? node_as_number(file, node) : otherwise);
}

int
node_yes(struct tree_file *file, struct node *group, const char *name)
{
	struct node *node = node_member(group, name);

	if (node == NULL)
		return (0);
	if (config_setting_type(setting_of(node)) != CONFIG_TYPE_BOOL) {
		node_complain(file, node, "%s must be true or false", name);
		return (0);
	}
	return (config_setting_get_bool(setting_of(node)));
}
