/* opt.h: option tables. A table binds letter, name, variable, placeholder and help; parsing, help
 * and completion are made from it. Options are never abbreviated. */
#ifndef V6KIT_CLI_OPT_H
#define V6KIT_CLI_OPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum opt_kind {
	OPT_FLAG,   /* bool */
	OPT_ONE,    /* unsigned: its letter; of several options with one variable the last one counts */
	OPT_TEXT,   /* const char * */
	OPT_FILE,   /* const char *: completed as a file name */
	OPT_NUMBER, /* struct opt_number */
	OPT_CHOICE, /* unsigned: the place of the value in choices, from 1; 0: not given */
	OPT_SOME,   /* uint32_t: bit i for the choice i, from 0; a comma list, may be repeated */
	OPT_OPERAND,     /* no variable: the value is an operand, see struct opt_operands */
	OPT_OPERAND_FILE /* the same; completed as a file name */
};

struct opt_number {
	uint64_t value;
	bool given;
};

struct opt {
	char letter; /* 0: none */
	const char *name;
	const char *arg; /* placeholder of the value; null for a flag; "[WORD]": only --name=WORD
			    gives one, else it is the first choice */
	enum opt_kind kind;
	size_t at;                  /* of the variable, in the structure that the table is for */
	unsigned group;             /* of a common option: the bit that a command takes it by */
	const char *const *choices; /* ended by null; of OPT_SOME at most 32 */
	const char *help;
};

struct cli;

/* Reads a decimal number without sign or leading zero; false for anything else. */
bool opt_number(const char *text, struct opt_number *out);

/* The operands of a command line, in order; of[i] is the option that operand i was the value of, or
 * null. Both arrays have room for all of argv. */
struct opt_operands {
	char **text;
	const struct opt **of;
	int n;
};

/* Reads argv[0..argc) against two tables, each ended by an entry without a name: the command's own,
 * into own, and of the common ones those whose group is in groups, into common. Adds the operands
 * to *operands. Returns 0, or 2 after a message. */
int opt_parse(struct cli *cli, const struct opt *table, void *own, const struct opt *common_table,
	unsigned groups, void *common, int argc, char **argv, struct opt_operands *operands);

/* The letter of an option, of a common one too, beside the command's own table: 0 where that has
 * given the letter to another. */
char opt_letter(const struct opt *own, const struct opt *o);

/* Whether the value may be left out. */
bool opt_is_optional(const struct opt *o);

#endif
