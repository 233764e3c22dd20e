/* parse.h: the address parser, for those in the core that read what stands around an address. */
#ifndef V6KIT_CORE_PARSE_H
#define V6KIT_CORE_PARSE_H

#include <v6kit/notation.h>

#include "value.h"

/* The value of a hexadecimal digit, 16 for any other byte. */
extern const uint8_t hex_digit[256] __attribute__((visibility("hidden")));

static inline unsigned hex_at(const char *s, size_t i)
{
	return hex_digit[(unsigned char)s[i]];
}

static inline unsigned decimal_at(const char *s, size_t i)
{
	return (unsigned)(unsigned char)s[i] - '0';
}

/* Letters of ASCII alone, whatever the locale. */
static inline char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Stores where an error is, and returns its code. */
static inline int parse_fail(struct v6k_error *err, int code, size_t off, size_t len)
{
	if (err)
		*err = (struct v6k_error){ code, (uint32_t)off, (uint32_t)len };
	return code;
}

/* Reads one address at s[*at], *at <= n, and leaves *at behind it, at whatever follows; on failure
 * *at and *out stay as they were. What an address is, and what is wrong with one, is said here;
 * vector twins call it for all that they do not take. */
int addr_read_scalar(const char *s, size_t n, size_t *at, struct v6k_addr *out,
	struct v6k_error *err);

/* The same of s[0..n), which is to be an address and nothing else. */
int addr_parse_scalar(const char *s, size_t n, struct v6k_addr *out, struct v6k_error *err);

/* These read at s[*at] and leave *at behind what they read: a zone, behind its "%"; an address with
 * what it says of the notation, which after the tag "IPv6:" must be IPv6. */
int parse_zone(const char *s, size_t n, size_t *at, struct v6k_notation *what,
	struct v6k_error *err);
int parse_tagged(const char *s, size_t n, size_t *at, bool tag, struct v6k_notation *what,
	struct v6k_error *err);

/* Reads a reverse name or an ipv6-literal.net name; *is_name is false, and nothing was read, when
 * the text is neither. */
int parse_name(const char *s, size_t n, struct v6k_notation *what, struct v6k_error *err,
	bool *is_name);

#endif
