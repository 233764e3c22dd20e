/* grep_find.c: a block of lines: what in it matches. Many matches are found at once, and the ends of lines
 * only around those. */
#include <config.h>

#include "grep.h"

#include <errno.h>
#include <stdlib.h>

/* So many matches are found at a time; with so many matches, or lines, kept, the rest of a block waits. */
enum { BATCH = 256, KEPT_MAX = 16384 };

struct grep_found {
	struct v6k_hit hit[BATCH];
	struct v6k_addr addr[BATCH];
	uint32_t row[BATCH];
	struct grep_match *match;
	struct grep_line *line;
	size_t matches, matches_cap, lines, lines_cap;
	uint64_t selected; /* lines that match, where nothing else about them is kept */
};

void *grep_found_new(void *grep)
{
	(void)grep;
	return calloc(1, sizeof(struct grep_found));
}

void grep_found_free(void *own)
{
	struct grep_found *found = own;

	free(found->match);
	free(found->line);
	free(found);
}

/* The work on one block. */
struct find {
	const struct grep *g;
	const struct block *b;
	struct block_out *out;
	struct grep_found *found;
	size_t next;    /* behind the last line that matched, or 0 */
	size_t counted; /* lines before here are counted */
	uint64_t lines;
	size_t run; /* where a run of lines that are to be printed as they are begins: it ends at next */
};

/* The next matches, from *at on: how many. */
static size_t next_matches(const struct grep *g, const struct block *b, size_t *at,
	struct grep_found *found)
{
	const struct v6k_set *set = g->members.set;
	int n = set ? v6k_set_scan(set, b->s, b->n, at, g->scan_flags, found->hit, BATCH) :
		      v6k_scan(b->s, b->n, at, g->scan_flags, found->hit, BATCH);
	size_t kept = 0;

	for (int i = 0; i < n; i++) {
		if (!wants_family(g->cli, found->hit[i].addr.family))
			continue;
		if (kept < (size_t)i)
			found->hit[kept] = found->hit[i];
		kept++;
	}
	return kept;
}

/* The rows of n matches. */
static void find_rows(const struct grep *g, struct grep_found *found, size_t n)
{
	for (size_t i = 0; i < n; i++)
		found->addr[i] = found->hit[i].addr;
	v6k_lpm_lookup(g->lpm, found->addr, n, found->row);
	for (size_t i = 0; i < n; i++) {
		const struct v6k_hit *hit = &found->hit[i];

		if (hit->kind != V6K_KIND_ADDR)
			found->row[i] = v6k_lpm_lookup_range(g->lpm,
				(struct v6k_range){ hit->addr, hit->last });
	}
}

/* -x: whether the line at s is the hit, in any notation. A carriage return is part of its end. */
static bool is_whole(const struct v6k_hit *hit, const char *s, size_t n)
{
	struct v6k_notation what;

	n -= n > 0 && s[n - 1] == '\r';
	if (v6k_notation_parse(s, n, 0, &what, NULL) != 0 ||
		v6k_addr_cmp(what.addr, hit->addr) != 0)
		return false;
	return what.kind != V6K_KIND_RANGE || v6k_addr_cmp(what.last, hit->last) == 0;
}

static void count_lines(struct find *f, size_t to)
{
	f->lines += block_lines(f->b->s + f->counted, to - f->counted);
	f->counted = to;
}

/* Counts the lines that end before `to`, while the caches hold them. */
static void count_ended_lines(struct find *f, size_t to)
{
	const char *newline = memrchr(f->b->s + f->counted, '\n', to - f->counted);

	if (newline)
		count_lines(f, (size_t)(newline - f->b->s) + 1);
}

/* Adds the line at..end, which has a match, to what is known of the block. */
static int add_line(struct find *f, size_t at, size_t end)
{
	struct grep_found *found = f->found;
	void *lines = found->line;

	if (f->g->sums || f->g->bare) {
		found->selected++;
		return 0;
	}
	if (!grow(&lines, &found->lines_cap, found->lines + 1, sizeof(struct grep_line)))
		return -ENOMEM;
	found->line = lines;
	if (f->g->number)
		count_lines(f, at);
	found->line[found->lines++] = (struct grep_line){ .at = (uint32_t)at,
		.end = (uint32_t)end,
		.before = (uint32_t)f->lines,
		.match = (uint32_t)found->matches };
	return 0;
}

/* Prints the run of lines that ends where the next one begins: those before a line that matches with -v,
 * else those that matched one after the other. */
static int end_run(struct find *f, size_t end, size_t start)
{
	bool ok = end == f->run || block_put(f->out, f->b->s + f->run, end - f->run);

	/* A last line may lack its newline. */
	if (ok && end > f->run && f->b->s[end - 1] != '\n')
		ok = block_put(f->out, "\n", 1);
	f->run = start;
	return ok ? 0 : -ENOMEM;
}

static int add_run(struct find *f, size_t at, size_t next)
{
	if (f->g->o->invert)
		return end_run(f, at, next);
	return at == f->next ? 0 : end_run(f, f->next, at);
}

/* The line of a hit that lies behind all lines so far. */
static int find_line(struct find *f, const struct v6k_hit *hit)
{
	const char *s = f->b->s, *newline;
	size_t at = hit->off, end, next;
	int e;

	newline = memrchr(s + f->next, '\n', at - f->next);
	at = newline ? (size_t)(newline - s) + 1 : f->next;
	newline = memchr(s + hit->off, '\n', f->b->n - hit->off);
	end = newline ? (size_t)(newline - s) : f->b->n;
	next = newline ? end + 1 : end;
	if (f->g->o->line && !is_whole(hit, s + at, end - at))
		return 0;
	e = add_line(f, at, end);
	if (e == 0 && f->g->bare)
		e = add_run(f, at, next);
	f->next = next;
	return e;
}

static int add_match(struct grep_found *found, size_t i, bool row)
{
	void *matches = found->match;

	if (!grow(&matches, &found->matches_cap, found->matches + 1, sizeof(struct grep_match)))
		return -ENOMEM;
	found->match = matches;
	found->match[found->matches++] =
		(struct grep_match){ found->hit[i], row ? found->row[i] : V6K_NO_ROW };
	found->line[found->lines - 1].n++;
	return 0;
}

/* Takes in the n matches of a batch. */
static int add_batch(struct find *f, size_t n)
{
	int e = 0;

	for (size_t i = 0; i < n && e == 0; i++) {
		if (f->found->hit[i].off >= f->next)
			e = find_line(f, &f->found->hit[i]);
		/* With -x the line need not have been taken. */
		if (e == 0 && f->g->matches && f->found->hit[i].off < f->next)
			e = add_match(f->found, i, f->g->lpm);
	}
	return e;
}

/* Leaves the rest of the block for another time, from the last line on, which may hold more matches. True
 * when so much was kept that this is the time to. */
static bool leave_rest(struct find *f)
{
	struct grep_found *found = f->found;
	struct grep_line *last;

	if (found->lines < 2 || (found->matches < KEPT_MAX && found->lines < KEPT_MAX))
		return false;
	last = &found->line[--found->lines];
	found->matches = last->match;
	f->out->used = last->at;
	return true;
}

/* Whether nothing more need be known, since one line is enough. */
static bool is_answered(const struct find *f)
{
	return f->g->what == GREP_WHETHER && !f->g->o->invert && f->found->selected > 0;
}

/* Prints the selected lines, where that needs nothing of other blocks. */
static int print_early(const struct grep *g, const struct block *b, struct block_out *out)
{
	struct grep_cursor c = { 0 };
	struct grep_selected line;

	while (grep_next_selected(g, b, out->own, &c, &line)) {
		struct grep_shown shown = { .block = b->s,
			.s = b->s + line.at,
			.n = line.n,
			.at = b->at + line.at,
			.mark = ':',
			.match = line.match,
			.matches = line.matches };

		if (!grep_print(g, out, &shown))
			return -ENOMEM;
	}
	return 0;
}

/* What is left to do when all matches are known. */
static int end_block(struct find *f)
{
	const struct grep *g = f->g;
	struct block b = *f->b;
	int e = 0;

	b.n = f->out->used;
	if (g->counts) {
		if (b.n < f->counted) { /* the rest was left */
			f->counted = 0;
			f->lines = 0;
		}
		count_lines(f, b.n);
		f->out->lines = f->lines;
	}
	if (g->bare)
		e = end_run(f, g->o->invert ? b.n : f->next, b.n);
	else if (g->early)
		e = print_early(g, &b, f->out);
	return e;
}

int grep_find(void *grep, const struct block *b, struct block_out *out)
{
	struct find f = { .g = grep, .b = b, .out = out, .found = out->own };
	size_t at = 0;
	int e = 0;

	f.found->matches = f.found->lines = 0;
	f.found->selected = 0;
	while (at < b->n && e == 0) {
		size_t n = next_matches(f.g, b, &at, f.found);

		if (f.g->lpm)
			find_rows(f.g, f.found, n);
		if (f.g->counts && !f.g->number)
			count_ended_lines(&f, at);
		e = add_batch(&f, n);
		if (leave_rest(&f) || is_answered(&f))
			break;
	}
	return e ? e : end_block(&f);
}

/* The line that comes next in a block, whatever it holds. */
static bool next_line(const struct block *b, struct grep_cursor *c, struct grep_selected *line)
{
	const char *newline;

	if (c->at >= b->n)
		return false;
	newline = memchr(b->s + c->at, '\n', b->n - c->at);
	*line = (struct grep_selected){ .at = c->at, .line = c->line };
	line->n = (newline ? (size_t)(newline - b->s) : b->n) - c->at;
	c->at += line->n + 1;
	c->line++;
	return true;
}

bool grep_next_selected(const struct grep *g, const struct block *b, const struct grep_found *found,
	struct grep_cursor *c, struct grep_selected *line)
{
	const struct grep_line *l;

	while (g->o->invert) {
		if (!next_line(b, c, line))
			return false;
		if (c->i == found->lines || found->line[c->i].at != line->at)
			return true;
		c->i++;
	}
	if (c->i == found->lines)
		return false;
	l = &found->line[c->i++];
	*line = (struct grep_selected){ l->at, l->end - l->at, l->before,
		g->matches ? found->match + l->match : NULL, l->n };
	return true;
}

uint64_t grep_count(const struct grep *g, const struct block *b, const struct grep_found *found)
{
	uint64_t matched = found->selected + found->lines;

	return g->o->invert ? block_lines(b->s, b->n) - matched : matched;
}
