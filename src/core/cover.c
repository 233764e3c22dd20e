/* cover.c: which prefixes to give up so that few are left, at the least cost in addresses that were not
 * in the set.
 *
 * The minimal prefixes of a family are the leaves of a binary tree, in which each inner node is the
 * longest prefix that holds the leaves below it. A best cover uses nothing but nodes of this tree: any
 * other prefix holds the same leaves as the node below it, and more addresses. For each node and each
 * number k, the least cost of covering its leaves with k nodes is that of the node itself, when k is 1,
 * or that of the best way to share k between its two halves. */
#include <stdlib.h>

#include <v6kit/cover.h>

#include "value.h"

/* The leaves of both families, IPv4 first, in order. */
struct leaf {
	struct u128 first, last;
};

struct tree {
	const struct leaf *leaf;
	size_t most, spare; /* entries that may be used, and that must be given up, of all leaves */
	/* Of the inner node that divides its leaves before leaf i: where its choices begin. A choice is how many
	 * entries its first half gets; 0: the node itself is the entry. */
	size_t *place;
	uint32_t *choice;
	size_t choices;
};

/* How many entries a node of n leaves can have in a best cover: with fewer, more would be given up than
 * there need be. */
static size_t least(const struct tree *t, size_t n)
{
	return n > t->spare ? n - t->spare : 1;
}

static size_t most(const struct tree *t, size_t n)
{
	return n < t->most ? n : t->most;
}

static size_t room(const struct tree *t, size_t n)
{
	return most(t, n) - least(t, n) + 1;
}

/* The first leaf of the second half of a node: the first that has the bit in which they differ. */
static size_t middle(const struct tree *t, size_t from, size_t to)
{
	struct u128 differ = u128_xor(t->leaf[from].first, t->leaf[to - 1].first);
	unsigned bits = u128_clz(differ);
	struct u128 bit = u128_xor(u128_mask(bits + 1), u128_mask(bits));

	while (from + 1 < to) {
		size_t at = from + (to - from) / 2;

		if (u128_is_zero(u128_and(t->leaf[at].first, bit)))
			from = at;
		else
			to = at;
	}
	return to;
}

/* How many combinations there are below a node, and in t->choices how many choices; it stops soon past
 * the limit. Depth is at most the length of an address. */
static uint64_t count_states(struct tree *t, size_t from, size_t to, uint64_t states)
{
	size_t at;

	if (to - from < 2 || states > V6K_COVER_STATES_MAX)
		return states + 1;
	at = middle(t, from, to);
	t->choices += room(t, to - from);
	states = count_states(t, from, at, states);
	states = count_states(t, at, to, states);
	return states + (uint64_t)room(t, at - from) * room(t, to - at);
}

/* The node itself as the entry: the addresses that it has beside its `inside`. */
static struct u128 whole_cost(const struct tree *t, size_t from, size_t to, struct u128 inside)
{
	struct u128 differ = u128_xor(t->leaf[from].first, t->leaf[to - 1].last), size, cost;

	/* All of IPv6 are 2^128: both are counted from 0. */
	size = u128_not(u128_mask(u128_clz(differ)));
	u128_sub(inside, u128_make(0, 1), &inside);
	u128_sub(size, inside, &cost);
	return cost;
}

/* The costs of a node, cost[i] with least + i entries, and how many addresses its leaves have. */
struct table {
	struct u128 *cost, inside;
};

static int table_new(struct table *table, size_t n)
{
	table->cost = malloc(n * sizeof(*table->cost));
	return table->cost ? 0 : V6K_ENOMEM;
}

/* Shares what the node may use between its halves a and b, in every way. Within a family no sum passes
 * 2^128. */
static void share(const struct tree *t, size_t from, size_t at, size_t to, const struct table *a,
	const struct table *b, struct table *out, uint32_t *choice)
{
	size_t low = least(t, to - from), high = most(t, to - from);
	size_t low_a = least(t, at - from), low_b = least(t, to - at);

	for (size_t i = 0; i <= high - low; i++)
		out->cost[i] = u128_make(UINT64_MAX, UINT64_MAX);
	if (low == 1) {
		out->cost[0] = whole_cost(t, from, to, out->inside);
		choice[0] = 0;
	}
	for (size_t i = 0; i < room(t, at - from); i++) {
		for (size_t j = 0; j < room(t, to - at); j++) {
			size_t k = low_a + i + low_b + j;
			struct u128 sum;

			if (k < low || k > high)
				continue;
			u128_add(a->cost[i], b->cost[j], &sum);
			if (u128_cmp(sum, out->cost[k - low]) >= 0)
				continue;
			out->cost[k - low] = sum;
			choice[k - low] = (uint32_t)(low_a + i);
		}
	}
}

static int solve(struct tree *t, size_t from, size_t to, struct table *out)
{
	struct table a = { .cost = NULL }, b = { .cost = NULL };
	struct u128 one = u128_make(0, 1);
	size_t at;
	int e;

	*out = a;
	if (to - from == 1) {
		e = table_new(out, 1);
		if (e)
			return e;
		out->cost[0] = u128_make(0, 0);
		u128_sub(t->leaf[from].last, t->leaf[from].first, &out->inside);
		u128_add(out->inside, one, &out->inside);
		return 0;
	}
	at = middle(t, from, to);
	t->place[at] = t->choices;
	t->choices += room(t, to - from);
	e = solve(t, from, at, &a);
	if (e == 0)
		e = solve(t, at, to, &b);
	if (e == 0)
		e = table_new(out, room(t, to - from));
	if (e == 0) {
		u128_add(a.inside, b.inside, &out->inside);
		share(t, from, at, to, &a, &b, out, t->choice + t->place[at]);
	}
	free(a.cost);
	free(b.cost);
	return e;
}

/* Adds the k entries that cover a node. */
static int take(const struct tree *t, unsigned family, size_t from, size_t to, size_t k,
	struct v6k_list *list)
{
	size_t at = to - from > 1 ? middle(t, from, to) : 0, first = 0;
	int e;

	if (to - from > 1)
		first = t->choice[t->place[at] + k - least(t, to - from)];
	if (first == 0) {
		struct v6k_range r = { addr_value(family, t->leaf[from].first),
			addr_value(family, t->leaf[to - 1].last) };

		return v6k_list_add_prefix(list, v6k_range_span(r), V6K_NO_LABEL);
	}
	e = take(t, family, from, at, first, list);
	return e ? e : take(t, family, at, to, k - first, list);
}

/* Of the ways to share t->most between n leaves of IPv4 and m of IPv6, how many IPv4 has in the best. */
static size_t share_families(const struct tree *t, const struct table *ipv4, size_t n,
	const struct table *ipv6, size_t m)
{
	struct v6k_count best = { { UINT64_MAX, UINT64_MAX, UINT64_MAX } }, sum, other;
	size_t found = 0;

	for (size_t k = least(t, n); k <= most(t, n); k++) {
		size_t rest = t->most - k;
		const struct u128 *a = &ipv4->cost[k - least(t, n)], *b;

		if (k > t->most || rest < least(t, m) || rest > most(t, m))
			continue;
		b = &ipv6->cost[rest - least(t, m)];
		sum = (struct v6k_count){ { a->lo, a->hi, 0 } };
		other = (struct v6k_count){ { b->lo, b->hi, 0 } };
		v6k_count_add(sum, other, &sum);
		if (v6k_count_cmp(sum, best) < 0) {
			best = sum;
			found = k;
		}
	}
	return found;
}

/* The entries of n leaves of IPv4 and m of IPv6. */
static int cover(struct tree *t, size_t n, size_t m, struct v6k_list *list)
{
	struct table ipv4 = { .cost = NULL }, ipv6 = { .cost = NULL };
	size_t k = n > 0 ? t->most : 0;
	int e = n > 0 ? solve(t, 0, n, &ipv4) : 0;

	if (e == 0 && m > 0)
		e = solve(t, n, n + m, &ipv6);
	if (e == 0 && n > 0 && m > 0)
		k = share_families(t, &ipv4, n, &ipv6, m);
	if (e == 0 && n > 0)
		e = take(t, V6K_IPV4, 0, n, k, list);
	if (e == 0 && m > 0)
		e = take(t, V6K_IPV6, n, n + m, t->most - k, list);
	free(ipv4.cost);
	free(ipv6.cost);
	return e;
}

/* The minimal prefixes of a set; counts them alone where leaf is null. */
static void leaves(const struct v6k_set *set, struct leaf *leaf, size_t *ipv4, size_t *ipv6)
{
	struct v6k_range r;
	struct v6k_prefix p;

	*ipv4 = *ipv6 = 0;
	for (size_t i = 0; v6k_set_range(set, i, &r) == 0; i++) {
		while (v6k_range_pop(&r, &p)) {
			if (leaf)
				leaf[*ipv4 + *ipv6] = (struct leaf){ prefix_number(p),
					prefix_last_number(p) };
			++*(p.family == V6K_IPV4 ? ipv4 : ipv6);
		}
	}
}

static int freeze(struct v6k_list *list, int e, struct v6k_set **out)
{
	if (e == 0)
		e = v6k_set_freeze(list, 0, out);
	v6k_list_free(list);
	return e;
}

/* All that is allocated is in proportion to what count_states has allowed. */
static int cover_build(const struct v6k_set *set, struct tree *t, size_t n, size_t m,
	struct v6k_set **out)
{
	struct leaf *leaf = malloc((n + m) * sizeof(*leaf));
	struct v6k_list *list = v6k_list_new();
	int e = leaf && list ? 0 : V6K_ENOMEM;

	if (e == 0) {
		uint64_t states = n > 0 && m > 0 ? (uint64_t)room(t, n) : 0;

		leaves(set, leaf, &n, &m);
		t->leaf = leaf;
		states = n > 0 ? count_states(t, 0, n, states) : states;
		states = m > 0 ? count_states(t, n, n + m, states) : states;
		e = states > V6K_COVER_STATES_MAX ? V6K_ELIMIT : 0;
	}
	if (e == 0) {
		t->place = malloc((n + m) * sizeof(*t->place));
		t->choice = malloc((t->choices ? t->choices : 1) * sizeof(*t->choice));
		t->choices = 0;
		e = t->place && t->choice ? cover(t, n, m, list) : V6K_ENOMEM;
	}
	free(leaf);
	free(t->place);
	free(t->choice);
	return freeze(list, e, out);
}

int v6k_cover_build(const struct v6k_set *set, size_t entries, struct v6k_set **out)
{
	struct tree t = { .most = entries };
	size_t n, m;

	leaves(set, NULL, &n, &m);
	if (n + m <= entries)
		return v6k_set_combine(set, set, V6K_UNION, out);
	if (entries < (size_t)(n > 0) + (m > 0))
		return V6K_EFAMILY;
	/* Choices are 32 bits wide; so many leaves are past the limit in any case. */
	if (n + m > V6K_COVER_STATES_MAX)
		return V6K_ELIMIT;
	t.spare = n + m - entries;
	return cover_build(set, &t, n, m, out);
}

int v6k_cover_build_bits(const struct v6k_set *set, unsigned ipv4_bits, unsigned ipv6_bits,
	struct v6k_set **out)
{
	struct v6k_list *list;
	struct v6k_range r;
	struct v6k_prefix p;
	int e = 0;

	if (ipv4_bits > 32 || ipv6_bits > 128)
		return V6K_EINVAL;
	list = v6k_list_new();
	if (!list)
		return V6K_ENOMEM;
	for (size_t i = 0; e == 0 && v6k_set_range(set, i, &r) == 0; i++) {
		unsigned bits = r.first.family == V6K_IPV4 ? ipv4_bits : ipv6_bits;

		/* Rounded out, the range has no prefix that is longer. */
		if (v6k_prefix_mask(r.first, bits, &p) == 0)
			r.first = v6k_prefix_first(p);
		if (v6k_prefix_mask(r.last, bits, &p) == 0)
			r.last = v6k_prefix_last(p);
		e = v6k_list_add_range(list, r, V6K_NO_LABEL);
	}
	return freeze(list, e, out);
}
