/* subtract: the first set without the others. */
#include <config.h>

#include "sets.h"

static int run(struct cli *cli, const void *own)
{
	return sets_print_folded(cli, own, 1, V6K_DIFFERENCE);
}

const struct command cmd_subtract = {
	.name = "subtract",
	.summary = "Print the first set without the others.",
	.files = true,
	.operands = set_operands,
	.notes = set_notes,
	.options = set_labels_table,
	.common = SET_COMMON,
	.run = run,
};
