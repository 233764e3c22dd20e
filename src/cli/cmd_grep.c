/* grep: lines that hold an address of the set, in text of any kind. */
#include <config.h>

#include <errno.h>
#include <stdlib.h>

#include <sys/stat.h>
#include <unistd.h>

#include "../stream/source.h"
#include "grep.h"

static const char *const color_names[] = { "always", "never", "auto", NULL };

#define OWN(kind, member) kind, offsetof(struct grep_options, member), 0
static const struct opt options[] = {
	{ 'e', "list", "SET", OPT_OPERAND, 0, 0, NULL,
		"look for SET; may be repeated, all operands are files then" },
	{ 'f', "file", "FILE", OPT_OPERAND_FILE, 0, 0, NULL,
		"look for the prefixes of FILE, one a line; may be repeated, too" },
	{ 0, "any-address", NULL, OWN(OPT_FLAG, any_address), NULL,
		"look for any address; all operands are files then" },
	{ 'v', "invert-match", NULL, OWN(OPT_FLAG, invert), NULL, "select the other lines" },
	{ 'x', "line-regexp", NULL, OWN(OPT_FLAG, line), NULL,
		"only lines that are one address as a whole" },
	{ 0, "overlap", NULL, OWN(OPT_FLAG, overlap), NULL,
		"a prefix or range in the text matches when any of it is in SET" },
	{ 0, "exact-family", NULL, OWN(OPT_FLAG, exact_family), NULL,
		"tell IPv4-mapped addresses from IPv4 ones" },
	{ 0, "tcpdump", NULL, OWN(OPT_FLAG, tcpdump), NULL,
		"192.0.2.1.443 is an address with a port" },
	{ 0, "names", NULL, OWN(OPT_FLAG, names), NULL,
		"names under ip6.arpa, in-addr.arpa and ipv6-literal.net count" },
	{ 'i', "ignore-case", NULL, OWN(OPT_FLAG, ignore_case), NULL,
		"as always: digits match in either case" },
	{ 'a', "text", NULL, OWN(OPT_FLAG, text), NULL, "as always: every file is text" },
	{ 'c', "count", NULL, OWN(OPT_FLAG, count), NULL, "print how many lines are selected" },
	{ 'l', "files-with-matches", NULL, OWN(OPT_ONE, list), NULL,
		"print the names of files in which some are" },
	{ 'L', "files-without-match", NULL, OWN(OPT_ONE, list), NULL,
		"print the names of files in which none is" },
	{ 'm', "max-count", "NUM", OWN(OPT_NUMBER, max), NULL,
		"stop reading a file after NUM selected lines" },
	{ 'o', "only-matching", NULL, OWN(OPT_FLAG, only), NULL,
		"print what matched as it stands, one a line" },
	{ 'O', "style", "STYLE", OWN(OPT_CHOICE, style), style_names,
		"print what matched in a style: canonical, full and so on, see norm" },
	{ 'p', "prefix", NULL, OWN(OPT_FLAG, prefix), NULL,
		"print what matched, the longest prefix that holds it, its label" },
	{ 'A', "after-context", "NUM", OWN(OPT_NUMBER, after), NULL,
		"print NUM lines after a selected one" },
	{ 'B', "before-context", "NUM", OWN(OPT_NUMBER, before), NULL, "print NUM lines before it" },
	{ 'C', "context", "NUM", OWN(OPT_NUMBER, context), NULL,
		"print NUM lines before and after it" },
	{ 'n', "line-number", NULL, OWN(OPT_FLAG, number), NULL, "number lines" },
	{ 'b', "byte-offset", NULL, OWN(OPT_FLAG, byte_offset), NULL,
		"print offsets of lines, with -o of what matched" },
	{ 'H', "with-filename", NULL, OWN(OPT_ONE, with_name), NULL,
		"print names of files before lines" },
	{ 'h', "no-filename", NULL, OWN(OPT_ONE, with_name), NULL, "print none" },
	{ 0, "label", "NAME", OWN(OPT_TEXT, label), NULL, "the name of standard input" },
	{ 'Z', "null", NULL, OWN(OPT_FLAG, null), NULL, "print NUL behind names of files" },
	{ 0, "color", "[WHEN]", OWN(OPT_CHOICE, color), color_names,
		"colour what matched: always, never or auto (default), on a terminal" },
	{ 's', "no-messages", NULL, OWN(OPT_FLAG, no_messages), NULL,
		"no messages about files that cannot be read" },
	{ 'r', "recursive", NULL, OWN(OPT_ONE, recursive), NULL, "search the files in folders" },
	{ 'R', "dereference-recursive", NULL, OWN(OPT_ONE, recursive), NULL,
		"the same, and follow symbolic links" },
	{ 0, "include", "GLOB", OPT_OPERAND, 0, 0, NULL, "only files whose names match GLOB" },
	{ 0, "exclude", "GLOB", OPT_OPERAND, 0, 0, NULL, "no files whose names match GLOB" },
	{ 0, "exclude-dir", "GLOB", OPT_OPERAND, 0, 0, NULL, "no folders whose names match GLOB" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL }
};
#undef OWN

/* The operand is the value of -e or -f. */
static bool is_set(const struct cli *cli, int i)
{
	return cli->operand_of[i] && strchr("ef", cli->operand_of[i]->letter) &&
		cli->operand_of[i]->letter;
}

/* The first operand that is no value of an option, or how many there are. */
static int first_plain(const struct cli *cli)
{
	int i = 0;

	while (i < cli->operands && cli->operand_of[i])
		i++;
	return i;
}

/* Adds the value of -e or -f. */
static int add_option(struct cli *cli, struct members *m, int i)
{
	const char *value = cli->operand[i];
	bool file = cli->operand_of[i]->letter == 'f', reads = strcmp(value, file ? "-" : "@-") == 0;

	if (reads && m->stdin_is_taken)
		return diag_say(cli, "standard input cannot be two sets");
	m->option = "-e";
	return members_add(cli, m, file ? NULL : value, file ? value : NULL, 0);
}

/* Reads all sets, so that all that is bad in them is said, and freezes them together. */
static int read_set(struct grep *g)
{
	struct cli *cli = g->cli;
	struct members *m = &g->members;
	int status = 0, plain = first_plain(cli), named = 0;

	for (int i = 0; i < cli->operands && !cli->failed && !cli->stopped; i++) {
		if (!is_set(cli, i))
			continue;
		named++;
		if (add_option(cli, m, i) != 0)
			status = STATUS_BAD;
	}
	if (g->o->any_address && named > 0)
		return diag_say(cli, "--any-address goes with no SET");
	if (g->o->any_address || named > 0)
		return status || g->o->any_address ? status : members_freeze(cli, m);
	if (plain == cli->operands)
		return diag_usage(cli, "the SET is missing", "", 0, "");
	g->files.first = plain + 1;
	return members_read(cli, m, cli->operand[plain], NULL, (uint64_t)plain + 1);
}

static bool wants_records(const struct common *c)
{
	return c->json || c->csv || c->template;
}

/* What the options say against each other. */
static int check_options(struct cli *cli, const struct grep_options *o)
{
	bool records = wants_records(&cli->common);
	bool context = o->after.given || o->before.given || o->context.given;

	if (records && (o->count || o->list || context))
		return diag_say(cli, "records go with none of -c, -l, -L, -A, -B and -C");
	if (o->prefix && o->any_address)
		return diag_say(cli, "-p goes with a SET");
	return 0;
}

static bool on_terminal(struct cli *cli)
{
	const char *term = getenv("TERM");

	return !cli->common.output && isatty(cli->out) && term && strcmp(term, "dumb") != 0;
}

static uint64_t context_lines(const struct opt_number *own, const struct opt_number *both)
{
	return own->given ? own->value : both->given ? both->value : 0;
}

/* Styles that carry all that a text says. */
static bool carries_all(enum v6k_style style)
{
	return style == V6K_CANONICAL || style == V6K_FULL || style == V6K_MIXED ||
		style == V6K_UPPER;
}

static void choose(struct grep *g)
{
	const struct grep_options *o = g->o;
	struct cli *cli = g->cli;
	bool records = wants_records(&cli->common), lines, early;

	g->what = cli->common.quiet || o->list ? GREP_WHETHER :
		records                        ? GREP_RECORDS :
		o->count                       ? GREP_COUNT :
						 GREP_LINES;
	g->style = o->style ? (enum v6k_style)(o->style - 1) : V6K_CANONICAL;
	g->color = o->color == GREP_ALWAYS || (o->color != GREP_NEVER && on_terminal(cli));
	g->named = o->with_name ? o->with_name == 'H' : grep_files_are_many(cli, &g->files);
	g->max = o->max.given ? o->max.value : UINT64_MAX;
	g->before = context_lines(&o->before, &o->context);
	g->after = context_lines(&o->after, &o->context);
	g->context = o->before.given || o->after.given || o->context.given;
	lines = g->what == GREP_LINES || g->what == GREP_RECORDS;
	g->picks = o->only || o->prefix || o->style;
	g->matches = lines && (records || g->picks || g->color);
	early = !o->number && !o->max.given && !g->context && carries_all(g->style);
	g->early = g->what == GREP_LINES && early;
	g->sums = g->what == GREP_WHETHER || (g->what == GREP_COUNT && !o->max.given);
	g->bare = g->early && !g->matches && !g->named && !o->byte_offset;
	g->number = o->number || records || !carries_all(g->style);
	g->scan_flags = V6K_SCAN_PADDED | (o->tcpdump ? V6K_SCAN_TCPDUMP : 0) |
		(o->names ? V6K_SCAN_NAMES : 0) |
		(o->overlap && g->members.set ? V6K_SCAN_OVERLAP : 0);
	g->files.prints_lines = lines;
}

/* The number of the line at an offset of the file. Counting lines takes time, so that it is not done for
 * nothing: of a file they can be counted when there is a line to be named. */
static uint64_t count_before(const struct grep *g, uint64_t at)
{
	enum { SIZE = 64 * 1024 };
	char *s = malloc(SIZE);
	uint64_t number = 1, done = 0;

	while (s && done < at) {
		size_t n = at - done < SIZE ? (size_t)(at - done) : SIZE;
		ssize_t got = pread(g->fd, s, n, g->start + (off_t)done);

		if (got <= 0)
			break;
		/* A piece may end inside a line, which counts then. */
		number += block_lines(s, (size_t)got) - (s[got - 1] != '\n');
		done += (uint64_t)got;
	}
	free(s);
	return number;
}

/* A line that is too long to be searched: it can be kept where lines are printed, or records. */
static int long_line(void *grep, const struct block *piece, bool first, bool last)
{
	struct grep *g = grep;
	struct common *c = &g->cli->common;
	unsigned on_error = c->on_error;
	struct block named = *piece;
	int after;

	if (!g->counts && (first || last))
		named.number = count_before(g, piece->at);
	if (on_error == ON_ERROR_KEEP && g->what != GREP_RECORDS && (g->what != GREP_LINES || g->picks))
		c->on_error = ON_ERROR_SKIP;
	after = item_long(g->cli, g->place, &named, first, last);
	c->on_error = on_error;
	return after == STOP ? BLOCKS_STOP : BLOCKS_GO_ON;
}

/* What is printed of a file behind its lines. */
static void end_file(struct grep *g)
{
	struct block_out out = { .s = NULL };
	bool listed = g->o->list && (g->selected > 0) == (g->o->list == 'l'), ok = true;
	struct message m = { .n = 0 };

	if (g->cli->common.quiet)
		return;
	if (g->what == GREP_COUNT) {
		message_number(&m, g->selected);
		message_text(&m, "\n");
		ok = (!g->named || grep_print_name(g, &out, ':')) && block_put(&out, m.text, m.n);
	} else if (listed) {
		ok = grep_print_name(g, &out, '\n');
	}
	if (!ok)
		no_memory(g->cli);
	put_bytes(g->cli, out.s, out.n);
	free(out.s);
	sink_end_record(&g->cli->sink);
}

/* -m leaves standard input, when it is a file, behind the last selected line. */
static void go_back(const struct grep *g)
{
	off_t end = lseek(g->fd, 0, SEEK_CUR);

	if (g->start < 0 || end < 0 || g->selected < g->max || (uint64_t)(end - g->start) < g->end)
		return;
	lseek(g->fd, g->start + (off_t)g->end, SEEK_SET);
}

/* Where in a file reading begins, when its bytes are the text; else -1. */
static off_t text_start(int fd)
{
	char magic[SOURCE_MAGIC];
	struct stat st;
	off_t at = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? lseek(fd, 0, SEEK_CUR) : -1;
	ssize_t n = at < 0 ? -1 : pread(fd, magic, sizeof(magic), at);

	return n >= 0 && source_kind(magic, (size_t)n) == SOURCE_PLAIN ? at : -1;
}

static int search(struct cli *cli, void *to, int fd, const char *name)
{
	struct grep *g = to;
	int e;

	g->name = name ? name : g->o->label ? g->o->label : "(standard input)";
	g->place = name ? name : "-";
	g->fd = fd;
	g->start = text_start(fd);
	g->counts = g->number || g->start < 0;
	grep_order_start(g);
	e = g->max > 0 ? input_run(&g->input, fd) : 0;
	if (e == -ENOMEM)
		no_memory(cli);
	else if (e < 0)
		grep_files_failed(cli, &g->files, name, -e);
	if (!name)
		go_back(g);
	g->any_selected |= g->selected > 0;
	end_file(g);
	return cli->sink.error || cli->stopped || (cli->common.quiet && g->any_selected) ? STOP : GO_ON;
}

static int run_search(struct grep *g)
{
	static const struct blocks_job job = { .own_new = grep_found_new,
		.own_free = grep_found_free,
		.work = grep_find,
		.emit = grep_order,
		.long_line = long_line,
		.light = true,
		.inflate = true };
	struct cli *cli = g->cli;

	if (input_open(cli, &g->input, &job, g, 0, grep_files_size(cli, &g->files)) != 0)
		return STATUS_BAD;
	grep_files_each(cli, &g->files);
	input_close(cli, &g->input);
	/* The answer is known, whatever could not be read. */
	if (cli->common.quiet && g->any_selected) {
		cli->failed = false;
		cli->bad = 0;
	}
	return g->any_selected ? STATUS_YES : STATUS_NO;
}

static int start(struct grep *g)
{
	struct cli *cli = g->cli;
	int status = check_options(cli, g->o);

	if (status == 0)
		status = read_set(g);
	if (status)
		return status;
	if (g->members.stdin_is_taken && grep_files_have_stdin(cli, &g->files))
		return diag_say(cli, "standard input cannot be both the set and the text");
	choose(g);
	if (g->max == 0 && g->o->list != 'L')
		return STATUS_NO;
	if (g->o->prefix || (g->what == GREP_RECORDS && !g->o->any_address)) {
		g->lpm = members_table(cli, &g->members);
		if (!g->lpm)
			return STATUS_BAD;
	}
	return run_search(g);
}

static int run(struct cli *cli, const void *own)
{
	const struct grep_options *o = own;
	struct grep g = { .cli = cli, .o = o };
	int status;

	g.members.mapped = !o->exact_family;
	g.members.for_scan = true;
	g.members.unlabelled = !o->prefix && !wants_records(&cli->common);
	g.files = (struct grep_files){ .recursive = o->recursive,
		.no_messages = o->no_messages,
		.search = search,
		.to = &g };
	status = start(&g);
	free(g.history.s);
	members_free(&g.members);
	return status;
}

static const char *const notes[] = {
	"SET is a prefix, a range, a comma list of them, or @FILE with one a line and a label behind.",
	"Without FILE it reads standard input; with -r the files in and below this folder.",
	"Status 0: a line was selected; 1: none was; 2: bad input, or a file could not be read.", NULL
};

const struct command cmd_grep = {
	.name = "grep",
	.summary = "Print the lines that hold an address of the set.",
	.files = true,
	.operands = "SET [FILE...]",
	.notes = notes,
	.options = options,
	.common = COMMON_FAMILY | COMMON_MATCH | COMMON_QUIET | COMMON_OUTPUT | COMMON_ERROR |
		COMMON_MASK | COMMON_NETMASK | COMMON_STREAM,
	.fields = grep_fields,
	.text = "%{input}",
	.run = run,
};
