/* chunk.c: reads that end somewhere, cut at the end of a line. */
#include <config.h>

#include "chunk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

bool chunk_grow(struct chunk *c, size_t cap)
{
	char *mem;

	if (cap <= c->cap)
		return true;
	mem = malloc(BLOCK_BEFORE + cap + BLOCK_AFTER);
	if (!mem)
		return false;
	memset(mem, 0, BLOCK_BEFORE);
	if (c->n > 0)
		memcpy(mem + BLOCK_BEFORE, c->s, c->n);
	chunk_free(c);
	c->s = mem + BLOCK_BEFORE;
	c->cap = cap;
	return true;
}

void chunk_free(struct chunk *c)
{
	if (c->s)
		free(c->s - BLOCK_BEFORE);
	c->s = NULL;
	c->cap = 0;
}

bool feed_open(struct feed *f, int fd, size_t most)
{
	*f = (struct feed){ .fd = fd, .most = most < LINE_MAX_BYTES ? most : LINE_MAX_BYTES };
	f->rest = malloc(f->most);
	return f->rest != NULL;
}

void feed_close(struct feed *f)
{
	free(f->rest);
	f->rest = NULL;
}

size_t feed_need(const struct feed *f)
{
	return LINE_MAX_BYTES + f->most;
}

/* Reads more behind the chunk. 0, or -errno. */
static int fill(struct feed *f, struct chunk *c)
{
	size_t room = c->cap - c->n;
	ssize_t got;

	do
		got = read(f->fd, c->s + c->n, room < f->most ? room : f->most);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return -errno;
	f->eof = got == 0;
	c->n += (size_t)got;
	return 0;
}

/* Ends the chunk after n bytes, of which the last `newline` bytes are passed over; what is behind them is for
 * the next one. It is never more than one read. */
static int cut(struct feed *f, struct chunk *c, size_t n, size_t newline)
{
	f->rest_n = c->n - n;
	memcpy(f->rest, c->s + n, f->rest_n);
	c->n = n - newline;
	c->at = f->at;
	f->at += n;
	memset(c->s + c->n, 0, BLOCK_AFTER);
	return FEED_CHUNK;
}

/* A piece up to the end of its line, or of what is there. */
static int cut_piece(struct feed *f, struct chunk *c, bool first)
{
	const char *newline = memchr(c->s, '\n', c->n);

	c->piece = true;
	c->first = first;
	c->last = newline || f->eof;
	f->inside = !c->last;
	return cut(f, c, newline ? (size_t)(newline - c->s) + 1 : c->n, newline ? 1 : 0);
}

static int next_piece(struct feed *f, struct chunk *c)
{
	int e = c->n == 0 && !f->eof ? fill(f, c) : 0;

	return e ? e : cut_piece(f, c, false);
}

/* Only the first line can be too long: the others were read at once. */
static int cut_lines(struct feed *f, struct chunk *c, size_t n)
{
	const char *newline = n > LINE_MAX_BYTES ? memchr(c->s, '\n', n) : c->s;
	size_t first = newline ? (size_t)(newline - c->s) : n;

	return first > LINE_MAX_BYTES ? cut_piece(f, c, true) : cut(f, c, n, 0);
}

static int next_lines(struct feed *f, struct chunk *c)
{
	for (size_t seen = 0;;) {
		const char *newline = memrchr(c->s + seen, '\n', c->n - seen);
		int e;

		if (newline)
			return cut_lines(f, c, (size_t)(newline - c->s) + 1);
		if (f->eof && c->n == 0)
			return FEED_END;
		if (f->eof)
			return cut_lines(f, c, c->n);
		if (c->n > LINE_MAX_BYTES)
			return cut_piece(f, c, true);
		if (c->n == c->cap)
			return FEED_FULL;
		seen = c->n;
		e = fill(f, c);
		if (e)
			return e;
	}
}

int feed_next(struct feed *f, struct chunk *c)
{
	if (c->n == 0) {
		memcpy(c->s, f->rest, f->rest_n);
		c->n = f->rest_n;
		f->rest_n = 0;
		c->piece = false;
	}
	return f->inside ? next_piece(f, c) : next_lines(f, c);
}
