/* test_simd.c: in every tier that the machine has, the parser and the formatter do what the plain
 * ones do, wherever the bytes lie: before and behind them are pages that nobody may touch. */
#include <stdbool.h>

#include <sys/mman.h>
#include <unistd.h>

#include "../../src/core/dispatch.h"
#include "random.h"

enum { TEXTS = 200000, VALUES = 200000, ROOM = 64 };

static char *page; /* the one that may be touched */
static size_t page_n;

static const struct simd_tier *plain;

static int set_up(void **state)
{
	char *pages;

	(void)state;
	page_n = (size_t)sysconf(_SC_PAGESIZE);
	pages = mmap(NULL, 3 * page_n, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (pages == MAP_FAILED || mprotect(pages + page_n, page_n, PROT_READ | PROT_WRITE))
		return -1;
	page = pages + page_n;
	plain = simd_tier(0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	return munmap(page - page_n, 3 * page_n);
}

/* What a parser makes of a text. */
struct answer {
	int code;
	size_t at;
	struct v6k_addr a;
	struct v6k_error err;
};

static const struct answer nothing = { 7, 0, { 1, 2, 3, { 4, 5, 6, 7, 8, 9, 10 } }, { 1, 2, 3 } };

static struct answer parse(const struct simd_tier *tier, const char *s, size_t n)
{
	struct answer answer = nothing;

	answer.code = tier->addr_parse(s, n, &answer.a, &answer.err);
	return answer;
}

static struct answer read_at(const struct simd_tier *tier, const char *s, size_t n, size_t at)
{
	struct answer answer = nothing;

	answer.at = at;
	answer.code = tier->addr_read(s, n, &answer.at, &answer.a, &answer.err);
	return answer;
}

static void same(const char *tier, const char *what, const char *s, size_t n, struct answer got,
	struct answer want)
{
	char got_text[64], want_text[64];

	if (got.code == want.code && got.at == want.at &&
		memcmp(&got.a, &want.a, sizeof(got.a)) == 0 &&
		memcmp(&got.err, &want.err, sizeof(got.err)) == 0)
		return;
	error_text(got.code, &got.err, got_text);
	error_text(want.code, &want.err, want_text);
	fail_msg("%s: %s \"%.*s\": %s, %s to %zu; want %s, %s to %zu", tier, what, (int)n, s,
		got_text, got.code ? "" : text_of_addr(got.a), got.at, want_text,
		want.code ? "" : text_of_addr(want.a), want.at);
}

/* A text of n bytes, as a whole, behind something and before something, and at either end of the
 * page. */
static void check_text(const char *text, size_t n)
{
	static const char *const behind[] = { "/64 and more", "\n", "-::1", "%eth0", "]:25" };
	struct answer want = parse(plain, text, n), want_read;
	const struct simd_tier *tier;
	char *last = page + page_n - n;

	for (unsigned i = 1; (tier = simd_tier(i)) != NULL; i++) {
		const char *more = behind[random_below(COUNT(behind))];
		size_t more_n = random_below((unsigned)strlen(more) + 1), at;

		memcpy(page, text, n);
		same(tier->name, "parse, at the start", text, n, parse(tier, page, n), want);
		memcpy(last, text, n);
		same(tier->name, "parse, at the end", text, n, parse(tier, last, n), want);
		/* Something behind it, to the end of the page. */
		memmove(last - more_n, last, n);
		memcpy(page + page_n - more_n, more, more_n);
		at = random_below(3);
		want_read = read_at(plain, last - more_n - at, n + more_n + at, at);
		same(tier->name, "read", last - more_n - at, n + more_n + at,
			read_at(tier, last - more_n - at, n + more_n + at, at), want_read);
		/* The same with much behind it, which is none of the address. */
		memcpy(page, last - more_n, n + more_n);
		memset(page + n + more_n, random_below(2) ? '-' : 'a', 2 * ROOM);
		want_read = read_at(plain, page, n + more_n + 2 * ROOM, 0);
		same(tier->name, "read, much behind it", page, n + more_n,
			read_at(tier, page, n + more_n + 2 * ROOM, 0), want_read);
	}
}

static void fixed_texts(void **state)
{
	static const char *const texts[] = { "", ":", "::", ":::", "1", "::1", "1::", "1:", ":1",
		"0:0", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1::3:4:5:6:7:8",
		"1:2:3:4::5:6:7:8", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3",
		"12345::", "::12345", "1:2:3:4:5:6:7:89abc",
		"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
		"FFFF:ffff:FFFF:ffff:FFFF:ffff:FFFF:ffff:",
		":ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
		"ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255",
		"0000:0000:0000:0000:0000:0000:255.255.255.2550", "::1.2.3.4", "1::1.2.3.4",
		":1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4:5:1.2.3.4",
		"1::2:3:4:5:6:1.2.3.4", "1:2:3:4:5::1.2.3.4", "::ffff:1.2.3.4.5", "::1.2.3.4:5",
		"1.2.3.4::", "::1.2.3.04", "::256.1.1.1", "1.2.3.4", "01.2.3.4", "1.2.3.00",
		"0.0.0.0", "255.255.255.255", "256.0.0.1", "999.1.1.1", "1.2.3", "1.2.3.", ".1.2.3",
		"1..2.3", "1.2.3.4.", "1.2.3.4.5", "1111.2.3.4", "1.2.3.a", "a.b.c.d",
		"2001:db8::g", "2001:db8::\xc3\xa9", "2001:db8::\xff",
		"1:2:3@:4::", "1:2:3`:4::", "1:2:3/:4::", "1:2:3G:4::", "1:2:3\x1a:4::" };

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		check_text(texts[i], strlen(texts[i]));
	check_text("1\0::", 4);
	check_text("2001:db8::1\0\0:2:3", 17);
}

static void random_texts(void **state)
{
	unsigned good = 0;

	(void)state;
	for (unsigned i = 0; i < TEXTS; i++) {
		char text[80];
		size_t n = random_spoil(text, random_text(text));
		struct v6k_addr a;

		check_text(text, n);
		good += v6k_addr_parse(text, n, &a, NULL) == 0;
	}
	assert_in_range(good, TEXTS / 4, TEXTS / 4 * 3);
}

/* Bytes of any kind in a text that was good: each byte at each place of some. */
static void any_byte(void **state)
{
	static const char *const texts[] = { "2001:db8:0:12:aaaa:bbbb:cccc:dddd", "2001:db8::25",
		"::ffff:192.0.2.33", "192.0.2.33", "255.255.255.255", "::1:2" };

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		size_t n = strlen(texts[i]);

		for (size_t at = 0; at < n; at++) {
			for (unsigned byte = 0; byte < 256; byte++) {
				char text[64];

				memcpy(text, texts[i], n);
				text[at] = (char)byte;
				check_text(text, n);
			}
		}
	}
}

/* All octets of up to four digits, in each place. */
static void all_octets(void **state)
{
	(void)state;
	for (unsigned place = 0; place < 4; place++) {
		for (unsigned value = 0; value < 11110; value++) {
			/* 0 to 9, 00 to 99, and so on */
			unsigned digits = value < 10 ? 1 : value < 110 ? 2 : value < 1110 ? 3 : 4;
			unsigned v = value - (digits > 1 ? 10 : 0) - (digits > 2 ? 100 : 0) -
				(digits > 3 ? 1000 : 0);
			char text[64], octet[16];

			snprintf(octet, sizeof(octet), "%0*u", (int)digits, v);
			snprintf(text, sizeof(text), "%s.%s.%s.%s", place == 0 ? octet : "7",
				place == 1 ? octet : "10", place == 2 ? octet : "200",
				place == 3 ? octet : "0");
			check_text(text, strlen(text));
		}
	}
}

/* Lines, padded or not, from anywhere in the page to its end. */
static void lines(void **state)
{
	const struct simd_tier *tier;

	(void)state;
	for (unsigned round = 0; round < 20000; round++) {
		char text[512], *s;
		size_t n = 0, cut, want_n, want_at = 0;
		struct v6k_addr want[16], got[16];

		for (unsigned left = random_below(8); left > 0; left--) {
			char line[80];
			size_t line_n = random_text(line);

			if (random_below(8) == 0)
				line_n = random_spoil(line, line_n);
			memcpy(text + n, line, line_n);
			n += line_n;
			text[n++] = '\n';
		}
		cut = random_below(4) && n > 0 ? random_below((unsigned)n) : n;
		n = cut;
		s = page + page_n - n;
		memcpy(s, text, n);
		want_n = plain->addr_parse_lines(s, n, &want_at, 0, want, COUNT(want));
		for (unsigned i = 1; (tier = simd_tier(i)) != NULL; i++) {
			for (unsigned flags = 0; flags <= V6K_PADDED; flags++) {
				size_t at = 0, got_n;
				const char *from = s;

				if (flags) { /* what is behind goes on with it */
					memcpy(page + ROOM, text, n);
					memset(page + ROOM + n, random_below(2) ? '\n' : '1',
						2 * ROOM);
					from = page + ROOM;
				} else {
					memcpy(s, text, n);
				}
				got_n = tier->addr_parse_lines(from, n, &at, flags, got,
					COUNT(got));
				if (got_n != want_n || at != want_at ||
					memcmp(got, want, got_n * sizeof(got[0])) != 0)
					fail_msg(
						"%s: %zu lines to %zu, want %zu to %zu, of \"%.*s\"",
						tier->name, got_n, at, want_n, want_at, (int)n,
						text);
			}
		}
	}
}

/* Lines of one long group, or one before and one behind a "::", in the last bytes of the page and just
 * before them: where a parser would read on past its end if it looked for groups that are not there. */
static void long_lines(void **state)
{
	static const char *const heads[] = { "", "74::", ":", "1:2:3:4:5:6:7:", "1.2.3.4:" };
	const struct simd_tier *tier;

	(void)state;
	for (size_t h = 0; h < COUNT(heads); h++) {
		for (size_t room = 16; room < 80; room++) {
			for (size_t n = strlen(heads[h]) + 1; n < room; n++) {
				char *s = page + page_n - room;

				memset(s, 'f', room);
				memcpy(s, heads[h], strlen(heads[h]));
				s[n] = '\n';
				for (unsigned i = 0; (tier = simd_tier(i)) != NULL; i++) {
					struct v6k_addr a;
					struct answer want = parse(plain, s, n);
					size_t at = 0;

					if (tier->addr_parse_lines(s, room, &at, 0, &a, 1) !=
						(want.code == 0))
						fail_msg("%s: \"%.*s\" in %zu bytes", tier->name,
							(int)n, s, room);
					same(tier->name, "parse", s, n, parse(tier, s, n), want);
				}
			}
		}
	}
}

static void check_value(struct v6k_addr a)
{
	char want[ADDR_PUT_ROOM + 1], got[ADDR_PUT_ROOM + 1];
	const struct simd_tier *tier;
	size_t n = (size_t)(plain->addr_put(want, &a) - want);

	for (unsigned i = 1; (tier = simd_tier(i)) != NULL; i++) {
		size_t got_n;

		got[ADDR_PUT_ROOM] = '#';
		got_n = (size_t)(tier->addr_put(got, &a) - got);
		if (got_n != n || memcmp(got, want, n) != 0)
			fail_msg("%s: \"%.*s\", want \"%.*s\"", tier->name, (int)got_n, got, (int)n,
				want);
		assert_int_equal(got[ADDR_PUT_ROOM], '#');
	}
}

/* All choices of zero groups with the others of each width, then random values. */
static void values(void **state)
{
	(void)state;
	for (unsigned zero = 0; zero < 256; zero++) {
		for (unsigned round = 0; round < 64; round++) {
			uint8_t bytes[16];
			struct v6k_addr a;

			for (unsigned i = 0; i < 8; i++) {
				unsigned group = (0x1000u | (unsigned)random_word() % 0xf000) >>
					4 * random_below(4);

				bytes[2 * i] = (uint8_t)(zero >> i & 1 ? 0 : group >> 8);
				bytes[2 * i + 1] = (uint8_t)(zero >> i & 1 ? 0 : group);
			}
			v6k_addr_from_bytes(bytes, 16, &a);
			check_value(a);
		}
	}
	for (unsigned i = 0; i < VALUES; i++)
		check_value(random_addr());
	for (unsigned octet = 0; octet < 256; octet++)
		for (unsigned place = 0; place < 32; place += 8)
			check_value((struct v6k_addr){
				.lo = (UINT32_C(0x07640a00) & ~(UINT32_C(255) << place)) |
					octet << place,
				.family = V6K_IPV4 });
}

/* The public calls write inside their buffer alone, however small: it ends with the page. */
static void small_buffers(void **state)
{
	static const char *const texts[] = { "::", "0.0.0.0", "255.255.255.255",
		"::ffff:255.255.255.255", "ffff:eeee:dddd:cccc:bbbb:aaaa:9999:8888",
		"2001:db8::25" };
	const char *best = v6k_simd_name();
	const struct simd_tier *tier;

	(void)state;
	for (unsigned i = 0; (tier = simd_tier(i)) != NULL; i++) {
		assert_int_equal(simd_force(tier->name), 0);
		for (size_t row = 0; row < COUNT(texts); row++) {
			struct v6k_addr a = addr(texts[row]);

			for (size_t cap = 0; cap <= V6K_ADDR_TEXT_MAX + 8; cap++) {
				char *buf = page + page_n - cap;
				int n, want = (int)strlen(texts[row]);
				size_t at = 0;

				n = v6k_addr_format(a, V6K_CANONICAL, buf, cap);
				if (n != (cap < (size_t)want ? V6K_ENOSPC : want))
					fail_msg("%s: %s in %zu bytes: %d", tier->name, texts[row],
						cap, n);
				if (n > 0)
					assert_memory_equal(buf, texts[row], (size_t)n);
				assert_int_equal(v6k_addr_format_lines(&a, 1, &at, '\n', buf, cap),
					cap < V6K_LINE_TEXT_MAX ? 0 : want + 1);
			}
		}
	}
	assert_int_equal(simd_force(best), 0);
}

/* Prefixes, ranges and notations read their addresses by the same tier. */
static void notations(void **state)
{
	const char *best = v6k_simd_name();
	const struct simd_tier *tier;

	(void)state;
	for (unsigned round = 0; round < 50000; round++) {
		char text[200];
		size_t n = random_text(text);
		struct v6k_notation want, got;
		struct v6k_error want_err, got_err;
		int want_code, code;

		switch (random_below(4)) {
		case 0:
			n += (size_t)sprintf(text + n, "/%u", random_below(140));
			break;
		case 1:
			text[n++] = '-';
			n += random_text(text + n);
			break;
		case 2:
			memmove(text + 6, text, n);
			memcpy(text, "[IPv6:", 6);
			n += 6;
			text[n++] = ']';
			break;
		default:
			n = random_spoil(text, n);
		}
		memset(&want, 0, sizeof(want));
		want_err = error_unset();
		assert_int_equal(simd_force("none"), 0);
		want_code = v6k_notation_parse(text, n, 0, &want, &want_err);
		for (unsigned i = 1; (tier = simd_tier(i)) != NULL; i++) {
			char *s = page + page_n - n;

			memcpy(s, text, n);
			memset(&got, 0, sizeof(got));
			got_err = error_unset();
			assert_int_equal(simd_force(tier->name), 0);
			code = v6k_notation_parse(s, n, 0, &got, &got_err);
			if (code != want_code || memcmp(&got, &want, sizeof(got)) != 0 ||
				memcmp(&got_err, &want_err, sizeof(got_err)) != 0)
				fail_msg("%s: \"%.*s\" is another notation", tier->name, (int)n,
					text);
		}
	}
	assert_int_equal(simd_force(best), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fixed_texts),
		cmocka_unit_test(random_texts),
		cmocka_unit_test(any_byte),
		cmocka_unit_test(all_octets),
		cmocka_unit_test(lines),
		cmocka_unit_test(long_lines),
		cmocka_unit_test(values),
		cmocka_unit_test(small_buffers),
		cmocka_unit_test(notations),
	};

	random_seed();
	return cmocka_run_group_tests_name("simd", tests, set_up, tear_down);
}
