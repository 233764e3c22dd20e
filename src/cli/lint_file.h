/* lint_file.h: the linter's files, and what it asks of the host. */
#ifndef V6KIT_CLI_LINT_FILE_H
#define V6KIT_CLI_LINT_FILE_H

#include "../mail/lint.h"
#include "common.h"

struct lint_file {
	const char *name; /* "-": standard input */
	char *s;
	size_t n;
	enum lint_type type;
	bool regular; /* it can be replaced */
};

/* Reads a file whole; its type is found out when it is LINT_GUESS. Null, or why it cannot be read:
 * one line of English. The bytes are freed by lint_file_free in any case. */
const char *lint_file_read(struct cli *cli, const char *name, enum lint_type type,
	struct lint_file *f);
void lint_file_free(struct lint_file *f);

/* What a file includes, each read once; it lives longer than the runs that use it. */
struct included;
struct lint_outside {
	struct included *included;
	size_t n, total;      /* files, bytes */
	bool resolve;         /* names may be looked up */
	struct message fault; /* of the last look-up */
};

/* The callbacks of a run. */
struct lint_host lint_outside_host(struct lint_outside *o);
void lint_outside_free(struct lint_outside *o);

/* Says what is wrong with a file that cannot be read to its end, and where. */
void lint_file_fault(struct cli *cli, struct lint *l, const struct lint_fault *fault);

#endif
