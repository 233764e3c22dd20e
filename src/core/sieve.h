/* sieve.h: what the first two groups of an address tell, before the rest of it is read: whether a set may
 * hold it. Most addresses of a text are not in the set that is looked for. */
#ifndef V6KIT_CORE_SIEVE_H
#define V6KIT_CORE_SIEVE_H

#include <v6kit/set.h>

#include "edges.h"

/* A Bloom filter: a table of words, in one of which an item has two bits. If these are not both set the set
 * has no such; if they are they may be others'. Items are pairs of groups, by their eight hex digits; and
 * where the set has much of what begins with it, a first group, by its four. */
struct sieve {
	uint64_t *word; /* null: any IPv6 address may be in the set */
	unsigned shift; /* of a product, for the number of a word */
	bool firsts;    /* there are first groups among its items */
	bool ipv4;      /* the set has IPv4 addresses */
};

/* Digit i, which is 0 to 15, is byte i from the lowest on; there are 4 of each group. */
static inline uint64_t sieve_both(uint64_t digits)
{
	return digits * UINT64_C(0x9e3779b97f4a7c15);
}

static inline uint64_t sieve_first(uint64_t digits)
{
	return (uint32_t)digits * UINT64_C(0xd6e8feb86659fd93);
}

/* An item's bits in its word: by others of the product than those that say which word it is. */
static inline uint64_t sieve_bits(uint64_t product)
{
	return UINT64_C(1) << (product >> 38 & 63) | UINT64_C(1) << (product >> 32 & 63);
}

static inline bool sieve_lets(const struct sieve *sieve, uint64_t digits)
{
	uint64_t both = sieve_both(digits), first = sieve_first(digits);

	return !(sieve_bits(both) & ~sieve->word[both >> sieve->shift]) ||
		(sieve->firsts && !(sieve_bits(first) & ~sieve->word[first >> sieve->shift]));
}

#pragma GCC visibility push(hidden)

/* The sieve of a set with these edges, IPv4 first. Without memory for a table there is none. */
void sieve_new(const struct edges edges[2], struct sieve *out);
void sieve_free(struct sieve *sieve);

/* That of a set which was frozen with V6K_FOR_SCAN; else null. */
const struct sieve *set_sieve(const struct v6k_set *set);

#pragma GCC visibility pop

#endif
