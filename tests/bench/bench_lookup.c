/* bench_lookup.c: what look-ups cost in a set of prefixes and in a table of them, beside a bisection
 * over byte strings and a poptrie, and what making a set costs, as rows of a table. All of them have to find
 * the same. With V6KIT_SIMD in the environment it measures that tier.
 * Usage: bench-lookup PREFIXES ADDRESSES [ROUNDS]: two files with one a line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <v6kit.h>

#include "bench_poptrie.h"
#include "bench_rounds.h"

enum { QUESTIONS = 1 << 18, BATCH = 1024 };

static struct v6k_prefix *prefix;
static size_t prefixes;
static struct v6k_addr question[QUESTIONS];
static uint8_t bytes[QUESTIONS][16];

static struct v6k_set *set;
static struct v6k_lpm *lpm;
static struct poptrie *trie;
static struct v6k_list *sorted, *shuffled;

/* The set's ranges in order, as most programs would have them. */
static struct {
	uint8_t first[16], last[16];
} * range;
static size_t ranges;

static void die(const char *what)
{
	fprintf(stderr, "bench-lookup: %s\n", what);
	exit(2);
}

static FILE *open_or_die(const char *name)
{
	FILE *f = fopen(name, "r");

	if (!f)
		die(name);
	return f;
}

static void read_prefixes(const char *name)
{
	FILE *f = open_or_die(name);
	char line[64];
	size_t cap = 0;

	while (fgets(line, sizeof(line), f)) {
		if (prefixes == cap) {
			cap = cap ? 2 * cap : 1024;
			prefix = realloc(prefix, cap * sizeof(*prefix));
			if (!prefix)
				die("no memory");
		}
		if (v6k_prefix_parse(line, strcspn(line, "\n"), 0, &prefix[prefixes], NULL) != 0)
			die(line);
		prefixes++;
	}
	fclose(f);
}

/* As many as there are, again and again. */
static void read_questions(const char *name)
{
	FILE *f = open_or_die(name);
	char line[64];
	size_t n = 0;

	while (n < QUESTIONS && fgets(line, sizeof(line), f)) {
		if (v6k_addr_parse(line, strcspn(line, "\n"), &question[n], NULL) != 0)
			die(line);
		n++;
	}
	fclose(f);
	if (n == 0)
		die("no addresses");
	for (size_t i = 0; i < QUESTIONS; i++) {
		question[i] = question[i % n];
		v6k_addr_to_bytes(question[i], bytes[i]);
	}
}

static struct v6k_list *list_of_prefixes(void)
{
	struct v6k_list *list = v6k_list_new();

	for (size_t i = 0; list && i < prefixes; i++) {
		if (v6k_list_add_prefix(list, prefix[i], (uint32_t)i) != 0)
			die("no memory");
	}
	return list;
}

static int by_prefix(const void *a, const void *b)
{
	return v6k_prefix_cmp(*(const struct v6k_prefix *)a, *(const struct v6k_prefix *)b);
}

/* The same prefixes in the order of the file and in their own: that is what is left in prefix. */
static void make_lists(void)
{
	shuffled = list_of_prefixes();
	qsort(prefix, prefixes, sizeof(*prefix), by_prefix);
	sorted = list_of_prefixes();
	if (!shuffled || !sorted)
		die("no memory");
}

static void make_all(void)
{
	struct v6k_list *list = list_of_prefixes();
	struct v6k_range r;

	if (!list || v6k_lpm_freeze(list, 0, &lpm) != 0 || v6k_set_build(list, 0, &set) != 0)
		die("no memory");
	v6k_list_free(list);
	trie = poptrie_new(prefix, prefixes);
	ranges = v6k_set_size(set);
	range = calloc(ranges, sizeof(*range));
	if (!range)
		die("no memory");
	for (size_t i = 0; i < ranges; i++) {
		v6k_set_range(set, i, &r);
		v6k_addr_to_bytes(r.first, range[i].first);
		v6k_addr_to_bytes(r.last, range[i].last);
	}
}

static uint8_t bisect(const uint8_t *a)
{
	size_t low = 0, high = ranges;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (memcmp(range[middle].last, a, 16) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < ranges && memcmp(range[low].first, a, 16) <= 0;
}

static uint64_t run_set(void)
{
	uint64_t sum = 0;
	uint8_t in[BATCH];

	for (size_t i = 0; i < QUESTIONS; i += BATCH) {
		v6k_set_contains(set, question + i, BATCH, in);
		for (size_t j = 0; j < BATCH; j++)
			sum += in[j];
	}
	return sum;
}

static uint64_t run_bisect(void)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < QUESTIONS; i++)
		sum += bisect(bytes[i]);
	return sum;
}

static uint64_t run_lpm(void)
{
	uint64_t sum = 0;
	uint32_t row[BATCH];

	for (size_t i = 0; i < QUESTIONS; i += BATCH) {
		v6k_lpm_lookup(lpm, question + i, BATCH, row);
		for (size_t j = 0; j < BATCH; j++)
			sum += row[j] != V6K_NO_ROW;
	}
	return sum;
}

static uint64_t run_poptrie(void)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < QUESTIONS; i++)
		sum += poptrie_lookup(trie, question[i]) != 0;
	return sum;
}

static uint64_t run_poptrie_many(void)
{
	uint64_t sum = 0;
	uint32_t found[BATCH];

	for (size_t i = 0; i < QUESTIONS; i += BATCH) {
		poptrie_lookup_many(trie, question + i, BATCH, found);
		for (size_t j = 0; j < BATCH; j++)
			sum += found[j] != 0;
	}
	return sum;
}

static uint64_t freeze(const struct v6k_list *list)
{
	struct v6k_set *made;
	uint64_t size;

	if (v6k_set_freeze(list, 0, &made) != 0)
		die("no memory");
	size = v6k_set_size(made);
	v6k_set_free(made);
	return size;
}

static uint64_t run_sorted(void)
{
	return freeze(sorted);
}

static uint64_t run_shuffled(void)
{
	return freeze(shuffled);
}

/* A fast answer is worth something when it is the right one. */
static void compare(void)
{
	static uint32_t many[QUESTIONS];

	poptrie_lookup_many(trie, question, QUESTIONS, many);
	for (size_t i = 0; i < QUESTIONS; i++) {
		uint32_t row, found = poptrie_lookup(trie, question[i]);
		struct v6k_lpm_row r = { .prefix = { 0 } };
		uint8_t in;

		v6k_set_contains(set, &question[i], 1, &in);
		v6k_lpm_lookup(lpm, &question[i], 1, &row);
		if (found != many[i])
			die("the poptrie finds something else");
		if (in != bisect(bytes[i]) || in != (found != 0) || in != (row != V6K_NO_ROW))
			die("the peers find something else");
		/* Of the same prefix twice either may be found. */
		if (found &&
			(v6k_lpm_row(lpm, row, &r) != 0 ||
				v6k_prefix_cmp(r.prefix, prefix[found - 1]) != 0))
			die("the peers find another prefix");
	}
}

int main(int argc, char **argv)
{
	static const struct job jobs[] = {
		{ "look up in a set", run_set, OURS, 0 },
		{ "bisection, byte strings", run_bisect, FASTER, 8 },
		{ "longest match", run_lpm, OURS, 0 },
		{ "poptrie", run_poptrie, FASTER, 4 },
		{ "poptrie, 64 at a time", run_poptrie_many, FASTER, 0 },
		{ "alone", NULL, A_SECOND_M, 25 },
	};
	static const struct job freezing[] = {
		{ "make a set, of sorted prefixes", run_sorted, OURS, 0 },
		{ "of shuffled ones", run_shuffled, FASTER, 3 },
	};
	unsigned rounds = rounds_read(argc > 3 ? argv[3] : "25");
	bool met;

	if (argc < 3 || argc > 4 || rounds == 0 || !rounds_choose_simd()) {
		fprintf(stderr, "usage: bench-lookup PREFIXES ADDRESSES [ROUNDS]\n");
		return 2;
	}
	read_prefixes(argv[1]);
	read_questions(argv[2]);
	make_all();
	compare();
	met = rounds_run(jobs, sizeof(jobs) / sizeof(jobs[0]), rounds, QUESTIONS);
	make_lists();
	met &= rounds_run(freezing, sizeof(freezing) / sizeof(freezing[0]), rounds,
		(unsigned)prefixes);
	v6k_list_free(sorted);
	v6k_list_free(shuffled);
	v6k_set_free(set);
	v6k_lpm_free(lpm);
	poptrie_free(trie);
	free(range);
	free(prefix);
	return met ? 0 : 1;
}
