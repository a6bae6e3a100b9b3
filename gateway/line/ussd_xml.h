/* The attributes of an XML document as fields of a request: the only code that
 * knows expat.
 *
 * `<dialog type="Begin">` is the field "dialog.type".  Text between elements and
 * the order of elements say nothing.  A document type is refused, and with it
 * entities of somebody's own; elements deeper than USSD_XML_DEPTH_MOST too.
 */
#ifndef GATEWAY_LINE_USSD_XML_H
#define GATEWAY_LINE_USSD_XML_H

#include "gateway/line/ussd_profile.h"

enum { USSD_XML_DEPTH_MOST = 8 };

/* DONE, or REFUSED: it is no such document, or see ussd_fields_add(); some of
 * its fields may have been added. */
MUST_USE enum outcome ussd_fields_add_xml(
    struct ussd_fields *fields, const char *bytes, size_t length);

/* Adds a value as it stands between the quotes of an attribute. */
void ussd_xml_add_value(struct text *out, const char *value);

#endif
