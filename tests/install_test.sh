#!/bin/bash
# The package as somebody installs it: made with `make dist`'s files from a
# source tree that cannot be written, installed under a prefix of its own, and
# used there without anything from the source tree.
set -u
top=${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
build=${top_builddir:-$top/build-test}
unset WAYMARK_DATA WAYMARK_CONFIG WAYMARK_PROGRAM DESTDIR MAKEFLAGS
folder=$(mktemp -d "${TMPDIR:-/tmp}/waymark-install.XXXXXX") || exit 1
prefix=$folder/prefix
hub=
passed=0
failed=0

finish() {
	[ -n "$hub" ] && kill -KILL "$hub" 2>/dev/null
	chmod -R u+w "$folder"
	rm -rf "$folder"
}
trap finish EXIT

# proof NAME COMMAND...: holds when the command succeeds; what it said is
# shown when it does not.
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

end() {
	echo "$passed passed, $failed failed"
	[ "$failed" = 0 ]
	exit
}

# -- from the distributed files to an installed program ----------------------

distribute() {
	make -s -C "$build" distdir distdir="$folder/source" &&
	    chmod -R a-w "$folder/source"
}

build_and_install() {
	mkdir "$folder/build" && cd "$folder/build" &&
	    "$folder/source/configure" -q --prefix="$prefix" --enable-werror \
		CFLAGS=-O2 &&
	    make -s -j"$(nproc)" install
}

# What must be there, below the prefix.
expected() {
	echo bin/waymark
	cd "$top" || return 1
	for page in gateway/man/*.[1-8]; do
		echo "share/man/man${page##*.}/${page##*/}"
	done
	echo share/waymark/menus/forbidden-words.txt
	echo share/waymark/menus/templates.cfg
	find menus/trees menus/facts menus/talks menus/directory locales \
	    gateway/line/profiles -type f \
	    \( -name '*.cfg' -o -name '*.csv' -o -name '*.talk' -o \
	    -name '*.po' \) | sed 's,^,share/waymark/,'
}

# all_there ROOT: nothing expected is missing, and nothing else is there.
all_there() {
	(cd "$1" && find . -type f | sed 's,^\./,,' | sort) >"$folder/there"
	expected | sort | diff - "$folder/there"
}

stages() {
	cd "$folder/build" && make -s install DESTDIR="$folder/staged" &&
	    all_there "$folder/staged$prefix" &&
	    make -s uninstall DESTDIR="$folder/staged" &&
	    [ -z "$(find "$folder/staged" -type f)" ]
}

# -- the installed program at work -------------------------------------------

waymark=$prefix/bin/waymark
helpline=$folder/helpline
set_up() {
	(
		umask 077
		echo "a password for tests" >"$folder/password"
	)
	"$waymark" setup "$helpline" --staff Sita \
	    --password-file "$folder/password" \
	    --recovery-file "$folder/recovery" </dev/null
}

phone() {
	"$waymark" phone -c "$helpline/waymark.conf" --number +9779812345678 \
	    --text "$1" </dev/null >"$folder/heard" 2>&1
	cat "$folder/heard"
	grep -q "$2" "$folder/heard"
}

queue_shows_one() {
	"$waymark" queue list -c "$helpline/waymark.conf" --json --staff Sita \
	    --password-file "$folder/password" </dev/null | tee "$folder/json"
	[ "$(jq length "$folder/json")" = 1 ]
}

starts() {
	"$waymark" serve -c "$helpline/waymark.conf" </dev/null \
	    2>"$folder/log" &
	hub=$!
	for _ in $(seq 2400); do
		[ -S "$helpline/demo.socket" ] && return 0
		sleep 0.05
	done
	cat "$folder/log"
	return 1
}

ends() {
	kill -TERM "$hub" && wait "$hub" && hub= && cat "$folder/log" &&
	    grep -q "ended cleanly" "$folder/log"
}

# -- what is said about it ---------------------------------------------------

commands() {
	"$waymark" --help | sed -n 's/^  \([a-z][a-z]*\)  *.*/\1/p'
}

# The options that --help of a command names.
options_of() {
	"$waymark" "$1" --help | grep -oE -- '--[a-z][a-z-]+' | sort -u
}

# Every option of --help is taken: at least not said to be unknown.
takes_its_options() {
	local unknown=0
	for option in $(options_of "$1" | grep -v -- '^--help$'); do
		timeout 60 "$waymark" "$1" "$option" </dev/null \
		    >"$folder/out" 2>&1
		if grep -qE 'unrecognized|no option|not known' "$folder/out"
		then
			echo "$1 --help names $option:"
			cat "$folder/out"
			unknown=1
		fi
	done
	return "$unknown"
}

# And stands in the manual page, which writes --json as "Fl -json" or "--json".
page_has_its_options() {
	local missing=0 page=$prefix/share/man/man1/waymark-$1.1
	mandoc -Tutf8 "$page" | col -b 2>/dev/null >"$folder/page" ||
	    mandoc -Tascii "$page" | sed 's/.\x08//g' >"$folder/page"
	for option in $(options_of "$1" | grep -v -- '^--help$'); do
		grep -qe "$option" "$folder/page" || {
			echo "$1's page does not tell $option"
			missing=1
		}
	done
	return "$missing"
}

# What a caseworker or technician is told to type exists.
names_only_what_exists() {
	local wrong=0 known
	known=" $(commands | tr '\n' ' ')"
	for word in $(cat "$@" | grep -ohE '(^|[`$ ]|Nm )waymark [a-z]+' |
	    sed 's/.* //' | sort -u); do
		case $word in is | and | are | that | if | will | a | on) continue ;; esac
		case $known in
		*" $word "*) ;;
		*)
			echo "there is no 'waymark $word'"
			wrong=1
			;;
		esac
	done
	return "$wrong"
}

says_its_version() {
	[ "$("$waymark" --version)" = "waymark $(sed -n \
	    's/^AC_INIT(\[waymark\], \[\([^]]*\)\].*/\1/p' \
	    "$top/configure.ac")" ]
}

proof "make distdir gives a source tree" distribute
proof "it builds without a warning from a source that cannot be written" \
    build_and_install
[ -x "$waymark" ] || end
proof "all of it is installed and nothing else" all_there "$prefix"
proof "DESTDIR stages the same, and uninstall takes it away" stages
mv "$folder/source" "$folder/source.away"
proof "it says its version" says_its_version
proof "waymark setup" set_up
proof "waymark serve --check-config" \
    "$waymark" serve --check-config -c "$helpline/waymark.conf"
proof "waymark menus check" "$waymark" menus check -c "$helpline/waymark.conf"
proof "waymark serve" starts
proof "a first text is answered" phone hello "HELP"
proof "HELP opens a request" phone HELP "Your number is"
proof "the queue shows it" queue_shows_one
proof "waymark status" "$waymark" status -c "$helpline/waymark.conf"
proof "it ends cleanly" ends
for command in $(commands); do
	proof "$command --help names options that exist" \
	    takes_its_options "$command"
	# Lines are started by the hub; waymark(1) says that they are there.
	[ "$command" = line ] && continue
	proof "the page of $command tells its options" \
	    page_has_its_options "$command"
done
proof "manual pages without a warning" mandoc -Tlint -Wwarning \
    "$prefix"/share/man/man*/*
proof "manual pages and README name commands that exist" \
    names_only_what_exists "$prefix"/share/man/man*/* "$top/README.md"
end
