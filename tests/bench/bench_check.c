/* bench_check.c: compares outputs before anything is timed: a fast wrong answer is none. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include "bench_check.h"
#include "bench_proc.h"

static const struct check {
	const char *name, *ours, *peer, *theirs;
	const char
		*log; /* both print lines of this file; null: all that is printed has to be equal */
} checks[] = {
	{ "grep, IPv6 log, 1 prefix", "v6kit grep -f set-1 log-v6", "grepcidr",
		"grepcidr -f set-1 log-v6", "log-v6" },
	{ "grep, IPv6 log, 200,000 prefixes", "v6kit grep -f set-200k log-v6", "grepcidr",
		"grepcidr -f set-200k log-v6", "log-v6" },
	{ "grep, IPv6 log, 200,000 prefixes", "v6kit grep -f set-200k log-v6", "grepcidr 3",
		"grepcidr3 -f set-200k log-v6", "log-v6" },
	{ "grep, mixed log, both families", "v6kit grep -f set-both log-mixed", "grepcidr",
		"grepcidr -f set-both log-mixed", "log-mixed" },
	{ "grep, mixed log, both families", "v6kit grep -f set-both log-mixed", "grepcidr 3",
		"grepcidr3 -f set-both log-mixed", "log-mixed" },
	{ "norm", "v6kit norm < addresses-few", "Python ipaddress",
		"python3 -m peers norm < addresses-few", NULL },
	{ "norm", "v6kit norm < addresses-few", "ipv6calc",
		"ipv6calc -q --in ipv6addr --out ipv6addr --printcompressed < addresses-few",
		NULL },
	{ "merge, IPv6", "v6kit merge prefixes", "iprange 2", "iprange2 -6 prefixes", NULL },
	{ "merge, IPv6", "v6kit merge prefixes", "cidr-merger", "cidr-merger prefixes", NULL },
	{ "merge, IPv6", "v6kit merge prefixes-few", "netaddr",
		"python3 -m peers netaddr < prefixes-few", NULL },
	{ "merge, IPv6", "v6kit merge prefixes-few", "Python ipaddress",
		"python3 -m peers collapse < prefixes-few", NULL },
	{ "merge, IPv6, /32 to /128", "v6kit merge prefixes-any", "iprange 2",
		"iprange2 -6 prefixes-any", NULL },
	{ "merge, IPv6, sorted", "v6kit merge prefixes-sorted", "v6kit, shuffled",
		"v6kit merge prefixes", NULL },
	{ "merge, IPv4", "v6kit merge prefixes-v4", "iprange", "iprange prefixes-v4", NULL },
	{ "merge, IPv4", "v6kit merge prefixes-v4-fewest", "netmask",
		"netmask -c -f prefixes-v4-fewest", NULL },
	{ "intersect, IPv6", "v6kit intersect prefixes prefixes-other", "iprange 2",
		"iprange2 -6 --common prefixes prefixes-other", NULL },
	{ "subtract, IPv6", "v6kit subtract prefixes prefixes-other", "iprange 2",
		"iprange2 -6 prefixes --except prefixes-other", NULL },
};

/* What the peers are known not to read. Lines that v6kit alone selects have to hold one of these,
 * and the peer has to select them, too, once they are rewritten without it. */
static const struct reason {
	const char *text, *why;
} reasons[] = {
	{ "[IPv6:", "[IPv6:...]" },
	{ " haproxy[", "a port of five digits behind an IPv6 address" },
	{ " gave up on ", "the dot of a sentence behind an address" },
	{ "::ffff:", "an IPv4 prefix and a mapped address" },
};

enum { REASONS = sizeof(reasons) / sizeof(reasons[0]) };

struct counts {
	unsigned long same, ours, theirs, explained[REASONS], rewritten;
	unsigned long single; /* zero groups that the peer writes as "::", against RFC 5952 */
	unsigned long isatap; /* addresses of it that the peer writes with a dotted tail */
};

static FILE *open_or_die(const char *name, const char *mode)
{
	FILE *f = fopen(name, mode);

	if (!f) {
		fprintf(stderr, "bench-run: %s: %s\n", name, strerror(errno));
		exit(2);
	}
	return f;
}

/* A file's lines, one at a time, without a length of 32 or 128, which some print and some do not. */
struct lines {
	FILE *f;
	char *text;
	size_t cap;
	bool more;
};

static void lines_next(struct lines *l)
{
	ssize_t n = getline(&l->text, &l->cap, l->f);

	l->more = n > 0;
	/* netmask aligns what it prints. */
	while (n > 0 && l->text[0] == ' ')
		memmove(l->text, l->text + 1, (size_t)n--);
	if (n > 0 && l->text[n - 1] == '\n')
		l->text[--n] = '\0';
	if (n > 4 && strcmp(l->text + n - 4, "/128") == 0)
		l->text[n - 4] = '\0';
	else if (n > 3 && strcmp(l->text + n - 3, "/32") == 0 && !strchr(l->text, ':'))
		l->text[n - 3] = '\0';
}

static struct lines lines_open(const char *name)
{
	struct lines l = { .f = open_or_die(name, "r") };

	lines_next(&l);
	return l;
}

static void lines_close(struct lines *l)
{
	fclose(l->f);
	free(l->text);
}

/* Takes every `part` out of a text. */
static void take_out(char *text, const char *part)
{
	char *at = text;

	while ((at = strstr(at, part)) != NULL)
		memmove(at, at + strlen(part), strlen(at + strlen(part)) + 1);
}

static void rewrite(char *line)
{
	char *at = strstr(line, " haproxy[");
	size_t n;

	take_out(line, "::ffff:");
	take_out(line, "IPv6:");
	if (at && (at = strstr(at, "]: ")) != NULL) {
		at += 3;
		at += strcspn(at, " ");
		while (*at != ':')
			at--;
		*at = ' ';
	}
	n = strlen(line);
	if (n > 0 && line[n - 1] == '.')
		line[n - 1] = '\0';
}

/* A line that v6kit alone selects: for the peer to be asked again. */
static void explain(struct counts *c, FILE *rewritten, char *line)
{
	for (size_t i = 0; i < REASONS; i++) {
		if (strstr(line, reasons[i].text)) {
			rewrite(line);
			fprintf(rewritten, "%s\n", line);
			c->explained[i]++;
			c->rewritten++;
			return;
		}
	}
	if (c->ours++ < 3)
		fprintf(stderr, "bench-run: only v6kit: %s\n", line);
}

/* The peer's command on the rewritten lines, of which it has to select every one. */
static void ask_again(struct counts *c, const char *theirs)
{
	char text[PROC_TEXT_MAX];
	struct proc proc;
	struct usage usage;
	struct lines l;
	unsigned long n = 0;

	snprintf(text, sizeof(text), "%.*s out-again", (int)(strrchr(theirs, ' ') - theirs),
		theirs);
	proc_read(&proc, text);
	proc_run(&proc, PROC_FILE, "out-peer", 1, &usage);
	for (l = lines_open("out-peer"); l.more; lines_next(&l))
		n++;
	lines_close(&l);
	c->ours += c->rewritten - n;
}

/* Both files hold lines of the log, in its order. */
static void compare_selected(struct counts *c, const char *log, const char *theirs)
{
	FILE *rewritten = open_or_die("out-again", "w");
	struct lines all = lines_open(log), a = lines_open("out-ours"), b = lines_open("out-peer");

	for (; all.more; lines_next(&all)) {
		bool in_a = a.more && strcmp(a.text, all.text) == 0;
		bool in_b = b.more && strcmp(b.text, all.text) == 0;

		c->same += in_a && in_b;
		if (in_a && !in_b)
			explain(c, rewritten, all.text);
		if (in_b && !in_a && c->theirs++ < 3)
			fprintf(stderr, "bench-run: only the peer: %s\n", all.text);
		if (in_a)
			lines_next(&a);
		if (in_b)
			lines_next(&b);
	}
	/* Nothing may be left: a line that is not the log's. */
	c->ours += a.more;
	c->theirs += b.more;
	lines_close(&all);
	lines_close(&a);
	lines_close(&b);
	fclose(rewritten);
	ask_again(c, theirs);
}

/* Whether theirs is ours with one zero group as "::", which RFC 5952 section 4.2.2 forbids. */
static bool only_shortens(const char *ours, const char *theirs)
{
	for (const char *zero = ours; (zero = strstr(zero, ":0:")) != NULL; zero++) {
		size_t n = (size_t)(zero - ours) + 1;

		if (strncmp(ours, theirs, n) == 0 && theirs[n] == ':' &&
			strcmp(zero + 3, theirs + n + 1) == 0)
			return true;
	}
	return false;
}

static void compare_all(struct counts *c)
{
	struct lines a = lines_open("out-ours"), b = lines_open("out-peer");

	while (a.more || b.more) {
		if (a.more && b.more && strcmp(a.text, b.text) == 0) {
			c->same++;
		} else if (a.more && b.more && only_shortens(a.text, b.text)) {
			c->single++;
		} else if (a.more && b.more && strstr(a.text, ":5efe:") && strchr(b.text, '.')) {
			c->isatap++;
		} else {
			if (c->ours + c->theirs < 3)
				fprintf(stderr, "bench-run: v6kit: %s; the peer: %s\n",
					a.more ? a.text : "nothing", b.more ? b.text : "nothing");
			c->ours += a.more;
			c->theirs += b.more;
		}
		if (a.more)
			lines_next(&a);
		if (b.more)
			lines_next(&b);
	}
	lines_close(&a);
	lines_close(&b);
}

static void print_counts(const struct counts *c)
{
	printf("the same %lu lines", c->same);
	for (size_t i = 0; i < REASONS; i++) {
		if (c->explained[i])
			printf("; %lu more of v6kit's: %s", c->explained[i], reasons[i].why);
	}
	if (c->single)
		printf("; %lu where the peer makes :: of a single group, against RFC 5952",
			c->single);
	if (c->isatap)
		printf("; %lu where the peer writes ISATAP with a dotted tail", c->isatap);
	if (c->ours || c->theirs)
		printf("; **not explained: %lu of v6kit's, %lu of the peer's**", c->ours,
			c->theirs);
	printf(" |\n");
}

bool check_has_command(const char *text)
{
	char name[64] = "", help[128], line[8];
	const char *at = strstr(text, "v6kit ");

	if (!at || sscanf(at, "v6kit %63s", name) != 1)
		return true;
	snprintf(help, sizeof(help), "v6kit help %s", name);
	proc_text(help, false, line, sizeof(line));
	return line[0] != '\0';
}

static bool check_one(const struct check *check)
{
	struct proc ours, theirs;
	struct usage a, b;
	struct counts counts = { 0 };

	printf("| %s | %s | ", check->name, check->peer);
	if (proc_read(&ours, check->ours) != NULL || !check_has_command(check->ours)) {
		printf("v6kit has no such command yet |\n");
		return true;
	}
	if (proc_read(&theirs, check->theirs) != NULL) {
		printf("not installed |\n");
		return true;
	}
	proc_run(&ours, PROC_FILE, "out-ours", 1, &a);
	proc_run(&theirs, PROC_FILE, "out-peer", 1, &b);
	if (a.status < 0 || a.status > 1) {
		printf("**v6kit ended in status %d** |\n", a.status);
		return false;
	}
	if (check->log)
		compare_selected(&counts, check->log, check->theirs);
	else
		compare_all(&counts);
	print_counts(&counts);
	return counts.ours == 0 && counts.theirs == 0;
}

bool check_all(void)
{
	bool good = true;

	printf("| what | peer | result |\n|---|---|---|\n");
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		fprintf(stderr, "bench-run: checking %s, %s\n", checks[i].name, checks[i].peer);
		good &= check_one(&checks[i]);
		fflush(stdout);
	}
	unlink("out-ours");
	unlink("out-peer");
	unlink("out-again");
	return good;
}
