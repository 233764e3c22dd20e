/* chunk.h: the next whole lines of a descriptor. */
#ifndef V6KIT_STREAM_CHUNK_H
#define V6KIT_STREAM_CHUNK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The longest line, its newline not counted (SPEC section 8). */
#define LINE_MAX_BYTES ((size_t)1 << 20)

/* Bytes around a chunk that can be read, so that vector code need not look for its ends. */
enum { BLOCK_BEFORE = 64, BLOCK_AFTER = 128 };

/* Some whole lines; or a piece of a line that is too long, without its newline. */
struct chunk {
	char *s;
	size_t n, cap;
	uint64_t at; /* offset of s from where reading began */
	bool piece;
	bool first, last; /* of a piece: whether the line begins and ends with it */
};

/* Makes a chunk of at least cap bytes, its content kept. False when memory is out. */
bool chunk_grow(struct chunk *c, size_t cap);
void chunk_free(struct chunk *c);

/* A descriptor that is read from its offset on. */
struct feed {
	int fd;
	size_t most; /* bytes of one read, at most LINE_MAX_BYTES */
	uint64_t at; /* offset of what the next chunk begins with */
	char *rest;  /* what was read behind the end of the last chunk */
	size_t rest_n;
	bool eof;
	bool inside; /* a line that is too long */
};

enum { FEED_END = 0, FEED_CHUNK = 1, FEED_FULL = 2 };

/* False when memory is out. */
bool feed_open(struct feed *f, int fd, size_t most);
void feed_close(struct feed *f);

/* Fills an empty chunk: FEED_CHUNK, FEED_END, or the negative errno of a failed read. FEED_FULL: its
 * line needs a chunk of feed_need() bytes; call again with that, grown from this one. */
int feed_next(struct feed *f, struct chunk *c);
size_t feed_need(const struct feed *f);

#endif
