/* bench_rounds.h: functions measured in turns within one process. Every round runs every job once, so
 * that a machine that changes its pace does so for all of them; what is printed are medians. */
#ifndef V6KIT_TESTS_BENCH_ROUNDS_H
#define V6KIT_TESTS_BENCH_ROUNDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum kind {
	OURS, /* a function of v6kit's */
	FASTER, /* what the one before it is compared with: it takes `goal` times as long, or longer */
	A_SECOND_M /* of ours alone: millions of calls a second; the function is null */
};

struct job {
	const char *name;
	uint64_t (*run)(void);
	enum kind kind;
	double goal; /* 0: none */
};

enum { ROUNDS_MAX = 999, ROUNDS_JOBS = 40 };

/* A number of rounds, or 0 when it is none. */
unsigned rounds_read(const char *text);

/* Takes the tier of V6KIT_SIMD; false after a message when the machine has none of that name. */
bool rounds_choose_simd(void);

/* Measures the jobs, each of which does `calls` calls when it runs, and prints them as rows of a
 * table; false when a goal is missed. */
bool rounds_run(const struct job *jobs, size_t n, unsigned rounds, unsigned calls);

#endif
