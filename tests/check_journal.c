#include "store/journal.h"

#include "tests/store_fixture.h"

static const char words[] = "MARKER they took my passport";

static struct journal_entry
entry_of(const struct person *person, const char *text)
{
	struct journal_entry entry = { .line = "north",
		.kind = "sms",
		.sender_kind = "number",
		.caller = &person->key,
		.number = person->number.e164,
		.network_utc_s = 500,
		.arrived_utc_s = 1000,
		.join_reference = -1,
		.part = 1,
		.parts = 1,
		.text = text };

	return (entry);
}

static struct journal_id
add(const struct journal_entry *entry, enum journal_state state)
{
	struct journal_id id;

	memset(&id, 0xa5, sizeof(id));
	MUST(journal_add(fixture_store, entry, state, &id));
	ck_assert_int_gt(id.row, 0);
	return (id);
}

static struct journal_id
add_part(const struct person *person, int part, int parts, int64_t at,
    const char *text)
{
	struct journal_entry entry = entry_of(person, text);

	entry.join_reference = 77;
	entry.join_bits = 8;
	entry.part = part;
	entry.parts = parts;
	entry.arrived_utc_s = at;
	entry.network_utc_s = at;
	return (add(&entry, JOURNAL_PART));
}

static void
open_in_transaction(void)
{
	fixture_open();
	MUST(store_begin(fixture_store));
}

START_TEST(an_arrival_that_is_shown_again_is_known)
{
	struct person person = person_of(1);
	struct journal_entry entry = entry_of(&person, words);
	struct journal_id first = add(&entry, JOURNAL_HANDLED), again;

	memset(&again, 0xa5, sizeof(again));
	ck_assert_int_eq(
	    journal_add(fixture_store, &entry, JOURNAL_WAITING, &again),
	    NOTHING);
	ck_assert_int_eq(again.row, first.row);
	MUST(store_commit(fixture_store));
	fixture_reopen();
	MUST(store_begin(fixture_store));
	again.row = 0;
	ck_assert_int_eq(
	    journal_add(fixture_store, &entry, JOURNAL_HANDLED, &again),
	    NOTHING);
	ck_assert_int_eq(again.row, first.row);
}
END_TEST

START_TEST(each_fact_tells_arrivals_apart)
{
	struct person person = person_of(1), other = person_of(2);
	struct journal_entry entry = entry_of(&person, words);

	add(&entry, JOURNAL_HANDLED);
	switch (_i) {
	case 0:
		entry.line = "south";
		break;
	case 1:
		entry.kind = "call";
		break;
	case 2:
		entry.number = other.number.e164;
		break;
	case 3:
		entry.network_utc_s++;
		break;
	case 4:
		entry.token = UINT64_MAX;
		break;
	case 5:
		entry.join_reference = 3;
		break;
	case 6:
		entry.join_bits = 16;
		break;
	case 7:
		entry.part = 2;
		break;
	case 8:
		entry.parts = 2;
		break;
	default:
		entry.text = "other";
		break;
	}
	add(&entry, JOURNAL_HANDLED);
}
END_TEST

START_TEST(a_waiting_row_is_read_back_and_its_text_goes_when_handled)
{
	struct person person = person_of(1);
	struct journal_entry entry = entry_of(&person, words);
	struct journal_id id = add(&entry, JOURNAL_WAITING);
	struct journal_row row;

	ck_assert_int_eq(
	    journal_next_waiting(fixture_store, 999, &row), NOTHING);
	memset(&row, 0xa5, sizeof(row));
	MUST(journal_next_waiting(fixture_store, 1000, &row));
	ck_assert_int_eq(row.id.row, id.row);
	ck_assert_str_eq(text_string(&row.text), words);
	ck_assert_str_eq(text_string(&row.number), person.number.e164);
	ck_assert_str_eq(text_string(&row.line), "north");
	ck_assert_str_eq(text_string(&row.kind), "sms");
	ck_assert_str_eq(text_string(&row.sender_kind), "number");
	ck_assert_int_eq(row.network_utc_s, 500);
	ck_assert_int_eq(row.arrived_utc_s, 1000);
	ck_assert_int_eq(row.tries, 0);
	ck_assert_int_eq(row.is_partial, 0);
	journal_row_free(&row);
	MUST(journal_move(fixture_store, id, JOURNAL_WAITING, JOURNAL_HANDLED));
	ck_assert_int_eq(
	    journal_next_waiting(fixture_store, 5000, &row), NOTHING);
	ck_assert_int_eq(
	    journal_move(fixture_store, id, JOURNAL_WAITING, JOURNAL_IGNORED),
	    NOTHING);
}
END_TEST

START_TEST(a_move_that_is_in_no_picture_is_broken)
{
	struct person person = person_of(1);
	struct journal_entry entry = entry_of(&person, words);
	struct journal_id id = add(&entry, JOURNAL_WAITING);
	static const unsigned allowed[] = {
		[JOURNAL_WAITING] =
		    1u << JOURNAL_HANDLED | 1u << JOURNAL_IGNORED,
		[JOURNAL_PART] = 1u << JOURNAL_JOINED,
		[JOURNAL_ASIDE] = 1u << JOURNAL_HANDLED,
	};

	for (int from = 0; from < 6; from++) {
		for (int to = 0; to < 6; to++) {
			if (from < (int)COUNT_OF(allowed) &&
			    (allowed[from] & 1u << to) != 0)
				continue;
			ck_assert_int_eq(journal_move(fixture_store, id,
					     (enum journal_state)from,
					     (enum journal_state)to),
			    BROKEN);
		}
	}
	ck_assert_int_eq(
	    journal_add(fixture_store, &entry, JOURNAL_JOINED, &id), BROKEN);
	ck_assert_int_eq(
	    journal_add(fixture_store, &entry, JOURNAL_ASIDE, &id), BROKEN);
}
END_TEST

START_TEST(tries_are_counted_and_the_row_set_aside_sealed)
{
	struct person person = person_of(1);
	struct journal_entry entry = entry_of(&person, words);
	struct journal_id id = add(&entry, JOURNAL_WAITING);
	struct journal_row row;
	int64_t counts[6], due = 0;
	int tries = 0;

	for (int i = 1; i <= JOURNAL_TRIES_MOST; i++) {
		MUST(journal_count_try(fixture_store, id, 1000 + i, &tries));
		ck_assert_int_eq(tries, i);
	}
	MUST(journal_next_due(fixture_store, 60, &due));
	ck_assert_int_eq(due, 1000 + JOURNAL_TRIES_MOST);
	MUST(journal_set_aside(fixture_store, id, "menu has no such screen"));
	ck_assert_int_eq(
	    journal_set_aside(fixture_store, id, "again"), NOTHING);
	ck_assert_int_eq(
	    journal_count_try(fixture_store, id, 1, &tries), NOTHING);
	ck_assert_int_eq(
	    journal_next_waiting(fixture_store, 9999, &row), NOTHING);
	ck_assert_int_eq(journal_next_due(fixture_store, 60, &due), NOTHING);
	memset(counts, 0xa5, sizeof(counts));
	MUST(journal_count(fixture_store, counts));
	ck_assert_int_eq(counts[JOURNAL_ASIDE], 1);
	ck_assert_int_eq(counts[JOURNAL_WAITING], 0);
	MUST(journal_move(fixture_store, id, JOURNAL_ASIDE, JOURNAL_HANDLED));
}
END_TEST

START_TEST(parts_in_any_order_become_one_text)
{
	struct person person = person_of(1);
	struct journal_id ids[3];
	struct journal_row whole;
	int64_t counts[6];

	ids[0] = add_part(&person, 3, 3, 1001, "ghi");
	ids[1] = add_part(&person, 1, 3, 1002, "abc");
	ck_assert_int_eq(journal_join(fixture_store, ids[1], &whole), NOTHING);
	ids[2] = add_part(&person, 2, 3, 1003, "def");
	memset(&whole, 0xa5, sizeof(whole));
	MUST(journal_join(fixture_store, ids[2], &whole));
	ck_assert_str_eq(text_string(&whole.text), "abcdefghi");
	ck_assert_str_eq(text_string(&whole.number), person.number.e164);
	ck_assert_int_eq(whole.is_partial, 0);
	MUST(journal_count(fixture_store, counts));
	ck_assert_int_eq(counts[JOURNAL_JOINED], 3);
	ck_assert_int_eq(counts[JOURNAL_PART], 0);
	ck_assert_int_eq(counts[JOURNAL_WAITING], 1);
	MUST(journal_move(
	    fixture_store, whole.id, JOURNAL_WAITING, JOURNAL_HANDLED));
	ck_assert_int_eq(journal_join(fixture_store, ids[0], &whole), NOTHING);
	journal_row_free(&whole);
}
END_TEST

START_TEST(parts_of_two_senders_lines_or_sizes_never_mix)
{
	struct person person = person_of(1), other = person_of(2);
	struct journal_entry entry;
	struct journal_row whole;
	struct journal_id id;

	add_part(&person, 1, 2, 1000, "mine");
	entry = entry_of(_i == 0 ? &other : &person, "theirs");
	entry.line = _i == 1 ? "south" : "north";
	entry.join_reference = _i == 2 ? 78 : 77;
	entry.join_bits = _i == 3 ? 16 : 8;
	entry.part = 2;
	entry.parts = _i == 4 ? 3 : 2;
	entry.arrived_utc_s = _i == 5 ? 1001 + JOURNAL_JOIN_WITHIN_S : 1000;
	id = add(&entry, JOURNAL_PART);
	ck_assert_int_eq(journal_join(fixture_store, id, &whole), NOTHING);
}
END_TEST

START_TEST(an_orphan_is_not_mixed_into_a_later_text)
{
	struct person person = person_of(1);
	struct journal_row whole, orphan;

	add_part(&person, 1, 2, 1000, "OLD");
	add_part(&person, 1, 2, 2000, "new ");
	MUST(journal_join(
	    fixture_store, add_part(&person, 2, 2, 2001, "text"), &whole));
	ck_assert_str_eq(text_string(&whole.text), "new text");
	MUST(journal_join_late(fixture_store, 5000, 3600, &orphan));
	ck_assert_str_eq(text_string(&orphan.text), "OLD...");
	ck_assert_int_eq(orphan.is_partial, 1);
	ck_assert_int_eq(
	    journal_join_late(fixture_store, 9000, 3600, &orphan), NOTHING);
	journal_row_free(&whole);
	journal_row_free(&orphan);
}
END_TEST

START_TEST(a_part_that_comes_again_with_the_same_words_adds_nothing)
{
	struct person person = person_of(1);
	struct journal_row whole;
	int64_t counts[6];

	add_part(&person, 1, 2, 1000, "one ");
	add_part(&person, 1, 2, 1005, "one ");
	MUST(journal_join(
	    fixture_store, add_part(&person, 2, 2, 1010, "two"), &whole));
	ck_assert_str_eq(text_string(&whole.text), "one two");
	MUST(journal_count(fixture_store, counts));
	ck_assert_int_eq(counts[JOURNAL_PART], 0);
	journal_row_free(&whole);
}
END_TEST

START_TEST(a_late_text_is_joined_with_marks_where_parts_are_missing)
{
	struct person person = person_of(1);
	struct journal_row whole, again;
	int64_t due = 0;

	add_part(&person, 2, 6, 1000, "two");
	add_part(&person, 5, 6, 1010, "five");
	MUST(journal_next_due(fixture_store, 3600, &due));
	ck_assert_int_eq(due, 4600);
	ck_assert_int_eq(
	    journal_join_late(fixture_store, 4599, 3600, &whole), NOTHING);
	MUST(journal_join_late(fixture_store, 4600, 3600, &whole));
	ck_assert_str_eq(text_string(&whole.text), "...two...five...");
	ck_assert_int_eq(whole.is_partial, 1);
	/* What a crash would find. */
	MUST(journal_next_waiting(fixture_store, 4600, &again));
	ck_assert_int_eq(again.id.row, whole.id.row);
	ck_assert_int_eq(again.is_partial, 1);
	ck_assert_str_eq(text_string(&again.text), "...two...five...");
	journal_row_free(&whole);
	journal_row_free(&again);
}
END_TEST

START_TEST(a_part_of_nothing_sensible_waits_by_itself)
{
	static const struct {
		int64_t reference, part, parts;
	} vectors[] = { { -1, 1, 2 }, { 7, 0, 2 }, { 7, 3, 2 }, { 7, 1, 256 },
		{ 7, 1, 0 }, { 7, -1, -1 } };
	struct person person = person_of(1);
	struct journal_entry entry = entry_of(&person, words);
	struct journal_row row, whole;
	struct journal_id id;

	entry.join_reference = vectors[_i].reference;
	entry.part = vectors[_i].part;
	entry.parts = vectors[_i].parts;
	id = add(&entry, JOURNAL_PART);
	ck_assert_int_eq(journal_join(fixture_store, id, &whole), NOTHING);
	MUST(journal_next_waiting(fixture_store, 1000, &row));
	ck_assert_str_eq(text_string(&row.text), words);
	journal_row_free(&row);
}
END_TEST

START_TEST(the_longest_text_there_is_is_joined_and_a_monster_cut)
{
	struct person person = person_of(1);
	char *part = memory_new(1001, 1);
	struct journal_row whole;
	struct journal_id id = { 0 };

	memset(part, 'x', 1000);
	for (int i = 0; i < 500; i++)
		memcpy(part + 2 * i, "\xc3\xa9", 2);
	for (int i = 1; i <= JOURNAL_PARTS_MOST; i++)
		id = add_part(&person, i, JOURNAL_PARTS_MOST, 1000 + i, part);
	MUST(journal_join(fixture_store, id, &whole));
	ck_assert_uint_le(whole.text.length, JOURNAL_TEXT_MAX_BYTES);
	ck_assert_uint_gt(whole.text.length, JOURNAL_TEXT_MAX_BYTES - 8);
	ck_assert_str_eq(
	    whole.text.bytes + whole.text.length - 5, "\xc3\xa9...");
	ck_assert_int_eq(whole.is_partial, 1);
	journal_row_free(&whole);
	free(part);
}
END_TEST

START_TEST(long_texts_of_names_join_by_sender)
{
	struct journal_entry entry = { .line = "north",
		.kind = "sms",
		.sender_kind = "name",
		.number = "BANK",
		.arrived_utc_s = 1,
		.join_reference = 1,
		.join_bits = 8,
		.part = 1,
		.parts = 2,
		.text = "a" };
	struct journal_row whole;

	add(&entry, JOURNAL_PART);
	entry.part = 2;
	entry.text = "x";
	entry.number = "SHOP";
	ck_assert_int_eq(
	    journal_join(fixture_store, add(&entry, JOURNAL_PART), &whole),
	    NOTHING);
	entry.text = "b";
	entry.number = "BANK";
	MUST(journal_join(fixture_store, add(&entry, JOURNAL_PART), &whole));
	ck_assert_str_eq(text_string(&whole.text), "ab");
	ck_assert_str_eq(text_string(&whole.sender_kind), "name");
	journal_row_free(&whole);
}
END_TEST

START_TEST(no_state_leaves_words_or_numbers_to_be_read)
{
	struct person person = person_of(1);
	struct journal_entry entry = entry_of(&person, words);
	struct journal_id id = add(&entry, JOURNAL_WAITING);

	add_part(&person, 1, 2, 1000, "MARKER part");
	entry.text = "MARKER handled";
	add(&entry, JOURNAL_HANDLED);
	MUST(store_commit(fixture_store));
	ck_assert_int_eq(fixture_has_string("north"), 1);
	ck_assert_int_eq(fixture_has_string("MARKER"), 0);
	ck_assert_int_eq(fixture_has_string(person.number.e164 + 1), 0);
	MUST(store_begin(fixture_store));
	MUST(journal_set_aside(fixture_store, id, "cause"));
	MUST(store_commit(fixture_store));
	ck_assert_int_eq(fixture_has_string("MARKER"), 0);
	ck_assert_int_eq(fixture_has_string(person.number.e164 + 1), 0);
}
END_TEST

static Suite *
suite_of_journal(void)
{
	Suite *suite = suite_create("journal");
	TCase *tests = tcase_create("journal");

	tcase_add_checked_fixture(tests, open_in_transaction, fixture_close);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, an_arrival_that_is_shown_again_is_known);
	tcase_add_loop_test(tests, each_fact_tells_arrivals_apart, 0, 10);
	tcase_add_test(
	    tests, a_waiting_row_is_read_back_and_its_text_goes_when_handled);
	tcase_add_test(tests, a_move_that_is_in_no_picture_is_broken);
	tcase_add_test(tests, tries_are_counted_and_the_row_set_aside_sealed);
	tcase_add_test(tests, parts_in_any_order_become_one_text);
	tcase_add_loop_test(
	    tests, parts_of_two_senders_lines_or_sizes_never_mix, 0, 6);
	tcase_add_test(tests, an_orphan_is_not_mixed_into_a_later_text);
	tcase_add_test(
	    tests, a_part_that_comes_again_with_the_same_words_adds_nothing);
	tcase_add_test(
	    tests, a_late_text_is_joined_with_marks_where_parts_are_missing);
	tcase_add_loop_test(
	    tests, a_part_of_nothing_sensible_waits_by_itself, 0, 6);
	tcase_add_test(
	    tests, the_longest_text_there_is_is_joined_and_a_monster_cut);
	tcase_add_test(tests, long_texts_of_names_join_by_sender);
	tcase_add_test(tests, no_state_leaves_words_or_numbers_to_be_read);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_journal);
