#!/bin/sh
# Debian's gammu program against the simulated modem: two programs that share
# no line of code agree on what is on the card and on what went over the air.
# Run in the build folder, which has modem_sim and modem_ctl.

if ! command -v gammu >/dev/null 2>&1; then
	echo "gammu_peer: gammu is not installed (Debian: gammu)"
	echo "0 passed, 0 failed, 1 skipped"
	exit 77
fi

folder=$(mktemp -d) || exit 1
passed=0
failed=0
modem=
monitor=
# gammu writes what it reads in the terminal's character set.
LC_ALL=C.UTF-8
export LC_ALL

end() {
	[ -z "$monitor" ] || kill "$monitor" 2>/dev/null
	[ -z "$modem" ] || kill "$modem" 2>/dev/null
	wait
	rm -rf "$folder"
}
trap end EXIT
trap 'exit 1' INT TERM

for section in "gammu dku2at" "gammu1 at" "gammu2 at115200"; do
	printf '[%s]\ndevice = %s/modem\nconnection = %s\nmodel =\n' \
	    "${section% *}" "$folder" "${section#* }"
done >"$folder/gammurc"

peer() {
	timeout 60 gammu -c "$folder/gammurc" "$@"
}

ctl() {
	./modem_ctl "$folder/control" "$@"
}

pass() {
	passed=$((passed + 1))
}

fail() {
	failed=$((failed + 1))
	echo "FAILED: $1"
	shift
	printf '  %s\n' "$@"
}

# is SENTENCE WANTED GOT
is() {
	if [ "$2" = "$3" ]; then pass; else fail "$1" "want: $2" "got:  $3"; fi
}

# has SENTENCE WANTED TEXT: a line of the text is the wanted one
has() {
	if printf '%s\n' "$3" | grep -qxF -e "$2"; then
		pass
	else
		fail "$1" "want a line: $2" "in: $3"
	fi
}

# From the N-th sent line, the fields with these numbers.
sent_fields() {
	ctl sent "$1" | head -n 1 | cut -f "$2"
}

mkfifo "$folder/ready"
./modem_sim --device "$folder/modem" --control "$folder/control" \
    >"$folder/ready" &
modem=$!
read -r word <"$folder/ready"
is "the modem starts" ready "$word"

echo "# who it is"
identity=$(peer identify)
for line in "Manufacturer         : Waymark" "Firmware             : 1.0" \
    "IMEI                 : 490154203237518" \
    "SIM IMSI             : 429010123456789"; do
	has "gammu identifies it" "$line" "$identity"
done
has "gammu identifies it over connection at" \
    "IMEI                 : 490154203237518" "$(peer -s 1 identify)"
has "gammu identifies it over connection at115200" \
    "IMEI                 : 490154203237518" "$(peer -s 2 identify)"
has "gammu sees the service centre" \
    'Number               : "+9779800000000"' "$(peer getsmsc)"
has "gammu sees the network" "Network state        : home network" \
    "$(peer networkinfo)"
has "gammu sees that no code is wanted" "Nothing to enter." \
    "$(peer getsecuritystatus)"

echo "# texts that come in"
sender=+9779812345678
long=$(printf 'Part one ends about here. %.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13)
while IFS= read -r text; do
	ctl text $sender "$text" >/dev/null
	has "a text is read as it was written: $text" "$text" \
	    "$(peer getallsms)"
	peer deleteallsms 1 >/dev/null
	is "the card is empty after deleting" "ok	0	0" "$(ctl stored)"
done <<'TEXTS'
Help me
100 € {or} [more] ~ \ | ^ and é ñ Ω @ _
नमस्ते, मलाई मद्दत चाहियो
I am lost 🙂🆘
দয়া করে সাহায্য করুন
TEXTS

ctl text RECRUIT "from a name" >/dev/null
has "the name of a sender is read" 'Remote number        : "RECRUIT"' \
    "$(peer getallsms)"
peer deleteallsms 1 >/dev/null

is "a long text takes three parts" 3 "$(ctl text $sender "$long" | cut -f 2)"
whole=$(peer geteachsms | grep -F 'Part one' | tr -d '\n')
is "gammu joins a long text" "$long" "$whole"
peer deleteallsms 1 >/dev/null

for part in "3 third" "1 first " "2 second " "1 first "; do
	ctl part $sender 77 3 "${part%% *}" "${part#* }" >/dev/null
done
all=$(peer getallsms)
is "parts out of order and twice all lie on the card" 4 \
    "$(printf '%s\n' "$all" | grep -c 'ID (8 bit) 77')"
is "each part says where it stands" "part 3 part 1 part 2 part 1" \
    "$(printf '%s\n' "$all" | grep -o 'part [0-9]' | tr '\n' ' ' |
	sed 's/ $//')"
joined=$(peer geteachsms)
has "gammu joins parts that came out of order" "first second third" "$joined"
peer deleteallsms 1 >/dev/null
is "no part stays behind" "ok	0	0" "$(ctl stored)"

ctl places 2 >/dev/null
for n in 1 2 3 4 5; do ctl text $sender "full $n" >/dev/null; done
is "texts wait in the network while the card is full" "ok	2	3" \
    "$(ctl stored)"
peer deletesms 1 1 >/dev/null
is "one more comes in for one that was deleted" "ok	2	2" "$(ctl stored)"
has "the one that came in is the next" "full 3" "$(peer getallsms)"
ctl clear >/dev/null
ctl places 30 >/dev/null

echo "# texts that go out"
printf 'Call 1660 €' | peer sendsms TEXT +9779811111111 >/dev/null
is "a short text goes out as it is" \
    "+9779811111111	-1	1	1	gsm	Call 1660 €" \
    "$(sent_fields 1 3,5-9)"
printf 'नमस्ते 🙂' | peer sendsms TEXT +9779811111111 -unicode >/dev/null
is "a Unicode text goes out as it is" "-1	1	1	ucs2	नमस्ते 🙂" \
    "$(sent_fields 2 5-9)"
printf '%s' "$long" | peer sendsms TEXT 1660 -len 400 >/dev/null
is "a long text goes out in three parts to a short number" \
    "1660	3 1660	3 1660	3" \
    "$(ctl sent 3 | head -n 3 | cut -f 3,6 | tr '\n' ' ' | sed 's/ $//')"
is "the parts stand in order" "1 2 3" \
    "$(ctl sent 3 | head -n 3 | cut -f 7 | tr '\n' ' ' | sed 's/ $//')"
is "the parts have one reference" 1 \
    "$(ctl sent 3 | head -n 3 | cut -f 5 | sort -u | wc -l)"
is "the parts make the text" "$long" \
    "$(ctl sent 3 | head -n 3 | cut -f 9 | tr -d '\n')"
ctl fault send-error 38 times=1 >/dev/null
if printf 'refused' | peer sendsms TEXT 1660 >/dev/null 2>&1; then
	fail "gammu hears that a text was refused" "it says sent"
else
	pass
fi
is "a refused text did not go out" "ok	5" "$(ctl sent 6)"

echo "# a code"
ctl ussd '*100#' 'Balance: 12.50 € / शेष ५०' >/dev/null
has "a code is answered" \
    'Service reply        : "Balance: 12.50 € / शेष ५०"' \
    "$(peer getussd '*100#' 2>&1)"

echo "# watching"
# exec: the number we note is gammu's own, which is told
# to end; by lines, so that what it shows is seen before it ends
(exec stdbuf -oL gammu -c "$folder/gammurc" monitor) >"$folder/monitor" 2>&1 &
monitor=$!
ctl notices-wait >/dev/null
ctl text $sender 'while you watch €' >/dev/null
ctl unread-wait 0 >/dev/null
# On a busy machine it has read the text and not shown it yet.
for _ in $(seq 1200); do
	grep -q 'while you watch' "$folder/monitor" && break
	sleep 0.1
done
kill -INT "$monitor"
wait "$monitor"
monitor=
has "gammu shows a text the moment it comes in" 'while you watch €' \
    "$(cat "$folder/monitor")"

ctl stop >/dev/null
wait "$modem"
is "the modem ends cleanly" 0 $?
modem=
is "its link is gone" "" "$(ls "$folder" | grep -x modem)"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
