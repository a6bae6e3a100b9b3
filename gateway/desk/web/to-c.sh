#!/bin/sh
# Writes the files named as a table in C: struct web_asset (web_pages.h).
set -eu
echo '/* Made from gateway/desk/web by the build. */'
echo '#include "gateway/desk/web_pages.h"'
number=0
for file in "$@"; do
	number=$((number + 1))
	echo "static const unsigned char bytes_$number[] = {"
	od -An -v -tu1 "$file" | sed 's/  *\([0-9]\)/\1/;s/  */,/g;s/$/,/'
	echo '};'
done
echo 'const struct web_asset web_assets[] = {'
number=0
for file in "$@"; do
	number=$((number + 1))
	case $file in
	*.css) type='text/css; charset=utf-8' ;;
	*.js) type='text/javascript; charset=utf-8' ;;
	*.svg) type=image/svg+xml ;;
	*) echo "to-c: what is $file?" >&2 && exit 1 ;;
	esac
	sum=$(cksum <"$file" | tr ' ' -)
	echo "	{ \"/${file##*/}\", \"$type\", bytes_$number,"
	echo "	    sizeof(bytes_$number), \"\\\"$sum\\\"\" },"
done
echo '};'
echo "const size_t web_asset_count = $number;"
