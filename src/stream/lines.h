/* lines.h: a file or pipe as lines, in constant memory. */
#ifndef V6KIT_STREAM_LINES_H
#define V6KIT_STREAM_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "chunk.h"

struct lines {
	int fd;
	char *buf;
	size_t cap, start, end,
		seen;    /* buf[start..end) is unread, buf[start..seen) has no newline */
	uint64_t number; /* of the line that lines_next returned, from 1 */
	bool eof;
	bool inside; /* a line that is too long, whose rest is still to be read */
};

enum { LINES_END = 0, LINES_LINE = 1, LINES_TOO_LONG = 2 };

/* Reads from fd, which stays the caller's. 0, or -ENOMEM. */
int lines_open(struct lines *l, int fd);

void lines_close(struct lines *l);

/* The next line, without its newline, in *s and *n; good until the next call. A last line without a
 * newline counts. LINES_TOO_LONG: the line is passed over, *n is 0. Or LINES_END, or the negative
 * errno of a failed read. */
int lines_next(struct lines *l, const char **s, size_t *n);

/* After LINES_TOO_LONG, for those who want that line all the same: LINES_LINE with its next piece,
 * good until the next call, LINES_END behind the last one, or the negative errno of a failed
 * read. */
int lines_piece(struct lines *l, const char **s, size_t *n);

#endif
