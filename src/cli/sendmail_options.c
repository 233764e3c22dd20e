/* sendmail_options.c: sendmail options, daemon and client option lines of addresses or of a
 * host. */
#include <config.h>

#include <netdb.h>

#include "../mail/literal.h"
#include "../mail/options.h"
#include "resolve.h"
#include "sendmail.h"

struct options_options {
	const char *modifiers, *client_modifiers, *name, *host, *check;
	struct opt_number port;
	bool cf, loopback;
};
_Static_assert(sizeof(struct options_options) <= OPTIONS_MAX, "options");

/* The addresses of a run, and where each came from: an operand, or a host's record. */
struct sources {
	struct v6k_addr addr[2 * RESOLVED_MAX];
	int operand[2 * RESOLVED_MAX]; /* its number from 1; 0: it came from elsewhere */
	size_t n;
};

static int resolve_fault(struct cli *cli, const char *host, enum v6k_family family,
	const struct v6k_addr *addr, const char *text)
{
	char buf[V6K_ADDR_TEXT_MAX];
	struct message m;
	int n;

	diag_start(&m, cli);
	message_bytes(&m, host, strlen(host));
	message_text(&m, family == V6K_IPV4 ? " A" : " AAAA");
	if (addr) {
		n = v6k_addr_format(*addr, V6K_CANONICAL, buf, sizeof(buf));
		message_text(&m, " ");
		message_bytes(&m, buf, n > 0 ? (size_t)n : 0);
	}
	message_text(&m, ": ");
	message_text(&m, text);
	return diag_end(&m, cli);
}

/* Adds the one address of a family that a host has. The table of what sendmail does with the others
 * is in v6kit-sendmail(1). */
static int resolve_family(struct cli *cli, const char *host, enum v6k_family family,
	struct sources *s)
{
	struct v6k_addr addrs[RESOLVED_MAX];
	const char *fault;
	size_t n, at = 0;
	int e;

	if (!wants_family(cli, family))
		return 0;
	e = resolve(host, family, addrs, &n);
	if (e)
		return resolve_fault(cli, host, family, NULL, gai_strerror(e));
	if (n == 0)
		return resolve_fault(cli, host, family, NULL,
			family == V6K_IPV4 ?
				"no such record: the inet daemon would not start (-6: IPv6 alone)" :
				"no such record: the inet6 daemon would not start (-4: IPv4 alone)");
	fault = mail_lookup_fault(addrs, n, &at);
	if (fault)
		return resolve_fault(cli, host, family, &addrs[at], fault);
	s->addr[s->n++] = addrs[0];
	return 0;
}

static int options_item(struct cli *cli, void *to, const struct item *item)
{
	struct sources *s = to;
	int after;

	if (s->n == sizeof(s->addr) / sizeof(s->addr[0]))
		return item_bad(cli, item, 0, item->n, "more than 128 addresses");
	if (sendmail_read_addr(cli, item, &s->addr[s->n], &after))
		s->operand[s->n++] = item->place.file ? 0 : (int)item->place.number;
	return after;
}

static int read_sources(struct cli *cli, const struct options_options *o, struct sources *s)
{
	struct v6k_addr a;
	int status;

	if (o->host && cli->operands > 0)
		return diag_say(cli, "--resolve HOST takes the place of the addresses");
	if (o->host && mail_zone_fault(o->host, strlen(o->host)) >= 0 &&
		v6k_addr_parse(o->host, strlen(o->host), &a, NULL) != 0)
		return diag_usage(cli, "not a host name: \"", o->host, strlen(o->host), "\"");
	if (!o->host) {
		each_item(cli, 0, options_item, s);
		return cli->bad > 0 || cli->failed ? STATUS_BAD : 0;
	}
	/* Both families are asked, so that both are reported. */
	status = resolve_family(cli, o->host, V6K_IPV4, s);
	return resolve_family(cli, o->host, V6K_IPV6, s) ? STATUS_BAD : status;
}

static void options_line(void *to, const char *s, size_t n)
{
	struct cli *cli = to;

	put_bytes(cli, s, n);
	put_bytes(cli, "\n", 1);
}

/* Options that do not go together with --check, or without it; or null. */
static const char *check_conflict(const struct cli *cli, const struct options_options *o)
{
	const struct common *c = &cli->common;

	if (!o->check)
		return c->json || c->csv || c->template || c->nul || c->quiet ?
			"-j, --csv, -F, -0 and -q go with --check" :
			NULL;
	return cli->operands > 0 || o->modifiers || o->client_modifiers || o->name || o->host ||
			o->port.given || o->cf || o->loopback || c->ipv4 || c->ipv6 ?
		"--check FILE goes with no address and no option for lines" :
		NULL;
}

static int run_options(struct cli *cli, const void *own)
{
	const struct options_options *o = own;
	struct sources s = { .n = 0 };
	struct mail_options lines = { .addrs = s.addr,
		.cf = o->cf,
		.loopback = o->loopback,
		.modifiers = o->modifiers,
		.client_modifiers = o->client_modifiers,
		.name = o->name,
		.port = (unsigned)o->port.value };
	struct mail_fault fault;
	int status;

	if (check_conflict(cli, o))
		return diag_say(cli, check_conflict(cli, o));
	if (o->check)
		return sendmail_check(cli, o->check);
	if (o->port.given && (o->port.value == 0 || o->port.value > UINT16_MAX))
		return diag_say(cli, "--port takes a number from 1 to 65535");
	status = read_sources(cli, o, &s);
	if (status)
		return status;
	if (s.n == 0)
		return diag_usage(cli, "an address is missing", "", 0, "");
	lines.n = s.n;
	if (!mail_options_check(&lines, &fault)) {
		struct item item;

		if (fault.addr == SIZE_MAX || s.operand[fault.addr] == 0)
			return diag_say(cli, fault.text);
		item = operand_item(cli, s.operand[fault.addr] - 1);
		item_bad(cli, &item, 0, item.n, fault.text);
		return STATUS_BAD;
	}
	mail_options_write(&lines, options_line, cli);
	return STATUS_YES;
}

#define OWN(kind, member) kind, offsetof(struct options_options, member), 0
static const struct opt options_table[] = {
	{ 0, "cf", NULL, OWN(OPT_FLAG, cf), NULL, "print lines of a .cf file, not of a .mc file" },
	{ 'M', "modifiers", "LETTERS", OWN(OPT_TEXT, modifiers), NULL,
		"modifiers of the daemons, such as f" },
	{ 'C', "client-modifiers", "LETTERS", OWN(OPT_TEXT, client_modifiers), NULL,
		"modifiers of the clients, such as h" },
	{ 0, "loopback", NULL, OWN(OPT_FLAG, loopback), NULL, "add a daemon on 127.0.0.1" },
	{ 0, "name", "NAME", OWN(OPT_TEXT, name), NULL,
		"name the daemons and clients NAME instead of MTA and MSA" },
	{ 0, "port", "PORT", OWN(OPT_NUMBER, port), NULL, "let the daemons listen on PORT" },
	{ 0, "resolve", "HOST", OWN(OPT_TEXT, host), NULL,
		"take the addresses that HOST has now; refused where sendmail would fail" },
	{ 0, "check", "FILE", OWN(OPT_FILE, check), NULL,
		"say of each daemon of FILE (.mc, .cf) whether it can listen on this host" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL }
};
#undef OWN

const struct command sendmail_options = {
	.name = "options",
	.summary = "Print DAEMON_OPTIONS and CLIENT_OPTIONS lines, or check those of a file.",
	.operands = "ADDR... | --resolve HOST | --check FILE",
	.options = options_table,
	.common = COMMON_FAMILY | COMMON_RECORD | COMMON_QUIET | COMMON_OUTPUT,
	.fields = sendmail_check_fields,
	.text = "%{name}\t%{family}\t%{address}\t%{port}\t%{verdict}",
	.run = run_options,
};
