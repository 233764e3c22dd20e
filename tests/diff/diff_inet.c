/* diff_inet.c: the core beside inet_pton(3) and inet_ntop(3), over random texts and values, in every
 * tier of vector instructions that the machine has. */
#include <arpa/inet.h>

#include "../../src/core/dispatch.h"
#include "../unit/random.h"

enum { TEXTS = 1000000, VALUES = 500000 };

/* The same texts are addresses to both, and the same ones. */
static void parse(void **state)
{
	unsigned accepted = 0;
	char s[80];

	(void)state;
	for (unsigned i = 0; i < TEXTS; i++) {
		size_t n = random_spoil(s, random_text(s));
		uint8_t want[16] = { 0 }, got[16] = { 0 };
		int family = 0, e;
		struct v6k_addr a = { .family = V6K_NONE };
		struct v6k_error err = error_unset();

		s[n] = 0;
		if (inet_pton(AF_INET6, s, want) == 1)
			family = V6K_IPV6;
		else if (inet_pton(AF_INET, s, want) == 1)
			family = V6K_IPV4;
		e = v6k_addr_parse(s, n, &a, &err);
		if (a.family != family || (e == 0) != (family != 0))
			fail_msg("\"%s\": family %d by inet_pton, %d here", s, family, a.family);
		if (e == 0) {
			accepted++;
			v6k_addr_to_bytes(a, got);
			if (memcmp(got, want, sizeof(got)) != 0)
				fail_msg("\"%s\": another value than inet_pton's: %s", s,
					text_of_addr(a));
			continue;
		}
		/* An error says which bytes: some, or the place where the text ends. */
		if (err.code != e || err.off > n || err.len > n - err.off ||
			(err.len == 0) != (err.off == n))
			fail_msg("\"%s\": %s at %u+%u", s, code_name(e), (unsigned)err.off,
				(unsigned)err.len);
	}
	printf("# %u texts, %u of them addresses\n", TEXTS, accepted);
	assert_in_range(accepted, TEXTS / 4, TEXTS / 4 * 3);
}

/* An address of which inet_ntop prints the last 32 bits dotted, as RFC 4291's deprecated
 * "IPv4-compatible" form: ruling 7 does not. */
static int is_compatible(struct v6k_addr a)
{
	return a.family == V6K_IPV6 && a.hi == 0 && a.lo > 0xffff && a.lo <= UINT32_MAX;
}

static void format(void **state)
{
	unsigned compatible = 0;

	(void)state;
	for (unsigned i = 0; i < VALUES; i++) {
		struct v6k_addr a = random_addr();
		char got[V6K_ADDR_TEXT_MAX + 1], want[INET6_ADDRSTRLEN];
		uint8_t bytes[16];
		int n = v6k_addr_format(a, V6K_CANONICAL, got, V6K_ADDR_TEXT_MAX);

		assert_in_range(n, 2, 45);
		got[n] = 0;
		v6k_addr_to_bytes(a, bytes);
		if (is_compatible(a)) {
			char dotted[INET6_ADDRSTRLEN];

			compatible++;
			snprintf(dotted, sizeof(dotted), "::%u.%u.%u.%u", bytes[12], bytes[13],
				bytes[14], bytes[15]);
			assert_string_equal(inet_ntop(AF_INET6, bytes, want, sizeof(want)), dotted);
			snprintf(want, sizeof(want), "::%x:%x", (unsigned)(a.lo >> 16),
				(unsigned)(a.lo & 0xffff));
		} else {
			assert_non_null(inet_ntop(a.family == V6K_IPV6 ? AF_INET6 : AF_INET, bytes,
				want, sizeof(want)));
		}
		assert_string_equal(got, want);
	}
	printf("# %u values, %u of them IPv4-compatible\n", VALUES, compatible);
	assert_true(compatible > 1000);
}

/* Every choice of zero groups, so that the gap is always the one of RFC 5952. */
static void gaps(void **state)
{
	(void)state;
	for (unsigned zero = 0; zero < 256; zero++) {
		char got[V6K_ADDR_TEXT_MAX + 1], want[INET6_ADDRSTRLEN];
		uint8_t bytes[16];
		struct v6k_addr a;
		int n;

		for (unsigned i = 0; i < 8; i++) {
			bytes[2 * i] = 0;
			bytes[2 * i + 1] = (uint8_t)(zero >> i & 1 ? 0 : 0x21 + i);
		}
		v6k_addr_from_bytes(bytes, 16, &a);
		if (is_compatible(a))
			continue;
		n = v6k_addr_format(a, V6K_CANONICAL, got, V6K_ADDR_TEXT_MAX);
		got[n] = 0;
		assert_string_equal(got, inet_ntop(AF_INET6, bytes, want, sizeof(want)));
	}
}

/* The tests of one tier have its name. */
static int in_tier(void **state)
{
	return simd_force(*state);
}

int main(void)
{
	enum { TESTS = 3, TIERS = 4 };
	static const struct CMUnitTest each[TESTS] = {
		cmocka_unit_test(parse),
		cmocka_unit_test(format),
		cmocka_unit_test(gaps),
	};
	static char names[TIERS * TESTS][32];
	struct CMUnitTest tests[TIERS * TESTS];
	const struct simd_tier *tier;
	size_t n = 0;

	for (unsigned i = 0; i < TIERS && (tier = simd_tier(i)) != NULL; i++) {
		for (unsigned j = 0; j < TESTS; j++, n++) {
			snprintf(names[n], sizeof(names[n]), "%s, %s", each[j].name, tier->name);
			tests[n] = each[j];
			tests[n].name = names[n];
			tests[n].setup_func = in_tier;
			tests[n].initial_state = (void *)(uintptr_t)tier->name;
		}
	}
	random_seed();
	return _cmocka_run_group_tests("diff-inet", tests, n, NULL, NULL);
}
