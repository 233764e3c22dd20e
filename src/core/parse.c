/* parse.c: the one address parser. Everything that reads an address, a prefix or a range, in any
 * notation, comes through read_addr; the functions here add what stands around an address. */
#include <string.h>

#include "dispatch.h"
#include "parse.h"

/* clang-format off */
const uint8_t hex_digit[256] = {
#define X16 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16
	X16, X16, X16,
	0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 16, 16, 16, 16, 16,
	16, 10, 11, 12, 13, 14, 15, 16, 16, 16, 16, 16, 16, 16, 16, 16, X16,
	16, 10, 11, 12, 13, 14, 15, 16, 16, 16, 16, 16, 16, 16, 16, 16, X16,
	X16, X16, X16, X16, X16, X16, X16, X16
#undef X16
};
/* clang-format on */

/* Reads four digits at once, as most groups have; false when one of them is none. */
static inline bool four_digits(const char *s, size_t i, unsigned *out)
{
	unsigned a = hex_at(s, i), b = hex_at(s, i + 1), c = hex_at(s, i + 2), d = hex_at(s, i + 3);

	if ((a | b | c | d) > 15)
		return false;
	*out = a << 12 | b << 8 | c << 4 | d;
	return true;
}

static bool is_zone_char(char c)
{
	char l = lower(c);

	return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
		c == '~' || c == '-';
}

/* A byte that does not belong at offset i, or, when the text ends there, what is missing. */
static int fail_at(struct v6k_error *err, int missing, size_t i, size_t n)
{
	return i < n ? parse_fail(err, V6K_ECHAR, i, 1) : parse_fail(err, missing, i, 0);
}

/* Reads four octets at s[*at] and leaves *at behind them. */
static int read_ipv4(const char *s, size_t n, size_t *at, uint32_t *out, struct v6k_error *err)
{
	uint32_t value = 0;
	size_t i = *at;

	for (unsigned octet = 0; octet < 4; octet++) {
		size_t start = i;
		unsigned v = 0;

		if (octet > 0) {
			if (i >= n || s[i] != '.')
				return i < n && hex_at(s, i) < 16 ?
					parse_fail(err, V6K_ECHAR, i, 1) :
					parse_fail(err, V6K_EOCTETS, i, i < n);
			start = ++i;
		}
		/* More than three digits are refused below, whatever v wraps to. */
		for (; i < n && decimal_at(s, i) < 10; i++)
			v = v * 10 + decimal_at(s, i);
		if (i == start)
			return i < n && s[i] != '.' ? parse_fail(err, V6K_ECHAR, i, 1) :
						      parse_fail(err, V6K_EOCTETS, i, i < n);
		/* Octal to some programs, decimal to others: refused (ruling 1). */
		if (s[start] == '0' && i - start > 1)
			return parse_fail(err, V6K_EOCTETZERO, start, i - start);
		if (i - start > 3 || v > 255)
			return parse_fail(err, V6K_EOCTET, start, i - start);
		value = value << 8 | v;
	}
	if (i < n && s[i] == '.')
		return parse_fail(err, V6K_EOCTETS, i, 1);
	*at = i;
	*out = value;
	return 0;
}

/* Opens the gap between the first groups of number and the tail ones behind it (RFC 4291 2.2.2). */
static struct u128 open_gap(struct u128 number, unsigned gap, unsigned tail)
{
	struct u128 head = u128_shl(u128_shr(number, 16 * tail), 16 * (8 - gap));

	return u128_or(head, u128_and(number, u128_not(u128_mask(16 * (8 - tail)))));
}

/* Reads groups at s[*at] and leaves *at behind them. */
static int read_ipv6(const char *s, size_t n, size_t *at, struct u128 *out, struct v6k_error *err)
{
	enum { NO_GAP = 9 };
	struct u128 number = { 0, 0 };
	unsigned groups = 0, gap = NO_GAP;
	size_t i = *at, gap_at = 0;

	if (s[i] == ':') {
		if (i + 1 >= n || s[i + 1] != ':')
			return parse_fail(err, V6K_ECOLON, i, 1);
		gap = 0;
		gap_at = i;
		i += 2;
	}
	for (;;) {
		size_t start = i;
		unsigned v = 0, digit;

		if (n - i >= 4 && four_digits(s, i, &v))
			i += 4;
		while (i < n && (digit = hex_at(s, i)) < 16) {
			v = v << 4 | digit;
			i++;
		}
		if (i == start) {
			if (gap != NO_GAP && start == gap_at + 2) {
				if (i < n && s[i] == ':')
					return parse_fail(err, V6K_EGAPTWICE, i, 1);
				break;
			}
			/* A single colon before this place. */
			if (i < n && is_zone_char(s[i]))
				return parse_fail(err, V6K_ECHAR, i, 1);
			return parse_fail(err, V6K_ECOLON, i - 1, 1);
		}
		if (i < n && s[i] == '.') {
			uint32_t tail;
			int e;

			i = start;
			e = read_ipv4(s, n, &i, &tail, err);
			if (e)
				return e;
			if (groups > 6)
				return parse_fail(err, V6K_EGROUPS, start, i - start);
			number = u128_or(u128_shl(number, 32), u128_make(0, tail));
			groups += 2;
			break;
		}
		if (i - start > 4)
			return parse_fail(err, V6K_EGROUPLEN, start, i - start);
		if (groups == 8)
			return parse_fail(err, V6K_EGROUPS, start, i - start);
		number = u128_or(u128_shl(number, 16), u128_make(0, v));
		groups++;
		if (i >= n || s[i] != ':')
			break;
		i++;
		if (i < n && s[i] == ':') {
			if (gap != NO_GAP)
				return parse_fail(err, V6K_EGAPTWICE, i - 1, 2);
			gap = groups;
			gap_at = i - 1;
			i++;
		}
	}
	if (gap == NO_GAP && groups < 8)
		return i < n && is_zone_char(s[i]) ? parse_fail(err, V6K_ECHAR, i, 1) :
						     parse_fail(err, V6K_EFEWGROUPS, i, i < n);
	if (gap != NO_GAP && groups == 8) /* ruling 9 */
		return parse_fail(err, V6K_EGAPFULL, gap_at, 2);
	*out = gap == NO_GAP ? number : open_gap(number, gap, groups - gap);
	*at = i;
	return 0;
}

int addr_read_scalar(const char *s, size_t n, size_t *at, struct v6k_addr *out,
	struct v6k_error *err)
{
	unsigned first;
	size_t i = *at;
	int e;

	if (i >= n)
		return parse_fail(err, V6K_EEMPTY, i, 0);
	/* The first byte that is no digit says which family it is; mostly it is the fifth. */
	if (n - i > 4 && s[i + 4] == ':' && four_digits(s, i, &first))
		i += 4;
	while (i < n && hex_at(s, i) < 16)
		i++;
	if (i < n && s[i] == ':') {
		struct u128 number;

		e = read_ipv6(s, n, at, &number, err);
		if (e == 0)
			*out = addr_value(V6K_IPV6, number);
		return e;
	}
	if (i < n && s[i] == '.' && i > *at) {
		uint32_t number;

		e = read_ipv4(s, n, at, &number, err);
		if (e == 0)
			*out = addr_value(V6K_IPV4, u128_make(0, number));
		return e;
	}
	/* No address. Digits alone, and 0x..., are the numeric forms of IPv4 (ruling 2). */
	for (i = *at; i < n && decimal_at(s, i) < 10; i++)
		;
	if (i > *at && (i == n || s[i] == '/' || s[i] == '-' || lower(s[i]) == 'x'))
		return parse_fail(err, V6K_EOCTETS, *at, i - *at);
	while (i < n && hex_at(s, i) < 16)
		i++;
	return i == n && i > *at ? parse_fail(err, V6K_EFEWGROUPS, i, 0) :
				   fail_at(err, V6K_EEMPTY, i, n);
}

int addr_parse_scalar(const char *s, size_t n, struct v6k_addr *out, struct v6k_error *err)
{
	struct v6k_addr a;
	size_t at = 0;
	int e;

	if (n > UINT32_MAX)
		return parse_fail(err, V6K_EINVAL, 0, 0);
	e = addr_read_scalar(s, n, &at, &a, err);
	if (e)
		return e;
	if (at < n)
		return parse_fail(err, V6K_ECHAR, at, 1);
	*out = a;
	return 0;
}

/* Reads one address at s[*at] and leaves *at behind it, at whatever follows. */
static inline int read_addr(const char *s, size_t n, size_t *at, struct v6k_addr *out,
	struct v6k_error *err)
{
	return simd()->addr_read(s, n, at, out, err);
}

int v6k_addr_parse(const char *s, size_t n, struct v6k_addr *out, struct v6k_error *err)
{
	return simd()->addr_parse(s, n, out, err);
}

/* The length of a contiguous netmask in dotted form at s[*at] (ruling 12). */
static int read_netmask(const char *s, size_t n, size_t *at, unsigned *bits, struct v6k_error *err)
{
	size_t start = *at;
	uint32_t mask;
	int e = read_ipv4(s, n, at, &mask, err);

	if (e)
		return e;
	if (~mask & (~mask + 1))
		return parse_fail(err, V6K_EMASKHOLE, start, *at - start);
	*bits = mask ? 32 - (unsigned)__builtin_ctz(mask) : 0;
	return 0;
}

/* Reads a prefix length at s[*at], the place after the "/". */
static int read_length(const char *s, size_t n, size_t *at, unsigned family, unsigned flags,
	unsigned *bits, struct v6k_error *err)
{
	size_t start = *at, i = start;
	unsigned v = 0;

	for (; i < n && decimal_at(s, i) < 10; i++)
		v = v <= 128 ? v * 10 + decimal_at(s, i) : v;
	if (i < n && s[i] == '.' && i > start) {
		if (family == V6K_IPV4 && flags & V6K_PARSE_NETMASK)
			return read_netmask(s, n, at, bits, err);
		return parse_fail(err, V6K_ENETMASK, start, n - start);
	}
	if (i == start || (i < n && is_zone_char(s[i])))
		return parse_fail(err, V6K_ELEN, i, i < n);
	if (s[start] == '0' && i - start > 1)
		return parse_fail(err, V6K_ELEN, start, i - start);
	if (v > family_width(family))
		return parse_fail(err, V6K_ELENMAX, start, i - start);
	*bits = v;
	*at = i;
	return 0;
}

/* Reads a zone at s[*at], the place after the "%", into what. */
int parse_zone(const char *s, size_t n, size_t *at, struct v6k_notation *what,
	struct v6k_error *err)
{
	size_t start = *at, i = start;

	if (what->addr.family == V6K_IPV4)
		return parse_fail(err, V6K_EZONEIPV4, start - 1, n - start + 1);
	while (i < n && is_zone_char(s[i]))
		i++;
	if (i == start)
		return parse_fail(err, V6K_EZONE, i, i < n);
	what->zone_off = (uint32_t)start;
	what->zone_len = (uint32_t)(i - start);
	*at = i;
	return 0;
}

static size_t skip_blanks(const char *s, size_t n, size_t i)
{
	while (i < n && (s[i] == ' ' || s[i] == '\t'))
		i++;
	return i;
}

/* What follows the first address of a range: the "-" is at s[at]. */
static int read_range_end(const char *s, size_t n, size_t at, struct v6k_notation *what,
	struct v6k_error *err)
{
	size_t start = skip_blanks(s, n, at + 1);
	int e;

	at = start;
	e = read_addr(s, n, &at, &what->last, err);
	if (e)
		return e;
	if (at < n && s[at] == '%')
		return parse_fail(err, V6K_EZONEPREFIX, at, n - at);
	if (at < n)
		return parse_fail(err, V6K_ECHAR, at, 1);
	if (what->addr.family != what->last.family)
		return parse_fail(err, V6K_EFAMILY, start, n - start);
	if (v6k_addr_cmp(what->addr, what->last) > 0)
		return parse_fail(err, V6K_EORDER, start, n - start);
	what->kind = V6K_KIND_RANGE;
	what->bits = 0;
	return 0;
}

/* Whether the zone at s[off] runs on into the "-" of a range, which gets a message of its own. */
static bool zone_in_range(const char *s, size_t n, size_t off, size_t at)
{
	size_t dash = skip_blanks(s, n, at);

	if (dash < n && s[dash] == '-')
		return true;
	return at < n && s[at] == ':' && memchr(s + off, '-', at - off) != NULL;
}

/* What follows a plain address that ends before s[at]: nothing, a zone, a length, a range. */
static int read_tail(const char *s, size_t n, size_t at, unsigned flags, struct v6k_notation *what,
	struct v6k_error *err)
{
	unsigned bits;
	size_t i;
	int e;

	if (at < n && s[at] == '%') {
		i = at + 1;
		e = parse_zone(s, n, &i, what, err);
		if (e || i == n)
			return e;
		if (s[i] == '/' || zone_in_range(s, n, at + 1, i))
			return parse_fail(err, V6K_EZONEPREFIX, at, i - at);
		return parse_fail(err, V6K_EZONE, i, 1);
	}
	if (at < n && s[at] == '/') {
		i = at + 1;
		e = read_length(s, n, &i, what->addr.family, flags, &bits, err);
		if (e)
			return e;
		if (i < n && s[i] == '%')
			return parse_fail(err, V6K_EZONEPREFIX, i, n - i);
		if (i < n)
			return parse_fail(err, V6K_ECHAR, i, 1);
		what->kind = V6K_KIND_PREFIX;
		what->bits = (uint8_t)bits;
		return 0;
	}
	if (at == n)
		return 0;
	i = skip_blanks(s, n, at);
	if (i < n && s[i] == '-')
		return read_range_end(s, n, i, what, err);
	return parse_fail(err, V6K_ECHAR, at, 1);
}

/* Skips the tag "IPv6:" at s[*at]; true when it was there. */
static bool skip_tag(const char *s, size_t n, size_t *at)
{
	static const char tag[] = "ipv6:";

	if (n - *at < sizeof(tag) - 1)
		return false;
	for (size_t i = 0; i < sizeof(tag) - 1; i++)
		if (lower(s[*at + i]) != tag[i])
			return false;
	*at += sizeof(tag) - 1;
	return true;
}

/* Reads the address at s[*at] that a tag was or was not before. */
int parse_tagged(const char *s, size_t n, size_t *at, bool tag, struct v6k_notation *what,
	struct v6k_error *err)
{
	size_t start = *at;
	int e = read_addr(s, n, at, &what->addr, err);

	if (e)
		return e;
	if (tag && what->addr.family != V6K_IPV6)
		return parse_fail(err, V6K_ETAG, start, *at - start);
	what->kind = V6K_KIND_ADDR;
	what->bits = (uint8_t)family_width(what->addr.family);
	return 0;
}

/* [ADDR], [IPv6:ADDR], [ADDR]:PORT; inside the brackets %25 is % (RFC 6874 section 2). */
static int read_brackets(const char *s, size_t n, struct v6k_notation *what, struct v6k_error *err)
{
	size_t at = 1, i;
	unsigned port = 0;
	bool tag = skip_tag(s, n, &at);
	int e = parse_tagged(s, n, &at, tag, what, err);

	if (e)
		return e;
	if (at < n && s[at] == '%') {
		at++;
		if (what->addr.family == V6K_IPV6 && n - at >= 2 && s[at] == '2' &&
			s[at + 1] == '5')
			at += 2;
		e = parse_zone(s, n, &at, what, err);
		if (e)
			return e;
	}
	if (at >= n || s[at] != ']')
		return fail_at(err, V6K_EBRACKET, at, n);
	at++;
	if (at == n)
		return 0;
	if (s[at] != ':')
		return parse_fail(err, V6K_ECHAR, at, 1);
	for (i = ++at; i < n && decimal_at(s, i) < 10; i++)
		port = port <= UINT16_MAX ? port * 10 + decimal_at(s, i) : port;
	if (i < n || i == at || (s[at] == '0' && i - at > 1))
		return parse_fail(err, V6K_EPORT, i < n ? i : at, i < n ? 1 : i - at);
	if (port > UINT16_MAX)
		return parse_fail(err, V6K_EPORT, at, i - at);
	what->port = (uint16_t)port;
	what->has_port = 1;
	return 0;
}

/* Names end in a letter that no address has: "p" or "e", before the last one. */
static bool may_be_name(const char *s, size_t n)
{
	size_t end = n > 0 && s[n - 1] == '.' ? n - 1 : n;
	char c = end >= 8 ? lower(s[end - 1]) : 0;

	return (c == 'a' && lower(s[end - 2]) == 'p') || c == 't';
}

static int read_notation(const char *s, size_t n, unsigned flags, struct v6k_notation *what,
	struct v6k_error *err)
{
	size_t at = 0;
	bool tag;
	int e;

	if (may_be_name(s, n)) {
		bool is_name;

		e = parse_name(s, n, what, err, &is_name);
		if (is_name)
			return e;
	}
	if (n > 0 && s[0] == '[') {
		what->form = V6K_FORM_BRACKETS;
		return read_brackets(s, n, what, err);
	}
	tag = skip_tag(s, n, &at);
	what->form = tag ? V6K_FORM_TAG : V6K_FORM_PLAIN;
	e = parse_tagged(s, n, &at, tag, what, err);
	if (e || at == n)
		return e;
	e = read_tail(s, n, at, flags, what, err);
	if (e == 0 && tag && what->kind == V6K_KIND_RANGE)
		return parse_fail(err, V6K_ECHAR, at, 1);
	return e;
}

int v6k_notation_parse(const char *s, size_t n, unsigned flags, struct v6k_notation *out,
	struct v6k_error *err)
{
	struct v6k_notation what = { .kind = 0 };
	int e;

	if (n > UINT32_MAX || flags & ~(unsigned)(V6K_PARSE_MASK | V6K_PARSE_NETMASK))
		return parse_fail(err, V6K_EINVAL, 0, 0);
	e = read_notation(s, n, flags, &what, err);
	if (e)
		return e;
	if (flags & V6K_PARSE_MASK && what.kind == V6K_KIND_PREFIX) {
		struct v6k_prefix p;

		v6k_prefix_mask(what.addr, what.bits, &p);
		what.addr = v6k_prefix_first(p);
	}
	*out = what;
	return 0;
}

/* Refuses what a prefix or range cannot be made of: a zone, a port. */
static int read_plain(const char *s, size_t n, unsigned flags, struct v6k_notation *what,
	struct v6k_error *err)
{
	int e = v6k_notation_parse(s, n, flags, what, err);

	if (e)
		return e;
	if (what->zone_len > 0)
		return parse_fail(err, V6K_EZONEPREFIX, what->zone_off - 1, what->zone_len + 1);
	if (what->has_port)
		return parse_fail(err, V6K_EPORTHERE, 0, n);
	if (v6k_notation_has_host_bits(what)) {
		const char *slash = memchr(s, '/', n);
		size_t off = slash ? (size_t)(slash - s) : 0;

		return parse_fail(err, V6K_EHOSTBITS, off, n - off);
	}
	return 0;
}

int v6k_prefix_parse(const char *s, size_t n, unsigned flags, struct v6k_prefix *out,
	struct v6k_error *err)
{
	struct v6k_notation what;
	int e = read_plain(s, n, flags, &what, err);

	if (e)
		return e;
	if (what.kind == V6K_KIND_RANGE)
		return parse_fail(err, V6K_ENOTPREFIX, 0, n);
	return v6k_notation_prefix(&what, out);
}

int v6k_range_parse(const char *s, size_t n, unsigned flags, struct v6k_range *out,
	struct v6k_error *err)
{
	struct v6k_notation what;
	int e = read_plain(s, n, flags, &what, err);

	if (e)
		return e;
	*out = v6k_notation_range(&what);
	return 0;
}
