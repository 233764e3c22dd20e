/* whole.c: read(2) until there is no more. */
#include <config.h>

#include "whole.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"

/* What is needed for a file whose size is known: that, and a byte to see its end. */
static size_t first_cap(int fd, size_t most)
{
	enum { PIPE_CAP = 64 * 1024 };
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size <= 0)
		return PIPE_CAP;
	return (uintmax_t)st.st_size < most ? (size_t)st.st_size + 1 : most;
}

static int more(char **s, size_t *cap, size_t wanted)
{
	char *bigger = realloc(*s, wanted);

	if (!bigger)
		return -ENOMEM;
	*s = bigger;
	*cap = wanted;
	return 0;
}

int whole_read(int fd, size_t most, char **s, size_t *n)
{
	char *buf = NULL;
	size_t have = 0, cap = 0;
	ssize_t got = 1;
	int e = more(&buf, &cap, first_cap(fd, most));

	while (e == 0 && got > 0) {
		if (have == cap)
			e = more(&buf, &cap, 2 * cap);
		got = e ? 0 : read(fd, buf + have, cap - have);
		if (got < 0 && stream_again(fd, POLLIN))
			got = 1;
		else if (got < 0)
			e = -errno;
		else
			have += (size_t)got;
		if (have > most)
			e = -EFBIG;
	}
	if (e) {
		free(buf);
		return e;
	}
	*s = buf;
	*n = have;
	return 0;
}
