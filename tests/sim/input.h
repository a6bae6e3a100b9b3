/* From the client's bytes to lines, and the answer that is on its way back.
 *
 * While an answer is held, bytes wait unread.
 */
#ifndef TESTS_SIM_INPUT_H
#define TESTS_SIM_INPUT_H

#include "tests/sim/modem.h"

/* Takes what waits in modem->input, as far as it can. */
void input_work(struct modem *modem);

/* The held answer's time has come: the text it ends goes out, then it is
 * said, then the notices that waited. */
void input_end_held(struct modem *modem);

/* Half a line, or half a PDU, is forgotten. */
void input_forget_line(struct modem *modem);

/* The text whose answer is held never goes out. */
void input_drop_pending(struct modem *modem);

#endif
