/* v6kit/set.h: an immutable set of addresses. See v6kit_set(3). */
#ifndef V6KIT_SET_H
#define V6KIT_SET_H

#include <v6kit/list.h>

V6K_BEGIN_DECLS

/* A frozen set: disjoint ranges in order, a family at a time. Any number of threads may read it. */
struct v6k_set;

/* Freezes a list (flags: enum v6k_freeze_flags) into *out, which the caller frees. The list may be
 * used on. V6K_ENOMEM when out of memory. */
V6K_API int v6k_set_freeze(const struct v6k_list *list, unsigned flags, struct v6k_set **out);

/* The same, and uses the list up: it is empty then, also after V6K_ENOMEM. Takes less memory. */
V6K_API int v6k_set_build(struct v6k_list *list, unsigned flags, struct v6k_set **out);

enum v6k_set_op {
	V6K_UNION,               /* in a or in b */
	V6K_INTERSECTION,        /* in a and in b */
	V6K_DIFFERENCE,          /* in a and not in b */
	V6K_SYMMETRIC_DIFFERENCE /* in one of them alone */
};

/* Combines the own addresses of two sets into a new one, which the caller frees; it keeps the
 * families strictly apart. V6K_ENOMEM when out of memory, V6K_EINVAL for another op. */
V6K_API int v6k_set_combine(const struct v6k_set *a, const struct v6k_set *b, enum v6k_set_op op,
	struct v6k_set **out);

/* Frees the set; null is allowed. */
V6K_API void v6k_set_free(struct v6k_set *set);

/* For each of n addresses stores in in[i] 1 when the set holds it, else 0. Allocates nothing. */
V6K_API void v6k_set_contains(const struct v6k_set *set, const struct v6k_addr *addrs, size_t n,
	uint8_t *in);

/* 1 when the set holds all addresses of r, respectively any, else 0. */
V6K_API int v6k_set_covers(const struct v6k_set *set, struct v6k_range r);
V6K_API int v6k_set_overlaps(const struct v6k_set *set, struct v6k_range r);

/* The set's own addresses, whatever the flags, as disjoint ranges that do not touch, IPv4 first:
 * how many, and the one with the number i (from 0), or V6K_EINVAL past the end. */
V6K_API size_t v6k_set_size(const struct v6k_set *set);
V6K_API int v6k_set_range(const struct v6k_set *set, size_t i, struct v6k_range *out);

/* How far a walk over the prefixes of a set has come: all 0 at first. */
struct v6k_set_walk {
	size_t range;        /* the number of the range whose prefixes come next */
	struct v6k_addr at;  /* and from where in it; none: from its beginning */
};

/* The fewest prefixes that are the set's own addresses, in order, IPv4 first: stores the next ones, at
 * most n, and returns how many; fewer than n at the end. */
V6K_API size_t v6k_set_prefixes(const struct v6k_set *set, struct v6k_set_walk *walk,
	struct v6k_prefix *out, size_t n);

/* How many addresses the set has of its own, whatever the flags. */
V6K_API struct v6k_count v6k_set_count(const struct v6k_set *set);

/* The set's own address with the number n, from 0, IPv4 first; V6K_EOVERFLOW past the end. Takes
 * time in proportion to the ranges before it. */
V6K_API int v6k_set_nth(const struct v6k_set *set, struct v6k_count n, struct v6k_addr *out);

V6K_END_DECLS

#endif
