/* lint_key.c: keys as sendmail looks them up. It writes a client's address as ${client_addr} is
 * written and cuts it at its colons or dots, so that a key is found only when it is spelled so. */
#include "lint_key.h"

#include <string.h>

#include <v6kit/notation.h>

#include "access.h"
#include "literal.h"

/* Who looks keys with a tag up: the rules for clients and servers, or those for mail addresses,
 * where a literal is as its sender wrote it. */
enum asker { ASK_ANY, ASK_HOST, ASK_MAIL };

struct key {
	const char *s;
	size_t n;
	size_t tag;      /* bytes of the map's tag */
	size_t from, to; /* the address within brackets */
	enum asker asker;
	bool brackets;
	bool part; /* some groups or octets: a prefix */
	bool mapped;
	struct v6k_notation what;
	struct v6k_prefix p; /* what it means; as IPv4 when it is mapped */
};

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool same(const char *s, const char *t, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (lower(s[i]) != lower(t[i]))
			return false;
	return true;
}

bool lint_is(const char *s, size_t n, const char *word)
{
	return n == strlen(word) && same(s, word, n);
}

static bool begins_ipv6(const char *s, size_t n)
{
	return n >= 5 && same(s, "IPv6:", 5);
}

static size_t count(const char *s, size_t n, char c)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		found += s[i] == c;
	return found;
}

static bool consists_of(const char *s, size_t n, const char *set)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] == '\0' || !strchr(set, s[i]))
			return false;
	return true;
}

static bool has_digit(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] >= '0' && s[i] <= '9')
			return true;
	return false;
}

static bool has_gap(const char *s, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++)
		if (s[i] == ':' && s[i + 1] == ':')
			return true;
	return false;
}

static enum asker asker_of(const char *tag, size_t n)
{
	static const struct {
		const char *tag;
		enum asker asker;
	} known[] = {
		{ "Connect", ASK_HOST },
		{ "ClientRate", ASK_HOST },
		{ "ClientConn", ASK_HOST },
		{ "GreetPause", ASK_HOST },
		{ "Srv_Features", ASK_HOST },
		{ "Clt_Features", ASK_HOST },
		{ "TLS_Srv", ASK_HOST },
		{ "TLS_Clt", ASK_HOST },
		{ "Try_TLS", ASK_HOST },
		{ "AuthInfo", ASK_HOST },
		{ "From", ASK_MAIL },
		{ "To", ASK_MAIL },
		{ "Spam", ASK_MAIL },
		{ "TLS_Rcpt", ASK_MAIL },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (lint_is(tag, n, known[i].tag))
			return known[i].asker;
	return ASK_ANY;
}

size_t lint_key_tag(const char *s, size_t n)
{
	const char *colon = memchr(s, ':', n);
	size_t tag = colon ? (size_t)(colon - s) : 0;

	if (tag == 0 || memchr(s, '[', tag) || memchr(s, '@', tag) || lint_is(s, tag, "IPv6"))
		return 0;
	return tag + 1;
}

static bool parse(const char *s, size_t n, struct v6k_notation *what)
{
	/* Names under ip6.arpa and the like are names for sendmail too. */
	return v6k_notation_parse(s, n, V6K_PARSE_NETMASK, what, NULL) == 0 &&
		what->form <= V6K_FORM_BRACKETS;
}

/* Reads leading groups or octets, with a length or without, by filling them up with zeros:
 * 2001:db8, 2001:db8:, 2001:db8/32, 192.0.2., 192.0.2/24. Octets alone are as they should be. */
static bool parse_part(const char *s, size_t n, struct v6k_notation *what)
{
	enum { PART_MAX = 80 };
	const char *slash = memchr(s, '/', n);
	size_t body = slash ? (size_t)(slash - s) : n, all = body, pieces, at;
	bool four = consists_of(s, body, "0123456789.");
	char buf[PART_MAX + 8];

	if (n > PART_MAX || memchr(s, '%', n))
		return false;
	if (body > 0 && s[body - 1] == (four ? '.' : ':'))
		body--;
	if (body == 0 || (four && body == n))
		return false;
	memcpy(buf, s, body);
	at = body;
	pieces = count(s, body, four ? '.' : ':') + (four || !begins_ipv6(s, body));
	if (four)
		for (size_t i = pieces; i < 4; i++, at += 2)
			memcpy(buf + at, ".0", 2);
	else if (pieces < 8 && !has_gap(s, body)) {
		memcpy(buf + at, "::", 2);
		at += 2;
	}
	memcpy(buf + at, s + all, n - all);
	if (!parse(buf, at + n - all, what) || (what->kind == V6K_KIND_RANGE))
		return false;
	if (!slash && at > body) {
		what->kind = V6K_KIND_PREFIX;
		what->bits = (uint8_t)(pieces * (four ? 8 : 16));
	}
	return true;
}

/* Reads the address behind the tag; false when it is no IPv6 address and no wrong IPv4 one. `sure`:
 * nothing but addresses is looked up with this tag, so that two groups are enough to know it by. */
static bool read_address(struct key *k, size_t tag, bool sure)
{
	const char *s;
	size_t n;

	k->tag = k->from = tag;
	k->to = k->n;
	k->brackets = k->to - k->from > 2 && k->s[k->from] == '[' && k->s[k->to - 1] == ']';
	k->from += k->brackets;
	k->to -= k->brackets;
	s = k->s + k->from;
	n = k->to - k->from;
	k->part = false;
	if (!parse(s, n, &k->what)) {
		k->part = parse_part(s, n, &k->what);
		if (!k->part)
			return false;
		/* Few groups behind a tag may be anything else: 2001: and dead:beef. */
		if (k->what.addr.family == V6K_IPV6 && !begins_ipv6(s, n) && !has_gap(s, n) &&
			!memchr(s, '/', n) &&
			(k->what.bits == 16 || !has_digit(s, n) || (!sure && count(s, n, ':') < 2)))
			return false;
	}
	if (k->what.kind == V6K_KIND_RANGE || v6k_notation_prefix(&k->what, &k->p) != 0)
		k->p = (struct v6k_prefix){ .family = k->what.addr.family };
	k->mapped = k->what.kind != V6K_KIND_RANGE && v6k_prefix_unmap(k->p, &k->p) == 0;
	return true;
}

/* What nobody can read but looks as if it should be an address or a prefix. */
static bool is_lookalike(const char *s, size_t n)
{
	if (n > 0 && *s == '[') {
		s++;
		n--;
	}
	/* What is behind a blank that cuts a key is told at the key. */
	if (n > 0 && *s == ':' && !has_gap(s, n))
		return false;
	return begins_ipv6(s, n) ||
		(count(s, n, ':') >= 2 && has_digit(s, n) &&
			consists_of(s, n, "0123456789abcdefABCDEF:./%*]")) ||
		(memchr(s, '/', n) && has_digit(s, n) && consists_of(s, n, "0123456789./-"));
}

/* Octets that no client's address has: 192.0.2.025, 192.0.300, 1.2.3.4.5. */
static bool is_bad_octets(const char *s, size_t n)
{
	struct v6k_notation what;
	char buf[sizeof("255.255.255.255") + 6];
	size_t at = n;

	if (!memchr(s, '.', n) || !has_digit(s, n) || !consists_of(s, n, "0123456789."))
		return false;
	if (n >= sizeof("255.255.255.255"))
		return true;
	memcpy(buf, s, n);
	for (size_t i = count(s, n, '.') + 1; i < 4; i++, at += 2)
		memcpy(buf + at, ".0", 2);
	return !parse(buf, at, &what);
}

/* IPv62001:db8, which only a tag could be. */
static bool lacks_colon(const char *s, size_t n)
{
	size_t skip = n > 0 && *s == '[';

	return n - skip > 4 && same(s + skip, "IPv6", 4) && memchr(s, ':', n);
}

/* The right key number 0, in brackets when the key was. */
static size_t right_key(const struct lint *l, const struct key *k, bool brackets,
	char buf[V6K_ADDR_TEXT_MAX + 2])
{
	size_t at = 0;

	if (brackets)
		buf[at++] = '[';
	if (l->compressed && k->p.family == V6K_IPV6 && k->p.bits == 128)
		at += (size_t)v6k_addr_format(v6k_prefix_first(k->p), V6K_SENDMAIL, buf + at,
			V6K_ADDR_TEXT_MAX);
	else
		at += access_key(k->p, 0, buf + at);
	if (brackets)
		buf[at++] = ']';
	return at;
}

/* Where keys are compressed, a prefix is found for all of its addresses only when none of its
 * groups is ever taken into the "::". */
static bool is_sound(const struct lint *l, struct v6k_prefix p)
{
	bool zero = false;

	if (!l->compressed || p.family != V6K_IPV6 || p.bits == 128)
		return true;
	for (unsigned i = 0; i < p.bits / 16u; i++) {
		uint64_t word = i < 4 ? p.hi : p.lo;
		bool now = (word >> (48 - 16 * (i % 4)) & 0xffff) == 0;

		if (zero && now)
			return false;
		zero = now;
	}
	return !zero;
}

/* The command that prints the keys of a prefix. */
static const char *command(struct lint *l, const struct key *k, bool tagged)
{
	bool mask = v6k_notation_has_host_bits(&k->what);
	char text[V6K_NOTATION_TEXT_MAX];
	int n = mask ? v6k_notation_format(&k->what, NULL, V6K_CANONICAL, text, sizeof(text)) :
		       v6k_prefix_format(k->p, V6K_CANONICAL, text, sizeof(text));

	return lint_join(l, "v6kit sendmail key ", tagged ? "--tag " : "",
		tagged ? lint_copy(l, k->s, k->tag - 1) : "", tagged ? " " : "",
		mask ? "--mask " : "", lint_copy(l, text, n > 0 ? (size_t)n : 0), NULL);
}

/* The key of the network that "2001:db8::" may mean, or null. */
static const char *network(struct lint *l, const struct key *k, bool brackets)
{
	size_t n = k->to - k->from;
	struct key part = *k;
	char key[V6K_ADDR_TEXT_MAX + 2];

	if (k->part || k->what.kind != V6K_KIND_ADDR || k->s[k->to - 1] != ':' ||
		(k->p.hi == 0 && k->p.lo == 0) || !parse_part(k->s + k->from, n - 1, &part.what) ||
		v6k_notation_prefix(&part.what, &part.p) != 0)
		return NULL;
	return lint_copy(l, key, right_key(l, &part, brackets, key));
}

/* What is wrong with the spelling of an address. */
static const char *fault(struct lint *l, enum lint_place place, const struct key *k,
	struct lint_key *v)
{
	const char *s = k->s + k->from;
	size_t n = k->to - k->from;
	const char *slash = memchr(s, '/', n);

	if (k->what.kind == V6K_KIND_RANGE)
		return "a range never matches: sendmail knows no ranges";
	if (k->what.zone_len > 0)
		return "a key with a zone never matches: a client's address has none";
	if (k->what.has_port)
		return "a key with a port never matches";
	if (slash) {
		v->off = (size_t)(slash - k->s);
		v->n = k->to - v->off;
		return lint_join(l, "a key with a length never matches: ",
			k->p.family == V6K_IPV4 ? "a prefix is whole octets" :
						  "a prefix is whole groups",
			NULL);
	}
	if (k->mapped)
		return "a mapped address never matches: sendmail knows the client by its IPv4 "
		       "address";
	if (place == LINT_IN_RELAY && k->tag > 0) {
		v->n = k->tag;
		return "a class knows no tags: this key never matches";
	}
	if (place == LINT_IN_RELAY && k->brackets)
		return "in brackets this is a domain: no client ever matches it";
	if (k->p.family == V6K_IPV4) {
		v->off = k->to - 1;
		v->n = 1;
		return "a key with a dot at its end never matches";
	}
	if (!begins_ipv6(s, n))
		return "without IPv6: before the address this key never matches";
	if (l->compressed && !k->part)
		return "this key never matches: sendmail compresses addresses here";
	if (has_gap(s, n))
		return "a compressed key never matches: sendmail writes every group";
	if (s[n - 1] == ':') {
		v->off = k->to - 1;
		v->n = 1;
		return "a key with a colon at its end never matches";
	}
	return "a group with leading zeros never matches: sendmail writes none";
}

static const char unsound_fix[] = "a key for each address, or no UseCompressedIPv6Addresses";

/* True when the key can only have been meant so. */
static bool is_evident(const struct key *k)
{
	bool gap = has_gap(k->s + k->from, k->to - k->from);

	return k->what.zone_len == 0 && (k->p.bits < 128 || k->p.hi != 0 || k->p.lo != 0) &&
		!(k->part && gap && !memchr(k->s, '/', k->n)) &&
		(k->tag == 0 || asker_of(k->s, k->tag - 1) != ASK_MAIL);
}

/* Access map and class R: the key must be the one that sendmail makes. */
static void judge_address(struct lint *l, enum lint_place place, const struct key *k,
	struct lint_key *v)
{
	const char *written = k->s + k->from - k->brackets;
	size_t written_n = k->to - k->from + 2 * k->brackets, n;
	const char *tag = place == LINT_IN_ACCESS ? lint_copy(l, k->s, k->tag) : "";
	bool brackets = k->brackets && place == LINT_IN_ACCESS;
	bool range = k->what.kind == V6K_KIND_RANGE;
	char key[V6K_ADDR_TEXT_MAX + 2];
	const char *right, *net;

	n = right_key(l, k, brackets, key);
	/* A class is compared with the beginning of an address, its next separator included. */
	if (place == LINT_IN_RELAY && written_n == n + 1 &&
		k->p.bits < v6k_family_bits(k->p.family) &&
		written[n] == (k->p.family == V6K_IPV4 ? '.' : ':'))
		written_n--;
	if (!range && (place == LINT_IN_ACCESS || k->tag == 0) && access_keys(k->p) == 1 &&
		written_n == n && same(written, key, n)) {
		v->is = LINT_KEY_GOOD;
		if (is_sound(l, k->p))
			return;
		v->is = LINT_KEY_BAD;
		v->severity = LINT_WARNING;
		v->text = "a prefix misses some of its addresses where sendmail compresses them";
		v->fix = unsound_fix;
		return;
	}
	v->is = LINT_KEY_BAD;
	v->text = fault(l, place, k, v);
	if (range || k->what.has_port)
		return;
	right = lint_join(l, tag, lint_copy(l, key, n), NULL);
	net = network(l, k, brackets);
	if (!is_sound(l, k->p))
		v->fix = unsound_fix;
	else if (access_keys(k->p) > 1 || v6k_notation_has_host_bits(&k->what))
		v->fix = command(l, k, place == LINT_IN_ACCESS && k->tag > 0);
	else if (k->p.bits == 0)
		v->fix = lint_join(l, right, ", which takes in all of IPv6", NULL);
	else if (net)
		v->fix = lint_join(l, tag, net, " for the network, ", right, " for the address",
			NULL);
	else if (k->asker == ASK_MAIL)
		v->fix = lint_join(l, "Connect:", lint_copy(l, key, n),
			" for a client; mail addresses have literals in brackets", NULL);
	else {
		v->fix = right;
		v->right = is_evident(k) ? right : NULL;
	}
}

/* Class w: whole addresses in brackets, in sendmail's spelling or as others write them. */
static void judge_literal(struct lint *l, const struct key *k, struct lint_key *v)
{
	bool one = k->what.kind != V6K_KIND_RANGE && !k->what.has_port && k->what.zone_len == 0 &&
		!k->part && k->p.bits == v6k_family_bits(k->p.family);
	char full[MAIL_TEXT_MAX], usual[MAIL_TEXT_MAX];
	struct v6k_addr a = v6k_prefix_first(k->p);
	size_t full_n, usual_n;

	v->is = LINT_KEY_BAD;
	v->text = "this is no literal that mail is sent to: it never matches";
	if (!one) {
		v->text = "class w has no prefixes, ports or ranges: this never matches";
		v->fix = "each address of this host as v6kit sendmail literal --full prints it";
		return;
	}
	full_n = (size_t)mail_literal(a, true, full, sizeof(full));
	usual_n = (size_t)mail_literal(a, false, usual, sizeof(usual));
	if ((k->n == full_n && same(k->s, full, full_n)) ||
		(k->n == usual_n && same(k->s, usual, usual_n))) {
		v->is = LINT_KEY_GOOD;
		return;
	}
	if (k->mapped)
		v->text = "a mapped address never matches: sendmail knows it as an IPv4 address";
	else if (!k->brackets)
		v->text = "without brackets this address never matches";
	else if (!begins_ipv6(k->s + k->from, k->to - k->from))
		v->text = "without IPv6: in the brackets this address never matches";
	else
		v->text = "in this spelling the address never matches";
	v->fix = v->right = lint_copy(l, full, full_n);
}

/* Splits a key and reads its address; false when it has none. */
static bool read_key(struct key *k, enum lint_place place)
{
	k->asker = ASK_HOST;
	if (place == LINT_IN_ACCESS) {
		k->asker = ASK_ANY;
		if (memchr(k->s, '@', k->n))
			return false;
		if (read_address(k, 0, false))
			return true;
		k->tag = lint_key_tag(k->s, k->n);
		if (k->tag == 0)
			return false;
		k->asker = asker_of(k->s, k->tag - 1);
		return read_address(k, k->tag, k->asker == ASK_HOST);
	}
	if (read_address(k, 0, true))
		return true;
	/* Connect:IPv6:2001:db8, out of an access map. */
	k->tag = lint_key_tag(k->s, k->n);
	return k->tag > 0 && begins_ipv6(k->s + k->tag, k->n - k->tag) &&
		read_address(k, k->tag, true);
}

/* True when the key is not for this file to judge: names, and literals that a sender wrote. */
static bool is_theirs(enum lint_place place, const struct key *k)
{
	if (k->what.addr.family == V6K_IPV4)
		return place == LINT_IN_LOCAL || k->asker == ASK_MAIL ||
			(k->asker == ASK_ANY && k->tag > 0) ||
			(k->brackets && place == LINT_IN_RELAY);
	return k->brackets && k->asker != ASK_HOST;
}

/* "IPv6" and nothing behind it. */
static bool judge_bare(enum lint_place place, const char *s, size_t n, struct lint_key *v)
{
	size_t tag = place == LINT_IN_ACCESS ? lint_key_tag(s, n) : 0;
	bool colon = n > 0 && s[n - 1] == ':';

	if (place == LINT_IN_LOCAL || !lint_is(s + tag, n - tag - colon, "IPv6") ||
		(tag > 0 && asker_of(s, tag - 1) == ASK_MAIL))
		return false;
	v->is = LINT_KEY_BAD;
	if (place == LINT_IN_RELAY) {
		v->rule = 24;
		v->text = "IPv6 alone lets every IPv6 client relay";
	} else if (colon) {
		v->text = "IPv6: and nothing behind it never matches";
	} else {
		v->rule = 24;
		v->severity = LINT_WARNING;
		v->text = "IPv6 alone takes in every IPv6 client";
		v->fix = "the groups of a prefix behind it, unless all of IPv6 is meant";
	}
	return true;
}

struct lint_key lint_key(struct lint *l, enum lint_place place, const char *s, size_t n)
{
	struct lint_key v = { .is = LINT_KEY_OTHER, .rule = 23, .severity = LINT_ERROR, .n = n };
	struct key k = { .s = s, .n = n };
	bool sure;

	if (n == 0 || n > LINT_KEY_MAX || memchr(s, '\0', n) || judge_bare(place, s, n, &v))
		return v;
	if (read_key(&k, place)) {
		if (is_theirs(place, &k))
			v.is = LINT_KEY_GOOD;
		else if (place == LINT_IN_LOCAL)
			judge_literal(l, &k, &v);
		else
			judge_address(l, place, &k, &v);
		return v;
	}
	if (place == LINT_IN_ACCESS && memchr(s, '@', n))
		return v;
	if (place != LINT_IN_ACCESS)
		k.tag = 0;
	sure = k.asker == ASK_HOST || begins_ipv6(s + k.tag, n - k.tag);
	if (is_lookalike(s, n) ||
		(sure &&
			(is_lookalike(s + k.tag, n - k.tag) ||
				lacks_colon(s + k.tag, n - k.tag)))) {
		v.is = LINT_KEY_JUNK;
		v.text = "this is no address and never matches";
	} else if (place != LINT_IN_LOCAL && (k.tag == 0 || k.asker == ASK_HOST) &&
		is_bad_octets(s + k.tag, n - k.tag)) {
		v.is = LINT_KEY_JUNK;
		v.text = "no address has these octets: this key never matches";
		v.fix = "decimal octets up to 255, without leading zeros";
	}
	return v;
}
