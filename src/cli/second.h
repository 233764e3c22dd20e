/* second.h: the second opinion. What v6kit is about to print about an operand is computed again by
 * libcidr, which shares no code with it. */
#ifndef V6KIT_CLI_SECOND_H
#define V6KIT_CLI_SECOND_H

#include <stdbool.h>

#include <v6kit/count.h>
#include <v6kit/notation.h>

/* "libcidr 1.2.3", or why there is no second opinion. */
const char *second_name(void);

/* What both say of an address and a prefix length. */
struct opinion {
	struct v6k_addr network, last;
	char count[V6K_COUNT_TEXT_MAX + 1];
};

/* The core's opinion, and libcidr's: false when it has none (built without, or out of memory). */
void opinion_core(struct v6k_addr a, unsigned bits, struct opinion *out);
bool opinion_second(struct v6k_addr a, unsigned bits, struct opinion *out);

struct cli;
struct item;

/* Whether an operand is still to be checked: not with --no-verify, in a stream, without libcidr, or
 * past the 64th. Counts it. */
bool second_wanted(struct cli *cli, const struct item *item);

/* Compares both opinions. False after a message that says both. */
bool second_agrees(struct cli *cli, struct v6k_addr a, unsigned bits);

/* What a set was said to hold, as libcidr's objects. mapped: an entry that is IPv4 is also its
 * mapped form, and the reverse (ruling 17). Null, or false, when out of memory. A prefix goes in as
 * it was written: what the core makes of it is what is to be checked. */
struct second_set;
struct second_set *second_set_new(bool mapped);
bool second_set_add(struct second_set *set, const struct v6k_notation *what);
void second_set_free(struct second_set *set);

/* Whether libcidr says the same of an operand: the set holds all of it, or with overlap any of it.
 * Where the answer is that it does not hold all, missing is an address that proves it: to see that
 * no entry holds one address is quick, to see that many entries leave a gap is not. False after a
 * message. */
bool second_agrees_member(struct cli *cli, const struct second_set *set,
	const struct v6k_notation *what, const struct item *item, bool overlap, bool answer,
	struct v6k_addr missing);

#endif
