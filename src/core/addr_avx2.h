/* addr_avx2.h: one address from its bitmaps, and its canonical text, with AVX2. The parser here only
 * says "valid, here it is"; what it does not take goes to addr_read_scalar, which says why not, so
 * that there is one meaning of an address and of an error.
 *
 * A token is n bytes with the bitmap of its colons: bit i tells of its byte i, and bits from n on are
 * zero. Its other bytes may be anything; those of an address are digits, and dots behind the last
 * colon. */
#ifndef V6KIT_CORE_ADDR_AVX2_H
#define V6KIT_CORE_ADDR_AVX2_H

#include <stdbool.h>
#include <string.h>

#include "addr_simd.h"
#include "format.h"
#include "simd.h"
#include "tables.h"
#include "value.h"

#if SIMD_X86

enum {
	GROUPS_MAX = 39, /* 8 groups of 4 digits, or 6 and a colon before a dotted tail */
	TOKEN_MAX = 45,  /* 6 groups of 4 digits, and 15 bytes of IPv4 */
	/* So many bytes from a token's first one on are read; those past its end may be any. */
	TOKEN_ROOM = 64,
	ROOMY = TOKEN_ROOM - 16
};

SIMD_AVX2 SIMD_INLINE __m256i load32(const void *p)
{
	return _mm256_loadu_si256((const __m256i_u *)p);
}

/* IPv4 from the 16 bytes that begin with it, n of them, at most 15, its own. */
SIMD_AVX2 SIMD_INLINE bool token_ipv4(__m128i text, unsigned n, uint32_t *out)
{
	__m128i digits = _mm_sub_epi8(text, load16(splat.zero_digit)), octets, wrong;
	unsigned decimal =
		(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(digits, load16(splat.nine)),
			digits));
	unsigned dot = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(text, load16(splat.dot)));
	unsigned end = 1u << n, stops = (dot & (end - 1)) | end;
	const struct octets_row *row = &octets_read[octets_row_of[OCTETS_HASH(stops)]];

	/* Digits and three dots, in places where they can be. */
	if ((~(decimal ^ dot) & (end - 1)) || row->stops != stops)
		return false;
	digits = _mm_shuffle_epi8(digits, load16(row->digits));
	octets = _mm_madd_epi16(_mm_maddubs_epi16(digits, load16(splat.octet_weights)),
		load16(splat.one_word));
	octets = _mm_packs_epi32(octets, octets);
	wrong = _mm_or_si128(_mm_cmpgt_epi16(load8(row->least), octets),
		_mm_cmpgt_epi16(octets, load16(splat.octet_max)));
	if (_mm_cvtsi128_si64(wrong))
		return false;
	*out = __builtin_bswap32((uint32_t)_mm_cvtsi128_si32(_mm_packus_epi16(octets, octets)));
	return true;
}

/* The 8 groups that 32 digits are, in network order; the bitmap of what is a digit goes to *hex. */
SIMD_AVX2 SIMD_INLINE __m128i join_digits(__m256i text, uint32_t *hex)
{
	__m256i letter =
		_mm256_cmpgt_epi8(_mm256_add_epi8(_mm256_or_si256(text, load32(splat.case_bit)),
					  load32(splat.move_letters)),
			load32(splat.before_letters));
	__m256i digit = _mm256_cmpgt_epi8(_mm256_add_epi8(text, load32(splat.move_digits)),
		load32(splat.before_digits));
	__m256i nibbles = _mm256_add_epi8(_mm256_and_si256(text, load32(splat.fifteen)),
		_mm256_and_si256(letter, load32(splat.nine)));
	__m256i bytes = _mm256_maddubs_epi16(nibbles, load32(splat.nibble_pairs));

	*hex = (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(digit, letter));
	return _mm_packus_epi16(_mm256_castsi256_si128(bytes), _mm256_extracti128_si256(bytes, 1));
}

/* The groups of IPv6 in the n bytes at p, 1 <= n <= GROUPS_MAX, as the two words of an address. colon
 * is the bitmap of the colons; what else there is is found to be hex digits here. `dotted` is 2 where
 * a dotted tail, which counts as 2 groups, follows the last colon; they come out as anything.
 * 16 bytes are read from places up to p + last: where that is ROOMY, those up to p + TOKEN_ROOM. */
SIMD_AVX2 SIMD_INLINE bool token_groups(const char *p, uint64_t colon, unsigned n, size_t last,
	unsigned dotted, __m128i *out)
{
	uint64_t past = ~UINT64_C(0) << n, digit = ~(colon | past), start = digit & ~(digit << 1);
	uint64_t twice = colon & colon >> 1, stops = colon | past;
	/* A colon at either end is one of two, save that before a dotted tail. */
	uint64_t lone = ((colon ^ twice) & 1) | (dotted ? 0 : (colon ^ twice << 1) >> (n - 1));
	unsigned heads = (unsigned)_mm_popcnt_u64(start), groups = heads + dotted;
	unsigned before = (unsigned)_mm_popcnt_u64(start & (twice - 1));
	__m128i pair[4], bytes;
	uint32_t hex;

	/* One "::" at most; it stands for one group or more (ruling 9), and without it there are 8.
	 * More than 8 before anything dotted are found below. */
	if ((twice & (twice - 1)) | lone | (groups / 8 ^ (twice == 0)) | (dotted && groups > 8))
		return false;
	start |= past;
#pragma GCC unroll 4
	for (unsigned i = 0; i < 4; i++) {
		size_t at = _tzcnt_u64(start), later = 0;
		__m128i row = load16((const char *)pair_digits + pair_shape[stops >> at & 1023]);

		/* Past the last group this reads what is dropped below. */
		if (last != ROOMY) {
			later = at > last ? at - last : 0;
			row = _mm_add_epi8(row, load16(pair_later[later]));
		}
		pair[i] = _mm_shuffle_epi8(load16(p + at - later), row);
		start = _blsr_u64(_blsr_u64(start));
	}
	bytes = join_digits(_mm256_set_m128i(_mm_unpacklo_epi64(pair[2], pair[3]),
				    _mm_unpacklo_epi64(pair[0], pair[1])),
		&hex);
	/* There are places for four digits of a group, and for 8 groups. So when the groups hold as
	 * many hex digits as there are bytes without a colon, all is well. */
	if (_mm_popcnt_u64(_bzhi_u64(hex, 4 * heads)) != _mm_popcnt_u64(digit))
		return false;
	*out = _mm_shuffle_epi8(bytes, load16(gap_rows[groups][before & 7]));
	return true;
}

/* The same as token_addr where there are colons and a dotted tail. */
bool token_mixed_avx2(const char *p, uint64_t colon, unsigned n, struct v6k_addr *out);

SIMD_AVX2 SIMD_INLINE void store_ipv6(__m128i words, struct v6k_addr *out)
{
	_mm_storeu_si128((__m128i_u *)out, words);
	store_family(V6K_IPV6, out);
}

/* The address that a token of n bytes at p is; false when it is none. TOKEN_ROOM bytes from p on can
 * be read. */
SIMD_AVX2 SIMD_INLINE bool token_addr(const char *p, uint64_t colon, unsigned n,
	struct v6k_addr *out)
{
	uint32_t number;
	__m128i words;

	if (n > TOKEN_MAX)
		return false;
	if (!colon) {
		if (n > 15 || !token_ipv4(load16(p), n, &number))
			return false;
		store_ipv4(number, out);
		return true;
	}
	if (n > GROUPS_MAX || !token_groups(p, colon, n, ROOMY, 0, &words))
		return token_mixed_avx2(p, colon, n, out);
	store_ipv6(words, out);
	return true;
}

#endif
#endif
