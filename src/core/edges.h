/* edges.h: the places at which something changes, in order: where a set begins and ends, where
 * another row of a table becomes the longest match. */
#ifndef V6KIT_CORE_EDGES_H
#define V6KIT_CORE_EDGES_H

#include "sorted.h"

/* Edge i is at hi[i], lo[i]; lo is null when all of it is 0, else it stands behind hi in the same
 * memory. Of a set the edges with even numbers are where a span begins, the odd ones the places
 * behind its last: what has no such place, because it holds the last of all, ends without an edge. */
struct edges {
	uint64_t *hi, *lo;
	size_t n;
};

static inline struct u128 edge_place(const struct edges *e, size_t i)
{
	return u128_make(e->hi[i], e->lo ? e->lo[i] : 0);
}

#pragma GCC visibility push(hidden)

/* Room for n edges, with lo where wide; none of them is there yet. 0, or V6K_ENOMEM. */
int edges_new(struct edges *e, size_t n, bool wide);

/* Gives back what is not needed. */
void edges_shrink(struct edges *e);

/* What sorted prefixes, without SORTED_ROWS, hold; their memory becomes the edges'. */
void edges_merge(struct sorted *s, struct edges *out);

/* What the ranges of a list hold, without those that are prefixes; what: see sorted.h. */
int edges_merge_ranges(const struct v6k_list *list, unsigned family, unsigned what,
	struct edges *out);

/* What of two sets is wanted: bits 0 to 3 of table stand for "in neither", which is never, "in b
 * alone", "in a alone" and "in both". 0, or V6K_ENOMEM. */
int edges_combine(const struct edges *a, const struct edges *b, unsigned table, struct edges *out);

/* How many edges there are at or before place. */
size_t edges_rank(const struct edges *e, struct u128 place);

#pragma GCC visibility pop

#endif
