/* sendmail_key.c: sendmail key, the access map keys that hold a prefix. */
#include <config.h>

#include "../mail/access.h"
#include "second.h"
#include "sendmail.h"

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
	struct keys k = { { .n = 0 }, o, o->max.given ? o->max.value : MAIL_KEYS_MAX, 0 };

	if (o->tag && tag_fault(o->tag))
		return diag_say(cli, tag_fault(o->tag));
	if (o->value && mail_value_fault(o->value))
		return diag_say(cli, mail_value_fault(o->value));
	each_item(cli, 0, key_item, &k);
	if (k.total > k.max)
		mail_too_many_keys(cli, k.total, k.max);
	else if (k.held.n > 0 && !cli->failed)
		held_drop_repeats(cli, &k.held);
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
