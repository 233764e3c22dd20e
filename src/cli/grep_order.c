/* grep_order.c: blocks in their order: counts and numbers lines, and prints those around them that are
 * asked for, across the borders of blocks. Offsets are those of the whole file. */
#include <config.h>

#include "grep.h"

#include <errno.h>
#include <stdlib.h>

void grep_order_start(struct grep *g)
{
	g->selected = g->printed = g->pending = 0;
	g->history.from = g->history.n = 0;
	g->history.lines = 0;
}

/* One block in its turn. */
struct turn {
	struct grep *g;
	const struct block *b;
	struct block_out *out;
	size_t at;     /* in the block: of the line of context that follows what was printed last */
	uint64_t line; /* its number */
	bool ok;
};

static void flush(struct turn *t)
{
	put_bytes(t->g->cli, t->out->s, t->out->n);
	t->out->n = 0;
}

/* Prints a line of the block, or of the history. */
static void print(struct turn *t, struct grep_shown *line)
{
	enum { FULL = 256 * 1024 };
	struct grep *g = t->g;

	line->block = t->b->s;
	t->ok = t->ok && grep_print(g, t->out, line);
	g->printed = line->at + line->n + 1;
	g->any_printed = true;
	if (t->out->n > FULL)
		flush(t);
}

static size_t line_length(const char *s, size_t n)
{
	const char *newline = memchr(s, '\n', n);

	return newline ? (size_t)(newline - s) : n;
}

/* Prints the line at s[0..n), which may lack its newline, as context; returns how long it is with it. */
static size_t print_context(struct turn *t, const char *s, size_t n, uint64_t at, uint64_t number)
{
	struct grep_shown line = { .s = s, .at = at, .number = number, .mark = '-' };

	line.n = line_length(s, n);
	print(t, &line);
	return line.n < n ? line.n + 1 : n;
}

/* Prints the context that is still to come, up to a place in the block. */
static void print_after(struct turn *t, size_t to)
{
	const struct block *b = t->b;

	for (; t->g->pending > 0 && t->at < to; t->g->pending--)
		t->at += print_context(t, b->s + t->at, b->n - t->at, b->at + t->at, t->line++);
}

/* The start of the line before s + at, which is the start of one. */
static size_t line_before(const char *s, size_t at)
{
	const char *newline = at > 1 ? memrchr(s, '\n', at - 1) : NULL;

	return newline ? (size_t)(newline - s) + 1 : 0;
}

/* Goes from at back to the start of as many lines as *lines says, not before from, and takes those from
 * *lines. */
static size_t go_back(const char *s, size_t from, size_t at, uint64_t *lines)
{
	for (; *lines > 0 && at > from; --*lines)
		at = line_before(s, at);
	return at;
}

/* Prints the context before a selected line of the block. */
static void print_before(struct turn *t, const struct grep_selected *line)
{
	struct grep *g = t->g;
	const struct block *b = t->b;
	struct grep_history *h = &g->history;
	uint64_t left = g->before, number = b->number + line->line, first_at, lines;
	size_t from = g->printed > b->at ? (size_t)(g->printed - b->at) : 0, at, old;

	at = go_back(b->s, from, line->at, &left);
	number -= g->before - left;
	lines = left;
	old = from == 0 && at == 0 && h->n > 0 ? go_back(h->s + h->from, 0, h->n, &left) : h->n;
	number -= lines - left;
	first_at = b->at + at - (h->n - old);
	if (g->context && g->any_printed && (g->printed == 0 || g->printed != first_at))
		t->ok = t->ok && grep_print_separator(g, t->out);
	while (old < h->n)
		old += print_context(t, h->s + h->from + old, h->n - old, b->at - (h->n - old), number++);
	while (at < line->at)
		at += print_context(t, b->s + at, b->n - at, b->at + at, number++);
}

/* Keeps the last lines of the block that may become context. */
static bool keep_history(struct turn *t)
{
	struct grep *g = t->g;
	struct grep_history *h = &g->history;
	const struct block *b = t->b;
	size_t from = g->printed > b->at ? (size_t)(g->printed - b->at) : 0, at;
	uint64_t left = g->before, lines;
	void *room = h->s;

	from = from < b->n ? from : b->n;
	at = go_back(b->s, from, b->n, &left);
	lines = g->before - left;
	if (from > 0 || left == 0) {
		h->from = h->n = 0;
		h->lines = 0;
	}
	while (h->lines > left) {
		size_t n = line_length(h->s + h->from, h->n) + 1;

		h->from += n;
		h->n -= n;
		h->lines--;
	}
	/* What was dropped at the front is given back when it is most of it. */
	if (h->from > h->n + (b->n - at)) {
		memmove(h->s, h->s + h->from, h->n);
		h->from = 0;
	}
	if (at == b->n)
		return true;
	if (!grow(&room, &h->cap, h->from + h->n + (b->n - at), 1))
		return false;
	h->s = room;
	memcpy(h->s + h->from + h->n, b->s + at, b->n - at);
	h->n += b->n - at;
	h->lines += lines;
	return true;
}

static void select_line(struct turn *t, const struct grep_selected *line)
{
	struct grep *g = t->g;
	struct grep_shown shown = { .block = t->b->s,
		.s = t->b->s + line->at,
		.n = line->n,
		.number = t->b->number + line->line,
		.at = t->b->at + line->at,
		.mark = ':',
		.match = line->match,
		.matches = line->matches };

	g->selected++;
	g->end = shown.at + shown.n + 1;
	if (g->what == GREP_RECORDS)
		t->ok = t->ok && grep_record(g, &shown);
	if (g->what != GREP_LINES)
		return;
	print_after(t, line->at);
	print_before(t, line);
	print(t, &shown);
	g->pending = g->after;
	t->at = line->at + line->n + 1;
	t->line = shown.number + 1;
}

/* Prints lines in their order. */
static int order_lines(struct turn *t)
{
	struct grep *g = t->g;
	const struct block *b = t->b;
	struct grep_cursor c = { 0 };
	struct grep_selected line;

	t->line = b->number;
	while (t->ok && g->selected < g->max && !g->cli->stopped &&
		grep_next_selected(g, b, t->out->own, &c, &line))
		select_line(t, &line);
	print_after(t, b->n);
	if (g->before > 0 && !keep_history(t))
		t->ok = false;
	flush(t);
	if (!t->ok) {
		no_memory(g->cli);
		return BLOCKS_STOP;
	}
	return g->selected < g->max || g->pending > 0 ? BLOCKS_GO_ON : BLOCKS_STOP;
}

int grep_order(void *grep, const struct block *b, struct block_out *out)
{
	struct grep *g = grep;
	struct turn t = { .g = g, .b = b, .out = out, .ok = true };
	int after = BLOCKS_GO_ON;

	if (g->early) {
		g->selected += g->bare ? out->n > 0 : grep_count(g, b, out->own);
		flush(&t);
	} else if (g->sums) {
		g->selected += grep_count(g, b, out->own);
		if (g->what == GREP_WHETHER && g->selected > 0)
			after = BLOCKS_STOP;
	} else {
		after = order_lines(&t);
	}
	sink_end_record(&g->cli->sink);
	return g->cli->sink.error || g->cli->stopped ? BLOCKS_STOP : after;
}
