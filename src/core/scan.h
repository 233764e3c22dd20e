/* scan.h: what the scanners share: the bytes of tokens, and the rules by which one is a hit. */
#ifndef V6KIT_CORE_SCAN_H
#define V6KIT_CORE_SCAN_H

#include <v6kit/scan.h>

#include "parse.h"

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

/* Judges the token s[start..end) of s[0..n) and whatever follows it and belongs to it. True when it
 * is a hit, which it then fills. *next is where the next token may start: end or behind it. */
bool scan_token(const char *s, size_t n, size_t start, size_t end, unsigned flags,
	struct v6k_hit *hit, size_t *next);

#endif
