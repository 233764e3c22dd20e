/* addr_avx2.c: addresses read and written with AVX2. */
#include "addr_avx2.h"

#include "addr_simd.h"
#include "dispatch.h"
#include "lines.h"
#include "parse.h"

#if SIMD_X86

/* Apart, as it is rare: token_addr is short without it. */
SIMD_AVX2 bool token_mixed_avx2(const char *p, uint64_t colon, unsigned n, size_t last,
	struct v6k_addr *out)
{
	unsigned head = 64 - (unsigned)__builtin_clzll(colon);
	size_t from = head < last ? head : last;
	__m128i words, tail;

	if (head > GROUPS_MAX || n - head > 15)
		return false;
	tail = _mm_shuffle_epi8(load16(p + from), load16(from_byte + (head - from)));
	/* In this order the processor does more of it at once. */
	if (!token_groups(p, colon, head, last, false, 2, &words) ||
		!token_ipv4(tail, n - head, &tail))
		return false;
	store_addr(_mm_blend_epi16(words, tail, 0x30), V6K_IPV6, out);
	return true;
}

SIMD_AVX2 SIMD_INLINE uint64_t colons16(__m128i text)
{
	return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(text, load16(splat.colon)));
}

/* The bitmap of a byte in 64. */
SIMD_AVX2 SIMD_INLINE uint64_t equal64(const char *p, __m256i byte)
{
	unsigned low = (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(load32(p), byte));
	unsigned high = (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(load32(p + 32), byte));

	return low | (uint64_t)high << 32;
}

/* The bitmap of the bytes that no address has. */
SIMD_AVX2 SIMD_INLINE uint64_t stops16(__m128i text)
{
	__m128i digit = is_digit(text), letter = is_letter(text);
	__m128i other = _mm_or_si128(_mm_cmpeq_epi8(text, load16(splat.colon)),
		_mm_cmpeq_epi8(text, load16(splat.dot)));

	return 0xffff ^
		(unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(digit, letter), other));
}

/* The bitmap of the colons of n bytes, 16 to 48. */
SIMD_AVX2 SIMD_INLINE uint64_t colons48(const char *p, size_t n)
{
	size_t last = n - 16, middle = last / 2;

	return colons16(load16(p)) | colons16(load16(p + middle)) << middle |
		colons16(load16(p + last)) << last;
}

/* Exactly n bytes, 4 to 15, and zeros behind them. */
SIMD_AVX2 SIMD_INLINE __m128i load_short(const char *p, size_t n)
{
	if (n < 8)
		return load_some(p, n);
	return _mm_shuffle_epi8(_mm_insert_epi64(load8(p), (long long)word8(p + n - 8), 1),
		load16(join_ends[n - 8]));
}

/* A dotted tail in 16 bytes or more, or an error. */
SIMD_AVX2 __attribute__((noinline)) static int parse_other(const char *s, size_t n,
	struct v6k_addr *out, struct v6k_error *err)
{
	uint64_t colon = colons48(s, n);

	if (colon && token_mixed_avx2(s, colon, (unsigned)n, n - 16, out))
		return 0;
	return addr_parse_scalar(s, n, out, err);
}

/* IPv6 in 1 to 15 bytes of 16. */
SIMD_AVX2 static bool short_ipv6(__m128i text, unsigned n, struct v6k_addr *out)
{
	uint64_t colon = colons16(text) & ((1u << n) - 1);
	__m128i room[1] = { text }, words;

	if (!colon)
		return false;
	if (!token_groups((const char *)room, colon, n, 0, false, 0, &words))
		return token_mixed_avx2((const char *)room, colon, n, 0, out);
	store_addr(words, V6K_IPV6, out);
	return true;
}

/* IPv6 in 4 to 15 bytes, or an error. */
SIMD_AVX2 __attribute__((noinline)) static int parse_short_ipv6(const char *s, size_t n,
	struct v6k_addr *out, struct v6k_error *err)
{
	return short_ipv6(load_short(s, n), (unsigned)n, out) ? 0 :
								addr_parse_scalar(s, n, out, err);
}

/* 4 to 15 bytes: mostly IPv4. */
SIMD_AVX2 __attribute__((noinline)) static int parse_short(const char *s, size_t n,
	struct v6k_addr *out, struct v6k_error *err)
{
	__m128i words;

	if (!token_ipv4(load_short(s, n), (unsigned)n, &words))
		return parse_short_ipv6(s, n, out, err);
	store_addr(words, V6K_IPV4, out);
	return 0;
}

/* Reads s[0..n) and nothing else, be it by loads that overlap. */
SIMD_AVX2 int addr_parse_avx2(const char *s, size_t n, struct v6k_addr *out, struct v6k_error *err)
{
	__m128i words;

	if (n - 16 <= GROUPS_MAX - 16) {
		if (!token_groups(s, colons48(s, n), (unsigned)n, n - 16, false, 0, &words))
			return parse_other(s, n, out, err);
		store_addr(words, V6K_IPV6, out);
		return 0;
	}
	if (n - 4 < 16 - 4)
		return parse_short(s, n, out, err);
	if (n - 16 <= TOKEN_MAX - 16)
		return parse_other(s, n, out, err);
	return addr_parse_scalar(s, n, out, err);
}

/* Reads the address that begins in 16 bytes or more; its length goes to *run. */
SIMD_AVX2 __attribute__((noinline)) static bool read_long(const char *p, size_t n, unsigned *run,
	struct v6k_addr *out)
{
	size_t last = (n < 48 ? n : 48) - 16, middle = last / 2;
	__m128i a = load16(p), b = load16(p + middle), c = load16(p + last), words;
	uint64_t colon = colons16(a) | colons16(b) << middle | colons16(c) << last;
	uint64_t stop = stops16(a) | stops16(b) << middle | stops16(c) << last;

	*run = (unsigned)_tzcnt_u64(stop | UINT64_C(1) << (last + 16));
	colon &= (UINT64_C(1) << *run) - 1;
	if (*run > TOKEN_MAX)
		return false;
	last = *run < 16 ? 0 : *run - 16;
	if (!colon) {
		if (*run > 15 || !token_ipv4(a, *run, &words))
			return false;
		store_addr(words, V6K_IPV4, out);
		return true;
	}
	if (*run > GROUPS_MAX || !token_groups(p, colon, *run, last, false, 0, &words))
		return token_mixed_avx2(p, colon, *run, last, out);
	store_addr(words, V6K_IPV6, out);
	return true;
}

/* The same in 4 to 15 bytes. */
SIMD_AVX2 __attribute__((noinline)) static bool read_short(const char *p, size_t n, unsigned *run,
	struct v6k_addr *out)
{
	__m128i text = load_short(p, n), words;

	*run = (unsigned)_tzcnt_u64(stops16(text) | UINT64_C(1) << n);
	if (!token_ipv4(text, *run, &words))
		return *run > 0 && short_ipv6(text, *run, out);
	store_addr(words, V6K_IPV4, out);
	return true;
}

int addr_read_avx2(const char *s, size_t n, size_t *at, struct v6k_addr *out, struct v6k_error *err)
{
	size_t rest = n - *at;
	unsigned run;

	if (rest >= 16 ? !read_long(s + *at, rest, &run, out) :
			 rest < 4 || !read_short(s + *at, rest, &run, out))
		return addr_read_scalar(s, n, at, out, err);
	*at += run;
	return 0;
}

SIMD_AVX2 size_t addr_parse_lines_avx2(const char *s, size_t n, size_t *at, unsigned flags,
	struct v6k_addr *out, size_t cap)
{
	size_t done = 0, i = *at, room = flags & V6K_PADDED ? 1 : TOKEN_ROOM;

	for (; done < cap && n - i >= room; done++) {
		unsigned end = (unsigned)_tzcnt_u64(equal64(s + i, load32(splat.newline)));
		uint64_t colon = equal64(s + i, load32(splat.colon));

		if (end > TOKEN_MAX || end >= n - i ||
			!token_addr(s + i, colon & ((UINT64_C(1) << end) - 1), end, &out[done]))
			break;
		i += end + 1;
	}
	*at = i;
	/* The last lines, or none. */
	return n - i < room ? done + lines_parse(addr_read_avx2, s, n, at, out + done, cap - done) :
			      done;
}

/* IPv4 as text; 16 bytes are written. */
SIMD_AVX2 SIMD_INLINE char *put_ipv4(char *at, uint32_t v)
{
	__m128i octets = _mm_cvtepu8_epi32(_mm_cvtsi32_si128((int)__builtin_bswap32(v)));
	/* Divided by 10 and by 100; both products are right up to 255. */
	__m128i tens = _mm_srli_epi32(_mm_mullo_epi16(octets, load16(splat.by10)), 11);
	__m128i hundreds = _mm_srli_epi32(_mm_mullo_epi16(octets, load16(splat.by100)), 12);
	__m128i one = _mm_sub_epi16(octets, _mm_mullo_epi16(tens, load16(splat.ten)));
	__m128i ten = _mm_sub_epi16(tens, _mm_mullo_epi16(hundreds, load16(splat.ten)));
	__m128i text = _mm_or_si128(_mm_or_si128(hundreds, _mm_slli_epi32(ten, 8)),
		_mm_slli_epi32(one, 16));
	unsigned over9 = (unsigned)_mm_movemask_ps(_mm_castsi128_ps(_mm_cmpgt_epi32(octets,
		load16(splat.over9))));
	unsigned over99 = (unsigned)_mm_movemask_ps(_mm_castsi128_ps(_mm_cmpgt_epi32(octets,
		load16(splat.over99))));
	unsigned row = 0u + octets_weight[over9] + octets_weight[over99];

	text = _mm_or_si128(text, load16(splat.octet_zeros));
	_mm_storeu_si128((__m128i_u *)at, _mm_shuffle_epi8(text, load16(octets_write[row])));
	return at + 7 + _mm_popcnt_u32(over9 | over99 << 4);
}

/* For each group how many zeros lead, 0 to 3: the last digit always counts. */
SIMD_AVX2 SIMD_INLINE __m128i leading_zeros(__m128i groups)
{
	__m128i one = _mm_cmpeq_epi16(_mm_min_epu16(groups, load16(splat.most1)), groups);
	__m128i two = _mm_cmpeq_epi16(_mm_min_epu16(groups, load16(splat.most2)), groups);
	__m128i three = _mm_cmpeq_epi16(_mm_min_epu16(groups, load16(splat.most3)), groups);

	return _mm_abs_epi16(_mm_add_epi16(_mm_add_epi16(one, two), three));
}

SIMD_AVX2 SIMD_INLINE void store_pair(char *at, __m128i text, uint64_t row)
{
	const char *rows = (const char *)pair_write;

	_mm_storeu_si128((__m128i_u *)at, _mm_shuffle_epi8(text, load16(rows + (row & 0xffff))));
}

/* IPv6 as text, never dotted; 1 + 3 * 10 + 16 bytes are written. */
SIMD_AVX2 SIMD_INLINE char *put_ipv6(char *at, struct u128 number)
{
	const __m128i hex = _mm_setr_epi8('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a',
		'b', 'c', 'd', 'e', 'f');
	const __m128i low = load16(splat.fifteen), colon = load16(splat.colon);
	__m128i words = _mm_set_epi64x((long long)number.lo, (long long)number.hi);
	__m128i bytes = _mm_shuffle_epi8(words,
		_mm_setr_epi8(7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8));
	__m128i groups = _mm_shufflehi_epi16(_mm_shufflelo_epi16(words, 0x1b), 0x1b);
	__m128i first = _mm_and_si128(_mm_srli_epi16(bytes, 4), low);
	__m128i second = _mm_and_si128(bytes, low);
	__m128i left = _mm_shuffle_epi8(hex, _mm_unpacklo_epi8(first, second));
	__m128i right = _mm_shuffle_epi8(hex, _mm_unpackhi_epi8(first, second));
	__m128i zero = _mm_cmpeq_epi16(groups, _mm_setzero_si128());
	unsigned gap = gap_of[_mm_movemask_epi8(_mm_packs_epi16(zero, zero)) & 255];
	__m128i zeros = leading_zeros(groups);
	__m128i codes = _mm_max_epu8(_mm_packs_epi16(zeros, zeros), load8(gap_codes[gap]));
	/* For each pair its row, in bytes, and how many bytes of the 10 are left out. */
	uint64_t rows =
		(uint64_t)_mm_cvtsi128_si64(_mm_maddubs_epi16(codes, load16(splat.code_weights)));
	uint64_t out = (uint64_t)_mm_cvtsi128_si64(_mm_maddubs_epi16(codes, load16(splat.one)));
	/* A byte each: from CODE_COLON on the bit 4 is set. */
	uint64_t shown = (uint64_t)_mm_cvtsi128_si64(codes);
	/* 16 bits each: where the first pair ends, the second, the third and the last. */
	uint64_t ends = (UINT64_C(0x000a000a000a000a) - out) * UINT64_C(0x0001000100010001);

	*at = ':';
	at += shown >> 2 & 1; /* "::" comes first: a group before it would have brought a colon */
	store_pair(at, _mm_unpacklo_epi64(left, colon), rows);
	store_pair(at + (ends & 0xffff), _mm_unpackhi_epi64(left, colon), rows >> 16);
	store_pair(at + (ends >> 16 & 0xffff), _mm_unpacklo_epi64(right, colon), rows >> 32);
	store_pair(at + (ends >> 32 & 0xffff), _mm_unpackhi_epi64(right, colon), rows >> 48);
	/* The last colon is one too many, save that of a gap. */
	return at + (ends >> 48) - 1 + (shown >> 58 & 1);
}

SIMD_AVX2 SIMD_INLINE char *put_addr(char *at, const struct v6k_addr *a)
{
	if (a->family == V6K_IPV6 && !addr_is_mapped(*a))
		return put_ipv6(at, addr_number(*a));
	if (a->family == V6K_IPV6) { /* RFC 5952 section 5, ruling 6 */
		memcpy(at, "::ffff:", 8);
		at += 7;
	}
	return put_ipv4(at, (uint32_t)a->lo);
}

SIMD_AVX2 char *addr_put_avx2(char *at, const struct v6k_addr *a)
{
	return put_addr(at, a);
}

SIMD_AVX2 size_t addr_format_lines_avx2(const struct v6k_addr *a, size_t n, size_t *at, char end,
	char *buf, size_t cap)
{
	char *to = buf;
	size_t i = *at;

	for (; i < n && cap - (size_t)(to - buf) >= V6K_LINE_TEXT_MAX; i++) {
		if (!family_ok(a[i].family))
			break;
		to = put_addr(to, &a[i]);
		*to++ = end;
	}
	*at = i;
	return (size_t)(to - buf);
}

#endif
