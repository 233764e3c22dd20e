/* scan_neon.c: the scanner with what every arm64 machine has. */
#include "simd.h"

#if SIMD_NEON

#include "scan.h"

#define BLOCKS_TARGET

typedef uint64_t lanes __attribute__((vector_size(16)));

struct piece {
	uint32_t colon, dot;
};

struct classes {
	uint64_t token, word, colon;
};

/* 64 bytes. */
struct text {
	uint8x16_t v[4];
};

SIMD_INLINE struct text load64(const char *p)
{
	struct text t;

#pragma GCC unroll 4
	for (unsigned i = 0; i < 4; i++)
		t.v[i] = vld1q_u8((const uint8_t *)p + 16 * i);
	return t;
}

/* The bitmap of bytes that are all ones or zeros: one bit of each, added up in pairs. */
SIMD_INLINE uint64_t mask64(struct text t)
{
	static const uint8_t bits[16] = { 1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64,
		128 };
	const uint8x16_t bit = vld1q_u8(bits);
	uint8x16_t low = vpaddq_u8(vandq_u8(t.v[0], bit), vandq_u8(t.v[1], bit));
	uint8x16_t high = vpaddq_u8(vandq_u8(t.v[2], bit), vandq_u8(t.v[3], bit));
	uint8x16_t sums = vpaddq_u8(low, high);

	return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
}

SIMD_INLINE uint64_t equal64(struct text t, char byte)
{
#pragma GCC unroll 4
	for (unsigned i = 0; i < 4; i++)
		t.v[i] = vceqq_u8(t.v[i], vdupq_n_u8((uint8_t)byte));
	return mask64(t);
}

/* Of 32 bytes the colons and the dots are found together. */
SIMD_INLINE struct piece piece(const char *p)
{
	const uint8x16_t colon = vdupq_n_u8(':'), dot = vdupq_n_u8('.');
	uint8x16_t low = vld1q_u8((const uint8_t *)p), high = vld1q_u8((const uint8_t *)p + 16);
	uint64_t both = mask64((struct text){ { vceqq_u8(low, colon), vceqq_u8(high, colon),
		vceqq_u8(low, dot), vceqq_u8(high, dot) } });

	return (struct piece){ (uint32_t)both, (uint32_t)(both >> 32) };
}

/* Of bytes from a first one on, so many more. */
SIMD_INLINE uint8x16_t in_range(uint8x16_t text, char from, char more)
{
	return vcleq_u8(vsubq_u8(text, vdupq_n_u8((uint8_t)from)), vdupq_n_u8((uint8_t)more));
}

SIMD_INLINE struct classes classes(const char *p)
{
	struct text t = load64(p), word, token;

#pragma GCC unroll 4
	for (unsigned i = 0; i < 4; i++) {
		uint8x16_t text = t.v[i], lower_case = vorrq_u8(text, vdupq_n_u8(0x20));
		/* From "." to ":", but for the "/" among them. */
		uint8x16_t other =
			vbicq_u8(in_range(text, '.', ':' - '.'), vceqq_u8(text, vdupq_n_u8('/')));

		word.v[i] = vorrq_u8(in_range(lower_case, 'g', 'z' - 'g'),
			vceqq_u8(text, vdupq_n_u8('_')));
		token.v[i] =
			vorrq_u8(word.v[i], vorrq_u8(other, in_range(lower_case, 'a', 'f' - 'a')));
	}
	return (struct classes){ mask64(token), mask64(word), equal64(t, ':') };
}

SIMD_INLINE bool token_parse(const char *p, size_t n, uint64_t colon, size_t room,
	struct v6k_addr *out)
{
	size_t at = 0;

	(void)colon;
	(void)room;
	return addr_read_scalar(p, n, &at, out, NULL) == 0 && at == n;
}

#include "scan_blocks.h"

size_t scan_neon(const char *s, size_t n, size_t *at, unsigned flags,
	const struct sieve *sieve, struct v6k_hit *hits, size_t cap)
{
	return scan_blocks(s, n, at, flags, sieve, hits, cap);
}

#endif
