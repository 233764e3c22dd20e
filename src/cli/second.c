/* second.c: the only file that calls libcidr. cidr_contains() and cidr_equals() return 0 for yes;
 * its counts hold commas. It never sees text of a user's. */
#include <config.h>

#include "second.h"

#include <stdlib.h>

#include "common.h"

#ifdef HAVE_LIBCIDR
#include <v6kit/cidr.h>
#endif

enum { VERIFIED_MAX = 64 };

void opinion_core(struct v6k_addr a, unsigned bits, struct opinion *out)
{
	struct v6k_prefix p = { .bits = 0 };
	int n;

	v6k_prefix_mask(a, bits, &p);
	out->network = v6k_prefix_first(p);
	out->last = v6k_prefix_last(p);
	n = v6k_count_format(v6k_prefix_count(p), out->count, V6K_COUNT_TEXT_MAX);
	out->count[n < 0 ? 0 : n] = '\0';
}

#ifdef HAVE_LIBCIDR

const char *second_name(void)
{
	return "libcidr " CIDR_VERSION;
}

static void without_commas(const char *text, char *out, size_t cap)
{
	size_t n = 0;

	for (; text && *text && n + 1 < cap; text++)
		if (*text != ',')
			out[n++] = *text;
	out[n] = '\0';
}

bool opinion_second(struct v6k_addr a, unsigned bits, struct opinion *out)
{
	CIDR *c = v6k_cidr_from_addr(a, bits);
	CIDR *network = c ? cidr_addr_network(c) : NULL;
	CIDR *last = c ? cidr_addr_broadcast(c) : NULL;
	bool ok = network && last;

	if (ok) {
		without_commas(cidr_numaddr(c), out->count, sizeof(out->count));
		ok = v6k_cidr_to_addr(network, &out->network, NULL) == 0 &&
			v6k_cidr_to_addr(last, &out->last, NULL) == 0;
	}
	if (network)
		cidr_free(network);
	if (last)
		cidr_free(last);
	if (c)
		cidr_free(c);
	return ok;
}

bool second_wanted(struct cli *cli, const struct item *item)
{
	return !item->place.file && !cli->common.no_verify && cli->verified++ < VERIFIED_MAX;
}

static void message_addr(struct message *m, struct v6k_addr a)
{
	char buf[V6K_ADDR_TEXT_MAX];
	int n = v6k_addr_format(a, V6K_CANONICAL, buf, sizeof(buf));

	message_bytes(m, buf, n > 0 ? (size_t)n : 0);
}

static bool disagree(struct cli *cli, struct message *m)
{
	message_text(m, "; please report this, --no-verify goes on without libcidr");
	diag_end(m, cli);
	cli->failed = true;
	return false;
}

static bool no_opinion(struct cli *cli)
{
	diag_say(cli, "libcidr gave no second opinion; --no-verify goes on without it");
	cli->failed = true;
	return false;
}

bool second_agrees(struct cli *cli, struct v6k_addr a, unsigned bits)
{
	struct opinion core, second;
	struct message m;

	opinion_core(a, bits, &core);
	if (!opinion_second(a, bits, &second))
		return no_opinion(cli);
	if (v6k_addr_cmp(core.network, second.network) == 0 &&
		v6k_addr_cmp(core.last, second.last) == 0 && strcmp(core.count, second.count) == 0)
		return true;
	diag_start(&m, cli);
	message_text(&m, "the second opinion differs on ");
	message_addr(&m, a);
	message_text(&m, "/");
	message_number(&m, bits);
	for (int i = 0; i < 2; i++) {
		const struct opinion *o = i ? &second : &core;

		message_text(&m, i ? "; libcidr: " : ": v6kit: ");
		message_addr(&m, o->network);
		message_text(&m, " to ");
		message_addr(&m, o->last);
		message_text(&m, ", ");
		message_text(&m, o->count);
		message_text(&m, " addresses");
	}
	return disagree(cli, &m);
}

struct second_set {
	CIDR **cidr;
	size_t n, cap;
	bool mapped;
};

void second_set_free(struct second_set *set)
{
	for (size_t i = 0; set && i < set->n; i++)
		cidr_free(set->cidr[i]);
	if (set)
		free(set->cidr);
	free(set);
}

/* The network of an address, masked by libcidr; null when out of memory. */
static CIDR *network_of(struct v6k_addr a, unsigned bits)
{
	CIDR *c = v6k_cidr_from_addr(a, bits), *network = c ? cidr_addr_network(c) : NULL;

	if (c)
		cidr_free(c);
	return network;
}

static bool add_cidr(struct second_set *set, struct v6k_addr a, unsigned bits)
{
	void *array = set->cidr;
	bool ok = grow(&array, &set->cap, set->n + 1, sizeof(set->cidr[0]));

	set->cidr = array;
	if (!ok)
		return false;
	set->cidr[set->n] = network_of(a, bits);
	return set->cidr[set->n] && ++set->n;
}

struct second_set *second_set_new(bool mapped)
{
	struct second_set *set = calloc(1, sizeof(*set));

	if (set)
		set->mapped = mapped;
	return set;
}

static bool add_prefix(struct second_set *set, struct v6k_addr a, unsigned bits, bool mapped)
{
	struct v6k_addr twin;

	if (!add_cidr(set, a, bits))
		return false;
	if (!mapped)
		return true;
	if (v6k_addr_map(a, &twin) == 0)
		return add_cidr(set, twin, bits + 96);
	if (bits >= 96 && v6k_addr_unmap(a, &twin) == 0)
		return add_cidr(set, twin, bits - 96);
	return true;
}

bool second_set_add(struct second_set *set, const struct v6k_notation *what)
{
	struct v6k_range rest = { what->addr, what->last };
	struct v6k_prefix p;
	bool ok = true, mapped = set->mapped;

	if (what->kind != V6K_KIND_RANGE)
		return add_prefix(set, what->addr, what->bits, mapped);
	/* A range has a mapped or IPv4 form as a whole or not at all, whatever its prefixes
	 * have. */
	if (rest.first.family == V6K_IPV6)
		mapped = mapped && v6k_addr_is_mapped(rest.first) && v6k_addr_is_mapped(rest.last);
	while (ok && v6k_range_pop(&rest, &p))
		ok = add_prefix(set, v6k_prefix_first(p), p.bits, mapped);
	return ok;
}

/* Where the networks differ in eight bytes that matter, the last of IPv4 and the first of IPv6,
 * libcidr need not be asked bit by bit: of a large set that leaves it only the near ones. */
static bool is_far(const CIDR *wide, const CIDR *narrow)
{
	size_t at = cidr_get_proto(wide) == CIDR_IPV4 ? 8 : 0;
	uint64_t a, b, mask;

	memcpy(&a, wide->addr + at, sizeof(a));
	memcpy(&b, narrow->addr + at, sizeof(b));
	memcpy(&mask, wide->mask + at, sizeof(mask));
	return ((a ^ b) & mask) != 0;
}

static bool holds(const CIDR *wide, const CIDR *narrow)
{
	return cidr_get_proto(wide) == cidr_get_proto(narrow) && !is_far(wide, narrow) &&
		cidr_contains(wide, narrow) == 0;
}

/* Whether the n objects hold all of c, one of them by itself or several together; with overlap
 * whether any of them touches c. 1, 0, or -1 when out of memory. */
static int cidrs_hold(CIDR *const *cidr, size_t n, const CIDR *c, bool overlap)
{
	CIDR **inside = NULL, **half;
	size_t kept = 0;
	int answer = 1;

	for (size_t i = 0; i < n; i++)
		if (holds(cidr[i], c) || (overlap && holds(c, cidr[i])))
			return 1;
	if (overlap)
		return 0;
	for (size_t i = 0; i < n; i++)
		kept += holds(c, cidr[i]);
	if (kept == 0)
		return 0;
	inside = malloc(kept * sizeof(inside[0]));
	half = inside ? cidr_net_subnets(c) : NULL;
	if (!half) {
		free(inside);
		return -1;
	}
	kept = 0;
	for (size_t i = 0; i < n; i++)
		if (holds(c, cidr[i]))
			inside[kept++] = cidr[i];
	for (unsigned i = 0; i < 2; i++) {
		if (answer == 1)
			answer = cidrs_hold(inside, kept, half[i], false);
		cidr_free(half[i]);
	}
	free(half);
	free(inside);
	return answer;
}

static int prefix_held(const struct second_set *set, struct v6k_addr a, unsigned bits, bool overlap)
{
	CIDR *c = network_of(a, bits);
	int answer = c ? cidrs_hold(set->cidr, set->n, c, overlap) : -1;

	if (c)
		cidr_free(c);
	return answer;
}

/* Of the prefixes of a range all are to be held, or with overlap one. */
static int range_held(const struct second_set *set, struct v6k_range rest, bool overlap)
{
	struct v6k_prefix p;
	int held = -1;

	while (v6k_range_pop(&rest, &p)) {
		held = prefix_held(set, v6k_prefix_first(p), p.bits, overlap);
		if (held < 0 || held == overlap)
			return held;
	}
	return held;
}

/* Whether an address is in the operand, and no entry holds it: 1, 0, or -1 when out of memory. */
static int is_missing(const struct second_set *set, const struct v6k_notation *what,
	struct v6k_addr a)
{
	struct second_set *operand = second_set_new(false);
	int inside = -1, held = -1;

	if (operand && second_set_add(operand, what)) {
		inside = prefix_held(operand, a, v6k_family_bits(a.family), false);
		held = prefix_held(set, a, v6k_family_bits(a.family), false);
	}
	second_set_free(operand);
	return inside < 0 || held < 0 ? -1 : inside && !held;
}

bool second_agrees_member(struct cli *cli, const struct second_set *set,
	const struct v6k_notation *what, const struct item *item, bool overlap, bool answer,
	struct v6k_addr missing)
{
	struct v6k_range r = { what->addr, what->last };
	struct message m;
	int held = -1;

	if (set && !answer && !overlap) {
		held = is_missing(set, what, missing);
		held = held < 0 ? held : !held;
	} else if (set && what->kind == V6K_KIND_RANGE) {
		held = range_held(set, r, overlap);
	} else if (set) {
		held = prefix_held(set, what->addr, what->bits, overlap);
	}
	if (held < 0)
		return no_opinion(cli);
	if (held == answer)
		return true;
	diag_start(&m, cli);
	message_text(&m, "the second opinion differs on ");
	message_bytes(&m, item->s, item->n);
	message_text(&m, answer ? ": v6kit: in, libcidr: out" : ": v6kit: out, libcidr: in");
	return disagree(cli, &m);
}

#else

const char *second_name(void)
{
	return "none (built without libcidr)";
}

struct second_set {
	int none;
};

bool opinion_second(struct v6k_addr a, unsigned bits, struct opinion *out)
{
	(void)a;
	(void)bits;
	(void)out;
	return false;
}

bool second_wanted(struct cli *cli, const struct item *item)
{
	(void)cli;
	(void)item;
	return false;
}

bool second_agrees(struct cli *cli, struct v6k_addr a, unsigned bits)
{
	(void)cli;
	(void)a;
	(void)bits;
	return true;
}

struct second_set *second_set_new(bool mapped)
{
	(void)mapped;
	return NULL;
}

bool second_set_add(struct second_set *set, const struct v6k_notation *what)
{
	(void)set;
	(void)what;
	return true;
}

void second_set_free(struct second_set *set)
{
	(void)set;
}

bool second_agrees_member(struct cli *cli, const struct second_set *set,
	const struct v6k_notation *what, const struct item *item, bool overlap, bool answer,
	struct v6k_addr missing)
{
	(void)cli;
	(void)set;
	(void)what;
	(void)item;
	(void)overlap;
	(void)answer;
	(void)missing;
	return true;
}

#endif
