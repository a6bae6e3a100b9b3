/* A configuration and a provider's profile: refused with their mistakes, or
 * used. */
#include "gateway/base/settings.h"
#include "gateway/line/ussd_reply.h"
#include "tests/fuzz/files.h"
#include "tests/fuzz/target.h"

/* A request of any provider's, and the answer to it. */
static void
use_profile(const struct ussd_profile *profile)
{
	static const char body[] =
	    "{\"SessionId\":\"7\",\"Mobile\":\"+9779812345678\","
	    "\"Message\":\"1\",\"Type\":\"Response\",\"sessionId\":\"7\"}";
	struct ussd_fields fields = { 0 };
	struct ussd_asked asked;
	struct ussd_reply reply = { 0 };

	if (ussd_fields_add_json(&fields, body, sizeof(body) - 1) == DONE &&
	    ussd_profile_match(profile, "/ussd", &fields) == DONE &&
	    ussd_profile_read(profile, &fields, &asked) == DONE)
		ussd_reply_make(profile, &fields,
		    &(struct ussd_page){ "page", 1 }, &reply);
	text_free(&reply.body);
	ussd_fields_free(&fields);
}

static void
one(const uint8_t *octets, size_t length)
{
	struct settings settings = { 0 };
	struct ussd_profile profile = { 0 };
	char path[120];

	put_file("waymark.conf", octets, length);
	snprintf(path, sizeof(path), "%s/waymark.conf", fuzz_folder);
	(void)!settings_load(path, &settings);
	settings_free(&settings);
	if (ussd_profile_load(path, &profile) == DONE) {
		use_profile(&profile);
		ussd_profile_free(&profile);
	}
}
