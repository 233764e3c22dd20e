/* chunk.c: memory for lines. */
#include <config.h>

#include "chunk.h"

#include <stdlib.h>
#include <string.h>

/* Behind a section of a file its last line goes on: mostly not farther than this. */
enum { LINE_USUAL = 4096 };

bool chunk_grow(struct chunk *c, size_t cap)
{
	char *mem;

	if (cap == c->cap)
		return true;
	mem = malloc(BLOCK_BEFORE + cap + BLOCK_AFTER);
	if (!mem)
		return false;
	memset(mem, 0, BLOCK_BEFORE);
	if (c->buf) {
		memcpy(mem + BLOCK_BEFORE, c->buf, cap < c->cap ? cap : c->cap);
		free(c->buf - BLOCK_BEFORE);
	}
	c->buf = mem + BLOCK_BEFORE;
	c->cap = cap;
	return true;
}

void chunk_free(struct chunk *c)
{
	if (c->buf)
		free(c->buf - BLOCK_BEFORE);
	*c = (struct chunk){ .buf = NULL };
}

size_t chunk_usual(size_t size)
{
	return 1 + size + (size < LINE_USUAL ? size : LINE_USUAL);
}

size_t chunk_most(size_t size)
{
	return 1 + LINE_MAX_BYTES + 2 * size;
}
