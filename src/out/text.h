/* text.h: bytes of a user's inside text that others read: JSON strings, and terminals. */
#ifndef V6KIT_OUT_TEXT_H
#define V6KIT_OUT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

typedef void out_write(void *to, const char *s, size_t n);

/* The length of the valid UTF-8 sequence at s (RFC 3629: no surrogates, no overlong forms, nothing
 * past U+10FFFF), 0 when there is none. */
size_t out_utf8_length(const char *s, size_t n);

/* Writes a JSON string, quotes included (RFC 8259 section 7). A byte that is not UTF-8 becomes
 * U+FFFD; returns false then. */
bool out_json_string(out_write *write, void *to, const char *s, size_t n);

/* Writes printable ASCII as it is, any other byte as \xNN. */
void out_escaped(out_write *write, void *to, const char *s, size_t n);

/* How many columns that takes. */
size_t out_escaped_columns(const char *s, size_t n);

#endif
