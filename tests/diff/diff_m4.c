/* diff_m4.c: the reader of .mc files beside m4 itself, over random texts of the language that both
 * know: the same text comes out, or both refuse it. */
#include "../unit/random.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../src/mail/m4.h"

enum { TEXTS = 1500, PIECES = 40, TEXT_MAX = 8192 };

/* What is read before every text, by both: sendmail's macros begin like this too. */
static const char *const before = "changecom()dnl\n";

static const char *const pieces[] = { "`", "'", "`", "'", "(", ")", ",", ", ", " ", "\n", "dnl",
	"dnl\n", "a", "b", "c", "d(", "e(", "a(", "b(", "x1", "1", "$1", "$2", "$#", "$*", "$@",
	"$0", "# ", "define(`a', `b')", "define(`b', `<$1|$2>')", "define(`c', a)",
	"define(`d', `$@')", "define(`e', `ifelse(`$1', `', `none', `$1')')",
	"define(`c', `$*;$#')", "undefine(`a')", "pushdef(`b', `above $1')", "popdef(`b')",
	"defn(`b')", "defn(`a')", "ifdef(`a', `yes', `no')", "ifdef(`c', `yes')",
	"ifelse(a, b, `same', `other')", "ifelse(`1', `2', `x', `3', `3', `y', `z')", "ifelse(",
	"shift(a, b, `c')", "shift(", "len(`abc')", "len(a)", "index(`abcabc', `ca')",
	"substr(`abcdef', 2, 3)", "substr(`abc', 1)", "translit(`abcabc', `ab', `xy')",
	"translit(`abc', `b')", "incr(`6')", "decr(`6')", "b(1, 2)", "b(`1, 2', `3')",
	"d(`x', `y')", "e()", "e(`q')", "c(1,(2,3),4)", "`quoted `text''",
	"changequote([, ])[a]changequote`'", "changequote`'", "divert(-1)", "divert(0)", "divert",
	"define(", "(a, b)", "`a'(1)", "b (1)", "b\n(1)", "divnum", "changecom(`#')",
	"changecom(`<*', `*>')", "changecom`'", "<*", "a *> a", "__unix__(1)", "`<*'" };

static size_t generate(char *s)
{
	size_t n = 0, pieces_n = sizeof(pieces) / sizeof(pieces[0]);
	unsigned count = 1 + random_below(PIECES);

	for (unsigned i = 0; i < count; i++) {
		const char *piece = pieces[random_below((unsigned)pieces_n)];

		memcpy(s + n, piece, strlen(piece));
		n += strlen(piece);
	}
	/* Most texts should end well. */
	if (random_below(4))
		n += (size_t)sprintf(s + n, "''''))))");
	s[n++] = '\n';
	return n;
}

struct output {
	char *s;
	size_t n, cap;
};

static bool keep_byte(void *to, char c, struct origin at)
{
	struct output *o = to;

	(void)at;
	if (o->n == o->cap) {
		o->cap = o->cap ? 2 * o->cap : 4096;
		o->s = realloc(o->s, o->cap);
		assert_non_null(o->s);
	}
	o->s[o->n++] = c;
	return true;
}

static bool at_end(void *to, struct m4 *m)
{
	(void)to;
	(void)m;
	return true;
}

static const char *no_fault(void *to)
{
	(void)to;
	return "";
}

/* False when the text is refused. */
static bool ours(const char *s, size_t n, struct output *out)
{
	static const struct m4_macro none = { NULL, 0, false };
	struct m4_user user = { NULL, keep_byte, at_end, no_fault, out };
	struct lint *l = lint_new(NULL, false);
	struct lint_fault fault;
	uint32_t base;
	bool good;

	assert_non_null(l);
	assert_true(lint_add_source(l, LINT_MC, "text", s, n, &base));
	good = m4_read(l, s, n, base, &none, &user, &fault);
	lint_free(l);
	return good;
}

/* Runs m4 on a file; false when it fails, or gives up without an end. */
static bool theirs(const char *path, struct output *out)
{
	int fds[2], status;
	char buf[4096];
	ssize_t got;
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR);

		alarm(10);
		dup2(null, 0);
		dup2(fds[1], 1);
		dup2(null, 2);
		close(fds[0]);
		execlp("m4", "m4", path, (char *)NULL);
		_exit(127);
	}
	close(fds[1]);
	while ((got = read(fds[0], buf, sizeof(buf))) > 0)
		for (ssize_t i = 0; i < got; i++)
			keep_byte(out, buf[i], (struct origin){ 0, 0 });
	close(fds[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void texts(void **state)
{
	char path[] = "/tmp/v6kit-m4-XXXXXX", s[TEXT_MAX];
	int fd = mkstemp(path);
	unsigned taken = 0;

	(void)state;
	assert_true(fd >= 0);
	for (unsigned i = 0; i < TEXTS; i++) {
		struct output a = { NULL, 0, 0 }, b = { NULL, 0, 0 };
		size_t n = strlen(before);
		bool good;

		memcpy(s, before, n);
		n += generate(s + n);
		good = ours(s, n, &a);
		assert_int_equal(ftruncate(fd, 0), 0);
		assert_int_equal(pwrite(fd, s, n, 0), (ssize_t)n);
		if (theirs(path, &b) != good ||
			(good && (a.n != b.n || (a.n > 0 && memcmp(a.s, b.s, a.n) != 0))))
			fail_msg("text %u:\n%.*s\nhere (%s):\n%.*s\nm4:\n%.*s", i, (int)n, s,
				good ? "taken" : "refused", (int)a.n, a.n ? a.s : "", (int)b.n,
				b.n ? b.s : "");
		taken += good;
		free(a.s);
		free(b.s);
	}
	close(fd);
	unlink(path);
	printf("# %u texts, %u of them taken\n", TEXTS, taken);
	assert_in_range(taken, TEXTS / 4, TEXTS);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(texts) };

	random_seed();
	if (system("m4 --version >/dev/null 2>&1") != 0) {
		puts("1..0 # SKIP no m4");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
