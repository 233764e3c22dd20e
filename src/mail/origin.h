/* origin.h: text that was put together from other text, and remembers of every byte where the user
 * wrote it. A macro's body was written in one place and used in another: messages point to the use,
 * where the line that fails stands, and fixes change what was written. */
#ifndef V6KIT_MAIL_ORIGIN_H
#define V6KIT_MAIL_ORIGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of a byte that nobody wrote. */
#define ORIGIN_NONE UINT32_MAX

/* Stands for text that could not be expanded; see ORIGIN_NONE for its place. */
#define ORIGIN_UNKNOWN '\0'

struct origin {
	uint32_t written, used; /* places */
};

struct text {
	char *s;
	struct origin *at;
	size_t n, cap;
};

/* Adds a byte, or bytes that stand at consecutive places; false without memory. */
bool text_add(struct text *t, char c, struct origin at);
bool text_add_written(struct text *t, const char *s, size_t n, uint32_t at);

/* Adds bytes of another text, all of them used at `used`; ORIGIN_NONE: each where it was. */
bool text_add_text(struct text *t, const struct text *from, size_t off, size_t n, uint32_t used);

/* Adds words of our own, used at `used`. */
bool text_add_own(struct text *t, const char *s, uint32_t used);

void text_free(struct text *t);

/* True when the bytes off to off + n stand next to each other where they were written. */
bool text_is_whole(const struct text *t, size_t off, size_t n);

#endif
