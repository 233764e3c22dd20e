/* sendmail.h: what the subcommands of sendmail share. */
#ifndef V6KIT_CLI_SENDMAIL_H
#define V6KIT_CLI_SENDMAIL_H

#include "common.h"

extern const struct command sendmail_key, sendmail_options;

/* Output that waits until all operands are known to be good: a wrong run prints nothing. */
struct held {
	char *text;
	size_t n, cap;
};

/* Adds to it; releases it, to the output when the run was good so far. Returns STATUS_YES. */
void held_add(struct cli *cli, struct held *h, const char *text, size_t n);
int held_release(struct cli *cli, struct held *h);

/* Reads an item that must be one address: without zone, length or port. False when it was refused,
 * or left out; *after says how to go on. */
bool sendmail_read_addr(struct cli *cli, const struct item *item, struct v6k_addr *a, int *after);

#endif
