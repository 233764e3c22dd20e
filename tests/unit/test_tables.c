/* test_tables.c: the tables of the vector parser and formatter, made again in plain loops. */
#include <stdbool.h>

#include "../../src/core/tables.h"
#include "lib.h"

/* The shape that a bitmap of what is no colon tells, the first bit of it not being there: digits of two
 * groups, and the colons between. */
static void shape_of(unsigned digits, unsigned *first, unsigned *between, unsigned *second)
{
	unsigned at = 0;

	for (*first = 1; *first < 4 && digits >> at & 1; at++)
		++*first;
	at = *first;
	*between = digits >> at & 1 ? 1 : 2;
	at = *first + *between;
	for (*second = 1; *second < 4 && digits >> at & 1; at++)
		++*second;
}

static void pairs_read(void **state)
{
	(void)state;
	for (unsigned digits = 0; digits < 512; digits++) {
		unsigned first, between, second;
		uint8_t want[8];

		shape_of(digits, &first, &between, &second);
		memset(want, 0x80, sizeof(want));
		for (unsigned i = 0; i < first; i++)
			want[4 - first + i] = (uint8_t)i;
		for (unsigned i = 0; i < second; i++)
			want[8 - second + i] = (uint8_t)(first + between + i);
		assert_memory_equal(groups_read.pair[digits], want, 8);
	}
	for (unsigned i = 0; i < 8; i++) {
		for (unsigned later = 0; later < NO_LATER; later++)
			assert_int_equal(groups_read.later[later][i], 0x80);
		for (unsigned later = 0; later <= LATER_MOST; later++)
			assert_int_equal(groups_read.later[NO_LATER + later][i], later);
	}
}

static void gaps_read(void **state)
{
	(void)state;
	for (unsigned groups = 0; groups <= 8; groups++) {
		for (unsigned before = 0; before <= groups; before++) {
			uint8_t network[16], want[16];

			memset(network, 0x80, sizeof(network));
			for (unsigned i = 0; i < groups; i++) {
				unsigned to = i < before ? i : 8 - groups + i;

				network[2 * to] = (uint8_t)(2 * i);
				network[2 * to + 1] = (uint8_t)(2 * i + 1);
			}
			for (unsigned i = 0; i < 16; i++)
				want[i] = network[i < 8 ? 7 - i : 23 - i];
			assert_memory_equal(groups_read.gap[8 * groups + before], want, 16);
		}
	}
}

static void octets(void **state)
{
	static const int above[] = { -1, 9, 99 };
	bool used[256] = { false };

	(void)state;
	for (unsigned row = 0; row < 81; row++) {
		const unsigned n[4] = { row / 27 + 1, row / 9 % 3 + 1, row / 3 % 3 + 1,
			row % 3 + 1 };
		unsigned at = 0, stops = 0, weight = 0;
		uint8_t read[16], write[16] = { 0 };

		memset(read, 0x80, sizeof(read));
		for (unsigned i = 0; i < 4; i++) {
			for (unsigned j = 0; j < n[i]; j++) {
				read[4 * (3 - i) + 4 - n[i] + j] = (uint8_t)(at + j);
				write[at + j] = (uint8_t)(4 * i + 3 - n[i] + j);
			}
			assert_int_equal(octets_place[row].at[i], at);
			assert_int_equal(octets_place[row].shift[i], 32 - 8 * n[i]);
			at += n[i];
			write[at] = (uint8_t)(4 * i + 3);
			stops |= 1u << at++;
			assert_int_equal(octets_read[row].above[3 - i], above[n[i] - 1]);
			/* An octet over 99 is over 9, too. */
			weight += octets_weight[1 << i] * (n[i] - 1);
		}
		assert_int_equal(octets_read[row].stops, stops);
		assert_memory_equal(octets_read[row].digits, read, 16);
		assert_int_equal(octets_row_of[OCTETS_HASH(stops)], row);
		assert_false(used[OCTETS_HASH(stops)]);
		used[OCTETS_HASH(stops)] = true;
		assert_int_equal(weight, row);
		assert_memory_equal(octets_write[row], write, 16);
	}
	for (unsigned i = 0; i < 256; i++)
		assert_in_range(octets_row_of[i], 0, 80);
	for (unsigned i = 0; i < 16; i++)
		assert_int_equal(octets_weight[i],
			(i & 1) * octets_weight[1] + (i >> 1 & 1) * octets_weight[2] +
				(i >> 2 & 1) * octets_weight[4] + (i >> 3) * octets_weight[8]);
}

static void ends(void **state)
{
	(void)state;
	for (unsigned n = 8; n < 16; n++) {
		for (unsigned i = 0; i < n; i++)
			assert_int_equal(join_ends[n - 8][i], i < 8 ? i : 8 + i - (n - 8));
		for (unsigned i = n; i < 16; i++)
			assert_int_equal(join_ends[n - 8][i], 0x80);
	}
	for (unsigned i = 0; i < 32; i++)
		assert_int_equal(from_byte[i], i < 16 ? i : 0x80);
}

static void pairs_write(void **state)
{
	(void)state;
	for (unsigned row = 0; row < CODES * CODES; row++) {
		const unsigned code[2] = { row / CODES, row % CODES };
		unsigned at = 0;
		uint8_t want[16];

		for (unsigned i = 0; i < 2; i++) {
			for (unsigned j = code[i]; j < 4; j++)
				want[at++] = (uint8_t)(4 * i + j);
			if (code[i] <= CODE_COLON)
				want[at++] = 8;
		}
		assert_int_equal(at, 10 - code[0] - code[1]);
		assert_memory_equal(pair_write[row], want, at);
	}
	for (unsigned gap = 0; gap < 128; gap++) {
		unsigned first = gap / 16, n = gap % 16;

		for (unsigned i = 0; i < 8; i++)
			assert_int_equal(gap_codes[gap][i],
				n == 0 || i < first || i >= first + n ? 0 :
					i == first                    ? CODE_COLON :
									CODE_NOTHING);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_read),
		cmocka_unit_test(gaps_read),
		cmocka_unit_test(octets),
		cmocka_unit_test(ends),
		cmocka_unit_test(pairs_write),
	};

	return cmocka_run_group_tests_name("tables", tests, NULL, NULL);
}
