/* random.h: random values for tests, the same ones on every run unless V6KIT_SEED says otherwise.
 * Values are biased to where mistakes live: both ends, zeros, ones, and places around powers of
 * 2. */
#ifndef V6KIT_TESTS_UNIT_RANDOM_H
#define V6KIT_TESTS_UNIT_RANDOM_H

#include <inttypes.h>
#include <stdlib.h>

#include "lib.h"

static uint64_t random_state;

/* Takes the seed from the environment and prints it, for whoever sees a failure. */
static inline void random_seed(void)
{
	const char *seed = getenv("V6KIT_SEED");

	random_state = seed && *seed ? strtoull(seed, NULL, 0) : UINT64_C(0x2a00a20000120025);
	printf("# V6KIT_SEED=%" PRIu64 "\n", random_state);
	if (random_state == 0)
		random_state = 1;
}

/* xorshift64* */
static inline uint64_t random_word(void)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return random_state * UINT64_C(2685821657736338717);
}

/* Below n. */
static inline unsigned random_below(unsigned n)
{
	return (unsigned)((random_word() >> 32) * n >> 32);
}

static inline uint64_t random_biased(void)
{
	uint64_t bit = UINT64_C(1) << random_below(64);

	switch (random_below(8)) {
	case 0:
		return 0;
	case 1:
		return UINT64_MAX;
	case 2:
		return random_below(16);
	case 3:
		return UINT64_MAX - random_below(16);
	case 4:
		return bit - 1 + random_below(3);
	case 5:
		return ~bit + random_below(3);
	default:
		return random_word();
	}
}

static inline struct v6k_addr random_addr_of(unsigned family)
{
	struct v6k_addr a = { .family = (uint8_t)family };

	if (family == V6K_IPV4) {
		a.lo = random_biased();
		a.lo = (random_below(2) ? a.lo : a.lo >> 32) & UINT32_MAX;
		return a;
	}
	a.hi = random_biased();
	a.lo = random_biased();
	if (random_below(2)) { /* some groups are zero */
		uint64_t zeros = random_word();

		for (unsigned i = 0; i < 4; i++) {
			if (zeros >> i & 1)
				a.hi &= ~(UINT64_C(0xffff) << 16 * i);
			if (zeros >> (4 + i) & 1)
				a.lo &= ~(UINT64_C(0xffff) << 16 * i);
		}
	}
	if (random_below(8) == 0) {
		a.hi = 0;
		a.lo = (random_below(2) ? UINT64_C(0xffff) << 32 : 0) | (a.lo & UINT32_MAX);
	}
	return a;
}

static inline struct v6k_addr random_addr(void)
{
	return random_addr_of(random_below(4) ? V6K_IPV6 : V6K_IPV4);
}

static inline struct v6k_prefix random_prefix_of(unsigned family)
{
	/* Each in a statement of its own: compilers differ in the order of arguments. */
	struct v6k_addr a = random_addr_of(family);
	unsigned bits = random_below(v6k_family_bits(family) + 1);
	struct v6k_prefix p;

	v6k_prefix_mask(a, bits, &p);
	return p;
}

static inline struct v6k_range random_range_of(unsigned family)
{
	struct v6k_addr a = random_addr_of(family), b = random_addr_of(family);
	struct v6k_range r;

	if (random_below(2)) /* near each other */
		v6k_addr_add(a, 0, random_below(600), &b);
	if (v6k_addr_cmp(a, b) > 0)
		v6k_range_make(b, a, &r);
	else
		v6k_range_make(a, b, &r);
	return r;
}

/* A valid text of an address, in any spelling: gaps of any width, leading zeros, letters of both
 * cases, a dotted tail. Returns its length, below 64. */
static inline size_t random_text(char *out)
{
	struct v6k_addr a = random_addr();
	unsigned groups = random_below(4) ? 8 : 6, gap_at = 0, gap_n = 0, n = 0;
	unsigned octet[4] = { (unsigned)(a.lo >> 24 & 255), (unsigned)(a.lo >> 16 & 255),
		(unsigned)(a.lo >> 8 & 255), (unsigned)(a.lo & 255) };

	if (a.family == V6K_IPV4)
		return (size_t)sprintf(out, "%u.%u.%u.%u", octet[0], octet[1], octet[2], octet[3]);
	/* Any run of zeros will do, not only the one that RFC 5952 asks for. */
	if (random_below(4)) {
		gap_at = random_below(groups);
		while (gap_at + gap_n < groups &&
			((gap_at + gap_n < 4 ? a.hi : a.lo) >>
					(48 - 16 * ((gap_at + gap_n) & 3)) & 0xffff) == 0)
			gap_n++;
		if (gap_n)
			gap_n = 1 + random_below(gap_n);
	}
	for (unsigned i = 0; i < groups; i++) {
		static const char *const forms[] = { "%x", "%x", "%04x", "%X", "%02x" };
		unsigned group = (unsigned)((i < 4 ? a.hi : a.lo) >> (48 - 16 * (i & 3)) & 0xffff);
		const char *form = forms[random_below(5)];

		if (gap_n && i == gap_at) {
			n += (unsigned)sprintf(out + n, i == 0 ? "::" : ":");
			i += gap_n - 1;
			continue;
		}
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		n += (unsigned)sprintf(out + n, form, group);
#pragma GCC diagnostic pop
		if (i < 7)
			out[n++] = ':';
	}
	if (groups == 6)
		n += (unsigned)sprintf(out + n, "%u.%u.%u.%u", octet[0], octet[1], octet[2], octet[3]);
	out[n] = 0;
	return n;
}

/* Spoils a text of n bytes, or not quite; returns its new length. Room for a few bytes more. */
static inline size_t random_spoil(char *s, size_t n)
{
	static const char bytes[] = "0123456789abcdefABCDEF::::....:/%-gx []";

	for (unsigned edits = random_below(4); edits > 0 && n > 0; edits--) {
		unsigned i = random_below((unsigned)n), j = random_below((unsigned)n);
		char c = bytes[random_below(sizeof(bytes) - 1)], swap = s[i];

		switch (random_below(5)) {
		case 0: /* delete */
			memmove(s + i, s + i + 1, n-- - i);
			break;
		case 1: /* insert */
			memmove(s + i + 1, s + i, n++ - i + 1);
			s[i] = c;
			break;
		case 2: /* replace */
			s[i] = c;
			break;
		case 3: /* swap */
			s[i] = s[j];
			s[j] = swap;
			break;
		default: /* cut */
			n = i;
			s[n] = 0;
			break;
		}
	}
	return n;
}

#endif
