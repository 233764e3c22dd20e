/* value.h: between the public values and the numbers in them. An IPv4 value is a number below 2^32,
 * so that with lengths counted from the 128-bit top (96 more) both families share one path. */
#ifndef V6KIT_VALUE_H
#define V6KIT_VALUE_H

#include <v6kit/range.h>

#include "u128.h"

#define IPV4_LIFT 96u
/* ::ffff:0:0/96, the IPv4-mapped addresses (RFC 4291 2.5.5.2), in the low word. */
#define MAPPED_LO UINT64_C(0x0000ffff00000000)

/* RFC 1924 section 4.2: the 85 digits, in order. */
extern const char base85_digits[] __attribute__((visibility("hidden")));

static inline struct u128 addr_number(struct v6k_addr a)
{
	return u128_make(a.hi, a.lo);
}

static inline struct v6k_addr addr_value(unsigned family, struct u128 n)
{
	return (struct v6k_addr){ .hi = n.hi, .lo = n.lo, .family = (uint8_t)family };
}

/* A place is a number whose first bits are the address's: an IPv4 address is the block of 2^96 places
 * that begin with its 32 bits. So a prefix of either family is as many first bits as its length
 * says, and what sorts and searches need not know families. */
static inline struct u128 place_of(struct v6k_addr a)
{
	return a.family == V6K_IPV4 ? u128_make(a.lo << 32, 0) : u128_make(a.hi, a.lo);
}

/* The last place of an address. */
static inline struct u128 place_end(struct v6k_addr a)
{
	if (a.family == V6K_IPV4)
		return u128_make(a.lo << 32 | UINT32_MAX, UINT64_MAX);
	return u128_make(a.hi, a.lo);
}

static inline struct v6k_addr place_addr(unsigned family, struct u128 place)
{
	return family == V6K_IPV4 ?
		(struct v6k_addr){ .lo = place.hi >> 32, .family = V6K_IPV4 } :
		(struct v6k_addr){ .hi = place.hi, .lo = place.lo, .family = V6K_IPV6 };
}

static inline bool addr_is_mapped(struct v6k_addr a)
{
	return a.family == V6K_IPV6 && a.hi == 0 && a.lo >> 32 == MAPPED_LO >> 32;
}

static inline bool family_ok(unsigned family)
{
	return family == V6K_IPV4 || family == V6K_IPV6;
}

/* Where there is something for each family, IPv4 comes first. */
static inline size_t family_index(unsigned family)
{
	return family == V6K_IPV6;
}

static inline unsigned family_width(unsigned family)
{
	return family == V6K_IPV6 ? 128 : 32;
}

/* False for a value that no function makes. */
static inline bool addr_ok(struct v6k_addr a)
{
	return a.family == V6K_IPV6 || (a.family == V6K_IPV4 && a.hi == 0 && a.lo <= UINT32_MAX);
}

/* The mask of a prefix length of the family, as wide as the number: an IPv4 one has the 96 bits
 * above it set, which are zero in the number. */
static inline struct u128 family_mask(unsigned family, unsigned bits)
{
	return u128_mask(family == V6K_IPV6 ? bits : bits + IPV4_LIFT);
}

/* The last address of the family, as a number. */
static inline struct u128 family_all(unsigned family)
{
	return u128_not(u128_mask(128 - family_width(family)));
}

static inline struct u128 prefix_number(struct v6k_prefix p)
{
	return u128_make(p.hi, p.lo);
}

static inline struct v6k_prefix prefix_value(unsigned family, struct u128 n, unsigned bits)
{
	return (struct v6k_prefix){ .hi = n.hi,
		.lo = n.lo,
		.family = (uint8_t)family,
		.bits = (uint8_t)bits };
}

static inline struct u128 prefix_last_number(struct v6k_prefix p)
{
	return u128_or(prefix_number(p), u128_not(family_mask(p.family, p.bits)));
}

#endif
