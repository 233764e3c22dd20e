/* bench_run.c: runs v6kit and its peers as whole processes, in turns, so that a machine that changes
 * its pace does so for all of them. Every turn of a job gives one ratio for each peer; what is
 * printed is the median of the ratios. Usage: bench-run DIR ROUNDS [NAME]; NAME is a part of the names
 * of those jobs that are to run. Ends in 0 when all goals are met, in 1 when one is missed. */
#include <config.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include "bench_check.h"
#include "bench_machine.h"
#include "bench_proc.h"
#include "bench_rows.h"

enum { ROUNDS_MAX = 99, JOB_ROWS = 10 };

/* A peer that takes longer than this, in seconds, runs three times at most; one that takes longer
 * than the other, once. */
static const double slow = 4, slowest = 20;

/* A row and what was measured of it, without the run that warms up. */
struct measured {
	const struct row *row;
	const char *trouble; /* why there is nothing, or null */
	struct proc proc;
	struct usage run[ROUNDS_MAX];
	unsigned runs, runs_max;
	uint64_t bytes;
};

static const struct bench_sizes *sizes;
static bool all_met = true;

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double median(double *value, unsigned n)
{
	qsort(value, n, sizeof(*value), by_value);
	return n & 1 ? value[n / 2] : (value[n / 2 - 1] + value[n / 2]) / 2;
}

static double wall(const struct usage *u)
{
	return u->wall;
}

static double cpu(const struct usage *u)
{
	return u->cpu;
}

static double rss(const struct usage *u)
{
	return (double)u->rss_kib;
}

static double median_of(const struct measured *m, double (*what)(const struct usage *))
{
	double value[ROUNDS_MAX];

	for (unsigned i = 0; i < m->runs; i++)
		value[i] = what(&m->run[i]);
	return median(value, m->runs);
}

/* How many times as much the peer takes as ours, turn by turn, if it did all of the work. */
static double ratio_of(const struct measured *ours, const struct measured *peer,
	double (*what)(const struct usage *))
{
	double value[ROUNDS_MAX], share = peer->row->share > 0 ? peer->row->share : 1;
	unsigned n = peer->runs < ours->runs ? peer->runs : ours->runs;

	for (unsigned i = 0; i < n; i++) {
		double mine = what(&ours->run[i]);

		/* No time at all is less than the clock can tell. */
		value[i] = what(&peer->run[i]) / share / (mine > 0 ? mine : 1e-6);
	}
	return median(value, n);
}

static unsigned times_of(const struct measured *ours)
{
	return ours->row->times ? ours->row->times : 1;
}

/* The run that warms up: tells whether a command works, how long it takes and what it prints. */
static void warm_up(struct measured *m, const struct measured *ours, unsigned rounds)
{
	bool counts = ours->row[1].measure == MB_A_SECOND && m == ours;
	struct usage usage;

	m->runs_max = rounds;
	if (!check_has_command(m->row->command)) {
		m->trouble = "v6kit has no such command yet";
		return;
	}
	if (proc_read(&m->proc, m->row->command) != NULL) {
		m->trouble = "not installed";
		return;
	}
	proc_run(&m->proc, counts ? PROC_COUNT : PROC_DISCARD, NULL, 1, &usage);
	m->bytes = usage.bytes;
	if (usage.status == 127) {
		m->trouble = "not installed";
	} else if (usage.status < 0 || usage.status > (m == ours)) {
		m->trouble = "**failed**";
		all_met = false;
	} else if (m != ours && usage.wall > slow) {
		m->runs_max = usage.wall > slowest || rounds < 3 ? 1 : 3;
		m->run[0] = usage;
		m->runs = m->runs_max == 1;
	}
}

static void measure(struct measured *job, unsigned n, unsigned rounds)
{
	for (unsigned i = 0; i < n; i++) {
		if (job[i].row->command && !job[0].trouble)
			warm_up(&job[i], &job[0], rounds);
	}
	for (unsigned round = 0; round < rounds && !job[0].trouble; round++) {
		for (unsigned i = 0; i < n; i++) {
			struct measured *m = &job[i];

			if (m->row->command && !m->trouble && m->runs < m->runs_max)
				proc_run(&m->proc, PROC_DISCARD, NULL, times_of(&job[0]),
					&m->run[m->runs++]);
		}
	}
}

static void print_seconds(double s)
{
	if (s < 0.1)
		printf("%.3g ms", s * 1e3);
	else
		printf("%.3g s", s);
}

static void print_memory(double kib)
{
	printf("%.1f MiB", kib / 1024);
}

static void print_count(uint64_t n)
{
	if (n >= 1000000)
		printf("%g M ", (double)n / 1e6);
	else if (n > 0)
		printf("%g,000 ", (double)n / 1e3);
}

static uint64_t count_of(enum counted counted)
{
	return counted == ADDRESSES      ? sizes->addresses :
		counted == PREFIXES      ? sizes->prefixes :
		counted == PREFIXES_MANY ? sizes->prefixes_many :
					   0;
}

/* The cell of v6kit: what the row is about. */
static void print_ours(const struct measured *ours, enum measure measure)
{
	if (measure == MEMORY || measure == BELOW_MIB || measure == BYTES_EACH)
		print_memory(median_of(ours, rss));
	else
		print_seconds(median_of(ours, wall));
	printf(" | ");
}

static void print_peer(const struct measured *ours, const struct measured *peer)
{
	const struct row *row = peer->row;

	if (row->measure == MEMORY)
		print_memory(median_of(peer, rss));
	else
		print_seconds(median_of(peer, wall));
	if (row->share > 0)
		printf(" for 1/%.0f", 1 / row->share);
	if (peer->runs < ours->runs)
		printf(peer->runs == 1 ? " (one run)" : " (%u runs)", peer->runs);
	printf(" | ");
}

static bool at_least(enum measure measure)
{
	return measure == FASTER || measure == MB_A_SECOND;
}

/* A figure, its goal, and whether it is met. */
static void print_figure(const struct row *row, double figure, const char *unit)
{
	bool met = at_least(row->measure) ? figure >= row->goal : figure <= row->goal;

	printf("%.*f%s | ", figure < 10 ? 2 : figure < 100 ? 1 : 0, figure, unit);
	if (row->goal <= 0) {
		printf(" | |\n");
		return;
	}
	printf("%s %g%s | %s |\n", at_least(row->measure) ? "≥" : "≤", row->goal, unit,
		met ? "met" : "**missed**");
	all_met &= met;
}

/* What a row without a command says about ours alone. */
static void print_alone(const struct measured *ours, const struct row *row)
{
	double kib = median_of(ours, rss), s = median_of(ours, wall);

	printf("| ");
	switch (row->measure) {
	case BELOW_MS:
		print_figure(row, s * 1e3, " ms");
		break;
	case BELOW_MIB:
		print_figure(row, kib / 1024, " MiB");
		break;
	case BYTES_EACH:
		print_figure(row, kib * 1024 / (double)count_of(ours->row->counted), " bytes");
		break;
	default:
		print_figure(row, (double)ours->bytes / s / 1e6, " MB/s");
		break;
	}
}

static void print_ratio(const struct measured *ours, const struct measured *peer)
{
	const struct row *row = peer->row;
	double by_wall, by_cpu = ratio_of(ours, peer, cpu);

	if (row->measure == MEMORY) {
		print_figure(row, 1 / ratio_of(ours, peer, rss), "x");
		return;
	}
	by_wall = ratio_of(ours, peer, wall);
	if (row->measure == WITHIN) {
		by_wall = 1 / by_wall;
		by_cpu = 1 / by_cpu;
	}
	printf("(%.*f) ", by_cpu < 10 ? 2 : by_cpu < 100 ? 1 : 0, by_cpu);
	print_figure(row, by_wall, "x");
}

static void print_row(const struct measured *ours, const struct measured *m)
{
	printf("| ");
	print_count(count_of(ours->row->counted));
	printf("%s | ", ours->row->name);
	if (ours->trouble) {
		printf("%s | | | | |\n", ours->trouble);
		return;
	}
	print_ours(ours, m->row->measure);
	printf("%s | ", m->row->name);
	if (m->trouble) {
		printf("%s | | | |\n", m->trouble);
		return;
	}
	if (!m->row->command) {
		print_alone(ours, m->row);
		return;
	}
	print_peer(ours, m);
	print_ratio(ours, m);
}

/* The rows of a job: ours, and those behind it up to the next. Returns how many. */
static unsigned run_job(const struct row *row, unsigned rounds)
{
	static struct measured job[JOB_ROWS];
	unsigned n = 0;

	memset(job, 0, sizeof(job));
	do {
		job[n].row = &row[n];
		n++;
	} while (&row[n] < rows + ROWS && row[n].measure != OURS);
	fprintf(stderr, "bench-run: %s\n", row->name);
	measure(job, n, rounds);
	for (unsigned i = 1; i < n; i++) {
		print_row(&job[0], &job[i]);
		if (job[0].trouble)
			break;
	}
	fflush(stdout);
	return n;
}

static unsigned job_rows(const struct row *row)
{
	unsigned n = 1;

	while (row + n < rows + ROWS && row[n].measure != OURS)
		n++;
	return n;
}

/* The rows that a program of ours prints. */
static void run_program(const char *text)
{
	static char table[1 << 14];

	fprintf(stderr, "bench-run: %s\n", text);
	proc_text(text, false, table, sizeof(table));
	fputs(table, stdout);
	fflush(stdout);
	all_met &= strstr(table, "missed") == NULL;
}

/* The functions of the core, in each tier that this machine has. */
static void run_core(unsigned rounds)
{
	static const char *const tiers[] = { "avx2", "sse2", "neon", "none" };
	char text[PROC_TEXT_MAX], version[PROC_TEXT_MAX];

	for (size_t i = 0; i < sizeof(tiers) / sizeof(tiers[0]); i++) {
		snprintf(text, sizeof(text), "V6KIT_SIMD=%s v6kit --version", tiers[i]);
		proc_text(text, false, version, sizeof(version));
		if (version[0] == '\0')
			continue;
		printf("\n## Calls of the library, V6KIT_SIMD=%s\n\n| call | v6kit | peer | its "
		       "time | ratio | goal | |\n|---|---|---|---|---|---|---|\n",
			tiers[i]);
		snprintf(text, sizeof(text), "V6KIT_SIMD=%s bench-core %u", tiers[i], rounds);
		run_program(text);
		snprintf(text, sizeof(text), "V6KIT_SIMD=%s bench-lookup set-200k addresses %u",
			tiers[i], rounds);
		run_program(text);
	}
}

/* The scanner, in all tiers at once. */
static void run_scan(unsigned rounds)
{
	char text[PROC_TEXT_MAX];

	printf("\n## The scanner, in memory\n\n| text | tier | speed | found | each | of memchr's time |\n"
	       "|---|---|---|---|---|---|\n");
	snprintf(text, sizeof(text), "bench-scan -r %u log-v6 log-mixed", rounds);
	run_program(text);
}

/* The sizes of the data in the current folder, from its stamp: "..., version N, NAME, seed S". */
static const struct bench_sizes *read_stamp(void)
{
	char name[16] = "";
	FILE *f = fopen("stamp", "r");

	if (f) {
		if (fscanf(f, "v6kit bench data, version %*d, %15[a-z]", name) != 1)
			name[0] = '\0';
		fclose(f);
	}
	return bench_sizes_of(name);
}

/* How busy the machine is: more than one process for a core makes times longer than they are. */
static void print_load(const char *when)
{
	double load;

	if (getloadavg(&load, 1) == 1)
		printf("- load average at the %s: %.1f\n", when, load);
}

int main(int argc, char **argv)
{
	unsigned rounds = argc > 2 ? (unsigned)atoi(argv[2]) : 0;
	const char *only = argc > 3 ? argv[3] : NULL;

	if (argc < 3 || argc > 4 || rounds < 1 || rounds > ROUNDS_MAX) {
		fprintf(stderr, "usage: bench-run DIR ROUNDS [NAME]\n");
		return 2;
	}
	if (chdir(argv[1]) != 0 || !(sizes = read_stamp())) {
		fprintf(stderr, "bench-run: %s: no data of bench-data's\n", argv[1]);
		return 2;
	}
	if (!proc_path("v6kit")) {
		fprintf(stderr, "bench-run: no v6kit: V6KIT says where it is\n");
		return 2;
	}
	printf("## Machine and peers\n\n");
	machine_print();
	printf("- %s data, logs of %llu MB; medians of %u interleaved runs\n", sizes->name,
		(unsigned long long)(sizes->log_bytes >> 20), rounds);
	print_load("beginning");
	if (!only) {
		printf("\n## Do the results agree?\n\n");
		all_met &= check_all();
	}
	printf("\n## Whole commands\n\n| job | v6kit | peer | its time | ratio | goal | |\n"
	       "|---|---|---|---|---|---|---|\n");
	for (unsigned i = 0; i < ROWS;) {
		if (only && !strstr(rows[i].name, only))
			i += job_rows(&rows[i]);
		else
			i += run_job(&rows[i], rounds);
	}
	if (!only) {
		run_scan(rounds);
		run_core(5 * rounds);
	}
	printf("\n");
	print_load("end");
	return all_met ? 0 : 1;
}
