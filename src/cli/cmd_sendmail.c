/* sendmail: the lines and literals that sendmail takes, and nothing that it does not. */
#include <config.h>

#include <stdlib.h>

#include <netdb.h>

#include "../mail/access.h"
#include "../mail/literal.h"
#include "../mail/options.h"
#include "common.h"
#include "resolve.h"
#include "second.h"

/* Output that waits until all operands are known to be good: a wrong run prints nothing. */
struct sendmail {
	char *text;
	size_t n, cap;
};

static void hold(struct cli *cli, struct sendmail *s, const char *text, size_t n)
{
	if (cli->failed)
		return;
	if (s->n + n + 1 > s->cap) {
		size_t cap = 2 * (s->n + n) + 1024;
		char *grown = realloc(s->text, cap);

		if (!grown) {
			no_memory(cli);
			return;
		}
		s->text = grown;
		s->cap = cap;
	}
	memcpy(s->text + s->n, text, n);
	s->n += n;
}

static int release(struct cli *cli, struct sendmail *s)
{
	if (cli->bad == 0 && !cli->failed)
		put_bytes(cli, s->text ? s->text : "", s->n);
	free(s->text);
	return STATUS_YES;
}

/* A DNS name that is no notation of an address. One that begins with a digit is an IPv4 address with a
 * mistake in it. */
static bool is_host_name(const struct item *item)
{
	struct v6k_notation what;
	bool letter = false;

	for (size_t i = 0; i < item->n; i++)
		letter |= (item->s[i] | 32) >= 'g' && (item->s[i] | 32) <= 'z';
	return letter && (item->s[0] < '0' || item->s[0] > '9') &&
	       mail_zone_fault(item->s, item->n) < 0 &&
	       v6k_notation_parse(item->s, item->n, 0, &what, NULL) != 0;
}

/* Reads an item that must be one address: without zone, length or port. */
static bool read_addr(struct cli *cli, const struct item *item, struct v6k_addr *a, int *after)
{
	struct v6k_notation what;
	struct v6k_error err = { V6K_OK, 0, (uint32_t)item->n };

	if (is_host_name(item)) {
		*after = item_bad(cli, item, 0, item->n,
			"a host name, where an address is expected; see v6kit sendmail options "
			"--resolve");
		return false;
	}
	if (!item_read(cli, item, &what, after))
		return false;
	if (what.kind != V6K_KIND_ADDR) {
		err.code = V6K_ENOTADDR;
	} else if (what.zone_len > 0) {
		*after = item_bad(cli, item, what.zone_off - 1, what.zone_len + 1,
			"sendmail takes no zone");
		return false;
	} else if (what.has_port) {
		err.code = V6K_EPORTHERE;
	}
	if (err.code) {
		*after = item_error(cli, item, &err);
		return false;
	}
	*a = what.addr;
	return true;
}

/* The operand number i (from 0) as an item. */
static struct item operand_item(const struct cli *cli, int i)
{
	const char *s = cli->operand[i];
	size_t n = strlen(s);

	return (struct item){ s, n, s, n, { NULL, (uint64_t)i + 1, 1 } };
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

	if (!read_addr(cli, item, &a, &after))
		return after;
	if (mail_bind_refusal(a))
		return item_bad(cli, item, 0, item->n, mail_bind_refusal(a));
	n = v6k_addr_format(a, V6K_SENDMAIL, text, sizeof(text));
	hold(cli, to, text, (size_t)n);
	hold(cli, to, "\n", 1);
	return GO_ON;
}

static int run_addr(struct cli *cli, const void *own)
{
	struct sendmail s = { .n = 0 };

	(void)own;
	each_item(cli, 0, addr_item, &s);
	return release(cli, &s);
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

struct literal {
	struct sendmail held;
	const struct literal_options *options;
};

static int literal_item(struct cli *cli, void *to, const struct item *item)
{
	struct literal *l = to;
	char text[MAIL_TEXT_MAX];
	struct v6k_addr a;
	int after, n;

	if (!read_addr(cli, item, &a, &after))
		return after;
	n = mail_literal(a, l->options->full, text, sizeof(text));
	hold(cli, &l->held, text, (size_t)n);
	hold(cli, &l->held, "\n", 1);
	return GO_ON;
}

static int run_literal(struct cli *cli, const void *own)
{
	struct literal l = { { .n = 0 }, own };

	each_item(cli, 0, literal_item, &l);
	return release(cli, &l.held);
}

#define OWN(kind, member) kind, offsetof(struct literal_options, member), 0
static const struct opt literal_table[] = {
	{ 0, "full", NULL, OWN(OPT_FLAG, full), NULL, "write every group, as class w needs it" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL }
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

/* key */

enum { KEYS_MAX_DEFAULT = 4096 };

struct key_options {
	const char *tag, *value;
	struct opt_number max;
	bool compressed;
};

struct keys {
	struct sendmail held;
	const struct key_options *options;
	uint64_t max, total;
};

static void hold_key(struct cli *cli, struct keys *k, const char *key, size_t n)
{
	const struct key_options *o = k->options;

	if (o->tag) {
		hold(cli, &k->held, o->tag, strlen(o->tag));
		hold(cli, &k->held, ":", 1);
	}
	hold(cli, &k->held, key, n);
	if (o->value) {
		hold(cli, &k->held, "\t", 1);
		hold(cli, &k->held, o->value, strlen(o->value));
	}
	hold(cli, &k->held, "\n", 1);
}

/* The exact key of one address where UseCompressedIPv6Addresses is set. */
static int compressed_key(struct cli *cli, struct keys *k, const struct item *item, struct v6k_prefix p)
{
	struct v6k_addr a = v6k_prefix_first(p);
	char text[V6K_ADDR_TEXT_MAX];
	int n;

	if (p.bits < v6k_family_bits(p.family))
		return item_bad(cli, item, 0, item->n,
			"with compressed keys only single addresses have a key that is sound");
	v6k_addr_unmap(a, &a);
	n = v6k_addr_format(a, V6K_SENDMAIL, text, sizeof(text));
	if (++k->total <= k->max)
		hold_key(cli, k, text, (size_t)n);
	return GO_ON;
}

static int key_item(struct cli *cli, void *to, const struct item *item)
{
	struct keys *k = to;
	struct v6k_error err = { V6K_ENOTPREFIX, 0, (uint32_t)item->n };
	struct v6k_notation what;
	struct v6k_prefix p;
	char key[ACCESS_KEY_MAX];
	unsigned n;
	int after;

	if (!item_read(cli, item, &what, &after))
		return after;
	if (what.zone_len > 0)
		return item_bad(cli, item, what.zone_off - 1, what.zone_len + 1,
			"sendmail takes no zone");
	if (what.has_port)
		return item_bad(cli, item, 0, item->n, v6k_err_text(V6K_EPORTHERE));
	if (v6k_notation_prefix(&what, &p) != 0)
		return item_error(cli, item, &err);
	if (v6k_notation_has_host_bits(&what) && !cli->common.mask)
		return item_host_bits(cli, item, &what);
	if (second_wanted(cli, item) && !second_agrees(cli, what.addr, what.bits))
		return STOP;
	if (k->options->compressed)
		return compressed_key(cli, k, item, p);
	n = access_keys(p);
	k->total += n;
	for (unsigned i = 0; i < n && k->total <= k->max; i++)
		hold_key(cli, k, key, access_key(p, i, key));
	return GO_ON;
}

struct key_line {
	char *s;
	size_t n;
};

static int by_text(const void *a, const void *b)
{
	const struct key_line *x = a, *y = b;
	int order = memcmp(x->s, y->s, x->n < y->n ? x->n : y->n);

	/* Of equal lines the one that came first is first. */
	if (order == 0 && x->n != y->n)
		return x->n < y->n ? -1 : 1;
	return order ? order : x->s < y->s ? -1 : x->s > y->s;
}

/* The end of the line at s, behind its newline. */
static size_t line_length(const char *s, size_t n)
{
	return (size_t)((const char *)memchr(s, '\n', n) - s) + 1;
}

/* Takes out keys that are there already, which makemap refuses: prefixes of a run may overlap, or be an
 * IPv4 prefix and its mapped form. */
static void drop_repeats(struct cli *cli, struct keys *k)
{
	struct sendmail *held = &k->held;
	struct key_line *line;
	size_t lines = 0, kept = 0;

	for (size_t at = 0; at < held->n; at += line_length(held->text + at, held->n - at))
		lines++;
	line = malloc(lines * sizeof(*line));
	if (!line) {
		no_memory(cli);
		return;
	}
	lines = 0;
	for (size_t at = 0; at < held->n; at += line[lines++].n)
		line[lines] = (struct key_line){ held->text + at,
			line_length(held->text + at, held->n - at) };
	qsort(line, lines, sizeof(*line), by_text);
	/* A repeat is marked in the text: no key begins with a NUL. */
	for (size_t i = 1, first = 0; i < lines; i++) {
		if (line[i].n == line[first].n && memcmp(line[i].s, line[first].s, line[i].n) == 0)
			*line[i].s = '\0';
		else
			first = i;
	}
	for (size_t at = 0, n; at < held->n; at += n) {
		n = line_length(held->text + at, held->n - at);
		if (held->text[at] != '\0') {
			memmove(held->text + kept, held->text + at, n);
			kept += n;
		}
	}
	held->n = kept;
	free(line);
}

static int too_many_keys(struct cli *cli, const struct keys *k)
{
	struct message m;

	cli->failed = true;
	diag_start(&m, cli);
	message_number(&m, k->total);
	message_text(&m, " keys are more than --max ");
	message_number(&m, k->max);
	message_text(&m, "; nothing is printed");
	return diag_end(&m, cli);
}

static const char *tag_fault(const char *tag)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

	return *tag && !tag[strspn(tag, letters)] ?
		       NULL :
		       "--tag takes letters, digits and \"_\", as in Connect; the colon is added";
}

static int run_key(struct cli *cli, const void *own)
{
	const struct key_options *o = own;
	struct keys k = { { .n = 0 }, o, o->max.given ? o->max.value : KEYS_MAX_DEFAULT, 0 };

	if (o->tag && tag_fault(o->tag))
		return diag_say(cli, tag_fault(o->tag));
	if (o->value && (!*o->value || strchr(o->value, '\n')))
		return diag_say(cli, "--value takes one line of text that is not empty");
	each_item(cli, 0, key_item, &k);
	if (k.total > k.max)
		too_many_keys(cli, &k);
	else if (k.held.n > 0 && !cli->failed)
		drop_repeats(cli, &k);
	return release(cli, &k.held);
}

#define OWN(kind, member) kind, offsetof(struct key_options, member), 0
static const struct opt key_table[] = {
	{ 0, "tag", "TAG", OWN(OPT_TEXT, tag), NULL, "put TAG: before each key, such as Connect" },
	{ 0, "value", "VALUE", OWN(OPT_TEXT, value), NULL, "put a tab and VALUE behind each key" },
	{ 0, "max", "N", OWN(OPT_NUMBER, max), NULL, "refuse to print more than N keys (4096)" },
	{ 0, "compressed", NULL, OWN(OPT_FLAG, compressed), NULL,
		"keys for UseCompressedIPv6Addresses; single addresses only" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL }
};
#undef OWN

static const struct command sendmail_key = {
	.name = "key",
	.summary = "Print the access map keys that hold a prefix.",
	.operands = "[PREFIX...]",
	.options = key_table,
	.common = COMMON_MASK | COMMON_NETMASK | COMMON_VERIFY | COMMON_OUTPUT,
	.run = run_key,
};

/* milter */

static int run_milter(struct cli *cli, const void *own)
{
	struct item port_item, addr;
	char text[MAIL_TEXT_MAX];
	struct v6k_addr a;
	unsigned port = 0;
	int after, n, status = check_operands(cli, 2);

	(void)own;
	if (status)
		return status;
	port_item = operand_item(cli, 0);
	addr = operand_item(cli, 1);
	for (size_t i = 0; i < port_item.n && port <= UINT16_MAX; i++) {
		unsigned digit = (unsigned)(unsigned char)port_item.s[i] - '0';

		port = digit > 9 ? UINT16_MAX + 1u : port * 10 + digit;
	}
	if (port == 0 || port > UINT16_MAX || port_item.s[0] == '0')
		item_bad(cli, &port_item, 0, port_item.n, "a port is a decimal number from 1 to 65535");
	if (!read_addr(cli, &addr, &a, &after))
		return STATUS_BAD;
	if (v6k_addr_is_mapped(a))
		item_bad(cli, &addr, 0, addr.n, "a mapped address: give the IPv4 address");
	else if (v6k_addr_scope(a) == V6K_SCOPE_UNSPECIFIED)
		item_bad(cli, &addr, 0, addr.n, "the unspecified address is no destination");
	else if (mail_bind_refusal(a))
		item_bad(cli, &addr, 0, addr.n, mail_bind_refusal(a));
	if (cli->bad > 0)
		return STATUS_BAD;
	n = mail_milter(a, port, text, sizeof(text) - 1);
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
	if (!read_addr(cli, &addr, &a, &after) || cli->bad > 0)
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

/* options */

struct options_options {
	const char *modifiers, *client_modifiers, *name, *host;
	struct opt_number port;
	bool cf, loopback;
};

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

/* Adds the one address of a family that a host has. The table of what sendmail does with the others is
 * in v6kit-sendmail(1). */
static int resolve_family(struct cli *cli, const char *host, enum v6k_family family, struct sources *s)
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
	if (read_addr(cli, item, &s->addr[s->n], &after))
		s->operand[s->n++] = item->place.file ? 0 : (int)item->place.number;
	return after;
}

static int read_sources(struct cli *cli, const struct options_options *o, struct sources *s)
{
	int status = 0;

	struct v6k_addr a;

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

static int run_options(struct cli *cli, const void *own)
{
	const struct options_options *o = own;
	struct sources s = { .n = 0 };
	struct mail_options lines = { .addrs = s.addr, .cf = o->cf, .loopback = o->loopback,
		.modifiers = o->modifiers, .client_modifiers = o->client_modifiers, .name = o->name,
		.port = (unsigned)o->port.value };
	struct mail_fault fault;
	int status;

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
	{ 'M', "modifiers", "LETTERS", OWN(OPT_TEXT, modifiers), NULL, "modifiers of the daemons, such as f" },
	{ 'C', "client-modifiers", "LETTERS", OWN(OPT_TEXT, client_modifiers), NULL,
		"modifiers of the clients, such as h" },
	{ 0, "loopback", NULL, OWN(OPT_FLAG, loopback), NULL, "add a daemon on 127.0.0.1" },
	{ 0, "name", "NAME", OWN(OPT_TEXT, name), NULL, "name the daemons and clients NAME instead of MTA and MSA" },
	{ 0, "port", "PORT", OWN(OPT_NUMBER, port), NULL, "let the daemons listen on PORT" },
	{ 0, "resolve", "HOST", OWN(OPT_TEXT, host), NULL,
		"take the addresses that HOST has now; refused where sendmail would fail" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL }
};
#undef OWN

static const struct command sendmail_options = {
	.name = "options",
	.summary = "Print DAEMON_OPTIONS and CLIENT_OPTIONS lines.",
	.operands = "ADDR... | --resolve HOST",
	.options = options_table,
	.common = COMMON_FAMILY | COMMON_OUTPUT,
	.run = run_options,
};

static const struct command *const sendmail_commands[] = { &sendmail_addr, &sendmail_literal,
	&sendmail_key, &sendmail_options, &sendmail_milter, &sendmail_dnsbl, NULL };

const struct command cmd_sendmail = {
	.name = "sendmail",
	.summary = "Write sendmail's literals, map keys and option lines.",
	.commands = sendmail_commands,
};
