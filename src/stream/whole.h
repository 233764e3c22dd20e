/* whole.h: a file or pipe as one piece of memory. */
#ifndef V6KIT_STREAM_WHOLE_H
#define V6KIT_STREAM_WHOLE_H

#include <stddef.h>

/* Reads fd, which stays the caller's, to its end: at most `most` bytes, in *s, which the caller
 * frees, and *n. 0, or -errno: -EFBIG when there are more. Not by mmap(2), whose bytes change, or
 * end in SIGBUS, when somebody else writes the file meanwhile. */
int whole_read(int fd, size_t most, char **s, size_t *n);

#endif
