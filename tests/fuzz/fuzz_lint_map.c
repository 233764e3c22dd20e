/* fuzz_lint_map.c: any bytes as an access map, relay-domains, a mailertable or local-host-names. The
 * first byte picks the type, and whether sendmail compresses addresses. What is found lies in the
 * file, and what is mended stays so: fixing the fixed file changes nothing. */
#include <string.h>

#include "../../src/mail/lint.h"
#include "fuzz.h"

static void check(bool good, const char *what)
{
	if (!good) {
		fputs(what, stderr);
		fputc('\n', stderr);
		abort();
	}
}

static bool lies_in(uint32_t at, uint32_t end, size_t n)
{
	return at <= end && end <= n;
}

/* Mends s[0..n), the first source of a run: new bytes, and how many were found and mended. */
static char *mend(enum lint_type type, bool compressed, const char *s, size_t *n, size_t *found,
	size_t *made)
{
	struct lint *l = lint_new(NULL, compressed);
	const struct lint_finding *f;
	struct lint_fault fault;
	char *fixed;

	check(l && lint_read(l, type, "map", s, *n, &fault), "out of memory");
	f = lint_findings(l, found);
	for (size_t i = 0; i < *found; i++) {
		check(f[i].n > 0 && lies_in(f[i].at, f[i].at + f[i].n, *n),
			"a finding lies outside the file");
		check(f[i].rule >= 23 && f[i].rule <= 25, "a rule of another file");
		check(*f[i].text && f[i].fix && *f[i].fix, "a finding without text or fix");
		check(!memchr(f[i].text, '\n', strlen(f[i].text)) &&
				!memchr(f[i].fix, '\n', strlen(f[i].fix)),
			"a text of two lines");
		for (unsigned e = 0; e < f[i].edits; e++)
			check(lies_in(f[i].edit[e].at, f[i].edit[e].end, *n),
				"an edit lies outside the file");
	}
	fixed = lint_fix(l, 0, 0, n, made);
	check(fixed != NULL, "out of memory");
	lint_free(l);
	return fixed;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum lint_type type = LINT_ACCESS;
	size_t n = size > 0 ? size - 1 : 0, once_n = n, twice_n, found, made, again, more;
	bool compressed = size > 0 && (data[0] & 4);
	char *s = malloc(n ? n : 1), *once, *twice;

	check(s != NULL, "out of memory");
	if (size > 0) {
		type += data[0] & 3;
		memcpy(s, data + 1, n);
	}
	once = mend(type, compressed, s, &once_n, &found, &made);
	twice_n = once_n;
	twice = mend(type, compressed, once, &twice_n, &again, &more);
	check(again == found - made, "mending takes away another number of findings");
	check(more == 0 && twice_n == once_n && memcmp(once, twice, once_n) == 0,
		"mending twice is not mending once");
	free(twice);
	free(once);
	free(s);
	return 0;
}
