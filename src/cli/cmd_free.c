/* free: what of the pools is not in use. */
#include <config.h>

#include "pools.h"
#include "set_out.h"

struct free_options {
	struct set_options set;
	const char *used;
};
_Static_assert(sizeof(struct free_options) <= OPTIONS_MAX, "options");

static const struct opt table[] = {
	{ 'f', "file", "FILE", OPT_FILE, offsetof(struct free_options, used), 0, NULL,
		POOLS_USED_TEXT },
	SET_FORMS(set_as_names, " or iptables", offsetof(struct free_options, set)),
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL },
};

static const char *const notes[] = { pools_note, NULL };

static int run(struct cli *cli, const void *own)
{
	const struct free_options *o = own;
	struct pools pools;
	int status = set_out_check(cli, &o->set);

	if (status)
		return status;
	status = pools_read(cli, o->used, 0, &pools);
	if (status == 0)
		status = sets_print(cli, &o->set, pools.free);
	if (status == STATUS_YES && v6k_set_size(pools.free) == 0)
		status = STATUS_NO;
	pools_free(&pools);
	return status;
}

const struct command cmd_free = {
	.name = "free",
	.summary = "Print what of the pools is not in use, as minimal prefixes.",
	.operands = "POOL...",
	.notes = notes,
	.options = table,
	.common = SET_COMMON,
	.run = run,
};
