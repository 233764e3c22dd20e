/* test_u128.c: the 128-bit arithmetic under everything else. */
#include "../../src/core/u128.h"
#include "lib.h"

#define ALL UINT64_MAX
#define TOP (UINT64_C(1) << 63)

static void assert_u128(struct u128 got, uint64_t hi, uint64_t lo)
{
	if (got.hi != hi || got.lo != lo)
		fail_msg("got %016llx%016llx, want %016llx%016llx", (unsigned long long)got.hi,
			(unsigned long long)got.lo, (unsigned long long)hi, (unsigned long long)lo);
}

static const struct {
	struct u128 a, b, sum;
	bool over;
} sums[] = {
	{ { 0, 0 }, { 0, 0 }, { 0, 0 }, false },
	{ { 0, ALL }, { 0, 1 }, { 1, 0 }, false },
	{ { ALL, ALL }, { 0, 0 }, { ALL, ALL }, false },
	{ { ALL, ALL }, { 0, 1 }, { 0, 0 }, true },
	{ { ALL, ALL }, { ALL, ALL }, { ALL, ALL - 1 }, true },
	{ { TOP, 0 }, { TOP, 0 }, { 0, 0 }, true },
	{ { TOP, 5 }, { TOP - 1, ALL }, { 0, 4 }, true }, /* the carry alone overflows */
	{ { TOP, 0 }, { TOP - 1, ALL }, { ALL, ALL }, false },
	{ { 1, ALL }, { ALL - 1, 1 }, { 0, 0 }, true },
};

static void add_and_subtract(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(sums); i++) {
		struct u128 out;

		assert_int_equal(u128_add(sums[i].a, sums[i].b, &out), sums[i].over);
		assert_u128(out, sums[i].sum.hi, sums[i].sum.lo);
		assert_int_equal(u128_add(sums[i].b, sums[i].a, &out), sums[i].over);
		assert_u128(out, sums[i].sum.hi, sums[i].sum.lo);
		/* What wrapped up wraps back down. */
		assert_int_equal(u128_sub(sums[i].sum, sums[i].a, &out), sums[i].over);
		assert_u128(out, sums[i].b.hi, sums[i].b.lo);
	}
}

static void shifts(void **state)
{
	struct u128 a = { UINT64_C(0x8123456789abcdef), UINT64_C(0xfedcba9876543211) }, b;

	(void)state;
	assert_u128(u128_shl(a, 0), a.hi, a.lo);
	assert_u128(u128_shl(a, 4), UINT64_C(0x123456789abcdeff), UINT64_C(0xedcba98765432110));
	assert_u128(u128_shl(a, 64), a.lo, 0);
	assert_u128(u128_shl(a, 127), TOP, 0);
	assert_u128(u128_shl(a, 128), 0, 0);
	assert_u128(u128_shr(a, 0), a.hi, a.lo);
	assert_u128(u128_shr(a, 4), UINT64_C(0x08123456789abcde), UINT64_C(0xffedcba987654321));
	assert_u128(u128_shr(a, 64), 0, a.hi);
	assert_u128(u128_shr(a, 127), 0, 1);
	assert_u128(u128_shr(a, 128), 0, 0);
	/* Every distance, one bit at a time. */
	b = a;
	for (unsigned n = 0; n <= 128; n++, b = u128_make(b.hi << 1 | b.lo >> 63, b.lo << 1))
		assert_u128(u128_shl(a, n), b.hi, b.lo);
	b = a;
	for (unsigned n = 0; n <= 128; n++, b = u128_make(b.hi >> 1, b.lo >> 1 | b.hi << 63))
		assert_u128(u128_shr(a, n), b.hi, b.lo);
}

static void masks_and_zeros(void **state)
{
	struct u128 mask = { 0, 0 };

	(void)state;
	for (unsigned n = 0; n <= 128; n++) {
		assert_u128(u128_mask(n), mask.hi, mask.lo);
		mask = u128_make(mask.hi >> 1 | TOP, mask.lo >> 1 | mask.hi << 63);
		if (n == 128)
			break;
		assert_int_equal(u128_clz(u128_shr(u128_make(TOP, 0), n)), n);
		assert_int_equal(u128_clz(u128_shr(u128_make(ALL, ALL), n)), n);
		assert_int_equal(u128_ctz(u128_shl(u128_make(0, 1), n)), n);
		assert_int_equal(u128_ctz(u128_shl(u128_make(ALL, ALL), n)), n);
	}
	assert_int_equal(u128_clz(u128_make(0, 0)), 128);
	assert_int_equal(u128_ctz(u128_make(0, 0)), 128);
}

static void compare_and_logic(void **state)
{
	static const struct u128 sorted[] = { { 0, 0 }, { 0, 1 }, { 0, TOP }, { 0, ALL }, { 1, 0 },
		{ 1, 5 }, { TOP - 1, ALL }, { TOP, 0 }, { ALL, ALL } };
	struct u128 a = { 12, 10 }, b = { 10, 6 };

	(void)state;
	for (size_t i = 0; i < COUNT(sorted); i++) {
		assert_int_equal(u128_is_zero(sorted[i]), i == 0);
		for (size_t j = 0; j < COUNT(sorted); j++) {
			int got = u128_cmp(sorted[i], sorted[j]);

			assert_int_equal((got > 0) - (got < 0), (i > j) - (i < j));
			assert_int_equal(u128_eq(sorted[i], sorted[j]), i == j);
		}
	}
	assert_u128(u128_and(a, b), 8, 2);
	assert_u128(u128_or(a, b), 14, 14);
	assert_u128(u128_xor(a, b), 6, 12);
	assert_u128(u128_not(a), ~UINT64_C(12), ~UINT64_C(10));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(add_and_subtract),
		cmocka_unit_test(shifts),
		cmocka_unit_test(masks_and_zeros),
		cmocka_unit_test(compare_and_logic),
	};

	return cmocka_run_group_tests_name("u128", tests, NULL, NULL);
}
