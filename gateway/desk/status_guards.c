/* What guards did, three ways: counts only. */
#include <inttypes.h>

#include "gateway/base/json.h"
#include "gateway/desk/status.h"

static void
add_event(const struct status *status, enum guard_event event, struct text *out)
{
	if (status->guards.events[event] > 0)
		text_printf(out, "  %-10" PRId64 " %s\n",
		    status->guards.events[event], guard_event_words(event));
}

static int
have_done_something(const struct guard_totals *totals)
{
	int64_t sum = totals->silenced + totals->kept_apart;

	for (int i = 0; i < GUARD_EVENTS; i++)
		sum += totals->events[i];
	return (sum > 0);
}

void
status_guards_add_text(const struct status *status, struct text *out)
{
	const struct guard_totals *totals = &status->guards;

	if (!have_done_something(totals))
		return;
	text_add(out, "\nGuards\n");
	for (int i = 0; i < GUARD_EVENTS; i++)
		add_event(status, (enum guard_event)i, out);
	if (totals->silenced > 0)
		text_printf(out,
		    "  %-10" PRId64 " callers got no answer in the last day:"
		    " waymark queue aside\n",
		    totals->silenced);
	if (totals->kept_apart > 0)
		text_printf(out,
		    "  %-10" PRId64 " numbers take no texts just now\n",
		    totals->kept_apart);
}

void
status_guards_add_json(const struct status *status, struct json *json)
{
	json_open_object(json, "guards");
	for (int i = 0; i < GUARD_EVENTS; i++)
		json_integer(json, guard_event_name((enum guard_event)i),
		    status->guards.events[i]);
	json_integer(json, "silenced_callers", status->guards.silenced);
	json_integer(json, "numbers_kept_apart", status->guards.kept_apart);
	json_close_object(json);
}

static void
add_gauge(struct text *out, const char *name, const char *help, int64_t value)
{
	text_printf(out,
	    "# HELP waymark_%s %s\n# TYPE waymark_%s gauge\nwaymark_%s"
	    " %" PRId64 "\n",
	    name, help, name, name, value);
}

void
status_guards_add_prometheus(const struct status *status, struct text *out)
{
	text_add(out,
	    "# HELP waymark_guards_total What guards did since the store was"
	    " made.\n# TYPE waymark_guards_total counter\n");
	for (int i = 0; i < GUARD_EVENTS; i++)
		text_printf(out,
		    "waymark_guards_total{what=\"%s\"} %" PRId64 "\n",
		    guard_event_name((enum guard_event)i),
		    status->guards.events[i]);
	add_gauge(out, "silenced_callers",
	    "Callers with an answer withheld in the last day.",
	    status->guards.silenced);
	add_gauge(out, "numbers_kept_apart", "Numbers whose texts fail.",
	    status->guards.kept_apart);
}
