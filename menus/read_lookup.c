#include "menus/read_lookup.h"

/* Two capitals, as ISO 3166 has countries. */
static void
read_country(
    struct screen_reader *reader, struct node *node, struct screen *screen)
{
	char *country = node_text(reader->file, node, "country",
	    "whose list: two capitals, such as NP");

	if (country == NULL)
		return;
	if (strlen(country) == 2 &&
	    strspn(country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2)
		memcpy(screen->country, country, 3);
	else
		node_complain(reader->file, node_member(node, "country"),
		    "country is '%.20s' but must be two capitals, such as NP",
		    country);
	free(country);
}

void
read_lookup(
    struct screen_reader *reader, struct node *node, struct screen *screen)
{
	char *list = node_text(
	    reader->file, node, "list", "\"recruiters\" or \"directory\"");

	if (list != NULL && strcmp(list, "recruiters") == 0) {
		screen->list = LOOKUP_RECRUITERS;
		read_country(reader, node, screen);
	} else if (list != NULL && strcmp(list, "directory") == 0) {
		screen->list = LOOKUP_DIRECTORY;
		if (node_member(node, "need") != NULL)
			screen->need =
			    read_id(reader->file, node, "need", NULL);
	} else if (list != NULL) {
		node_complain(reader->file, node_member(node, "list"),
		    "there is no list '%.60s'; there are \"recruiters\" and"
		    " \"directory\"",
		    list);
		node_pass_over(node);
	}
	free(list);
}
