/* names.c: addresses and prefixes as DNS names: reverse names, and those of ipv6-literal.net. */
#include <string.h>

#include "parse.h"

static bool has_suffix(const char *s, size_t n, const char *suffix, size_t suffix_n)
{
	if (n < suffix_n)
		return false;
	for (size_t i = 0; i < suffix_n; i++)
		if (lower(s[n - suffix_n + i]) != suffix[i])
			return false;
	return true;
}

/* The labels of a name under ip6.arpa, each a nibble, the last one first (RFC 3596 2.5). */
static int read_ip6_arpa(const char *s, size_t n, struct v6k_notation *what, struct v6k_error *err)
{
	struct u128 number = { 0, 0 };
	unsigned nibbles = 0;
	size_t i = n;

	while (i > 0) {
		unsigned digit = hex_at(s, i - 1);

		if (digit > 15 || (i > 1 && s[i - 2] != '.') || i == 2)
			return parse_fail(err, V6K_ENAME, i == 2 ? 0 : i - 1, 1);
		if (nibbles == 32)
			return parse_fail(err, V6K_ENAME, 0, i);
		number = u128_or(number, u128_shl(u128_make(0, digit), 124 - 4 * nibbles));
		nibbles++;
		i = i > 1 ? i - 2 : 0;
	}
	what->addr = addr_value(V6K_IPV6, number);
	what->kind = nibbles == 32 ? V6K_KIND_ADDR : V6K_KIND_PREFIX;
	what->bits = (uint8_t)(4 * nibbles);
	return 0;
}

/* The labels of a name under in-addr.arpa, each an octet, the last one first (RFC 1035 3.5). */
static int read_in_addr_arpa(const char *s, size_t n, struct v6k_notation *what,
	struct v6k_error *err)
{
	uint32_t number = 0;
	unsigned octets = 0;
	size_t end = n;

	while (end > 0) {
		size_t start = end;
		unsigned v = 0;

		while (start > 0 && s[start - 1] != '.')
			start--;
		for (size_t i = start; i < end; i++) {
			if (s[i] == '/' || s[i] == '-')
				return parse_fail(err, V6K_ERFC2317, start, end - start);
			if (decimal_at(s, i) > 9)
				return parse_fail(err, V6K_ENAME, i, 1);
			v = v <= 255 ? v * 10 + decimal_at(s, i) : v;
		}
		if (start == end || v > 255 || (s[start] == '0' && end - start > 1) || octets == 4)
			return parse_fail(err, V6K_ENAME, start, end - start);
		number |= (uint32_t)v << (24 - 8 * octets);
		octets++;
		if (start == 1)
			return parse_fail(err, V6K_ENAME, 0, 1);
		end = start > 0 ? start - 1 : 0;
	}
	what->addr = addr_value(V6K_IPV4, u128_make(0, number));
	what->kind = octets == 4 ? V6K_KIND_ADDR : V6K_KIND_PREFIX;
	what->bits = (uint8_t)(8 * octets);
	return 0;
}

/* An address with "-" for ":" and, before a zone, "s" for "%". */
static int read_unc(const char *s, size_t n, struct v6k_notation *what, struct v6k_error *err)
{
	char text[40] = ""; /* 8 groups, 7 colons, and one byte to see what is too long */
	size_t addr_n = 0, at = 0;
	int e;

	while (addr_n < n && lower(s[addr_n]) != 's')
		addr_n++;
	for (size_t i = 0; i < addr_n; i++) {
		if (s[i] != '-' && hex_at(s, i) > 15)
			return parse_fail(err, V6K_ENAME, i, 1);
		if (i == sizeof(text))
			return parse_fail(err, V6K_EGROUPS, i, addr_n - i);
		text[i] = s[i] == '-' ? ':' : s[i];
	}
	e = parse_tagged(text, addr_n, &at, true, what, err);
	if (e)
		return e;
	if (at < addr_n)
		return parse_fail(err, V6K_ENAME, at, 1);
	if (addr_n == n)
		return 0;
	at = addr_n + 1;
	e = parse_zone(s, n, &at, what, err);
	return e == 0 && at < n ? parse_fail(err, V6K_EZONE, at, 1) : e;
}

int parse_name(const char *s, size_t n, struct v6k_notation *what, struct v6k_error *err,
	bool *is_name)
{
	static const struct {
		const char *suffix;
		size_t n;
		int (*read)(const char *, size_t, struct v6k_notation *, struct v6k_error *);
		bool whole_family; /* the suffix alone is a prefix of length 0 */
		uint8_t family, form;
	} names[] = {
		{ "ip6.arpa", 8, read_ip6_arpa, true, V6K_IPV6, V6K_FORM_REVERSE },
		{ "in-addr.arpa", 12, read_in_addr_arpa, true, V6K_IPV4, V6K_FORM_REVERSE },
		{ "ipv6-literal.net", 16, read_unc, false, V6K_IPV6, V6K_FORM_UNC },
	};
	size_t end = n > 0 && s[n - 1] == '.' ? n - 1 : n;
	int e;

	*is_name = false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t head = end - names[i].n;

		if (!has_suffix(s, end, names[i].suffix, names[i].n))
			continue;
		if (head > 0 && s[head - 1] != '.')
			continue;
		if (memchr(s, ':', head) || memchr(s, '%', head))
			return 0;
		*is_name = true;
		what->form = names[i].form;
		if (head == 0 && !names[i].whole_family)
			return parse_fail(err, V6K_ENAME, 0, end);
		if (head == 1)
			return parse_fail(err, V6K_ENAME, 0, 1);
		what->addr.family = names[i].family;
		if (head == 0) {
			what->kind = V6K_KIND_PREFIX;
			return 0;
		}
		e = names[i].read(s, head - 1, what, err);
		/* What is missing at the end of the head is so before the suffix. */
		if (e && err && err->len == 0)
			err->len = 1;
		return e;
	}
	return 0;
}
