/* mail_convert.c: mail convert, an access map of one mail server for another. */
#include <config.h>

#include <errno.h>

#include <fcntl.h>
#include <unistd.h>

#include "../mail/convert.h"
#include "../stream/lines.h"
#include "mail.h"

struct convert_options {
	unsigned from, to, table;
};
_Static_assert(sizeof(struct convert_options) <= OPTIONS_MAX, "options");

static const char *const from_names[] = { "sendmail", NULL };
static const char *const to_names[] = { "postfix", NULL };
static const char *const table_names[] = { "client", "sender", "recipient", NULL };

struct conversion {
	enum convert_table table;
	const char *file;
	uint64_t notes;
};

/* left: a key that was not carried, of which a cidr: table may take the line; or null. */
static void note(struct cli *cli, struct conversion *c, const struct item *line, size_t off,
	const char *text, const struct converted *left)
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
	diag_end(&m, cli);
}

static int convert(struct cli *cli, struct conversion *c, const struct item *line)
{
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
		note(cli, c, line, result.why_off, result.why, &result);
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
		note(cli, c, line, result.value_off, result.value_note, NULL);
	return after;
}

/* A line that is too long to be read: kept piece by piece, or passed over. */
static int long_line(struct cli *cli, struct lines *lines, const struct item *line)
{
	int after = item_bad(cli, line, 0, 0, "a line of more than 1 MiB"), got;
	const char *s;
	size_t n;

	if (cli->common.on_error != ON_ERROR_KEEP)
		return after;
	while ((got = lines_piece(lines, &s, &n)) == LINES_LINE && !cli->sink.error)
		put_bytes(cli, s, n);
	put_text(cli, "\n");
	return got < 0 ? got : after;
}

/* 0, or -errno. */
static int convert_lines(struct cli *cli, struct conversion *c, int fd)
{
	struct lines lines;
	int got = lines_open(&lines, fd), after = GO_ON;

	while (got >= 0 && after == GO_ON && !cli->sink.error) {
		struct item line = { .s = "" };

		got = lines_next(&lines, &line.s, &line.n);
		if (got <= LINES_END)
			break;
		line.raw = line.s;
		line.raw_n = line.n;
		line.place = (struct place){ c->file, lines.number, 1 };
		after = got == LINES_LINE ? convert(cli, c, &line) : long_line(cli, &lines, &line);
	}
	lines_close(&lines);
	return got < 0 ? got : after < 0 ? after : 0;
}

static int run_convert(struct cli *cli, const void *own)
{
	const struct convert_options *o = own;
	struct conversion c = { .table = o->table ? (enum convert_table)(o->table - 1) :
						    CONVERT_CLIENT,
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
