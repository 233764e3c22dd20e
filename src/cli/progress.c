/* progress.c: one line that is written over again and again. */
#include <config.h>

#include "progress.h"

#include <time.h>
#include <unistd.h>

#include "cli.h"
#include "diag.h"

/* In milliseconds: short work shows nothing; a reader's eye is not faster than this. */
enum { FIRST_AFTER = 1000, AGAIN_AFTER = 250 };

bool progress_wanted(const struct cli *cli)
{
	return !cli->common.no_progress && !cli->common.quiet && isatty(cli->err);
}

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

void progress_start(struct progress *p, const struct cli *cli, uint64_t expected)
{
	*p = (struct progress){ .cli = cli, .expected = expected, .start = now() };
	p->last = p->start + FIRST_AFTER - AGAIN_AFTER;
}

/* "1.2 GiB" */
static void add_size(struct message *m, uint64_t bytes)
{
	static const char *const units[] = { " B", " KiB", " MiB", " GiB", " TiB" };
	unsigned unit = 0, tenths = 0;

	for (; bytes >= 1024 && unit < 4; unit++) {
		tenths = (unsigned)(bytes % 1024 * 10 / 1024);
		bytes /= 1024;
	}
	message_number(m, bytes);
	if (unit > 0) {
		message_text(m, ".");
		message_number(m, tenths);
	}
	message_text(m, units[unit]);
}

static void show(struct progress *p, uint64_t done, uint64_t elapsed)
{
	uint64_t rate = done * 1000 / elapsed;
	struct message m;

	diag_start(&m, p->cli);
	add_size(&m, done);
	if (p->expected >= done) {
		message_text(&m, " of ");
		add_size(&m, p->expected);
	}
	message_text(&m, ", ");
	add_size(&m, rate);
	message_text(&m, "/s");
	if (p->expected >= done && rate > 0) {
		message_text(&m, ", ");
		message_number(&m, (p->expected - done) / rate);
		message_text(&m, " s left");
	}
	/* Behind it, what a longer line has left. */
	message_text(&m, "\033[K\r");
	diag_write(&m, p->cli);
	p->shown = true;
}

void progress_bytes(void *progress, uint64_t bytes)
{
	struct progress *p = progress;
	uint64_t at = now();

	if (at < p->last + AGAIN_AFTER)
		return;
	p->last = at;
	show(p, p->before + bytes, at - p->start);
}

void progress_hide(void *progress)
{
	struct progress *p = progress;
	struct message m = { .n = 0 };

	if (!p || !p->shown)
		return;
	p->shown = false;
	message_text(&m, "\033[K");
	diag_write(&m, p->cli);
}
