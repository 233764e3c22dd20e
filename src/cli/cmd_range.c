/* range: a range as its minimal prefixes, and a prefix as its range. */
#include <config.h>

#include "common.h"

enum { INPUT, PREFIX, RANGE, FIRST, LAST };
static const char *const fields[] = { "input", "prefix", "range", "first", "last", "error", NULL };

static int range_item(struct cli *cli, void *to, const struct item *item)
{
	char text[2 * V6K_ADDR_TEXT_MAX + 1], first[V6K_ADDR_TEXT_MAX], last[V6K_ADDR_TEXT_MAX];
	struct v6k_notation what;
	struct v6k_prefix p;
	struct v6k_range r;
	int after, n;

	(void)to;
	if (!item_read(cli, item, &what, &after) ||
		!item_plain(cli, item, &what, v6k_err_text(V6K_EZONEPREFIX), &after))
		return after;
	r = v6k_notation_range(&what);
	if (what.kind == V6K_KIND_RANGE) {
		while (v6k_range_pop(&r, &p)) {
			out_string(&cli->record, INPUT, item->s, item->n);
			record_prefix(cli, PREFIX, p, text);
			record_end(cli);
		}
		return GO_ON;
	}
	n = v6k_range_format(r, V6K_CANONICAL, text, sizeof(text));
	out_string(&cli->record, INPUT, item->s, item->n);
	out_string(&cli->record, RANGE, text, n > 0 ? (size_t)n : 0);
	record_addr(cli, FIRST, r.first, V6K_CANONICAL, first);
	record_addr(cli, LAST, r.last, V6K_CANONICAL, last);
	record_end(cli);
	return GO_ON;
}

static int run(struct cli *cli, const void *own)
{
	(void)own;
	each_item(cli, 0, range_item, NULL);
	return STATUS_YES;
}

const struct command cmd_range = {
	.name = "range",
	.summary = "Print the minimal prefixes of a range, and the range of a prefix.",
	.operands = "[FIRST-LAST|PREFIX...]",
	.common = COMMON_FAMILY | COMMON_FILE | COMMON_RECORD | COMMON_QUIET | COMMON_OUTPUT |
		COMMON_ERROR | COMMON_MASK | COMMON_NETMASK,
	.fields = fields,
	.text = "%{prefix}%{range}",
	.run = run,
};
