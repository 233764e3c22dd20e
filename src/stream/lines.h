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

/* What has been read and is not yet returned, in *s and *n: whole lines and the beginning of one, or
 * nothing. lines_pass passes over its first n bytes, which are `lines` whole lines. */
void lines_read(const struct lines *l, const char **s, size_t *n);
void lines_pass(struct lines *l, size_t n, uint64_t lines);

#endif
