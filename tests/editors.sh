#!/bin/sh
# What an editor and a technician do with menus, from a terminal: try, check,
# price, draw, compare, publish, take back, dial hotlines.  Run in the build
# folder, which has waymark; the menus are the small corridor of the tests.
top=$(cd "${top_srcdir:-$(dirname "$0")/..}" && pwd) || exit 1
waymark=$PWD/waymark
folder=$(mktemp -d) || exit 1
passed=0
failed=0
hub=
unset WAYMARK_CONFIG
LC_ALL=C.UTF-8
export LC_ALL

end() {
	[ -z "$hub" ] || kill "$hub" 2>/dev/null
	wait
	rm -rf "$folder"
}
trap end EXIT
trap 'exit 1' INT TERM

proof() {
	if [ "$2" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $1"
		sed 's/^/    /' "$folder/out" 2>/dev/null | head -20
	fi
}

# Runs an action; what it says is in out, its exit status in $status.
do_it() {
	"$waymark" "$@" >"$folder/out" 2>&1 </dev/null
	status=$?
}

# Each of these words must have been said.
says() {
	for words; do
		grep -qF -- "$words" "$folder/out" || return 1
	done
}

# A folder of menus to change: NAME/menus and NAME/locales.
fresh() {
	rm -rf "${folder:?}/$1"
	mkdir -p "$folder/$1/menus"
	cp -R "$top/tests/data/menus/good/trees" \
	    "$top/tests/data/menus/good/facts" "$folder/$1/menus"
	cp -R "$top/tests/data/menus/good/locales" "$folder/$1/locales"
	chmod -R u+w "$folder/$1"
	# The long screen is there to be too long.
	sed -i '/^      "because\|^      "then about/d
	    s/together with what follows, "$/together."; /' \
	    "$folder/$1/menus/trees/gulf.cfg"
}

on() {
	name=$1
	action=$2
	shift 2
	do_it menus "$action" --menus "$folder/$name/menus" \
	    --locales "$folder/$name/locales" "$@"
}

# -- trying and talks

fresh a
printf 'hi\n1\n:wait 2 days\nzzz\n2\nHELP\n:claim\nplease hurry\nSTOP\n' |
    "$waymark" menus try --corridor gulf --menus "$folder/a/menus" --locales "$folder/a/locales" \
	--save "$folder/kept.talk" >"$folder/out" 2>&1
[ $? = 0 ] && says "< Work abroad. HELP reaches a person." "< 1 Check a job" \
    "wait 2 days" "# a help request is opened by the word HELP" "claim" \
    "# this text goes to the caseworker" "# nothing is sent to this number"
proof "a phone on the screen shows replies and what else happens" $?

grep -q KX47M "$folder/kept.talk"
[ $? = 1 ]
proof "a saved talk does not expect a reference" $?

on a try --corridor gulf --talk "$folder/kept.talk"
[ "$status" = 0 ]
proof "a saved talk plays green" $?

printf 'hi\n9\n9\n3\n' | "$waymark" menus try --corridor gulf --ussd --language ne \
    --menus "$folder/a/menus" --locales "$folder/a/locales" \
    --save "$folder/ussd.talk" >"$folder/out" 2>&1
on a try --corridor gulf --talk "$folder/ussd.talk"
[ "$status" = 0 ] && grep -q '^channel ussd$' "$folder/ussd.talk" &&
    grep -q '^language ne$' "$folder/ussd.talk"
proof "a talk by USSD pages in another language plays green" $?

for size in 160 128 120; do
	printf 'hi\n4\n9\n9\n' | "$waymark" menus try --corridor gulf \
	    --ussd=$size --menus "$folder/a/menus" \
	    --locales "$folder/a/locales" --save "$folder/page.talk" \
	    >"$folder/out" 2>&1
	on a try --corridor gulf --talk "$folder/page.talk"
	[ "$status" = 0 ] && grep -qx "channel ussd $size" "$folder/page.talk" &&
	    grep -qx '< 9 More' "$folder/page.talk"
	proof "a talk by USSD pages of $size letters plays green" $?
done
on a try --corridor gulf --ussd=99
[ "$status" = 2 ] && says "a USSD page has 182, 160, 128 or 120 letters, not '99'"
proof "a page no network has is told" $?

mkdir -p "$folder/a/menus/talks/gulf" "$folder/a/menus/talks/nowhere"
cp "$folder/kept.talk" "$folder/ussd.talk" "$folder/a/menus/talks/gulf"
on a check
[ "$status" = 0 ] && says "0 errors" "has 2 talks in" \
    "talks/nowhere: there is no corridor of this name"
proof "check plays the talks, and says when there are few or strange ones" $?

printf '> hi\n< Work abroad\n> 1\n< Did you check the permit?\n' \
    >"$folder/a/menus/talks/gulf/wrong.talk"
on a check
[ "$status" = 1 ] && says \
    "talks/gulf/wrong.talk:4: error: the reply should have 'Did you check the permit?'"
proof "the first mismatch of a talk has its file and line" $?

printf 'claim\n' >"$folder/a/menus/talks/gulf/wrong.talk"
on a check
[ "$status" = 1 ] && says "wrong.talk:1: error: there is no open help request"
proof "a talk cannot claim what nobody asked for" $?

printf 'language xx\n> hi\n' >"$folder/a/menus/talks/gulf/wrong.talk"
on a check
[ "$status" = 1 ] && says "wrong.talk:1: error: there is no language 'xx'"
proof "a talk in a language that is not there is an error" $?

# -- words and facts

fresh b
printf '%s\n' 'en | first | a person | somebody may look' \
    'ne | anywhere | rights | only English has it' \
    >"$folder/b/menus/forbidden-words.txt"
on b check
[ "$status" = 1 ] && says "gulf.cfg:16: error: the screen 'welcome' says 'a person' in 'en', which is forbidden: somebody may look"
proof "a forbidden word in the first text is an error with file and line" $?

grep -q "help-start.*says 'a person'" "$folder/out"
[ $? = 1 ]
proof "a word forbidden in the first text may be said later" $?

printf '%s\n' 'en | nowhere | x | y' >"$folder/b/menus/forbidden-words.txt"
on b check
[ "$status" = 1 ] && says "forbidden-words.txt:1: error: 'nowhere' must be"
proof "a mistake in the list of words has its line" $?
rm "$folder/b/menus/forbidden-words.txt"

soon=$(date -u -d '+10 days' +%Y-%m-%d)
yesterday=$(date -u -d yesterday +%Y-%m-%d)
cat >>"$folder/b/menus/facts/gulf.csv" <<EOT
hotline_qatar,+1 888 373 7888,,x,,,,,,no
hotline_qatar_good,+974 4000 0000,,x,,,,,,no
hotline_nepal_embassy_qatar,+977 4000 0000,,x,,,,,,no
hotline_international,+1 888 373 7888,,x,,,,,,no
fee_soon,7,,x,,,$yesterday,$soon,,yes
EOT
on b check
[ "$status" = 1 ] && says "facts/gulf.csv:4: error: the number of 'hotline_qatar' has a country code that is not that of qatar" \
    "facts/gulf.csv:8: warning: the fact 'fee_soon' is only sent until $soon" \
    "1 error,"
proof "a number of another country is an error, a fact that soon expires a warning" $?

# -- price, drawing, differences

fresh c
on c cost --price 0.035 --currency USD
[ "$status" = 0 ] && says "gulf: 0.035 USD an SMS part" "HELP" "thanks" \
    "ne-Latn" "0.035"
proof "every conversation has its parts and its price" $?
on c cost --corridor gulf --price 4 --json --language en
[ "$status" = 0 ] && says '"to":"HELP","language":"en","ways":1,"cheapest":{"texts":1,"parts":1,"money":"4.00"}'
proof "prices are there for programs" $?
on c cost --price 4,5
[ "$status" = 2 ]
proof "a price that is none is told" $?
on c cost --price 4 --corridor mars
[ "$status" = 3 ] && says "there is no corridor 'mars'; there are: gulf sea"
proof "a corridor that is not there is told, with those that are" $?

on c graph --corridor gulf --dot
[ "$status" = 0 ] && says 'digraph "gulf"' '<B>welcome</B>' '1 Check a job' \
    '<B>→ help-start</B>' ':risk &gt;= 5 OR :critical &gt; 0'
proof "a drawing has screens, options, conditions and ways to other parts" $?
on c graph --corridor gulf --dot
[ "$status" = 0 ] && says '<B>{months}</B> = (:fee + coalesce(:loan, 0)) / (:pay - :living)'
proof "a drawing has what is reckoned" $?
on c graph --corridor sea --dot
[ "$status" = 0 ] && says '<B>notice storm</B>  <I>2025-11-01 to 2025-11-24</I>' \
    'No boats sail this week.'
proof "a drawing has the notices" $?
for corridor in "$top"/menus/trees/*.cfg; do
	corridor=$(basename "$corridor" .cfg)
	[ "$corridor" = system ] && continue
	do_it menus graph --corridor "$corridor" --dot --menus "$top/menus" \
	    --locales "$top/locales"
	[ "$status" = 0 ] && says '<I>looks up</I>'
	proof "$corridor can be drawn" $?
done
PATH="$folder/empty" "$waymark" menus graph --corridor gulf --menus "$folder/c/menus" \
    --locales "$folder/c/locales" >"$folder/out" 2>&1
[ $? = 1 ] && says "apt install graphviz"
proof "without graphviz it says kindly what to install" $?

fresh old
fresh new
sed -i 's/You have rights\./You have some rights./
    s/text = "My rights"; to = "rights"/text = "My rights"; to = "papers"/
    /id = "cost"; text = "Cost"/d
    s/risk = 3; critical = 1;/risk = 4; critical = 1;/
    s/Few signs\./Few./' \
    "$folder/new/menus/trees/gulf.cfg" "$folder/new/menus/trees/shared/check.cfg"
sed -i 's/"10,000"/"12,000"/' "$folder/new/menus/facts/gulf.csv"
sed -i 's/^ *stop = .*/  stop = "stop|genug";/' "$folder/new/menus/trees/system.cfg"
do_it menus diff "$folder/old" "$folder/new"
[ "$status" = 0 ] && says "screen 'rights' (en)" "- You have rights." \
    "+ You have some rights." "option 'rights' leads to" "- risk +3, critical +1" \
    "+ risk +4, critical +1" "5 cost" "- 10,000" "+ 12,000" \
    "keyword 'stop' (en)" "genug"
proof "texts, ways, weights, options, facts and keywords that changed are told" $?
fresh new
sed -i 's/from = "2025-11-25"; until = "2035-12-24"/from = "2025-11-26"; until = "2035-12-23"/
    s/No boats sail this week/No boats sail today/
    s/id = "old"; text/id = "older"; text/' "$folder/new/menus/trees/sea.cfg"
sed -i 's/(:pay - :living)"; round = "up"/(:pay - :living + 1)"; round = "down"/' \
    "$folder/new/menus/trees/shared/kinds.cfg"
do_it menus diff "$folder/old" "$folder/new"
[ "$status" = 0 ] && says "notice 'storm' (en)" "- No boats sail this week." \
    "+ No boats sail today." "notice 'coming'" "- 2025-11-25" "+ 2025-11-26" \
    "- 2035-12-24" "+ 2035-12-23" "notice 'old'" "notice 'older'" \
    "+ 2024-11-01 to 2025-11-23: No boats sailed." "value 'months'" \
    "(:pay - :living + 1)" "- up" "+ down"
proof "notices and computed values that changed are told" $?
fresh new
sed -i -E 's/^( *)zone = "[^"]*";/\1zone = "UTC+9"; other_numbers = true;/' \
    "$folder/new/menus/trees/gulf.cfg"
do_it menus diff "$folder/old" "$folder/new"
[ "$status" = 0 ] && says "zone" "+ UTC+9" "texts from our other numbers" \
    "- no" "+ yes"
proof "when callers may be texted, and from which numbers, is told" $?
do_it menus diff "$folder/old" "$folder/old"
[ "$status" = 3 ] && says "Nothing is different for callers."
proof "the same menus have no difference" $?

# -- publishing, with a helpline running

fresh live
printf 'secret words of a test\n' >"$folder/password"
chmod 600 "$folder/password"
WAYMARK_DATA=$folder/data
export WAYMARK_DATA
fresh data
"$waymark" setup "$folder/office" --corridor gulf --language en --staff demo \
    --password-file "$folder/password" --recovery-file "$folder/recovery" \
    >"$folder/out" 2>&1
config=$folder/office/waymark.conf
do_it menus versions -c "$config"
[ "$status" = 3 ]
proof "at first nothing was published" $?

"$waymark" serve -c "$config" 2>"$folder/log" &
hub=$!
text() {
	do_it phone -c "$config" --number "+97798000000$1" --text "$2" --wait 30
}
for _ in 1 2 3 4 5 6 7 8 9 10; do
	text 00 hi
	[ "$status" = 0 ] && break
	sleep 1
done
sed -i 's/Work abroad\. HELP/Work far away. HELP/' \
    "$folder/live/menus/trees/gulf.cfg"
do_it menus publish -c "$config" "$folder/live"
[ "$status" = 0 ] && says "the helpline uses it now"
proof "a folder is published to the running helpline" $?
text 01 hi
says "Work far away. HELP reaches a person."
proof "the next caller gets what was published" $?

sed -i 's/to = "rights"/to = "rigths"/' "$folder/live/menus/trees/gulf.cfg"
do_it menus publish -c "$config" "$folder/live"
[ "$status" = 1 ] && says "live/menus/trees/gulf.cfg:" "rigths"
proof "menus with an error are not published" $?
text 02 hi
says "Work far away."
proof "and callers get what they got" $?

fresh live
for words in one two three four five six; do
	sed -i "s/Work [a-z ]*\. HELP/Work $words. HELP/" \
	    "$folder/live/menus/trees/gulf.cfg"
	do_it menus publish -c "$config" "$folder/live"
done
do_it menus versions -c "$config" --json
[ "$status" = 0 ] && [ "$(grep -o '"version"' "$folder/out" | wc -l)" = 5 ]
proof "the last five versions are kept" $?
do_it menus rollback -c "$config"
text 03 hi
says "Work five."
proof "one step back is the version before" $?
for _ in 1 2 3 4; do
	do_it menus rollback -c "$config"
done
says "what is installed: the helpline uses it now"
proof "before the first version stands what is installed" $?
text 04 hi
says "Work abroad."
proof "and callers get it" $?
do_it menus rollback -c "$config"
[ "$status" = 3 ]
proof "there is nothing before that" $?
do_it menus rollback -c "$config" "$("$waymark" menus versions -c "$config" |
    awk 'NR == 2 { print $1 }')"
text 05 hi
says "Work six."
proof "any version that was kept can be taken by its name" $?
kill "$hub"
wait "$hub"
hub=
do_it menus rollback -c "$config"
[ "$status" = 0 ] && says "no helpline runs"
proof "versions change also while no helpline runs" $?

# -- dialling hotlines

fresh d
printf 'hotline_two,16008,,"A ""source"", long",,,,,Reports undocumented workers,no\r\nhotline_three,1414,,x,,,2025-01-01,2025-07-01,,yes\r\n' \
    >>"$folder/d/menus/facts/gulf.csv"
cp "$folder/d/menus/facts/gulf.csv" "$folder/before.csv"
printf 'perhaps\nyes\nyes\nno\n' | "$waymark" facts check \
    --menus "$folder/d/menus" --locales "$folder/d/locales" --months 3 \
    >"$folder/out" 2>&1
[ $? = 0 ] && says "hotline: 1141" "Dated, but it stays hidden" \
    "It stays hidden." "1 of 3 are sent to callers now."
proof "a technician is led from hotline to hotline" $?
today=$(date -u +%Y-%m-%d)
until=$(sed -n 's/^hotline,1141.*,\([0-9-]*\),,yes$/\1/p' \
    "$folder/d/menus/facts/gulf.csv")
sed "s/^hotline,1141,,Department,,2026-01-01,,,,no/hotline,1141,,Department,,2026-01-01,$today,$until,,yes/
    s/,,,,,Reports/,,,$today,$until,Reports/
    s/\(^hotline_three.*\),yes/\1,no/" "$folder/before.csv" |
    cmp - "$folder/d/menus/facts/gulf.csv" >"$folder/out" 2>&1 &&
    [ -n "$until" ]
proof "only the dates and what is shown are written, all else stays byte for byte" $?
do_it facts list --menus "$folder/d/menus" --locales "$folder/d/locales"
[ "$status" = 0 ] && says "hotline_two" "hidden" "sent"
proof "facts are listed with what is sent" $?
do_it facts check -c "$config"
[ "$status" = 1 ] && says "say with --menus which folder"
proof "what is installed or published is not changed in place" $?

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
