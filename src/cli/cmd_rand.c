/* rand: random addresses of prefixes and ranges, or random prefixes inside them. */
#include <config.h>

#include <errno.h>

#include <sys/random.h>

#include "part.h"

struct rand_options {
	struct opt_number limit, seed;
};
_Static_assert(sizeof(struct rand_options) <= OPTIONS_MAX, "options");

#define OWN(kind, member) kind, offsetof(struct rand_options, member), 0
static const struct opt options[] = { { 0, "limit", "N", OWN(OPT_NUMBER, limit), NULL,
					      "print N of each instead of one" },
	{ 0, "seed", "N", OWN(OPT_NUMBER, seed), NULL,
		"for tests: the same numbers for the same N, which anyone can tell" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL } };
#undef OWN

enum { INPUT, ADDRESS, PREFIX };
static const char *const fields[] = { "input", "address", "prefix", "error", NULL };

struct source {
	bool seeded;
	uint64_t state; /* of SplitMix64 */
	uint64_t pool[128];
	unsigned left;
};

struct chance {
	struct source source;
	uint64_t limit;
	int bits; /* -1: addresses */
};

/* SplitMix64, of which v6kit-rand(1) has the words. */
static uint64_t next_seeded(struct source *source)
{
	uint64_t z = source->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static bool next(struct cli *cli, struct source *source, uint64_t *out)
{
	size_t at = 0;

	if (source->seeded) {
		*out = next_seeded(source);
		return true;
	}
	while (source->left == 0 && at < sizeof(source->pool)) {
		ssize_t got = getrandom((char *)source->pool + at, sizeof(source->pool) - at, 0);

		if (got < 0 && errno != EINTR) {
			diag_errno(cli, "getrandom", errno);
			cli->failed = true;
			return false;
		}
		at += got > 0 ? (size_t)got : 0;
	}
	if (source->left == 0)
		source->left = sizeof(source->pool) / sizeof(source->pool[0]);
	*out = source->pool[--source->left];
	return true;
}

/* A random address of r. The distance from its first address to its last has some number of bits:
 * so many random ones are taken until they make no more than the distance, so that each address is
 * as likely as any other; half of the tries succeed at the worst. */
static bool draw(struct cli *cli, struct source *source, struct v6k_range r, struct v6k_addr *out)
{
	struct v6k_addr zero = { .family = r.first.family }, distance, a;
	struct v6k_prefix network;

	v6k_addr_sub(r.last, r.first.hi, r.first.lo, &distance);
	do {
		a = zero;
		if (!next(cli, source, &a.hi) || !next(cli, source, &a.lo))
			return false;
		if (a.family == V6K_IPV4) {
			a.hi = 0;
			a.lo &= UINT32_MAX;
		}
		v6k_prefix_mask(a, v6k_range_span((struct v6k_range){ zero, distance }).bits,
			&network);
		v6k_addr_sub(a, network.hi, network.lo, &a);
	} while (v6k_addr_cmp(a, distance) > 0);
	return v6k_addr_add(r.first, a.hi, a.lo, out) == 0;
}

static int rand_item(struct cli *cli, void *to, const struct item *item)
{
	struct chance *chance = to;
	char text[V6K_NOTATION_TEXT_MAX];
	struct v6k_notation what;
	struct v6k_prefix p;
	struct v6k_addr a;
	int after;

	if (!item_read(cli, item, &what, &after) ||
		!item_plain(cli, item, &what, v6k_err_text(V6K_EZONEPREFIX), &after))
		return after;
	if (chance->bits >= 0) {
		if (v6k_notation_prefix(&what, &p) != 0)
			return item_bad(cli, item, 0, item->n, v6k_err_text(V6K_ENOTPREFIX));
		if (!part_inside(cli, item, p, chance->bits, &after))
			return after;
	}
	for (uint64_t i = 0; i < chance->limit && !cli->common.quiet && !cli->sink.error; i++) {
		if (!draw(cli, &chance->source, v6k_notation_range(&what), &a))
			return STOP;
		out_string(&cli->record, INPUT, item->s, item->n);
		if (chance->bits < 0) {
			record_addr(cli, ADDRESS, a, V6K_CANONICAL, text);
		} else {
			v6k_prefix_mask(a, (unsigned)chance->bits, &p);
			record_prefix(cli, PREFIX, p, text);
		}
		record_end(cli);
	}
	return GO_ON;
}

static int run(struct cli *cli, const void *own)
{
	const struct rand_options *o = own;
	struct chance chance = { .source = { .seeded = o->seed.given, .state = o->seed.value },
		.limit = o->limit.given ? o->limit.value : 1 };

	if (part_length(cli, &chance.bits) != 0)
		return STATUS_BAD;
	each_item(cli, 0, rand_item, &chance);
	return STATUS_YES;
}

const struct command cmd_rand = {
	.name = "rand",
	.summary = "Print random addresses of a prefix or range, or random prefixes inside one.",
	.operands = "[PREFIX|FIRST-LAST...] [/LEN]",
	.options = options,
	.common = COMMON_FAMILY | COMMON_FILE | COMMON_RECORD | COMMON_QUIET | COMMON_OUTPUT |
		COMMON_ERROR | COMMON_MASK | COMMON_NETMASK,
	.fields = fields,
	.text = "%{address}%{prefix}",
	.run = run,
};
