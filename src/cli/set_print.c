/* set_print.c: sets as text, as JSON, as a MaxMind DB and for packet filters. */
#include <config.h>

#include "set_out.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "../out/firewall.h"
#include "../out/mmdb.h"

bool prefixes_next_range(struct cli *cli, struct prefixes *all)
{
	struct v6k_range r;

	do {
		int e = all->of.map ? v6k_map_range(all->of.map, all->i, &r, &all->label) :
				      v6k_set_range(all->of.set, all->i, &r);

		if (e)
			return false;
		all->i++;
	} while (!wants_family(cli, r.first.family));
	all->rest = r;
	return true;
}

static bool next_part(struct prefixes *all, struct v6k_prefix *p)
{
	*p = all->part;
	if (v6k_prefix_next(all->part, 0, 1, &all->part) != 0 ||
		!v6k_prefix_covers(all->whole, all->part))
		all->whole.family = V6K_NONE;
	return true;
}

bool prefixes_next(struct cli *cli, struct prefixes *all, struct v6k_prefix *p)
{
	unsigned min;

	if (all->whole.family != V6K_NONE)
		return next_part(all, p);
	while (!v6k_range_pop(&all->rest, p))
		if (!prefixes_next_range(cli, all))
			return false;
	min = all->min[p->family == V6K_IPV6];
	if (p->bits >= min || v6k_prefix_child(*p, min, 0, 0, &all->part) != 0)
		return true;
	all->whole = *p;
	return next_part(all, p);
}

static const char *label_of(const struct prefixes *all, size_t *n)
{
	*n = 0;
	return all->of.m ? members_label(all->of.m, all->label, n) : "";
}

/* text[0..n), room for one byte more, as a line, with the label behind it. */
static void put_entry(struct cli *cli, const struct prefixes *all, char *text, size_t n)
{
	size_t label_n;
	const char *label = label_of(all, &label_n);

	text[n] = label_n > 0 ? '\t' : '\n';
	put_bytes(cli, text, n + 1);
	if (label_n > 0) {
		put_bytes(cli, label, label_n);
		put_text(cli, "\n");
	}
	sink_end_record(&cli->sink);
}

/* One by one: with labels, or split. */
static void print_each(struct cli *cli, struct prefixes *all)
{
	char text[V6K_NOTATION_TEXT_MAX + 1];
	struct v6k_prefix p;

	while (!cli->sink.error && prefixes_next(cli, all, &p)) {
		int n = v6k_prefix_format(p, V6K_CANONICAL, text, sizeof(text) - 1);

		put_entry(cli, all, text, n > 0 ? (size_t)n : 0);
	}
}

/* Many at a time: most of a merge would be calls otherwise. */
static void print_plain(struct cli *cli, const struct v6k_set *set)
{
	enum { MANY = 256 };
	bool every = wants_family(cli, V6K_IPV4) && wants_family(cli, V6K_IPV6);
	struct v6k_set_walk walk = { 0 };
	struct v6k_prefix p[MANY];
	char text[MANY * V6K_LINE_TEXT_MAX];
	size_t got;

	while (!cli->sink.error && (got = v6k_set_prefixes(set, &walk, p, MANY)) > 0) {
		size_t at = 0, kept = 0, length;

		for (size_t i = 0; i < got && !every; i++)
			if (wants_family(cli, p[i].family))
				p[kept++] = p[i];
		kept = every ? got : kept;
		length = v6k_prefix_format_lines(p, kept, &at, '\n', text, sizeof(text));
		put_bytes(cli, text, length);
		sink_end_record(&cli->sink);
	}
}

static void print_prefixes(struct cli *cli, struct prefixes *all)
{
	if (all->of.map || all->min[0] > 0 || all->min[1] > 0)
		print_each(cli, all);
	else
		print_plain(cli, all->of.set);
}

static void print_ranges(struct cli *cli, struct prefixes *all)
{
	char text[V6K_NOTATION_TEXT_MAX + 1];

	while (!cli->sink.error && prefixes_next_range(cli, all)) {
		int n = v6k_range_format(all->rest, V6K_CANONICAL, text, sizeof(text) - 1);

		put_entry(cli, all, text, n > 0 ? (size_t)n : 0);
	}
}

/* Whether what is printed is read as the same again: a label that begins with "-" makes a range of the address
 * before it. Says so if not. */
static bool addresses_are_readable(struct cli *cli, const struct set_source *of)
{
	struct prefixes all = { .of = *of };

	while (prefixes_next_range(cli, &all)) {
		char text[V6K_ADDR_TEXT_MAX];
		struct message m;
		size_t label_n;
		const char *label = label_of(&all, &label_n);
		int n;

		if (label_n == 0 || *label != '-')
			continue;
		n = v6k_addr_format(all.rest.first, V6K_CANONICAL, text, sizeof(text));
		diag_start(&m, cli);
		message_bytes(&m, text, n > 0 ? (size_t)n : 0);
		message_text(&m,
			": a label that begins with \"-\" would make a range of the address; "
			"use --as ranges");
		diag_end(&m, cli);
		return false;
	}
	return true;
}

/* Many to a call where nothing stands between them. */
static void print_address_run(struct cli *cli, struct v6k_range r)
{
	char buf[16 * 1024];
	struct v6k_count left = v6k_range_count(r);

	while ((left.w[0] | left.w[1] | left.w[2]) && !cli->sink.error) {
		uint64_t n = left.w[1] | left.w[2] ? UINT64_MAX : left.w[0], asked = n;
		int length = v6k_addr_format_run(&r.first, &n, '\n', buf, sizeof(buf));

		put_bytes(cli, buf, length > 0 ? (size_t)length : 0);
		sink_end_record(&cli->sink);
		v6k_count_sub(left, (struct v6k_count){ { asked - n, 0, 0 } }, &left);
	}
}

static void print_addresses(struct cli *cli, struct prefixes *all)
{
	char text[V6K_ADDR_TEXT_MAX + 1];

	while (!cli->sink.error && prefixes_next_range(cli, all)) {
		struct v6k_addr a = all->rest.first;

		if (!all->of.map) {
			print_address_run(cli, all->rest);
			continue;
		}
		for (bool more = true; more && !cli->sink.error;) {
			int n = v6k_addr_format(a, V6K_CANONICAL, text, sizeof(text) - 1);

			put_entry(cli, all, text, n > 0 ? (size_t)n : 0);
			more = v6k_addr_cmp(a, all->rest.last) < 0 &&
				v6k_addr_add(a, 0, 1, &a) == 0;
		}
	}
}

static void put_json_label(struct cli *cli, const char *label, size_t n)
{
	static const char hex[] = "0123456789abcdef";

	put_text(cli, ", \"label\": ");
	if (out_json_string(put_to, cli, label, n))
		return;
	put_text(cli, ", \"label_hex\": \"");
	for (size_t i = 0; i < n; i++) {
		put_bytes(cli, &hex[(unsigned char)label[i] >> 4], 1);
		put_bytes(cli, &hex[label[i] & 15], 1);
	}
	put_text(cli, "\"");
}

/* An array of strings; with labels, of objects. */
static void print_json(struct cli *cli, struct prefixes *all)
{
	const char *before = "[\n  ";
	char text[V6K_NOTATION_TEXT_MAX];
	struct v6k_prefix p;

	for (; !cli->sink.error && prefixes_next(cli, all, &p); before = ",\n  ") {
		size_t label_n;
		const char *label = label_of(all, &label_n);
		int n = v6k_prefix_format(p, V6K_CANONICAL, text, sizeof(text));

		put_text(cli, before);
		put_text(cli, all->of.map ? "{\"prefix\": \"" : "\"");
		put_bytes(cli, text, n > 0 ? (size_t)n : 0);
		put_text(cli, "\"");
		if (label_n > 0)
			put_json_label(cli, label, label_n);
		put_text(cli, all->of.map ? "}" : "");
	}
	put_line(cli, *before == '[' ? "[]" : "\n]");
}

static void print_firewall(struct cli *cli, const struct set_options *o, struct prefixes *all)
{
	struct firewall f = { .form = o->as == SET_NFT ? FIREWALL_NFT :
			o->as == SET_IPSET             ? FIREWALL_IPSET :
							 FIREWALL_IPTABLES,
		.name = o->name ? o->name : "v6kit",
		.table = o->table ? o->table : "v6kit",
		.jump = o->jump ? o->jump : "DROP",
		.write = put_to,
		.to = cli };
	struct v6k_prefix p;
	bool more = prefixes_next(cli, all, &p);

	firewall_open(&f);
	for (unsigned family = V6K_IPV4; family <= V6K_IPV6; family += V6K_IPV6 - V6K_IPV4) {
		if (!wants_family(cli, family))
			continue;
		firewall_family(&f, family);
		for (; more && p.family == family && !cli->sink.error;
			more = prefixes_next(cli, all, &p))
			firewall_add(&f, p);
	}
	firewall_close(&f);
}

/* When the database was made: what SOURCE_DATE_EPOCH says, for those who build it again and want the same
 * bytes, or now. */
static bool build_epoch(struct cli *cli, uint64_t *epoch)
{
	const char *text = getenv("SOURCE_DATE_EPOCH");
	struct opt_number number;
	struct message m;

	*epoch = (uint64_t)time(NULL);
	if (!text || !*text)
		return true;
	if (opt_number(text, &number)) {
		*epoch = number.value;
		return true;
	}
	diag_start(&m, cli);
	message_text(&m, "SOURCE_DATE_EPOCH=");
	message_bytes(&m, text, strlen(text));
	message_text(&m, ": not a decimal number of seconds");
	diag_end(&m, cli);
	return false;
}

static bool is_utf8(const char *s, size_t n)
{
	for (size_t at = 0, length; at < n; at += length) {
		length = out_utf8_length(s + at, n - at);
		if (length == 0)
			return false;
	}
	return true;
}

/* Says why a prefix and its label cannot be in a database. */
static int bad_entry(struct cli *cli, struct v6k_prefix p, const char *why)
{
	char text[V6K_NOTATION_TEXT_MAX];
	int n = v6k_prefix_format(p, V6K_CANONICAL, text, sizeof(text));
	struct message m;

	diag_start(&m, cli);
	message_bytes(&m, text, n > 0 ? (size_t)n : 0);
	message_text(&m, why);
	return diag_end(&m, cli);
}

/* Adds all, each label once: place[label] is where it is, if it is. */
static int fill_mmdb(struct cli *cli, struct prefixes *all, struct mmdb *db, uint32_t *place)
{
	struct v6k_prefix p;
	int e = 0;

	while (prefixes_next(cli, all, &p)) {
		size_t n, slot = all->label < all->of.m->label_n ? all->label : all->of.m->label_n;
		const char *label = label_of(all, &n);

		if (!is_utf8(label, n))
			return bad_entry(cli, p,
				": the label is not UTF-8, as a MaxMind DB has it");
		if (place[slot] == UINT32_MAX)
			e = mmdb_add_label(db, label, n, &place[slot]);
		if (e == 0)
			e = mmdb_add(db, p, place[slot]);
		if (e == -EEXIST)
			return bad_entry(cli, p,
				" overlaps ::/96, where a MaxMind DB has IPv4; subtract -e ::/96 first");
		if (e)
			return diag_say(cli,
				e == -EFBIG ? "too much for a MaxMind DB" :
					      v6k_err_text(V6K_ENOMEM));
	}
	return STATUS_YES;
}

static int print_mmdb(struct cli *cli, const struct set_options *o, struct prefixes *all)
{
	size_t slots = all->of.m->label_n + 1;
	struct mmdb_about about = { .type = o->mmdb_type ? o->mmdb_type : "v6kit" };
	struct mmdb *db = mmdb_new(o->mmdb_key ? o->mmdb_key : "label");
	uint32_t *place = malloc(slots * sizeof(*place));
	int status = STATUS_BAD;

	if (!db || !place) {
		no_memory(cli);
	} else if (build_epoch(cli, &about.build_epoch)) {
		memset(place, 0xff, slots * sizeof(*place));
		status = fill_mmdb(cli, all, db, place);
		if (status == STATUS_YES && mmdb_write(db, &about, put_to, cli) != 0)
			status = diag_say(cli, "too much for a MaxMind DB");
	}
	free(place);
	mmdb_free(db);
	return status;
}

int set_print(struct cli *cli, const struct set_options *o, struct prefixes *all)
{
	switch ((enum set_as)o->as) {
	case SET_RANGES:
		print_ranges(cli, all);
		break;
	case SET_ADDRESSES:
		if (!addresses_are_readable(cli, &all->of))
			return STATUS_BAD;
		print_addresses(cli, all);
		break;
	case SET_JSON:
		print_json(cli, all);
		break;
	case SET_NFT:
	case SET_IPSET:
	case SET_IPTABLES:
		print_firewall(cli, o, all);
		break;
	case SET_MMDB:
		return print_mmdb(cli, o, all);
	case SET_PREFIXES:
	default:
		print_prefixes(cli, all);
		break;
	}
	return STATUS_YES;
}
