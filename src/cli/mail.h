/* mail.h: what the commands for mail servers share, sendmail's and the others'. */
#ifndef V6KIT_CLI_MAIL_H
#define V6KIT_CLI_MAIL_H

#include "common.h"

extern const struct command mail_convert, mail_spf;

/* Output that waits until all operands are known to be good: a wrong run prints nothing. */
struct held {
	char *text;
	size_t n, cap;
};

/* Adds to it; releases it, to the output when the run was good so far. Returns STATUS_YES. */
void held_add(struct cli *cli, struct held *h, const char *text, size_t n);
int held_release(struct cli *cli, struct held *h);

/* Reads an item that must be one address: without zone (refused in the words of zone_text), length
 * or port. False when it was refused, or left out; *after says how to go on. */
bool mail_read_addr(struct cli *cli, const struct item *item, const char *zone_text,
	struct v6k_addr *a, int *after);

#endif
