/* format.c: the one formatter. Everything that writes an address comes through put_addr. */
#include <string.h>

#include <v6kit/notation.h>

#include "dispatch.h"
#include "format.h"
#include "value.h"

static const char hex[] = "0123456789abcdef";

/* Text in a register has its first byte at the top. A group or an octet is stored whole, its
 * leading zeros shifted out and bytes of no meaning behind it, and the cursor passes those that
 * count: nothing branches on the address. Compilers make one store of this. */
static inline void store_text(char *at, uint32_t text)
{
	at[0] = (char)(text >> 24);
	at[1] = (char)(text >> 16);
	at[2] = (char)(text >> 8);
	at[3] = (char)text;
}

/* The eight digits of two groups. */
static inline uint64_t pair_text(uint32_t pair)
{
	uint64_t digits = pair;

	digits = (digits | digits << 16) & UINT64_C(0x0000ffff0000ffff);
	digits = (digits | digits << 8) & UINT64_C(0x00ff00ff00ff00ff);
	digits = (digits | digits << 4) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	/* Adding 6 carries from ten on; there the letters begin, 39 past the digits. */
	return digits + UINT64_C(0x3030303030303030) +
		((digits + UINT64_C(0x0606060606060606)) >> 4 & UINT64_C(0x0101010101010101)) * 39;
}

/* A group and ":". Of its four digits those count that are after the leading zeros, at least one
 * (RFC 5952 4.1). */
static inline char *put_group(char *at, unsigned group, uint32_t digits)
{
	unsigned zeros = 0u + (group <= 0xfff) + (group <= 0xff) + (group <= 0xf);

	store_text(at, digits << 8 * zeros);
	at += 4 - zeros;
	*at = ':';
	return at + 1;
}

/* An octet and ".". */
static inline char *put_octet(char *at, unsigned octet)
{
	unsigned zeros = 0u + (octet <= 99) + (octet <= 9);
	uint32_t text = octet / 100 << 24 | octet / 10 % 10 << 16 | octet % 10 << 8;

	store_text(at, (text + 0x3030302e) << 8 * zeros);
	return at + 4 - zeros;
}

static char *put_ipv4(char *at, uint32_t v)
{
	for (unsigned i = 0; i < 4; i++)
		at = put_octet(at, v >> (24 - 8 * i) & 255);
	return at - 1;
}

static char *put_text(char *at, const char *text)
{
	size_t n = strlen(text);

	memcpy(at, text, n);
	return at + n;
}

static char *put_number(char *at, struct u128 number)
{
	struct v6k_count count = { { number.lo, number.hi, 0 } };

	return at + v6k_count_format(count, at, V6K_COUNT_TEXT_MAX);
}

/* clang-format off */
const uint8_t gap_of[256] = {
	0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x12, 0x03, 0x00, 0x00, 0x00, 0x02, 0x22, 0x22, 0x13, 0x04,
	0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x12, 0x03, 0x32, 0x32, 0x32, 0x02, 0x23, 0x23, 0x14, 0x05,
	0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x12, 0x03, 0x00, 0x00, 0x00, 0x02, 0x22, 0x22, 0x13, 0x04,
	0x42, 0x42, 0x42, 0x02, 0x42, 0x42, 0x12, 0x03, 0x33, 0x33, 0x33, 0x33, 0x24, 0x24, 0x15, 0x06,
	0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x12, 0x03, 0x00, 0x00, 0x00, 0x02, 0x22, 0x22, 0x13, 0x04,
	0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x12, 0x03, 0x32, 0x32, 0x32, 0x02, 0x23, 0x23, 0x14, 0x05,
	0x52, 0x52, 0x52, 0x02, 0x52, 0x52, 0x12, 0x03, 0x52, 0x52, 0x52, 0x02, 0x22, 0x22, 0x13, 0x04,
	0x43, 0x43, 0x43, 0x43, 0x43, 0x43, 0x43, 0x03, 0x34, 0x34, 0x34, 0x34, 0x25, 0x25, 0x16, 0x07,
	0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x12, 0x03, 0x00, 0x00, 0x00, 0x02, 0x22, 0x22, 0x13, 0x04,
	0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x12, 0x03, 0x32, 0x32, 0x32, 0x02, 0x23, 0x23, 0x14, 0x05,
	0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x12, 0x03, 0x00, 0x00, 0x00, 0x02, 0x22, 0x22, 0x13, 0x04,
	0x42, 0x42, 0x42, 0x02, 0x42, 0x42, 0x12, 0x03, 0x33, 0x33, 0x33, 0x33, 0x24, 0x24, 0x15, 0x06,
	0x62, 0x62, 0x62, 0x02, 0x62, 0x62, 0x12, 0x03, 0x62, 0x62, 0x62, 0x02, 0x22, 0x22, 0x13, 0x04,
	0x62, 0x62, 0x62, 0x02, 0x62, 0x62, 0x12, 0x03, 0x32, 0x32, 0x32, 0x02, 0x23, 0x23, 0x14, 0x05,
	0x53, 0x53, 0x53, 0x53, 0x53, 0x53, 0x53, 0x03, 0x53, 0x53, 0x53, 0x53, 0x53, 0x53, 0x13, 0x04,
	0x44, 0x44, 0x44, 0x44, 0x44, 0x44, 0x44, 0x44, 0x35, 0x35, 0x35, 0x35, 0x26, 0x26, 0x17, 0x08
};
/* clang-format on */

static inline unsigned group_of(struct u128 number, unsigned i)
{
	return (unsigned)((i < 4 ? number.hi : number.lo) >> (48 - 16 * (i & 3)) & 0xffff);
}

/* Which of the four groups of a word are zero: bit i for the i-th from the left. */
static inline unsigned zero_groups(uint64_t word)
{
	const uint64_t low = UINT64_C(0x7fff7fff7fff7fff);
	/* The top bit of a group is set when any is: the sum carries into it, never past it. */
	uint64_t some = ((word & low) + low) | word;
	uint64_t none = ~some >> 15 & UINT64_C(0x0001000100010001);

	/* Bits 48, 32, 16 and 0 go to 48, 49, 50 and 51. */
	return (unsigned)(none * UINT64_C(0x0008000400020001) >> 48 & 15);
}

/* The first groups of number, 8 or 6 before a dotted tail, with "::" where one belongs. */
static inline char *put_groups(char *at, struct u128 number, unsigned groups)
{
	uint64_t text[4] = { pair_text((uint32_t)(number.hi >> 32)), pair_text((uint32_t)number.hi),
		pair_text((uint32_t)(number.lo >> 32)), pair_text((uint32_t)number.lo) };
	unsigned zero = zero_groups(number.hi) | zero_groups(number.lo) << 4;
	unsigned gap = gap_of[zero & ((1u << groups) - 1)], gap_at = gap >> 4, gap_n = gap & 15;

#pragma GCC unroll 8
	for (unsigned i = 0; i < groups; i++) {
		uint32_t digits = (uint32_t)(i & 1 ? text[i / 2] : text[i / 2] >> 32);
		char *next = put_group(at, group_of(number, i), digits);

		if (i - gap_at < gap_n) {
			/* The group before wrote a colon already. */
			memcpy(at, "::", 2);
			next = at + (i == gap_at) + (i == 0);
		}
		at = next;
	}
	/* The last group's colon is one too many, but not that of a gap. */
	return at - (gap_n == 0 || gap_at + gap_n != groups);
}

static char *put_ipv6(char *at, struct u128 number)
{
	return put_groups(at, number, 8);
}

static char *put_mixed(char *at, struct v6k_addr a)
{
	at = put_groups(at, addr_number(a), 6);
	if (at[-1] != ':')
		*at++ = ':';
	return put_ipv4(at, (uint32_t)a.lo);
}

char *addr_put_scalar(char *at, const struct v6k_addr *a)
{
	if (a->family == V6K_IPV4)
		return put_ipv4(at, (uint32_t)a->lo);
	if (addr_is_mapped(*a)) /* RFC 5952 section 5, ruling 6 */
		return put_mixed(at, *a);
	return put_ipv6(at, addr_number(*a));
}

static inline char *put_canonical(char *at, struct v6k_addr a)
{
	return simd()->addr_put(at, &a);
}

static char *put_nibbles(char *at, struct v6k_addr a)
{
	for (unsigned i = a.family == V6K_IPV4 ? 24 : 0; i < 32; i++)
		*at++ = hex[(i < 16 ? a.hi : a.lo) >> (60 - 4 * (i & 15)) & 15];
	return at;
}

static char *put_full(char *at, struct v6k_addr a)
{
	char digits[32];

	if (a.family == V6K_IPV4)
		return put_ipv4(at, (uint32_t)a.lo);
	put_nibbles(digits, a);
	for (unsigned i = 0; i < 8; i++) {
		memcpy(at, digits + 4 * i, 4);
		at[4] = ':';
		at += 5;
	}
	return at - 1;
}

static char *put_upper(char *at, struct v6k_addr a)
{
	char *end = put_canonical(at, a);

	for (; at < end; at++)
		if (*at >= 'a')
			*at = (char)(*at - ('a' - 'A'));
	return end;
}

static char *put_bits(char *at, struct v6k_addr a)
{
	for (unsigned i = a.family == V6K_IPV4 ? 96 : 0; i < 128; i++)
		*at++ = (char)('0' + ((i < 64 ? a.hi : a.lo) >> (63 - (i & 63)) & 1));
	return at;
}

/* The reverse name of the first bits of a: a whole number of nibbles, of octets for IPv4. */
static char *put_arpa(char *at, struct v6k_addr a, unsigned bits)
{
	if (a.family == V6K_IPV4) {
		for (unsigned i = bits / 8; i-- > 0;)
			at = put_octet(at, (unsigned)(a.lo >> (24 - 8 * i) & 255));
		return put_text(at, "in-addr.arpa");
	}
	for (unsigned i = bits / 4; i-- > 0;) {
		*at++ = hex[(i < 16 ? a.hi : a.lo) >> (60 - 4 * (i & 15)) & 15];
		*at++ = '.';
	}
	return put_text(at, "ip6.arpa");
}

/* A name whose first and last label bytes are letters or digits, so that a zero stands before a
 * leading "::" and after a trailing one. */
static char *put_unc(char *at, struct v6k_addr a)
{
	char text[V6K_ADDR_TEXT_MAX];
	char *end = put_ipv6(text, addr_number(a));

	if (text[0] == ':')
		*at++ = '0';
	for (const char *from = text; from < end; from++)
		*at++ = *from == ':' ? '-' : *from;
	if (end[-1] == ':')
		*at++ = '0';
	return at;
}

/* RFC 1924 section 4.2. */
static char *put_base85(char *at, struct v6k_addr a)
{
	uint32_t limb[4] = { (uint32_t)(a.hi >> 32), (uint32_t)a.hi, (uint32_t)(a.lo >> 32),
		(uint32_t)a.lo };

	for (unsigned i = 20; i-- > 0;) {
		uint64_t rest = 0;

		for (unsigned j = 0; j < 4; j++) {
			rest = rest << 32 | limb[j];
			limb[j] = (uint32_t)(rest / 85);
			rest %= 85;
		}
		at[i] = base85_digits[rest];
	}
	return at + 20;
}

static char *put_cinit(char *at, struct v6k_addr a)
{
	uint8_t bytes[16];
	int n = v6k_addr_to_bytes(a, bytes);

	at = put_text(at, "{ ");
	for (int i = 0; i < n; i++) {
		at = put_text(at, i ? ", 0x" : "0x");
		*at++ = hex[bytes[i] >> 4];
		*at++ = hex[bytes[i] & 15];
	}
	return put_text(at, " }");
}

/* sendmail's own spelling of a client's address: every group, no padding, and a mapped address as
 * the IPv4 one that it holds. */
static char *put_access(char *at, struct v6k_addr a)
{
	if (addr_is_mapped(a))
		return put_ipv4(at, (uint32_t)a.lo);
	at = put_text(at, "IPv6:");
	for (unsigned i = 0; i < 8; i++) {
		unsigned group = group_of(addr_number(a), i);

		at = put_group(at, group, (uint32_t)pair_text(group));
	}
	return at - 1;
}

/* Writes at most V6K_ADDR_TEXT_MAX bytes. The style exists and the family has it. */
static char *put_addr(char *at, struct v6k_addr a, enum v6k_style style)
{
	bool v4 = a.family == V6K_IPV4;

	switch (style) {
	case V6K_CANONICAL:
	case V6K_BARE:
	case V6K_STYLES:
		return put_canonical(at, a);
	case V6K_FULL:
		return put_full(at, a);
	case V6K_MIXED:
		return v4 ? put_canonical(at, a) : put_mixed(at, a);
	case V6K_UPPER:
		return put_upper(at, a);
	case V6K_HEX:
		return put_nibbles(put_text(at, "0x"), a);
	case V6K_INT:
		return put_number(at, addr_number(a));
	case V6K_BITS:
		return put_bits(at, a);
	case V6K_ARPA:
		return put_arpa(at, a, family_width(a.family));
	case V6K_URI:
		if (v4)
			return put_canonical(at, a);
		return put_text(put_canonical(put_text(at, "["), a), "]");
	case V6K_SMTP:
		return put_text(put_canonical(put_text(at, v4 ? "[" : "[IPv6:"), a), "]");
	case V6K_SENDMAIL:
		return put_canonical(v4 ? at : put_text(at, "IPv6:"), a);
	case V6K_UNC:
		return put_text(put_unc(at, a), ".ipv6-literal.net");
	case V6K_BASE85:
		return put_base85(at, a);
	case V6K_CINIT:
		return put_cinit(at, a);
	case V6K_ACCESS:
		return v4 ? put_canonical(at, a) : put_access(at, a);
	}
	return at;
}

static int style_check(unsigned family, enum v6k_style style)
{
	if (!family_ok(family) || (unsigned)style >= V6K_STYLES)
		return V6K_EINVAL;
	if (family == V6K_IPV4 && (style == V6K_UNC || style == V6K_BASE85))
		return V6K_EFAMILY;
	return 0;
}

/* Copies text to a buffer that is large enough or not. */
static int deliver(const char *text, const char *end, char *buf, size_t cap)
{
	size_t n = (size_t)(end - text);

	if (n > cap)
		return V6K_ENOSPC;
	memcpy(buf, text, n);
	return (int)n;
}

/* Apart, so that the usual call has no array on its stack. */
__attribute__((noinline)) static int format_other(const struct v6k_addr *a, enum v6k_style style,
	char *buf, size_t cap)
{
	char text[V6K_ADDR_TEXT_MAX];
	int e = style_check(a->family, style);

	return e ? e : deliver(text, put_addr(text, *a, style), buf, cap);
}

int v6k_addr_format(struct v6k_addr a, enum v6k_style style, char *buf, size_t cap)
{
	if (style == V6K_CANONICAL && cap >= ADDR_PUT_ROOM && family_ok(a.family))
		return (int)(simd()->addr_put(buf, &a) - buf);
	return format_other(&a, style, buf, cap);
}

static bool carries_length(enum v6k_style style)
{
	return style == V6K_CANONICAL || style == V6K_FULL || style == V6K_MIXED ||
		style == V6K_UPPER;
}

static char *put_length(char *at, unsigned bits)
{
	*at++ = '/';
	return put_octet(at, bits) - 1;
}

int v6k_prefix_format(struct v6k_prefix p, enum v6k_style style, char *buf, size_t cap)
{
	char text[V6K_NOTATION_TEXT_MAX];
	struct v6k_addr first = v6k_prefix_first(p);
	int e = style_check(p.family, style);

	if (e)
		return e;
	if (style == V6K_ARPA) {
		if (p.bits % (p.family == V6K_IPV4 ? 8 : 4))
			return V6K_ENIBBLE;
		return deliver(text, put_arpa(text, first, p.bits), buf, cap);
	}
	if (!carries_length(style))
		return V6K_ESTYLE;
	return deliver(text, put_length(put_addr(text, first, style), p.bits), buf, cap);
}

/* What lines of a run end in is copied whole, so that it costs one store. */
struct line_end {
	char text[8];
	unsigned n;
};

/* A line each for *n addresses, a step apart. */
static int format_run(struct v6k_addr *a, uint64_t *n, unsigned bits, const struct line_end *end,
	char *buf, size_t cap)
{
	enum { MOST = 1 << 30 }; /* the length is returned as an int */
	const struct simd_tier *tier = simd();
	struct u128 number = addr_number(*a), step, last;
	struct v6k_addr line = *a;
	struct v6k_prefix p;
	char *at = buf, *stop;
	int e;

	if (!family_ok(a->family))
		return V6K_EINVAL;
	if (*n == 0)
		return 0;
	if (cap < V6K_LINE_TEXT_MAX)
		return V6K_ENOSPC;
	e = v6k_prefix_next(prefix_value(a->family, number, bits), 0, *n - 1, &p);
	if (e)
		return e;
	step = u128_shl(u128_make(0, 1), family_width(a->family) - bits);
	stop = buf + (cap < MOST ? cap : MOST) - V6K_LINE_TEXT_MAX;
	do {
		last = number;
		line.hi = number.hi;
		line.lo = number.lo;
		at = tier->addr_put(at, &line);
		memcpy(at, end->text, sizeof(end->text));
		at += end->n;
		u128_add(number, step, &number);
	} while (--*n > 0 && at <= stop);
	p = prefix_value(a->family, last, bits);
	*a = v6k_prefix_next(p, 0, 1, &p) ? (struct v6k_addr){ .family = V6K_NONE } :
					    v6k_prefix_first(p);
	return (int)(at - buf);
}

int v6k_addr_format_run(struct v6k_addr *a, uint64_t *n, char end, char *buf, size_t cap)
{
	struct line_end line_end = { { end }, 1 };

	return format_run(a, n, family_width(a->family), &line_end, buf, cap);
}

int v6k_prefix_format_run(struct v6k_prefix *p, uint64_t *n, char end, char *buf, size_t cap)
{
	struct v6k_addr first = v6k_prefix_first(*p);
	struct line_end line_end;
	int done;

	line_end.n = (unsigned)(put_length(line_end.text, p->bits) - line_end.text);
	line_end.text[line_end.n++] = end;
	done = format_run(&first, n, p->bits, &line_end, buf, cap);
	if (done > 0)
		*p = first.family ? prefix_value(first.family, addr_number(first), p->bits) :
				    (struct v6k_prefix){ .family = V6K_NONE };
	return done;
}

size_t v6k_prefix_format_lines(const struct v6k_prefix *p, size_t n, size_t *at, char end, char *buf,
	size_t cap)
{
	const struct simd_tier *tier = simd();
	struct v6k_addr first = { .family = V6K_NONE };
	char *to = buf;

	/* A value that is kept, and written member by member, is never copied. */
	for (; *at < n && cap - (size_t)(to - buf) >= V6K_LINE_TEXT_MAX; ++*at) {
		if (!family_ok(p[*at].family))
			break;
		first.hi = p[*at].hi;
		first.lo = p[*at].lo;
		first.family = p[*at].family;
		to = put_length(tier->addr_put(to, &first), p[*at].bits);
		*to++ = end;
	}
	return (size_t)(to - buf);
}

int v6k_range_format(struct v6k_range r, enum v6k_style style, char *buf, size_t cap)
{
	char text[2 * V6K_ADDR_TEXT_MAX + 1], *at;
	int e = style_check(r.first.family, style);

	if (e)
		return e;
	if (!carries_length(style))
		return V6K_ESTYLE;
	at = put_addr(text, r.first, style);
	*at++ = '-';
	return deliver(text, put_addr(at, r.last, style), buf, cap);
}

/* What a style carries beside an address; see the table of styles in v6kit(1). */
static int notation_check(const struct v6k_notation *what, enum v6k_style style)
{
	bool full = carries_length(style);

	if (style == V6K_BARE)
		return what->kind == V6K_KIND_RANGE ? V6K_ESTYLE : 0;
	if (what->kind == V6K_KIND_RANGE && !full)
		return V6K_ESTYLE;
	if (what->kind == V6K_KIND_PREFIX && !full &&
		(style != V6K_ARPA || v6k_notation_has_host_bits(what)))
		return V6K_ESTYLE;
	if (what->zone_len > 0 && !full && style != V6K_URI && style != V6K_UNC)
		return V6K_ESTYLE;
	if (what->has_port && !full && style != V6K_URI)
		return V6K_ESTYLE;
	return 0;
}

/* An address with its zone and port: ADDR%ZONE, [ADDR%ZONE]:PORT, [ADDR%25ZONE]. */
static int put_endpoint(const struct v6k_notation *what, const char *s, enum v6k_style style,
	char *buf, size_t cap)
{
	bool uri = style == V6K_URI && what->addr.family == V6K_IPV6;
	bool brackets = uri || what->has_port, unc = style == V6K_UNC;
	char head[V6K_ADDR_TEXT_MAX + 8], tail[32], *at = head, *end = tail;
	size_t head_n, tail_n;

	if (what->zone_len >
		INT32_MAX - V6K_NOTATION_TEXT_MAX) /* the length is returned as an int */
		return V6K_EINVAL;
	if (brackets)
		*at++ = '[';
	at = unc ? put_unc(at, what->addr) :
		   put_addr(at, what->addr, style == V6K_URI ? V6K_CANONICAL : style);
	if (what->zone_len > 0)
		at = put_text(at, unc ? "s" : uri ? "%25" : "%");
	if (unc)
		end = put_text(end, ".ipv6-literal.net");
	if (brackets)
		*end++ = ']';
	if (what->has_port) {
		*end++ = ':';
		end = put_number(end, u128_make(0, what->port));
	}
	head_n = (size_t)(at - head);
	tail_n = (size_t)(end - tail);
	if (cap < head_n + tail_n || cap - head_n - tail_n < what->zone_len)
		return V6K_ENOSPC;
	memcpy(buf, head, head_n);
	if (what->zone_len > 0)
		memcpy(buf + head_n, s + what->zone_off, what->zone_len);
	memcpy(buf + head_n + what->zone_len, tail, tail_n);
	return (int)(head_n + what->zone_len + tail_n);
}

int v6k_notation_format(const struct v6k_notation *what, const char *s, enum v6k_style style,
	char *buf, size_t cap)
{
	char text[V6K_NOTATION_TEXT_MAX];
	int e = style_check(what->addr.family, style);

	if (e == 0)
		e = notation_check(what, style);
	if (e)
		return e;
	if (style == V6K_BARE)
		return v6k_addr_format(what->addr, style, buf, cap);
	if (what->kind == V6K_KIND_RANGE)
		return v6k_range_format(v6k_notation_range(what), style, buf, cap);
	if (what->kind == V6K_KIND_ADDR) {
		if (what->zone_len > 0 || what->has_port)
			return put_endpoint(what, s, style, buf, cap);
		return v6k_addr_format(what->addr, style, buf, cap);
	}
	if (style == V6K_ARPA) {
		struct v6k_prefix p;

		v6k_notation_prefix(what, &p);
		return v6k_prefix_format(p, style, buf, cap);
	}
	return deliver(text, put_length(put_addr(text, what->addr, style), what->bits), buf, cap);
}

static const char *const style_names[V6K_STYLES] = {
	[V6K_CANONICAL] = "canonical",
	[V6K_FULL] = "full",
	[V6K_BARE] = "bare",
	[V6K_MIXED] = "mixed",
	[V6K_UPPER] = "upper",
	[V6K_HEX] = "hex",
	[V6K_INT] = "int",
	[V6K_BITS] = "bits",
	[V6K_ARPA] = "arpa",
	[V6K_URI] = "uri",
	[V6K_SMTP] = "smtp",
	[V6K_SENDMAIL] = "sendmail",
	[V6K_UNC] = "unc",
	[V6K_BASE85] = "base85",
	[V6K_CINIT] = "c",
	[V6K_ACCESS] = "access",
};

int v6k_style_from_name(const char *s, size_t n, enum v6k_style *out)
{
	for (unsigned i = 0; i < V6K_STYLES; i++) {
		if (strlen(style_names[i]) == n && memcmp(style_names[i], s, n) == 0) {
			*out = (enum v6k_style)i;
			return 0;
		}
	}
	return V6K_EINVAL;
}

const char *v6k_style_name(enum v6k_style style)
{
	return (unsigned)style < V6K_STYLES ? style_names[style] : NULL;
}
