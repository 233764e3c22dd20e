/* in: is every address inside the set? */
#include <config.h>

#include "members.h"

struct in_options {
	bool prefix, shortest, all, any, overlap, exact_family;
};
_Static_assert(sizeof(struct in_options) <= OPTIONS_MAX, "options");

#define OWN(kind, member) kind, offsetof(struct in_options, member), 0
static const struct opt options[] = {
	{ 'p', "prefix", NULL, OWN(OPT_FLAG, prefix), NULL,
		"print each member alone: it, the longest prefix that holds it, its label" },
	{ 0, "shortest", NULL, OWN(OPT_FLAG, shortest), NULL, "print the shortest prefix instead" },
	{ 0, "all", NULL, OWN(OPT_FLAG, all), NULL, "print every prefix that holds it" },
	{ 0, "any", NULL, OWN(OPT_FLAG, any), NULL, "is any of them inside?" },
	{ 0, "overlap", NULL, OWN(OPT_FLAG, overlap), NULL,
		"a prefix or range is in when any of it is" },
	{ 0, "exact-family", NULL, OWN(OPT_FLAG, exact_family), NULL,
		"tell IPv4-mapped addresses from IPv4 ones" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL }
};
#undef OWN

enum { INPUT, MEMBER, ADDRESS, PREFIX, LABEL };
static const char *const fields[] = { "input", "member", "address", "prefix", "label", "error",
	NULL };

struct question {
	const struct in_options *options;
	struct members members;
	bool show_inside, show_outside; /* which of them are printed */
	uint64_t asked, inside;
};

/* One row of output: the member as it is normalized, and the entry that holds it, if one does. */
static void print_row(struct cli *cli, const struct question *q, const struct item *item,
	const struct v6k_notation *what, const struct v6k_lpm_row *row, bool member)
{
	char prefix[V6K_NOTATION_TEXT_MAX];
	size_t cap = 2 * V6K_NOTATION_TEXT_MAX + what->zone_len, label_n;
	char *text = cli_room(cli, cap);
	const char *label;
	int n = text ? v6k_notation_format(what, item->s, V6K_CANONICAL, text, cap) : 0;

	if (n <= 0)
		return;
	out_string(&cli->record, INPUT, item->s, item->n);
	out_bool(&cli->record, MEMBER, member);
	out_string(&cli->record, ADDRESS, text, (size_t)n);
	if (row) {
		record_prefix(cli, PREFIX, row->prefix, prefix);
		label = members_label(&q->members, row->label, &label_n);
		if (label_n > 0)
			out_string(&cli->record, LABEL, label, label_n);
	}
	record_end(cli);
}

/* Prints the rows of a member: one that holds all of it (the longest, the shortest, or all of
 * them), or those that do together. */
static void print_member(struct cli *cli, struct question *q, const struct item *item,
	const struct v6k_notation *what, struct v6k_range r)
{
	const struct v6k_lpm *lpm = members_table(cli, &q->members);
	struct v6k_lpm_row row, shortest;
	struct members_rows rows;

	if (!lpm)
		return;
	if (v6k_lpm_row(lpm, v6k_lpm_lookup_range(lpm, r), &row) != 0) {
		members_rows_start(&rows, lpm, V6K_NO_ROW, r);
		while (members_rows_next(&rows, &row))
			print_row(cli, q, item, what, &row, true);
		return;
	}
	if (q->options->all || !q->options->shortest)
		print_row(cli, q, item, what, &row, true);
	shortest = row;
	while (row.wider != V6K_NO_ROW && v6k_lpm_row(lpm, row.wider, &row) == 0) {
		if (q->options->all)
			print_row(cli, q, item, what, &row, true);
		if (v6k_prefix_cmp(row.prefix, shortest.prefix) != 0)
			shortest = row;
	}
	if (q->options->shortest)
		print_row(cli, q, item, what, &shortest, true);
}

static int in_item(struct cli *cli, void *to, const struct item *item)
{
	struct question *q = to;
	struct v6k_notation what;
	struct v6k_addr missing = { .family = V6K_NONE };
	struct v6k_range r;
	bool member;
	int after;

	if (!item_read(cli, item, &what, &after))
		return after;
	r = v6k_notation_range(&what);
	q->asked++;
	member = q->options->overlap ? v6k_set_overlaps(q->members.set, r) :
				       v6k_set_covers(q->members.set, r);
	if (second_wanted(cli, item)) {
		if (!member && !q->options->overlap)
			missing = members_missing(&q->members, r);
		if (!second_agrees_member(cli, q->members.second, &what, item, q->options->overlap,
			    member, missing))
			return STOP;
	}
	q->inside += member;
	if (q->show_inside && member)
		print_member(cli, q, item, &what, r);
	else if (q->show_outside && !member)
		print_row(cli, q, item, &what, NULL, false);
	return GO_ON;
}

static int answer(struct cli *cli, struct question *q)
{
	const struct in_options *o = q->options;
	const char *set = cli->common.file ? NULL : cli->operands > 0 ? cli->operand[0] : NULL;
	const char *file = cli->common.file;
	int first = file ? 0 : 1;

	if (!set && !file)
		return diag_usage(cli, "the SET is missing", "", 0, "");
	if (o->shortest && o->all)
		return diag_say(cli, "--shortest and --all exclude each other");
	q->members.mapped = !o->exact_family;
	for (int i = first; i < cli->operands && !cli->common.no_verify; i++)
		q->members.verify |= strcmp(cli->operand[i], "-") != 0;
	if (members_read(cli, &q->members, set, file, 1) != 0)
		return STATUS_BAD;
	for (int i = first; i <= cli->operands && q->members.stdin_is_taken; i++)
		if (i == cli->operands ? first >= cli->operands : strcmp(cli->operand[i], "-") == 0)
			return diag_say(cli,
				"standard input cannot be both the set and the addresses");
	/* -f named the set: the addresses are the operands, or standard input. */
	cli->common.file = NULL;
	each_item(cli, first, in_item, q);
	if (q->asked == 0 && cli->bad == 0 && !cli->failed)
		return diag_say(cli, "no address was asked about");
	return (o->any ? q->inside > 0 : q->inside == q->asked) ? STATUS_YES : STATUS_NO;
}

static int run(struct cli *cli, const void *own)
{
	const struct in_options *o = own;
	struct question q = { .options = o };
	int status;

	q.show_inside = o->prefix || o->shortest || o->all;
	if (!q.show_inside)
		q.show_inside = q.show_outside =
			cli->common.json || cli->common.csv || cli->common.template;
	status = answer(cli, &q);
	members_free(&q.members);
	return status;
}

static const char *const notes[] = {
	"SET is a prefix, a range, a comma list of them, or @FILE with one a line and a label behind.",
	"Status 0: all are inside (with --any: any); 1: not so; 2: bad input, or nothing was asked.",
	NULL
};

const struct command cmd_in = {
	.name = "in",
	.summary = "Is every address inside the set? The exit status says it.",
	.operands = "SET [ADDR...]",
	.notes = notes,
	.options = options,
	.common = COMMON_FAMILY | COMMON_SET_FILE | COMMON_RECORD | COMMON_QUIET | COMMON_OUTPUT |
		COMMON_ERROR | COMMON_MASK | COMMON_NETMASK | COMMON_VERIFY,
	.fields = fields,
	.text = "%{address}\t%{prefix}\t%{label}",
	.run = run,
};
