/* spf.h: SPF records (RFC 7208): their terms one by one, and networks as terms. */
#ifndef V6KIT_MAIL_SPF_H
#define V6KIT_MAIL_SPF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <v6kit/prefix.h>

enum {
	SPF_LOOKUPS_MAX = 10, /* terms that ask DNS (RFC 7208 4.6.4) */
	SPF_SIZE_MAX = 450,   /* bytes of a record and its name that fit every answer (3.4) */
	SPF_STRING_MAX = 255, /* bytes of a string of a TXT record (3.3) */
	SPF_TERM_MAX = 64     /* what spf_network writes */
};

enum spf_kind {
	SPF_ALL,
	SPF_INCLUDE,
	SPF_A,
	SPF_MX,
	SPF_PTR,
	SPF_IP4,
	SPF_IP6,
	SPF_EXISTS,
	SPF_REDIRECT,
	SPF_EXP,
	SPF_OTHER /* a modifier that RFC 7208 does not know, which is ignored */
};

/* A term; off and n are those of its bytes in the record. */
struct spf_term {
	enum spf_kind kind;
	char qualifier; /* + - ~ ?; of a modifier NUL */
	size_t off, n;
	size_t name_off, name_n;
	size_t domain_off, domain_n; /* its domain-spec; n is 0 without one */
	struct v6k_prefix network;   /* of ip4 and ip6 */
	bool host_bits;              /* the network was written with bits past its length */
	bool ignored;                /* behind all, or a redirect beside it */
};

/* What is a permanent error, and which bytes are at fault; off may be the end of the text. */
struct spf_fault {
	const char *text;
	size_t off, n;
};

/* A record that is read. */
struct spf {
	const char *s;
	size_t n, at;
	bool all, redirect, exp; /* seen so far */
	bool has_all;            /* anywhere */
	unsigned lookups;
};

/* Reads s[0..n) as one record and checks all of it: a mistake anywhere makes all of it void (4.6).
 * False: *fault says why. */
bool spf_open(struct spf *r, const char *s, size_t n, struct spf_fault *fault);

/* The next term of a record that was opened; false behind the last one. */
bool spf_next(struct spf *r, struct spf_term *t);

/* The name of a mechanism or modifier, such as "ip6"; null for SPF_OTHER. */
const char *spf_name(enum spf_kind kind);

/* What a list of the networks does not say of a term: one line of English; or null. */
const char *spf_note(const struct spf_term *t);

/* Undoes the strings of a TXT record as a zone file has them, with or without what stands before
 * them: example. IN TXT ( "v=spf1 ..." "..." ). Other text is taken as it is. Writes the joined
 * text, at most n bytes, to text, and for each of its bytes, and its end, the offset in s to
 * origin, which has room for n + 1. Returns the length, or -1 with *fault, whose off is in s. */
long spf_join(const char *s, size_t n, char *text, uint32_t *origin, struct spf_fault *fault);

/* Writes p as a term, without a length when it is one address: "ip6:2a00:a200::/48". Returns its
 * length. */
size_t spf_network(struct v6k_prefix p, char buf[SPF_TERM_MAX]);

/* Whether s[0..n) can stand behind "include:" (domain-spec, RFC 7208 7.1). */
bool spf_is_domain(const char *s, size_t n);

/* How many bytes of the text s[0..n) go into the next string: whole terms, where they fit. */
size_t spf_string(const char *s, size_t n);

#endif
