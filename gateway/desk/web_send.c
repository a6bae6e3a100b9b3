#include "gateway/desk/web_send.h"

#include "gateway/base/log.h"
#include "gateway/base/memory.h"

static void
free_body(void *body)
{
	struct text *text = body;

	text_free(text);
	free(text);
}

/* What every answer says.  No Strict-Transport-Security: with it browsers
 * would let nobody accept a certificate that only the desk itself vouches for.
 * Referrer-Policy is same-origin, since under no-referrer browsers hide from us
 * that a form is our own. */
static const char *const headers[][2] = {
	{ "Content-Security-Policy",
	    "default-src 'none'; style-src 'self'; script-src 'self';"
	    " img-src 'self'; connect-src 'self'; form-action 'self';"
	    " frame-ancestors 'none'; base-uri 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "X-Frame-Options", "DENY" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(), microphone=(), geolocation=()" },
};

static void
add_header(struct MHD_Response *response, const char *name, const char *value)
{
	if (value[0] != '\0' &&
	    MHD_add_response_header(response, name, value) != MHD_YES)
		log_warning("the header %s could not be added", name);
}

static void
add_headers(struct MHD_Response *response, const struct web_answer *answer)
{
	for (size_t i = 0; i < COUNT_OF(headers); i++)
		add_header(response, headers[i][0], headers[i][1]);
	add_header(response, "Cache-Control",
	    answer->may_be_kept ? "private, no-cache" : "no-store");
	add_header(response, "Content-Type", answer->type);
	add_header(response, "Location", text_string(&answer->location));
	add_header(response, "Set-Cookie", text_string(&answer->cookie));
	add_header(
	    response, "Set-Cookie", text_string(&answer->language_cookie));
	add_header(response, "ETag", text_string(&answer->etag));
	if (answer->file_name.length > 0) {
		struct text disposition = { 0 };

		text_printf(&disposition, "attachment; filename=\"%s\"",
		    answer->file_name.bytes);
		add_header(response, "Content-Disposition", disposition.bytes);
		text_free(&disposition);
	}
}

enum MHD_Result
web_send(struct MHD_Connection *connection, struct web_answer *answer)
{
	struct text *body = memory_new(1, sizeof(*body));
	struct MHD_Response *response;
	enum MHD_Result result;

	*body = answer->body;
	answer->body = (struct text){ 0 };
	response = MHD_create_response_from_buffer_with_free_callback_cls(
	    body->length, body->bytes, free_body, body);
	if (response == NULL) {
		free_body(body);
		return (MHD_NO);
	}
	add_headers(response, answer);
	result = MHD_queue_response(connection, answer->status, response);
	MHD_destroy_response(response);
	return (result);
}

enum MHD_Result
web_send_refusal(
    struct MHD_Connection *connection, unsigned status, const char *words)
{
	struct web_answer answer = { .status = status,
		.type = "text/plain; charset=utf-8" };
	enum MHD_Result result;

	text_add(&answer.body, words);
	result = web_send(connection, &answer);
	web_answer_free(&answer);
	return (result);
}
