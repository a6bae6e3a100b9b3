/* What an editor should know of menus that load: screens nobody reaches, texts
 * that cost too much, words that clash, facts that are not sent, translations
 * that are missing or not signed.
 *
 * menus_load() refuses what is broken; this finds what callers would suffer
 * from.  Pure.
 */
#ifndef MENUS_MENU_CHECK_H
#define MENUS_MENU_CHECK_H

#include "menus/menu.h"

enum finding_severity {
	FINDING_ERROR, /* callers would be failed: mend it */
	FINDING_WARNING,
	FINDING_NOTE,
	FINDING_SEVERITIES,
};

struct finding {
	enum finding_severity severity;
	char *file;
	int line; /* 0: the whole file */
	char *what; /* is wrong */
	char *act; /* what to do */
};

/* Zeroed it is empty. */
struct check_findings {
	struct finding *list;
	size_t count;
	size_t of_severity[FINDING_SEVERITIES];
};

/*
 * Looks through everything and adds what it finds.
 *
 * DONE     no errors (there may be warnings and notes)
 * REFUSED  there are errors
 */
MUST_USE enum outcome menus_check(const struct menus *menus, int64_t now_utc_s,
    struct check_findings *findings);
void check_findings_free(struct check_findings *findings);

/* "error", "warning", "note". */
const char *finding_severity_name(enum finding_severity severity);

#endif
