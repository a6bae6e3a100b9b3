/* What a person can do about what a line says of itself: the words of `waymark
 * doctor` and of the desk's page of health, which know the same.  Pure.
 */
#ifndef GATEWAY_BASE_LINE_MENDS_H
#define GATEWAY_BASE_LINE_MENDS_H

#include <stdint.h>

/* What to do about a line that is away, by the cause it tells; where to look
 * when the cause is not known.  Never "". */
const char *line_mend_of_cause(const char *cause);

/* About its credit, by the word of gateway/hub/control.h: *found_r is what is
 * so.  "" when there is nothing to do; *found_r is "" then. */
const char *line_mend_of_credit(const char *credit, const char **found_r);

/* About the fullest of its memories for messages; "" when there is room. */
enum { LINE_MEMORY_ALARM_PERCENT = 80 };
const char *line_mend_of_memory(int64_t percent);

#endif
