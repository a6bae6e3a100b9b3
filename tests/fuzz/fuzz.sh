#!/bin/bash
# Fuzzes what reads the octets of strangers, with libFuzzer under ASan and
# UBSan.
#
#   tests/fuzz/fuzz.sh [SECONDS [TARGET...]]     of each target; 5 seconds
#
# Run in a build folder (it has config.h and schema.c).  What is found stays in
# fuzz/found there; corpora grow in fuzz/corpus there, and begin with
# corpus/TARGET here.
set -u
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
seconds=${1:-5}
[ $# -gt 0 ] && shift
work=$PWD/fuzz
passed=0
failed=0
skipped=0
mkdir -p "$work/objects" "$work/found" "$work/corpus"

if ! command -v clang >/dev/null ||
    ! echo 'int LLVMFuzzerTestOneInput(void){return 0;}' |
    clang -fsanitize=fuzzer -x c - -o "$work/probe" 2>/dev/null; then
	echo "skipped: there is no clang with libFuzzer here"
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
fi

flags=(-std=gnu17 -O1 -g -fsanitize=fuzzer-no-link,address,undefined
    -fno-sanitize-recover=undefined -D_GNU_SOURCE -I"$top" -I"$PWD"
    -include config.h -include "$top/gateway/base/banned.h"
    "-DPKGDATADIR=\"$top\"" "-DSOURCE_TREE=\"$top\""
    $(pkg-config --cflags gammu libmicrohttpd))
libraries=($(pkg-config --libs libconfig sqlite3 libsodium json-c expat \
    gammu)
    -lgettextpo -lunistring)

# The layers that targets need, as one archive.
sources=("$top"/gateway/base/*.c "$top"/gateway/text/*.c "$top"/locales/*.c
    "$top"/menus/*.c "$top"/gateway/line/{gsup,ss_component,protocol,smpp,smpp_text}.c
    "$top"/gateway/line/{ussd_profile,ussd_reply,ussd_xml,ussd_answer}.c
    "$top"/gateway/line/{modem_pdu,modem_message}.c)
# A header that has changed since may be in any of them.
if [ -e "$work/all.a" ] && [ -n "$(find "$top/gateway" "$top/menus" \
    "$top/locales" "$top/store" -name '*.h' -newer "$work/all.a")" ]; then
	rm -f "$work"/objects/*.o
fi
compile() {
	object=$1
	source=$2
	[ "$object" -nt "$source" ] ||
	    clang "${flags[@]}" -c "$source" -o "$object"
}
for source in "${sources[@]}"; do
	object=$work/objects/$(basename "$source" .c).o
	compile "$object" "$source" &
	while [ "$(jobs -rp | wc -l)" -ge 2 ]; do
		wait -n
	done
done
wait
rm -f "$work/all.a"
ar rcs "$work/all.a" "$work"/objects/*.o

run_target() {
	local name=$1
	mkdir -p "$work/corpus/$name"
	if ! clang "${flags[@]}" -fsanitize=fuzzer "$here/${name}_fuzz.c" \
	    "$work/all.a" "${libraries[@]}" -o "$work/$name"; then
		echo "FAILED: $name does not build"
		return 1
	fi
	# Leaks of libgettextpo and libconfig are theirs.
	if ! ASAN_OPTIONS=detect_leaks=0 "$work/$name" \
	    -max_total_time="$seconds" -max_len=4096 -timeout=20 \
	    -artifact_prefix="$work/found/$name-" -print_final_stats=1 \
	    "$work/corpus/$name" $([ -d "$here/corpus/$name" ] &&
	    echo "$here/corpus/$name") >"$work/$name.log" 2>&1; then
		echo "FAILED: $name; see $work/found"
		tail -n 25 "$work/$name.log"
		return 1
	fi
	echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' \
	    "$work/$name.log") inputs"
}

for target in "$here"/*_fuzz.c; do
	name=$(basename "$target" _fuzz.c)
	[ $# = 0 ] || [[ " $* " == *" $name "* ]] || continue
	if run_target "$name"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
