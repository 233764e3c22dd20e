/* test_addr.c: order, arithmetic, bytes, socket addresses, mapped forms and scopes. */
#include <netinet/in.h>

#include "lib.h"

#define MAX6 "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
#define MAX4 "255.255.255.255"

/* Reserved bytes are zero, so that values can be compared as bytes. */
static void assert_clean(struct v6k_addr a)
{
	static const uint8_t zero[sizeof(a.reserved)];

	assert_memory_equal(a.reserved, zero, sizeof(zero));
}

static void layout(void **state)
{
	struct v6k_addr a = addr("2a00:a200:0:12::25"), b = addr("192.0.2.1");

	(void)state;
	assert_int_equal(sizeof(struct v6k_addr), 24);
	assert_true(a.hi == UINT64_C(0x2a00a20000000012) && a.lo == 0x25 && a.family == V6K_IPV6);
	assert_true(b.hi == 0 && b.lo == 0xc0000201 && b.family == V6K_IPV4);
	assert_clean(a);
	assert_clean(b);
}

static void bytes(void **state)
{
	static const uint8_t in[16] = { 0x20, 1, 0xd, 0xb8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
	uint8_t out[16];
	struct v6k_addr a, kept;

	(void)state;
	memset(&a, 0xaa, sizeof(a));
	kept = a;
	for (size_t n = 0; n < 20; n++)
		if (n != 4 && n != 16)
			assert_int_equal(v6k_addr_from_bytes(in, n, &a), V6K_EINVAL);
	assert_memory_equal(&a, &kept, sizeof(a));

	assert_int_equal(v6k_addr_from_bytes(in, 16, &a), 0);
	assert_string_equal(text_of_addr(a), "2001:db8:102:304:506:708:90a:b0c");
	assert_clean(a);
	assert_int_equal(v6k_addr_to_bytes(a, out), 16);
	assert_memory_equal(out, in, 16);

	assert_int_equal(v6k_addr_from_bytes(in, 4, &a), 0);
	assert_string_equal(text_of_addr(a), "32.1.13.184");
	assert_clean(a);
	assert_int_equal(v6k_addr_to_bytes(a, out), 4);
	assert_memory_equal(out, in, 4);
	assert_int_equal(v6k_addr_to_bytes(addr(""), out), V6K_EINVAL);
}

static void sockaddrs(void **state)
{
	struct sockaddr_storage st;
	struct sockaddr_in6 in6;
	struct sockaddr_in in;
	struct v6k_addr a, kept;
	uint16_t port = 7;
	uint32_t scope = 7;
	socklen_t n = 0;
	/* A socket address need not be aligned. */
	char odd[sizeof(in6) + 1];

	(void)state;
	assert_int_equal(v6k_addr_to_sockaddr(addr("fe80::1"), 25, 3, &st, &n), 0);
	assert_int_equal(n, sizeof(in6));
	memcpy(&in6, &st, sizeof(in6));
	assert_int_equal(in6.sin6_family, AF_INET6);
	assert_int_equal(ntohs(in6.sin6_port), 25);
	assert_int_equal(in6.sin6_scope_id, 3);
	assert_int_equal(in6.sin6_addr.s6_addr[0], 0xfe);
	assert_int_equal(in6.sin6_addr.s6_addr[15], 1);
	memcpy(odd + 1, &in6, sizeof(in6));
	assert_int_equal(v6k_addr_from_sockaddr((struct sockaddr *)(void *)(odd + 1), sizeof(in6), &a,
				 &port, &scope),
		0);
	assert_string_equal(text_of_addr(a), "fe80::1");
	assert_clean(a);
	assert_int_equal(port, 25);
	assert_int_equal(scope, 3);

	assert_int_equal(v6k_addr_to_sockaddr(addr("192.0.2.1"), 65535, 3, &st, &n), 0);
	assert_int_equal(n, sizeof(in));
	memcpy(&in, &st, sizeof(in));
	assert_int_equal(ntohl(in.sin_addr.s_addr), 0xc0000201);
	assert_int_equal(v6k_addr_from_sockaddr((struct sockaddr *)&in, n, &a, &port, &scope), 0);
	assert_string_equal(text_of_addr(a), "192.0.2.1");
	assert_int_equal(port, 65535);
	assert_int_equal(scope, 0);
	assert_int_equal(v6k_addr_from_sockaddr((struct sockaddr *)&in, n, &a, NULL, NULL), 0);

	/* Refused, and nothing stored: another family, and each size that is too small. */
	kept = a;
	port = 7;
	scope = 7;
	for (socklen_t small = 0; small < sizeof(in); small++)
		assert_int_equal(v6k_addr_from_sockaddr((struct sockaddr *)&in, small, &a, &port, &scope),
			V6K_EINVAL);
	for (socklen_t small = 0; small < sizeof(in6); small++)
		assert_int_equal(v6k_addr_from_sockaddr((struct sockaddr *)&in6, small, &a, &port, &scope),
			V6K_EINVAL);
	in.sin_family = AF_UNIX;
	assert_int_equal(v6k_addr_from_sockaddr((struct sockaddr *)&in, sizeof(in), &a, &port, &scope),
		V6K_EINVAL);
	n = 7;
	assert_int_equal(v6k_addr_to_sockaddr(addr(""), 1, 1, &st, &n), V6K_EINVAL);
	assert_memory_equal(&a, &kept, sizeof(a));
	assert_int_equal(port, 7);
	assert_int_equal(scope, 7);
	assert_int_equal(n, 7);
}

static void order(void **state)
{
	/* IPv4 before IPv6, then by number (ruling 18): each before the next. */
	static const char *const sorted[] = { "", "0.0.0.0", "0.0.0.1", "127.255.255.255", "128.0.0.0",
		MAX4, "::", "::1", "::ffff:ffff:ffff:ffff", "0:0:0:1::", "7fff::", "8000::", MAX6 };

	(void)state;
	for (size_t i = 0; i < COUNT(sorted); i++) {
		for (size_t j = 0; j < COUNT(sorted); j++) {
			int got = v6k_addr_cmp(addr(sorted[i]), addr(sorted[j]));

			assert_int_equal((got > 0) - (got < 0), (i > j) - (i < j));
		}
	}
}

static const struct {
	const char *a;
	uint64_t hi, lo;
	const char *sum; /* "" for V6K_EOVERFLOW */
} sums[] = {
	{ "::", 0, 0, "::" },
	{ "::", 0, 1, "::1" },
	{ "::ffff:ffff:ffff:ffff", 0, 1, "0:0:0:1::" },
	{ "::", UINT64_MAX, UINT64_MAX, MAX6 },
	{ "::1", UINT64_MAX, UINT64_MAX - 1, MAX6 },
	{ "2001:db8::ffff", 1, 1, "2001:db8:0:1::1:0" },
	/* ipinfo: the address after the last one is "::". */
	{ MAX6, 0, 1, "" },
	{ "::1", UINT64_MAX, UINT64_MAX, "" },
	{ "8000::", UINT64_C(1) << 63, 0, "" },
	{ "ffff:ffff:ffff:ffff::", 0, UINT64_MAX, MAX6 },
	{ "0:0:0:1:8000::", UINT64_MAX - 1, UINT64_C(1) << 63, "" }, /* the carry alone overflows */
	{ "0.0.0.0", 0, 0xffffffff, MAX4 },
	{ "192.0.2.255", 0, 1, "192.0.3.0" },
	{ MAX4, 0, 0, MAX4 },
	{ MAX4, 0, 1, "" },
	{ "0.0.0.1", 0, 0xffffffff, "" },
	{ "0.0.0.0", 0, UINT64_C(1) << 32, "" },
	{ "0.0.0.0", 1, 0, "" },
	{ "0.0.0.1", UINT64_MAX, UINT64_MAX, "" }, /* wraps to 0.0.0.0 in 128 bits */
};

static void arithmetic(void **state)
{
	struct v6k_addr kept = addr("2001:db8::5");

	(void)state;
	for (size_t i = 0; i < COUNT(sums); i++) {
		struct v6k_addr out = kept, back = kept;
		int e = v6k_addr_add(addr(sums[i].a), sums[i].hi, sums[i].lo, &out);

		if (*sums[i].sum == 0) {
			assert_int_equal(e, V6K_EOVERFLOW);
			assert_memory_equal(&out, &kept, sizeof(out));
			continue;
		}
		assert_int_equal(e, 0);
		assert_row_text(sums[i].a, text_of_addr(out), sums[i].sum);
		assert_clean(out);
		assert_int_equal(v6k_addr_sub(out, sums[i].hi, sums[i].lo, &back), 0);
		assert_row_text(sums[i].sum, text_of_addr(back), sums[i].a);
	}
}

static void below_the_first(void **state)
{
	struct v6k_addr kept = addr("2001:db8::5"), out = kept;

	(void)state;
	assert_int_equal(v6k_addr_sub(addr("::"), 0, 1, &out), V6K_EOVERFLOW);
	assert_int_equal(v6k_addr_sub(addr("::1"), 1, 0, &out), V6K_EOVERFLOW);
	assert_int_equal(v6k_addr_sub(addr("0.0.0.0"), 0, 1, &out), V6K_EOVERFLOW);
	assert_int_equal(v6k_addr_sub(addr("0.0.0.5"), 1, 0, &out), V6K_EOVERFLOW);
	assert_int_equal(v6k_addr_sub(addr(""), 0, 0, &out), V6K_EINVAL);
	assert_int_equal(v6k_addr_add(addr(""), 0, 0, &out), V6K_EINVAL);
	assert_memory_equal(&out, &kept, sizeof(out));
}

static const struct {
	const char *a, *b;
	int bits;
} common[] = {
	{ "::", "::", 128 },
	{ "::", "::1", 127 },
	{ "::", "8000::", 0 },
	{ "2001:db8::", "2001:db8:0:8000::", 48 },
	{ "2001:db8::", "2001:db8:0:1::", 63 },
	{ "2001:db8::", "2001:db8::8000:0:0:0", 64 },
	{ MAX6, MAX6, 128 },
	{ "0.0.0.0", "0.0.0.0", 32 },
	{ "192.0.2.0", "192.0.3.0", 23 },
	{ "0.0.0.0", MAX4, 0 },
	{ "0.0.0.0", "0.0.0.1", 31 },
	{ "0.0.0.0", "::", V6K_EFAMILY },
	{ "::ffff:0.0.0.0", "0.0.0.0", V6K_EFAMILY },
	{ "", "", V6K_EINVAL },
};

static void common_bits(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(common); i++) {
		assert_int_equal(v6k_addr_common_bits(addr(common[i].a), addr(common[i].b)),
			common[i].bits);
		assert_int_equal(v6k_addr_common_bits(addr(common[i].b), addr(common[i].a)),
			common[i].bits);
	}
	assert_int_equal(v6k_family_bits(V6K_IPV4), 32);
	assert_int_equal(v6k_family_bits(V6K_IPV6), 128);
	for (unsigned family = 0; family < 300; family++)
		if (family != V6K_IPV4 && family != V6K_IPV6)
			assert_int_equal(v6k_family_bits(family), 0);
}

static const struct {
	const char *mapped, *v4; /* "" where there is none */
} mapped_rows[] = {
	{ "::ffff:0.0.0.0", "0.0.0.0" },
	{ "::ffff:192.0.2.1", "192.0.2.1" },
	{ "::ffff:255.255.255.255", MAX4 },
	{ "::fffe:ffff:ffff", "" },
	{ "::1:0:0:0", "" },
	{ "::1.2.3.4", "" },
	{ "::1:ffff:102:304", "" },
	{ "1::ffff:102:304", "" },
	{ "::ffff:0:102:304", "" },
	{ "64:ff9b::102:304", "" },
	{ "::", "" },
};

static void mapped(void **state)
{
	struct v6k_addr kept = addr("2001:db8::5");

	(void)state;
	for (size_t i = 0; i < COUNT(mapped_rows); i++) {
		struct v6k_addr a = addr(mapped_rows[i].mapped), out = kept;
		int is = *mapped_rows[i].v4 != 0;

		assert_row(mapped_rows[i].mapped, v6k_addr_is_mapped(a) == is);
		assert_row(mapped_rows[i].mapped, v6k_addr_unmap(a, &out) == (is ? 0 : V6K_EFAMILY));
		if (!is) {
			assert_memory_equal(&out, &kept, sizeof(out));
			continue;
		}
		assert_string_equal(text_of_addr(out), mapped_rows[i].v4);
		assert_clean(out);
		assert_int_equal(v6k_addr_map(out, &out), 0);
		assert_memory_equal(&out, &a, sizeof(a));
	}
	assert_int_equal(v6k_addr_is_mapped(addr("1.2.3.4")), 0);
	assert_int_equal(v6k_addr_unmap(addr("1.2.3.4"), &kept), V6K_EFAMILY);
	assert_int_equal(v6k_addr_map(addr("::1"), &kept), V6K_EFAMILY);
	assert_int_equal(v6k_addr_map(addr(""), &kept), V6K_EFAMILY);
	assert_string_equal(text_of_addr(kept), "2001:db8::5");
}

static const struct {
	const char *a;
	enum v6k_scope scope;
	int multicast;
} scopes[] = {
	{ "::", V6K_SCOPE_UNSPECIFIED, 0 },
	{ "::1", V6K_SCOPE_LOOPBACK, 0 },
	{ "::2", V6K_SCOPE_GLOBAL, 0 },
	{ "fe7f:ffff::", V6K_SCOPE_GLOBAL, 0 },
	{ "fe80::", V6K_SCOPE_LINK, 0 },
	{ "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", V6K_SCOPE_LINK, 0 },
	{ "fec0::", V6K_SCOPE_SITE, 0 },
	{ "feff::1", V6K_SCOPE_SITE, 0 },
	/* ripcalc: ULA is "link local". RFC 4193 section 3.3: its scope is global. */
	{ "fc00::1", V6K_SCOPE_GLOBAL, 0 },
	{ "fd00::1", V6K_SCOPE_GLOBAL, 0 },
	{ "2001:db8::1", V6K_SCOPE_GLOBAL, 0 },
	{ "64:ff9b::127.0.0.1", V6K_SCOPE_GLOBAL, 0 },
	{ "ff00::1", V6K_SCOPE_RESERVED, 1 },
	{ "ff01::1", V6K_SCOPE_INTERFACE, 1 },
	{ "ff02::1:ff00:1", V6K_SCOPE_LINK, 1 },
	{ "ff03::1", V6K_SCOPE_REALM, 1 },
	{ "ff04::1", V6K_SCOPE_ADMIN, 1 },
	{ "ff05::1", V6K_SCOPE_SITE, 1 },
	{ "ff06::1", V6K_SCOPE_UNASSIGNED, 1 },
	{ "ff07::1", V6K_SCOPE_UNASSIGNED, 1 },
	{ "ff08::1", V6K_SCOPE_ORGANIZATION, 1 },
	{ "ff09::1", V6K_SCOPE_UNASSIGNED, 1 },
	{ "ff0d::1", V6K_SCOPE_UNASSIGNED, 1 },
	{ "ff0e::1", V6K_SCOPE_GLOBAL, 1 },
	{ "ff0f::1", V6K_SCOPE_RESERVED, 1 },
	{ "ff3e:30:2001:db8::1", V6K_SCOPE_GLOBAL, 1 }, /* flags are no scope */
	{ "0.0.0.0", V6K_SCOPE_UNSPECIFIED, 0 },
	{ "0.0.0.1", V6K_SCOPE_GLOBAL, 0 },
	{ "10.0.0.1", V6K_SCOPE_GLOBAL, 0 }, /* RFC 6724 section 3.2: private is global */
	{ "127.0.0.0", V6K_SCOPE_LOOPBACK, 0 },
	{ "127.255.255.255", V6K_SCOPE_LOOPBACK, 0 },
	{ "169.253.255.255", V6K_SCOPE_GLOBAL, 0 },
	{ "169.254.0.0", V6K_SCOPE_LINK, 0 },
	{ "169.255.0.0", V6K_SCOPE_GLOBAL, 0 },
	{ "223.255.255.255", V6K_SCOPE_GLOBAL, 0 },
	{ "224.0.0.0", V6K_SCOPE_LINK, 1 },
	{ "224.0.0.255", V6K_SCOPE_LINK, 1 },
	{ "224.0.1.0", V6K_SCOPE_GLOBAL, 1 },
	{ "239.191.255.255", V6K_SCOPE_GLOBAL, 1 },
	{ "239.192.0.0", V6K_SCOPE_ORGANIZATION, 1 },
	{ "239.195.255.255", V6K_SCOPE_ORGANIZATION, 1 },
	{ "239.196.0.0", V6K_SCOPE_GLOBAL, 1 },
	{ "239.255.0.0", V6K_SCOPE_SITE, 1 },
	{ "239.255.255.255", V6K_SCOPE_SITE, 1 },
	{ "240.0.0.0", V6K_SCOPE_GLOBAL, 0 },
	{ MAX4, V6K_SCOPE_GLOBAL, 0 },
	/* RFC 6724 section 3.2: a mapped address has the scope of its IPv4 address. */
	{ "::ffff:127.0.0.1", V6K_SCOPE_LOOPBACK, 0 },
	{ "::ffff:169.254.1.1", V6K_SCOPE_LINK, 0 },
	{ "::ffff:0.0.0.0", V6K_SCOPE_UNSPECIFIED, 0 },
	{ "::ffff:8.8.8.8", V6K_SCOPE_GLOBAL, 0 },
};

static void scope(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(scopes); i++) {
		struct v6k_addr a = addr(scopes[i].a);

		assert_row_text(scopes[i].a, v6k_scope_text(v6k_addr_scope(a)),
			v6k_scope_text(scopes[i].scope));
		assert_row(scopes[i].a, v6k_addr_is_multicast(a) == scopes[i].multicast);
	}
	assert_int_equal(v6k_addr_is_multicast(addr("")), 0);
}

static void scope_names(void **state)
{
	static const char *const names[] = { "unspecified", "loopback", "interface-local", "link-local",
		"realm-local", "admin-local", "site-local", "organization-local", "global", "reserved",
		"unassigned" };

	(void)state;
	for (unsigned i = 0; i < COUNT(names); i++)
		assert_string_equal(v6k_scope_text((enum v6k_scope)i), names[i]);
	assert_non_null(v6k_scope_text((enum v6k_scope)COUNT(names)));
	assert_non_null(v6k_scope_text((enum v6k_scope)-1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layout),
		cmocka_unit_test(bytes),
		cmocka_unit_test(sockaddrs),
		cmocka_unit_test(order),
		cmocka_unit_test(arithmetic),
		cmocka_unit_test(below_the_first),
		cmocka_unit_test(common_bits),
		cmocka_unit_test(mapped),
		cmocka_unit_test(scope),
		cmocka_unit_test(scope_names),
	};

	return cmocka_run_group_tests_name("addr", tests, NULL, NULL);
}
