/* list: the addresses of prefixes and ranges. */
#include <config.h>

#include "part.h"

struct list_options {
	struct part_options part;
	bool set;
};
_Static_assert(sizeof(struct list_options) <= OPTIONS_MAX, "options");

#define OWN(kind, member) kind, offsetof(struct list_options, member), 0
static const struct opt options[] = { { 0, "set", NULL, OWN(OPT_FLAG, set), NULL,
					      "all input as one set: in order, each address once" },
	{ 0, "nth", "N", OWN(OPT_TEXT, part.nth), NULL,
		"print number N alone, from 0; -1 is the last" },
	{ 0, "from", "N", OWN(OPT_TEXT, part.from), NULL, "begin with number N" },
	{ 0, "limit", "N", OWN(OPT_TEXT, part.limit), NULL, "print at most N" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL } };
#undef OWN

enum { INPUT, ADDRESS };
static const char *const fields[] = { "input", "address", "error", NULL };

struct list {
	struct part part;
	struct v6k_list *entries; /* of --set */
};

/* n addresses from a on; item is null for --set, where they have no input of their own. */
static void print(struct cli *cli, const struct item *item, struct v6k_addr a, struct v6k_count n)
{
	bool lines = cli->record.shape == OUT_TEMPLATE && !cli->common.template;
	struct v6k_count done = { { 1, 0, 0 } };
	char buf[16 * 1024];

	while (part_step(n) > 0 && !cli->sink.error) {
		if (lines) {
			uint64_t left = part_step(n);
			int length = v6k_addr_format_run(&a, &left, cli->record.terminator, buf,
				sizeof(buf));

			put_bytes(cli, buf, length > 0 ? (size_t)length : 0);
			sink_end_record(&cli->sink);
			done.w[0] = part_step(n) - left;
		} else {
			if (item)
				out_string(&cli->record, INPUT, item->s, item->n);
			record_addr(cli, ADDRESS, a, V6K_CANONICAL, buf);
			record_end(cli);
			v6k_addr_add(a, 0, 1, &a);
		}
		v6k_count_sub(n, done, &n);
	}
}

static int list_item(struct cli *cli, void *to, const struct item *item)
{
	const struct list *list = to;
	struct v6k_count first, n;
	struct v6k_notation what;
	struct v6k_range r;
	struct v6k_addr a;
	int after;

	if (!item_read(cli, item, &what, &after) ||
		!item_plain(cli, item, &what, v6k_err_text(V6K_EZONEPREFIX), &after))
		return after;
	r = v6k_notation_range(&what);
	if (list->entries)
		return v6k_list_add_range(list->entries, r, V6K_NO_LABEL) ? no_memory(cli) : GO_ON;
	if (!part_place(cli, item, &list->part, v6k_range_count(r), &first, &n, &after))
		return after;
	if (!cli->common.quiet && v6k_addr_add(r.first, first.w[1], first.w[0], &a) == 0)
		print(cli, item, a, n);
	return GO_ON;
}

/* n addresses of a set, from its number first on. */
static void print_set(struct cli *cli, const struct v6k_set *set, struct v6k_count first,
	struct v6k_count n)
{
	const struct v6k_count none = { { 0, 0, 0 } };
	struct v6k_range r;
	struct v6k_addr a;

	for (size_t i = 0; v6k_set_range(set, i, &r) == 0 && !cli->sink.error; i++) {
		struct v6k_count here = v6k_range_count(r);

		if (v6k_count_sub(first, here, &first) == 0)
			continue;
		v6k_addr_add(r.first, first.w[1], first.w[0], &a);
		v6k_count_sub(here, first, &here);
		first = none;
		if (v6k_count_cmp(n, here) < 0)
			here = n;
		print(cli, NULL, a, here);
		v6k_count_sub(n, here, &n);
	}
}

/* All input as one set. A bad entry would shift the numbers of the others, so that only
 * --on-error=skip goes on; and it is nothing to keep among addresses that are sorted. */
static int list_set(struct cli *cli, struct list *list)
{
	unsigned on_error = cli->common.on_error;
	struct message m = { .n = 0 };
	struct v6k_count first, n;
	struct v6k_set *set = NULL;
	int status = STATUS_BAD;

	if (on_error == ON_ERROR_KEEP)
		cli->common.on_error = ON_ERROR_DEFAULT;
	list->entries = v6k_list_new();
	if (list->entries)
		each_item(cli, 0, list_item, list);
	cli->common.on_error = on_error;
	if (cli->failed || (cli->bad > 0 && on_error != ON_ERROR_SKIP))
		goto out;
	if (!list->entries || v6k_set_freeze(list->entries, 0, &set) != 0) {
		no_memory(cli);
	} else if (!part_find(&list->part, v6k_set_count(set), &first, &n, &m)) {
		diag_say(cli, m.text);
	} else {
		if (!cli->common.quiet)
			print_set(cli, set, first, n);
		status = STATUS_YES;
	}
out:
	v6k_set_free(set);
	v6k_list_free(list->entries);
	return status;
}

static int run(struct cli *cli, const void *own)
{
	const struct list_options *o = own;
	struct list list = { .entries = NULL };

	if (part_read(cli, &o->part, &list.part) != 0)
		return STATUS_BAD;
	if (o->set)
		return list_set(cli, &list);
	each_item(cli, 0, list_item, &list);
	return STATUS_YES;
}

const struct command cmd_list = {
	.name = "list",
	.summary = "Print the addresses of prefixes and ranges.",
	.operands = "[PREFIX|FIRST-LAST...]",
	.options = options,
	.common = COMMON_FAMILY | COMMON_FILE | COMMON_RECORD | COMMON_QUIET | COMMON_OUTPUT |
		COMMON_ERROR | COMMON_MASK | COMMON_NETMASK,
	.fields = fields,
	.text = "%{address}",
	.run = run,
};
