/* list.h: what a list holds, for those that freeze it. */
#ifndef V6KIT_CORE_LIST_H
#define V6KIT_CORE_LIST_H

#include <v6kit/list.h>

#include "value.h"

/* Addresses are kept as places (see value.h). Entries are columns, and a column that nobody needs is not there: a prefix of up to 64 bits is 9
 * bytes. A range that is no prefix has its last place in a list of its own. */
struct v6k_list {
	uint64_t *hi, *lo; /* the first place; lo is null while all are 0 */
	uint8_t *kind;     /* see below */
	uint32_t *label;   /* null while there is none */
	struct list_range {
		struct u128 last;
		size_t number; /* of its entry; they stand in order */
	} * range;
	size_t n, cap, ranges, ranges_cap;
	/* Of the prefixes of each family: how many, and the longest. Index 0 is IPv4. */
	size_t prefixes[2];
	unsigned longest[2];
};

/* The kinds of entries: an IPv6 prefix by its length, an IPv4 one by its length after
 * KIND_IPV4. */
enum { KIND_RANGE6 = 129, KIND_IPV4 = 130, KIND_RANGE4 = KIND_IPV4 + 33 };

static inline unsigned kind_family(unsigned kind)
{
	return kind < KIND_IPV4 ? V6K_IPV6 : V6K_IPV4;
}

static inline bool kind_is_range(unsigned kind)
{
	return kind == KIND_RANGE6 || kind == KIND_RANGE4;
}

static inline unsigned kind_bits(unsigned kind)
{
	return kind < KIND_IPV4 ? kind : kind - KIND_IPV4;
}

/* An entry, as places. */
struct list_entry {
	struct u128 first, last;
	unsigned family;
	unsigned bits; /* of a prefix */
	bool is_range;
};

static inline struct u128 list_first(const struct v6k_list *list, size_t i)
{
	return u128_make(list->hi[i], list->lo ? list->lo[i] : 0);
}

static inline uint32_t list_label(const struct v6k_list *list, size_t i)
{
	return list->label ? list->label[i] : V6K_NO_LABEL;
}

/* The entry with the number i. *ranges is how many ranges there are before it: a walk over all
 * entries begins with 0 there. */
static inline struct list_entry list_next(const struct v6k_list *list, size_t i, size_t *ranges)
{
	unsigned kind = list->kind[i];
	struct list_entry e = { .first = list_first(list, i), .family = kind_family(kind) };

	if (kind_is_range(kind)) {
		e.is_range = true;
		e.last = list->range[(*ranges)++].last;
	} else {
		e.bits = kind_bits(kind);
		e.last = u128_or(e.first, u128_not(u128_mask(e.bits)));
	}
	return e;
}

/* Makes *e the same addresses in the other family, when all of it has such a form: an IPv4 entry as
 * mapped addresses, an entry inside ::ffff:0:0/96 as IPv4 (ruling 17). False when there is none. */
static inline bool list_entry_twin(struct list_entry *e)
{
	uint64_t first = e->first.lo, last = e->last.lo;

	if (e->family == V6K_IPV4) {
		e->family = V6K_IPV6;
		e->bits += IPV4_LIFT;
		e->first = u128_make(0, MAPPED_LO | e->first.hi >> 32);
		e->last = u128_make(0, MAPPED_LO | e->last.hi >> 32);
		return true;
	}
	if ((e->first.hi | e->last.hi) != 0 || first >> 32 != MAPPED_LO >> 32 ||
		last >> 32 != MAPPED_LO >> 32)
		return false;
	e->family = V6K_IPV4;
	e->bits -= IPV4_LIFT;
	e->first = u128_make(first << 32, 0);
	e->last = u128_make(last << 32 | UINT32_MAX, UINT64_MAX);
	return true;
}

/* Makes the list empty, and gives its memory back. */
void list_clear(struct v6k_list *list) __attribute__((visibility("hidden")));

#endif
