/* v6kit/range.h: a range of addresses as a value. See v6kit_range(3). */
#ifndef V6KIT_RANGE_H
#define V6KIT_RANGE_H

#include <v6kit/prefix.h>

V6K_BEGIN_DECLS

/* All addresses from first to last, both included; of one family, first not above last. */
struct v6k_range {
	struct v6k_addr first, last;
};

/* The functions below are thread-safe and allocate nothing. */

/* Reads FIRST-LAST (blanks around the "-" allowed), or whatever v6k_prefix_parse reads. */
V6K_API int v6k_range_parse(const char *s, size_t n, unsigned flags, struct v6k_range *out,
	struct v6k_error *err);

/* V6K_EFAMILY for mixed families, V6K_EORDER when last is below first. */
V6K_API int v6k_range_make(struct v6k_addr first, struct v6k_addr last, struct v6k_range *out);

V6K_API struct v6k_range v6k_range_from_prefix(struct v6k_prefix p);

/* The prefix that is exactly r, or V6K_ENOTPREFIX. */
V6K_API int v6k_range_to_prefix(struct v6k_range r, struct v6k_prefix *out);

/* The longest prefix that holds all of r. */
V6K_API struct v6k_prefix v6k_range_span(struct v6k_range r);

/* Writes FIRST-LAST in the style V6K_CANONICAL, _FULL, _MIXED or _UPPER, without a terminating
 * NUL. Returns the bytes written, or V6K_ENOSPC, V6K_EINVAL or V6K_ESTYLE. */
V6K_API int v6k_range_format(struct v6k_range r, enum v6k_style style, char *buf, size_t cap);

/* 1 or 0. */
V6K_API int v6k_range_contains(struct v6k_range r, struct v6k_addr a);
V6K_API int v6k_range_covers(struct v6k_range r, struct v6k_range inner);
V6K_API int v6k_range_overlaps(struct v6k_range r, struct v6k_range q);

/* How many addresses: 1 to 2^128. */
V6K_API struct v6k_count v6k_range_count(struct v6k_range r);

/* Takes the first of the minimal prefixes of *rest into *out and leaves what follows it in *rest.
 * Returns 1, or 0 when *rest is used up: all-zero, as the call that took the last prefix leaves
 * it. At most 254 calls empty a range of IPv6, 62 one of IPv4. */
V6K_API int v6k_range_pop(struct v6k_range *rest, struct v6k_prefix *out);

V6K_END_DECLS

#endif
