#!/bin/bash
# A case from the first text to the last byte: asked for help, referred with a
# YES by text, exported, erased by two; then no file, no log holds a word of it.
set -u
waymark=$(pwd)/waymark
top=$(cd "${top_srcdir:-$(dirname "$0")/..}" && pwd)
folder=$(mktemp -d "${TMPDIR:-/tmp}/waymark-data.XXXXXX") || exit 1
helpline=$folder/helpline
outside=$folder/outside # what was handed out on purpose
WAYMARK_DATA=$top
export WAYMARK_DATA
# The libraries that read PO files and configurations leave memory behind.
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
hub=
passed=0
failed=0

finish() {
	[ -n "$hub" ] && kill -KILL "$hub" 2>/dev/null
	rm -rf "$folder"
}
trap finish EXIT

# proof NAME COMMAND...: holds when the command succeeds.
proof() {
	local name=$1
	shift
	if "$@" >"$folder/said" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $name"
		tail -n 20 "$folder/said"
	fi
}

number=+9779812345678
word=Mustang-without-end
her_name=Durga-of-the-test

phone() {
	timeout 120 "$waymark" phone -c "$helpline/waymark.conf" \
	    --number "$number" --text "$1" </dev/null
}

# as NAME ACTION...: a command of somebody signed in.
as() {
	local who=$1
	shift
	"$waymark" "$@" -c "$helpline/waymark.conf" --staff "$who" \
	    --password-file "$folder/password" </dev/null
}

set_up() {
	(
		umask 077
		echo "a password for tests" >"$folder/password"
	)
	mkdir "$outside"
	"$waymark" setup "$helpline" --staff Sita \
	    --password-file "$folder/password" \
	    --recovery-file "$folder/recovery" </dev/null &&
	    as Sita staff add Ram --new-password-file "$folder/password"
}

starts() {
	"$waymark" serve -c "$helpline/waymark.conf" </dev/null \
	    2>>"$folder/log" &
	hub=$!
	for _ in $(seq 2400); do
		[ -S "$helpline/demo.socket" ] && return 0
		sleep 0.05
	done
	cat "$folder/log"
	return 1
}

asks_for_help() {
	for said in HELP 1 1 2 1 2 1 Qatar 1 5 "$word" "$her_name"; do
		phone "$said"
	done
	ref=$(as Sita queue list --json | jq -r '.[0].ref')
	[ -n "$ref" ] && [ "$ref" != null ]
}

# Until a command says so, at most two minutes.
waits_for() {
	local wanted=$1
	shift
	for _ in $(seq 600); do
		"$@" 2>&1 | tee "$folder/heard" | grep -q "$wanted" && return 0
		sleep 0.2
	done
	cat "$folder/heard"
	return 1
}

# The key has a password, and both sides see the same fingerprint.
makes_a_partner() {
	echo "a river and a stone" >"$outside/key-password"
	"$waymark" partners key "$outside/key" \
	    --new-password-file "$outside/key-password" \
	    >"$outside/public" 2>"$folder/key-told" &&
	    grep -q "^waymark-locked-" "$outside/key" &&
	    as Sita partners add "Asha House" --kind shelter \
		--key "$(cat "$outside/public")" | tee "$folder/heard" &&
	    grep -qF "$(sed -n 's/^The fingerprint of their key: //p' \
		"$folder/heard")" "$folder/key-told"
}

# One that was made without gets its password later, and only once.
locks_a_key() {
	"$waymark" partners key "$outside/bare" >/dev/null 2>&1 &&
	    grep -q "^waymark-secret-" "$outside/bare" &&
	    "$waymark" partners lock "$outside/bare" \
		--new-password-file "$outside/key-password" &&
	    grep -q "^waymark-locked-" "$outside/bare" &&
	    ! "$waymark" partners lock "$outside/bare" \
		--new-password-file "$outside/key-password"
}

# The name alone; the key, and what was passed, stay theirs.
renames_a_partner() {
	as Sita partners rename "Asha House" "Asha Ghar" &&
	    as Sita partners list --json | tee "$folder/heard" |
	    jq -e '.[] | select(.name == "Asha Ghar") | .has_key' >/dev/null &&
	    ! as Sita partners list | grep -q "Asha House" &&
	    as Sita partners rename "Asha Ghar" "Asha House" &&
	    as Sita audit list | grep -q "Asha House -> Asha Ghar" &&
	    { as Sita partners rename "No House" "Asha Ghar" \
		>"$folder/heard" 2>&1; [ $? = 3 ]; }
}

refuses() {
	! as Sita queue refer "$ref" "Asha House" "$@" >"$folder/heard" 2>&1 &&
	    [ ! -s "$outside/file" ]
}

# The first text of a conversation is neutral; the question follows the answer.
agrees_by_text() {
	as Sita queue refer "$ref" "Asha House" ask \
	    "May we tell Asha House about you? YES or NO" || return 1
	waits_for "waiting\|sent" as Sita queue show "$ref"
	for _ in 1 2 3 4 5; do
		phone YES
		as Sita queue refer "$ref" | grep -q "by text" && return 0
		sleep 1
	done
	return 1
}

makes_the_file() {
	as Sita queue refer "$ref" "Asha House" file --field number \
	    -o "$outside/file" && ! grep -q "$number" "$outside/file"
}

opens_the_file() {
	echo "another river" >"$folder/wrong"
	! "$waymark" partners open "$outside/file" --key "$outside/key" \
	    --password-file "$folder/wrong" &&
	    "$waymark" partners open "$outside/file" --key "$outside/key" \
		--password-file "$outside/key-password" |
	    tee "$folder/heard" | grep -q "$number" &&
	    ! grep -q "$her_name" "$folder/heard"
}

sets_facts() {
	as Sita queue fact "$ref" wmk_AgeBand 18-24 &&
	    as Sita queue fact "$ref" con_Consent TRUE &&
	    ! as Sita queue fact "$ref" prs_Gender "$her_name"
}

exports_cases() {
	as Sita export htcds -o "$outside/htcds.csv" &&
	    grep -q "18-24" "$outside/htcds.csv" &&
	    ! grep -q "$ref\|$her_name\|9812345678" "$outside/htcds.csv"
}

exports_the_record() {
	as Sita export case "$ref" -o "$outside/record" &&
	    grep -q "$number" "$outside/record" &&
	    grep -q "$her_name" "$outside/record"
}

counts_it() {
	as Sita export trends --svg "$outside/trends.svg" |
	    grep -q "under 5" && grep -q "</svg>" "$outside/trends.svg" &&
	    ! as Sita export tallies --from 2020-W01 --to 2020-W10
}

erases_alone() {
	! as Ram erase "$ref" && as Sita erase "$ref" --reason "asked us to" &&
	    ! as Sita erase "$ref" && ! as Ram erase "$ref" --reason "me too"
}

erases_together() {
	as Ram erase "$ref" | grep -q "erased"
}

is_to_be_told() {
	as Sita partners list | grep -q "withdrawn: tell them" &&
	    as Sita queue refer "$ref" "Asha House" told &&
	    ! as Sita partners list | grep -q "withdrawn: tell them"
}

ends() {
	kill -TERM "$hub" && wait "$hub"
	hub=
	tail -n 1 "$folder/log" | grep -q "ended cleanly"
}

# The same caller again; then a year passes, as far as the case can tell.
asks_again() {
	asks_for_help && as Sita queue claim "$ref" &&
	    as Sita queue show "$ref" &&
	    as Sita queue close "$ref" --outcome "advice given"
}

ages() {
	sqlite3 "$helpline/waymark.db" "UPDATE requests
	    SET changed_utc_s = changed_utc_s - 366 * 86400
	    WHERE ref = '$ref'"
}

is_a_tombstone() {
	waits_for forgotten as Sita queue list --all
}

# Whether a word stands in a file of the helpline's or in its log.
stands() {
	grep -rlaF -e "$1" "$helpline" "$folder/log"
}

holds_nothing() {
	local found=0
	for what in "$number" "${number#+977}" "$word" "$her_name" \
	    "May we tell" "wmk_AgeBand" "18-24"; do
		stands "$what" && found=1 && echo "$what is still there"
	done
	return $found
}

proof "a helpline with two people" set_up
proof "it runs" starts
proof "somebody asks for help" asks_for_help
proof "the case is claimed" as Sita queue claim "$ref"
proof "a partner with a key" makes_a_partner
proof "a key gets its password later" locks_a_key
proof "a partner gets another name" renames_a_partner
proof "nothing is passed before consent" \
    refuses file --field number -o "$outside/file"
proof "the caller's own YES is consent" agrees_by_text
proof "a sealed file with one field" makes_the_file
proof "the partner opens it, and it has that field only" opens_the_file
proof "the partner accepts" \
    as Sita queue refer "$ref" "Asha House" accepted
proof "facts are set in the standard's words only" sets_facts
proof "cases are exported without a person in them" exports_cases
proof "the caller's own record has everything" exports_the_record
proof "it is counted, and too few to be released" counts_it
proof "the log holds nothing of it" \
    bash -c "! grep -F -e '$her_name' -e '$word' -e '${number#+977}' '$folder/log'"
proof "the audit trail is whole" as Sita audit verify
proof "nobody erases alone" erases_alone
proof "two erase it" erases_together
proof "the partner is to be told, and is" is_to_be_told
proof "it ends cleanly" ends
proof "no file holds a word of it" holds_nothing
proof "it runs again" starts
proof "the same caller asks again, and the case is closed" asks_again
proof "it ends cleanly again" ends
proof "a year passes" ages
proof "it runs once more" starts
proof "the case has ended by its clock" is_a_tombstone
proof "and ends cleanly" ends
proof "no file holds a word of that one either" holds_nothing
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
