/* m4_run.c: what the call of a macro makes: a body with its arguments, or what m4 itself has. */
#include <string.h>

#include "literal.h"
#include "m4_run.h"
#include "word.h"

enum {
	INCLUDES_MAX = 64,
	INCLUDE_COST = 512 /* in bytes: opening a small file is more work than reading it */
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

bool m4_run_macros(struct m4 *m, const struct m4_macro *macros)
{
	struct macro *macro;

	for (size_t i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++) {
		macro = m4_new_macro(m, builtins[i].name, strlen(builtins[i].name), builtins[i].op,
			false);
		if (!macro)
			return false;
		macro->needs_arguments = builtins[i].needs_arguments;
	}
	for (; macros->name; macros++) {
		macro = m4_new_macro(m, macros->name, strlen(macros->name), OP_USER + macros->op,
			false);
		if (!macro)
			return false;
		macro->spaced = macros->spaced;
	}
	return true;
}

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
		if (good && t->n > M4_TEXT_MAX)
			return m4_fail(m, call->at, call->name_n,
				"the macro expands without end, or to too much");
	}
	return good || m4_no_memory(m);
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
		if (t->n > M4_TEXT_MAX)
			return m4_fail(m, call->at, call->name_n,
				"the macro expands without end, or to too much");
	}
	return good || m4_no_memory(m);
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
	return m4_push_text(m, &t, call->at, call->name_n);
}

static bool run_define(struct m4 *m, const struct call *call)
{
	const struct text *name = argument(call, 0), *body = argument(call, 1);
	struct macro *macro;

	if (is_unknown(name))
		return true;
	macro = m4_new_macro(m, name->n ? name->s : "", name->n, OP_BODY,
		call->macro->op == OP_PUSHDEF);
	if (!macro)
		return false;
	return text_add_text(&macro->body, body, 0, body->n, ORIGIN_NONE) || m4_no_memory(m);
}

static bool run_ifdef(struct m4 *m, const struct call *call)
{
	const struct text *name = argument(call, 0);
	bool defined = name->n > 0 && m4_find(m, name->s, name->n);

	/* Names that begin with "_" are those of sendmail's own files, which are not here. */
	if (!defined && (is_unknown(name) || (name->n > 0 && name->s[0] == '_'))) {
		lint_note(m->l, call->at, call->name_n,
			"cannot tell whether this is defined, so neither part is read");
		return m4_push_unknown(m, call->at);
	}
	name = argument(call, defined ? 1 : 2);
	return m4_push_copy(m, name, 0, name->n, call->at);
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
			return m4_push_unknown(m, call->at);
		}
		if (equal(argument(call, i), argument(call, i + 1))) {
			result = argument(call, i + 2);
			break;
		}
	}
	return m4_push_copy(m, result, 0, result->n, call->at);
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
		return m4_fail(m, call->at, call->name_n, "files include each other without end");
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
		return m4_fail(m, call->at, call->name_n, "files include each other without end");
	if (!lint_add_source(m->l, LINT_MC, path, s, n, &input.base))
		return m->l->no_memory ?
			m4_no_memory(m) :
			m4_fail(m, call->at, call->name_n, "the files are more than 4 GiB");
	input.s = s;
	input.n = n;
	input.name = path;
	m->files++;
	return m4_input_push(m, &input);
}

static bool set_quote(struct m4 *m, const struct call *call, size_t i, char quote[M4_QUOTE_MAX],
	size_t *n)
{
	const struct text *t = argument(call, i);

	if (t->n > M4_QUOTE_MAX)
		return m4_fail(m, call->at, call->name_n, "a quote of more than 32 bytes");
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
		return m4_push_unknown(m, call->at);
	if (from < 0 || n <= 0 || (size_t)from >= t->n)
		return true;
	if ((size_t)n > t->n - (size_t)from)
		n = (long)(t->n - (size_t)from);
	return m4_push_copy(m, t, (size_t)from, (size_t)n, call->at);
}

static bool run_index(struct m4 *m, const struct call *call)
{
	const struct text *t = argument(call, 0), *what = argument(call, 1);

	if (is_unknown(t) || is_unknown(what))
		return m4_push_unknown(m, call->at);
	/* Of a long text the question would cost the product of both. */
	if (t->n > 65536 || what->n > 256)
		return m4_push_unknown(m, call->at);
	for (size_t i = 0; i + what->n <= t->n; i++)
		if (what->n == 0 || memcmp(t->s + i, what->s, what->n) == 0)
			return m4_push_number(m, (long)i, call->at);
	return m4_push_number(m, -1, call->at);
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
		return m4_push_unknown(m, call->at);
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
		return m4_no_memory(m);
	}
	return m4_push_text(m, &result, call->at, call->name_n);
}

static bool run_shift(struct m4 *m, const struct call *call)
{
	struct text t = { NULL, NULL, 0, 0 };

	if (!add_arguments(m, call, 1, true, &t)) {
		text_free(&t);
		return false;
	}
	return m4_push_text(m, &t, call->at, call->name_n);
}

static void run_dnl(struct m4 *m)
{
	for (struct input *in; (in = m4_input_top(m));) {
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
		m4_fail(m, call->at, call->name_n, m->user->fault(m->user->to));
}

static bool run_unknown(struct m4 *m, const struct call *call)
{
	lint_note(m->l, call->at, call->name_n,
		lint_join(m->l, "cannot expand ", call->name, ", so what it makes is not known",
			(char *)NULL));
	return m4_push_unknown(m, call->at);
}

bool m4_run(struct m4 *m, struct call *call, uint32_t close)
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
			m4_undefine(m, call->arg[i].n ? call->arg[i].s : "", call->arg[i].n,
				call->macro->op == OP_UNDEFINE);
		return true;
	case OP_DEFN:
		for (size_t i = call->args; i-- > 0;) {
			struct macro *macro =
				m4_find(m, call->arg[i].n ? call->arg[i].s : "", call->arg[i].n);

			if (macro && macro->op != OP_BODY)
				return run_unknown(m, call);
			if (macro && !m4_push_quoted(m, &macro->body, call->at))
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
		return m4_push_number(m, m->divert, call->at);
	case OP_INCLUDE:
	case OP_SINCLUDE:
		return run_include(m, call);
	case OP_LEN:
		return is_unknown(argument(call, 0)) ?
			m4_push_unknown(m, call->at) :
			m4_push_number(m, (long)argument(call, 0)->n, call->at);
	case OP_INDEX:
		return run_index(m, call);
	case OP_SUBSTR:
		return run_substr(m, call);
	case OP_TRANSLIT:
		return run_translit(m, call);
	case OP_INCR:
	case OP_DECR:
		if (!decimal(argument(call, 0), &number))
			return m4_push_unknown(m, call->at);
		return m4_push_number(m, number + (call->macro->op == OP_INCR ? 1 : -1), call->at);
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
