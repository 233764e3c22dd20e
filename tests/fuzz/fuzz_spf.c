/* fuzz_spf.c: any bytes as an SPF record. A fault lies in the text; the networks of a good record
 * make a record with the same networks, whose strings are cut anywhere. */
#include <string.h>

#include "../../src/mail/spf.h"
#include "fuzz.h"

static void check(bool good, const char *what)
{
	if (!good) {
		fputs(what, stderr);
		fputc('\n', stderr);
		abort();
	}
}

static void *room(size_t n)
{
	void *p = malloc(n ? n : 1);

	check(p != NULL, "out of memory");
	return p;
}

static void check_fault(const struct spf_fault *fault, size_t n)
{
	check(fault->text && *fault->text, "a fault without a text");
	check(fault->off <= n && fault->n <= n - fault->off, "a fault outside the text");
	check(fault->n > 0 || fault->off == n || fault->text[0] != 'u', "a fault of no bytes");
}

/* A record of the terms that were read, cut into strings and joined again. */
static void check_again(const char *record, size_t n, const struct v6k_prefix *network,
	size_t count)
{
	char *quoted = room(3 * n + 3), *text = room(3 * n + 3);
	uint32_t *origin = room((3 * n + 4) * sizeof(*origin));
	struct spf_fault fault;
	struct spf_term t;
	struct spf r;
	size_t at = 0, i = 0;

	for (size_t from = 0, string; from < n; from += string) {
		string = spf_string(record + from, n - from);
		check(string > 0 && string <= SPF_STRING_MAX, "a string of another length");
		quoted[at++] = '"';
		memcpy(quoted + at, record + from, string);
		at += string;
		quoted[at++] = '"';
	}
	check(spf_join(quoted, at, text, origin, &fault) == (long)n, "the strings are no record");
	check(memcmp(text, record, n) == 0, "the strings are another record");
	check(spf_open(&r, text, n, &fault), "what was written cannot be read");
	for (; spf_next(&r, &t); i++)
		check(i < count && v6k_prefix_cmp(t.network, network[i]) == 0,
			"what was read is another network");
	check(i == count, "a network is lost");
	free(origin);
	free(text);
	free(quoted);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Copies of exactly these sizes, so that an access past their ends is seen. */
	char *s = room(size), *text = room(size),
	     *record = room(6 + (size + 1) * (SPF_TERM_MAX + 1));
	uint32_t *origin = room((size + 1) * sizeof(*origin));
	struct v6k_prefix *network = room((size + 1) * sizeof(*network));
	struct spf_fault fault = { NULL, 0, 0 };
	size_t n = 6, count = 0;
	struct spf_term t;
	struct spf r;
	long got;

	memcpy(s, data, size);
	got = spf_join(s, size, text, origin, &fault);
	if (got < 0)
		check_fault(&fault, size);
	for (long i = 0; i <= got; i++)
		check(origin[i] <= size && (i == 0 || origin[i] >= origin[i - 1]),
			"no such origin");
	if (got >= 0 && !spf_open(&r, text, (size_t)got, &fault)) {
		check_fault(&fault, (size_t)got);
		got = -1;
	}
	memcpy(record, "v=spf1", 6);
	while (got >= 0 && spf_next(&r, &t)) {
		check(t.n > 0 && t.off + t.n <= (size_t)got, "a term outside the record");
		check(t.name_off >= t.off && t.name_off + t.name_n <= t.off + t.n,
			"a name outside the term");
		check(t.domain_n == 0 ||
				(t.domain_off > t.name_off &&
					t.domain_off + t.domain_n <= t.off + t.n),
			"a domain outside the term");
		check(t.domain_n == 0 || spf_is_domain(text + t.domain_off, t.domain_n),
			"a domain that is none");
		(void)spf_note(&t);
		if (t.kind != SPF_IP4 && t.kind != SPF_IP6)
			continue;
		network[count++] = t.network;
		record[n++] = ' ';
		n += spf_network(t.network, record + n);
	}
	if (got >= 0)
		check_again(record, n, network, count);
	free(network);
	free(origin);
	free(record);
	free(text);
	free(s);
	return 0;
}
