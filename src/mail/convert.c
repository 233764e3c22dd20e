/* convert.c: what sendmail finds by a key of its access map, found by Postfix. Keys that look alike
 * do not match alike: sendmail cuts whole groups off the uncompressed address, Postfix text off the
 * compressed one. */
#include "convert.h"

#include <string.h>

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* makemap ends a key at what isspace(3) knows in the C locale. */
static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Whether s[0..n) begins with word, or is it, in any case. */
static bool begins(const char *s, size_t n, const char *word)
{
	for (; *word; s++, n--, word++)
		if (n == 0 || lower(*s) != lower(*word))
			return false;
	return true;
}

static bool is(const char *s, size_t n, const char *word)
{
	return n == strlen(word) && begins(s, n, word);
}

static void leave(struct converted *out, const char *why)
{
	out->verdict = CONVERT_LEAVE;
	out->why = why;
}

static void carry(struct converted *out, const char *key, size_t n)
{
	out->verdict = CONVERT_CARRY;
	out->key = key;
	out->new_n = n;
}

/* Reads a key of whole groups or octets through the one parser: what is missing is zero. False for
 * a key that sendmail never finds, since it does not write addresses so. */
static bool read_groups(const char *s, size_t n, struct v6k_prefix *p)
{
	bool ipv6 = begins(s, n, "IPv6");
	char text[V6K_ADDR_TEXT_MAX], key[ACCESS_KEY_MAX];
	size_t skip = ipv6 ? 5 : 0, at = 0;
	unsigned pieces = 0;
	struct v6k_addr a;

	if (n > ACCESS_KEY_MAX)
		return false;
	if (ipv6 && n == 4) {
		*p = (struct v6k_prefix){ .family = V6K_IPV6 };
		return true;
	}
	for (size_t i = skip; i < n; i++) {
		pieces += i == skip || s[i] == (ipv6 ? ':' : '.');
		text[at++] = s[i];
	}
	if (ipv6 && pieces < 8) {
		memcpy(text + at, "::", 2);
		at += 2;
	}
	for (unsigned i = pieces; !ipv6 && i < 4; i++) {
		memcpy(text + at, ".0", 2);
		at += 2;
	}
	if (v6k_addr_parse(text, at, &a, NULL) != 0 || (a.family == V6K_IPV6) != ipv6 ||
		v6k_prefix_make(a, pieces * (ipv6 ? 16 : 8), p) != 0)
		return false;
	/* Written as sendmail writes it? */
	at = access_key(*p, 0, key);
	key[at] = '\0';
	return is(s, n, key);
}

static const char never[] = "sendmail never finds this key: see v6kit sendmail key";

/* What was meant by an address or prefix that sendmail never finds. */
static void guess_prefix(const char *s, size_t n, struct converted *out)
{
	size_t skip = begins(s, n, "IPv6:") ? 5 : 0;

	out->cidr = v6k_prefix_parse(s + skip, n - skip, 0, &out->prefix, NULL) == 0;
	/* Mapped clients are IPv4 ones to Postfix too. */
	v6k_prefix_unmap(out->prefix, &out->prefix);
	leave(out, never);
}

static void ipv6_key(const char *s, size_t n, struct converted *out)
{
	unsigned keys;

	if (!read_groups(s, n, &out->prefix)) {
		guess_prefix(s, n, out);
		return;
	}
	out->cidr = true;
	keys = postfix_keys(out->prefix);
	/* A line becomes a line. */
	if (keys == 1)
		carry(out, out->text, postfix_key(out->prefix, 0, out->text));
	else if (keys > 1)
		leave(out, "a hash: table needs two keys: see v6kit mail postfix access");
	else
		leave(out, "no key of a hash: table is found for these clients and no others");
}

static bool has_only(const char *s, size_t n, const char *more, bool letters)
{
	for (size_t i = 0; i < n; i++)
		if (!is_digit(s[i]) && !(letters && lower(s[i]) >= 'a' && lower(s[i]) <= 'z') &&
			(s[i] == '\0' || !strchr(more, s[i])))
			return false;
	return true;
}

/* A word that is a group of an IPv6 address too, and no top-level domain. */
static bool is_group(const char *s, size_t n)
{
	bool digit = false;

	for (size_t i = 0; i < n; i++) {
		if (!is_digit(s[i]) && (lower(s[i]) < 'a' || lower(s[i]) > 'f'))
			return false;
		digit |= is_digit(s[i]);
	}
	return digit && n <= 4;
}

/* A key without its tag, for a table of clients. */
static void client_key(const char *s, size_t n, struct converted *out)
{
	if (begins(s, n, "IPv6") && (n == 4 || s[4] == ':')) {
		ipv6_key(s, n, out);
	} else if (s[0] == '[') {
		leave(out,
			"a client without a name is \"unknown\" to Postfix, whatever its address");
	} else if (memchr(s, '@', n)) {
		leave(out, "a mail address: for --table sender or recipient");
	} else if (memchr(s, '/', n) || memchr(s, ':', n)) {
		guess_prefix(s, n, out);
	} else if (has_only(s, n, ".", false)) {
		if (read_groups(s, n, &out->prefix))
			carry(out, s, n);
		else
			guess_prefix(s, n, out);
	} else if (s[0] == '.') {
		leave(out,
			"Postfix finds a name that begins with a dot only without "
			"smtpd_access_maps in parent_domain_matches_subdomains");
	} else if (!has_only(s, n, "-_.", true) || s[n - 1] == '.') {
		leave(out, "neither a domain nor an address");
	} else if (is_group(s, n)) {
		leave(out, "no domain, and Postfix would take it for a group of IPv6");
	} else {
		carry(out, s, n);
	}
}

/* A local part without quotes (dot-string, RFC 5321 4.1.2), which must not begin a comment. "+*" is
 * a pattern of sendmail's. */
static bool is_local_part(const char *s, size_t n)
{
	return n > 0 && has_only(s, n, "!#$%&'*+-/=?^_`{|}~.", true) && s[0] != '#' &&
		!(n > 1 && s[n - 2] == '+' && s[n - 1] == '*');
}

/* The same for a table of senders or recipients. */
static void mail_key(const char *s, size_t n, struct converted *out)
{
	const char *at = memchr(s, '@', n);

	if (s[0] == '[' || (begins(s, n, "IPv6") && (n == 4 || s[4] == ':')) ||
		(!at && (memchr(s, ':', n) || memchr(s, '/', n) || has_only(s, n, ".", false))))
		leave(out, "an address of a client: for --table client");
	else if (!at)
		client_key(s, n, out);
	else if (!has_only(at + 1, n - (size_t)(at + 1 - s), "-_.", true))
		leave(out, "neither USER@DOMAIN nor USER@");
	else if (!is_local_part(s, (size_t)(at - s)))
		leave(out, "no form of a mail address that Postfix finds");
	else
		carry(out, s, n);
}

static const struct tag {
	const char *name;
	int table;       /* enum convert_table; -1: none */
	const char *why; /* for the other tables */
} tags[] = {
	{ "Connect", CONVERT_CLIENT, "about clients: for --table client" },
	{ "From", CONVERT_SENDER, "about senders: for --table sender" },
	{ "To", CONVERT_RECIPIENT, "about recipients: for --table recipient" },
	{ "Spam", -1, "Postfix has no friends and haters of spam" },
	{ "ClientRate", -1, "Postfix has one smtpd_client_connection_rate_limit for all clients" },
	{ "ClientConn", -1, "Postfix has one smtpd_client_connection_count_limit for all clients" },
	{ "GreetPause", -1, "Postfix has postscreen(8) for this" },
	{ "Srv_Features", -1, "Postfix has smtpd_discard_ehlo_keyword_address_maps for this" },
	{ "Clt_Features", -1, "Postfix has smtp_discard_ehlo_keyword_address_maps for this" },
	{ "TLS_Srv_Features", -1, "Postfix has no such map" },
	{ "TLS_Clt_Features", -1, "Postfix has smtp_tls_policy_maps for this" },
	{ "TLS_Srv", -1, "Postfix has smtp_tls_policy_maps for this" },
	{ "TLS_Clt", -1, "Postfix has check_ccert_access for this" },
	{ "TLS_Rcpt", -1, "Postfix has smtp_tls_policy_maps for this" },
	{ "Try_TLS", -1, "Postfix has smtp_tls_policy_maps for this" },
	{ "AuthInfo", -1, "Postfix has smtp_sasl_password_maps for this" },
	{ "CERTIssuer", -1, "Postfix has check_ccert_access for this" },
	{ "CERTSubject", -1, "Postfix has check_ccert_access for this" },
};

static const struct tag *find_tag(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (is(s, n, tags[i].name))
			return &tags[i];
	return NULL;
}

static void convert_key(const char *s, size_t n, enum convert_table table, struct converted *out)
{
	const char *colon = memchr(s, ':', n);
	const struct tag *tag = colon ? find_tag(s, (size_t)(colon - s)) : NULL;
	size_t skip = tag ? (size_t)(colon + 1 - s) : 0;

	if (tag && tag->table != (int)table) {
		leave(out, tag->why);
	} else if (skip == n) {
		leave(out, "a tag without a key");
	} else {
		out->why_off += skip;
		out->why_n -= skip;
		if (table == CONVERT_CLIENT)
			client_key(s + skip, n - skip, out);
		else
			mail_key(s + skip, n - skip, out);
	}
}

/* Whether s[0..n) is UTF-8 (RFC 3629), as postmap(1) wants it. */
static bool is_utf8(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;

	for (size_t i = 0; i < n; i++) {
		unsigned c = p[i], more = c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;

		if (c < 0x80)
			continue;
		if (c < 0xc2 || c > 0xf4 || n - i <= more)
			return false;
		/* No overlong forms, no surrogates, nothing past U+10FFFF. */
		if ((c == 0xe0 && p[i + 1] < 0xa0) || (c == 0xed && p[i + 1] > 0x9f) ||
			(c == 0xf0 && p[i + 1] < 0x90) || (c == 0xf4 && p[i + 1] > 0x8f))
			return false;
		for (; more > 0; more--)
			if ((p[++i] & 0xc0) != 0x80)
				return false;
	}
	return true;
}

/* Postfix compares its actions in any case, and takes what is none of them for the name of a
 * restriction. */
static const char *value_note(const char *s, size_t n)
{
	static const char *const known[] = { "OK", "REJECT", "DISCARD" };
	size_t word = 0;

	if (!is_utf8(s, n))
		return "not UTF-8: postmap would leave the line out";
	while (n > 0 && is_blank(s[n - 1]))
		n--;
	while (word < n && !is_blank(s[word]))
		word++;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (is(s, word, known[i]))
			return NULL;
	if (has_only(s, n, "", false))
		return "Postfix takes a number alone for OK";
	if (word == 3 && (s[0] == '4' || s[0] == '5') && has_only(s, word, "", false))
		return NULL;
	if (is(s, n, "RELAY"))
		return "Postfix has no RELAY: OK takes mail, relay_domains and mynetworks relay it";
	if (is(s, n, "SKIP"))
		return "Postfix has DUNNO for SKIP";
	if (begins(s, n, "ERROR:"))
		return "Postfix has no ERROR: the code stands first, as in 550 5.7.1 TEXT";
	if (begins(s, n, "QUARANTINE:"))
		return "Postfix has HOLD for QUARANTINE";
	return "no action of Postfix: it would answer 451 Server configuration error";
}

static void bad(struct converted *out, size_t off, size_t n, const char *why)
{
	out->verdict = CONVERT_BAD;
	out->why = why;
	out->why_off = off;
	out->why_n = n;
}

void convert_line(const char *s, size_t n, enum convert_table table, struct converted *out)
{
	const char *nul = memchr(s, '\0', n);
	size_t end = 0, value;

	*out = (struct converted){ .verdict = CONVERT_COPY, .value_off = n };
	while (end < n && is_blank(s[end]))
		end++;
	if (end == n || s[0] == '#')
		return;
	if (nul) {
		bad(out, (size_t)(nul - s), 1, "a NUL byte");
		return;
	}
	/* To Postfix it would be a part of the line before. */
	if (end > 0) {
		bad(out, 0, end, "a blank before the key");
		return;
	}
	while (end < n && !is_blank(s[end]))
		end++;
	for (value = end; value < n && is_blank(s[value]); value++)
		;
	if (value == n) {
		bad(out, n, 0, "a key without a value");
		return;
	}
	out->key_n = out->why_n = end;
	out->value_off = value;
	convert_key(s, end, table, out);
	if (out->verdict == CONVERT_CARRY || out->cidr)
		out->value_note = value_note(s + value, n - value);
}
