/* replay.c: runs a fuzz target over every file of its corpus, REPLAY_CORPUS below the source
 * tree. */
#include <config.h>

#include <dirent.h>
#include <string.h>

#include "fuzz.h"

/* Reads a whole file into memory of its own; null when it cannot. */
static uint8_t *read_file(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = NULL, *grown;
	size_t cap = 0, got;

	*n = 0;
	while (f) {
		if (*n == cap) {
			cap = cap ? 2 * cap : 4096;
			grown = realloc(data, cap);
			if (!grown)
				break;
			data = grown;
		}
		got = fread(data + *n, 1, cap - *n, f);
		*n += got;
		if (got == 0)
			break;
	}
	if (f)
		fclose(f);
	return data;
}

int main(void)
{
	const char *srcdir = getenv("srcdir");
	char folder[4096], path[8192];
	struct dirent *entry;
	unsigned count = 0;
	DIR *dir;

	snprintf(folder, sizeof(folder), "%s/%s", srcdir ? srcdir : ".", REPLAY_CORPUS);
	dir = opendir(folder);
	if (!dir) {
		printf("1..0\nBail out! cannot open %s\n", folder);
		return 1;
	}
	while ((entry = readdir(dir))) {
		size_t n;
		uint8_t *data;

		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		data = read_file(path, &n);
		/* A crash ends the program here, its name being the last one said. */
		printf("# %s\n", entry->d_name);
		fflush(stdout);
		if (!data)
			printf("not ");
		else
			LLVMFuzzerTestOneInput(data, n);
		printf("ok %u - %s\n", ++count, entry->d_name);
		free(data);
	}
	closedir(dir);
	printf("1..%u\n", count);
	return count == 0;
}
