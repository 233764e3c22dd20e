/* fuzz_scan.c: any bytes as a text. All tiers find in it what the scalar scanner finds, with room for
 * any number of hits at a call, and line by line; what they find can be read again. */
#include <string.h>

#include <v6kit.h>

#include "dispatch.h"
#include "fuzz.h"

enum { HITS = 512 };

static void check(bool good, const char *what)
{
	if (!good) {
		fputs(what, stderr);
		fputc('\n', stderr);
		abort();
	}
}

/* All hits of s[0..n), their places counted from `off` bytes before it; the first HITS of them. */
static size_t scan(const char *s, size_t n, size_t off, unsigned flags, size_t room,
	struct v6k_hit *hits, size_t count)
{
	size_t at = 0;

	while (at < n && count < HITS) {
		size_t cap = room < HITS - count ? room : HITS - count, before = at;
		int got = v6k_scan(s, n, &at, flags, hits + count, cap);

		check(got >= 0 && (size_t)got <= cap, "more hits than there is room for");
		check(at > before && at <= n, "no way to go on");
		check(at == n || (size_t)got == cap, "it stopped with room left");
		for (int i = 0; i < got; i++)
			hits[count + (size_t)i].off += (uint32_t)off;
		count += (size_t)got;
	}
	return count;
}

static size_t scan_lines(const char *s, size_t n, unsigned flags, struct v6k_hit *hits)
{
	size_t count = 0;

	for (size_t at = 0; at < n;) {
		const char *end = memchr(s + at, '\n', n - at);
		size_t len = end ? (size_t)(end - s) + 1 - at : n - at;

		count = scan(s + at, len, at, flags, HITS, hits, count);
		at += len;
	}
	return count;
}

static void check_hit(const char *s, size_t n, const struct v6k_hit *hit, size_t after)
{
	struct v6k_notation what;

	check(hit->off >= after && hit->len > 1 && hit->len <= n - hit->off, "a hit outside");
	check(!memchr(s + hit->off, '\n', hit->len), "a hit over two lines");
	check(v6k_addr_cmp(hit->addr, hit->last) <= 0, "a hit that ends before it begins");
	check(hit->zone_at + hit->zone_len <= hit->len, "a zone outside");
	check(v6k_notation_parse(s + hit->off, hit->addr_len, 0, &what, NULL) == 0 &&
			v6k_addr_cmp(what.addr, hit->addr) == 0,
		"a hit that reads otherwise");
	if (hit->zone_len == 0) {
		check(v6k_notation_parse(s + hit->off, hit->len, 0, &what, NULL) == 0 &&
				what.bits == hit->bits,
			"a hit that is no notation");
		check((what.kind == V6K_KIND_PREFIX && !v6k_notation_has_host_bits(&what)) ==
				(hit->kind == V6K_KIND_PREFIX),
			"a hit of another kind");
	}
}

static void check_same(const struct v6k_hit *a, size_t a_n, const struct v6k_hit *b, size_t b_n)
{
	check(a_n == b_n && memcmp(a, b, a_n * sizeof(*a)) == 0, "the hits differ");
}

/* A set that is made of some of the hits, shortened: which ones, the first byte of the text says. */
static struct v6k_set *make_set(const struct v6k_hit *hits, size_t n, unsigned pick)
{
	static const uint8_t lengths[8] = { 128, 64, 48, 33, 32, 29, 20, 7 };
	struct v6k_list *list = v6k_list_new();
	struct v6k_set *set = NULL;

	check(list, "out of memory");
	for (size_t i = 0; i < n; i++) {
		struct v6k_prefix p;

		if (((pick >> 3) + i) % 3 != 0)
			continue;
		if (v6k_prefix_make(hits[i].addr, lengths[pick % 8], &p) != 0 &&
			v6k_prefix_make(hits[i].addr, v6k_family_bits(hits[i].addr.family), &p) != 0)
			continue;
		check(v6k_list_add_prefix(list, p, 0) == 0, "no room in a list");
	}
	check(v6k_set_freeze(list, V6K_FOR_SCAN | (pick >> 6 & 1 ? V6K_MATCH_MAPPED : 0), &set) == 0,
		"no set");
	v6k_list_free(list);
	return set;
}

/* With a set all tiers find what the set has of all hits. */
static void check_set(const char *s, size_t n, unsigned flags, const struct v6k_hit *hits, size_t count)
{
	static struct v6k_hit want[HITS], got[HITS];
	unsigned pick = n > 0 ? (unsigned char)s[0] : 0;
	struct v6k_set *set = make_set(hits, count, pick);
	bool overlap = pick & 128;
	size_t want_n = 0;

	for (size_t i = 0; i < count; i++) {
		struct v6k_range r = { hits[i].addr, hits[i].last };

		if (overlap ? v6k_set_overlaps(set, r) : v6k_set_covers(set, r))
			want[want_n++] = hits[i];
	}
	for (unsigned i = 0; simd_tier(i); i++) {
		size_t got_n = 0;

		simd_force(simd_tier(i)->name);
		for (size_t at = 0; at < n && got_n < HITS;) {
			int more = v6k_set_scan(set, s, n, &at,
				flags | V6K_SCAN_PADDED | (overlap ? V6K_SCAN_OVERLAP : 0), got + got_n,
				HITS - got_n);

			check(more >= 0, "no hits of a set");
			got_n += (size_t)more;
		}
		check_same(want, want_n, got, got_n);
	}
	v6k_set_free(set);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct v6k_hit want[HITS], got[HITS];
	char *bare = malloc(size ? size : 1), *padded = calloc(1, size + 192);
	size_t want_n, n = 0;

	check(bare && padded, "out of memory");
	memcpy(bare, data, size);
	memset(padded, '1', 64);
	memcpy(padded + 64, data, size);
	memset(padded + 64 + size, ':', 7);
	for (unsigned flags = 0; flags < 8; flags += 2) {
		size_t after = 0;

		check(simd_force("none") == 0, "no scalar tier");
		want_n = scan(bare, size, 0, flags, HITS, want, 0);
		for (size_t i = 0; i < want_n; i++) {
			check_hit(bare, size, &want[i], after);
			after = want[i].off + want[i].len;
		}
		for (unsigned i = 0; simd_tier(i); i++) {
			simd_force(simd_tier(i)->name);
			n = scan(bare, size, 0, flags, 1, got, 0);
			check_same(want, want_n, got, n);
			n = scan(padded + 64, size, 0, flags | V6K_SCAN_PADDED, 3, got, 0);
			check_same(want, want_n, got, n);
			n = scan_lines(bare, size, flags, got);
			check_same(want, want_n, got, n);
		}
		if (want_n < HITS)
			check_set(padded + 64, size, flags, want, want_n);
	}
	free(bare);
	free(padded);
	return 0;
}
