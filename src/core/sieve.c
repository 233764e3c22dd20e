/* sieve.c: makes sieves. */
#include <stdlib.h>

#include "sieve.h"

/* Of a span that has more pairs of groups than this the first groups are kept; of a set with many spans
 * less, so that all pairs together are not more than PAIRS_MOST. */
enum { SPAN_MOST = 4096, PAIRS_MOST = 1 << 22 };

/* With so many first groups a set lets nearly everything through. */
enum { FIRSTS_MOST = 4096 };

/* The table has 16 bits or more for each, within these limits, as powers of 2 of bits: the larger one still
 * fits into a cache. */
enum { LEAST = 15, MOST = 21 };

/* The first 32 bits of the first and the last place of span i. */
struct pairs {
	uint32_t first, last;
};

static inline struct pairs span_pairs(const struct edges *e, size_t i)
{
	struct pairs p = { (uint32_t)(e->hi[2 * i] >> 32), UINT32_MAX };
	size_t end = 2 * i + 1;

	/* The place before the one behind it. */
	if (end < e->n)
		p.last = (uint32_t)((e->hi[end] - !(e->lo && e->lo[end])) >> 32);
	return p;
}

static uint64_t digits_of(uint32_t groups)
{
	uint64_t x = groups;

	x = (x | x << 16) & UINT64_C(0x0000ffff0000ffff);
	x = (x | x << 8) & UINT64_C(0x00ff00ff00ff00ff);
	x = (x | x << 4) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	return __builtin_bswap64(x);
}

static void add(struct sieve *sieve, uint64_t product)
{
	sieve->word[product >> sieve->shift] |= sieve_bits(product);
}

static void add_span(struct sieve *sieve, struct pairs p, uint32_t most)
{
	if (p.last - p.first < most) {
		for (uint32_t groups = p.first;; groups++) {
			add(sieve, sieve_both(digits_of(groups)));
			if (groups == p.last)
				break;
		}
	} else {
		for (uint32_t group = p.first >> 16; group <= p.last >> 16; group++)
			add(sieve, sieve_first(digits_of(group << 16)));
	}
}

/* How many bits are to be set: those of pairs, and of first groups. */
static void count(const struct edges *e, size_t spans, uint32_t most, size_t *pairs, size_t *firsts)
{
	*pairs = *firsts = 0;
	for (size_t i = 0; i < spans; i++) {
		struct pairs p = span_pairs(e, i);

		if (p.last - p.first < most)
			*pairs += p.last - p.first + 1;
		else
			*firsts += (p.last >> 16) - (p.first >> 16) + 1;
	}
}

void sieve_new(const struct edges edges[2], struct sieve *out)
{
	const struct edges *e = &edges[1];
	size_t spans = e->n / 2 + (e->n & 1), pairs, firsts;
	uint32_t most = spans < PAIRS_MOST / SPAN_MOST ? SPAN_MOST :
		spans < PAIRS_MOST                     ? (uint32_t)(PAIRS_MOST / spans) :
							 1;
	unsigned bits = LEAST;

	count(e, spans, most, &pairs, &firsts);
	*out = (struct sieve){ .firsts = firsts > 0, .ipv4 = edges[0].n > 0 };
	if (firsts > FIRSTS_MOST)
		return;
	while (bits < MOST && (pairs + firsts) >> (bits - 4))
		bits++;
	out->shift = 64 - (bits - 6);
	out->word = calloc((size_t)1 << (bits - 6), sizeof(out->word[0]));
	for (size_t i = 0; out->word && i < spans; i++)
		add_span(out, span_pairs(e, i), most);
}

void sieve_free(struct sieve *sieve)
{
	free(sieve->word);
	sieve->word = NULL;
}
