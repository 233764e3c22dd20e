/* addr_simd.h: the vector twins that dispatch.h chooses from. */
#ifndef V6KIT_CORE_ADDR_SIMD_H
#define V6KIT_CORE_ADDR_SIMD_H

#include <string.h>

#include <v6kit/addr.h>

#include "simd.h"
#include "tables.h"

enum { GROUPS_MAX = 39 }; /* 8 groups of 4 digits, or 6 and a colon before a dotted tail */

#define ADDR_TWINS(tier)                                                                          \
	int addr_parse_##tier(const char *s, size_t n, struct v6k_addr *out,                      \
		struct v6k_error *err);                                                           \
	int addr_read_##tier(const char *s, size_t n, size_t *at, struct v6k_addr *out,           \
		struct v6k_error *err);                                                           \
	char *addr_put_##tier(char *at, const struct v6k_addr *a);                                \
	size_t addr_parse_lines_##tier(const char *s, size_t n, size_t *at, unsigned flags,       \
		struct v6k_addr *out, size_t cap);                                                \
	size_t addr_format_lines_##tier(const struct v6k_addr *a, size_t n, size_t *at, char end, \
		char *buf, size_t cap)

ADDR_TWINS(sse2);
ADDR_TWINS(avx2);
ADDR_TWINS(neon);

#undef ADDR_TWINS

/* Field by field, since a whole value would be put together elsewhere; but as its reader will load
 * them, 8 bytes at once: other sizes have to wait for each other. Machines with twins are
 * little-endian. */
SIMD_INLINE void store_family(uint64_t family, struct v6k_addr *out)
{
	memcpy((char *)out + offsetof(struct v6k_addr, family), &family, sizeof(family));
}

SIMD_INLINE void store_ipv4(uint32_t number, struct v6k_addr *out)
{
	out->hi = 0;
	out->lo = number;
	store_family(V6K_IPV4, out);
}

#if SIMD_X86

/* A byte of ones for each decimal digit, and for each letter that is a hex digit. */
SIMD_INLINE __m128i is_digit(__m128i text)
{
	return _mm_cmpgt_epi8(_mm_add_epi8(text, load16(splat.move_digits)),
		load16(splat.before_digits));
}

SIMD_INLINE __m128i is_letter(__m128i text)
{
	return _mm_cmpgt_epi8(_mm_add_epi8(_mm_or_si128(text, load16(splat.case_bit)),
				      load16(splat.move_letters)),
		load16(splat.before_letters));
}

#endif

#endif
