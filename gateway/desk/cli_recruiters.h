/* The actions of `waymark recruiters`, among themselves.
 */
#ifndef GATEWAY_DESK_CLI_RECRUITERS_H
#define GATEWAY_DESK_CLI_RECRUITERS_H

/* The command line. */
struct recruiters_wish {
	const char *config;
	const char *country; /* NULL: all */
	const char *authority;
	const char *as_of;
	const char *map;
	int is_dry_run;
	int skips_bad;
	int counts_only;
	int as_json;
	const char *words; /* behind the action, or NULL */
};

/* 1 when it is two capitals. */
int cli_is_country(const char *country);

/* Both return an exit status. */
int cli_recruiters_find(const struct recruiters_wish *wish);
int cli_recruiters_list(const struct recruiters_wish *wish);

#endif
