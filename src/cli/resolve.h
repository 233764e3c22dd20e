/* resolve.h: host names, for the commands that say that they look names up. */
#ifndef V6KIT_CLI_RESOLVE_H
#define V6KIT_CLI_RESOLVE_H

#include <stddef.h>

#include <v6kit/addr.h>

enum { RESOLVED_MAX = 64 };

/* The A or the AAAA records of a host, in the resolver's order, none twice. The families are asked
 * apart, without AI_V4MAPPED and AI_ADDRCONFIG: one AF_UNSPEC query hides a AAAA of the DNS when
 * the hosts file has an IPv4 line. *n is 0 when there is none of this family. Returns 0, or the
 * error of getaddrinfo(3). */
int resolve(const char *host, enum v6k_family family, struct v6k_addr addrs[RESOLVED_MAX],
	size_t *n);

#endif
