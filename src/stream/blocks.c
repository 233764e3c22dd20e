/* blocks.c: blocks of lines, worked on and emitted. */
#include <config.h>

#include "blocks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A block and what is made of it. */
struct slot {
	struct chunk chunk;
	struct block_out out;
};

struct blocks {
	const struct blocks_job *job;
	void *to;
	size_t size; /* of a block */
	struct slot slot;
	uint64_t number; /* of the next line */
};

/* Large enough for reads to cost little, small enough for caches. */
enum { BLOCK_SIZE = 256 * 1024 };

char *block_room(struct block_out *out, size_t n)
{
	if (!out->s || n > out->cap - out->n) {
		size_t cap = 2 * out->cap > out->n + n ? 2 * out->cap : out->n + n + 64;
		char *s = realloc(out->s, cap);

		if (!s)
			return NULL;
		out->s = s;
		out->cap = cap;
	}
	return out->s + out->n;
}

bool block_put(struct block_out *out, const char *s, size_t n)
{
	char *room = block_room(out, n);

	if (!room)
		return false;
	memcpy(room, s, n);
	out->n += n;
	return true;
}

uint64_t block_lines(const char *s, size_t n)
{
	uint64_t lines = 0;

	/* A loop that compilers turn into vector code. */
	for (size_t i = 0; i < n; i++)
		lines += s[i] == '\n';
	return lines + (n > 0 && s[n - 1] != '\n');
}

/* The lines of a chunk, in as many parts as work wants. */
static int run_lines(struct blocks *b, struct slot *slot)
{
	const struct chunk *c = &slot->chunk;
	struct block_out *out = &slot->out;
	int after = BLOCKS_GO_ON;

	for (size_t done = 0; done < c->n && after == BLOCKS_GO_ON; done += out->used) {
		struct block block = { c->s + done, c->n - done, c->at + done, 0 };

		out->n = 0;
		out->lines = 0;
		out->used = block.n;
		after = b->job->work(b->to, &block, out);
		if (after < 0)
			break;
		block.n = out->used;
		block.number = b->number;
		after = b->job->emit(b->to, &block, out);
		b->number += out->lines;
	}
	return after;
}

static int run_piece(struct blocks *b, const struct chunk *c)
{
	struct block piece = { c->s, c->n, c->at, b->number };

	b->number += c->last;
	return b->job->long_line ? b->job->long_line(b->to, &piece, c->first, c->last) :
				   BLOCKS_GO_ON;
}

static int run_feed(struct blocks *b, struct feed *f)
{
	struct chunk *c = &b->slot.chunk;
	int after = BLOCKS_GO_ON;

	while (after == BLOCKS_GO_ON) {
		int got;

		c->n = 0;
		got = feed_next(f, c);
		if (got == FEED_FULL) {
			if (!chunk_grow(c, feed_need(f)))
				return -ENOMEM;
			got = feed_next(f, c);
		}
		if (got <= FEED_END)
			return got;
		after = c->piece ? run_piece(b, c) : run_lines(b, &b->slot);
	}
	return after;
}

int blocks_run(struct blocks *b, int fd)
{
	struct feed feed;
	int after;

	b->number = 1;
	if (!chunk_grow(&b->slot.chunk, b->size) || !feed_open(&feed, fd, b->size))
		return -ENOMEM;
	after = run_feed(b, &feed);
	feed_close(&feed);
	return after;
}

struct blocks *blocks_new(const struct blocks_job *job, void *to,
	const struct blocks_options *options)
{
	struct blocks *b = calloc(1, sizeof(*b));

	if (!b)
		return NULL;
	b->job = job;
	b->to = to;
	b->size = options && options->block ? options->block : BLOCK_SIZE;
	if (job->own_new && !(b->slot.out.own = job->own_new(to))) {
		blocks_free(b);
		return NULL;
	}
	return b;
}

void blocks_free(struct blocks *b)
{
	if (!b)
		return;
	if (b->job->own_free && b->slot.out.own)
		b->job->own_free(b->slot.out.own);
	chunk_free(&b->slot.chunk);
	free(b->slot.out.s);
	free(b);
}
