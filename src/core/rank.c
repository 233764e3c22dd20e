/* rank.c: looks many places up at a time, so that the memory that one needs next comes while others are
 * looked at. */
#include "array.h"
#include "dispatch.h"
#include "rank.h"

/* All lanes go the same way through the halves, without a branch. A vector of them would have to
 * gather its words one by one, and is slower. */
void words_rank_scalar(const struct words *w, const uint64_t *key, size_t n, size_t *rank)
{
	enum { LANES = 16 };

	for (size_t from = 0; from < n; from += LANES) {
		const uint64_t *base[LANES];
		size_t left = w->n;

		for (unsigned i = 0; i < LANES; i++)
			base[i] = w->word;
		while (left > 1) {
			size_t half = left / 2;

#ifdef __clang__
#pragma clang loop vectorize(disable)
#endif
			for (unsigned i = 0; i < LANES; i++)
				base[i] += half & -(size_t)(base[i][half - 1] <= key[from + i]);
			left -= half;
		}
		for (unsigned i = 0; i < LANES; i++)
			rank[from + i] = (size_t)(base[i] - w->word) +
				(left == 1 && *base[i] <= key[from + i]);
	}
}

/* The first word of leaf i, or one that is larger than all keys that go down a tree. */
static uint64_t leaf_word(const struct words *w, size_t i)
{
	size_t at = i * LEAF - w->skew;

	return (i > 0 && at < w->n ? w->word[at] : i > 0 ? UINT64_MAX : 0) ^ WORD_SIGN;
}

void words_new(const struct edges *e, struct words *out)
{
	/* Fewer are soon halved. */
	enum { TREE_MIN = 64 };
	size_t nodes = 0, blocks, leaves = 1;

	*out = (struct words){ .word = e->hi, .n = e->n };
	if (e->n < TREE_MIN || !simd()->words_rank)
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

void batch_deal(struct batch *b, const struct v6k_addr *addrs, size_t n)
{
	b->n[0] = b->n[1] = 0;
	for (size_t i = 0; i < n; i++) {
		size_t family = family_index(addrs[i].family), at = b->n[family];
		struct u128 place = place_of(addrs[i]);

		b->hi[family][at] = place.hi;
		b->lo[family][at] = place.lo;
		b->of[family][at] = (uint8_t)i;
		b->n[family] += family_ok(addrs[i].family);
	}
	/* All lanes are looked up, so that none may hold what was never written. */
	for (size_t family = 0; family < 2; family++)
		for (size_t i = b->n[family]; b->n[family] > 0 && i < BATCH; i++)
			b->hi[family][i] = 0;
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

void batch_rank(const struct batch *b, size_t family, const struct edges *e, const struct words *w,
	size_t rank[BATCH])
{
	const uint64_t *hi = b->hi[family], *lo = b->lo[family];
	const struct simd_tier *tier = simd();
	size_t n = b->n[family];

	if (w->node && tier->words_rank)
		tier->words_rank(w, hi, n, rank);
	else
		words_rank_scalar(w, hi, n, rank);
	for (size_t i = 0; e->lo && i < n; i++)
		if (rank[i] > 0 && e->hi[rank[i] - 1] == hi[i])
			rank[i] = rank_by_lo(e, rank[i], u128_make(hi[i], lo[i]));
}
