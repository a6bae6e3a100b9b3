/* The contact gate: the single door for every text that leaves.
 *
 * Pure, by table.  An answer to somebody who just wrote passes.  A text they
 * did not ask for needs that they have not said STOP, that the request it
 * belongs to was not taken back, and that they have not said that texting is
 * unsafe now; of these only the last yields to a caseworker's reason.
 */
#ifndef GATEWAY_HUB_CONTACT_GATE_H
#define GATEWAY_HUB_CONTACT_GATE_H

enum contact_purpose {
	CONTACT_ANSWER, /* the menu's answer to what just came in */
	CONTACT_REPLY, /* a caseworker's words */
};

/* What is known of the person. */
struct contact_facts {
	int is_known; /* there is a caller row */
	int is_stopped;
	int is_withdrawn; /* the request: nothing of it is to be kept */
	int is_on_hold; /* "it is not safe to text me now" */
	int overrides_hold; /* a caseworker gave a reason (audited) */
};

enum contact_verdict {
	CONTACT_SEND,
	CONTACT_REFUSE,
};

enum contact_verdict contact_gate(
    enum contact_purpose purpose, const struct contact_facts *facts);

#endif
