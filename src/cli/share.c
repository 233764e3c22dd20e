/* share.c: a command's work on lines, on the engine of ../stream/blocks.h. */
#include <config.h>

#include "share.h"

#include <errno.h>
#include <stdlib.h>

#include "common.h"
#include "input.h"

/* Bad input that is to be spoken of. Its text is in the block, which is there until then. */
struct bad {
	struct item item;
	uint64_t line; /* of the block, from 0 */
	size_t at;     /* bytes of output before it */
	size_t off, len;
	size_t text; /* of the message, which ends in NUL: its place in share.texts */
};

/* What belongs to one block. */
struct share {
	struct cli cli;
	struct block_out *out;
	struct bad *bad;
	size_t bads, bad_cap;
	char *texts;
	size_t texts_n, texts_cap;
};

/* One run over an input. */
struct sharing {
	struct cli *cli;
	const char *file;
	const struct item_job *job;
	void *to;
};

static void *share_new(void *to)
{
	const struct sharing *sharing = to;
	struct share *share = calloc(1, sizeof(*share));

	if (!share)
		return NULL;
	share->cli = *sharing->cli;
	share->cli.share = share;
	share->cli.sink = (struct sink){ .fd = -1 };
	share->cli.room = NULL;
	share->cli.room_n = 0;
	/* What out_join expects. */
	share->cli.record.started = true;
	share->cli.record.to = &share->cli;
	return share;
}

static void share_free(void *own)
{
	struct share *share = own;

	free(share->cli.room);
	free(share->bad);
	free(share->texts);
	free(share);
}

char *share_room(struct cli *cli, size_t n)
{
	char *room = block_room(cli->share->out, n);

	if (!room)
		no_memory(cli);
	return room;
}

void share_wrote(struct cli *cli, size_t n)
{
	cli->share->out->n += n;
}

bool share_full(const struct cli *cli)
{
	const struct share *share = cli->share;

	return share->out->n + share->texts_n + share->bads * sizeof(*share->bad) >=
		share->out->most;
}

void share_put(struct cli *cli, const char *s, size_t n)
{
	if (!block_put(cli->share->out, s, n))
		no_memory(cli);
}

int share_bad(struct cli *cli, const struct item *item, size_t off, size_t len, const char *text)
{
	struct share *share = cli->share;
	size_t n = strlen(text) + 1;

	if (!grow((void **)&share->bad, &share->bad_cap, share->bads + 1, sizeof(*share->bad)) ||
		!grow((void **)&share->texts, &share->texts_cap, share->texts_n + n, 1))
		return no_memory(cli);
	memcpy(share->texts + share->texts_n, text, n);
	share->bad[share->bads++] =
		(struct bad){ *item, share->out->lines, share->out->n, off, len, share->texts_n };
	share->texts_n += n;
	return cli->common.on_error == ON_ERROR_STOP ? STOP : GO_ON;
}

/* The line at s[0..n), without its newline. */
static int one_line(struct share *share, const struct sharing *sharing, const char *s, size_t n)
{
	struct item item = line_item(&share->cli, sharing->file, 0, s, n);

	return item.n > 0 ? sharing->job->each(&share->cli, sharing->to, &item) : GO_ON;
}

static int work(void *to, const struct block *b, struct block_out *out)
{
	const struct sharing *sharing = to;
	struct share *share = out->own;
	int after = GO_ON;
	size_t at = 0;

	share->out = out;
	share->bads = share->texts_n = 0;
	while (at < b->n && after == GO_ON && !share_full(&share->cli)) {
		const char *newline;
		size_t n;

		if (sharing->job->many)
			after = sharing->job->many(&share->cli, sharing->to, b->s, b->n, &at,
				&out->lines);
		if (at == b->n || after != GO_ON || share_full(&share->cli))
			break;
		newline = memchr(b->s + at, '\n', b->n - at);
		n = newline ? (size_t)(newline - b->s) - at : b->n - at;
		after = one_line(share, sharing, b->s + at, n);
		out->lines++;
		at += n + (newline ? 1 : 0);
	}
	out->used = at;
	return share->cli.failed ? -ENOMEM : 0;
}

/* The output and the messages of a block, in their order. */
static int emit(void *to, const struct block *b, struct block_out *out)
{
	const struct sharing *sharing = to;
	struct share *share = out->own;
	struct cli *cli = sharing->cli;
	const char *text = out->s ? out->s : "";
	int after = GO_ON;
	size_t at = 0;

	for (size_t i = 0; i < share->bads && after == GO_ON; i++) {
		struct bad *bad = &share->bad[i];

		out_join(&cli->record, text + at, bad->at - at);
		at = bad->at;
		bad->item.place.number = b->number + bad->line;
		after = item_bad(cli, &bad->item, bad->off, bad->len, share->texts + bad->text);
	}
	if (after == GO_ON)
		out_join(&cli->record, text + at, out->n - at);
	sink_end_record(&cli->sink);
	return cli->sink.error ? STOP : after;
}

static int long_line(void *to, const struct block *piece, bool first, bool last)
{
	const struct sharing *sharing = to;

	return item_long(sharing->cli, sharing->file, piece, first, last);
}

int share_lines(struct cli *cli, const char *file, int fd, const struct item_job *job, void *to)
{
	static const struct blocks_job blocks = { .own_new = share_new,
		.own_free = share_free,
		.work = work,
		.emit = emit,
		.long_line = long_line };
	struct sharing sharing = { cli, file, job, to };
	struct input in;
	int after;

	if (input_open(cli, &in, &blocks, &sharing, 0, input_size(fd)) != 0)
		return 0;
	after = input_run(&in, fd);
	input_close(cli, &in);
	return after < 0 ? after : 0;
}
