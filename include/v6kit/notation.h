/* v6kit/notation.h: every way in which an address, a prefix or a range is written. See
 * v6kit_notation(3). */
#ifndef V6KIT_NOTATION_H
#define V6KIT_NOTATION_H

#include <v6kit/range.h>

V6K_BEGIN_DECLS

enum v6k_kind { V6K_KIND_ADDR = 1, V6K_KIND_PREFIX, V6K_KIND_RANGE };

/* What to read beside what is read everywhere. */
enum v6k_from {
	V6K_FROM_TEXT,  /* plain text, tags, brackets, names: see v6k_notation_parse */
	V6K_FROM_INT,   /* a decimal number */
	V6K_FROM_HEX,   /* 8 (IPv4) or 32 (IPv6) hexadecimal digits, with or without 0x */
	V6K_FROM_BASE85 /* RFC 1924: 20 digits, IPv6 */
};

/* How a text spelled it. */
enum v6k_form {
	V6K_FORM_PLAIN,
	V6K_FORM_TAG,      /* IPv6:ADDR */
	V6K_FORM_BRACKETS, /* [ADDR], with a tag, zone or port or without */
	V6K_FORM_REVERSE,  /* a name under ip6.arpa or in-addr.arpa */
	V6K_FORM_UNC,      /* a name under ipv6-literal.net */
	V6K_FORM_NUMBER
};

/* What a text said: nothing of it is lost. */
struct v6k_notation {
	struct v6k_addr addr; /* the address as written, host bits included; the first of a range */
	struct v6k_addr last; /* of a range; else none */
	uint32_t zone_off, zone_len; /* the zone as bytes of the input; len 0: none */
	uint16_t port;
	uint8_t has_port;
	uint8_t kind; /* enum v6k_kind */
	uint8_t bits; /* a prefix: its length; an address: 32 or 128; a range: 0 */
	uint8_t form; /* enum v6k_form */
	uint8_t reserved[2];
};

/* The functions below are thread-safe and allocate nothing. */

/* Reads s[0..n): an address, a prefix or a range in one of these forms.
 *     2001:db8::1  192.0.2.1  fe80::1%eth0  2001:db8::/32  FIRST-LAST (blanks around "-" allowed)
 *     IPv6:2001:db8::1  [2001:db8::1]  [IPv6:2001:db8::1]  [2001:db8::1]:25  [fe80::1%25eth0]
 *     1.0.[...].ip6.arpa  2.0.192.in-addr.arpa  2001-db8--1.ipv6-literal.net
 * flags are those of v6k_prefix_parse; without V6K_PARSE_MASK host bits are kept, not refused.
 * n is at most UINT32_MAX, else V6K_EINVAL. */
V6K_API int v6k_notation_parse(const char *s, size_t n, unsigned flags, struct v6k_notation *out,
	struct v6k_error *err);

/* Reads a number as an address. family is V6K_IPV4, V6K_IPV6, or V6K_NONE to let the number say:
 * then a decimal below 2^32 is V6K_EAMBIGUOUS. Of a family that is given a hexadecimal number may
 * have fewer digits. */
V6K_API int v6k_number_parse(const char *s, size_t n, enum v6k_from from, enum v6k_family family,
	struct v6k_notation *out, struct v6k_error *err);

/* Writes a notation in a style, without a terminating NUL; s is the text it was read from, for its
 * zone. Returns the bytes written or V6K_ENOSPC, V6K_EINVAL (also for a zone of 2 GiB),
 * V6K_EFAMILY, V6K_ENIBBLE, or V6K_ESTYLE when the style cannot carry the length, zone, port or
 * range that the text had. */
V6K_API int v6k_notation_format(const struct v6k_notation *what, const char *s,
	enum v6k_style style, char *buf, size_t cap);

/* The bytes that v6k_notation_format may need beside the zone's length. */
#define V6K_NOTATION_TEXT_MAX (V6K_ADDR_TEXT_MAX + 16)

/* The network of an address or prefix, host bits cleared; all addresses of whatever it is.
 * V6K_ENOTPREFIX for the prefix of a range. */
V6K_API int v6k_notation_prefix(const struct v6k_notation *what, struct v6k_prefix *out);
V6K_API struct v6k_range v6k_notation_range(const struct v6k_notation *what);

/* 1 for a prefix with bits set past its length, else 0. */
V6K_API int v6k_notation_has_host_bits(const struct v6k_notation *what);

/* Between a style and its name, such as "canonical": V6K_EINVAL (or null) when there is none. */
V6K_API int v6k_style_from_name(const char *s, size_t n, enum v6k_style *out);
V6K_API const char *v6k_style_name(enum v6k_style style);

V6K_END_DECLS

#endif
