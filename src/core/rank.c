/* rank.c: looks many places up at a time, so that the memory that one needs next comes while others are
 * looked at. */
#include <string.h>

#include "array.h"
#include "dispatch.h"
#include "rank.h"

/* All lanes go the same way through the halves, without a branch. A vector of them would have to
 * gather its words one by one, and is slower. */
void words_rank_few(const struct words *w, const uint64_t *key, size_t n, size_t *rank)
{
	enum { LANES = 16 };

	for (size_t from = 0; from < n; from += LANES) {
		size_t some = n - from < LANES ? n - from : LANES, left = w->n;
		const uint64_t *base[LANES];
		uint64_t lane[LANES] = { 0 };

		memcpy(lane, key + from, some * sizeof(lane[0]));
		for (unsigned i = 0; i < LANES; i++)
			base[i] = w->word;
		while (left > 1) {
			size_t half = left / 2;

#ifdef __clang__
#pragma clang loop vectorize(disable)
#endif
			for (unsigned i = 0; i < LANES; i++)
				base[i] += half & -(size_t)(base[i][half - 1] <= lane[i]);
			left -= half;
		}
		for (size_t i = 0; i < some; i++)
			rank[from + i] =
				(size_t)(base[i] - w->word) + (left == 1 && *base[i] <= lane[i]);
	}
}

/* How many words there are before the line at `at`, and in it that are at most key: its first half is told
 * by the last word of that. */
static inline size_t line_rank(const uint64_t *word, size_t at, uint64_t key)
{
	size_t half = at + 4 * (size_t)(word[at + 3] <= key), rank = half;

	rank += word[half] <= key;
	rank += word[half + 1] <= key;
	rank += word[half + 2] <= key;
	rank += word[half + 3] <= key;
	return rank;
}

/* All words are at most the last key of all, which would go beyond them. */
static inline uint64_t key_for_line(uint64_t key)
{
	return key - (key == UINT64_MAX);
}

#define TREE_TARGET
#include "rank_tree.h"

void words_rank_scalar(const struct words *w, const uint64_t *key, size_t n, size_t *rank)
{
	tree_rank(w, key, n, rank);
}

/* The first leaf may begin before the first word. */
size_t words_rank_part(const struct words *w, size_t at, uint64_t key)
{
	size_t end = at + LEAF;

	if (at > w->n)
		at = 0;
	while (at < end && at < w->n && w->word[at] <= key)
		at++;
	return at;
}

/* The first word of leaf i, which is not the first one, or one that is larger than all keys that go down
 * a tree. */
static uint64_t leaf_word(const struct words *w, size_t i)
{
	size_t at = i * LEAF - w->skew;

	return at < w->n ? w->word[at] : UINT64_MAX;
}

void words_new(const struct edges *e, const uint32_t *row, struct words *out)
{
	/* Fewer are soon halved. */
	enum { TREE_MIN = 64 };
	size_t nodes = 0, blocks, leaves = 1;

	*out = (struct words){ .word = e->hi, .n = e->n, .row = row };
	if (e->n < TREE_MIN)
		return;
	out->skew = (unsigned)((uintptr_t)e->hi / sizeof(e->hi[0]) % LEAF);
	blocks = (e->n + out->skew + LEAF - 1) / LEAF;
	while (blocks > 1) {
		blocks = (blocks + CHILDREN - 1) / CHILDREN;
		out->level[out->levels++] = nodes;
		nodes += blocks;
	}
	out->node = array_new_lines(nodes);
	for (unsigned k = 0; out->node && k < out->levels; k++, leaves *= CHILDREN) {
		size_t end = k + 1 < out->levels ? out->level[k + 1] : nodes;

		for (size_t i = out->level[k]; i < end; i++)
			for (size_t j = 0; j < LEAF; j++)
				out->node[i * LEAF + j] = leaf_word(out,
					((i - out->level[k]) * CHILDREN + j + 1) * leaves);
	}
}

void words_free(struct words *w)
{
	free(w->node);
}

static inline void take_all(struct batch *b, unsigned family, const struct v6k_addr *addrs,
	size_t n)
{
	size_t at = 0;

	b->addr = addrs;
	for (size_t i = 0; i < n; i++) {
		b->hi[at] = family == V6K_IPV4 ? addrs[i].lo << 32 : addrs[i].hi;
		b->of[at] = (uint8_t)i;
		at += addrs[i].family == family;
	}
	b->n = at;
}

void batch_take(struct batch *b, size_t family, const struct v6k_addr *addrs, size_t n)
{
	if (family == 0)
		take_all(b, V6K_IPV4, addrs, n);
	else
		take_all(b, V6K_IPV6, addrs, n);
}

/* The rank of a place, of which the first `high` edges have no larger hi, and the last of those the
 * same: mostly it is near. */
static size_t rank_by_lo(const struct edges *e, size_t high, struct u128 place)
{
	size_t low, step = 1;

	while (step <= high && u128_cmp(edge_place(e, high - step), place) > 0) {
		high -= step;
		step *= 2;
	}
	low = step <= high ? high - step + 1 : 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (u128_cmp(edge_place(e, middle), place) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void batch_rank(const struct batch *b, const struct edges *e, const struct words *w,
	size_t rank[BATCH])
{
	if (w->node)
		simd()->words_rank(w, b->hi, b->n, rank);
	else
		words_rank_few(w, b->hi, b->n, rank);
	for (size_t i = 0; e->lo && i < b->n; i++)
		if (rank[i] > 0 && e->hi[rank[i] - 1] == b->hi[i])
			rank[i] = rank_by_lo(e, rank[i], place_of(b->addr[b->of[i]]));
}
