/* common.c: inputs one by one, and output. */
#include <config.h>

#include "common.h"

#include <errno.h>
#include <stdlib.h>

#include <fcntl.h>
#include <unistd.h>

#include "input.h"
#include "share.h"

/* So many bad inputs are shown; of the others only the number. */
enum { SHOWN_MAX = 10 };

enum { THREADS_MAX = 256 };

static const char *const on_error_names[] = { "stop", "skip", "keep", NULL };

#define COMMON(kind, member) kind, offsetof(struct common, member)
const struct opt common_options[] = {
	{ '4', "ipv4", NULL, COMMON(OPT_FLAG, ipv4), COMMON_FAMILY, NULL, "keep IPv4 only" },
	{ '6', "ipv6", NULL, COMMON(OPT_FLAG, ipv6), COMMON_FAMILY, NULL, "keep IPv6 only" },
	{ 'f', "file", "FILE", COMMON(OPT_FILE, file), COMMON_FILE, NULL,
		"read the addresses from FILE, one a line" },
	{ 'f', "file", "FILE", COMMON(OPT_FILE, file), COMMON_SET_FILE, NULL,
		"read the SET from FILE: all operands are addresses then" },
	{ 0, "mask", NULL, COMMON(OPT_FLAG, mask), COMMON_MASK, NULL,
		"clear host bits of prefixes instead of refusing them" },
	{ 0, "netmask", NULL, COMMON(OPT_FLAG, netmask), COMMON_NETMASK, NULL,
		"read IPv4 netmasks: 192.0.2.0/255.255.255.0" },
	{ 'j', "json", NULL, COMMON(OPT_FLAG, json), COMMON_RECORD | COMMON_MATCH, NULL,
		"print JSON Lines" },
	{ 0, "csv", NULL, COMMON(OPT_FLAG, csv), COMMON_RECORD | COMMON_MATCH, NULL,
		"print CSV with a header" },
	{ 'F', "format", "TEMPLATE", COMMON(OPT_TEXT, template), COMMON_RECORD, NULL,
		"print TEMPLATE with its %{FIELD}s filled in" },
	{ 0, "format", "TEMPLATE", COMMON(OPT_TEXT, template), COMMON_MATCH, NULL,
		"print TEMPLATE with its %{FIELD}s filled in" },
	{ '0', "null", NULL, COMMON(OPT_FLAG, nul), COMMON_RECORD, NULL,
		"end records with NUL instead of a newline" },
	{ 'q', "quiet", NULL, COMMON(OPT_FLAG, quiet), COMMON_QUIET, NULL,
		"print no results: status only" },
	{ 0, "on-error", "ACTION", COMMON(OPT_CHOICE, on_error), COMMON_ERROR, on_error_names,
		"after bad input: stop, skip it (default), or keep it in the output" },
	{ 0, "output", "FILE", COMMON(OPT_FILE, output), COMMON_OUTPUT, NULL,
		"write FILE, whole or not at all" },
	{ 0, "line-buffered", NULL, COMMON(OPT_FLAG, line_buffered), COMMON_OUTPUT, NULL,
		"write each record at once" },
	{ 0, "threads", "N", COMMON(OPT_NUMBER, threads), COMMON_STREAM, NULL,
		"use at most N threads (default: the cores)" },
	{ 0, "no-progress", NULL, COMMON(OPT_FLAG, no_progress), COMMON_STREAM, NULL,
		"show no progress on a terminal" },
	{ 0, "no-verify", NULL, COMMON(OPT_FLAG, no_verify), COMMON_VERIFY, NULL,
		"do without the second opinion of libcidr" },
	{ 'h', "help", NULL, COMMON(OPT_FLAG, help), COMMON_HELP, NULL, "print this help" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL },
};
#undef COMMON

bool wants_family(const struct cli *cli, unsigned family)
{
	return cli->common.ipv4 == cli->common.ipv6 ||
		(family == V6K_IPV4 ? cli->common.ipv4 : cli->common.ipv6);
}

unsigned parse_flags(const struct cli *cli)
{
	return cli->common.netmask ? V6K_PARSE_NETMASK : 0;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* A line without the blanks around it and without its comment: "#" at the start or after a
 * blank. */
static void trim(const struct cli *cli, struct item *item)
{
	const char *s = item->raw;
	size_t from = 0, to = item->raw_n;

	for (const char *hash = cli->hash_is_text ? s + to : s;
		(hash = memchr(hash, '#', to - (size_t)(hash - s))); hash++) {
		if (hash == s || is_blank(hash[-1])) {
			to = (size_t)(hash - s);
			break;
		}
	}
	while (from < to && is_blank(s[from]))
		from++;
	while (to > from && is_blank(s[to - 1]))
		to--;
	item->s = s + from;
	item->n = to - from;
	item->place.col = from + 1;
}

/* Whether bad input is copied to the output as it is. */
static bool keeps_lines(const struct cli *cli)
{
	return cli->common.on_error == ON_ERROR_KEEP && cli->command->fields &&
		!cli->common.quiet && cli->record.shape == OUT_TEMPLATE;
}

int item_long(struct cli *cli, const char *file, const struct block *piece, bool first, bool last)
{
	struct item item = { .s = "", .raw = "", .place = { file, piece->number, 1 } };

	if (keeps_lines(cli)) {
		put_bytes(cli, piece->s, piece->n);
		first = last;
	}
	if (first && item_bad(cli, &item, 0, 0, "a line of more than 1 MiB") == STOP)
		return STOP;
	return cli->sink.error ? STOP : GO_ON;
}

struct item line_item(const struct cli *cli, const char *file, uint64_t number, const char *s,
	size_t n)
{
	struct item item = { .raw = s, .raw_n = n, .place = { file, number, 1 } };

	trim(cli, &item);
	return item;
}

/* The lines of one input, one by one. */
struct lines {
	struct cli *cli;
	const char *file;
	const struct item_job *job;
	void *to;
};

/* The line at s[*at..n). */
static int emit_line(const struct lines *lines, uint64_t number, const char *s, size_t n,
	size_t *at)
{
	const char *newline = memchr(s + *at, '\n', n - *at);
	size_t line = newline ? (size_t)(newline - s) - *at : n - *at;
	struct item item = line_item(lines->cli, lines->file, number, s + *at, line);

	*at += line + (newline ? 1 : 0);
	return item.n > 0 ? lines->job->each(lines->cli, lines->to, &item) : GO_ON;
}

static int emit_lines(void *to, const struct block *b, struct block_out *out)
{
	const struct lines *lines = to;
	struct cli *cli = lines->cli;
	int after = GO_ON;
	size_t at = 0;

	while (at < b->n && after == GO_ON) {
		if (lines->job->many)
			after = lines->job->many(cli, lines->to, b->s, b->n, &at, &out->lines);
		if (at < b->n && after == GO_ON) {
			after = emit_line(lines, b->number + out->lines, b->s, b->n, &at);
			out->lines++;
		}
		if (cli->sink.error)
			after = STOP;
	}
	return after;
}

static int emit_long(void *to, const struct block *piece, bool first, bool last)
{
	const struct lines *lines = to;

	return item_long(lines->cli, lines->file, piece, first, last);
}

static int each_line_of(struct cli *cli, const char *file, int fd, const struct item_job *job,
	void *to)
{
	static const struct blocks_job blocks = { .emit = emit_lines, .long_line = emit_long };
	struct lines lines = { cli, file, job, to };
	struct input in;
	int after;

	if (job->shared)
		return share_lines(cli, file, fd, job, to);
	if (input_open(cli, &in, &blocks, &lines, 1, input_size(fd)) != 0)
		return 0;
	after = input_run(&in, fd);
	input_close(cli, &in);
	return after < 0 ? after : 0;
}

static bool file_failed(struct cli *cli, const char *file, int error)
{
	diag_errno(cli, file, error);
	cli->failed = true;
	return false;
}

bool each_line_open(struct cli *cli, const char *file, int fd, const struct item_job *job, void *to)
{
	int e = each_line_of(cli, file, fd, job, to);

	return e ? file_failed(cli, file, -e) : true;
}

bool each_line(struct cli *cli, const char *file, const struct item_job *job, void *to)
{
	bool is_stdin = strcmp(file, "-") == 0, good;
	int fd = is_stdin ? cli->in : open(file, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return file_failed(cli, file, errno);
	good = each_line_open(cli, file, fd, job, to);
	if (!is_stdin)
		close(fd);
	return good;
}

struct item operand_item(const struct cli *cli, int i)
{
	const char *s = cli->operand[i];
	size_t n = strlen(s);

	return (struct item){ s, n, s, n, { NULL, (uint64_t)i + 1, 1 } };
}

void each_item_by(struct cli *cli, int first, const struct item_job *job, void *to)
{
	if (cli->common.file)
		each_line(cli, cli->common.file, job, to);
	if (first >= cli->operands && !cli->common.file)
		each_line(cli, "-", job, to);
	for (int i = first; i < cli->operands && !cli->stopped && !cli->failed; i++) {
		struct item item = operand_item(cli, i);

		if (strcmp(item.s, "-") == 0)
			each_line(cli, "-", job, to);
		else
			job->each(cli, to, &item);
	}
}

void each_item(struct cli *cli, int first,
	int (*each)(struct cli *cli, void *to, const struct item *item), void *to)
{
	each_item_by(cli, first, &(struct item_job){ .each = each }, to);
}

/* Copies a bad input to the output: as text it is the whole line, unchanged. */
static void keep_bad(struct cli *cli, const struct item *item, const char *text)
{
	unsigned error = 0;

	if (!cli->command->fields || cli->common.quiet)
		return;
	if (keeps_lines(cli)) {
		put_bytes(cli, item->raw, item->raw_n);
		put_bytes(cli, &cli->record.terminator, 1);
		sink_end_record(&cli->sink);
		return;
	}
	while (cli->command->fields[error + 1])
		error++;
	out_string(&cli->record, 0, item->s, item->n);
	out_string(&cli->record, error, text, strlen(text));
	record_end(cli);
}

int item_bad(struct cli *cli, const struct item *item, size_t off, size_t len, const char *text)
{
	if (cli->share)
		return share_bad(cli, item, off, len, text);
	cli->bad++;
	if (cli->bad <= SHOWN_MAX || cli->common.on_error == ON_ERROR_STOP)
		diag_at(cli, &item->place, item->s, item->n, off, len, text);
	if (cli->common.on_error == ON_ERROR_KEEP)
		keep_bad(cli, item, text);
	cli->stopped = cli->common.on_error == ON_ERROR_STOP;
	return cli->stopped ? STOP : GO_ON;
}

int item_error(struct cli *cli, const struct item *item, const struct v6k_error *err)
{
	return item_bad(cli, item, err->off, err->len, v6k_err_text(err->code));
}

/* With the prefix that may have been meant. */
static int bad_host_bits(struct cli *cli, const struct item *item, const struct v6k_notation *what)
{
	const char *slash = memchr(item->s, '/', item->n);
	size_t off = slash ? (size_t)(slash - item->s) : 0;
	char buf[V6K_NOTATION_TEXT_MAX];
	struct v6k_prefix p;
	struct message m = { .n = 0 };
	int n = v6k_notation_prefix(what, &p);

	if (n == 0)
		n = v6k_prefix_format(p, V6K_CANONICAL, buf, sizeof(buf));
	message_text(&m, v6k_err_text(V6K_EHOSTBITS));
	if (n > 0) {
		message_text(&m, "; did you mean ");
		message_bytes(&m, buf, (size_t)n);
		message_text(&m, "?");
	}
	m.text[m.n] = '\0';
	return item_bad(cli, item, off, item->n - off, m.text);
}

bool item_plain(struct cli *cli, const struct item *item, const struct v6k_notation *what,
	const char *zone_text, int *after)
{
	if (what->zone_len > 0)
		*after = item_bad(cli, item, what->zone_off - 1, what->zone_len + 1, zone_text);
	else if (what->has_port)
		*after = item_bad(cli, item, 0, item->n, v6k_err_text(V6K_EPORTHERE));
	else if (v6k_notation_has_host_bits(what) && !cli->common.mask)
		*after = bad_host_bits(cli, item, what);
	else
		return true;
	return false;
}

bool item_read(struct cli *cli, const struct item *item, struct v6k_notation *what, int *after)
{
	struct v6k_error err;

	*after = GO_ON;
	if (v6k_notation_parse(item->s, item->n, parse_flags(cli), what, &err) != 0) {
		*after = item_error(cli, item, &err);
		return false;
	}
	return wants_family(cli, what->addr.family);
}

const char *const style_names[] = { "canonical", "full", "bare", "mixed", "upper", "hex", "int",
	"bits", "arpa", "uri", "smtp", "sendmail", "unc", "base85", "c", "access", NULL };
_Static_assert(sizeof(style_names) / sizeof(style_names[0]) == V6K_STYLES + 1, "styles");

void message_style(struct message *m, const struct v6k_notation *what, enum v6k_style style,
	int code)
{
	message_text(m, "style ");
	message_text(m, v6k_style_name(style));
	if (code == V6K_EFAMILY)
		message_text(m, " is for IPv6 only");
	else if (code == V6K_ENIBBLE)
		message_text(m, " has no single name for this length; see v6kit arpa --zones");
	else if (what->kind == V6K_KIND_RANGE)
		message_text(m, " cannot carry a range");
	else if (what->zone_len > 0)
		message_text(m, " cannot carry a zone");
	else if (what->has_port)
		message_text(m, " cannot carry a port");
	else if (style == V6K_ARPA)
		message_text(m, " cannot carry host bits");
	else
		message_text(m, " cannot carry a prefix length");
	m->text[m->n] = '\0';
}

bool grow(void **array, size_t *cap, size_t need, size_t size)
{
	size_t more = *cap ? *cap : 64;
	void *grown;

	if (need <= *cap)
		return true;
	while (more < need)
		more *= 2;
	grown = realloc(*array, more * size);
	if (!grown)
		return false;
	*array = grown;
	*cap = more;
	return true;
}

int no_memory(struct cli *cli)
{
	if (!cli->failed && !cli->share)
		diag_say(cli, v6k_err_text(V6K_ENOMEM));
	cli->failed = cli->stopped = true;
	return STOP;
}

char *cli_room(struct cli *cli, size_t n)
{
	if (n > cli->room_n) {
		char *room = realloc(cli->room, n);

		if (!room) {
			no_memory(cli);
			return NULL;
		}
		cli->room = room;
		cli->room_n = n;
	}
	return cli->room;
}

void put_bytes(struct cli *cli, const char *s, size_t n)
{
	if (cli->share)
		share_put(cli, s, n);
	else
		sink_write(&cli->sink, s, n);
}

void put_to(void *cli, const char *s, size_t n)
{
	put_bytes(cli, s, n);
}

void put_text(struct cli *cli, const char *text)
{
	put_bytes(cli, text, strlen(text));
}

void put_line(struct cli *cli, const char *text)
{
	put_text(cli, text);
	put_text(cli, "\n");
	sink_end_record(&cli->sink);
}

void record_addr(struct cli *cli, unsigned field, struct v6k_addr a, enum v6k_style style,
	char *buf)
{
	int n = v6k_addr_format(a, style, buf, V6K_ADDR_TEXT_MAX);

	if (n > 0)
		out_string(&cli->record, field, buf, (size_t)n);
}

void record_prefix(struct cli *cli, unsigned field, struct v6k_prefix p, char *buf)
{
	int n = v6k_prefix_format(p, V6K_CANONICAL, buf, V6K_NOTATION_TEXT_MAX);

	if (n > 0)
		out_string(&cli->record, field, buf, (size_t)n);
}

void record_text(struct cli *cli, unsigned field, const char *text)
{
	out_string(&cli->record, field, text, strlen(text));
}

void record_end(struct cli *cli)
{
	out_end(&cli->record);
	sink_end_record(&cli->sink);
}

const char *family_name(unsigned family)
{
	return family == V6K_IPV4 ? "ipv4" : "ipv6";
}

static void to_nowhere(void *to, const char *s, size_t n)
{
	(void)to;
	(void)s;
	(void)n;
}

/* Common options against each other. */
static const char *common_conflict(const struct common *c)
{
	if (c->json && c->csv)
		return "--json and --csv exclude each other";
	if (c->template && (c->json || c->csv))
		return "--format goes with neither --json nor --csv";
	if (c->nul && (c->json || c->csv))
		return "-0 goes with neither --json nor --csv";
	if (c->ipv4 && c->ipv6)
		return "-4 and -6 exclude each other";
	if (c->threads.given && (c->threads.value == 0 || c->threads.value > THREADS_MAX))
		return "--threads takes 1 to 256";
	return NULL;
}

static int records_open(struct cli *cli)
{
	const struct common *c = &cli->common;
	const char *template = c->template ? c->template : cli->command->text;
	enum out_shape shape = c->json ? OUT_JSON :
		c->csv                 ? OUT_CSV :
		template               ? OUT_TEMPLATE :
					 OUT_KEYS;
	size_t fault = out_open(&cli->record, shape, cli->command->fields, template,
		c->nul ? '\0' : '\n', c->quiet ? to_nowhere : put_to, cli);
	struct message m;

	if (fault == 0)
		return 0;
	diag_start(&m, cli);
	message_text(&m, "--format: ");
	if (cli->record.pieces == OUT_PIECES_MAX)
		message_text(&m, "more than 64 fields and texts");
	else
		message_text(&m, "neither %{FIELD} nor %%, \\t, \\n, \\\\; the fields are");
	for (unsigned i = 0; cli->record.pieces < OUT_PIECES_MAX && cli->command->fields[i]; i++) {
		message_text(&m, i ? ", " : " ");
		message_text(&m, cli->command->fields[i]);
	}
	message_caret(&m, template, strlen(template), fault - 1, 1);
	return diag_end(&m, cli);
}

int output_open(struct cli *cli)
{
	struct common *c = &cli->common;
	const char *conflict = common_conflict(c);
	int e;

	if (conflict)
		return diag_say(cli, conflict);
	/* Opened anew, /dev/stdout would be a file with a place of its own to write at. */
	if (c->output && (strcmp(c->output, "-") == 0 || strcmp(c->output, "/dev/stdout") == 0))
		c->output = NULL;
	if (c->output)
		e = sink_create(&cli->sink, c->output);
	else
		e = sink_open(&cli->sink, cli->out);
	if (e)
		return diag_errno(cli, c->output ? c->output : "standard output", -e);
	cli->sink.unbuffered = c->line_buffered || (!cli->sink.target && isatty(cli->out));
	return cli->command && cli->command->fields ? records_open(cli) : 0;
}

int output_close(struct cli *cli, int status)
{
	/* Bad input aside, what ended the run early left no result that could be kept. */
	bool broken = cli->failed || status == STATUS_BAD, bad = broken || cli->bad > 0;
	bool on_purpose =
		cli->common.on_error == ON_ERROR_SKIP || cli->common.on_error == ON_ERROR_KEEP;
	int e;

	if (cli->command && cli->command->fields && !cli->common.quiet && !broken)
		out_close(&cli->record);
	e = sink_close(&cli->sink, !bad || (on_purpose && !broken));

	if (cli->bad > SHOWN_MAX && cli->common.on_error != ON_ERROR_STOP) {
		struct message m = { .n = 0 };

		message_text(&m, "v6kit: and ");
		message_number(&m, cli->bad - SHOWN_MAX);
		message_text(&m, " more");
		diag_end(&m, cli);
	}
	if (e == -EPIPE && !cli->common.output)
		return STATUS_CLOSED_PIPE;
	if (e)
		return diag_errno(cli, cli->common.output ? cli->common.output : "standard output",
			-e);
	return bad ? STATUS_BAD : status;
}
