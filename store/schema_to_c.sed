# Turns a schema file into the lines of a C table of strings.
s/\\/\\\\/g
s/"/\\"/g
s/	/\\t/g
s/^/	"/
s/$/\\n",/
