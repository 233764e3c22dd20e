/* set_out.h: a set, or prefixes with their labels, in the form that --as asks for. */
#ifndef V6KIT_CLI_SET_OUT_H
#define V6KIT_CLI_SET_OUT_H

#include "members.h"
#include "sets.h"

/* What is printed: a set, or a map of labels of m. */
struct set_source {
	const struct v6k_set *set;
	const struct v6k_map *map;
	const struct members *m;
};

/* Goes over prefixes, without the family that -4 or -6 leaves out. min: no prefix is shorter than these bits
 * of IPv4 and IPv6; the shorter ones are split. */
struct prefixes {
	struct set_source of;
	size_t i;
	struct v6k_range rest;
	uint32_t label;
	unsigned min[2];
	struct v6k_prefix whole, part; /* the prefix that is being split, and its next part */
};
bool prefixes_next(struct cli *cli, struct prefixes *all, struct v6k_prefix *p);

/* Or over ranges: the next one is all->rest. */
bool prefixes_next_range(struct cli *cli, struct prefixes *all);

/* Prints what is gone over. A status. */
int set_print(struct cli *cli, const struct set_options *o, struct prefixes *all);

/* Refuses options that do not go together. 0, or 2 after a message. */
int set_out_check(struct cli *cli, const struct set_options *o);

/* Prints it, or what --max-len and --entries make of it. A status. */
int set_out(struct cli *cli, const struct set_options *o, struct set_source of);

#endif
