/* prop_map.c: labelled ranges beside a model: the label of each address of a window of 64, found by trying
 * every prefix of the list. */
#include <stdbool.h>

#include "../unit/random.h"

enum { ROUNDS = 20000, WINDOW = 64, ENTRIES = 10, LABELS = 4, OUTSIDE = -1 };

static const char *const bases[] = { "0.0.0.0", "255.255.255.192", "9.255.255.224", "::",
	"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffc0", "2001:db8::ffff:ffff:ffff:ffe0",
	"::fffe:ffff:ffe0" };

static struct v6k_addr base;

static struct v6k_addr address(unsigned i)
{
	struct v6k_addr a;

	assert_int_equal(v6k_addr_add(base, 0, i, &a), 0);
	return a;
}

static struct v6k_range random_range(void)
{
	unsigned first = random_below(WINDOW), last = first + random_below(WINDOW - first);
	struct v6k_range r = { address(first), address(random_below(2) ? last : first) };

	return r;
}

/* Labels 0 to LABELS - 1; LABELS stands for none. */
static void add(struct v6k_list *list, int model[WINDOW], unsigned bits[WINDOW])
{
	struct v6k_range r = random_range(), rest = r;
	unsigned label = random_below(LABELS + 1);
	struct v6k_prefix p;

	/* Now and then the whole family. */
	if (random_below(20) == 0) {
		p = (struct v6k_prefix){ .family = base.family };
		r = rest = v6k_range_from_prefix(p);
	}
	assert_int_equal(v6k_list_add_range(list, r, label == LABELS ? V6K_NO_LABEL : label), 0);
	while (v6k_range_pop(&rest, &p)) {
		for (unsigned i = 0; i < WINDOW; i++) {
			if (!v6k_prefix_contains(p, address(i)))
				continue;
			if (model[i] != OUTSIDE && bits[i] >= p.bits)
				continue;
			model[i] = (int)label;
			bits[i] = p.bits;
		}
	}
}

static void check(const struct v6k_map *map, const int model[WINDOW], const char *what)
{
	int got[WINDOW];
	struct v6k_range r, before = { .first = { .family = V6K_NONE } };
	uint32_t label, last = 0;

	for (unsigned i = 0; i < WINDOW; i++)
		got[i] = OUTSIDE;
	for (size_t k = 0; v6k_map_range(map, k, &r, &label) == 0; k++, before = r, last = label) {
		struct v6k_addr after;

		assert_true(v6k_addr_cmp(r.first, r.last) <= 0);
		assert_true(before.first.family == V6K_NONE ||
			v6k_addr_cmp(before.last, r.first) < 0);
		if (before.first.family != V6K_NONE &&
			v6k_addr_add(before.last, 0, 1, &after) == 0 &&
			v6k_addr_cmp(after, r.first) == 0)
			assert_int_not_equal(last, label);
		for (unsigned i = 0; i < WINDOW; i++)
			if (v6k_range_contains(r, address(i)))
				got[i] = label == V6K_NO_LABEL ? LABELS : (int)label;
	}
	for (unsigned i = 0; i < WINDOW; i++)
		if (got[i] != model[i])
			fail_msg("%s: address %u has %d, want %d", what, i, got[i], model[i]);
}

static void beside_model(void **state)
{
	(void)state;
	for (unsigned round = 0; round < ROUNDS; round++) {
		struct v6k_list *list = v6k_list_new(), *other = v6k_list_new();
		unsigned bits[WINDOW] = { 0 }, n = random_below(ENTRIES), m = random_below(ENTRIES);
		int model[WINDOW], in[WINDOW], out[WINDOW];
		struct v6k_map *map, *inside, *outside;
		struct v6k_set *set;

		assert_non_null(list);
		assert_non_null(other);
		base = addr(bases[round % COUNT(bases)]);
		for (unsigned i = 0; i < WINDOW; i++)
			model[i] = OUTSIDE;
		while (n-- > 0)
			add(list, model, bits);
		while (m-- > 0)
			assert_int_equal(v6k_list_add_range(other, random_range(), 0), 0);
		assert_int_equal(v6k_map_freeze(list, &map), 0);
		assert_int_equal(v6k_set_freeze(other, 0, &set), 0);
		check(map, model, "map");
		assert_int_equal(v6k_map_combine(map, set, V6K_INTERSECTION, &inside), 0);
		assert_int_equal(v6k_map_combine(map, set, V6K_DIFFERENCE, &outside), 0);
		for (unsigned i = 0; i < WINDOW; i++) {
			struct v6k_range one = { address(i), address(i) };
			bool is = v6k_set_covers(set, one);

			in[i] = is ? model[i] : OUTSIDE;
			out[i] = is ? OUTSIDE : model[i];
		}
		check(inside, in, "inside");
		check(outside, out, "outside");
		v6k_map_free(inside);
		v6k_map_free(outside);
		v6k_map_free(map);
		v6k_set_free(set);
		v6k_list_free(list);
		v6k_list_free(other);
	}
}

/* Both families in one, and what is refused. */
static void families(void **state)
{
	struct v6k_list *list = v6k_list_new();
	struct v6k_set *set, *none;
	struct v6k_map *map, *made = NULL;
	struct v6k_range r;
	uint32_t label;

	(void)state;
	assert_non_null(list);
	assert_int_equal(v6k_set_freeze(list, 0, &none), 0);
	assert_int_equal(v6k_list_add_prefix(list, prefix("::/0"), 6), 0);
	assert_int_equal(v6k_list_add_prefix(list, prefix("0.0.0.0/0"), 4), 0);
	assert_int_equal(v6k_list_add_prefix(list, prefix("255.255.255.255/32"), 5), 0);
	assert_int_equal(v6k_list_add_prefix(list, prefix("::/0"), 7), 0);
	assert_int_equal(v6k_map_freeze(list, &map), 0);
	assert_int_equal(v6k_map_size(map), 3);
	assert_int_equal(v6k_map_range(map, 0, &r, &label), 0);
	assert_int_equal(label, 4);
	assert_int_equal(v6k_map_range(map, 1, &r, &label), 0);
	assert_int_equal(label, 5);
	/* Of equal ones the first. */
	assert_int_equal(v6k_map_range(map, 2, &r, &label), 0);
	assert_int_equal(label, 6);
	assert_int_equal(v6k_map_range(map, 2, &r, NULL), 0);
	assert_int_equal(v6k_map_range(map, 3, &r, &label), V6K_EINVAL);
	assert_int_equal(v6k_map_combine(map, none, V6K_UNION, &made), V6K_EINVAL);
	assert_int_equal(v6k_map_combine(map, none, V6K_SYMMETRIC_DIFFERENCE, &made), V6K_EINVAL);
	assert_null(made);
	assert_int_equal(v6k_set_freeze(list, 0, &set), 0);
	assert_int_equal(v6k_map_combine(map, set, V6K_INTERSECTION, &made), 0);
	assert_int_equal(v6k_map_size(made), 3);
	v6k_map_free(made);
	assert_int_equal(v6k_map_combine(map, set, V6K_DIFFERENCE, &made), 0);
	assert_int_equal(v6k_map_size(made), 0);
	v6k_map_free(made);
	assert_int_equal(v6k_map_combine(map, none, V6K_DIFFERENCE, &made), 0);
	assert_int_equal(v6k_map_size(made), 3);
	v6k_map_free(made);
	v6k_map_free(NULL);
	v6k_map_free(map);
	v6k_set_free(none);
	v6k_set_free(set);
	v6k_list_free(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(beside_model),
		cmocka_unit_test(families),
	};

	random_seed();
	return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
