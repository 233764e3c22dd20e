/* cli.h: a run of the command line, and the table of commands. */
#ifndef V6KIT_CLI_H
#define V6KIT_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../out/record.h"
#include "../stream/sink.h"
#include "opt.h"

/* Exit status. CLOSED_PIPE never leaves main(): it dies of SIGPIPE, as the reader expects. */
enum { STATUS_YES = 0, STATUS_NO = 1, STATUS_BAD = 2, STATUS_CLOSED_PIPE = 141 };

/* The common options that a command takes. */
enum common_group {
	COMMON_FAMILY = 1,      /* -4 -6 */
	COMMON_RECORD = 2,      /* -j --csv -F -0 */
	COMMON_QUIET = 4,       /* -q */
	COMMON_OUTPUT = 8,      /* --output --line-buffered */
	COMMON_ERROR = 16,      /* --on-error */
	COMMON_MASK = 32,       /* --mask */
	COMMON_NETMASK = 64,    /* --netmask */
	COMMON_FILE = 128,      /* -f: the addresses */
	COMMON_VERIFY = 256,    /* --no-verify */
	COMMON_HELP = 512,      /* --help: every command */
	COMMON_SET_FILE = 1024, /* -f: the set */
	COMMON_MATCH = 2048,    /* -j --csv --format: of records, where letters are GNU grep's */
	COMMON_STREAM = 4096    /* --threads --no-progress */
};

enum on_error { ON_ERROR_DEFAULT, ON_ERROR_STOP, ON_ERROR_SKIP, ON_ERROR_KEEP };

struct common {
	bool ipv4, ipv6, json, csv, nul, quiet, line_buffered, mask, netmask, no_verify,
		no_progress, help;
	const char *template, *output, *file;
	unsigned on_error; /* enum on_error */
	struct opt_number threads;
};

struct cli;
struct progress;
struct share;

struct command {
	const char *name, *summary;
	bool files;           /* its operands are names of files, as completion has to know */
	const char *operands; /* as in "v6kit NAME [OPTION...] OPERANDS" */
	/* Further lines of help, ended by null; or null. */
	const char *const *notes;
	const struct opt *options; /* its own, ended by an entry without a name; or null */
	unsigned common;           /* enum common_group */
	/* Of its records, "input" first, "error" last, ended by null; null: it has none. */
	const char *const *fields;
	const char *text; /* its records as text: a template; null: "name: value" lines */
	/* A group's commands, ended by null; then there is no run. */
	const struct command *const *commands;
	int (*run)(struct cli *cli, const void *options);
};

/* The largest structure of a command's own options. */
enum { OPTIONS_MAX = 128 };

/* The table of commands, ended by null. */
extern const struct command *const commands[];
extern const struct opt common_options[];

/* One run: nothing outlives it, nothing is shared with another. */
struct cli {
	int in, out, err; /* descriptors */
	const struct command *command;
	char name[32]; /* "norm", "sendmail key" */
	struct common common;
	int operands;
	char **operand;
	const struct opt *const *operand_of; /* the options that they are values of, or null */
	struct sink sink;
	struct out record;
	struct progress *progress; /* null: none is shown */
	uint64_t bad;              /* inputs that were refused */
	unsigned verified;         /* operands that had their second opinion */
	bool failed;               /* said so, and the run ends in STATUS_BAD */
	bool stopped;              /* by a bad input, with --on-error=stop, or without memory */
	bool hash_is_text;         /* in lines: there "#" starts no comment */
	char *room;                /* of cli_room */
	struct share *share;       /* of a copy that one block is worked on with; else null */
	size_t room_n;
};

/* Runs argv[1..argc) with these descriptors; returns the status. */
int cli_main(int argc, char **argv, int in, int out, int err);

#endif
