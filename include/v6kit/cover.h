/* v6kit/cover.h: sets that hold a set and are made of fewer prefixes. See v6kit_cover(3). */
#ifndef V6KIT_COVER_H
#define V6KIT_COVER_H

#include <v6kit/set.h>

V6K_BEGIN_DECLS

/* v6k_cover_build tries no more combinations than this. */
#define V6K_COVER_STATES_MAX 100000000

/* Stores in *out, which the caller frees, a set that holds all of set, has at most `entries` minimal
 * prefixes, of both families together, and of all such sets the fewest addresses. That is exact, by
 * dynamic programming over the tree of prefixes: time and memory are in proportion to the states, which
 * are at most n times the smaller of entries and n - entries, for n minimal prefixes of set. V6K_ELIMIT when there
 * would be more than V6K_COVER_STATES_MAX; V6K_EFAMILY when there are fewer entries than families,
 * V6K_ENOMEM when out of memory. */
V6K_API int v6k_cover_build(const struct v6k_set *set, size_t entries, struct v6k_set **out);

/* Stores in *out the smallest set that holds all of set and no minimal prefix of which is longer than
 * ipv4_bits or ipv6_bits. V6K_EINVAL for more than 32 or 128. */
V6K_API int v6k_cover_build_bits(const struct v6k_set *set, unsigned ipv4_bits, unsigned ipv6_bits,
	struct v6k_set **out);

V6K_END_DECLS

#endif
