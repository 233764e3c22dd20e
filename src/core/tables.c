/* tables.c: the tables of tables.h, made by the preprocessor. */
#include "tables.h"

/* clang-format off */

#define TIMES4(X, n) X((n)), X((n) + 1), X((n) + 2), X((n) + 3)
#define TIMES16(X, n) TIMES4(X, (n)), TIMES4(X, (n) + 4), TIMES4(X, (n) + 8), TIMES4(X, (n) + 12)
#define TIMES64(X, n) TIMES16(X, (n)), TIMES16(X, (n) + 16), TIMES16(X, (n) + 32), TIMES16(X, (n) + 48)
#define TIMES256(X, n) TIMES64(X, (n)), TIMES64(X, (n) + 64), TIMES64(X, (n) + 128), TIMES64(X, (n) + 192)

#define FOUR(x) x, x, x, x
#define EIGHT(x) FOUR(x), FOUR(x)
#define SPLAT16(x) { EIGHT(x), EIGHT(x) }
#define SPLAT32(x) { EIGHT(x), EIGHT(x), EIGHT(x), EIGHT(x) }
#define PAIR8(a, b) a, b, a, b, a, b, a, b
#define PAIR16(a, b) PAIR8(a, b), PAIR8(a, b)
#define OCTET_WEIGHTS 0, 100, 10, 1
const struct splats splat = {
	.colon = SPLAT32(':'), .dot = SPLAT32('.'), .newline = SPLAT32('\n'),
	.zero_digit = SPLAT32('0'), .case_bit = SPLAT32(0x20),
	.one = SPLAT32(1), .nine = SPLAT32(9), .fifteen = SPLAT32(15),
	.move_digits = SPLAT32(127 - '9'), .before_digits = SPLAT32(127 - 10),
	.move_letters = SPLAT32(127 - 'f'), .before_letters = SPLAT32(127 - 6),
	.nibble_pairs = { PAIR16(16, 1), PAIR16(16, 1) },
	.octet_weights = { OCTET_WEIGHTS, OCTET_WEIGHTS, OCTET_WEIGHTS, OCTET_WEIGHTS },
	.code_weights = { PAIR16(16 * CODES, 16) },
	.one_word = SPLAT16(1), .octet_max = { EIGHT(255) },
	.by10 = { FOUR(205) }, .by100 = { FOUR(41) },
	.ten = { FOUR(10) }, .over9 = { FOUR(9) }, .over99 = { FOUR(99) },
	.octet_zeros = { FOUR(0x2e303030) },
	.most1 = { EIGHT(0xf) }, .most2 = { EIGHT(0xff) }, .most3 = { EIGHT(0xfff) },
};

/* A number of digits, 1 to 4, by the first colon behind the first. */
#define DIGITS(colons) ((unsigned)__builtin_ctz((colons) >> 1 | 8))
/* Digits less one of the first group, whether a second colon follows, digits less one of the
 * second: of a bitmap of colons. */
#define FIRST(w) DIGITS((unsigned)(w))
#define TWICE(w) ((unsigned)(w) >> (FIRST(w) + 2) & 1)
#define SECOND(w) DIGITS((unsigned)(w) >> (FIRST(w) + 2 + TWICE(w)))

/* Slot i of 4 of a number whose digits are the n bytes from `at` on. */
#define SLOT(at, n, i) (uint8_t)((i) + (n) < 4 ? 0x80 : (at) + (n) + (i) - 4)
#define SLOTS(at, n) SLOT(at, n, 0), SLOT(at, n, 1), SLOT(at, n, 2), SLOT(at, n, 3)
#define PAIR(a, twice, b) { SLOTS(0, a), SLOTS((a) + 1 + (twice), b) }
#define PAIR_READ(bits) PAIR_OF(((bits) ^ 511) << 1)
#define PAIR_OF(w) PAIR(FIRST(w) + 1, TWICE(w), SECOND(w) + 1)

#define LATER(i) { EIGHT((uint8_t)((i) < NO_LATER ? 0x80 : (i) - NO_LATER)) }

/* Byte i of an address, in network order. */
#define GAP_BYTE(groups, before, i) \
	(uint8_t)((i) / 2 < (before) ? (i) : \
		(i) / 2 - (before) < 8 - (groups) ? 0x80 : (i) - 2 * (8 - (groups)))
#define GAP_WORD(g, b, i) \
	GAP_BYTE(g, b, (i) + 7), GAP_BYTE(g, b, (i) + 6), GAP_BYTE(g, b, (i) + 5), \
	GAP_BYTE(g, b, (i) + 4), GAP_BYTE(g, b, (i) + 3), GAP_BYTE(g, b, (i) + 2), \
	GAP_BYTE(g, b, (i) + 1), GAP_BYTE(g, b, (i))
#define GAP_ROW(g, b) { GAP_WORD(g, b, 0), GAP_WORD(g, b, 8) }
#define GAP_ROWS(g) \
	GAP_ROW(g, 0), GAP_ROW(g, 1), GAP_ROW(g, 2), GAP_ROW(g, 3), GAP_ROW(g, 4), GAP_ROW(g, 5), \
	GAP_ROW(g, 6), GAP_ROW(g, 7)

const struct groups_read groups_read = {
	.pair = { TIMES256(PAIR_READ, 0), TIMES256(PAIR_READ, 256) },
	.later = { TIMES64(LATER, 0), TIMES16(LATER, 64), TIMES16(LATER, 80), LATER(96) },
	.gap = {
		GAP_ROWS(0), GAP_ROWS(1), GAP_ROWS(2), GAP_ROWS(3), GAP_ROWS(4), GAP_ROWS(5),
		GAP_ROWS(6), GAP_ROWS(7), GAP_ROWS(8), GAP_ROW(8, 8) },
};

/* All rows of four numbers from 1 to 3. */
#define BASE3_D(X, a, b, c) X(a, b, c, 1), X(a, b, c, 2), X(a, b, c, 3)
#define BASE3_C(X, a, b) BASE3_D(X, a, b, 1), BASE3_D(X, a, b, 2), BASE3_D(X, a, b, 3)
#define BASE3_B(X, a) BASE3_C(X, a, 1), BASE3_C(X, a, 2), BASE3_C(X, a, 3)
#define BASE3(X) BASE3_B(X, 1), BASE3_B(X, 2), BASE3_B(X, 3)

#define ABOVE(n) ((n) == 1 ? -1 : (n) == 2 ? 9 : 99)
#define OCTETS_READ(a, b, c, d) { \
	{ SLOTS((a) + (b) + (c) + 3, d), SLOTS((a) + (b) + 2, c), SLOTS((a) + 1, b), SLOTS(0, a) }, \
	{ ABOVE(d), ABOVE(c), ABOVE(b), ABOVE(a) }, STOPS(a, b, c, d), { 0 } }
#define STOPS(a, b, c, d) \
	(1 << (a) | 1 << ((a) + (b) + 1) | 1 << ((a) + (b) + (c) + 2) | 1 << ((a) + (b) + (c) + (d) + 3))
const struct octets_row octets_read[81] = { BASE3(OCTETS_READ) };

#define OCTETS_PLACE(a, b, c, d) { \
	{ 0, (a) + 1, (a) + (b) + 2, (a) + (b) + (c) + 3 }, \
	{ 8 * (4 - (a)), 8 * (4 - (b)), 8 * (4 - (c)), 8 * (4 - (d)) } }
const struct octets_place octets_place[81] = { BASE3(OCTETS_PLACE) };

#define OCTETS_ROW_OF(a, b, c, d) \
	[OCTETS_HASH(STOPS(a, b, c, d))] = ((a) - 1) * 27 + ((b) - 1) * 9 + ((c) - 1) * 3 + (d) - 1
const uint8_t octets_row_of[256] = { BASE3(OCTETS_ROW_OF) };

#define END_BYTE(n, i) ((i) < 8 ? (i) : (i) < (n) ? (i) + 16 - (n) : 0x80)
#define END_BYTES4(n, i) END_BYTE(n, i), END_BYTE(n, (i) + 1), END_BYTE(n, (i) + 2), END_BYTE(n, (i) + 3)
#define JOIN_ENDS(i) { \
	END_BYTES4((i) + 8, 0), END_BYTES4((i) + 8, 4), END_BYTES4((i) + 8, 8), END_BYTES4((i) + 8, 12) }
const uint8_t join_ends[8][16] = { TIMES4(JOIN_ENDS, 0), TIMES4(JOIN_ENDS, 4) };

#define SAME(i) (i)
const uint8_t from_byte[32] = { TIMES16(SAME, 0), EIGHT(0x80), EIGHT(0x80) };

/* Octet i of 1, 2 or 3 digits. */
#define OCTET1(i) 4 * (i) + 2, 4 * (i) + 3
#define OCTET2(i) 4 * (i) + 1, OCTET1(i)
#define OCTET3(i) 4 * (i), OCTET2(i)
#define OCTETS_WRITE(a, b, c, d) { OCTET##a(0), OCTET##b(1), OCTET##c(2), OCTET##d(3) }
const uint8_t octets_write[81][16] = { BASE3(OCTETS_WRITE) };

#define WEIGHT(i) (uint8_t)(((i) & 1) * 27 + ((i) >> 1 & 1) * 9 + ((i) >> 2 & 1) * 3 + ((i) >> 3))
const uint8_t octets_weight[16] = { TIMES16(WEIGHT, 0) };

/* The group whose digits begin at byte i, by its code; each piece ends in a comma or is empty. */
#define GROUP5(i)
#define GROUP4(i) 8,
#define GROUP3(i) (i) + 3, 8,
#define GROUP2(i) (i) + 2, GROUP3(i)
#define GROUP1(i) (i) + 1, GROUP2(i)
#define GROUP0(i) (i), GROUP1(i)
#define PAIR_WRITE(a, b) { GROUP##a(0) GROUP##b(4) 8 }
#define PAIR_WRITES(a) \
	PAIR_WRITE(a, 0), PAIR_WRITE(a, 1), PAIR_WRITE(a, 2), PAIR_WRITE(a, 3), PAIR_WRITE(a, 4), \
	PAIR_WRITE(a, 5)
const uint8_t pair_write[CODES * CODES][16] = {
	PAIR_WRITES(0), PAIR_WRITES(1), PAIR_WRITES(2), PAIR_WRITES(3), PAIR_WRITES(4), PAIR_WRITES(5)
};

/* A gap is its first group times 16, plus its length. */
#define GAP_CODE(gap, i) \
	((gap) % 16 == 0 || (i) < (gap) / 16 || (i) >= (gap) / 16 + (gap) % 16 ? 0 : \
		(i) == (gap) / 16 ? CODE_COLON : CODE_NOTHING)
#define GAP_CODES(gap) { \
	GAP_CODE(gap, 0), GAP_CODE(gap, 1), GAP_CODE(gap, 2), GAP_CODE(gap, 3), \
	GAP_CODE(gap, 4), GAP_CODE(gap, 5), GAP_CODE(gap, 6), GAP_CODE(gap, 7) }
const uint8_t gap_codes[128][8] = { TIMES64(GAP_CODES, 0), TIMES64(GAP_CODES, 64) };

/* clang-format on */
