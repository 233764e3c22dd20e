/* set_out.c: what may be asked of a set that is printed, and the wider set that is printed instead. */
#include <config.h>

#include "set_out.h"

#include <unistd.h>

#include "../out/firewall.h"

const char *const set_as_names[] = { "prefixes", "ranges", "addresses", "json", "nft", "ipset",
	"iptables", NULL };
const char *const set_as_labels_names[] = { "prefixes", "ranges", "addresses", "json", "nft", "ipset",
	"iptables", "mmdb", NULL };

/* Lengths of IPv4 and IPv6; one: a single number was given. */
struct lengths {
	unsigned bits[2];
	bool one;
};

static bool read_length(const char **at, unsigned *out)
{
	const char *from = *at;
	unsigned n = 0;

	for (; **at >= '0' && **at <= '9' && n <= 128; ++*at)
		n = 10 * n + (unsigned)(**at - '0');
	*out = n;
	return *at > from && n <= 128 && (*from != '0' || *at == from + 1);
}

/* "48", or "24,48". 0, or 2 after a message. */
static int read_lengths(struct cli *cli, const char *option, const char *text, struct lengths *out)
{
	const char *at = text;
	bool good = read_length(&at, &out->bits[0]);
	struct message m;

	out->bits[1] = out->bits[0];
	out->one = *at != ',';
	if (good && !out->one) {
		at++;
		good = out->bits[0] <= 32 && read_length(&at, &out->bits[1]);
	}
	if (good && !*at)
		return 0;
	diag_start(&m, cli);
	message_text(&m, option);
	message_text(&m, " takes a prefix length, or one of IPv4 and one of IPv6 as in 24,48; not \"");
	message_bytes(&m, text, strlen(text));
	message_text(&m, "\"");
	return diag_end(&m, cli);
}

/* --min-len and --max-len; without them all lengths there are. */
static int read_shape(struct cli *cli, const struct set_options *o, struct lengths *min,
	struct lengths *max)
{
	*min = (struct lengths){ { 0, 0 }, false };
	*max = (struct lengths){ { 32, 128 }, false };
	if (o->min_len && read_lengths(cli, "--min-len", o->min_len, min) != 0)
		return STATUS_BAD;
	if (o->max_len && read_lengths(cli, "--max-len", o->max_len, max) != 0)
		return STATUS_BAD;
	/* No prefix of IPv4 is longer, whatever is allowed for IPv6. */
	if (max->bits[0] > 32)
		max->bits[0] = 32;
	if (o->max_len && o->min_len &&
		(max->bits[1] < min->bits[1] ||
			(max->bits[0] < min->bits[0] && min->bits[0] <= 32)))
		return diag_usage(cli, "--max-len is shorter than --min-len", "", 0, "");
	return 0;
}

static bool is_key(const char *key)
{
	for (;; key++) {
		size_t n = strcspn(key, ".");

		if (n == 0)
			return false;
		key += n;
		if (!*key)
			return true;
	}
}

/* An option that is given, and of use with one form alone. */
static int check_form(struct cli *cli, bool given, const char *option, bool right, const char *form)
{
	return given && !right ? diag_usage(cli, option, form, strlen(form), "") : 0;
}

static int check_name(struct cli *cli, const char *option, const char *name)
{
	if (!name || firewall_name_ok(name))
		return 0;
	return diag_usage(cli, option, name, strlen(name),
		"\": a letter, and up to 23 letters, digits, \"_\" and \"-\" are a name");
}

static int check_labels(struct cli *cli, const struct set_options *o)
{
	if (o->labels && (o->as == SET_NFT || o->as == SET_IPSET || o->as == SET_IPTABLES))
		return diag_usage(cli, "packet filters take no --labels", "", 0, "");
	if (o->labels && (o->max_len || o->entries.given))
		return diag_usage(cli, "--labels goes with neither --max-len nor --entries", "", 0, "");
	if (o->as != SET_MMDB)
		return 0;
	if (!o->labels)
		return diag_usage(cli, "--as mmdb needs --labels", "", 0, "");
	if (!cli->common.output && isatty(cli->out))
		return diag_usage(cli, "--as mmdb is no text for a terminal: use --output", "", 0, "");
	return 0;
}

int set_out_check(struct cli *cli, const struct set_options *o)
{
	bool nft = o->as == SET_NFT, ipset = o->as == SET_IPSET, tables = o->as == SET_IPTABLES;
	struct lengths min, max;
	int e = read_shape(cli, o, &min, &max);

	if (e == 0)
		e = check_labels(cli, o);
	if (e == 0)
		e = check_form(cli, o->name, "--set-name is for --as ", nft || ipset || tables,
			"nft, ipset and iptables");
	if (e == 0)
		e = check_form(cli, o->table, "--table is for --as ", nft, "nft");
	if (e == 0)
		e = check_form(cli, o->jump, "--jump is for --as ", tables, "iptables");
	if (e == 0)
		e = check_form(cli, o->mmdb_key || o->mmdb_type, "--mmdb-key and --mmdb-type are for --as ",
			o->as == SET_MMDB, "mmdb");
	if (e == 0)
		e = check_form(cli, o->min_len, "--min-len is not for --as ",
			o->as != SET_RANGES && o->as != SET_ADDRESSES && o->as != SET_MMDB,
			"ranges, addresses or mmdb");
	if (e == 0)
		e = check_name(cli, "--set-name cannot be \"", o->name);
	if (e == 0)
		e = check_name(cli, "--table cannot be \"", o->table);
	if (e == 0)
		e = check_name(cli, "--jump cannot be \"", o->jump);
	if (e == 0 && o->mmdb_key && !is_key(o->mmdb_key))
		e = diag_usage(cli, "--mmdb-key takes names with dots between, not \"", o->mmdb_key,
			strlen(o->mmdb_key), "\"");
	if (e == 0 && o->entries.given && o->entries.value == 0)
		e = diag_usage(cli, "--entries takes 1 or more", "", 0, "");
	return e;
}

/* Says what of a cover was not in the set. */
static bool say_added(struct cli *cli, const struct v6k_set *set, const struct v6k_set *cover)
{
	enum { SHOWN = 10 };
	char text[V6K_NOTATION_TEXT_MAX];
	struct v6k_set *added;
	struct prefixes all = { .i = 0 };
	struct v6k_prefix p;
	struct message m;
	uint64_t n;
	int length;

	if (v6k_set_combine(cover, set, V6K_DIFFERENCE, &added) != 0) {
		no_memory(cli);
		return false;
	}
	all.of.set = added;
	length = v6k_count_format(v6k_set_count(added), text, sizeof(text));
	diag_start(&m, cli);
	message_text(&m, "added ");
	message_bytes(&m, text, length > 0 ? (size_t)length : 0);
	message_text(&m, " addresses that are not in the sets:");
	for (n = 0; prefixes_next(cli, &all, &p); n++) {
		if (n >= SHOWN)
			continue;
		length = v6k_prefix_format(p, V6K_CANONICAL, text, sizeof(text));
		message_text(&m, n > 0 ? ", " : " ");
		message_bytes(&m, text, length > 0 ? (size_t)length : 0);
	}
	if (n > SHOWN) {
		message_text(&m, " and ");
		message_number(&m, n - SHOWN);
		message_text(&m, " more prefixes");
	}
	if (n > 0)
		diag_end(&m, cli);
	v6k_set_free(added);
	return true;
}

/* What is said when fewer entries cannot be found. */
static int no_cover(struct cli *cli, int e)
{
	if (e == V6K_EFAMILY)
		return diag_say(cli, "--entries 1 cannot hold both families; -4 or -6 says which");
	if (e == V6K_ELIMIT)
		return diag_say(cli,
			"--entries would have to try more than 10^8 combinations; a number that is far "
			"smaller or not much smaller than there are prefixes, -4, -6 or --max-len takes fewer");
	no_memory(cli);
	return STATUS_BAD;
}

/* --max-len and --entries: the set that is printed instead. */
static int widen(struct cli *cli, const struct set_options *o, const struct lengths *max,
	struct prefixes *all, struct v6k_set **out)
{
	struct v6k_set *set = sets_of_families(cli, all->of.set), *shorter = NULL;
	int e = set ? v6k_cover_build_bits(set, max->bits[0], max->bits[1], &shorter) : V6K_ENOMEM;

	if (e == 0 && o->entries.given)
		e = v6k_cover_build(shorter,
			o->entries.value < SIZE_MAX ? (size_t)o->entries.value : SIZE_MAX, out);
	else if (e == 0)
		e = v6k_set_combine(shorter, shorter, V6K_UNION, out);
	if (e)
		e = no_cover(cli, e);
	else if (!say_added(cli, set, *out))
		e = STATUS_BAD;
	if (e == 0)
		all->of.set = *out;
	v6k_set_free(shorter);
	v6k_set_free(set);
	return e;
}

static bool has_family(struct cli *cli, struct set_source of, unsigned family)
{
	struct prefixes all = { .of = of };

	while (prefixes_next_range(cli, &all))
		if (all.rest.first.family == family)
			return true;
	return false;
}

/* Whether it is clear what a length is of: /24 of IPv6 is not what somebody means who thinks of IPv4. */
static bool is_clear(struct cli *cli, const char *option, const struct lengths *l,
	struct set_source of, bool long_is_clear)
{
	if (!l->one || (l->bits[1] > 32 && long_is_clear) || !has_family(cli, of, V6K_IPV4) ||
		(l->bits[1] <= 32 && !has_family(cli, of, V6K_IPV6)))
		return true;
	diag_usage(cli, option, "", 0,
		" needs two lengths where there are both families, as in 24,48, or -4 or -6");
	return false;
}

int set_out(struct cli *cli, const struct set_options *o, struct set_source of)
{
	struct prefixes all = { .of = of };
	struct v6k_set *wider = NULL;
	struct lengths min, max;
	int status = read_shape(cli, o, &min, &max);

	if (status == 0 && (!is_clear(cli, "--max-len", &max, of, true) ||
				   !is_clear(cli, "--min-len", &min, of, false)))
		status = STATUS_BAD;
	if (status == 0 && (o->max_len || o->entries.given))
		status = widen(cli, o, &max, &all, &wider);
	if (status == 0) {
		all.min[0] = min.bits[0];
		all.min[1] = min.bits[1];
		status = set_print(cli, o, &all);
	}
	v6k_set_free(wider);
	return status;
}
