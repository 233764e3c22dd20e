/* path.c: names of files. */
#include "path.h"

#include <stdlib.h>
#include <string.h>

size_t path_folder(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

char *path_beside(const char *path, const char *name)
{
	size_t folder = name[0] == '/' ? 0 : path_folder(path), n = strlen(name);
	char *joined = malloc(folder + n + 1);

	if (joined) {
		memcpy(joined, path, folder);
		memcpy(joined + folder, name, n + 1);
	}
	return joined;
}
