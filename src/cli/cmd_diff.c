/* diff: what one set has that the other has not. */
#include <config.h>

#include "set_out.h"

static void put_signed(struct cli *cli, char sign, struct v6k_prefix p)
{
	put_bytes(cli, &sign, 1);
	put_prefix(cli, p);
}

/* Both in order: what both have never meets. */
static int print(struct cli *cli, const struct v6k_set *gone, const struct v6k_set *new)
{
	struct prefixes minus = { .of.set = gone }, plus = { .of.set = new };
	struct v6k_prefix p, q;
	bool has_p = prefixes_next(cli, &minus, &p), has_q = prefixes_next(cli, &plus, &q);
	int status = has_p || has_q ? STATUS_NO : STATUS_YES;

	while ((has_p || has_q) && !cli->sink.error) {
		if (has_p && (!has_q || v6k_prefix_cmp(p, q) < 0)) {
			put_signed(cli, '-', p);
			has_p = prefixes_next(cli, &minus, &p);
		} else {
			put_signed(cli, '+', q);
			has_q = prefixes_next(cli, &plus, &q);
		}
	}
	return status;
}

static int run(struct cli *cli, const void *own)
{
	struct sets sets;
	struct v6k_set *gone = NULL, *new = NULL;
	int status;

	if (cli->operands != 2)
		return diag_usage(cli, "two sets are compared: FILE or -e LIST", "", 0, "");
	status = sets_read(cli, own, SETS_ALL_APART, &sets);
	if (status == 0 &&
		(v6k_set_combine(sets.set[0], sets.set[1], V6K_DIFFERENCE, &gone) != 0 ||
			v6k_set_combine(sets.set[1], sets.set[0], V6K_DIFFERENCE, &new) != 0)) {
		no_memory(cli);
		status = STATUS_BAD;
	}
	if (status == 0)
		status = print(cli, gone, new);
	v6k_set_free(new);
	v6k_set_free(gone);
	sets_free(&sets);
	return status;
}

const struct command cmd_diff = {
	.name = "diff",
	.summary = "Print what two sets differ in: -PREFIX of the first, +PREFIX of the second.",
	.files = true,
	.operands = "FILE FILE",
	.notes = set_notes,
	.options = set_plain_table,
	.common = SET_COMMON,
	.run = run,
};
