/* parent: the prefix of a length that holds a prefix, and those before and after it. */
#include <config.h>

#include "part.h"

struct parent_options {
	const char *step;
};
_Static_assert(sizeof(struct parent_options) <= OPTIONS_MAX, "options");

#define OWN(kind, member) kind, offsetof(struct parent_options, member), 0
static const struct opt options[] = {
	{ 0, "step", "N", OWN(OPT_TEXT, step), NULL,
		"print the one that comes N after it, or with -N before it; /LEN is then "
		"the length of PREFIX itself by default" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL }
};
#undef OWN

enum { INPUT, PREFIX };
static const char *const fields[] = { "input", "prefix", "error", NULL };

struct parent {
	struct part_number step;
	int bits; /* -1: those of the prefix itself */
};

static int step_bad(struct cli *cli, const struct item *item, const struct parent *parent)
{
	return item_bad(cli, item, 0, item->n,
		parent->step.negative ? "so many steps before it is before the first address" :
					"so many steps after it is past the last address");
}

static int parent_item(struct cli *cli, void *to, const struct item *item)
{
	const struct parent *parent = to;
	const struct v6k_count *n = &parent->step.n;
	char text[V6K_NOTATION_TEXT_MAX];
	struct v6k_prefix p;
	int after, e;

	if (!part_prefix(cli, item, &p, &after))
		return after;
	if (parent->bits >= 0 && v6k_prefix_parent(p, (unsigned)parent->bits, &p) != 0)
		return part_bad(cli, item, "shorter than /", (unsigned)parent->bits,
			": no prefix of that length holds it");
	if (n->w[2])
		return step_bad(cli, item, parent);
	e = parent->step.negative ? v6k_prefix_prev(p, n->w[1], n->w[0], &p) :
				    v6k_prefix_next(p, n->w[1], n->w[0], &p);
	if (e)
		return step_bad(cli, item, parent);
	out_string(&cli->record, INPUT, item->s, item->n);
	record_prefix(cli, PREFIX, p, text);
	record_end(cli);
	return GO_ON;
}

static int run(struct cli *cli, const void *own)
{
	const struct parent_options *o = own;
	struct parent parent = { .bits = -1 };
	int e;

	if (o->step && part_number(cli, "step", o->step, true, &parent.step) != 0)
		return STATUS_BAD;
	e = o->step ? part_length(cli, &parent.bits) : part_length_needed(cli, &parent.bits);
	if (e)
		return e;
	each_item(cli, 0, parent_item, &parent);
	return STATUS_YES;
}

const struct command cmd_parent = {
	.name = "parent",
	.summary = "Print the prefix of a length that holds a prefix, or one next to it.",
	.operands = "[PREFIX...] /LEN",
	.options = options,
	.common = COMMON_FAMILY | COMMON_FILE | COMMON_RECORD | COMMON_QUIET | COMMON_OUTPUT |
		COMMON_ERROR | COMMON_MASK | COMMON_NETMASK,
	.fields = fields,
	.text = "%{prefix}",
	.run = run,
};
