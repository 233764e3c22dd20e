/* prop_core.c: what holds for all values of the core, tried on random ones that are biased to the
 * ends. With V6K_TEST_PLAIN defined it needs no cmocka: for machines that only qemu runs. */
#include "../unit/random.h"

enum { VALUES = 200000, LISTS = 3000, LIST_MAX = 24 };

static void must(int condition, const char *what, struct v6k_addr a)
{
	if (!condition)
		fail_msg("%s: %s", what, text_of_addr(a));
}

/* Format, then parse: every style that can be read back. */
static void text_round_trip(void **state)
{
	static const enum v6k_style styles[] = { V6K_CANONICAL, V6K_FULL, V6K_BARE, V6K_MIXED, V6K_UPPER,
		V6K_ARPA, V6K_URI, V6K_SMTP, V6K_SENDMAIL, V6K_UNC };
	static const struct {
		enum v6k_style style;
		enum v6k_from from;
	} numbers[] = {
		{ V6K_INT, V6K_FROM_INT },
		{ V6K_HEX, V6K_FROM_HEX },
		{ V6K_BASE85, V6K_FROM_BASE85 },
	};

	(void)state;
	for (unsigned i = 0; i < VALUES; i++) {
		struct v6k_addr a = random_addr();
		struct v6k_notation what;
		char buf[V6K_ADDR_TEXT_MAX];
		uint8_t bytes[16];
		int n;

		for (size_t j = 0; j < COUNT(styles); j++) {
			if (a.family == V6K_IPV4 && styles[j] == V6K_UNC)
				continue;
			n = v6k_addr_format(a, styles[j], buf, sizeof(buf));
			must(n > 0, "cannot be written", a);
			must(v6k_notation_parse(buf, (size_t)n, 0, &what, NULL) == 0, "cannot be read", a);
			must(what.kind == V6K_KIND_ADDR && v6k_addr_cmp(what.addr, a) == 0,
				v6k_style_name(styles[j]), a);
		}
		for (size_t j = 0; j < COUNT(numbers); j++) {
			if (a.family == V6K_IPV4 && numbers[j].style == V6K_BASE85)
				continue;
			n = v6k_addr_format(a, numbers[j].style, buf, sizeof(buf));
			must(n > 0, "cannot be written", a);
			must(v6k_number_parse(buf, (size_t)n, numbers[j].from, (enum v6k_family)a.family,
				     &what, NULL) == 0 &&
					v6k_addr_cmp(what.addr, a) == 0,
				v6k_style_name(numbers[j].style), a);
		}
		/* The canonical text has one spelling: it is its own canonical text. */
		n = v6k_addr_to_bytes(a, bytes);
		must(v6k_addr_from_bytes(bytes, (size_t)n, &what.addr) == 0 &&
				v6k_addr_cmp(what.addr, a) == 0,
			"bytes", a);
	}
}

/* Any spelling of an address parses to what its canonical text parses to. */
static void any_spelling(void **state)
{
	(void)state;
	for (unsigned i = 0; i < VALUES; i++) {
		char s[80], buf[V6K_ADDR_TEXT_MAX];
		size_t n = random_text(s);
		struct v6k_addr a, b;
		int m;

		if (v6k_addr_parse(s, n, &a, NULL))
			fail_msg("refused: %s", s);
		m = v6k_addr_format(a, V6K_CANONICAL, buf, sizeof(buf));
		must(m > 0 && (size_t)m <= sizeof(buf), "size", a);
		must(v6k_addr_parse(buf, (size_t)m, &b, NULL) == 0 && v6k_addr_cmp(a, b) == 0, s, a);
	}
}

static void add_and_sub(void **state)
{
	(void)state;
	for (unsigned i = 0; i < VALUES; i++) {
		struct v6k_addr a = random_addr(), b, last = { .family = a.family }, back;
		uint64_t hi = random_below(2) ? random_biased() : 0, lo = random_biased();
		uint64_t room_hi, room_lo;
		int fits;

		last.hi = a.family == V6K_IPV6 ? UINT64_MAX : 0;
		last.lo = a.family == V6K_IPV6 ? UINT64_MAX : UINT32_MAX;
		/* last - a never borrows. */
		room_hi = last.hi - a.hi;
		room_lo = last.lo - a.lo;
		fits = hi < room_hi || (hi == room_hi && lo <= room_lo);
		must(v6k_addr_add(a, hi, lo, &b) == (fits ? 0 : V6K_EOVERFLOW), "add", a);
		if (fits) {
			must(v6k_addr_cmp(b, a) >= 0 && b.family == a.family, "order", a);
			must(v6k_addr_sub(b, hi, lo, &back) == 0 && v6k_addr_cmp(back, a) == 0, "sub", a);
		}
		fits = hi < a.hi || (hi == a.hi && lo <= a.lo);
		must(v6k_addr_sub(a, hi, lo, &b) == (fits ? 0 : V6K_EOVERFLOW), "sub", a);
		if (fits)
			must(v6k_addr_add(b, hi, lo, &back) == 0 && v6k_addr_cmp(back, a) == 0, "add", a);
	}
}

static unsigned bit_of(struct v6k_addr a, unsigned i)
{
	i += 128 - v6k_family_bits(a.family);
	return (unsigned)((i < 64 ? a.hi : a.lo) >> (63 - (i & 63)) & 1);
}

static void common_bits(void **state)
{
	(void)state;
	for (unsigned i = 0; i < VALUES; i++) {
		struct v6k_addr a = random_addr(), b = random_addr_of(a.family);
		unsigned width = v6k_family_bits(a.family), n = 0;

		if (random_below(2)) {
			uint64_t step = random_word();

			v6k_addr_add(a, 0, step >> random_below(64), &b);
		}
		while (n < width && bit_of(a, n) == bit_of(b, n))
			n++;
		must(v6k_addr_common_bits(a, b) == (int)n, "common bits", a);
	}
}

static void child_and_parent(void **state)
{
	(void)state;
	for (unsigned i = 0; i < VALUES; i++) {
		struct v6k_prefix p = random_prefix_of(random_below(4) ? V6K_IPV6 : V6K_IPV4), q, back;
		unsigned width = v6k_family_bits(p.family), room;
		unsigned bits = p.bits + random_below(width - p.bits + 1u);
		uint64_t hi = random_biased(), lo = random_biased();
		int fits;

		room = bits - p.bits;
		if (random_below(2)) {
			hi = room > 64 ? hi & (UINT64_MAX >> (128 - room)) : 0;
			lo = room >= 64 ? lo : lo & ((UINT64_C(1) << room) - 1);
		}
		fits = room >= 64 ? room == 128 || hi >> (room - 64) == 0 :
				    hi == 0 && lo >> room == 0;
		must(v6k_prefix_child(p, bits, hi, lo, &q) == (fits ? 0 : V6K_EOVERFLOW), "child",
			v6k_prefix_first(p));
		if (!fits)
			continue;
		must(q.bits == bits && v6k_prefix_covers(p, q), "inside", v6k_prefix_first(q));
		must(v6k_prefix_parent(q, p.bits, &back) == 0 && v6k_prefix_cmp(back, p) == 0, "parent",
			v6k_prefix_first(q));
	}
}

/* The prefixes of a range cover it exactly, in order, and no two could be one. */
static void range_to_prefixes(void **state)
{
	(void)state;
	for (unsigned i = 0; i < VALUES; i++) {
		unsigned family = random_below(4) ? V6K_IPV6 : V6K_IPV4, n = 0;
		struct v6k_range r = random_range_of(family), rest = r;
		struct v6k_count sum = { { 0, 0, 0 } };
		struct v6k_addr next = r.first, last = r.first;
		struct v6k_prefix p, before = { .family = V6K_NONE };

		while (v6k_range_pop(&rest, &p)) {
			must(v6k_addr_cmp(v6k_prefix_first(p), next) == 0, "a gap or an overlap", r.first);
			must(v6k_count_add(sum, v6k_prefix_count(p), &sum) == 0, "count", r.first);
			last = v6k_prefix_last(p);
			if (n > 0 && before.bits == p.bits) {
				struct v6k_prefix up;

				must(v6k_prefix_parent(p, p.bits - 1u, &up) == 0 &&
						!v6k_prefix_covers(up, before),
					"not minimal", v6k_prefix_first(p));
			}
			before = p;
			n++;
			if (v6k_addr_add(last, 0, 1, &next))
				break;
		}
		must(v6k_addr_cmp(last, r.last) == 0, "the end", r.last);
		must(v6k_count_cmp(sum, v6k_range_count(r)) == 0, "count", r.first);
		must(n >= 1 && n <= (family == V6K_IPV6 ? 254u : 62u), "how many", r.first);
	}
}

/* The set and the table hold what a look at every entry says. */
struct entry {
	struct v6k_range range;
	int twin; /* a second spelling, under V6K_MATCH_MAPPED */
	struct v6k_range other;
};

static int entry_holds(const struct entry *e, struct v6k_addr a, int mapped)
{
	return v6k_range_contains(e->range, a) ||
	       (mapped && e->twin && v6k_range_contains(e->other, a));
}

static unsigned random_entries(struct entry *entry, struct v6k_list *list, int prefixes)
{
	unsigned n = random_below(LIST_MAX + 1);

	for (unsigned i = 0; i < n; i++) {
		unsigned family = random_below(2) ? V6K_IPV6 : V6K_IPV4;
		struct entry *e = &entry[i];

		if (prefixes)
			e->range = v6k_range_from_prefix(random_prefix_of(family));
		else
			e->range = random_range_of(family);
		/* Often beside, inside or equal to an earlier one. */
		if (i && random_below(3) == 0) {
			const struct entry *old = &entry[random_below(i)];
			struct v6k_prefix p;
			struct v6k_addr last;

			if (prefixes && v6k_range_to_prefix(old->range, &p) == 0) {
				if (random_below(2))
					v6k_prefix_parent(p, p.bits ? p.bits - 1u : 0, &p);
				e->range = v6k_range_from_prefix(p);
			} else if (!prefixes && v6k_addr_add(old->range.last, 0, 1, &last) == 0) {
				e->range = (struct v6k_range){ last, last };
			}
		}
		if (e->range.first.family == V6K_IPV4)
			e->twin = v6k_addr_map(e->range.first, &e->other.first) == 0 &&
				  v6k_addr_map(e->range.last, &e->other.last) == 0;
		else
			e->twin = v6k_addr_unmap(e->range.first, &e->other.first) == 0 &&
				  v6k_addr_unmap(e->range.last, &e->other.last) == 0;
		must(v6k_list_add_range(list, e->range, i) == 0, "add", e->range.first);
	}
	return n;
}

/* Somewhere near an entry's end, or anywhere; in either spelling. */
static struct v6k_addr random_question(const struct entry *entry, unsigned n)
{
	struct v6k_addr a = random_addr();

	if (n && random_below(4)) {
		const struct entry *e = &entry[random_below(n)];

		a = random_below(2) ? e->range.first : e->range.last;
		if (random_below(2))
			v6k_addr_add(a, 0, 1, &a);
		else if (random_below(2))
			v6k_addr_sub(a, 0, 1, &a);
	}
	if (random_below(4) == 0 && v6k_addr_map(a, &a))
		v6k_addr_unmap(a, &a);
	return a;
}

static void set_is_brute_force(void **state)
{
	(void)state;
	for (unsigned i = 0; i < LISTS; i++) {
		static struct entry entry[LIST_MAX];
		struct v6k_list *list = v6k_list_new();
		unsigned n = random_entries(entry, list, 0), mapped = random_below(2);
		struct v6k_range r, before = { .first = { .family = V6K_NONE } };
		struct v6k_count sum = { { 0, 0, 0 } };
		struct v6k_set *set;

		if (v6k_set_freeze(list, mapped ? V6K_MATCH_MAPPED : 0, &set))
			fail_msg("no set");
		for (unsigned j = 0; j < 64; j++) {
			struct v6k_addr a = random_question(entry, n);
			uint8_t in;
			int want = 0;

			for (unsigned k = 0; k < n; k++)
				want |= entry_holds(&entry[k], a, (int)mapped);
			v6k_set_contains(set, &a, 1, &in);
			must(in == want, "set", a);
		}
		/* Disjoint, in order, and not touching: so the prefixes of all are minimal. */
		for (size_t j = 0; v6k_set_range(set, j, &r) == 0; j++) {
			struct v6k_addr after;

			must(v6k_addr_cmp(r.first, r.last) <= 0, "upside down", r.first);
			if (j && before.last.family == r.first.family)
				must(v6k_addr_add(before.last, 0, 1, &after) == 0 &&
						v6k_addr_cmp(after, r.first) < 0,
					"touching", r.first);
			must(v6k_addr_cmp(before.last, r.first) < 0, "order", r.first);
			must(v6k_set_covers(set, r), "covers itself", r.first);
			v6k_count_add(sum, v6k_range_count(r), &sum);
			before = r;
		}
		must(v6k_count_cmp(sum, v6k_set_count(set)) == 0, "count", before.last);
		v6k_set_free(set);
		v6k_list_free(list);
	}
}

/* The length of an entry as longest match counts it. */
static int entry_bits(const struct entry *e)
{
	struct v6k_prefix p;

	if (v6k_range_to_prefix(e->range, &p))
		fail_msg("no prefix");
	return p.bits + (p.family == V6K_IPV4 ? 96 : 0);
}

static void lpm_is_brute_force(void **state)
{
	(void)state;
	for (unsigned i = 0; i < LISTS; i++) {
		static struct entry entry[LIST_MAX];
		struct v6k_list *list = v6k_list_new();
		unsigned n = random_entries(entry, list, 1), mapped = random_below(2);
		struct v6k_lpm *lpm;

		if (v6k_lpm_freeze(list, mapped ? V6K_MATCH_MAPPED : 0, &lpm))
			fail_msg("no table");
		for (unsigned j = 0; j < 64; j++) {
			struct v6k_addr a = random_question(entry, n);
			uint8_t used[LIST_MAX] = { 0 };
			struct v6k_lpm_row row;
			uint32_t at;

			/* The whole chain: the longest, of equals the first in the list, and so
			 * on. */
			v6k_lpm_lookup(lpm, &a, 1, &at);
			for (;;) {
				unsigned best = LIST_MAX;

				for (unsigned k = 0; k < n; k++)
					if (!used[k] && entry_holds(&entry[k], a, (int)mapped) &&
						(best == LIST_MAX ||
							entry_bits(&entry[k]) > entry_bits(&entry[best])))
						best = k;
				must((at == V6K_NO_ROW) == (best == LIST_MAX), "rows in the chain", a);
				if (best == LIST_MAX)
					break;
				must(v6k_lpm_row(lpm, at, &row) == 0 && row.label == best, "longest", a);
				must(v6k_addr_cmp(v6k_prefix_first(row.prefix),
					     entry[best].range.first) == 0,
					"row", a);
				used[best] = 1;
				at = row.wider;
			}
		}
		v6k_lpm_free(lpm);
		v6k_list_free(list);
	}
}

/* Whatever the bytes, an error points into the text, and nothing is read past its end. */
static void any_text(void **state)
{
	static const char *const seeds[] = { "[IPv6:fe80::1%25eth0]:25", "192.0.2.0/255.255.255.0",
		"2001:db8::1 - 2001:db8::ffff", "8.b.d.0.1.0.0.2.ip6.arpa.", "0/25.2.0.192.in-addr.arpa",
		"fe80--1seth0.ipv6-literal.net", "IPv6:2001:db8::/32", "fe80::1%eth0", "2001:db8::1/128" };

	(void)state;
	for (unsigned i = 0; i < VALUES; i++) {
		char s[120], *copy;
		const char *from = seeds[random_below(COUNT(seeds))];
		size_t n = strlen(from);
		struct v6k_notation what, unset;
		struct v6k_error err = error_unset();
		unsigned flags = random_below(4);
		int e;

		memcpy(s, from, n + 1);
		n = random_spoil(s, n);
		if (n && random_below(4) == 0)
			s[random_below((unsigned)n)] = (char)random_word();
		copy = malloc(n + 1);
		memcpy(copy, s, n);
		copy = realloc(copy, n ? n : 1);
		memset(&unset, 0xaa, sizeof(unset));
		what = unset;
		e = v6k_notation_parse(copy, n, flags, &what, &err);
		if (e == 0) {
			char buf[V6K_NOTATION_TEXT_MAX + 120];
			struct v6k_notation back;
			int m = v6k_notation_format(&what, copy, V6K_CANONICAL, buf, sizeof(buf));

			must(m > 0, "cannot be written", what.addr);
			must(v6k_notation_parse(buf, (size_t)m, flags, &back, NULL) == 0 &&
					v6k_addr_cmp(back.addr, what.addr) == 0 &&
					v6k_addr_cmp(back.last, what.last) == 0 && back.bits == what.bits &&
					back.kind == what.kind && back.port == what.port &&
					back.has_port == what.has_port && back.zone_len == what.zone_len &&
					memcmp(buf + back.zone_off, copy + what.zone_off,
						what.zone_len) == 0,
				"something was lost", what.addr);
		} else if (err.code != e || err.off > n || err.len > n - err.off ||
			   (err.len == 0) != (err.off == n) || memcmp(&what, &unset, sizeof(what)) != 0) {
			fail_msg("\"%.*s\": %s at %u+%u", (int)n, s, code_name(e), (unsigned)err.off,
				(unsigned)err.len);
		}
		free(copy);
	}
}

#ifdef V6K_TEST_PLAIN

int main(void)
{
	random_seed();
	text_round_trip(NULL);
	any_spelling(NULL);
	add_and_sub(NULL);
	common_bits(NULL);
	child_and_parent(NULL);
	range_to_prefixes(NULL);
	set_is_brute_force(NULL);
	lpm_is_brute_force(NULL);
	any_text(NULL);
	puts("good");
	return 0;
}

#else

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_round_trip),
		cmocka_unit_test(any_spelling),
		cmocka_unit_test(add_and_sub),
		cmocka_unit_test(common_bits),
		cmocka_unit_test(child_and_parent),
		cmocka_unit_test(range_to_prefixes),
		cmocka_unit_test(set_is_brute_force),
		cmocka_unit_test(lpm_is_brute_force),
		cmocka_unit_test(any_text),
	};

	random_seed();
	return cmocka_run_group_tests_name("prop-core", tests, NULL, NULL);
}

#endif
