/* path.h: names of files. */
#ifndef V6KIT_STREAM_PATH_H
#define V6KIT_STREAM_PATH_H

#include <stddef.h>

/* The folder part of path with its slash, or nothing: its length. */
size_t path_folder(const char *path);

/* The folder of path followed by name, or name alone when it is absolute: the caller frees it. Null
 * when out of memory. */
char *path_beside(const char *path, const char *name);

#endif
