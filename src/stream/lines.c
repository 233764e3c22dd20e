/* lines.c: large reads, lines in place. */
#include <config.h>

#include "lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

/* A first buffer that suits a pipe and a cache; it grows to the longest line at most. */
enum { FIRST_CAP = 256 * 1024 };

int lines_open(struct lines *l, int fd)
{
	*l = (struct lines){ .fd = fd, .cap = FIRST_CAP };
	l->buf = malloc(l->cap);
	return l->buf ? 0 : -ENOMEM;
}

void lines_close(struct lines *l)
{
	free(l->buf);
	l->buf = NULL;
}

/* Makes room behind the unread bytes and reads more. 0, or -errno. */
static int fill(struct lines *l)
{
	ssize_t got;

	if (l->start > 0) {
		memmove(l->buf, l->buf + l->start, l->end - l->start);
		l->end -= l->start;
		l->seen -= l->start;
		l->start = 0;
	}
	if (l->end == l->cap) {
		size_t cap = 2 * l->cap;
		char *buf = realloc(l->buf, cap);

		if (!buf)
			return -ENOMEM;
		l->buf = buf;
		l->cap = cap;
	}
	do
		got = read(l->fd, l->buf + l->end, l->cap - l->end);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return -errno;
	if (got == 0)
		l->eof = true;
	l->end += (size_t)got;
	return 0;
}

int lines_piece(struct lines *l, const char **s, size_t *n)
{
	while (l->inside) {
		char *newline = memchr(l->buf + l->seen, '\n', l->end - l->seen);
		int e;

		*s = l->buf + l->start;
		*n = (newline ? (size_t)(newline - l->buf) : l->end) - l->start;
		l->start = l->seen = l->start + *n + (newline ? 1 : 0);
		l->inside = !newline && !l->eof;
		if (*n > 0)
			return LINES_LINE;
		e = l->inside ? fill(l) : 0;
		if (e)
			return e;
	}
	return LINES_END;
}

int lines_next(struct lines *l, const char **s, size_t *n)
{
	int got;

	do
		got = lines_piece(l, s, n);
	while (got == LINES_LINE);
	if (got < 0)
		return got;
	for (;;) {
		char *newline = memchr(l->buf + l->seen, '\n', l->end - l->seen);
		size_t have = newline ? (size_t)(newline - l->buf) - l->start : l->end - l->start;
		int e;

		if (have > LINE_MAX_BYTES) {
			l->number++;
			*s = "";
			*n = 0;
			l->inside = true;
			return LINES_TOO_LONG;
		}
		if (newline || (l->eof && have > 0)) {
			l->number++;
			*s = l->buf + l->start;
			*n = have;
			l->start = l->seen = l->start + have + (newline ? 1 : 0);
			return LINES_LINE;
		}
		if (l->eof)
			return LINES_END;
		l->seen = l->end;
		e = fill(l);
		if (e)
			return e;
	}
}

void lines_read(const struct lines *l, const char **s, size_t *n)
{
	*s = l->buf + l->start;
	*n = l->inside ? 0 : l->end - l->start;
}

void lines_pass(struct lines *l, size_t n, uint64_t lines)
{
	l->start += n;
	if (l->seen < l->start)
		l->seen = l->start;
	l->number += lines;
}
