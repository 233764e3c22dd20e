/* sendmail_key.c: sendmail key, the access map keys that hold a prefix. */
#include <config.h>

#include <stdlib.h>

#include "../mail/access.h"
#include "second.h"
#include "sendmail.h"

enum { KEYS_MAX_DEFAULT = 4096 };

struct key_options {
	const char *tag, *value;
	struct opt_number max;
	bool compressed;
};
_Static_assert(sizeof(struct key_options) <= OPTIONS_MAX, "options");

struct keys {
	struct held held;
	const struct key_options *options;
	uint64_t max, total;
};

static void hold_key(struct cli *cli, struct keys *k, const char *key, size_t n)
{
	const struct key_options *o = k->options;

	if (o->tag) {
		held_add(cli, &k->held, o->tag, strlen(o->tag));
		held_add(cli, &k->held, ":", 1);
	}
	held_add(cli, &k->held, key, n);
	if (o->value) {
		held_add(cli, &k->held, "\t", 1);
		held_add(cli, &k->held, o->value, strlen(o->value));
	}
	held_add(cli, &k->held, "\n", 1);
}

/* The exact key of one address where UseCompressedIPv6Addresses is set. */
static int compressed_key(struct cli *cli, struct keys *k, const struct item *item,
	struct v6k_prefix p)
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
	if (!item_plain(cli, item, &what, "sendmail takes no zone", &after))
		return after;
	if (v6k_notation_prefix(&what, &p) != 0)
		return item_error(cli, item, &err);
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
	/* With their newlines no line is the beginning of another. */
	int order = memcmp(x->s, y->s, x->n < y->n ? x->n : y->n);

	/* Of equal lines the one that came first is first. */
	return order ? order : x->s < y->s ? -1 : x->s > y->s;
}

/* The end of the line at s, behind its newline. */
static size_t line_length(const char *s, size_t n)
{
	return (size_t)((const char *)memchr(s, '\n', n) - s) + 1;
}

/* Takes out keys that are there already, which makemap refuses: prefixes of a run may overlap, or
 * be an IPv4 prefix and its mapped form. */
static void drop_repeats(struct cli *cli, struct keys *k)
{
	struct held *held = &k->held;
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
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

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
	return held_release(cli, &k.held);
}

#define OWN(kind, member) kind, offsetof(struct key_options, member), 0
static const struct opt key_table[] = {
	{ 0, "tag", "TAG", OWN(OPT_TEXT, tag), NULL, "put TAG: before each key, such as Connect" },
	{ 0, "value", "VALUE", OWN(OPT_TEXT, value), NULL, "put a tab and VALUE behind each key" },
	{ 0, "max", "N", OWN(OPT_NUMBER, max), NULL, "refuse to print more than N keys (4096)" },
	{ 0, "compressed", NULL, OWN(OPT_FLAG, compressed), NULL,
		"keys for UseCompressedIPv6Addresses; single addresses only" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL },
};
#undef OWN

const struct command sendmail_key = {
	.name = "key",
	.summary = "Print the access map keys that hold a prefix.",
	.operands = "[PREFIX...]",
	.options = key_table,
	.common = COMMON_MASK | COMMON_NETMASK | COMMON_VERIFY | COMMON_OUTPUT,
	.run = run_key,
};
