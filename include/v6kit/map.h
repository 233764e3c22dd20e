/* v6kit/map.h: disjoint ranges that each have a label. See v6kit_map(3). */
#ifndef V6KIT_MAP_H
#define V6KIT_MAP_H

#include <v6kit/set.h>

V6K_BEGIN_DECLS

/* A frozen map: each address in it has one label. Any number of threads may read it. */
struct v6k_map;

/* Freezes a list into *out, which the caller frees: each address gets the label of the longest prefix of
 * the list that holds it, of equal prefixes of the first one; the families are strictly apart. The list
 * may be used on. V6K_ENOMEM when out of memory, V6K_EOVERFLOW past 2^31 prefixes. */
V6K_API int v6k_map_freeze(const struct v6k_list *list, struct v6k_map **out);

/* What of a map is inside a set (V6K_INTERSECTION) or outside of it (V6K_DIFFERENCE), with its labels,
 * as a new map, which the caller frees. V6K_ENOMEM, or V6K_EINVAL for another op. */
V6K_API int v6k_map_combine(const struct v6k_map *map, const struct v6k_set *set,
	enum v6k_set_op op, struct v6k_map **out);

/* Frees the map; null is allowed. */
V6K_API void v6k_map_free(struct v6k_map *map);

/* Its ranges, IPv4 first, in order and disjoint; two that touch have different labels: how many, and the
 * one with the number i (from 0), or V6K_EINVAL past the end. */
V6K_API size_t v6k_map_size(const struct v6k_map *map);
V6K_API int v6k_map_range(const struct v6k_map *map, size_t i, struct v6k_range *out,
	uint32_t *label);

V6K_END_DECLS

#endif
