/* info: everything about an address or prefix. */
#include <config.h>

#include "../mail/literal.h"
#include "common.h"
#include "second.h"

struct info_options {
	bool verify;
};
_Static_assert(sizeof(struct info_options) <= OPTIONS_MAX, "options");

#define OWN(kind, member) kind, offsetof(struct info_options, member), 0
static const struct opt options[] = {
	{ 0, "verify", NULL, OWN(OPT_FLAG, verify), NULL, "show what libcidr computes" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL },
};
#undef OWN

/* The order of the output. Registries and further embeddings take their places before error. */
enum {
	INPUT,
	FAMILY,
	ADDRESS,
	BITS,
	ZONE,
	PORT,
	FULL,
	ARPA,
	SENDMAIL,
	SMTP,
	NETWORK,
	FIRST,
	LAST,
	COUNT,
	COUNT_64,
	SCOPE,
	MAPPED,
	CIDR_NETWORK,
	CIDR_LAST,
	CIDR_COUNT,
	FIELDS
};
static const char *const fields[] = { "input", "family", "address", "bits", "zone", "port", "full",
	"arpa", "sendmail", "smtp", "network", "first", "last", "count", "count_64", "scope",
	"mapped_ipv4", "libcidr_network", "libcidr_last", "libcidr_count", "error", NULL };

/* The texts of a record, which must live until it ends. */
struct texts {
	char text[FIELDS][V6K_NOTATION_TEXT_MAX];
};

static void record_count(struct cli *cli, unsigned field, struct v6k_count count, char *buf)
{
	int n = v6k_count_format(count, buf, V6K_COUNT_TEXT_MAX);

	if (n > 0)
		out_string(&cli->record, field, buf, (size_t)n);
}

/* The forms of one address. A network as such is no address: it has no mail forms. */
static void record_forms(struct cli *cli, const struct v6k_notation *what, struct v6k_prefix p,
	struct texts *t)
{
	bool one = p.bits == v6k_family_bits(p.family) || v6k_notation_has_host_bits(what);
	int n;

	record_addr(cli, ADDRESS, what->addr, V6K_CANONICAL, t->text[ADDRESS]);
	record_addr(cli, FULL, what->addr, V6K_FULL, t->text[FULL]);
	n = one ? v6k_addr_format(what->addr, V6K_ARPA, t->text[ARPA], sizeof(t->text[ARPA])) :
		  v6k_prefix_format(p, V6K_ARPA, t->text[ARPA], sizeof(t->text[ARPA]));
	if (n > 0)
		out_string(&cli->record, ARPA, t->text[ARPA], (size_t)n);
	if (!one || what->zone_len > 0)
		return;
	/* No A= that sendmail would fail on, and a mapped address as the IPv4 one that mail
	 * knows. */
	if (!mail_bind_refusal(what->addr))
		record_addr(cli, SENDMAIL, what->addr, V6K_SENDMAIL, t->text[SENDMAIL]);
	n = mail_literal(what->addr, false, t->text[SMTP], sizeof(t->text[SMTP]));
	if (n > 0)
		out_string(&cli->record, SMTP, t->text[SMTP], (size_t)n);
}

static void record_network(struct cli *cli, struct v6k_prefix p, struct texts *t)
{
	record_prefix(cli, NETWORK, p, t->text[NETWORK]);
	record_addr(cli, FIRST, v6k_prefix_first(p), V6K_CANONICAL, t->text[FIRST]);
	record_addr(cli, LAST, v6k_prefix_last(p), V6K_CANONICAL, t->text[LAST]);
	record_count(cli, COUNT, v6k_prefix_count(p), t->text[COUNT]);
	if (p.family == V6K_IPV6)
		record_count(cli, COUNT_64, v6k_prefix_count_children(p, 64), t->text[COUNT_64]);
}

/* A prefix whose addresses are of several scopes has none. */
static void record_scope(struct cli *cli, const struct v6k_notation *what, struct v6k_prefix p)
{
	enum v6k_scope scope = v6k_addr_scope(what->addr);

	if (v6k_notation_has_host_bits(what) || v6k_prefix_scope(p, &scope) == 0)
		record_text(cli, SCOPE, v6k_scope_text(scope));
}

static void record_second(struct cli *cli, const struct opinion *second, struct texts *t)
{
	record_addr(cli, CIDR_NETWORK, second->network, V6K_CANONICAL, t->text[CIDR_NETWORK]);
	record_addr(cli, CIDR_LAST, second->last, V6K_CANONICAL, t->text[CIDR_LAST]);
	record_text(cli, CIDR_COUNT, second->count);
}

static int info_item(struct cli *cli, void *to, const struct item *item)
{
	const struct info_options *o = to;
	struct v6k_error range = { V6K_ENOTPREFIX, 0, (uint32_t)item->n };
	struct v6k_notation what;
	struct v6k_prefix p;
	struct v6k_addr v4;
	struct opinion second;
	struct texts t;
	int after;

	if (!item_read(cli, item, &what, &after))
		return after;
	if (v6k_notation_prefix(&what, &p) != 0)
		return item_error(cli, item, &range);
	if ((second_wanted(cli, item) || o->verify) && !second_agrees(cli, what.addr, what.bits))
		return STOP;
	out_string(&cli->record, INPUT, item->s, item->n);
	record_text(cli, FAMILY, family_name(p.family));
	record_forms(cli, &what, p, &t);
	out_number(&cli->record, BITS, what.bits);
	if (what.zone_len > 0)
		out_string(&cli->record, ZONE, item->s + what.zone_off, what.zone_len);
	if (what.has_port)
		out_number(&cli->record, PORT, what.port);
	record_network(cli, p, &t);
	record_scope(cli, &what, p);
	if (p.bits == 128 && v6k_addr_unmap(what.addr, &v4) == 0)
		record_addr(cli, MAPPED, v4, V6K_CANONICAL, t.text[MAPPED]);
	if (o->verify && opinion_second(what.addr, what.bits, &second))
		record_second(cli, &second, &t);
	record_end(cli);
	return GO_ON;
}

static int run(struct cli *cli, const void *own)
{
	struct info_options o = *(const struct info_options *)own;

#ifndef HAVE_LIBCIDR
	if (o.verify)
		return diag_say(cli, "--verify: built without libcidr");
#endif
	if (o.verify && cli->common.no_verify)
		return diag_say(cli, "--verify and --no-verify exclude each other");
	each_item(cli, 0, info_item, &o);
	return STATUS_YES;
}

const struct command cmd_info = {
	.name = "info",
	.summary = "Print everything about an address or prefix.",
	.operands = "[ADDR|PREFIX...]",
	.options = options,
	.common = COMMON_FAMILY | COMMON_FILE | COMMON_RECORD | COMMON_QUIET | COMMON_OUTPUT |
		COMMON_ERROR | COMMON_NETMASK | COMMON_VERIFY,
	.fields = fields,
	.run = run,
};
