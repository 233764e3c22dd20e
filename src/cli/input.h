/* input.h: a command's files on the engine of ../stream/blocks.h, with --threads and progress. */
#ifndef V6KIT_CLI_INPUT_H
#define V6KIT_CLI_INPUT_H

#include "../stream/blocks.h"
#include "cli.h"
#include "progress.h"

struct input {
	struct blocks *blocks;
	struct progress progress;
};

/* Readies a job for a run's inputs. expected: the bytes of all of them, for the progress; 0: not
 * known. threads: the most there may be; 0: as --threads says, else as the engine likes. 0, or 2 after
 * a message. */
int input_open(struct cli *cli, struct input *in, const struct blocks_job *job, void *to,
	unsigned threads, uint64_t expected);

/* The bytes from the offset of fd to its end where it is a file; else 0. */
uint64_t input_size(int fd);

/* blocks_run, for one input after the other. */
int input_run(struct input *in, int fd);

void input_close(struct cli *cli, struct input *in);

#endif
