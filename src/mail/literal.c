/* literal.c: addresses as mail software writes them. */
#include "literal.h"

#include <string.h>

#include "word.h"

/* What sendmail 8.17 does with each was tried; see v6kit-sendmail(1). */
const char *mail_bind_refusal(struct v6k_addr a)
{
	if (v6k_addr_is_mapped(a))
		return "a mapped address collides with the IPv4 daemon (Address already in use): "
		       "give the IPv4 address";
	if (v6k_addr_is_multicast(a))
		return "no daemon accepts connections to a multicast address";
	if (a.family == V6K_IPV4 && a.lo == UINT32_MAX)
		return "no daemon accepts connections to the broadcast address";
	if (a.family == V6K_IPV6 && v6k_addr_scope(a) == V6K_SCOPE_LINK)
		return "a link-local address needs a zone, which sendmail cannot take: "
		       "give a global address";
	return NULL;
}

static size_t put(char *buf, size_t at, const char *text)
{
	size_t n = strlen(text);

	memcpy(buf + at, text, n);
	return at + n;
}

static int deliver(const char *text, size_t n, char *buf, size_t cap)
{
	if (n > cap)
		return V6K_ENOSPC;
	memcpy(buf, text, n);
	return (int)n;
}

const char *mail_number(uint64_t number, char buf[24])
{
	char *at = buf + 23;

	*at = '\0';
	do
		*--at = (char)('0' + number % 10);
	while (number /= 10);
	return at;
}

/* The value of a digit in any base, or 16. */
static unsigned digit(char c)
{
	char l = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;

	return c >= '0' && c <= '9'  ? (unsigned)(c - '0') :
		l >= 'a' && l <= 'f' ? (unsigned)(l - 'a') + 10 :
				       16;
}

size_t mail_inet_addr(const char *s, size_t n)
{
	uint64_t most = UINT32_MAX;
	size_t i = 0;

	for (unsigned parts = 1;; parts++, most >>= 8) {
		unsigned base = 10;
		uint64_t number = 0;
		size_t from;

		if (i < n && s[i] == '0')
			base = i + 2 < n && (s[i + 1] | 32) == 'x' && digit(s[i + 2]) < 16 ? 16 : 8;
		i += base == 16 ? 2 : 0;
		for (from = i; i < n && digit(s[i]) < base && number <= UINT32_MAX; i++)
			number = base * number + digit(s[i]);
		if (i == from)
			return 0;
		if (i == n || s[i] == ' ' || (s[i] >= '\t' && s[i] <= '\r'))
			return number <= most ? i : 0;
		if (s[i] != '.' || parts == 4 || number > UINT8_MAX)
			return 0;
		i++;
	}
}

bool mail_is_name(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!word_is_letter(s[i]) && !word_is_digit(s[i]) && !memchr("-._", s[i], 3))
			return false;
	return true;
}

enum v6k_style mail_libc_style(struct v6k_addr a)
{
	bool compatible = a.family == V6K_IPV6 && a.hi == 0 && a.lo >> 32 == 0 && a.lo >> 16 != 0;

	return compatible ? V6K_MIXED : V6K_CANONICAL;
}

int mail_literal(struct v6k_addr a, int full, char *buf, size_t cap)
{
	char text[MAIL_TEXT_MAX];
	size_t n;

	v6k_addr_unmap(a, &a);
	if (!full)
		return v6k_addr_format(a, V6K_SMTP, buf, cap);
	/* sendmail's own spelling of an address, which is what it compares class w with. */
	n = put(text, 0, "[");
	n += (size_t)v6k_addr_format(a, V6K_ACCESS, text + n, sizeof(text) - n);
	n = put(text, n, "]");
	return deliver(text, n, buf, cap);
}

int mail_milter(struct v6k_addr a, unsigned port, char *buf, size_t cap)
{
	char text[MAIL_TEXT_MAX], digits[24];
	size_t n = put(text, 0, a.family == V6K_IPV4 ? "inet:" : "inet6:");

	n = put(text, n, mail_number(port, digits));
	n = put(text, n, "@");
	n += (size_t)v6k_addr_format(a, V6K_CANONICAL, text + n, sizeof(text) - n);
	return deliver(text, n, buf, cap);
}

int mail_dnsbl(struct v6k_addr a, const char *zone, size_t n, char *buf, size_t cap)
{
	/* The reverse name without its suffix, "ip6.arpa" or "in-addr.arpa". */
	int name_n, suffix;

	v6k_addr_unmap(a, &a);
	suffix = a.family == V6K_IPV4 ? 12 : 8;
	name_n = v6k_addr_format(a, V6K_ARPA, buf, cap);
	if (name_n < 0)
		return name_n;
	name_n -= suffix;
	if (n > cap - (size_t)name_n)
		return V6K_ENOSPC;
	memcpy(buf + name_n, zone, n);
	return name_n + (int)n;
}

long mail_zone_fault(const char *zone, size_t n)
{
	/* A name is at most 253 bytes as text; 64 of them are the nibbles before the zone. */
	enum { ZONE_MAX = 253 - 64, LABEL_MAX = 63 };
	size_t label = 0;

	for (size_t i = 0; i < n; i++) {
		char c = zone[i];
		char l = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;

		if (c == '.') {
			if (label == 0)
				return (long)i;
			if (zone[i - 1] == '-')
				return (long)i - 1;
			label = 0;
			continue;
		}
		if (!((l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
			    (c == '-' && label > 0)))
			return (long)i;
		if (++label > LABEL_MAX)
			return (long)i;
	}
	if (n == 0 || n > ZONE_MAX || zone[n - 1] == '-')
		return (long)n;
	return -1;
}
