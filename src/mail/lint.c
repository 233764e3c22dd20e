/* lint.c: a run of the linter: its sources, its findings, and the bytes that their edits make. */
#include "lint_run.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "literal.h"

const char *const lint_types[] = { "mc", "cf", "access", "relay", "mailertable", "cw", NULL };

const char *const lint_names[] = { "SM01", "SM02", "SM03", "SM04", "SM05", "SM06", "SM07", "SM08",
	"SM09", "SM10", "SM11", "SM12", "SM13", "SM14", "SM15", "SM16", "SM17", "SM18", "SM19",
	"SM20", "SM21", "SM22", "SM23", "SM24", "SM25", "SM26", "SM27", "SM28", "SM29", "SM30",
	"SM31", NULL };
_Static_assert(sizeof(lint_names) / sizeof(lint_names[0]) == LINT_RULES + 1, "names of rules");

const char *const lint_severities[] = { "note", "warning", "error" };

#define RULE(number, severity, bad, reason, fix, safe, silent) \
	[number] = { severity, bad, reason, fix, safe, silent },
const struct lint_rule lint_rules[LINT_RULES + 1] = {
#include "rules.def"
};
#undef RULE

/* The arena: texts of findings are many and short. */
struct chunk {
	struct chunk *next;
	size_t n, cap;
	char s[];
};

void *lint_alloc(struct lint *l, size_t n)
{
	enum { CHUNK = 1 << 16 };
	struct chunk *c = l->arena;
	size_t align = sizeof(uint64_t);

	n = (n + align - 1) / align * align;
	if (!c || c->cap - c->n < n) {
		size_t cap = n > CHUNK ? n : CHUNK;

		c = malloc(sizeof(*c) + cap);
		if (!c) {
			l->no_memory = true;
			return NULL;
		}
		*c = (struct chunk){ l->arena, 0, cap };
		l->arena = c;
	}
	c->n += n;
	return c->s + c->n - n;
}

const char *lint_copy(struct lint *l, const char *s, size_t n)
{
	char *copy = lint_alloc(l, n + 1);

	if (!copy)
		return "";
	memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

const char *lint_join(struct lint *l, const char *first, ...)
{
	va_list list;
	size_t n = 0;
	char *s;

	va_start(list, first);
	for (const char *text = first; text; text = va_arg(list, const char *))
		n += strlen(text);
	va_end(list);
	s = lint_alloc(l, n + 1);
	if (!s)
		return "";
	n = 0;
	va_start(list, first);
	for (const char *text = first; text; text = va_arg(list, const char *)) {
		memcpy(s + n, text, strlen(text));
		n += strlen(text);
	}
	va_end(list);
	s[n] = '\0';
	return s;
}

/* Makes room for one more element of an array. */
static void *more(struct lint *l, void *array, size_t n, size_t *cap, size_t size)
{
	size_t wanted = *cap ? 2 * *cap : 16;
	void *bigger;

	if (n < *cap)
		return array;
	bigger = wanted > SIZE_MAX / size ? NULL : realloc(array, wanted * size);
	if (!bigger) {
		l->no_memory = true;
		return NULL;
	}
	*cap = wanted;
	return bigger;
}

/* How many of n bytes from `at` on are in the file: a word that a macro makes may be longer than what is
 * left of the file behind its call. */
static uint32_t bytes_in_file(const struct lint *l, uint32_t at, size_t n)
{
	const struct lint_source *source = lint_source_at(l, at);
	size_t left = source->n - (at - source->base);

	return (uint32_t)(n < left ? n : left);
}

struct lint_finding *lint_found(struct lint *l, unsigned rule, enum lint_severity severity,
	uint32_t at, size_t n, const char *text, const char *fix)
{
	enum { FINDINGS_MAX = 1000000 };
	struct lint_finding *found;

	if (l->n == FINDINGS_MAX && !l->too_many) {
		l->too_many = true;
		l->too_many_at = at;
	}
	found = l->too_many ? NULL : more(l, l->found, l->n, &l->cap, sizeof(*found));
	if (!found)
		return &l->unread;
	l->found = found;
	found += l->n++;
	*found = (struct lint_finding){ .rule = rule,
		.severity = severity,
		.at = at,
		.n = bytes_in_file(l, at, n),
		.text = text ? text : lint_rules[rule].bad,
		.fix = fix || rule == 0 ? fix : lint_rules[rule].fix };
	return found;
}

void lint_edit(struct lint *l, struct lint_finding *f, uint32_t at, uint32_t end, const char *s,
	size_t n)
{
	if (f->edits < LINT_EDITS)
		f->edit[f->edits++] = (struct lint_edit){ at, end, lint_copy(l, s, n), n };
}

void lint_note(struct lint *l, uint32_t at, size_t n, const char *text)
{
	lint_found(l, 0, LINT_NOTE, at, n, text, NULL);
}

struct lint_daemon *lint_add_daemon(struct lint *l)
{
	struct lint_daemon *daemon =
		more(l, l->daemon, l->daemons, &l->daemons_cap, sizeof(*daemon));

	if (!daemon)
		return NULL;
	l->daemon = daemon;
	daemon += l->daemons++;
	*daemon = (struct lint_daemon){ .name = "" };
	return daemon;
}

bool lint_add_source(struct lint *l, enum lint_type type, const char *name, const char *s, size_t n,
	uint32_t *base)
{
	const struct lint_source *last = l->sources ? &l->source[l->sources - 1] : NULL;
	/* The place behind the last byte is the source's own, for findings at its end. */
	uint64_t from = last ? (uint64_t)last->base + last->n + 1 : 0;
	struct lint_source *source =
		more(l, l->source, l->sources, &l->sources_cap, sizeof(*source));

	if (!source)
		return false;
	l->source = source;
	if (n >= ORIGIN_NONE - from)
		return false;
	l->source[l->sources++] = (struct lint_source){ .name = lint_copy(l, name, strlen(name)),
		.s = s,
		.n = n,
		.base = (uint32_t)from,
		.type = type };
	*base = (uint32_t)from;
	return true;
}

struct lint *lint_new(const struct lint_host *host, bool compressed)
{
	struct lint *l = calloc(1, sizeof(*l));

	if (l) {
		if (host)
			l->host = *host;
		l->compressed = compressed;
	}
	return l;
}

void lint_free(struct lint *l)
{
	while (l && l->arena) {
		struct chunk *next = l->arena->next;

		free(l->arena);
		l->arena = next;
	}
	if (l) {
		free(l->source);
		free(l->found);
		free(l->daemon);
	}
	free(l);
}

bool lint_read(struct lint *l, enum lint_type type, const char *name, const char *s, size_t n,
	struct lint_fault *fault)
{
	uint32_t base;
	bool good;

	*fault = (struct lint_fault){ .text = NULL };
	l->daemons = 0;
	if (!lint_add_source(l, type, name, s, n, &base)) {
		fault->text = l->no_memory ? "out of memory" : "the files are more than 4 GiB";
		return false;
	}
	switch (type) {
	case LINT_MC:
		good = lint_mc(l, s, n, base, fault);
		break;
	case LINT_CF:
		good = lint_cf(l, s, n, base, fault);
		break;
	default:
		good = lint_map(l, type, s, n, base, fault);
		break;
	}
	if (l->no_memory || l->too_many) {
		*fault = l->no_memory ?
			(struct lint_fault){ .text = "out of memory" } :
			(struct lint_fault){ "more than a million findings", l->too_many_at, 0 };
		good = false;
	}
	return good;
}

static int compare(const void *a, const void *b)
{
	const struct lint_finding *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	/* A total order, so that the result does not hang on the sorting. */
	return strcmp(x->text, y->text);
}

const struct lint_finding *lint_findings(struct lint *l, size_t *n)
{
	size_t kept = 0;

	if (l->n > 0)
		qsort(l->found, l->n, sizeof(*l->found), compare);
	for (size_t i = 0; i < l->n; i++)
		if (kept == 0 || compare(&l->found[kept - 1], &l->found[i]) != 0)
			l->found[kept++] = l->found[i];
	l->n = kept;
	*n = kept;
	return l->found;
}

const struct lint_daemon *lint_daemons(const struct lint *l, size_t *n)
{
	*n = l->daemons;
	return l->daemon;
}

const struct lint_source *lint_source_at(const struct lint *l, uint32_t at)
{
	static const struct lint_source none = { .name = "", .s = "" };
	size_t low = 0, high = l->sources;

	/* A run may end for want of memory before it has a source. */
	if (high == 0)
		return &none;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (l->source[middle].base <= at)
			low = middle;
		else
			high = middle;
	}
	return &l->source[low];
}

/* Where the lines of a source begin, from the second one on. Few sources are ever asked about. */
static bool index_lines(struct lint *l, struct lint_source *source)
{
	const char *s = source->s, *end = s + source->n, *at;
	uint32_t *starts;
	size_t n = 0;

	if (source->starts)
		return true;
	for (at = s; at < end && (at = memchr(at, '\n', (size_t)(end - at))); at++)
		n++;
	starts = lint_alloc(l, (n + 1) * sizeof(*starts));
	if (!starts)
		return false;
	n = 0;
	for (at = s; at < end && (at = memchr(at, '\n', (size_t)(end - at))); at++)
		starts[n++] = (uint32_t)(at - s) + 1;
	source->starts = starts;
	source->lines = n;
	return true;
}

struct lint_where lint_where(struct lint *l, uint32_t at)
{
	struct lint_where where = { lint_source_at(l, at), 1, 1, "", 0 };
	size_t off, low = 0, high, from, to;
	struct lint_source *source;

	if (l->sources == 0)
		return where;
	source = &l->source[where.source - l->source];
	if (!index_lines(l, source))
		return where;
	off = at - source->base;
	/* low: how many lines begin at or before the place, the first aside. */
	for (high = source->lines; low < high;) {
		size_t middle = low + (high - low) / 2;

		if (source->starts[middle] <= off)
			low = middle + 1;
		else
			high = middle;
	}
	from = low > 0 ? source->starts[low - 1] : 0;
	to = low < source->lines ? source->starts[low] - 1 : source->n;
	where.line = low + 1;
	where.column = off - from + 1;
	where.s = source->s + from;
	where.n = to - from;
	return where;
}

static int compare_edits(const void *a, const void *b)
{
	const struct lint_edit *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->end < y->end ? -1 : x->end > y->end;
}

/* The edits of a source, in order; those of one finding are made together or not at all, so one
 * that overlaps another finding's takes its fellow with it. */
static size_t collect(const struct lint *l, const struct lint_source *source, uint32_t disabled,
	struct lint_edit *edit, size_t *made)
{
	uint32_t done = source->base;
	size_t n = 0;

	/* Findings stand in the order of their places, and so do, but for few, their edits. */
	for (size_t i = 0; i < l->n; i++) {
		const struct lint_finding *f = &l->found[i];
		bool fits = f->edits > 0 && (disabled >> f->rule & 1) == 0;

		for (unsigned e = 0; e < f->edits; e++)
			fits &= f->edit[e].at >= done && f->edit[e].end >= f->edit[e].at &&
				f->edit[e].end <= source->base + source->n;
		if (!fits)
			continue;
		for (unsigned e = 0; e < f->edits; e++) {
			edit[n++] = f->edit[e];
			if (f->edit[e].end > done)
				done = f->edit[e].end;
			/* Two insertions at one place have no order that could be known. */
			if (f->edit[e].end == f->edit[e].at && done == f->edit[e].at)
				done++;
		}
		++*made;
	}
	if (n > 0)
		qsort(edit, n, sizeof(*edit), compare_edits);
	return n;
}

char *lint_fix(struct lint *l, uint32_t base, uint32_t disabled, size_t *n, size_t *made)
{
	const struct lint_source *source = lint_source_at(l, base);
	struct lint_edit *edit = malloc((l->n * LINT_EDITS + 1) * sizeof(*edit));
	size_t edits, room = source->n + 1, from = 0;
	char *s = NULL;

	*n = *made = 0;
	if (edit) {
		lint_findings(l, &edits);
		edits = collect(l, source, disabled, edit, made);
		for (size_t i = 0; i < edits; i++)
			room += edit[i].n;
		s = malloc(room);
	}
	for (size_t i = 0; s && i <= edits; i++) {
		size_t to = i < edits ? edit[i].at - source->base : source->n;

		memcpy(s + *n, source->s + from, to - from);
		*n += to - from;
		if (i < edits) {
			memcpy(s + *n, edit[i].s, edit[i].n);
			*n += edit[i].n;
			from = edit[i].end - source->base;
		}
	}
	free(edit);
	return s;
}

/* Types. */

static bool same(const char *s, size_t n, const char *name)
{
	if (strlen(name) != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if ((s[i] >= 'A' && s[i] <= 'Z' ? s[i] | 32 : s[i]) != name[i])
			return false;
	return true;
}

static enum lint_type guess_by_name(const char *name, size_t n)
{
	static const struct {
		const char *name;
		enum lint_type type;
	} known[] = {
		{ "access", LINT_ACCESS },
		{ "access_db", LINT_ACCESS },
		{ "relay-domains", LINT_RELAY },
		{ "mailertable", LINT_MAILERTABLE },
		{ "local-host-names", LINT_CW },
		{ "sendmail.cw", LINT_CW },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (same(name, n, known[i].name))
			return known[i].type;
	return LINT_GUESS;
}

/* By a line that only one kind of file can have. */
static enum lint_type guess_by_content(const char *s, size_t n)
{
	enum { LOOK = 1 << 16 };
	static const struct {
		const char *begin;
		enum lint_type type;
	} known[] = {
		{ "divert(", LINT_MC },
		{ "VERSIONID(", LINT_MC },
		{ "OSTYPE(", LINT_MC },
		{ "DAEMON_OPTIONS(", LINT_MC },
		{ "CLIENT_OPTIONS(", LINT_MC },
		{ "FEATURE(", LINT_MC },
		{ "MAILER(", LINT_MC },
		{ "define(`", LINT_MC },
		{ "dnl", LINT_MC },
		{ "O DaemonPortOptions=", LINT_CF },
		{ "O ClientPortOptions=", LINT_CF },
		{ "V10/", LINT_CF },
		{ "Connect:", LINT_ACCESS },
		{ "From:", LINT_ACCESS },
		{ "To:", LINT_ACCESS },
		{ "Spam:", LINT_ACCESS },
		{ "ClientRate:", LINT_ACCESS },
		{ "ClientConn:", LINT_ACCESS },
		{ "GreetPause:", LINT_ACCESS },
	};
	size_t end = n < LOOK ? n : LOOK;

	for (size_t from = 0; from < end;) {
		const char *newline = memchr(s + from, '\n', n - from);

		for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
			size_t length = strlen(known[i].begin);

			if (n - from >= length && memcmp(s + from, known[i].begin, length) == 0)
				return known[i].type;
		}
		from = newline ? (size_t)(newline - s) + 1 : end;
	}
	return LINT_GUESS;
}

/* NAME, NAME.SUFFIX, or PREFIX.TYPE: access, access.new, site.mc, old.access. */
enum lint_type lint_guess(const char *name, const char *s, size_t n)
{
	const char *slash = strrchr(name, '/'), *base = slash ? slash + 1 : name;
	const char *dot = strrchr(base, '.');
	enum lint_type type = guess_by_name(base, strlen(base));

	for (unsigned i = 0; !type && dot && lint_types[i]; i++)
		if (same(dot + 1, strlen(dot + 1), lint_types[i]))
			type = (enum lint_type)(i + 1);
	/* Parts of .mc files, such as those in sendmail's own folders. */
	if (!type && dot && same(dot + 1, strlen(dot + 1), "m4"))
		type = LINT_MC;
	if (!type && dot)
		type = guess_by_name(base, (size_t)(dot - base));
	return type ? type : guess_by_content(s, n);
}
