#!/bin/bash
# The line by a message centre against node-smpp from npm:
# tests/smpp/smpp_test.mjs.
#
#   tests/smpp_test.sh [WORDS]     only the proofs whose name holds the words
#
# Run in a build folder; node-smpp is installed there, in smpp/.
export top_builddir=${top_builddir:-$PWD}
. "${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}/tests/web/run.sh"
for program in node npm sqlite3 pgrep; do
	command -v "$program" >/dev/null || skip "there is no $program here"
done
export SMPP_FOLDER=$PWD/smpp
export WAYMARK_PROGRAM=$PWD/waymark
mkdir -p "$SMPP_FOLDER"
cp "$top"/tests/smpp/package*.json "$SMPP_FOLDER"
if ! cmp -s "$SMPP_FOLDER/package-lock.json" "$SMPP_FOLDER/installed"; then
	npm ci --prefix "$SMPP_FOLDER" --no-audit --no-fund >/dev/null 2>&1 ||
	    skip "npm cannot install node-smpp"
	cp "$SMPP_FOLDER/package-lock.json" "$SMPP_FOLDER/installed"
fi
# The libraries that read PO files and configurations leave memory behind.
export ASAN_OPTIONS=detect_leaks=0
exec timeout 600 node "$top/tests/smpp/smpp_test.mjs" "$@"
