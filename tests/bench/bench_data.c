/* bench_data.c: writes what the benchmark reads: logs, sets, lists of addresses and of prefixes. The
 * same seed makes the same bytes on every machine; data of that seed, size and version is kept.
 * Usage: bench-data DIR full|quick|tiny. */
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "bench_sizes.h"

/* To be raised with every change of what is written. */
enum { DATA_VERSION = 3 };

#define SEED UINT64_C(0x2a00a20000120025)

enum { ROUTES = 250000, SET_LARGE = 200000, SET_MIDDLE = 10000, SET_SMALL = 100 };

/* An IPv4 address is the upper half of hi. */
struct net {
	uint64_t hi, lo;
	uint8_t bits, family;
};

static struct net routes6[ROUTES], routes4[ROUTES];

/* xorshift64* */
static uint64_t random_state = SEED;

static uint64_t random_word(void)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return random_state * UINT64_C(2685821657736338717);
}

static unsigned random_below(unsigned n)
{
	return (unsigned)((random_word() >> 32) * n >> 32);
}

/* Each file's bytes depend on the seed and its own number alone. */
static void random_restart(unsigned file)
{
	random_state = SEED + file * UINT64_C(0x9e3779b97f4a7c15);
	random_word();
}

static void die(const char *what, const char *name)
{
	fprintf(stderr, "bench-data: %s: %s: %s\n", name, what, strerror(errno));
	exit(2);
}

static FILE *open_out(const char *name)
{
	FILE *f = fopen(name, "w");

	if (!f)
		die("cannot write", name);
	setvbuf(f, NULL, _IOFBF, 1 << 18);
	return f;
}

static void close_out(FILE *f, const char *name)
{
	if (ferror(f) || fclose(f) != 0)
		die("cannot write", name);
}

static void *allocate(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (!p)
		die("no memory", "data");
	return p;
}

/* A length, drawn from shares in percent. */
struct share {
	unsigned percent, bits;
};

static unsigned random_bits(const struct share *shares)
{
	unsigned at = random_below(100);

	while (at >= shares->percent) {
		at -= shares->percent;
		shares++;
	}
	return shares->bits;
}

/* About what the table of the internet has in 2026. */
static const struct share table6[] = { { 47, 48 }, { 12, 32 }, { 10, 44 }, { 8, 40 }, { 6, 36 },
	{ 4, 29 }, { 3, 46 }, { 3, 47 }, { 2, 42 }, { 2, 45 }, { 1, 30 }, { 1, 33 }, { 1, 34 } };
static const struct share table4[] = { { 60, 24 }, { 10, 23 }, { 11, 22 }, { 5, 21 }, { 5, 20 },
	{ 3, 19 }, { 2, 18 }, { 2, 16 }, { 1, 17 }, { 1, 15 } };

/* A random address of where addresses are given out: 2001::/16 and the registries' /12s. */
static uint64_t random_global(void)
{
	static const uint16_t block[] = { 0x2001, 0x2400, 0x2600, 0x2800, 0x2a00, 0x2c00 };
	unsigned i = random_below(6);
	uint64_t below = random_word() >> (i == 0 ? 16 : 12);

	return (uint64_t)block[i] << 48 | below;
}

static uint64_t random_ipv4(void)
{
	/* Each in a statement of its own, here and below: compilers differ in the order. */
	uint64_t first = 1 + random_below(223), rest = random_word() >> 40;

	return (first << 24 | rest) << 32;
}

static struct net masked(struct net n)
{
	unsigned bits = n.bits;

	n.hi = bits >= 64 ? n.hi : n.hi & ~(UINT64_MAX >> bits);
	n.lo = bits >= 128 ? n.lo : bits <= 64 ? 0 : n.lo & ~(UINT64_MAX >> (bits - 64));
	return n;
}

static struct net table_net(unsigned family)
{
	struct net n = { 0, 0, 0, (uint8_t)family };

	n.bits = (uint8_t)random_bits(family == 6 ? table6 : table4);
	n.hi = family == 6 ? random_global() : random_ipv4();
	return masked(n);
}

/* Any length from 32 to 128, as no table has them. */
static struct net any_net(void)
{
	struct net n = { 0, 0, 0, 6 };

	n.bits = (uint8_t)(32 + random_below(97));
	n.hi = random_global();
	n.lo = random_word();
	return masked(n);
}

/* Texts of another's making, as those of a log are. */
static const char *text6(uint64_t hi, uint64_t lo)
{
	static char text[INET6_ADDRSTRLEN];
	uint8_t bytes[16];

	for (unsigned i = 0; i < 8; i++) {
		bytes[i] = (uint8_t)(hi >> (56 - 8 * i));
		bytes[8 + i] = (uint8_t)(lo >> (56 - 8 * i));
	}
	if (!inet_ntop(AF_INET6, bytes, text, sizeof(text)))
		die("inet_ntop", "data");
	return text;
}

static const char *text4(uint64_t hi)
{
	static char text[16];

	snprintf(text, sizeof(text), "%u.%u.%u.%u", (unsigned)(hi >> 56),
		(unsigned)(hi >> 48 & 255), (unsigned)(hi >> 40 & 255), (unsigned)(hi >> 32 & 255));
	return text;
}

static void write_nets(const char *name, const struct net *net, size_t n, const struct net *more,
	size_t more_n)
{
	FILE *f = open_out(name);

	for (size_t i = 0; i < n + more_n; i++) {
		const struct net *one = i < n ? &net[i] : &more[i - n];

		fprintf(f, "%s/%u\n", one->family == 6 ? text6(one->hi, one->lo) : text4(one->hi),
			one->bits);
	}
	close_out(f, name);
}

static int by_place(const void *a, const void *b)
{
	const struct net *x = a, *y = b;

	if (x->hi != y->hi)
		return x->hi < y->hi ? -1 : 1;
	if (x->lo != y->lo)
		return x->lo < y->lo ? -1 : 1;
	return x->bits - y->bits;
}

/* Interface identifiers as they are met: random ones, low bytes, EUI-64, few groups. */
static uint64_t random_iid(uint64_t *hi)
{
	unsigned kind = random_below(100);
	uint64_t r = random_word();

	if (kind < 48)
		return r;
	if (kind < 73) {
		*hi &= ~UINT64_C(0xff00);
		return r & 0xff;
	}
	if (kind < 88)
		return (r & UINT64_C(0xfdffff0000ffffff)) | UINT64_C(0x0200000000000000) |
			UINT64_C(0xfffe000000);
	*hi &= ~UINT64_C(0xffff);
	return r & UINT64_C(0xffff0000ffff);
}

static void random_client6(uint64_t *hi, uint64_t *lo)
{
	unsigned kind = random_below(100);

	*hi = random_global();
	if (kind < 40) { /* of the table; most of those are in the largest set */
		const struct net *n = &routes6[kind ? 1 + random_below(ROUTES - 1) : 0];

		*hi = n->hi | (*hi & (UINT64_MAX >> n->bits));
	}
	*lo = random_iid(hi);
}

static uint64_t random_client4(void)
{
	uint64_t hi = random_ipv4();

	if (random_below(100) < 40) {
		const struct net *n = &routes4[random_below(ROUTES)];

		hi = n->hi | (hi & (UINT64_MAX >> n->bits));
	}
	return hi & ~UINT64_C(0xffffffff);
}

static void write_addresses(const char *name, uint64_t n)
{
	FILE *f = open_out(name);

	for (uint64_t i = 0; i < n; i++) {
		uint64_t hi, lo;

		random_client6(&hi, &lo);
		fputs(text6(hi, lo), f);
		putc('\n', f);
	}
	close_out(f, name);
}

/* What a line of a log may be. %A: an address, %a: the same again, %S: it as sendmail writes it, %F:
 * with all its digits; %T %D: times; %N: a number, %P: a client's port; %R: eight hex digits, %Q: a
 * queue's id, %H: a host's name. */
static const struct template
{
	unsigned weight;
	const char *text;
}
templates[] = {
	{ 9,
		"%T mx1 sm-mta[%N]: %Q: from=<user%N@example.com>, size=%N, class=0, nrcpts=1, "
		"msgid=<%R.%N@example.com>, proto=ESMTPS, daemon=MTA-v6, relay=%H [%S]" },
	{ 6,
		"%T mx1 sm-mta[%N]: %Q: to=<user%N@example.net>, delay=00:00:03, xdelay=00:00:02, "
		"mailer=esmtp, pri=%N, relay=%H. [%S], dsn=2.0.0, stat=Sent (ok: queued as %R)" },
	{ 9, "%T mx2 postfix/smtpd[%N]: connect from %H[%A]" },
	{ 5,
		"%T mx2 postfix/smtpd[%N]: NOQUEUE: reject: RCPT from unknown[%A]: 554 5.7.1 Service "
		"unavailable; Client host [%a] blocked using bl.example.org; from=<x%N@example.org> "
		"to=<user%N@example.com> proto=ESMTP helo=<%H>" },
	{ 5, "%T mx2 postfix/qmgr[%N]: %Q: removed" },
	{ 22,
		"%A - - [%D] \"GET /static/%R.js?v=%N HTTP/2.0\" 200 %N "
		"\"https://www.example.org/page/%N\" \"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) "
		"Gecko/20100101 Firefox/128.0\"" },
	{ 9, "%T gw sshd[%N]: Failed password for invalid user admin from %A port %P ssh2" },
	{ 4, "%T gw sshd[%N]: Connection closed by authenticating user root %A port %P [preauth]" },
	{ 10,
		"%T lb1 haproxy[%N]: %A:%P [%D] https~ app/app%N 0/0/1/%N/%N 200 %N - - ---- "
		"12/12/0/1/0 0/0 \"GET /api/v1/items/%N HTTP/1.1\"" },
	{ 4,
		"%T ns1 named[%N]: client @0x7f%R %A#%P (www.example.com): query: www.example.com IN "
		"AAAA +E(0)K (%A)" },
	{ 3,
		"%T gw kernel: IN=eth0 OUT= MAC=33:33:00:00:00:01:52:54:00:ab:cd:ef:86:dd SRC=%F DST=%F "
		"LEN=72 HOPLIMIT=255 PROTO=TCP SPT=%P DPT=25" },
	{ 2, "%T gw fail2ban[%N]: jail sshd gave up on %A." },
	{ 3, "%T app1 systemd[1]: Started session-%N.scope - Session %N of user www-data." },
	{ 3, "%T app1 dhcpd[%N]: DHCPREQUEST from 52:54:00:12:34:56 via eth0" },
	{ 3,
		"%T app1 CRON[%N]: (root) CMD (test -x /usr/sbin/anacron || run-parts --report "
		"/etc/cron.daily)" },
	{ 3, "%T app1 app[%N]: 10:11:12.%N worker 7: std::vector::at: index %N of version 2.4.57" },
};

/* The kind of address that a line has, and the one that %a repeats. */
struct line {
	unsigned ipv6_percent;
	uint64_t seconds;
	char addr[64];
	bool is6;
};

static void draw_address(struct line *line)
{
	uint64_t hi, lo;

	line->is6 = random_below(100) < line->ipv6_percent;
	if (line->is6) {
		random_client6(&hi, &lo);
		snprintf(line->addr, sizeof(line->addr), "%s", text6(hi, lo));
	} else {
		/* Some servers listen to both families with one socket. */
		const char *mapped = random_below(50) ? "" : "::ffff:";

		snprintf(line->addr, sizeof(line->addr), "%s%s", mapped, text4(random_client4()));
	}
}

static void put_full(FILE *f, const struct line *line)
{
	uint64_t hi, lo;

	if (random_below(100) >= line->ipv6_percent) {
		fputs(text4(random_client4()), f);
		return;
	}
	random_client6(&hi, &lo);
	for (unsigned i = 0; i < 8; i++)
		fprintf(f, "%04x%s", (unsigned)((i < 4 ? hi : lo) >> (48 - 16 * (i & 3)) & 0xffff),
			i < 7 ? ":" : "");
}

static void put_time(FILE *f, uint64_t seconds, bool web)
{
	unsigned day = 1 + (unsigned)(seconds / 86400 % 28), h = (unsigned)(seconds / 3600 % 24),
		 m = (unsigned)(seconds / 60 % 60), s = (unsigned)(seconds % 60);

	if (web)
		fprintf(f, "%02u/Nov/2026:%02u:%02u:%02u +0000", day, h, m, s);
	else
		fprintf(f, "Nov %2u %02u:%02u:%02u", day, h, m, s);
}

static void put_field(FILE *f, struct line *line, char field)
{
	unsigned n;

	switch (field) {
	case 'A':
		draw_address(line);
		/* FALLTHROUGH */
	case 'a':
		fputs(line->addr, f);
		break;
	case 'S':
		draw_address(line);
		fprintf(f, "%s%s", strchr(line->addr, ':') ? "IPv6:" : "", line->addr);
		break;
	case 'F':
		put_full(f, line);
		break;
	case 'T':
	case 'D':
		put_time(f, line->seconds, field == 'D');
		break;
	case 'N':
		fprintf(f, "%u", 100 + random_below(60000));
		break;
	case 'P':
		fprintf(f, "%u", 32768 + random_below(28232));
		break;
	case 'R':
		fprintf(f, "%08x", (unsigned)(random_word() >> 32));
		break;
	case 'Q':
		n = random_below(100000);
		fprintf(f, "4ANq%05uT%06u", n, random_below(1000000));
		break;
	default: /* 'H' */
		n = random_below(100000);
		fprintf(f, "host%u.example.%s", n, random_below(2) ? "net" : "org");
		break;
	}
}

static void write_log(const char *name, uint64_t bytes, unsigned ipv6_percent)
{
	enum { KINDS = sizeof(templates) / sizeof(templates[0]) };
	FILE *f = open_out(name);
	struct line line = { .ipv6_percent = ipv6_percent };
	unsigned weights = 0;

	for (unsigned i = 0; i < KINDS; i++)
		weights += templates[i].weight;
	while ((uint64_t)ftello(f) < bytes) {
		/* ftello costs a system call: not for every line. */
		for (unsigned i = 0; i < 256; i++) {
			const struct template *t = templates;

			for (unsigned at = random_below(weights); at >= t->weight; t++)
				at -= t->weight;
			line.seconds += random_below(8) == 0;
			for (const char *s = t->text; *s; s++) {
				if (*s == '%')
					put_field(f, &line, *++s);
				else
					putc(*s, f);
			}
			putc('\n', f);
		}
	}
	close_out(f, name);
}

static void write_sets(void)
{
	random_restart(1);
	for (unsigned i = 0; i < ROUTES; i++) {
		routes6[i] = table_net(6);
		routes4[i] = table_net(4);
	}
	/* The one prefix of the smallest set is of a size that one would look for. */
	routes6[0].bits = 32;
	routes6[0] = masked(routes6[0]);
	write_nets("set-1", routes6, 1, NULL, 0);
	write_nets("set-100", routes6, SET_SMALL, NULL, 0);
	write_nets("set-10k", routes6, SET_MIDDLE, NULL, 0);
	write_nets("set-200k", routes6, SET_LARGE, NULL, 0);
	write_nets("set-both", routes6, SET_MIDDLE, routes4, SET_MIDDLE);
}

static struct net draw6(void)
{
	return table_net(6);
}

static struct net draw4(void)
{
	return table_net(4);
}

static struct net *make_list(unsigned file, size_t n, struct net (*draw)(void))
{
	struct net *net = allocate(n, sizeof(*net));

	random_restart(file);
	for (size_t i = 0; i < n; i++)
		net[i] = draw();
	return net;
}

/* One list shuffled, sorted, its beginning, and another with half of it. */
static void write_lists(const struct bench_sizes *sizes)
{
	size_t n = sizes->prefixes;
	struct net *net = make_list(6, n, draw6), *other = make_list(7, n, draw6);

	write_nets("prefixes", net, n, NULL, 0);
	write_nets("prefixes-few", net, n / BENCH_FEW, NULL, 0);
	for (size_t i = 0; i < n; i += 2)
		other[i] = net[n - 1 - i];
	write_nets("prefixes-other", other, n, NULL, 0);
	free(other);
	qsort(net, n, sizeof(*net), by_place);
	write_nets("prefixes-sorted", net, n, NULL, 0);
	free(net);

	net = make_list(8, sizes->prefixes_many, draw6);
	write_nets("prefixes-many", net, sizes->prefixes_many, NULL, 0);
	free(net);
	net = make_list(9, n, any_net);
	write_nets("prefixes-any", net, n, NULL, 0);
	free(net);

	net = make_list(10, n, draw4);
	write_nets("prefixes-v4", net, n, NULL, 0);
	write_nets("prefixes-v4-fewest", net, n / BENCH_FEWEST, NULL, 0);
	free(net);
}

static void write_all(const struct bench_sizes *sizes)
{
	write_sets();
	random_restart(2);
	write_log("log-v6", sizes->log_bytes, 100);
	random_restart(3);
	write_log("log-mixed", sizes->log_bytes, 40);
	random_restart(4);
	write_log("log-small", sizes->log_bytes / 8, 100);
	random_restart(5);
	write_addresses("addresses", sizes->addresses);
	random_restart(5); /* the first of the same ones, for those who take long */
	write_addresses("addresses-few", sizes->addresses / BENCH_FEW);
	write_lists(sizes);
	close_out(open_out("empty"), "empty");
}

/* What the stamp of complete data says. */
static void stamp_text(const struct bench_sizes *sizes, char *text, size_t cap)
{
	snprintf(text, cap, "v6kit bench data, version %d, %s, seed %llx\n", DATA_VERSION,
		sizes->name, (unsigned long long)SEED);
}

static bool is_there(const char *want)
{
	char have[128] = "";
	FILE *f = fopen("stamp", "r");

	if (!f)
		return false;
	if (!fgets(have, sizeof(have), f))
		have[0] = '\0';
	fclose(f);
	return strcmp(have, want) == 0;
}

int main(int argc, char **argv)
{
	const struct bench_sizes *sizes = argc == 3 ? bench_sizes_of(argv[2]) : NULL;
	char stamp[128];
	struct statvfs room;
	FILE *f;

	if (!sizes) {
		fprintf(stderr, "usage: bench-data DIR full|quick|tiny\n");
		return 2;
	}
	if ((mkdir(argv[1], 0777) != 0 && errno != EEXIST) || chdir(argv[1]) != 0)
		die("cannot use it", argv[1]);
	stamp_text(sizes, stamp, sizeof(stamp));
	if (is_there(stamp))
		return 0;
	if (statvfs(".", &room) == 0 && room.f_bavail * room.f_frsize < sizes->disk_bytes) {
		fprintf(stderr,
			"bench-data: %s: has no room for %llu MB; V6KIT_BENCH_DIR names "
			"another folder\n",
			argv[1], (unsigned long long)(sizes->disk_bytes >> 20));
		return 2;
	}
	fprintf(stderr, "bench-data: writing %s data to %s\n", sizes->name, argv[1]);
	unlink("stamp");
	write_all(sizes);
	f = open_out("stamp");
	fputs(stamp, f);
	close_out(f, "stamp");
	return 0;
}
