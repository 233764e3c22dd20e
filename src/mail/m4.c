/* m4.c: the language of .mc files: words, quotes, comments and calls. It is m4 as POSIX and sendmail's
 * own files use it; what needs a shell or the rest of sendmail's sources is told by a note, and leaves
 * ORIGIN_UNKNOWN in the text. */
#include "m4.h"

#include <stdlib.h>
#include <string.h>

#include "m4_run.h"
#include "word.h"

enum { CALLS_MAX = 1024 /* nested ones, as GNU m4 has it */ };

bool m4_fail(struct m4 *m, uint32_t at, size_t n, const char *text)
{
	if (!m->failed)
		*m->fault = (struct lint_fault){ text, at, (uint32_t)n };
	m->failed = true;
	return false;
}

bool m4_no_memory(struct m4 *m)
{
	m->l->no_memory = true;
	return m4_fail(m, 0, 0, "out of memory");
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

struct macro *m4_find(struct m4 *m, const char *s, size_t n)
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
		return m4_no_memory(m);
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

struct macro *m4_new_macro(struct m4 *m, const char *s, size_t n, int op, bool above)
{
	struct macro *macro = calloc(1, sizeof(*macro)), **at, *old;

	if (macro)
		macro->name = malloc(n + 1);
	if (!macro || !macro->name || (m->macros >= m->buckets && !grow_table(m))) {
		free_macro(macro);
		m4_no_memory(m);
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

void m4_undefine(struct m4 *m, const char *s, size_t n, bool all)
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

/* Reading. */

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

		if (arg->n >= M4_TEXT_MAX)
			return m4_fail(m, call->at, call->name_n, "an argument of more than 1 MiB");
		return text_add(arg, c, at) || m4_no_memory(m);
	}
	if (m->to)
		return text_add(m->to, c, at) || m4_no_memory(m);
	if (m->divert < 0)
		return true;
	if (!m->user->byte(m->user->to, c, at))
		return m4_fail(m, at.used, 1, m->user->fault(m->user->to));
	return true;
}

void m4_divert(struct m4 *m, long number)
{
	m->divert = number;
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
	for (size_t i = 0; i < call->args && i < M4_ARGUMENTS_MAX; i++)
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
		m4_no_memory(m);
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
		m4_fail(m, call->at, call->name_n, "more than 1024 nested calls");
		free_call(call);
		return false;
	}
	if (m->calls == m->calls_cap) {
		size_t cap = m->calls_cap ? 2 * m->calls_cap : 16;
		struct call **bigger = realloc(m->call, cap * sizeof(struct call *));

		if (!bigger) {
			free_call(call);
			return m4_no_memory(m);
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
	bool good = m4_run(m, call, close);

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
	for (struct input *in; (in = m4_input_top(m)); in->i++) {
		char c = in->s[in->i];

		if (!is_word(c) && !word_is_digit(c))
			break;
		if (m->word.n == M4_TEXT_MAX)
			return m4_fail(m, m->word.at[0].used, 1, "a word of more than 1 MiB");
		if (!text_add(&m->word, c, origin(in)))
			return m4_no_memory(m);
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
	in = m4_input_top(m);
	macro = m4_find(m, m->word.s, m->word.n);
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

		in = m4_input_top(m);
		if (!in)
			return m4_fail(m, from.used, m->left_n, "this quote has no end");
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
		in = m4_input_top(m);
		/* The end of the file ends a comment of one line. */
		if (!in)
			return m->comment_end[0] == '\n' ||
				m4_fail(m, from.used, m->comment_n, "this comment has no end");
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
		if (call->args == M4_ARGUMENTS_MAX)
			return m4_fail(m, call->at, call->name_n, "more than 64 arguments");
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
	for (struct input *in; !m->ended && (in = m4_input_top(m));) {
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

		return m4_fail(m, call->at, call->name_n,
			"the arguments of this macro have no end");
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
	good = good && m4_push_text(m, &copy, 0, 0) && read_all(m);
	while (m->inputs > m->bottom)
		m4_input_pop(m);
	while (m->calls > m->calls_bottom)
		free_call(m->call[--m->calls]);
	m->bottom = bottom;
	m->calls_bottom = calls_bottom;
	m->to = outer;
	return good;
}

bool m4_define(struct m4 *m, const char *name, const char *body, uint32_t at)
{
	struct macro *macro = m4_new_macro(m, name, strlen(name), OP_BODY, false);

	return macro && (text_add_own(&macro->body, body, at) || m4_no_memory(m));
}

const struct text *m4_value(struct m4 *m, const char *name)
{
	struct macro *macro = m4_find(m, name, strlen(name));

	return macro && macro->op == OP_BODY ? &macro->body : NULL;
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
	good = grow_table(&m) && m4_run_macros(&m, macros) && m4_input_push(&m, &file) &&
		read_all(&m);
	if (good && !user->end(user->to, &m))
		good = m4_fail(&m, base, 0, user->fault(user->to));
	while (m.inputs > 0)
		m4_input_pop(&m);
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
