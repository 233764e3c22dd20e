/* lpm.c: longest-prefix match. Each family has its rows in order, and boundaries: the sorted
 * addresses at which the longest match changes, each with its row. A row knows the next wider one,
 * so that longest, widest and all matches are one structure. */
#include <stdlib.h>

#include <v6kit/lpm.h>

#include "list.h"

struct row {
	struct u128 first;
	uint32_t label, wider;
	uint8_t bits;   /* as the row's family counts */
	uint8_t family; /* as the list had it: a twin keeps its entry's */
};

struct bound {
	struct u128 at;
	uint32_t row;
};

struct table {
	struct row *row;
	struct bound *bound;
	size_t rows, bounds;
};

/* Index 0 is IPv4. Row numbers run through table 0, then table 1. */
struct v6k_lpm {
	struct table table[2];
};

static struct u128 row_last(const struct row *r, unsigned family)
{
	return u128_or(r->first, u128_not(family_mask(family, r->bits)));
}

/* Network, then length; of equals the earlier one last, since the last one is the longest match.
 * Until the rows are linked, wider holds the number of the list entry. */
static int by_network(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order = u128_cmp(x->first, y->first);

	if (order == 0)
		order = (int)x->bits - (int)y->bits;
	if (order == 0)
		order = x->wider < y->wider ? 1 : x->wider > y->wider ? -1 : 0;
	return order;
}

/* Stores a row for each minimal prefix of each entry of a family, twins included when asked for;
 * with rows null it counts them. */
static size_t each_row(const struct v6k_list *list, unsigned family, bool twins, struct row *rows)
{
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct list_entry *e = &list->entry[i];
		struct list_entry twin;
		struct v6k_range rest;
		struct v6k_prefix p;

		if (e->family != family) {
			if (!twins || !list_entry_twin(e, &twin))
				continue;
			e = &twin;
		}
		rest.first = addr_value(family, e->first);
		rest.last = addr_value(family, e->last);
		for (; v6k_range_pop(&rest, &p); n++) {
			if (!rows)
				continue;
			rows[n] = (struct row){ .first = prefix_number(p),
				.label = e->label,
				.wider = (uint32_t)i,
				.bits = p.bits,
				.family = list->entry[i].family };
		}
	}
	return n;
}

/* The wider rows that are still open while the sorted rows are swept. Equal prefixes share a
 * place, so that it is never deeper than the 129 lengths. */
struct sweep {
	uint32_t open[129];
	unsigned depth;
};

static void add_bound(struct table *t, struct u128 at, uint32_t row)
{
	/* A place where one row ends and another begins is one boundary. */
	if (t->bounds > 0 && u128_eq(t->bound[t->bounds - 1].at, at))
		t->bounds--;
	t->bound[t->bounds++] = (struct bound){ at, row };
}

static void close_row(struct table *t, struct sweep *s, uint32_t base, unsigned family)
{
	struct u128 after;
	const struct row *r = &t->row[s->open[--s->depth] - base];

	if (!u128_add(row_last(r, family), u128_make(0, 1), &after))
		add_bound(t, after, s->depth ? s->open[s->depth - 1] : V6K_NO_ROW);
}

static void link_rows(struct table *t, uint32_t base, unsigned family)
{
	struct sweep s = { .depth = 0 };

	for (size_t i = 0; i < t->rows; i++) {
		struct row *r = &t->row[i];
		uint32_t number = base + (uint32_t)i;

		while (s.depth > 0 &&
			u128_cmp(row_last(&t->row[s.open[s.depth - 1] - base], family), r->first) <
				0)
			close_row(t, &s, base, family);
		r->wider = s.depth ? s.open[s.depth - 1] : V6K_NO_ROW;
		if (s.depth > 0 && t->row[r->wider - base].bits == r->bits)
			s.depth--;
		s.open[s.depth++] = number;
		add_bound(t, r->first, number);
	}
	while (s.depth > 0)
		close_row(t, &s, base, family);
}

static int table_build(const struct v6k_list *list, unsigned family, bool twins, size_t base,
	struct table *t)
{
	t->rows = each_row(list, family, twins, NULL);
	if (t->rows + base > INT32_MAX)
		return V6K_EOVERFLOW;
	/* A range may be 254 rows: where a size has 32 bits their bytes need not fit. */
	if (t->rows > SIZE_MAX / 2 / sizeof(t->row[0]))
		return V6K_ENOMEM;
	t->row = malloc((t->rows ? t->rows : 1) * sizeof(t->row[0]));
	t->bound = malloc((t->rows ? 2 * t->rows : 1) * sizeof(t->bound[0]));
	if (!t->row || !t->bound)
		return V6K_ENOMEM;
	each_row(list, family, twins, t->row);
	if (t->rows > 0)
		qsort(t->row, t->rows, sizeof(t->row[0]), by_network);
	link_rows(t, (uint32_t)base, family);
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
		free(lpm->table[i].row);
		free(lpm->table[i].bound);
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
	size_t low = 0, high = t->bounds;

	if (!family_ok(a.family))
		return V6K_NO_ROW;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (u128_cmp(t->bound[middle].at, addr_number(a)) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? t->bound[low - 1].row : V6K_NO_ROW;
}

void v6k_lpm_lookup(const struct v6k_lpm *lpm, const struct v6k_addr *addrs, size_t n,
	uint32_t *rows)
{
	for (size_t i = 0; i < n; i++)
		rows[i] = lookup(lpm, addrs[i]);
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

		if (u128_cmp(addr_number(r.last), row_last(row, family)) <= 0)
			break;
		number = row->wider;
	}
	return number;
}

/* How many rows of t have a network address below number, or at it too. */
static size_t rows_below(const struct table *t, struct u128 number, bool at)
{
	size_t low = 0, high = t->rows;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = u128_cmp(t->row[middle].first, number);

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
	size_t from = rows_below(t, addr_number(r.first), false);
	size_t to = rows_below(t, addr_number(r.last), true);

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
	p = prefix_value(family, r->first, r->bits);
	if (r->family != family)
		e = family == V6K_IPV4 ? v6k_prefix_map(p, &p) : v6k_prefix_unmap(p, &p);
	if (e)
		return e;
	*out = (struct v6k_lpm_row){ .prefix = p, .label = r->label, .wider = r->wider };
	return 0;
}
