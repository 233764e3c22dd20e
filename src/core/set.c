/* set.c: a frozen set is, for each family, sorted spans that neither overlap nor touch. */
#include <stdlib.h>
#include <string.h>

#include <v6kit/set.h>

#include "list.h"

struct span {
	struct u128 first, last;
};

struct spans {
	struct span *span;
	size_t n;
};

/* Questions are asked of match, which with V6K_MATCH_MAPPED also has the twins of the other
 * family's entries; what the set is made of is own. Where there are no twins, match is own: the same
 * memory. Index 0 is IPv4. */
struct v6k_set {
	struct spans own[2], match[2];
};

static size_t family_index(unsigned family)
{
	return family == V6K_IPV6;
}

static int spans_new(struct spans *s, size_t n)
{
	s->n = 0;
	s->span =
		n > SIZE_MAX / sizeof(s->span[0]) ? NULL : malloc((n ? n : 1) * sizeof(s->span[0]));
	return s->span ? 0 : V6K_ENOMEM;
}

/* Gives back what was not needed. */
static void spans_shrink(struct spans *s)
{
	struct span *less = realloc(s->span, (s->n ? s->n : 1) * sizeof(s->span[0]));

	if (less)
		s->span = less;
}

static void insertion_sort(struct span *s, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct span one = s[i];
		size_t at = i;

		for (; at > 0 && u128_cmp(s[at - 1].first, one.first) > 0; at--)
			s[at] = s[at - 1];
		s[at] = one;
	}
}

static bool is_sorted(const struct span *s, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (u128_cmp(s[i - 1].first, s[i].first) > 0)
			return false;
	return true;
}

static unsigned digit(const struct span *s, unsigned shift)
{
	return u128_shr(s->first, shift).lo & 0xff;
}

/* Deals the spans out by the first byte in which any two differ, then each pile by what follows it:
 * a pile soon fits into the cache, and what all have in common costs one pass, however long it is.
 * The depth is at most the 16 bytes of an address. */
static void radix_sort(struct span *s, struct span *scratch, size_t n)
{
	enum { FEW = 32, VALUES = 256 };
	struct u128 differ = { 0, 0 };
	size_t end[VALUES] = { 0 }, at = 0;
	unsigned shift;

	if (n <= FEW) {
		insertion_sort(s, n);
		return;
	}
	for (size_t i = 1; i < n; i++)
		differ = u128_or(differ, u128_xor(s[i].first, s[0].first));
	if (u128_is_zero(differ))
		return;
	shift = (127 - u128_clz(differ)) / 8 * 8;
	for (size_t i = 0; i < n; i++)
		end[digit(&s[i], shift)]++;
	for (unsigned v = 0; v < VALUES; v++) {
		at += end[v];
		end[v] = at - end[v];
	}
	for (size_t i = 0; i < n; i++)
		scratch[end[digit(&s[i], shift)]++] = s[i];
	memcpy(s, scratch, n * sizeof(*s));
	at = 0;
	for (unsigned v = 0; shift > 0 && v < VALUES; at = end[v++])
		radix_sort(s + at, scratch, end[v] - at);
}

static int sort(struct span *s, size_t n)
{
	struct span *scratch;

	if (is_sorted(s, n))
		return 0;
	scratch = malloc(n * sizeof(*scratch));
	if (!scratch)
		return V6K_ENOMEM;
	radix_sort(s, scratch, n);
	free(scratch);
	return 0;
}

/* Adds a span to spans in order: it joins the last one when it overlaps or touches it. */
static void append(struct spans *s, struct span next)
{
	struct span *top = s->n ? &s->span[s->n - 1] : NULL;
	struct u128 after;

	if (top &&
		(u128_add(top->last, u128_make(0, 1), &after) ||
			u128_cmp(next.first, after) <= 0)) {
		if (u128_cmp(next.last, top->last) > 0)
			top->last = next.last;
	} else {
		s->span[s->n++] = next;
	}
}

static int normalize(struct spans *s)
{
	size_t n = s->n;
	int e = sort(s->span, n);

	/* What is read is never behind what is written. */
	s->n = 0;
	for (size_t i = 0; e == 0 && i < n; i++)
		append(s, s->span[i]);
	spans_shrink(s);
	return e;
}

/* The spans of one family's own entries, or of the twins that the other family's have in it. */
static int spans_build(const struct v6k_list *list, unsigned family, bool twins, struct spans *out)
{
	struct list_entry twin;
	size_t n = 0;
	int e;

	for (size_t i = 0; i < list->n; i++)
		n += (list->entry[i].family == family) != twins &&
			(!twins || list_entry_twin(&list->entry[i], &twin));
	e = spans_new(out, n);
	for (size_t i = 0; e == 0 && i < list->n; i++) {
		const struct list_entry *entry = &list->entry[i];

		if ((entry->family == family) == twins)
			continue;
		if (twins && !list_entry_twin(entry, &twin))
			continue;
		entry = twins ? &twin : entry;
		out->span[out->n++] = (struct span){ entry->first, entry->last };
	}
	return e ? e : normalize(out);
}

/* Which of "in neither", "in b alone", "in a alone" and "in both" belongs to the result: bits 0 to
 * 3. */
static const unsigned truth[] = {
	[V6K_UNION] = 0xe,
	[V6K_INTERSECTION] = 0x8,
	[V6K_DIFFERENCE] = 0x4,
	[V6K_SYMMETRIC_DIFFERENCE] = 0x6,
};

/* Where the spans of one side begin or end next: `open` inside one. */
struct side {
	const struct spans *spans;
	size_t i;
	bool open;
	bool over; /* nothing more; or, when open, behind the last address of all */
	struct u128 at;
};

static void side_next(struct side *s)
{
	s->over = s->i == s->spans->n;
	if (s->over)
		return;
	if (s->open)
		s->over = u128_add(s->spans->span[s->i].last, u128_make(0, 1), &s->at);
	else
		s->at = s->spans->span[s->i].first;
}

static void side_cross(struct side *s)
{
	if (s->open)
		s->i++;
	s->open = !s->open;
	side_next(s);
}

/* Both are crossed in the order of their borders. */
static int spans_combine(const struct spans *a, const struct spans *b, unsigned table,
	struct spans *out)
{
	struct side side[2] = { { .spans = a }, { .spans = b } };
	struct span now = { { 0, 0 }, { 0, 0 } };
	bool inside = false;
	int e = spans_new(out, a->n + b->n);

	if (e)
		return e;
	side_next(&side[0]);
	side_next(&side[1]);
	while (!side[0].over || !side[1].over) {
		struct u128 at = side[0].over ? side[1].at : side[0].at;

		if (!side[1].over && u128_cmp(side[1].at, at) < 0)
			at = side[1].at;
		for (unsigned i = 0; i < 2; i++)
			if (!side[i].over && u128_eq(side[i].at, at))
				side_cross(&side[i]);
		if ((table >> (2 * side[0].open + side[1].open) & 1) == inside)
			continue;
		if (inside) {
			u128_sub(at, u128_make(0, 1), &now.last);
			out->span[out->n++] = now;
		}
		now.first = at;
		inside = !inside;
	}
	if (inside) {
		now.last = u128_make(UINT64_MAX, UINT64_MAX);
		out->span[out->n++] = now;
	}
	spans_shrink(out);
	return 0;
}

/* What questions are asked of, without twins. */
static void match_own(struct v6k_set *set, unsigned i)
{
	set->match[i] = set->own[i];
}

/* The same spans as mapped addresses: they stay in order and apart. */
static int spans_map(const struct spans *ipv4, struct spans *out)
{
	int e = spans_new(out, ipv4->n);

	for (size_t i = 0; e == 0 && i < ipv4->n; i++) {
		struct span s = ipv4->span[i];

		s.first.lo |= MAPPED_LO;
		s.last.lo |= MAPPED_LO;
		out->span[out->n++] = s;
	}
	return e;
}

/* The own spans of a family together with the twins it has. */
static int match_build(const struct v6k_list *list, struct v6k_set *set, unsigned i)
{
	struct spans twins = { NULL, 0 };
	int e = i ? spans_map(&set->own[0], &twins) : spans_build(list, V6K_IPV4, true, &twins);

	if (e == 0 && twins.n == 0)
		match_own(set, i);
	else if (e == 0)
		e = spans_combine(&set->own[i], &twins, truth[V6K_UNION], &set->match[i]);
	free(twins.span);
	return e;
}

int v6k_set_freeze(const struct v6k_list *list, unsigned flags, struct v6k_set **out)
{
	struct v6k_set *set = calloc(1, sizeof(*set));
	int e = set ? 0 : V6K_ENOMEM;

	for (unsigned i = 0; i < 2 && e == 0; i++)
		e = spans_build(list, i ? V6K_IPV6 : V6K_IPV4, false, &set->own[i]);
	for (unsigned i = 0; i < 2 && e == 0; i++) {
		if (flags & V6K_MATCH_MAPPED)
			e = match_build(list, set, i);
		else
			match_own(set, i);
	}
	if (e) {
		v6k_set_free(set);
		return e;
	}
	*out = set;
	return 0;
}

int v6k_set_combine(const struct v6k_set *a, const struct v6k_set *b, enum v6k_set_op op,
	struct v6k_set **out)
{
	struct v6k_set *set;
	int e = 0;

	if ((unsigned)op >= sizeof(truth) / sizeof(truth[0]))
		return V6K_EINVAL;
	set = calloc(1, sizeof(*set));
	if (!set)
		return V6K_ENOMEM;
	for (unsigned i = 0; i < 2 && e == 0; i++) {
		e = spans_combine(&a->own[i], &b->own[i], truth[op], &set->own[i]);
		match_own(set, i);
	}
	if (e) {
		v6k_set_free(set);
		return e;
	}
	*out = set;
	return 0;
}

void v6k_set_free(struct v6k_set *set)
{
	for (unsigned i = 0; set && i < 2; i++) {
		if (set->match[i].span != set->own[i].span)
			free(set->match[i].span);
		free(set->own[i].span);
	}
	free(set);
}

/* How many spans start at or below number. */
static size_t spans_upto(const struct spans *s, struct u128 number)
{
	size_t low = 0, high = s->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (u128_cmp(s->span[middle].first, number) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Whether the last span that starts at or below first reaches as far as last. */
static bool spans_cover(const struct spans *s, struct u128 first, struct u128 last)
{
	size_t n = spans_upto(s, first);

	return n > 0 && u128_cmp(last, s->span[n - 1].last) <= 0;
}

void v6k_set_contains(const struct v6k_set *set, const struct v6k_addr *addrs, size_t n,
	uint8_t *in)
{
	for (size_t i = 0; i < n; i++) {
		struct u128 number = addr_number(addrs[i]);

		in[i] = family_ok(addrs[i].family) &&
			spans_cover(&set->match[family_index(addrs[i].family)], number, number);
	}
}

int v6k_set_covers(const struct v6k_set *set, struct v6k_range r)
{
	return family_ok(r.first.family) &&
		spans_cover(&set->match[family_index(r.first.family)], addr_number(r.first),
			addr_number(r.last));
}

int v6k_set_overlaps(const struct v6k_set *set, struct v6k_range r)
{
	const struct spans *s = &set->match[family_index(r.first.family)];
	size_t n = spans_upto(s, addr_number(r.last));

	return family_ok(r.first.family) && n > 0 &&
		u128_cmp(addr_number(r.first), s->span[n - 1].last) <= 0;
}

size_t v6k_set_size(const struct v6k_set *set)
{
	return set->own[0].n + set->own[1].n;
}

int v6k_set_range(const struct v6k_set *set, size_t i, struct v6k_range *out)
{
	bool ipv6 = i >= set->own[0].n;
	const struct spans *s = &set->own[ipv6];
	unsigned family = ipv6 ? V6K_IPV6 : V6K_IPV4;

	if (ipv6)
		i -= set->own[0].n;
	if (i >= s->n)
		return V6K_EINVAL;
	out->first = addr_value(family, s->span[i].first);
	out->last = addr_value(family, s->span[i].last);
	return 0;
}

int v6k_set_nth(const struct v6k_set *set, struct v6k_count n, struct v6k_addr *out)
{
	struct v6k_range r;

	for (size_t i = 0; v6k_set_range(set, i, &r) == 0; i++)
		if (v6k_count_sub(n, v6k_range_count(r), &n) != 0)
			return v6k_addr_add(r.first, n.w[1], n.w[0], out);
	return V6K_EOVERFLOW;
}

struct v6k_count v6k_set_count(const struct v6k_set *set)
{
	struct v6k_count sum = { { 0, 0, 0 } };
	struct v6k_range r;

	/* Disjoint ranges of two families: at most 2^128 + 2^32, which always fits. */
	for (size_t i = 0; v6k_set_range(set, i, &r) == 0; i++)
		v6k_count_add(sum, v6k_range_count(r), &sum);
	return sum;
}
