/* test_parse.c: v6k_addr_parse, v6k_prefix_parse, v6k_range_parse and v6k_number_parse as calls.
 * What they accept and refuse, and where they point, is in tests/vectors, row by row. */
#include <stdlib.h>

#include "lib.h"

/* Text that ends where its memory ends, so that a sanitizer sees any look past it. */
static char *exact(const char *s, size_t n)
{
	char *copy = malloc(n ? n : 1);

	if (copy && n)
		memcpy(copy, s, n);
	return copy;
}

static const char *const valid[] = { "::", "::1", "1::", "2001:db8::25", "1:2:3:4:5:6:7:8",
	"1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
	"ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255", "::1.2.3.4", "1::1.2.3.4", "0.0.0.0",
	"255.255.255.255", "1.2.3.4" };

/* All beginnings of valid texts: never read past n, errors inside it, nothing stored on failure. */
static void beginnings(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(valid); i++) {
		for (size_t n = 0; n <= strlen(valid[i]); n++) {
			char *s = exact(valid[i], n);
			struct v6k_addr kept = addr("2001:db8::5"), a = kept;
			struct v6k_error err = error_unset();
			int e = v6k_addr_parse(s, n, &a, &err);

			assert_int_equal(v6k_addr_parse(s, n, &kept, NULL), e);
			if (e == 0) {
				assert_int_equal(v6k_addr_cmp(a, kept), 0);
				assert_int_equal(err.code, error_unset().code);
			} else {
				assert_memory_equal(&a, &kept, sizeof(a));
				assert_int_equal(err.code, e);
				assert_true(err.off <= n && err.off + err.len <= n);
				assert_int_equal(err.len == 0, err.off == n);
			}
			free(s);
		}
	}
}

/* The text goes on behind n: it does not count. */
static void length_counts(void **state)
{
	struct v6k_addr a;

	(void)state;
	assert_int_equal(v6k_addr_parse("2001:db8::25:1", 12, &a, NULL), 0);
	assert_string_equal(text_of_addr(a), "2001:db8::25");
	assert_int_equal(v6k_addr_parse("192.0.2.12", 9, &a, NULL), 0);
	assert_string_equal(text_of_addr(a), "192.0.2.1");
	assert_int_equal(v6k_addr_parse("", 0, &a, NULL), V6K_EEMPTY);
}

/* One byte of each value at each place: only address bytes are ever taken. */
static void every_byte(void **state)
{
	(void)state;
	for (unsigned byte = 0; byte < 256; byte++) {
		char s[] = "2001:db8::25";
		struct v6k_addr a;

		s[3] = (char)byte;
		if (strchr("0123456789abcdefABCDEF", s[3]) && byte) {
			assert_int_equal(v6k_addr_parse(s, 12, &a, NULL), 0);
			continue;
		}
		/* ":" makes "200::db8::25" of it; behind others 200 is a short form of IPv4. */
		assert_int_equal(v6k_addr_parse(s, 12, &a, NULL),
			byte == ':'                        ? V6K_EGAPTWICE :
			byte && strchr("/-xX", (int)byte) ? V6K_EOCTETS :
							     V6K_ECHAR);
	}
}

/* What a plain address call refuses and the notations take. */
static const struct {
	const char *s;
	int e;
	uint32_t off, len;
} only_plain[] = {
	{ "fe80::1%eth0", V6K_ECHAR, 7, 1 },
	{ "2001:db8::/32", V6K_ECHAR, 10, 1 },
	{ "[::1]", V6K_ECHAR, 0, 1 },
	{ "IPv6:::1", V6K_ECHAR, 0, 1 },
	{ "::1-::2", V6K_ECHAR, 3, 1 },
	{ "ip6.arpa", V6K_ECHAR, 0, 1 },
	{ "2001-db8--1.ipv6-literal.net", V6K_EOCTETS, 0, 4 },
};

static void plain_only(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(only_plain); i++) {
		struct v6k_addr a;
		struct v6k_error err = error_unset();
		char got[64], want[64];
		int e = v6k_addr_parse(only_plain[i].s, strlen(only_plain[i].s), &a, &err);
		struct v6k_error expected = { only_plain[i].e, only_plain[i].off, only_plain[i].len };

		error_text(e, &err, got);
		error_text(only_plain[i].e, &expected, want);
		assert_row_text(only_plain[i].s, got, want);
	}
}

/* A call that the caller got wrong, and outputs on failure. */
static void calls(void **state)
{
	struct v6k_addr a = addr("::5");
	struct v6k_prefix p = prefix("::5"), kept_p = p;
	struct v6k_range r = range("::5"), kept_r = r;
	struct v6k_notation what, kept_what;
	struct v6k_error err = error_unset();

	(void)state;
	memset(&what, 0xaa, sizeof(what));
	kept_what = what;
	assert_int_equal(v6k_prefix_parse("::1/64", 6, 0, &p, &err), V6K_EHOSTBITS);
	assert_int_equal(v6k_prefix_parse("::/64", 5, 4, &p, &err), V6K_EINVAL);
	assert_int_equal(err.code, V6K_EINVAL);
	assert_int_equal(v6k_prefix_parse("::1-::2", 7, 0, &p, NULL), V6K_ENOTPREFIX);
	assert_memory_equal(&p, &kept_p, sizeof(p));
	assert_int_equal(v6k_range_parse("::2-::1", 7, 0, &r, NULL), V6K_EORDER);
	assert_int_equal(v6k_range_parse("::1/64", 6, 0, &r, NULL), V6K_EHOSTBITS);
	assert_int_equal(v6k_range_parse("::1/64", 6, 8, &r, NULL), V6K_EINVAL);
	assert_memory_equal(&r, &kept_r, sizeof(r));
	assert_int_equal(v6k_range_parse("::1/64", 6, V6K_PARSE_MASK, &r, NULL), 0);
	assert_string_equal(text_of_addr(r.first), "::");
	assert_int_equal(v6k_notation_parse("::1", 3, 4, &what, &err), V6K_EINVAL);
	assert_int_equal(v6k_notation_parse("::1x", 4, 0, &what, &err), V6K_ECHAR);
	assert_int_equal(v6k_number_parse("1", 1, V6K_FROM_TEXT, V6K_IPV6, &what, &err), V6K_EINVAL);
	assert_int_equal(v6k_number_parse("1", 1, (enum v6k_from)9, V6K_IPV6, &what, &err), V6K_EINVAL);
	assert_int_equal(v6k_number_parse("1", 1, V6K_FROM_INT, V6K_NONE, &what, &err),
		V6K_EAMBIGUOUS);
	assert_memory_equal(&what, &kept_what, sizeof(what));
	assert_int_equal(v6k_number_parse("1", 1, V6K_FROM_INT, (enum v6k_family)5, &what, &err),
		V6K_EINVAL);
#if SIZE_MAX > UINT32_MAX
	/* Offsets have 32 bits: longer texts are refused before they are looked at. */
	assert_int_equal(v6k_addr_parse("::1", (size_t)UINT32_MAX + 4, &a, &err), V6K_EINVAL);
	assert_int_equal(v6k_notation_parse("::1", (size_t)UINT32_MAX + 4, 0, &what, &err), V6K_EINVAL);
	assert_int_equal(v6k_number_parse("1", (size_t)UINT32_MAX + 2, V6K_FROM_INT, V6K_IPV6, &what,
				 &err),
		V6K_EINVAL);
#endif
	assert_string_equal(text_of_addr(a), "::5");
}

/* The flags together. */
static const struct {
	const char *s;
	unsigned flags;
	const char *want; /* or the error's code */
} flagged[] = {
	{ "192.0.2.1/24", 0, "EHOSTBITS" },
	{ "192.0.2.1/24", V6K_PARSE_MASK, "192.0.2.0/24" },
	{ "192.0.2.1/24", V6K_PARSE_NETMASK, "EHOSTBITS" },
	{ "192.0.2.1/255.255.255.0", 0, "ENETMASK" },
	{ "192.0.2.1/255.255.255.0", V6K_PARSE_MASK, "ENETMASK" },
	{ "192.0.2.1/255.255.255.0", V6K_PARSE_NETMASK, "EHOSTBITS" },
	{ "192.0.2.1/255.255.255.0", V6K_PARSE_MASK | V6K_PARSE_NETMASK, "192.0.2.0/24" },
	{ "2001:db8::1/32", V6K_PARSE_MASK, "2001:db8::/32" },
	{ "2001:db8::1/255.255.255.0", V6K_PARSE_MASK | V6K_PARSE_NETMASK, "ENETMASK" },
	{ "IPv6:2001:db8::/32", 0, "2001:db8::/32" },
	{ "[2001:db8::1]", 0, "2001:db8::1/128" },
	{ "8.b.d.0.1.0.0.2.ip6.arpa", 0, "2001:db8::/32" },
	{ "192.0.2.0-192.0.2.255", 0, "ENOTPREFIX" },
	{ "[2001:db8::1]:25", V6K_PARSE_MASK, "EPORTHERE" },
	{ "fe80::1%eth0", V6K_PARSE_MASK, "EZONEPREFIX" },
};

static void flags(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(flagged); i++) {
		struct v6k_prefix p;
		int e = v6k_prefix_parse(flagged[i].s, strlen(flagged[i].s), flagged[i].flags, &p, NULL);

		assert_row_text(flagged[i].s, e ? code_name(e) : text_of_prefix(p), flagged[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(beginnings),
		cmocka_unit_test(length_counts),
		cmocka_unit_test(every_byte),
		cmocka_unit_test(plain_only),
		cmocka_unit_test(calls),
		cmocka_unit_test(flags),
	};

	return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
