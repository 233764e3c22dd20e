/* bench_core.c: what the core costs beside inet_pton(3), inet_ntop(3) and libcidr, as rows of a
 * table. With V6KIT_SIMD in the environment it measures that tier. Usage: bench-core [ROUNDS]. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <v6kit.h>

#include "bench_rounds.h"

#ifdef BENCH_LIBCIDR
#include <libcidr.h>
#endif

enum { INPUTS = 65536, PADDING = 128 };

/* One family's inputs, in every shape that a job needs. */
struct inputs {
	struct v6k_addr addr[INPUTS];
	uint8_t bytes[INPUTS][16];
	char text[INPUTS][48];
	uint8_t text_n[INPUTS];
	char before[PADDING], lines[INPUTS * 48], after[PADDING];
	size_t lines_n;
#ifdef BENCH_LIBCIDR
	CIDR cidr[INPUTS];
#endif
};

static struct inputs v6, v4;
static struct v6k_prefix net6;
#ifdef BENCH_LIBCIDR
static CIDR *cidr_net6;
#endif

/* xorshift64*: the same inputs on every machine. */
static uint64_t random_word(void)
{
	static uint64_t state = UINT64_C(0x9e3779b97f4a7c15);

	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return state * UINT64_C(2685821657736338717);
}

/* 45 % eight groups (a global /64, a random IID), 25 % low-byte (2a00:a200:0:12::25), 15 % EUI-64
 * (half of them link-local), 10 % a /48 and a few groups, 5 % mapped. IPv4 is uniformly random. */
static struct v6k_addr random_ipv6(void)
{
	unsigned kind = (unsigned)(random_word() % 100);
	uint64_t r = random_word();
	struct v6k_addr a = { .family = V6K_IPV6 };

	a.hi = UINT64_C(0x2a00) << 48 | (r & UINT64_C(0xffffffffffff));
	if (kind < 45) {
		a.lo = random_word();
	} else if (kind < 70) {
		a.hi = UINT64_C(0x2a00) << 48 | (r & UINT64_C(0xffff000000ff));
		a.lo = random_word() & 0xff;
	} else if (kind < 85) {
		if (kind & 1)
			a.hi = UINT64_C(0xfe80) << 48;
		a.lo = (random_word() & UINT64_C(0xffffff0000ffffff)) | UINT64_C(0x0200fffe000000);
	} else if (kind < 95) {
		a.hi &= ~UINT64_C(0xffff);
		a.lo = random_word() & UINT64_C(0xffff0000ffff);
	} else {
		a.hi = 0;
		a.lo = UINT64_C(0xffff) << 32 | (r & UINT32_MAX);
	}
	return a;
}

static void fill(struct inputs *in, int family)
{
	for (size_t i = 0; i < INPUTS; i++) {
		if (family == AF_INET6)
			in->addr[i] = random_ipv6();
		else
			in->addr[i] =
				(struct v6k_addr){ .lo = random_word() >> 32, .family = V6K_IPV4 };
		v6k_addr_to_bytes(in->addr[i], in->bytes[i]);
		/* Texts of another's making, as the addresses of a log are. */
		if (!inet_ntop(family, in->bytes[i], in->text[i], sizeof(in->text[i])))
			abort();
		in->text_n[i] = (uint8_t)strlen(in->text[i]);
		memcpy(in->lines + in->lines_n, in->text[i], in->text_n[i]);
		in->lines_n += in->text_n[i];
		in->lines[in->lines_n++] = '\n';
#ifdef BENCH_LIBCIDR
		CIDR *cidr;

		if (family == AF_INET6) {
			struct in6_addr a6;

			memcpy(&a6, in->bytes[i], 16);
			cidr = cidr_from_in6addr(&a6);
		} else {
			struct in_addr a4;

			memcpy(&a4, in->bytes[i], 4);
			cidr = cidr_from_inaddr(&a4);
		}
		if (!cidr)
			abort();
		in->cidr[i] = *cidr;
		cidr_free(cidr);
#endif
	}
}

static uint64_t parse_all(const struct inputs *in)
{
	uint64_t sum = 0;
	struct v6k_addr a;

	for (size_t i = 0; i < INPUTS; i++) {
		if (v6k_addr_parse(in->text[i], in->text_n[i], &a, NULL))
			abort();
		sum += a.hi ^ a.lo;
	}
	return sum;
}

static uint64_t pton_all(const struct inputs *in, int family)
{
	uint64_t sum = 0;
	uint8_t bytes[16];

	for (size_t i = 0; i < INPUTS; i++) {
		if (inet_pton(family, in->text[i], bytes) != 1)
			abort();
		sum += bytes[3];
	}
	return sum;
}

static uint64_t format_all(const struct inputs *in)
{
	uint64_t sum = 0;
	char buf[V6K_ADDR_TEXT_MAX];

	for (size_t i = 0; i < INPUTS; i++)
		sum += (uint64_t)v6k_addr_format(in->addr[i], V6K_CANONICAL, buf, sizeof(buf)) +
			(uint64_t)buf[0];
	return sum;
}

static uint64_t ntop_all(const struct inputs *in, int family)
{
	uint64_t sum = 0;
	char buf[INET6_ADDRSTRLEN];

	for (size_t i = 0; i < INPUTS; i++) {
		if (!inet_ntop(family, in->bytes[i], buf, sizeof(buf)))
			abort();
		sum += (uint64_t)buf[0];
	}
	return sum;
}

static uint64_t parse_lines(const struct inputs *in, unsigned flags)
{
	static struct v6k_addr out[INPUTS];
	size_t at = 0;

	if (v6k_addr_parse_lines(in->lines, in->lines_n, &at, flags, out, INPUTS) != INPUTS)
		abort();
	return out[0].lo ^ out[INPUTS - 1].lo;
}

static uint64_t format_lines(const struct inputs *in)
{
	static char buf[INPUTS * 48 + V6K_LINE_TEXT_MAX];
	size_t at = 0, n;

	n = v6k_addr_format_lines(in->addr, INPUTS, &at, '\n', buf, sizeof(buf));
	if (at != INPUTS)
		abort();
	return n + (uint64_t)buf[0];
}

static uint64_t run_lines6(void)
{
	return parse_lines(&v6, 0);
}
static uint64_t run_lines4(void)
{
	return parse_lines(&v4, 0);
}
static uint64_t run_padded6(void)
{
	return parse_lines(&v6, V6K_PADDED);
}
static uint64_t run_padded4(void)
{
	return parse_lines(&v4, V6K_PADDED);
}
static uint64_t run_format_lines6(void)
{
	return format_lines(&v6);
}
static uint64_t run_format_lines4(void)
{
	return format_lines(&v4);
}
static uint64_t run_parse6(void)
{
	return parse_all(&v6);
}
static uint64_t run_parse4(void)
{
	return parse_all(&v4);
}
static uint64_t run_pton6(void)
{
	return pton_all(&v6, AF_INET6);
}
static uint64_t run_pton4(void)
{
	return pton_all(&v4, AF_INET);
}
static uint64_t run_format6(void)
{
	return format_all(&v6);
}
static uint64_t run_format4(void)
{
	return format_all(&v4);
}
static uint64_t run_ntop6(void)
{
	return ntop_all(&v6, AF_INET6);
}
static uint64_t run_ntop4(void)
{
	return ntop_all(&v4, AF_INET);
}

#ifdef BENCH_LIBCIDR
static uint64_t run_contains6(void)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < INPUTS; i++)
		sum += (uint64_t)v6k_prefix_contains(net6, v6.addr[i]);
	return sum;
}

/* cidr_from_str reads before the start of texts shorter than 8 bytes: inside the array that does no
 * harm, and all of text is initialised. */
static uint64_t cidr_parse_all(const struct inputs *in)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < INPUTS; i++) {
		CIDR *cidr = cidr_from_str(in->text[i]);

		if (!cidr)
			abort();
		sum += cidr->addr[15];
		cidr_free(cidr);
	}
	return sum;
}

static uint64_t cidr_format_all(const struct inputs *in)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < INPUTS; i++) {
		char *text = cidr_to_str(&in->cidr[i], CIDR_ONLYADDR);

		if (!text)
			abort();
		sum += (uint64_t)text[0];
		free(text);
	}
	return sum;
}

static uint64_t run_cidr_parse6(void)
{
	return cidr_parse_all(&v6);
}
static uint64_t run_cidr_parse4(void)
{
	return cidr_parse_all(&v4);
}
static uint64_t run_cidr_format6(void)
{
	return cidr_format_all(&v6);
}
static uint64_t run_cidr_format4(void)
{
	return cidr_format_all(&v4);
}

static uint64_t run_cidr_contains6(void)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < INPUTS; i++)
		sum += cidr_contains(cidr_net6, &v6.cidr[i]) == 0;
	return sum;
}
#endif

static const struct job jobs[] = {
	{ "parse IPv6", run_parse6, OURS, 0 },
	{ "inet_pton", run_pton6, FASTER, 6 },
#ifdef BENCH_LIBCIDR
	{ "cidr_from_str", run_cidr_parse6, FASTER, 0 },
#endif
	{ "parse IPv4", run_parse4, OURS, 0 },
	{ "inet_pton", run_pton4, FASTER, 5 },
#ifdef BENCH_LIBCIDR
	{ "cidr_from_str", run_cidr_parse4, FASTER, 0 },
#endif
	{ "parse lines of IPv6", run_lines6, OURS, 0 },
	{ "the same, padded", run_padded6, FASTER, 0 },
	{ "inet_pton", run_pton6, FASTER, 0 },
	{ "parse lines of IPv4", run_lines4, OURS, 0 },
	{ "the same, padded", run_padded4, FASTER, 0 },
	{ "inet_pton", run_pton4, FASTER, 0 },
	{ "format IPv6", run_format6, OURS, 0 },
	{ "inet_ntop", run_ntop6, FASTER, 30 },
#ifdef BENCH_LIBCIDR
	{ "cidr_to_str", run_cidr_format6, FASTER, 0 },
#endif
	{ "format IPv4", run_format4, OURS, 0 },
	{ "inet_ntop", run_ntop4, FASTER, 0 },
#ifdef BENCH_LIBCIDR
	{ "cidr_to_str", run_cidr_format4, FASTER, 0 },
#endif
	{ "format lines of IPv6", run_format_lines6, OURS, 0 },
	{ "inet_ntop", run_ntop6, FASTER, 0 },
	{ "format lines of IPv4", run_format_lines4, OURS, 0 },
	{ "inet_ntop", run_ntop4, FASTER, 0 },
#ifdef BENCH_LIBCIDR
	{ "contains IPv6", run_contains6, OURS, 0 },
	{ "cidr_contains", run_cidr_contains6, FASTER, 0 },
#endif
};

int main(int argc, char **argv)
{
	unsigned rounds = rounds_read(argc > 1 ? argv[1] : "25");
	bool met;

	if (argc > 2 || rounds == 0 || !rounds_choose_simd()) {
		fprintf(stderr, "usage: bench-core [ROUNDS]\n");
		return 2;
	}
	fill(&v6, AF_INET6);
	fill(&v4, AF_INET);
	v6k_prefix_parse("2a00:a200::/17", 14, V6K_PARSE_MASK, &net6, NULL);
#ifdef BENCH_LIBCIDR
	cidr_net6 = cidr_from_str("2a00:8000::/17");
	if (!cidr_net6)
		abort();
#endif
	met = rounds_run(jobs, sizeof(jobs) / sizeof(jobs[0]), rounds, INPUTS);
#ifdef BENCH_LIBCIDR
	cidr_free(cidr_net6);
#endif
	return met ? 0 : 1;
}
