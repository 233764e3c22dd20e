/* access.c: keys of the access map. sendmail cuts a client's address at its colons or dots from the
 * right and looks each rest up, so that a key is whole groups, written as ${client_addr} is. */
#include "access.h"

#include <string.h>

/* The prefix as sendmail sees its clients: mapped ones are IPv4. Its key length in bits. */
static unsigned key_bits(struct v6k_prefix *p)
{
	unsigned step;

	v6k_prefix_unmap(*p, p);
	step = p->family == V6K_IPV4 ? 8 : 16;
	/* All of IPv6 is the key "IPv6"; all of IPv4 has no key of its own, so the first octets. */
	if (p->bits == 0)
		return p->family == V6K_IPV4 ? step : 0;
	return (p->bits + step - 1) / step * step;
}

unsigned access_keys(struct v6k_prefix p)
{
	unsigned bits = key_bits(&p);

	return 1u << (bits - p.bits);
}

/* The first n pieces of text[0..len), cut before the separator that follows them. */
static size_t cut(const char *text, size_t len, char separator, unsigned n)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] == separator && --n == 0)
			return i;
	return len;
}

size_t access_key(struct v6k_prefix p, unsigned i, char buf[ACCESS_KEY_MAX])
{
	char text[V6K_ADDR_TEXT_MAX];
	unsigned bits = key_bits(&p);
	struct v6k_prefix key;
	size_t n, at = 4;

	v6k_prefix_child(p, bits, 0, i, &key);
	n = (size_t)v6k_addr_format(v6k_prefix_first(key), V6K_FULL, text, sizeof(text));
	if (p.family == V6K_IPV4) {
		n = cut(text, n, '.', bits / 8);
		memcpy(buf, text, n);
		return n;
	}
	memcpy(buf, "IPv6", 4);
	for (unsigned group = 0; group < bits / 16; group++) {
		const char *digit = text + 5 * group;
		size_t zeros = 0;

		while (zeros < 3 && digit[zeros] == '0')
			zeros++;
		buf[at++] = ':';
		memcpy(buf + at, digit + zeros, 4 - zeros);
		at += 4 - zeros;
	}
	return at;
}
