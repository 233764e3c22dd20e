/* test_lines.c: addresses one a line, many at a call, in every tier that the machine has. */
#include "../../src/core/dispatch.h"
#include "lib.h"

enum { BEFORE = 64, BEHIND = 128 };

/* What is read of a text, and where reading stops. */
static const struct {
	const char *text;
	size_t n_read, at;
} parse_rows[] = {
	{ "", 0, 0 },
	{ "\n", 0, 0 },
	{ "::1", 0, 0 },
	{ "::1\n", 1, 4 },
	{ "::1\n::2", 1, 4 },
	{ "::1\n192.0.2.1\n2001:DB8:0::25\n", 3, 29 },
	{ "::1\r\n", 0, 0 },
	{ "::1\n\n::2\n", 1, 4 },
	{ "::1\n# two\n::2\n", 1, 4 },
	{ "::1\n ::2\n", 1, 4 },
	{ "::1\n::2 \n", 1, 4 },
	{ "::1\n::/0\n::2\n", 1, 4 },
	{ "::1\nfe80::1%eth0\n::2\n", 1, 4 },
	{ "::1\n::2-::3\n", 1, 4 },
	{ "::1\n1.2.3.04\n", 1, 4 },
	{ "::1\n1.2.3\n", 1, 4 },
	{ "::1\n::1::\n", 1, 4 },
	{ "::1\n1:2:3:4:5:6:7\n", 1, 4 },
	{ "1111:2222:3333:4444:5555:6666:123.123.123.123\n::2\n", 2, 50 },
};

static void parse(void **state)
{
	const struct simd_tier *tier;

	(void)state;
	for (unsigned i = 0; (tier = simd_tier(i)) != NULL; i++) {
		for (size_t row = 0; row < COUNT(parse_rows) * 2; row++) {
			const char *text = parse_rows[row / 2].text;
			char block[BEFORE + 64 + BEHIND];
			struct v6k_addr out[4];
			size_t n = strlen(text), at = 0, n_read, line = 0;

			/* What is behind the text would go on with it, and is not read. */
			memset(block, ':', sizeof(block));
			memcpy(block + BEFORE, text, n);
			n_read = tier->addr_parse_lines(block + BEFORE, n, &at,
				row & 1 ? V6K_PADDED : 0, out, COUNT(out));
			if (n_read != parse_rows[row / 2].n_read || at != parse_rows[row / 2].at)
				fail_msg("%s: \"%s\": %zu read, at %zu", tier->name, text, n_read,
					at);
			for (size_t j = 0; j < n_read; j++) {
				size_t end = line + strcspn(text + line, "\n");
				struct v6k_addr want;

				assert_int_equal(v6k_addr_parse(text + line, end - line, &want,
							 NULL),
					0);
				assert_memory_equal(&out[j], &want, sizeof(want));
				line = end + 1;
			}
		}
	}
}

/* A few lines at a time, from somewhere on. */
static void parse_cap(void **state)
{
	static const char text[] = "junk\n::1\n::2\n::3\n";
	struct v6k_addr out[3] = { { .family = V6K_NONE } };
	size_t at = 5;

	(void)state;
	assert_int_equal(v6k_addr_parse_lines(text, sizeof(text) - 1, &at, 0, out, 0), 0);
	assert_int_equal(at, 5);
	assert_int_equal(v6k_addr_parse_lines(text, sizeof(text) - 1, &at, 0, out, 2), 2);
	assert_int_equal(at, 13);
	assert_string_equal(text_of_addr(out[1]), "::2");
	assert_int_equal(out[2].family, V6K_NONE);
	assert_int_equal(v6k_addr_parse_lines(text, sizeof(text) - 1, &at, 0, out, 2), 1);
	assert_int_equal(at, 17);
	assert_string_equal(text_of_addr(out[0]), "::3");
	assert_int_equal(v6k_addr_parse_lines(text, sizeof(text) - 1, &at, 0, out, 2), 0);
}

static void format(void **state)
{
	const struct simd_tier *tier;
	struct v6k_addr a[4] = { addr("2001:DB8:0::25"), addr("192.0.2.1"), addr("::ffff:1.2.3.4"),
		addr("::") };

	(void)state;
	for (unsigned i = 0; (tier = simd_tier(i)) != NULL; i++) {
		/* Room for each number of lines, and one byte less. */
		for (size_t lines = 0; lines <= COUNT(a); lines++) {
			static const char want[] = "2001:db8::25\n192.0.2.1\n::ffff:1.2.3.4\n::\n";
			static const size_t ends[] = { 0, 13, 23, 38, 41 };

			for (size_t less = 0; less < 2; less++) {
				size_t cap =
					(lines ? ends[lines - 1] : 0) + V6K_LINE_TEXT_MAX - less;
				size_t fit = lines + (lines == 0) - less, at = 0, n;
				char buf[128];

				memset(buf, '#', sizeof(buf));
				n = tier->addr_format_lines(a, COUNT(a), &at, '\n', buf, cap);
				if (at != fit || n != ends[fit] || memcmp(buf, want, n) != 0)
					fail_msg("%s: %zu bytes: %zu lines: %.*s", tier->name, cap,
						at, (int)n, buf);
				assert_int_equal(buf[cap], '#');
			}
		}
	}
}

/* What is no address ends it; the byte behind each is any. */
static void format_stops(void **state)
{
	struct v6k_addr a[3] = { addr("::1"), addr("::2"), { .family = V6K_NONE } };
	size_t at = 1;
	char buf[256];

	(void)state;
	assert_int_equal(v6k_addr_format_lines(a, 3, &at, '\0', buf, sizeof(buf)), 4);
	assert_int_equal(at, 2);
	assert_memory_equal(buf, "::2", 4);
	assert_int_equal(v6k_addr_format_lines(a, 3, &at, '\0', buf, sizeof(buf)), 0);
	assert_int_equal(at, 2);
	assert_int_equal(v6k_addr_format_lines(a, 0, &(size_t){ 0 }, '\n', buf, sizeof(buf)), 0);
	assert_int_equal(v6k_addr_format_lines(a, 1, &(size_t){ 0 }, '\n', buf, 0), 0);
}

/* The tiers: the plain one first, no name twice, and one can be asked for. */
static void tiers(void **state)
{
	const char *best = v6k_simd_name();
	const struct simd_tier *tier;
	unsigned n = 0;

	(void)state;
	assert_string_equal(simd_tier(0)->name, "none");
	for (; (tier = simd_tier(n)) != NULL; n++) {
		assert_int_equal(simd_force(tier->name), 0);
		assert_ptr_equal(simd(), tier);
		assert_string_equal(v6k_simd_name(), tier->name);
	}
	assert_string_equal(simd_tier(n - 1)->name, best);
	assert_int_equal(simd_force("none"), 0);
	assert_int_equal(simd_force("nine"), V6K_EINVAL);
	assert_int_equal(simd_force(""), V6K_EINVAL);
	assert_string_equal(v6k_simd_name(), "none");
	assert_int_equal(simd_force(best), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parse),
		cmocka_unit_test(parse_cap),
		cmocka_unit_test(format),
		cmocka_unit_test(format_stops),
		cmocka_unit_test(tiers),
	};

	return cmocka_run_group_tests_name("lines", tests, NULL, NULL);
}
