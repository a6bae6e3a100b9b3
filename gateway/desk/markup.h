/* Words of people put into HTML or SVG. */
#ifndef GATEWAY_DESK_MARKUP_H
#define GATEWAY_DESK_MARKUP_H

#include "gateway/base/text.h"

/* Adds words made safe for text and for attributes in quotation marks. */
void markup_add(struct text *out, const char *words);

#endif
