#!/bin/bash
# A new key for the team from its page: tests/web/key_test.mjs.
. "${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}/tests/web/run.sh"
command -v sqlite3 >/dev/null || skip "there is no sqlite3 here"
run_in_node key_test.mjs
