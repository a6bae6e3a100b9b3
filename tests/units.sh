#!/bin/bash
# The units of systemd: sound, and as narrow as they can be.  units_boot.sh runs
# them.
top=${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
# Tenths; systemd calls a unit below 50 "ok".  The helpline needs devices.
DESK_EXPOSURE_MOST=15
HUB_EXPOSURE_MOST=25
command -v systemd-analyze >/dev/null || {
	echo "skipped: there is no systemd-analyze here"
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
}
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
passed=0
failed=0

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

# The program need not be installed where the unit says.
says_nothing() {
	local said
	said=$(systemd-analyze verify --man=no "$1" 2>&1)
	[ -z "$said" ] || { echo "$said"; return 1; }
}

# Whether a unit's lists let a call through, by systemd's own lists.
may_call() {
	local list=$1 call=$2
	systemd-analyze syscall-filter "$list" | grep -qw "$call"
}

for unit in waymark waymark-desk; do
	sed 's|/usr/local/bin/waymark |/bin/true |' \
	    "$top/gateway/systemd/$unit.service" >"$folder/$unit.service"
	proof "$unit.service is sound" says_nothing "$folder/$unit.service"
done
desk=$folder/waymark-desk.service
# What the desk calls to confine itself is not among what a service may.
if ! may_call @system-service seccomp; then
	proof "the desk may confine itself" \
	    grep -q '^SystemCallFilter=@system-service seccomp$' "$desk"
fi
proof "a refused call ends nobody's work" \
    grep -q '^SystemCallErrorNumber=EPERM$' "$desk"
if systemd-analyze security --help 2>/dev/null | grep -q -- --offline; then
	proof "the desk's unit is narrow" systemd-analyze security \
	    --offline=true --threshold=$DESK_EXPOSURE_MOST "$desk"
	proof "the helpline's unit is narrow" systemd-analyze security \
	    --offline=true --threshold=$HUB_EXPOSURE_MOST \
	    "$folder/waymark.service"
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
