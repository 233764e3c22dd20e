/* format.h: the address formatter, for those in the core that write lines of addresses. */
#ifndef V6KIT_CORE_FORMAT_H
#define V6KIT_CORE_FORMAT_H

#include <v6kit/addr.h>

/* Writes a, of either family, in canonical form and returns its end. Up to ADDR_PUT_ROOM bytes are
 * written in all, some of no meaning. What the canonical form is is said here; vector twins write
 * the same. */
char *addr_put_scalar(char *at, const struct v6k_addr *a);

/* What "::" stands for when these groups are zero (bit i: group i): the longest run of two or more,
 * of equals the first (RFC 5952 4.2). Its first group times 16, plus its length; 0 for none. */
extern const uint8_t gap_of[256] __attribute__((visibility("hidden")));

#endif
