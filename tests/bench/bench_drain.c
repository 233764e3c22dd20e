/* bench_drain.c: reads standard input and does nothing with it, as fast as a pipe can be read: a mebibyte
 * wide, 64 KiB at a time, into memory that begins with a page. Nothing that reads a pipe takes less. */
#include <config.h>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { PIPE_SIZE = 1024 * 1024, READ_SIZE = 64 * 1024, PAGE = 4096 };

int main(void)
{
	char *room = aligned_alloc(PAGE, READ_SIZE);
	ssize_t n = 1;

#ifdef F_SETPIPE_SZ
	fcntl(STDIN_FILENO, F_SETPIPE_SZ, PIPE_SIZE);
#endif
	while (room && n > 0)
		n = read(STDIN_FILENO, room, READ_SIZE);
	free(room);
	return n != 0;
}
