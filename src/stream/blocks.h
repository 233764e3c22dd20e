/* blocks.h: a file or pipe as blocks of whole lines, for one thread or several, in constant memory.
 *
 * A command on it is a function from a block of lines to text, `work`, which runs on any thread, on
 * many blocks at once; and a function, `emit`, that is called for one block after the other, in the
 * order of the input, when the block's text and what work made of it are still there. So work finds,
 * and emit counts, numbers and writes:
 *
 *	static int work(void *to, const struct block *b, struct block_out *out)
 *	{
 *		return block_put(out, b->s, b->n) ? 0 : -ENOMEM;
 *	}
 *	static int emit(void *to, const struct block *b, struct block_out *out)
 *	{
 *		sink_write(to, out->s, out->n);
 *		return BLOCKS_GO_ON;
 *	}
 *	struct blocks *blocks = blocks_new(&(struct blocks_job){ .work = work, .emit = emit }, sink, NULL);
 *	int e = blocks_run(blocks, fd);
 *
 * Small inputs start no thread. Blocks hold what a read gave, so that behind a slow pipe no complete line
 * waits for the next one. Nothing is mapped: a file that is truncated meanwhile ends early. */
#ifndef V6KIT_STREAM_BLOCKS_H
#define V6KIT_STREAM_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "chunk.h"

/* Some whole lines. The last one may lack its newline at the end of the input. BLOCK_BEFORE bytes in
 * front of s and BLOCK_AFTER behind its end can be read, whatever they hold. */
struct block {
	const char *s;
	size_t n;    /* at least 1 */
	uint64_t at; /* offset of s from where reading began */
	uint64_t
		number; /* in emit and long_line: of the first line, from 1, by the counts of out->lines */
};

/* What work makes of a block. */
struct block_out {
	char *s; /* text, which starts empty: see block_put */
	size_t n, cap;
	/* How many bytes of the block, whole lines, this is about: all of them unless work sets
	 * less because its output is large enough. It is called again for the rest, after emit. */
	size_t used;
	size_t most;    /* so much text is enough for one go */
	uint64_t lines; /* how many lines that is, for a job that looks at block.number */
	void *own;      /* of own_new: stays with one block until its emit has returned */
};

/* Room for n more bytes behind s + n of the text, or null when memory is out. */
char *block_room(struct block_out *out, size_t n);

/* Appends; false when memory is out. */
bool block_put(struct block_out *out, const char *s, size_t n);

/* The number of lines in a text; a last one without a newline counts. */
uint64_t block_lines(const char *s, size_t n);

enum { BLOCKS_GO_ON = 0, BLOCKS_STOP = 1 };

/* A job. `to` is the command's; work must not write to it. */
struct blocks_job {
	/* Optional: what is needed once for each block that is worked on at a time; null: no
	 * memory. */
	void *(*own_new)(void *to);
	void (*own_free)(void *own);
	/* Optional: emit may do it all. 0, or a negative errno, which ends the run when the block's turn comes. */
	int (*work)(void *to, const struct block *b, struct block_out *out);
	/* BLOCKS_GO_ON, or BLOCKS_STOP, which ends the run: nothing is emitted after it. b->n is
	 * out->used. */
	int (*emit)(void *to, const struct block *b, struct block_out *out);
	/* A line of more than LINE_MAX_BYTES, in its turn, piece by piece, without the newline; a
	 * piece may be empty. Null: such lines are passed over. */
	int (*long_line)(void *to, const struct block *piece, bool first, bool last);
	/* Work takes hardly longer than reading: behind a pipe a core is left to who writes to it. */
	bool light;
	/* What gzip, xz or zstd has compressed is read as the text that it holds; offsets are then
	 * those of the text. */
	bool inflate;
};

struct blocks_options {
	unsigned threads; /* at most so many; 0: as many as there are cores, up to 16 */
	size_t block;     /* for tests: bytes read at a time, and threads for inputs of any size */
	/* Optional: called like emit, with the number of bytes that are done. */
	void (*progress)(void *to, uint64_t bytes);
	void *progress_to;
};

struct blocks;

/* A runner for any number of inputs, one after the other, which keeps its buffers meanwhile. job and
 * to must outlive it; options may be null. Null when memory is out. */
struct blocks *blocks_new(const struct blocks_job *job, void *to,
	const struct blocks_options *options);

/* Reads fd, which stays the caller's, from its offset to its end, and leaves the offset there.
 * BLOCKS_GO_ON at the end of the input; BLOCKS_STOP when emit or long_line said so: the offset is
 * somewhere behind that block; or an error for stream_error: of a read, of work, or -ENOMEM. Whatever
 * came before it has been emitted. A file that grows is read to the end that is found; one that has
 * become shorter than it was at the start is -STREAM_ESHORTER at its new end. */
int blocks_run(struct blocks *b, int fd);

/* How many bytes of the last run's input have been emitted, or passed over behind that. */
uint64_t blocks_bytes(const struct blocks *b);

void blocks_free(struct blocks *b);

#endif
