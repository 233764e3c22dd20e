/* symdiff: what is in an odd number of the sets: of two, in one alone. */
#include <config.h>

#include "sets.h"

static int run(struct cli *cli, const void *own)
{
	return sets_print_folded(cli, own, SETS_ALL_APART, V6K_SYMMETRIC_DIFFERENCE);
}

const struct command cmd_symdiff = {
	.name = "symdiff",
	.summary = "Print what is in one of two sets and not in the other.",
	.files = true,
	.operands = set_operands,
	.notes = set_notes,
	.options = set_table,
	.common = SET_COMMON,
	.run = run,
};
