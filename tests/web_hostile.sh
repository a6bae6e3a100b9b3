#!/bin/bash
# What strangers do to the caseworkers' pages: tests/web/hostile_test.mjs.
. "${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}/tests/web/run.sh"
run_in_node hostile_test.mjs
