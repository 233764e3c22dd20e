/* m4.c: the language of .mc files. It is m4 as POSIX and sendmail's own files use it; what needs a
 * shell or the rest of sendmail's sources is told by a note, and leaves ORIGIN_UNKNOWN in the text. */
#include "m4.h"

#include <stdlib.h>
#include <string.h>

#include "literal.h"
#include "word.h"

enum {
	ARGUMENTS_MAX = 64,
	CALLS_MAX = 1024, /* nested ones, as GNU m4 has it */
	INCLUDES_MAX = 64,
	INPUTS_MAX = 16384, /* texts of which each waits for the one above it */
	CALL_COST = 16,     /* in bytes, so that a macro that is itself ends too */
	INCLUDE_COST = 512, /* in bytes: opening a small file is more work than reading it */
	QUOTE_MAX = 32,
	TEXT_MAX = 1 << 20 /* of one argument, as of a line (SPEC section 8) */
};

/* What m4 itself has. Sendmail's macros follow from M4_USER on. */
enum {
	OP_BODY, /* the file's own */
	OP_DEFINE,
	OP_PUSHDEF,
	OP_UNDEFINE,
	OP_POPDEF,
	OP_DEFN,
	OP_IFDEF,
	OP_IFELSE,
	OP_SHIFT,
	OP_DNL,
	OP_CHANGEQUOTE,
	OP_CHANGECOM,
	OP_DIVERT,
	OP_UNDIVERT,
	OP_DIVNUM,
	OP_INCLUDE,
	OP_SINCLUDE,
	OP_LEN,
	OP_INDEX,
	OP_SUBSTR,
	OP_TRANSLIT,
	OP_INCR,
	OP_DECR,
	OP_NOTHING, /* has no part in what is configured */
	OP_UNKNOWN,
	OP_EXIT,
	OP_USER
};

static const struct {
	const char *name;
	int op;
	bool needs_arguments; /* without a parenthesis it is a plain word */
} builtins[] = {
	{ "define", OP_DEFINE, true },
	{ "pushdef", OP_PUSHDEF, true },
	{ "undefine", OP_UNDEFINE, true },
	{ "popdef", OP_POPDEF, true },
	{ "defn", OP_DEFN, true },
	{ "ifdef", OP_IFDEF, true },
	{ "ifelse", OP_IFELSE, true },
	{ "shift", OP_SHIFT, true },
	{ "dnl", OP_DNL, false },
	{ "changequote", OP_CHANGEQUOTE, false },
	{ "changecom", OP_CHANGECOM, false },
	{ "divert", OP_DIVERT, false },
	{ "undivert", OP_UNDIVERT, false },
	{ "divnum", OP_DIVNUM, false },
	{ "include", OP_INCLUDE, true },
	{ "sinclude", OP_SINCLUDE, true },
	{ "len", OP_LEN, true },
	{ "index", OP_INDEX, true },
	{ "substr", OP_SUBSTR, true },
	{ "translit", OP_TRANSLIT, true },
	{ "incr", OP_INCR, true },
	{ "decr", OP_DECR, true },
	{ "errprint", OP_NOTHING, true },
	{ "traceon", OP_NOTHING, false },
	{ "traceoff", OP_NOTHING, false },
	{ "dumpdef", OP_NOTHING, false },
	{ "debugmode", OP_NOTHING, false },
	{ "debugfile", OP_NOTHING, false },
	{ "__unix__", OP_NOTHING, false },
	{ "__gnu__", OP_NOTHING, false },
	{ "__file__", OP_UNKNOWN, false },
	{ "__line__", OP_UNKNOWN, false },
	{ "__program__", OP_UNKNOWN, false },
	{ "format", OP_UNKNOWN, true },
	{ "eval", OP_UNKNOWN, true },
	{ "syscmd", OP_UNKNOWN, true },
	{ "esyscmd", OP_UNKNOWN, true },
	{ "sysval", OP_UNKNOWN, false },
	{ "maketemp", OP_UNKNOWN, true },
	{ "mkstemp", OP_UNKNOWN, true },
	{ "m4wrap", OP_UNKNOWN, true },
	{ "builtin", OP_UNKNOWN, true },
	{ "indir", OP_UNKNOWN, true },
	{ "regexp", OP_UNKNOWN, true },
	{ "patsubst", OP_UNKNOWN, true },
	{ "m4exit", OP_EXIT, false },
};

struct macro {
	struct macro *next;  /* of its bucket */
	struct macro *below; /* what popdef brings back */
	char *name;
	size_t n;
	int op;
	bool needs_arguments, spaced;
	struct text body;
	/* Calls whose arguments are being read keep the macro as it was when they began. */
	unsigned pending;
	bool gone;
};

/* Input that is read before what is below it: a file, or text to be read once more. */
struct input {
	const char *s;
	const struct origin *at; /* null: a file, whose first byte is at base */
	size_t i, n;
	uint32_t base;
	struct text text; /* what s and at belong to; empty for a file */
	const char *name; /* of a file */
};

/* A call whose arguments are being collected. */
struct call {
	struct macro *macro;
	char *name;
	uint32_t at, open, blanks;
	size_t name_n, depth, args;
	bool leading; /* blanks are skipped: nothing of the argument was read */
	struct text arg[ARGUMENTS_MAX];
};

struct m4 {
	struct lint *l;
	const struct m4_user *user;
	struct lint_fault *fault;
	struct macro **bucket;
	size_t buckets, macros;
	struct input *input;
	size_t inputs, inputs_cap, bottom, files;
	struct call **call;
	size_t calls, calls_cap, calls_bottom;
	char left[QUOTE_MAX], right[QUOTE_MAX], comment[QUOTE_MAX], comment_end[QUOTE_MAX];
	size_t left_n, right_n, comment_n, comment_end_n;
	long divert;
	uint64_t pushed, pushed_max; /* bytes that macros gave back to the input */
	struct text *to;             /* of m4_expand; null: the output */
	struct text word;            /* that is being read */
	bool failed, ended;
};

static bool fail(struct m4 *m, uint32_t at, size_t n, const char *text)
{
	if (!m->failed)
		*m->fault = (struct lint_fault){ text, at, (uint32_t)n };
	m->failed = true;
	return false;
}

static bool no_memory(struct m4 *m)
{
	m->l->no_memory = true;
	return fail(m, 0, 0, "out of memory");
}

/* The table of macros. */

static uint32_t hash(const char *s, size_t n)
{
	uint32_t h = 2166136261U; /* FNV-1a */

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 16777619U;
	return h;
}

static struct macro **slot(struct m4 *m, const char *s, size_t n)
{
	struct macro **at = &m->bucket[hash(s, n) & (m->buckets - 1)];

	while (*at && ((*at)->n != n || memcmp((*at)->name, s, n) != 0))
		at = &(*at)->next;
	return at;
}

static struct macro *find(struct m4 *m, const char *s, size_t n)
{
	return *slot(m, s, n);
}

static void free_macro(struct macro *macro)
{
	while (macro) {
		struct macro *below = macro->below;

		macro->gone = true;
		if (macro->pending == 0) {
			text_free(&macro->body);
			free(macro->name);
			free(macro);
		}
		macro = below;
	}
}

static bool grow_table(struct m4 *m)
{
	size_t buckets = m->buckets ? 2 * m->buckets : 512;
	struct macro **bucket = calloc(buckets, sizeof(struct macro *));

	if (!bucket)
		return no_memory(m);
	for (size_t i = 0; i < m->buckets; i++) {
		for (struct macro *macro = m->bucket[i], *next; macro; macro = next) {
			struct macro **to = &bucket[hash(macro->name, macro->n) & (buckets - 1)];

			next = macro->next;
			macro->next = *to;
			*to = macro;
		}
	}
	free(m->bucket);
	m->bucket = bucket;
	m->buckets = buckets;
	return true;
}

/* Defines a macro in place of the one of that name, or above it. */
static struct macro *define(struct m4 *m, const char *s, size_t n, int op, bool above)
{
	struct macro *macro = calloc(1, sizeof(*macro)), **at, *old;

	if (macro)
		macro->name = malloc(n + 1);
	if (!macro || !macro->name || (m->macros >= m->buckets && !grow_table(m))) {
		free_macro(macro);
		no_memory(m);
		return NULL;
	}
	memcpy(macro->name, s, n);
	macro->name[n] = '\0';
	macro->n = n;
	macro->op = op;
	at = slot(m, s, n);
	old = *at;
	macro->next = old ? old->next : NULL;
	*at = macro;
	if (!old) {
		m->macros++;
	} else if (above) {
		macro->below = old;
	} else {
		macro->below = old->below;
		old->below = NULL;
		free_macro(old);
	}
	return macro;
}

static void undefine(struct m4 *m, const char *s, size_t n, bool all)
{
	struct macro **at = slot(m, s, n), *macro = *at;

	if (!macro)
		return;
	if (!all && macro->below) {
		*at = macro->below;
		macro->below->next = macro->next;
		macro->below = NULL;
	} else {
		*at = macro->next;
		m->macros--;
	}
	free_macro(macro);
}

/* Input. */

static void pop(struct m4 *m)
{
	struct input *top = &m->input[--m->inputs];

	if (top->name)
		m->files--;
	text_free(&top->text);
}

/* Without what is read to its end, so that a macro that ends in another call needs no room. */
static bool push(struct m4 *m, const struct input *input)
{
	while (m->inputs > m->bottom && m->input[m->inputs - 1].i == m->input[m->inputs - 1].n)
		pop(m);
	if (m->inputs == m->inputs_cap) {
		size_t cap = m->inputs_cap ? 2 * m->inputs_cap : 16;
		struct input *bigger = realloc(m->input, cap * sizeof(*bigger));

		if (!bigger)
			return no_memory(m);
		m->input = bigger;
		m->inputs_cap = cap;
	}
	m->input[m->inputs++] = *input;
	return true;
}

/* Gives text back to the input, which owns it from here on. */
static bool push_text(struct m4 *m, struct text *t, uint32_t at, size_t n)
{
	struct input input = { t->s, t->at, 0, t->n, 0, *t, NULL };

	m->pushed += t->n + CALL_COST;
	if (m->pushed > m->pushed_max || t->n > TEXT_MAX || m->inputs >= INPUTS_MAX) {
		text_free(t);
		return fail(m, at, n, "the macro expands without end, or to too much");
	}
	if (t->n == 0) {
		text_free(t);
		return true;
	}
	if (!push(m, &input)) {
		text_free(t);
		return false;
	}
	return true;
}

/* The input that has the next byte, or null at the end. */
static struct input *top(struct m4 *m)
{
	while (m->inputs > m->bottom && m->input[m->inputs - 1].i == m->input[m->inputs - 1].n)
		pop(m);
	return m->inputs > m->bottom ? &m->input[m->inputs - 1] : NULL;
}

static struct origin origin(const struct input *in)
{
	uint32_t at = in->base + (uint32_t)in->i;

	return in->at ? in->at[in->i] : (struct origin){ at, at };
}

static bool begins(const struct input *in, const char *s, size_t n)
{
	return n > 0 && in->n - in->i >= n && memcmp(in->s + in->i, s, n) == 0;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Output: the argument that is being collected, the text of m4_expand, or the user's. */
static bool put(struct m4 *m, char c, struct origin at)
{
	if (m->calls > m->calls_bottom) {
		struct call *call = m->call[m->calls - 1];
		struct text *arg = &call->arg[call->args - 1];

		if (arg->n >= TEXT_MAX)
			return fail(m, call->at, call->name_n, "an argument of more than 1 MiB");
		return text_add(arg, c, at) || no_memory(m);
	}
	if (m->to)
		return text_add(m->to, c, at) || no_memory(m);
	if (m->divert < 0)
		return true;
	if (!m->user->byte(m->user->to, c, at))
		return fail(m, at.used, 1, m->user->fault(m->user->to));
	return true;
}

void m4_divert(struct m4 *m, long number)
{
	m->divert = number;
}

/* What cannot be known: one byte that says so. */
static bool push_unknown(struct m4 *m, uint32_t at)
{
	struct text t = { NULL, NULL, 0, 0 };

	if (!text_add(&t, ORIGIN_UNKNOWN, (struct origin){ ORIGIN_NONE, at })) {
		text_free(&t);
		return no_memory(m);
	}
	return push_text(m, &t, at, 1);
}

static bool push_own(struct m4 *m, const char *s, uint32_t at)
{
	struct text t = { NULL, NULL, 0, 0 };

	if (!text_add_own(&t, s, at)) {
		text_free(&t);
		return no_memory(m);
	}
	return push_text(m, &t, at, 1);
}

static bool push_number(struct m4 *m, long number, uint32_t at)
{
	char digits[24];

	if (number < 0 && !push_own(m, mail_number(-(uint64_t)number, digits), at))
		return false;
	return push_own(m, number < 0 ? "-" : mail_number((uint64_t)number, digits), at);
}

/* Text in quotes, so that it is not expanded. */
static bool push_quoted(struct m4 *m, const struct text *body, uint32_t at)
{
	struct text t = { NULL, NULL, 0, 0 };
	struct origin none = { ORIGIN_NONE, at };
	bool good = true;

	for (size_t i = 0; good && i < m->left_n; i++)
		good = text_add(&t, m->left[i], none);
	good = good && text_add_text(&t, body, 0, body->n, ORIGIN_NONE);
	for (size_t i = 0; good && i < m->right_n; i++)
		good = text_add(&t, m->right[i], none);
	if (!good) {
		text_free(&t);
		return no_memory(m);
	}
	return push_text(m, &t, at, 1);
}

/* Arguments. */

static const struct text no_text;

static const struct text *argument(const struct call *call, size_t i)
{
	return i < call->args ? &call->arg[i] : &no_text;
}

static bool is_unknown(const struct text *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->s[i] == ORIGIN_UNKNOWN && t->at[i].written == ORIGIN_NONE)
			return true;
	return false;
}

static bool equal(const struct text *a, const struct text *b)
{
	return a->n == b->n && (a->n == 0 || memcmp(a->s, b->s, a->n) == 0);
}

static bool decimal(const struct text *t, long *number)
{
	size_t i = t->n > 0 && t->s[0] == '-';
	long value = 0;

	if (i == t->n)
		return false;
	for (; i < t->n; i++) {
		if (!word_is_digit(t->s[i]) || value > 100000000)
			return false;
		value = 10 * value + (t->s[i] - '0');
	}
	*number = t->s[0] == '-' ? -value : value;
	return true;
}

static bool push_copy(struct m4 *m, const struct text *from, size_t off, size_t n, uint32_t at)
{
	struct text t = { NULL, NULL, 0, 0 };

	if (!text_add_text(&t, from, off, n, ORIGIN_NONE)) {
		text_free(&t);
		return no_memory(m);
	}
	return push_text(m, &t, at, 1);
}

/* $@ and $*: the arguments from the first on, with commas between, quoted or not. */
static bool add_arguments(struct m4 *m, const struct call *call, size_t first, bool quoted,
	struct text *t)
{
	struct origin none = { ORIGIN_NONE, call->at };
	bool good = true;

	for (size_t a = first; good && a < call->args; a++) {
		if (a > first)
			good = text_add(t, ',', none);
		for (size_t i = 0; good && quoted && i < m->left_n; i++)
			good = text_add(t, m->left[i], none);
		good = good && text_add_text(t, &call->arg[a], 0, call->arg[a].n, ORIGIN_NONE);
		for (size_t i = 0; good && quoted && i < m->right_n; i++)
			good = text_add(t, m->right[i], none);
		if (good && t->n > TEXT_MAX)
			return fail(m, call->at, call->name_n,
				"the macro expands without end, or to too much");
	}
	return good || no_memory(m);
}

/* The body of a macro with its $1 filled in. */
static bool substitute(struct m4 *m, const struct call *call, struct text *t)
{
	const struct text *body = &call->macro->body;
	bool good = true;

	for (size_t i = 0; good && i < body->n; i++) {
		char c = body->s[i], next = i + 1 < body->n ? body->s[i + 1] : '\0';
		char digits[24];

		if (c != '$' ||
			!(word_is_digit(next) || next == '#' || next == '*' || next == '@')) {
			good = text_add(t, c, (struct origin){ body->at[i].written, call->at });
			continue;
		}
		i++;
		if (next == '#') {
			good = text_add_own(t, mail_number(call->args, digits), call->at);
		} else if (next == '0') {
			good = text_add_own(t, call->name, call->at);
		} else if (next == '*' || next == '@') {
			if (!add_arguments(m, call, 0, next == '@', t))
				return false;
		} else {
			size_t number = (size_t)(next - '0');
			const struct text *arg;

			/* GNU m4 reads $10 as the tenth. */
			for (; i + 1 < body->n && word_is_digit(body->s[i + 1]) && number < 1000;
				i++)
				number = 10 * number + (size_t)(body->s[i + 1] - '0');
			arg = argument(call, number - 1);
			good = text_add_text(t, arg, 0, arg->n, ORIGIN_NONE);
		}
		if (t->n > TEXT_MAX)
			return fail(m, call->at, call->name_n,
				"the macro expands without end, or to too much");
	}
	return good || no_memory(m);
}

static bool expand_body(struct m4 *m, const struct call *call)
{
	struct text t = { NULL, NULL, 0, 0 };

	/* To read the body costs something even if nothing comes of it. */
	m->pushed += call->macro->body.n;
	if (!substitute(m, call, &t)) {
		text_free(&t);
		return false;
	}
	return push_text(m, &t, call->at, call->name_n);
}

static bool run_define(struct m4 *m, const struct call *call)
{
	const struct text *name = argument(call, 0), *body = argument(call, 1);
	struct macro *macro;

	if (is_unknown(name))
		return true;
	macro = define(m, name->n ? name->s : "", name->n, OP_BODY, call->macro->op == OP_PUSHDEF);
	if (!macro)
		return false;
	return text_add_text(&macro->body, body, 0, body->n, ORIGIN_NONE) || no_memory(m);
}

static bool run_ifdef(struct m4 *m, const struct call *call)
{
	const struct text *name = argument(call, 0);
	bool defined = name->n > 0 && find(m, name->s, name->n);

	/* Names that begin with "_" are those of sendmail's own files, which are not here. */
	if (!defined && (is_unknown(name) || (name->n > 0 && name->s[0] == '_'))) {
		lint_note(m->l, call->at, call->name_n,
			"cannot tell whether this is defined, so neither part is read");
		return push_unknown(m, call->at);
	}
	name = argument(call, defined ? 1 : 2);
	return push_copy(m, name, 0, name->n, call->at);
}

static bool run_ifelse(struct m4 *m, const struct call *call)
{
	const struct text *result = &no_text;

	for (size_t i = 0; i < call->args; i += 3) {
		if (call->args - i < 3) {
			/* The rest is what holds otherwise; a lone pair holds nothing. */
			if (i > 0 || call->args == 1)
				result = i > 0 ? argument(call, i) : &no_text;
			break;
		}
		if (is_unknown(argument(call, i)) || is_unknown(argument(call, i + 1))) {
			lint_note(m->l, call->at, call->name_n,
				"cannot tell which part holds, so none is read");
			return push_unknown(m, call->at);
		}
		if (equal(argument(call, i), argument(call, i + 1))) {
			result = argument(call, i + 2);
			break;
		}
	}
	return push_copy(m, result, 0, result->n, call->at);
}

static bool run_include(struct m4 *m, const struct call *call)
{
	static const char cf[] = "m4/cf.m4";
	const struct text *arg = argument(call, 0);
	const char *name, *from = "", *path = NULL, *s;
	struct input input = { .name = "" };
	size_t n;
	int error;

	for (size_t i = m->inputs; i > 0 && !*from; i--)
		from = m->input[i - 1].name ? m->input[i - 1].name : "";
	/* Sendmail's own macros are known here. It turns off comments. */
	if (arg->n >= sizeof(cf) - 1 &&
		memcmp(arg->s + arg->n - (sizeof(cf) - 1), cf, sizeof(cf) - 1) == 0) {
		m->comment_n = 0;
		return true;
	}
	if (is_unknown(arg) || arg->n == 0 || memchr(arg->s, '\0', arg->n) || !m->l->host.include) {
		lint_note(m->l, call->at, call->name_n,
			"cannot read this file, so what it defines is not known");
		return true;
	}
	if (m->files == INCLUDES_MAX)
		return fail(m, call->at, call->name_n, "files include each other without end");
	name = lint_copy(m->l, arg->s, arg->n);
	error = m->l->host.include(m->l->host.to, from, name, &path, &s, &n);
	if (error) {
		if (call->macro->op == OP_INCLUDE)
			lint_note(m->l, call->at, call->name_n,
				lint_join(m->l, "cannot read ", name,
					", so what it defines is not known", (char *)NULL));
		return true;
	}
	m->pushed += n + INCLUDE_COST;
	if (m->pushed > m->pushed_max)
		return fail(m, call->at, call->name_n, "files include each other without end");
	if (!lint_add_source(m->l, LINT_MC, path, s, n, &input.base))
		return m->l->no_memory ?
			no_memory(m) :
			fail(m, call->at, call->name_n, "the files are more than 4 GiB");
	input.s = s;
	input.n = n;
	input.name = path;
	m->files++;
	return push(m, &input);
}

static bool set_quote(struct m4 *m, const struct call *call, size_t i, char quote[QUOTE_MAX],
	size_t *n)
{
	const struct text *t = argument(call, i);

	if (t->n > QUOTE_MAX)
		return fail(m, call->at, call->name_n, "a quote of more than 32 bytes");
	*n = t->n;
	if (*n > 0)
		memcpy(quote, t->s, *n);
	return true;
}

static bool run_changequote(struct m4 *m, const struct call *call)
{
	if (!set_quote(m, call, 0, m->left, &m->left_n) ||
		!set_quote(m, call, 1, m->right, &m->right_n))
		return false;
	if (call->args == 0) {
		m->left[0] = '`';
		m->left_n = 1;
	}
	/* A left quote alone has the usual right one. */
	if (m->right_n == 0 && m->left_n > 0) {
		m->right[0] = '\'';
		m->right_n = 1;
	}
	return true;
}

static bool run_changecom(struct m4 *m, const struct call *call)
{
	if (!set_quote(m, call, 0, m->comment, &m->comment_n) ||
		!set_quote(m, call, 1, m->comment_end, &m->comment_end_n))
		return false;
	if (m->comment_end_n == 0) {
		m->comment_end[0] = '\n';
		m->comment_end_n = 1;
	}
	return true;
}

static bool run_substr(struct m4 *m, const struct call *call)
{
	const struct text *t = argument(call, 0);
	long from = 0, n = (long)t->n;

	if (is_unknown(t) || !decimal(argument(call, 1), &from) ||
		(call->args > 2 && !decimal(argument(call, 2), &n)))
		return push_unknown(m, call->at);
	if (from < 0 || n <= 0 || (size_t)from >= t->n)
		return true;
	if ((size_t)n > t->n - (size_t)from)
		n = (long)(t->n - (size_t)from);
	return push_copy(m, t, (size_t)from, (size_t)n, call->at);
}

static bool run_index(struct m4 *m, const struct call *call)
{
	const struct text *t = argument(call, 0), *what = argument(call, 1);

	if (is_unknown(t) || is_unknown(what))
		return push_unknown(m, call->at);
	/* Of a long text the question would cost the product of both. */
	if (t->n > 65536 || what->n > 256)
		return push_unknown(m, call->at);
	for (size_t i = 0; i + what->n <= t->n; i++)
		if (what->n == 0 || memcmp(t->s + i, what->s, what->n) == 0)
			return push_number(m, (long)i, call->at);
	return push_number(m, -1, call->at);
}

/* Ranges (a-z) are left to m4. */
static bool run_translit(struct m4 *m, const struct call *call)
{
	const struct text *t = argument(call, 0), *from = argument(call, 1),
			  *to = argument(call, 2);
	struct text result = { NULL, NULL, 0, 0 };
	bool good = true;

	if (is_unknown(t) || is_unknown(from) || is_unknown(to) ||
		(from->n > 0 && memchr(from->s, '-', from->n)) || from->n > 256)
		return push_unknown(m, call->at);
	for (size_t i = 0; good && i < t->n; i++) {
		const char *hit = from->n ? memchr(from->s, t->s[i], from->n) : NULL;
		size_t k = hit ? (size_t)(hit - from->s) : 0;

		if (!hit)
			good = text_add(&result, t->s[i], t->at[i]);
		else if (k < to->n)
			good = text_add(&result, to->s[k],
				(struct origin){ ORIGIN_NONE, t->at[i].used });
	}
	if (!good) {
		text_free(&result);
		return no_memory(m);
	}
	return push_text(m, &result, call->at, call->name_n);
}

static bool run_shift(struct m4 *m, const struct call *call)
{
	struct text t = { NULL, NULL, 0, 0 };

	if (!add_arguments(m, call, 1, true, &t)) {
		text_free(&t);
		return false;
	}
	return push_text(m, &t, call->at, call->name_n);
}

static void run_dnl(struct m4 *m)
{
	for (struct input *in; (in = top(m));) {
		const char *newline = memchr(in->s + in->i, '\n', in->n - in->i);

		in->i = newline ? (size_t)(newline - in->s) + 1 : in->n;
		if (newline)
			return;
	}
}

static bool run_user(struct m4 *m, const struct call *call, uint32_t close)
{
	struct m4_call user = { .op = call->macro->op - OP_USER,
		.at = call->at,
		.n = call->name_n,
		.name = call->name,
		.arg = call->arg,
		.args = call->args,
		.open = call->open,
		.close = close,
		.blanks = call->blanks,
		.requoted =
			m->left_n != 1 || *m->left != '`' || m->right_n != 1 || *m->right != '\'' };

	return m->user->call(m->user->to, m, &user) ||
		fail(m, call->at, call->name_n, m->user->fault(m->user->to));
}

static bool run_unknown(struct m4 *m, const struct call *call)
{
	lint_note(m->l, call->at, call->name_n,
		lint_join(m->l, "cannot expand ", call->name, ", so what it makes is not known",
			(char *)NULL));
	return push_unknown(m, call->at);
}

static bool run(struct m4 *m, struct call *call, uint32_t close)
{
	long number = 0;

	switch (call->macro->op) {
	case OP_BODY:
		return expand_body(m, call);
	case OP_DEFINE:
	case OP_PUSHDEF:
		return run_define(m, call);
	case OP_UNDEFINE:
	case OP_POPDEF:
		for (size_t i = 0; i < call->args; i++)
			undefine(m, call->arg[i].n ? call->arg[i].s : "", call->arg[i].n,
				call->macro->op == OP_UNDEFINE);
		return true;
	case OP_DEFN:
		for (size_t i = call->args; i-- > 0;) {
			struct macro *macro =
				find(m, call->arg[i].n ? call->arg[i].s : "", call->arg[i].n);

			if (macro && macro->op != OP_BODY)
				return run_unknown(m, call);
			if (macro && !push_quoted(m, &macro->body, call->at))
				return false;
		}
		return true;
	case OP_IFDEF:
		return run_ifdef(m, call);
	case OP_IFELSE:
		return run_ifelse(m, call);
	case OP_SHIFT:
		return run_shift(m, call);
	case OP_DNL:
		run_dnl(m);
		return true;
	case OP_CHANGEQUOTE:
		return run_changequote(m, call);
	case OP_CHANGECOM:
		return run_changecom(m, call);
	case OP_DIVERT:
		/* What is no number is passed over. */
		if (argument(call, 0)->n == 0 || decimal(argument(call, 0), &number))
			m->divert = number;
		return true;
	case OP_UNDIVERT:
		/* Numbers only tell when what was diverted comes; a name is that of a file. */
		for (size_t i = 0; i < call->args; i++)
			if (call->arg[i].n > 0 && !decimal(&call->arg[i], &number))
				return run_unknown(m, call);
		return true;
	case OP_DIVNUM:
		return push_number(m, m->divert, call->at);
	case OP_INCLUDE:
	case OP_SINCLUDE:
		return run_include(m, call);
	case OP_LEN:
		return is_unknown(argument(call, 0)) ?
			push_unknown(m, call->at) :
			push_number(m, (long)argument(call, 0)->n, call->at);
	case OP_INDEX:
		return run_index(m, call);
	case OP_SUBSTR:
		return run_substr(m, call);
	case OP_TRANSLIT:
		return run_translit(m, call);
	case OP_INCR:
	case OP_DECR:
		if (!decimal(argument(call, 0), &number))
			return push_unknown(m, call->at);
		return push_number(m, number + (call->macro->op == OP_INCR ? 1 : -1), call->at);
	case OP_UNKNOWN:
		return run_unknown(m, call);
	case OP_EXIT:
		m->ended = true;
		return true;
	case OP_NOTHING:
		return true;
	default:
		return run_user(m, call, close);
	}
}

/* Calls. */

static void free_call(struct call *call)
{
	if (!call)
		return;
	call->macro->pending--;
	if (call->macro->gone) {
		call->macro->below = NULL;
		free_macro(call->macro);
	}
	for (size_t i = 0; i < call->args && i < ARGUMENTS_MAX; i++)
		text_free(&call->arg[i]);
	free(call->name);
	free(call);
}

static struct call *new_call(struct m4 *m, struct macro *macro, uint32_t at, size_t n)
{
	struct call *call = calloc(1, sizeof(*call));

	if (call)
		call->name = malloc(macro->n + 1);
	if (!call || !call->name) {
		free(call);
		no_memory(m);
		return NULL;
	}
	memcpy(call->name, macro->name, macro->n + 1);
	call->macro = macro;
	macro->pending++;
	call->name_n = n;
	call->at = at;
	call->open = call->blanks = ORIGIN_NONE;
	return call;
}

static bool push_call(struct m4 *m, struct call *call)
{
	if (m->calls == CALLS_MAX) {
		fail(m, call->at, call->name_n, "more than 1024 nested calls");
		free_call(call);
		return false;
	}
	if (m->calls == m->calls_cap) {
		size_t cap = m->calls_cap ? 2 * m->calls_cap : 16;
		struct call **bigger = realloc(m->call, cap * sizeof(struct call *));

		if (!bigger) {
			free_call(call);
			return no_memory(m);
		}
		m->call = bigger;
		m->calls_cap = cap;
	}
	m->call[m->calls++] = call;
	call->args = 1;
	call->leading = true;
	return true;
}

/* Runs a call whose arguments are all there. */
static bool finish(struct m4 *m, struct call *call, uint32_t close)
{
	bool good = run(m, call, close);

	free_call(call);
	return good;
}

/* The place where a macro's parenthesis stands though blanks are before it, or 0. */
static size_t spaced_parenthesis(const struct input *in)
{
	size_t i = in->i;

	while (i < in->n && (in->s[i] == ' ' || in->s[i] == '\t'))
		i++;
	return i > in->i && i < in->n && in->s[i] == '(' ? i : 0;
}

/* A word may begin in the text of a macro and go on behind it. */
static bool collect_word(struct m4 *m)
{
	m->word.n = 0;
	for (struct input *in; (in = top(m)); in->i++) {
		char c = in->s[in->i];

		if (!is_word(c) && !word_is_digit(c))
			break;
		if (m->word.n == TEXT_MAX)
			return fail(m, m->word.at[0].used, 1, "a word of more than 1 MiB");
		if (!text_add(&m->word, c, origin(in)))
			return no_memory(m);
	}
	return true;
}

/* A word: the name of a macro, or text. */
static bool read_word(struct m4 *m)
{
	struct input *in;
	struct macro *macro;
	struct call *call;
	size_t spaced;

	if (!collect_word(m))
		return false;
	in = top(m);
	macro = find(m, m->word.s, m->word.n);
	if (macro && macro->needs_arguments && !(in && in->s[in->i] == '('))
		macro = NULL;
	if (!macro) {
		for (size_t i = 0; i < m->word.n; i++)
			if (!put(m, m->word.s[i], m->word.at[i]))
				return false;
		return true;
	}
	call = new_call(m, macro, m->word.at[0].used, m->word.n);
	if (!call)
		return false;
	spaced = in && macro->spaced ? spaced_parenthesis(in) : 0;
	if (spaced) {
		call->blanks = origin(in).written;
		in->i = spaced;
	}
	if (in && in->s[in->i] == '(') {
		call->open = origin(in).written;
		in->i++;
		return push_call(m, call);
	}
	return finish(m, call, ORIGIN_NONE);
}

static bool read_quoted(struct m4 *m, struct input *in)
{
	struct origin from = origin(in);
	size_t depth = 1;

	in->i += m->left_n;
	for (;;) {
		size_t n = 1;

		in = top(m);
		if (!in)
			return fail(m, from.used, m->left_n, "this quote has no end");
		/* Where both quotes are the same they cannot nest. */
		if (begins(in, m->right, m->right_n)) {
			n = m->right_n;
			if (--depth == 0) {
				in->i += n;
				return true;
			}
		} else if (begins(in, m->left, m->left_n)) {
			n = m->left_n;
			depth++;
		}
		for (; n > 0; n--, in->i++)
			if (!put(m, in->s[in->i], origin(in)))
				return false;
	}
}

/* Comments are text that nothing is expanded in. */
static bool read_comment(struct m4 *m, struct input *in)
{
	struct origin from = origin(in);
	size_t n = m->comment_n;
	bool end = false;

	for (;;) {
		for (; n > 0; n--, in->i++)
			if (!put(m, in->s[in->i], origin(in)))
				return false;
		if (end)
			return true;
		in = top(m);
		/* The end of the file ends a comment of one line. */
		if (!in)
			return m->comment_end[0] == '\n' ||
				fail(m, from.used, m->comment_n, "this comment has no end");
		end = begins(in, m->comment_end, m->comment_end_n);
		n = end ? m->comment_end_n : 1;
	}
}

/* A byte of arguments: parentheses and commas divide them. */
static bool read_argument(struct m4 *m, struct input *in)
{
	struct call *call = m->call[m->calls - 1];
	struct origin at = origin(in);
	char c = in->s[in->i++];

	if (call->leading && word_is_blank(c))
		return true;
	call->leading = false;
	if (c == ')' && call->depth == 0) {
		m->calls--;
		return finish(m, call, at.written);
	}
	if (c == ',' && call->depth == 0) {
		if (call->args == ARGUMENTS_MAX)
			return fail(m, call->at, call->name_n, "more than 64 arguments");
		call->args++;
		call->leading = true;
		return true;
	}
	if (c == '(')
		call->depth++;
	else if (c == ')')
		call->depth--;
	return put(m, c, at);
}

static bool read_all(struct m4 *m)
{
	for (struct input *in; !m->ended && (in = top(m));) {
		bool collects = m->calls > m->calls_bottom;
		bool good;

		/* A comment may begin with a letter. */
		if (begins(in, m->comment, m->comment_n)) {
			if (collects)
				m->call[m->calls - 1]->leading = false;
			good = read_comment(m, in);
		} else if (is_word(in->s[in->i])) {
			if (collects)
				m->call[m->calls - 1]->leading = false;
			good = read_word(m);
		} else if (begins(in, m->left, m->left_n)) {
			if (collects)
				m->call[m->calls - 1]->leading = false;
			good = read_quoted(m, in);
		} else if (collects) {
			good = read_argument(m, in);
		} else {
			struct origin at = origin(in);

			good = put(m, in->s[in->i++], at);
		}
		if (!good || m->failed)
			return false;
	}
	if (m->calls > m->calls_bottom && !m->ended) {
		const struct call *call = m->call[m->calls - 1];

		return fail(m, call->at, call->name_n, "the arguments of this macro have no end");
	}
	return true;
}

bool m4_expand(struct m4 *m, const struct text *from, struct text *to)
{
	size_t bottom = m->bottom, calls_bottom = m->calls_bottom;
	struct text *outer = m->to;
	struct text copy = { NULL, NULL, 0, 0 };
	bool good;

	m->bottom = m->inputs;
	m->calls_bottom = m->calls;
	m->to = to;
	m->ended = false;
	good = text_add_text(&copy, from, 0, from->n, ORIGIN_NONE);
	if (!good)
		text_free(&copy);
	good = good && push_text(m, &copy, 0, 0) && read_all(m);
	while (m->inputs > m->bottom)
		pop(m);
	while (m->calls > m->calls_bottom)
		free_call(m->call[--m->calls]);
	m->bottom = bottom;
	m->calls_bottom = calls_bottom;
	m->to = outer;
	return good;
}

bool m4_define(struct m4 *m, const char *name, const char *body, uint32_t at)
{
	struct macro *macro = define(m, name, strlen(name), OP_BODY, false);

	return macro && (text_add_own(&macro->body, body, at) || no_memory(m));
}

const struct text *m4_value(struct m4 *m, const char *name)
{
	struct macro *macro = find(m, name, strlen(name));

	return macro && macro->op == OP_BODY ? &macro->body : NULL;
}

static bool fill_table(struct m4 *m, const struct m4_macro *macros)
{
	struct macro *macro;

	for (size_t i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++) {
		macro = define(m, builtins[i].name, strlen(builtins[i].name), builtins[i].op,
			false);
		if (!macro)
			return false;
		macro->needs_arguments = builtins[i].needs_arguments;
	}
	for (; macros->name; macros++) {
		macro = define(m, macros->name, strlen(macros->name), OP_USER + macros->op, false);
		if (!macro)
			return false;
		macro->spaced = macros->spaced;
	}
	return true;
}

/* Whether the file reads sendmail's macros itself: up to there m4 knows its usual comments. */
static bool reads_cf(const char *s, size_t n)
{
	static const char cf[] = "m4/cf.m4";

	for (const char *at = s; (at = memchr(at, 'm', n - (size_t)(at - s))); at++)
		if (n - (size_t)(at - s) >= sizeof(cf) - 1 && memcmp(at, cf, sizeof(cf) - 1) == 0)
			return true;
	return false;
}

bool m4_read(struct lint *l, const char *s, size_t n, uint32_t base, const struct m4_macro *macros,
	const struct m4_user *user, struct lint_fault *fault)
{
	struct m4 m = { .l = l,
		.user = user,
		.fault = fault,
		.left = "`",
		.right = "'",
		.comment = "#",
		.comment_end = "\n",
		.left_n = 1,
		.right_n = 1,
		.comment_n = reads_cf(s, n),
		.comment_end_n = 1,
		.files = 1,
		/* Macros that are used much still end; those that never end are stopped. */
		.pushed_max = 16 * (uint64_t)n + (1 << 20) };
	struct input file = { .s = s, .n = n, .base = base };
	bool good;

	file.name = lint_source_at(l, base)->name;
	good = grow_table(&m) && fill_table(&m, macros) && push(&m, &file) && read_all(&m);
	if (good && !user->end(user->to, &m))
		good = fail(&m, base, 0, user->fault(user->to));
	while (m.inputs > 0)
		pop(&m);
	while (m.calls > 0)
		free_call(m.call[--m.calls]);
	for (size_t i = 0; i < m.buckets; i++) {
		for (struct macro *macro = m.bucket[i], *next; macro; macro = next) {
			next = macro->next;
			free_macro(macro);
		}
	}
	text_free(&m.word);
	free(m.bucket);
	free(m.input);
	free(m.call);
	return good && !m.failed;
}
