#include "gateway/desk/markup.h"

void
markup_add(struct text *out, const char *words)
{
	for (; *words != '\0'; words++) {
		switch (*words) {
		case '&':
			text_add(out, "&amp;");
			break;
		case '<':
			text_add(out, "&lt;");
			break;
		case '>':
			text_add(out, "&gt;");
			break;
		case '"':
			text_add(out, "&quot;");
			break;
		case '\'':
			text_add(out, "&#39;");
			break;
		default:
			text_add_byte(out, *words);
		}
	}
}
