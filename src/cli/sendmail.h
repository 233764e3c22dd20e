/* sendmail.h: what the subcommands of sendmail share. */
#ifndef V6KIT_CLI_SENDMAIL_H
#define V6KIT_CLI_SENDMAIL_H

#include "mail.h"

extern const struct command sendmail_key, sendmail_lint, sendmail_options;

/* mail_read_addr in sendmail's words. */
bool sendmail_read_addr(struct cli *cli, const struct item *item, struct v6k_addr *a, int *after);

/* Says of each daemon of a file whether it can listen on this host: the status. */
int sendmail_check(struct cli *cli, const char *name);
extern const char *const sendmail_check_fields[];

#endif
