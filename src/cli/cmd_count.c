/* count: how many addresses the sets hold together. */
#include <config.h>

#include "sets.h"

static void print(struct cli *cli, const struct v6k_set *set)
{
	struct v6k_count sum = { { 0, 0, 0 } };
	char text[V6K_COUNT_TEXT_MAX + 1];
	struct v6k_range r;

	/* Disjoint ranges of two families: at most 2^128 + 2^32, which always fits. */
	for (size_t i = 0; v6k_set_range(set, i, &r) == 0; i++)
		if (wants_family(cli, r.first.family))
			v6k_count_add(sum, v6k_range_count(r), &sum);
	text[v6k_count_format(sum, text, V6K_COUNT_TEXT_MAX)] = '\0';
	put_line(cli, text);
}

static int run(struct cli *cli, const void *own)
{
	struct sets sets;
	int status = sets_read(cli, own, 0, &sets);

	if (status == 0)
		print(cli, sets.set[0]);
	sets_free(&sets);
	return status;
}

const struct command cmd_count = {
	.name = "count",
	.summary = "Print how many addresses the sets hold together, each once.",
	.files = true,
	.operands = set_operands,
	.notes = set_notes,
	.options = set_plain_table,
	.common = SET_COMMON,
	.run = run,
};
