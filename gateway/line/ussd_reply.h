/* What one provider of USSD is answered over HTTP, by its profile
 * (ussd_profile.h).  Pure.
 */
#ifndef GATEWAY_LINE_USSD_REPLY_H
#define GATEWAY_LINE_USSD_REPLY_H

#include "gateway/line/ussd_profile.h"

/* What a caller is shown. */
struct ussd_page {
	const char *words; /* NULL: nobody is there to read any, since the
			      provider said that the session is over */
	int is_last;
};

/* An answer: its body, freed by who asked for it; and, "" or not, a header of
 * its own.  With a page the profile's own headers go with it as well. */
struct ussd_reply {
	const char *content_type;
	const char *header;
	const char *header_value;
	struct text body;
};

void ussd_reply_make(const struct ussd_profile *profile,
    const struct ussd_fields *fields, const struct ussd_page *page,
    struct ussd_reply *reply_r);

#endif
