#!/bin/sh
# The words of the caseworkers' pages: the template holds every one of them, and
# every draft that is shipped says them all.
cd "${top_srcdir:-$(dirname "$0")/..}" || exit 1
command -v xgettext >/dev/null || {
	echo "skipped: there is no xgettext here"
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
}
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
template=locales/desk/desk.pot
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

# The English texts of a PO file, a line each, sorted.
sources() {
	msgcat --no-wrap --no-location "$1" | sed -n 's/^msgid "\(..*\)"$/\1/p' |
	    LC_ALL=C sort -u
}

# What looks like words among the strings of the pages: what is left without
# markup has two words, or one that begins with a capital letter.
words_of() {
	xgettext --extract-all --from-code=UTF-8 --no-wrap --omit-header \
	    --language="$1" -o - "$2" 2>/dev/null |
	    sed -n 's/^msgid "\(..*\)"$/\1/p' |
	    grep -v '^/' |
	    awk '{ bare = $0
		gsub(/<[^>]*>/, "", bare); gsub(/^[^<>]*>/, "", bare)
		gsub(/<[^>]*$/, "", bare); gsub(/\\n|\\"/, " ", bare)
		if (bare ~ /[a-zA-Z}][a-z]* [a-z]/ || bare ~ /^[A-Z][a-z]+/)
			print $0 }'
}

# Strings of the sources that are neither in the template nor known to be none.
unmarked() {
	for file in "$@"; do
		case $file in
		*.js) words_of JavaScript "$file" ;;
		*) words_of C "$file" ;;
		esac
	done | LC_ALL=C sort -u >"$folder/strings"
	sources $template >"$folder/known"
	grep -v '^#' tests/data/desk-not-words.txt | LC_ALL=C sort -u \
	    >"$folder/not-words"
	LC_ALL=C comm -23 "$folder/strings" "$folder/known" |
	    LC_ALL=C comm -23 - "$folder/not-words"
}

# The placeholders of each entry, English and translation, where they differ.
broken() {
	msgcat --no-wrap --no-location "$1" | awk '
	    function holes(text, all, at, n, i, j, swap) {
		all = ""; n = 0
		while ((at = match(text, /\{[a-z_]*\}/)) > 0) {
			found[++n] = substr(text, RSTART, RLENGTH)
			text = substr(text, RSTART + RLENGTH)
		}
		for (i = 1; i <= n; i++)
			for (j = i + 1; j <= n; j++)
				if (found[j] < found[i]) {
					swap = found[i]; found[i] = found[j]
					found[j] = swap
				}
		for (i = 1; i <= n; i++) all = all found[i]
		return all
	    }
	    /^msgid "/ { source = substr($0, 8, length($0) - 8) }
	    /^msgstr "/ { said = substr($0, 9, length($0) - 9)
		if (source != "" && said != "" && holes(source) != holes(said))
			print FILENAME ": " source }' -
}

gaps() {
	msgattrib --untranslated --no-wrap --no-location "$1" |
	    sed -n 's/^msgid "\(..*\)"$/missing: \1/p'
	msgattrib --only-fuzzy --no-wrap --no-location "$1" |
	    sed -n 's/^msgid "\(..*\)"$/fuzzy: \1/p'
	sources "$1" >"$folder/has"
	LC_ALL=C comm -3 "$folder/known" "$folder/has" | sed 's/^/differs: /'
}

scripts/desk-words -o "$folder/desk.pot"
cmp "$folder/desk.pot" $template
proof "$template is old: run scripts/desk-words" $?
# The routes' help and what the network is told are no words of a page.
pages=$(ls gateway/desk/web*.c |
    grep -v -E 'web_(routes|send|server|tls|listen)\.c$')
# shellcheck disable=SC2086  # a list of files on purpose
unmarked $pages gateway/desk/trends_draw.c gateway/desk/web/desk.js \
    >"$folder/unmarked"
nothing <"$folder/unmarked"
proof "strings of the pages that translators are not given" $?
for po in locales/desk/*.po; do
	msgfmt --check-format -o /dev/null "$po"
	proof "$po does not parse" $?
	gaps "$po" | nothing
	proof "$po is not complete" $?
	broken "$po" | nothing
	proof "$po breaks a placeholder" $?
	grep -Eq '^"X-Review: (draft|(native-checked|survivor-reviewed): )' "$po"
	proof "$po does not say who stands behind it" $?
done

# The proofs themselves: each finds what it is for.
cat >"$folder/web_new.c" <<'EOT'
void show(void) { say(page, "Words that nobody marked"); }
EOT
unmarked "$folder/web_new.c" | grep -q '^Words that nobody marked$'
proof "a string that nobody marked is not found" $?
printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n
msgid "with {name}"\nmsgstr "com {nome}"\n\nmsgid "Close"\nmsgstr ""\n' \
    >"$folder/bad.po"
broken "$folder/bad.po" | grep -q 'with {name}'
proof "a broken placeholder is not found" $?
gaps "$folder/bad.po" | grep -q '^missing: Close$'
proof "a missing word is not found" $?

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
