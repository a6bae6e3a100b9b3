#include "tests/power.h"

#include <fcntl.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "tests/lab.h"

enum { NOTES_MOST_BYTES = 256 << 20, NOTES_MOST = 65536 };

/* The rows of a file of notes; what the kill cut off at the end was never
 * followed by its write. */
static size_t
find_notes(const struct text *notes, size_t starts[NOTES_MOST])
{
	size_t count = 0, at = 0;
	struct note note;

	while (count < NOTES_MOST && notes->length - at >= sizeof(note)) {
		memcpy(&note, notes->bytes + at, sizeof(note));
		if (note.length > notes->length - at - sizeof(note))
			break;
		starts[count++] = at;
		at += sizeof(note) + note.length;
	}
	return (count);
}

static void
take_back(int fd, const struct text *notes, size_t start, int only_half)
{
	struct note note;
	size_t length, skip;

	memcpy(&note, notes->bytes + start, sizeof(note));
	length = (size_t)note.length;
	/* The first half of the write reached the disk. */
	skip = only_half ? length / 2 : 0;
	if (pwrite(fd, notes->bytes + start + sizeof(note) + skip,
		length - skip,
		note.offset + (off_t)skip) != (ssize_t)(length - skip) ||
	    ftruncate(fd, note.size) != 0)
		lab_fail("cannot take back a write");
}

long
power_cut(const char *path, const char *folder)
{
	static size_t starts[NOTES_MOST];
	const char *slash = strrchr(path, '/');
	struct text name = { 0 }, notes = { 0 };
	long taken_back = 0;
	size_t count, kept;
	int fd;

	text_printf(
	    &name, "%s/%s.undo", folder, slash != NULL ? slash + 1 : path);
	if (file_read(name.bytes, NOTES_MOST_BYTES, &notes) == DONE &&
	    (count = find_notes(&notes, starts)) > 0) {
		fd = open(path, O_RDWR | O_CLOEXEC);
		if (fd < 0)
			lab_fail("cannot open %s", path);
		kept = (size_t)rand() % (count + 1);
		for (size_t i = count; i > kept; i--) {
			take_back(fd, &notes, starts[i - 1],
			    i - 1 == kept && rand() % 2 == 0);
			taken_back++;
		}
		close(fd);
	}
	if (truncate(name.bytes, 0) != 0 && access(name.bytes, F_OK) == 0)
		lab_fail("cannot empty %s", name.bytes);
	text_free(&name);
	text_free(&notes);
	return (taken_back);
}
