/* sockets.h: which sockets of a mail server exclude each other. */
#ifndef V6KIT_MAIL_SOCKETS_H
#define V6KIT_MAIL_SOCKETS_H

#include <stdbool.h>

#include <v6kit/addr.h>

/* Whether a is 0.0.0.0 or ::. */
bool mail_is_wildcard(struct v6k_addr a);

/* Whether two daemons on one port cannot both listen: the same address, or a wildcard beside an
 * address that it takes in. An IPv6 wildcard takes in IPv4 too, since sendmail does not set
 * IPV6_V6ONLY, and a mapped address is the IPv4 one. */
bool mail_sockets_clash(struct v6k_addr a, struct v6k_addr b);

#endif
