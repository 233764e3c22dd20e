/* test_allocate.c: the strategies, on cases that can be done by hand. */
#include "../../src/plan/allocate.h"
#include "lib.h"

#define LAST "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"

static struct v6k_set *set_of(const char *text)
{
	struct v6k_list *list = v6k_list_new();
	struct v6k_set *set;

	while (*text) {
		size_t n = strcspn(text, " ");
		struct v6k_range r;

		assert_int_equal(v6k_range_parse(text, n, 0, &r, NULL), 0);
		assert_int_equal(v6k_list_add_range(list, r, V6K_NO_LABEL), 0);
		text += n + (text[n] == ' ');
	}
	assert_int_equal(v6k_set_freeze(list, 0, &set), 0);
	v6k_list_free(list);
	return set;
}

static const struct {
	const char *pool, *used;
	unsigned bits;
	enum allocate_strategy strategy;
	const char *want; /* the next ones, as many as stand here */
} rows[] = {
	{ "2001:db8::/32", "", 34, ALLOCATE_FIRST,
		"2001:db8::/34 2001:db8:4000::/34 2001:db8:8000::/34 2001:db8:c000::/34" },
	{ "2001:db8::/32", "2001:db8::/48", 34, ALLOCATE_FIRST, "2001:db8:4000::/34" },
	{ "2001:db8::/32", "2001:db8::/48", 48, ALLOCATE_FIRST, "2001:db8:1::/48 2001:db8:2::/48" },
	/* Of the blocks /48 at 1, /47 at 2, ... the smallest that holds it. */
	{ "2001:db8::/32", "2001:db8::/48", 47, ALLOCATE_BEST, "2001:db8:2::/47 2001:db8:4::/47" },
	{ "2001:db8::/32", "2001:db8::/48 2001:db8:ffff::/48", 48, ALLOCATE_BEST,
		"2001:db8:1::/48 2001:db8:fffe::/48 2001:db8:2::/48 2001:db8:3::/48 2001:db8:fffc::/48" },
	/* Each halves the largest block. */
	{ "2001:db8::/32", "", 48, ALLOCATE_SPARSE,
		"2001:db8::/48 2001:db8:8000::/48 2001:db8:4000::/48 2001:db8:c000::/48 "
		"2001:db8:2000::/48 2001:db8:6000::/48 2001:db8:a000::/48 2001:db8:e000::/48 "
		"2001:db8:1000::/48" },
	{ "2001:db8::/32", "2001:db8:8000::/33", 48, ALLOCATE_SPARSE,
		"2001:db8::/48 2001:db8:4000::/48" },
	{ "2001:db8::/32", "", 40, ALLOCATE_LEFTMOST,
		"2001:db8::/40 2001:db8:8000::/40 2001:db8:4000::/40 2001:db8:c000::/40 "
		"2001:db8:2000::/40 2001:db8:a000::/40 2001:db8:6000::/40" },
	{ "2001:db8::/32", "", 40, ALLOCATE_CENTERMOST,
		"2001:db8::/40 2001:db8:800::/40 2001:db8:1000::/40 2001:db8:1800::/40 "
		"2001:db8:400::/40 2001:db8:c00::/40" },
	{ "2001:db8::/32", "", 40, ALLOCATE_RIGHTMOST, "2001:db8::/40 2001:db8:100::/40" },
	/* What is used is passed over, however much of it there is. */
	{ "2001:db8::/32", "2001:db8::/33", 64, ALLOCATE_RIGHTMOST, "2001:db8:8000::/64" },
	{ "2001:db8::/32", "2001:db8::/33", 64, ALLOCATE_LEFTMOST,
		"2001:db8:8000::/64 2001:db8:c000::/64" },
	{ "2001:db8::/32", "2001:db8::/33", 64, ALLOCATE_CENTERMOST,
		"2001:db8:8000::/64 2001:db8:8000:8000::/64 2001:db8:8001::/64" },
	{ "2001:db8::/32", "2001:db8:8000:1::1", 40, ALLOCATE_LEFTMOST,
		"2001:db8::/40 2001:db8:4000::/40" },
	/* Pools that touch are one, others come in their turn. */
	{ "10.0.0.0/25 10.0.0.128/25", "", 24, ALLOCATE_FIRST, "10.0.0.0/24" },
	{ "10.0.2.0/25 10.0.0.0/25", "", 26, ALLOCATE_LEFTMOST,
		"10.0.0.0/26 10.0.0.64/26 10.0.2.0/26 10.0.2.64/26" },
	{ "10.0.2.0/25 10.0.0.0/26", "", 26, ALLOCATE_SPARSE,
		"10.0.2.0/26 10.0.0.0/26 10.0.2.64/26" },
	{ "10.0.0.1-10.0.0.6", "10.0.0.3", 31, ALLOCATE_FIRST, "10.0.0.4/31" },
	{ "10.0.0.1-10.0.0.6", "", 32, ALLOCATE_SPARSE, "10.0.0.2/32 10.0.0.4/32 10.0.0.1/32" },
	/* Both ends of both families. */
	{ "::/0", "", 128, ALLOCATE_FIRST, "::/128 ::1/128 ::2/128" },
	{ "::/0", "", 0, ALLOCATE_SPARSE, "::/0" },
	{ "::/0", "::/128", 1, ALLOCATE_FIRST, "8000::/1" },
	{ "::/0", "", 128, ALLOCATE_SPARSE, "::/128 8000::/128 4000::/128 c000::/128" },
	{ "::/0", "", 128, ALLOCATE_LEFTMOST, "::/128 8000::/128 4000::/128 c000::/128 2000::/128" },
	{ "::/0", "", 128, ALLOCATE_CENTERMOST, "::/128 ::8000:0:0:0/128 0:0:0:1::/128" },
	{ "::/0", "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", 128, ALLOCATE_LEFTMOST, LAST "/128" },
	{ LAST, "", 128, ALLOCATE_BEST, LAST "/128" },
	{ "0.0.0.0/0", "0.0.0.0-255.255.255.254", 32, ALLOCATE_CENTERMOST, "255.255.255.255/32" },
	{ "0.0.0.0/0", "", 0, ALLOCATE_BEST, "0.0.0.0/0" },
};

static void strategies(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct v6k_set *pool = set_of(rows[i].pool), *used = set_of(rows[i].used), *left;
		struct allocate a = { .pool = pool,
			.family = strchr(rows[i].pool, ':') ? V6K_IPV6 : V6K_IPV4,
			.bits = rows[i].bits,
			.strategy = rows[i].strategy };
		struct v6k_prefix out[16];
		char got[1024] = "";
		size_t n = 1;

		for (const char *blank = rows[i].want; (blank = strchr(blank, ' ')); blank++)
			n++;
		assert_int_equal(v6k_set_combine(pool, used, V6K_DIFFERENCE, &left), 0);
		a.free = left;
		assert_row(rows[i].want, allocate(&a, n, out) == 0);
		for (size_t k = 0; k < n; k++) {
			strcat(got, k ? " " : "");
			strcat(got, text_of_prefix(out[k]));
		}
		assert_row_text(rows[i].pool, got, rows[i].want);
		v6k_set_free(pool);
		v6k_set_free(used);
		v6k_set_free(left);
	}
}

static void room(void **state)
{
	static const struct {
		const char *vacant;
		unsigned family, bits;
		const char *want;
	} counts[] = {
		{ "", V6K_IPV6, 64, "0" },
		{ "::/0", V6K_IPV6, 128, "340282366920938463463374607431768211456" },
		{ "::/0", V6K_IPV4, 32, "0" },
		{ "::/0 0.0.0.0/0", V6K_IPV4, 32, "4294967296" },
		{ "::/0 0.0.0.0/0", V6K_IPV4, 33, "0" },
		{ "2001:db8::1-2001:db8::ffff", V6K_IPV6, 113, "1" },
		{ "2001:db8::1-2001:db8::ffff", V6K_IPV6, 127, "32767" },
		{ LAST, V6K_IPV6, 128, "1" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(counts); i++) {
		struct v6k_set *set = set_of(counts[i].vacant);
		struct allocate a = { set, set, counts[i].family, counts[i].bits, ALLOCATE_FIRST };

		assert_row_text(counts[i].vacant, text_of_count(allocate_room(&a)), counts[i].want);
		v6k_set_free(set);
	}
}

static void too_many(void **state)
{
	struct v6k_set *set = set_of("10.0.0.0/30 10.0.0.8");
	struct v6k_prefix out[8];

	(void)state;
	for (int strategy = ALLOCATE_FIRST; strategy <= ALLOCATE_RIGHTMOST; strategy++) {
		struct allocate a = { set, set, V6K_IPV4, 32, (enum allocate_strategy)strategy };

		assert_int_equal(allocate(&a, 0, NULL), 0);
		assert_int_equal(allocate(&a, 5, out), 0);
		assert_int_equal(allocate(&a, 6, out), V6K_EOVERFLOW);
		a.family = V6K_IPV6;
		assert_int_equal(allocate(&a, 1, out), V6K_EOVERFLOW);
	}
	v6k_set_free(set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strategies),
		cmocka_unit_test(room),
		cmocka_unit_test(too_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
