/* free: what of the pools is not in use. */
#include <config.h>

#include "pools.h"
#include "sets.h"

struct free_options {
	struct set_options set;
	const char *used;
};
_Static_assert(sizeof(struct free_options) <= OPTIONS_MAX, "options");

static const struct opt table[] = {
	{ 'f', "file", "FILE", OPT_FILE, offsetof(struct free_options, used), 0, NULL,
		POOLS_USED_TEXT },
	{ 0, "as", "FORM", OPT_CHOICE, offsetof(struct free_options, set.as), 0, set_as_names,
		"print the result as" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL },
};

static const char *const notes[] = { pools_note, NULL };

static int run(struct cli *cli, const void *own)
{
	const struct free_options *o = own;
	struct pools pools;
	int status = pools_read(cli, o->used, 0, &pools);

	if (status == 0) {
		sets_print(cli, &o->set, pools.free);
		status = v6k_set_size(pools.free) > 0 ? STATUS_YES : STATUS_NO;
	}
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
