/* chunk.h: a piece of memory with some whole lines in it, and the two ways to fill it: with what comes next
 * (a feed), or with what stands in one section of a file (a section), which threads can do beside each other.
 * Neither knows of threads. */
#ifndef V6KIT_STREAM_CHUNK_H
#define V6KIT_STREAM_CHUNK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sys/types.h>

/* The longest line, its newline not counted (SPEC section 8). */
#define LINE_MAX_BYTES ((size_t)1 << 20)

/* Bytes around a chunk that can be read, so that vector code need not look for its ends. */
enum { BLOCK_BEFORE = 64, BLOCK_AFTER = 128 };

/* Some whole lines; or a piece of a line that is too long, without its newline. */
struct chunk {
	char *s; /* in buf */
	size_t n;
	uint64_t at; /* offset of s from where reading began */
	bool piece;
	bool first, last; /* of a piece: whether the line begins and ends with it */
	char *buf;
	size_t cap;
};

/* What the two ways to fill a chunk return, or the negative errno of a failed read. CHUNK_FULL: a line
 * does not fit; call again with the chunk grown, its content kept, to chunk_most. */
enum { CHUNK_END = 0, CHUNK_LINES = 1, CHUNK_FULL = 2 };

/* Gives a chunk cap bytes. False when memory is out. */
bool chunk_grow(struct chunk *c, size_t cap);
void chunk_free(struct chunk *c);

/* The size that serves nearly always, and the one that always does, for reads of so many bytes. */
size_t chunk_usual(size_t size);
size_t chunk_most(size_t size);

/* A descriptor that is read from its offset on. */
struct feed {
	int fd;
	struct source *source; /* of what may be compressed; else null */
	int wake; /* a descriptor that can be read when waiting shall end with -ECANCELED; or -1 */
	size_t size; /* of a read: at most LINE_MAX_BYTES */
	uint64_t at; /* offset of what the next chunk begins with */
	char *rest;  /* what was read behind the end of the last chunk */
	size_t rest_n;
	bool eof;
	bool inside; /* a line that is too long */
};

/* False when memory is out. */
bool feed_open(struct feed *f, int fd, size_t size);
void feed_close(struct feed *f);

/* read(2) of a feed's descriptor: how many bytes, or a negative errno. For its source. */
ssize_t feed_read(void *feed, char *buf, size_t n);

/* The next chunk. Complete lines are never held back for more. CHUNK_END at the end of the input. */
int feed_next(struct feed *f, struct chunk *c);

/* The lines of a regular file that start in [from, to): offsets from base, where reading began. */
struct section {
	int fd;
	uint64_t base, from, to;
	size_t size;  /* of a read: at most LINE_MAX_BYTES, and to - from */
	uint64_t at;  /* offset of the chunk's buffer */
	size_t n;     /* bytes in it */
	size_t begin; /* of them before the next line */
	bool started, eof;
	bool inside; /* a line that is too long */
	bool more;   /* call again for the rest of the section, which is such a line */
	bool ended;  /* the file ends in this section, at at + n */
};

void section_open(struct section *p, int fd, uint64_t base, uint64_t from, size_t size);

/* Fills the chunk; CHUNK_END: there is no line in this section. */
int section_next(struct section *p, struct chunk *c);

#endif
