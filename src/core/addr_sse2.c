/* addr_sse2.c: addresses with what every x86-64 has. Without a byte shuffle, groups and octets are
 * moved one by one, by numbers that vectors make for all of them at once; nothing branches on the
 * address. What begins with a group of less than four digits, or has a dotted tail, is read by the
 * scalar parser. */
#include <string.h>

#include "addr_simd.h"
#include "dispatch.h"
#include "format.h"
#include "lines.h"
#include "parse.h"
#include "simd.h"
#include "tables.h"
#include "value.h"

#if SIMD_X86

enum {
	LINE_ROOM = 48 /* so many bytes from the beginning of a line are looked at */
};

static inline uint64_t word(__m128i v)
{
	return (uint64_t)_mm_cvtsi128_si64(v);
}

static inline uint64_t high_word(__m128i v)
{
	return word(_mm_unpackhi_epi64(v, v));
}

/* Four octets from 16 bytes, n of them, 4 to 15, their text; what is behind them may be anything. */
static inline bool read_octets(__m128i text, unsigned n, uint32_t *out)
{
	__m128i digits = _mm_sub_epi8(text, load16(splat.zero_digit)), even, odd, octets, right;
	unsigned decimal =
		(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(digits, load16(splat.nine)),
			digits));
	unsigned dot = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(text, load16(splat.dot)));
	unsigned end = 1u << n, stops = (dot & (end - 1)) | end;
	unsigned row = octets_row_of[OCTETS_HASH(stops)];
	const struct octets_place *place = &octets_place[row];
	char room[16];
	uint32_t four[4];

	if ((~(decimal ^ dot) & (end - 1)) || octets_read[row].stops != stops)
		return false;
	_mm_storeu_si128((__m128i_u *)room, digits);
#pragma GCC unroll 4
	for (unsigned i = 0; i < 4; i++)
		four[i] = word4(room + place->at[i]) << place->shift[i];
	octets = _mm_set_epi32((int)four[0], (int)four[1], (int)four[2], (int)four[3]);
	/* Of each four bytes the hundreds and ones are odd, the tens even. */
	odd = _mm_madd_epi16(_mm_srli_epi16(octets, 8), _mm_set1_epi32(1 << 16 | 100));
	even = _mm_madd_epi16(_mm_and_si128(octets, _mm_set1_epi16(255)), _mm_set1_epi32(10 << 16));
	octets = _mm_add_epi32(odd, even);
	octets = _mm_packs_epi32(octets, octets);
	right = _mm_andnot_si128(_mm_cmpgt_epi16(octets, load16(splat.octet_max)),
		_mm_cmpgt_epi16(octets, load8(octets_read[row].above)));
	if (word(right) != UINT64_MAX)
		return false;
	*out = (uint32_t)word(_mm_packus_epi16(octets, octets));
	return true;
}

/* What the bytes of text are, a byte of ones where it is so. */
static inline __m128i is_colon(__m128i text)
{
	return _mm_cmpeq_epi8(text, load16(splat.colon));
}

static inline __m128i is_newline(__m128i text)
{
	return _mm_cmpeq_epi8(text, load16(splat.newline));
}

static inline __m128i is_hex(__m128i text)
{
	return _mm_or_si128(is_digit(text), is_letter(text));
}

static inline uint64_t bits(__m128i v)
{
	return (unsigned)_mm_movemask_epi8(v);
}

/* How many bits are set in v, of which no two are neighbours. popcnt is no part of x86-64. */
static inline unsigned count_apart(uint64_t v)
{
	v = (v | v >> 1) & UINT64_C(0x5555555555555555);
	v = (v & UINT64_C(0x3333333333333333)) + (v >> 2 & UINT64_C(0x3333333333333333));
	v = (v + (v >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	return (unsigned)(v * UINT64_C(0x0101010101010101) >> 56);
}

/* Four groups, of which the last digit is in the last byte of four, as bytes: in the low half of
 * each word. What is before a colon is none of the group. *good keeps its ones where all else is a hex
 * digit; null: it is known to be. */
static inline __m128i join_digits(const uint32_t four[4], __m128i *good)
{
	__m128i text = _mm_set_epi32((int)four[3], (int)four[2], (int)four[1], (int)four[0]);
	__m128i other = is_colon(text), letter, nibbles;

	other = _mm_or_si128(other, _mm_srli_epi32(other, 8));
	other = _mm_or_si128(other, _mm_srli_epi32(other, 16));
	text = _mm_andnot_si128(other, text);
	if (good) {
		letter = is_letter(text);
		*good = _mm_and_si128(*good,
			_mm_or_si128(_mm_or_si128(is_digit(text), letter), other));
	} else {
		letter = _mm_cmpgt_epi8(text, _mm_set1_epi8('9'));
	}
	nibbles = _mm_add_epi8(_mm_and_si128(text, load16(splat.fifteen)),
		_mm_and_si128(letter, load16(splat.nine)));
	nibbles = _mm_or_si128(_mm_slli_epi16(nibbles, 4), _mm_srli_epi16(nibbles, 8));
	return _mm_and_si128(nibbles, load16(splat.octet_max));
}

/* Of so many groups in a row the first `before` stay, and the others go to the end. */
static inline __m128i open_gap(__m128i bytes, unsigned groups, unsigned before)
{
	/* Bytes of ones between bytes of zeros. */
	static const uint64_t ones[6] = { 0, 0, UINT64_MAX, UINT64_MAX, 0, 0 };
	const char *window = (const char *)ones;
	int by = 16 * (8 - (int)groups);
	/* A shift by less than 0 or more than 63 bits leaves nothing. */
	__m128i within = _mm_sll_epi64(bytes, _mm_cvtsi32_si128(by));
	__m128i across = _mm_or_si128(_mm_srl_epi64(bytes, _mm_cvtsi32_si128(64 - by)),
		_mm_sll_epi64(bytes, _mm_cvtsi32_si128(by - 64)));
	__m128i tail = _mm_or_si128(within, _mm_slli_si128(across, 8));

	return _mm_or_si128(_mm_and_si128(bytes, load16(window + 32 - 2 * before)),
		_mm_and_si128(tail, load16(window + 2 * (groups - before))));
}

/* The IPv6 address that is the n bytes at p, more than 4: colon is the bitmap of the colons, and the
 * rest is found to be hex digits here, unless that is known. Only one whose first group has four
 * digits, and that has no dotted tail. */
SIMD_INLINE bool read_groups(const char *p, uint64_t colon, unsigned n, bool known,
	struct v6k_addr *out)
{
	uint64_t digit = ~colon & ((UINT64_C(1) << n) - 1), two = digit & digit >> 1;
	uint64_t twice = colon & colon >> 1, end = digit & ~(digit >> 1);
	unsigned groups = count_apart(end), before = count_apart(end & (twice - 1));
	__m128i good = _mm_set1_epi8(-1), bytes;
	uint32_t four[8];

	/* One "::" at most; it stands for one group or more (ruling 9), and without it there are 8. No
	 * group of five digits, no single colon at the end. */
	if (((colon & 31) ^ 16) | (two & two >> 2 & digit >> 4) | (twice & (twice - 1)) |
		(colon ^ twice << 1) >> (n - 1) | (groups / 8 - (twice == 0)) | (groups > 8))
		return false;
#pragma GCC unroll 8
	for (unsigned i = 0; i < 8; i++) {
		four[i] = word4(p + __builtin_ctzll(end) - 3);
		/* After the last group the last bytes again: they are dropped. */
		end = (end & (end - 1)) | UINT64_C(1) << (n - 1);
	}
	bytes = _mm_packus_epi16(join_digits(four, known ? NULL : &good),
		join_digits(four + 4, known ? NULL : &good));
	if (!known && _mm_movemask_epi8(good) != 0xffff)
		return false;
	bytes = open_gap(bytes, groups, before);
	out->hi = __builtin_bswap64(word(bytes));
	out->lo = __builtin_bswap64(high_word(bytes));
	store_family(V6K_IPV6, out);
	return true;
}

/* Mostly IPv4. Apart, as each of the two is shorter without what the other one keeps. */
__attribute__((noinline)) static int parse_other(const char *s, size_t n, struct v6k_addr *out,
	struct v6k_error *err)
{
	uint32_t number;

	if (n < 7 || n > 15 || !read_octets(load_some(s, n), (unsigned)n, &number))
		return addr_parse_scalar(s, n, out, err);
	store_ipv4(number, out);
	return 0;
}

/* 16 to 39 bytes. */
__attribute__((noinline)) static int parse_long(const char *s, size_t n, struct v6k_addr *out,
	struct v6k_error *err)
{
	size_t last = n - 16, middle = last / 2;
	uint64_t colon = bits(is_colon(load16(s))) | bits(is_colon(load16(s + middle))) << middle |
		bits(is_colon(load16(s + last))) << last;

	return read_groups(s, colon, (unsigned)n, false, out) ? 0 :
								addr_parse_scalar(s, n, out, err);
}

int addr_parse_sse2(const char *s, size_t n, struct v6k_addr *out, struct v6k_error *err)
{
	return n - 16 <= GROUPS_MAX - 16 ? parse_long(s, n, out, err) : parse_other(s, n, out, err);
}

/* The same as read_groups of n bytes, 16 or more, of which the address is the first *run. */
static inline bool find_groups(const char *p, size_t n, unsigned *run, struct v6k_addr *out)
{
	size_t last = (n < 48 ? n : 48) - 16, middle = last / 2;
	__m128i a = load16(p), b = load16(p + middle), c = load16(p + last);
	uint64_t colon =
		bits(is_colon(a)) | bits(is_colon(b)) << middle | bits(is_colon(c)) << last;
	uint64_t digit = bits(is_hex(a)) | bits(is_hex(b)) << middle | bits(is_hex(c)) << last;
	uint64_t past = ~(colon | digit);

	*run = (unsigned)__builtin_ctzll(past);
	return !(*run < n && p[*run] == '.') && *run > 4 &&
		read_groups(p, colon & ((past - 1) & ~past), *run, true, out);
}

/* Reads four octets at p, of n bytes there, and their length. */
static inline bool find_octets(const char *p, size_t n, unsigned *run, uint32_t *number)
{
	__m128i text, octet;

	if (n < 7)
		return false;
	text = n >= 16 ? load16(p) : load_some(p, n);
	octet = _mm_or_si128(_mm_cmpeq_epi8(text, load16(splat.dot)),
		is_digit(text));
	*run = (unsigned)__builtin_ctz(~(unsigned)_mm_movemask_epi8(octet));
	return *run <= 15 && read_octets(text, *run, number);
}

int addr_read_sse2(const char *s, size_t n, size_t *at, struct v6k_addr *out, struct v6k_error *err)
{
	const char *p = s + *at;
	size_t rest = n - *at;
	uint32_t number;
	unsigned run;

	if (rest < 16 || p[4] != ':' || !find_groups(p, rest, &run, out)) {
		if (!find_octets(p, rest, &run, &number))
			return addr_read_scalar(s, n, at, out, err);
		store_ipv4(number, out);
	}
	*at += run;
	return 0;
}

size_t addr_parse_lines_sse2(const char *s, size_t n, size_t *at, unsigned flags,
	struct v6k_addr *out, size_t cap)
{
	size_t done = 0, i = *at, room = flags & V6K_PADDED ? 1 : LINE_ROOM;

	for (; done < cap && n - i >= room; done++) {
		const char *p = s + i;
		__m128i a = load16(p), b = load16(p + 16), c = load16(p + 32);
		uint64_t newline =
			bits(is_newline(a)) | bits(is_newline(b)) << 16 | bits(is_newline(c)) << 32;
		uint64_t colon =
			bits(is_colon(a)) | bits(is_colon(b)) << 16 | bits(is_colon(c)) << 32;
		unsigned end = (unsigned)__builtin_ctzll(newline | UINT64_C(1) << LINE_ROOM);
		uint32_t number;

		if (end == LINE_ROOM || end >= n - i)
			break;
		colon &= (UINT64_C(1) << end) - 1;
		if (!colon && end >= 7 && end <= 15 && read_octets(a, end, &number)) {
			store_ipv4(number, &out[done]);
		} else if (end <= 4 || end > GROUPS_MAX ||
			!read_groups(p, colon, end, false, &out[done])) {
			size_t to = i;

			if (addr_read_scalar(s, n, &to, &out[done], NULL) || to != i + end)
				break;
		}
		i += end + 1;
	}
	*at = i;
	/* The last lines, or none. */
	return n - i < room ? done + lines_parse(addr_read_sse2, s, n, at, out + done, cap - done) :
			      done;
}

static inline void store8(char *at, uint64_t v)
{
	memcpy(at, &v, sizeof(v));
}

static inline void store4(char *at, uint32_t v)
{
	memcpy(at, &v, sizeof(v));
}

/* IPv4 as text; 16 bytes are written. */
static inline char *put_ipv4(char *at, uint32_t v)
{
	const __m128i none = _mm_setzero_si128();
	__m128i bytes = _mm_cvtsi32_si128((int)__builtin_bswap32(v));
	__m128i octets = _mm_unpacklo_epi16(_mm_unpacklo_epi8(bytes, none), none);
	/* Divided by 10 and by 100; both products are right up to 255. */
	__m128i tens = _mm_srli_epi32(_mm_mullo_epi16(octets, load16(splat.by10)), 11);
	__m128i hundreds = _mm_srli_epi32(_mm_mullo_epi16(octets, load16(splat.by100)), 12);
	__m128i one = _mm_sub_epi16(octets, _mm_mullo_epi16(tens, load16(splat.ten)));
	__m128i ten = _mm_sub_epi16(tens, _mm_mullo_epi16(hundreds, load16(splat.ten)));
	__m128i text = _mm_or_si128(_mm_or_si128(hundreds, _mm_slli_epi32(ten, 8)),
		_mm_slli_epi32(one, 16));
	/* How many of the two leading digits count. */
	__m128i more = _mm_sub_epi32(none,
		_mm_add_epi32(_mm_cmpgt_epi32(octets, load16(splat.over9)),
			_mm_cmpgt_epi32(octets, load16(splat.over99))));
	uint32_t length, end, shift;
	uint64_t low, high;

	more = _mm_packs_epi32(more, more);
	more = _mm_packs_epi16(more, more);
	length = UINT32_C(0x02020202) + (uint32_t)_mm_cvtsi128_si32(more);
	shift = (UINT32_C(0x04040404) - length) << 3;
	end = length * UINT32_C(0x01010101);
	text = _mm_or_si128(text, load16(splat.octet_zeros));
	low = word(text);
	high = high_word(text);
	store4(at, (uint32_t)low >> (shift & 31));
	store4(at + (end & 255), (uint32_t)(low >> 32) >> (shift >> 8 & 31));
	store4(at + (end >> 8 & 255), (uint32_t)high >> (shift >> 16 & 31));
	store4(at + (end >> 16 & 255), (uint32_t)(high >> 32) >> (shift >> 24 & 31));
	return at + (end >> 24) - 1;
}

/* For each group how many zeros lead, 0 to 3: the last digit always counts. */
static inline __m128i leading_zeros(__m128i groups)
{
	const __m128i none = _mm_setzero_si128();
	__m128i one = _mm_cmpeq_epi16(_mm_subs_epu16(groups, load16(splat.most1)), none);
	__m128i two = _mm_cmpeq_epi16(_mm_subs_epu16(groups, load16(splat.most2)), none);
	__m128i three = _mm_cmpeq_epi16(_mm_subs_epu16(groups, load16(splat.most3)), none);

	return _mm_sub_epi16(none, _mm_add_epi16(_mm_add_epi16(one, two), three));
}

static inline __m128i hex_text(__m128i nibbles)
{
	__m128i letter = _mm_and_si128(_mm_cmpgt_epi8(nibbles, load16(splat.nine)),
		_mm_set1_epi8('a' - '9' - 1));

	return _mm_add_epi8(_mm_add_epi8(nibbles, load16(splat.zero_digit)), letter);
}

/* IPv6 as text, never dotted; 1 + 7 * 5 + 8 bytes are written. See the twin in addr_avx2.c. */
static inline char *put_ipv6(char *at, struct u128 number)
{
	const __m128i low = load16(splat.fifteen), colon = load16(splat.colon);
	__m128i words = _mm_set_epi64x((long long)number.lo, (long long)number.hi);
	__m128i groups = _mm_shufflehi_epi16(_mm_shufflelo_epi16(words, 0x1b), 0x1b);
	__m128i bytes = _mm_or_si128(_mm_slli_epi16(groups, 8), _mm_srli_epi16(groups, 8));
	__m128i first = _mm_and_si128(_mm_srli_epi16(bytes, 4), low);
	__m128i second = _mm_and_si128(bytes, low);
	__m128i left = hex_text(_mm_unpacklo_epi8(first, second));
	__m128i right = hex_text(_mm_unpackhi_epi8(first, second));
	/* 8 bytes each: a group's digits and colons. */
	__m128i pair[4] = { _mm_unpacklo_epi32(left, colon), _mm_unpackhi_epi32(left, colon),
		_mm_unpacklo_epi32(right, colon), _mm_unpackhi_epi32(right, colon) };
	__m128i zero = _mm_cmpeq_epi16(groups, _mm_setzero_si128());
	__m128i zeros = leading_zeros(groups);
	unsigned gap = gap_of[_mm_movemask_epi8(_mm_packs_epi16(zero, zero)) & 255];
	uint64_t codes = word(_mm_max_epu8(_mm_packs_epi16(zeros, zeros), load8(gap_codes[gap])));
	/* A byte each: by how many bits a group is shifted, and where it ends. */
	uint64_t shift = codes << 3;
	uint64_t end = (UINT64_C(0x0505050505050505) - codes) * UINT64_C(0x0101010101010101);

	*at = ':';
	at += codes >> 2 & 1;
	store8(at, word(pair[0]) >> (shift & 63));
	store8(at + (end & 255), high_word(pair[0]) >> (shift >> 8 & 63));
#pragma GCC unroll 3
	for (unsigned i = 1; i < 4; i++) {
		store8(at + (end >> (16 * i - 8) & 255), word(pair[i]) >> (shift >> 16 * i & 63));
		store8(at + (end >> 16 * i & 255),
			high_word(pair[i]) >> (shift >> (16 * i + 8) & 63));
	}
	return at + (end >> 56) - 1 + (codes >> 58 & 1);
}

static inline char *put_addr(char *at, const struct v6k_addr *a)
{
	if (a->family == V6K_IPV6 && !addr_is_mapped(*a))
		return put_ipv6(at, addr_number(*a));
	if (a->family == V6K_IPV6) { /* RFC 5952 section 5, ruling 6 */
		memcpy(at, "::ffff:", 8);
		at += 7;
	}
	return put_ipv4(at, (uint32_t)a->lo);
}

char *addr_put_sse2(char *at, const struct v6k_addr *a)
{
	return put_addr(at, a);
}

size_t addr_format_lines_sse2(const struct v6k_addr *a, size_t n, size_t *at, char end, char *buf,
	size_t cap)
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
