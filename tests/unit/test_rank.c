/* test_rank.c: where keys are among words in order, as each tier of vector instructions says; and what
 * sets and tables of many entries answer in batches, beside what they answer one by one. */
#include <stdlib.h>

#include "../../src/core/dispatch.h"
#include "../../src/core/rank.h"
#include "random.h"

enum { MOST = 60000, ASKED = 4000 };

static int by_word(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Words that are far apart, near each other, alike, or at the ends. */
static void random_words(uint64_t *word, size_t n)
{
	unsigned kind = random_below(4);

	for (size_t i = 0; i < n; i++) {
		word[i] = kind == 0 ? random_word() :
			kind == 1   ? random_biased() :
			kind == 2   ? UINT64_C(0x20010db800000000) + random_below(3 * MOST) :
				      random_word() >> 60 << 60 | random_below(16);
		if (random_below(2000) == 0)
			word[i] = random_below(2) ? UINT64_MAX - random_below(2) : random_below(2);
	}
	qsort(word, n, sizeof(*word), by_word);
}

static uint64_t random_key(const uint64_t *word, size_t n)
{
	uint64_t near = n ? word[random_below((unsigned)n)] : 0;

	switch (random_below(6)) {
	case 0:
		return random_word();
	case 1:
		return random_below(2) ? UINT64_MAX : 0;
	default:
		return near + random_below(3) - 1;
	}
}

static size_t rank_of(const uint64_t *word, size_t n, uint64_t key)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (word[middle] <= key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void ask(const struct words *w, const uint64_t *all, size_t n, const char *name,
	void (*words_rank)(const struct words *w, const uint64_t *key, size_t n, size_t *rank))
{
	for (unsigned asked = 0; asked < ASKED; asked += BATCH) {
		uint64_t key[BATCH] = { 0 };
		size_t rank[BATCH], some = 1 + random_below(BATCH);

		for (size_t i = 0; i < some; i++)
			key[i] = random_key(all, n);
		words_rank(w, key, some, rank);
		for (size_t i = 0; i < some; i++)
			if (rank[i] != rank_of(all, n, key[i]))
				fail_msg("%s: %016" PRIx64 " among %zu words: %zu, want %zu", name,
					key[i], n, rank[i], rank_of(all, n, key[i]));
	}
}

/* Around sizes at which leaves and levels begin, wherever the words begin in a line of the cache. */
static void words(void **state)
{
	static const size_t sizes[] = { 0, 1, 2, 3, 7, 8, 9, 63, 64, 65, 71, 72, 73, 80, 81, 640,
		647, 648, 649, 1000, 5831, 5832, 5833, 6000, 52487, 52488, 52489, MOST };
	uint64_t *memory = aligned_alloc(64, (MOST + 8) * sizeof(*memory));
	uint32_t *row = calloc(MOST + 1, sizeof(*row));

	(void)state;
	assert_true(memory && row);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		for (unsigned skew = 0; skew < 8; skew++) {
			struct edges e = { .hi = memory + skew, .n = sizes[i] };
			const struct simd_tier *tier;
			struct words w;

			random_words(e.hi, e.n);
			/* With what is fetched for each rank, and without. */
			words_new(&e, skew & 1 ? row : NULL, &w);
			assert_true((w.node != NULL) == (e.n >= 64));
			ask(&w, e.hi, e.n, "few", words_rank_few);
			for (unsigned t = 0; w.node && (tier = simd_tier(t)) != NULL; t++)
				ask(&w, e.hi, e.n, tier->name, tier->words_rank);
			words_free(&w);
		}
	}
	free(memory);
	free(row);
}

/* Prefixes of both families, of all lengths or few, so that sets and tables are narrow and wide, and many
 * of them differ in the low word alone. */
static struct v6k_list *random_list(unsigned n, unsigned longest, unsigned alike)
{
	struct v6k_list *list = v6k_list_new();

	assert_non_null(list);
	for (uint32_t i = 0; i < n; i++) {
		unsigned family = random_below(4) ? V6K_IPV6 : V6K_IPV4;
		struct v6k_addr a = { .hi = random_word(),
			.lo = random_word(),
			.family = (uint8_t)family };
		unsigned width = v6k_family_bits(family), bits = width - random_below(width / 2);
		struct v6k_prefix p;

		if (family == V6K_IPV4)
			a.hi = 0, a.lo &= UINT32_MAX;
		else if (random_below(4) < alike)
			a.hi = UINT64_C(0x20010db800000000) | random_below(4);
		assert_int_equal(v6k_prefix_mask(a, bits > longest ? longest : bits, &p), 0);
		assert_int_equal(v6k_list_add_prefix(list, p, i), 0);
	}
	return list;
}

/* Where an entry begins or ends, or beside it; or anywhere, or no address at all. */
static struct v6k_addr random_question(const struct v6k_list *list)
{
	struct v6k_addr a = { .family = V6K_NONE };
	struct v6k_range r;

	if (random_below(50) == 0)
		return a;
	if (random_below(8) == 0)
		return random_addr();
	assert_int_equal(v6k_list_entry(list, random_below((unsigned)v6k_list_size(list)), &r,
				 NULL),
		0);
	a = random_below(2) ? r.first : r.last;
	if (random_below(2))
		v6k_addr_add(a, 0, random_below(3), &a);
	else
		v6k_addr_sub(a, 0, random_below(3), &a);
	return a;
}

/* v6k_set_covers and v6k_lpm_lookup_range find one place, by halving alone. */
static void check_batch(const struct v6k_list *list, const struct v6k_set *set,
	const struct v6k_lpm *lpm, const char *name)
{
	enum { MANY = 500 };
	static struct v6k_addr a[MANY];
	uint32_t rows[MANY + 1];
	uint8_t in[MANY + 1];
	unsigned n = random_below(8) ? random_below(MANY) : random_below(2) * BATCH;

	for (unsigned i = 0; i < n; i++)
		a[i] = random_question(list);
	in[n] = 7;
	rows[n] = 7;
	v6k_set_contains(set, a, n, in);
	v6k_lpm_lookup(lpm, a, n, rows);
	assert_true(in[n] == 7 && rows[n] == 7);
	for (unsigned i = 0; i < n; i++) {
		struct v6k_range r = { a[i], a[i] };

		if (in[i] != v6k_set_covers(set, r) || rows[i] != v6k_lpm_lookup_range(lpm, r))
			fail_msg("%s: %s: %d, row %" PRIu32, name, text_of_addr(a[i]), in[i],
				rows[i]);
		/* And both agree. */
		assert_int_equal(in[i], rows[i] != V6K_NO_ROW);
	}
}

static void batches(void **state)
{
	static const struct {
		unsigned n, longest, alike;
	} lists[] = {
		{ 10, 128, 0 },
		{ 100, 128, 4 },
		{ 300, 128, 4 },
		{ 20000, 56, 0 },
		{ 20000, 64, 1 },
		{ 20000, 128, 1 },
		{ 20000, 128, 4 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lists); i++) {
		struct v6k_list *list = random_list(lists[i].n, lists[i].longest, lists[i].alike);

		for (unsigned flags = 0; flags <= V6K_MATCH_MAPPED; flags++) {
			const struct simd_tier *tier;
			struct v6k_set *set;
			struct v6k_lpm *lpm;

			assert_int_equal(v6k_set_freeze(list, flags, &set), 0);
			assert_int_equal(v6k_lpm_freeze(list, flags, &lpm), 0);
			for (unsigned t = 0; (tier = simd_tier(t)) != NULL; t++) {
				assert_int_equal(simd_force(tier->name), 0);
				for (unsigned round = 0; round < 40; round++)
					check_batch(list, set, lpm, tier->name);
			}
			v6k_set_free(set);
			v6k_lpm_free(lpm);
		}
		v6k_list_free(list);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words),
		cmocka_unit_test(batches),
	};

	random_seed();
	return cmocka_run_group_tests_name("rank", tests, NULL, NULL);
}
