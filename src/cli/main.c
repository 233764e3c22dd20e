/* main.c: the process around a run of the command line. */
#include <config.h>

#include <signal.h>

#include <unistd.h>

#include "cli.h"

int main(int argc, char **argv)
{
	int status = cli_main(argc, argv, STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO);

	/* The reader is gone. Where SIGPIPE was ignored write(2) said so; end as if it had not
	 * been. */
	if (status == STATUS_CLOSED_PIPE) {
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	return status;
}
