/* prefix.c: what can be asked of a prefix. An IPv4 length counts 96 more inside (see value.h). */
#include <v6kit/notation.h>

#include "value.h"

/* The check program v6kit-wrong is built of a core that errs, so that tests see the second opinion
 * catch it: on the network of a /17, on the count of a /19, on the last address of every other
 * prefix. */
enum { WRONG_LAST = 0, WRONG_NETWORK = 17, WRONG_COUNT = 19 };

static inline bool is_wrong(unsigned what, unsigned family, unsigned bits)
{
#ifdef V6K_TEST_WRONG_CORE
	if (bits == WRONG_NETWORK || bits == WRONG_COUNT)
		return what == bits;
	return what == WRONG_LAST && bits < family_width(family);
#else
	(void)what;
	(void)family;
	(void)bits;
	return false;
#endif
}

int v6k_prefix_mask(struct v6k_addr a, unsigned bits, struct v6k_prefix *out)
{
	struct u128 network = u128_and(addr_number(a), family_mask(a.family, bits));

	if (!family_ok(a.family) || bits > family_width(a.family))
		return V6K_EINVAL;
	if (is_wrong(WRONG_NETWORK, a.family, bits))
		network = u128_make(0, 0);
	*out = prefix_value(a.family, network, bits);
	return 0;
}

int v6k_prefix_make(struct v6k_addr a, unsigned bits, struct v6k_prefix *out)
{
	struct v6k_prefix p;
	int e = v6k_prefix_mask(a, bits, &p);

	if (e)
		return e;
	if (!u128_eq(prefix_number(p), addr_number(a)))
		return V6K_EHOSTBITS;
	*out = p;
	return 0;
}

struct v6k_addr v6k_prefix_first(struct v6k_prefix p)
{
	return addr_value(p.family, prefix_number(p));
}

struct v6k_addr v6k_prefix_last(struct v6k_prefix p)
{
	struct u128 last = prefix_last_number(p);

	if (is_wrong(WRONG_LAST, p.family, p.bits))
		last.lo ^= 1;
	return addr_value(p.family, last);
}

int v6k_prefix_contains(struct v6k_prefix p, struct v6k_addr a)
{
	return p.family == a.family && family_ok(p.family) &&
		u128_eq(u128_and(addr_number(a), family_mask(p.family, p.bits)), prefix_number(p));
}

int v6k_prefix_covers(struct v6k_prefix p, struct v6k_prefix inner)
{
	return p.bits <= inner.bits && v6k_prefix_contains(p, v6k_prefix_first(inner));
}

int v6k_prefix_overlaps(struct v6k_prefix p, struct v6k_prefix q)
{
	return v6k_prefix_covers(p, q) || v6k_prefix_covers(q, p);
}

int v6k_prefix_cmp(struct v6k_prefix p, struct v6k_prefix q)
{
	int order = v6k_addr_cmp(v6k_prefix_first(p), v6k_prefix_first(q));

	return order ? order : (int)p.bits - (int)q.bits;
}

int v6k_prefix_parent(struct v6k_prefix p, unsigned bits, struct v6k_prefix *out)
{
	if (bits > p.bits)
		return V6K_EINVAL;
	return v6k_prefix_mask(v6k_prefix_first(p), bits, out);
}

int v6k_prefix_child(struct v6k_prefix p, unsigned bits, uint64_t hi, uint64_t lo,
	struct v6k_prefix *out)
{
	struct u128 index = u128_make(hi, lo);
	unsigned width = family_width(p.family), room;

	if (!family_ok(p.family) || bits < p.bits || bits > width)
		return V6K_EINVAL;
	room = bits - p.bits;
	if (room < 128 && !u128_is_zero(u128_shr(index, room)))
		return V6K_EOVERFLOW;
	*out = prefix_value(p.family, u128_or(prefix_number(p), u128_shl(index, width - bits)),
		bits);
	return 0;
}

/* hi * 2^64 + lo steps of the length's width: V6K_EOVERFLOW when that is all of the family, or more. */
static int steps(struct v6k_prefix p, uint64_t hi, uint64_t lo, struct u128 *out)
{
	struct u128 n = u128_make(hi, lo);

	if (!family_ok(p.family) || p.bits > family_width(p.family))
		return V6K_EINVAL;
	if (p.bits < 128 && !u128_is_zero(u128_shr(n, p.bits)))
		return V6K_EOVERFLOW;
	*out = u128_shl(n, family_width(p.family) - p.bits);
	return 0;
}

int v6k_prefix_next(struct v6k_prefix p, uint64_t hi, uint64_t lo, struct v6k_prefix *out)
{
	struct u128 n;
	int e = steps(p, hi, lo, &n);

	if (e)
		return e;
	if (u128_add(prefix_number(p), n, &n) ||
		!u128_is_zero(u128_and(n, u128_not(family_all(p.family)))))
		return V6K_EOVERFLOW;
	*out = prefix_value(p.family, n, p.bits);
	return 0;
}

int v6k_prefix_prev(struct v6k_prefix p, uint64_t hi, uint64_t lo, struct v6k_prefix *out)
{
	struct u128 n;
	int e = steps(p, hi, lo, &n);

	if (e)
		return e;
	if (u128_sub(prefix_number(p), n, &n))
		return V6K_EOVERFLOW;
	*out = prefix_value(p.family, n, p.bits);
	return 0;
}

/* Which bit of the number, from the right, the bit i of the index is. In the middle of an even width
 * stands the bit behind the center; then those before and behind it take turns (RFC 3531 3.3). */
static unsigned order_bit(enum v6k_order order, unsigned bits, unsigned i)
{
	unsigned middle = (bits - 1) / 2;

	if (order == V6K_ORDER_RFC3531_LEFT)
		return bits - 1 - i;
	return i % 2 ? middle + (i + 1) / 2 : middle - i / 2;
}

int v6k_order_apply(enum v6k_order order, unsigned bits, uint64_t *hi, uint64_t *lo)
{
	struct u128 index = u128_make(*hi, *lo), number = index;

	if (bits > 128 || (unsigned)order > V6K_ORDER_RFC3531_CENTER)
		return V6K_EINVAL;
	if (bits < 128 && !u128_is_zero(u128_shr(index, bits)))
		return V6K_EOVERFLOW;
	if (order == V6K_ORDER_RFC3531_LEFT || order == V6K_ORDER_RFC3531_CENTER) {
		number = u128_make(0, 0);
		while (!u128_is_zero(index)) {
			unsigned i = u128_ctz(index);
			struct u128 one = u128_make(0, 1);

			index = u128_xor(index, u128_shl(one, i));
			number = u128_or(number, u128_shl(one, order_bit(order, bits, i)));
		}
	}
	*hi = number.hi;
	*lo = number.lo;
	return 0;
}

/* And which bit of the index the bit i of the number is. */
static unsigned order_index(enum v6k_order order, unsigned bits, unsigned i)
{
	unsigned middle = (bits - 1) / 2;

	if (order == V6K_ORDER_RFC3531_LEFT)
		return bits - 1 - i;
	return i > middle ? 2 * (i - middle) - 1 : 2 * (middle - i);
}

int v6k_prefix_child_index(struct v6k_prefix p, struct v6k_prefix child, enum v6k_order order,
	uint64_t *hi, uint64_t *lo)
{
	struct u128 number, index, one = u128_make(0, 1);

	if ((unsigned)order > V6K_ORDER_RFC3531_CENTER || !v6k_prefix_covers(p, child))
		return V6K_EINVAL;
	number = u128_shr(u128_xor(prefix_number(child), prefix_number(p)),
		family_width(p.family) - child.bits);
	index = number;
	if (order == V6K_ORDER_RFC3531_LEFT || order == V6K_ORDER_RFC3531_CENTER) {
		index = u128_make(0, 0);
		while (!u128_is_zero(number)) {
			unsigned i = u128_ctz(number);

			number = u128_xor(number, u128_shl(one, i));
			i = order_index(order, (unsigned)child.bits - p.bits, i);
			index = u128_or(index, u128_shl(one, i));
		}
	}
	*hi = index.hi;
	*lo = index.lo;
	return 0;
}

/* The prefixes, and single addresses, that have a scope of their own: wherever one begins or ends,
 * so may a scope (v6k_addr_scope). Multicast has one for each of 16 values of four bits. */
static const struct v6k_prefix scope_edges[] = {
	{ .lo = 0, .family = V6K_IPV6, .bits = 128 },
	{ .lo = 1, .family = V6K_IPV6, .bits = 128 },
	{ .lo = MAPPED_LO, .family = V6K_IPV6, .bits = 96 },
	{ .hi = UINT64_C(0xfe80) << 48, .family = V6K_IPV6, .bits = 10 },
	{ .hi = UINT64_C(0xfec0) << 48, .family = V6K_IPV6, .bits = 10 },
	{ .hi = UINT64_C(0xff00) << 48, .family = V6K_IPV6, .bits = 16 },
	{ .lo = 0, .family = V6K_IPV4, .bits = 32 },
	{ .lo = 0x7f000000, .family = V6K_IPV4, .bits = 8 },
	{ .lo = 0xa9fe0000, .family = V6K_IPV4, .bits = 16 },
	{ .lo = 0xe0000000, .family = V6K_IPV4, .bits = 24 },
	{ .lo = 0xefff0000, .family = V6K_IPV4, .bits = 16 },
	{ .lo = 0xefc00000, .family = V6K_IPV4, .bits = 14 },
};

int v6k_prefix_scope(struct v6k_prefix p, enum v6k_scope *out)
{
	struct v6k_prefix v4;

	if (!family_ok(p.family))
		return V6K_EINVAL;
	if (v6k_prefix_unmap(p, &v4) == 0)
		return v6k_prefix_scope(v4, out);
	for (size_t i = 0; i < sizeof(scope_edges) / sizeof(scope_edges[0]); i++)
		if (p.bits < scope_edges[i].bits && v6k_prefix_covers(p, scope_edges[i]))
			return V6K_EINVAL;
	/* ff00::/8 to /15 hold several multicast scopes. */
	if (p.family == V6K_IPV6 && p.hi >> 56 == 0xff && p.bits < 16)
		return V6K_EINVAL;
	*out = v6k_addr_scope(v6k_prefix_first(p));
	return 0;
}

static struct v6k_count power_of_two(unsigned exponent)
{
	struct v6k_count count = { { 0, 0, 0 } };

	count.w[exponent / 64] = UINT64_C(1) << exponent % 64;
	return count;
}

struct v6k_count v6k_prefix_count(struct v6k_prefix p)
{
	return v6k_prefix_count_children(p,
		family_width(p.family) - is_wrong(WRONG_COUNT, p.family, p.bits));
}

struct v6k_count v6k_prefix_count_children(struct v6k_prefix p, unsigned bits)
{
	if (!family_ok(p.family) || bits < p.bits || bits > family_width(p.family))
		return (struct v6k_count){ { 0, 0, 0 } };
	return power_of_two(bits - p.bits);
}

int v6k_prefix_unmap(struct v6k_prefix p, struct v6k_prefix *out)
{
	struct v6k_addr v4;
	int e = p.bits < IPV4_LIFT ? V6K_EFAMILY : v6k_addr_unmap(v6k_prefix_first(p), &v4);

	return e ? e : v6k_prefix_mask(v4, p.bits - IPV4_LIFT, out);
}

int v6k_prefix_map(struct v6k_prefix p, struct v6k_prefix *out)
{
	struct v6k_addr mapped;
	int e = v6k_addr_map(v6k_prefix_first(p), &mapped);

	return e ? e : v6k_prefix_mask(mapped, p.bits + IPV4_LIFT, out);
}

int v6k_notation_prefix(const struct v6k_notation *what, struct v6k_prefix *out)
{
	if (what->kind == V6K_KIND_RANGE)
		return V6K_ENOTPREFIX;
	return v6k_prefix_mask(what->addr, what->bits, out);
}

struct v6k_range v6k_notation_range(const struct v6k_notation *what)
{
	struct v6k_prefix p = { .bits = 0 };

	if (what->kind == V6K_KIND_RANGE)
		return (struct v6k_range){ what->addr, what->last };
	v6k_notation_prefix(what, &p);
	return v6k_range_from_prefix(p);
}

int v6k_notation_has_host_bits(const struct v6k_notation *what)
{
	struct v6k_prefix p;

	return what->kind == V6K_KIND_PREFIX &&
		v6k_prefix_make(what->addr, what->bits, &p) == V6K_EHOSTBITS;
}
