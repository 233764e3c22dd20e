/* feed.c: reads that end somewhere, cut at the end of a line. */
#include <config.h>

#include "chunk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <poll.h>
#include <unistd.h>

#include "source.h"

bool feed_open(struct feed *f, int fd, size_t size)
{
	*f = (struct feed){ .fd = fd, .wake = -1, .size = size };
	f->rest = malloc(size);
	return f->rest != NULL;
}

void feed_close(struct feed *f)
{
	source_free(f->source);
	free(f->rest);
	f->source = NULL;
	f->rest = NULL;
}

/* Waits until there is something to read. 0, or -errno. */
static int wait_for_input(const struct feed *f)
{
	struct pollfd fds[2] = { { f->fd, POLLIN, 0 }, { f->wake, POLLIN, 0 } };

	while (poll(fds, 2, -1) < 0)
		if (errno != EINTR)
			return -errno;
	return fds[1].revents ? -ECANCELED : 0;
}

ssize_t feed_read(void *feed, char *buf, size_t n)
{
	const struct feed *f = feed;
	ssize_t got = -1;

	errno = 0;
	do {
		/* Somebody may have left standard input in a state where it does not wait. */
		int e = f->wake >= 0 || (got < 0 && errno == EAGAIN) ? wait_for_input(f) : 0;

		if (e)
			return e;
		got = read(f->fd, buf, n);
	} while (got < 0 && (errno == EINTR || errno == EAGAIN));
	return got < 0 ? -errno : got;
}

/* Reads more behind the n bytes of the chunk. 0, or a negative error. */
static int fill(struct feed *f, struct chunk *c)
{
	size_t room = c->cap - c->n < f->size ? c->cap - c->n : f->size;
	char *to = c->buf + c->n;
	ssize_t got = f->source ? source_read(f->source, to, room) : feed_read(f, to, room);

	if (got < 0)
		return (int)got;
	f->eof = got == 0;
	c->n += (size_t)got;
	return 0;
}

/* Ends the chunk after n bytes, of which the last `newline` bytes are passed over; what is behind
 * them is for the next one. It is never more than one read. */
static int cut(struct feed *f, struct chunk *c, size_t n, size_t newline)
{
	f->rest_n = c->n - n;
	memcpy(f->rest, c->buf + n, f->rest_n);
	c->n = n - newline;
	c->at = f->at;
	f->at += n;
	return CHUNK_LINES;
}

/* A piece up to the end of its line, or of what is there. */
static int cut_piece(struct feed *f, struct chunk *c, bool first)
{
	const char *newline = memchr(c->buf, '\n', c->n);

	c->piece = true;
	c->first = first;
	c->last = newline || f->eof;
	f->inside = !c->last;
	return cut(f, c, newline ? (size_t)(newline - c->buf) + 1 : c->n, newline ? 1 : 0);
}

static int next_piece(struct feed *f, struct chunk *c)
{
	int e = c->n == 0 && !f->eof ? fill(f, c) : 0;

	return e ? e : cut_piece(f, c, false);
}

/* Only the first line can be too long: the others were read at once. */
static int cut_lines(struct feed *f, struct chunk *c, size_t n)
{
	const char *newline = n > LINE_MAX_BYTES ? memchr(c->buf, '\n', n) : c->buf;
	size_t first = newline ? (size_t)(newline - c->buf) : n;

	return first > LINE_MAX_BYTES ? cut_piece(f, c, true) : cut(f, c, n, 0);
}

static int next_lines(struct feed *f, struct chunk *c)
{
	for (size_t seen = 0;;) {
		const char *newline = memrchr(c->buf + seen, '\n', c->n - seen);
		int e;

		if (newline)
			return cut_lines(f, c, (size_t)(newline - c->buf) + 1);
		if (f->eof && c->n == 0)
			return CHUNK_END;
		if (f->eof)
			return cut_lines(f, c, c->n);
		if (c->n > LINE_MAX_BYTES)
			return cut_piece(f, c, true);
		if (c->n == c->cap)
			return CHUNK_FULL;
		seen = c->n;
		e = fill(f, c);
		if (e)
			return e;
	}
}

int feed_next(struct feed *f, struct chunk *c)
{
	if (c->n == 0) {
		memcpy(c->buf, f->rest, f->rest_n);
		c->s = c->buf;
		c->n = f->rest_n;
		c->piece = false;
		f->rest_n = 0;
	}
	c->s = c->buf;
	return f->inside ? next_piece(f, c) : next_lines(f, c);
}
