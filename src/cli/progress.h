/* progress.h: how far long work has come, on standard error when that is a terminal. */
#ifndef V6KIT_CLI_PROGRESS_H
#define V6KIT_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct cli;

struct progress {
	const struct cli *cli;
	uint64_t before;      /* bytes of the inputs that are done */
	uint64_t expected;    /* bytes of all inputs; 0: nobody knows */
	uint64_t start, last; /* monotonic, in milliseconds */
	bool shown;
};

/* Whether this run shows progress: standard error is a terminal, and neither --no-progress nor -q
 * is given. */
bool progress_wanted(const struct cli *cli);

/* Starts the clock. */
void progress_start(struct progress *p, const struct cli *cli, uint64_t expected);

/* So many bytes of the present input are done: shows that from the second second on, now and then. */
void progress_bytes(void *progress, uint64_t bytes);

/* Takes the line away, before something else is written to the terminal. */
void progress_hide(void *progress);

#endif
