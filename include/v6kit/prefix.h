/* v6kit/prefix.h: a network prefix as a value. See v6kit_prefix(3). */
#ifndef V6KIT_PREFIX_H
#define V6KIT_PREFIX_H

#include <v6kit/addr.h>
#include <v6kit/count.h>

V6K_BEGIN_DECLS

/* A prefix: its network's first address as in struct v6k_addr, and its length. The bits past the
 * length are zero; the functions that make one see to that, and the others rely on it. */
struct v6k_prefix {
	uint64_t hi, lo;
	uint8_t family; /* enum v6k_family */
	uint8_t bits;   /* 0 to 32 or 128 */
	uint8_t reserved[6];
};

/* In which order the prefixes inside one are handed out. RFC 3531 leaves room to grow: on the right
 * of each, on the left, or on both sides. */
enum v6k_order {
	V6K_ORDER_NUMBER,        /* 0, 1, 2, ... */
	V6K_ORDER_RFC3531_LEFT,  /* 3.1: bits count from the left */
	V6K_ORDER_RFC3531_RIGHT, /* 3.2: from the right, which is by number */
	V6K_ORDER_RFC3531_CENTER /* 3.3: from the middle */
};

/* Leniencies of the parsers. Each is off unless asked for. */
enum v6k_parse_flags {
	V6K_PARSE_MASK = 1,   /* clear host bits instead of refusing them */
	V6K_PARSE_NETMASK = 2 /* read 192.0.2.0/255.255.255.0; contiguous masks only */
};

/* The functions below are thread-safe and allocate nothing. */

/* Reads s[0..n) as ADDRESS/LENGTH, or as an address alone, which is its /32 or /128. Host bits are
 * V6K_EHOSTBITS unless V6K_PARSE_MASK is given. */
V6K_API int v6k_prefix_parse(const char *s, size_t n, unsigned flags, struct v6k_prefix *out,
	struct v6k_error *err);

/* Writes ADDRESS/LENGTH, in the style V6K_CANONICAL, _FULL, _MIXED, _UPPER or _ARPA (a reverse
 * zone; V6K_ENIBBLE off a nibble or octet boundary), without a terminating NUL. Returns the bytes
 * written, or V6K_ENOSPC, V6K_EINVAL, V6K_EFAMILY, or V6K_ESTYLE for the other styles. */
V6K_API int v6k_prefix_format(struct v6k_prefix p, enum v6k_style style, char *buf, size_t cap);

/* The same as v6k_addr_format_run, of *p and the prefixes of its length that follow it. */
V6K_API int v6k_prefix_format_run(struct v6k_prefix *p, uint64_t *n, char end, char *buf,
	size_t cap);

/* The same as v6k_addr_format_lines, of prefixes. */
V6K_API size_t v6k_prefix_format_lines(const struct v6k_prefix *p, size_t n, size_t *at, char end,
	char *buf, size_t cap);

/* The prefix of this network address and length: V6K_EHOSTBITS when a has bits past the length. */
V6K_API int v6k_prefix_make(struct v6k_addr a, unsigned bits, struct v6k_prefix *out);

/* The prefix of this length that holds a. */
V6K_API int v6k_prefix_mask(struct v6k_addr a, unsigned bits, struct v6k_prefix *out);

V6K_API struct v6k_addr v6k_prefix_first(struct v6k_prefix p);
V6K_API struct v6k_addr v6k_prefix_last(struct v6k_prefix p);

/* 1 or 0. Families never mix: an IPv4 prefix holds no mapped address. */
V6K_API int v6k_prefix_contains(struct v6k_prefix p, struct v6k_addr a);
V6K_API int v6k_prefix_covers(struct v6k_prefix p, struct v6k_prefix inner);
V6K_API int v6k_prefix_overlaps(struct v6k_prefix p, struct v6k_prefix q);

/* Negative, 0 or positive: IPv4 before IPv6, then network, then length, the shorter first. */
V6K_API int v6k_prefix_cmp(struct v6k_prefix p, struct v6k_prefix q);

/* The prefix of length bits that holds p. V6K_EINVAL when bits is longer than p's own. */
V6K_API int v6k_prefix_parent(struct v6k_prefix p, unsigned bits, struct v6k_prefix *out);

/* The prefix of length bits inside p with the number hi * 2^64 + lo, from 0. V6K_EINVAL when bits
 * is shorter than p's own or past the family, V6K_EOVERFLOW when p has no such child. */
V6K_API int v6k_prefix_child(struct v6k_prefix p, unsigned bits, uint64_t hi, uint64_t lo,
	struct v6k_prefix *out);

/* The prefix of p's own length that comes hi * 2^64 + lo after it, or before it. V6K_EOVERFLOW past
 * either end of the family. */
V6K_API int v6k_prefix_next(struct v6k_prefix p, uint64_t hi, uint64_t lo, struct v6k_prefix *out);
V6K_API int v6k_prefix_prev(struct v6k_prefix p, uint64_t hi, uint64_t lo, struct v6k_prefix *out);

/* Turns an index, *hi * 2^64 + *lo from 0, into the number of `bits` bits (0 to 128) that comes at
 * this place in an order: the number of a child for v6k_prefix_child. V6K_EOVERFLOW when there are
 * not so many, V6K_EINVAL for no such order or more bits. */
V6K_API int v6k_order_apply(enum v6k_order order, unsigned bits, uint64_t *hi, uint64_t *lo);

/* The other way: the index that a child of p has among those of its length, in an order. V6K_EINVAL
 * when it is not inside p, or for no such order. */
V6K_API int v6k_prefix_child_index(struct v6k_prefix p, struct v6k_prefix child,
	enum v6k_order order, uint64_t *hi, uint64_t *lo);

/* How many addresses, and how many prefixes of length bits (0 when bits is shorter than p). */
V6K_API struct v6k_count v6k_prefix_count(struct v6k_prefix p);
V6K_API struct v6k_count v6k_prefix_count_children(struct v6k_prefix p, unsigned bits);

/* An IPv4-mapped prefix of length 96 or more as the IPv4 prefix in it, and back. V6K_EFAMILY when
 * there is none to convert. */
V6K_API int v6k_prefix_unmap(struct v6k_prefix p, struct v6k_prefix *out);
V6K_API int v6k_prefix_map(struct v6k_prefix p, struct v6k_prefix *out);

/* The scope that all addresses of p have, or V6K_EINVAL when they have several. */
V6K_API int v6k_prefix_scope(struct v6k_prefix p, enum v6k_scope *out);

V6K_END_DECLS

#endif
