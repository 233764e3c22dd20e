/* mail_spf.c: mail spf, prefixes as an SPF record, and the networks of a record. */
#include <config.h>

#include <stdlib.h>

#include "../mail/literal.h"
#include "../mail/spf.h"
#include "mail.h"

struct spf_options {
	const char *zone, *split, *include;
	unsigned all;
	bool a, mx, plain, parse;
};
_Static_assert(sizeof(struct spf_options) <= OPTIONS_MAX, "options");

/* The choices of --all, "fail" if not given, and what they print. */
static const char *const all_names[] = { "fail", "softfail", "neutral", "none", NULL };
static const char *const all_terms[] = { " -all", " -all", " ~all", " ?all", "" };

enum {
	RDATA_MAX = 65535, /* of a TXT record, each string with a byte for its length */
	PIECE_NAME_MAX = 8 /* "_spf123." */
};

static const char version[] = "v=spf1";

/* Writing */

struct writer {
	const struct spf_options *options;
	struct v6k_list *list;
	struct held out;
	struct held networks; /* " ip4:192.0.2.0/24 ip6:2a00:a200::/48" */
	struct held rest;     /* " a mx include:_spf.example.org" */
	unsigned lookups;
};

static void add_text(struct cli *cli, struct held *h, const char *text)
{
	held_add(cli, h, text, strlen(text));
}

/* number is said before the text; 0: none is. */
static void warn(struct cli *cli, size_t number, const char *text)
{
	struct message m;

	diag_start(&m, cli);
	message_text(&m, "warning: ");
	if (number > 0)
		message_number(&m, number);
	message_text(&m, text);
	diag_end(&m, cli);
}

static int write_item(struct cli *cli, void *to, const struct item *item)
{
	struct writer *w = to;
	struct v6k_notation what;
	struct v6k_range r;
	int after;

	if (mail_is_host_name(item))
		return item_bad(cli, item, 0, item->n, MAIL_HOST_NAME "; see --a, --mx, --include");
	if (!item_read(cli, item, &what, &after) ||
		!item_plain(cli, item, &what, v6k_err_text(V6K_EZONEPREFIX), &after))
		return after;
	r = v6k_notation_range(&what);
	/* To SPF a mapped sender is an IPv4 sender (RFC 7208 section 5). */
	if (v6k_addr_is_mapped(r.first) && v6k_addr_is_mapped(r.last)) {
		v6k_addr_unmap(r.first, &r.first);
		v6k_addr_unmap(r.last, &r.last);
	}
	return v6k_list_add_range(w->list, r, V6K_NO_LABEL) == 0 ? GO_ON : no_memory(cli);
}

static void add_networks(struct cli *cli, struct writer *w)
{
	struct v6k_set *set = NULL;
	struct v6k_range r;
	struct v6k_prefix p;
	char term[SPF_TERM_MAX];

	if (v6k_set_freeze(w->list, 0, &set) != 0)
		no_memory(cli);
	for (size_t i = 0; set && v6k_set_range(set, i, &r) == 0; i++) {
		while (v6k_range_pop(&r, &p)) {
			add_text(cli, &w->networks, " ");
			held_add(cli, &w->networks, term, spf_network(p, term));
			if (p.bits == 0)
				warn(cli, 0,
					p.family == V6K_IPV4 ? "every IPv4 sender passes" :
							       "every IPv6 sender passes");
		}
	}
	v6k_set_free(set);
}

static bool is_domain(const char *s, size_t n)
{
	return mail_zone_fault(s, n) < 0 && spf_is_domain(s, n);
}

/* --a, --mx and --include; 0, or 2 after a message. */
static int add_rest(struct cli *cli, struct writer *w)
{
	const struct spf_options *o = w->options;
	const char *at = o->include;

	if (o->a)
		add_text(cli, &w->rest, " a");
	if (o->mx)
		add_text(cli, &w->rest, " mx");
	w->lookups = (unsigned)o->a + (unsigned)o->mx;
	while (at) {
		const char *comma = strchr(at, ',');
		size_t n = comma ? (size_t)(comma - at) : strlen(at);

		if (!is_domain(at, n))
			return diag_usage(cli, "not a domain name: \"", at, n, "\"");
		add_text(cli, &w->rest, " include:");
		held_add(cli, &w->rest, at, n);
		w->lookups++;
		at = comma ? comma + 1 : NULL;
	}
	return 0;
}

/* The name of record number `piece`, from 1; 0 is the record itself. Empty when it has none. */
static void add_name(struct cli *cli, struct held *h, const char *name, unsigned piece)
{
	char digits[24];

	if (piece > 0) {
		add_text(cli, h, "_spf");
		add_text(cli, h, mail_number(piece, digits));
		add_text(cli, h, ".");
	}
	add_text(cli, h, name);
}

/* Prints a record in the form that is asked for. */
static void add_record(struct cli *cli, struct writer *w, unsigned piece, const struct held *record)
{
	const struct spf_options *o = w->options;
	const char *name = o->split ? o->split : o->zone;
	size_t name_n = name ? strlen(name) + (piece > 0 ? PIECE_NAME_MAX : 0) : 0, strings = 0;

	if (o->plain)
		held_add(cli, &w->out, record->text, record->n);
	if (name) {
		add_name(cli, &w->out, name, piece);
		add_text(cli, &w->out,
			name[strlen(name) - 1] == '.' || strcmp(name, "@") == 0 ? " IN TXT " :
										  ". IN TXT ");
	}
	for (size_t at = 0, n; at < record->n && !cli->failed; at += n, strings++) {
		n = spf_string(record->text + at, record->n - at);
		if (o->plain)
			continue;
		add_text(cli, &w->out, at > 0 ? " \"" : "\"");
		held_add(cli, &w->out, record->text + at, n);
		add_text(cli, &w->out, "\"");
	}
	add_text(cli, &w->out, "\n");
	if (record->n + strings > RDATA_MAX) {
		diag_say(cli, "more than a TXT record can hold, which is 65535 bytes");
		cli->failed = true;
	} else if (record->n + name_n > SPF_SIZE_MAX) {
		warn(cli, record->n,
			o->split ? " bytes in a record: with its name more than the 450 that fit "
				   "every DNS answer" :
				   " bytes in a record: with its name more than the 450 that fit "
				   "every DNS answer; --split NAME makes several records");
	}
}

static void start_record(struct cli *cli, struct held *record)
{
	record->n = 0;
	add_text(cli, record, version);
}

/* The length of the term at off, with the blank before it; n: of all of them. */
static size_t term_length(const char *s, size_t off, size_t n)
{
	const char *next = memchr(s + off + 1, ' ', n - off - 1);

	return next ? (size_t)(next - s) - off : n - off;
}

/* Several records with the networks, and one that includes them, which is printed first. */
static void split_records(struct cli *cli, struct writer *w)
{
	struct held piece = { .n = 0 }, top = { .n = 0 }, first = { .n = 0 };
	const char *name = w->options->split, *s = w->networks.text;
	size_t name_n = strlen(name) + PIECE_NAME_MAX, all_n = strlen(all_terms[1]);
	unsigned pieces = 0;

	start_record(cli, &top);
	start_record(cli, &piece);
	for (size_t at = 0, n; at < w->networks.n && !cli->failed; at += n) {
		n = term_length(s, at, w->networks.n);
		held_add(cli, &piece, s + at, n);
		if (at + n < w->networks.n &&
			piece.n + term_length(s, at + n, w->networks.n) + all_n + name_n <=
				SPF_SIZE_MAX)
			continue;
		add_text(cli, &piece, all_terms[1]);
		add_record(cli, w, ++pieces, &piece);
		add_text(cli, &top, " include:");
		add_name(cli, &top, name, pieces);
		start_record(cli, &piece);
	}
	held_add(cli, &top, w->rest.text, w->rest.n);
	w->lookups += pieces;
	first = w->out;
	w->out = (struct held){ .n = 0 };
	add_record(cli, w, 0, &top);
	held_add(cli, &w->out, first.text, first.n);
	free(first.text);
	free(piece.text);
	free(top.text);
}

static void write_records(struct cli *cli, struct writer *w)
{
	const struct spf_options *o = w->options;
	struct held record = { .n = 0 };

	start_record(cli, &record);
	held_add(cli, &record, w->networks.text, w->networks.n);
	held_add(cli, &record, w->rest.text, w->rest.n);
	add_text(cli, &w->rest, all_terms[o->all]);
	add_text(cli, &record, all_terms[o->all]);
	if (cli->failed)
		;
	else if (o->split && w->networks.n > 0 && record.n + strlen(o->split) > SPF_SIZE_MAX)
		split_records(cli, w);
	else
		add_record(cli, w, 0, &record);
	if (w->lookups > SPF_LOOKUPS_MAX && !cli->failed)
		warn(cli, w->lookups, " look-ups are more than 10: to receivers a permanent error");
	free(record.text);
}

static const char *write_conflict(const struct cli *cli, const struct spf_options *o)
{
	const struct common *c = &cli->common;

	if (c->json || c->csv || c->template || c->nul || c->quiet || c->on_error)
		return "-j, --csv, -F, -0, -q and --on-error go with --parse only";
	if (o->plain && (o->zone || o->split))
		return "--plain goes with neither --zone nor --split";
	if (o->zone && o->split)
		return "--zone and --split exclude each other";
	return NULL;
}

static int run_write(struct cli *cli, const struct spf_options *o)
{
	struct writer w = { .options = o };
	const char *conflict = write_conflict(cli, o);

	if (conflict)
		return diag_say(cli, conflict);
	if (o->zone && strcmp(o->zone, "@") != 0 && mail_zone_fault(o->zone, strlen(o->zone)) >= 0)
		return diag_usage(cli, "not a domain name: \"", o->zone, strlen(o->zone), "\"");
	if (o->split && !is_domain(o->split, strlen(o->split)))
		return diag_usage(cli, "not a domain name: \"", o->split, strlen(o->split), "\"");
	if (add_rest(cli, &w) != 0) {
		free(w.rest.text);
		return STATUS_BAD;
	}
	w.list = v6k_list_new();
	if (!w.list)
		no_memory(cli);
	else
		each_item(cli, 0, write_item, &w);
	if (cli->bad == 0 && !cli->failed) {
		add_networks(cli, &w);
		/* An empty list is a mistake more often than a domain that sends no mail. */
		if (w.networks.n == 0 && w.rest.n == 0 && !cli->failed)
			cli->failed =
				diag_say(cli, "no prefix at all: the record would refuse all mail");
		else
			write_records(cli, &w);
	}
	v6k_list_free(w.list);
	free(w.networks.text);
	free(w.rest.text);
	return held_release(cli, &w.out);
}

/* Parsing */

enum field {
	FIELD_INPUT,
	FIELD_RECORD,
	FIELD_QUALIFIER,
	FIELD_MECHANISM,
	FIELD_MODIFIER,
	FIELD_DOMAIN,
	FIELD_NETWORK,
	FIELD_NOTE
};

static const char *const fields[] = { "input", "record", "qualifier", "mechanism", "modifier",
	"domain", "network", "note", "error", NULL };

struct parser {
	const struct item *item;
	const char *text; /* the record, its strings joined */
	const uint32_t *origin;
	uint64_t number; /* of the record, from 1 */
	bool as_text;    /* networks alone; what else there is to say are notes */
};

static void say_note(struct cli *cli, const struct parser *p, const struct spf_term *t,
	const char *note)
{
	struct message m;

	diag_start_at(&m, &p->item->place, p->origin[t->off]);
	message_text(&m, "note: ");
	message_text(&m, note);
	message_text(&m, ": ");
	message_bytes(&m, p->text + t->off, t->n);
	diag_end(&m, cli);
}

static void put_term(struct cli *cli, const struct parser *p, const struct spf_term *t)
{
	bool has_network = t->kind == SPF_IP4 || t->kind == SPF_IP6;
	const char *note = spf_note(t), *name = spf_name(t->kind);
	char network[V6K_NOTATION_TEXT_MAX];

	if (p->as_text && note && !cli->common.quiet)
		say_note(cli, p, t, note);
	if (p->as_text && !has_network)
		return;
	out_string(&cli->record, FIELD_INPUT, p->text + t->off, t->n);
	out_number(&cli->record, FIELD_RECORD, p->number);
	if (t->qualifier)
		out_string(&cli->record, FIELD_QUALIFIER, &t->qualifier, 1);
	if (name)
		record_text(cli, t->qualifier ? FIELD_MECHANISM : FIELD_MODIFIER, name);
	else
		out_string(&cli->record, FIELD_MODIFIER, p->text + t->name_off, t->name_n);
	if (t->domain_n > 0)
		out_string(&cli->record, FIELD_DOMAIN, p->text + t->domain_off, t->domain_n);
	if (has_network)
		record_prefix(cli, FIELD_NETWORK, t->network, network);
	if (note)
		record_text(cli, FIELD_NOTE, note);
	record_end(cli);
}

static int parse_item(struct cli *cli, void *to, const struct item *item)
{
	struct parser *p = to;
	struct spf_fault fault;
	struct spf_term t;
	struct spf r;
	uint32_t *origin;
	char *text, *room;
	size_t from, n;
	long got;

	/* In a record "#" is no comment, but a line of a list may be one. */
	if (item->place.file && item->s[0] == '#')
		return GO_ON;
	p->number++;
	room = cli_room(cli, (item->n + 1) * (sizeof(*origin) + 1));
	if (!room)
		return STOP;
	origin = (void *)room;
	text = room + (item->n + 1) * sizeof(*origin);
	got = spf_join(item->s, item->n, text, origin, &fault);
	if (got < 0)
		return item_bad(cli, item, fault.off, fault.n, fault.text);
	if (!spf_open(&r, text, (size_t)got, &fault)) {
		from = origin[fault.off];
		n = fault.n > 0 ? origin[fault.off + fault.n - 1] + 1 - from : 0;
		return item_bad(cli, item, from, n, fault.text);
	}
	p->item = item;
	p->text = text;
	p->origin = origin;
	while (spf_next(&r, &t))
		put_term(cli, p, &t);
	return GO_ON;
}

static int run_parse(struct cli *cli, const struct spf_options *o)
{
	const struct common *c = &cli->common;
	struct parser p = { .as_text = !c->json && !c->csv && !c->template };

	if (o->zone || o->split || o->include || o->all || o->a || o->mx || o->plain || c->mask ||
		c->netmask)
		return diag_say(cli, "only output options and --on-error go with --parse");
	cli->hash_is_text = true;
	each_item(cli, 0, parse_item, &p);
	return STATUS_YES;
}

static int run_spf(struct cli *cli, const void *own)
{
	const struct spf_options *o = own;

	return o->parse ? run_parse(cli, o) : run_write(cli, o);
}

#define OWN(kind, member) kind, offsetof(struct spf_options, member), 0
static const struct opt spf_table[] = {
	{ 0, "all", "RESULT", OWN(OPT_CHOICE, all), all_names,
		"what other senders get: fail (default), softfail, neutral, or none: no word" },
	{ 0, "a", NULL, OWN(OPT_FLAG, a), NULL, "let the addresses of the domain pass too" },
	{ 0, "mx", NULL, OWN(OPT_FLAG, mx), NULL, "let its mail exchangers pass too" },
	{ 0, "include", "DOMAINS", OWN(OPT_TEXT, include), NULL,
		"include the records of these domains, a comma list" },
	{ 0, "zone", "NAME", OWN(OPT_TEXT, zone), NULL, "print a line of a zone file for NAME" },
	{ 0, "split", "NAME", OWN(OPT_TEXT, split), NULL,
		"the same; when it is too long, print several records" },
	{ 0, "plain", NULL, OWN(OPT_FLAG, plain), NULL, "print the record without quotes, uncut" },
	{ 0, "parse", NULL, OWN(OPT_FLAG, parse), NULL, "read records, print their networks" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL },
};
#undef OWN

const struct command mail_spf = {
	.name = "spf",
	.summary = "Write prefixes as an SPF record, or list the networks of records.",
	.operands = "[PREFIX...|RECORD...]",
	.options = spf_table,
	.common = COMMON_FILE | COMMON_MASK | COMMON_NETMASK | COMMON_RECORD | COMMON_QUIET |
		COMMON_ERROR | COMMON_OUTPUT,
	.fields = fields,
	.text = "%{network}",
	.run = run_spf,
};
