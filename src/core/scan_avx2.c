/* scan_avx2.c: the scanner with AVX2. */
#include "simd.h"

#if SIMD_X86

#include "scan.h"

#define BLOCKS_TARGET SIMD_AVX2

struct marks {
	uint64_t colon, dot;
};

struct classes {
	uint64_t token, word, colon;
};

SIMD_AVX2 SIMD_INLINE __m256i load32b(const char *p)
{
	return _mm256_loadu_si256((const __m256i_u *)p);
}

SIMD_AVX2 SIMD_INLINE uint64_t mask64(__m256i low, __m256i high)
{
	return (unsigned)_mm256_movemask_epi8(low) |
		(uint64_t)(unsigned)_mm256_movemask_epi8(high) << 32;
}

SIMD_AVX2 SIMD_INLINE struct marks marks(const char *p)
{
	const __m256i colon = _mm256_set1_epi8(':'), dot = _mm256_set1_epi8('.');
	__m256i low = load32b(p), high = load32b(p + 32);

	return (struct marks){ mask64(_mm256_cmpeq_epi8(low, colon),
				       _mm256_cmpeq_epi8(high, colon)),
		mask64(_mm256_cmpeq_epi8(low, dot), _mm256_cmpeq_epi8(high, dot)) };
}

/* Of bytes from a first one on, so many more. */
SIMD_AVX2 SIMD_INLINE __m256i in_range(__m256i text, char from, char more)
{
	__m256i v = _mm256_sub_epi8(text, _mm256_set1_epi8(from));

	return _mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8(more)), v);
}

SIMD_AVX2 SIMD_INLINE __m256i words(__m256i text, __m256i lower_case)
{
	return _mm256_or_si256(in_range(lower_case, 'g', 'z' - 'g'),
		_mm256_cmpeq_epi8(text, _mm256_set1_epi8('_')));
}

/* Hex digits, and from "." to ":", but for the "/" among them. */
SIMD_AVX2 SIMD_INLINE __m256i others(__m256i text, __m256i lower_case)
{
	return _mm256_or_si256(in_range(lower_case, 'a', 'f' - 'a'),
		_mm256_andnot_si256(_mm256_cmpeq_epi8(text, _mm256_set1_epi8('/')),
			in_range(text, '.', ':' - '.')));
}

SIMD_AVX2 SIMD_INLINE struct classes classes(const char *p)
{
	__m256i low = load32b(p), high = load32b(p + 32);
	__m256i low_lower = _mm256_or_si256(low, _mm256_set1_epi8(0x20));
	__m256i high_lower = _mm256_or_si256(high, _mm256_set1_epi8(0x20));
	struct classes c;

	c.word = mask64(words(low, low_lower), words(high, high_lower));
	c.token = c.word | mask64(others(low, low_lower), others(high, high_lower));
	c.colon = mask64(_mm256_cmpeq_epi8(low, _mm256_set1_epi8(':')),
		_mm256_cmpeq_epi8(high, _mm256_set1_epi8(':')));
	return c;
}

SIMD_AVX2 SIMD_INLINE bool token_parse(const char *p, size_t n, uint64_t colon, size_t room,
	struct v6k_addr *out)
{
	size_t at = 0;

	(void)colon;
	(void)room;
	return addr_read_scalar(p, n, &at, out, NULL) == 0 && at == n;
}

#include "scan_blocks.h"

SIMD_AVX2 size_t scan_avx2(const char *s, size_t n, size_t *at, unsigned flags,
	struct v6k_hit *hits, size_t cap)
{
	return scan_blocks(s, n, at, flags, hits, cap);
}

#endif
