#!/bin/bash
# Memcheck: suites of units, and one walk of the running helpline, hub, demo
# line and modem line, with a simulated modem.
#
#   tests/valgrind.sh [--all | --suites | SUITE...]
#
# Without words the suites that read what strangers send (--suites names them);
# --all every suite that is built.  Runs in a build folder; the programs are those of
# $fast_builddir if it is set, since memcheck and the sanitizers exclude each
# other.  What is known of others' libraries stands in
# tests/valgrind/others.supp.
set -u
usual=(check_protocol check_modem_pdu check_modem_message check_segments
    check_answer)
if [ "${1-}" = --suites ]; then
	echo "${usual[@]}"
	exit 0
fi
top=${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
build=$PWD
programs=${fast_builddir:-$PWD}
folder=$(mktemp -d /tmp/waymark-valgrind.XXXXXX)
passed=0
failed=0
hub=
modem=
export WAYMARK_DATA=${WAYMARK_DATA:-$top}

end() {
	[ -n "$hub" ] && kill -KILL "$hub" 2>/dev/null
	[ -n "$modem" ] && kill "$modem" 2>/dev/null
	wait
	rm -rf "$folder"
}
trap end EXIT

skip() {
	echo "skipped: $1"
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
}

command -v valgrind >/dev/null || skip "there is no valgrind here"
[ -x "$programs/waymark" ] || skip "no program in $programs"
nm "$programs/waymark" 2>/dev/null | grep -q __asan_init &&
    skip "the program of $programs has sanitizers in it"

memcheck=(valgrind --error-exitcode=99 --leak-check=full
    --show-leak-kinds=definite --errors-for-leak-kinds=definite
    --num-callers=20 --child-silent-after-fork=no
    --suppressions="$top/tests/valgrind/others.supp")

# proof WORDS COMMAND...: counts it.
proof() {
	local words=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
		echo "ok $words"
	else
		failed=$((failed + 1))
		echo "not ok $words"
	fi
}

# valgrind reads no debugging information of DWARF 5; names are enough.
bare() {
	strip -g -o "$folder/$1" "$programs/$1"
}

checks_suite() {
	bare "$1" && (cd "$programs" && CK_FORK=no CK_TIMEOUT_MULTIPLIER=20 \
	    timeout 900 "${memcheck[@]}" --log-file="$folder/$1.log" \
	    "$folder/$1" >"$folder/$1.out" 2>&1) || {
		tail -n 5 "$folder/$1.out"
		head -n 60 "$folder/$1.log"
		return 1
	}
}

# waits WORDS... : until the command says yes.
waits() {
	for _ in $(seq 1200); do
		"$@" >/dev/null 2>&1 && return 0
		sleep 0.1
	done
	echo "waited in vain: $*"
	return 1
}

sets_up() {
	(umask 077 && echo "a password for tests" >"$folder/password")
	bare waymark &&
	    "$folder/waymark" setup "$folder/h" --staff Sita \
		--corridor nepal-gulf --modem "$folder/modem" \
		--password-file "$folder/password" \
		--recovery-file "$folder/recovery" </dev/null >/dev/null
}

control() {
	"$build/modem_ctl" "$folder/control" "$@"
}

starts() {
	"$build/modem_sim" --device "$folder/modem" \
	    --control "$folder/control" >/dev/null &
	modem=$!
	waits test -S "$folder/control" || return 1
	LD_PRELOAD=$build/tests/own_path.so OWN_PATH=$folder/waymark \
	    "${memcheck[@]}" --trace-children=yes \
	    --log-file="$folder/memcheck.%p" \
	    "$folder/waymark" serve -c "$folder/h/waymark.conf" \
	    2>"$folder/log" &
	hub=$!
	waits grep -q "the modem answers" "$folder/log" &&
	    waits test -S "$folder/h/demo.socket"
}

# From HELP to a request, and back to the menu.
walks() {
	local sent=0 said
	for said in HELP 1 1. 1 2 Qatar 1 bluebird MENU 1 STOP; do
		control text +9779812345678 "$said" >/dev/null || return 1
		sent=$((sent + 1))
		timeout 120 "$build/modem_ctl" "$folder/control" sent-wait \
		    "$sent" >/dev/null || return 1
	done
	"$folder/waymark" phone -c "$folder/h/waymark.conf" \
	    --number +9779800000009 --text hello 2>&1 | grep -q "HELP"
}

hears_odd_things() {
	control pdu 00 >/dev/null &&
	    control ring +9779812345670 >/dev/null &&
	    control text 10086 "your credit ends" >/dev/null &&
	    kill -HUP "$hub" &&
	    waits grep -q "loaded anew" "$folder/log"
}

ends_cleanly() {
	kill -TERM "$hub" && wait "$hub"
	local status=$?
	hub=
	[ "$status" = 0 ] || echo "the hub's status is $status"
	[ "$status" = 0 ]
}

is_clean() {
	local found=0 log
	for log in "$folder"/memcheck.*; do
		# A fork that became a line has a log of its own beginning.
		grep -q "ERROR SUMMARY: [1-9]" "$log" || continue
		found=1
		grep -v "WARNING\|README_MISSING" "$log" | head -n 60
	done
	grep -q "ERROR SUMMARY: 0 errors" "$folder"/memcheck.* &&
	    [ "$found" = 0 ]
}

suites=("$@")
if [ $# = 0 ]; then
	suites=("${usual[@]}")
elif [ "$1" = --all ]; then
	suites=()
	for suite in "$programs"/check_*; do
		[ -x "$suite" ] && [ ! -d "$suite" ] &&
		    suites+=("$(basename "$suite")")
	done
fi
for suite in "${suites[@]}"; do
	proof "$suite has no finding" checks_suite "$suite"
done
proof "a helpline is set up" sets_up
proof "hub, demo line and modem line run under memcheck" starts
proof "a caller walks to a help request and back" walks
proof "odd things come in" hears_odd_things
proof "it ends cleanly" ends_cleanly
proof "none of its processes has a finding" is_clean
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
