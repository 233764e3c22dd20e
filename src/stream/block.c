/* block.c: the text that is made of a block, and its lines. */
#include <config.h>

#include "blocks.h"

#include <stdlib.h>
#include <string.h>

char *block_room(struct block_out *out, size_t n)
{
	if (!out->s || n > out->cap - out->n) {
		size_t cap = 2 * out->cap > out->n + n ? 2 * out->cap : out->n + n + 64;
		char *s = realloc(out->s, cap);

		if (!s)
			return NULL;
		out->s = s;
		out->cap = cap;
	}
	return out->s + out->n;
}

bool block_put(struct block_out *out, const char *s, size_t n)
{
	char *room = block_room(out, n);

	if (!room)
		return false;
	memcpy(room, s, n);
	out->n += n;
	return true;
}

uint64_t block_lines(const char *s, size_t n)
{
	/* Of 16 bytes: what is wider gcc takes apart, byte by byte, where the machine has less. */
	typedef unsigned char bytes __attribute__((vector_size(16)));
	enum { SOME = 4 };
	uint64_t lines = 0;
	size_t i = 0;

	/* No byte counts farther than 255. */
	while (n - i >= SOME * sizeof(bytes)) {
		bytes sum = { 0 };

		for (unsigned turn = 0; turn < 255 / SOME && n - i >= SOME * sizeof(bytes);
			turn++) {
#pragma GCC unroll 4
			for (unsigned j = 0; j < SOME; j++, i += sizeof(bytes)) {
				bytes some;

				memcpy(&some, s + i, sizeof(some));
				sum -= (bytes)(some == '\n');
			}
		}
		for (unsigned j = 0; j < sizeof(sum); j++)
			lines += sum[j];
	}
	for (; i < n; i++)
		lines += s[i] == '\n';
	return lines + (n > 0 && s[n - 1] != '\n');
}
