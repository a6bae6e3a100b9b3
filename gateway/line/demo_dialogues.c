#include "gateway/line/demo_dialogues.h"

#include "gateway/base/clock.h"

enum {
	HUB_MOST_MS = 15000,
	IDLE_MS = 180000, /* somebody is learning how it works */
};

static const char busy[] = "Busy. Please dial again later.";

static void
put_page(struct demo *demo, const struct dialogue *dialogue, const char *words,
    int is_last)
{
	struct demo_client *client =
	    demo->clients[dialogue->peer % DEMO_CLIENTS_MOST];

	/* Who switched off does not read it. */
	if (client != NULL && client->handle == dialogue->peer)
		demo_client_put_page(client, dialogue->key, words, is_last);
}

static void
close_dialogue(struct demo *demo, struct dialogue *dialogue, const char *words)
{
	put_page(demo, dialogue, words, 1);
	dialogue_end(demo->dialogues, dialogue);
}

void
demo_take_ussd(struct demo *demo, struct demo_client *client,
    const char *number, const char *text)
{
	int64_t now_ms = clock_monotonic_ms();
	struct dialogue *dialogue = dialogues_by_key(demo->dialogues, number);
	enum arrival_kind kind =
	    dialogue == NULL ? ARRIVAL_DIALLED : ARRIVAL_TYPED;

	if (dialogue != NULL && dialogue->state != DIALOGUE_WAITS_FOR_CALLER) {
		demo_client_put_error(client, "the page is still on its way");
		return;
	}
	if (dialogue == NULL)
		dialogue = dialogues_begin(demo->dialogues, number);
	if (dialogue == NULL) {
		demo_client_put_error(client, "too many sessions are open");
		return;
	}
	dialogue->peer = client->handle;
	dialogue_set(demo->dialogues, dialogue, DIALOGUE_WAITS_FOR_HUB,
	    now_ms + HUB_MOST_MS);
	demo_tell_arrival(demo,
	    &(struct demo_event){
		.kind = kind,
		.sender = number,
		.text = text,
		.utc_s = clock_utc_s(),
		.dialogue = dialogue->handle,
	    });
}

void
demo_hang_up(struct demo *demo, const char *number)
{
	struct dialogue *dialogue = dialogues_by_key(demo->dialogues, number);

	if (dialogue != NULL)
		dialogue_end(demo->dialogues, dialogue);
}

void
demo_show_page(struct demo *demo, const struct line_message *message)
{
	struct dialogue *dialogue =
	    dialogues_by_handle(demo->dialogues, message->id);

	if (dialogue == NULL || dialogue->state != DIALOGUE_WAITS_FOR_HUB)
		return;
	if (message->is_last) {
		close_dialogue(demo, dialogue, message->text);
		return;
	}
	dialogue_set_closing(dialogue, message->closing);
	put_page(demo, dialogue, message->text, 0);
	dialogue_set(demo->dialogues, dialogue, DIALOGUE_WAITS_FOR_CALLER,
	    clock_monotonic_ms() + IDLE_MS);
}

void
demo_end_dialogues(struct demo *demo, int64_t now_ms)
{
	struct dialogue *dialogue;

	while ((dialogue = dialogues_due(demo->dialogues, now_ms)) != NULL)
		close_dialogue(demo, dialogue,
		    dialogue->closing != NULL ? dialogue->closing : busy);
}
