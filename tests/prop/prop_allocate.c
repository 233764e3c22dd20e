/* prop_allocate.c: what is handed out beside brute force: one byte for each address of a window of 64, at
 * both ends of both families and where words carry; and over whole families, what must hold of it. */
#include "../../src/plan/allocate.h"
#include "../unit/random.h"

enum { ROUNDS = 20000, WIDE_ROUNDS = 1500, WINDOW = 64, WIDE_MOST = 40 };

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

static struct v6k_set *freeze(struct v6k_list *list)
{
	struct v6k_set *set;

	assert_int_equal(v6k_set_freeze(list, 0, &set), 0);
	v6k_list_free(list);
	return set;
}

static struct v6k_set *minus(const struct v6k_set *a, const struct v6k_set *b)
{
	struct v6k_set *set;

	assert_int_equal(v6k_set_combine(a, b, V6K_DIFFERENCE, &set), 0);
	return set;
}

/* A set of random ranges of the window, and its model. */
static struct v6k_set *random_set(unsigned most, uint8_t model[WINDOW])
{
	struct v6k_list *list = v6k_list_new();
	unsigned n = random_below(most);

	memset(model, 0, WINDOW);
	for (unsigned i = 0; i < n; i++) {
		unsigned first = random_below(WINDOW), last = first + random_below(WINDOW - first);
		struct v6k_range r;

		if (random_below(2))
			last = first + (random_below(4) < WINDOW - first ? random_below(2) : 0);
		if (last >= WINDOW)
			last = WINDOW - 1;
		if (random_below(8) == 0) {
			first = 0;
			last = WINDOW - 1;
		}
		r = (struct v6k_range){ address(first), address(last) };
		assert_int_equal(v6k_list_add_range(list, r, V6K_NO_LABEL), 0);
		memset(model + first, 1, last - first + 1);
	}
	return freeze(list);
}

/* The largest prefix that holds the prefix of size addresses at i, and none but those of the model: its
 * size, 0 when there is none; its first address in *start. */
static unsigned block_around(const uint8_t *model, unsigned i, unsigned size, unsigned *start)
{
	unsigned found = 0;

	for (; size <= WINDOW; size *= 2) {
		unsigned past = (unsigned)((base.lo + i) % size), all = 1;

		if (past > i || i - past + size > WINDOW)
			break;
		for (unsigned k = i - past; k < i - past + size; k++)
			all &= model[k];
		if (!all)
			break;
		found = size;
		*start = i - past;
	}
	return found;
}

/* The rounds of RFC 3531: with each further bit all numbers that there are come again with it set. The
 * place of a number of `width` bits. */
static unsigned place_in_order(enum allocate_strategy strategy, unsigned width, unsigned number)
{
	unsigned list[WINDOW] = { 0 }, n = 1, left = (width + 1) / 2, right = left, at;

	for (unsigned round = 0; round < width; round++) {
		unsigned bit = round;

		if (strategy == ALLOCATE_LEFTMOST)
			bit = width - 1 - round;
		if (strategy == ALLOCATE_CENTERMOST)
			bit = round % 2 ? left++ : --right;
		for (unsigned k = 0; k < n; k++)
			list[n + k] = list[k] | 1u << bit;
		n *= 2;
	}
	for (at = 0; at < n && list[at] != number; at++)
		;
	assert_true(at < n);
	return at;
}

static unsigned log2_of(unsigned size)
{
	return size > 1 ? 1 + log2_of(size / 2) : 0;
}

/* The place in the window of what comes next, or WINDOW. */
static unsigned next_of(const uint8_t *pool, const uint8_t *vacant, unsigned size,
	enum allocate_strategy strategy)
{
	unsigned best = WINDOW, best_rank[2] = { 0, 0 };

	for (unsigned i = 0; i < WINDOW; i++) {
		unsigned start = 0, room, root, rank[2] = { 0, i };

		if ((base.lo + i) % size != 0)
			continue;
		room = block_around(vacant, i, size, &start);
		if (room == 0)
			continue;
		if (strategy == ALLOCATE_BEST)
			rank[0] = room;
		if (strategy == ALLOCATE_SPARSE)
			rank[0] = WINDOW - room;
		if (strategy >= ALLOCATE_LEFTMOST) {
			root = block_around(pool, i, size, &start);
			rank[0] = start;
			rank[1] = place_in_order(strategy, log2_of(root / size), (i - start) / size);
		}
		if (best == WINDOW || rank[0] < best_rank[0] ||
			(rank[0] == best_rank[0] && rank[1] < best_rank[1])) {
			best = i;
			best_rank[0] = rank[0];
			best_rank[1] = rank[1];
		}
	}
	return best;
}

static void is_brute_force(void **state)
{
	unsigned long handed_out = 0;

	(void)state;
	for (unsigned round = 0; round < ROUNDS; round++) {
		uint8_t pool[WINDOW], used[WINDOW], vacant[WINDOW];
		unsigned family = windows[round % COUNT(windows)].family;
		unsigned shift = random_below(7), size = 1u << shift, n = 0, want[WINDOW];
		struct allocate a = { .family = family,
			.bits = v6k_family_bits(family) - shift,
			.strategy = (enum allocate_strategy)(ALLOCATE_FIRST + random_below(6)) };
		struct v6k_prefix out[WINDOW + 1];
		struct v6k_set *all, *gone, *left;
		struct v6k_count room;

		base = addr(windows[round % COUNT(windows)].base);
		all = random_set(5, pool);
		gone = random_set(9, used);
		left = minus(all, gone);
		a.pool = all;
		a.free = left;
		for (unsigned i = 0; i < WINDOW; i++)
			vacant[i] = pool[i] && !used[i];
		for (; n < WINDOW; n++) {
			want[n] = next_of(pool, vacant, size, a.strategy);
			if (want[n] == WINDOW)
				break;
			memset(vacant + want[n], 0, size);
		}
		room = allocate_room(&a);
		assert_true(room.w[0] == n && room.w[1] == 0 && room.w[2] == 0);
		for (unsigned take = 0; take <= n; take = take < n && take + 7 > n ? n : take + 7) {
			assert_int_equal(allocate(&a, take, out), 0);
			for (unsigned i = 0; i < take; i++) {
				if (out[i].bits != a.bits ||
					v6k_addr_cmp(v6k_prefix_first(out[i]), address(want[i])) != 0)
					fail_msg("round %u, strategy %d, %u of %u: %s, want %s", round,
						(int)a.strategy, i, take, text_of_prefix(out[i]),
						text_of_addr(address(want[i])));
			}
		}
		assert_int_equal(allocate(&a, n + 1, out), V6K_EOVERFLOW);
		handed_out += n;
		v6k_set_free(all);
		v6k_set_free(gone);
		v6k_set_free(left);
	}
	printf("# %lu prefixes\n", handed_out);
	assert_true(handed_out > 2 * ROUNDS);
}

static struct v6k_set *wide_set(unsigned family, unsigned most)
{
	struct v6k_list *list = v6k_list_new();
	unsigned n = 1 + random_below(most);

	for (unsigned i = 0; i < n; i++) {
		struct v6k_range r = random_range_of(family);

		if (random_below(2))
			r = v6k_range_from_prefix(random_prefix_of(family));
		assert_int_equal(v6k_list_add_range(list, r, V6K_NO_LABEL), 0);
	}
	return freeze(list);
}

/* However wide: each is free, none overlaps another, and n at once are n one after the other. */
static void one_by_one(void **state)
{
	unsigned long handed_out = 0;

	(void)state;
	for (unsigned round = 0; round < WIDE_ROUNDS; round++) {
		unsigned family = random_below(3) ? V6K_IPV6 : V6K_IPV4;
		struct v6k_set *pool = wide_set(family, 3), *used = wide_set(family, 20);
		struct v6k_set *left = minus(pool, used);
		struct allocate a = { .pool = pool,
			.free = left,
			.family = family,
			.bits = random_below(v6k_family_bits(family) + 1),
			.strategy = (enum allocate_strategy)(ALLOCATE_FIRST + random_below(6)) };
		struct v6k_prefix out[WIDE_MOST], one;
		struct v6k_count room = allocate_room(&a);
		unsigned n = random_below(WIDE_MOST + 1);

		if (room.w[0] < n && room.w[1] == 0 && room.w[2] == 0) {
			assert_int_equal(allocate(&a, n, out), V6K_EOVERFLOW);
			n = (unsigned)room.w[0];
		}
		assert_int_equal(allocate(&a, n, out), 0);
		for (unsigned i = 0; i < n; i++) {
			struct v6k_list *list = v6k_list_new();
			struct v6k_set *taken, *less;

			assert_true(out[i].bits == a.bits && out[i].family == family);
			assert_true(v6k_set_covers(a.free, v6k_range_from_prefix(out[i])));
			assert_int_equal(allocate(&a, 1, &one), 0);
			if (v6k_prefix_cmp(one, out[i]) != 0)
				fail_msg("round %u, strategy %d, %u: %s, alone %s", round,
					(int)a.strategy, i, text_of_prefix(out[i]), text_of_prefix(one));
			/* What is handed out is in use: so none can come twice. */
			v6k_list_add_prefix(list, out[i], V6K_NO_LABEL);
			taken = freeze(list);
			less = minus(left, taken);
			v6k_set_free(taken);
			v6k_set_free(left);
			a.free = left = less;
		}
		handed_out += n;
		v6k_set_free(pool);
		v6k_set_free(used);
		v6k_set_free(left);
	}
	printf("# %lu prefixes\n", handed_out);
	assert_true(handed_out > WIDE_ROUNDS);
}

static int seed(void **state)
{
	(void)state;
	random_seed();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_brute_force),
		cmocka_unit_test(one_by_one),
	};

	return cmocka_run_group_tests(tests, seed, NULL);
}
