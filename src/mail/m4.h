/* m4.h: a .mc file as m4 reads it: quotes, macros, includes. What comes out is text that knows where
 * it was written, and the calls of sendmail's own macros. */
#ifndef V6KIT_MAIL_M4_H
#define V6KIT_MAIL_M4_H

#include "lint_run.h"

struct m4;

/* A call of one of sendmail's macros, or a word that m4 takes for one. */
struct m4_call {
	int op;      /* what the table of m4_read has */
	uint32_t at; /* its name, where it was used */
	size_t n;
	const char *name;
	const struct text *arg; /* expanded once, quotes taken off */
	size_t args;
	uint32_t open, close; /* the places of its parentheses, or ORIGIN_NONE */
	uint32_t
		blanks; /* of blanks before the parenthesis that should not be there, or ORIGIN_NONE */
	bool requoted; /* m4 has other quotes than ` and ' just now */
};

/* One of sendmail's macros. Of a macro with `spaced`, a parenthesis after blanks is read as the
 * beginning of its arguments, and told by m4_call.blanks. */
struct m4_macro {
	const char *name;
	int op;
	bool spaced;
};

struct m4_user {
	/* A call, and a byte of output; false ends the reading. */
	bool (*call)(void *to, struct m4 *m, const struct m4_call *call);
	bool (*byte)(void *to, char c, struct origin at);
	/* The file was read to its end. */
	bool (*end)(void *to, struct m4 *m);
	/* Why one of these returned false. */
	const char *(*fault)(void *to);
	void *to;
};

/* Reads s[0..n), the source at base. True at its end; false after setting *fault. */
bool m4_read(struct lint *l, const char *s, size_t n, uint32_t base, const struct m4_macro *macros,
	const struct m4_user *user, struct lint_fault *fault);

/* For the functions of m4_user: */

/* Where the text that follows goes; below 0: nowhere. */
void m4_divert(struct m4 *m, long number);

/* Adds to `to` what m4 makes of a text when it reads it once more. False when that has no end. */
bool m4_expand(struct m4 *m, const struct text *from, struct text *to);

/* Defines a macro, as if the file had at a place. */
bool m4_define(struct m4 *m, const char *name, const char *body, uint32_t at);

/* The body of a macro of the file's own, or null. */
const struct text *m4_value(struct m4 *m, const char *name);

#endif
