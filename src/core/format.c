/* format.c: the one formatter. Everything that writes an address comes through put_addr. */
#include <string.h>

#include <v6kit/notation.h>

#include "value.h"

static const char hex[] = "0123456789abcdef";

/* A group without leading zeros (RFC 5952 4.1): every digit is stored, the cursor passes those that
 * count, and no branch depends on the address. */
static inline char *put_group(char *at, unsigned group)
{
	*at = hex[group >> 12];
	at += group > 0xfff;
	*at = hex[group >> 8 & 15];
	at += group > 0xff;
	*at = hex[group >> 4 & 15];
	at += group > 0xf;
	*at++ = hex[group & 15];
	return at;
}

static inline char *put_octet(char *at, unsigned octet)
{
	if (octet > 99) {
		*at++ = (char)('0' + octet / 100);
		octet %= 100;
		*at++ = (char)('0' + octet / 10);
	} else if (octet > 9) {
		*at++ = (char)('0' + octet / 10);
	}
	*at++ = (char)('0' + octet % 10);
	return at;
}

static char *put_ipv4(char *at, uint32_t v)
{
	for (unsigned i = 0; i < 4; i++) {
		at = put_octet(at, v >> (24 - 8 * i) & 255);
		*at++ = '.';
	}
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

/* The groups of a from first to last - 1, longest run of zeros elided (RFC 5952 section 4.2: two or
 * more, the first of equals). last is 8, or 6 when a dotted tail follows. */
static char *put_groups(char *at, struct v6k_addr a, unsigned last)
{
	unsigned zero = 0, run, run_n = 0, start = 8;

	for (unsigned i = 0; i < 4; i++) {
		zero |= (unsigned)((a.hi >> (48 - 16 * i) & 0xffff) == 0) << i;
		zero |= (unsigned)((a.lo >> (48 - 16 * i) & 0xffff) == 0) << (4 + i);
	}
	zero &= (1u << last) - 1;
	/* After k rounds, bit i is set when k + 1 groups from i on are zero. */
	for (run = zero; run; run &= zero >> run_n) {
		run_n++;
		start = (unsigned)__builtin_ctz(run);
	}
	if (run_n < 2)
		start = 8;
	for (unsigned i = 0; i < last; i++) {
		if (i == start) {
			if (i == 0)
				*at++ = ':';
			*at++ = ':';
			i += run_n - 1;
			continue;
		}
		at = put_group(at, (unsigned)((i < 4 ? a.hi : a.lo) >> (48 - 16 * (i & 3)) & 0xffff));
		*at++ = ':';
	}
	/* The colon after the last group is one too many, but not that of a gap. */
	return start + run_n == last && start < last ? at : at - 1;
}

static char *put_mixed(char *at, struct v6k_addr a)
{
	at = put_groups(at, a, 6);
	if (at[-1] != ':')
		*at++ = ':';
	return put_ipv4(at, (uint32_t)a.lo);
}

static char *put_canonical(char *at, struct v6k_addr a)
{
	if (a.family == V6K_IPV4)
		return put_ipv4(at, (uint32_t)a.lo);
	if (v6k_addr_is_mapped(a)) /* RFC 5952 section 5, ruling 6 */
		return put_mixed(at, a);
	return put_groups(at, a, 8);
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
		for (unsigned i = bits / 8; i-- > 0;) {
			at = put_octet(at, (unsigned)(a.lo >> (24 - 8 * i) & 255));
			*at++ = '.';
		}
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
	char *end = put_groups(text, a, 8);

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
	static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				     "!#$%&()*+-;<=>?@^_`{|}~";
	uint32_t limb[4] = { (uint32_t)(a.hi >> 32), (uint32_t)a.hi, (uint32_t)(a.lo >> 32),
		(uint32_t)a.lo };

	for (unsigned i = 20; i-- > 0;) {
		uint64_t rest = 0;

		for (unsigned j = 0; j < 4; j++) {
			rest = rest << 32 | limb[j];
			limb[j] = (uint32_t)(rest / 85);
			rest %= 85;
		}
		at[i] = digits[rest];
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
	if (v6k_addr_is_mapped(a))
		return put_ipv4(at, (uint32_t)a.lo);
	at = put_text(at, "IPv6:");
	for (unsigned i = 0; i < 8; i++) {
		at = put_group(at, (unsigned)((i < 4 ? a.hi : a.lo) >> (48 - 16 * (i & 3)) & 0xffff));
		*at++ = ':';
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

int v6k_addr_format(struct v6k_addr a, enum v6k_style style, char *buf, size_t cap)
{
	char text[V6K_ADDR_TEXT_MAX];
	int e = style_check(a.family, style);

	if (e)
		return e;
	if (cap >= V6K_ADDR_TEXT_MAX)
		return (int)(put_addr(buf, a, style) - buf);
	return deliver(text, put_addr(text, a, style), buf, cap);
}

static bool carries_length(enum v6k_style style)
{
	return style == V6K_CANONICAL || style == V6K_FULL || style == V6K_MIXED ||
	       style == V6K_UPPER;
}

static char *put_length(char *at, unsigned bits)
{
	*at++ = '/';
	return put_octet(at, bits);
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
	char addr[V6K_ADDR_TEXT_MAX + 1];
	bool uri = style == V6K_URI && what->addr.family == V6K_IPV6;
	bool brackets = uri || what->has_port, unc = style == V6K_UNC;
	char *end, *at = buf;

	/* 16 bytes hold brackets, "%25", ":65535". */
	if (cap < V6K_NOTATION_TEXT_MAX + (size_t)what->zone_len)
		return V6K_ENOSPC;
	end = unc ? put_unc(addr, what->addr) :
		    put_addr(addr, what->addr, style == V6K_URI ? V6K_CANONICAL : style);
	if (brackets)
		*at++ = '[';
	memcpy(at, addr, (size_t)(end - addr));
	at += end - addr;
	if (what->zone_len > 0) {
		at = put_text(at, unc ? "s" : uri ? "%25" : "%");
		memcpy(at, s + what->zone_off, what->zone_len);
		at += what->zone_len;
	}
	if (unc)
		at = put_text(at, ".ipv6-literal.net");
	if (brackets)
		*at++ = ']';
	if (what->has_port) {
		*at++ = ':';
		at = put_number(at, u128_make(0, what->port));
	}
	return (int)(at - buf);
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
	[V6K_ACCESS] = "access"
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
