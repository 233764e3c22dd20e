/* test_format.c: v6k_addr_format in every style. More rows are in tests/vectors/styles.tsv. */
#include <stdlib.h>

#include "lib.h"

#define MAX6 "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"

/* One address in every style, and both ends of both families. */
static const struct {
	const char *style, *a, *text;
} styles[] = {
	{ "canonical", "2a00:a200:0:12::25", "2a00:a200:0:12::25" },
	{ "full", "2a00:a200:0:12::25", "2a00:a200:0000:0012:0000:0000:0000:0025" },
	{ "bare", "2a00:a200:0:12::25", "2a00:a200:0:12::25" },
	{ "mixed", "2a00:a200:0:12::25", "2a00:a200:0:12::0.0.0.37" },
	{ "upper", "2a00:a200:0:12::25", "2A00:A200:0:12::25" },
	{ "hex", "2a00:a200:0:12::25", "0x2a00a200000000120000000000000025" },
	{ "int", "2a00:a200:0:12::25", "55830861573322258564609969313254735909" },
	{ "bits", "2a00:a200:0:12::25",
		"0010101000000000101000100000000000000000000000000000000000010010"
		"0000000000000000000000000000000000000000000000000000000000100101" },
	{ "arpa", "2a00:a200:0:12::25",
		"5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.1.0.0.0.0.0.0.0.0.2.a.0.0.a.2.ip6.arpa" },
	{ "uri", "2a00:a200:0:12::25", "[2a00:a200:0:12::25]" },
	{ "smtp", "2a00:a200:0:12::25", "[IPv6:2a00:a200:0:12::25]" },
	{ "sendmail", "2a00:a200:0:12::25", "IPv6:2a00:a200:0:12::25" },
	{ "unc", "2a00:a200:0:12::25", "2a00-a200-0-12--25.ipv6-literal.net" },
	{ "c", "2a00:a200:0:12::25",
		"{ 0x2a, 0x00, 0xa2, 0x00, 0x00, 0x00, 0x00, 0x12, "
		"0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x25 }" },
	{ "access", "2a00:a200:0:12::25", "IPv6:2a00:a200:0:12:0:0:0:25" },
	{ "canonical", "::", "::" },
	{ "canonical", MAX6, MAX6 },
	{ "mixed", MAX6, "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255" },
	{ "upper", MAX6, "FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF" },
	{ "int", MAX6, "340282366920938463463374607431768211455" },
	{ "int", "::", "0" },
	{ "base85", MAX6, "=r54lj&NUUO~Hi%c2ym0" },
	{ "base85", "::", "00000000000000000000" },
	{ "canonical", "0.0.0.0", "0.0.0.0" },
	{ "full", "255.255.255.255", "255.255.255.255" },
	{ "bare", "0.0.0.0", "0.0.0.0" },
	{ "mixed", "1.20.99.100", "1.20.99.100" },
	{ "upper", "9.10.200.255", "9.10.200.255" },
	{ "hex", "0.0.0.10", "0x0000000a" },
	{ "int", "255.255.255.255", "4294967295" },
	{ "int", "0.0.0.0", "0" },
	{ "bits", "255.0.0.1", "11111111000000000000000000000001" },
	{ "arpa", "0.0.0.0", "0.0.0.0.in-addr.arpa" },
	{ "arpa", "255.255.255.255", "255.255.255.255.in-addr.arpa" },
	{ "uri", "192.0.2.1", "192.0.2.1" },
	{ "smtp", "192.0.2.1", "[192.0.2.1]" },
	{ "sendmail", "192.0.2.1", "192.0.2.1" },
	{ "c", "192.0.2.1", "{ 0xc0, 0x00, 0x02, 0x01 }" },
	{ "access", "192.0.2.1", "192.0.2.1" },
	{ "access", "::ffff:192.0.2.1", "192.0.2.1" },
};

static void every_style(void **state)
{
	unsigned longest = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(styles); i++) {
		enum v6k_style style = V6K_STYLES;
		struct v6k_addr a = addr(styles[i].a);
		int n = (int)strlen(styles[i].text);
		char buf[V6K_ADDR_TEXT_MAX + 8];

		assert_int_equal(v6k_style_from_name(styles[i].style, strlen(styles[i].style),
					 &style),
			0);
		assert_row(styles[i].style, v6k_addr_format(a, style, buf, V6K_ADDR_TEXT_MAX) == n);
		buf[n] = 0;
		assert_row_text(styles[i].style, buf, styles[i].text);
		longest = n > (int)longest ? (unsigned)n : longest;

		/* Every size that is too small, and just enough, in memory of that size. */
		for (int cap = 0; cap <= n; cap++) {
			char *small = malloc(cap ? (size_t)cap : 1);

			assert_non_null(small);
			assert_int_equal(v6k_addr_format(a, style, small, (size_t)cap),
				cap < n ? V6K_ENOSPC : n);
			if (cap == n)
				assert_memory_equal(small, styles[i].text, (size_t)n);
			free(small);
		}
		/* With room for any text it still stays inside. */
		memset(buf, 'x', sizeof(buf));
		v6k_addr_format(a, style, buf, V6K_ADDR_TEXT_MAX);
		assert_memory_equal(buf + V6K_ADDR_TEXT_MAX, "xxxxxxxx", 8);
	}
	assert_true(longest <= V6K_ADDR_TEXT_MAX);
}

static void refused(void **state)
{
	char buf[V6K_ADDR_TEXT_MAX] = "untouched";

	(void)state;
	assert_int_equal(v6k_addr_format(addr(""), V6K_CANONICAL, buf, sizeof(buf)), V6K_EINVAL);
	assert_int_equal(v6k_addr_format(addr("::1"), V6K_STYLES, buf, sizeof(buf)), V6K_EINVAL);
	assert_int_equal(v6k_addr_format(addr("::1"), (enum v6k_style) - 1, buf, sizeof(buf)),
		V6K_EINVAL);
	assert_int_equal(v6k_addr_format(addr("192.0.2.1"), V6K_UNC, buf, sizeof(buf)),
		V6K_EFAMILY);
	assert_int_equal(v6k_addr_format(addr("192.0.2.1"), V6K_BASE85, buf, sizeof(buf)),
		V6K_EFAMILY);
	assert_string_equal(buf, "untouched");
}

/* Each octet and each group by itself, in all lengths. */
static void octets_and_groups(void **state)
{
	char want[64], got[V6K_ADDR_TEXT_MAX + 1];

	(void)state;
	for (unsigned v = 0; v < 256; v++) {
		struct v6k_addr a = { .lo = v << 24 | (255 - v) << 16 | v << 8 | v,
			.family = V6K_IPV4 };

		got[v6k_addr_format(a, V6K_CANONICAL, got, V6K_ADDR_TEXT_MAX)] = 0;
		snprintf(want, sizeof(want), "%u.%u.%u.%u", v, 255 - v, v, v);
		assert_string_equal(got, want);
	}
	for (unsigned v = 1; v < 65536; v++) {
		uint64_t four = (uint64_t)v * UINT64_C(0x0001000100010001);
		struct v6k_addr a = { .hi = four, .lo = four, .family = V6K_IPV6 };

		got[v6k_addr_format(a, V6K_CANONICAL, got, V6K_ADDR_TEXT_MAX)] = 0;
		snprintf(want, sizeof(want), "%x:%x:%x:%x:%x:%x:%x:%x", v, v, v, v, v, v, v, v);
		assert_string_equal(got, want);
	}
}

/* RFC 5952 section 4.2 by the letter, for every choice of zero groups, beside the core's table. */
static void gaps(void **state)
{
	(void)state;
	for (unsigned zero = 0; zero < 256; zero++) {
		struct v6k_addr a = { .family = V6K_IPV6 };
		unsigned best = 0, best_n = 1, n = 0;
		char want[64] = "", got[V6K_ADDR_TEXT_MAX + 1];

		for (unsigned i = 0; i < 8; i++) {
			unsigned run = 0;

			while (i + run < 8 && zero >> (i + run) & 1)
				run++;
			if (run > best_n) {
				best = i;
				best_n = run;
			}
			if (!(zero >> i & 1))
				*(i < 4 ? &a.hi : &a.lo) |= UINT64_C(0xab) << (48 - 16 * (i & 3));
		}
		for (unsigned i = 0; i < 8; i++) {
			if (best_n > 1 && i == best) {
				n += (unsigned)sprintf(want + n, i ? ":" : "::");
				i += best_n - 1;
				continue;
			}
			n += (unsigned)sprintf(want + n, "%s%s", zero >> i & 1 ? "0" : "ab",
				i < 7 ? ":" : "");
		}
		got[v6k_addr_format(a, V6K_CANONICAL, got, V6K_ADDR_TEXT_MAX)] = 0;
		assert_string_equal(got, want);
	}
}

static void style_names(void **state)
{
	(void)state;
	for (unsigned i = 0; i < V6K_STYLES; i++) {
		const char *name = v6k_style_name((enum v6k_style)i);
		enum v6k_style back = V6K_STYLES;

		assert_non_null(name);
		assert_int_equal(v6k_style_from_name(name, strlen(name), &back), 0);
		assert_int_equal(back, i);
		/* Neither abbreviated nor with something behind it. */
		assert_int_equal(v6k_style_from_name(name, strlen(name) - 1, &back), V6K_EINVAL);
		assert_int_equal(v6k_style_from_name(name, strlen(name) + 1, &back), V6K_EINVAL);
		assert_int_equal(back, i);
	}
	assert_null(v6k_style_name(V6K_STYLES));
	assert_null(v6k_style_name((enum v6k_style) - 1));
}

/* Runs of lines: from where, how long, how many. */
static const struct {
	const char *from;
	uint64_t n;
} runs[] = {
	{ "2001:db8::/64", 70000 },
	{ "2001:db8:0:fff0::/60", 5000 },
	{ "2001:db8::/49", 70000 },
	{ "::/128", 70000 },
	{ "::fffe:ffff:fff0/128", 40 },
	{ "::ffff:ffff:fff0/128", 40 },
	{ "::ffff:0:0/112", 70000 },
	{ "0:0:0:0:ffff:ffff:ffff:0/112", 70000 },
	{ "::/16", 65536 },
	{ "fffe::/17", 4 },
	{ "::/0", 1 },
	{ "8000::/1", 1 },
	{ "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff00/128", 256 },
	{ "0.0.0.0/0", 1 },
	{ "0.0.0.0/16", 65536 },
	{ "9.255.255.0/32", 70000 },
	{ "255.255.255.0/30", 64 },
};

/* Each line of a run is what the plain call writes, whatever the size of the buffer. */
static void run_of_lines(const char *name, uint64_t n, size_t cap, int lengths)
{
	static char buf[4096];
	struct v6k_prefix p = prefix(name), next = p;
	struct v6k_addr a = v6k_prefix_first(p);
	uint64_t left = n, lines = 0;

	while (left > 0) {
		uint64_t before = left;
		int at = 0,
		    done = lengths ? v6k_prefix_format_run(&next, &left, '\n', buf, cap) :
				     v6k_addr_format_run(&a, &left, '\n', buf, cap);

		assert_row(name, done > 0 && (size_t)done <= cap && left < before);
		for (; before > left; before--, lines++) {
			const char *want;
			struct v6k_prefix line;
			size_t want_n;

			assert_int_equal(v6k_prefix_next(p, 0, lines, &line), 0);
			want = lengths ? text_of_prefix(line) :
					 text_of_addr(v6k_prefix_first(line));
			want_n = strlen(want);
			assert_row(want,
				(size_t)(done - at) > want_n && buf[at + (int)want_n] == '\n');
			assert_memory_equal(buf + at, want, want_n);
			at += (int)want_n + 1;
		}
		assert_row(name, at == done);
	}
	assert_row(name, lines == n);
	/* What follows the last line, or nothing. */
	if (v6k_prefix_next(p, 0, n, &p) != 0)
		p = prefix("");
	assert_row(name,
		lengths ? v6k_prefix_cmp(p, next) == 0 && p.family == next.family :
			  v6k_addr_cmp(v6k_prefix_first(p), a) == 0 && p.family == a.family);
}

static void run_lines(void **state)
{
	static const size_t caps[] = { 64, 65, 100, 127, 128, 1000, 4096 };
	char buf[V6K_LINE_TEXT_MAX];
	struct v6k_prefix p = prefix("::/0"), none = prefix("");
	struct v6k_addr a = addr("255.255.255.255");
	uint64_t n = 2;

	(void)state;
	for (size_t i = 0; i < COUNT(runs); i++) {
		for (size_t j = 0; j < COUNT(caps); j++) {
			run_of_lines(runs[i].from, runs[i].n, caps[j], 1);
			if (strstr(runs[i].from, "/128") || strstr(runs[i].from, "/32"))
				run_of_lines(runs[i].from, runs[i].n, caps[j], 0);
		}
	}
	/* One more than there are, no room, no prefix: nothing is changed. */
	assert_int_equal(v6k_prefix_format_run(&p, &n, 0, buf, sizeof(buf)), V6K_EOVERFLOW);
	assert_int_equal(v6k_addr_format_run(&a, &n, 0, buf, sizeof(buf)), V6K_EOVERFLOW);
	assert_true(n == 2 && p.family == V6K_IPV6 && a.lo == UINT32_MAX);
	n = 1;
	assert_int_equal(v6k_prefix_format_run(&p, &n, 0, buf, sizeof(buf) - 1), V6K_ENOSPC);
	assert_int_equal(v6k_prefix_format_run(&none, &n, 0, buf, sizeof(buf)), V6K_EINVAL);
	none.family = V6K_IPV4;
	none.bits = 33;
	assert_int_equal(v6k_prefix_format_run(&none, &n, 0, buf, sizeof(buf)), V6K_EINVAL);
	assert_int_equal(n, 1);
	assert_int_equal(v6k_prefix_format_run(&p, &n, 0, buf, sizeof(buf)), 5);
	assert_memory_equal(buf, "::/0", 5);
	assert_int_equal(v6k_addr_format_run(&a, &n, 0, buf, 0), 0);
}

/* Prefixes of an array, at every size of the buffer. */
static void prefix_lines(void **state)
{
	static const char *const texts[] = { "::/0", "10.0.0.0/8", "2001:db8::/32",
		"2001:db8:1:2:3:4:5:6/128", "::ffff:255.255.255.255/128", "0.0.0.0/0",
		"255.255.255.255/32", "fe80::/10", "2001:db8:0:ff00::/56" };
	enum { N = COUNT(texts) };
	struct v6k_prefix p[N + 1];
	char buf[N * V6K_LINE_TEXT_MAX], want[N * V6K_LINE_TEXT_MAX];
	size_t at = 0;

	(void)state;
	for (size_t i = 0; i < N; i++) {
		p[i] = prefix(texts[i]);
		at += (size_t)snprintf(want + at, sizeof(want) - at, "%s;", texts[i]);
	}
	p[N] = prefix(""); /* none: not written */
	for (size_t cap = V6K_LINE_TEXT_MAX; cap <= sizeof(buf); cap++) {
		size_t done = 0;

		for (size_t i = 0, n; i < N; done += n) {
			size_t before = i;

			n = v6k_prefix_format_lines(p, N + 1, &i, ';', buf, cap);
			assert_true(n <= cap && n > 0 && i > before);
			assert_memory_equal(buf, want + done, n);
		}
		assert_int_equal(done, at);
	}
	at = N;
	assert_int_equal(v6k_prefix_format_lines(p, N + 1, &at, ';', buf, sizeof(buf)), 0);
	assert_int_equal(at, N);
	at = 0;
	assert_int_equal(v6k_prefix_format_lines(p, N, &at, ';', buf, V6K_LINE_TEXT_MAX - 1), 0);
	assert_int_equal(at, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_style),
		cmocka_unit_test(refused),
		cmocka_unit_test(octets_and_groups),
		cmocka_unit_test(gaps),
		cmocka_unit_test(style_names),
		cmocka_unit_test(prefix_lines),
		cmocka_unit_test(run_lines),
	};

	return cmocka_run_group_tests_name("format", tests, NULL, NULL);
}
