#!/bin/sh
# The texts themselves: the template fits the trees, the translations fit the
# template, and no caller is sent a word that betrays or frightens them.
waymark=$(pwd)/waymark
cd "${top_srcdir:-$(dirname "$0")/..}" || exit 1
WAYMARK_DATA=$(pwd)
export WAYMARK_DATA
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
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

# Holds when nothing comes in; what does is shown.
nothing() {
	if grep .; then return 1; else return 0; fi
}

# The ids and English texts of a PO file, one entry a line.
entries() {
	awk '/^msgctxt / { line = $0; in_source = 1; next }
	    /^msgid / && in_source { line = line " " $0; next }
	    /^msgstr / { if (in_source) print line; in_source = 0; next }
	    /^"/ && in_source { line = line $0 }' "$1" | sort
}

# Its entries without a translation, and those marked as guesses.
gaps() {
	awk '/^msgctxt / { id = $2 }
	    /^#, .*fuzzy/ { print FILENAME ":" FNR ": fuzzy" }
	    held != "" && !/^"/ { print FILENAME ": " held " is empty" }
	    { held = "" }
	    /^msgstr ""$/ { held = id }
	    END { if (held != "") print FILENAME ": " held " is empty" }' "$1"
}

here="--menus menus --locales locales"

# Lines and notes may lag behind; the texts may not.
"$waymark" menus pot $here -o "$folder/new.pot" &&
	entries "$folder/new.pot" >"$folder/template" &&
	entries locales/waymark.pot >"$folder/entries" &&
	diff "$folder/template" "$folder/entries"
proof "the template is up to date (else: waymark menus pot)" $?

# A language has the texts of the corridors that speak it.
for file in locales/*.po; do
	language=$(basename "$file" .po)
	"$waymark" menus update "$language" $here -o "$folder/new.po" \
		2>"$folder/said" &&
		entries "$folder/new.po" >"$folder/template" &&
		entries "$file" >"$folder/entries" &&
		diff "$folder/template" "$folder/entries"
	proof "$file is up to date (else: waymark menus update $language)" $?
	gaps "$file" | nothing
	proof "$file is complete" $?
done

for file in locales/*.po menus/trees/*.cfg menus/trees/shared/*.cfg \
    menus/facts/*.csv menus/directory/*.csv menus/talks/*/*.talk; do
	grep -qE "^(dist_.*)?[[:space:]=]*$file( .*)?\$" locales/local.mk ||
	    echo "$file"
done | nothing
proof "all that callers need is installed (locales/local.mk)" $?

for word in traffick rescue victim slave; do
	grep -in "$word" menus/trees/*.cfg menus/trees/shared/*.cfg \
	    locales/*.po | nothing
	proof "no text says '$word'" $?
done

grep -LE '^< ' menus/talks/*/*.talk | nothing
proof "every talk expects something" $?

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
