/* The desk gives up what it will never need, before it reads what strangers
 * send.
 */
#ifndef GATEWAY_DESK_WEB_CONFINE_H
#define GATEWAY_DESK_WEB_CONFINE_H

/* For good: no new privileges, no capabilities, no core, no look into other
 * processes; no program and no process started; and no socket but unix ones
 * (for the hub), so that the network is what it listens on already.  What the
 * kernel does not let it forbid itself is logged once, at INFO. */
void web_confine(void);

#endif
