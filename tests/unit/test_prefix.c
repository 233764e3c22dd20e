/* test_prefix.c: prefixes and what can be asked of them. */
#include "lib.h"

#define MAX6 "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"

static const struct {
	const char *a;
	unsigned bits;
	int make;         /* what v6k_prefix_make says */
	const char *mask; /* what v6k_prefix_mask makes; "" for V6K_EINVAL */
	const char *last;
} rows[] = {
	{ "::", 0, 0, "::/0", MAX6 },
	{ "::1", 0, V6K_EHOSTBITS, "::/0", MAX6 },
	{ MAX6, 0, V6K_EHOSTBITS, "::/0", MAX6 },
	{ MAX6, 1, V6K_EHOSTBITS, "8000::/1", MAX6 },
	{ MAX6, 128, 0, MAX6 "/128", MAX6 },
	{ MAX6, 127, V6K_EHOSTBITS, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127", MAX6 },
	{ "2001:db8::", 32, 0, "2001:db8::/32", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff" },
	{ "2001:db8::1", 64, V6K_EHOSTBITS, "2001:db8::/64", "2001:db8::ffff:ffff:ffff:ffff" },
	{ "2001:db8:0:1::", 63, V6K_EHOSTBITS, "2001:db8::/63",
		"2001:db8:0:1:ffff:ffff:ffff:ffff" },
	{ "2001:db8::8000:0:0:0", 65, 0, "2001:db8:0:0:8000::/65",
		"2001:db8::ffff:ffff:ffff:ffff" },
	{ "::", 128, 0, "::/128", "::" },
	{ "::", 129, V6K_EINVAL, "", "" },
	{ "::", 4294967295u, V6K_EINVAL, "", "" },
	{ "0.0.0.0", 0, 0, "0.0.0.0/0", "255.255.255.255" },
	{ "255.255.255.255", 0, V6K_EHOSTBITS, "0.0.0.0/0", "255.255.255.255" },
	{ "192.0.2.1", 24, V6K_EHOSTBITS, "192.0.2.0/24", "192.0.2.255" },
	{ "192.0.2.0", 31, 0, "192.0.2.0/31", "192.0.2.1" },
	{ "192.0.2.1", 32, 0, "192.0.2.1/32", "192.0.2.1" },
	{ "192.0.2.0", 33, V6K_EINVAL, "", "" },
	{ "192.0.2.0", 128, V6K_EINVAL, "", "" },
	{ "", 0, V6K_EINVAL, "", "" },
};

static void make_and_mask(void **state)
{
	static const uint8_t zero[6];

	(void)state;
	assert_int_equal(sizeof(struct v6k_prefix), 24);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct v6k_prefix kept = prefix("2001:db8:5::/48"), made = kept, masked = kept;
		struct v6k_addr a = addr(rows[i].a), b;
		int e = v6k_prefix_mask(a, rows[i].bits, &masked);

		assert_row(rows[i].a, v6k_prefix_make(a, rows[i].bits, &made) == rows[i].make);
		if (rows[i].make)
			assert_memory_equal(&made, &kept, sizeof(made));
		if (*rows[i].mask == 0) {
			assert_int_equal(e, V6K_EINVAL);
			assert_memory_equal(&masked, &kept, sizeof(masked));
			continue;
		}
		assert_int_equal(e, 0);
		assert_row_text(rows[i].a, text_of_prefix(masked), rows[i].mask);
		assert_memory_equal(masked.reserved, zero, sizeof(zero));
		if (rows[i].make == 0)
			assert_memory_equal(&made, &masked, sizeof(made));
		assert_row_text(rows[i].mask, text_of_addr(v6k_prefix_last(masked)), rows[i].last);
		b = v6k_prefix_first(masked);
		assert_true(b.hi == masked.hi && b.lo == masked.lo && b.family == a.family);
	}
}

/* How p and q lie: '=' the same, '>' p holds q, '<' the reverse, ' ' neither. */
static const struct {
	const char *p;
	char how;
	const char *q;
} pairs[] = {
	{ "2001:db8::/32", '=', "2001:db8::/32" },
	{ "2001:db8::/32", '>', "2001:db8::/33" },
	{ "2001:db8::/32", '>', "2001:db8:8000::/33" },
	{ "2001:db8::/32", '>', "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff/128" },
	{ "2001:db8::/32", ' ', "2001:db9::/32" },
	{ "2001:db8::/32", ' ', "2001:db9::/128" },
	{ "2001:db8::/33", ' ', "2001:db8:8000::/33" },
	{ "::/0", '>', "::/1" },
	{ "::/0", '>', MAX6 "/128" },
	{ "::/64", '>', "::/65" },
	{ "::/64", '>', "0:0:0:0:8000::/65" },
	{ "::/64", ' ', "0:0:0:1::/64" },
	{ "0.0.0.0/0", '>', "255.255.255.255/32" },
	{ "10.0.0.0/8", '>', "10.255.255.255/32" },
	{ "10.0.0.0/8", ' ', "11.0.0.0/32" },
	/* Families never mix, whatever the number. */
	{ "::/0", ' ', "0.0.0.0/0" },
	{ "::/0", ' ', "192.0.2.1/32" },
	{ "::ffff:192.0.2.0/120", ' ', "192.0.2.0/24" },
	{ "::192.0.2.0/120", ' ', "192.0.2.0/24" },
};

static void hold(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct v6k_prefix p = prefix(pairs[i].p), q = prefix(pairs[i].q);
		char how = pairs[i].how;

		assert_row(pairs[i].q, v6k_prefix_covers(p, q) == (how == '=' || how == '>'));
		assert_row(pairs[i].q, v6k_prefix_covers(q, p) == (how == '='));
		assert_row(pairs[i].q, v6k_prefix_overlaps(p, q) == (how != ' '));
		assert_row(pairs[i].q, v6k_prefix_overlaps(q, p) == (how != ' '));
		assert_row(pairs[i].q, v6k_prefix_contains(p, v6k_prefix_first(q)) == (how != ' '));
		assert_row(pairs[i].q, v6k_prefix_contains(p, v6k_prefix_last(q)) == (how != ' '));
	}
	assert_int_equal(v6k_prefix_contains(prefix("::/0"), addr("")), 0);
	assert_int_equal(v6k_prefix_contains(prefix(""), addr("")), 0);
	assert_int_equal(v6k_prefix_covers(prefix(""), prefix("")), 0);
}

static void order(void **state)
{
	/* Ruling 18: IPv4 before IPv6, then network, then length. */
	static const char *const sorted[] = { "0.0.0.0/0", "0.0.0.0/32", "10.0.0.0/8", "10.0.0.0/9",
		"10.128.0.0/9", "255.255.255.255/32", "::/0", "::/1", "::/128", "::1/128",
		"2001:db8::/32", "2001:db8::/48", "8000::/1", MAX6 "/128" };

	(void)state;
	for (size_t i = 0; i < COUNT(sorted); i++) {
		for (size_t j = 0; j < COUNT(sorted); j++) {
			int got = v6k_prefix_cmp(prefix(sorted[i]), prefix(sorted[j]));

			assert_int_equal((got > 0) - (got < 0), (i > j) - (i < j));
		}
	}
}

static const struct {
	const char *p;
	unsigned bits;
	uint64_t hi, lo;
	int e;
	const char *child;
} children[] = {
	{ "2001:db8::/32", 48, 0, 0, 0, "2001:db8::/48" },
	{ "2001:db8::/32", 48, 0, 1, 0, "2001:db8:1::/48" },
	{ "2001:db8::/32", 48, 0, 65535, 0, "2001:db8:ffff::/48" },
	{ "2001:db8::/32", 48, 0, 65536, V6K_EOVERFLOW, "" },
	{ "2001:db8::/32", 48, 1, 0, V6K_EOVERFLOW, "" },
	{ "2001:db8::/32", 32, 0, 0, 0, "2001:db8::/32" },
	{ "2001:db8::/32", 32, 0, 1, V6K_EOVERFLOW, "" },
	{ "2001:db8::/32", 31, 0, 0, V6K_EINVAL, "" },
	{ "2001:db8::/32", 129, 0, 0, V6K_EINVAL, "" },
	{ "::/0", 128, UINT64_MAX, UINT64_MAX, 0, MAX6 "/128" },
	{ "::/0", 128, 1, 2, 0, "::1:0:0:0:2/128" },
	{ "::/0", 64, 0, UINT64_MAX, 0, "ffff:ffff:ffff:ffff::/64" },
	{ "::/0", 64, 1, 0, V6K_EOVERFLOW, "" },
	{ "::/0", 0, 0, 0, 0, "::/0" },
	{ "::/1", 128, UINT64_C(1) << 63, 0, V6K_EOVERFLOW, "" },
	{ "192.0.2.0/24", 32, 0, 255, 0, "192.0.2.255/32" },
	{ "192.0.2.0/24", 32, 0, 256, V6K_EOVERFLOW, "" },
	{ "0.0.0.0/0", 32, 0, 0xffffffff, 0, "255.255.255.255/32" },
	{ "0.0.0.0/0", 32, 0, UINT64_C(1) << 32, V6K_EOVERFLOW, "" },
	{ "0.0.0.0/0", 33, 0, 0, V6K_EINVAL, "" },
	{ "", 0, 0, 0, V6K_EINVAL, "" },
};

static void child_and_parent(void **state)
{
	struct v6k_prefix kept = prefix("2001:db8:5::/48"), out = kept;

	(void)state;
	for (size_t i = 0; i < COUNT(children); i++) {
		struct v6k_prefix p = prefix(children[i].p);
		int e = v6k_prefix_child(p, children[i].bits, children[i].hi, children[i].lo, &out);

		assert_row(children[i].p, e == children[i].e);
		if (e) {
			assert_memory_equal(&out, &kept, sizeof(out));
			continue;
		}
		assert_row_text(children[i].p, text_of_prefix(out), children[i].child);
		assert_int_equal(v6k_prefix_parent(out, p.bits, &out), 0);
		assert_memory_equal(&out, &p, sizeof(out));
		out = kept;
	}
	assert_int_equal(v6k_prefix_parent(prefix("2001:db8::/32"), 33, &out), V6K_EINVAL);
	assert_int_equal(v6k_prefix_parent(prefix(""), 0, &out), V6K_EINVAL);
	assert_memory_equal(&out, &kept, sizeof(out));
	assert_int_equal(v6k_prefix_parent(prefix("2001:db8::/32"), 32, &out), 0);
	assert_string_equal(text_of_prefix(out), "2001:db8::/32");
	assert_int_equal(v6k_prefix_parent(prefix("2001:db8::/32"), 20, &out), 0);
	assert_string_equal(text_of_prefix(out), "2001::/20");
	assert_int_equal(v6k_prefix_parent(prefix("255.255.255.255/32"), 0, &out), 0);
	assert_string_equal(text_of_prefix(out), "0.0.0.0/0");
}

static const struct {
	const char *p;
	unsigned bits;
	const char *count;
} counts[] = {
	{ "::/0", 128, "340282366920938463463374607431768211456" },
	{ "::/0", 64, "18446744073709551616" },
	{ "::/0", 0, "1" },
	{ "::/64", 128, "18446744073709551616" },
	{ "2001:db8::/32", 64, "4294967296" },
	{ "2001:db8::/32", 31, "0" },
	{ "2001:db8::/32", 129, "0" },
	{ "2001:db8::/127", 128, "2" }, /* ripcalc lists one */
	{ "::1/128", 128, "1" },
	{ "::1/128", 64, "0" },
	{ "0.0.0.0/0", 32, "4294967296" },
	{ "0.0.0.0/0", 33, "0" },
	{ "192.0.2.0/24", 32, "256" },
	{ "192.0.2.0/31", 32, "2" }, /* RFC 3021: no broadcast in it */
	{ "192.0.2.0/24", 26, "4" },
	{ "192.0.2.1/32", 32, "1" },
	{ "", 0, "0" },
};

static void count(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(counts); i++) {
		struct v6k_prefix p = prefix(counts[i].p);
		struct v6k_count n = v6k_prefix_count_children(p, counts[i].bits);

		assert_row_text(counts[i].p, text_of_count(n), counts[i].count);
		if (counts[i].bits == v6k_family_bits(p.family))
			assert_int_equal(v6k_count_cmp(n, v6k_prefix_count(p)), 0);
	}
	assert_string_equal(text_of_count(v6k_prefix_count(prefix(""))), "0");
}

static const struct {
	const char *mapped, *v4; /* "" where there is none */
} mapped_rows[] = {
	{ "::ffff:0.0.0.0/96", "0.0.0.0/0" },
	{ "::ffff:192.0.2.0/120", "192.0.2.0/24" },
	{ "::ffff:192.0.2.1/128", "192.0.2.1/32" },
	{ "::/0", "" },
	{ "::/95", "" },
	{ "::fffe:0:0/95", "" },
	{ "::fffe:0:0/96", "" },
	{ "::/96", "" },
	{ "2001:db8::/96", "" },
};

static void mapped(void **state)
{
	struct v6k_prefix kept = prefix("2001:db8:5::/48");

	(void)state;
	for (size_t i = 0; i < COUNT(mapped_rows); i++) {
		struct v6k_prefix p = prefix(mapped_rows[i].mapped), out = kept;
		int is = *mapped_rows[i].v4 != 0;

		assert_row(mapped_rows[i].mapped,
			v6k_prefix_unmap(p, &out) == (is ? 0 : V6K_EFAMILY));
		if (!is) {
			assert_memory_equal(&out, &kept, sizeof(out));
			continue;
		}
		assert_row_text(mapped_rows[i].mapped, text_of_prefix(out), mapped_rows[i].v4);
		assert_int_equal(v6k_prefix_map(out, &out), 0);
		assert_memory_equal(&out, &p, sizeof(out));
	}
	assert_int_equal(v6k_prefix_unmap(prefix("0.0.0.0/0"), &kept), V6K_EFAMILY);
	assert_int_equal(v6k_prefix_map(prefix("::/0"), &kept), V6K_EFAMILY);
	assert_int_equal(v6k_prefix_map(prefix(""), &kept), V6K_EFAMILY);
	assert_string_equal(text_of_prefix(kept), "2001:db8:5::/48");
}

static const struct {
	const char *p;
	const char *scope; /* "" when its addresses have several */
} scopes[] = {
	{ "2001:db8::/32", "global" },
	{ "fe80::/10", "link-local" },
	{ "fe80::/64", "link-local" },
	{ "fe80::/9", "" },
	{ "fec0::/10", "site-local" },
	{ "fc00::/7", "global" },
	{ "fd00::/8", "global" },
	{ "ff00::/8", "" },
	{ "ff00::/12", "" },
	{ "ff00::/15", "" },
	{ "ff02::/15", "" },
	{ "ff02::/16", "link-local" },
	{ "ff3e::/16", "global" },
	{ "::/0", "" },
	{ "::/1", "" },
	{ "8000::/1", "" },
	{ "2000::/3", "global" },
	{ "::/127", "" },
	{ "::/128", "unspecified" },
	{ "::1/128", "loopback" },
	{ "::2/127", "global" },
	{ "::ffff:0.0.0.0/96", "" },
	{ "::ffff:127.0.0.0/104", "loopback" },
	{ "::ffff:8.0.0.0/104", "global" },
	{ "0.0.0.0/0", "" },
	{ "0.0.0.0/8", "" },
	{ "10.0.0.0/8", "global" },
	{ "127.0.0.0/8", "loopback" },
	{ "126.0.0.0/7", "" },
	{ "169.254.0.0/16", "link-local" },
	{ "169.0.0.0/8", "" },
	{ "224.0.0.0/4", "" },
	{ "224.0.0.0/24", "link-local" },
	{ "239.192.0.0/14", "organization-local" },
	{ "239.255.0.0/16", "site-local" },
	{ "240.0.0.0/4", "global" },
};

static void scope(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(scopes); i++) {
		enum v6k_scope got = V6K_SCOPE_ADMIN;
		int e = v6k_prefix_scope(prefix(scopes[i].p), &got);

		if (*scopes[i].scope == 0) {
			assert_row(scopes[i].p, e == V6K_EINVAL && got == V6K_SCOPE_ADMIN);
			continue;
		}
		assert_row(scopes[i].p, e == 0);
		assert_row_text(scopes[i].p, v6k_scope_text(got), scopes[i].scope);
	}
	assert_int_equal(v6k_prefix_scope(prefix(""), NULL), V6K_EINVAL);
}

static const struct {
	const char *p;
	enum v6k_style style;
	const char *text; /* null for the error */
	int e;
} formats[] = {
	{ "2001:db8::/32", V6K_CANONICAL, "2001:db8::/32", 0 },
	{ "2001:db8::/32", V6K_FULL, "2001:0db8:0000:0000:0000:0000:0000:0000/32", 0 },
	{ "2001:db8::/32", V6K_UPPER, "2001:DB8::/32", 0 },
	{ "64:ff9b::/96", V6K_MIXED, "64:ff9b::0.0.0.0/96", 0 },
	{ "2001:db8::/32", V6K_ARPA, "8.b.d.0.1.0.0.2.ip6.arpa", 0 },
	{ "::/0", V6K_ARPA, "ip6.arpa", 0 },
	{ "0.0.0.0/0", V6K_ARPA, "in-addr.arpa", 0 },
	{ "192.0.2.0/24", V6K_ARPA, "2.0.192.in-addr.arpa", 0 },
	{ "192.0.2.0/24", V6K_CANONICAL, "192.0.2.0/24", 0 },
	{ "192.0.2.1/32", V6K_CANONICAL, "192.0.2.1/32", 0 },
	{ "::1/128", V6K_CANONICAL, "::1/128", 0 },
	{ MAX6 "/128", V6K_CANONICAL, MAX6 "/128", 0 },
	{ "2001:db8::/49", V6K_ARPA, NULL, V6K_ENIBBLE },
	{ "192.0.2.0/28", V6K_ARPA, NULL, V6K_ENIBBLE },
	{ "2001:db8::/32", V6K_BARE, NULL, V6K_ESTYLE },
	{ "2001:db8::/32", V6K_HEX, NULL, V6K_ESTYLE },
	{ "2001:db8::/32", V6K_INT, NULL, V6K_ESTYLE },
	{ "2001:db8::/32", V6K_BITS, NULL, V6K_ESTYLE },
	{ "2001:db8::/32", V6K_URI, NULL, V6K_ESTYLE },
	{ "2001:db8::/32", V6K_SMTP, NULL, V6K_ESTYLE },
	{ "2001:db8::/32", V6K_SENDMAIL, NULL, V6K_ESTYLE },
	{ "2001:db8::/32", V6K_UNC, NULL, V6K_ESTYLE },
	{ "2001:db8::/32", V6K_BASE85, NULL, V6K_ESTYLE },
	{ "2001:db8::/32", V6K_CINIT, NULL, V6K_ESTYLE },
	{ "2001:db8::/32", V6K_ACCESS, NULL, V6K_ESTYLE },
	{ "2001:db8::/32", V6K_STYLES, NULL, V6K_EINVAL },
	{ "192.0.2.0/24", V6K_UNC, NULL, V6K_EFAMILY },
	{ "192.0.2.0/24", V6K_BASE85, NULL, V6K_EFAMILY },
	{ "", V6K_CANONICAL, NULL, V6K_EINVAL },
};

static void format(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(formats); i++) {
		struct v6k_prefix p = prefix(formats[i].p);
		char buf[200];
		int n = formats[i].text ? (int)strlen(formats[i].text) : formats[i].e;

		memset(buf, 'x', sizeof(buf));
		assert_row(formats[i].p,
			v6k_prefix_format(p, formats[i].style, buf, sizeof(buf)) == n);
		if (n < 0) {
			assert_int_equal(buf[0], 'x');
			continue;
		}
		assert_memory_equal(buf, formats[i].text, (size_t)n);
		/* One byte too few, and just enough. */
		memset(buf, 'x', sizeof(buf));
		assert_int_equal(v6k_prefix_format(p, formats[i].style, buf, (size_t)n - 1),
			V6K_ENOSPC);
		assert_int_equal(buf[0], 'x');
		assert_int_equal(v6k_prefix_format(p, formats[i].style, buf, (size_t)n), n);
		assert_int_equal(buf[n], 'x');
	}
}

static const struct {
	const char *p;
	uint64_t hi, lo;
	const char *next, *prev; /* "" is V6K_EOVERFLOW */
} neighbours[] = {
	{ "2001:db8::/32", 0, 0, "2001:db8::/32", "2001:db8::/32" },
	{ "2001:db8::/32", 0, 1, "2001:db9::/32", "2001:db7::/32" },
	{ "2001:db8::/48", 0, 1, "2001:db8:1::/48", "2001:db7:ffff::/48" },
	{ "::/128", UINT64_MAX, UINT64_MAX, MAX6 "/128", "" },
	{ "::1/128", UINT64_MAX, UINT64_MAX, "", "" },
	{ MAX6 "/128", UINT64_MAX, UINT64_MAX, "", "::/128" },
	{ MAX6 "/128", 0, 1, "", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/128" },
	{ "::/64", 0, UINT64_MAX, "ffff:ffff:ffff:ffff::/64", "" },
	{ "::/64", 1, 0, "", "" },
	{ "0:0:0:1::/64", 0, UINT64_MAX, "", "" },
	{ "::/65", 1, 0, "8000::/65", "" },
	{ "8000::/1", 0, 1, "", "::/1" },
	{ "::/1", 0, 1, "8000::/1", "" },
	{ "::/1", 0, 2, "", "" },
	{ "::/0", 0, 0, "::/0", "::/0" },
	{ "::/0", 0, 1, "", "" },
	{ "::/0", UINT64_MAX, UINT64_MAX, "", "" },
	{ "0.0.0.0/0", 0, 0, "0.0.0.0/0", "0.0.0.0/0" },
	{ "0.0.0.0/0", 0, 1, "", "" },
	{ "10.0.0.0/8", 0, 1, "11.0.0.0/8", "9.0.0.0/8" },
	{ "10.0.0.0/8", 0, 245, "255.0.0.0/8", "" },
	{ "10.0.0.0/8", 0, 246, "", "" },
	{ "0.0.0.0/32", 0, UINT32_MAX, "255.255.255.255/32", "" },
	{ "0.0.0.0/32", 0, UINT64_C(1) << 32, "", "" },
	{ "0.0.0.1/32", 0, UINT32_MAX, "", "" },
	{ "0.0.0.0/32", 1, 0, "", "" },
	{ "255.255.255.255/32", 0, 1, "", "255.255.255.254/32" },
	{ "255.255.255.254/31", 0, UINT32_MAX / 2, "", "0.0.0.0/31" },
};

static void next_and_prev(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(neighbours); i++) {
		const char *name = neighbours[i].p;
		struct v6k_prefix p = prefix(name), kept = prefix("2001:db8:5::/48"), out = kept;
		int e = v6k_prefix_next(p, neighbours[i].hi, neighbours[i].lo, &out);

		assert_row(name, e == (*neighbours[i].next ? 0 : V6K_EOVERFLOW));
		assert_row_text(name, text_of_prefix(out),
			*neighbours[i].next ? neighbours[i].next : text_of_prefix(kept));
		out = kept;
		e = v6k_prefix_prev(p, neighbours[i].hi, neighbours[i].lo, &out);
		assert_row(name, e == (*neighbours[i].prev ? 0 : V6K_EOVERFLOW));
		assert_row_text(name, text_of_prefix(out),
			*neighbours[i].prev ? neighbours[i].prev : text_of_prefix(kept));
	}
	assert_int_equal(v6k_prefix_next(prefix(""), 0, 0, NULL), V6K_EINVAL);
	assert_int_equal(v6k_prefix_prev(prefix(""), 0, 0, NULL), V6K_EINVAL);
}

/* RFC 3531 sections 3.1 to 3.3, eight bits, and an odd width. */
static const struct {
	enum v6k_order order;
	unsigned bits;
	uint8_t number[9];
} orders[] = {
	{ V6K_ORDER_NUMBER, 8, { 0, 1, 2, 3, 4, 5, 6, 7, 8 } },
	{ V6K_ORDER_RFC3531_LEFT, 8, { 0x00, 0x80, 0x40, 0xc0, 0x20, 0xa0, 0x60, 0xe0, 0x10 } },
	{ V6K_ORDER_RFC3531_RIGHT, 8, { 0, 1, 2, 3, 4, 5, 6, 7, 8 } },
	{ V6K_ORDER_RFC3531_CENTER, 8, { 0x00, 0x08, 0x10, 0x18, 0x04, 0x0c, 0x14, 0x1c, 0x20 } },
	{ V6K_ORDER_RFC3531_CENTER, 5, { 0x00, 0x04, 0x08, 0x0c, 0x02, 0x06, 0x0a, 0x0e, 0x10 } },
};

static void order_of_children(void **state)
{
	uint64_t hi, lo;

	(void)state;
	for (size_t i = 0; i < COUNT(orders); i++) {
		for (uint64_t j = 0; j < 9; j++) {
			hi = 0;
			lo = j;
			assert_int_equal(v6k_order_apply(orders[i].order, orders[i].bits, &hi, &lo),
				0);
			assert_true(hi == 0 && lo == orders[i].number[j]);
		}
	}
	/* Each order of each width is a permutation, and of 128 bits the last is the last. */
	for (unsigned order = 0; order < 4; order++) {
		for (unsigned bits = 0; bits <= 10; bits++) {
			uint8_t seen[1024] = { 0 };

			for (uint64_t j = 0; j < UINT64_C(1) << bits; j++) {
				hi = 0;
				lo = j;
				assert_int_equal(v6k_order_apply((enum v6k_order)order, bits, &hi,
							 &lo),
					0);
				assert_true(hi == 0 && lo < UINT64_C(1) << bits && !seen[lo]);
				seen[lo] = 1;
			}
			hi = 0;
			lo = UINT64_C(1) << bits;
			assert_int_equal(v6k_order_apply((enum v6k_order)order, bits, &hi, &lo),
				V6K_EOVERFLOW);
			assert_true(hi == 0 && lo == UINT64_C(1) << bits);
		}
		hi = lo = UINT64_MAX;
		assert_int_equal(v6k_order_apply((enum v6k_order)order, 128, &hi, &lo), 0);
		assert_true(hi == UINT64_MAX && lo == UINT64_MAX);
		assert_int_equal(v6k_order_apply((enum v6k_order)order, 127, &hi, &lo),
			V6K_EOVERFLOW);
		assert_int_equal(v6k_order_apply((enum v6k_order)order, 129, &hi, &lo), V6K_EINVAL);
	}
	hi = 1;
	lo = 0;
	assert_int_equal(v6k_order_apply(V6K_ORDER_RFC3531_LEFT, 128, &hi, &lo), 0);
	assert_true(hi == 0 && lo == UINT64_C(1) << 63);
	hi = lo = 0;
	assert_int_equal(v6k_order_apply((enum v6k_order)4, 8, &hi, &lo), V6K_EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(make_and_mask),
		cmocka_unit_test(hold),
		cmocka_unit_test(order),
		cmocka_unit_test(child_and_parent),
		cmocka_unit_test(next_and_prev),
		cmocka_unit_test(order_of_children),
		cmocka_unit_test(count),
		cmocka_unit_test(mapped),
		cmocka_unit_test(scope),
		cmocka_unit_test(format),
	};

	return cmocka_run_group_tests_name("prefix", tests, NULL, NULL);
}
