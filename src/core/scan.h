/* scan.h: what the scanners share: the bytes of tokens, and the rules by which one is a hit. */
#ifndef V6KIT_CORE_SCAN_H
#define V6KIT_CORE_SCAN_H

#include <string.h>

#include <v6kit/scan.h>

#include "parse.h"
#include "sieve.h"

/* A token is a run of letters, digits, "_", "." and ":" that no other such byte touches. */
enum {
	SCAN_TOKEN = 1,
	SCAN_WORD = 2,   /* a letter or "_" that no address has */
	SCAN_LETTER = 4, /* of these, a letter */
	SCAN_NAME = 8    /* what a name may have: all of a token but ":", and "-" */
};
extern const uint8_t scan_class[256] __attribute__((visibility("hidden")));

static inline bool scan_is(const char *s, size_t i, unsigned classes)
{
	return scan_class[(unsigned char)s[i]] & classes;
}

/* A text, and the token s[start..end) in it that is judged. */
struct scan_token {
	const char *s;
	size_t n, start, end;
	unsigned flags;
};

/* Judges a token, and whatever follows it and belongs to it. True when it is a hit, which it then
 * fills. *next is where the next token may start: the end or behind it. */
bool scan_judge(const struct scan_token *t, struct v6k_hit *hit, size_t *next);

/* The same for a token in which the address a was read at s[at..end). */
bool scan_found(const struct scan_token *t, size_t at, size_t end, struct v6k_addr a,
	struct v6k_hit *hit, size_t *next);

/* An address alone, of n bytes at s[off]. Member by member: a value that is put together elsewhere is
 * copied by loads that are wider than what has just been stored, and waits for it. */
static inline void scan_hit(struct v6k_hit *hit, size_t off, size_t n, struct v6k_addr a)
{
	hit->addr.hi = hit->last.hi = a.hi;
	hit->addr.lo = hit->last.lo = a.lo;
	memset(hit->addr.reserved, 0, sizeof(hit->addr.reserved));
	memset(hit->last.reserved, 0, sizeof(hit->last.reserved));
	hit->addr.family = hit->last.family = a.family;
	hit->off = (uint32_t)off;
	hit->len = (uint32_t)n;
	hit->zone_len = 0;
	hit->zone_at = 0;
	hit->addr_len = (uint8_t)n;
	hit->kind = V6K_KIND_ADDR;
	hit->bits = (uint8_t)family_width(a.family);
}

/* Whether s[at..end) is a port, and the end of a sentence perhaps. */
bool scan_is_port(const char *s, size_t at, size_t end);

/* Without names: those scanners of all tiers that dispatch.h chooses from. With a sieve, which may be null,
 * they may leave out addresses that it does not let through. Else they are equal on every input. */
typedef size_t scan_function(const char *s, size_t n, size_t *at, unsigned flags,
	const struct sieve *sieve, struct v6k_hit *hits, size_t cap);
scan_function scan_scalar, scan_sse2, scan_avx2, scan_neon;

#endif
