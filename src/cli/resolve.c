/* resolve.c: the system's resolver, a family at a time. */
#include <config.h>

#include "resolve.h"

#include <netdb.h>

static void add(struct v6k_addr a, struct v6k_addr addrs[RESOLVED_MAX], size_t *n)
{
	for (size_t i = 0; i < *n; i++)
		if (v6k_addr_cmp(addrs[i], a) == 0)
			return;
	if (*n < RESOLVED_MAX)
		addrs[(*n)++] = a;
}

int resolve(const char *host, enum v6k_family family, struct v6k_addr addrs[RESOLVED_MAX],
	size_t *n)
{
	struct addrinfo hints = { .ai_family = family == V6K_IPV4 ? AF_INET : AF_INET6,
		.ai_socktype = SOCK_STREAM };
	struct addrinfo *list = NULL;
	struct v6k_addr a;
	int e = getaddrinfo(host, NULL, &hints, &list);

	*n = 0;
	for (struct addrinfo *at = list; e == 0 && at; at = at->ai_next)
		if (v6k_addr_from_sockaddr(at->ai_addr, at->ai_addrlen, &a, NULL, NULL) == 0)
			add(a, addrs, n);
	if (list)
		freeaddrinfo(list);
	/* No record of this family, or no such name: the caller tells them apart by asking for
	 * both. */
	if (e == EAI_NONAME
#ifdef EAI_NODATA
		|| e == EAI_NODATA
#endif
#ifdef EAI_ADDRFAMILY
		|| e == EAI_ADDRFAMILY
#endif
	)
		return 0;
	return e;
}
