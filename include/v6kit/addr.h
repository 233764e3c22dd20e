/* v6kit/addr.h: an IPv4 or IPv6 address as a value. See v6kit_addr(3). */
#ifndef V6KIT_ADDR_H
#define V6KIT_ADDR_H

#include <stddef.h>
#include <stdint.h>

#include <sys/socket.h>

#include <v6kit/error.h>
#include <v6kit/export.h>

V6K_BEGIN_DECLS

enum v6k_family { V6K_NONE = 0, V6K_IPV4 = 4, V6K_IPV6 = 6 };

/* An address. An IPv6 address is hi (its first 64 bits, host byte order) and lo; an IPv4 address
 * is the low 32 bits of lo. All-zero is no address. Owns nothing; pass it by value. A zone is not
 * part of it (RFC 4007: it has a meaning on one host only). Reserved bytes are zero. */
struct v6k_addr {
	uint64_t hi, lo;
	uint8_t family; /* enum v6k_family */
	uint8_t reserved[7];
};

/* How an address is written. Those that carry more than an address are in v6kit/notation.h. */
enum v6k_style {
	V6K_CANONICAL, /* RFC 5952: 2a00:a200:0:12::25, ::ffff:192.0.2.1 */
	V6K_FULL,      /* 8 groups of 4 digits */
	V6K_BARE,      /* canonical; of a notation, the address alone */
	V6K_MIXED,     /* the last 32 bits dotted (RFC 4291 2.2.3): 64:ff9b::192.0.2.1 */
	V6K_UPPER,     /* canonical in upper case */
	V6K_HEX,       /* 0x and 32 digits, of IPv4 8 */
	V6K_INT,       /* decimal */
	V6K_BITS,      /* 128 or 32 binary digits */
	V6K_ARPA,      /* reverse name (RFC 3596 2.5, RFC 1035 3.5), without the final dot */
	V6K_URI,       /* RFC 3986 3.2.2: [2a00::1], 192.0.2.1 */
	V6K_SMTP,      /* address literal (RFC 5321 4.1.3): [IPv6:2a00::1], [192.0.2.1] */
	V6K_SENDMAIL,  /* sendmail's A=: IPv6:2a00::1, 192.0.2.1 */
	V6K_UNC,       /* 2a00--1.ipv6-literal.net; IPv6 only */
	V6K_BASE85,    /* RFC 1924; IPv6 only */
	V6K_CINIT,     /* a C initialiser of 16 or 4 bytes */
	V6K_ACCESS,    /* sendmail's ${client_addr}: IPv6:2a00:0:0:0:0:0:0:1; mapped as IPv4 */
	V6K_STYLES     /* how many there are */
};

/* No style writes an address in more bytes than this. */
#define V6K_ADDR_TEXT_MAX 136

/* Scopes (RFC 4007, RFC 4291 2.7, RFC 7346; IPv4 by RFC 6724 3.2, RFC 5771, RFC 2365). Multicast
 * scopes are those of the group; unicast ones those of the address. ULA (RFC 4193) is global. */
enum v6k_scope {
	V6K_SCOPE_UNSPECIFIED,
	V6K_SCOPE_LOOPBACK,
	V6K_SCOPE_INTERFACE,
	V6K_SCOPE_LINK,
	V6K_SCOPE_REALM,
	V6K_SCOPE_ADMIN,
	V6K_SCOPE_SITE,
	V6K_SCOPE_ORGANIZATION,
	V6K_SCOPE_GLOBAL,
	V6K_SCOPE_RESERVED,
	V6K_SCOPE_UNASSIGNED
};

/* The functions below are thread-safe and allocate nothing. */

/* Reads s[0..n) as one plain IPv6 or IPv4 address: what inet_pton(3) takes, no zone, length,
 * bracket or tag. On failure returns the code, and if err is not null says where. */
V6K_API int v6k_addr_parse(const char *s, size_t n, struct v6k_addr *out, struct v6k_error *err);

/* Writes a in a style to buf[0..cap), without a terminating NUL. Returns the bytes written, at
 * most V6K_ADDR_TEXT_MAX, or V6K_ENOSPC, V6K_EINVAL (no address, no such style) or V6K_EFAMILY
 * (a style that IPv4 does not have). */
V6K_API int v6k_addr_format(struct v6k_addr a, enum v6k_style style, char *buf, size_t cap);

/* The bytes that v6k_addr_format_run, v6k_prefix_format_run and v6k_addr_format_lines want for a
 * line. */
#define V6K_LINE_TEXT_MAX 64

/* Writes *a and the addresses that follow it, *n in all, in the style V6K_CANONICAL, each ended by
 * the byte end: as many as fit into buf[0..cap), V6K_LINE_TEXT_MAX bytes reckoned for the last.
 * Leaves the address that comes next in *a (none after the last one of the family), and in *n how
 * many are still to be written. Returns the bytes written, or V6K_ENOSPC when not even one line is
 * sure to fit, V6K_EINVAL for no address, V6K_EOVERFLOW when the family has fewer. */
V6K_API int v6k_addr_format_run(struct v6k_addr *a, uint64_t *n, char end, char *buf, size_t cap);

/* What a caller may promise of a text, so that it is read faster. Never a duty. */
enum v6k_text_flags {
	V6K_PADDED = 1 /* 64 bytes before and 128 behind s[0..n) may be read, whatever is in them */
};

/* Reads lines of s[*at..n), *at <= n, into out: as long as each is one plain address as
 * v6k_addr_parse takes it, and ends in a newline; at most cap. Leaves *at at the first line that it
 * did not read, which may be anything else (a blank, a comment, a prefix, a CR, the rest of a line
 * that has no newline yet), and is the caller's to read. flags: 0 or V6K_PADDED. Returns how many.
 * Families may mix. */
V6K_API size_t v6k_addr_parse_lines(const char *s, size_t n, size_t *at, unsigned flags,
	struct v6k_addr *out, size_t cap);

/* Writes a[*at..n), *at <= n, in the style V6K_CANONICAL, each ended by the byte end: as many as fit
 * into buf[0..cap), V6K_LINE_TEXT_MAX bytes reckoned for the last, and as long as each is an
 * address. Leaves *at at the first that it did not write. Returns the bytes written. */
V6K_API size_t v6k_addr_format_lines(const struct v6k_addr *a, size_t n, size_t *at, char end,
	char *buf, size_t cap);

/* An address from 4 (IPv4) or 16 (IPv6) bytes in network order; else V6K_EINVAL. */
V6K_API int v6k_addr_from_bytes(const uint8_t *bytes, size_t n, struct v6k_addr *out);

/* The address as bytes in network order. Returns how many: 4 or 16; V6K_EINVAL for no address. */
V6K_API int v6k_addr_to_bytes(struct v6k_addr a, uint8_t out[16]);

/* The address of an AF_INET or AF_INET6 socket address of n bytes; port (host order) and scope
 * (the numeric zone, 0 for IPv4) are stored where not null. V6K_EINVAL for any other family or
 * too small an n. */
V6K_API int v6k_addr_from_sockaddr(const struct sockaddr *sa, socklen_t n, struct v6k_addr *out,
	uint16_t *port, uint32_t *scope);

/* Fills *out, and *n with its length. The scope is not used for IPv4. */
V6K_API int v6k_addr_to_sockaddr(struct v6k_addr a, uint16_t port, uint32_t scope,
	struct sockaddr_storage *out, socklen_t *n);

/* Negative, 0 or positive: IPv4 before IPv6, then by number. */
V6K_API int v6k_addr_cmp(struct v6k_addr a, struct v6k_addr b);

/* a plus, or minus, the 128-bit number hi * 2^64 + lo. V6K_EOVERFLOW past either end of the
 * family; never a wrap. */
V6K_API int v6k_addr_add(struct v6k_addr a, uint64_t hi, uint64_t lo, struct v6k_addr *out);
V6K_API int v6k_addr_sub(struct v6k_addr a, uint64_t hi, uint64_t lo, struct v6k_addr *out);

/* How many leading bits a and b share: 0 to 32 or 128; V6K_EFAMILY when the families differ. */
V6K_API int v6k_addr_common_bits(struct v6k_addr a, struct v6k_addr b);

/* The width of a family in bits: 32, 128, or 0 for none. */
V6K_API unsigned v6k_family_bits(unsigned family);

/* 1 for an IPv4-mapped IPv6 address (RFC 4291 2.5.5.2: ::ffff:0:0/96), else 0. */
V6K_API int v6k_addr_is_mapped(struct v6k_addr a);

/* The IPv4 address in a mapped one, and back. V6K_EFAMILY when there is none to convert. */
V6K_API int v6k_addr_unmap(struct v6k_addr a, struct v6k_addr *out);
V6K_API int v6k_addr_map(struct v6k_addr a, struct v6k_addr *out);

/* 1 for a multicast address (ff00::/8, 224.0.0.0/4), else 0. */
V6K_API int v6k_addr_is_multicast(struct v6k_addr a);

V6K_API enum v6k_scope v6k_addr_scope(struct v6k_addr a);

/* The field's word for a scope, such as "link-local". Static text, never null. */
V6K_API const char *v6k_scope_text(enum v6k_scope scope);

V6K_END_DECLS

#endif
