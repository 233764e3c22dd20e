/* test_vectors.c: the rows of tab-separated vector files, one test a file. Built twice: over the
 * project's own files (test-vectors), and over those that others wrote, where they are at hand
 * (test-corpora, with V6KIT_TEST_CORPORA defined).
 *
 * A row is KIND<TAB>INPUT<TAB>EXPECTED[<TAB>...]; "#" begins a comment line. Escapes in both texts:
 * \\ \t \n \r \xNN. Expected is "!" for what must be refused; the own files may say how, as in
 * "!ECHAR 5+1" (code, offset, length). Kinds:
 *     addr addr4 addr6        a plain address, a zone allowed: canonical text
 *     net net4 net6           a prefix, host bits cleared
 *     netstrict netstrict4..6 a prefix, host bits refused; netmask: netmasks are read
 *     range                   a range or a prefix: FIRST-LAST
 *     norm                    any notation: canonical, nothing lost; again from its own output
 *     full mixed arpa ...     any notation in that style; arpa: of addresses, and back
 *     int-4 hex-6 base85-0    a number of that family (0: it says so itself): canonical text */
#include <stdlib.h>

#include <sys/stat.h>

#include "lib.h"

enum { TEXT_MAX = 4096 };

static int hex_value(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The bytes of an escaped field; -1 for an unknown escape. */
static int unescape(const char *from, char *out)
{
	int n = 0;

	for (; *from && n < TEXT_MAX - 1; from++) {
		if (*from != '\\') {
			out[n++] = *from;
			continue;
		}
		from++;
		if (*from == '\\')
			out[n++] = '\\';
		else if (*from == 't')
			out[n++] = '\t';
		else if (*from == 'n')
			out[n++] = '\n';
		else if (*from == 'r')
			out[n++] = '\r';
		else if (*from == 'x' && hex_value(from[1]) >= 0 && hex_value(from[2]) >= 0) {
			out[n++] = (char)(hex_value(from[1]) * 16 + hex_value(from[2]));
			from += 2;
		} else {
			return -1;
		}
	}
	out[n] = 0;
	return n;
}

/* The answer of the core to a row, as the row would have it. */
struct answer {
	char text[TEXT_MAX];
	int code;
	struct v6k_error err;
};

static void take(struct answer *a, int n)
{
	if (n < 0) {
		a->code = n;
		a->err = (struct v6k_error){ n, 0, 0 };
		n = 0;
	}
	a->text[n] = 0;
}

static int wanted_family(const char *kind)
{
	size_t n = strlen(kind);

	return n && kind[n - 1] == '4' ? V6K_IPV4 : n && kind[n - 1] == '6' ? V6K_IPV6 : V6K_NONE;
}

/* Only the address and a zone: the part before the "%" has to be an address by itself. */
static void answer_addr(const char *kind, const char *s, size_t n, struct answer *a)
{
	const char *zone = memchr(s, '%', n);
	struct v6k_notation what;
	struct v6k_addr plain;
	int family = wanted_family(kind);

	a->code = v6k_addr_parse(s, zone ? (size_t)(zone - s) : n, &plain, &a->err);
	if (a->code == 0)
		a->code = v6k_notation_parse(s, n, 0, &what, &a->err);
	if (a->code == 0 && (what.kind != V6K_KIND_ADDR || what.has_port))
		a->code = V6K_ENOTADDR;
	if (a->code == 0 && family && what.addr.family != family)
		a->code = V6K_EFAMILY;
	if (a->code == 0)
		take(a, v6k_notation_format(&what, s, V6K_CANONICAL, a->text, TEXT_MAX - 1));
}

static void answer_prefix(const char *kind, unsigned flags, const char *s, size_t n,
	struct answer *a)
{
	struct v6k_prefix p;
	int family = wanted_family(kind);

	a->code = v6k_prefix_parse(s, n, flags, &p, &a->err);
	if (a->code == 0 && family && p.family != family)
		a->code = V6K_EFAMILY;
	if (a->code == 0)
		take(a, v6k_prefix_format(p, V6K_CANONICAL, a->text, TEXT_MAX - 1));
}

static void answer_range(const char *s, size_t n, struct answer *a)
{
	struct v6k_range r;

	a->code = v6k_range_parse(s, n, 0, &r, &a->err);
	if (a->code == 0)
		take(a, v6k_range_format(r, V6K_CANONICAL, a->text, TEXT_MAX - 1));
}

static void answer_style(enum v6k_style style, const char *s, size_t n, struct answer *a)
{
	struct v6k_notation what, back;
	size_t text_n;

	a->code = v6k_notation_parse(s, n, 0, &what, &a->err);
	if (a->code == 0)
		take(a, v6k_notation_format(&what, s, style, a->text, TEXT_MAX - 1));
	if (a->code || style == V6K_BARE || style == V6K_HEX || style == V6K_INT ||
		style == V6K_BITS || style == V6K_BASE85 || style == V6K_CINIT || style == V6K_ACCESS)
		return;
	/* The other styles are notations: reading the answer loses nothing either. */
	text_n = strlen(a->text);
	if (v6k_notation_parse(a->text, text_n, 0, &back, NULL) ||
		v6k_addr_cmp(what.addr, back.addr) || v6k_addr_cmp(what.last, back.last) ||
		what.bits != back.bits || what.kind != back.kind || what.port != back.port ||
		what.zone_len != back.zone_len ||
		memcmp(s + what.zone_off, a->text + back.zone_off, what.zone_len) != 0)
		strcpy(a->text + text_n, " (cannot be read back)");
}

static void answer_number(const char *kind, enum v6k_from from, const char *s, size_t n,
	struct answer *a)
{
	struct v6k_notation what;

	a->code = v6k_number_parse(s, n, from, (enum v6k_family)wanted_family(kind), &what, &a->err);
	if (a->code == 0)
		take(a, v6k_notation_format(&what, s, V6K_CANONICAL, a->text, TEXT_MAX - 1));
}

/* Whether kind is name, or name and a family. */
static int kind_is(const char *kind, const char *name)
{
	size_t n = strlen(name);

	if (strncmp(kind, name, n) != 0)
		return 0;
	kind += n;
	return *kind == 0 || strcmp(kind, "4") == 0 || strcmp(kind, "6") == 0;
}

static int answer_row(const char *kind, const char *s, size_t n, struct answer *a)
{
	enum v6k_style style;

	*a = (struct answer){ .code = 0 };
	if (kind_is(kind, "addr"))
		answer_addr(kind, s, n, a);
	else if (kind_is(kind, "net"))
		answer_prefix(kind, V6K_PARSE_MASK, s, n, a);
	else if (kind_is(kind, "netstrict"))
		answer_prefix(kind, 0, s, n, a);
	else if (kind_is(kind, "netmask"))
		answer_prefix(kind, V6K_PARSE_NETMASK, s, n, a);
	else if (strcmp(kind, "range") == 0)
		answer_range(s, n, a);
	else if (strcmp(kind, "norm") == 0)
		answer_style(V6K_CANONICAL, s, n, a);
	else if (strncmp(kind, "int-", 4) == 0)
		answer_number(kind, V6K_FROM_INT, s, n, a);
	else if (strncmp(kind, "hex-", 4) == 0)
		answer_number(kind, V6K_FROM_HEX, s, n, a);
	else if (strncmp(kind, "base85-", 7) == 0)
		answer_number(kind, V6K_FROM_BASE85, s, n, a);
	else if (v6k_style_from_name(kind, strlen(kind), &style) == 0)
		answer_style(style, s, n, a);
	else
		return 0;
	return 1;
}

/* One row; 1 when it is as expected. line is cut in pieces. */
static int check_row(const char *file, unsigned number, char *line)
{
	static char input[TEXT_MAX], want[TEXT_MAX], got[TEXT_MAX + 64];
	static struct answer a;
	char *field[3] = { line, NULL, NULL };
	int n, refused, same;

	for (unsigned i = 1; i < 3; i++) {
		field[i] = strchr(field[i - 1], '\t');
		if (!field[i]) {
			printf("# %s:%u: fewer than 3 fields\n", file, number);
			return 0;
		}
		*field[i]++ = 0;
	}
	field[2][strcspn(field[2], "\t")] = 0;
	n = unescape(field[1], input);
	if (n < 0 || unescape(field[2], want) < 0) {
		printf("# %s:%u: unknown escape\n", file, number);
		return 0;
	}
	if (!answer_row(field[0], input, (size_t)n, &a)) {
		printf("# %s:%u: unknown kind %s\n", file, number, field[0]);
		return 0;
	}
	refused = a.code != 0;
	strcpy(got, a.text);
	if (refused) {
		got[0] = '!';
		error_text(a.code, &a.err, got + 1);
	}
	same = strcmp(want, "!") == 0 ? refused : strcmp(got, want) == 0;
	if (!same)
		printf("# %s:%u: %s %s: got %s, want %s\n", file, number, field[0], field[1], got, want);
	return same;
}

struct vectors {
	const char *dir, *name;
	const char *only; /* the one kind to check, null for all */
	unsigned rows_min;
};

static void check_file(void **state)
{
	const struct vectors *v = *state;
	static char line[4 * TEXT_MAX];
	char path[TEXT_MAX];
	unsigned rows = 0, good = 0, number = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", v->dir, v->name);
	f = fopen(path, "r");
	if (!f)
		fail_msg("cannot open %s", path);
	while (fgets(line, sizeof(line), f)) {
		size_t n = strcspn(line, "\n");

		number++;
		if (n == sizeof(line) - 1) {
			fclose(f);
			fail_msg("%s:%u: line too long", path, number);
		}
		line[n] = 0;
		if (n == 0 || line[0] == '#')
			continue;
		if (v->only && (strncmp(line, v->only, strlen(v->only)) != 0 ||
				       line[strlen(v->only)] != '\t'))
			continue;
		rows++;
		good += (unsigned)check_row(v->name, number, line);
	}
	fclose(f);
	printf("# %s: %u rows\n", v->name, rows);
	if (good != rows)
		fail_msg("%u of %u rows failed", rows - good, rows);
	if (rows < v->rows_min)
		fail_msg("%u rows, at least %u were there", rows, v->rows_min);
}

#ifdef V6KIT_TEST_CORPORA

static const char base_default[] = "../shared/corpora";
#define BASE getenv("V6KIT_CORPORA")
static struct vectors files[] = {
	{ NULL, "addr/cpython.tsv", NULL, 774 },
	{ NULL, "addr/glibc.tsv", NULL, 106 },
	{ NULL, "addr/go-netip.tsv", NULL, 115 },
	{ NULL, "addr/ipaddr.js.tsv", NULL, 84 },
	{ NULL, "addr/ipv6-parse.tsv", NULL, 40 },
	{ NULL, "addr/netaddr.tsv", NULL, 181 },
	{ NULL, "addr/rust-std.tsv", NULL, 49 },
	{ NULL, "ops/cpython.tsv", "arpa", 5 },
	{ NULL, "facts/transition_misc.tsv", "arpa", 1 },
};

#else

static const char base_default[] = ".";
#define BASE getenv("srcdir")
static struct vectors files[] = {
	{ NULL, "tests/vectors/rulings.tsv", NULL, 206 },
	{ NULL, "tests/vectors/notations.tsv", NULL, 157 },
	{ NULL, "tests/vectors/styles.tsv", NULL, 86 },
};

#endif

int main(void)
{
	struct CMUnitTest tests[COUNT(files)];
	const char *base = BASE, *require = getenv("V6KIT_REQUIRE");
	struct stat st;

	if (!base || !*base)
		base = base_default;
#ifdef V6KIT_TEST_CORPORA
	if (stat(base, &st) != 0 || !S_ISDIR(st.st_mode)) {
		/* The word may stand anywhere in a list of words. */
		int required = require && strstr(require, "corpora");

		printf(required ? "1..1\nnot ok 1 - the corpora are required, and not there: %s\n" :
				  "1..0 # SKIP no corpora: %s is no folder (V6KIT_CORPORA)\n",
			base);
		return required;
	}
#else
	(void)require;
	(void)st;
#endif
	for (size_t i = 0; i < COUNT(files); i++) {
		files[i].dir = base;
		tests[i] = (struct CMUnitTest){ files[i].name, check_file, NULL, NULL, &files[i] };
	}
	return _cmocka_run_group_tests("vectors", tests, COUNT(files), NULL, NULL);
}
