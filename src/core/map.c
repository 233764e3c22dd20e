/* map.c: a map is, for both families together, sorted spans that each have a label. */
#include <stdlib.h>

#include <v6kit/lpm.h>
#include <v6kit/map.h>

#include "value.h"

struct map_span {
	struct v6k_range range;
	uint32_t label;
};

struct v6k_map {
	struct map_span *span;
	size_t n, cap;
};

static bool touches(struct v6k_addr last, struct v6k_addr first)
{
	struct v6k_addr after;

	return v6k_addr_add(last, 0, 1, &after) == 0 && v6k_addr_cmp(after, first) == 0;
}

/* Appends a span behind all others: it joins the last one where they touch and have the same label. */
static int span_add(struct v6k_map *map, struct v6k_range r, uint32_t label)
{
	struct map_span *top = map->n ? &map->span[map->n - 1] : NULL;

	if (top && top->label == label && touches(top->range.last, r.first)) {
		top->range.last = r.last;
		return 0;
	}
	if (map->n == map->cap) {
		size_t cap = map->cap ? map->cap + map->cap / 2 : 16;
		struct map_span *span = cap < SIZE_MAX / sizeof(*span) ?
			realloc(map->span, cap * sizeof(*span)) :
			NULL;

		if (!span)
			return V6K_ENOMEM;
		map->span = span;
		map->cap = cap;
	}
	map->span[map->n++] = (struct map_span){ r, label };
	return 0;
}

/* The rows that hold the place where the sweep is, the longest on top: at most one for each length and
 * family, since of equal rows the one above it hides the others. */
struct sweep {
	struct v6k_map *map;
	struct v6k_lpm_row open[129];
	unsigned n;
	struct v6k_addr at; /* what comes next; none: past the end of the family */
};

/* What has the label of the top up to and including last. */
static int sweep_to(struct sweep *s, struct v6k_addr last)
{
	struct v6k_range r;
	uint32_t label = s->open[s->n - 1].label;

	if (s->at.family == V6K_NONE || v6k_range_make(s->at, last, &r) != 0)
		return 0;
	if (v6k_addr_add(last, 0, 1, &s->at) != 0)
		s->at = (struct v6k_addr){ .family = V6K_NONE };
	return span_add(s->map, r, label);
}

/* Ends the rows that do not hold p. */
static int sweep_close(struct sweep *s, const struct v6k_prefix *p)
{
	int e = 0;

	while (e == 0 && s->n > 0 && (!p || !v6k_prefix_covers(s->open[s->n - 1].prefix, *p))) {
		e = sweep_to(s, v6k_prefix_last(s->open[s->n - 1].prefix));
		s->n--;
	}
	return e;
}

/* Rows come by network, the wider first, and of equal ones the longest match last. */
static int sweep_open(struct sweep *s, const struct v6k_lpm_row *row)
{
	struct v6k_addr before, first = v6k_prefix_first(row->prefix);
	int e = sweep_close(s, &row->prefix);

	if (e == 0 && s->n > 0 && v6k_addr_sub(first, 0, 1, &before) == 0)
		e = sweep_to(s, before);
	if (s->n > 0 && v6k_prefix_cmp(s->open[s->n - 1].prefix, row->prefix) == 0)
		s->n--;
	s->open[s->n++] = *row;
	s->at = first;
	return e;
}

int v6k_map_freeze(const struct v6k_list *list, struct v6k_map **out)
{
	struct sweep s = { .map = calloc(1, sizeof(struct v6k_map)) };
	struct v6k_lpm *lpm = NULL;
	struct v6k_lpm_row row;
	int e = s.map ? v6k_lpm_freeze(list, 0, &lpm) : V6K_ENOMEM;

	for (uint32_t i = 0; e == 0 && v6k_lpm_row(lpm, i, &row) == 0; i++)
		e = sweep_open(&s, &row);
	if (e == 0)
		e = sweep_close(&s, NULL);
	v6k_lpm_free(lpm);
	if (e) {
		v6k_map_free(s.map);
		return e;
	}
	*out = s.map;
	return 0;
}

/* The first range of a set, from number i on, that does not lie before an address. */
static bool skip_before(const struct v6k_set *set, size_t *i, struct v6k_addr a,
	struct v6k_range *r)
{
	while (v6k_set_range(set, *i, r) == 0) {
		if (v6k_addr_cmp(r->last, a) >= 0)
			return true;
		++*i;
	}
	return false;
}

/* The parts of a span inside or outside the set, whose ranges from number *i on may meet it. */
static int clip(struct v6k_map *map, struct map_span span, const struct v6k_set *set, size_t *i,
	bool inside)
{
	struct v6k_addr at = span.range.first;
	struct v6k_range r, part;
	int e = 0;

	while (e == 0 && skip_before(set, i, at, &r) && v6k_addr_cmp(r.first, span.range.last) <= 0) {
		bool starts = v6k_addr_cmp(r.first, at) > 0, ends;

		if (starts && !inside) {
			part = (struct v6k_range){ at, r.first };
			v6k_addr_sub(r.first, 0, 1, &part.last);
			e = span_add(map, part, span.label);
		}
		ends = v6k_addr_cmp(r.last, span.range.last) >= 0;
		part = (struct v6k_range){ starts ? r.first : at, ends ? span.range.last : r.last };
		if (e == 0 && inside)
			e = span_add(map, part, span.label);
		if (e || ends)
			return e;
		v6k_addr_add(r.last, 0, 1, &at);
	}
	part = (struct v6k_range){ at, span.range.last };
	return e || inside ? e : span_add(map, part, span.label);
}

int v6k_map_combine(const struct v6k_map *map, const struct v6k_set *set, enum v6k_set_op op,
	struct v6k_map **out)
{
	struct v6k_map *made;
	size_t at = 0;
	int e = 0;

	if (op != V6K_INTERSECTION && op != V6K_DIFFERENCE)
		return V6K_EINVAL;
	made = calloc(1, sizeof(*made));
	if (!made)
		return V6K_ENOMEM;
	for (size_t i = 0; e == 0 && i < map->n; i++)
		e = clip(made, map->span[i], set, &at, op == V6K_INTERSECTION);
	if (e) {
		v6k_map_free(made);
		return e;
	}
	*out = made;
	return 0;
}

void v6k_map_free(struct v6k_map *map)
{
	if (map)
		free(map->span);
	free(map);
}

size_t v6k_map_size(const struct v6k_map *map)
{
	return map->n;
}

int v6k_map_range(const struct v6k_map *map, size_t i, struct v6k_range *out, uint32_t *label)
{
	if (i >= map->n)
		return V6K_EINVAL;
	*out = map->span[i].range;
	if (label)
		*label = map->span[i].label;
	return 0;
}
