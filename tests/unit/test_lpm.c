/* test_lpm.c: longest-prefix match. Rows of a table are named by their labels: their places in the
 * list, as letters. */
#include "lib.h"

#define MAX6 "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"

static struct v6k_lpm *lpm_of(const char *text, unsigned flags)
{
	struct v6k_list *list = v6k_list_new();
	struct v6k_lpm *lpm = NULL;
	uint32_t label = 0;

	assert_non_null(list);
	while (*text) {
		size_t n = strcspn(text, " ");
		struct v6k_range r;

		assert_int_equal(v6k_range_parse(text, n, 0, &r, NULL), 0);
		assert_int_equal(v6k_list_add_range(list, r, label++), 0);
		text += n + (text[n] == ' ');
	}
	assert_int_equal(v6k_lpm_freeze(list, flags, &lpm), 0);
	v6k_list_free(list);
	return lpm;
}

/* The labels of a row and all wider ones, the longest first. */
static const char *chain(const struct v6k_lpm *lpm, uint32_t row)
{
	static char text[200];
	struct v6k_lpm_row r;
	size_t n = 0;

	for (; row != V6K_NO_ROW; row = r.wider) {
		assert_int_equal(v6k_lpm_row(lpm, row, &r), 0);
		assert_true(n < sizeof(text) - 1);
		text[n++] = (char)('a' + r.label);
	}
	text[n] = 0;
	return text;
}

static const struct {
	const char *list, *a, *match, *match_mapped;
} rows[] = {
	{ "", "::1", "", "" },
	{ "2001:db8::/32", "2001:db8::1", "a", "a" },
	{ "2001:db8::/32", "2001:db9::1", "", "" },
	{ "2001:db8::/32", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "", "" },
	{ "::/0 2001:db8::/32 2001:db8:5::/48", "2001:db8:5::1", "cba", "cba" },
	{ "::/0 2001:db8::/32 2001:db8:5::/48", "2001:db8:6::1", "ba", "ba" },
	{ "::/0 2001:db8::/32 2001:db8:5::/48", "2001:db9::", "a", "a" },
	{ "2001:db8:5::/48 2001:db8::/32 ::/0", "2001:db8:5::1", "abc", "abc" },
	/* A hole between two, and after the last one. */
	{ "2001:db8::/48 2001:db8:2::/48", "2001:db8:1::", "", "" },
	{ "::/1 8000::/1", MAX6, "b", "b" },
	{ "::/1 " MAX6, MAX6, "b", "b" },
	{ "8000::/1 " MAX6, MAX6, "ba", "ba" },
	/* Neighbours that end and begin at one place. */
	{ "10.0.0.0/8 10.0.0.0/9 10.128.0.0/9", "10.127.255.255", "ba", "ba" },
	{ "10.0.0.0/8 10.0.0.0/9 10.128.0.0/9", "10.128.0.0", "ca", "ca" },
	{ "10.0.0.0/8 10.0.0.0/9", "10.128.0.0", "a", "a" },
	{ "10.0.0.0/8 10.0.0.0/9", "11.0.0.0", "", "" },
	/* Of equal prefixes the first one in the list is the longest, the others follow. */
	{ "10.0.0.0/8 10.0.0.0/8 10.0.0.0/8", "10.1.1.1", "abc", "abc" },
	{ "10.0.0.0/8 0.0.0.0/0 10.0.0.0/8 10.1.0.0/16 10.1.0.0/16", "10.1.1.1", "deacb", "deacb" },
	{ "10.0.0.0/8 10.1.0.0/16 10.0.0.0/8", "10.2.0.0", "ac", "ac" },
	{ "::/0 ::/0", MAX6, "ab", "ab" },
	{ "0.0.0.0/0", "255.255.255.255", "a", "a" },
	{ "0.0.0.0/0 255.255.255.255 0.0.0.0", "255.255.255.255", "ba", "ba" },
	/* A range is its minimal prefixes. */
	{ "10.0.0.0/8 10.0.0.1-10.0.0.6", "10.0.0.6", "ba", "ba" },
	{ "10.0.0.0/8 10.0.0.1-10.0.0.6", "10.0.0.7", "a", "a" },
	{ "2001:db8::1-2001:db8::6 10.0.0.1-10.0.0.6", "10.0.0.6", "b", "b" },
	{ "2001:db8::1-2001:db8::6 10.0.0.1-10.0.0.6", "10.0.0.7", "", "" },
	{ "10.0.0.1-10.0.0.6 2001:db8::1-2001:db8::6", "2001:db8::6", "b", "b" },
	/* Ruling 17: mapped addresses are asked both ways; an IPv4 length counts 96 more. */
	{ "192.0.2.0/24", "::ffff:192.0.2.1", "", "a" },
	{ "::/0 192.0.2.0/24", "::ffff:192.0.2.1", "a", "ba" },
	{ "192.0.2.0/24 ::ffff:192.0.2.0/121", "::ffff:192.0.2.1", "b", "ba" },
	{ "192.0.2.0/25 ::ffff:192.0.2.0/120", "::ffff:192.0.2.1", "b", "ab" },
	{ "192.0.2.0/24 ::ffff:192.0.2.0/120", "::ffff:192.0.2.1", "b", "ab" },
	{ "::ffff:192.0.2.0/120 192.0.2.0/24", "::ffff:192.0.2.1", "a", "ab" },
	{ "::ffff:192.0.2.0/120", "192.0.2.1", "", "a" },
	{ "::ffff:10.0.0.1-::ffff:10.0.0.6", "10.0.0.6", "", "a" },
	{ "::ffff:10.0.0.1-::ffff:10.0.0.6", "10.0.0.7", "", "" },
	{ "10.0.0.1-10.0.0.6", "::ffff:10.0.0.6", "", "a" },
	{ "::ffff:192.0.2.0/120 192.0.2.0/25 0.0.0.0/0", "192.0.2.1", "bc", "bac" },
	{ "::/0", "192.0.2.1", "", "" },
	{ "::/95", "192.0.2.1", "", "" },
	{ "::ffff:0:0/96", "192.0.2.1", "", "a" },
	{ "0.0.0.0/0 ::/0 ::/64", "::ffff:1.2.3.4", "cb", "acb" },
	{ "0.0.0.0/0 ::/0", "::1.2.3.4", "b", "b" },
	{ "::/0", "", "", "" },
};

static void longest(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct v6k_lpm *strict = lpm_of(rows[i].list, 0);
		struct v6k_lpm *mapped = lpm_of(rows[i].list, V6K_MATCH_MAPPED);
		struct v6k_addr a = addr(rows[i].a);
		struct v6k_range r = { a, a };
		uint32_t row = 7;

		v6k_lpm_lookup(strict, &a, 1, &row);
		assert_row_text(rows[i].a, chain(strict, row), rows[i].match);
		assert_row(rows[i].a, v6k_lpm_lookup_range(strict, r) == row);
		v6k_lpm_lookup(mapped, &a, 1, &row);
		assert_row_text(rows[i].a, chain(mapped, row), rows[i].match_mapped);
		assert_row(rows[i].a, v6k_lpm_lookup_range(mapped, r) == row);
		v6k_lpm_free(strict);
		v6k_lpm_free(mapped);
	}
}

static const struct {
	const char *list, *range, *match;
} wide[] = {
	{ "::/0 2001:db8::/32 2001:db8::/48", "2001:db8::/48", "cba" },
	{ "::/0 2001:db8::/32 2001:db8::/48", "2001:db8::/47", "ba" },
	{ "::/0 2001:db8::/32 2001:db8::/48", "2001:db8::/31", "a" },
	{ "2001:db8::/32 2001:db8::/48", "2001:db8::/31", "" },
	{ "2001:db8::/32 2001:db8::/48", "2001:db8::-2001:db8:1::", "a" },
	{ "2001:db8::/33 2001:db8:8000::/33", "2001:db8::/32", "" }, /* no row holds all of it */
	{ "::/0", "::/0", "a" },
	{ "::/0", "0.0.0.0/0", "" },
	{ "10.0.0.0/8 10.0.0.0/8", "10.1.0.0/16", "ab" },
	{ "0.0.0.0/0", "255.255.255.255", "a" },
};

static void longest_of_range(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(wide); i++) {
		struct v6k_lpm *lpm = lpm_of(wide[i].list, 0);

		assert_row_text(wide[i].range, chain(lpm, v6k_lpm_lookup_range(lpm, range(wide[i].range))),
			wide[i].match);
		v6k_lpm_free(lpm);
	}
}

/* Rows are printed as the list had them, mapped or not. */
static void row_values(void **state)
{
	struct v6k_lpm *lpm = lpm_of("192.0.2.0/24 ::ffff:10.0.0.0/104 2001:db8::/32",
		V6K_MATCH_MAPPED);
	struct v6k_addr a[] = { addr("::ffff:192.0.2.1"), addr("192.0.2.1"), addr("10.1.1.1"),
		addr("::ffff:10.1.1.1"), addr("2001:db8::1"), addr("::1"), addr("") };
	static const char *const want[] = { "192.0.2.0/24", "192.0.2.0/24", "::ffff:10.0.0.0/104",
		"::ffff:10.0.0.0/104", "2001:db8::/32" };
	uint32_t found[8];
	struct v6k_lpm_row r, kept;

	(void)state;
	found[7] = 7;
	v6k_lpm_lookup(lpm, a, COUNT(a), found);
	for (size_t i = 0; i < COUNT(want); i++) {
		assert_int_equal(v6k_lpm_row(lpm, found[i], &r), 0);
		assert_string_equal(text_of_prefix(r.prefix), want[i]);
	}
	assert_int_equal(found[5], V6K_NO_ROW);
	assert_int_equal(found[6], V6K_NO_ROW);
	assert_int_equal(found[7], 7);
	kept = r;
	assert_int_equal(v6k_lpm_row(lpm, 5, &r), V6K_EINVAL); /* three rows and two twins */
	assert_int_equal(v6k_lpm_row(lpm, V6K_NO_ROW, &r), V6K_EINVAL);
	assert_memory_equal(&r, &kept, sizeof(r));
	v6k_lpm_free(lpm);
	v6k_lpm_free(NULL);
}

/* Rows by family, network and length; those inside a range are neighbours. */
static void rows_inside(void **state)
{
	static const struct {
		const char *range, *labels;
	} asked[] = {
		{ "::/0", "gcdbe" },
		{ "2001:db8::/32", "cdb" },
		{ "2001:db8::/48", "cd" },
		{ "2001:db8:1::/48", "b" },
		{ "2001:db8:2::/48", "" },
		{ "2001:db9::-2001:dbf::", "" },
		{ "0.0.0.0/0", "fa" },
		{ "10.0.0.0/8", "a" },
		{ "10.0.0.1-255.255.255.255", "" },
		{ MAX6, "e" },
	};
	struct v6k_lpm *lpm = lpm_of("10.0.0.0/8 2001:db8:1::/48 2001:db8::/32 2001:db8::/48 " MAX6
				     " 0.0.0.0/0 ::/0",
		0);
	uint32_t first = 7;

	(void)state;
	for (size_t i = 0; i < COUNT(asked); i++) {
		uint32_t n = v6k_lpm_rows_inside(lpm, range(asked[i].range), &first);
		char labels[16] = "";

		for (uint32_t j = 0; j < n; j++) {
			struct v6k_lpm_row r;

			assert_int_equal(v6k_lpm_row(lpm, first + j, &r), 0);
			labels[j] = (char)('a' + r.label);
		}
		assert_row_text(asked[i].range, labels, asked[i].labels);
	}
	assert_int_equal(v6k_lpm_rows_inside(lpm, range(""), &first), 0);
	v6k_lpm_free(lpm);
}

/* A chain of all lengths: as deep as it gets. */
static void deepest(void **state)
{
	struct v6k_list *list = v6k_list_new();
	struct v6k_addr ones = addr(MAX6), ask[129];
	struct v6k_lpm *lpm;
	uint32_t found[129];

	(void)state;
	for (unsigned bits = 0; bits <= 128; bits++) {
		struct v6k_prefix p;

		assert_int_equal(v6k_prefix_mask(ones, bits, &p), 0);
		assert_int_equal(v6k_list_add_prefix(list, p, bits), 0);
		assert_int_equal(v6k_list_add_prefix(list, p, 1000 + bits), 0);
		/* An address that no longer one holds. */
		ask[bits] = v6k_prefix_first(p);
	}
	assert_int_equal(v6k_lpm_freeze(list, 0, &lpm), 0);
	v6k_lpm_lookup(lpm, ask, 129, found);
	for (unsigned bits = 0; bits <= 128; bits++) {
		struct v6k_lpm_row r;
		unsigned depth = 0;

		assert_int_equal(v6k_lpm_row(lpm, found[bits], &r), 0);
		assert_int_equal(r.label, bits);
		assert_int_equal(r.prefix.bits, bits);
		for (; r.wider != V6K_NO_ROW; depth++)
			assert_int_equal(v6k_lpm_row(lpm, r.wider, &r), 0);
		assert_int_equal(depth, 2 * bits + 1);
	}
	v6k_lpm_free(lpm);
	v6k_list_free(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(longest),
		cmocka_unit_test(longest_of_range),
		cmocka_unit_test(row_values),
		cmocka_unit_test(rows_inside),
		cmocka_unit_test(deepest),
	};

	return cmocka_run_group_tests_name("lpm", tests, NULL, NULL);
}
