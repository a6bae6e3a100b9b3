/* Whether a translation may stand for its English text. */
#ifndef LOCALES_FIT_H
#define LOCALES_FIT_H

/* 1 when it is clean UTF-8, has exactly the placeholders of the source and no
 * brace besides; else `tell` is called with each thing that is wrong ("lacks
 * {ref}; ...", to be read behind the translation's name). */
int translation_fits(const char *source, const char *translation,
    void (*tell)(void *context, const char *what), void *context);

#endif
