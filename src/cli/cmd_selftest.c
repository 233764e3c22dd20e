/* selftest: the core against libcidr, over random values. */
#include <config.h>

#include "common.h"
#include "second.h"

struct selftest_options {
	struct opt_number count, seed;
};
_Static_assert(sizeof(struct selftest_options) <= OPTIONS_MAX, "options");

#define OWN(kind, member) kind, offsetof(struct selftest_options, member), 0
static const struct opt options[] = {
	{ 0, "count", "N", OWN(OPT_NUMBER, count), NULL, "compare N values (1000000)" },
	{ 0, "seed", "N", OWN(OPT_NUMBER, seed), NULL, "choose other values (1)" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL },
};
#undef OWN

enum { COUNT_DEFAULT = 1000000 };

/* splitmix64: the same values on every machine. */
static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static int run(struct cli *cli, const void *own)
{
	const struct selftest_options *o = own;
	uint64_t count = o->count.given ? o->count.value : COUNT_DEFAULT;
	uint64_t state = o->seed.given ? o->seed.value : 1;
	struct message m = { .n = 0 };

	if (cli->operands > 0)
		return diag_usage(cli, "unexpected operand ", cli->operand[0],
			strlen(cli->operand[0]), "");
	if (count == 0)
		return diag_say(cli, "--count takes a number from 1 on");
#ifndef HAVE_LIBCIDR
	return diag_say(cli, "built without libcidr");
#endif
	for (uint64_t i = 0; i < count; i++) {
		uint64_t r = next_random(&state);
		struct v6k_addr a = { .family = r & 1 ? V6K_IPV4 : V6K_IPV6 };

		a.lo = next_random(&state);
		if (a.family == V6K_IPV4)
			a.lo &= UINT32_MAX;
		else
			a.hi = next_random(&state);
		if (!second_agrees(cli, a, (unsigned)(r >> 32) % (v6k_family_bits(a.family) + 1)))
			return STATUS_BAD;
	}
	message_text(&m, "network, last address and count of ");
	message_number(&m, count);
	message_text(&m, " random prefixes: libcidr agrees");
	m.text[m.n] = '\0';
	put_line(cli, m.text);
	return STATUS_YES;
}

const struct command cmd_selftest = {
	.name = "selftest",
	.summary = "Compare the address core with libcidr over random values.",
	.options = options,
	.common = COMMON_OUTPUT,
	.run = run,
};
