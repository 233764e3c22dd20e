/* bench_sizes.h: how much data the benchmark has. The sets are the same in all sizes. */
#ifndef V6KIT_TESTS_BENCH_SIZES_H
#define V6KIT_TESTS_BENCH_SIZES_H

#include <stdint.h>
#include <string.h>

/* The lists that are called few and fewest have so many times less than those that they are the
 * beginnings of: for peers that take too long for all of it. */
enum { BENCH_FEW = 20, BENCH_FEWEST = 200 };

struct bench_sizes {
	const char *name;
	uint64_t log_bytes;
	uint64_t addresses;
	uint64_t prefixes, prefixes_many;
	uint64_t disk_bytes; /* what all of it takes, and the outputs that are compared */
};

static inline const struct bench_sizes *bench_sizes_of(const char *name)
{
	static const struct bench_sizes sizes[] = {
		{ "full", UINT64_C(512) << 20, 10000000, 1000000, 10000000, UINT64_C(3) << 30 },
		{ "quick", UINT64_C(32) << 20, 500000, 100000, 1000000, UINT64_C(256) << 20 },
		{ "tiny", UINT64_C(256) << 10, 2000, 1000, 10000, UINT64_C(24) << 20 },
	};

	for (unsigned i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		if (strcmp(sizes[i].name, name) == 0)
			return &sizes[i];
	}
	return NULL;
}

#endif
