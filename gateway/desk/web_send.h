/* Answers on their way to the network, with what each of them says in its
 * headers.  For web_server.c only. */
#ifndef GATEWAY_DESK_WEB_SEND_H
#define GATEWAY_DESK_WEB_SEND_H

#include <microhttpd.h>

#include "gateway/desk/web.h"

/* Hands the answer to the network; its body, which is taken from it, is
 * overwritten when it has gone out. */
enum MHD_Result web_send(
    struct MHD_Connection *connection, struct web_answer *answer);

/* An answer before there is a page to show it on. */
enum MHD_Result web_send_refusal(
    struct MHD_Connection *connection, unsigned status, const char *words);

#endif
