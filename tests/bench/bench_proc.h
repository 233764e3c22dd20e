/* bench_proc.h: whole processes, run and measured. */
#ifndef V6KIT_TESTS_BENCH_PROC_H
#define V6KIT_TESTS_BENCH_PROC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PROC_STAGES = 3, PROC_WORDS = 24, PROC_TEXT_MAX = 512 };

/* A command: one process, or several with a pipe between one and the next. */
struct proc {
	char text[PROC_TEXT_MAX];
	struct proc_stage {
		char *setting; /* NAME=VALUE for its environment, or null */
		const char *path;
		char *argv[PROC_WORDS + 1];
	} stage[PROC_STAGES];
	unsigned stages;
	const char *input; /* the first one's standard input, or null: nothing */
};

/* Reads a command from "[NAME=VALUE] PROGRAM [ARGUMENT...] [| ...] [< FILE]", with blanks between all
 * words; no shell is involved. Returns null, or the program that is not installed. */
const char *proc_read(struct proc *proc, const char *text);

/* Where a program is: v6kit is that of V6KIT, a peer that of its own variable where it has one, and
 * everything else is looked for in PATH. Null when it is nowhere. */
const char *proc_path(const char *program);

struct usage {
	double wall, cpu; /* seconds; cpu is the user's and the system's, of all stages */
	long rss_kib;     /* the most that the last stage had in memory */
	int status;       /* of the last stage; -1 when killed by a signal */
	uint64_t bytes;   /* that came out, when counted */
};

enum proc_output { PROC_DISCARD, PROC_COUNT, PROC_FILE };

/* Runs it `times` times, one after the other; times are those of all together, divided by `times`.
 * The output goes to /dev/null, to a pipe that is read and counted, or to the file `name`. */
void proc_run(const struct proc *proc, enum proc_output output, const char *name, unsigned times,
	struct usage *usage);

/* The beginning of what a command prints, with its messages or without; nothing when it is not
 * installed. */
void proc_text(const char *text, bool messages, char *buf, size_t cap);

#endif
