/* list.c: the one builder of sets and tables. */
#include <string.h>

#include "array.h"
#include "dispatch.h"
#include "list.h"
#include "parse.h"

struct v6k_list *v6k_list_new(void)
{
	return calloc(1, sizeof(struct v6k_list));
}

void list_clear(struct v6k_list *list)
{
	free(list->hi);
	free(list->lo);
	free(list->kind);
	free(list->label);
	free(list->range);
	*list = (struct v6k_list){ .n = 0 };
}

void v6k_list_free(struct v6k_list *list)
{
	if (list)
		list_clear(list);
	free(list);
}

/* The column with room for cap elements; when there is no memory, *good is false and the column is
 * as it was. */
static void *column_add_room(void *column, size_t cap, size_t size, bool *good)
{
	void *wide = *good ? array_resize(column, cap, size) : NULL;

	*good = wide != NULL;
	return wide ? wide : column;
}

static bool list_add_rows(struct v6k_list *list)
{
	size_t cap = list->cap ? list->cap + list->cap / 2 : 16;
	bool good = true;

	list->hi = column_add_room(list->hi, cap, sizeof(list->hi[0]), &good);
	list->kind = column_add_room(list->kind, cap, sizeof(list->kind[0]), &good);
	if (list->lo)
		list->lo = column_add_room(list->lo, cap, sizeof(list->lo[0]), &good);
	if (list->label)
		list->label = column_add_room(list->label, cap, sizeof(list->label[0]), &good);
	if (good)
		list->cap = cap;
	return good;
}

static bool list_add_lo(struct v6k_list *list)
{
	list->lo = array_new(list->cap, sizeof(list->lo[0]));
	if (list->lo)
		memset(list->lo, 0, list->n * sizeof(list->lo[0]));
	return list->lo != NULL;
}

static bool list_add_labels(struct v6k_list *list)
{
	_Static_assert(V6K_NO_LABEL == UINT32_MAX, "all bits set");
	list->label = array_new(list->cap, sizeof(list->label[0]));
	if (list->label)
		memset(list->label, 0xff, list->n * sizeof(list->label[0]));
	return list->label != NULL;
}

/* Room for one entry more, in the columns that it needs. */
static bool list_add_room(struct v6k_list *list, bool lo, bool label)
{
	return (list->n < list->cap || list_add_rows(list)) &&
		(!lo || list->lo || list_add_lo(list)) &&
		(!label || list->label || list_add_labels(list));
}

/* Appends an entry, but for the end of a range. */
static inline int append(struct v6k_list *list, struct u128 first, unsigned kind, uint32_t label)
{
	size_t n = list->n;

	if ((n == list->cap || (first.lo && !list->lo) ||
		    (label != V6K_NO_LABEL && !list->label)) &&
		!list_add_room(list, first.lo != 0, label != V6K_NO_LABEL))
		return V6K_ENOMEM;
	list->hi[n] = first.hi;
	if (list->lo)
		list->lo[n] = first.lo;
	list->kind[n] = (uint8_t)kind;
	if (list->label)
		list->label[n] = label;
	list->n = n + 1;
	return 0;
}

static inline int append_prefix(struct v6k_list *list, unsigned family, struct u128 first,
	unsigned bits, uint32_t label)
{
	size_t i = family_index(family);
	int e = append(list, first, family == V6K_IPV4 ? bits + KIND_IPV4 : bits, label);

	if (e)
		return e;
	list->prefixes[i]++;
	if (bits > list->longest[i])
		list->longest[i] = bits;
	return 0;
}

static inline bool has_host_bits(struct u128 first, unsigned bits)
{
	if (bits < 64)
		return (first.hi << bits | first.lo) != 0;
	return bits < 128 && first.lo << (bits - 64) != 0;
}

int v6k_list_add_prefix(struct v6k_list *list, struct v6k_prefix p, uint32_t label)
{
	struct v6k_addr network = v6k_prefix_first(p);
	struct u128 first;

	if (!addr_ok(network) || p.bits > family_width(p.family))
		return V6K_EINVAL;
	first = place_of(network);
	if (has_host_bits(first, p.bits))
		return V6K_EINVAL;
	return append_prefix(list, p.family, first, p.bits, label);
}

int v6k_list_add_range(struct v6k_list *list, struct v6k_range r, uint32_t label)
{
	struct u128 first, last, host;
	unsigned bits;
	int e;

	if (!addr_ok(r.first) || !addr_ok(r.last) || v6k_range_make(r.first, r.last, &r) != 0)
		return V6K_EINVAL;
	first = place_of(r.first);
	last = place_end(r.last);
	bits = u128_clz(u128_xor(first, last));
	host = u128_not(u128_mask(bits));
	if (u128_is_zero(u128_and(first, host)) && u128_eq(last, u128_or(first, host)))
		return append_prefix(list, r.first.family, first, bits, label);
	if (list->ranges == list->ranges_cap) {
		size_t cap = list->ranges_cap ? 2 * list->ranges_cap : 16;
		bool good = true;

		list->range = column_add_room(list->range, cap, sizeof(list->range[0]), &good);
		if (!good)
			return V6K_ENOMEM;
		list->ranges_cap = cap;
	}
	e = append(list, first, r.first.family == V6K_IPV4 ? KIND_RANGE4 : KIND_RANGE6, label);
	if (e)
		return e;
	list->range[list->ranges++] = (struct list_range){ last, list->n - 1 };
	return 0;
}

/* Reads a length of at most *bits, its "/" at s[*at]. What is wrong with more digits shows behind
 * it. */
static inline bool read_length(const char *s, size_t n, size_t *at, unsigned *bits)
{
	size_t i = *at + 1;
	unsigned v, digit;

	if (i >= n || (v = decimal_at(s, i)) > 9)
		return false;
	i++;
	for (unsigned more = v > 0 ? 2 : 0; more > 0 && i < n; more--, i++) {
		digit = decimal_at(s, i);
		if (digit > 9)
			break;
		v = v * 10 + digit;
	}
	if (v > *bits)
		return false;
	*bits = v;
	*at = i;
	return true;
}

/* Passes blanks and what follows them up to the end of the line. False for the "-" of a range: it has one
 * in "10.0.0.1 - 10.0.0.5", "10.0.0.0/8 - office" has none. */
static bool pass_label(const char *s, size_t n, size_t *at, bool is_prefix)
{
	enum { LABEL_MAX = 1024 }; /* whatever is longer is looked at by the caller */
	size_t i = *at;
	const char *newline;

	while (i < n && (s[i] == ' ' || s[i] == '\t'))
		i++;
	if (i < n && s[i] == '-' && !is_prefix)
		return false;
	newline = memchr(s + i, '\n', n - i < LABEL_MAX ? n - i : LABEL_MAX);
	*at = newline ? (size_t)(newline - s) : n;
	return true;
}

/* Reads what follows an address at s[*at]: nothing or a length, and the end of the line. False when it
 * is anything else. */
static inline bool read_line_end(const char *s, size_t n, size_t *at, unsigned flags,
	unsigned *bits)
{
	size_t i = *at;
	bool is_prefix = i < n && s[i] == '/';

	if (is_prefix && !read_length(s, n, &i, bits))
		return false;
	if (i < n && s[i] != '\n') {
		if (flags & V6K_LABELS_PASSED && (s[i] == ' ' || s[i] == '\t') &&
			!pass_label(s, n, &i, is_prefix))
			return false;
		i += i < n && s[i] == '\r';
	}
	if (i >= n || s[i] != '\n')
		return false;
	*at = i + 1;
	return true;
}

int v6k_list_add_lines(struct v6k_list *list, const char *s, size_t n, size_t *at, unsigned flags,
	uint64_t *lines)
{
	const struct simd_tier *tier = simd();

	for (;;) {
		struct v6k_addr a;
		struct u128 first;
		unsigned bits;
		size_t i = *at;
		int e;

		if (i >= n || tier->addr_read(s, n, &i, &a, NULL) != 0)
			return 0;
		bits = family_width(a.family);
		if (!read_line_end(s, n, &i, flags, &bits))
			return 0;
		first = place_of(a);
		if (has_host_bits(first, bits))
			return 0;
		e = append_prefix(list, a.family, first, bits, V6K_NO_LABEL);
		if (e)
			return e;
		*at = i;
		++*lines;
	}
}

size_t v6k_list_size(const struct v6k_list *list)
{
	return list->n;
}

/* How many of the ranges stand before the entry i. */
static size_t ranges_before(const struct v6k_list *list, size_t i)
{
	size_t low = 0, high = list->ranges;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (list->range[middle].number < i)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int v6k_list_entry(const struct v6k_list *list, size_t i, struct v6k_range *out, uint32_t *label)
{
	struct list_entry e;
	size_t ranges;

	if (i >= list->n)
		return V6K_EINVAL;
	ranges = kind_is_range(list->kind[i]) ? ranges_before(list, i) : 0;
	e = list_next(list, i, &ranges);
	out->first = place_addr(e.family, e.first);
	out->last = place_addr(e.family, e.last);
	if (label)
		*label = list_label(list, i);
	return 0;
}

int v6k_list_prefix(const struct v6k_list *list, size_t i, struct v6k_prefix *out)
{
	unsigned kind, family;

	if (i >= list->n)
		return V6K_EINVAL;
	kind = list->kind[i];
	family = kind_family(kind);
	if (kind_is_range(kind))
		return V6K_ENOTPREFIX;
	*out = prefix_value(family, addr_number(place_addr(family, list_first(list, i))),
		kind_bits(kind));
	return 0;
}
