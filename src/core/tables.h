/* tables.h: the tables of the vector parser and formatter, the same for all instruction sets: rows of
 * byte shuffles. In a row 0x80 makes a zero byte. tables.c makes them, tests/unit/test_tables.c makes
 * them again. */
#ifndef V6KIT_CORE_TABLES_H
#define V6KIT_CORE_TABLES_H

#include <stdint.h>

/* How a group is written: see pair_write. */
enum { CODE_COLON = 4, CODE_NOTHING = 5, CODES };

#define TABLE extern const __attribute__((visibility("hidden"), aligned(64)))

/* Bytes and words that vectors are made of. Here, since compilers would rather make some of them anew
 * at each use than load them. */
struct splats {
	uint8_t colon[32], dot[32], newline[32], zero_digit[32], case_bit[32];
	uint8_t one[32], nine[32], fifteen[32];
	/* A range of bytes that is moved up to end in 127 is what is greater, as signed numbers,
	 * than the byte before it. */
	uint8_t move_digits[32], before_digits[32], move_letters[32], before_letters[32];
	uint8_t nibble_pairs[32];  /* 16 and 1 */
	uint8_t octet_weights[16]; /* 0, 100, 10 and 1 */
	uint8_t code_weights[16];  /* 16 * CODES and 16 */
	uint16_t one_word[16], octet_max[8];
	uint32_t by10[4], by100[4]; /* times these, and 11 or 12 bits less, is divided */
	uint32_t ten[4], over9[4], over99[4];
	uint32_t octet_zeros[4];               /* "000." */
	uint16_t most1[8], most2[8], most3[8]; /* what 1, 2 and 3 hex digits are at most */
};
TABLE struct splats splat;

/* How IPv6 is read; one table, so that code has one address of it in a register. */
enum { NO_LATER = 32, LATER_MOST = 64 };
struct groups_read {
	/* Two groups and one or two colons between them, the first digit at byte 0: the 4 + 4 digits
	 * of both, by the bitmap of what is no colon in bytes 1 to 9. Past the text no bit is set. */
	uint8_t pair[512][8];
	/* What to add to a row, with saturation, for text that begins so much later, NO_LATER being
	 * not at all; for text that would begin before, what makes all of it zero. */
	uint8_t later[NO_LATER + LATER_MOST + 1][8];
	/* Of groups in a row, 2 bytes each in network order, the two words of an address as this
	 * machine (a little-endian one) keeps them: some of them come first, the others last. The
	 * row is 8 times how many there are, plus how many come first. */
	uint8_t gap[73][16];
};
TABLE struct groups_read groups_read;

/* Four octets of 1 to 3 digits with dots between them, by the bitmap of the dots and of the byte
 * behind the last octet: 4 bytes for each, the last digit in the last; and what an octet of so many
 * digits is more than, as a leading zero is refused (ruling 1). The last octet comes first.
 * octets_row_of has the number of the row, by OCTETS_HASH of the bitmap; of another bitmap, that of
 * any row. */
struct octets_row {
	uint8_t digits[16];
	int16_t above[4];
	uint16_t stops; /* the bitmap */
	uint16_t unused[3];
};
TABLE struct octets_row octets_read[81];
TABLE uint8_t octets_row_of[256];
/* No two rows have the same one: such multipliers are found by trying. */
#define OCTETS_HASH(stops) ((uint32_t)(stops)*UINT32_C(0xf8f30409) >> 24)

/* The 8 first and the 8 last bytes of n, 8 to 15, in a row, with zeros behind them. */
TABLE uint8_t join_ends[8][16];

/* The bytes of 16 from so many on. */
TABLE uint8_t from_byte[32];

/* The same rows without a shuffle: where each octet begins, and the bits to shift 4 bytes up by, the
 * first one lowest, so that its last digit is the highest. Here the first octet comes first. */
struct octets_place {
	uint8_t at[4], shift[4];
};
TABLE struct octets_place octets_place[81];

/* The other way: of 4 bytes for each octet, three digits and a dot, the text. The row is the octets'
 * numbers of digits less one in base 3, or the sum of octets_weight of the octets over 9 (bit i: octet i), and of those over 99. */
TABLE uint8_t octets_write[81][16];
TABLE uint8_t octets_weight[16];

/* Two groups as text: of 8 digits, and a colon in byte 8, each group without its leading zeros and
 * with a colon behind it. A group is told by a code: 0 to 3, so many zeros; 4, a colon alone, as
 * where "::" begins; 5, nothing, as in it. The row is 6 * code + code. */
TABLE uint8_t pair_write[CODES * CODES][16];

/* The codes of the groups, one a byte, that make the gap_of (format.h) of a zero mask. */
TABLE uint8_t gap_codes[128][8];

#endif
