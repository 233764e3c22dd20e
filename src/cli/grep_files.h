/* grep_files.h: the files that grep searches, one after the other: operands, and what lies in folders. */
#ifndef V6KIT_CLI_GREP_FILES_H
#define V6KIT_CLI_GREP_FILES_H

#include "common.h"

struct grep_files {
	int first;           /* the first operand that names a file; values of options are none */
	unsigned recursive;  /* 'r', 'R' to follow all symbolic links, or 0 */
	bool no_messages;    /* about files that cannot be read */
	bool prints_lines;   /* so that the file that they go to is not searched */
	/* Searches an open file, whose name is null for standard input: GO_ON or STOP. */
	int (*search)(struct cli *cli, void *to, int fd, const char *name);
	void *to;
};

/* Whether there may be several of them, so that lines are told apart by their names. */
bool grep_files_are_many(const struct cli *cli, const struct grep_files *files);

/* Whether one of them is standard input. */
bool grep_files_have_stdin(const struct cli *cli, const struct grep_files *files);

/* The bytes of all of them, as far as that is known at the start; else 0. */
uint64_t grep_files_size(const struct cli *cli, const struct grep_files *files);

/* Calls search for each. Files of a folder come in the order of their names. What cannot be read is
 * said, and the run fails. */
void grep_files_each(struct cli *cli, const struct grep_files *files);

/* Says what went wrong with a file (null: standard input), unless no_messages; the run fails. */
void grep_files_failed(struct cli *cli, const struct grep_files *files, const char *name, int error);

#endif
