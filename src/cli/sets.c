/* sets.c: sets from files and lists, folded together and printed. */
#include <config.h>

#include "sets.h"

#include <errno.h>
#include <stdlib.h>

#include <unistd.h>

#include "json_list.h"
#include "labelled.h"
#include "members.h"
#include "set_out.h"

const char set_operands[] = "[FILE...]";
const char *const set_notes[] = { "Each FILE and each -e LIST is a set; - is standard input.",
	NULL };

#define OWN(kind, member) kind, offsetof(struct set_options, member), 0
#define LIST                                                                        \
	{                                                                           \
		'e', "list", "LIST", OPT_OPERAND, 0, 0, NULL,                       \
			"a set of its own: prefixes and ranges with commas between" \
	}
#define UNMAP                                                                                  \
	{                                                                                      \
		0, "unmap", NULL, OWN(OPT_FLAG, unmap), NULL, "take mapped addresses for IPv4" \
	}
#define JSON                                                                                    \
	{                                                                                       \
		0, "json-path", "PATHS", OWN(OPT_TEXT, json_path), NULL,                        \
			"take every FILE for JSON: the strings that PATHS lead to, such as "    \
			".prefixes[].ip_prefix"                                                 \
	}
#define END                                               \
	{                                                 \
		0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL \
	}
#define LABELS                                                                             \
	{ 0, "labels", NULL, OWN(OPT_FLAG, labels), NULL,                                  \
		"keep labels, those of the first set: each address has that of its "       \
		"longest prefix" },                                                        \
		{ 0, "mmdb-key", "KEY", OWN(OPT_TEXT, mmdb_key), NULL,                     \
			"of mmdb: what readers find a label by (default label)" },         \
	{                                                                                  \
		0, "mmdb-type", "TYPE", OWN(OPT_TEXT, mmdb_type), NULL,                    \
			"of mmdb: the type of the database (default v6kit)"                \
	}
const struct opt set_plain_table[] = { LIST, JSON, UNMAP, END };
const struct opt set_table[] = { LIST, JSON, UNMAP, SET_FORMS(set_as_names, " or iptables", 0), END };
const struct opt set_within_table[] = { LIST, JSON, UNMAP,
	{ 0, "within", "LIST", OWN(OPT_TEXT, within), NULL,
		"only what LIST has, instead of all addresses" },
	SET_FORMS(set_as_names, " or iptables", 0), END };
const struct opt set_labels_table[] = { LIST, JSON, UNMAP, SET_FORMS(set_as_labels_names, ", iptables or, with --labels, mmdb", 0),
	LABELS, END };
const struct opt set_merge_table[] = { LIST, JSON, UNMAP,
	{ 0, "max-len", "LEN", OWN(OPT_TEXT, max_len), NULL,
		"widen longer prefixes to LEN, or as in 24,48 to one of IPv4 and one of IPv6, "
		"and say what that added" },
	{ 0, "min-len", "LEN", OWN(OPT_TEXT, min_len), NULL, "split shorter prefixes into those of LEN" },
	{ 0, "entries", "N", OWN(OPT_NUMBER, entries), NULL,
		"print at most N prefixes that hold all, with the fewest addresses beside, and say "
		"which" },
	SET_FORMS(set_as_labels_names, ", iptables or, with --labels, mmdb", 0), LABELS, END };
#undef OWN

/* A name that is no file, but reads as a set, was meant for -e. */
static bool is_list(const struct cli *cli, const char *text)
{
	struct v6k_notation what;
	bool good = true;

	if (text[0] == '@')
		return true;
	for (; good && text; text = strchr(text, ',')) {
		text += text[0] == ',';
		good = v6k_notation_parse(text, strcspn(text, ","), parse_flags(cli), &what,
			       NULL) == 0;
	}
	return good;
}

static bool check_file(struct cli *cli, const char *file)
{
	if (strcmp(file, "-") == 0 || access(file, F_OK) == 0 || errno == EACCES ||
		!is_list(cli, file))
		return true;
	diag_usage(cli, "no such file: ", file, strlen(file), "; for a list use -e");
	cli->failed = true;
	return false;
}

/* Adds operand i, or standard input where there are none. */
static int read_one(struct cli *cli, size_t i, bool *stdin_is_taken, struct members *m)
{
	bool none = cli->operands == 0, list = !none && cli->operand_of[i];
	const char *text = none ? "-" : cli->operand[i];

	if (strcmp(text, list ? "@-" : "-") == 0) {
		if (*stdin_is_taken) {
			cli->failed = true;
			return diag_usage(cli, "standard input cannot be two sets", "", 0, "");
		}
		*stdin_is_taken = true;
	}
	if (!list && !check_file(cli, text))
		return STATUS_BAD;
	return members_add(cli, m, list ? text : NULL, list ? NULL : text, i + 1);
}

/* The set of m, or its list, as the next of sets. */
static int add_set(struct cli *cli, struct members *m, struct sets *sets)
{
	if (sets->list) {
		sets->list[sets->n++] = m->list;
		m->list = NULL;
		return 0;
	}
	if (!m->unlabelled) {
		sets->first = malloc(sizeof(*m));
		if (!sets->first) {
			no_memory(cli);
			return STATUS_BAD;
		}
		*sets->first = *m;
		*m = (struct members){ .unlabelled = true };
		sets->n++;
		return 0;
	}
	if (v6k_set_build(m->list, 0, &sets->set[sets->n]) != 0) {
		no_memory(cli);
		return STATUS_BAD;
	}
	sets->n++;
	return 0;
}

static int read_all(struct cli *cli, const struct set_options *o, size_t apart, bool lists,
	struct sets *sets)
{
	struct json_paths paths;
	const struct members blank = { .unlabelled = true,
		.unmap = o->unmap,
		.json = o->json_path ? &paths : NULL };
	struct members m = blank;
	size_t n = cli->operands > 0 ? (size_t)cli->operands : 1, rest = apart < n ? apart : n - 1;
	bool stdin_is_taken = false;
	int status = 0;

	*sets = (struct sets){ .n = 0 };
	if (set_out_check(cli, o) != 0)
		return STATUS_BAD;
	if (o->json_path && json_list_paths(cli, o->json_path, &paths) != 0)
		return STATUS_BAD;
	*sets = (struct sets){ .set = calloc(rest + 1, sizeof(struct v6k_set *)) };
	if (lists)
		sets->list = calloc(rest + 1, sizeof(struct v6k_list *));
	if (!sets->set || (lists && !sets->list)) {
		no_memory(cli);
		return STATUS_BAD;
	}
	m.unlabelled = !o->labels;
	/* All are read, so that all that is bad is named. */
	for (size_t i = 0; i < n && !cli->failed && !cli->stopped; i++) {
		if (read_one(cli, i, &stdin_is_taken, &m) != 0)
			status = STATUS_BAD;
		if (i >= rest && i + 1 < n)
			continue;
		if (status == 0)
			status = add_set(cli, &m, sets);
		members_free(&m);
		m = blank;
	}
	members_free(&m);
	return cli->failed || cli->stopped ? STATUS_BAD : status;
}

int sets_read(struct cli *cli, const struct set_options *o, size_t apart, struct sets *sets)
{
	return read_all(cli, o, apart, false, sets);
}

int sets_read_lists(struct cli *cli, const struct set_options *o, struct sets *sets)
{
	return read_all(cli, o, SETS_ALL_APART, true, sets);
}

void sets_free(struct sets *sets)
{
	for (size_t i = 0; i < sets->n; i++) {
		v6k_set_free(sets->set[i]);
		if (sets->list)
			v6k_list_free(sets->list[i]);
	}
	if (sets->first)
		members_free(sets->first);
	free(sets->first);
	free(sets->set);
	free(sets->list);
}

bool sets_fold(struct cli *cli, struct v6k_set **a, const struct v6k_set *b, enum v6k_set_op op)
{
	struct v6k_set *set;

	if (v6k_set_combine(*a, b, op, &set) != 0) {
		no_memory(cli);
		return false;
	}
	v6k_set_free(*a);
	*a = set;
	return true;
}

/* The others as one set, which the first is then to be combined with: it replaces the second. */
static bool fold_others(struct cli *cli, struct sets *sets, enum v6k_set_op op)
{
	for (size_t i = 2; i < sets->n; i++)
		if (!sets_fold(cli, &sets->set[1], sets->set[i], op))
			return false;
	return true;
}

/* --labels: of the first set, which the others clip. */
static int print_labelled(struct cli *cli, const struct set_options *o, struct sets *sets,
	enum v6k_set_op op)
{
	struct v6k_map *map = labelled_map(cli, sets->first), *clipped = NULL;
	int status = map && fold_others(cli, sets, op == V6K_DIFFERENCE ? V6K_UNION : op) ? 0 : STATUS_BAD;

	if (status == 0 && sets->n > 1 &&
		v6k_map_combine(map, sets->set[1], op, &clipped) != 0) {
		no_memory(cli);
		status = STATUS_BAD;
	}
	if (status == 0)
		status = set_out(cli, o,
			(struct set_source){ .map = clipped ? clipped : map, .m = sets->first });
	v6k_map_free(clipped);
	v6k_map_free(map);
	return status;
}

int sets_print_folded(struct cli *cli, const struct set_options *o, size_t apart,
	enum v6k_set_op op)
{
	struct sets sets;
	int status = sets_read(cli, o, apart, &sets);

	if (status == 0 && sets.first) {
		status = print_labelled(cli, o, &sets, op);
		sets_free(&sets);
		return status;
	}
	for (size_t i = 1; status == 0 && i < sets.n; i++)
		if (!sets_fold(cli, &sets.set[0], sets.set[i], op))
			status = STATUS_BAD;
	if (status == 0)
		status = sets_print(cli, o, sets.set[0]);
	sets_free(&sets);
	return status;
}

struct v6k_set *sets_set_of(struct cli *cli, const struct v6k_range *r, size_t n)
{
	struct v6k_list *list = v6k_list_new();
	struct v6k_set *set = NULL;
	bool good = list != NULL;

	for (size_t i = 0; good && i < n; i++)
		good = v6k_list_add_range(list, r[i], V6K_NO_LABEL) == 0;
	if (!good || v6k_set_freeze(list, 0, &set) != 0)
		no_memory(cli);
	v6k_list_free(list);
	return set;
}

struct v6k_set *sets_everything(struct cli *cli)
{
	struct v6k_range all[2];
	size_t n = 0;

	for (unsigned family = V6K_IPV4; family <= V6K_IPV6; family += V6K_IPV6 - V6K_IPV4)
		if (wants_family(cli, family))
			all[n++] = v6k_range_from_prefix(
				(struct v6k_prefix){ .family = (uint8_t)family });
	return sets_set_of(cli, all, n);
}

struct v6k_set *sets_of_families(struct cli *cli, const struct v6k_set *set)
{
	struct v6k_set *wanted = sets_everything(cli), *kept = NULL;

	if (wanted && v6k_set_combine(set, wanted, V6K_INTERSECTION, &kept) != 0)
		no_memory(cli);
	v6k_set_free(wanted);
	return kept;
}

void put_prefix(struct cli *cli, struct v6k_prefix p)
{
	char text[V6K_NOTATION_TEXT_MAX + 1];
	int n = v6k_prefix_format(p, V6K_CANONICAL, text, sizeof(text) - 1);

	text[n] = '\n';
	put_bytes(cli, text, (size_t)n + 1);
	sink_end_record(&cli->sink);
}

int sets_print(struct cli *cli, const struct set_options *o, const struct v6k_set *set)
{
	return set_out(cli, o, (struct set_source){ .set = set });
}
