#!/bin/bash
# The units under systemd itself: a machine of its own is booted (a container
# over a copy-on-write view of this one), the program installed in it, and the
# helpline and its desk run there as their units say.  Needs root, overlayfs,
# systemd-nspawn; anywhere else it is skipped.
top=${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
build=${top_builddir:-$top/build-test}
BOOT_S=600

skip() {
	echo "skipped: $1"
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
}

[ "$(id -u)" = 0 ] || skip "only root boots a machine"
command -v systemd-nspawn >/dev/null || skip "there is no systemd-nspawn here"
[ -x /lib/systemd/systemd ] || skip "there is no systemd here"
command -v curl >/dev/null || skip "there is no curl here"
folder=$(mktemp -d) || exit 1
machine=$folder/machine
alone=()
clean() {
	local group
	# What a machine without a unit of its own leaves of control groups.
	if [ ${#alone[@]} -gt 0 ]; then
		for group in /sys/fs/cgroup/*/payload /sys/fs/cgroup/*/supervisor; do
			[ -d "$group" ] &&
			    find "$group" -depth -type d -exec rmdir {} + \
				2>/dev/null
		done
	fi
	umount "$machine" 2>/dev/null
	umount "$folder/disk" 2>/dev/null
	rm -rf "$folder"
}
trap clean EXIT

# -- the machine --------------------------------------------------------------
mkdir "$folder/disk" "$machine"
mount -t tmpfs -o size=512m disk "$folder/disk" 2>/dev/null ||
    skip "nothing can be mounted here"
mkdir "$folder/disk/changed" "$folder/disk/work"
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/disk/changed,workdir=$folder/disk/work" \
    "$machine" 2>/dev/null || skip "this kernel has no overlayfs"
make -s -C "$build" install DESTDIR="$machine" prefix=/usr/local \
    >"$folder/install" 2>&1 || {
	tail -n 20 "$folder/install"
	echo "FAILED: the program is not installed"
	echo "0 passed, 1 failed"
	exit 1
}
cp "$top/gateway/systemd/waymark.service" \
    "$top/gateway/systemd/waymark-desk.service" "$machine/etc/systemd/system/"
# A sanitized program looks for leaks at its end by looking into itself, which
# the units forbid.
for unit in waymark waymark-desk; do
	mkdir "$machine/etc/systemd/system/$unit.service.d"
	printf '[Service]\nEnvironment=ASAN_OPTIONS=detect_leaks=0\n' \
	    >"$machine/etc/systemd/system/$unit.service.d/leaks.conf"
done
mkdir "$machine/proof"
cp "$build/modem_sim" "$build/modem_ctl" "$machine/proof/" || exit 1
cat >"$machine/etc/systemd/system/proof.service" <<'EOT'
[Unit]
Description=proof
Requires=basic.target
After=basic.target
AllowIsolate=yes
[Service]
Type=oneshot
ExecStart=/bin/bash /proof/inside.sh
ExecStopPost=/bin/systemctl --force --no-block exit
StandardOutput=file:/proof/said
StandardError=file:/proof/trouble
EOT

# -- what is done in it -------------------------------------------------------
cat >"$machine/proof/inside.sh" <<'EOT'
export ASAN_OPTIONS=detect_leaks=0 WAYMARK_CONFIG=/srv/waymark/waymark.conf
pages=https://127.0.0.1:8443
cd /proof

proof() {
	local name=$1
	shift
	if "$@" >last 2>&1; then
		echo "passed: $name"
	else
		echo "FAILED: $name"
		tail -n 12 last
		journalctl -u waymark -u waymark-desk -n 15 --no-pager
	fi
}

as_waymark() {
	runuser -u waymark -- /usr/local/bin/waymark "$@"
}

until_works() {
	for _ in $(seq 600); do
		"$@" && return 0
		sleep 0.2
	done
	return 1
}

# A modem on a serial line, as the group dialout has it.
plugs_in_a_modem() {
	./modem_sim --device /run/modem --control /run/control >sim 2>&1 &
	until_works test -e /run/modem &&
	    chgrp dialout "$(readlink -f /run/modem)" &&
	    chmod 660 "$(readlink -f /run/modem)"
}

# A line to an operator: it listens on the network.
adds_operator() {
	echo "a-token-of-32-bytes-for-the-tests" >/srv/waymark/token &&
	    chmod 600 /srv/waymark/token &&
	    sed -i 's|^lines = (|&\n  { name = "codes"; kind = "ussd";\
		profile = "africastalking"; address = "127.0.0.1:18080";\
		token_file = "token"; corridor = "nepal-gulf";\
		country = "254"; texts_by = "demo"; },|' \
		/srv/waymark/waymark.conf
}

modem_answers() {
	./modem_ctl /run/control text +9779812345678 "HELLO" &&
	    until_works eval './modem_ctl /run/control sent |
		cut -f 3 | grep -qx "+9779812345678"'
}

operator_is_heard() {
	curl -s -o page -w '%{http_code}' http://127.0.0.1:18080/ >status
	grep -q '^[2-5][0-9][0-9]$' status
}

sets_up() {
	useradd --system --home-dir /srv/waymark --groups dialout waymark &&
	    echo "a password for tests" >password && chmod 600 password &&
	    /usr/local/bin/waymark setup /srv/waymark --modem /run/modem \
		--staff Sita \
		--password-file password --recovery-file recovery &&
	    mv password recovery /srv/waymark/ && adds_operator &&
	    chown -R waymark: /srv/waymark
}

main_pid() {
	systemctl show -p MainPID --value "$1"
}

is_up() {
	systemctl is-active --quiet "$1" && [ "$(main_pid "$1")" != 0 ]
}

listens() {
	curl -sk -o page "$pages/sign-in" && grep -q 'name="password"' page
}

# A caller's text is answered: menus, store, box key and a line's process.
answers() {
	as_waymark phone --number +9779810000001 --text "$1" >answer &&
	    [ -s answer ]
}

asks_for_help() {
	local words
	for words in मद्दत 1 1 1 2 कतार 1 चरा; do
		answers "$words" || return 1
	done
}

signs_in() {
	rm -f jar
	curl -sk -c jar -o page -w '%{http_code}' -H "Origin: $pages" \
	    --data-urlencode name=Sita \
	    --data-urlencode "password=a password for tests" \
	    "$pages/sign-in" | grep -q 303 &&
	    curl -sk -b jar -o page "$pages/" && grep -q "/case/" page
}

token() {
	curl -sk -b jar "$pages/account" |
	    sed -n 's/.*name="token" value="\([^"]*\)".*/\1/p' | head -n 1
}

claims() {
	ref=$(sed -n 's|.*/case/\([A-Z0-9]\{5\}\)".*|\1|p' page | head -n 1)
	curl -sk -b jar -o claimed -w '%{http_code}' -H "Origin: $pages" \
	    --data-urlencode "token=$(token)" \
	    "$pages/case/$ref/claim" | grep -q 303 &&
	    curl -sk -b jar "$pages/case/$ref" | grep -q 'action="/case/'$ref'/reply"'
}

health_is_seen() {
	curl -sk -b jar "$pages/health" >page &&
	    grep -q "in its network" page
}

comes_back() {
	local before
	before=$(main_pid "$1")
	kill -9 "$before"
	until_works eval 'is_up '"$1"' && [ "$(main_pid '"$1"')" != '"$before"' ]'
}

# The limits of a running process.
is_kept_small() {
	local pid
	pid=$(main_pid "$1")
	grep -q '^NoNewPrivs:[[:space:]]*1$' "/proc/$pid/status" &&
	    grep -q '^Seccomp:[[:space:]]*2$' "/proc/$pid/status" &&
	    grep -q '^CapBnd:[[:space:]]*0*$' "/proc/$pid/status" &&
	    grep -q '^Max core file size *0 ' "/proc/$pid/limits" &&
	    [ "$(ps -o user= -p "$pid")" = waymark ] &&
	    nsenter -t "$pid" -m touch /srv/waymark/x &&
	    ! nsenter -t "$pid" -m touch /usr/local/bin/x &&
	    ! nsenter -t "$pid" -m touch /etc/x
}

# With a password's 64 MiB, after which half of what the unit allows is left.
has_room() {
	local peak most
	peak=$(sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\) kB$/\1/p' \
	    "/proc/$(main_pid waymark-desk)/status")
	most=$(systemctl show -p MemoryMax --value waymark-desk)
	echo "$peak KiB of $most bytes"
	[ $((peak * 1024 * 2)) -lt "$most" ]
}

ends_cleanly() {
	systemctl stop "$1" &&
	    [ "$(systemctl show -p Result --value "$1")" = success ]
}

# Whether this machine can keep any program as small as units may ask for.
systemd-run --quiet --wait -p ProtectSystem=strict -p ProtectHome=yes \
    -p PrivateTmp=yes -p NoNewPrivileges=yes -p SystemCallFilter=@system-service \
    -p ReadWritePaths=/srv /bin/true 2>last || {
	echo "skipped: no service can be kept small in a machine booted here"
	echo "over"
	exit 0
}
proof "a modem" plugs_in_a_modem
proof "a user of its own, and set-up" sets_up
systemctl daemon-reload
proof "the helpline starts" systemctl start waymark
proof "the desk starts" systemctl start waymark-desk
proof "the desk listens" until_works listens
proof "a caller is answered" until_works answers HELLO
proof "a caller is answered by the modem" modem_answers
proof "a line to an operator listens" until_works operator_is_heard
proof "a caller asks for help" asks_for_help
proof "a caseworker signs in and sees the request" signs_in
proof "and claims it" claims
proof "and sees the lines" until_works health_is_seen
proof "the helpline is kept small" is_kept_small waymark
proof "the desk is kept small" is_kept_small waymark-desk
proof "the desk has room in its memory" has_room
proof "the helpline reads its files again" systemctl reload waymark
proof "and still answers" answers MENU
proof "a killed helpline comes back" comes_back waymark
proof "and answers" until_works answers MENU
proof "a killed desk comes back" comes_back waymark-desk
proof "and listens" until_works listens
proof "and signs in" signs_in
proof "its lines are left to the helpline to end" \
    [ "$(systemctl show -p KillMode --value waymark)" = mixed ]
proof "the desk ends cleanly" ends_cleanly waymark-desk
proof "the helpline ends cleanly" ends_cleanly waymark
journalctl -u waymark -u waymark-desk --no-pager >/proof/journal
echo "over"
EOT

# -- booting ------------------------------------------------------------------
# Where no systemd runs yet, nobody makes a unit for the machine.
[ -d /run/systemd/system ] || alone=(--keep-unit --register=no)
timeout "$BOOT_S" systemd-nspawn --quiet --directory="$machine" \
    "${alone[@]}" --private-network \
    --machine="waymark-$$" --boot -- --unit=proof.service \
    </dev/null >"$folder/boot" 2>&1
grep -q "running in system mode" "$folder/boot" || {
	tail -n 3 "$folder/boot"
	skip "no machine boots here"
}
said=$machine/proof/said
cat "$said" 2>/dev/null || { tail -n 20 "$folder/boot"; }
[ -n "${KEEP_SAID:-}" ] && cp -r "$machine/proof" "$folder/boot" "$KEEP_SAID"
grep -q '^over$' "$said" 2>/dev/null || {
	echo "FAILED: the machine did not come to its end"
	tail -n 20 "$folder/boot" "$machine/proof/trouble"
	echo "0 passed, 1 failed"
	exit 1
}
grep -q '^skipped: ' "$said" && {
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
}
passed=$(grep -c '^passed: ' "$said")
failed=$(grep -c '^FAILED: ' "$said")
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
