#include "gateway/hub/providers.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "gateway/base/log.h"
#include "gateway/line/ussd_profile.h"

void
provider_path(const char *profile, char *path, size_t room)
{
	if (profile[0] == '\0' || strchr(profile, '/') != NULL)
		snprintf(path, room, "%s", profile);
	else
		snprintf(path, room, "%s/gateway/line/profiles/%s.cfg",
		    settings_data_folder(), profile);
}

MUST_USE static enum outcome
read_one(struct line_settings *line)
{
	struct ussd_profile profile;
	char path[PATH_MAX];

	provider_path(line->profile, path, sizeof(path));
	if (ussd_profile_load(path, &profile) != DONE) {
		log_err("line=%s: its profile '%s' cannot be used", line->name,
		    line->profile);
		return (REFUSED);
	}
	if (line->page == 0)
		line->page = profile.page;
	else if (line->page > profile.page)
		log_warning("line=%s: pages of %lld letters are longer than"
			    " the provider's, of %lld",
		    line->name, (long long)line->page, (long long)profile.page);
	ussd_profile_free(&profile);
	return (DONE);
}

enum outcome
providers_read(struct settings *settings)
{
	enum outcome outcome = DONE;

	for (size_t i = 0; i < settings->line_count; i++) {
		if (strcmp(settings->lines[i].kind, "ussd") == 0 &&
		    read_one(&settings->lines[i]) != DONE)
			outcome = REFUSED;
	}
	return (outcome);
}
