/* sockets.c: sockets against each other, and against the host. */
#include "sockets.h"

#include "literal.h"

bool mail_is_wildcard(struct v6k_addr a)
{
	return (a.hi | a.lo) == 0;
}

static bool takes_in(struct v6k_addr wildcard, struct v6k_addr a, bool v6only)
{
	return mail_is_wildcard(wildcard) &&
		(wildcard.family == a.family || (wildcard.family == V6K_IPV6 && !v6only));
}

static bool clash(struct v6k_addr a, struct v6k_addr b, bool v6only)
{
	v6k_addr_unmap(a, &a);
	v6k_addr_unmap(b, &b);
	return v6k_addr_cmp(a, b) == 0 || takes_in(a, b, v6only) || takes_in(b, a, v6only);
}

bool mail_sockets_clash(struct v6k_addr a, struct v6k_addr b)
{
	return clash(a, b, false);
}

static bool has_addr(const struct mail_host *host, struct v6k_addr a)
{
	size_t low = 0, high = host->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = v6k_addr_cmp(host->addrs[middle], a);

		if (order == 0)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	/* All of 127.0.0.0/8 is the host's, whichever of it an interface has. */
	return a.family == V6K_IPV4 && v6k_addr_scope(a) == V6K_SCOPE_LOOPBACK;
}

const char *mail_socket_fault(const struct mail_host *host, struct v6k_addr a)
{
	bool mapped = v6k_addr_is_mapped(a), nonlocal;

	if (a.family == V6K_IPV6 ? !host->ipv6 : !host->ipv4)
		return "this host has no such family (Address family not supported by protocol)";
	if (mapped && host->v6only)
		return "a mapped address, which net.ipv6.bindv6only forbids (Invalid argument)";
	/* IPv4 in an IPv6 socket is an IPv4 socket, which alone binds. */
	v6k_addr_unmap(a, &a);
	if (mail_bind_refusal(a))
		return mail_bind_refusal(a);
	nonlocal = a.family == V6K_IPV6 ? host->nonlocal_ipv6 : host->nonlocal_ipv4;
	if (mail_is_wildcard(a) || nonlocal || has_addr(host, a))
		return NULL;
	return "not an address of this host (Cannot assign requested address)";
}

size_t mail_socket_clash(const struct mail_host *host, const struct mail_socket *sockets, size_t n,
	struct mail_socket s)
{
	for (size_t i = 0; i < n; i++)
		if (sockets[i].port == s.port && clash(sockets[i].addr, s.addr, host->v6only))
			return i;
	return n;
}
