#!/bin/bash
# What comes out of the printer, in Chromium: tests/web/print_test.mjs.
. "${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}/tests/web/run.sh"
run_in_node print_test.mjs
