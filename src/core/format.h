/* format.h: the address formatter, for those in the core that write lines of addresses. */
#ifndef V6KIT_CORE_FORMAT_H
#define V6KIT_CORE_FORMAT_H

#include <v6kit/addr.h>

/* Writes a, of either family, in canonical form and returns its end. Up to ADDR_PUT_ROOM bytes are
 * written in all, some of no meaning. What the canonical form is is said here; vector twins write
 * the same. */
char *addr_put_scalar(char *at, struct v6k_addr a);

#endif
