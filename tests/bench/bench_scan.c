/* bench_scan.c: how fast each tier's scanner goes through the texts of some files, in memory and in
 * pieces of 256 KiB as the commands have them, beside memchr(3) for the ends of lines. Rounds take
 * turns, so that a machine that changes its pace does so for all; the figures are medians, and the output is
 * the rows of a table.
 * Usage: bench-scan [-r ROUNDS] FILE... */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <v6kit.h>

#include "dispatch.h"

enum { PIECE = 256 << 10, ROUNDS_MAX = 99, JOBS_MAX = 8, HITS = 256 };

struct text {
	char *s;
	size_t n;
};

struct job {
	const char *name;
	double ns[ROUNDS_MAX];
	size_t found;
};

/* Of the processor, not of the day: others may use the machine. */
static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static struct text read_text(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct text t = { NULL, 0 };
	size_t cap = (size_t)1 << 28;

	/* Slack on both sides, as the stream layer has it. */
	t.s = malloc(cap + 192);
	if (!f || !t.s) {
		perror(path);
		exit(2);
	}
	t.s += 64;
	t.n = fread(t.s, 1, cap, f);
	fclose(f);
	return t;
}

/* The length of the piece at s, which ends behind a newline. */
static size_t piece(const char *s, size_t n)
{
	size_t p = n < PIECE ? n : PIECE;

	while (p > 0 && p < n && s[p - 1] != '\n')
		p--;
	return p ? p : n;
}

static size_t count_lines(const char *s, size_t n)
{
	size_t lines = 0;

	for (const char *p = s, *end = s + n; (p = memchr(p, '\n', (size_t)(end - p))); p++)
		lines++;
	return lines;
}

static size_t count_hits(const char *s, size_t n)
{
	static struct v6k_hit hits[HITS];
	size_t at = 0, found = 0;

	while (at < n)
		found += (size_t)v6k_scan(s, n, &at, V6K_SCAN_PADDED, hits, HITS);
	return found;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void run(struct job *job, struct text t, unsigned round)
{
	double start = now();
	size_t found = 0;

	for (size_t at = 0; at < t.n;) {
		size_t n = piece(t.s + at, t.n - at);

		found += *job->name ? count_hits(t.s + at, n) : count_lines(t.s + at, n);
		at += n;
	}
	job->ns[round] = now() - start;
	job->found = found;
}

static void bench(const char *path, unsigned rounds)
{
	struct job jobs[JOBS_MAX] = { { .name = "" } };
	struct text t = read_text(path);
	unsigned n = 1;

	for (unsigned i = 0; simd_tier(i) && n < JOBS_MAX; i++)
		jobs[n++].name = simd_tier(i)->name;
	for (unsigned round = 0; round < rounds; round++)
		for (unsigned i = 0; i < n; i++) {
			if (*jobs[i].name)
				simd_force(jobs[i].name);
			run(&jobs[i], t, round);
		}
	for (unsigned i = 0; i < n; i++)
		qsort(jobs[i].ns, rounds, sizeof(double), by_value);
	for (unsigned i = 0; i < n; i++) {
		double ns = jobs[i].ns[rounds / 2];

		printf("| %s | %-15s | %6.2f GB/s | %9zu | %6.1f ns | %5.2fx |\n", path,
			*jobs[i].name ? jobs[i].name : "lines by memchr", (double)t.n / ns,
			jobs[i].found, ns / (double)jobs[i].found, ns / jobs[0].ns[rounds / 2]);
	}
	free(t.s - 64);
}

int main(int argc, char **argv)
{
	unsigned rounds = 9;
	int i = 1;

	if (argc > 2 && strcmp(argv[1], "-r") == 0) {
		rounds = (unsigned)atoi(argv[2]);
		i = 3;
	}
	if (rounds < 1 || rounds > ROUNDS_MAX) {
		fprintf(stderr, "bench-scan: 1 to %d rounds\n", ROUNDS_MAX);
		return 2;
	}
	for (; i < argc; i++)
		bench(argv[i], rounds);
	return 0;
}
