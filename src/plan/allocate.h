/* allocate.h: which prefixes of a length to hand out next, of what is free. */
#ifndef V6KIT_PLAN_ALLOCATE_H
#define V6KIT_PLAN_ALLOCATE_H

#include <stddef.h>

#include <v6kit/set.h>

/* A free block is one of the minimal prefixes of what is free; one that is longer than what is asked
 * for never counts. Its first prefix of the asked length is handed out, and what remains are smaller
 * free blocks. */
enum allocate_strategy {
	ALLOCATE_FIRST = 1,  /* the lowest */
	ALLOCATE_BEST,       /* of the smallest free block, and of those the lowest */
	ALLOCATE_SPARSE,     /* of the largest free block, and of those the lowest */
	ALLOCATE_LEFTMOST,   /* the first free one in an order of RFC 3531, over the minimal */
	ALLOCATE_CENTERMOST, /* prefixes of the pool, each in its turn */
	ALLOCATE_RIGHTMOST
};

struct allocate {
	const struct v6k_set *pool, *free; /* free is within the pool */
	unsigned family, bits;             /* of what is asked for; other families do not count */
	enum allocate_strategy strategy;
};

/* How many could be handed out. */
struct v6k_count allocate_room(const struct allocate *a);

/* Stores the next n in out: neither overlaps another or leaves what is free, and each is what would
 * have been handed out had those before it been in use. V6K_ENOMEM, or V6K_EOVERFLOW when there are
 * not so many.
 *
 * Free blocks are looked at once each, and no more than n of them are kept: it takes time in
 * proportion to how many there are, however many prefixes they hold. */
int allocate(const struct allocate *a, size_t n, struct v6k_prefix *out);

#endif
