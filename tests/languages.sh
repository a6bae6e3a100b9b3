#!/bin/sh
# A translator's day by the real commands: update, sheet out, sheet in, progress.
waymark=$(pwd)/waymark
cd "${top_srcdir:-$(dirname "$0")/..}" || exit 1
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
WAYMARK_DATA=$(pwd)
export WAYMARK_DATA
passed=0
failed=0

proof() {
	if [ "$2" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $1"
	fi
}

cp -r menus locales "$folder"
here="--menus $folder/menus --locales $folder/locales"
ne=$folder/locales/ne.po
run() {
	"$waymark" menus "$@" $here >"$folder/out" 2>&1
}

run update ne
cp "$ne" "$folder/before"
run update ne && cmp -s "$ne" "$folder/before"
proof "a second update changes no byte" $?

sed -i 's/text = "Check a job offer"/text = "Check a job"/' \
    "$folder/menus/trees/nepal-gulf.cfg"
run update ne --check
[ $? = 1 ]
proof "an English text that changed is noticed" $?
run update ne && grep -q '^#| msgid "Check a job offer"' "$ne"
proof "its translation is marked with the old text" $?
run progress --json && grep -q '"stale":1' "$folder/out"
proof "progress counts it as stale" $?
run progress && grep -q '^ar  *desk  *100%' "$folder/out"
proof "progress tells of the words of the caseworkers' pages" $?

run csv export ne -o "$folder/ne.csv"
proof "a sheet goes out" $?
cp "$ne" "$folder/before"
run csv import ne "$folder/ne.csv" && cmp -s "$ne" "$folder/before"
proof "and in again without a change" $?

sed 's/कामको अफर जाँच/काम जाँच/' "$folder/ne.csv" >"$folder/new.csv"
run csv import ne "$folder/new.csv" --dry-run &&
	grep -q 'stale -> translated' "$folder/out" &&
	cmp -s "$ne" "$folder/before"
proof "a dry run says what would change and writes nothing" $?
run csv import ne "$folder/new.csv" && grep -q 'काम जाँच' "$ne"
proof "a changed cell comes in" $?
diff "$folder/before" "$ne" | grep -c '^[<>]' | grep -qx 5
proof "and nothing but its entry changes" $?

cp "$ne" "$folder/before"
long=$(printf '%0250d' 0 | sed 's/0/क/g')
sed "s/काम जाँच/$long/" "$folder/new.csv" >"$folder/long.csv"
run csv import ne "$folder/long.csv"
[ $? = 1 ] && grep -q 'long.csv:[0-9]*: the screen' "$folder/out" &&
	cmp -s "$ne" "$folder/before"
proof "a screen too long for its channel is refused with its row" $?
run csv import ne-Latn "$folder/ne.csv"
[ $? = 1 ]
proof "another language's sheet is refused" $?
run csv export xx
[ $? = 3 ]
proof "a language that is not there is not found" $?

run update xx --script Latn && run update xx &&
	run progress && grep -q '^xx' "$folder/out"
proof "a new language begins as an empty draft" $?

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
