/* sets.h: what the commands of sets share: their operands, each a set, and the sets they print. */
#ifndef V6KIT_CLI_SETS_H
#define V6KIT_CLI_SETS_H

#include <limits.h>

#include "common.h"

struct set_options {
	unsigned as; /* enum set_as, 0: prefixes */
	bool unmap;
	const char *within; /* of complement */
	const char *json_path;
};
_Static_assert(sizeof(struct set_options) <= OPTIONS_MAX, "options");

enum set_as { SET_PREFIXES = 1, SET_RANGES };

/* Where sets come from, and, of set_table, how the result is printed. */
extern const struct opt set_table[], set_plain_table[], set_within_table[];

/* The values of --as. */
extern const char *const set_as_names[];

/* The common options of all of them. */
#define SET_COMMON (COMMON_FAMILY | COMMON_OUTPUT | COMMON_ERROR | COMMON_MASK | COMMON_NETMASK)

extern const char set_operands[];
extern const char *const set_notes[];

/* Sets, of operands in their order: each is a file or a list. */
struct sets {
	struct v6k_set **set;
	struct v6k_list **list; /* of sets_read_lists alone: what they were read as */
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

/* Prints a set, without the family that -4 or -6 leaves out. */
void sets_print(struct cli *cli, const struct set_options *o, const struct v6k_set *set);

/* Goes over the prefixes of a set, without the family that is left out. */
struct prefixes {
	const struct v6k_set *set;
	struct v6k_set_walk walk;
	struct v6k_prefix p[256]; /* the next ones: from at to n */
	size_t at, n;
};
bool prefixes_next(struct cli *cli, struct prefixes *all, struct v6k_prefix *p);

void put_prefix(struct cli *cli, struct v6k_prefix p);

#endif
