#!/bin/sh
# Who can help near somebody, in every corridor: with the services of a test
# list, and with the lists as they ship, which name nobody yet.
waymark=$(pwd)/waymark
cd "${top_srcdir:-$(dirname "$0")/..}" || exit 1
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
WAYMARK_DATA=$(pwd)
export WAYMARK_DATA
unset WAYMARK_CONFIG
passed=0
failed=0

proof() {
	if [ "$2" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $1"
		sed 's/^/    /' "$folder/out" | head -20
	fi
}

# Plays the talks of a folder (CORRIDOR-LANGUAGE.talk) with the menus of another.
play() {
	for talk in "tests/talks/$1"/*.talk; do
		corridor=$(basename "$talk" | sed 's/-[a-z]*\.talk$//')
		"$waymark" menus try --corridor "$corridor" --menus "$2" \
		    --locales locales --talk "$talk" >"$folder/out" 2>&1
		proof "$talk" $?
	done
}

cp -R menus "$folder" && chmod -R u+w "$folder/menus" || exit 1
for file in menus/directory/*.csv; do
	[ "$(wc -l <"$file")" = 1 ] && cmp -s "$file" menus/directory/nepal-gulf.csv
	proof "$file ships with its columns and no service" $?
	cp tests/data/directory.csv "$folder/$file"
	ls "tests/talks/services/$(basename "$file" .csv)"-*.talk \
		>"$folder/out" 2>&1
	proof "$file has a talk" $?
done
play services-none menus
play services "$folder/menus"

"$waymark" menus check --menus "$folder/menus" --locales locales \
	>"$folder/out" 2>&1
proof "the talks that ship hold with services in the lists too" $?

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
