/* bench_poptrie.h: a poptrie (Asai and Ohara, SIGCOMM 2015) for IPv6, what longest match is measured
 * against: 6 bits a step, direct pointing by the first 18 bits, leaves of the same route once. */
#ifndef V6KIT_TESTS_BENCH_POPTRIE_H
#define V6KIT_TESTS_BENCH_POPTRIE_H

#include <stddef.h>
#include <stdint.h>

#include <v6kit.h>

struct poptrie;

/* A trie of n IPv6 prefixes; what is found for the one with the number i is i + 1. */
struct poptrie *poptrie_new(const struct v6k_prefix *prefix, size_t n);
void poptrie_free(struct poptrie *trie);

/* What is found for an IPv6 address, 0 for nothing. */
uint32_t poptrie_lookup(const struct poptrie *trie, struct v6k_addr a);

/* The same for n of them, 64 at a time, a step of all before the next one: what its authors do not do, and
 * what is compared is a structure with a structure. */
void poptrie_lookup_many(const struct poptrie *trie, const struct v6k_addr *a, size_t n,
	uint32_t *found);

#endif
