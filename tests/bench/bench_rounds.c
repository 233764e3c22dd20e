/* bench_rounds.c: measures functions in turns and prints what they took. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <v6kit.h>

#include "bench_rounds.h"
#include "../../src/core/dispatch.h"

/* Results end here, so that no compiler drops the work. */
static volatile uint64_t sink;

static double ns[ROUNDS_JOBS][ROUNDS_MAX];

unsigned rounds_read(const char *text)
{
	int n = atoi(text);

	return n < 1 || n > ROUNDS_MAX ? 0 : (unsigned)n;
}

bool rounds_choose_simd(void)
{
	const char *name = getenv("V6KIT_SIMD");

	if (!name || !*name || simd_force(name) == 0)
		return true;
	fprintf(stderr, "V6KIT_SIMD=%s: not on this machine\n", name);
	return false;
}

/* This process's own time: what others do on the machine is not in it. */
static double now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* The median of a[i] / b[i], or of a alone. */
static double median(const double *a, const double *b, unsigned n)
{
	double value[ROUNDS_MAX];

	for (unsigned i = 0; i < n; i++)
		value[i] = b ? a[i] / b[i] : a[i];
	qsort(value, n, sizeof(*value), by_value);
	return value[n / 2];
}

static bool print_job(const struct job *job, const struct job *ours, const double *theirs,
	const double *mine, unsigned rounds)
{
	double own = median(mine, NULL, rounds), figure;
	const char *unit = job->kind == FASTER ? "x" : " M/s";

	printf("| %s | %.1f ns | %s | ", ours->name, own, job->name);
	if (job->kind == FASTER) {
		figure = median(theirs, mine, rounds);
		printf("%.1f ns | ", median(theirs, NULL, rounds));
	} else {
		figure = 1e3 / own;
		printf("| ");
	}
	printf("%.1f%s | ", figure, unit);
	/* Of the plain tier, which others are told from, nothing is asked. */
	if (job->goal <= 0 || strcmp(v6k_simd_name(), "none") == 0) {
		printf(" | |\n");
		return true;
	}
	printf("≥ %g%s | %s |\n", job->goal, unit, figure >= job->goal ? "met" : "**missed**");
	return figure >= job->goal;
}

bool rounds_run(const struct job *jobs, size_t n, unsigned rounds, unsigned calls)
{
	bool met = true;
	size_t ours = 0;

	if (n > ROUNDS_JOBS)
		abort();
	/* The first round warms up. */
	for (unsigned round = 0; round <= rounds; round++) {
		for (size_t j = 0; j < n; j++) {
			double start = now_ns();

			if (jobs[j].run)
				sink += jobs[j].run();
			ns[j][round ? round - 1 : 0] = (now_ns() - start) / calls;
		}
	}
	for (size_t j = 0; j < n; j++) {
		if (jobs[j].kind == OURS)
			ours = j;
		else
			met &= print_job(&jobs[j], &jobs[ours], ns[j], ns[ours], rounds);
	}
	return met;
}
