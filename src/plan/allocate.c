/* allocate.c: every strategy is an order of free blocks; what it takes is always the first prefix of
 * the first block. That holds for the orders of RFC 3531 too: they deal out the bits of a counter, so
 * that of all prefixes of a block the first one, whose own bits are zero, has the lowest number. */
#include <config.h>

#include "allocate.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/* Where a block comes in the order: no two blocks come at the same place. */
struct key {
	size_t major;
	uint64_t hi, lo;
};

/* A free block, at key. One that is a part of what remained of `whole` stands for all those parts that
 * come after it, too. */
struct block {
	struct key key;
	struct v6k_prefix p, whole, root; /* root: the prefix of the pool that it is in */
	size_t root_number;
	bool is_part;
};

static int key_cmp(const struct key *a, const struct key *b)
{
	if (a->major != b->major)
		return a->major < b->major ? -1 : 1;
	if (a->hi != b->hi)
		return a->hi < b->hi ? -1 : 1;
	return a->lo < b->lo ? -1 : a->lo > b->lo;
}

/* The order in which the parts of a block come, and those of RFC 3531 altogether. */
static enum v6k_order order_of(enum allocate_strategy strategy)
{
	switch (strategy) {
	case ALLOCATE_FIRST:
	case ALLOCATE_BEST:
	case ALLOCATE_RIGHTMOST:
		break;
	case ALLOCATE_SPARSE:
	case ALLOCATE_LEFTMOST:
		return V6K_ORDER_RFC3531_LEFT;
	case ALLOCATE_CENTERMOST:
		return V6K_ORDER_RFC3531_CENTER;
	}
	return V6K_ORDER_NUMBER;
}

static struct key key_of(const struct allocate *a, const struct block *block)
{
	struct key key = { 0, block->p.hi, block->p.lo };
	struct v6k_prefix first = { .bits = 0 };

	if (a->strategy == ALLOCATE_BEST)
		key.major = 128u - block->p.bits;
	if (a->strategy == ALLOCATE_SPARSE)
		key.major = block->p.bits;
	if (a->strategy < ALLOCATE_LEFTMOST)
		return key;
	key.major = block->root_number;
	v6k_prefix_child(block->p, a->bits, 0, 0, &first);
	v6k_prefix_child_index(block->root, first, order_of(a->strategy), &key.hi, &key.lo);
	return key;
}

/* The minimal prefixes of a set that are of the family. */
struct walk {
	const struct v6k_set *set;
	unsigned family;
	size_t i;
	struct v6k_range rest;
};

static bool walk_next(struct walk *w, struct v6k_prefix *p)
{
	while (!v6k_range_pop(&w->rest, p)) {
		if (v6k_set_range(w->set, w->i, &w->rest) != 0)
			return false;
		w->i++;
		if (w->rest.first.family != w->family)
			w->rest = (struct v6k_range){ .first = { .family = V6K_NONE } };
	}
	return true;
}

struct v6k_count allocate_room(const struct allocate *a)
{
	struct walk walk = { .set = a->free, .family = a->family };
	struct v6k_count sum = { { 0, 0, 0 } };
	struct v6k_prefix p;

	while (walk_next(&walk, &p))
		v6k_count_add(sum, v6k_prefix_count_children(p, a->bits), &sum);
	return sum;
}

/* Blocks in an array: while they are gathered the n that come first, in any order; later a heap, the
 * first on top. */
struct blocks {
	struct block *block;
	size_t n, cap;
	bool bounded; /* n at least have been sorted: what comes after last is not needed */
	struct key last;
};

static int compare(const void *a, const void *b)
{
	return key_cmp(&((const struct block *)a)->key, &((const struct block *)b)->key);
}

static int add(struct blocks *b, const struct block *block)
{
	if (b->n == b->cap) {
		size_t cap = b->cap ? 2 * b->cap : 64;
		struct block *more = realloc(b->block, cap * sizeof(*more));

		if (!more)
			return V6K_ENOMEM;
		b->block = more;
		b->cap = cap;
	}
	b->block[b->n++] = *block;
	return 0;
}

static void keep_first(struct blocks *b, size_t n)
{
	if (b->n > 0)
		qsort(b->block, b->n, sizeof(*b->block), compare);
	if (b->n < n)
		return;
	b->n = n;
	b->last = b->block[n - 1].key;
	b->bounded = true;
}

/* The first n of the free blocks in the order of the strategy. No others can be needed for n prefixes:
 * each of these has at least one. They end up sorted, which is a heap. */
static int gather(const struct allocate *a, size_t n, struct blocks *b)
{
	struct walk walk = { .set = a->free, .family = a->family };
	struct walk roots = { .set = a->pool, .family = a->family };
	struct block block = { .is_part = false };
	bool inside = walk_next(&roots, &block.root);
	int e = 0;

	while (e == 0 && inside && walk_next(&walk, &block.p)) {
		/* The lowest come first. */
		if (a->strategy == ALLOCATE_FIRST && b->n == n)
			break;
		while (inside && !v6k_prefix_covers(block.root, block.p)) {
			inside = walk_next(&roots, &block.root);
			block.root_number++;
		}
		if (!inside || block.p.bits > a->bits)
			continue;
		block.key = key_of(a, &block);
		if (b->bounded && key_cmp(&block.key, &b->last) > 0)
			continue;
		e = add(b, &block);
		if (b->n >= n && b->n - n >= n && b->n >= 64)
			keep_first(b, n);
	}
	keep_first(b, n);
	return e;
}

static void sift_up(struct blocks *b)
{
	struct block block = b->block[b->n - 1];
	size_t at = b->n - 1;

	for (; at > 0 && key_cmp(&block.key, &b->block[(at - 1) / 2].key) < 0; at = (at - 1) / 2)
		b->block[at] = b->block[(at - 1) / 2];
	b->block[at] = block;
}

static struct block pop(struct blocks *b)
{
	struct block top = b->block[0], block = b->block[--b->n];
	size_t at = 0, below = 1;

	for (; below < b->n; at = below, below = 2 * at + 1) {
		if (below + 1 < b->n && key_cmp(&b->block[below + 1].key, &b->block[below].key) < 0)
			below++;
		if (key_cmp(&block.key, &b->block[below].key) <= 0)
			break;
		b->block[at] = b->block[below];
	}
	b->block[at] = block;
	return top;
}

/* How the parts of a block come after each other, by their length. */
struct ranks {
	unsigned root_bits;
	bool made;
	uint8_t of[129];
};

/* A part of length bits differs from the first prefix of its block in one bit of the number that it has
 * in the root: where that bit stands in the counter, the part stands among the others. */
static void make_ranks(const struct allocate *a, unsigned root_bits, struct ranks *ranks)
{
	unsigned width = a->bits - root_bits;

	if (ranks->made && ranks->root_bits == root_bits)
		return;
	for (unsigned i = 0; i < width; i++) {
		uint64_t hi = i < 64 ? 0 : UINT64_C(1) << (i - 64),
			 lo = i < 64 ? UINT64_C(1) << i : 0;
		unsigned bit = 0;

		v6k_order_apply(order_of(a->strategy), width, &hi, &lo);
		while (bit < width && !((bit < 64 ? lo >> bit : hi >> (bit - 64)) & 1))
			bit++;
		ranks->of[a->bits - bit] = (uint8_t)i;
	}
	ranks->root_bits = root_bits;
	ranks->made = true;
}

/* Without its first prefix of the asked length a block is one block of each length up to that: next to
 * the first prefix, next to both of these and so on. Adds the one that comes first, of those after the
 * one of length `after` where that is not 0. */
static int push_part(const struct allocate *a, struct blocks *b, struct ranks *ranks,
	const struct block *of, struct v6k_prefix whole, unsigned after)
{
	struct block part = *of;
	unsigned next = 0;
	int e;

	make_ranks(a, of->root.bits, ranks);
	for (unsigned bits = whole.bits + 1u; bits <= a->bits; bits++)
		if ((after == 0 || ranks->of[bits] > ranks->of[after]) &&
			(next == 0 || ranks->of[bits] < ranks->of[next]))
			next = bits;
	if (next == 0)
		return 0;
	v6k_prefix_child(whole, next, 0, 1, &part.p);
	part.whole = whole;
	part.is_part = true;
	part.key = key_of(a, &part);
	e = add(b, &part);
	if (e == 0)
		sift_up(b);
	return e;
}

int allocate(const struct allocate *a, size_t n, struct v6k_prefix *out)
{
	struct blocks blocks = { .n = 0 };
	struct ranks ranks = { .made = false };
	int e = n > 0 ? gather(a, n, &blocks) : 0;

	for (size_t i = 0; i < n && e == 0; i++) {
		struct block block;

		if (blocks.n == 0) {
			e = V6K_EOVERFLOW;
			break;
		}
		block = pop(&blocks);
		v6k_prefix_child(block.p, a->bits, 0, 0, &out[i]);
		e = push_part(a, &blocks, &ranks, &block, block.p, 0);
		if (e == 0 && block.is_part)
			e = push_part(a, &blocks, &ranks, &block, block.whole, block.p.bits);
	}
	free(blocks.block);
	return e;
}
