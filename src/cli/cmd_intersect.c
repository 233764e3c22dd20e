/* intersect: what is in every set. */
#include <config.h>

#include "sets.h"

static int run(struct cli *cli, const void *own)
{
	return sets_print_folded(cli, own, SETS_ALL_APART, V6K_INTERSECTION);
}

const struct command cmd_intersect = {
	.name = "intersect",
	.summary = "Print what is in all of the sets.",
	.files = true,
	.operands = set_operands,
	.notes = set_notes,
	.options = set_labels_table,
	.common = SET_COMMON,
	.run = run,
};
