/* bench_rows.h: what the benchmark measures, against which peers, and what has to come out. */
#ifndef V6KIT_TESTS_BENCH_ROWS_H
#define V6KIT_TESTS_BENCH_ROWS_H

#include "bench_sizes.h"

enum measure {
	OURS, /* begins a job: a command of v6kit's */
	/* A peer, or another command of ours, that is to take `goal` times as long as the job's, or
	 * longer; that the job's may take `goal` times as long as; or need as much memory as. */
	FASTER,
	WITHIN,
	MEMORY,
	/* Of the job's command alone: time, memory, memory for each of what is counted, output. */
	BELOW_MS,
	BELOW_MIB,
	BYTES_EACH,
	MB_A_SECOND
};

/* What a job's name counts: it stands in front of the name. */
enum counted { NOTHING, ADDRESSES, PREFIXES, PREFIXES_MANY };

struct row {
	enum measure measure;
	const char *name; /* of the job, or of the peer */
	const char *command;
	double goal;          /* 0: none, the figure stands for itself */
	enum counted counted; /* of OURS */
	unsigned times;       /* of OURS: one measurement is so many runs; 0: one */
	double share;         /* of a peer: it does so much of the work that ours does; 0: all */
};

#define FEW (1.0 / BENCH_FEW)
#define FEWEST (1.0 / BENCH_FEWEST)

/* clang-format off */
#define JOB(what, how) { .measure = OURS, .name = what, .command = how }
#define JOB_OF(number, what, how) \
	{ .measure = OURS, .name = what, .command = how, .counted = number }
#define JOB_TIMES(n, what, how) { .measure = OURS, .name = what, .command = how, .times = n }
#define PEER(as, least, who, how) { .measure = as, .name = who, .command = how, .goal = least }
#define PEER_PART(part, as, least, who, how) \
	{ .measure = as, .name = who, .command = how, .goal = least, .share = part }
#define ALONE(as, least, what) { .measure = as, .name = what, .goal = least }

/* The command line of grep for a log and a set, and the peers'. */
#define GREP(options, set, log) "v6kit grep " options " -f " set " " log
#define GREPCIDR(goal, set, log) \
	PEER(FASTER, goal, "grepcidr", "grepcidr -f " set " " log), \
	PEER(FASTER, goal, "grepcidr 3", "grepcidr3 -f " set " " log)

/* ripgrep has no idea of prefixes: it looks for the text that the addresses of one begin with. */
#define RIPGREP "rg -a -N -j 1 260c:443b: log-v6"
/* clang-format on */

static const struct row rows[] = {
	JOB("grep, IPv6 log, 1 prefix", GREP("--threads 1", "set-1", "log-v6")),
	GREPCIDR(10, "set-1", "log-v6"),
	PEER(WITHIN, 3, "wc -l", "wc -l log-v6"),
	PEER(FASTER, 0, "ripgrep, text", RIPGREP),
	JOB("grep, IPv6 log, 100 prefixes", GREP("--threads 1", "set-100", "log-v6")),
	GREPCIDR(10, "set-100", "log-v6"),
	PEER(WITHIN, 3, "wc -l", "wc -l log-v6"),
	JOB("grep, IPv6 log, 10,000 prefixes", GREP("--threads 1", "set-10k", "log-v6")),
	GREPCIDR(10, "set-10k", "log-v6"),
	PEER(WITHIN, 3, "wc -l", "wc -l log-v6"),
	JOB("grep, IPv6 log, 200,000 prefixes", GREP("--threads 1", "set-200k", "log-v6")),
	GREPCIDR(8, "set-200k", "log-v6"),
	PEER(WITHIN, 3.5, "wc -l", "wc -l log-v6"),
	JOB("grep, mixed log, 10,000 prefixes of each family",
		GREP("--threads 1", "set-both", "log-mixed")),
	GREPCIDR(7, "set-both", "log-mixed"),
	PEER(WITHIN, 0, "wc -l", "wc -l log-mixed"),
	JOB("grep, IPv6 log, 10,000 prefixes, SSE2 only",
		"V6KIT_SIMD=sse2 " GREP("--threads 1", "set-10k", "log-v6")),
	PEER(FASTER, 7, "grepcidr", "grepcidr -f set-10k log-v6"),
	JOB("grep, IPv6 log, 10,000 prefixes, no SIMD",
		"V6KIT_SIMD=none " GREP("--threads 1", "set-10k", "log-v6")),
	PEER(FASTER, 0, "grepcidr", "grepcidr -f set-10k log-v6"),
	JOB("grep, IPv6 log, 10,000 prefixes, two threads",
		GREP("--threads 2", "set-10k", "log-v6")),
	PEER(FASTER, 16, "grepcidr", "grepcidr -f set-10k log-v6"),
	JOB("cat LOG, piped to grep, 10,000 prefixes", "cat log-v6 | v6kit grep -f set-10k"),
	PEER(WITHIN, 0.6, "cat LOG, piped to wc -l", "cat log-v6 | wc -l"),
	PEER(WITHIN, 0, "cat LOG, read from the pipe and no more", "cat log-v6 | bench-drain"),
	JOB_OF(ADDRESSES, "addresses, norm, one thread", "v6kit norm --threads 1 < addresses"),
	PEER(WITHIN, 7, "wc -l", "wc -l < addresses"),
	PEER(WITHIN, 2, "tr a-f A-F", "tr a-f A-F < addresses"),
	PEER_PART(FEW, FASTER, 200, "Python ipaddress", "python3 -m peers norm < addresses-few"),
	PEER_PART(FEW, FASTER, 0, "ipv6calc",
		"ipv6calc -q --in ipv6addr --out ipv6addr --printcompressed < addresses-few"),
	JOB_OF(ADDRESSES, "addresses, norm, one thread, SSE2 only",
		"V6KIT_SIMD=sse2 v6kit norm --threads 1 < addresses"),
	PEER(WITHIN, 7, "wc -l", "wc -l < addresses"),
	PEER(WITHIN, 2, "tr a-f A-F", "tr a-f A-F < addresses"),
	JOB_OF(ADDRESSES, "addresses, norm, one thread, no SIMD",
		"V6KIT_SIMD=none v6kit norm --threads 1 < addresses"),
	PEER(WITHIN, 0, "wc -l", "wc -l < addresses"),
	JOB("renumber, IPv6 log", "v6kit renumber 260c:443b::/32 2001:db8::/32 log-v6"),
	PEER(WITHIN, 3, "wc -l", "wc -l log-v6"),
	JOB("anon --method truncate, IPv6 log", "v6kit anon --method truncate log-v6"),
	PEER(WITHIN, 3, "wc -l", "wc -l log-v6"),
	JOB_OF(PREFIXES, "IPv6 prefixes /29 to /48, merge", "v6kit merge prefixes"),
	PEER(FASTER, 8, "iprange 2", "iprange2 -6 prefixes"),
	PEER(FASTER, 30, "cidr-merger", "cidr-merger prefixes"),
	PEER_PART(FEW, FASTER, 150, "netaddr", "python3 -m peers netaddr < prefixes-few"),
	PEER_PART(FEW, FASTER, 0, "Python ipaddress", "python3 -m peers collapse < prefixes-few"),
	JOB_OF(PREFIXES, "IPv6 prefixes /32 to /128, merge", "v6kit merge prefixes-any"),
	PEER(FASTER, 8, "iprange 2", "iprange2 -6 prefixes-any"),
	JOB_OF(PREFIXES, "IPv4 prefixes, merge", "v6kit merge prefixes-v4"),
	PEER(FASTER, 8, "iprange", "iprange prefixes-v4"),
	PEER_PART(FEWEST, FASTER, 0, "netmask", "netmask -c -f prefixes-v4-fewest"),
	JOB_OF(PREFIXES_MANY, "IPv6 prefixes, merge", "v6kit merge prefixes-many"),
	PEER(WITHIN, 12, "a tenth of them", "v6kit merge prefixes"),
	PEER(FASTER, 0, "iprange 2", "iprange2 -6 prefixes-many"),
	ALONE(BYTES_EACH, 64, "memory for each"),
	JOB_OF(PREFIXES, "IPv6 prefixes, sorted, merge", "v6kit merge prefixes-sorted"),
	PEER(FASTER, 3, "the same, shuffled", "v6kit merge prefixes"),
	JOB_OF(PREFIXES, "IPv6 prefixes, intersect with as many",
		"v6kit intersect prefixes prefixes-other"),
	PEER(WITHIN, 2, "merge of both", "v6kit merge prefixes prefixes-other"),
	PEER(FASTER, 0, "iprange 2", "iprange2 -6 --common prefixes prefixes-other"),
	JOB_OF(PREFIXES, "IPv6 prefixes, subtract as many",
		"v6kit subtract prefixes prefixes-other"),
	PEER(WITHIN, 2, "merge of both", "v6kit merge prefixes prefixes-other"),
	PEER(FASTER, 0, "iprange 2", "iprange2 -6 prefixes --except prefixes-other"),
	JOB_OF(PREFIXES, "IPv6 prefixes, symdiff with as many",
		"v6kit symdiff prefixes prefixes-other"),
	PEER(WITHIN, 2, "merge of both", "v6kit merge prefixes prefixes-other"),
	JOB_OF(PREFIXES, "IPv6 prefixes, diff with as many", "v6kit diff prefixes prefixes-other"),
	PEER(WITHIN, 2, "merge of both", "v6kit merge prefixes prefixes-other"),
	JOB_OF(PREFIXES, "IPv6 prefixes, complement", "v6kit complement -6 prefixes"),
	PEER(WITHIN, 0, "merge of them", "v6kit merge prefixes"),
	JOB("load 200,000 prefixes, in", "v6kit in --no-verify @set-200k 2001:db8::1"),
	PEER(WITHIN, 0.5, "sort -u", "LC_ALL=C sort -u set-200k"),
	ALONE(BELOW_MS, 30, "alone"),
	JOB("load 200,000 prefixes, grep", "v6kit grep -f set-200k empty"),
	PEER(WITHIN, 0.5, "sort -u", "LC_ALL=C sort -u set-200k"),
	JOB("split a /32 to /54", "v6kit split 2001:db8::/32 /54"),
	ALONE(MB_A_SECOND, 500, "output"),
	JOB_TIMES(20, "count ::/0", "v6kit count -e ::/0"),
	ALONE(BELOW_MS, 10, "alone"),
	JOB_TIMES(20, "split ::/0 /128 --count", "v6kit split ::/0 /128 --count"),
	ALONE(BELOW_MS, 10, "alone"),
	JOB_TIMES(20, "split ::/0 /128 --nth -1", "v6kit split ::/0 /128 --nth -1"),
	ALONE(BELOW_MS, 10, "alone"),
	JOB_TIMES(200, "start-up: in P A", "v6kit in 2001:db8::/32 2001:db8::1"),
	PEER(WITHIN, 2.2, "true", "true"),
	JOB("memory: grep, 1 prefix", "v6kit grep -f set-1 log-v6"),
	ALONE(BELOW_MIB, 16, "alone"),
	JOB("memory: grep, 200,000 prefixes, one thread",
		"v6kit grep --threads 1 -f set-200k log-v6"),
	PEER(MEMORY, 1.25, "on an eighth of the log",
		"v6kit grep --threads 1 -f set-200k log-small"),
	JOB("memory: cat LOG, piped to grep", "cat log-v6 | v6kit grep -f set-1"),
	ALONE(BELOW_MIB, 16, "alone"),
	JOB("memory: norm", "v6kit norm < addresses"),
	ALONE(BELOW_MIB, 16, "alone"),
	JOB("memory: norm, one thread", "v6kit norm --threads 1 < addresses"),
	PEER(MEMORY, 1.25, "on a twentieth of them", "v6kit norm --threads 1 < addresses-few"),
	JOB("memory: split", "v6kit split 2001:db8::/32 /54"),
	ALONE(BELOW_MIB, 16, "alone"),
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

#endif
