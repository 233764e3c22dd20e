/* common.c: inputs one by one, and output. */
#include <config.h>

#include "common.h"

#include <errno.h>
#include <stdlib.h>

#include <fcntl.h>
#include <unistd.h>

#include "../stream/lines.h"

/* So many bad inputs are shown; of the others only the number. */
enum { SHOWN_MAX = 10 };

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

/* A line that is too long to be an item: it is kept piece by piece, and item_bad ends it. Returns
 * what lines_next does, and *after as item_bad has it. */
static int bad_line(struct cli *cli, const char *file, struct lines *lines, int *after)
{
	struct item item = { .s = "", .raw = "", .place = { file, lines->number, 1 } };
	const char *s;
	size_t n;
	int got = LINES_LINE;

	while (keeps_lines(cli) && !cli->sink.error && got == LINES_LINE) {
		got = lines_piece(lines, &s, &n);
		if (got == LINES_LINE)
			put_bytes(cli, s, n);
	}
	*after = item_bad(cli, &item, 0, 0, "a line of more than 1 MiB");
	return got < 0 ? got : LINES_TOO_LONG;
}

/* Gives many the lines that are in memory. */
static int take_many(struct cli *cli, struct lines *lines,
	int (*many)(struct cli *cli, void *to, const char *s, size_t n, size_t *at, uint64_t *lines),
	void *to)
{
	uint64_t taken = 0;
	size_t n, at = 0;
	const char *s;
	int after;

	lines_read(lines, &s, &n);
	after = n > 0 ? many(cli, to, s, n, &at, &taken) : GO_ON;
	lines_pass(lines, at, taken);
	return after;
}

static int each_line_of(struct cli *cli, const char *file, int fd,
	int (*many)(struct cli *cli, void *to, const char *s, size_t n, size_t *at, uint64_t *lines),
	int (*each)(struct cli *cli, void *to, const struct item *item), void *to)
{
	struct lines lines;
	int after = GO_ON, got = lines_open(&lines, fd);

	while (got >= 0 && after == GO_ON) {
		struct item item = { .raw = NULL };

		if (many && (after = take_many(cli, &lines, many, to)) != GO_ON)
			break;
		got = lines_next(&lines, &item.raw, &item.raw_n);
		if (got == LINES_END)
			break;
		item.place = (struct place){ file, lines.number, 1 };
		if (got == LINES_TOO_LONG) {
			got = bad_line(cli, file, &lines, &after);
		} else if (got == LINES_LINE) {
			trim(cli, &item);
			if (item.n > 0)
				after = each(cli, to, &item);
		}
		if (cli->sink.error)
			after = STOP;
	}
	lines_close(&lines);
	return got < 0 ? got : 0;
}

static bool file_failed(struct cli *cli, const char *file, int error)
{
	diag_errno(cli, file, error);
	cli->failed = true;
	return false;
}

bool each_line_open(struct cli *cli, const char *file, int fd,
	int (*each)(struct cli *cli, void *to, const struct item *item), void *to)
{
	int e = each_line_of(cli, file, fd, NULL, each, to);

	return e ? file_failed(cli, file, -e) : true;
}

bool each_line(struct cli *cli, const char *file,
	int (*many)(struct cli *cli, void *to, const char *s, size_t n, size_t *at, uint64_t *lines),
	int (*each)(struct cli *cli, void *to, const struct item *item), void *to)
{
	bool is_stdin = strcmp(file, "-") == 0;
	int fd = is_stdin ? cli->in : open(file, O_RDONLY | O_CLOEXEC), e;

	if (fd < 0)
		return file_failed(cli, file, errno);
	e = each_line_of(cli, file, fd, many, each, to);
	if (!is_stdin)
		close(fd);
	return e ? file_failed(cli, file, -e) : true;
}

struct item operand_item(const struct cli *cli, int i)
{
	const char *s = cli->operand[i];
	size_t n = strlen(s);

	return (struct item){ s, n, s, n, { NULL, (uint64_t)i + 1, 1 } };
}

void each_item(struct cli *cli, int first,
	int (*each)(struct cli *cli, void *to, const struct item *item), void *to)
{
	if (cli->common.file)
		each_line(cli, cli->common.file, NULL, each, to);
	if (first >= cli->operands && !cli->common.file)
		each_line(cli, "-", NULL, each, to);
	for (int i = first; i < cli->operands && !cli->stopped && !cli->failed; i++) {
		struct item item = operand_item(cli, i);

		if (strcmp(item.s, "-") == 0)
			each_line(cli, "-", NULL, each, to);
		else
			each(cli, to, &item);
	}
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
	if (!cli->failed)
		diag_say(cli, v6k_err_text(V6K_ENOMEM));
	cli->failed = true;
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

static void to_sink(void *to, const char *s, size_t n)
{
	sink_write(to, s, n);
}

static void to_nowhere(void *to, const char *s, size_t n)
{
	(void)to;
	(void)s;
	(void)n;
}

/* The options that say how records are shown, against each other. */
static const char *shape_conflict(const struct common *c)
{
	if (c->json && c->csv)
		return "--json and --csv exclude each other";
	if (c->template && (c->json || c->csv))
		return "--format goes with neither --json nor --csv";
	if (c->nul && (c->json || c->csv))
		return "-0 goes with neither --json nor --csv";
	if (c->ipv4 && c->ipv6)
		return "-4 and -6 exclude each other";
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
		c->nul ? '\0' : '\n', c->quiet ? to_nowhere : to_sink, &cli->sink);
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
	const char *conflict = shape_conflict(c);
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
