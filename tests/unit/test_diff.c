/* test_diff.c: unified diffs, applied as patch(1) would, to random texts. That patch(1) does so too
 * is in tests/cli/lint.t. */
#include "lib.h"

#include <stdbool.h>

#include "../../src/out/diff.h"
#include "random.h"

struct text {
	char s[1 << 16];
	size_t n;
};

static void add(void *to, const char *s, size_t n)
{
	struct text *t = to;

	if (n > sizeof(t->s) - t->n)
		fail_msg("the text is too long for this test");
	memcpy(t->s + t->n, s, n);
	t->n += n;
}

static void add_text(struct text *t, const char *text)
{
	add(t, text, strlen(text));
}

static size_t line_length(const struct text *t, size_t at)
{
	const char *newline = memchr(t->s + at, '\n', t->n - at);

	return newline ? (size_t)(newline - t->s) + 1 - at : t->n - at;
}

static size_t number(const struct text *t, size_t *at)
{
	size_t n = 0;

	while (t->s[*at] >= '0' && t->s[*at] <= '9')
		n = n * 10 + (size_t)(t->s[(*at)++] - '0');
	return n;
}

/* "12,3", "12": lines from 0. */
static void range_of(const struct text *diff, size_t *at, size_t *first, size_t *n)
{
	*first = number(diff, at);
	*n = 1;
	if (diff->s[*at] == ',') {
		++*at;
		*n = number(diff, at);
	}
	if (*n > 0)
		--*first;
}

/* A line of a diff without its mark, and without the newline that is none of the text's. */
static size_t body(const struct text *diff, size_t at, size_t n)
{
	static const char none[] = "\\ No newline at end of file\n";
	size_t next = at + n;

	if (diff->n - next >= sizeof(none) - 1 &&
		memcmp(diff->s + next, none, sizeof(none) - 1) == 0)
		return n - 2;
	return n - 1;
}

static void apply(const struct text *old, const struct text *diff, struct text *out)
{
	size_t at = 0, from = 0, old_line = 0, new_line = 0;

	out->n = 0;
	if (diff->n > 0) {
		assert_memory_equal(diff->s, "--- a/", 6);
		at += line_length(diff, at);
		assert_memory_equal(diff->s + at, "+++ b/", 6);
		at += line_length(diff, at);
	}
	while (at < diff->n) {
		size_t old_first, old_n, new_first, new_n;

		assert_memory_equal(diff->s + at, "@@ -", 4);
		at += 4;
		range_of(diff, &at, &old_first, &old_n);
		assert_memory_equal(diff->s + at, " +", 2);
		at += 2;
		range_of(diff, &at, &new_first, &new_n);
		assert_memory_equal(diff->s + at, " @@\n", 4);
		at += 4;
		for (; old_line < old_first; old_line++, new_line++) {
			size_t n = line_length(old, from);

			assert_true(n > 0);
			add(out, old->s + from, n);
			from += n;
		}
		assert_int_equal(old_line, old_first);
		assert_int_equal(new_line, new_first);
		while (old_n > 0 || new_n > 0) {
			size_t n = line_length(diff, at), text_n = body(diff, at, n);
			char mark = diff->s[at];

			if (mark != '+') {
				assert_true(old_n-- > 0);
				assert_int_equal(line_length(old, from), text_n);
				assert_memory_equal(old->s + from, diff->s + at + 1, text_n);
				from += text_n;
				old_line++;
			}
			if (mark != '-') {
				assert_true(new_n-- > 0);
				add(out, diff->s + at + 1, text_n);
				new_line++;
			}
			at += n;
			if (text_n == n - 2)
				at += line_length(diff, at);
		}
	}
	add(out, old->s + from, old->n - from);
}

static void make_text(struct text *t, unsigned kinds)
{
	size_t lines = random_below(60);

	t->n = 0;
	for (size_t i = 0; i < lines; i++) {
		char c = (char)('a' + random_below(kinds));

		add(t, &c, 1);
		if (i + 1 < lines || random_below(3) > 0)
			add_text(t, "\n");
	}
}

/* Some lines otherwise, some gone, some new. */
static void change(const struct text *old, struct text *t, unsigned kinds)
{
	unsigned often = 1 + random_below(30);

	t->n = 0;
	for (size_t at = 0, n; at < old->n; at += n) {
		n = line_length(old, at);
		if (random_below(often) > 0) {
			add(t, old->s + at, n);
			continue;
		}
		for (size_t more = random_below(4); more > 0; more--) {
			char line[] = { (char)('a' + random_below(kinds)), '\n' };

			add(t, line, 2);
		}
	}
}

static void random_texts(void **state)
{
	static struct text old, new, diff, got;

	(void)state;
	random_seed();
	for (unsigned i = 0; i < 20000; i++) {
		unsigned kinds = i % 2 ? 3 : 20;

		make_text(&old, kinds);
		if (i % 8 == 0)
			make_text(&new, kinds);
		else
			change(&old, &new, kinds);
		diff.n = 0;
		assert_true(diff_unified(add, &diff, "x", old.s, old.n, new.s, new.n));
		apply(&old, &diff, &got);
		assert_int_equal(got.n, new.n);
		assert_memory_equal(got.s, new.s, new.n);
		assert_int_equal(diff.n == 0, old.n == new.n &&memcmp(old.s, new.s, old.n) == 0);
	}
}

static const struct {
	const char *name, *old, *new, *diff;
} rows[] = {
	{ "x", "", "", "" },
	{ "x", "a\n", "a\n", "" },
	{ "x", "a\n", "b\n", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n" },
	{ "x", "", "b\n", "--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+b\n" },
	{ "x", "a\n", "", "--- a/x\n+++ b/x\n@@ -1 +0,0 @@\n-a\n" },
	{ "x", "a", "a\n",
		"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n" },
	{ "x", "a\nb", "c\nb",
		"--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\n+c\n b\n\\ No newline at end of file\n" },
	{ "x", "1\n2\n3\n4\na\n5\n6\n7\n8\n", "1\n2\n3\n4\nb\n5\n6\n7\n8\n",
		"--- a/x\n+++ b/x\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-a\n+b\n 5\n 6\n 7\n" },
	{ "x", "a\n2\n3\n4\n5\n6\n7\na\n", "b\n2\n3\n4\n5\n6\n7\nb\n",
		"--- a/x\n+++ b/x\n@@ -1,8 +1,8 @@\n-a\n+b\n 2\n 3\n 4\n 5\n 6\n 7\n-a\n+b\n" },
	{ "x", "a\n2\n3\n4\n5\n6\n7\n8\na\n", "b\n2\n3\n4\n5\n6\n7\n8\nb\n",
		"--- a/x\n+++ b/x\n@@ -1,4 +1,4 @@\n-a\n+b\n 2\n 3\n 4\n"
		"@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-a\n+b\n" },
	{ "x", "a\nb\nc\n", "A\nb\nC\n",
		"--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n-a\n+A\n b\n-c\n+C\n" },
	{ "dir/a b", "a\n", "b\n", "--- a/dir/a b\t\n+++ b/dir/a b\t\n@@ -1 +1 @@\n-a\n+b\n" },
	{ "//etc/x", "a\n", "b\n", "--- a/etc/x\n+++ b/etc/x\n@@ -1 +1 @@\n-a\n+b\n" },
	{ "\"\\\n\xe4", "a\n", "b\n",
		"--- \"a/\\\"\\\\\\012\\344\"\n+++ \"b/\\\"\\\\\\012\\344\"\n@@ -1 +1 @@\n-a\n+b\n" },
};

static void table(void **state)
{
	static struct text diff;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		diff.n = 0;
		assert_true(diff_unified(add, &diff, rows[i].name, rows[i].old, strlen(rows[i].old),
			rows[i].new, strlen(rows[i].new)));
		add(&diff, "", 1);
		assert_string_equal(diff.s, rows[i].diff);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table),
		cmocka_unit_test(random_texts),
	};

	return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
