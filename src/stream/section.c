/* section.c: the lines that start in one section of a file. */
#include <config.h>

#include "chunk.h"

#include <errno.h>
#include <string.h>

#include <unistd.h>

void section_open(struct section *p, int fd, uint64_t base, uint64_t from, size_t size)
{
	*p = (struct section){ .fd = fd,
		.base = base,
		.from = from,
		.to = from + size,
		.size = size,
		/* A newline right before it is what makes a line start at its first byte. */
		.at = from > 0 ? from - 1 : 0 };
}

/* Reads on until there are n bytes in the chunk, or the file ends. 0, or -errno. */
static int fill(struct section *p, struct chunk *c, size_t n)
{
	while (p->n < n && !p->eof) {
		ssize_t got =
			pread(p->fd, c->buf + p->n, n - p->n, (off_t)(p->base + p->at + p->n));

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		p->eof = got == 0;
		p->n += (size_t)got;
	}
	return 0;
}

/* The chunk is the bytes [begin, end) of its buffer. */
static int cut(struct section *p, struct chunk *c, size_t end)
{
	c->s = c->buf + p->begin;
	c->n = end - p->begin;
	c->at = p->at + p->begin;
	c->piece = false;
	p->begin = end;
	return CHUNK_LINES;
}

/* A piece of the line that begins at `begin`, or goes on there: as far as it is in the buffer. */
static int cut_piece(struct section *p, struct chunk *c, bool first)
{
	const char *newline = memchr(c->buf + p->begin, '\n', p->n - p->begin);

	cut(p, c, newline ? (size_t)(newline - c->buf) : p->n);
	c->piece = true;
	c->first = first;
	c->last = newline || p->eof;
	p->inside = p->more = !c->last;
	p->ended = p->eof && !newline;
	return CHUNK_LINES;
}

/* The rest of a line that is too long. */
static int next_piece(struct section *p, struct chunk *c)
{
	int e;

	if (!p->inside) {
		p->inside = true;
		return cut_piece(p, c, true);
	}
	p->at += p->n;
	p->n = p->begin = 0;
	e = fill(p, c, p->size);
	return e ? e : cut_piece(p, c, false);
}

/* Where the first line of this section begins. False: there is none. */
static bool find_begin(struct section *p, const struct chunk *c)
{
	const char *newline;

	if (p->from > 0) {
		newline = memchr(c->buf, '\n', p->n);
		p->begin = newline ? (size_t)(newline - c->buf) + 1 : p->n;
	}
	if (p->begin < p->n && p->at + p->begin < p->to)
		return true;
	p->ended = p->eof && p->at + p->n <= p->to;
	return false;
}

/* The last line of the section is too long: it comes in pieces, after the lines before it. */
static int cut_before(struct section *p, struct chunk *c, size_t last)
{
	p->more = true;
	return last > p->begin ? cut(p, c, last) : next_piece(p, c);
}

/* Where the last line begins; border is where the section's last byte is. */
static size_t last_line(const struct section *p, const struct chunk *c, size_t border)
{
	const char *newline = memrchr(c->buf + p->begin, '\n', border - p->begin);

	return newline ? (size_t)(newline - c->buf) + 1 : p->begin;
}

/* Reads on until the section's last line ends. */
static int next_lines(struct section *p, struct chunk *c)
{
	size_t border = (size_t)(p->to - 1 - p->at);

	for (size_t seen = border;;) {
		const char *newline = p->n > seen ? memchr(c->buf + seen, '\n', p->n - seen) : NULL;
		size_t end = newline ? (size_t)(newline - c->buf) : p->n, last;
		int e;

		if (end - p->begin > LINE_MAX_BYTES) {
			last = last_line(p, c, border);
			if (end - last > LINE_MAX_BYTES)
				return cut_before(p, c, last);
		}
		if (newline || p->eof) {
			p->ended = p->eof && (!newline || p->at + p->n <= p->to);
			return cut(p, c, end + (newline ? 1 : 0));
		}
		if (p->n == c->cap)
			return CHUNK_FULL;
		seen = p->n;
		e = fill(p, c, p->n + p->size < c->cap ? p->n + p->size : c->cap);
		if (e)
			return e;
	}
}

int section_next(struct section *p, struct chunk *c)
{
	if (p->more)
		return next_piece(p, c);
	if (!p->started) {
		int e = fill(p, c, chunk_usual(p->size));

		if (e)
			return e;
		p->started = true;
		if (!find_begin(p, c))
			return CHUNK_END;
	}
	return next_lines(p, c);
}
