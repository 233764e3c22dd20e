/* sockets.h: which sockets of a mail server exclude each other, and what a host can bind. */
#ifndef V6KIT_MAIL_SOCKETS_H
#define V6KIT_MAIL_SOCKETS_H

#include <stdbool.h>
#include <stddef.h>

#include <v6kit/addr.h>

/* Whether a is 0.0.0.0 or ::. */
bool mail_is_wildcard(struct v6k_addr a);

/* Whether two daemons on one port cannot both listen: the same address, or a wildcard beside an
 * address that it takes in. An IPv6 wildcard takes in IPv4 too, since sendmail does not set
 * IPV6_V6ONLY, and a mapped address is the IPv4 one. */
bool mail_sockets_clash(struct v6k_addr a, struct v6k_addr b);

/* What a host can bind. */
struct mail_host {
	const struct v6k_addr *addrs; /* its addresses, in the order of v6k_addr_cmp */
	size_t n;
	bool ipv4, ipv6; /* it has the family at all */
	bool v6only;     /* net.ipv6.bindv6only */
	bool nonlocal_ipv4,
		nonlocal_ipv6; /* net.ipv4.ip_nonlocal_bind, net.ipv6.ip_nonlocal_bind */
};

struct mail_socket {
	struct v6k_addr addr;
	long port;
};

/* Why a host cannot bind a socket that is the only one: what bind(2) says, and why, as one line of
 * English, or null. */
const char *mail_socket_fault(const struct mail_host *host, struct v6k_addr a);

/* The first of n sockets that keeps s from listening on a host, or n. */
size_t mail_socket_clash(const struct mail_host *host, const struct mail_socket *sockets, size_t n,
	struct mail_socket s);

#endif
