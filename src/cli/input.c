/* input.c: the engine, as the command line wants it. */
#include <config.h>

#include "input.h"

#include <stdlib.h>

#include <sys/stat.h>
#include <unistd.h>

#include "common.h"

/* V6KIT_BLOCK=BYTES, for tests: so small blocks that their borders are everywhere. */
static size_t block_size(void)
{
	const char *text = getenv("V6KIT_BLOCK");
	struct opt_number n;

	return text && opt_number(text, &n) ? (size_t)n.value : 0;
}

int input_open(struct cli *cli, struct input *in, const struct blocks_job *job, void *to,
	unsigned threads, uint64_t expected)
{
	struct blocks_options options = { .threads = threads ? threads :
							       (unsigned)cli->common.threads.value,
		.block = block_size() };

	if (progress_wanted(cli)) {
		progress_start(&in->progress, cli, expected);
		cli->progress = &in->progress;
		options.progress = progress_bytes;
		options.progress_to = &in->progress;
		if (isatty(cli->out)) {
			cli->sink.before = progress_hide;
			cli->sink.before_to = &in->progress;
		}
	}
	in->blocks = blocks_new(job, to, &options);
	if (in->blocks)
		return 0;
	input_close(cli, in);
	no_memory(cli);
	return STATUS_BAD;
}

uint64_t input_size(int fd)
{
	off_t at = lseek(fd, 0, SEEK_CUR);
	struct stat st;

	return at >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > at ?
		(uint64_t)(st.st_size - at) :
		0;
}

int input_run(struct input *in, int fd)
{
	int after = blocks_run(in->blocks, fd);

	in->progress.before += blocks_bytes(in->blocks);
	return after;
}

void input_close(struct cli *cli, struct input *in)
{
	progress_hide(cli->progress);
	cli->progress = NULL;
	cli->sink.before = NULL;
	blocks_free(in->blocks);
}
