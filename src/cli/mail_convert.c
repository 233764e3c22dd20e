/* mail_convert.c: mail convert, an access map of one mail server for another. */
#include <config.h>

#include <errno.h>

#include <fcntl.h>
#include <unistd.h>

#include "../mail/convert.h"
#include "input.h"
#include "mail.h"

struct convert_options {
	unsigned from, to, table;
};
_Static_assert(sizeof(struct convert_options) <= OPTIONS_MAX, "options");

static const char *const from_names[] = { "sendmail", NULL };
static const char *const to_names[] = { "postfix", NULL };
static const char *const table_names[] = { "client", "sender", "recipient", NULL };

struct conversion {
	struct cli *cli;
	enum convert_table table;
	const char *file;
	uint64_t notes;
};

/* left: a key that was not carried, of which a cidr: table may take the line; or null. */
static void note(struct conversion *c, const struct item *line, size_t off, const char *text,
	const struct converted *left)
{
	char prefix[V6K_NOTATION_TEXT_MAX];
	struct message m;
	int n;

	c->notes++;
	diag_start_at(&m, &line->place, off);
	message_text(&m, "note: ");
	message_text(&m, text);
	if (left && left->cidr) {
		n = v6k_prefix_format(left->prefix, V6K_CANONICAL, prefix, sizeof(prefix));
		message_text(&m, "; in a cidr: table: ");
		message_bytes(&m, prefix, n > 0 ? (size_t)n : 0);
		message_text(&m, " ");
		message_bytes(&m, line->s + left->value_off, line->n - left->value_off);
	}
	diag_end(&m, c->cli);
}

static int convert(struct conversion *c, const struct item *line)
{
	struct cli *cli = c->cli;
	struct converted result;
	int after = GO_ON;

	convert_line(line->s, line->n, c->table, &result);
	switch (result.verdict) {
	case CONVERT_COPY:
		put_bytes(cli, line->s, line->n);
		break;
	case CONVERT_CARRY:
		put_bytes(cli, result.key, result.new_n);
		put_bytes(cli, line->s + result.key_n, line->n - result.key_n);
		break;
	case CONVERT_LEAVE:
		put_text(cli, "#");
		put_bytes(cli, line->s, line->n);
		note(c, line, result.why_off, result.why, &result);
		break;
	case CONVERT_BAD:
		after = item_bad(cli, line, result.why_off, result.why_n, result.why);
		if (cli->common.on_error != ON_ERROR_KEEP)
			return after;
		put_bytes(cli, line->s, line->n);
		break;
	}
	put_text(cli, "\n");
	sink_end_record(&cli->sink);
	if (result.value_note)
		note(c, line, result.value_off, result.value_note, NULL);
	return after;
}

/* The lines of a block, each translated. */
static int emit(void *to, const struct block *b, struct block_out *out)
{
	struct conversion *c = to;
	int after = GO_ON;

	for (size_t at = 0; at < b->n && after == GO_ON; out->lines++) {
		const char *s = b->s + at, *newline = memchr(s, '\n', b->n - at);
		size_t n = newline ? (size_t)(newline - s) : b->n - at;

		after = convert(c,
			&(struct item){ s, n, s, n, { c->file, b->number + out->lines, 1 } });
		if (c->cli->sink.error)
			after = STOP;
		at += n + 1;
	}
	return after;
}

/* A line that is too long to be read: kept piece by piece, or passed over. */
static int long_line(void *to, const struct block *piece, bool first, bool last)
{
	const struct conversion *c = to;
	struct item line = { .s = "", .raw = "", .place = { c->file, piece->number, 1 } };

	if (first && item_bad(c->cli, &line, 0, 0, "a line of more than 1 MiB") == STOP)
		return STOP;
	if (c->cli->common.on_error == ON_ERROR_KEEP) {
		put_bytes(c->cli, piece->s, piece->n);
		put_text(c->cli, last ? "\n" : "");
	}
	return c->cli->sink.error ? STOP : GO_ON;
}

static const struct blocks_job job = { .emit = emit, .long_line = long_line };

/* 0, or an error for diag_errno, negative. */
static int convert_lines(struct cli *cli, struct conversion *c, int fd)
{
	struct input in;
	int after;

	if (input_open(cli, &in, &job, c, 1, input_size(fd)) != 0)
		return 0;
	after = input_run(&in, fd);
	input_close(cli, &in);
	return after < 0 ? after : 0;
}

static int run_convert(struct cli *cli, const void *own)
{
	const struct convert_options *o = own;
	struct conversion c = { .cli = cli,
		.table = o->table ? (enum convert_table)(o->table - 1) : CONVERT_CLIENT,
		.file = cli->operands > 0 ? cli->operand[0] : "-" };
	bool standard = strcmp(c.file, "-") == 0;
	int fd, e;

	if (!o->from || !o->to)
		return diag_usage(cli, o->from ? "--to is missing" : "--from is missing", "", 0,
			"");
	if (cli->operands > 1)
		return diag_usage(cli, "one operand too many: ", cli->operand[1],
			strlen(cli->operand[1]), "");
	fd = standard ? cli->in : open(c.file, O_RDONLY | O_CLOEXEC);
	e = fd < 0 ? -errno : convert_lines(cli, &c, fd);
	if (fd >= 0 && !standard)
		close(fd);
	if (e) {
		diag_errno(cli, c.file, -e);
		cli->failed = true;
	}
	return c.notes > 0 ? STATUS_NO : STATUS_YES;
}

#define OWN(kind, member) kind, offsetof(struct convert_options, member), 0
static const struct opt convert_table[] = {
	{ 0, "from", "SOFTWARE", OWN(OPT_CHOICE, from), from_names,
		"what the map was written for: sendmail" },
	{ 0, "to", "SOFTWARE", OWN(OPT_CHOICE, to), to_names, "what it is wanted for: postfix" },
	{ 0, "table", "TABLE", OWN(OPT_CHOICE, table), table_names,
		"what it is asked about there: client (default), sender or recipient" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL },
};
#undef OWN

const struct command mail_convert = {
	.name = "convert",
	.summary = "Translate an access map for other mail software.",
	.operands = "[FILE]",
	.options = convert_table,
	.common = COMMON_ERROR | COMMON_OUTPUT,
	.run = run_convert,
};
