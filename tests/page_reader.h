/* Reads a page as a person does: what is written on it, without its markup. */
#ifndef TESTS_PAGE_READER_H
#define TESTS_PAGE_READER_H

#include "gateway/base/text.h"

/* Adds to *words, a line each, what the desk itself says on a page: the text
 * between tags, and the attributes that are read out or shown (aria-label,
 * title, data-words, placeholder, alt).  Left out: what people wrote (<bdi>,
 * class="words"), what says that it is in another language (lang on anything
 * but <html>), times, sheets and styles. */
void page_read(const char *html, struct text *words);

#endif
