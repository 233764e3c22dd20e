/* lint_key.h: whether sendmail ever finds a key of its access map, of class R or of class w, and
 * which key it does find. */
#ifndef V6KIT_MAIL_LINT_KEY_H
#define V6KIT_MAIL_LINT_KEY_H

#include "lint_run.h"

/* No key that says something of IPv6 is longer; others are passed over. */
#define LINT_KEY_MAX 300

enum lint_place { LINT_IN_ACCESS, LINT_IN_RELAY, LINT_IN_LOCAL };

struct lint_key {
	/* Other: nothing of ours. Junk: meant for an address, but none. */
	enum { LINT_KEY_OTHER, LINT_KEY_GOOD, LINT_KEY_BAD, LINT_KEY_JUNK } is;
	unsigned rule;
	enum lint_severity severity;
	const char *text, *fix; /* as in struct lint_finding; fix null: as the rule has it */
	const char *right; /* the whole key as it should be, or null when that is not evident */
	size_t off, n;     /* the part that is wrong */
};

/* Judges a key without blanks. Its texts are the run's. */
struct lint_key lint_key(struct lint *l, enum lint_place place, const char *s, size_t n);

/* How many bytes of a key are the map's tag: "Connect:" of "Connect:IPv6:2001:db8"; or 0. */
size_t lint_key_tag(const char *s, size_t n);

/* True when s[0..n) is this word, in any case. */
bool lint_is(const char *s, size_t n, const char *word);

#endif
