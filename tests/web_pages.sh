#!/bin/bash
# The caseworkers' pages in Chromium: tests/web/pages_test.mjs.
. "${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}/tests/web/run.sh"
run_in_node pages_test.mjs
