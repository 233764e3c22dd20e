/* share.h: the lines of an input, shared between threads, though each is written as if there were one.
 *
 * A thread works on a block of lines with a copy of the run's struct cli that nobody else has. What it
 * prints there, and what it says of bad input, is kept with the block, and appears when the block's
 * turn comes. */
#ifndef V6KIT_CLI_SHARE_H
#define V6KIT_CLI_SHARE_H

#include <stdbool.h>
#include <stddef.h>

struct cli;
struct item;
struct item_job;

/* Calls job->each for every line of a file that is open as fd. 0, or an error for diag_errno,
 * negative. */
int share_lines(struct cli *cli, const char *file, int fd, const struct item_job *job, void *to);

/* What common.c does with such a copy: a cli whose share is not null. share_bad is item_bad. */
void share_put(struct cli *cli, const char *s, size_t n);
int share_bad(struct cli *cli, const struct item *item, size_t off, size_t len, const char *text);

/* For item_job.many: room for n more bytes of output, null when memory is out (and the run fails);
 * that n of them were written; and whether this is enough for now. */
char *share_room(struct cli *cli, size_t n);
void share_wrote(struct cli *cli, size_t n);
bool share_full(const struct cli *cli);

#endif
