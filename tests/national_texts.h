/* Texts in national language tables as PDUs, made from the tables of 3GPP TS
 * 23.038 (A.2, A.3) apart from this program. */
#ifndef TESTS_NATIONAL_TEXTS_H
#define TESTS_NATIONAL_TEXTS_H

#define NATIONAL_START "07917799080000F0440D91779981436587F900006211221200000"

static const struct national_text {
	const char *what;
	const char *pdu;
	const char *text;
	int parts;
} national_texts[] = {
	{ "Turkish, locking",
	    NATIONAL_START "02403250101C886E5E4431BC40EEB0F6D16A8F336F3E5A0751"
			   "84C3FEC400B2F0708",
	    "Yardım lazım, şoför kaçtı; ĞÜŞİ", 1 },
	{ "Turkish, single",
	    NATIONAL_START "01803240101C887E5E44DBA0DDACC419B336833066D92"
			   "",
	    "yardım ş ğ ç İ", 1 },
	{ "Hindi", NATIONAL_START "01106240106250106C2D50AA48136A30F",
	    "मदद चाहिए", 1 },
	{ "Hindi, the first of two parts",
	    NATIONAL_START "0190B0003070201240106250106F4A0CC5E97F815813621",
	    "पासपोर्ट ५", 2 },
	{ "Bengali",
	    NATIONAL_START "016062401042501044C68133AFC0E411A6801B41901",
	    "সাহায্য চাই ৯", 1 },
	{ "Urdu, locking", NATIONAL_START "00E0325010D706A34200BC09ADD02",
	    "مدد چاہیے", 1 },
	{ "Urdu", NATIONAL_START "0100624010D25010D4E8D6633036D42", "مدد؟ ۵",
	    1 },
};

#endif
