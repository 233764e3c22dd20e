/* spf.c: the grammar of SPF records (RFC 7208 section 12). Nothing here asks DNS. */
#include "spf.h"

#include <string.h>

#include <v6kit/error.h>

static const char *const names[] = {
	[SPF_ALL] = "all",
	[SPF_INCLUDE] = "include",
	[SPF_A] = "a",
	[SPF_MX] = "mx",
	[SPF_PTR] = "ptr",
	[SPF_IP4] = "ip4",
	[SPF_IP6] = "ip6",
	[SPF_EXISTS] = "exists",
	[SPF_REDIRECT] = "redirect",
	[SPF_EXP] = "exp",
	[SPF_OTHER] = NULL,
};

const char *spf_name(enum spf_kind kind)
{
	return names[kind];
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_alpha(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool is_alphanum(char c)
{
	return is_alpha(c) || is_digit(c);
}

/* Whether s[0..n) is this word, in any case. */
static bool is_word(const char *s, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (word[i] == '\0' || lower(s[i]) != word[i])
			return false;
	return word[n] == '\0';
}

static bool fail(struct spf_fault *fault, size_t off, size_t n, const char *text)
{
	*fault = (struct spf_fault){ text, off, n };
	return false;
}

/* macro-expand at s[*at], a "%" (7.1); *at is moved behind it. The letters that only an
 * explanation may have are refused (7.2). */
static bool macro(const char *s, size_t n, size_t *at, struct spf_fault *fault)
{
	size_t from = *at, i = from + 1;
	bool digits, zero = true;

	if (i < n && (s[i] == '%' || s[i] == '_' || s[i] == '-')) {
		*at = i + 1;
		return true;
	}
	if (i == n || s[i] != '{')
		return fail(fault, from, i == n ? 1 : 2, "\"%\" begins %{...}, %%, %_ or %-");
	i++;
	if (i == n || !is_alpha(s[i]) || !strchr("slodiphcrtv", lower(s[i])))
		return fail(fault, from, i == n ? i - from : i + 1 - from,
			"no such macro: the letters are s l o d i p h v");
	if (strchr("crt", lower(s[i])))
		return fail(fault, from, i + 1 - from,
			"the macros c, r and t belong into explanations only");
	i++;
	digits = i < n && is_digit(s[i]);
	for (; i < n && is_digit(s[i]); i++)
		zero = zero && s[i] == '0';
	if (digits && zero)
		return fail(fault, from, i - from, "a macro of 0 labels");
	i += i < n && lower(s[i]) == 'r';
	while (i < n && s[i] != '\0' && strchr(".-+,/_=", s[i]))
		i++;
	if (i == n || s[i] != '}')
		return fail(fault, from, i == n ? i - from : i + 1 - from,
			"a macro is %{LETTER}, with a number, r and delimiters before the }");
	*at = i + 1;
	return true;
}

/* toplabel: alphanumeric with a letter in it, or with a "-" inside. */
static bool is_toplabel(const char *s, size_t n)
{
	bool letter = false, hyphen = false;

	for (size_t i = 0; i < n; i++) {
		if (!is_alphanum(s[i]) && s[i] != '-')
			return false;
		letter |= is_alpha(s[i]);
		hyphen |= s[i] == '-';
	}
	return n > 0 && (letter || hyphen) && s[0] != '-' && s[n - 1] != '-';
}

static bool domain_spec(const char *s, size_t n, struct spf_fault *fault)
{
	size_t literal = 0, i = 0, label;

	if (n == 0)
		return fail(fault, 0, 0, "a domain name is missing");
	while (i < n) {
		if (s[i] != '%') {
			i++;
			continue;
		}
		if (!macro(s, n, &i, fault))
			return false;
		literal = i;
	}
	/* domain-end: a macro, or a dot and a label. */
	if (literal == n)
		return true;
	if (s[n - 1] == '.' && n - 1 > literal)
		n--;
	for (label = n; label > literal && s[label - 1] != '.'; label--)
		;
	if (label == literal)
		return fail(fault, literal, n - literal,
			"a domain name of one label: a dot and a top-level domain must end it");
	if (!is_toplabel(s + label, n - label))
		return fail(fault, label, n - label, "not a top-level domain");
	return true;
}

bool spf_is_domain(const char *s, size_t n)
{
	struct spf_fault fault;

	return domain_spec(s, n, &fault);
}

/* A prefix length, s[0..n) being digits: no leading zero, no more than most. */
static bool length(const char *s, size_t n, unsigned most, struct spf_fault *fault)
{
	unsigned v = 0;

	for (size_t i = 0; i < n && v <= most; i++)
		v = v * 10 + (unsigned)(s[i] - '0');
	if (s[0] == '0' && n > 1)
		return fail(fault, 0, n, v6k_err_text(V6K_ELEN));
	if (v > most)
		return fail(fault, 0, n, v6k_err_text(V6K_ELENMAX));
	return true;
}

static bool moved(struct spf_fault *fault, size_t by)
{
	fault->off += by;
	return false;
}

/* Takes a dual-cidr-length, [/LENGTH][//LENGTH], off the end of s[0..*n). A domain-spec may have
 * slashes of its own, so that only digits at the end are a length. */
static bool dual_length(const char *s, size_t *n, struct spf_fault *fault)
{
	for (unsigned slashes = 2; slashes > 0; slashes--) {
		size_t from = *n;

		while (from > 0 && is_digit(s[from - 1]))
			from--;
		if (from == *n || from < slashes || s[from - 1] != '/' ||
			(s[from - slashes] != '/'))
			continue;
		if (slashes == 1 && from > 1 && s[from - 2] == '/')
			continue;
		if (!length(s + from, *n - from, slashes == 2 ? 128 : 32, fault))
			return moved(fault, from);
		*n = from - slashes;
	}
	if (*n > 0 && s[*n - 1] == '/')
		return fail(fault, *n - 1, 1, v6k_err_text(V6K_ELEN));
	return true;
}

static bool network(const char *s, size_t n, struct spf_term *t, struct spf_fault *fault)
{
	enum v6k_family family = t->kind == SPF_IP4 ? V6K_IPV4 : V6K_IPV6;
	struct v6k_error err;
	int e;

	if (n > 0 && s[0] == '[')
		return fail(fault, 0, n, "no brackets in SPF: the address alone");
	if (n > 5 && is_word(s, 5, "ipv6:"))
		return fail(fault, 0, 5, "no tag in SPF: the address alone");
	e = v6k_prefix_parse(s, n, 0, &t->network, &err);
	t->host_bits = e == V6K_EHOSTBITS;
	/* Only the high bits are compared (5.6). */
	if (t->host_bits)
		e = v6k_prefix_parse(s, n, V6K_PARSE_MASK, &t->network, &err);
	if (e)
		return fail(fault, err.off, err.len, v6k_err_text(err.code));
	if (t->network.family != family)
		return fail(fault, 0, n,
			family == V6K_IPV4 ? "an IPv6 address: ip6 takes it" :
					     "an IPv4 address: ip4 takes it");
	return true;
}

/* What follows the name of a mechanism: s[at..n), at[0] being ":" or "/" or nothing. */
static bool arguments(const char *s, size_t n, size_t at, struct spf_term *t,
	struct spf_fault *fault)
{
	bool colon = at < n && s[at] == ':';
	size_t from = at + (colon ? 1 : 0), end = n;

	if (t->kind == SPF_ALL)
		return at == n || fail(fault, at, n - at, "all takes nothing behind it");
	if (!colon && (t->kind == SPF_IP4 || t->kind == SPF_IP6))
		return fail(fault, at, n - at, "a colon and a network are missing");
	if (!colon && (t->kind == SPF_INCLUDE || t->kind == SPF_EXISTS))
		return fail(fault, at, n - at, "a colon and a domain name are missing");
	if (t->kind == SPF_IP4 || t->kind == SPF_IP6)
		return network(s + from, n - from, t, fault) || moved(fault, from);
	if (t->kind == SPF_A || t->kind == SPF_MX) {
		end -= from;
		if (!dual_length(s + from, &end, fault))
			return moved(fault, from);
		end += from;
	}
	if (!colon)
		return end == at || fail(fault, at, end - at, "unexpected after the mechanism");
	t->domain_off = from;
	t->domain_n = end - from;
	return domain_spec(s + from, end - from, fault) || moved(fault, from);
}

static bool mechanism(const char *s, size_t n, size_t name_n, struct spf_term *t,
	struct spf_fault *fault)
{
	unsigned kind = SPF_ALL;

	while (kind <= SPF_EXISTS && !is_word(s, name_n, names[kind]))
		kind++;
	if (name_n == 0)
		return fail(fault, 0, n, "neither a mechanism nor a modifier");
	if (kind > SPF_EXISTS) {
		if (is_word(s, name_n, "ipv4") || is_word(s, name_n, "ipv6"))
			return fail(fault, 0, name_n, "no such mechanism: SPF has ip4 and ip6");
		if (is_word(s, name_n, "redirect") || is_word(s, name_n, "exp"))
			return fail(fault, 0, name_n, "a modifier: \"=\" follows it");
		return fail(fault, 0, name_n, "no such mechanism");
	}
	t->kind = (enum spf_kind)kind;
	return arguments(s, n, name_n, t, fault);
}

static bool modifier(const char *s, size_t n, size_t name_n, struct spf_term *t,
	struct spf_fault *fault)
{
	size_t from = name_n + 1;

	t->domain_off = from;
	t->domain_n = n - from;
	t->kind = is_word(s, name_n, "redirect") ? SPF_REDIRECT :
		is_word(s, name_n, "exp")        ? SPF_EXP :
						   SPF_OTHER;
	if (t->kind != SPF_OTHER)
		return domain_spec(s + from, n - from, fault) || moved(fault, from);
	/* Of an unknown one the macro-string must be sound all the same (6). */
	for (size_t i = from; i < n;) {
		if (s[i] != '%')
			i++;
		else if (!macro(s, n, &i, fault))
			return false;
	}
	t->domain_n = 0;
	return true;
}

/* The term s[0..n), its offsets from s. */
static bool read_term(const char *s, size_t n, struct spf_term *t, struct spf_fault *fault)
{
	size_t q = strchr("+-?~", s[0]) ? 1 : 0, name_n = 0;

	s += q;
	n -= q;
	t->qualifier = q ? s[-1] : '+';
	while (name_n < n && (is_alphanum(s[name_n]) || strchr("-_.", s[name_n])))
		name_n++;
	/* A name begins with a letter. */
	if (name_n > 0 && !is_alpha(s[0]))
		name_n = 0;
	t->name_n = name_n;
	if (name_n > 0 && name_n < n && s[name_n] == '=') {
		t->qualifier = '\0';
		if (q)
			return fail(fault, 0, 1, "a modifier has no qualifier");
		return modifier(s, n, name_n, t, fault);
	}
	return mechanism(s, n, name_n, t, fault) || moved(fault, q);
}

/* What only the record as a whole tells. */
static bool count(struct spf *r, struct spf_term *t, struct spf_fault *fault)
{
	bool *once = t->kind == SPF_REDIRECT ? &r->redirect : t->kind == SPF_EXP ? &r->exp : NULL;
	bool asks = t->kind == SPF_INCLUDE || t->kind == SPF_A || t->kind == SPF_MX ||
		t->kind == SPF_PTR || t->kind == SPF_EXISTS;

	if (once && *once)
		return fail(fault, t->off, t->n, "a second time: redirect and exp stand once");
	if (once)
		*once = true;
	/* Mechanisms behind all are not looked at, and redirect not beside it (5.1). */
	t->ignored = t->kind == SPF_REDIRECT ? r->has_all : t->qualifier && r->all;
	r->all |= t->kind == SPF_ALL;
	r->lookups += asks && !t->ignored;
	if (asks && r->lookups > SPF_LOOKUPS_MAX)
		return fail(fault, t->off, t->n, "the 11th look-up: 10 are allowed");
	return true;
}

/* The next term: 1, 0 behind the last one, -1 for a fault. */
static int step(struct spf *r, struct spf_term *t, struct spf_fault *fault)
{
	const char *end;

	while (r->at < r->n && r->s[r->at] == ' ')
		r->at++;
	if (r->at == r->n)
		return 0;
	end = memchr(r->s + r->at, ' ', r->n - r->at);
	*t = (struct spf_term){ .off = r->at,
		.n = end ? (size_t)(end - r->s) - r->at : r->n - r->at };
	if (!read_term(r->s + t->off, t->n, t, fault)) {
		fault->off += t->off;
		return -1;
	}
	t->name_off = t->off + (t->qualifier && r->s[t->off] == t->qualifier ? 1 : 0);
	if (t->domain_n > 0)
		t->domain_off += t->name_off;
	r->at = t->off + t->n;
	return count(r, t, fault) ? 1 : -1;
}

static bool is_version(const char *s, size_t n)
{
	return n >= 6 && is_word(s, 6, "v=spf1") && (n == 6 || s[6] == ' ');
}

bool spf_open(struct spf *r, const char *s, size_t n, struct spf_fault *fault)
{
	struct spf start = { .s = s, .n = n, .at = 6 };
	struct spf_term t, redirect = { .n = 0 };
	int got;

	if (!is_version(s, n)) {
		size_t end = 0;

		while (end < n && s[end] != ' ')
			end++;
		return fail(fault, 0, end, "not an SPF record: it begins with v=spf1 and a blank");
	}
	for (size_t i = 0; i < n; i++)
		if (s[i] < ' ' || s[i] > '~')
			return fail(fault, i, 1,
				s[i] == '\t' ? "a tab: blanks stand between the terms" :
					       "a byte that is not visible ASCII");
	*r = start;
	while ((got = step(r, &t, fault)) > 0)
		if (t.kind == SPF_REDIRECT)
			redirect = t;
	if (got < 0)
		return false;
	/* redirect asks when nothing matched, wherever it stands. */
	if (redirect.n > 0 && !r->all && ++r->lookups > SPF_LOOKUPS_MAX)
		return fail(fault, redirect.off, redirect.n, "the 11th look-up: 10 are allowed");
	start.has_all = r->all;
	*r = start;
	return true;
}

bool spf_next(struct spf *r, struct spf_term *t)
{
	struct spf_fault fault;

	return step(r, t, &fault) > 0;
}

static bool is_mapped(struct v6k_prefix p)
{
	return v6k_prefix_unmap(p, &p) == 0;
}

static const char *network_note(const struct spf_term *t)
{
	if (t->qualifier == '-')
		return "its senders fail";
	if (t->qualifier == '~')
		return "its senders fail softly";
	if (t->qualifier == '?')
		return "its senders are neutral";
	/* Section 5: a mapped sender is an IPv4 sender. */
	if (is_mapped(t->network))
		return "never matches: to SPF a mapped sender is IPv4";
	if (t->host_bits)
		return "bits past the prefix length are not compared";
	if (t->network.bits == 0)
		return "every sender of the family passes";
	return NULL;
}

const char *spf_note(const struct spf_term *t)
{
	if (t->ignored)
		return t->kind == SPF_REDIRECT ? "ignored beside all" : "ignored behind all";
	switch (t->kind) {
	case SPF_IP4:
	case SPF_IP6:
		return network_note(t);
	case SPF_ALL:
		return t->qualifier == '+' ? "every sender passes" : NULL;
	case SPF_EXP:
		return NULL;
	case SPF_OTHER:
		return "an unknown modifier, which is ignored";
	default:
		return "its networks are in DNS, and not listed";
	}
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The offset of the first string in a line of a zone file: behind the type, and a "(" perhaps. 0
 * for text that is none. */
static size_t first_string(const char *s, size_t n)
{
	const char *quote = memchr(s, '"', n);
	size_t at = quote ? (size_t)(quote - s) : 0, end = at;

	while (end > 0 && (is_blank(s[end - 1]) || s[end - 1] == '('))
		end--;
	if (end < 4 || !is_blank(s[end - 4]))
		return 0;
	return is_word(s + end - 3, 3, "txt") || is_word(s + end - 3, 3, "spf") ? at : 0;
}

/* One character of a string at s[*at] (RFC 1035 5.1): \DDD, \X, or itself. */
static bool unescape(const char *s, size_t n, size_t *at, char *c, struct spf_fault *fault)
{
	unsigned v = 0;

	if (s[*at] != '\\') {
		*c = s[(*at)++];
		return true;
	}
	if (n - *at < 2)
		return fail(fault, *at, 1, "nothing behind the backslash");
	if (!is_digit(s[*at + 1])) {
		*c = s[*at + 1];
		*at += 2;
		return true;
	}
	for (size_t i = 1; i <= 3; i++) {
		if (*at + i == n || !is_digit(s[*at + i]))
			return fail(fault, *at, i, "three digits stand behind the backslash");
		v = v * 10 + (unsigned)(s[*at + i] - '0');
	}
	if (v > 255)
		return fail(fault, *at, 4, "no byte has this number");
	*c = (char)v;
	*at += 4;
	return true;
}

long spf_join(const char *s, size_t n, char *text, uint32_t *origin, struct spf_fault *fault)
{
	size_t at = 0, out = 0, string;

	if (n == 0 || (s[0] != '"' && first_string(s, n) == 0)) {
		for (; out < n; out++) {
			text[out] = s[out];
			origin[out] = (uint32_t)out;
		}
		origin[n] = (uint32_t)n;
		return (long)n;
	}
	at = s[0] == '"' ? 0 : first_string(s, n);
	while (at < n) {
		if (is_blank(s[at]) || s[at] == ')') {
			at++;
			continue;
		}
		/* A comment of the zone file (RFC 1035 section 5.1). */
		if (s[at] == ';')
			break;
		if (s[at] != '"') {
			fail(fault, at, n - at, "only strings in quotes stand behind a string");
			return -1;
		}
		string = out;
		for (at++; at < n && s[at] != '"'; out++) {
			origin[out] = (uint32_t)at;
			if (!unescape(s, n, &at, &text[out], fault))
				return -1;
		}
		if (at == n) {
			fail(fault, n, 0, "a quote is missing at the end");
			return -1;
		}
		if (out - string > SPF_STRING_MAX) {
			fail(fault, origin[string + SPF_STRING_MAX], 1,
				"a string of more than 255 bytes, which no TXT record has");
			return -1;
		}
		origin[out] = (uint32_t)at++;
	}
	return (long)out;
}

size_t spf_network(struct v6k_prefix p, char buf[SPF_TERM_MAX])
{
	int n;

	memcpy(buf, p.family == V6K_IPV4 ? "ip4:" : "ip6:", 4);
	if (p.bits == v6k_family_bits(p.family))
		n = v6k_addr_format(v6k_prefix_first(p), V6K_CANONICAL, buf + 4, SPF_TERM_MAX - 4);
	else
		n = v6k_prefix_format(p, V6K_CANONICAL, buf + 4, SPF_TERM_MAX - 4);
	return 4 + (n > 0 ? (size_t)n : 0);
}

size_t spf_string(const char *s, size_t n)
{
	size_t at = SPF_STRING_MAX;

	if (n <= SPF_STRING_MAX)
		return n;
	/* Before the blank, so that one sees that it is there. */
	while (at > 0 && s[at] != ' ')
		at--;
	return at > 0 ? at : SPF_STRING_MAX;
}
