/* set.c: a frozen set is, for each family, the edges of disjoint spans. */
#include <stdlib.h>
#include <string.h>

#include <v6kit/set.h>

#include "edges.h"
#include "rank.h"
#include "sieve.h"

/* Questions are asked of match, which with V6K_MATCH_MAPPED also has the twins of the other
 * family's entries; what the set is made of is own. Where there are no twins, match is own: the same
 * memory. Index 0 is IPv4. */
struct v6k_set {
	struct edges own[2], match[2];
	struct words words[2]; /* of match */
	struct sieve sieve;    /* of match, too, where it is wanted: */
	bool sieves;
};

static const uint8_t families[2] = { V6K_IPV4, V6K_IPV6 };

/* Which of "in neither", "in b alone", "in a alone" and "in both" belongs to the result: bits 0 to
 * 3. */
static const unsigned truth[] = {
	[V6K_UNION] = 0xe,
	[V6K_INTERSECTION] = 0x8,
	[V6K_DIFFERENCE] = 0x4,
	[V6K_SYMMETRIC_DIFFERENCE] = 0x6,
};

/* Makes *e the union of itself and more, which is used up. */
static int edges_join(struct edges *e, struct edges *more)
{
	struct edges both;
	int error = 0;

	if (e->n == 0) {
		both = *e;
		*e = *more;
		*more = both;
	} else if (more->n > 0) {
		error = edges_combine(e, more, truth[V6K_UNION], &both);
		if (error == 0) {
			free(e->hi);
			*e = both;
		}
	}
	free(more->hi);
	*more = (struct edges){ .n = 0 };
	return error;
}

/* The prefixes and ranges of a family that a set is made from: the ones are gathered, the others
 * merged already. */
struct parts {
	struct sorted prefixes;
	struct edges ranges;
};

static int parts_gather(const struct v6k_list *list, unsigned family, unsigned what,
	struct parts *parts)
{
	int e = sorted_gather(list, family, what, &parts->prefixes);

	return e ? e : edges_merge_ranges(list, family, what, &parts->ranges);
}

static int parts_merge(struct parts *parts, struct edges *out)
{
	sorted_sort(&parts->prefixes);
	edges_merge(&parts->prefixes, out);
	return edges_join(out, &parts->ranges);
}

static void parts_free(struct parts *parts)
{
	free(parts->prefixes.memory);
	free(parts->ranges.hi);
}

/* The same edges as mapped addresses; the end of IPv4 becomes one. */
static int edges_map(const struct edges *ipv4, struct edges *out)
{
	int e = edges_new(out, ipv4->n + 1, true);

	for (; e == 0 && out->n < ipv4->n; out->n++) {
		out->hi[out->n] = 0;
		out->lo[out->n] = MAPPED_LO | ipv4->hi[out->n] >> 32;
	}
	if (e == 0 && out->n & 1) {
		out->hi[out->n] = 0;
		out->lo[out->n++] = MAPPED_LO + (UINT64_C(1) << 32);
	}
	return e;
}

/* The own edges of a family together with the twins it has. */
static int match_build(struct v6k_set *set, unsigned i, struct parts *ipv4_twins)
{
	struct edges twins = { .n = 0 };
	int e = i ? edges_map(&set->own[0], &twins) : parts_merge(ipv4_twins, &twins);

	if (e == 0 && twins.n == 0)
		set->match[i] = set->own[i];
	else if (e == 0)
		e = edges_combine(&set->own[i], &twins, truth[V6K_UNION], &set->match[i]);
	free(twins.hi);
	return e;
}

static int freeze(const struct v6k_list *list, struct v6k_list *used_up, unsigned flags,
	struct v6k_set *set)
{
	struct parts own[2] = { { .prefixes = { .n = 0 } } }, twins = own[0];
	bool mapped = flags & V6K_MATCH_MAPPED;
	int e = 0;

	for (unsigned i = 0; i < 2 && e == 0; i++)
		e = parts_gather(list, families[i], SORTED_OWN, &own[i]);
	if (e == 0 && mapped)
		e = parts_gather(list, V6K_IPV4, SORTED_TWINS, &twins);
	/* All that is needed of it is gathered: sorting takes no less memory. */
	if (e == 0 && used_up)
		list_clear(used_up);
	for (unsigned i = 0; i < 2 && e == 0; i++)
		e = parts_merge(&own[i], &set->own[i]);
	for (unsigned i = 0; i < 2 && e == 0; i++) {
		set->match[i] = set->own[i];
		if (mapped)
			e = match_build(set, i, &twins);
	}
	for (unsigned i = 0; i < 2 && e == 0; i++)
		words_new(&set->match[i], NULL, &set->words[i]);
	set->sieves = e == 0 && flags & V6K_FOR_SCAN;
	if (set->sieves)
		sieve_new(set->match, &set->sieve);
	parts_free(&own[0]);
	parts_free(&own[1]);
	parts_free(&twins);
	return e;
}

static int set_new(const struct v6k_list *list, struct v6k_list *used_up, unsigned flags,
	struct v6k_set **out)
{
	struct v6k_set *set = calloc(1, sizeof(*set));
	int e = set ? freeze(list, used_up, flags, set) : V6K_ENOMEM;

	if (e)
		v6k_set_free(set);
	else
		*out = set;
	return e;
}

int v6k_set_freeze(const struct v6k_list *list, unsigned flags, struct v6k_set **out)
{
	return set_new(list, NULL, flags, out);
}

int v6k_set_build(struct v6k_list *list, unsigned flags, struct v6k_set **out)
{
	int e = set_new(list, list, flags, out);

	list_clear(list);
	return e;
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
		e = edges_combine(&a->own[i], &b->own[i], truth[op], &set->own[i]);
		set->match[i] = set->own[i];
		if (e == 0)
			words_new(&set->match[i], NULL, &set->words[i]);
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
		words_free(&set->words[i]);
		if (set->match[i].hi != set->own[i].hi)
			free(set->match[i].hi);
		free(set->own[i].hi);
	}
	if (set)
		sieve_free(&set->sieve);
	free(set);
}

const struct sieve *set_sieve(const struct v6k_set *set)
{
	return set->sieves ? &set->sieve : NULL;
}

void v6k_set_contains(const struct v6k_set *set, const struct v6k_addr *addrs, size_t n,
	uint8_t *in)
{
	struct batch b;
	size_t rank[BATCH];

	for (; n > 0; addrs += BATCH, in += BATCH, n -= BATCH) {
		size_t some = n < BATCH ? n : BATCH;

		memset(in, 0, some);
		/* Most are IPv6, and often all. */
		for (size_t family = 2, left = some; family-- > 0 && left > 0; left -= b.n) {
			batch_take(&b, family, addrs, some);
			batch_rank(&b, &set->match[family], &set->words[family], rank);
			for (size_t i = 0; i < b.n; i++)
				in[b.of[i]] = rank[i] & 1;
		}
		if (n <= BATCH)
			break;
	}
}

/* How many edges there are up to the first and the last place of a range: between an edge with an odd
 * number and the next one all is in the set. */
static void range_ranks(const struct v6k_set *set, struct v6k_range r, size_t *first, size_t *last)
{
	const struct edges *e = &set->match[family_index(r.first.family)];

	*first = edges_rank(e, place_of(r.first));
	*last = edges_rank(e, place_end(r.last));
}

int v6k_set_covers(const struct v6k_set *set, struct v6k_range r)
{
	size_t first, last;

	range_ranks(set, r, &first, &last);
	return family_ok(r.first.family) && first & 1 && first == last;
}

int v6k_set_overlaps(const struct v6k_set *set, struct v6k_range r)
{
	size_t first, last;

	range_ranks(set, r, &first, &last);
	return family_ok(r.first.family) && (first & 1 || first != last);
}

static size_t spans_of(const struct edges *e)
{
	return e->n / 2 + (e->n & 1);
}

size_t v6k_set_size(const struct v6k_set *set)
{
	return spans_of(&set->own[0]) + spans_of(&set->own[1]);
}

int v6k_set_range(const struct v6k_set *set, size_t i, struct v6k_range *out)
{
	bool ipv6 = i >= spans_of(&set->own[0]);
	const struct edges *e = &set->own[ipv6];
	struct u128 last = u128_make(UINT64_MAX, UINT64_MAX);

	if (ipv6)
		i -= spans_of(&set->own[0]);
	if (i >= spans_of(e))
		return V6K_EINVAL;
	if (2 * i + 1 < e->n)
		u128_sub(edge_place(e, 2 * i + 1), u128_make(0, 1), &last);
	out->first = place_addr(families[ipv6], edge_place(e, 2 * i));
	out->last = place_addr(families[ipv6], last);
	return 0;
}

/* The largest block that begins at first is bounded by the zeros at its end and by what is left:
 * end - first, where 0 is all there is. */
static inline unsigned block_bits(struct u128 first, struct u128 end)
{
	unsigned block = u128_ctz(first), room;
	struct u128 left;

	u128_sub(end, first, &left);
	room = u128_is_zero(left) ? 128 : 127 - u128_clz(left);
	return 128 - (block < room ? block : room);
}

/* Stores the prefixes from *first to end, at most n, and leaves *first behind them. */
static inline size_t span_prefixes(unsigned family, struct u128 *first, struct u128 end,
	struct v6k_prefix *out, size_t n)
{
	size_t done = 0;

	do {
		unsigned bits = block_bits(*first, end);
		struct v6k_prefix *p = &out[done++];

		/* Member by member: gcc would make a value of its bytes elsewhere, and wait for it. */
		p->hi = family == V6K_IPV4 ? 0 : first->hi;
		p->lo = family == V6K_IPV4 ? first->hi >> 32 : first->lo;
		p->family = (uint8_t)family;
		p->bits = (uint8_t)bits;
		memset(p->reserved, 0, sizeof(p->reserved));
		u128_add(*first, u128_shl(u128_make(0, 1), 128 - bits), first);
	} while (done < n && !u128_eq(*first, end));
	return done;
}

size_t v6k_set_prefixes(const struct v6k_set *set, struct v6k_set_walk *walk,
	struct v6k_prefix *out, size_t n)
{
	size_t ipv4 = spans_of(&set->own[0]), all = ipv4 + spans_of(&set->own[1]), done = 0;

	while (done < n && walk->range < all) {
		bool ipv6 = walk->range >= ipv4;
		const struct edges *e = &set->own[ipv6];
		size_t i = 2 * (walk->range - (ipv6 ? ipv4 : 0));
		struct u128 end = i + 1 < e->n ? edge_place(e, i + 1) : u128_make(0, 0);
		struct u128 first = walk->at.family ? place_of(walk->at) : edge_place(e, i);

		done += span_prefixes(families[ipv6], &first, end, out + done, n - done);
		if (u128_eq(first, end)) {
			walk->range++;
			walk->at = (struct v6k_addr){ .family = V6K_NONE };
		} else {
			walk->at = place_addr(families[ipv6], first);
		}
	}
	return done;
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
