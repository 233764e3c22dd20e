/* v6kit/error.h: what can go wrong, and where. See v6kit_error(3). */
#ifndef V6KIT_ERROR_H
#define V6KIT_ERROR_H

#include <stdint.h>

#include <v6kit/export.h>

V6K_BEGIN_DECLS

/* A fallible function returns 0 (or a count, where it says so) or one of these, all negative, and
 * then leaves its output untouched. */
enum v6k_err {
	V6K_OK = 0,
	V6K_EINVAL = -1,    /* an argument that no input text can cause: the caller's mistake */
	V6K_ENOMEM = -2,    /* out of memory */
	V6K_ENOSPC = -3,    /* the output buffer is too small */
	V6K_EOVERFLOW = -4, /* past the first or the last address of the family */
	V6K_EFAMILY = -5,   /* IPv4 where IPv6 is needed, or the reverse, or both mixed */
	V6K_EHOSTBITS = -6, /* a prefix has bits set past its length */
	V6K_ESTYLE = -7,    /* the style cannot carry what the text said */
	V6K_ENIBBLE = -8,   /* a prefix length that no single reverse name has */
	V6K_ELIMIT = -9,    /* an exact answer would take more work than is allowed */

	/* Of text. struct v6k_error says which bytes. */
	V6K_EEMPTY = -20,      /* nothing there */
	V6K_ECHAR = -21,       /* a byte that does not belong */
	V6K_EGROUPLEN = -22,   /* a group of more than 4 digits (RFC 4291 2.2) */
	V6K_EGROUPS = -23,     /* more than 8 groups */
	V6K_EFEWGROUPS = -24,  /* fewer than 8 groups and no "::" */
	V6K_EGAPTWICE = -25,   /* a second "::" */
	V6K_EGAPFULL = -26,    /* "::" beside 8 groups */
	V6K_ECOLON = -27,      /* a single ":" at the start or the end */
	V6K_EOCTET = -28,      /* an IPv4 octet above 255 */
	V6K_EOCTETZERO = -29,  /* an IPv4 octet with a leading zero */
	V6K_EOCTETS = -30,     /* not four octets: the short and numeric forms of IPv4 */
	V6K_EZONE = -31,       /* an empty zone, or a byte that no zone has */
	V6K_EZONEIPV4 = -32,   /* a zone on an IPv4 address */
	V6K_EZONEPREFIX = -33, /* a zone in a prefix or a range */
	V6K_ELEN = -34,        /* a prefix length that is no plain decimal number */
	V6K_ELENMAX = -35,     /* a prefix length past 32 (IPv4) or 128 (IPv6) */
	V6K_ENETMASK = -36,    /* a netmask where a prefix length is asked */
	V6K_EMASKHOLE = -37,   /* a netmask that is not contiguous */
	V6K_EPORT = -38,       /* not a port from 0 to 65535 */
	V6K_EBRACKET = -39,    /* "[" without "]" */
	V6K_ETAG = -40,        /* the tag "IPv6:" before something else */
	V6K_ENAME = -41,       /* not a reverse name, or not an ipv6-literal.net name */
	V6K_ERFC2317 = -42,    /* a classless reverse name (RFC 2317) */
	V6K_EORDER = -43,      /* a range whose last address is below its first */
	V6K_ENUMBER = -44,     /* not a number of the kind asked for, or too large for an address */
	V6K_EAMBIGUOUS = -45,  /* a number that is an address of both families */
	V6K_ENOTADDR = -46,    /* a prefix or range where one address is asked */
	V6K_ENOTPREFIX = -47,  /* a range where a prefix is asked */
	V6K_EPORTHERE = -48    /* a port where none belongs */
};

/* An error of a text: code, and the bytes at fault as an offset and a length in the input. The
 * offset may equal the input's length (something is missing at the end); len is at least 1 else. */
struct v6k_error {
	int32_t code; /* enum v6k_err */
	uint32_t off;
	uint32_t len;
};

/* One line of English for a code, without a newline: static text, never null. Thread-safe. */
V6K_API const char *v6k_err_text(int code);

V6K_END_DECLS

#endif
