/* bench_poptrie.c: a binary trie, folded into a poptrie. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "bench_poptrie.h"

enum { STEP = 6, SLOTS = 1 << STEP, DIRECT_BITS = 18, LANES = 64 };

/* The binary trie, which is only there while the other is made. */
struct branch {
	uint32_t child[2];
	uint32_t found;
};

/* Of its 64 slots those with a bit in `inner` are nodes, that stand together from `nodes`; the others
 * are leaves, of which only those with a bit in `leaf` are stored, from `leaves`: a leaf without
 * one is like the leaf before it. */
struct node {
	uint64_t inner, leaf;
	uint32_t nodes, leaves;
};

struct poptrie {
	struct branch *branch;
	size_t branches, branches_cap;
	struct node *node;
	size_t nodes, nodes_cap;
	uint32_t *leaf;
	size_t leaves, leaves_cap;
	uint32_t *direct; /* a node, or with the first bit set, what is found */
};

#define IS_LEAF (UINT32_C(1) << 31)

static void *grow(void *array, size_t need, size_t *cap, size_t size)
{
	if (need <= *cap)
		return array;
	while (*cap < need)
		*cap = *cap ? 2 * *cap : 1024;
	array = realloc(array, *cap * size);
	if (!array)
		abort();
	return array;
}

static uint32_t new_branch(struct poptrie *t)
{
	t->branch = grow(t->branch, t->branches + 1, &t->branches_cap, sizeof(*t->branch));
	t->branch[t->branches] = (struct branch){ { 0, 0 }, 0 };
	return (uint32_t)t->branches++;
}

static uint32_t new_nodes(struct poptrie *t, size_t n)
{
	t->node = grow(t->node, t->nodes + n, &t->nodes_cap, sizeof(*t->node));
	t->nodes += n;
	return (uint32_t)(t->nodes - n);
}

static unsigned bit_of(const struct v6k_prefix *p, unsigned i)
{
	return (unsigned)((i < 64 ? p->hi >> (63 - i) : p->lo >> (127 - i)) & 1);
}

static void insert(struct poptrie *t, const struct v6k_prefix *p, uint32_t found)
{
	uint32_t at = 0;

	for (unsigned i = 0; i < p->bits; i++) {
		unsigned side = bit_of(p, i);

		if (!t->branch[at].child[side]) {
			uint32_t child = new_branch(t);

			t->branch[at].child[side] = child;
		}
		at = t->branch[at].child[side];
	}
	t->branch[at].found = found;
}

/* Goes `bits` of a slot's number down from a branch: what is the longest match there, and the branch
 * that goes on below it, or 0. */
static uint32_t descend(const struct poptrie *t, uint32_t at, unsigned slot, unsigned bits,
	uint32_t *found)
{
	for (unsigned i = bits; i-- > 0;) {
		at = t->branch[at].child[slot >> i & 1];
		if (!at)
			return 0;
		if (t->branch[at].found)
			*found = t->branch[at].found;
	}
	return t->branch[at].child[0] || t->branch[at].child[1] ? at : 0;
}

static void fold(struct poptrie *t, uint32_t into, uint32_t at, uint32_t inherited)
{
	uint32_t below[SLOTS], found[SLOTS], last = 0;
	struct node n = { 0, 0, 0, (uint32_t)t->leaves };
	bool any = false;

	for (unsigned slot = 0; slot < SLOTS; slot++) {
		found[slot] = inherited;
		below[slot] = descend(t, at, slot, STEP, &found[slot]);
		if (below[slot]) {
			n.inner |= UINT64_C(1) << slot;
			continue;
		}
		if (any && found[slot] == last)
			continue;
		t->leaf = grow(t->leaf, t->leaves + 1, &t->leaves_cap, sizeof(*t->leaf));
		t->leaf[t->leaves++] = last = found[slot];
		n.leaf |= UINT64_C(1) << slot;
		any = true;
	}
	n.nodes = new_nodes(t, (size_t)__builtin_popcountll(n.inner));
	t->node[into] = n;
	for (unsigned slot = 0, i = 0; slot < SLOTS; slot++) {
		if (below[slot])
			fold(t, n.nodes + i++, below[slot], found[slot]);
	}
}

struct poptrie *poptrie_new(const struct v6k_prefix *prefix, size_t n)
{
	struct poptrie *t = calloc(1, sizeof(*t));

	if (!t || !(t->direct = calloc((size_t)1 << DIRECT_BITS, sizeof(*t->direct))))
		abort();
	new_branch(t);
	for (size_t i = 0; i < n; i++)
		insert(t, &prefix[i], (uint32_t)i + 1);
	for (unsigned slot = 0; slot < 1u << DIRECT_BITS; slot++) {
		uint32_t found = t->branch[0].found;
		uint32_t at = descend(t, 0, slot, DIRECT_BITS, &found);

		if (at) {
			t->direct[slot] = new_nodes(t, 1);
			fold(t, t->direct[slot], at, found);
		} else {
			t->direct[slot] = IS_LEAF | found;
		}
	}
	free(t->branch);
	t->branch = NULL;
	return t;
}

void poptrie_free(struct poptrie *t)
{
	free(t->node);
	free(t->leaf);
	free(t->direct);
	free(t);
}

/* The STEP bits of an address from bit `at` on, zeros behind its end. */
static unsigned bits_at(struct v6k_addr a, unsigned at)
{
	uint64_t word;

	if (at >= 64)
		word = a.lo << (at - 64);
	else
		word = at == 0 ? a.hi : a.hi << at | a.lo >> (64 - at);
	return (unsigned)(word >> (64 - STEP));
}

#ifdef __x86_64__
#define POPCNT __attribute__((target("popcnt")))
#else
#define POPCNT
#endif

POPCNT uint32_t poptrie_lookup(const struct poptrie *t, struct v6k_addr a)
{
	uint32_t at = t->direct[a.hi >> (64 - DIRECT_BITS)];
	unsigned depth = DIRECT_BITS;

	if (at & IS_LEAF)
		return at & ~IS_LEAF;
	for (;;) {
		const struct node *n = &t->node[at];
		unsigned slot = bits_at(a, depth);
		uint64_t up_to = (UINT64_C(2) << slot) - 1;

		if (!(n->inner >> slot & 1))
			return t->leaf[n->leaves + (uint32_t)__builtin_popcountll(n->leaf & up_to) -
				1];
		at = n->nodes + (uint32_t)__builtin_popcountll(n->inner & up_to) - 1;
		depth += STEP;
	}
}

/* Each goes on until it is at a leaf; the numbers of those that do so stand in `going`, of the others in
 * `done`. */
POPCNT static void lookup_some(const struct poptrie *t, const struct v6k_addr *a, unsigned n,
	uint32_t *found)
{
	uint8_t going[LANES], done[LANES];
	unsigned left = 0, ended = 0;
	uint32_t at[LANES];

	for (unsigned i = 0; i < n; i++)
		__builtin_prefetch(&t->direct[a[i].hi >> (64 - DIRECT_BITS)]);
	for (unsigned i = 0; i < n; i++) {
		at[i] = t->direct[a[i].hi >> (64 - DIRECT_BITS)];
		found[i] = at[i] & ~IS_LEAF;
		going[left] = (uint8_t)i;
		if (!(at[i] & IS_LEAF)) {
			__builtin_prefetch(&t->node[at[i]]);
			left++;
		}
	}
	for (unsigned depth = DIRECT_BITS; left > 0; depth += STEP) {
		unsigned all = left;

		left = 0;
		for (unsigned j = 0; j < all; j++) {
			unsigned i = going[j], slot = bits_at(a[i], depth);
			const struct node *node = &t->node[at[i]];
			uint64_t up_to = (UINT64_C(2) << slot) - 1;
			bool inner = node->inner >> slot & 1;
			uint64_t set = (inner ? node->inner : node->leaf) & up_to;

			at[i] = (inner ? node->nodes : node->leaves) +
				(uint32_t)__builtin_popcountll(set) - 1;
			__builtin_prefetch(inner ? (const void *)&t->node[at[i]] :
						   (const void *)&t->leaf[at[i]]);
			going[left] = done[ended] = (uint8_t)i;
			left += inner;
			ended += !inner;
		}
	}
	for (unsigned j = 0; j < ended; j++)
		found[done[j]] = t->leaf[at[done[j]]];
}

void poptrie_lookup_many(const struct poptrie *t, const struct v6k_addr *a, size_t n,
	uint32_t *found)
{
	for (size_t i = 0; i < n; i += LANES)
		lookup_some(t, a + i, n - i < LANES ? (unsigned)(n - i) : LANES, found + i);
}
