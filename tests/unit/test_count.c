/* test_count.c: exact counts, to 2^192 - 1. */
#include "lib.h"

#define ALL UINT64_MAX

static const struct {
	struct v6k_count count;
	const char *text;
} texts[] = {
	{ { { 0, 0, 0 } }, "0" },
	{ { { 1, 0, 0 } }, "1" },
	{ { { 9, 0, 0 } }, "9" },
	{ { { 10, 0, 0 } }, "10" },
	/* Around the limbs of nine digits, and zeros inside. */
	{ { { 999999999, 0, 0 } }, "999999999" },
	{ { { 1000000000, 0, 0 } }, "1000000000" },
	{ { { UINT64_C(4294967296), 0, 0 } },
		"4294967296" }, /* of 0.0.0.0/0; ipcalc-ng: one less */
	{ { { UINT64_C(1000000000000000000), 0, 0 } }, "1000000000000000000" },
	{ { { UINT64_C(1000000001000000000), 0, 0 } }, "1000000001000000000" },
	{ { { ALL, 0, 0 } }, "18446744073709551615" },
	{ { { 0, 1, 0 } }, "18446744073709551616" },
	{ { { ALL, ALL, 0 } }, "340282366920938463463374607431768211455" },
	/* Of ::/0: 0 to ripcalc, one less to iprange. */
	{ { { 0, 0, 1 } }, "340282366920938463463374607431768211456" },
	{ { { UINT64_C(4294967296), 0, 1 } }, "340282366920938463463374607436063178752" },
	{ { { ALL, ALL, ALL } }, "6277101735386680763835789423207666416102355444464034512895" },
};

static void format(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		char buf[V6K_COUNT_TEXT_MAX + 1];
		int n = (int)strlen(texts[i].text);

		assert_string_equal(text_of_count(texts[i].count), texts[i].text);
		memset(buf, 'x', sizeof(buf));
		assert_int_equal(v6k_count_format(texts[i].count, buf, (size_t)n - 1), V6K_ENOSPC);
		assert_int_equal(buf[0], 'x');
		assert_int_equal(v6k_count_format(texts[i].count, buf, (size_t)n), n);
		assert_int_equal(buf[n], 'x');
	}
	assert_int_equal(strlen(texts[COUNT(texts) - 1].text), V6K_COUNT_TEXT_MAX);
}

static const struct {
	struct v6k_count a, b, sum;
	int e;
} sums[] = {
	{ { { 0, 0, 0 } }, { { 0, 0, 0 } }, { { 0, 0, 0 } }, 0 },
	{ { { ALL, 0, 0 } }, { { 1, 0, 0 } }, { { 0, 1, 0 } }, 0 },
	{ { { ALL, ALL, 0 } }, { { 1, 0, 0 } }, { { 0, 0, 1 } }, 0 },
	{ { { ALL, ALL, 5 } }, { { ALL, ALL, 5 } }, { { ALL - 1, ALL, 11 } }, 0 },
	{ { { ALL, ALL, ALL } }, { { 0, 0, 0 } }, { { ALL, ALL, ALL } }, 0 },
	{ { { ALL, ALL, ALL } }, { { 1, 0, 0 } }, { { 7, 7, 7 } }, V6K_EOVERFLOW },
	{ { { 0, 0, ALL } }, { { 0, 0, 1 } }, { { 7, 7, 7 } }, V6K_EOVERFLOW },
	{ { { ALL, ALL, ALL } }, { { ALL, ALL, ALL } }, { { 7, 7, 7 } }, V6K_EOVERFLOW },
};

static void add(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(sums); i++) {
		struct v6k_count out = { { 7, 7, 7 } };

		assert_int_equal(v6k_count_add(sums[i].a, sums[i].b, &out), sums[i].e);
		assert_memory_equal(&out, &sums[i].sum, sizeof(out));
		out = (struct v6k_count){ { 7, 7, 7 } };
		assert_int_equal(v6k_count_add(sums[i].b, sums[i].a, &out), sums[i].e);
		assert_memory_equal(&out, &sums[i].sum, sizeof(out));
	}
}

static void order(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		for (size_t j = 0; j < COUNT(texts); j++) {
			int got = v6k_count_cmp(texts[i].count, texts[j].count);

			assert_int_equal((got > 0) - (got < 0), (i > j) - (i < j));
		}
	}
}

static const struct {
	const char *text;
	struct v6k_count count;
	int e;
} numbers[] = {
	{ "0", { { 0, 0, 0 } }, 0 },
	{ "1", { { 1, 0, 0 } }, 0 },
	{ "18446744073709551615", { { UINT64_MAX, 0, 0 } }, 0 },
	{ "18446744073709551616", { { 0, 1, 0 } }, 0 },
	{ "340282366920938463463374607431768211455", { { UINT64_MAX, UINT64_MAX, 0 } }, 0 },
	{ "340282366920938463463374607431768211456", { { 0, 0, 1 } }, 0 },
	{ "6277101735386680763835789423207666416102355444464034512895",
		{ { UINT64_MAX, UINT64_MAX, UINT64_MAX } }, 0 },
	{ "6277101735386680763835789423207666416102355444464034512896", { { 0 } }, V6K_ENUMBER },
	{ "99999999999999999999999999999999999999999999999999999999999", { { 0 } }, V6K_ENUMBER },
	{ "", { { 0 } }, V6K_ENUMBER },
	{ "00", { { 0 } }, V6K_ENUMBER },
	{ "01", { { 0 } }, V6K_ENUMBER },
	{ "-1", { { 0 } }, V6K_ENUMBER },
	{ "+1", { { 0 } }, V6K_ENUMBER },
	{ " 1", { { 0 } }, V6K_ENUMBER },
	{ "1 ", { { 0 } }, V6K_ENUMBER },
	{ "1x", { { 0 } }, V6K_ENUMBER },
	{ "0x1", { { 0 } }, V6K_ENUMBER },
	{ "1/", { { 0 } }, V6K_ENUMBER },
	{ "1:", { { 0 } }, V6K_ENUMBER },
};

static void parse(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(numbers); i++) {
		struct v6k_count kept = { { 7, 8, 9 } }, count = kept;
		size_t n = strlen(numbers[i].text);

		assert_row(numbers[i].text,
			v6k_count_parse(numbers[i].text, n, &count) == numbers[i].e);
		assert_row(numbers[i].text,
			v6k_count_cmp(count, numbers[i].e ? kept : numbers[i].count) == 0);
		if (numbers[i].e == 0)
			assert_row_text(numbers[i].text, text_of_count(count), numbers[i].text);
	}
}

static void subtract(void **state)
{
	const struct v6k_count zero = { { 0, 0, 0 } }, one = { { 1, 0, 0 } },
			       two64 = { { 0, 1, 0 } }, two128 = { { 0, 0, 1 } },
			       all = { { UINT64_MAX, UINT64_MAX, UINT64_MAX } };
	struct v6k_count out;

	(void)state;
	assert_int_equal(v6k_count_sub(two128, one, &out), 0);
	assert_row_text("2^128 - 1", text_of_count(out), "340282366920938463463374607431768211455");
	assert_int_equal(v6k_count_sub(two64, one, &out), 0);
	assert_row_text("2^64 - 1", text_of_count(out), "18446744073709551615");
	assert_int_equal(v6k_count_sub(two128, two64, &out), 0);
	assert_row_text("2^128 - 2^64", text_of_count(out),
		"340282366920938463444927863358058659840");
	assert_int_equal(v6k_count_sub(all, all, &out), 0);
	assert_int_equal(v6k_count_cmp(out, zero), 0);
	assert_int_equal(v6k_count_sub(all, zero, &out), 0);
	assert_int_equal(v6k_count_cmp(out, all), 0);
	out = two64;
	assert_int_equal(v6k_count_sub(zero, one, &out), V6K_EOVERFLOW);
	assert_int_equal(v6k_count_sub(one, two64, &out), V6K_EOVERFLOW);
	assert_int_equal(v6k_count_sub(two64, two128, &out), V6K_EOVERFLOW);
	assert_int_equal(v6k_count_sub(zero, all, &out), V6K_EOVERFLOW);
	assert_int_equal(v6k_count_cmp(out, two64), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(format),
		cmocka_unit_test(add),
		cmocka_unit_test(order),
		cmocka_unit_test(parse),
		cmocka_unit_test(subtract),
	};

	return cmocka_run_group_tests_name("count", tests, NULL, NULL);
}
