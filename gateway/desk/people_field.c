/* Duty, the phone in the field and its one-time codes. */
#include "gateway/base/day_span.h"
#include "gateway/desk/people_errand.h"
#include "gateway/text/number.h"

enum { HOUR_MINUTES = 60 };

/* Begins for somebody who has a phone and hours: a technician's are for alarms
 * of lines. */
MUST_USE static enum outcome
begin_for_duty(struct people_errand *errand)
{
	enum outcome outcome = people_begin(errand, RIGHT_OF_LEADS_OR_OWN);

	if (outcome != DONE)
		return (outcome);
	outcome = people_check_is_enabled(errand);
	return (outcome == DONE ? DONE : people_end(errand, outcome));
}

/* Begins for somebody who works on cases. */
MUST_USE static enum outcome
begin_for_field(struct people_errand *errand)
{
	enum outcome outcome = people_begin(errand, RIGHT_OF_LEADS_OR_OWN);

	if (outcome != DONE)
		return (outcome);
	outcome = people_check_is_enabled(errand);
	if (outcome == DONE && strcmp(errand->whom.role, "technician") == 0)
		outcome = people_refuse(errand, PEOPLE_NO_CASES);
	return (outcome == DONE ? DONE : people_end(errand, outcome));
}

/* -- duty ------------------------------------------------------------------- */

MUST_USE static enum outcome
read_duty(struct people_errand *errand, int is_on, const char *hours,
    struct staff_duty *duty_r)
{
	struct day_span span = { 0 };

	errand->whom = (struct staff){ 0 };
	if (hours != NULL && hours[0] != '\0' &&
	    (!is_on || day_span_read(hours, &span) != DONE))
		return (people_refuse(errand, PEOPLE_BAD_HOURS));
	*duty_r =
	    (struct staff_duty){ is_on, span.from_minute, span.until_minute };
	return (DONE);
}

enum outcome
people_set_duty(struct people_errand *errand, int is_on, const char *hours)
{
	struct staff_duty duty;
	enum outcome outcome = read_duty(errand, is_on, hours, &duty);

	if (outcome == DONE)
		outcome = begin_for_duty(errand);
	if (outcome != DONE)
		return (outcome);
	outcome = staff_set_duty(errand->store, errand->whom.id, &duty);
	if (outcome == DONE)
		outcome = people_audit_whom(
		    errand, duty.is_on ? WORDS("on duty") : WORDS("off duty"));
	return (people_end(errand, outcome));
}

struct people_duty_text
people_duty_words(const struct staff *staff)
{
	struct people_duty_text duty = { WORDS("no") };
	int from = staff->duty_from_minute;
	int until = staff->duty_until_minute;

	if (staff->is_on_duty && from == until)
		snprintf(duty.text, sizeof(duty.text), "%s", WORDS("always"));
	else if (staff->is_on_duty)
		snprintf(duty.text, sizeof(duty.text), "%02d:%02d-%02d:%02d",
		    from / HOUR_MINUTES % 24, from % HOUR_MINUTES,
		    until / HOUR_MINUTES % 24, until % HOUR_MINUTES);
	return (duty);
}

/* -- phone ------------------------------------------------------------------ */

/* The calling code that national numbers get: the line's own, else that of
 * the first line which has one. */
static const char *
country_of(const struct settings *settings, const char *line)
{
	for (size_t i = 0; i < settings->line_count; i++) {
		const struct line_settings *one = &settings->lines[i];

		if (one->country[0] != '\0' &&
		    (line[0] == '\0' || strcmp(one->name, line) == 0))
			return (one->country);
	}
	return ("");
}

MUST_USE static enum outcome
put_phone(
    struct people_errand *errand, const struct number *number, const char *line)
{
	enum outcome outcome = begin_for_duty(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = staff_set_phone(errand->store, errand->whom.id, number, line);
	if (outcome == REFUSED)
		errand->why = PEOPLE_PHONE_TAKEN;
	if (outcome == DONE)
		outcome = people_audit_whom(errand,
		    number != NULL ? WORDS("phone set")
				   : WORDS("phone taken away"));
	return (people_end(errand, outcome));
}

enum outcome
people_set_phone(struct people_errand *errand, const struct settings *settings,
    const char *typed, const char *line)
{
	struct number number;

	errand->whom = (struct staff){ 0 };
	if (line[0] != '\0' && settings_find_line(settings, line) == NULL)
		return (people_refuse(errand, PEOPLE_NO_LINE));
	if (number_read(typed, country_of(settings, line), &number) !=
	    SENDER_NUMBER)
		return (people_refuse(errand, PEOPLE_NO_NUMBER));
	return (put_phone(errand, &number, line));
}

enum outcome
people_take_phone(struct people_errand *errand)
{
	return (put_phone(errand, NULL, ""));
}

/* -- codes ------------------------------------------------------------------ */

const struct people_order people_orders[] = {
	{ "CODE next", WORDS("the most urgent request nobody has") },
	{ "CODE claim REF", WORDS("take it") },
	{ "CODE reply REF ...", WORDS("text its caller what you write") },
	{ "CODE pass REF", WORDS("give it back to the queue") },
};
const size_t people_order_count = COUNT_OF(people_orders);

enum outcome
people_make_codes(
    struct people_errand *errand, struct staff_code *codes_r, size_t count)
{
	enum outcome outcome = begin_for_field(errand);

	if (outcome != DONE)
		return (outcome);
	outcome =
	    staff_make_codes(errand->store, errand->whom.id, codes_r, count);
	if (outcome == NOTHING)
		outcome = people_refuse(errand, PEOPLE_NO_PHONE);
	if (outcome == DONE)
		outcome = people_audit_whom(errand, WORDS("codes made"));
	return (people_end(errand, outcome));
}
