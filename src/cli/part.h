/* part.h: what is asked of a prefix: the operand /LEN, and which of the many things inside. */
#ifndef V6KIT_CLI_PART_H
#define V6KIT_CLI_PART_H

#include "common.h"

/* Takes the last operand away when it begins with "/", as a length: *bits, or -1 where there is
 * none. Returns 0, or 2 after a message. */
int part_length(struct cli *cli, int *bits);

/* The same where a command cannot do without. */
int part_length_needed(struct cli *cli, int *bits);

/* Says what is wrong with an item, the number n in the middle of the message: GO_ON or STOP. */
int part_bad(struct cli *cli, const struct item *item, const char *before, unsigned n,
	const char *after);

/* Whether prefixes of length bits, longer than p's or as long, lie in p; if not, *after says how to
 * go on after the message. */
bool part_inside(struct cli *cli, const struct item *item, struct v6k_prefix p, int bits,
	int *after);

/* Reads an item as a prefix without zone, port or, but for --mask, host bits. False: refused, or
 * left out by -4 or -6; *after says how to go on. */
bool part_prefix(struct cli *cli, const struct item *item, struct v6k_prefix *p, int *after);

/* A number of an option: plain decimal, with "-" before it where that is allowed. */
struct part_number {
	struct v6k_count n;
	bool negative;
};

/* Reads the value of --option. 0, or 2 after a message. */
int part_number(struct cli *cli, const char *option, const char *text, bool sign,
	struct part_number *out);

/* --nth, --from, --limit, as given; and what they ask for. */
struct part_options {
	const char *nth, *from, *limit;
};

struct part {
	struct part_number from;
	struct v6k_count limit;
	bool placed, limited; /* a first one, a limit was given */
};

int part_read(struct cli *cli, const struct part_options *o, struct part *out);

/* Of `total` things, the number of the first one that is asked for, and how many. When there is
 * none such, part_find says so in *m and part_place of the item: *after says how to go on. */
bool part_find(const struct part *part, struct v6k_count total, struct v6k_count *first,
	struct v6k_count *n, struct message *m);
bool part_place(struct cli *cli, const struct item *item, const struct part *part,
	struct v6k_count total, struct v6k_count *first, struct v6k_count *n, int *after);

/* The largest step through a count that a run of the library takes. */
uint64_t part_step(struct v6k_count n);

#endif
