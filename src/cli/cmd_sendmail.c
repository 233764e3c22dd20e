/* sendmail: the lines and literals that sendmail takes, and nothing that it does not; and what is
 * wrong with those that are there. */
#include <config.h>

#include "../mail/literal.h"
#include "sendmail.h"

bool sendmail_read_addr(struct cli *cli, const struct item *item, struct v6k_addr *a, int *after)
{
	if (mail_is_host_name(item)) {
		*after = item_bad(cli, item, 0, item->n,
			MAIL_HOST_NAME "; see v6kit sendmail options --resolve");
		return false;
	}
	return mail_read_addr(cli, item, "sendmail takes no zone", a, after);
}

static int check_operands(struct cli *cli, int wanted)
{
	if (cli->operands < wanted)
		return diag_usage(cli, "an operand is missing", "", 0, "");
	if (cli->operands > wanted)
		return diag_usage(cli, "one operand too many: ", cli->operand[wanted],
			strlen(cli->operand[wanted]), "");
	return 0;
}

/* addr */

static int addr_item(struct cli *cli, void *to, const struct item *item)
{
	char text[MAIL_TEXT_MAX];
	struct v6k_addr a;
	int after, n;

	if (!sendmail_read_addr(cli, item, &a, &after))
		return after;
	if (mail_bind_refusal(a))
		return item_bad(cli, item, 0, item->n, mail_bind_refusal(a));
	n = v6k_addr_format(a, V6K_SENDMAIL, text, sizeof(text));
	held_add(cli, to, text, (size_t)n);
	held_add(cli, to, "\n", 1);
	return GO_ON;
}

static int run_addr(struct cli *cli, const void *own)
{
	struct held s = { .n = 0 };

	(void)own;
	each_item(cli, 0, addr_item, &s);
	return held_release(cli, &s);
}

static const struct command sendmail_addr = {
	.name = "addr",
	.summary = "Print the value for A=: IPv6:ADDR, or an IPv4 address as it is.",
	.operands = "[ADDR...]",
	.common = COMMON_OUTPUT,
	.run = run_addr,
};

/* literal */

struct literal_options {
	bool full;
};
_Static_assert(sizeof(struct literal_options) <= OPTIONS_MAX, "options");

struct literal {
	struct held held;
	const struct literal_options *options;
};

static int literal_item(struct cli *cli, void *to, const struct item *item)
{
	struct literal *l = to;
	char text[MAIL_TEXT_MAX];
	struct v6k_addr a;
	int after, n;

	if (!sendmail_read_addr(cli, item, &a, &after))
		return after;
	n = mail_literal(a, l->options->full, text, sizeof(text));
	held_add(cli, &l->held, text, (size_t)n);
	held_add(cli, &l->held, "\n", 1);
	return GO_ON;
}

static int run_literal(struct cli *cli, const void *own)
{
	struct literal l = { { .n = 0 }, own };

	each_item(cli, 0, literal_item, &l);
	return held_release(cli, &l.held);
}

#define OWN(kind, member) kind, offsetof(struct literal_options, member), 0
static const struct opt literal_table[] = {
	{ 0, "full", NULL, OWN(OPT_FLAG, full), NULL, "write every group, as class w needs it" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL },
};
#undef OWN

static const struct command sendmail_literal = {
	.name = "literal",
	.summary = "Print the address literal: [IPv6:ADDR] or [ADDR].",
	.operands = "[ADDR...]",
	.options = literal_table,
	.common = COMMON_OUTPUT,
	.run = run_literal,
};

/* milter */

static int run_milter(struct cli *cli, const void *own)
{
	struct item port_item, addr;
	char text[MAIL_TEXT_MAX];
	struct v6k_addr a;
	struct opt_number port;
	int after, n, status = check_operands(cli, 2);

	(void)own;
	if (status)
		return status;
	port_item = operand_item(cli, 0);
	addr = operand_item(cli, 1);
	if (!opt_number(port_item.s, &port) || port.value == 0 || port.value > UINT16_MAX)
		item_bad(cli, &port_item, 0, port_item.n,
			"a port is a decimal number from 1 to 65535");
	if (!sendmail_read_addr(cli, &addr, &a, &after))
		return STATUS_BAD;
	if (v6k_addr_is_mapped(a))
		item_bad(cli, &addr, 0, addr.n, "a mapped address: give the IPv4 address");
	else if (v6k_addr_scope(a) == V6K_SCOPE_UNSPECIFIED)
		item_bad(cli, &addr, 0, addr.n, "the unspecified address is no destination");
	else if (mail_bind_refusal(a))
		item_bad(cli, &addr, 0, addr.n, mail_bind_refusal(a));
	if (cli->bad > 0)
		return STATUS_BAD;
	n = mail_milter(a, (unsigned)port.value, text, sizeof(text) - 1);
	text[n] = '\0';
	put_line(cli, text);
	return STATUS_YES;
}

static const struct command sendmail_milter = {
	.name = "milter",
	.summary = "Print the socket of a milter, for S=.",
	.operands = "PORT ADDR",
	.common = COMMON_OUTPUT,
	.run = run_milter,
};

/* dnsbl */

static int run_dnsbl(struct cli *cli, const void *own)
{
	struct item addr, zone;
	char text[512];
	struct v6k_addr a;
	long fault;
	int after, n, status = check_operands(cli, 2);

	(void)own;
	if (status)
		return status;
	addr = operand_item(cli, 0);
	zone = operand_item(cli, 1);
	fault = mail_zone_fault(zone.s, zone.n);
	if (fault >= 0)
		item_bad(cli, &zone, (size_t)fault, 1, "not the name of a DNS zone");
	if (!sendmail_read_addr(cli, &addr, &a, &after) || cli->bad > 0)
		return STATUS_BAD;
	n = mail_dnsbl(a, zone.s, zone.n, text, sizeof(text) - 1);
	text[n] = '\0';
	put_line(cli, text);
	return STATUS_YES;
}

static const struct command sendmail_dnsbl = {
	.name = "dnsbl",
	.summary = "Print the name to ask a DNS list for.",
	.operands = "ADDR ZONE",
	.common = COMMON_OUTPUT,
	.run = run_dnsbl,
};

static const struct command *const sendmail_commands[] = { &sendmail_addr, &sendmail_literal,
	&sendmail_key, &sendmail_options, &sendmail_milter, &sendmail_dnsbl, &sendmail_lint, NULL };

const struct command cmd_sendmail = {
	.name = "sendmail",
	.summary = "Write sendmail's literals, map keys and option lines; lint its files.",
	.commands = sendmail_commands,
};
