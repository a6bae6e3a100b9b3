/* Functions that have hurt others.  Included before every file by the build,
 * so that using one fails to compile with its replacement's name in the error.
 */
#ifndef GATEWAY_BASE_BANNED_H
#define GATEWAY_BASE_BANNED_H

/* The system's own declarations have to be seen before the words are taken. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* With _FORTIFY_SOURCE some of them are macros, which cannot be poisoned. */
#undef strcpy
#undef strcat
#undef strncpy
#undef strncat
#undef sprintf
#undef vsprintf
#undef gets

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok atoi
#pragma GCC poison atol atoll gmtime localtime ctime asctime gets

#endif
