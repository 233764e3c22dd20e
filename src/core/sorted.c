/* sorted.c: gathers the prefixes of a list in records as narrow as they allow, and sorts those. */
#include <string.h>

#include "array.h"
#include "sorted.h"

enum { WORDS_MAX = 4 };

static inline bool is_less(const uint64_t *a, const uint64_t *b, unsigned words)
{
	unsigned w = 0;

	while (w + 1 < words && a[w] == b[w])
		w++;
	return a[w] < b[w];
}

/* The loops below are compiled for each size of records. */
#define FOR_WORDS(words, loop, ...)           \
	do {                                  \
		if ((words) == 1)             \
			loop(__VA_ARGS__, 1); \
		else if ((words) == 2)        \
			loop(__VA_ARGS__, 2); \
		else if ((words) == 3)        \
			loop(__VA_ARGS__, 3); \
		else                          \
			loop(__VA_ARGS__, 4); \
	} while (0)

/* Stores s in order in to, which may be the same place. */
static inline void insert_all(const uint64_t *s, uint64_t *to, size_t n, unsigned words)
{
	for (size_t i = 0; i < n; i++) {
		uint64_t one[WORDS_MAX];
		size_t at = i * words;

		memcpy(one, s + at, words * sizeof(one[0]));
		for (; at > 0 && is_less(one, to + at - words, words); at -= words)
			memcpy(to + at, to + at - words, words * sizeof(one[0]));
		memcpy(to + at, one, words * sizeof(one[0]));
	}
}

/* Some bits of a record. */
struct digit {
	unsigned word, shift, width;
};

static inline size_t digit_of(const uint64_t *record, struct digit d)
{
	return (size_t)(record[d.word] >> d.shift) & (((size_t)1 << d.width) - 1);
}

/* The bits of a word from the first one on in which any two records differ, `width` of them unless it has
 * fewer; false when none differ. */
static bool find_digit(const uint64_t *s, size_t n, unsigned words, unsigned width, struct digit *d)
{
	uint64_t differ = 0;
	unsigned top;

	for (d->word = 0; d->word < words; d->word++) {
		const uint64_t *at = s + d->word, *end = at + n * words;

		for (uint64_t first = *at; at < end; at += words)
			differ |= *at ^ first;
		if (differ)
			break;
	}
	if (differ == 0)
		return false;
	top = 64 - (unsigned)__builtin_clzll(differ);
	d->width = top < width ? top : width;
	d->shift = top - d->width;
	return true;
}

static inline void deal_all(const uint64_t *s, uint64_t *to, size_t n, struct digit d, size_t *end,
	unsigned words)
{
	for (size_t i = 0; i < n; i++) {
		size_t at = end[digit_of(s + i * words, d)]++;

		memcpy(to + at * words, s + i * words, words * sizeof(*s));
	}
}

/* So few records are dealt out at once to piles of one or two, which insertion sort passes over in a
 * run. */
enum { HEAP_MAX = 8192, HEAP_WIDTH_MAX = 11 };

static inline void heap_deal(const uint64_t *s, uint64_t *to, size_t n, struct digit d,
	uint16_t *end, unsigned words)
{
	for (size_t i = 0; i < n; i++) {
		size_t at = end[digit_of(s + i * words, d)]++;

		memcpy(to + at * words, s + i * words, words * sizeof(*s));
	}
}

/* False, and nothing is done, when some pile would be large: then the bits say little. */
static bool heap_sort(uint64_t *s, uint64_t *other, size_t n, unsigned words, struct digit d,
	bool to_other)
{
	enum { PILE_MAX = 16 };
	uint16_t end[1 << HEAP_WIDTH_MAX], at = 0, most = 0;

	memset(end, 0, sizeof(end[0]) << d.width);
	for (size_t i = 0; i < n; i++)
		end[digit_of(s + i * words, d)]++;
	for (size_t v = 0; v < (size_t)1 << d.width; v++) {
		uint16_t pile = end[v];

		most = pile > most ? pile : most;
		end[v] = at;
		at = (uint16_t)(at + pile);
	}
	if (most > PILE_MAX)
		return false;
	FOR_WORDS(words, heap_deal, s, other, n, d, end);
	FOR_WORDS(words, insert_all, other, to_other ? other : s, n);
	return true;
}

/* Deals the records out to piles by the first bits in which any two differ, then each pile by what
 * follows them: a pile soon fits into the cache, and what all have in common costs one pass, however
 * long it is. A level passes four bits at least, or what is left of a word, so that it is never deeper
 * than 64. The result is in s or in other. */
static void radix_sort(uint64_t *s, uint64_t *other, size_t n, unsigned words, bool to_other)
{
	enum { FEW = 24, DIGIT = 8 };
	size_t end[1 << DIGIT] = { 0 }, at = 0;
	unsigned log2 = 63 - (unsigned)__builtin_clzll(n | 1);
	struct digit d;

	if (n <= FEW) {
		FOR_WORDS(words, insert_all, s, to_other ? other : s, n);
		return;
	}
	if (!find_digit(s, n, words, log2 < HEAP_WIDTH_MAX ? log2 : HEAP_WIDTH_MAX, &d)) {
		if (to_other)
			memcpy(other, s, n * words * sizeof(*s));
		return;
	}
	if (n <= HEAP_MAX && heap_sort(s, other, n, words, d, to_other))
		return;
	if (d.width > DIGIT) {
		d.shift += d.width - DIGIT;
		d.width = DIGIT;
	}
	for (size_t i = 0; i < n; i++)
		end[digit_of(s + i * words, d)]++;
	for (size_t v = 0; v < (size_t)1 << d.width; v++) {
		at += end[v];
		end[v] = at - end[v];
	}
	FOR_WORDS(words, deal_all, s, other, n, d, end);
	at = 0;
	for (size_t v = 0; v < (size_t)1 << d.width; at = end[v++])
		if (end[v] > at)
			radix_sort(other + at * words, s + at * words, end[v] - at, words,
				!to_other);
}

void sorted_sort(struct sorted *s)
{
	if (!s->in_order)
		radix_sort(s->record, s->memory, s->n, s->words, false);
	s->in_order = true;
}

/* What is gathered: at is null while records are only counted. */
struct gather {
	uint64_t *start, *at;
	size_t n;
	unsigned words, longest;
	bool in_order;
};

static inline void gather_prefix(struct gather *g, struct u128 first, unsigned bits,
	uint32_t number)
{
	uint64_t tail = (uint64_t)bits << 32 | number;
	uint64_t *at = g->at;

	if (!at) {
		g->n++;
		if (bits > g->longest)
			g->longest = bits;
		return;
	}
	at[0] = g->words > 1 ? first.hi : first.hi | bits;
	if (g->words > 1)
		at[g->words - 1] = tail;
	if (g->words > 2)
		at[1] = first.lo;
	if (at > g->start && is_less(at, at - g->words, g->words))
		g->in_order = false;
	g->at += g->words;
}

static void gather_range(struct gather *g, const struct list_entry *e, unsigned family,
	uint32_t number)
{
	struct v6k_range rest = { place_addr(family, e->first), place_addr(family, e->last) };
	struct v6k_prefix p;

	while (v6k_range_pop(&rest, &p))
		gather_prefix(g, place_of(v6k_prefix_first(p)), p.bits, number);
}

/* Whether an entry is wanted of a family; a twin takes its place. */
static inline bool take_entry(struct list_entry *e, unsigned family, unsigned what)
{
	if (e->family == family)
		return what & SORTED_OWN;
	return what & SORTED_TWINS && list_entry_twin(e);
}

/* Whether an entry may be wanted, as far as one look at it tells: what has a twin in IPv4 begins with
 * zeros. */
static inline bool may_take(const struct v6k_list *list, size_t i, unsigned family, unsigned what)
{
	unsigned own = kind_family(list->kind[i]);

	if (own == family)
		return what & SORTED_OWN;
	return what & SORTED_TWINS && (own == V6K_IPV4 || list->hi[i] == 0);
}

static void gather_all(struct gather *g, const struct v6k_list *list, unsigned family,
	unsigned what)
{
	size_t ranges = 0;

	for (size_t i = 0; i < list->n; i++) {
		uint32_t number = what & SORTED_ROWS ? ~(uint32_t)i : 0;
		struct list_entry e;

		if (!may_take(list, i, family, what)) {
			ranges += kind_is_range(list->kind[i]);
			continue;
		}
		e = list_next(list, i, &ranges);
		if (!take_entry(&e, family, what))
			continue;
		if (!e.is_range)
			gather_prefix(g, e.first, e.bits, number);
		else if (what & SORTED_ROWS)
			gather_range(g, &e, family, number);
	}
}

/* The usual case, prefixes that the list has of this family, in loops of their own. */
static inline void gather_prefixes(struct gather *g, const struct v6k_list *list, unsigned family,
	unsigned what, unsigned words)
{
	unsigned base = family == V6K_IPV4 ? KIND_IPV4 : 0, most = family_width(family);
	bool falls = false;
	uint64_t *at = g->at;

	for (size_t i = 0; i < list->n; i++) {
		unsigned bits = list->kind[i] - base;

		if (bits > most) /* another family, or a range */
			continue;
		at[0] = words > 1 ? list->hi[i] : list->hi[i] | bits;
		if (words > 2)
			at[1] = list->lo ? list->lo[i] : 0;
		if (words > 1)
			at[words - 1] =
				(uint64_t)bits << 32 | (what & SORTED_ROWS ? ~(uint32_t)i : 0);
		falls |= at > g->start && is_less(at, at - words, words);
		at += words;
	}
	g->in_order = !falls;
}

/* Room for the records of g, which are gathered from there on. */
static int gather_new(struct gather *g, struct sorted *out)
{
	*out = (struct sorted){ .memory = array_new(g->n, 2 * g->words * sizeof(*out->memory)) };
	if (!out->memory)
		return V6K_ENOMEM;
	g->start = g->at = out->memory + g->n * g->words;
	out->record = g->start;
	out->n = g->n;
	out->words = g->words;
	return 0;
}

/* Whether any prefix of the other family can have a twin. */
static bool has_twins(const struct v6k_list *list, unsigned family)
{
	return family == V6K_IPV4 ? list->longest[1] >= IPV4_LIFT : list->prefixes[0] > 0;
}

int sorted_gather(const struct v6k_list *list, unsigned family, unsigned what, struct sorted *out)
{
	size_t i = family_index(family);
	struct gather g = { .in_order = true };
	bool twins = what & SORTED_TWINS && has_twins(list, family);
	bool plain = !twins && (!(what & SORTED_ROWS) || list->ranges == 0);

	if (plain && what & SORTED_OWN) {
		g.n = list->prefixes[i];
		g.longest = list->longest[i];
	} else if (!plain) {
		gather_all(&g, list, family, what);
	}
	if (what & SORTED_ROWS && (g.n > INT32_MAX || list->n >= UINT32_MAX))
		return V6K_EOVERFLOW;
	g.words = g.longest > 64 ? 3 : g.longest > 56 || what & SORTED_ROWS ? 2 : 1;
	if (gather_new(&g, out) != 0)
		return V6K_ENOMEM;
	if (g.n > 0 && plain)
		FOR_WORDS(g.words, gather_prefixes, &g, list, family, what);
	else if (g.n > 0)
		gather_all(&g, list, family, what);
	out->in_order = g.in_order;
	return 0;
}

int sorted_gather_ranges(const struct v6k_list *list, unsigned family, unsigned what,
	struct sorted *out)
{
	struct gather g = { .n = list->ranges, .words = 4 };

	if (gather_new(&g, out) != 0)
		return V6K_ENOMEM;
	out->n = 0;
	for (size_t i = 0; i < list->ranges;) {
		struct list_entry e = list_next(list, list->range[i].number, &i);

		if (!take_entry(&e, family, what))
			continue;
		g.at[0] = e.first.hi;
		g.at[1] = e.first.lo;
		g.at[2] = e.last.hi;
		g.at[3] = e.last.lo;
		g.at += 4;
		out->n++;
	}
	return 0;
}
