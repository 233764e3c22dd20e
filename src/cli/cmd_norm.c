/* norm: parse, validate and print. */
#include <config.h>

#include "common.h"
#include "share.h"

struct norm_options {
	unsigned style, from;
	bool network, check;
};
_Static_assert(sizeof(struct norm_options) <= OPTIONS_MAX, "options");

/* As enum v6k_from counts them. */
static const char *const from_names[] = { "int", "hex", "base85", NULL };

#define OWN(kind, member) kind, offsetof(struct norm_options, member), 0
static const struct opt options[] = {
	{ 's', "style", "STYLE", OWN(OPT_CHOICE, style), style_names,
		"canonical (default), full, bare, mixed, upper, hex, int, bits, arpa, uri, smtp, "
		"sendmail, unc, base85, c or access" },
	{ 0, "from", "KIND", OWN(OPT_CHOICE, from), from_names,
		"read numbers: int, hex or base85" },
	{ 0, "network", NULL, OWN(OPT_FLAG, network), NULL, "print prefixes, host bits cleared" },
	{ 0, "check", NULL, OWN(OPT_FLAG, check), NULL, "print nothing: status only" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL }
};
#undef OWN

enum { INPUT, FAMILY, ADDRESS, BITS, ZONE, PORT, LAST };
static const char *const fields[] = { "input", "family", "address", "bits", "zone", "port", "last",
	"error", NULL };

struct norm {
	const struct norm_options *options;
	enum v6k_style style;
	bool plain; /* a plain address is printed as one, and nothing else */
};

static int bad_style(struct cli *cli, const struct item *item, const struct v6k_notation *what,
	enum v6k_style style, int code)
{
	struct message m = { .n = 0 };

	message_style(&m, what, style, code);
	return item_bad(cli, item, 0, item->n, m.text);
}

/* --network: the prefix, host bits cleared; a bare address is its /128 or /32 (ruling 15). */
static bool to_network(struct cli *cli, const struct item *item, struct v6k_notation *what,
	int *after)
{
	struct v6k_error err = { 0, 0, (uint32_t)item->n };
	struct v6k_prefix p;

	err.code = what->zone_len > 0 ? V6K_EZONEPREFIX :
		what->has_port        ? V6K_EPORTHERE :
					v6k_notation_prefix(what, &p);
	if (err.code) {
		*after = item_error(cli, item, &err);
		return false;
	}
	what->addr = v6k_prefix_first(p);
	what->kind = V6K_KIND_PREFIX;
	return true;
}

/* Of hexadecimal digits how many there are tells the family. */
static int bad_number(struct cli *cli, const struct norm *norm, const struct item *item,
	const struct v6k_error *err)
{
	if (err->code == V6K_ENUMBER && norm->options->from == V6K_FROM_HEX && !cli->common.ipv4 &&
		!cli->common.ipv6)
		return item_bad(cli, item, err->off, err->len,
			"an address has 8 hexadecimal digits (IPv4) or 32 (IPv6); -4 or -6 takes fewer");
	return item_error(cli, item, err);
}

static bool read_one(struct cli *cli, const struct norm *norm, const struct item *item,
	struct v6k_notation *what, int *after)
{
	enum v6k_family family = cli->common.ipv4 ? V6K_IPV4 :
		cli->common.ipv6                  ? V6K_IPV6 :
						    V6K_NONE;
	struct v6k_error err;

	if (norm->options->from) {
		*after = GO_ON;
		if (v6k_number_parse(item->s, item->n, (enum v6k_from)norm->options->from, family,
			    what, &err) != 0) {
			*after = bad_number(cli, norm, item, &err);
			return false;
		}
	} else if (!item_read(cli, item, what, after)) {
		return false;
	}
	return !norm->options->network || to_network(cli, item, what, after);
}

static int norm_item(struct cli *cli, void *to, const struct item *item)
{
	const struct norm *norm = to;
	struct out *record = &cli->record;
	struct v6k_notation what;
	char last[V6K_ADDR_TEXT_MAX];
	char *text;
	size_t cap;
	int after, n;

	if (!read_one(cli, norm, item, &what, &after))
		return after;
	cap = 2 * V6K_NOTATION_TEXT_MAX + what.zone_len;
	text = cli_room(cli, cap);
	if (!text)
		return STOP;
	n = v6k_notation_format(&what, item->s, norm->style, text, cap);
	if (n < 0)
		return bad_style(cli, item, &what, norm->style, n);
	if (cli->common.quiet)
		return GO_ON;
	if (record->shape == OUT_TEMPLATE && !cli->common.template) {
		out_string(record, ADDRESS, text, (size_t)n);
		record_end(cli);
		return GO_ON;
	}
	/* In a record each part has a field of its own, so that the address stands alone, in the
	 * styles (up to V6K_UPPER) that are nothing but its spelling. */
	out_string(record, INPUT, item->s, item->n);
	record_text(cli, FAMILY, family_name(what.addr.family));
	if (norm->style <= V6K_UPPER)
		record_addr(cli, ADDRESS, what.addr, norm->style, text);
	else
		out_string(record, ADDRESS, text, (size_t)n);
	if (what.kind == V6K_KIND_PREFIX)
		out_number(record, BITS, what.bits);
	if (what.zone_len > 0)
		out_string(record, ZONE, item->s + what.zone_off, what.zone_len);
	if (what.has_port)
		out_number(record, PORT, what.port);
	if (what.kind == V6K_KIND_RANGE)
		record_addr(cli, LAST, what.last, norm->style, last);
	record_end(cli);
	return GO_ON;
}

/* Of n addresses those of the family that is wanted; returns how many. */
static size_t keep_family(const struct cli *cli, struct v6k_addr *a, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (wants_family(cli, a[i].family))
			a[kept++] = a[i];
	return kept;
}

/* Lines that are plain addresses, as nearly all of a long list are: what norm_item does with each, done
 * with many at once. */
static int norm_many(struct cli *cli, void *to, const char *s, size_t n, size_t *at,
	uint64_t *lines)
{
	enum { MANY = 256 };
	const struct norm *norm = to;
	struct v6k_addr a[MANY];
	size_t got = norm->plain ? MANY : 0;

	while (got == MANY && !share_full(cli)) {
		size_t kept, done = 0;
		char *room;

		got = v6k_addr_parse_lines(s, n, at, V6K_PADDED, a, MANY);
		*lines += got;
		kept = cli->common.ipv4 || cli->common.ipv6 ? keep_family(cli, a, got) : got;
		if (cli->common.quiet || kept == 0)
			continue;
		room = share_room(cli, MANY * V6K_LINE_TEXT_MAX);
		if (!room)
			return STOP;
		share_wrote(cli,
			v6k_addr_format_lines(a, kept, &done, cli->record.terminator, room,
				MANY * V6K_LINE_TEXT_MAX));
	}
	return GO_ON;
}

static const struct item_job job = { .each = norm_item, .many = norm_many, .shared = true };

static int run(struct cli *cli, const void *own)
{
	const struct norm_options *o = own;
	struct norm norm = { o, V6K_CANONICAL, false };

	if (o->style)
		norm.style = (enum v6k_style)(o->style - 1);
	cli->common.quiet |= o->check;
	/* "#" is a digit there, and the first one of some addresses. */
	cli->hash_is_text = o->from == V6K_FROM_BASE85;
	norm.plain = norm.style == V6K_CANONICAL && !o->from && !o->network &&
		(cli->common.quiet || (cli->record.shape == OUT_TEMPLATE && !cli->common.template));
	each_item_by(cli, 0, &job, &norm);
	return STATUS_YES;
}

const struct command cmd_norm = {
	.name = "norm",
	.summary = "Parse, validate and print addresses, prefixes and ranges.",
	.operands = "[ADDR...]",
	.options = options,
	.common = COMMON_FAMILY | COMMON_FILE | COMMON_RECORD | COMMON_QUIET | COMMON_OUTPUT |
		COMMON_ERROR | COMMON_NETMASK | COMMON_STREAM,
	.fields = fields,
	.text = "%{address}",
	.run = run,
};
