/* mail.h: what the commands for mail servers share, sendmail's and the others'. */
#ifndef V6KIT_CLI_MAIL_H
#define V6KIT_CLI_MAIL_H

#include "common.h"

/* The commands of mail that have a file of their own. */
extern const struct command mail_postfix, mail_exim, mail_opensmtpd, mail_dovecot, mail_nginx,
	mail_haproxy, mail_spamassassin, mail_opendkim, mail_spf, mail_convert;

/* Output that waits until all operands are known to be good: a wrong run prints nothing. */
struct held {
	char *text;
	size_t n, cap;
};

/* Output of whole lines: takes out those that were there before. */
void held_drop_repeats(struct cli *cli, struct held *h);

/* Adds to it; releases it, to the output when the run was good so far. Returns STATUS_YES. */
void held_add(struct cli *cli, struct held *h, const char *text, size_t n);
int held_release(struct cli *cli, struct held *h);

/* A DNS name that is no notation of an address. One that begins with a digit is an IPv4 address with
 * a mistake in it. */
bool mail_is_host_name(const struct item *item);
#define MAIL_HOST_NAME "a host name, where an address is expected"

/* Reads an item that must be one address: without zone (refused in the words of zone_text), length
 * or port. False when it was refused, or left out; *after says how to go on. */
bool mail_read_addr(struct cli *cli, const struct item *item, const char *zone_text,
	struct v6k_addr *a, int *after);

/* Of maps: how many keys are printed when --max does not say, what is wrong with the text of --value
 * (or null), and what is said of too many keys. */
enum { MAIL_KEYS_MAX = 4096 };
const char *mail_value_fault(const char *value);
int mail_too_many_keys(struct cli *cli, uint64_t keys, uint64_t max);

#endif
