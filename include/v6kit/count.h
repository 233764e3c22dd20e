/* v6kit/count.h: how many addresses, exactly. See v6kit_count(3). */
#ifndef V6KIT_COUNT_H
#define V6KIT_COUNT_H

#include <stddef.h>
#include <stdint.h>

#include <v6kit/export.h>

V6K_BEGIN_DECLS

/* A count from 0 to 2^192 - 1, the low word first: room for 2^63 times all of IPv6. */
struct v6k_count {
	uint64_t w[3];
};

/* The most decimal digits of a count. */
#define V6K_COUNT_TEXT_MAX 58

/* The functions below are thread-safe and allocate nothing. */

/* a + b; V6K_EOVERFLOW past 2^192 - 1. */
V6K_API int v6k_count_add(struct v6k_count a, struct v6k_count b, struct v6k_count *out);

/* a - b; V6K_EOVERFLOW below 0. */
V6K_API int v6k_count_sub(struct v6k_count a, struct v6k_count b, struct v6k_count *out);

/* Negative, 0 or positive. */
V6K_API int v6k_count_cmp(struct v6k_count a, struct v6k_count b);

/* Writes the decimal number without a terminating NUL; returns its length or V6K_ENOSPC. */
V6K_API int v6k_count_format(struct v6k_count count, char *buf, size_t cap);

/* Reads s[0..n) as a plain decimal number: no sign, no leading zero. V6K_ENUMBER for anything else,
 * or past 2^192 - 1. */
V6K_API int v6k_count_parse(const char *s, size_t n, struct v6k_count *out);

V6K_END_DECLS

#endif
