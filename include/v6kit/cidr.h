/* v6kit/cidr.h: for programs that use libcidr too: between its objects and v6kit's values. Not in
 * v6kit.h, and not in libv6kit: include it after installing libcidr, and link with -lcidr. See
 * v6kit_cidr(3). */
#ifndef V6KIT_CIDR_H
#define V6KIT_CIDR_H

#include <stdlib.h>
#include <string.h>

/* libcidr.h has no extern "C" of its own. */
#ifdef __cplusplus
extern "C" {
#endif
#include <libcidr.h>
#ifdef __cplusplus
}
#endif

#include <v6kit/prefix.h>

/* A CIDR of this address and length: an address with host bits is allowed, as libcidr allows it.
 * The caller frees it with cidr_free(). Null when out of memory or for no address. Thread-safe.
 * libcidr keeps IPv4 in the last four bytes, its mask in the last four of an all-ones mask. */
static inline CIDR *v6k_cidr_from_addr(struct v6k_addr a, unsigned bits)
{
	unsigned width = v6k_family_bits(a.family), i;
	uint8_t bytes[16];
	int n = v6k_addr_to_bytes(a, bytes);
	CIDR *c;

	if (n < 0 || bits > width)
		return NULL;
	c = cidr_alloc();
	if (!c)
		return NULL;
	c->proto = a.family == V6K_IPV4 ? CIDR_IPV4 : CIDR_IPV6;
	memset(c->addr, a.family == V6K_IPV4 ? 0xff : 0, sizeof(c->addr));
	memset(c->addr, 0, 10);
	memcpy(c->addr + 16 - n, bytes, (size_t)n);
	bits += 128 - width;
	memset(c->mask, 0, sizeof(c->mask));
	for (i = 0; i < bits; i++)
		c->mask[i / 8] = (uint8_t)(c->mask[i / 8] | 0x80 >> i % 8);
	return c;
}

static inline CIDR *v6k_cidr_from_prefix(struct v6k_prefix p)
{
	return v6k_cidr_from_addr(v6k_prefix_first(p), p.bits);
}

/* The address of a CIDR, host bits included, and where bits is not null its length. V6K_EINVAL
 * for an object without a family, or with a mask that is not contiguous. */
static inline int v6k_cidr_to_addr(const CIDR *c, struct v6k_addr *out, unsigned *bits)
{
	int proto = cidr_get_proto(c), length = cidr_get_pflen(c);

	if ((proto != CIDR_IPV4 && proto != CIDR_IPV6) || length < 0)
		return V6K_EINVAL;
	if (bits)
		*bits = (unsigned)length;
	if (proto == CIDR_IPV4)
		return v6k_addr_from_bytes(c->addr + 12, 4, out);
	return v6k_addr_from_bytes(c->addr, 16, out);
}

#endif
