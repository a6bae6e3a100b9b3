/* The desk's pages: a row each. */
#include "gateway/desk/web_language.h"
#include "gateway/desk/web_pages.h"

const struct web_route web_routes[] = {
	{ "GET", "/desk.css", WEB_ANYBODY, 0, web_asset_show, "how it looks" },
	{ "GET", "/desk.js", WEB_ANYBODY, 0, web_asset_show, "comfort" },
	{ "GET", "/desk.svg", WEB_ANYBODY, 0, web_asset_show, "the mark" },

	{ "GET", "/sign-in", WEB_ANYBODY, 0, web_sign_in_show, "sign in" },
	{ "POST", "/sign-in", WEB_ANYBODY, 0, web_sign_in_take, "sign in" },
	{ "POST", "/language", WEB_ANYBODY, 0, web_language_set,
	    "choose the pages' language" },
	{ "POST", "/sign-out", WEB_SIGNED_IN, 0, web_sign_out, "sign out" },
	{ "GET", "/account", WEB_SIGNED_IN, 0, web_account_show,
	    "language and password" },

	{ "GET", "/", WEB_SIGNED_IN, 0, web_queue_show, "the queue" },
	{ "GET", "/mine", WEB_CASEWORKER, 0, web_queue_show_mine,
	    "what I have claimed" },
	{ "GET", "/later", WEB_CASEWORKER, 0, web_queue_show_snoozed,
	    "what sleeps until a time" },
	{ "GET", "/ended", WEB_CASEWORKER, 0, web_queue_show_ended,
	    "closed, withdrawn and forgotten" },
	{ "GET", "/queue/live", WEB_CASEWORKER, 1, web_queue_live,
	    "the list alone, for the page's script" },
	{ "POST", "/next", WEB_CASEWORKER, 0, web_queue_next,
	    "claim what is first in the queue" },

	{ "GET", "/case/*", WEB_CASEWORKER, 0, web_case_show, "a case" },
	{ "POST", "/case/*/claim", WEB_CASEWORKER, 0, web_case_claim, "claim" },
	{ "POST", "/case/*/pass", WEB_CASEWORKER, 0, web_case_pass,
	    "give it back to the queue" },
	{ "POST", "/case/*/reply", WEB_CASEWORKER, 0, web_case_reply,
	    "text the caller" },
	{ "POST", "/case/*/note", WEB_CASEWORKER, 0, web_case_note,
	    "a note for the team" },
	{ "POST", "/case/*/close", WEB_CASEWORKER, 0, web_case_close, "close" },
	{ "POST", "/case/*/reopen", WEB_CASEWORKER, 0, web_case_reopen,
	    "open a closed one again" },
	{ "POST", "/case/*/number", WEB_CASEWORKER, 0, web_case_number,
	    "show the caller's number" },

	{ "GET", "/asides", WEB_CASEWORKER, 0, web_asides_show,
	    "messages set aside" },
	{ "GET", "/aside/*", WEB_CASEWORKER, 0, web_aside_show,
	    "a message set aside" },
	{ "POST", "/aside/*/number", WEB_CASEWORKER, 0, web_aside_number,
	    "its sender's number" },
	{ "POST", "/aside/*/file", WEB_CASEWORKER, 0, web_aside_file,
	    "it has been seen to" },
};
const size_t web_route_count = COUNT_OF(web_routes);
