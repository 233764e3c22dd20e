/* merge: all sets as one minimal list. */
#include <config.h>

#include "sets.h"

static int run(struct cli *cli, const void *own)
{
	return sets_print_folded(cli, own, 0, V6K_UNION);
}

const struct command cmd_merge = {
	.name = "merge",
	.summary = "Aggregate prefixes and ranges to the minimal list.",
	.files = true,
	.operands = set_operands,
	.notes = set_notes,
	.options = set_merge_table,
	.common = SET_COMMON,
	.run = run,
};
