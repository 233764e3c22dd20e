/* dispatch.h: the functions that have twins, one for each set of vector instructions, and which of
 * them this machine runs. All tiers give the same answers on every input; "none" is the plain C that
 * says what the answers are. */
#ifndef V6KIT_CORE_DISPATCH_H
#define V6KIT_CORE_DISPATCH_H

#include <stdatomic.h>

#include <v6kit/scan.h>

#include "simd.h"

struct sieve;
struct words;

struct simd_tier {
	const char *name;

	/* v6k_addr_parse. */
	int (*addr_parse)(const char *s, size_t n, struct v6k_addr *out, struct v6k_error *err);

	/* Reads one address at s[*at], *at <= n, and leaves *at behind it: see addr_read_scalar. */
	int (*addr_read)(const char *s, size_t n, size_t *at, struct v6k_addr *out,
		struct v6k_error *err);

	/* Writes a, of either family, in canonical form and returns its end. May write, of no
	 * meaning, up to ADDR_PUT_ROOM bytes in all. */
	char *(*addr_put)(char *at, const struct v6k_addr *a);

	/* v6k_addr_parse_lines and v6k_addr_format_lines. */
	size_t (*addr_parse_lines)(const char *s, size_t n, size_t *at, unsigned flags,
		struct v6k_addr *out, size_t cap);
	size_t (*addr_format_lines)(const struct v6k_addr *a, size_t n, size_t *at, char end,
		char *buf, size_t cap);

	/* See rank.h. */
	void (*words_rank)(const struct words *w, const uint64_t *key, size_t n, size_t *rank);

	/* v6k_scan without names, its arguments found good: see scan_function. */
	size_t (*scan)(const char *s, size_t n, size_t *at, unsigned flags,
		const struct sieve *sieve, struct v6k_hit *hits, size_t cap);
};

enum { ADDR_PUT_ROOM = 48 };

/* The tiers that this machine has, the plainest first; null past the last. */
const struct simd_tier *simd_tier(unsigned i);

/* Runs the tier of this name from now on: V6K_EINVAL when the machine has none. For the tests and
 * for V6KIT_SIMD of the command; not for use while other threads are inside the library. */
int simd_force(const char *name);

/* The one global of the library: the tier that runs, null until someone asks. Threads that ask at
 * once all find the same. */
extern _Atomic(const struct simd_tier *) simd_current __attribute__((visibility("hidden")));

const struct simd_tier *simd_choose(void);

static inline const struct simd_tier *simd(void)
{
	const struct simd_tier *tier = atomic_load_explicit(&simd_current, memory_order_acquire);

	return tier ? tier : simd_choose();
}

#endif
