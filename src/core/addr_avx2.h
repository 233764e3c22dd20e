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
	TOKEN_MAX = 45, /* 6 groups of 4 digits, and 15 bytes of IPv4 */
	/* So many bytes from a token's first one on are read; those past its end may be any. */
	TOKEN_ROOM = 64,
	ROOM_LAST = TOKEN_ROOM - 16
};

SIMD_AVX2 SIMD_INLINE __m256i load32(const void *p)
{
	return _mm256_loadu_si256((const __m256i_u *)p);
}

/* IPv4 from the 16 bytes that begin with it, n of them, at most 15, its own. */
SIMD_AVX2 SIMD_INLINE bool token_ipv4(__m128i text, unsigned n, __m128i *out)
{
	const __m128i none = _mm_setzero_si128();
	__m128i digits = _mm_sub_epi8(text, load16(splat.zero_digit)), octets, right;
	unsigned decimal =
		(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(digits, load16(splat.nine)),
			digits));
	unsigned dot = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(text, load16(splat.dot)));
	unsigned end = 1u << n, stops = (dot & (end - 1)) | end;
	const struct octets_row *row = &octets_read[octets_row_of[OCTETS_HASH(stops)]];

	/* Digits and three dots, in places where they can be. */
	if ((~(decimal ^ dot) & (end - 1)) | (row->stops ^ stops))
		return false;
	digits = _mm_shuffle_epi8(digits, load16(row->digits));
	octets = _mm_madd_epi16(_mm_maddubs_epi16(digits, load16(splat.octet_weights)),
		load16(splat.one_word));
	octets = _mm_packs_epi32(octets, none);
	/* Of the 16 bytes that are loaded 8 count. */
	right = _mm_andnot_si128(_mm_cmpgt_epi16(octets, load16(splat.octet_max)),
		_mm_cmpgt_epi16(octets, load16(row->above)));
	if (_mm_cvtsi128_si64(right) != -1)
		return false;
	*out = _mm_packus_epi16(none, octets);
	return true;
}

/* The 4 groups that 16 digits are; the bitmap of what is a digit goes to *hex. */
SIMD_AVX2 SIMD_INLINE __m128i join_digits(__m128i text, uint32_t *hex)
{
	__m128i letter = is_letter(text), digit = is_digit(text);
	__m128i nibbles = _mm_add_epi8(_mm_and_si128(text, load16(splat.fifteen)),
		_mm_and_si128(letter, load16(splat.nine)));

	*hex = (uint32_t)_mm_movemask_epi8(_mm_or_si128(digit, letter));
	return _mm_maddubs_epi16(nibbles, load16(splat.nibble_pairs));
}

/* The groups of IPv6 in the n bytes at p, 1 <= n <= GROUPS_MAX, as the two words of an address. colon
 * is the bitmap of the colons; what else there is is found to be hex digits here. `dotted` is 2 where
 * a dotted tail, which counts as 2 groups, follows the last colon; they come out as anything.
 * Those of a roomy text are read wherever they are, up to p + TOKEN_ROOM; of another, 16 bytes are read
 * at a time, from places up to p + last, where the last 16 of the text begin: 0 in a shorter one, and
 * before a dotted tail any place from there on. */
SIMD_AVX2 SIMD_INLINE bool token_groups(const char *p, uint64_t colon, unsigned n, size_t last,
	bool roomy, unsigned dotted, __m128i *out)
{
	uint64_t inside = _bzhi_u64(~UINT64_C(0), n), digit = inside & ~colon;
	uint64_t start = digit & ~(digit << 1), twice = colon & colon >> 1;
	/* A colon at either end is one of two, save that before a dotted tail. */
	uint64_t single = colon & ~(twice * 3);
	uint64_t lone = (dotted ? single : single | single >> (n - 1)) & 1;
	unsigned heads = (unsigned)_mm_popcnt_u64(start), groups = heads + dotted;
	unsigned before = (unsigned)_mm_popcnt_u64(start & (twice - 1));
	__m128i pair[4], bytes;
	uint32_t hex, hex_high;

	/* One "::" at most; it stands for one group or more (ruling 9), and without it there are 8.
	 * More than 8 before anything dotted are found below. */
	if ((twice & (twice - 1)) | lone | (groups / 8 - (twice == 0)) | (dotted && groups > 8))
		return false;
	if (roomy)
		start |= ~inside;
#pragma GCC unroll 4
	for (unsigned i = 0; i < 4; i++) {
		size_t at = _tzcnt_u64(start), from = at;
		__m128i row = load8((const char *)groups_read.pair + (digit << 2 >> at % 64 & 511 * 8));

		if (dotted && i == 3) {
			pair[i] = _mm_setzero_si128();
			break;
		}
		/* The first pair is in the first 16 bytes, and where there is a fourth, it is in the
		 * last. Past the last group this reads what is dropped below. */
		if (!roomy) {
			from = i == 0 ? 0 : i == 3 ? last : at < last ? at : last;
			row = _mm_adds_epu8(row, load16(groups_read.later[NO_LATER + at - from]));
		}
		pair[i] = _mm_shuffle_epi8(load16(p + from), row);
		start = _blsr_u64(_blsr_u64(start));
	}
	bytes = _mm_packus_epi16(join_digits(_mm_unpacklo_epi64(pair[0], pair[1]), &hex),
		join_digits(_mm_unpacklo_epi64(pair[2], pair[3]), &hex_high));
	hex |= hex_high << 16;
	/* There are places for four digits of a group, and for 8 groups. So when the groups hold as
	 * many hex digits as there are bytes without a colon, all is well. */
	if (_mm_popcnt_u64(_bzhi_u64(hex, 4 * heads)) != _mm_popcnt_u64(digit))
		return false;
	*out = _mm_shuffle_epi8(bytes, load16(groups_read.gap[8 * groups + before]));
	return true;
}

SIMD_AVX2 SIMD_INLINE void store_addr(__m128i words, uint64_t family, struct v6k_addr *out)
{
	_mm_storeu_si128((__m128i_u *)out, words);
	store_family(family, out);
}

/* The same as token_addr where there are colons and a dotted tail, with `last` as above. */
bool token_mixed_avx2(const char *p, uint64_t colon, unsigned n, size_t last, struct v6k_addr *out);

/* The address that a token of n bytes at p is; false when it is none. TOKEN_ROOM bytes from p on can
 * be read. */
SIMD_AVX2 SIMD_INLINE bool token_addr(const char *p, uint64_t colon, unsigned n,
	struct v6k_addr *out)
{
	__m128i words;

	if (n > TOKEN_MAX)
		return false;
	if (!colon) {
		if (n > 15 || !token_ipv4(load16(p), n, &words))
			return false;
		store_addr(words, V6K_IPV4, out);
		return true;
	}
	if (n > GROUPS_MAX || !token_groups(p, colon, n, 0, true, 0, &words))
		return token_mixed_avx2(p, colon, n, ROOM_LAST, out);
	store_addr(words, V6K_IPV6, out);
	return true;
}

#endif
#endif
