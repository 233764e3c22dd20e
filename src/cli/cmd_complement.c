/* complement: what is in none of the sets. */
#include <config.h>

#include "members.h"
#include "sets.h"

/* --within */
static struct v6k_set *within(struct cli *cli, const struct set_options *o)
{
	struct members m = { .unlabelled = true, .unmap = o->unmap, .option = "--within" };
	struct v6k_set *set = NULL;

	if (members_read(cli, &m, o->within, NULL, 0) == 0) {
		set = m.set;
		m.set = NULL;
	}
	members_free(&m);
	return set;
}

static int run(struct cli *cli, const void *own)
{
	const struct set_options *o = own;
	struct v6k_set *all = o->within ? within(cli, o) : sets_everything(cli);
	struct sets sets;
	int status;

	if (!all)
		return STATUS_BAD;
	status = sets_read(cli, o, 0, &sets);
	if (status == 0 && !sets_fold(cli, &all, sets.set[0], V6K_DIFFERENCE))
		status = STATUS_BAD;
	if (status == 0)
		status = sets_print(cli, o, all);
	sets_free(&sets);
	v6k_set_free(all);
	return status;
}

const struct command cmd_complement = {
	.name = "complement",
	.summary = "Print what is in none of the sets, of both families or within a list.",
	.files = true,
	.operands = set_operands,
	.notes = set_notes,
	.options = set_within_table,
	.common = SET_COMMON,
	.run = run,
};
