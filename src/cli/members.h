/* members.h: the SET of a question of membership: prefixes and ranges with labels, frozen for
 * look-ups. */
#ifndef V6KIT_CLI_MEMBERS_H
#define V6KIT_CLI_MEMBERS_H

#include "common.h"
#include "second.h"

struct members {
	struct v6k_list *list;
	struct v6k_set *set;
	struct v6k_lpm *lpm;       /* of members_table */
	struct second_set *second; /* the same for libcidr, where verify says so */
	char *labels;              /* one after the other */
	struct label {
		size_t off, n;
	} * label;
	size_t labels_n, labels_cap, label_n, label_cap;
	const char *option;  /* "--within", where SET is an option's value */
	int open;            /* of a file that is open already: its descriptor; else 0 */
	const struct json_paths *json; /* files are JSON, and the entries its strings there */
	bool mapped;         /* ruling 17 */
	bool for_scan;       /* the set is looked for in texts */
	bool verify;         /* answers will be checked */
	bool stdin_is_taken; /* @- was read */
	bool unlabelled;     /* nobody will ask for labels */
	bool unmap;          /* entries inside ::ffff:0:0/96 are taken for IPv4 */
};

/* Reads SET, operand number `number`: a prefix, a range, a comma list of them, or @FILE; or, set
 * being null, the file of -f. Returns 0, or 2 after messages: a bad entry stops, but for
 * --on-error=skip. */
int members_read(struct cli *cli, struct members *m, const char *set, const char *file,
	uint64_t number);

/* The two steps of it: adds what a SET or a file has, as often as there is one, and freezes them
 * together. */
int members_add(struct cli *cli, struct members *m, const char *set, const char *file,
	uint64_t number);
int members_freeze(struct cli *cli, struct members *m);

/* The table of longest matches, made when it is first asked for; null after a message. */
const struct v6k_lpm *members_table(struct cli *cli, struct members *m);

/* An address of r that the set does not hold, when it does not hold all of r. */
struct v6k_addr members_missing(const struct members *m, struct v6k_range r);

/* The rows of a range that the table holds, one after the other: the row that holds all of it; or, that
 * being V6K_NO_ROW, all that touch it: first those that its first address lies in, the longest first, then
 * those that begin inside. */
struct members_rows {
	const struct v6k_lpm *lpm;
	uint32_t whole, around, inside, n;
};
void members_rows_start(struct members_rows *rows, const struct v6k_lpm *lpm, uint32_t whole,
	struct v6k_range r);
bool members_rows_next(struct members_rows *rows, struct v6k_lpm_row *row);

/* The label of an entry, empty for V6K_NO_LABEL. */
const char *members_label(const struct members *m, uint32_t label, size_t *n);

void members_free(struct members *m);

#endif
