/* split: the prefixes of a length inside a prefix. */
#include <config.h>

#include "part.h"

struct split_options {
	struct part_options part;
	bool count;
	unsigned order;
};
_Static_assert(sizeof(struct split_options) <= OPTIONS_MAX, "options");

/* As enum v6k_order counts them from 1. */
static const char *const orders[] = { "rfc3531-left", "rfc3531-right", "rfc3531-center", NULL };

#define OWN(kind, member) kind, offsetof(struct split_options, member), 0
static const struct opt options[] = { { 0, "count", NULL, OWN(OPT_FLAG, count), NULL,
					      "print how many there are" },
	{ 0, "nth", "N", OWN(OPT_TEXT, part.nth), NULL,
		"print number N alone, from 0; -1 is the last" },
	{ 0, "from", "N", OWN(OPT_TEXT, part.from), NULL, "begin with number N" },
	{ 0, "limit", "N", OWN(OPT_TEXT, part.limit), NULL, "print at most N" },
	{ 0, "order", "ORDER", OWN(OPT_CHOICE, order), orders,
		"in the order rfc3531-left, rfc3531-right or rfc3531-center" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL } };
#undef OWN

enum { INPUT, PREFIX, COUNT };
static const char *const fields[] = { "input", "prefix", "count", "error", NULL };

struct split {
	struct part part;
	int bits;
	enum v6k_order order;
	bool count, lines; /* lines: nothing but the prefixes, a line each */
};

static void print_count(struct cli *cli, const struct item *item, struct v6k_count n)
{
	char text[V6K_COUNT_TEXT_MAX];
	int length = v6k_count_format(n, text, sizeof(text));

	out_string(&cli->record, INPUT, item->s, item->n);
	out_string(&cli->record, COUNT, text, length > 0 ? (size_t)length : 0);
	record_end(cli);
}

/* The child of p with the number i in the order. */
static struct v6k_prefix child(const struct split *split, struct v6k_prefix p, struct v6k_count i)
{
	uint64_t hi = i.w[1], lo = i.w[0];
	struct v6k_prefix inner = p;

	if (v6k_order_apply(split->order, (unsigned)split->bits - p.bits, &hi, &lo) == 0)
		v6k_prefix_child(p, (unsigned)split->bits, hi, lo, &inner);
	return inner;
}

static void print_lines(struct cli *cli, struct v6k_prefix p, struct v6k_count n)
{
	char buf[16 * 1024];
	struct v6k_count done = { { 0, 0, 0 } };

	while (part_step(n) > 0 && !cli->sink.error) {
		uint64_t left = part_step(n);
		int length =
			v6k_prefix_format_run(&p, &left, cli->record.terminator, buf, sizeof(buf));

		put_bytes(cli, buf, length > 0 ? (size_t)length : 0);
		sink_end_record(&cli->sink);
		done.w[0] = part_step(n) - left;
		v6k_count_sub(n, done, &n);
	}
}

static void print_records(struct cli *cli, const struct split *split, const struct item *item,
	struct v6k_prefix p, struct v6k_count i, struct v6k_count n)
{
	const struct v6k_count one = { { 1, 0, 0 } };
	char text[V6K_NOTATION_TEXT_MAX];

	while (part_step(n) > 0 && !cli->sink.error) {
		out_string(&cli->record, INPUT, item->s, item->n);
		record_prefix(cli, PREFIX, child(split, p, i), text);
		record_end(cli);
		v6k_count_add(i, one, &i);
		v6k_count_sub(n, one, &n);
	}
}

static int split_item(struct cli *cli, void *to, const struct item *item)
{
	const struct split *split = to;
	struct v6k_count first, n;
	struct v6k_prefix p;
	int after;

	if (!part_prefix(cli, item, &p, &after) || !part_inside(cli, item, p, split->bits, &after))
		return after;
	n = v6k_prefix_count_children(p, (unsigned)split->bits);
	if (!part_place(cli, item, &split->part, n, &first, &n, &after))
		return after;
	if (cli->common.quiet)
		return GO_ON;
	if (split->count)
		print_count(cli, item, n);
	else if (split->lines)
		print_lines(cli, child(split, p, first), n);
	else
		print_records(cli, split, item, p, first, n);
	return GO_ON;
}

static int run(struct cli *cli, const void *own)
{
	const struct split_options *o = own;
	struct split split = { .order = (enum v6k_order)o->order, .count = o->count };

	split.lines = cli->record.shape == OUT_TEMPLATE && !cli->common.template && o->order == 0;
	if (part_read(cli, &o->part, &split.part) != 0 || part_length_needed(cli, &split.bits) != 0)
		return STATUS_BAD;
	each_item(cli, 0, split_item, &split);
	return STATUS_YES;
}

const struct command cmd_split = {
	.name = "split",
	.summary = "Print the prefixes of a length inside a prefix.",
	.operands = "[PREFIX...] /LEN",
	.options = options,
	.common = COMMON_FAMILY | COMMON_FILE | COMMON_RECORD | COMMON_QUIET | COMMON_OUTPUT |
		COMMON_ERROR | COMMON_MASK | COMMON_NETMASK,
	.fields = fields,
	.text = "%{prefix}%{count}",
	.run = run,
};
