/* test_range.c: ranges and their minimal prefixes. */
#include "lib.h"

#define MAX6 "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"

static const struct {
	const char *first, *last;
	int e;
} made[] = {
	{ "::", "::", 0 },
	{ "::", MAX6, 0 },
	{ "0.0.0.0", "255.255.255.255", 0 },
	{ "::2", "::1", V6K_EORDER },
	{ "0:0:0:1::", "::ffff", V6K_EORDER },
	{ "192.0.2.2", "192.0.2.1", V6K_EORDER },
	{ "0.0.0.0", "::", V6K_EFAMILY },
	{ "::", "0.0.0.0", V6K_EFAMILY },
	{ "", "::", V6K_EINVAL },
	{ "::", "", V6K_EINVAL },
	{ "", "", V6K_EINVAL },
};

static void make(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(made); i++) {
		struct v6k_range kept = range("::5-::6"), out = kept;
		struct v6k_addr first = addr(made[i].first), last = addr(made[i].last);
		int e = v6k_range_make(first, last, &out);

		assert_row(made[i].first, e == made[i].e);
		if (e == 0) {
			assert_int_equal(v6k_addr_cmp(out.first, first), 0);
			assert_int_equal(v6k_addr_cmp(out.last, last), 0);
		} else {
			assert_memory_equal(&out, &kept, sizeof(out));
		}
	}
}

static const struct {
	const char *range, *prefixes, *count;
} rows[] = {
	{ "::", "::/128", "1" },
	{ MAX6, MAX6 "/128", "1" },
	{ "::/0", "::/0", "340282366920938463463374607431768211456" },
	{ "::-7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::/1",
		"170141183460469231731687303715884105728" },
	{ "::1-::2", "::1/128 ::2/128", "2" },
	{ "::2-::3", "::2/127", "2" }, /* iprange leaves ::2, ::3 unmerged */
	{ "2001:db8::1-2001:db8::5", "2001:db8::1/128 2001:db8::2/127 2001:db8::4/127", "5" },
	/* The middle of the number, where the words meet. */
	{ "::ffff:ffff:ffff:ffff-0:0:0:1::", "::ffff:ffff:ffff:ffff/128 0:0:0:1::/128", "2" },
	{ "::-0:0:0:1:ffff:ffff:ffff:ffff", "::/63", "36893488147419103232" },
	/* ipcalc-ng aborts on the first, and hangs on the second. */
	{ "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff0-" MAX6,
		"ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff0/124", "16" },
	{ "255.255.255.0-255.255.255.255", "255.255.255.0/24", "256" },
	{ "0.0.0.0/0", "0.0.0.0/0", "4294967296" },
	{ "0.0.0.0-255.255.255.254",
		"0.0.0.0/1 128.0.0.0/2 192.0.0.0/3 224.0.0.0/4 240.0.0.0/5 248.0.0.0/6 252.0.0.0/7 "
		"254.0.0.0/8 255.0.0.0/9 255.128.0.0/10 255.192.0.0/11 255.224.0.0/12 255.240.0.0/13 "
		"255.248.0.0/14 255.252.0.0/15 255.254.0.0/16 255.255.0.0/17 255.255.128.0/18 "
		"255.255.192.0/19 255.255.224.0/20 255.255.240.0/21 255.255.248.0/22 255.255.252.0/23 "
		"255.255.254.0/24 255.255.255.0/25 255.255.255.128/26 255.255.255.192/27 "
		"255.255.255.224/28 255.255.255.240/29 255.255.255.248/30 255.255.255.252/31 "
		"255.255.255.254/32",
		"4294967295" },
	{ "192.0.2.1-192.0.2.6", "192.0.2.1/32 192.0.2.2/31 192.0.2.4/31 192.0.2.6/32", "6" },
};

static void prefixes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct v6k_range r = range(rows[i].range), rest = r,
				 none = { .first = { .hi = 0 } };
		struct v6k_prefix p, kept = prefix("2001:db8:5::/48"), one = kept;
		char text[2000] = "";
		unsigned n = 0;
		int e;

		for (; v6k_range_pop(&rest, &p); n++) {
			strcat(text, n ? " " : "");
			strcat(text, text_of_prefix(p));
		}
		assert_row_text(rows[i].range, text, rows[i].prefixes);
		assert_memory_equal(&rest, &none, sizeof(rest));
		assert_row_text(rows[i].range, text_of_count(v6k_range_count(r)), rows[i].count);
		/* One prefix is a range that is one, both ways. */
		e = v6k_range_to_prefix(r, &one);
		assert_row(rows[i].range, e == (n == 1 ? 0 : V6K_ENOTPREFIX));
		assert_string_equal(text_of_prefix(one), text_of_prefix(n == 1 ? p : kept));
		if (n == 1) {
			rest = v6k_range_from_prefix(one);
			assert_memory_equal(&rest, &r, sizeof(r));
		}
	}
}

static void span(void **state)
{
	static const struct {
		const char *range, *span;
	} spans[] = {
		{ "::1-::1", "::1/128" },
		{ "::1-::2", "::/126" },
		{ "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::/0" },
		{ "7fff::-8000::", "::/0" },
		{ "2001:db8::-2001:db8:0:ffff:ffff:ffff:ffff:ffff", "2001:db8::/48" },
		{ "2001:db8::ffff:ffff:ffff:ffff-2001:db8:0:1::", "2001:db8::/63" },
		{ "192.0.2.1-192.0.2.1", "192.0.2.1/32" },
		{ "192.0.2.127-192.0.2.128", "192.0.2.0/24" },
		{ "127.255.255.255-128.0.0.0", "0.0.0.0/0" },
		{ "0.0.0.1-0.0.0.255", "0.0.0.0/24" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(spans); i++)
		assert_row_text(spans[i].range,
			text_of_prefix(v6k_range_span(range(spans[i].range))), spans[i].span);
}

static void nothing_to_pop(void **state)
{
	struct v6k_range none = { .first = { .hi = 0 } };
	struct v6k_prefix p = prefix("::1"), kept = p;

	(void)state;
	assert_int_equal(v6k_range_pop(&none, &p), 0);
	assert_int_equal(v6k_range_to_prefix(none, &p), V6K_ENOTPREFIX);
	assert_memory_equal(&p, &kept, sizeof(p));
}

/* The longest answers there are: all but the first and the last address. */
static void most_prefixes(void **state)
{
	struct v6k_range r = range("::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe");
	struct v6k_prefix p;
	unsigned n = 0;

	(void)state;
	while (v6k_range_pop(&r, &p))
		n++;
	assert_int_equal(n, 254);
	r = range("0.0.0.1-255.255.255.254");
	for (n = 0; v6k_range_pop(&r, &p); n++)
		;
	assert_int_equal(n, 62);
}

static const struct {
	const char *r, *q;
	int covers, overlaps;
} pairs[] = {
	{ "::5-::9", "::5-::9", 1, 1 },
	{ "::5-::9", "::6-::8", 1, 1 },
	{ "::5-::9", "::5", 1, 1 },
	{ "::5-::9", "::9", 1, 1 },
	{ "::5-::9", "::4", 0, 0 },
	{ "::5-::9", "::a", 0, 0 },
	{ "::5-::9", "::4-::5", 0, 1 },
	{ "::5-::9", "::9-::a", 0, 1 },
	{ "::5-::9", "::4-::a", 0, 1 },
	{ "::5-::9", "::a-::f", 0, 0 },
	{ "::/0", "::-" MAX6, 1, 1 },
	{ "::/0", "0.0.0.0/0", 0, 0 },
	{ "0.0.0.0/0", "255.255.255.255", 1, 1 },
};

static void hold(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct v6k_range r = range(pairs[i].r), q = range(pairs[i].q);

		assert_row(pairs[i].q, v6k_range_covers(r, q) == pairs[i].covers);
		assert_row(pairs[i].q, v6k_range_overlaps(r, q) == pairs[i].overlaps);
		assert_row(pairs[i].q, v6k_range_overlaps(q, r) == pairs[i].overlaps);
	}
	assert_int_equal(v6k_range_contains(range("::5-::9"), addr("::5")), 1);
	assert_int_equal(v6k_range_contains(range("::5-::9"), addr("::9")), 1);
	assert_int_equal(v6k_range_contains(range("::5-::9"), addr("::4")), 0);
	assert_int_equal(v6k_range_contains(range("::5-::9"), addr("::a")), 0);
	assert_int_equal(v6k_range_contains(range("::5-::9"), addr("0.0.0.6")), 0);
	assert_int_equal(v6k_range_contains(range("::/0"), addr("")), 0);
}

static const struct {
	const char *r;
	enum v6k_style style;
	const char *text;
	int e;
} formats[] = {
	{ "2001:db8::/127", V6K_CANONICAL, "2001:db8::-2001:db8::1", 0 },
	{ "::a-::b", V6K_UPPER, "::A-::B", 0 },
	{ "::1-::2", V6K_MIXED, "::0.0.0.1-::0.0.0.2", 0 },
	{ "192.0.2.1-192.0.2.2", V6K_FULL, "192.0.2.1-192.0.2.2", 0 },
	{ "::1-::2", V6K_FULL,
		"0000:0000:0000:0000:0000:0000:0000:0001-0000:0000:0000:0000:0000:0000:0000:0002",
		0 },
	{ "::1-::2", V6K_ARPA, NULL, V6K_ESTYLE },
	{ "::1-::2", V6K_BARE, NULL, V6K_ESTYLE },
	{ "::1-::2", V6K_INT, NULL, V6K_ESTYLE },
	{ "0.0.0.1-0.0.0.2", V6K_UNC, NULL, V6K_EFAMILY },
	{ "::1-::2", V6K_STYLES, NULL, V6K_EINVAL },
	{ "", V6K_CANONICAL, NULL, V6K_EINVAL },
};

static void format(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(formats); i++) {
		struct v6k_range r = range(formats[i].r);
		char buf[200];
		int n = formats[i].text ? (int)strlen(formats[i].text) : formats[i].e;

		memset(buf, 'x', sizeof(buf));
		assert_row(formats[i].r,
			v6k_range_format(r, formats[i].style, buf, sizeof(buf)) == n);
		if (n < 0) {
			assert_int_equal(buf[0], 'x');
			continue;
		}
		assert_memory_equal(buf, formats[i].text, (size_t)n);
		memset(buf, 'x', sizeof(buf));
		assert_int_equal(v6k_range_format(r, formats[i].style, buf, (size_t)n - 1),
			V6K_ENOSPC);
		assert_int_equal(buf[0], 'x');
		assert_int_equal(v6k_range_format(r, formats[i].style, buf, (size_t)n), n);
		assert_int_equal(buf[n], 'x');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(make),
		cmocka_unit_test(prefixes),
		cmocka_unit_test(span),
		cmocka_unit_test(nothing_to_pop),
		cmocka_unit_test(most_prefixes),
		cmocka_unit_test(hold),
		cmocka_unit_test(format),
	};

	return cmocka_run_group_tests_name("range", tests, NULL, NULL);
}
