/* m4_run.h: what the parts of the reader of .mc files share: m4.c reads words, quotes and calls,
 * m4_run.c knows what a call makes, m4_input.c what is read next. */
#ifndef V6KIT_MAIL_M4_RUN_H
#define V6KIT_MAIL_M4_RUN_H

#include "m4.h"

enum {
	M4_ARGUMENTS_MAX = 64,
	M4_QUOTE_MAX = 32,
	M4_TEXT_MAX = 1 << 20 /* of one argument, as of a line (SPEC section 8) */
};

/* What m4 itself has. Sendmail's macros follow from M4_USER on. */
enum {
	OP_BODY, /* the file's own */
	OP_DEFINE,
	OP_PUSHDEF,
	OP_UNDEFINE,
	OP_POPDEF,
	OP_DEFN,
	OP_IFDEF,
	OP_IFELSE,
	OP_SHIFT,
	OP_DNL,
	OP_CHANGEQUOTE,
	OP_CHANGECOM,
	OP_DIVERT,
	OP_UNDIVERT,
	OP_DIVNUM,
	OP_INCLUDE,
	OP_SINCLUDE,
	OP_LEN,
	OP_INDEX,
	OP_SUBSTR,
	OP_TRANSLIT,
	OP_INCR,
	OP_DECR,
	OP_NOTHING, /* has no part in what is configured */
	OP_UNKNOWN,
	OP_EXIT,
	OP_USER
};

struct macro {
	struct macro *next;  /* of its bucket */
	struct macro *below; /* what popdef brings back */
	char *name;
	size_t n;
	int op;
	bool needs_arguments, spaced;
	struct text body;
	/* Calls whose arguments are being read keep the macro as it was when they began. */
	unsigned pending;
	bool gone;
};

/* Input that is read before what is below it: a file, or text to be read once more. */
struct input {
	const char *s;
	const struct origin *at; /* null: a file, whose first byte is at base */
	size_t i, n;
	uint32_t base;
	struct text text; /* what s and at belong to; empty for a file */
	const char *name; /* of a file */
};

/* A call whose arguments are being collected. */
struct call {
	struct macro *macro;
	char *name;
	uint32_t at, open, blanks;
	size_t name_n, depth, args;
	bool leading; /* blanks are skipped: nothing of the argument was read */
	struct text arg[M4_ARGUMENTS_MAX];
};

struct m4 {
	struct lint *l;
	const struct m4_user *user;
	struct lint_fault *fault;
	struct macro **bucket;
	size_t buckets, macros;
	struct input *input;
	size_t inputs, inputs_cap, bottom, files;
	struct call **call;
	size_t calls, calls_cap, calls_bottom;
	char left[M4_QUOTE_MAX], right[M4_QUOTE_MAX], comment[M4_QUOTE_MAX],
		comment_end[M4_QUOTE_MAX];
	size_t left_n, right_n, comment_n, comment_end_n;
	long divert;
	uint64_t pushed, pushed_max; /* bytes that macros gave back to the input */
	struct text *to;             /* of m4_expand; null: the output */
	struct text word;            /* that is being read */
	bool failed, ended;
};

/* m4.c: */

/* Sets the fault of the reading, at n bytes from the place `at`. False. */
bool m4_fail(struct m4 *m, uint32_t at, size_t n, const char *text);
bool m4_no_memory(struct m4 *m);

/* The macro of that name, or null. */
struct macro *m4_find(struct m4 *m, const char *s, size_t n);

/* Defines a macro in place of the one of that name, or above it. Null without memory. */
struct macro *m4_new_macro(struct m4 *m, const char *s, size_t n, int op, bool above);

/* Takes away the macro of that name, if there is one, and with `all` what it stands above. */
void m4_undefine(struct m4 *m, const char *s, size_t n, bool all);

/* m4_input.c: */

/* The input that has the next byte, or null at the end. */
struct input *m4_input_top(struct m4 *m);

bool m4_input_push(struct m4 *m, const struct input *input);
void m4_input_pop(struct m4 *m);

/* Gives text back to the input, which owns it from here on. */
bool m4_push_text(struct m4 *m, struct text *t, uint32_t at, size_t n);

/* The same for a copy of a part of `from`, for a body in quotes, so that it is not expanded, for a
 * number, and for what cannot be known: one byte that says so. */
bool m4_push_copy(struct m4 *m, const struct text *from, size_t off, size_t n, uint32_t at);
bool m4_push_quoted(struct m4 *m, const struct text *body, uint32_t at);
bool m4_push_number(struct m4 *m, long number, uint32_t at);
bool m4_push_unknown(struct m4 *m, uint32_t at);

/* m4_run.c: */

/* Defines what m4 itself has, and sendmail's macros. */
bool m4_run_macros(struct m4 *m, const struct m4_macro *macros);

/* Runs a call whose arguments are all there. */
bool m4_run(struct m4 *m, struct call *call, uint32_t close);

#endif
