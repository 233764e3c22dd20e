/* sendmail.h: what the subcommands of sendmail share. */
#ifndef V6KIT_CLI_SENDMAIL_H
#define V6KIT_CLI_SENDMAIL_H

#include "mail.h"

extern const struct command sendmail_key, sendmail_options;

/* mail_read_addr in sendmail's words. */
bool sendmail_read_addr(struct cli *cli, const struct item *item, struct v6k_addr *a, int *after);

#endif
