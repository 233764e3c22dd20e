/* set.c: a frozen set is, for each family, sorted spans that neither overlap nor touch. */
#include <stdlib.h>

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
 * family's entries; what the set is made of is own. Index 0 is IPv4. */
struct v6k_set {
	struct spans own[2], match[2];
};

static size_t family_index(unsigned family)
{
	return family == V6K_IPV6;
}

static int by_first(const void *a, const void *b)
{
	return u128_cmp(((const struct span *)a)->first, ((const struct span *)b)->first);
}

/* Sorts, and joins what overlaps or touches. */
static void normalize(struct spans *s)
{
	size_t kept = 0;

	if (s->n == 0)
		return;
	qsort(s->span, s->n, sizeof(s->span[0]), by_first);
	for (size_t i = 1; i < s->n; i++) {
		struct span *top = &s->span[kept];
		struct u128 after;
		bool at_end = u128_add(top->last, u128_make(0, 1), &after);

		if (at_end || u128_cmp(s->span[i].first, after) <= 0) {
			if (u128_cmp(s->span[i].last, top->last) > 0)
				top->last = s->span[i].last;
		} else {
			s->span[++kept] = s->span[i];
		}
	}
	s->n = kept + 1;
}

/* The spans of one family, with the twins of the other family's entries or without. */
static int spans_build(const struct v6k_list *list, unsigned family, bool twins, struct spans *out)
{
	struct list_entry twin;

	out->n = 0;
	out->span = malloc((list->n ? list->n : 1) * sizeof(out->span[0]));
	if (!out->span)
		return V6K_ENOMEM;
	for (size_t i = 0; i < list->n; i++) {
		const struct list_entry *e = &list->entry[i];

		if (e->family != family) {
			if (!twins || !list_entry_twin(e, &twin))
				continue;
			e = &twin;
		}
		out->span[out->n++] = (struct span){ e->first, e->last };
	}
	normalize(out);
	return 0;
}

int v6k_set_freeze(const struct v6k_list *list, unsigned flags, struct v6k_set **out)
{
	struct v6k_set *set = calloc(1, sizeof(*set));
	int e = set ? 0 : V6K_ENOMEM;

	for (unsigned i = 0; i < 2 && e == 0; i++) {
		unsigned family = i ? V6K_IPV6 : V6K_IPV4;

		e = spans_build(list, family, false, &set->own[i]);
		if (e == 0)
			e = spans_build(list, family, flags & V6K_MATCH_MAPPED, &set->match[i]);
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
		free(set->own[i].span);
		free(set->match[i].span);
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

struct v6k_count v6k_set_count(const struct v6k_set *set)
{
	struct v6k_count sum = { { 0, 0, 0 } };
	struct v6k_range r;

	/* Disjoint ranges of two families: at most 2^128 + 2^32, which always fits. */
	for (size_t i = 0; v6k_set_range(set, i, &r) == 0; i++)
		v6k_count_add(sum, v6k_range_count(r), &sum);
	return sum;
}
