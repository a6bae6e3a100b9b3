# For tests/web_*.sh: runs a test in node on the program that was built.
top=${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
build=${top_builddir:-$top/build-test}
export WAYMARK_PROGRAM=$build/waymark
export WAYMARK_DATA=$top
unset WAYMARK_CONFIG

# skip WORDS: a test that cannot be run here is counted as such.
skip() {
	echo "skipped: $1"
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
}

# What is not there yet is fetched as tests/web/package-lock.json says; two tests
# that begin together do not both fetch it.  npm writes its list at the end.
fetch_packages() {
	(
		flock 9
		[ -e "$top/tests/web/node_modules/.package-lock.json" ] ||
		    npm ci --prefix "$top/tests/web" --no-audit --no-fund \
			>/dev/null 2>&1
	) 9>>"$build/tests-web.lock"
}

# run_in_node FILE
run_in_node() {
	command -v node >/dev/null || skip "there is no node here"
	fetch_packages || skip "npm ci in tests/web did not work"
	exec timeout 1700 node "$top/tests/web/$1"
}
