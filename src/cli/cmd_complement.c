/* complement: what is in none of the sets. */
#include <config.h>

#include "members.h"
#include "sets.h"

/* Both families, or the one that -4 or -6 keeps. */
static struct v6k_set *everything(struct cli *cli)
{
	struct v6k_prefix p = { .family = V6K_IPV4 };
	struct v6k_range all[2];
	size_t n = 0;

	if (wants_family(cli, V6K_IPV4))
		all[n++] = v6k_range_from_prefix(p);
	p.family = V6K_IPV6;
	if (wants_family(cli, V6K_IPV6))
		all[n++] = v6k_range_from_prefix(p);
	return sets_set_of(cli, all, n);
}

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
	struct v6k_set *all = o->within ? within(cli, o) : everything(cli);
	struct sets sets;
	int status;

	if (!all)
		return STATUS_BAD;
	status = sets_read(cli, o, 0, &sets);
	if (status == 0 && !sets_fold(cli, &all, sets.set[0], V6K_DIFFERENCE))
		status = STATUS_BAD;
	if (status == 0)
		sets_print(cli, o, all);
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
