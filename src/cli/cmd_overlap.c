/* overlap: which entries of a set overlap which of another. */
#include <config.h>

#include <stdlib.h>

#include "sets.h"

enum { SET, ENTRY, OTHER_SET, OTHER };
static const char *const fields[] = { "set", "entry", "other_set", "other", "error", NULL };

struct entry {
	struct v6k_range range;
	uint32_t set, number; /* of the operand, and within it */
};

/* By first address; of equal ones by operand and place. */
static int by_first(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = v6k_addr_cmp(x->range.first, y->range.first);

	if (order == 0)
		order = (x->set > y->set) - (x->set < y->set);
	return order ? order : (x->number > y->number) - (x->number < y->number);
}

struct entries {
	struct entry *entry;
	size_t n, cap;
};

static bool add(struct entries *to, struct entry entry)
{
	void *grown = to->entry;
	bool ok = grow(&grown, &to->cap, to->n + 1, sizeof(entry));

	to->entry = grown;
	if (ok)
		to->entry[to->n++] = entry;
	return ok;
}

/* As a prefix where it is one, else as a range. */
static size_t text_of(struct v6k_range r, char *buf, size_t cap)
{
	struct v6k_prefix p;
	int n = v6k_range_to_prefix(r, &p) == 0 ? v6k_prefix_format(p, V6K_CANONICAL, buf, cap) :
						  v6k_range_format(r, V6K_CANONICAL, buf, cap);

	return n > 0 ? (size_t)n : 0;
}

static void print_pair(struct cli *cli, const struct entry *a, const struct entry *b)
{
	char text[2][2 * V6K_ADDR_TEXT_MAX + 1];
	const struct entry *one = a->set < b->set ? a : b, *other = one == a ? b : a;

	out_number(&cli->record, SET, one->set + 1u);
	out_string(&cli->record, ENTRY, text[0], text_of(one->range, text[0], sizeof(text[0])));
	out_number(&cli->record, OTHER_SET, other->set + 1u);
	out_string(&cli->record, OTHER, text[1], text_of(other->range, text[1], sizeof(text[1])));
	record_end(cli);
}

/* Prints the entries of a set that are open where a new one begins: all of those overlap it. Those
 * that ended before are forgotten. */
static bool print_open(struct cli *cli, struct entries *open, const struct entry *new)
{
	size_t kept = 0;

	for (size_t i = 0; i < open->n && !cli->sink.error; i++) {
		if (!v6k_range_contains(open->entry[i].range, new->range.first))
			continue;
		open->entry[kept++] = open->entry[i];
		if (!cli->common.quiet)
			print_pair(cli, &open->entry[i], new);
	}
	open->n = kept;
	return kept > 0;
}

/* One way over all entries, sorted: each meets those of the other sets that are still open. What that
 * takes is in proportion to the entries, the sets and the pairs. */
static int sweep(struct cli *cli, const struct entries *all, struct entries *open, uint32_t sets)
{
	int status = STATUS_NO;

	for (size_t i = 0; i < all->n && !cli->sink.error; i++) {
		const struct entry *new = &all->entry[i];

		for (uint32_t set = 0; set < sets; set++)
			if (set != new->set && print_open(cli, &open[set], new))
				status = STATUS_YES;
		if (status == STATUS_YES && cli->common.quiet)
			break;
		if (!add(&open[new->set], *new)) {
			no_memory(cli);
			return STATUS_BAD;
		}
	}
	return status;
}

/* The entries of all sets, without the family that is left out, sorted. */
static bool collect(struct cli *cli, const struct sets *sets, struct entries *all)
{
	struct entry entry;

	for (entry.set = 0; entry.set < sets->n; entry.set++) {
		const struct v6k_list *list = sets->list[entry.set];

		for (size_t i = 0; v6k_list_entry(list, i, &entry.range, NULL) == 0; i++) {
			entry.number = (uint32_t)i;
			if (!wants_family(cli, entry.range.first.family))
				continue;
			if (!add(all, entry)) {
				no_memory(cli);
				return false;
			}
		}
	}
	if (all->n > 0)
		qsort(all->entry, all->n, sizeof(all->entry[0]), by_first);
	return true;
}

static int answer(struct cli *cli, const struct sets *sets)
{
	struct entries all = { .n = 0 }, *open = calloc(sets->n, sizeof(*open));
	int status = STATUS_BAD;

	if (!open)
		no_memory(cli);
	else if (collect(cli, sets, &all))
		status = sweep(cli, &all, open, (uint32_t)sets->n);
	for (size_t i = 0; open && i < sets->n; i++)
		free(open[i].entry);
	free(open);
	free(all.entry);
	return status;
}

static int run(struct cli *cli, const void *own)
{
	struct sets sets;
	int status;

	if (cli->operands < 2)
		return diag_usage(cli, "two sets or more are compared: FILE or -e LIST", "", 0, "");
	status = sets_read_lists(cli, own, &sets);
	if (status == 0)
		status = answer(cli, &sets);
	sets_free(&sets);
	return status;
}

const struct command cmd_overlap = {
	.name = "overlap",
	.summary = "Print the entries of a set that overlap those of another.",
	.files = true,
	.operands = "FILE FILE...",
	.notes = set_notes,
	.options = set_plain_table,
	.common = SET_COMMON | COMMON_RECORD | COMMON_QUIET,
	.fields = fields,
	.text = "%{entry}\t%{other}",
	.run = run,
};
