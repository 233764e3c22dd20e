/* list.h: what a list holds, for those that freeze it. */
#ifndef V6KIT_CORE_LIST_H
#define V6KIT_CORE_LIST_H

#include <v6kit/list.h>

#include "value.h"

struct list_entry {
	struct u128 first, last;
	uint32_t label;
	uint8_t family;
};

struct v6k_list {
	struct list_entry *entry;
	size_t n, cap;
};

/* The same addresses in the other family, when all of e has such a form: an IPv4 entry as mapped
 * addresses, an entry inside ::ffff:0:0/96 as IPv4 (ruling 17). False when there is none. */
static inline bool list_entry_twin(const struct list_entry *e, struct list_entry *twin)
{
	*twin = *e;
	if (e->family == V6K_IPV4) {
		twin->family = V6K_IPV6;
		twin->first.lo |= MAPPED_LO;
		twin->last.lo |= MAPPED_LO;
		return true;
	}
	twin->family = V6K_IPV4;
	twin->first.lo &= UINT32_MAX;
	twin->last.lo &= UINT32_MAX;
	return (e->first.hi | e->last.hi) == 0 && (e->first.lo ^ twin->first.lo) == MAPPED_LO &&
		(e->last.lo ^ twin->last.lo) == MAPPED_LO;
}

#endif
