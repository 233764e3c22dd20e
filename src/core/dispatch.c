/* dispatch.c: chooses the functions that suit the machine. Here is the library's one global, a
 * pointer to one of the constant tables below; it is set to what the processor says, which is the
 * same whoever asks. */
#include <string.h>

#include <v6kit/version.h>

#include "addr_simd.h"
#include "dispatch.h"
#include "format.h"
#include "lines.h"
#include "parse.h"
#include "rank.h"
#include "scan.h"

#if SIMD_X86
#include <cpuid.h>

/* Each is asked for by name: a machine, or an emulator, may have one without the others. */
static int has_avx2(void)
{
	unsigned a, b, c = 0, d;

	/* Not all compilers know lzcnt by its name. */
	return __get_cpuid(0x80000001, &a, &b, &c, &d) && c & bit_LZCNT &&
		__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
		__builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}
#endif

/* The address functions with this ending. */
#define ADDR(twin)                                                                \
	.addr_parse = addr_parse_##twin, .addr_read = addr_read_##twin,           \
	.addr_put = addr_put_##twin, .addr_parse_lines = addr_parse_lines_##twin, \
	.addr_format_lines = addr_format_lines_##twin

static const struct {
	struct simd_tier tier;
	int (*has)(void); /* null: every machine for which this is compiled */
} tiers[] = {
	{ { .name = "none", ADDR(scalar), .words_rank = words_rank_scalar, .scan = scan_scalar },
		NULL },
#if SIMD_X86
	{ { .name = "sse2", ADDR(sse2), .words_rank = words_rank_scalar, .scan = scan_sse2 },
		NULL },
	{ { .name = "avx2", ADDR(avx2), .words_rank = words_rank_avx2, .scan = scan_avx2 },
		has_avx2 },
#endif
#if SIMD_NEON
	{ { .name = "neon", ADDR(scalar), .words_rank = words_rank_scalar, .scan = scan_neon },
		NULL },
#endif
};

_Atomic(const struct simd_tier *) simd_current;

const struct simd_tier *simd_tier(unsigned i)
{
	for (unsigned j = 0; j < sizeof(tiers) / sizeof(tiers[0]); j++)
		if ((!tiers[j].has || tiers[j].has()) && i-- == 0)
			return &tiers[j].tier;
	return NULL;
}

/* Out of the way of the calls that find a tier. */
__attribute__((noinline, cold)) const struct simd_tier *simd_choose(void)
{
	const struct simd_tier *best = simd_tier(0), *next;

	for (unsigned i = 1; (next = simd_tier(i)) != NULL; i++)
		best = next;
	atomic_store_explicit(&simd_current, best, memory_order_release);
	return best;
}

int simd_force(const char *name)
{
	const struct simd_tier *tier;

	for (unsigned i = 0; (tier = simd_tier(i)) != NULL; i++) {
		if (strcmp(tier->name, name) == 0) {
			atomic_store_explicit(&simd_current, tier, memory_order_release);
			return 0;
		}
	}
	return V6K_EINVAL;
}

const char *v6k_simd_name(void)
{
	return simd()->name;
}
