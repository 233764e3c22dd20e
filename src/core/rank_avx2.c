/* rank_avx2.c: the twin of words_rank_scalar that compares the words of a line at once. */
#include "rank.h"
#include "simd.h"

#if SIMD_X86

/* How many words there are before the line at `at`, and in it that are less than what follows a key, which
 * has the sign that signed comparison wants. */
SIMD_AVX2 SIMD_INLINE size_t line_rank(const uint64_t *word, size_t at, uint64_t next)
{
	const __m256i *line = (const __m256i *)(const void *)(word + at);
	const __m256i sign = _mm256_set1_epi64x(INT64_MIN);
	__m256i after = _mm256_set1_epi64x((long long)next);
	__m256i low = _mm256_xor_si256(_mm256_load_si256(line), sign);
	__m256i high = _mm256_xor_si256(_mm256_load_si256(line + 1), sign);
	__m256i less =
		_mm256_packs_epi32(_mm256_cmpgt_epi64(after, low), _mm256_cmpgt_epi64(after, high));

	return at +
		(size_t)__builtin_popcount((unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(less)));
}

/* Nothing follows the last key of all, which has all words at or before it. */
SIMD_AVX2 SIMD_INLINE uint64_t key_for_line(uint64_t key)
{
	return (key + (key != UINT64_MAX)) ^ (uint64_t)INT64_MIN;
}

#define TREE_TARGET SIMD_AVX2
#include "rank_tree.h"

SIMD_AVX2 void words_rank_avx2(const struct words *w, const uint64_t *key, size_t n, size_t *rank)
{
	tree_rank(w, key, n, rank);
}

#endif
