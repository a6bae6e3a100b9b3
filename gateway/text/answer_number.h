/* Finds the number in an answer; a part of answer.c.  Pure.
 */
#ifndef GATEWAY_TEXT_ANSWER_NUMBER_H
#define GATEWAY_TEXT_ANSWER_NUMBER_H

#include "gateway/text/answer.h"

/* Fills in what struct answer says of numbers, from a text that is folded but
 * for its punctuation.  A leading number is told whatever the number of words
 * behind it. */
void answer_number_read(const char *plain, struct answer *answer);

#endif
