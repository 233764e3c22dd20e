/* lpm.c: longest-prefix match. Each family has its rows in order, and edges: the sorted places at
 * which the longest match changes, each with its row. A row knows the next wider one,
 * so that longest, widest and all matches are one structure. */
#include <stdlib.h>
#include <string.h>

#include <v6kit/lpm.h>

#include "array.h"
#include "edges.h"
#include "rank.h"

struct row {
	struct u128 first; /* its first place */
	uint32_t label, wider;
	uint8_t bits;
	uint8_t family; /* as the list had it: a twin keeps its entry's */
};

/* match[i] is the longest row behind i edges. */
struct table {
	struct row *row;
	struct edges edges;
	struct words words;
	uint32_t *match;
	size_t rows;
};

/* Index 0 is IPv4. Row numbers run through table 0, then table 1. */
struct v6k_lpm {
	struct table table[2];
};

static struct u128 row_last(const struct row *r)
{
	return u128_or(r->first, u128_not(u128_mask(r->bits)));
}

/* The wider rows that are still open while the sorted rows are swept. Equal prefixes share a
 * place, so that it is never deeper than the 129 lengths. */
struct sweep {
	uint32_t open[129];
	unsigned depth;
};

static void add_edge(struct table *t, struct u128 at, uint32_t row)
{
	struct edges *e = &t->edges;

	/* A place where one row ends and another begins is one edge. */
	if (e->n > 0 && u128_eq(edge_place(e, e->n - 1), at))
		e->n--;
	e->hi[e->n] = at.hi;
	if (e->lo)
		e->lo[e->n] = at.lo;
	t->match[++e->n] = row;
}

static void close_row(struct table *t, struct sweep *s, uint32_t base)
{
	struct u128 after;
	const struct row *r = &t->row[s->open[--s->depth] - base];

	if (!u128_add(row_last(r), u128_make(0, 1), &after))
		add_edge(t, after, s->depth ? s->open[s->depth - 1] : V6K_NO_ROW);
}

static void link_rows(struct table *t, uint32_t base)
{
	struct sweep s = { .depth = 0 };

	t->match[0] = V6K_NO_ROW;
	for (size_t i = 0; i < t->rows; i++) {
		struct row *r = &t->row[i];
		uint32_t number = base + (uint32_t)i;

		while (s.depth > 0 &&
			u128_cmp(row_last(&t->row[s.open[s.depth - 1] - base]), r->first) < 0)
			close_row(t, &s, base);
		r->wider = s.depth ? s.open[s.depth - 1] : V6K_NO_ROW;
		if (s.depth > 0 && t->row[r->wider - base].bits == r->bits)
			s.depth--;
		s.open[s.depth++] = number;
		add_edge(t, r->first, number);
	}
	while (s.depth > 0)
		close_row(t, &s, base);
}

static void fill_rows(const struct v6k_list *list, const struct sorted *s, struct table *t)
{
	for (size_t i = 0; i < t->rows; i++) {
		const uint64_t *record = s->record + i * s->words;
		uint64_t tail = record[s->words - 1];
		uint32_t number = tail_number(tail);

		t->row[i] = (struct row){
			.first = u128_make(record[0], s->words == 3 ? record[1] : 0),
			.label = list_label(list, number),
			.bits = (uint8_t)tail_bits(tail),
			.family = (uint8_t)kind_family(list->kind[number]),
		};
	}
}

static int table_build(const struct v6k_list *list, unsigned family, bool twins, size_t base,
	struct table *t)
{
	struct sorted s;
	bool wide;
	int e = sorted_gather(list, family, SORTED_OWN | SORTED_ROWS | (twins ? SORTED_TWINS : 0),
		&s);

	if (e)
		return e;
	if (s.n + base > INT32_MAX) {
		free(s.memory);
		return V6K_EOVERFLOW;
	}
	t->rows = s.n;
	wide = s.words == 3;
	t->row = array_new(t->rows, sizeof(t->row[0]));
	if (t->row) {
		sorted_sort(&s);
		fill_rows(list, &s, t);
	}
	free(s.memory);
	/* Fits where the rows did, which are more than twice as large. */
	t->match = array_new(2 * t->rows + 1, sizeof(t->match[0]));
	if (!t->row || !t->match || edges_new(&t->edges, 2 * t->rows, wide) != 0)
		return V6K_ENOMEM;
	link_rows(t, (uint32_t)base);
	edges_shrink(&t->edges);
	words_new(&t->edges, t->match, &t->words);
	return 0;
}

int v6k_lpm_freeze(const struct v6k_list *list, unsigned flags, struct v6k_lpm **out)
{
	struct v6k_lpm *lpm = calloc(1, sizeof(*lpm));
	bool twins = flags & V6K_MATCH_MAPPED;
	int e = lpm ? 0 : V6K_ENOMEM;

	if (e == 0)
		e = table_build(list, V6K_IPV4, twins, 0, &lpm->table[0]);
	if (e == 0)
		e = table_build(list, V6K_IPV6, twins, lpm->table[0].rows, &lpm->table[1]);
	if (e) {
		v6k_lpm_free(lpm);
		return e;
	}
	*out = lpm;
	return 0;
}

void v6k_lpm_free(struct v6k_lpm *lpm)
{
	for (unsigned i = 0; lpm && i < 2; i++) {
		words_free(&lpm->table[i].words);
		free(lpm->table[i].row);
		free(lpm->table[i].match);
		free(lpm->table[i].edges.hi);
	}
	free(lpm);
}

static const struct table *table_of(const struct v6k_lpm *lpm, unsigned family)
{
	return &lpm->table[family == V6K_IPV6];
}

static uint32_t lookup(const struct v6k_lpm *lpm, struct v6k_addr a)
{
	const struct table *t = table_of(lpm, a.family);

	return family_ok(a.family) ? t->match[edges_rank(&t->edges, place_of(a))] : V6K_NO_ROW;
}

void v6k_lpm_lookup(const struct v6k_lpm *lpm, const struct v6k_addr *addrs, size_t n,
	uint32_t *rows)
{
	struct batch b;
	size_t rank[BATCH];

	for (; n > 0; addrs += BATCH, rows += BATCH, n -= BATCH) {
		size_t some = n < BATCH ? n : BATCH;

		memset(rows, 0xff, some * sizeof(*rows)); /* V6K_NO_ROW */
		/* Most are IPv6, and often all. */
		for (size_t family = 2, left = some; family-- > 0 && left > 0; left -= b.n) {
			const struct table *t = &lpm->table[family];

			batch_take(&b, family, addrs, some);
			batch_rank(&b, &t->edges, &t->words, rank);
			for (size_t i = 0; i < b.n; i++)
				rows[b.of[i]] = t->match[rank[i]];
		}
		if (n <= BATCH)
			break;
	}
}

/* The row's place in the table of its number. */
static const struct row *row_at(const struct v6k_lpm *lpm, uint32_t number, unsigned *family)
{
	const struct table *v4 = &lpm->table[0], *v6 = &lpm->table[1];

	*family = number < v4->rows ? V6K_IPV4 : V6K_IPV6;
	if (number < v4->rows)
		return &v4->row[number];
	return number - v4->rows < v6->rows ? &v6->row[number - v4->rows] : NULL;
}

uint32_t v6k_lpm_lookup_range(const struct v6k_lpm *lpm, struct v6k_range r)
{
	uint32_t number = lookup(lpm, r.first);
	unsigned family;

	while (number != V6K_NO_ROW) {
		const struct row *row = row_at(lpm, number, &family);

		if (u128_cmp(place_end(r.last), row_last(row)) <= 0)
			break;
		number = row->wider;
	}
	return number;
}

/* How many rows of t have their network address below place, or at it too. */
static size_t rows_below(const struct table *t, struct u128 place, bool at)
{
	size_t low = 0, high = t->rows;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = u128_cmp(t->row[middle].first, place);

		if (order < 0 || (at && order == 0))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t v6k_lpm_rows_inside(const struct v6k_lpm *lpm, struct v6k_range r, uint32_t *first)
{
	const struct table *t = table_of(lpm, r.first.family);
	size_t from = rows_below(t, place_of(r.first), false);
	size_t to = rows_below(t, place_of(r.last), true);

	*first = (uint32_t)(from + (r.first.family == V6K_IPV6 ? lpm->table[0].rows : 0));
	return family_ok(r.first.family) ? (uint32_t)(to - from) : 0;
}

int v6k_lpm_row(const struct v6k_lpm *lpm, uint32_t number, struct v6k_lpm_row *out)
{
	unsigned family;
	const struct row *r = row_at(lpm, number, &family);
	struct v6k_prefix p;
	int e = 0;

	if (!r)
		return V6K_EINVAL;
	p = prefix_value(family, addr_number(place_addr(family, r->first)), r->bits);
	if (r->family != family)
		e = family == V6K_IPV4 ? v6k_prefix_map(p, &p) : v6k_prefix_unmap(p, &p);
	if (e)
		return e;
	*out = (struct v6k_lpm_row){ .prefix = p, .label = r->label, .wider = r->wider };
	return 0;
}
