/* mail: addresses and networks as the mail software beside sendmail takes them. */
#include <config.h>

#include "../mail/literal.h"
#include "mail.h"

/* dnsbl */

struct dnsbl {
	struct held held;
	struct item zone;
};

static int dnsbl_item(struct cli *cli, void *to, const struct item *item)
{
	struct dnsbl *d = to;
	char text[512];
	struct v6k_addr a;
	int after, n;

	if (!mail_read_addr(cli, item, "a DNS name has no room for a zone", &a, &after))
		return after;
	n = mail_dnsbl(a, d->zone.s, d->zone.n, text, sizeof(text));
	held_add(cli, &d->held, text, (size_t)n);
	held_add(cli, &d->held, "\n", 1);
	return GO_ON;
}

static int run_dnsbl(struct cli *cli, const void *own)
{
	struct dnsbl d = { .held = { .n = 0 } };
	struct v6k_notation what;
	long fault;

	(void)own;
	if (cli->operands == 0)
		return diag_usage(cli, "an operand is missing", "", 0, "");
	/* The zone is the last operand, as in sendmail dnsbl, so that the addresses may be many. */
	d.zone = operand_item(cli, --cli->operands);
	fault = mail_zone_fault(d.zone.s, d.zone.n);
	if (v6k_notation_parse(d.zone.s, d.zone.n, 0, &what, NULL) == 0)
		item_bad(cli, &d.zone, 0, d.zone.n, "an address, where the zone is expected");
	else if (fault >= 0)
		item_bad(cli, &d.zone, (size_t)fault, 1, "not the name of a DNS zone");
	if (cli->bad > 0)
		return STATUS_BAD;
	each_item(cli, 0, dnsbl_item, &d);
	if (d.held.n == 0 && cli->bad == 0 && !cli->failed)
		return diag_usage(cli, "an address is missing", "", 0, "");
	return held_release(cli, &d.held);
}

static const struct command mail_dnsbl_command = {
	.name = "dnsbl",
	.summary = "Print the names to ask a DNS list for.",
	.operands = "[ADDR...] ZONE",
	.common = COMMON_FAMILY | COMMON_FILE | COMMON_OUTPUT,
	.run = run_dnsbl,
};

static const struct command *const mail_commands[] = { &mail_postfix, &mail_exim, &mail_opensmtpd,
	&mail_dovecot, &mail_nginx, &mail_haproxy, &mail_spamassassin, &mail_opendkim,
	&mail_dnsbl_command, &mail_spf, &mail_convert, NULL };

const struct command cmd_mail = {
	.name = "mail",
	.summary = "Write what other mail software takes.",
	.commands = mail_commands,
};
