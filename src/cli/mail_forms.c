/* mail_forms.c: the commands of mail that write a line of a configuration file. What the lines look
 * like is a table, src/mail/forms.c; what is the same for all of them is here. */
#include <config.h>

#include <stdlib.h>

#include "../mail/access.h"
#include "../mail/forms.h"
#include "mail.h"

struct form_options {
	const char *value;
	struct opt_number port, max;
	bool cidr;
};
_Static_assert(sizeof(struct form_options) <= OPTIONS_MAX, "options");

/* A run: its items are held, each as a line. */
struct form {
	struct held held;
	const struct mail_form *form;
	const struct form_options *options;
	bool hashed;        /* items are the keys of a hashed map */
	uint64_t keys, max; /* so many, and not more */
	bool ipv4, ipv6;    /* an address of the family was there */
};

static void hold_keys(struct cli *cli, struct form *r, struct v6k_prefix p, unsigned n)
{
	char key[ACCESS_KEY_MAX];

	r->keys += n;
	for (unsigned i = 0; i < n && r->keys <= r->max; i++) {
		held_add(cli, &r->held, key, postfix_key(p, i, key));
		held_add(cli, &r->held, "\n", 1);
	}
}

/* The key of an address that Postfix finds for others as well. It is what people write; so it is said. */
static void hold_wide_key(struct cli *cli, struct form *r, const struct item *item,
	struct v6k_prefix p)
{
	char key[ACCESS_KEY_MAX];
	size_t n = postfix_address_key(p, key);
	struct message m;

	r->keys++;
	held_add(cli, &r->held, key, n);
	held_add(cli, &r->held, "\n", 1);
	diag_start_at(&m, &item->place, 0);
	message_text(&m, "warning: Postfix finds this key for longer addresses too, such as ");
	message_bytes(&m, key, n);
	message_text(&m, ":1, since it cuts the client's text at its colons; --cidr is exact");
	diag_end(&m, cli);
}

static int client_item(struct cli *cli, struct form *r, const struct item *item,
	const struct v6k_notation *what)
{
	struct v6k_error err = { V6K_ENOTPREFIX, 0, (uint32_t)item->n };
	char text[MAIL_ITEM_MAX];
	struct v6k_prefix p;
	int after;

	if (!item_plain(cli, item, what, "no zone can be written here", &after))
		return after;
	if (v6k_notation_prefix(what, &p) != 0)
		return item_error(cli, item, &err);
	if (mail_prefix_refusal(r->form, p))
		return item_bad(cli, item, 0, item->n, mail_prefix_refusal(r->form, p));
	if (r->hashed && p.family == V6K_IPV6 && p.bits == 128 && postfix_keys(p) == 0) {
		hold_wide_key(cli, r, item, p);
		return GO_ON;
	}
	if (r->hashed && postfix_keys(p) == 0)
		return item_bad(cli, item, 0, item->n,
			"no keys of a hashed map match this prefix alone, since Postfix cuts the "
			"client's compressed text at its colons; --cidr writes a cidr: table");
	if (r->hashed) {
		hold_keys(cli, r, p, postfix_keys(p));
		return GO_ON;
	}
	held_add(cli, &r->held, text, mail_prefix_item(r->form, p, text));
	held_add(cli, &r->held, "\n", 1);
	return GO_ON;
}

/* Why there is no room for one more address, or null. */
static const char *taken(const struct form *r, struct v6k_addr a)
{
	if (r->form->role == MAIL_SERVER && (r->ipv4 || r->ipv6))
		return "a second address, where one is expected";
	if (r->form->role == MAIL_SOURCE && (a.family == V6K_IPV4 ? r->ipv4 : r->ipv6))
		return "a second address of its family, where one is expected";
	return NULL;
}

static int addr_item(struct cli *cli, struct form *r, const struct item *item,
	const struct v6k_notation *what)
{
	struct v6k_error not_one = { V6K_ENOTADDR, 0, (uint32_t)item->n };
	struct v6k_notation plain = *what;
	const char *fault = mail_addr_refusal(r->form, what->addr, what->zone_len > 0);
	char *text;
	int after;

	if (what->kind != V6K_KIND_ADDR)
		return item_error(cli, item, &not_one);
	if (r->form->zone)
		plain.zone_len = 0;
	if (!item_plain(cli, item, &plain, "no zone can be written here", &after))
		return after;
	if (!fault)
		fault = taken(r, what->addr);
	if (fault)
		return item_bad(cli, item, 0, item->n, fault);
	*(what->addr.family == V6K_IPV4 ? &r->ipv4 : &r->ipv6) = true;
	text = cli_room(cli, MAIL_ITEM_MAX + what->zone_len);
	if (!text)
		return STOP;
	held_add(cli, &r->held, text,
		mail_addr_item(r->form, what->addr, item->s + what->zone_off, what->zone_len,
			(unsigned)r->options->port.value, text));
	held_add(cli, &r->held, "\n", 1);
	return GO_ON;
}

static int form_item(struct cli *cli, void *to, const struct item *item)
{
	struct form *r = to;
	struct v6k_notation what;
	int after;

	if (mail_is_host_name(item))
		return item_bad(cli, item, 0, item->n, MAIL_HOST_NAME);
	if (!item_read(cli, item, &what, &after))
		return after;
	return r->form->role == MAIL_CLIENTS ? client_item(cli, r, item, &what) :
					       addr_item(cli, r, item, &what);
}

/* The form of the command that runs, "mail FORM". */
static const struct mail_form *find_form(const struct cli *cli)
{
	const struct mail_form *f = mail_forms;

	while (strcmp(f->name, cli->name + strlen("mail ")) != 0)
		f++;
	return f;
}

static const char *options_fault(const struct form_options *o)
{
	if (o->port.given && (o->port.value == 0 || o->port.value > UINT16_MAX))
		return "--port takes a number from 1 to 65535";
	if (o->cidr && o->max.given)
		return "--max counts keys, which --cidr does not write";
	return o->value ? mail_value_fault(o->value) : NULL;
}

/* Checks the operand that is a name; the addresses follow it. */
static int check_name(struct cli *cli)
{
	struct v6k_notation what;
	struct item name;
	long fault;

	if (cli->operands == 0)
		return diag_usage(cli, "a name is missing", "", 0, "");
	name = operand_item(cli, 0);
	fault = mail_name_fault(name.s);
	if (v6k_notation_parse(name.s, name.n, 0, &what, NULL) == 0)
		item_bad(cli, &name, 0, name.n, "an address, where the name is expected");
	else if (fault >= 0)
		item_bad(cli, &name, (size_t)fault, 1, "not a name of HAProxy's");
	return cli->bad > 0 ? STATUS_BAD : 0;
}

static void put_piece(void *to, const char *s, size_t n)
{
	put_bytes(to, s, n);
}

static int run_form(struct cli *cli, const void *own)
{
	const struct form_options *o = own;
	struct form r = { .form = find_form(cli),
		.options = o,
		.max = o->max.given ? o->max.value : MAIL_KEYS_MAX };
	bool named = strstr(r.form->line, "NAME");
	int status = STATUS_YES;

	if (options_fault(o))
		return diag_say(cli, options_fault(o));
	if (named && check_name(cli))
		return STATUS_BAD;
	r.hashed = strcmp(r.form->name, "postfix access") == 0 && !o->cidr;
	each_item(cli, named, form_item, &r);
	if (cli->bad > 0 || cli->failed)
		status = STATUS_BAD;
	else if (r.keys > r.max)
		status = mail_too_many_keys(cli, r.keys, r.max);
	else if (r.held.n == 0)
		/* A line without addresses may be taken for anything. */
		status = diag_usage(cli, "an address is missing", "", 0, "");
	else
		held_drop_repeats(cli, &r.held);
	if (status == STATUS_YES && !cli->failed)
		mail_form_write(r.form, named ? cli->operand[0] : "",
			o->value ? o->value : "REJECT", r.held.text, r.held.n, put_piece, cli);
	free(r.held.text);
	return status;
}

#define OWN(kind, member) kind, offsetof(struct form_options, member), 0
static const struct opt port_table[] = {
	{ 0, "port", "PORT", OWN(OPT_NUMBER, port), NULL, "write PORT too" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL },
};

static const struct opt port_25_table[] = {
	{ 0, "port", "PORT", OWN(OPT_NUMBER, port), NULL, "write PORT instead of 25" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL },
};

static const struct opt access_table[] = {
	{ 0, "cidr", NULL, OWN(OPT_FLAG, cidr), NULL,
		"lines of a cidr: table, which takes every prefix" },
	{ 0, "value", "VALUE", OWN(OPT_TEXT, value), NULL,
		"put VALUE behind each key, not REJECT" },
	{ 0, "max", "N", OWN(OPT_NUMBER, max), NULL, "refuse to print more than N keys (4096)" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL },
};
#undef OWN

/* The common options of commands for addresses, and for networks of clients. */
enum {
	ADDRS = COMMON_FAMILY | COMMON_FILE | COMMON_OUTPUT,
	CLIENTS = ADDRS | COMMON_MASK | COMMON_NETMASK
};

/* A command, and a group of commands for one program. */
#define FORM(id, word, about, args, table, groups) \
	static const struct command id = {         \
		.name = word,                      \
		.summary = about,                  \
		.operands = args,                  \
		.options = table,                  \
		.common = groups,                  \
		.run = run_form,                   \
	}
#define GROUP(program, about, ...)                                                       \
	static const struct command *const program##_commands[] = { __VA_ARGS__, NULL }; \
	const struct command mail_##program = {                                          \
		.name = #program,                                                        \
		.summary = about,                                                        \
		.commands = program##_commands,                                          \
	}

FORM(mynetworks, "mynetworks", "Print mynetworks, the clients that may relay.", "[PREFIX...]", NULL,
	CLIENTS);
FORM(relayhost, "relayhost", "Print relayhost, where all mail goes.", "[ADDR]", port_table, ADDRS);
FORM(access, "access", "Print lines of an access(5) map.", "[PREFIX...]", access_table, CLIENTS);
FORM(bind_address, "bind", "Print smtp_bind_address, where mail is sent from.", "[ADDR...]", NULL,
	ADDRS);
GROUP(postfix, "Write Postfix's parameters and access maps.", &mynetworks, &relayhost, &access,
	&bind_address);

FORM(list, "list", "Print a host list, as in hostlist or hosts.", "[PREFIX...]", NULL, CLIENTS);
FORM(interfaces, "interfaces", "Print local_interfaces, where to listen.", "[ADDR...]", NULL,
	ADDRS);
GROUP(exim, "Write Exim's lists.", &list, &interfaces);

FORM(opensmtpd_listen, "listen", "Print listen on lines.", "[ADDR...]", port_table, ADDRS);
GROUP(opensmtpd, "Write OpenSMTPD's listeners.", &opensmtpd_listen);

FORM(dovecot_listen, "listen", "Print listen, where all services listen.", "[ADDR...]", NULL,
	ADDRS);
GROUP(dovecot, "Write Dovecot's listeners.", &dovecot_listen);

FORM(nginx_listen, "listen", "Print listen lines of a server.", "[ADDR...]", port_25_table, ADDRS);
FORM(allow, "allow", "Print allow lines.", "[PREFIX...]", NULL, CLIENTS);
GROUP(nginx, "Write nginx's listeners and rules.", &nginx_listen, &allow);

FORM(haproxy_bind, "bind", "Print bind lines.", "[ADDR...]", port_25_table, ADDRS);
FORM(acl, "acl", "Print an acl of clients.", "NAME [PREFIX...]", NULL, CLIENTS);
FORM(server, "server", "Print a server line.", "NAME [ADDR]", port_25_table, ADDRS);
GROUP(haproxy, "Write HAProxy's listeners, acls and servers.", &haproxy_bind, &acl, &server);

const struct command mail_spamassassin = {
	.name = "spamassassin",
	.summary = "Print SpamAssassin's trusted_networks.",
	.operands = "[PREFIX...]",
	.common = CLIENTS,
	.run = run_form,
};

const struct command mail_opendkim = {
	.name = "opendkim",
	.summary = "Print lines of OpenDKIM's InternalHosts.",
	.operands = "[PREFIX...]",
	.common = CLIENTS,
	.run = run_form,
};
