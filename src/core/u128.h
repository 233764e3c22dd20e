/* u128.h: 128-bit numbers as two words, the same way on every machine. Nothing else in v6kit does
 * 128-bit arithmetic. */
#ifndef V6KIT_U128_H
#define V6KIT_U128_H

#include <stdbool.h>
#include <stdint.h>

struct u128 {
	uint64_t hi, lo;
};

static inline struct u128 u128_make(uint64_t hi, uint64_t lo)
{
	return (struct u128){ hi, lo };
}

static inline int u128_cmp(struct u128 a, struct u128 b)
{
	if (a.hi != b.hi)
		return a.hi < b.hi ? -1 : 1;
	return a.lo < b.lo ? -1 : a.lo > b.lo;
}

static inline bool u128_eq(struct u128 a, struct u128 b)
{
	return a.hi == b.hi && a.lo == b.lo;
}

static inline bool u128_is_zero(struct u128 a)
{
	return (a.hi | a.lo) == 0;
}

static inline struct u128 u128_and(struct u128 a, struct u128 b)
{
	return u128_make(a.hi & b.hi, a.lo & b.lo);
}

static inline struct u128 u128_or(struct u128 a, struct u128 b)
{
	return u128_make(a.hi | b.hi, a.lo | b.lo);
}

static inline struct u128 u128_xor(struct u128 a, struct u128 b)
{
	return u128_make(a.hi ^ b.hi, a.lo ^ b.lo);
}

static inline struct u128 u128_not(struct u128 a)
{
	return u128_make(~a.hi, ~a.lo);
}

/* a + b and a - b; true when the result does not fit, and then *out is the wrapped number. */
static inline bool u128_add(struct u128 a, struct u128 b, struct u128 *out)
{
	uint64_t lo = a.lo + b.lo;
	uint64_t carry = lo < a.lo;
	uint64_t hi = a.hi + b.hi;
	bool over = hi < a.hi;

	over |= hi + carry < hi;
	*out = u128_make(hi + carry, lo);
	return over;
}

static inline bool u128_sub(struct u128 a, struct u128 b, struct u128 *out)
{
	bool under = u128_cmp(a, b) < 0;

	*out = u128_make(a.hi - b.hi - (a.lo < b.lo), a.lo - b.lo);
	return under;
}

/* Shifts by 0 to 128. */
static inline struct u128 u128_shl(struct u128 a, unsigned n)
{
	if (n == 0)
		return a;
	if (n < 64)
		return u128_make(a.hi << n | a.lo >> (64 - n), a.lo << n);
	return u128_make(n < 128 ? a.lo << (n - 64) : 0, 0);
}

static inline struct u128 u128_shr(struct u128 a, unsigned n)
{
	if (n == 0)
		return a;
	if (n < 64)
		return u128_make(a.hi >> n, a.hi << (64 - n) | a.lo >> n);
	return u128_make(0, n < 128 ? a.hi >> (n - 64) : 0);
}

/* The first n bits set, 0 to 128. */
static inline struct u128 u128_mask(unsigned n)
{
	return u128_not(u128_shr(u128_make(UINT64_MAX, UINT64_MAX), n));
}

/* Leading and trailing zero bits: 128 for 0. */
static inline unsigned u128_clz(struct u128 a)
{
	if (a.hi)
		return (unsigned)__builtin_clzll(a.hi);
	return a.lo ? 64 + (unsigned)__builtin_clzll(a.lo) : 128;
}

static inline unsigned u128_ctz(struct u128 a)
{
	if (a.lo)
		return (unsigned)__builtin_ctzll(a.lo);
	return a.hi ? 64 + (unsigned)__builtin_ctzll(a.hi) : 128;
}

#endif
