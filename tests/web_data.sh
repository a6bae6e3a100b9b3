#!/bin/bash
# What a case leaves behind, and every page, in Chromium: tests/web/data_test.mjs.
. "${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}/tests/web/run.sh"
run_in_node data_test.mjs
