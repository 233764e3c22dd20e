/* scan_avx2.c: the scanner with AVX2. */
#include "simd.h"

#if SIMD_X86

#include "addr_avx2.h"
#include "scan.h"

#define BLOCKS_TARGET SIMD_AVX2

typedef uint64_t lanes __attribute__((vector_size(32)));

struct piece {
	uint32_t colon, dot;
};

struct classes {
	uint64_t token, word, colon;
};

SIMD_AVX2 SIMD_INLINE uint64_t mask64(__m256i low, __m256i high)
{
	return (unsigned)_mm256_movemask_epi8(low) |
		(uint64_t)(unsigned)_mm256_movemask_epi8(high) << 32;
}

SIMD_AVX2 SIMD_INLINE struct piece piece(const char *p)
{
	__m256i text = load32(p);

	return (struct piece){
		(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(text, load32(splat.colon))),
		(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(text, load32(splat.dot)))
	};
}

/* The class of a byte is what both of its halves say. */
enum {
	DOT = 1,       /* 2e */
	DIGIT = 2,     /* 30 to 3a, which is the colon */
	HEX = 4,       /* 41 to 46, 61 to 66 */
	HIGH_WORD = 8, /* 47 to 4f, 67 to 6f */
	LOW_WORD = 16, /* 50 to 5a, 70 to 7a */
	LINE = 32      /* 5f */
};

SIMD_AVX2 SIMD_INLINE __m256i class_of(__m256i text)
{
	const __m256i low = _mm256_broadcastsi128_si256(_mm_setr_epi8(DIGIT | LOW_WORD,
		DIGIT | HEX | LOW_WORD, DIGIT | HEX | LOW_WORD, DIGIT | HEX | LOW_WORD,
		DIGIT | HEX | LOW_WORD, DIGIT | HEX | LOW_WORD, DIGIT | HEX | LOW_WORD,
		DIGIT | HIGH_WORD | LOW_WORD, DIGIT | HIGH_WORD | LOW_WORD,
		DIGIT | HIGH_WORD | LOW_WORD, DIGIT | HIGH_WORD | LOW_WORD, HIGH_WORD, HIGH_WORD,
		HIGH_WORD, HIGH_WORD | DOT, HIGH_WORD | LINE));
	const __m256i high =
		_mm256_broadcastsi128_si256(_mm_setr_epi8(0, 0, DOT, DIGIT, HEX | HIGH_WORD,
			LOW_WORD | LINE, HEX | HIGH_WORD, LOW_WORD, 0, 0, 0, 0, 0, 0, 0, 0));
	__m256i half = _mm256_and_si256(_mm256_srli_epi16(text, 4), load32(splat.fifteen));

	return _mm256_and_si256(_mm256_shuffle_epi8(low, text), _mm256_shuffle_epi8(high, half));
}

SIMD_AVX2 SIMD_INLINE uint64_t over(__m256i low, __m256i high, char least)
{
	const __m256i below = _mm256_set1_epi8(least);

	return mask64(_mm256_cmpgt_epi8(low, below), _mm256_cmpgt_epi8(high, below));
}

SIMD_AVX2 SIMD_INLINE struct classes classes(const char *p)
{
	const __m256i colon = load32(splat.colon);
	__m256i low = load32(p), high = load32(p + 32);
	__m256i low_class = class_of(low), high_class = class_of(high);

	return (struct classes){ over(low_class, high_class, 0), over(low_class, high_class, HEX),
		mask64(_mm256_cmpeq_epi8(low, colon), _mm256_cmpeq_epi8(high, colon)) };
}

SIMD_AVX2 SIMD_INLINE bool token_parse(const char *p, size_t n, uint64_t colon, size_t room,
	struct v6k_addr *out)
{
	size_t at = 0;

	if (room >= TOKEN_ROOM)
		return token_addr(p, colon, (unsigned)n, out);
	return addr_read_scalar(p, n, &at, out, NULL) == 0 && at == n;
}

#include "scan_blocks.h"

SIMD_AVX2 size_t scan_avx2(const char *s, size_t n, size_t *at, unsigned flags,
	const struct sieve *sieve, struct v6k_hit *hits, size_t cap)
{
	return scan_blocks(s, n, at, flags, sieve, hits, cap);
}

#endif
