/* rank.h: where places are among edges, many at a time. */
#ifndef V6KIT_CORE_RANK_H
#define V6KIT_CORE_RANK_H

#include "edges.h"

enum { BATCH = 64 };

/* Up to BATCH addresses as places, dealt out by family: place i of a family is that of the address
 * with the number of[i]. Index 0 is IPv4. */
struct batch {
	uint64_t hi[2][BATCH], lo[2][BATCH];
	uint8_t of[2][BATCH];
	size_t n[2];
};

/* Words in order, and for those who can use it a tree over them: the words are its leaves, eight each,
 * and a node has eight words too, which tell apart its nine children: each is the first word of a child,
 * but of its first. Leaves and nodes are lines of the cache. A leaf that is not whole is looked through
 * word by word. */
struct words {
	const uint64_t *word;
	size_t n;
	uint64_t *node;   /* null: there is no tree; of all levels, the leaves' parents first */
	size_t level[20]; /* where each level begins */
	unsigned levels, skew; /* so many words are missing in the first leaf */
};

enum { LEAF = 8, CHILDREN = 9 };

/* Nodes keep words so that signed comparison orders them. */
#define WORD_SIGN (UINT64_C(1) << 63)

#pragma GCC visibility push(hidden)

/* Describes the edges' first words; where trees are of use makes one. Without memory for it there is none.
 * words_free frees it. */
void words_new(const struct edges *e, struct words *out);
void words_free(struct words *w);

/* How many words are at most key, for each of n keys. The arrays have BATCH places, of which those behind
 * n may be read, and written, too. The second one needs a tree. */
void words_rank_scalar(const struct words *w, const uint64_t *key, size_t n, size_t *rank);
void words_rank_avx2(const struct words *w, const uint64_t *key, size_t n, size_t *rank);

/* Deals out n addresses, at most BATCH. What is no address is in neither family. */
void batch_deal(struct batch *b, const struct v6k_addr *addrs, size_t n);

/* For each place of a family stores how many edges there are at or before it. */
void batch_rank(const struct batch *b, size_t family, const struct edges *e, const struct words *w,
	size_t rank[BATCH]);

#pragma GCC visibility pop

#endif
