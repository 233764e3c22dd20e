/* scan_sse2.c: the scanner with what every x86-64 machine has. */
#include "simd.h"

#if SIMD_X86

#include "addr_simd.h"
#include "scan.h"
#include "tables.h"

#define BLOCKS_TARGET

typedef uint64_t lanes __attribute__((vector_size(16)));

struct piece {
	uint32_t colon, dot;
};

struct classes {
	uint64_t token, word, colon;
};

SIMD_INLINE uint64_t mask16(__m128i v)
{
	return (unsigned)_mm_movemask_epi8(v);
}

SIMD_INLINE uint32_t equal32(__m128i low, __m128i high, __m128i byte)
{
	return (uint32_t)(mask16(_mm_cmpeq_epi8(low, byte)) | mask16(_mm_cmpeq_epi8(high, byte)) << 16);
}

SIMD_INLINE struct piece piece(const char *p)
{
	__m128i low = load16(p), high = load16(p + 16);

	return (struct piece){ equal32(low, high, load16(splat.colon)),
		equal32(low, high, load16(splat.dot)) };
}

/* Of bytes from a first one on, so many more. */
SIMD_INLINE __m128i in_range(__m128i text, char from, char more)
{
	__m128i v = _mm_sub_epi8(text, _mm_set1_epi8(from));

	return _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(more)), v);
}

SIMD_INLINE struct classes classes(const char *p)
{
	struct classes c = { 0, 0, 0 };

#pragma GCC unroll 4
	for (unsigned i = 0; i < 64; i += 16) {
		__m128i text = load16(p + i), lower_case = _mm_or_si128(text, _mm_set1_epi8(0x20));
		__m128i colon = _mm_cmpeq_epi8(text, _mm_set1_epi8(':'));
		__m128i word = _mm_or_si128(in_range(lower_case, 'g', 'z' - 'g'),
			_mm_cmpeq_epi8(text, _mm_set1_epi8('_')));
		/* From "." to ":", but for the "/" among them. */
		__m128i other = _mm_or_si128(in_range(lower_case, 'a', 'f' - 'a'),
			_mm_andnot_si128(_mm_cmpeq_epi8(text, _mm_set1_epi8('/')),
				in_range(text, '.', ':' - '.')));

		c.token |= mask16(_mm_or_si128(word, other)) << i;
		c.word |= mask16(word) << i;
		c.colon |= mask16(colon) << i;
	}
	return c;
}

SIMD_INLINE bool token_parse(const char *p, size_t n, uint64_t colon, size_t room,
	struct v6k_addr *out)
{
	(void)colon;
	(void)room;
	return addr_parse_sse2(p, n, out, NULL) == 0;
}

#include "scan_blocks.h"

size_t scan_sse2(const char *s, size_t n, size_t *at, unsigned flags,
	const struct sieve *sieve, struct v6k_hit *hits, size_t cap)
{
	return scan_blocks(s, n, at, flags, sieve, hits, cap);
}

#endif
