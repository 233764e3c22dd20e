/* fuzz_mc.c: any bytes as a .mc or a .cf file. The first byte picks the type. Findings lie in the
 * file, fixing comes to an end, and what is fixed is not found again. */
#include <string.h>

#include "../../src/mail/lint.h"
#include "fuzz.h"

enum { ROUNDS = 64 };

static void check(bool good, const char *what)
{
	if (!good) {
		fputs(what, stderr);
		fputc('\n', stderr);
		abort();
	}
}

/* The file includes itself, whatever name it asks for, and "none" is not there. */
struct self {
	const char *s;
	size_t n;
};

static int include(void *to, const char *from, const char *name, const char **path, const char **s,
	size_t *n)
{
	const struct self *self = to;

	(void)from;
	*path = name;
	*s = self->s;
	*n = self->n;
	return strcmp(name, "none") == 0;
}

static long service(void *to, const char *name)
{
	(void)to;
	return strcmp(name, "smtps") == 0 ? 465 : -1;
}

static void check_findings(struct lint *l)
{
	size_t n;
	const struct lint_finding *found = lint_findings(l, &n);

	for (size_t i = 0; i < n; i++) {
		const struct lint_source *source = lint_source_at(l, found[i].at);

		check(found[i].rule <= LINT_RULES, "no such rule");
		check(found[i].text && *found[i].text, "a finding without text");
		check((found[i].fix != NULL) == (found[i].rule != 0),
			"a fix is missing, or too much");
		check(found[i].at - source->base <= source->n &&
				found[i].n <= source->n - (found[i].at - source->base),
			"a finding lies outside its file");
		for (unsigned e = 0; e < found[i].edits; e++) {
			source = lint_source_at(l, found[i].edit[e].at);
			check(found[i].edit[e].at <= found[i].edit[e].end &&
					found[i].edit[e].end - source->base <= source->n,
				"an edit lies outside its file");
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum lint_type type = size > 0 && (data[0] & 1) ? LINT_CF : LINT_MC;
	struct self self = { NULL, size > 0 ? size - 1 : 0 };
	struct lint_host host = { include, NULL, service, &self };
	char *s = malloc(self.n + 1);
	size_t made = 1;

	check(s != NULL, "out of memory");
	if (self.n > 0)
		memcpy(s, data + 1, self.n);
	for (unsigned round = 0; made > 0; round++) {
		struct lint *l = lint_new(&host, false);
		struct lint_fault fault;
		char *fixed;
		bool good;

		check(l != NULL, "out of memory");
		check(round < ROUNDS, "fixing does not come to an end");
		self.s = s;
		good = lint_read(l, type, "fuzz", s, self.n, &fault);
		check(good || (fault.text && *fault.text), "a fault without text");
		check_findings(l);
		fixed = lint_fix(l, 0, 0, &self.n, &made);
		check(fixed != NULL, "out of memory");
		lint_free(l);
		free(s);
		s = fixed;
	}
	free(s);
	return 0;
}
