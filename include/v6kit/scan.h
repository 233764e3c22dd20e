/* v6kit/scan.h: addresses, prefixes and ranges in any text: logs, mail headers, configurations. See
 * v6kit_scan(3), which has the rules of what counts as one. */
#ifndef V6KIT_SCAN_H
#define V6KIT_SCAN_H

#include <v6kit/notation.h>
#include <v6kit/set.h>

V6K_BEGIN_DECLS

enum v6k_scan_flags {
	V6K_SCAN_PADDED = 1,  /* 64 bytes before s and 128 after s + n can be read */
	V6K_SCAN_TCPDUMP = 2, /* IPv4 may have a port as tcpdump writes it: 192.0.2.1.443 */
	V6K_SCAN_NAMES = 4,   /* names under ip6.arpa, in-addr.arpa and ipv6-literal.net count */
	V6K_SCAN_OVERLAP = 8  /* v6k_set_scan alone: a prefix or range of which the set has any address */
};

/* What was found. In the text at off stand, in this order: the address, in addr_len bytes; "%" (in
 * brackets also "%25") and a zone; "/" and a length, or "-" and the last address. All that is the
 * len bytes of the hit. A label or tag before it, brackets, quotes, ports and the full stop of a
 * sentence are outside. Of a name addr_len is all of it. */
struct v6k_hit {
	/* The first and the last address it means. An address has itself twice, also when it is
	 * written with a length and has bits past it, as an interface's address is. */
	struct v6k_addr addr, last;
	uint32_t off, len; /* in bytes of the text; len is 2 at least */
	uint32_t zone_len; /* 0: none */
	uint8_t zone_at;   /* where the zone begins, counted from off */
	uint8_t addr_len;
	uint8_t kind; /* enum v6k_kind: a prefix has a length, and no bits past it */
	uint8_t bits; /* the length as written, else 32 or 128; of a range 0 */
};

/* The functions below are thread-safe and allocate nothing. */

/* Finds what is in the text s[0..n) from *at on, stores at most cap hits in the order in which they
 * stand in it, and returns how many. It leaves *at at the place to go on, which is n when all is
 * done; so a caller goes on while *at < n. *at is 0 at first, or the start of any line.
 *
 * The text is whole lines: what is before s and behind s + n is taken for the end of a line, and no
 * hit holds a "\n". It may hold any bytes. V6K_EINVAL for a flag that is none, an n past
 * UINT32_MAX, an *at past n. */
V6K_API int v6k_scan(const char *s, size_t n, size_t *at, unsigned flags, struct v6k_hit *hits,
	size_t cap);

/* The same, and stores only what the set has: addresses, and prefixes and ranges of which it has all
 * addresses. It may store fewer than cap, or none, before *at is n. Looks for much of the text in vain
 * in less time than v6k_scan takes to find it, when the set was frozen with V6K_FOR_SCAN. */
V6K_API int v6k_set_scan(const struct v6k_set *set, const char *s, size_t n, size_t *at,
	unsigned flags, struct v6k_hit *hits, size_t cap);

V6K_END_DECLS

#endif
