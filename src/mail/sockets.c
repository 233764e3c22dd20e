/* sockets.c: sockets against each other. */
#include "sockets.h"

bool mail_is_wildcard(struct v6k_addr a)
{
	return (a.hi | a.lo) == 0;
}

bool mail_sockets_clash(struct v6k_addr a, struct v6k_addr b)
{
	v6k_addr_unmap(a, &a);
	v6k_addr_unmap(b, &b);
	if (v6k_addr_cmp(a, b) == 0)
		return true;
	if (mail_is_wildcard(a) && (a.family == b.family || a.family == V6K_IPV6))
		return true;
	return mail_is_wildcard(b) && (a.family == b.family || b.family == V6K_IPV6);
}
