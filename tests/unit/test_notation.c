/* test_notation.c: what v6k_notation_parse keeps of a text, and what can be asked of it. Which
 * texts it takes, and how they print, is in tests/vectors. */
#include <stdlib.h>

#include "lib.h"

static const struct {
	const char *s;
	int kind, form;
	unsigned bits;
	const char *addr, *last, *zone;
	int port; /* -1: none */
	int host_bits;
} rows[] = {
#define A V6K_KIND_ADDR
#define P V6K_KIND_PREFIX
#define R V6K_KIND_RANGE
	{ "2001:db8::1", A, V6K_FORM_PLAIN, 128, "2001:db8::1", "", "", -1, 0 },
	{ "192.0.2.1", A, V6K_FORM_PLAIN, 32, "192.0.2.1", "", "", -1, 0 },
	{ "fe80::1%eth0", A, V6K_FORM_PLAIN, 128, "fe80::1", "", "eth0", -1, 0 },
	{ "2001:db8::1/32", P, V6K_FORM_PLAIN, 32, "2001:db8::1", "", "", -1, 1 },
	{ "2001:db8::/32", P, V6K_FORM_PLAIN, 32, "2001:db8::", "", "", -1, 0 },
	{ "::/0", P, V6K_FORM_PLAIN, 0, "::", "", "", -1, 0 },
	{ "::1/0", P, V6K_FORM_PLAIN, 0, "::1", "", "", -1, 1 },
	{ "::1/128", P, V6K_FORM_PLAIN, 128, "::1", "", "", -1, 0 },
	{ "192.0.2.1/24", P, V6K_FORM_PLAIN, 24, "192.0.2.1", "", "", -1, 1 },
	{ "::1-::2", R, V6K_FORM_PLAIN, 0, "::1", "::2", "", -1, 0 },
	{ "IPv6:2001:db8::1", A, V6K_FORM_TAG, 128, "2001:db8::1", "", "", -1, 0 },
	{ "IPv6:fe80::1%a", A, V6K_FORM_TAG, 128, "fe80::1", "", "a", -1, 0 },
	{ "[::1]", A, V6K_FORM_BRACKETS, 128, "::1", "", "", -1, 0 },
	{ "[::1]:0", A, V6K_FORM_BRACKETS, 128, "::1", "", "", 0, 0 },
	{ "[::1]:65535", A, V6K_FORM_BRACKETS, 128, "::1", "", "", 65535, 0 },
	{ "[IPv6:fe80::1%25en0]:25", A, V6K_FORM_BRACKETS, 128, "fe80::1", "", "en0", 25, 0 },
	{ "[192.0.2.1]:25", A, V6K_FORM_BRACKETS, 32, "192.0.2.1", "", "", 25, 0 },
	{ "1.2.0.192.in-addr.arpa", A, V6K_FORM_REVERSE, 32, "192.0.2.1", "", "", -1, 0 },
	{ "8.b.d.0.1.0.0.2.ip6.arpa.", P, V6K_FORM_REVERSE, 32, "2001:db8::", "", "", -1, 0 },
	{ "ip6.arpa", P, V6K_FORM_REVERSE, 0, "::", "", "", -1, 0 },
	{ "in-addr.arpa", P, V6K_FORM_REVERSE, 0, "0.0.0.0", "", "", -1, 0 },
	{ "fe80--1s4.ipv6-literal.net", A, V6K_FORM_UNC, 128, "fe80::1", "", "4", -1, 0 },
#undef A
#undef P
#undef R
};

static void kept(void **state)
{
	static const uint8_t zero[sizeof(((struct v6k_notation *)NULL)->reserved)];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *s = rows[i].s;
		struct v6k_notation what;
		char zone[32] = "";

		memset(&what, 0xaa, sizeof(what));
		assert_row(s, v6k_notation_parse(s, strlen(s), 0, &what, NULL) == 0);
		assert_row(s, what.kind == rows[i].kind);
		assert_row(s, what.form == rows[i].form);
		assert_row(s, what.bits == rows[i].bits);
		assert_row_text(s, text_of_addr(what.addr), rows[i].addr);
		assert_row(s, v6k_addr_cmp(what.last, addr(rows[i].last)) == 0);
		memcpy(zone, s + what.zone_off, what.zone_len);
		assert_row_text(s, zone, rows[i].zone);
		assert_row(s, what.has_port == (rows[i].port >= 0));
		assert_row(s, what.port == (rows[i].port < 0 ? 0 : rows[i].port));
		assert_row(s, v6k_notation_has_host_bits(&what) == rows[i].host_bits);
		assert_memory_equal(what.reserved, zero, sizeof(zero));
	}
}

static const struct {
	const char *s, *prefix, *first, *last;
} spans[] = {
	{ "2001:db8::1", "2001:db8::1/128", "2001:db8::1", "2001:db8::1" },
	{ "2001:db8::1/32", "2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff" },
	{ "::1/0", "::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
	{ "192.0.2.77/25", "192.0.2.0/25", "192.0.2.0", "192.0.2.127" },
	{ "192.0.2.77", "192.0.2.77/32", "192.0.2.77", "192.0.2.77" },
	{ "192.0.2.1-192.0.2.9", "", "192.0.2.1", "192.0.2.9" },
	{ "192.0.2.0-192.0.2.255", "", "192.0.2.0", "192.0.2.255" },
	{ "[fe80::1%eth0]:25", "fe80::1/128", "fe80::1", "fe80::1" },
};

static void network_and_range(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(spans); i++) {
		struct v6k_prefix unset = prefix("::5"), p = unset;
		struct v6k_notation what;
		struct v6k_range r;
		int e;

		assert_int_equal(v6k_notation_parse(spans[i].s, strlen(spans[i].s), 0, &what, NULL), 0);
		e = v6k_notation_prefix(&what, &p);
		if (*spans[i].prefix) {
			assert_int_equal(e, 0);
			assert_row_text(spans[i].s, text_of_prefix(p), spans[i].prefix);
		} else {
			assert_int_equal(e, V6K_ENOTPREFIX);
			assert_memory_equal(&p, &unset, sizeof(p));
		}
		r = v6k_notation_range(&what);
		assert_row_text(spans[i].s, text_of_addr(r.first), spans[i].first);
		assert_row_text(spans[i].s, text_of_addr(r.last), spans[i].last);
	}
}

static void mask_flag(void **state)
{
	struct v6k_notation what;

	(void)state;
	assert_int_equal(v6k_notation_parse("2001:db8::1/32", 14, V6K_PARSE_MASK, &what, NULL), 0);
	assert_string_equal(text_of_addr(what.addr), "2001:db8::");
	assert_int_equal(v6k_notation_has_host_bits(&what), 0);
	assert_int_equal(what.bits, 32);
	/* Of what is no prefix it clears nothing. */
	assert_int_equal(v6k_notation_parse("::1-::2", 7, V6K_PARSE_MASK, &what, NULL), 0);
	assert_string_equal(text_of_addr(what.addr), "::1");
	assert_int_equal(v6k_notation_parse("::1", 3, V6K_PARSE_MASK, &what, NULL), 0);
	assert_string_equal(text_of_addr(what.addr), "::1");
	assert_int_equal(v6k_notation_parse("10.1.2.3/255.0.0.0", 18, V6K_PARSE_NETMASK, &what, NULL), 0);
	assert_int_equal(what.bits, 8);
	assert_int_equal(v6k_notation_has_host_bits(&what), 1);
}

/* Every beginning of each text above, at the end of its memory: for the sanitizers, and for where
 * errors point. */
static void beginnings(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		for (size_t n = 0; n <= strlen(rows[i].s); n++) {
			char *s = malloc(n ? n : 1);
			struct v6k_notation unset, what;
			struct v6k_error err = error_unset();
			int e;

			assert_non_null(s);
			memcpy(s, rows[i].s, n);
			memset(&unset, 0xaa, sizeof(unset));
			what = unset;
			e = v6k_notation_parse(s, n, 0, &what, &err);
			if (e) {
				assert_memory_equal(&what, &unset, sizeof(what));
				assert_int_equal(err.code, e);
				assert_row(rows[i].s, err.off <= n && err.off + err.len <= n);
				assert_row(rows[i].s, (err.len == 0) == (err.off == n));
			}
			free(s);
		}
	}
}

/* The cap is exact without a zone and a port, and V6K_NOTATION_TEXT_MAX more than the zone always
 * does. */
static void caps(void **state)
{
	char buf[V6K_NOTATION_TEXT_MAX + 64];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *s = rows[i].s;
		struct v6k_notation what;

		assert_int_equal(v6k_notation_parse(s, strlen(s), 0, &what, NULL), 0);
		for (unsigned style = 0; style < V6K_STYLES; style++) {
			size_t enough = V6K_NOTATION_TEXT_MAX + what.zone_len;
			int n = v6k_notation_format(&what, s, (enum v6k_style)style, buf, enough);

			assert_row(s, n != V6K_ENOSPC && n != 0);
			if (n < 0)
				continue;
			assert_row(s, v6k_notation_format(&what, s, (enum v6k_style)style, buf,
					      (size_t)n) == n);
			memset(buf, 'x', sizeof(buf));
			assert_row(s, v6k_notation_format(&what, s, (enum v6k_style)style, buf,
					      (size_t)n - 1) == V6K_ENOSPC);
			assert_int_equal(buf[0], 'x');
		}
	}
	assert_int_equal(v6k_notation_format(&(struct v6k_notation){ .kind = 0 }, "", V6K_CANONICAL, buf,
				 sizeof(buf)),
		V6K_EINVAL);
}

/* A number says its form too. */
static void numbers(void **state)
{
	struct v6k_notation what;
	struct v6k_error err = error_unset();

	(void)state;
	assert_int_equal(v6k_number_parse("4294967296", 10, V6K_FROM_INT, V6K_NONE, &what, &err), 0);
	assert_int_equal(what.form, V6K_FORM_NUMBER);
	assert_int_equal(what.kind, V6K_KIND_ADDR);
	assert_int_equal(what.bits, 128);
	assert_string_equal(text_of_addr(what.addr), "::1:0:0");
	assert_int_equal(v6k_number_parse("1", 1, V6K_FROM_INT, V6K_IPV4, &what, &err), 0);
	assert_int_equal(what.bits, 32);
	assert_int_equal(err.code, error_unset().code);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kept),
		cmocka_unit_test(network_and_range),
		cmocka_unit_test(mask_flag),
		cmocka_unit_test(beginnings),
		cmocka_unit_test(caps),
		cmocka_unit_test(numbers),
	};

	return cmocka_run_group_tests_name("notation", tests, NULL, NULL);
}
