/* prop_cover.c: covers beside brute force. Every way to choose prefixes that do not overlap is tried, in a
 * window of 16 blocks of a size: 458330 of them. A prefix wider than the window is never better than the
 * window itself. */
#include "../unit/random.h"

enum { ROUNDS = 400, BLOCKS = 16, WAYS = 458330 };

/* Which blocks a choice of prefixes holds, and how many prefixes they are. */
struct way {
	uint16_t mask;
	uint8_t n;
};

static struct way ways[WAYS];

/* Where a window can lie: the prefix that it is, of the family's length - 4 for single addresses. */
static const char *const windows[2][6] = {
	{ "0.0.0.0/28", "255.255.255.240/28", "10.0.0.0/20", "0.0.0.0/0", "128.0.0.0/1",
		"192.0.2.0/24" },
	{ "::/124", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff0/124", "2001:db8::/60",
		"2001:db8::/62", "::/0", "2001:db8::/32" },
};

/* All choices inside the blocks first to first + n, into to; returns how many. */
static size_t choose(unsigned first, unsigned n, struct way *to)
{
	size_t left, right, made = 0;
	struct way *a, *b;

	to[made++] = (struct way){ (uint16_t)(((1u << n) - 1) << first), 1 };
	if (n == 1) {
		to[made++] = (struct way){ 0, 0 };
		return made;
	}
	a = malloc(1000 * sizeof(*a));
	b = malloc(1000 * sizeof(*b));
	assert_non_null(a);
	assert_non_null(b);
	left = choose(first, n / 2, a);
	right = choose(first + n / 2, n / 2, b);
	for (size_t i = 0; i < left; i++)
		for (size_t j = 0; j < right; j++)
			to[made++] = (struct way){ a[i].mask | b[j].mask,
				(uint8_t)(a[i].n + b[j].n) };
	free(a);
	free(b);
	return made;
}

static unsigned ones(unsigned mask)
{
	unsigned n = 0;

	for (; mask; mask &= mask - 1)
		n++;
	return n;
}

/* The fewest blocks beside those of the set, for each number of prefixes. */
static void brute_force(unsigned set, unsigned best[BLOCKS + 1])
{
	for (unsigned n = 0; n <= BLOCKS; n++)
		best[n] = BLOCKS + 1;
	for (size_t i = 0; i < WAYS; i++) {
		unsigned extra;

		if (set & ~(unsigned)ways[i].mask)
			continue;
		extra = ones(ways[i].mask & ~set);
		if (extra < best[ways[i].n])
			best[ways[i].n] = extra;
	}
	for (unsigned n = 1; n <= BLOCKS; n++)
		if (best[n - 1] < best[n])
			best[n] = best[n - 1];
}

static struct v6k_prefix block(struct v6k_prefix window, unsigned i)
{
	struct v6k_prefix p;

	assert_int_equal(v6k_prefix_child(window, window.bits + 4u, 0, i, &p), 0);
	return p;
}

static struct v6k_count times(struct v6k_count one, unsigned n)
{
	struct v6k_count sum = { { 0, 0, 0 } };

	while (n-- > 0)
		assert_int_equal(v6k_count_add(sum, one, &sum), 0);
	return sum;
}

static size_t entries_of(const struct v6k_set *set)
{
	struct v6k_range r;
	struct v6k_prefix p;
	size_t n = 0;

	for (size_t i = 0; v6k_set_range(set, i, &r) == 0; i++)
		while (v6k_range_pop(&r, &p))
			n++;
	return n;
}

static void check(const struct v6k_set *set, size_t entries, struct v6k_count want)
{
	struct v6k_set *out, *lost;
	struct v6k_count extra;

	assert_int_equal(v6k_cover_build(set, entries, &out), 0);
	assert_true(entries_of(out) <= entries);
	assert_int_equal(v6k_set_combine(set, out, V6K_DIFFERENCE, &lost), 0);
	assert_int_equal(v6k_set_size(lost), 0);
	assert_int_equal(v6k_count_sub(v6k_set_count(out), v6k_set_count(set), &extra), 0);
	if (v6k_count_cmp(extra, want) != 0)
		fail_msg("%zu entries of %zu: %" PRIx64 ":%" PRIx64 " more, want %" PRIx64 ":%" PRIx64,
			entries, entries_of(set), extra.w[1], extra.w[0], want.w[1], want.w[0]);
	v6k_set_free(lost);
	v6k_set_free(out);
}

static void beside_brute_force(void **state)
{
	(void)state;
	assert_int_equal(choose(0, BLOCKS, ways), WAYS);
	for (unsigned round = 0; round < ROUNDS; round++) {
		struct v6k_list *list = v6k_list_new();
		struct v6k_prefix window[2];
		unsigned mask[2], best[2][BLOCKS + 1];
		struct v6k_set *set;

		assert_non_null(list);
		for (unsigned f = 0; f < 2; f++) {
			window[f] = prefix(windows[f][random_below(6)]);
			mask[f] = random_below(1u << BLOCKS) & random_below(1u << BLOCKS);
			if (random_below(3) == 0)
				mask[f] = random_below(4) ? random_below(1u << BLOCKS) : 0;
			for (unsigned i = 0; i < BLOCKS; i++)
				if (mask[f] >> i & 1)
					assert_int_equal(v6k_list_add_prefix(list, block(window[f], i),
								 V6K_NO_LABEL),
						0);
			brute_force(mask[f], best[f]);
		}
		assert_int_equal(v6k_set_freeze(list, 0, &set), 0);
		for (unsigned n = 0; n <= 2 * BLOCKS; n++) {
			struct v6k_count least = { { 0, 0, UINT64_MAX } }, sum;
			struct v6k_set *none = NULL;

			for (unsigned k = n > BLOCKS ? n - BLOCKS : 0; k <= n && k <= BLOCKS; k++) {
				if (best[0][k] > BLOCKS || best[1][n - k] > BLOCKS)
					continue;
				v6k_count_add(times(v6k_prefix_count(block(window[0], 0)), best[0][k]),
					times(v6k_prefix_count(block(window[1], 0)), best[1][n - k]),
					&sum);
				if (v6k_count_cmp(sum, least) < 0)
					least = sum;
			}
			if (least.w[2] == UINT64_MAX)
				assert_int_equal(v6k_cover_build(set, n, &none), V6K_EFAMILY);
			else
				check(set, n, least);
			assert_null(none);
		}
		v6k_set_free(set);
		v6k_list_free(list);
	}
}

/* v6k_cover_build_bits: the blocks around what is set, at every length. */
static void lengths(void **state)
{
	(void)state;
	for (unsigned round = 0; round < 2000; round++) {
		struct v6k_prefix window = prefix(windows[round % 2][random_below(6)]), p;
		struct v6k_list *list = v6k_list_new(), *wide = v6k_list_new();
		unsigned bits = random_below(window.bits + 5u), mask = random_below(1u << BLOCKS);
		struct v6k_set *set, *got, *want, *differ;

		assert_non_null(list);
		assert_non_null(wide);
		for (unsigned i = 0; i < BLOCKS; i++) {
			if (!(mask >> i & 1))
				continue;
			p = block(window, i);
			assert_int_equal(v6k_list_add_prefix(list, p, V6K_NO_LABEL), 0);
			if (bits < p.bits)
				assert_int_equal(v6k_prefix_parent(p, bits, &p), 0);
			assert_int_equal(v6k_list_add_prefix(wide, p, V6K_NO_LABEL), 0);
		}
		assert_int_equal(v6k_set_freeze(list, 0, &set), 0);
		assert_int_equal(v6k_set_freeze(wide, 0, &want), 0);
		assert_int_equal(v6k_cover_build_bits(set, window.family == V6K_IPV4 ? bits : 32,
					 window.family == V6K_IPV6 ? bits : 128, &got),
			0);
		assert_int_equal(v6k_set_combine(got, want, V6K_SYMMETRIC_DIFFERENCE, &differ), 0);
		assert_int_equal(v6k_set_size(differ), 0);
		v6k_set_free(differ);
		assert_int_equal(v6k_cover_build_bits(set, 33, 0, &differ), V6K_EINVAL);
		assert_int_equal(v6k_cover_build_bits(set, 0, 129, &differ), V6K_EINVAL);
		v6k_set_free(got);
		v6k_set_free(want);
		v6k_set_free(set);
		v6k_list_free(list);
		v6k_list_free(wide);
	}
}

/* Of every second address, 2^k neighbours become one prefix for 2^k addresses more and 2^k - 1 entries less:
 * large prefixes are the cheapest. */
static unsigned cost_of(unsigned less)
{
	unsigned cost = 0, one;

	for (; less > 0; less -= one, cost += one + 1)
		for (one = 1; 2 * one + 1 <= less; one = 2 * one + 1)
			;
	return cost;
}

/* Many prefixes, each alone; and what is past the limit, which is refused at once. */
static void limits(void **state)
{
	enum { MANY = 200000 };
	struct v6k_list *list = v6k_list_new();
	struct v6k_addr a = addr("2001:db8::");
	struct v6k_set *set, *out = NULL;
	struct v6k_count extra;

	(void)state;
	assert_non_null(list);
	for (unsigned i = 0; i < MANY; i++) {
		struct v6k_range r = { a, a };

		assert_int_equal(v6k_list_add_range(list, r, V6K_NO_LABEL), 0);
		assert_int_equal(v6k_addr_add(a, 0, 2, &a), 0);
	}
	assert_int_equal(v6k_set_freeze(list, 0, &set), 0);
	assert_int_equal(v6k_cover_build(set, MANY / 2, &out), V6K_ELIMIT);
	assert_null(out);
	for (unsigned less = 1; less < 200; less += 99) {
		assert_int_equal(v6k_cover_build(set, MANY - less, &out), 0);
		assert_int_equal(v6k_count_sub(v6k_set_count(out), v6k_set_count(set), &extra), 0);
		assert_int_equal(extra.w[0], cost_of(less));
		v6k_set_free(out);
	}
	assert_int_equal(v6k_cover_build(set, 1, &out), 0);
	assert_int_equal(v6k_set_size(out), 1);
	v6k_set_free(out);
	v6k_set_free(set);
	v6k_list_free(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(beside_brute_force),
		cmocka_unit_test(lengths),
		cmocka_unit_test(limits),
	};

	random_seed();
	return cmocka_run_group_tests_name("cover", tests, NULL, NULL);
}
