/* grep_print.c: a line, or what matches in it, with the name of its file and its numbers, in GNU grep's
 * form and colours. */
#include <config.h>

#include "grep.h"

#define RED "01;31"
#define MAGENTA "35"
#define GREEN "32"
#define CYAN "36"

static bool put_string(struct block_out *out, const char *s)
{
	return block_put(out, s, strlen(s));
}

/* A text in a colour; null: in none. */
static bool put_coloured(const struct grep *g, struct block_out *out, const char *colour,
	const char *s, size_t n)
{
	if (!g->color || !colour)
		return block_put(out, s, n);
	return put_string(out, "\33[") && put_string(out, colour) && put_string(out, "m\33[K") &&
		block_put(out, s, n) && put_string(out, "\33[m\33[K");
}

static bool put_number(const struct grep *g, struct block_out *out, uint64_t number, char mark)
{
	char digits[20];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	return put_coloured(g, out, GREEN, digits + at, sizeof(digits) - at) &&
		put_coloured(g, out, CYAN, &mark, 1);
}

bool grep_print_name(const struct grep *g, struct block_out *out, char mark)
{
	return put_coloured(g, out, MAGENTA, g->name, strlen(g->name)) &&
		(g->o->null ? block_put(out, "", 1) :
			mark == '\n' ? block_put(out, "\n", 1) : put_coloured(g, out, CYAN, &mark, 1));
}

bool grep_print_separator(const struct grep *g, struct block_out *out)
{
	return put_coloured(g, out, CYAN, "--", 2) && block_put(out, "\n", 1);
}

/* What stands before a line, or before a match at an offset in it. */
static bool put_head(const struct grep *g, struct block_out *out, const struct grep_shown *l,
	size_t off)
{
	return (!g->named || grep_print_name(g, out, l->mark)) &&
		(!g->o->number || put_number(g, out, l->number, l->mark)) &&
		(!g->o->byte_offset || put_number(g, out, l->at + off, l->mark));
}

/* Where a match lies in its line. */
static size_t offset_in(const struct grep_shown *l, const struct grep_match *m)
{
	return (size_t)(l->block + m->hit.off - l->s);
}

/* The line, what matches in it in red. */
static bool put_body(const struct grep *g, struct block_out *out, const struct grep_shown *l)
{
	size_t done = 0;

	for (size_t i = 0; i < l->matches; i++) {
		size_t off = offset_in(l, &l->match[i]), n = l->match[i].hit.len;

		if (!block_put(out, l->s + done, off - done) ||
			!put_coloured(g, out, RED, l->s + off, n))
			return false;
		done = off + n;
	}
	return block_put(out, l->s + done, l->n - done) && block_put(out, "\n", 1);
}

struct v6k_notation grep_notation(const struct v6k_hit *hit)
{
	struct v6k_notation what = { .addr = hit->addr,
		.zone_off = hit->zone_at,
		.zone_len = hit->zone_len,
		.kind = hit->kind,
		.bits = hit->bits };

	/* An interface's address keeps the length that it was written with. */
	if (hit->kind == V6K_KIND_ADDR && hit->bits != v6k_family_bits(hit->addr.family))
		what.kind = V6K_KIND_PREFIX;
	if (hit->kind == V6K_KIND_RANGE)
		what.last = hit->last;
	return what;
}

/* Says that a match cannot be written in the style of -O. What was printed so far goes before that. */
static void bad_style(const struct grep *g, struct block_out *out, const struct grep_shown *l,
	const struct grep_match *m, int code)
{
	struct v6k_notation what = grep_notation(&m->hit);
	size_t off = offset_in(l, m);
	const char *s = l->s + off;
	size_t n = m->hit.len;
	struct item item = { s, n, s, n, { g->place, l->number, off + 1 } };
	struct message text = { .n = 0 };

	put_bytes(g->cli, out->s, out->n);
	out->n = 0;
	message_style(&text, &what, g->style, code);
	item_bad(g->cli, &item, 0, n, text.text);
}

/* The end of a line of -p: the row, and its label. */
static bool put_row(const struct grep *g, struct block_out *out, const struct v6k_lpm_row *row)
{
	char prefix[V6K_NOTATION_TEXT_MAX];
	int n = v6k_prefix_format(row->prefix, V6K_CANONICAL, prefix, sizeof(prefix));
	size_t label_n;
	const char *label = members_label(&g->members, row->label, &label_n);

	return block_put(out, "\t", 1) && block_put(out, prefix, n > 0 ? (size_t)n : 0) &&
		block_put(out, "\t", 1) && block_put(out, label, label_n);
}

/* The match itself, as it stands in the text or, with -O and -p, in a style. *code is negative when the
 * style cannot carry it. */
static bool put_member(const struct grep *g, struct block_out *out, const struct grep_shown *l,
	const struct grep_match *m, int *code)
{
	struct v6k_notation what = grep_notation(&m->hit);
	const char *s = l->s + offset_in(l, m);
	size_t cap = 2 * V6K_NOTATION_TEXT_MAX + what.zone_len;
	char *room;

	*code = 0;
	if (!g->o->prefix && !g->o->style)
		return put_coloured(g, out, RED, s, m->hit.len);
	if (g->color && !put_string(out, "\33[" RED "m\33[K"))
		return false;
	room = block_room(out, cap);
	if (!room)
		return false;
	*code = v6k_notation_format(&what, s, g->style, room, cap);
	out->n += *code > 0 ? (size_t)*code : 0;
	return !g->color || put_string(out, "\33[m\33[K");
}

/* A match as a line; with -p as a line for each of its rows. */
static bool put_match(const struct grep *g, struct block_out *out, const struct grep_shown *l,
	const struct grep_match *m)
{
	size_t start = out->n;
	struct members_rows rows = { .lpm = NULL };
	struct v6k_lpm_row row;
	int code = 0;
	bool ok = true;

	if (g->o->prefix)
		members_rows_start(&rows, g->lpm, m->row,
			(struct v6k_range){ m->hit.addr, m->hit.last });
	while (ok && code >= 0 && (!g->o->prefix || members_rows_next(&rows, &row))) {
		ok = put_head(g, out, l, offset_in(l, m)) && put_member(g, out, l, m, &code) &&
			(!g->o->prefix || put_row(g, out, &row)) && block_put(out, "\n", 1);
		if (!g->o->prefix)
			break;
	}
	if (code < 0) {
		out->n = start;
		bad_style(g, out, l, m, code);
	}
	return ok;
}

bool grep_print(const struct grep *g, struct block_out *out, const struct grep_shown *l)
{
	bool ok = true;

	if (!g->picks)
		return put_head(g, out, l, 0) && put_body(g, out, l);
	for (size_t i = 0; i < l->matches && ok && !g->cli->stopped; i++)
		ok = put_match(g, out, l, &l->match[i]);
	return ok;
}
