/* diag.h: what the command says on standard error, and only there. */
#ifndef V6KIT_CLI_DIAG_H
#define V6KIT_CLI_DIAG_H

#include <stddef.h>
#include <stdint.h>

struct cli;

/* Where a text stands: in line `number` of a file ("-": standard input), in the value of the option
 * "file" where number is 0, or, file being null, in operand `number`; its first byte is in the column
 * col, from 1. */
struct place {
	const char *file;
	uint64_t number;
	size_t col;
};

/* A message under construction; what does not fit is cut off. */
struct message {
	char text[4096];
	size_t n;
};

/* "v6kit: COMMAND: " */
void diag_start(struct message *m, const struct cli *cli);

/* "v6kit: PLACE: ", off bytes into the text there. */
void diag_start_at(struct message *m, const struct place *place, size_t off);

/* "v6kit: FILE: " */
void diag_start_file(struct message *m, const char *name);

void message_text(struct message *m, const char *text);
void message_number(struct message *m, uint64_t number);

/* Bytes of the user's: what is not printable ASCII is shown as \xNN. */
void message_bytes(struct message *m, const char *s, size_t n);

/* The text as a line of its own, and a caret under the bytes off to off + len. */
void message_caret(struct message *m, const char *s, size_t n, size_t off, size_t len);

/* Writes the message as it is. */
void diag_write(const struct message *m, const struct cli *cli);

/* Writes the message with a newline and returns 2. */
int diag_end(struct message *m, const struct cli *cli);

/* All of that for the usual cases; each returns 2. */
int diag_say(const struct cli *cli, const char *text);
int diag_usage(const struct cli *cli, const char *before, const char *s, size_t n,
	const char *after);
int diag_file(const struct cli *cli, const char *name, const char *text);
int diag_errno(const struct cli *cli, const char *what, int error); /* or that of a stream */
int diag_at(const struct cli *cli, const struct place *place, const char *s, size_t n, size_t off,
	size_t len, const char *text);

#endif
