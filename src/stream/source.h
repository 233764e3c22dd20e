/* source.h: the text of a stream that may be compressed by gzip, xz or zstd, which its first bytes tell. */
#ifndef V6KIT_STREAM_SOURCE_H
#define V6KIT_STREAM_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include <sys/types.h>

enum source_kind { SOURCE_PLAIN, SOURCE_GZIP, SOURCE_XZ, SOURCE_ZSTD };

/* So many bytes tell. */
enum { SOURCE_MAGIC = 6 };

/* What a stream that begins with s[0..n) is. */
enum source_kind source_kind(const char *s, size_t n);

struct source;

/* Reads through read(from, ...), which gives bytes, 0 at the end, or a negative error. Null when memory is
 * out. */
struct source *source_new(ssize_t (*read)(void *from, char *buf, size_t n), void *from);
void source_free(struct source *s);

/* Up to n bytes of text: 0 at the end, or a negative error for stream_error. Data that is corrupt, ends too
 * early, or wants more than 256 MiB of memory to be read is an error, as is what this program was
 * built without. Members that follow each other are one text. */
ssize_t source_read(struct source *s, char *buf, size_t n);

/* The libraries, "zlib 1.2.13, liblzma 5.4.1", or that there are none. */
const char *source_name(void);

#endif
