/* span: the smallest prefix that holds all of a family. */
#include <config.h>

#include "sets.h"

static int run(struct cli *cli, const void *own)
{
	struct sets sets;
	struct v6k_range r, whole = { .first = { .family = V6K_NONE } };
	int status = sets_read(cli, own, 0, &sets);

	for (size_t i = 0; status == 0 && v6k_set_range(sets.set[0], i, &r) == 0; i++) {
		if (!wants_family(cli, r.first.family))
			continue;
		if (whole.first.family != r.first.family) {
			if (whole.first.family != V6K_NONE)
				put_prefix(cli, v6k_range_span(whole));
			whole.first = r.first;
		}
		whole.last = r.last;
	}
	if (whole.first.family != V6K_NONE)
		put_prefix(cli, v6k_range_span(whole));
	sets_free(&sets);
	return status;
}

const struct command cmd_span = {
	.name = "span",
	.summary = "Print the longest prefix that holds all of the sets, a line a family.",
	.files = true,
	.operands = set_operands,
	.notes = set_notes,
	.options = set_plain_table,
	.common = SET_COMMON,
	.run = run,
};
