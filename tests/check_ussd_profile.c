#include "gateway/line/ussd_reply.h"

#include <string.h>

#include "gateway/line/ussd_access.h"
#include "gateway/line/ussd_xml.h"
#include "tests/check_main.h"

static struct ussd_profile profile;

static void
load(const char *name)
{
	struct text path = { 0 };

	text_printf(
	    &path, "%s/gateway/line/profiles/%s.cfg", SOURCE_TREE, name);
	ck_assert_int_eq(ussd_profile_load(path.bytes, &profile), DONE);
	text_free(&path);
}

/* Requests as the providers' documents have them, and what they want back. */
static const struct transcript {
	const char *profile;
	const char *path;
	const char *fields; /* JSON, or "name=value&..." already decoded */
	enum ussd_step step;
	const char *session;
	const char *number;
	const char *text;
	const char *page; /* that it documents, NULL for none */
	int is_last;
	const char *header; /* "NAME: VALUE", or "" */
	const char *body; /* of the answer, byte for byte */
} transcripts[] = {
	{ "africastalking", "/ussd",
	    "sessionId=ATUid_1&serviceCode=*384#&phoneNumber=+254711000001"
	    "&networkCode=63902&text=",
	    USSD_UNKNOWN, "ATUid_1", "+254711000001", "",
	    "What would you want to check \n1. My Account \n2. My phone number",
	    0, "",
	    "CON What would you want to check \n1. My Account \n"
	    "2. My phone number" },
	{ "africastalking", "/ussd",
	    "sessionId=ATUid_1&serviceCode=*384#&phoneNumber=+254711000001"
	    "&networkCode=63902&text=1*2",
	    USSD_UNKNOWN, "ATUid_1", "+254711000001", "1*2", "Goodbye", 1, "",
	    "END Goodbye" },
	{ "advanta", "/ussd",
	    "SESSIONID=77&USSDCODE=*415#&MSISDN=254711000001&INPUT=",
	    USSD_UNKNOWN, "77", "254711000001", "",
	    "Welcome to XXX services. Please select an option:\n"
	    "1. Register\n2. Support",
	    0, "",
	    "CON Welcome to XXX services. Please select an option:\n"
	    "1. Register\n2. Support" },
	{ "advanta", "/ussd",
	    "SESSIONID=77&USSDCODE=*415#&MSISDN=254711000001&INPUT=2",
	    USSD_UNKNOWN, "77", "254711000001", "2",
	    "Contact our support on the following numbers: 2547xxxxxxx,"
	    " 25402xxxxx.",
	    1, "",
	    "END Contact our support on the following numbers: 2547xxxxxxx,"
	    " 25402xxxxx." },
	{ "crossgate", "/ussd",
	    "session_id=5&msisdn=254711000001&ussd_string=&service_code=384"
	    "&network_code=1",
	    USSD_UNKNOWN, "5", "254711000001", "", "Hi", 1, "", "END Hi" },
	{ "flares", "/ussd",
	    "SessionID=13697502734175597&MSISDN=254711000001"
	    "&MSC=msc&input=121",
	    USSD_UNKNOWN, "13697502734175597", "254711000001", "121",
	    "ussd message", 0, "Freeflow: FC", "ussd message" },
	{ "flares", "/ussd",
	    "SessionID=13697502734175597&MSISDN=254711000001"
	    "&MSC=msc&input=1",
	    USSD_UNKNOWN, "13697502734175597", "254711000001", "1",
	    "hello world", 1, "Freeflow: FB", "hello world" },
	{ "flares", "/ussd",
	    "SessionID=13697502734175597&msisdn=254711000001"
	    "&clean=clean-session&error=522",
	    USSD_ENDS, "13697502734175597", "254711000001", "", NULL, 1, "",
	    "" },
	/* As its library shows it. */
	{ "hubtel", "/ussd",
	    "{\"Mobile\":\"233244234546\",\"SessionId\":"
	    "\"234567ityjhgwe654765utrye\",\"ServiceCode\":"
	    "\"7c920dc49b7a40588c657119ce599044\",\"Type\":\"initiation\","
	    "\"Message\":\"*711*23#\",\"Operator\":\"mtn\","
	    "\"Platform\":\"USSD\"}",
	    USSD_BEGINS, "234567ityjhgwe654765utrye", "233244234546",
	    "*711*23#", "Enter mobile number:", 0, "",
	    "{\"SessionId\":\"234567ityjhgwe654765utrye\","
	    "\"Type\":\"response\",\"Message\":\"Enter mobile number:\","
	    "\"Label\":\"Menu\",\"ClientState\":\"\","
	    "\"DataType\":\"input\",\"FieldType\":\"text\"}" },
	{ "hubtel", "/ussd",
	    "{\"Mobile\":\"233200000001\",\"SessionId\":\"3c79\",\"ServiceCode\":"
	    "\"711\",\"Type\":\"Initiation\",\"Message\":\"*711#\",\"Operator\":"
	    "\"vodafone\",\"Sequence\":1,\"ClientState\":\"\"}",
	    USSD_BEGINS, "3c79", "233200000001", "*711#",
	    "Enter amount to pay:", 0, "",
	    "{\"SessionId\":\"3c79\",\"Type\":\"response\",\"Message\":"
	    "\"Enter amount to pay:\",\"Label\":\"Menu\",\"ClientState\":\"\","
	    "\"DataType\":\"input\",\"FieldType\":\"text\"}" },
	{ "hubtel", "/ussd",
	    "{\"Mobile\":\"233200000001\",\"SessionId\":\"3c79\",\"ServiceCode\":"
	    "\"711\",\"Type\":\"Response\",\"Message\":\"1\",\"Operator\":"
	    "\"vodafone\",\"Sequence\":2,\"ClientState\":\"s\"}",
	    USSD_GOES_ON, "3c79", "233200000001", "1", "Hi", 1, "",
	    "{\"SessionId\":\"3c79\",\"Type\":\"release\",\"Message\":\"Hi\","
	    "\"Label\":\"Menu\",\"ClientState\":\"s\",\"DataType\":\"display\","
	    "\"FieldType\":\"text\"}" },
	{ "hubtel", "/ussd",
	    "{\"Mobile\":\"233200000001\",\"SessionId\":\"3c79\","
	    "\"Type\":\"Timeout\",\"Message\":\"\"}",
	    USSD_ENDS, "3c79", "233200000001", "", NULL, 1, "",
	    "{\"SessionId\":\"3c79\",\"Type\":\"release\",\"Label\":\"Menu\","
	    "\"ClientState\":\"\",\"DataType\":\"display\","
	    "\"FieldType\":\"text\"}" },
	{ "nalo", "/ussd",
	    "{\"USERID\":\"NALOTest\",\"MSISDN\":\"233265542141\",\"USERDATA\":"
	    "\"\",\"MSGTYPE\":true,\"NETWORK\":\"MTN\",\"SESSIONID\":"
	    "\"16590115252429751\"}",
	    USSD_BEGINS, "16590115252429751", "233265542141", "",
	    "Welcome to USSD Demo", 0, "",
	    "{\"USERID\":\"NALOTest\",\"MSISDN\":\"233265542141\",\"USERDATA\":"
	    "\"\",\"MSG\":\"Welcome to USSD Demo\",\"MSGTYPE\":true}" },
	{ "nalo", "/ussd",
	    "{\"USERID\":\"NALOTest\",\"MSISDN\":\"233265542141\",\"USERDATA\":"
	    "\"1\",\"MSGTYPE\":false,\"NETWORK\":\"MTN\",\"SESSIONID\":"
	    "\"16590115252429751\"}",
	    USSD_GOES_ON, "16590115252429751", "233265542141", "1",
	    "Your response message here", 1, "",
	    "{\"USERID\":\"NALOTest\",\"MSISDN\":\"233265542141\",\"USERDATA\":"
	    "\"1\",\"MSG\":\"Your response message here\",\"MSGTYPE\":false}" },
	{ "infobip", "/session/1/start",
	    "{\"msisdn\":\"385955363443\",\"imsi\":\"429011234567890\","
	    "\"shortCode\":\"*123#1#\",\"optional\":\"o=1\",\"ussdGwId\":\"11\","
	    "\"language\":null,\"text\":\"hello there\"}",
	    USSD_BEGINS, "1", "385955363443", "hello there", "hello yourself",
	    0, "",
	    "{\"shouldClose\":false,\"ussdMenu\":\"hello yourself\","
	    "\"responseExitCode\":200,\"responseMessage\":\"\"}" },
	{ "infobip", "/session/1/response",
	    "{\"msisdn\":\"385955363443\",\"imsi\":\"429011234567890\","
	    "\"shortCode\":\"*123#1#\",\"optional\":\"o=1\",\"ussdGwId\":\"11\","
	    "\"language\":null,\"text\":\"More?\"}",
	    USSD_GOES_ON, "1", "385955363443", "More?", "No thanks.", 1, "",
	    "{\"shouldClose\":true,\"ussdMenu\":\"No thanks.\","
	    "\"responseExitCode\":200,\"responseMessage\":\"\"}" },
	{ "infobip", "/session/1/end", "{\"reason\":\"ok\",\"exitCode\":0}",
	    USSD_ENDS, "1", "", "", NULL, 1, "",
	    "{\"responseExitCode\":200,\"responseMessage\":\"\"}" },
	{ "restcomm", "/ussd",
	    "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n"
	    "<dialog type=\"Begin\" appCntx=\"networkUnstructuredSsContext_"
	    "version2\" networkId=\"0\" localId=\"12\" remoteId=\"13\""
	    " mapMessagesSize=\"1\" returnMessageOnError=\"false\">\n"
	    "<processUnstructuredSSRequest_Request invokeId=\"0\""
	    " dataCodingScheme=\"15\" string=\"*234#\">\n"
	    "\t<msisdn nai=\"international_number\" npi=\"ISDN\""
	    " number=\"79273605819\"/>\n"
	    "\t<alertingPattern size=\"1\">\n\t\t<value value=\"6\"/>\n"
	    "\t</alertingPattern>\n</processUnstructuredSSRequest_Request>"
	    "</dialog>",
	    USSD_BEGINS, "12", "79273605819", "*234#",
	    "Press 1 for paying or press 2 for aborting", 0, "",
	    "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n"
	    "<dialog mapMessagesSize=\"1\" userObject=\"msisdn.number="
	    "79273605819;processUnstructuredSSRequest_Request.invokeId=0;\">\n"
	    "  <unstructuredSSRequest_Request dataCodingScheme=\"15\""
	    " string=\"Press 1 for paying or press 2 for aborting\"/>\n"
	    "</dialog>\n" },
	/* A session that ends with its first page. */
	{ "restcomm", "/ussd",
	    "<dialog type=\"Begin\" localId=\"12\" remoteId=\"13\""
	    " mapMessagesSize=\"1\"><processUnstructuredSSRequest_Request"
	    " invokeId=\"1\" dataCodingScheme=\"15\" string=\"*234#\">"
	    "<msisdn nai=\"international_number\" npi=\"ISDN\""
	    " number=\"79273605819\"/></processUnstructuredSSRequest_Request>"
	    "</dialog>",
	    USSD_BEGINS, "12", "79273605819", "*234#", "Your balance is 1 USD",
	    1, "",
	    "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n"
	    "<dialog mapMessagesSize=\"1\" prearrangedEnd=\"false\">\n"
	    "  <processUnstructuredSSRequest_Response invokeId=\"1\""
	    " dataCodingScheme=\"15\" string=\"Your balance is 1 USD\"/>\n"
	    "</dialog>\n" },
	{ "restcomm", "/ussd",
	    "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n"
	    "<dialog type=\"Unknown\" localId=\"12\" remoteId=\"13\""
	    " mapMessagesSize=\"0\" dialogTimedOut=\"true\" \n"
	    "returnMessageOnError=\"false\">\n\t<errComponents/>\n</dialog>",
	    USSD_ENDS, "12", "", "", NULL, 1, "",
	    "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n"
	    "<dialog mapMessagesSize=\"0\" prearrangedEnd=\"false\">\n"
	    "</dialog>\n" },
};

static void
add_fields(struct ussd_fields *fields, const char *words)
{
	if (words[0] == '{') {
		ck_assert_int_eq(
		    ussd_fields_add_json(fields, words, strlen(words)), DONE);
		return;
	}
	if (words[0] == '<') {
		ck_assert_int_eq(
		    ussd_fields_add_xml(fields, words, strlen(words)), DONE);
		return;
	}
	while (*words != '\0') {
		size_t name = strcspn(words, "=");
		size_t value = strcspn(words + name + 1, "&");
		struct text text = { 0 };

		text_add_bytes(&text, words, name);
		ck_assert_int_eq(ussd_fields_add(fields, text.bytes,
				     words + name + 1, value),
		    DONE);
		text_free(&text);
		words += name + 1 + value;
		words += *words == '&';
	}
}

START_TEST(a_provider_is_read_and_answered_as_it_documents)
{
	const struct transcript *row = &transcripts[_i];
	struct ussd_fields fields = { 0 };
	struct ussd_asked asked;
	struct ussd_page page;
	struct ussd_reply reply;
	struct text header = { 0 };

	load(row->profile);
	ck_assert_int_eq(
	    ussd_profile_match(&profile, row->path, &fields), DONE);
	add_fields(&fields, row->fields);
	memset(&asked, 0xa5, sizeof(asked));
	ck_assert_int_eq(ussd_profile_read(&profile, &fields, &asked), DONE);
	ck_assert_int_eq(asked.step, row->step);
	ck_assert_str_eq(asked.session, row->session);
	ck_assert_str_eq(asked.number, row->number);
	ck_assert_str_eq(asked.text, row->text);
	memset(&reply, 0xa5, sizeof(reply));
	page.words = row->page;
	page.is_last = row->is_last;
	ussd_reply_make(&profile, &fields, &page, &reply);
	ck_assert_str_eq(text_string(&reply.body), row->body);
	if (reply.header[0] != '\0')
		text_printf(
		    &header, "%s: %s", reply.header, reply.header_value);
	ck_assert_str_eq(text_string(&header), row->header);
	text_free(&header);
	text_free(&reply.body);
	ussd_fields_free(&fields);
	ussd_profile_free(&profile);
}
END_TEST

/* Only the first request says whose session it is, and how the last answer
 * names it. */
START_TEST(what_only_the_first_request_said_is_kept)
{
	static const char first[] =
	    "<dialog type=\"Begin\" localId=\"12\" mapMessagesSize=\"1\">"
	    "<processUnstructuredSSRequest_Request invokeId=\"1\""
	    " dataCodingScheme=\"15\" string=\"*234#\">"
	    "<msisdn number=\"79273605819\"/>"
	    "</processUnstructuredSSRequest_Request></dialog>";
	static const char second[] =
	    "<dialog type=\"Continue\" localId=\"12\" mapMessagesSize=\"1\">"
	    "<unstructuredSSRequest_Response invokeId=\"2\""
	    " dataCodingScheme=\"15\" string=\"1\"/></dialog>";
	static const struct ussd_page page = { "Your balance is 1 USD", 1 };
	struct ussd_fields fields = { 0 };
	struct ussd_asked asked;
	struct ussd_reply reply;
	struct text kept = { 0 };

	load("restcomm");
	add_fields(&fields, first);
	ck_assert_str_eq(ussd_profile_follows(&profile, &fields), "");
	ussd_profile_keep(&profile, &fields, &kept);
	ussd_fields_free(&fields);
	add_fields(&fields, second);
	ck_assert_str_eq(ussd_profile_follows(&profile, &fields), "12");
	ck_assert_int_eq(ussd_profile_read(&profile, &fields, &asked), REFUSED);
	ck_assert_int_eq(
	    ussd_profile_recall(&profile, text_string(&kept), &fields), DONE);
	ck_assert_int_eq(ussd_profile_read(&profile, &fields, &asked), DONE);
	ck_assert_str_eq(asked.number, "79273605819");
	ck_assert_str_eq(asked.text, "1");
	ussd_reply_make(&profile, &fields, &page, &reply);
	ck_assert_ptr_nonnull(strstr(text_string(&reply.body),
	    "<processUnstructuredSSRequest_Response invokeId=\"1\""
	    " dataCodingScheme=\"15\" string=\"Your balance is 1 USD\"/>"));
	text_free(&reply.body);
	text_free(&kept);
	ussd_fields_free(&fields);
	ussd_profile_free(&profile);
}
END_TEST

/* The line was started again: nothing is kept, but the provider gives back what
 * the answer before said. */
START_TEST(what_the_provider_gives_back_tells_whose_session_it_is)
{
	static const char second[] =
	    "<dialog type=\"Continue\" localId=\"12\" mapMessagesSize=\"1\""
	    " userObject=\"msisdn.number=79273605819;"
	    "processUnstructuredSSRequest_Request.invokeId=1;\">"
	    "<unstructuredSSRequest_Response invokeId=\"2\""
	    " dataCodingScheme=\"15\" string=\"1\"/></dialog>";
	static const struct ussd_page page = { "Your balance is 1 USD", 1 };
	struct ussd_fields fields = { 0 };
	struct ussd_asked asked;
	struct ussd_reply reply;

	load("restcomm");
	add_fields(&fields, second);
	ck_assert_int_eq(ussd_profile_recall(&profile,
			     ussd_profile_returned(&profile, &fields), &fields),
	    DONE);
	ck_assert_int_eq(ussd_profile_read(&profile, &fields, &asked), DONE);
	ck_assert_int_eq(asked.step, USSD_GOES_ON);
	ck_assert_str_eq(asked.number, "79273605819");
	ussd_reply_make(&profile, &fields, &page, &reply);
	ck_assert_ptr_nonnull(strstr(text_string(&reply.body),
	    "<processUnstructuredSSRequest_Response invokeId=\"1\""));
	text_free(&reply.body);
	ussd_fields_free(&fields);
	ussd_profile_free(&profile);
}
END_TEST

static const struct returning {
	const char *words;
	const char *number; /* "" for none */
} returnings[] = {
	{ "", "" },
	{ ";", "" },
	{ ";;;=;==;", "" },
	{ "=1;", "" },
	{ "msisdn.number", "" },
	{ "msisdn.number;=5;", "" },
	{ "msisdn.number=", "" },
	{ "msisdn.number=5", "5" },
	{ "msisdn.number=5=6;", "5=6" },
	{ "msisdn.number=5;msisdn.number=6;", "5" },
	{ "dialog.type=End;msisdn.number=7", "7" },
	{ "number=5;msisdn.numbers=6;", "" },
};

START_TEST(of_what_comes_back_only_what_is_kept_counts)
{
	struct ussd_fields fields = { 0 };

	load("restcomm");
	ck_assert_int_eq(
	    ussd_profile_recall(&profile, returnings[_i].words, &fields), DONE);
	ck_assert_str_eq(
	    ussd_fields_get(&fields, "msisdn.number"), returnings[_i].number);
	ck_assert_str_eq(ussd_fields_get(&fields, "dialog.type"), "");
	ck_assert_str_eq(ussd_fields_get(&fields, ""), "");
	ussd_fields_free(&fields);
	ussd_profile_free(&profile);
}
END_TEST

static const struct typing {
	const char *text;
	const char *before;
	const char *typed;
} typings[] = {
	{ "", NULL, "" },
	{ "1", NULL, "1" },
	{ "1", "", "1" },
	{ "1*2", "1", "2" },
	{ "1*", "1", "" }, /* an empty answer */
	{ "1*2*5", "1*2", "5" },
	{ "1*a*b", "1", "a*b" }, /* a * in the answer */
	{ "12", "1", "12" }, /* not what came before */
	{ "3*4", "1*2", "4" },
};

START_TEST(what_was_typed_last_is_told_from_all_answers)
{
	ck_assert_str_eq(ussd_typed(typings[_i].text, typings[_i].before),
	    typings[_i].typed);
}
END_TEST

static const char *const no_json[] = { "", "[1]", "{", "\"a\"", "null",
	"{\"a\":\"\xff\"}", "{a:1}" };

START_TEST(what_is_no_object_is_refused)
{
	struct ussd_fields fields = { 0 };

	ck_assert_int_eq(
	    ussd_fields_add_json(&fields, no_json[_i], strlen(no_json[_i])),
	    REFUSED);
	ussd_fields_free(&fields);
}
END_TEST

static const char *const no_xml[] = { "", "<dialog", "<a></b>", "{}",
	"<a b=\"\xff\"/>", "<a b=\"&lol;\"/>",
	"<!DOCTYPE a [<!ENTITY b \"c\">]><a b=\"&b;\"/>",
	"<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
	"<a><a><a><a><a><a><a><a><a/></a></a></a></a></a></a></a></a>" };

START_TEST(what_is_no_document_is_refused)
{
	struct ussd_fields fields = { 0 };

	ck_assert_int_eq(
	    ussd_fields_add_xml(&fields, no_xml[_i], strlen(no_xml[_i])),
	    REFUSED);
	ussd_fields_free(&fields);
}
END_TEST

START_TEST(what_a_page_holds_stands_in_the_quotes_of_an_attribute)
{
	struct text out = { 0 };

	ussd_xml_add_value(&out, "a<b>&\"c'\nd");
	ck_assert_str_eq(out.bytes, "a&lt;b&gt;&amp;&quot;c&apos;&#10;d");
	text_free(&out);
}
END_TEST

START_TEST(another_script_is_told_by_its_coding)
{
	static const struct ussd_page page = { "नमस्ते", 0 };
	struct ussd_fields fields = { 0 };
	struct ussd_reply reply;

	load("restcomm");
	ussd_reply_make(&profile, &fields, &page, &reply);
	ck_assert_ptr_nonnull(strstr(text_string(&reply.body),
	    "dataCodingScheme=\"72\" string=\"नमस्ते\""));
	text_free(&reply.body);
	ussd_profile_free(&profile);
}
END_TEST

START_TEST(too_many_and_too_long_fields_are_refused)
{
	struct ussd_fields fields = { 0 };
	char longest[USSD_FIELD_MAX_BYTES + 2];

	memset(longest, 'x', sizeof(longest));
	ck_assert_int_eq(
	    ussd_fields_add(&fields, "a", longest, sizeof(longest)), REFUSED);
	for (int i = 0; i < USSD_FIELDS_MOST; i++)
		ck_assert_int_eq(ussd_fields_add(&fields, "a", "b", 1), DONE);
	ck_assert_int_eq(ussd_fields_add(&fields, "a", "b", 1), REFUSED);
	ussd_fields_free(&fields);
}
END_TEST

START_TEST(a_request_without_session_or_number_is_refused)
{
	struct ussd_fields fields = { 0 };
	struct ussd_asked asked;

	load("africastalking");
	add_fields(&fields, "text=1&phoneNumber=+254711000001");
	ck_assert_int_eq(ussd_profile_read(&profile, &fields, &asked), REFUSED);
	ussd_fields_free(&fields);
	add_fields(&fields, "text=1&sessionId=7");
	ck_assert_int_eq(ussd_profile_read(&profile, &fields, &asked), REFUSED);
	ussd_fields_free(&fields);
	ussd_profile_free(&profile);
}
END_TEST

static const char *const other_paths[] = { "/", "/ussd/", "/ussdx", "",
	"/session//start", "/session/abc", "/session/abc/start/x" };

START_TEST(another_path_is_not_its)
{
	struct ussd_fields fields = { 0 };

	load(_i < 4 ? "africastalking" : "infobip");
	ck_assert_int_eq(
	    ussd_profile_match(&profile, other_paths[_i], &fields), NOTHING);
	ussd_fields_free(&fields);
	ussd_profile_free(&profile);
}
END_TEST

/* -- who may ask ------------------------------------------------------------ */

static const struct asking {
	const char *allow;
	const char *from;
	int is_allowed;
} askings[] = {
	{ "", "8.8.8.8", 1 },
	{ "10.1.2.3", "10.1.2.3", 1 },
	{ "10.1.2.3", "10.1.2.4", 0 },
	{ "10.1.2.3, 10.2.0.0/16", "10.2.255.1", 1 },
	{ "10.1.2.3, 10.2.0.0/16", "10.3.0.1", 0 },
	{ "0.0.0.0/0", "1.2.3.4", 1 },
};

START_TEST(the_list_says_who_may_ask)
{
	struct ussd_access access;
	struct sockaddr_in from = { .sin_family = AF_INET };
	unsigned a, b, c, d;

	ck_assert_int_eq(
	    sscanf(askings[_i].from, "%u.%u.%u.%u", &a, &b, &c, &d), 4);
	from.sin_addr.s_addr = htonl(a << 24 | b << 16 | c << 8 | d);
	ck_assert_int_eq(
	    ussd_access_open(askings[_i].allow, "", &access), DONE);
	ck_assert_int_eq(
	    ussd_access_allows(&access, (const struct sockaddr *)&from),
	    askings[_i].is_allowed);
	ussd_access_close(&access);
}
END_TEST

START_TEST(only_the_whole_token_is_the_token)
{
	struct ussd_access access = { .allowed_count = 0 };

	ck_assert(ussd_access_has_token(&access, ""));
	text_add(&access.token, "0123456789abcdef");
	ck_assert(ussd_access_has_token(&access, "0123456789abcdef"));
	ck_assert(!ussd_access_has_token(&access, "0123456789abcdeF"));
	ck_assert(!ussd_access_has_token(&access, "0123456789abcde"));
	ck_assert(!ussd_access_has_token(&access, "0123456789abcdef0"));
	ck_assert(!ussd_access_has_token(&access, ""));
	text_free(&access.token);
}
END_TEST

static Suite *
suite_of_ussd_profile(void)
{
	Suite *suite = suite_create("ussd_profile");
	TCase *tcase = tcase_create("ussd_profile");

	tcase_add_loop_test(tcase,
	    a_provider_is_read_and_answered_as_it_documents, 0,
	    COUNT_OF(transcripts));
	tcase_add_test(tcase, what_only_the_first_request_said_is_kept);
	tcase_add_test(
	    tcase, what_the_provider_gives_back_tells_whose_session_it_is);
	tcase_add_loop_test(tcase, of_what_comes_back_only_what_is_kept_counts,
	    0, COUNT_OF(returnings));
	tcase_add_loop_test(tcase, what_was_typed_last_is_told_from_all_answers,
	    0, COUNT_OF(typings));
	tcase_add_loop_test(
	    tcase, what_is_no_object_is_refused, 0, COUNT_OF(no_json));
	tcase_add_loop_test(
	    tcase, what_is_no_document_is_refused, 0, COUNT_OF(no_xml));
	tcase_add_test(
	    tcase, what_a_page_holds_stands_in_the_quotes_of_an_attribute);
	tcase_add_test(tcase, another_script_is_told_by_its_coding);
	tcase_add_test(tcase, too_many_and_too_long_fields_are_refused);
	tcase_add_test(tcase, a_request_without_session_or_number_is_refused);
	tcase_add_loop_test(
	    tcase, another_path_is_not_its, 0, COUNT_OF(other_paths));
	tcase_add_loop_test(
	    tcase, the_list_says_who_may_ask, 0, COUNT_OF(askings));
	tcase_add_test(tcase, only_the_whole_token_is_the_token);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_ussd_profile);
