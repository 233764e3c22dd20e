/* sets.h: what the commands of sets share: their operands, each a set, and the sets they print. */
#ifndef V6KIT_CLI_SETS_H
#define V6KIT_CLI_SETS_H

#include <limits.h>

#include "common.h"

struct set_options {
	const char *within; /* of complement */
	const char *json_path;
	const char *max_len, *min_len;
	struct opt_number entries;
	const char *name, *table, *jump; /* of packet filters */
	const char *mmdb_key, *mmdb_type;
	unsigned as; /* enum set_as, 0: prefixes */
	bool unmap, labels;
};
_Static_assert(sizeof(struct set_options) <= OPTIONS_MAX, "options");

enum set_as {
	SET_PREFIXES = 1,
	SET_RANGES,
	SET_ADDRESSES,
	SET_JSON,
	SET_NFT,
	SET_IPSET,
	SET_IPTABLES,
	SET_MMDB
};

/* The options of commands that print no set; of those that print one; with --within; with labels; and of
 * merge. */
extern const struct opt set_plain_table[], set_table[], set_within_table[], set_labels_table[],
	set_merge_table[];

/* The values of --as, without and with those that need labels. */
extern const char *const set_as_names[], *const set_as_labels_names[];

/* The options of --as nft, ipset and iptables; at: where the struct set_options lies. */
#define SET_FORMS(names, more, at)                                                                       \
	{ 0, "as", "FORM", OPT_CHOICE, (at) + offsetof(struct set_options, as), 0, names,            \
		"print prefixes (default), ranges, addresses, json, nft, ipset" more },                                                             \
		{ 0, "set-name", "NAME", OPT_TEXT, (at) + offsetof(struct set_options, name), 0,     \
			NULL,                                                                        \
			"of nft and ipset: the sets NAME_v4 and NAME_v6, of iptables: the chain "    \
			"NAME (default v6kit)" },                                                    \
		{ 0, "table", "NAME", OPT_TEXT, (at) + offsetof(struct set_options, table), 0, NULL, \
			"of nft: the table inet NAME (default v6kit)" },                             \
	{                                                                                            \
		0, "jump", "TARGET", OPT_TEXT, (at) + offsetof(struct set_options, jump), 0, NULL,   \
			"of iptables: what happens to what is in the set (default DROP)"             \
	}

/* The common options of all of them. */
#define SET_COMMON (COMMON_FAMILY | COMMON_OUTPUT | COMMON_ERROR | COMMON_MASK | COMMON_NETMASK)

extern const char set_operands[];
extern const char *const set_notes[];

/* Sets, of operands in their order: each is a file or a list. */
struct sets {
	struct v6k_set **set;
	struct v6k_list **list; /* of sets_read_lists alone: what they were read as */
	struct members *first;  /* with --labels: what the first was read as, and there is no set of it */
	size_t n;
};

/* Reads the first `apart` operands as a set each, and those behind them together as one more. Where
 * there are no operands, standard input is the one set. 0, or 2 after messages; sets_free in both
 * cases. */
enum { SETS_ALL_APART = INT_MAX };
int sets_read(struct cli *cli, const struct set_options *o, size_t apart, struct sets *sets);

/* Reads each operand as a list, which keeps its entries, instead of a set. */
int sets_read_lists(struct cli *cli, const struct set_options *o, struct sets *sets);
void sets_free(struct sets *sets);

/* Makes *a the combination of it and b. False when out of memory, which was said. */
bool sets_fold(struct cli *cli, struct v6k_set **a, const struct v6k_set *b, enum v6k_set_op op);

/* Reads sets, combines the first with each of the others, and prints what that makes: a status. */
int sets_print_folded(struct cli *cli, const struct set_options *o, size_t apart,
	enum v6k_set_op op);

/* The set of n ranges; null when out of memory, which was said. */
struct v6k_set *sets_set_of(struct cli *cli, const struct v6k_range *r, size_t n);

/* All addresses, and a copy of a set, without the family that -4 or -6 leaves out; null when out of memory,
 * which was said. */
struct v6k_set *sets_everything(struct cli *cli);
struct v6k_set *sets_of_families(struct cli *cli, const struct v6k_set *set);

/* Prints a set, without the family that -4 or -6 leaves out: a status. */
int sets_print(struct cli *cli, const struct set_options *o, const struct v6k_set *set);

void put_prefix(struct cli *cli, struct v6k_prefix p);

#endif
