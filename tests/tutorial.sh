#!/bin/sh
# Runs menus/TUTORIAL.md as an editor would: its commands and files, in their
# order, in an empty folder.
#
#   ```sh            is run and must succeed
#   ```fails         is run and must fail
#   ```file NAME     is written to NAME
#   ```output        each line must be in what the commands before it said
#
# The installed folder stands for the source tree here.
set -u

source=${srcdir:-.}
source=$(cd "$source" && pwd)
waymark=$(pwd)/waymark
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
passed=0
failed=0
mkdir "$folder/bin" "$folder/work" "$folder/blocks"
ln -s "$waymark" "$folder/bin/waymark"
PATH=$folder/bin:$PATH

# Each block becomes a file blocks/NNN: its first line says what it is.
awk -v to="$folder/blocks" '
	/^```/ && !inside {
		inside = 1
		name = sprintf("%s/%03d", to, ++count)
		print substr($0, 4) > name
		next
	}
	/^```$/ && inside { inside = 0; close(name); next }
	inside { print > name }
' "$source/menus/TUTORIAL.md"

note() {
	if [ "$1" -eq 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "block $2 ($kind): $3"
		sed 's/^/    /' "$folder/said"
	fi
}

run() {
	sed "s|/usr/local/share/waymark|$source|g" "$folder/body" > "$folder/run"
	(cd "$folder/work" && sh -e "$folder/run") > "$folder/said" 2>&1
}

: > "$folder/said"
for block in "$folder"/blocks/*; do
	number=${block##*/}
	kind=$(sed -n 1p "$block")
	sed 1d "$block" > "$folder/body"
	case $kind in
	sh)
		run
		note $? "$number" 'failed'
		;;
	fails)
		if run; then note 1 "$number" 'did not fail'; else note 0; fi
		;;
	file\ *)
		cp "$folder/body" "$folder/work/${kind#file }"
		note $? "$number" 'cannot be written'
		;;
	output)
		while IFS= read -r line; do
			grep -qF -- "$line" "$folder/said"
			note $? "$number" "not said: $line"
		done < "$folder/body"
		;;
	text) ;;
	*)
		note 1 "$number" 'is of no kind that is run'
		;;
	esac
done
[ "$passed" -ge 15 ] || { echo 'few blocks were found'; failed=$((failed + 1)); }
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
