#!/bin/bash
# The pages of the team and of health: tests/web/team_test.mjs.
. "${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}/tests/web/run.sh"
run_in_node team_test.mjs
