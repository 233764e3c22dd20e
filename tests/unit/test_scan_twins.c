/* test_scan_twins.c: the scanners of all tiers find the same as the scalar one: at every place of a
 * block, in every size of text and of hits, with and without slack around the text; and with a set what the
 * set has of it. V6KIT_SEED chooses other texts, V6KIT_LINES how many. */
#include "lib.h"

#include <stdbool.h>

#include "dispatch.h"
#include "random.h"

enum { SLACK_BEFORE = 64, SLACK_AFTER = 128, TEXT_MAX = 4096, HITS_MAX = 1024, BORDER = 2048 };

/* What texts are made of, in any order. */
static const char *const pieces[] = {
	"2001:db8::1",
	"192.0.2.1",
	"::",
	"::1",
	"2001:db8:1:2:3:4:5:6",
	"0:0:0:0:0:0:0:0",
	"ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255",
	"::ffff:192.0.2.1",
	"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
	"1:2:3:4:5:6:7.8.9.10",
	"fe80::1%eth0",
	"/64",
	"/24",
	"/0",
	"-192.0.2.9",
	"-2001:db8::5",
	":80",
	":58430",
	".53",
	".",
	":",
	",",
	" ",
	" ",
	" ",
	"\n",
	"[",
	"]",
	"(",
	"\"",
	"IPv6:",
	"ip4:",
	"client:",
	"deadbeef:",
	"a_b:",
	"_",
	"x",
	"00:11:22:33:44:55",
	"00:11:22:33:44:55:66:77",
	"12:34:56",
	"999.1.1.1",
	"1::2::3",
	"1.2.3",
	"std::vector",
	"%",
	"%25",
	"/",
	"-",
	"\\n",
	"\\x22",
	"\033[31m",
	"\033[m",
	"://",
	"#",
	"0",
	"mail.example.org",
	"a.bc.de.f",
	"1:2:3:4:5:6:7:8",
	"abcd:",
	"12.",
	"10.1.2.3.4",
	":::",
	"\xff",
	"a long word of nothing at all, with blanks in it: and so on ",
};

/* A text between slack that is full of bytes which would be part of an address. */
struct buffer {
	char slack[SLACK_BEFORE + TEXT_MAX + SLACK_AFTER];
};

static char *text_of(struct buffer *b)
{
	return b->slack + SLACK_BEFORE;
}

static size_t make_text(char *s, size_t max)
{
	size_t n = 0, want = random_below((unsigned)max);

	while (n < want) {
		const char *piece = pieces[random_below(COUNT(pieces))];
		size_t len = strlen(piece);

		if (len > max - n)
			break;
		memcpy(s + n, piece, len);
		n += len;
	}
	for (size_t i = random_below(4); n > 0 && i > 0; i--)
		s[random_below((unsigned)n)] = (char)random_below(256);
	return n;
}

/* All hits of a text, with room for so many a call. */
static size_t scan_all(const struct simd_tier *tier, const char *s, size_t n, unsigned flags,
	size_t room, struct v6k_hit *hits, size_t *calls)
{
	size_t at = 0, count = 0;

	*calls = 0;
	while (at < n) {
		size_t cap = room < HITS_MAX - count ? room : HITS_MAX - count;
		size_t got = tier->scan(s, n, &at, flags, NULL, hits + count, cap);

		assert_true(got <= cap && (at == n || got == cap));
		count += got;
		++*calls;
	}
	return count;
}

static void compare(const struct simd_tier *tier, const char *s, size_t n, unsigned flags,
	size_t room, const struct v6k_hit *want, size_t want_count)
{
	static struct v6k_hit got[HITS_MAX];
	size_t calls, count = scan_all(tier, s, n, flags, room, got, &calls);

	for (size_t i = 0; i < want_count || i < count; i++)
		if (i >= want_count || i >= count || memcmp(&got[i], &want[i], sizeof(got[i])) != 0)
			fail_msg(
				"%s, flags %u, room %zu: hit %zu (of %zu, %zu) differs: \"%.*s\" and "
				"\"%.*s\" in:\n%.*s",
				tier->name, flags, room, i, count, want_count,
				i < count ? (int)got[i].len : 0, s + (i < count ? got[i].off : 0),
				i < want_count ? (int)want[i].len : 0,
				s + (i < want_count ? want[i].off : 0), (int)n, s);
}

/* Every tier beside the scalar one, on s[0..n) with slack around it and on a copy without. */
static void compare_tiers(const char *s, size_t n)
{
	static struct v6k_hit want[HITS_MAX];
	char *bare = malloc(n ? n : 1);
	size_t calls;

	assert_non_null(bare);
	memcpy(bare, s, n);
	for (unsigned flags = 0; flags <= V6K_SCAN_TCPDUMP; flags += V6K_SCAN_TCPDUMP) {
		size_t count = scan_all(simd_tier(0), s, n, flags, HITS_MAX, want, &calls);

		for (unsigned i = 1; simd_tier(i); i++) {
			compare(simd_tier(i), bare, n, flags, HITS_MAX, want, count);
			compare(simd_tier(i), bare, n, flags, 1, want, count);
			compare(simd_tier(i), s, n, flags | V6K_SCAN_PADDED, 1 + random_below(4),
				want, count);
		}
	}
	free(bare);
}

static void fill_slack(struct buffer *b, size_t n)
{
	static const char *const fills[] = { "0", "0 ", ".1 ", ":1 ", "1:2", ".1", "::", "x:", "\\",
		"\033[", " " };
	const char *fill = fills[random_below(COUNT(fills))];
	size_t len = strlen(fill);

	for (size_t i = 0; i < SLACK_BEFORE; i++)
		b->slack[i] = fill[i % len];
	for (size_t i = 0; i < SLACK_AFTER; i++)
		text_of(b)[n + i] = fill[i % len];
}

static void random_texts(void **state)
{
	static struct buffer b;
	const char *lines = getenv("V6KIT_LINES");
	unsigned rounds = lines && *lines ? (unsigned)atoi(lines) : 20000;

	(void)state;
	for (unsigned i = 0; i < rounds; i++) {
		size_t n = make_text(text_of(&b), i % 8 ? 200 : TEXT_MAX);

		fill_slack(&b, n);
		compare_tiers(text_of(&b), n);
	}
}

/* One token at every place of two blocks, in texts of every size behind it; and around the border of what
 * is looked at in one go. */
static void every_place(void **state)
{
	static struct buffer b;
	static const char *const tokens[] = { "2001:db8::1", "192.0.2.1", "::", "x:192.0.2.1:80",
		"ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255", "0:0:0:0:0:0:0:0",
		"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128", "1:2:3:4:5:6:1.2.3.4",
		"fe80::1%eth0/64", "2001:db8::1-2001:db8::2", "client.example:fe80::1:58430.",
		"\\x222001:db8::1" };

	(void)state;
	for (size_t k = 0; k < COUNT(tokens); k++) {
		size_t len = strlen(tokens[k]);

		for (size_t place = 0; place < 130; place++) {
			char *s = text_of(&b);
			size_t n = place + len;

			memset(s, ' ', n);
			memcpy(s + place, tokens[k], len);
			fill_slack(&b, n);
			compare_tiers(s, n);
			memset(s + n, ' ', 130);
			n += place;
			fill_slack(&b, n);
			compare_tiers(s, n);
		}
		for (size_t place = BORDER - 60; place < BORDER + 4; place++) {
			char *s = text_of(&b);

			memset(s, ' ', place + len + 1);
			memcpy(s + place, tokens[k], len);
			fill_slack(&b, place + len + 1);
			compare_tiers(s, place + len + 1);
		}
	}
}

/* A token longer than all that is looked at at once, and one that ends at each of its bytes. */
static void long_tokens(void **state)
{
	static struct buffer b;
	static const char *const units[] = { "1:", "::", "1.", "1:2:3:4:5:6:7:8",
		"x:", "a::1:", "1.2.3.4", "_:", "x1.2.3.4:" };

	(void)state;
	for (size_t k = 0; k < COUNT(units); k++) {
		size_t len = strlen(units[k]);

		for (size_t n = 1; n < 300; n++) {
			for (size_t i = 0; i < n; i++)
				text_of(&b)[i] = units[k][i % len];
			fill_slack(&b, n);
			compare_tiers(text_of(&b), n);
		}
	}
}

/* Some of what is in a text, and some more, at any length. */
static struct v6k_set *make_set(const struct v6k_hit *hits, size_t count, unsigned flags)
{
	static const uint8_t lengths[] = { 0, 1, 3, 8, 15, 16, 17, 19, 20, 23, 28, 31, 32, 33, 48, 64, 127,
		128 };
	struct v6k_list *list = v6k_list_new();
	struct v6k_set *set = NULL;

	assert_non_null(list);
	for (unsigned i = random_below(4); i > 0; i--) {
		struct v6k_addr a = { .lo = random_word() >> 32, .family = V6K_IPV4 };
		unsigned bits = lengths[random_below(COUNT(lengths))];
		struct v6k_prefix p;

		if (random_below(2))
			a = (struct v6k_addr){ .hi = random_word(), .family = V6K_IPV6 };
		if (count > 0 && random_below(8))
			a = hits[random_below((unsigned)count)].addr;
		/* Most sets are small enough for a text to have other addresses. */
		if (random_below(4))
			bits = bits < 16 ? 16 + bits : bits;
		if (a.family == V6K_IPV4)
			bits = bits % 33;
		if (random_below(8) == 0 && count > 0)
			assert_int_equal(v6k_list_add_range(list,
						 (struct v6k_range){ a, hits[count - 1].last }, 0),
				a.family == hits[count - 1].last.family &&
						v6k_addr_cmp(a, hits[count - 1].last) <= 0 ?
					0 :
					V6K_EINVAL);
		else if (v6k_prefix_make(a, bits, &p) == 0)
			assert_int_equal(v6k_list_add_prefix(list, p, 0), 0);
		else
			assert_int_equal(v6k_list_add_range(list, (struct v6k_range){ a, a }, 0), 0);
	}
	assert_int_equal(v6k_set_freeze(list, flags, &set), 0);
	v6k_list_free(list);
	return set;
}

/* What the set has of the hits, which they are then. */
static size_t in_set(const struct v6k_set *set, bool overlap, struct v6k_hit *hits, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		struct v6k_range r = { hits[i].addr, hits[i].last };

		if (hits[i].kind == V6K_KIND_ADDR)
			r.last = r.first;
		if (overlap ? v6k_set_overlaps(set, r) : v6k_set_covers(set, r))
			hits[kept++] = hits[i];
	}
	return kept;
}

/* The scanner with a set finds what the scanner finds and the set has, in all tiers. */
static void sets(void **state)
{
	static struct buffer b;
	static struct v6k_hit want[HITS_MAX], got[HITS_MAX];
	const char *lines = getenv("V6KIT_LINES");
	unsigned rounds = lines && *lines ? (unsigned)atoi(lines) : 20000;
	const char *s = text_of(&b);

	(void)state;
	for (unsigned i = 0; i < rounds; i++) {
		size_t n = make_text(text_of(&b), 300), calls;
		unsigned flags = random_below(2) ? V6K_SCAN_TCPDUMP : 0;
		size_t all = scan_all(simd_tier(0), s, n, flags, HITS_MAX, want, &calls);
		struct v6k_set *set = make_set(want, all,
			(random_below(2) ? V6K_MATCH_MAPPED : 0) | (random_below(8) ? V6K_FOR_SCAN : 0));
		bool overlap = random_below(2) == 1;
		size_t count = in_set(set, overlap, want, all);

		fill_slack(&b, n);
		flags |= V6K_SCAN_PADDED | (overlap ? V6K_SCAN_OVERLAP : 0);
		for (unsigned t = 0; simd_tier(t); t++) {
			size_t found = 0, room = 1 + random_below(40);

			assert_int_equal(simd_force(simd_tier(t)->name), 0);
			for (size_t at = 0; at < n;) {
				int more = v6k_set_scan(set, s, n, &at, flags, got + found,
					room < HITS_MAX - found ? room : HITS_MAX - found);

				assert_true(more >= 0);
				found += (size_t)more;
			}
			if (found != count || memcmp(got, want, count * sizeof(got[0])) != 0)
				fail_msg("%s: %zu hits, not %zu, in:\n%.*s", simd_tier(t)->name,
					found, count, (int)n, s);
		}
		v6k_set_free(set);
	}
}

static void there_is_a_twin(void **state)
{
	(void)state;
#if SIMD_X86 || SIMD_NEON
	assert_non_null(simd_tier(1));
	assert_ptr_not_equal(simd_tier(1)->scan, simd_tier(0)->scan);
#else
	assert_null(simd_tier(1));
#endif
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_is_a_twin),
		cmocka_unit_test(random_texts),
		cmocka_unit_test(every_place),
		cmocka_unit_test(long_tokens),
		cmocka_unit_test(sets),
	};

	random_seed();
	return cmocka_run_group_tests_name("scan twins", tests, NULL, NULL);
}
