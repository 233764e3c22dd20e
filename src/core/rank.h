/* rank.h: where places are among edges, many at a time. */
#ifndef V6KIT_CORE_RANK_H
#define V6KIT_CORE_RANK_H

#include "edges.h"

/* So many that the memory of some comes while others are looked at, and that all stay in the cache. */
enum { BATCH = 256 };

/* Those of up to BATCH addresses that are of one family: place i is that of addr[of[i]]. */
struct batch {
	const struct v6k_addr *addr;
	uint64_t hi[BATCH]; /* of the places */
	uint8_t of[BATCH];
	size_t n;
};

/* Words in order, and a tree over them when they are not few: the words are its leaves, eight each, and a
 * node has eight words too, which tell apart its nine children: each is the first word of a child, but of
 * its first. Leaves and nodes are lines of the cache. A leaf that is not whole is looked through word by
 * word. */
struct words {
	const uint64_t *word;
	size_t n;
	uint64_t *node;   /* null: there is no tree; of all levels, the leaves' parents first */
	size_t level[20]; /* where each level begins */
	unsigned levels, skew; /* so many words are missing in the first leaf */
	/* Null, or what the caller has for each rank: the places that he needs next are fetched. */
	const uint32_t *row;
};

enum { LEAF = 8, CHILDREN = LEAF + 1 };

#pragma GCC visibility push(hidden)

/* Describes the edges' first words, and makes a tree of many. Without memory for it there is none.
 * words_free frees it. */
void words_new(const struct edges *e, const uint32_t *row, struct words *out);
void words_free(struct words *w);

/* How many words are at most key, for each of n keys, at most BATCH. The first one goes without a tree, the
 * others need one. */
void words_rank_few(const struct words *w, const uint64_t *key, size_t n, size_t *rank);
void words_rank_scalar(const struct words *w, const uint64_t *key, size_t n, size_t *rank);
void words_rank_avx2(const struct words *w, const uint64_t *key, size_t n, size_t *rank);

/* The rank of a key that has come to a leaf, which begins at word at, when it is not whole. */
size_t words_rank_part(const struct words *w, size_t at, uint64_t key);

static inline bool words_leaf_is_whole(const struct words *w, size_t at)
{
	return at <= w->n - LEAF;
}

/* Takes those of n addresses, at most BATCH, that are of the family; 0 is IPv4. */
void batch_take(struct batch *b, size_t family, const struct v6k_addr *addrs, size_t n);

/* For each place stores how many edges there are at or before it. */
void batch_rank(const struct batch *b, const struct edges *e, const struct words *w,
	size_t rank[BATCH]);

#pragma GCC visibility pop

#endif
