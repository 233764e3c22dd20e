/* arpa: addresses and prefixes to reverse names and back. */
#include <config.h>

#include "common.h"

struct arpa_options {
	bool zones;
};
_Static_assert(sizeof(struct arpa_options) <= OPTIONS_MAX, "options");

#define OWN(kind, member) kind, offsetof(struct arpa_options, member), 0
static const struct opt options[] = {
	{ 0, "zones", NULL, OWN(OPT_FLAG, zones), NULL,
		"print the zones to delegate for a prefix, several off a nibble or octet" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL }
};
#undef OWN

enum { INPUT, OUTPUT };
static const char *const fields[] = { "input", "output", "error", NULL };

static void print(struct cli *cli, const struct item *item, const char *text, size_t n)
{
	out_string(&cli->record, INPUT, item->s, item->n);
	out_string(&cli->record, OUTPUT, text, n);
	record_end(cli);
}

/* The reverse names of the prefixes at the next nibble or octet boundary: 1 to 8, of IPv4 to
 * 128. */
static void print_zones(struct cli *cli, const struct item *item, struct v6k_prefix p)
{
	unsigned step = p.family == V6K_IPV4 ? 8 : 4, bits = (p.bits + step - 1) / step * step;
	char text[V6K_NOTATION_TEXT_MAX];
	struct v6k_prefix zone;

	for (uint64_t i = 0; v6k_prefix_child(p, bits, 0, i, &zone) == 0; i++) {
		int n = v6k_prefix_format(zone, V6K_ARPA, text, sizeof(text));

		if (n > 0)
			print(cli, item, text, (size_t)n);
		if (i + 1 == UINT64_C(1) << (bits - p.bits))
			break;
	}
}

static int arpa_item(struct cli *cli, void *to, const struct item *item)
{
	const struct arpa_options *o = to;
	struct v6k_notation what;
	struct v6k_prefix p;
	char text[V6K_NOTATION_TEXT_MAX];
	int after, n;

	if (!item_read(cli, item, &what, &after))
		return after;
	if (what.kind == V6K_KIND_RANGE)
		return item_bad(cli, item, 0, item->n, "a range has no reverse name");
	if (!item_plain(cli, item, &what, "a reverse name has no zone index", &after))
		return after;
	v6k_notation_prefix(&what, &p);
	if (p.family == V6K_IPV4 && p.bits > 24 && p.bits < 32)
		return item_bad(cli, item, 0, item->n,
			"an IPv4 prefix longer than /24 has no zone of its own, but for the "
			"CNAMEs of RFC 2317");
	if (o->zones) {
		print_zones(cli, item, p);
		return GO_ON;
	}
	if (what.form == V6K_FORM_REVERSE)
		n = v6k_notation_format(&what, item->s, V6K_CANONICAL, text, sizeof(text));
	else
		n = v6k_prefix_format(p, V6K_ARPA, text, sizeof(text));
	if (n == V6K_ENIBBLE)
		return item_bad(cli, item, 0, item->n,
			"no single reverse name has this prefix length; --zones prints its zones");
	print(cli, item, text, n > 0 ? (size_t)n : 0);
	return GO_ON;
}

static int run(struct cli *cli, const void *own)
{
	struct arpa_options o = *(const struct arpa_options *)own;

	each_item(cli, 0, arpa_item, &o);
	return STATUS_YES;
}

const struct command cmd_arpa = {
	.name = "arpa",
	.summary = "Turn addresses and prefixes into reverse names, and reverse names back.",
	.operands = "[ADDR|PREFIX|NAME...]",
	.options = options,
	.common = COMMON_FAMILY | COMMON_FILE | COMMON_RECORD | COMMON_QUIET | COMMON_OUTPUT |
		COMMON_ERROR | COMMON_MASK | COMMON_NETMASK,
	.fields = fields,
	.text = "%{output}",
	.run = run,
};
