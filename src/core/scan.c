/* scan.c: the rules of what counts as an address in a text, and the scanner that every other one
 * has to agree with. A text is cut into tokens; a token is a hit as a whole or not at all. */
#include <string.h>

#include "dispatch.h"
#include "rank.h"
#include "scan.h"

/* clang-format off */
const uint8_t scan_class[256] = {
#define HEX (SCAN_TOKEN | SCAN_NAME)
#define WORD (SCAN_TOKEN | SCAN_NAME | SCAN_WORD | SCAN_LETTER)
	['-'] = SCAN_NAME, ['.'] = HEX, [':'] = SCAN_TOKEN,
	['_'] = SCAN_TOKEN | SCAN_NAME | SCAN_WORD,
	['0'] = HEX, HEX, HEX, HEX, HEX, HEX, HEX, HEX, HEX, HEX,
	['A'] = HEX, HEX, HEX, HEX, HEX, HEX,
	['G'] = WORD, WORD, WORD, WORD, WORD, WORD, WORD, WORD, WORD, WORD,
	['Q'] = WORD, WORD, WORD, WORD, WORD, WORD, WORD, WORD, WORD, WORD,
	['a'] = HEX, HEX, HEX, HEX, HEX, HEX,
	['g'] = WORD, WORD, WORD, WORD, WORD, WORD, WORD, WORD, WORD, WORD,
	['q'] = WORD, WORD, WORD, WORD, WORD, WORD, WORD, WORD, WORD, WORD,
#undef HEX
#undef WORD
};
/* clang-format on */

static size_t token_end(const char *s, size_t n, size_t at)
{
	while (at < n && scan_is(s, at, SCAN_TOKEN))
		at++;
	return at;
}

/* Reads a decimal number without leading zeros, at most max; returns its end, or at for none. */
static size_t number_end(const char *s, size_t at, size_t end, unsigned max, unsigned *out)
{
	unsigned v = 0;
	size_t i = at;

	for (; i < end && decimal_at(s, i) < 10; i++)
		v = v <= max ? v * 10 + decimal_at(s, i) : v;
	if (i == at || v > max || (s[at] == '0' && i - at > 1))
		return at;
	*out = v;
	return i;
}

/* Whether s[at..end) is what a sentence puts behind an address: a colon, full stops, nothing. */
static bool is_sentence_end(const char *s, size_t at, size_t end)
{
	if (at < end && s[at] == ':')
		at++;
	while (at < end && s[at] == '.')
		at++;
	return at == end;
}

bool scan_is_port(const char *s, size_t at, size_t end)
{
	unsigned port;
	size_t i = number_end(s, at, end, UINT16_MAX, &port);

	return i > at && is_sentence_end(s, i, end);
}

/* The end of four numbers with dots between them at s[at]; at when there are fewer. */
static size_t dotted_end(const char *s, size_t at, size_t end)
{
	unsigned dots = 0;
	size_t i = at;

	for (; i < end; i++) {
		if (decimal_at(s, i) < 10)
			continue;
		if (s[i] != '.' || dots == 3 || i + 1 == end || decimal_at(s, i + 1) > 9)
			break;
		dots++;
	}
	return dots == 3 ? i : at;
}

/* Where the IPv6 address of groups alone in s[at..end) ends: before the colon of a sentence, and
 * before a port, which five digits are, as no group has as many. */
static size_t groups_end(const char *s, size_t at, size_t end)
{
	size_t group;
	unsigned port;

	if (end - at > 2 && s[end - 1] == ':' && (s[end - 2] != ':' || s[end - 3] == ':'))
		end--;
	for (group = end; group > at && s[group - 1] != ':';)
		group--;
	if (group > at && end - group == 5 && number_end(s, group, end, UINT16_MAX, &port) == end)
		return group - 1;
	return end;
}

/* Eight groups of two digits are a hardware address (EUI-64), whatever the digits. */
static bool is_eui64(const char *s, size_t n)
{
	if (n != 23)
		return false;
	for (size_t i = 2; i < n; i += 3)
		if (s[i] != ':')
			return false;
	return true;
}

/* Reads the address that s[at..end) is, a port and the end of a sentence aside. Returns where it
 * ends, or at for none. */
static size_t read_address(const char *s, size_t at, size_t end, unsigned flags,
	struct v6k_addr *out, bool *port)
{
	const char *colon = memchr(s + at, ':', end - at);
	const char *first_dot = memchr(s + at, '.', end - at);
	size_t dot = first_dot ? (size_t)(first_dot - s) : end, e, quad = at;
	bool ipv6 = colon && (size_t)(colon - s) < dot;

	if (ipv6)
		for (quad = dot; s[quad - 1] != ':';)
			quad--;
	e = dotted_end(s, quad, end);
	if (e > quad) {
		/* Behind IPv4, or IPv6 that ends like it. */
		*port = e < end &&
			((s[e] == ':' && scan_is_port(s, e + 1, end)) ||
				(s[e] == '.' && (ipv6 || flags & V6K_SCAN_TCPDUMP) &&
					scan_is_port(s, e + 1, end)));
	} else if (!ipv6) {
		return at;
	} else if (dot + 1 < end && s[dot + 1] != '.') {
		e = dot;
		*port = scan_is_port(s, e + 1, end);
	} else {
		e = groups_end(s, at, dot);
		*port = e < dot && s[e] == ':' && scan_is_port(s, e + 1, end);
		/* ":::" and more colons are rulers, fences and typing, not the address "::". */
		if (e - at == 2 && e < dot)
			return at;
	}
	if (!*port && !is_sentence_end(s, e, end))
		return at;
	if (is_eui64(s + at, e - at) || v6k_addr_parse(s + at, e - at, out, NULL) != 0)
		return at;
	return e;
}

/* A length at s[at], the place after a "/": returns where it and the end of a sentence end, or at
 * for none. *len_end is the end of the length itself. */
static size_t read_length(const char *s, size_t n, size_t at, unsigned width, unsigned *bits,
	size_t *len_end)
{
	size_t end = token_end(s, n, at);

	*len_end = number_end(s, at, end, width, bits);
	return *len_end > at && is_sentence_end(s, *len_end, end) ? end : at;
}

/* What follows "/" behind the address (and zone) of a hit. */
static void take_length(const struct scan_token *t, size_t slash, struct v6k_hit *hit, size_t *next)
{
	unsigned bits;
	size_t len_end, e;
	struct v6k_prefix p;

	/* The path of a URL. */
	if (t->start > 2 && memcmp(t->s + t->start - 3, "://", 3) == 0)
		return;
	e = read_length(t->s, t->n, slash + 1, family_width(hit->addr.family), &bits, &len_end);
	if (e == slash + 1)
		return;
	*next = e;
	hit->len = (uint32_t)(len_end - hit->off);
	hit->bits = (uint8_t)bits;
	if (v6k_prefix_make(hit->addr, bits, &p) == 0) {
		hit->kind = V6K_KIND_PREFIX;
		hit->last = v6k_prefix_last(p);
	}
}

/* The zone at s[at], the place after a "%", without the full stops of a sentence. *run_end is
 * where its bytes end. */
static size_t zone_end(const char *s, size_t n, size_t at, size_t *run_end)
{
	struct v6k_notation what = { .addr = { .family = V6K_IPV6 } };
	size_t e = at;

	*run_end = at;
	if (parse_zone(s, n, &e, &what, NULL) != 0)
		return at;
	*run_end = e;
	while (e > at && s[e - 1] == '.')
		e--;
	return e;
}

/* What follows "%" behind the IPv6 address of a hit. False when it spoils it. */
static bool take_zone(const struct scan_token *t, struct v6k_hit *hit, size_t *next)
{
	const char *s = t->s;
	size_t at = t->end + 1, run_end, e = zone_end(s, t->n, at, &run_end), after;

	if (e == at)
		return true;
	/* Inside brackets "%25" is "%" (RFC 6874 section 2). */
	if (t->start > 0 && s[t->start - 1] == '[' && e - at > 2 && memcmp(s + at, "25", 2) == 0)
		at += 2;
	hit->zone_at = (uint8_t)(at - hit->off);
	hit->zone_len = (uint32_t)(e - at);
	hit->len = (uint32_t)(e - hit->off);
	*next = run_end;
	if (run_end == t->n)
		return true;
	if (s[run_end] == '/' && run_end == e)
		take_length(t, run_end, hit, next);
	if (s[run_end] != ':')
		return true;
	after = token_end(s, t->n, run_end);
	*next = after;
	return e == run_end &&
		(is_sentence_end(s, run_end, after) || scan_is_port(s, run_end + 1, after));
}

/* What follows "-" behind the address of a hit: the last one of a range, or nothing of it. */
static void take_range(const struct scan_token *t, struct v6k_hit *hit, size_t *next)
{
	size_t at = t->end + 1, end = token_end(t->s, t->n, at), e, unused;
	struct v6k_addr last;
	unsigned bits;
	bool port;

	if (at == end)
		return;
	e = read_address(t->s, at, end, t->flags, &last, &port);
	if (e == at || port || last.family != hit->addr.family || v6k_addr_cmp(hit->addr, last) > 0)
		return;
	/* An address with a zone or length of its own is no end of a range (ruling 5). */
	if (e == end && e < t->n &&
		((t->s[e] == '%' && last.family == V6K_IPV6 &&
			 zone_end(t->s, t->n, e + 1, &unused) > e + 1) ||
			(t->s[e] == '/' &&
				read_length(t->s, t->n, e + 1, family_width(last.family), &bits,
					&unused) > e + 1)))
		return;
	hit->kind = V6K_KIND_RANGE;
	hit->bits = 0;
	hit->last = last;
	hit->len = (uint32_t)(e - hit->off);
	*next = end;
}

/* Where the text of a token begins when an escape ends inside it: "\n", "\t", "\r", "\x22",
 * "\u003c" of JSON, C and nginx, and the colours of terminals, ESC "[" numbers letter. end when the
 * escape is itself a byte that touches. */
static size_t skip_escape(const char *s, size_t start, size_t end)
{
	size_t before = start, i = start;

	if (start > 0 && s[start - 1] == '\\') {
		size_t digits = s[start] == 'x' ? 2 : s[start] == 'u' ? 4 : 0;
		unsigned value = 0;

		if (s[start] == 'n' || s[start] == 'r' || s[start] == 't')
			return start + 1;
		if (digits == 0 || end - start <= digits)
			return start;
		for (i++; i <= start + digits; i++) {
			if (hex_at(s, i) > 15)
				return start;
			value = value << 4 | hex_at(s, i);
		}
		return value < 256 && scan_class[value] & SCAN_TOKEN ? end : i;
	}
	while (i < end && decimal_at(s, i) < 10)
		i++;
	if (i == end || !scan_is(s, i, SCAN_LETTER))
		return start;
	while (before > 0 && (decimal_at(s, before - 1) < 10 || s[before - 1] == ';'))
		before--;
	return before > 1 && s[before - 1] == '[' && s[before - 2] == '\033' ? i + 1 : start;
}

/* Where the token's text begins behind its labels, which are words with a letter past f and end in
 * ":"; end when what is left has such a word and is none. */
static size_t skip_labels(const char *s, size_t start, size_t end)
{
	size_t word = end, i;
	const char *colon;

	while (word > start && !scan_is(s, word - 1, SCAN_WORD))
		word--;
	if (word == start)
		return start;
	colon = memchr(s + word, ':', end - word);
	if (!colon)
		return end;
	for (i = word; i > start && s[i - 1] != ':'; i--)
		if (scan_is(s, i - 1, SCAN_LETTER))
			return (size_t)(colon - s) + 1;
	return end;
}

bool scan_found(const struct scan_token *t, size_t at, size_t end, struct v6k_addr a,
	struct v6k_hit *hit, size_t *next)
{
	*next = t->end;
	scan_hit(hit, at, end - at, a);
	if (end < t->end || end == t->n)
		return true;
	if (t->s[end] == '/')
		take_length(t, end, hit, next);
	else if (t->s[end] == '-')
		take_range(t, hit, next);
	else if (t->s[end] == '%' && a.family == V6K_IPV6)
		return take_zone(t, hit, next);
	return true;
}

bool scan_judge(const struct scan_token *t, struct v6k_hit *hit, size_t *next)
{
	size_t at = skip_labels(t->s, t->start, t->end), e;
	struct v6k_addr a;
	bool port;

	*next = t->end;
	if (at > t->start)
		at = skip_labels(t->s, skip_escape(t->s, t->start, t->end), t->end);
	if (at == t->end)
		return false;
	e = read_address(t->s, at, t->end, t->flags, &a, &port);
	return e > at && scan_found(t, at, e, a, hit, next);
}

/* Judges the name that starts at s[at], as scan_token does. */
static bool scan_name(const char *s, size_t n, size_t at, struct v6k_hit *hit, size_t *next)
{
	struct v6k_notation what = { .kind = 0 };
	size_t end = at, run_end;
	bool is_name;

	while (end < n && scan_is(s, end, SCAN_NAME))
		end++;
	run_end = end;
	while (end > at && s[end - 1] == '.')
		end--;
	/* A zone, and the first label of RFC 2317: both belong to what is before it. */
	if (at > 0 &&
		(s[at - 1] == '%' ||
			(s[at - 1] == '/' && at > 1 && scan_is(s, at - 2, SCAN_TOKEN) &&
				s[at - 2] != ':')))
		return false;
	if (parse_name(s + at, end - at, &what, NULL, &is_name) != 0 || !is_name)
		return false;
	*hit = (struct v6k_hit){ .addr = what.addr,
		.last = v6k_notation_range(&what).last,
		.off = (uint32_t)at,
		.len = (uint32_t)(end - at),
		.zone_len = what.zone_len,
		.zone_at = (uint8_t)what.zone_off,
		.addr_len = (uint8_t)(end - at),
		.kind = what.kind,
		.bits = what.bits };
	/* A name may be a label too. */
	*next = run_end < n && s[run_end] == ':' ? run_end + 1 : run_end;
	return true;
}

size_t scan_scalar(const char *s, size_t n, size_t *at, unsigned flags, const struct sieve *sieve,
	struct v6k_hit *hits, size_t cap)
{
	struct scan_token t = { s, n, *at, *at, flags };
	size_t i = *at, count = 0;

	(void)sieve;
	while (i < n && count < cap) {
		unsigned colons = 0, dots = 0;

		t.start = i;
		for (; i < n && scan_is(s, i, SCAN_TOKEN); i++) {
			colons += s[i] == ':';
			dots += s[i] == '.';
		}
		t.end = i;
		if (i == t.start)
			i++;
		else if ((colons > 1 || dots > 2) && scan_judge(&t, &hits[count], &i))
			count++;
	}
	*at = i;
	return count;
}

/* The same with names, which begin where no byte of a name is before them, inside a token too:
 * what is before one there is its label. */
static size_t scan_names(const char *s, size_t n, size_t *at, unsigned flags, struct v6k_hit *hits,
	size_t cap)
{
	struct scan_token t = { s, n, *at, *at, flags };
	size_t i = *at, count = 0;

	while (i < n && count < cap) {
		bool is_name = false;
		size_t next = i + 1;

		for (t.start = i; i < n; i++) {
			is_name = scan_is(s, i, SCAN_NAME) &&
				(i == 0 || !scan_is(s, i - 1, SCAN_NAME)) &&
				scan_name(s, n, i, &hits[count], &next);
			if (is_name || !scan_is(s, i, SCAN_TOKEN))
				break;
		}
		t.end = i;
		if (is_name || (i > t.start && scan_judge(&t, &hits[count], &next)))
			count++;
		i = next;
	}
	*at = i;
	return count;
}

static int scan(const char *s, size_t n, size_t *at, unsigned flags, const struct sieve *sieve,
	struct v6k_hit *hits, size_t cap)
{
	const unsigned all = V6K_SCAN_PADDED | V6K_SCAN_TCPDUMP | V6K_SCAN_NAMES;

	if (n > UINT32_MAX || *at > n || flags & ~all)
		return V6K_EINVAL;
	if (cap > INT32_MAX)
		cap = INT32_MAX;
	return (int)(flags & V6K_SCAN_NAMES ? scan_names(s, n, at, flags, hits, cap) :
					      simd()->scan(s, n, at, flags, sieve, hits, cap));
}

int v6k_scan(const char *s, size_t n, size_t *at, unsigned flags, struct v6k_hit *hits, size_t cap)
{
	return scan(s, n, at, flags, NULL, hits, cap);
}

/* Keeps, of n hits, those that the set has: how many. */
static size_t keep(const struct v6k_set *set, bool overlap, struct v6k_hit *hits, size_t n)
{
	struct v6k_addr addr[BATCH];
	uint8_t in[BATCH];
	size_t kept = 0;

	for (size_t from = 0; from < n; from += BATCH) {
		size_t some = n - from < BATCH ? n - from : BATCH;

		for (size_t i = 0; i < some; i++)
			addr[i] = hits[from + i].addr;
		v6k_set_contains(set, addr, some, in);
		for (size_t i = 0; i < some; i++) {
			const struct v6k_hit *hit = &hits[from + i];
			struct v6k_range r = { hit->addr, hit->last };

			if (hit->kind == V6K_KIND_ADDR ? in[i] :
				overlap                ? v6k_set_overlaps(set, r) :
							 v6k_set_covers(set, r))
				hits[kept++] = *hit;
		}
	}
	return kept;
}

int v6k_set_scan(const struct v6k_set *set, const char *s, size_t n, size_t *at, unsigned flags,
	struct v6k_hit *hits, size_t cap)
{
	int found = scan(s, n, at, flags & ~(unsigned)V6K_SCAN_OVERLAP, set_sieve(set), hits, cap);

	return found > 0 ? (int)keep(set, flags & V6K_SCAN_OVERLAP, hits, (size_t)found) : found;
}
