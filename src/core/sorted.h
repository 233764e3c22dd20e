/* sorted.h: a list's prefixes in order, which sets and tables are made from. */
#ifndef V6KIT_CORE_SORTED_H
#define V6KIT_CORE_SORTED_H

#include "list.h"

/* What to take of a list for a family. */
enum {
	SORTED_OWN = 1,   /* its own entries */
	SORTED_TWINS = 2, /* the twins that entries of the other family have in it */
	/* As tables want it: ranges as their minimal prefixes; and equal prefixes in order, the
	 * first one in the list last. Without it ranges are left out. */
	SORTED_ROWS = 4
};

/* Records of 1 to 4 words, in the order of their words as one number:
 *     1: place.hi | bits       when all have at most 56 bits, and without SORTED_ROWS
 *     2: place.hi, tail        when all have at most 64 bits
 *     3: place.hi, place.lo, tail
 *     4: first.hi, first.lo, last.hi, last.lo    ranges that are no prefix
 * A tail is the length, times 2^32, and with SORTED_ROWS the number of the entry, inverted.
 * They are the upper half of memory for twice as many: whoever writes at most as much as he reads,
 * in order, may write from the beginning of memory on. */
struct sorted {
	uint64_t *memory;
	uint64_t *record;
	size_t n;
	unsigned words;
	bool in_order; /* already */
};

/* Gathers the records, not yet sorted. 0, V6K_ENOMEM, or V6K_EOVERFLOW for more than INT32_MAX
 * records with SORTED_ROWS. */
int sorted_gather(const struct v6k_list *list, unsigned family, unsigned what, struct sorted *out)
	__attribute__((visibility("hidden")));
int sorted_gather_ranges(const struct v6k_list *list, unsigned family, unsigned what,
	struct sorted *out) __attribute__((visibility("hidden")));

/* Sorts them. */
void sorted_sort(struct sorted *s) __attribute__((visibility("hidden")));

static inline unsigned tail_bits(uint64_t tail)
{
	return (unsigned)(tail >> 32);
}

static inline uint32_t tail_number(uint64_t tail)
{
	return ~(uint32_t)tail;
}

#endif
