/* addr.c: what can be asked of an address: order, arithmetic, bytes, mapped forms, scope. */
#include <string.h>

#include <netinet/in.h>

#include <v6kit/addr.h>

#include "value.h"

static uint64_t load_be(const uint8_t *bytes, unsigned n)
{
	uint64_t v = 0;

	for (unsigned i = 0; i < n; i++)
		v = v << 8 | bytes[i];
	return v;
}

static void store_be(uint8_t *bytes, unsigned n, uint64_t v)
{
	for (unsigned i = n; i-- > 0; v >>= 8)
		bytes[i] = (uint8_t)v;
}

int v6k_addr_from_bytes(const uint8_t *bytes, size_t n, struct v6k_addr *out)
{
	if (n == 4)
		*out = addr_value(V6K_IPV4, u128_make(0, load_be(bytes, 4)));
	else if (n == 16)
		*out = addr_value(V6K_IPV6, u128_make(load_be(bytes, 8), load_be(bytes + 8, 8)));
	else
		return V6K_EINVAL;
	return 0;
}

int v6k_addr_to_bytes(struct v6k_addr a, uint8_t out[16])
{
	if (a.family == V6K_IPV4) {
		store_be(out, 4, a.lo);
		return 4;
	}
	if (a.family != V6K_IPV6)
		return V6K_EINVAL;
	store_be(out, 8, a.hi);
	store_be(out + 8, 8, a.lo);
	return 16;
}

/* Socket addresses are copied, not cast: the caller's bytes need no alignment. */
int v6k_addr_from_sockaddr(const struct sockaddr *sa, socklen_t n, struct v6k_addr *out,
	uint16_t *port, uint32_t *scope)
{
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	sa_family_t family;
	in_port_t net_port;
	uint32_t zone = 0;

	if (n < offsetof(struct sockaddr, sa_family) + sizeof(family))
		return V6K_EINVAL;
	memcpy(&family, (const char *)sa + offsetof(struct sockaddr, sa_family), sizeof(family));
	if (family == AF_INET && n >= sizeof(in)) {
		memcpy(&in, sa, sizeof(in));
		v6k_addr_from_bytes((const uint8_t *)&in.sin_addr, 4, out);
		net_port = in.sin_port;
	} else if (family == AF_INET6 && n >= sizeof(in6)) {
		memcpy(&in6, sa, sizeof(in6));
		v6k_addr_from_bytes(in6.sin6_addr.s6_addr, 16, out);
		net_port = in6.sin6_port;
		zone = in6.sin6_scope_id;
	} else {
		return V6K_EINVAL;
	}
	if (port)
		*port = ntohs(net_port);
	if (scope)
		*scope = zone;
	return 0;
}

int v6k_addr_to_sockaddr(struct v6k_addr a, uint16_t port, uint32_t scope,
	struct sockaddr_storage *out, socklen_t *n)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(port) };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6, .sin6_port = htons(port) };

	if (!family_ok(a.family))
		return V6K_EINVAL;
	memset(out, 0, sizeof(*out));
	if (a.family == V6K_IPV4) {
		uint8_t bytes[16];

		v6k_addr_to_bytes(a, bytes);
		memcpy(&in.sin_addr, bytes, 4);
		memcpy(out, &in, sizeof(in));
		*n = sizeof(in);
	} else {
		v6k_addr_to_bytes(a, in6.sin6_addr.s6_addr);
		in6.sin6_scope_id = scope;
		memcpy(out, &in6, sizeof(in6));
		*n = sizeof(in6);
	}
	return 0;
}

int v6k_addr_cmp(struct v6k_addr a, struct v6k_addr b)
{
	if (a.family != b.family)
		return a.family < b.family ? -1 : 1;
	return u128_cmp(addr_number(a), addr_number(b));
}

int v6k_addr_add(struct v6k_addr a, uint64_t hi, uint64_t lo, struct v6k_addr *out)
{
	struct u128 sum;

	if (!family_ok(a.family))
		return V6K_EINVAL;
	if (u128_add(addr_number(a), u128_make(hi, lo), &sum))
		return V6K_EOVERFLOW;
	if (a.family == V6K_IPV4 && (sum.hi || sum.lo > UINT32_MAX))
		return V6K_EOVERFLOW;
	*out = addr_value(a.family, sum);
	return 0;
}

int v6k_addr_sub(struct v6k_addr a, uint64_t hi, uint64_t lo, struct v6k_addr *out)
{
	struct u128 rest;

	if (!family_ok(a.family))
		return V6K_EINVAL;
	if (u128_sub(addr_number(a), u128_make(hi, lo), &rest))
		return V6K_EOVERFLOW;
	*out = addr_value(a.family, rest);
	return 0;
}

int v6k_addr_common_bits(struct v6k_addr a, struct v6k_addr b)
{
	unsigned same = u128_clz(u128_xor(addr_number(a), addr_number(b)));

	if (a.family != b.family)
		return V6K_EFAMILY;
	if (!family_ok(a.family))
		return V6K_EINVAL;
	return (int)(a.family == V6K_IPV4 ? same - IPV4_LIFT : same);
}

unsigned v6k_family_bits(unsigned family)
{
	return family_ok(family) ? family_width(family) : 0;
}

int v6k_addr_is_mapped(struct v6k_addr a)
{
	return addr_is_mapped(a);
}

int v6k_addr_unmap(struct v6k_addr a, struct v6k_addr *out)
{
	if (!v6k_addr_is_mapped(a))
		return V6K_EFAMILY;
	*out = addr_value(V6K_IPV4, u128_make(0, a.lo & UINT32_MAX));
	return 0;
}

int v6k_addr_map(struct v6k_addr a, struct v6k_addr *out)
{
	if (a.family != V6K_IPV4)
		return V6K_EFAMILY;
	*out = addr_value(V6K_IPV6, u128_make(0, MAPPED_LO | a.lo));
	return 0;
}

int v6k_addr_is_multicast(struct v6k_addr a)
{
	return a.family == V6K_IPV6 ? a.hi >> 56 == 0xff :
				      a.family == V6K_IPV4 && a.lo >> 28 == 0xe;
}

/* RFC 7346 section 2: the four scope bits of a multicast address. */
/* clang-format off */
static const uint8_t multicast_scopes[16] = {
	V6K_SCOPE_RESERVED, V6K_SCOPE_INTERFACE, V6K_SCOPE_LINK, V6K_SCOPE_REALM,
	V6K_SCOPE_ADMIN, V6K_SCOPE_SITE, V6K_SCOPE_UNASSIGNED, V6K_SCOPE_UNASSIGNED,
	V6K_SCOPE_ORGANIZATION, V6K_SCOPE_UNASSIGNED, V6K_SCOPE_UNASSIGNED, V6K_SCOPE_UNASSIGNED,
	V6K_SCOPE_UNASSIGNED, V6K_SCOPE_UNASSIGNED, V6K_SCOPE_GLOBAL, V6K_SCOPE_RESERVED
};
/* clang-format on */

static enum v6k_scope scope6(struct v6k_addr a)
{
	if (a.hi >> 56 == 0xff)
		return multicast_scopes[a.hi >> 48 & 0xf];
	if (a.hi >> 54 == 0xfe80 >> 6)
		return V6K_SCOPE_LINK;
	if (a.hi >> 54 == 0xfec0 >> 6) /* deprecated by RFC 3879, still not global */
		return V6K_SCOPE_SITE;
	if (a.hi == 0 && a.lo == 0)
		return V6K_SCOPE_UNSPECIFIED;
	if (a.hi == 0 && a.lo == 1)
		return V6K_SCOPE_LOOPBACK;
	return V6K_SCOPE_GLOBAL;
}

static enum v6k_scope scope4(uint32_t a)
{
	if (a == 0)
		return V6K_SCOPE_UNSPECIFIED;
	if (a >> 24 == 127)
		return V6K_SCOPE_LOOPBACK;
	if (a >> 16 == 0xa9fe) /* 169.254.0.0/16, RFC 3927 */
		return V6K_SCOPE_LINK;
	if (a >> 8 == 0xe00000) /* 224.0.0.0/24, RFC 5771 section 4 */
		return V6K_SCOPE_LINK;
	if (a >> 16 == 0xefff) /* 239.255.0.0/16, RFC 2365 section 6.1 */
		return V6K_SCOPE_SITE;
	if (a >> 18 == 0xefc0 >> 2) /* 239.192.0.0/14, RFC 2365 section 6.2 */
		return V6K_SCOPE_ORGANIZATION;
	return V6K_SCOPE_GLOBAL;
}

enum v6k_scope v6k_addr_scope(struct v6k_addr a)
{
	struct v6k_addr v4;

	if (a.family == V6K_IPV4)
		return scope4((uint32_t)a.lo);
	/* RFC 6724 section 3.2: a mapped address has the scope of its IPv4 address. */
	if (v6k_addr_unmap(a, &v4) == 0)
		return scope4((uint32_t)v4.lo);
	return scope6(a);
}

const char *v6k_scope_text(enum v6k_scope scope)
{
	static const char *const text[] = {
		[V6K_SCOPE_UNSPECIFIED] = "unspecified",
		[V6K_SCOPE_LOOPBACK] = "loopback",
		[V6K_SCOPE_INTERFACE] = "interface-local",
		[V6K_SCOPE_LINK] = "link-local",
		[V6K_SCOPE_REALM] = "realm-local",
		[V6K_SCOPE_ADMIN] = "admin-local",
		[V6K_SCOPE_SITE] = "site-local",
		[V6K_SCOPE_ORGANIZATION] = "organization-local",
		[V6K_SCOPE_GLOBAL] = "global",
		[V6K_SCOPE_RESERVED] = "reserved",
		[V6K_SCOPE_UNASSIGNED] = "unassigned",
	};

	return (unsigned)scope < sizeof(text) / sizeof(text[0]) ? text[scope] : "unassigned";
}
