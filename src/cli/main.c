/* main.c: the process around a run of the command line. */
#include <config.h>

#include <signal.h>

#include <fcntl.h>
#include <unistd.h>

#include "cli.h"

/* A standard descriptor that is closed stays of no use, and no file that is opened later takes its place: an
 * input as standard output, or an output into which messages go. */
static void keep_closed(int fd)
{
	/* Those below are open, so that this is the first that is free. */
	if (fcntl(fd, F_GETFD) < 0)
		(void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv)
{
	int status;

	keep_closed(STDIN_FILENO);
	keep_closed(STDOUT_FILENO);
	keep_closed(STDERR_FILENO);
	status = cli_main(argc, argv, STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO);
	/* The reader is gone. Where SIGPIPE was ignored write(2) said so; end as if it had not
	 * been. */
	if (status == STATUS_CLOSED_PIPE) {
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	return status;
}
