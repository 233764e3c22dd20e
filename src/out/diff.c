/* diff.c: a unified diff in linear time. Both texts are walked side by side; where they part, they
 * are taken to meet again within a few lines, which is so for a file with small corrections. */
#include "diff.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CONTEXT = 3, LOOK = 32 };

/* A place in a text, at the beginning of a line. */
struct at {
	size_t off, line; /* the line from 0 */
};

struct side {
	const char *s;
	size_t n;
};

/* Old lines that became new ones; either may be none. */
struct change {
	struct at old, old_end, new, new_end;
};

struct changes {
	struct change *change;
	size_t n, cap;
};

/* The length of the line at off, its newline included. */
static size_t line_length(const struct side *t, size_t off)
{
	const char *newline = memchr(t->s + off, '\n', t->n - off);

	return newline ? (size_t)(newline - t->s) + 1 - off : t->n - off;
}

static struct at next(const struct side *t, struct at at)
{
	return (struct at){ at.off + line_length(t, at.off), at.line + 1 };
}

static bool same_line(const struct side *a, size_t a_off, const struct side *b, size_t b_off)
{
	size_t n = line_length(a, a_off);

	return n == line_length(b, b_off) && memcmp(a->s + a_off, b->s + b_off, n) == 0;
}

/* The next lines of a text, LOOK at most: where each begins, and where the last one ends. */
struct ahead {
	const struct side *side;
	struct at at[LOOK + 1];
	size_t n;
};

static void look(struct ahead *ahead, const struct side *side, struct at from)
{
	ahead->side = side;
	ahead->at[0] = from;
	for (ahead->n = 0; ahead->n < LOOK && ahead->at[ahead->n].off < side->n; ahead->n++)
		ahead->at[ahead->n + 1] = next(side, ahead->at[ahead->n]);
}

static bool same_ahead(const struct ahead *x, size_t i, const struct ahead *y, size_t j)
{
	size_t n;

	if (i == x->n || j == y->n)
		return x->at[i].off == x->side->n && y->at[j].off == y->side->n;
	n = x->at[i + 1].off - x->at[i].off;
	return n == y->at[j + 1].off - y->at[j].off &&
		memcmp(x->side->s + x->at[i].off, y->side->s + y->at[j].off, n) == 0;
}

/* Whether the texts meet i and j lines ahead. When lines were added or taken away, one line that is
 * the same says little: it may be blank. */
static bool meet(const struct ahead *x, size_t i, const struct ahead *y, size_t j)
{
	if (!same_ahead(x, i, y, j))
		return false;
	return i == j || i == x->n || j == y->n || same_ahead(x, i + 1, y, j + 1);
}

/* From where the texts part to the nearest place where they meet again, or over all that was looked
 * at. */
static struct change part(const struct side *old, struct at a, const struct side *new, struct at b)
{
	struct ahead x, y;

	look(&x, old, a);
	look(&y, new, b);
	for (size_t skipped = 1; skipped <= x.n + y.n; skipped++)
		for (size_t i = skipped > y.n ? skipped - y.n : 0; i <= skipped && i <= x.n; i++)
			if (meet(&x, i, &y, skipped - i))
				return (struct change){ a, x.at[i], b, y.at[skipped - i] };
	return (struct change){ a, x.at[x.n], b, y.at[y.n] };
}

static bool add(struct changes *c, struct change change)
{
	struct change *last = c->n > 0 ? &c->change[c->n - 1] : NULL;

	if (last && last->old_end.off == change.old.off && last->new_end.off == change.new.off) {
		last->old_end = change.old_end;
		last->new_end = change.new_end;
		return true;
	}
	if (c->n == c->cap) {
		size_t cap = c->cap ? 2 * c->cap : 64;
		struct change *more = realloc(c->change, cap * sizeof(*more));

		if (!more)
			return false;
		c->change = more;
		c->cap = cap;
	}
	c->change[c->n++] = change;
	return true;
}

static bool compare(struct changes *c, const struct side *old, const struct side *new)
{
	struct at a = { 0, 0 }, b = { 0, 0 };

	while (a.off < old->n || b.off < new->n) {
		if (a.off < old->n && b.off < new->n &&same_line(old, a.off, new, b.off)) {
			a = next(old, a);
			b = next(new, b);
		} else {
			struct change change = part(old, a, new, b);

			if (!add(c, change))
				return false;
			a = change.old_end;
			b = change.new_end;
		}
	}
	return true;
}

struct printer {
	out_write *write;
	void *to;
};

static void put(const struct printer *p, const char *s, size_t n)
{
	p->write(p->to, s, n);
}

static void put_text(const struct printer *p, const char *text)
{
	put(p, text, strlen(text));
}

static void put_number(const struct printer *p, size_t number)
{
	char digits[20];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	put(p, digits + at, sizeof(digits) - at);
}

/* "--- a/NAME". A name with bytes that could be misread is quoted as C has it, which patch and git
 * read; one with a blank gets a tab, where its name ends. */
static void put_name(const struct printer *p, const char *before, const char *name)
{
	bool quote = false, blank = false;

	for (const char *at = name; *at; at++) {
		quote |= *at < ' ' || *at > '~' || *at == '"' || *at == '\\';
		blank |= *at == ' ';
	}
	put(p, before, 4);
	put_text(p, quote ? "\"" : "");
	put_text(p, before + 4);
	for (name += strspn(name, "/"); *name; name++) {
		unsigned char c = (unsigned char)*name;
		char octal[] = { '\\', (char)('0' + (c >> 6)), (char)('0' + (c >> 3 & 7)),
			(char)('0' + (c & 7)) };

		if (c == '"' || c == '\\')
			put_text(p, "\\");
		if (c < ' ' || c > '~')
			put(p, octal, sizeof(octal));
		else
			put(p, name, 1);
	}
	put_text(p, quote ? "\"\n" : blank ? "\t\n" : "\n");
}

/* "-12,3": from line `first`, from 0, n lines. Of none it is the line before. */
static void put_lines(const struct printer *p, const char *sign, size_t first, size_t n)
{
	put_text(p, sign);
	put_number(p, n > 0 ? first + 1 : first);
	if (n != 1) {
		put_text(p, ",");
		put_number(p, n);
	}
}

/* The lines from one place up to another, each behind a mark. */
static void put_part(const struct printer *p, const char *mark, const struct side *t, size_t from,
	size_t to)
{
	while (from < to) {
		size_t n = line_length(t, from);

		put(p, mark, 1);
		put(p, t->s + from, n);
		if (t->s[from + n - 1] != '\n')
			put_text(p, "\n\\ No newline at end of file\n");
		from += n;
	}
}

/* At most CONTEXT lines back, not past the beginning. */
static struct at back(const struct side *t, struct at at)
{
	for (unsigned i = 0; i < CONTEXT && at.line > 0; i++) {
		at.line--;
		at.off--;
		while (at.off > 0 && t->s[at.off - 1] != '\n')
			at.off--;
	}
	return at;
}

static struct at forward(const struct side *t, struct at at)
{
	for (unsigned i = 0; i < CONTEXT && at.off < t->n; i++)
		at = next(t, at);
	return at;
}

/* Prints changes whose context touches as one hunk. Returns how many they are. */
static size_t put_hunk(const struct printer *p, const struct changes *c, size_t first,
	const struct side *old, const struct side *new)
{
	const struct change *change = &c->change[first];
	size_t n = 1, context;
	struct at from = back(old, change->old), end, at = from;

	while (first + n < c->n &&
		change[n].old.line - change[n - 1].old_end.line <= (size_t)2 * CONTEXT)
		n++;
	end = forward(old, change[n - 1].old_end);
	context = (change->old.line - from.line) + (end.line - change[n - 1].old_end.line);
	for (size_t i = 1; i < n; i++)
		context += change[i].old.line - change[i - 1].old_end.line;
	put_lines(p, "@@ -", from.line, end.line - from.line);
	for (size_t i = 0; i < n; i++)
		context += change[i].new_end.line - change[i].new.line;
	put_lines(p, " +", change->new.line - (change->old.line - from.line), context);
	put_text(p, " @@\n");
	for (size_t i = 0; i < n; i++) {
		put_part(p, " ", old, at.off, change[i].old.off);
		put_part(p, "-", old, change[i].old.off, change[i].old_end.off);
		put_part(p, "+", new, change[i].new.off, change[i].new_end.off);
		at = change[i].old_end;
	}
	put_part(p, " ", old, at.off, end.off);
	return n;
}

bool diff_unified(out_write *write, void *to, const char *name, const char *old, size_t old_n,
	const char *new, size_t new_n)
{
	struct side a = { old, old_n }, b = { new, new_n };
	struct printer p = { write, to };
	struct changes c = { .n = 0 };
	bool good = compare(&c, &a, &b);

	if (good && c.n > 0) {
		put_name(&p, "--- a/", name);
		put_name(&p, "+++ b/", name);
		for (size_t i = 0; i < c.n;)
			i += put_hunk(&p, &c, i, &a, &b);
	}
	free(c.change);
	return good;
}
