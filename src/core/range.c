/* range.c: what can be asked of a range, and its minimal prefixes. */
#include <v6kit/range.h>

#include "value.h"

int v6k_range_make(struct v6k_addr first, struct v6k_addr last, struct v6k_range *out)
{
	if (!family_ok(first.family) || !family_ok(last.family))
		return V6K_EINVAL;
	if (first.family != last.family)
		return V6K_EFAMILY;
	if (v6k_addr_cmp(first, last) > 0)
		return V6K_EORDER;
	*out = (struct v6k_range){ first, last };
	return 0;
}

struct v6k_range v6k_range_from_prefix(struct v6k_prefix p)
{
	return (struct v6k_range){ v6k_prefix_first(p), v6k_prefix_last(p) };
}

int v6k_range_to_prefix(struct v6k_range r, struct v6k_prefix *out)
{
	struct v6k_range rest = r;
	struct v6k_prefix p;

	if (!v6k_range_pop(&rest, &p) || rest.first.family != V6K_NONE)
		return V6K_ENOTPREFIX;
	*out = p;
	return 0;
}

struct v6k_prefix v6k_range_span(struct v6k_range r)
{
	struct u128 differ = u128_xor(addr_number(r.first), addr_number(r.last));
	unsigned bits = u128_clz(differ);

	if (r.first.family == V6K_IPV4)
		bits -= IPV4_LIFT;
	return prefix_value(r.first.family,
		u128_and(addr_number(r.first), family_mask(r.first.family, bits)), bits);
}

int v6k_range_contains(struct v6k_range r, struct v6k_addr a)
{
	return a.family == r.first.family && v6k_addr_cmp(r.first, a) <= 0 &&
		v6k_addr_cmp(a, r.last) <= 0;
}

int v6k_range_covers(struct v6k_range r, struct v6k_range inner)
{
	return v6k_range_contains(r, inner.first) && v6k_range_contains(r, inner.last);
}

int v6k_range_overlaps(struct v6k_range r, struct v6k_range q)
{
	return v6k_range_contains(r, q.first) || v6k_range_contains(q, r.first);
}

struct v6k_count v6k_range_count(struct v6k_range r)
{
	struct v6k_count one = { { 1, 0, 0 } }, count;
	struct u128 span;

	u128_sub(addr_number(r.last), addr_number(r.first), &span);
	count = (struct v6k_count){ { span.lo, span.hi, 0 } };
	v6k_count_add(count, one, &count);
	return count;
}

/* The largest block that starts at first is bounded by the zeros at first's end and by the span:
 * min(ctz(first), floor(log2(span + 1))). */
int v6k_range_pop(struct v6k_range *rest, struct v6k_prefix *out)
{
	unsigned family = rest->first.family, width = family_width(family), block, room;
	struct u128 first = addr_number(rest->first), last = addr_number(rest->last), span, next;

	if (!family_ok(family))
		return 0;
	block = u128_ctz(first);
	if (block > width)
		block = width;
	/* span + 1 is 2^128 for all of IPv6, so its logarithm is taken without adding. */
	u128_sub(last, first, &span);
	room = u128_eq(span, u128_make(UINT64_MAX, UINT64_MAX)) ? 128 : 0;
	if (room == 0) {
		u128_add(span, u128_make(0, 1), &next);
		room = 127 - u128_clz(next);
	}
	if (block > room)
		block = room;
	*out = prefix_value(family, first, width - block);
	next = prefix_last_number(*out);
	if (u128_cmp(next, last) >= 0) {
		*rest = (struct v6k_range){ .first = { .hi = 0 } };
	} else {
		u128_add(next, u128_make(0, 1), &next);
		rest->first = addr_value(family, next);
	}
	return 1;
}
