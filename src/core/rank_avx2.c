/* rank_avx2.c: the twin of words_rank_scalar that goes down a tree, a line of the cache a level. */
#include "rank.h"
#include "simd.h"

#if SIMD_X86

/* How many of the eight words of a node or leaf are less than what follows a key. All are signed
 * here. */
SIMD_AVX2 SIMD_INLINE size_t line_rank(__m256i low, __m256i high, __m256i after)
{
	__m256i less =
		_mm256_packs_epi32(_mm256_cmpgt_epi64(after, low), _mm256_cmpgt_epi64(after, high));

	return (size_t)__builtin_popcount((unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(less)));
}

/* The rank of a key that has come to leaf i. */
SIMD_AVX2 SIMD_INLINE size_t leaf_rank(const struct words *w, size_t i, uint64_t key, __m256i after)
{
	const __m256i sign = _mm256_set1_epi64x((long long)WORD_SIGN);
	size_t at = i * LEAF - w->skew, end = at + LEAF;

	if (i > 0 && end <= w->n) {
		const __m256i *line = (const __m256i *)(const void *)(w->word + at);

		return at +
			line_rank(_mm256_xor_si256(_mm256_loadu_si256(line), sign),
				_mm256_xor_si256(_mm256_loadu_si256(line + 1), sign), after);
	}
	if (i == 0)
		at = 0;
	while (at < end && at < w->n && w->word[at] <= key)
		at++;
	return at;
}

/* Level by level for all keys, each of which has its next line fetched while the others are looked
 * at. */
SIMD_AVX2 void words_rank_avx2(const struct words *w, const uint64_t *key, size_t n, size_t *rank)
{
	__m256i after[BATCH];
	size_t node[BATCH];

	/* Nothing follows the last key of all, which has all words at or before it. */
	for (size_t i = 0; i < n; i++) {
		uint64_t next = key[i] + (key[i] != UINT64_MAX);

		after[i] = _mm256_set1_epi64x((long long)(next ^ WORD_SIGN));
		node[i] = 0;
	}
	for (unsigned k = w->levels; k-- > 0;) {
		const uint64_t *level = w->node + w->level[k] * LEAF;
		const uint64_t *next = k > 0 ? w->node + w->level[k - 1] * LEAF : w->word - w->skew;

		for (size_t i = 0; i < n; i++) {
			const __m256i *line =
				(const __m256i *)(const void *)(level + node[i] * LEAF);

			node[i] = node[i] * CHILDREN +
				line_rank(_mm256_load_si256(line), _mm256_load_si256(line + 1),
					after[i]);
			__builtin_prefetch(next + node[i] * LEAF);
		}
	}
	for (size_t i = 0; i < n; i++)
		rank[i] = key[i] == UINT64_MAX ? w->n : leaf_rank(w, node[i], key[i], after[i]);
}

#endif
