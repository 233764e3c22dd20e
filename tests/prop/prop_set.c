/* prop_set.c: sets and what is made of two of them, beside a model: one bit for each address of a
 * window of 64, at both ends of both families and where words carry. */
#include "../unit/random.h"

enum { ROUNDS = 20000, WINDOW = 64, ENTRIES = 12 };

static const struct {
	const char *base; /* the first address of the window */
	unsigned family;
} windows[] = {
	{ "0.0.0.0", V6K_IPV4 },
	{ "255.255.255.192", V6K_IPV4 },
	{ "9.255.255.224", V6K_IPV4 },
	{ "::", V6K_IPV6 },
	{ "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffc0", V6K_IPV6 },
	{ "2001:db8::ffff:ffff:ffff:ffe0", V6K_IPV6 },
	{ "::fffe:ffff:ffe0", V6K_IPV6 },
};

static struct v6k_addr base;

static struct v6k_addr address(unsigned i)
{
	struct v6k_addr a;

	assert_int_equal(v6k_addr_add(base, 0, i, &a), 0);
	return a;
}

/* A set of random ranges of the window, and its model. */
static struct v6k_set *random_set(uint64_t *model)
{
	struct v6k_list *list = v6k_list_new();
	struct v6k_set *set;
	unsigned n = random_below(ENTRIES);

	*model = 0;
	assert_non_null(list);
	for (unsigned i = 0; i < n; i++) {
		unsigned first = random_below(WINDOW), last = first + random_below(WINDOW - first);
		struct v6k_range r = { address(first), address(last) };

		if (random_below(2))
			r.last = address(last = first);
		assert_int_equal(v6k_list_add_range(list, r, V6K_NO_LABEL), 0);
		for (unsigned k = first; k <= last; k++)
			*model |= UINT64_C(1) << k;
	}
	assert_int_equal(v6k_set_freeze(list, 0, &set), 0);
	v6k_list_free(list);
	return set;
}

static struct v6k_set *everything(void)
{
	struct v6k_list *list = v6k_list_new();
	struct v6k_prefix p = { .family = V6K_IPV4 };
	struct v6k_set *set;

	assert_non_null(list);
	assert_int_equal(v6k_list_add_prefix(list, p, V6K_NO_LABEL), 0);
	p.family = V6K_IPV6;
	assert_int_equal(v6k_list_add_prefix(list, p, V6K_NO_LABEL), 0);
	assert_int_equal(v6k_set_freeze(list, 0, &set), 0);
	v6k_list_free(list);
	return set;
}

/* The set holds of the window what the model says; and its ranges stand in order, apart. */
static void check(const struct v6k_set *set, uint64_t model, const char *what)
{
	struct v6k_addr a[WINDOW], after;
	uint8_t in[WINDOW];
	struct v6k_range r, before = { .first = { .family = V6K_NONE } };
	uint64_t got = 0;

	for (unsigned i = 0; i < WINDOW; i++)
		a[i] = address(i);
	v6k_set_contains(set, a, WINDOW, in);
	for (unsigned i = 0; i < WINDOW; i++)
		got |= (uint64_t)in[i] << i;
	if (got != model)
		fail_msg("%s: %016" PRIx64 ", want %016" PRIx64, what, got, model);
	for (size_t i = 0; v6k_set_range(set, i, &r) == 0; i++, before = r) {
		assert_true(v6k_addr_cmp(r.first, r.last) <= 0);
		if (before.first.family != r.first.family) {
			assert_true(before.first.family < r.first.family);
			continue;
		}
		/* Neither overlapping nor touching. */
		assert_int_equal(v6k_addr_add(before.last, 0, 1, &after), 0);
		assert_true(v6k_addr_cmp(after, r.first) < 0);
	}
}

/* Its prefixes are minimal: no two that follow each other are the halves of one. And they are the same,
 * however many are asked for at a time. */
static void check_minimal(const struct v6k_set *set)
{
	enum { MANY = 9 };
	struct v6k_prefix p, q = { .family = V6K_NONE }, next[MANY];
	struct v6k_set_walk walk = { .range = 0 };
	size_t many = 1 + random_below(MANY), at = 0, n = 0;
	struct v6k_range r;

	for (size_t i = 0; v6k_set_range(set, i, &r) == 0; i++) {
		while (v6k_range_pop(&r, &p)) {
			struct v6k_prefix up, over;

			if (at == n) {
				n = v6k_set_prefixes(set, &walk, next, many);
				at = 0;
				assert_true(n > 0 && n <= many);
			}
			assert_int_equal(v6k_prefix_cmp(next[at], p), 0);
			assert_int_equal(next[at++].family, p.family);
			if (q.family == p.family && q.bits == p.bits && p.bits > 0) {
				assert_int_equal(v6k_prefix_parent(p, p.bits - 1u, &up), 0);
				assert_int_equal(v6k_prefix_parent(q, q.bits - 1u, &over), 0);
				assert_int_not_equal(v6k_prefix_cmp(up, over), 0);
			}
			q = p;
		}
	}
	assert_int_equal(at, n);
	assert_int_equal(v6k_set_prefixes(set, &walk, next, many), 0);
}

static struct v6k_set *combine(const struct v6k_set *a, const struct v6k_set *b, enum v6k_set_op op)
{
	struct v6k_set *set;

	assert_int_equal(v6k_set_combine(a, b, op, &set), 0);
	return set;
}

static int same(const struct v6k_set *a, const struct v6k_set *b)
{
	struct v6k_range r, q;

	if (v6k_set_size(a) != v6k_set_size(b))
		return 0;
	for (size_t i = 0; v6k_set_range(a, i, &r) == 0; i++)
		if (v6k_set_range(b, i, &q) != 0 || v6k_addr_cmp(r.first, q.first) != 0 ||
			v6k_addr_cmp(r.last, q.last) != 0)
			return 0;
	return 1;
}

static void algebra(void **state)
{
	struct v6k_set *all = everything();

	(void)state;
	for (unsigned round = 0; round < ROUNDS; round++) {
		uint64_t x, y;
		struct v6k_set *a, *b, *set[8];
		struct v6k_count sum, left, right;

		base = addr(windows[round % COUNT(windows)].base);
		a = random_set(&x);
		b = random_set(&y);
		check(a, x, "a");
		check_minimal(a);
		set[0] = combine(a, b, V6K_UNION);
		set[1] = combine(a, b, V6K_INTERSECTION);
		set[2] = combine(a, b, V6K_DIFFERENCE);
		set[3] = combine(a, b, V6K_SYMMETRIC_DIFFERENCE);
		check(set[0], x | y, "union");
		check(set[1], x & y, "intersection");
		check(set[2], x & ~y, "difference");
		check(set[3], x ^ y, "symmetric difference");
		check_minimal(set[0]);
		check_minimal(set[3]);
		/* |a| + |b| = |a or b| + |a and b| */
		assert_int_equal(v6k_count_add(v6k_set_count(a), v6k_set_count(b), &left), 0);
		assert_int_equal(v6k_count_add(v6k_set_count(set[0]), v6k_set_count(set[1]),
					 &right),
			0);
		assert_int_equal(v6k_count_cmp(left, right), 0);
		/* De Morgan, over both families whole. */
		set[4] = combine(all, a, V6K_DIFFERENCE);
		set[5] = combine(all, b, V6K_DIFFERENCE);
		set[6] = combine(set[4], set[5], V6K_INTERSECTION);
		set[7] = combine(all, set[0], V6K_DIFFERENCE);
		check(set[4], ~x, "complement");
		check_minimal(set[4]);
		assert_true(same(set[6], set[7]));
		assert_int_equal(v6k_count_add(v6k_set_count(set[4]), v6k_set_count(a), &sum), 0);
		assert_int_equal(v6k_count_cmp(sum, v6k_set_count(all)), 0);
		/* The complement of the complement, and a set with itself. */
		v6k_set_free(set[7]);
		set[7] = combine(all, set[4], V6K_DIFFERENCE);
		assert_true(same(set[7], a));
		v6k_set_free(set[7]);
		set[7] = combine(a, a, V6K_UNION);
		assert_true(same(set[7], a));
		v6k_set_free(set[7]);
		set[7] = combine(a, a, V6K_SYMMETRIC_DIFFERENCE);
		assert_int_equal(v6k_set_size(set[7]), 0);
		for (unsigned i = 0; i < 8; i++)
			v6k_set_free(set[i]);
		v6k_set_free(a);
		v6k_set_free(b);
	}
	v6k_set_free(all);
}

static int compare(const void *a, const void *b)
{
	const struct v6k_range *r = a, *q = b;

	return v6k_addr_cmp(r->first, q->first);
}

/* Many random ranges, most of them prefixes, and how they differ: in all, in the low word or a few
 * bits alone; with lengths that need one word, two or three to sort by. */
static struct v6k_list *random_list(struct v6k_range *r, unsigned n)
{
	static const unsigned most[] = { 56, 64, 128 };
	struct v6k_list *list = v6k_list_new();
	unsigned alike = random_below(4), longest = most[random_below(COUNT(most))];
	unsigned ranges = random_below(3);

	assert_non_null(list);
	for (unsigned i = 0; i < n; i++) {
		struct v6k_addr a = random_addr();
		unsigned width = v6k_family_bits(a.family), bits = random_below(width + 1);
		struct v6k_prefix p;

		if (alike == 1 && a.family == V6K_IPV6)
			a.hi = UINT64_C(0x20010db800000000);
		if (alike == 2)
			a.lo &= 0xff00, a.hi &= a.family == V6K_IPV6 ? 0xff : 0;
		if (alike)
			bits |= width / 2;
		if (bits > longest)
			bits = longest;
		assert_int_equal(v6k_prefix_mask(a, bits > width ? width : bits, &p), 0);
		r[i] = v6k_range_from_prefix(p);
		if (ranges && random_below(8) < ranges) {
			r[i] = random_range_of(a.family);
			assert_int_equal(v6k_list_add_range(list, r[i], V6K_NO_LABEL), 0);
		} else {
			assert_int_equal(v6k_list_add_prefix(list, p, V6K_NO_LABEL), 0);
		}
	}
	return list;
}

/* Sorting takes every one of its ways: the set's ranges are what a plain sort and one pass make of
 * the list. */
static void many(void **state)
{
	enum { MOST = 3000 };
	static struct v6k_range all[MOST];

	(void)state;
	for (unsigned round = 0; round < 200; round++) {
		unsigned n = 1 + random_below(round % 4 ? MOST : 40), ranges = 0;
		struct v6k_range top = { .first = { .family = V6K_NONE } }, got;
		struct v6k_list *list = random_list(all, n);
		struct v6k_set *set, *built;

		for (unsigned i = 0; i < n; i++) {
			assert_int_equal(v6k_list_entry(list, i, &got, NULL), 0);
			assert_int_equal(v6k_addr_cmp(got.first, all[i].first), 0);
			assert_int_equal(v6k_addr_cmp(got.last, all[i].last), 0);
		}
		qsort(all, n, sizeof(all[0]), compare);
		if (round % 3 == 0) { /* in order already */
			v6k_list_free(list);
			list = v6k_list_new();
			for (unsigned i = 0; i < n; i++)
				assert_int_equal(v6k_list_add_range(list, all[i], i), 0);
		}
		assert_int_equal(v6k_set_freeze(list, 0, &set), 0);
		for (unsigned i = 0; i <= n; i++) {
			struct v6k_range r = i < n ?
				all[i] :
				(struct v6k_range){ .first = { .family = V6K_NONE } };
			struct v6k_addr after = top.last;

			if (i > 0 && i < n && r.first.family == top.first.family &&
				(v6k_addr_add(top.last, 0, 1, &after) != 0 ||
					v6k_addr_cmp(r.first, after) <= 0)) {
				if (v6k_addr_cmp(r.last, top.last) > 0)
					top.last = r.last;
				continue;
			}
			if (i > 0) {
				assert_int_equal(v6k_set_range(set, ranges++, &got), 0);
				assert_int_equal(v6k_addr_cmp(got.first, top.first), 0);
				assert_int_equal(v6k_addr_cmp(got.last, top.last), 0);
			}
			top = r;
		}
		assert_int_equal(v6k_set_size(set), ranges);
		assert_int_equal(v6k_list_size(list), n);
		assert_int_equal(v6k_set_build(list, 0, &built), 0);
		assert_true(same(set, built));
		check_minimal(set);
		assert_int_equal(v6k_list_size(list), 0);
		v6k_set_free(built);
		v6k_set_free(set);
		v6k_list_free(list);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(algebra),
		cmocka_unit_test(many),
	};

	random_seed();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
