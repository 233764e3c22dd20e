/* convert.h: lines of sendmail's access map as lines of a Postfix access table. */
#ifndef V6KIT_MAIL_CONVERT_H
#define V6KIT_MAIL_CONVERT_H

#include <stdbool.h>
#include <stddef.h>

#include <v6kit/prefix.h>

#include "access.h"

/* What the Postfix table is asked for: sendmail has one map for all of them. */
enum convert_table { CONVERT_CLIENT, CONVERT_SENDER, CONVERT_RECIPIENT };

enum convert_verdict {
	CONVERT_COPY,  /* a comment or a blank line: as it is */
	CONVERT_CARRY, /* with another key, the rest as it is */
	CONVERT_LEAVE, /* no key of a hash: table says the same */
	CONVERT_BAD    /* no line that makemap takes */
};

/* What becomes of a line; offsets are in the line. */
struct converted {
	enum convert_verdict verdict;
	const char *why;        /* of CONVERT_LEAVE and CONVERT_BAD: one line of English */
	size_t why_off, why_n;  /* what it is about */
	size_t key_off, key_n;  /* the key in the line, with its tag */
	const char *key;        /* of CONVERT_CARRY: the new key, in the line or in text */
	size_t new_n;           /* its length */
	size_t value_off;       /* n without a value */
	const char *value_note; /* where the value goes on: what Postfix does not know; or null */
	bool cidr;              /* a cidr: table can carry it, with this prefix */
	struct v6k_prefix prefix;
	char text[ACCESS_KEY_MAX];
};

/* Reads s[0..n), a line of the text that makemap(8) takes, without its newline. */
void convert_line(const char *s, size_t n, enum convert_table table, struct converted *out);

#endif
