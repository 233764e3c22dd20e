/* cf.c: the lines of a .cf file, those that say where mail goes and comes from. The others, most of
 * a file, are passed over. */
#include "cf.h"

#include <string.h>

#include <v6kit/addr.h>

#include "literal.h"
#include "lint_maps.h"
#include "word.h"

enum { LINE_MAX_BYTES = 1 << 20 };

void cf_open(struct cf *cf, struct lint *l, size_t macro_n)
{
	*cf = (struct cf){ .l = l, .macro_n = macro_n };
}

/* What sendmail reads of a line: "#" begins a comment, wherever it stands, unless it is "$#" or
 * "\#", and the blanks before it go with it. A folded line goes on behind it. */
static bool strip(const struct text *t, struct text *to)
{
	size_t from = 0;

	for (size_t i = 0; i < t->n; i++) {
		bool comment = t->s[i] == '#' && i > 0 && t->s[i - 1] != '\\' && t->s[i - 1] != '$';

		if (comment || i + 1 == t->n) {
			size_t end = comment ? i : t->n;

			while (end > from && word_is_blank(t->s[end - 1]))
				end--;
			if (!text_add_text(to, t, from, end - from, ORIGIN_NONE))
				return false;
			while (i < t->n && t->s[i] != '\n')
				i++;
			from = i;
		}
	}
	return true;
}

bool cf_count(struct cf *cf)
{
	if (++cf->options > CF_OPTIONS_MAX)
		cf->fault = "more than 1024 daemon and client options, of which sendmail takes few";
	return !cf->fault;
}

static struct lint_finding *found(struct cf *cf, unsigned rule, const struct text *t, size_t off,
	size_t n, const char *text, const char *fix)
{
	uint32_t used = t->at[off].used;

	return lint_found(cf->l, rule, LINT_ERROR, used,
		text_is_whole(t, off, n) && t->at[off].written == used ? n : 1, text, fix);
}

/* What to write instead, and the edit that does it where the text stands in the file as it is. */
static void replace(struct cf *cf, struct lint_finding *f, const struct text *t, size_t off,
	size_t n, const char *s)
{
	f->fix = s;
	if (n > 0 && text_is_whole(t, off, n))
		lint_edit(cf->l, f, t->at[off].written, t->at[off].written + (uint32_t)n, s,
			strlen(s));
}

/* An address of IPv6, its tag aside: without the brackets it may stand in. */
static bool is_ipv6(const char *s, size_t n)
{
	struct v6k_addr a;
	size_t tag = word_begins(s, n, "ipv6:") ? 5 : 0;

	return v6k_addr_parse(s + tag, n - tag, &a, NULL) == 0 && a.family == V6K_IPV6;
}

static size_t skip_blanks(const struct text *t, size_t i)
{
	while (i < t->n && word_is_blank(t->s[i]))
		i++;
	return i;
}

static size_t trim_end(const struct text *t, size_t from, size_t to)
{
	while (to > from && word_is_blank(t->s[to - 1]))
		to--;
	return to;
}

static bool has_unknown(const struct text *t, size_t off, size_t n)
{
	return n > 0 && memchr(t->s + off, ORIGIN_UNKNOWN, n);
}

/* [ADDRESS], PORT@[ADDRESS] and [ADDRESS]:PORT: n bytes before the bracket. */
static void mend_brackets(struct cf *cf, struct lint_finding *f, const struct text *t, size_t off,
	size_t before, const char *address)
{
	size_t behind = off + before + 1 + strlen(address) + 1, port = behind + 1;
	const char *number = "";

	if (behind > t->n || !is_ipv6(address, strlen(address)))
		return;
	if (behind < t->n) {
		if (before > 0 || t->s[behind] != ':' || port == t->n)
			return;
		number = lint_copy(cf->l, t->s + port, t->n - port);
		if (number[strspn(number, "0123456789")])
			return;
		number = lint_join(cf->l, number, "@", (char *)NULL);
	}
	replace(cf, f, t, off, t->n - off,
		lint_join(cf->l, lint_copy(cf->l, t->s + off, before), number, address,
			(char *)NULL));
}

/* An address of either family, its tag aside. */
static bool is_addr(const char *s, size_t n)
{
	struct v6k_addr a;

	/* inet_addr has no value for 255.255.255.255. */
	return is_ipv6(s, n) || (v6k_addr_parse(s, n, &a, NULL) == 0 && a.lo != UINT32_MAX);
}

/* A port as decimal digits. */
static bool is_port(const char *s, size_t n)
{
	unsigned port = 0;

	if (n == 0 || n > 5)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		port = 10 * port + (unsigned)(s[i] - '0');
	}
	return port <= UINT16_MAX;
}

/* ADDRESS:PORT, [ADDRESS], [ADDRESS]:PORT: where the address is one, it is written as it should. */
static void mend_connect(struct cf *cf, const struct text *t, size_t off)
{
	size_t n = t->n - off, colon = n;
	const char *s = t->s + off, *open = memchr(s, '[', n);
	struct lint_finding *f;

	if (open) {
		const char *rest = lint_copy(cf->l, open + 1, (size_t)(s + n - open - 1));

		f = found(cf, 30, t, off, n,
			"brackets are no part of the address here: mail goes elsewhere, or "
			"sendmail ends at once",
			NULL);
		mend_brackets(cf, f, t, off, (size_t)(open - s),
			lint_copy(cf->l, rest, strcspn(rest, "]")));
		return;
	}
	while (colon > 0 && s[colon - 1] != ':')
		colon--;
	if (colon > 1 && is_port(s + colon, n - colon) && is_addr(s, colon - 1)) {
		f = found(cf, 30, t, off, n,
			"a port stands before the address, with @: sendmail ends at once", NULL);
		replace(cf, f, t, off, n,
			lint_join(cf->l, lint_copy(cf->l, s + colon, n - colon), "@",
				lint_copy(cf->l, s, colon - 1), (char *)NULL));
		return;
	}
	found(cf, 30, t, off, n,
		mail_inet_addr(s, n) > 0 ?
			"this is not read as it looks: a leading zero is octal, missing octets are zeros" :
			"this is no address: sendmail ends at once",
		NULL);
}

/* ConnectOnlyTo: ADDRESS or PORT@ADDRESS; blanks may stand before the "@". */
static void connect_only_to(struct cf *cf, const struct text *t, size_t off)
{
	size_t n = t->n - off;
	const char *s = t->s + off, *at = n ? memchr(s, '@', n) : NULL;
	size_t port = at ? trim_end(t, off, off + (size_t)(at - s)) - off : 0;

	if (n == 0 || has_unknown(t, off, n) || is_addr(s, n))
		return;
	if (!at || memchr(s, '[', n)) {
		mend_connect(cf, t, off);
	} else if (!is_addr(at + 1, (size_t)(s + n - at) - 1)) {
		struct lint_finding *f = found(cf, 30, t, off, n,
			"what stands behind @ is no address: mail goes elsewhere, or sendmail ends",
			NULL);

		if (is_addr(s, port) && is_port(at + 1, (size_t)(s + n - at) - 1))
			replace(cf, f, t, off, n,
				lint_join(cf->l, lint_copy(cf->l, at + 1, (size_t)(s + n - at) - 1),
					"@", lint_copy(cf->l, s, port), (char *)NULL));
	} else if (!is_port(s, port)) {
		found(cf, 30, t, off, port,
			"this is no port: mail goes to port 25, or sendmail ends at once",
			"a port as a number");
	}
}

/* IPv6:2001:db8::25:2525 is an address too, but nobody means it: a last group that is a port of
 * mail. (25 is none of these: it is the last group of many a mail server.) */
static void connect_only_port(struct cf *cf, const struct text *t, size_t off)
{
	static const char *const ports[] = { ":465", ":587", ":2525", ":10025", NULL };
	const char *s = t->s + off;
	size_t n = t->n - off;

	if (!is_ipv6(s, n))
		return;
	for (const char *const *port = ports; *port; port++) {
		size_t length = strlen(*port);

		/* Two groups behind the gap: the address had one of its own. */
		if (n <= length + 3 || memcmp(s + n - length, *port, length) != 0 ||
			s[n - length - 1] == ':' || !is_ipv6(s, n - length))
			continue;
		/* It may be an address after all: no edit. */
		found(cf, 30, t, off, n, "a port behind the address is read as one more group",
			"PORT@IPv6:ADDRESS");
		return;
	}
}

/* Whether s[0..n) is an option's name: it may be cut short, but not shorter than `least`. */
static bool is_option(const char *s, size_t n, const char *least, const char *name)
{
	return word_begins(s, n, least) && word_is_cut(s, n, name);
}

static void option(struct cf *cf, const struct text *t)
{
	size_t name = skip_blanks(t, 1), equals = name, end;
	uint32_t place;
	size_t n;

	while (equals < t->n && t->s[equals] != '=')
		equals++;
	/* The old form: "OO" and the value. */
	if (t->n > 2 && t->s[1] == 'O') {
		if (cf_count(cf))
			cf_port_options(cf, false, t, 2, t->at[1].used, 1);
		return;
	}
	if (!word_is_blank(t->s[1]))
		return;
	end = trim_end(t, name, equals);
	place = t->at[name].used;
	n = cf->macro_n && t->at[name].written == ORIGIN_NONE ? cf->macro_n : end - name;
	equals += equals < t->n;
	if (is_option(t->s + name, end - name, "Dae", "DaemonPortOptions")) {
		if (t->at[name].written == ORIGIN_NONE || cf_count(cf))
			cf_port_options(cf, false, t, equals, place, n);
	} else if (is_option(t->s + name, end - name, "ClientP", "ClientPortOptions")) {
		if (t->at[name].written == ORIGIN_NONE || cf_count(cf))
			cf_port_options(cf, true, t, equals, place, n);
	} else if (is_option(t->s + name, end - name, "ConnectO", "ConnectOnlyTo")) {
		equals = skip_blanks(t, equals);
		connect_only_to(cf, t, equals);
		connect_only_port(cf, t, equals);
	} else if (is_option(t->s + name, end - name, "UseC", "UseCompressedIPv6Addresses")) {
		equals = skip_blanks(t, equals);
		if (equals < t->n && strchr("tTyY", t->s[equals]))
			cf->l->compressed = true;
	}
}

/* A milter's address without the brackets and the tag that it may have. */
static void bare_address(const char **s, size_t *n)
{
	if (*n > 1 && **s == '[' && (*s)[*n - 1] == ']') {
		++*s;
		*n -= 2;
	}
	if (word_begins(*s, *n, "ipv6:")) {
		*s += 5;
		*n -= 5;
	}
}

/* What is wrong with the address of PORT@ADDRESS, or null. A name is not looked up. */
static const char *host_fault(bool inet6, const char *s, size_t n)
{
	bool inet = n > 0 && mail_inet_addr(s, n) == n;

	if (n > 0 && *s == '[')
		return "brackets keep sendmail from the milter: mail passes unfiltered";
	if (word_begins(s, n, "ipv6:"))
		return "the tag makes the milter's address an unknown host";
	if (inet6 ? is_ipv6(s, n) : inet)
		return NULL;
	if (inet || is_ipv6(s, n))
		return "the milter's address is of the other family: an unknown host";
	return n > 0 && mail_is_name(s, n) ? NULL : "the milter's address is an unknown host";
}

/* What is wrong with the port of PORT@ADDRESS, or null: sendmail reads the digits that it begins
 * with, or asks for a service. */
static const char *port_fault(struct cf *cf, const char *s, size_t n)
{
	const struct lint_host *host = &cf->l->host;

	if (n > 0 && *s >= '0' && *s <= '9')
		return NULL;
	if (n > 0 && mail_is_name(s, n) &&
		(!host->service || host->service(host->to, lint_copy(cf->l, s, n)) >= 0))
		return NULL;
	return "the milter's port is no port";
}

/* A milter's socket: S=inet6:PORT@ADDRESS. Blanks at its end are part of it. */
static void milter_socket(struct cf *cf, const struct text *t, size_t off, size_t end)
{
	const char *s = t->s, *at, *port, *host, *text = NULL;
	const char *colon = end > off ? memchr(s + off, ':', end - off) : NULL;
	size_t type = colon ? (size_t)(colon - s) - off : 0, from = off + type + 1, port_n, host_n;
	bool inet6 = word_is(s + off, type, "inet6");
	struct lint_finding *f;

	/* A path, with its type or without. */
	if (type == 0 || word_is(s + off, type, "local") || word_is(s + off, type, "unix") ||
		has_unknown(t, off, end - off))
		return;
	if (!inet6 && !word_is(s + off, type, "inet")) {
		text = "a milter's socket begins with inet6:, inet:, unix: or local:";
		from = off;
	}
	at = end > from ? memchr(s + from, '@', end - from) : NULL;
	if (at) {
		port = s + from;
		host = at + 1;
	} else {
		/* [ADDRESS]:PORT, ADDRESS:PORT, or one of them alone */
		for (host = s + from, port = s + end; port > host && port[-1] != ':';)
			port--;
		at = port > host ? port - 1 : port;
		text = text ? text : "a milter's socket is PORT@ADDRESS";
	}
	port_n = (size_t)((port < host ? at : s + end) - port);
	host_n = (size_t)((port < host ? s + end : at) - host);
	text = text ? text : port_fault(cf, port, port_n);
	text = text ? text : host_fault(inet6, host, host_n);
	if (!text)
		return;
	word_trim(&port, &port_n);
	word_trim(&host, &host_n);
	/* ADDRESS@PORT */
	if (is_port(host, host_n) && !is_port(port, port_n)) {
		const char *swap = host;
		size_t swap_n = host_n;

		text = "port and address of the milter are swapped";
		host = port;
		host_n = port_n;
		port = swap;
		port_n = swap_n;
	}
	f = found(cf, 26, t, off, end - off, text, NULL);
	bare_address(&host, &host_n);
	if (is_port(port, port_n) && is_addr(host, host_n))
		replace(cf, f, t, off, end - off,
			lint_join(cf->l, is_ipv6(host, host_n) ? "inet6:" : "inet:",
				lint_copy(cf->l, port, port_n), "@", lint_copy(cf->l, host, host_n),
				(char *)NULL));
}

/* Xname, S=..., F=..., T=... */
static void milter(struct cf *cf, const struct text *t)
{
	size_t i = 0;

	while (i < t->n) {
		size_t item, end;

		while (i < t->n && t->s[i] != ',')
			i++;
		item = skip_blanks(t, i < t->n ? i + 1 : i);
		for (i = item; i < t->n && t->s[i] != ',';)
			i++;
		end = trim_end(t, item, i);
		if (end > item && t->s[item] == 'S') {
			item = skip_blanks(t, item + 1);
			if (item < end && t->s[item] == '=')
				milter_socket(cf, t, skip_blanks(t, item + 1), i);
		}
	}
}

void cf_relay(struct cf *cf, const struct text *t, size_t off, size_t n)
{
	const char *s, *bracket;
	struct lint_finding *f;
	size_t mailer = 0;

	off = skip_blanks(t, off);
	n = n > off ? trim_end(t, off, n) - off : 0;
	if (n == 0 || has_unknown(t, off, n))
		return;
	s = t->s + off;
	/* "mailer:" is a name of letters before a colon; that of an address is a group, or the tag. */
	if (!is_ipv6(s, n) && !word_begins(s, n, "ipv6:")) {
		while (mailer < n && s[mailer] != ':' && s[mailer] != '[')
			mailer++;
		mailer = mailer < n && s[mailer] == ':' ? mailer + 1 : 0;
	}
	while (mailer < n && word_is_blank(s[mailer]))
		mailer++;
	if (is_ipv6(s + mailer, n - mailer)) {
		f = found(cf, 28, t, off + mailer, n - mailer,
			"without brackets this is no address: mail is not delivered", NULL);
		replace(cf, f, t, off + mailer, n - mailer,
			lint_join(cf->l, "[", lint_copy(cf->l, s + mailer, n - mailer), "]",
				(char *)NULL));
		return;
	}
	if (word_begins(s + mailer, n - mailer, "ipv6:[")) {
		f = found(cf, 28, t, off + mailer, n - mailer,
			"the tag stands inside the brackets: mail is not delivered", NULL);
		replace(cf, f, t, off + mailer, 6, "[IPv6:");
		return;
	}
	if (mailer == n || s[mailer] != '[')
		return;
	bracket = memchr(s + mailer, ']', n - mailer);
	if (bracket && bracket + 1 < s + n && bracket[1] == ':')
		found(cf, 28, t, (size_t)(bracket + 1 - t->s), (size_t)(s + n - bracket - 1),
			"the port is not used: mail goes to port 25",
			"a mailer of its own whose A= has the port");
	else if (bracket && memchr(s + mailer, '/', (size_t)(bracket - s) - mailer) &&
		memchr(s + mailer, ':', (size_t)(bracket - s) - mailer))
		found(cf, 28, t, off + mailer, n - mailer,
			"a prefix is no host: mail is not delivered", "one address");
}

void cf_dnsbl(struct cf *cf, uint32_t at, size_t n)
{
	if (cf->dnsbl.n == 0)
		cf->dnsbl = (struct cf_place){ at, (uint32_t)n };
}

/* C{R}key key, CRkey: the keys of class R and of class w. */
static void class(struct cf *cf, const struct text *t)
{
	size_t i = 2, from;
	bool relay;

	if (word_begins(t->s, t->n, "C{R}") || word_begins(t->s, t->n, "C{w}"))
		i = 4;
	else if (t->s[1] != 'R' && t->s[1] != 'w')
		return;
	relay = t->s[i == 4 ? 2 : 1] == 'R';
	if (t->s[i == 4 ? 2 : 1] != 'R' && t->s[i == 4 ? 2 : 1] != 'w')
		return;
	while ((from = skip_blanks(t, i)) < t->n) {
		for (i = from; i < t->n && !word_is_blank(t->s[i]);)
			i++;
		if (!has_unknown(t, from, i - from))
			lint_class_key(cf->l, relay, t, from, i - from);
	}
}

/* The rules of a DNS list reverse the octets of the client's address; those for IPv6 ask a map of
 * type arpa. */
static void rule(struct cf *cf, const struct text *t)
{
	static const char octets[] = "$4.$3.$2.$1.";
	const size_t n = sizeof(octets) - 1;
	const char *tab = memchr(t->s, '\t', t->n);
	size_t left = tab ? (size_t)(tab - t->s) : t->n, i = 0;

	while (i + n <= t->n && memcmp(t->s + i, octets, n) != 0)
		i++;
	if (i + n <= t->n)
		cf_dnsbl(cf, t->at[0].used, text_is_whole(t, 0, left) ? left : 1);
}

/* Karpa arpa */
static bool is_arpa_map(const struct text *t)
{
	size_t i = 1;

	while (i < t->n && !word_is_blank(t->s[i]))
		i++;
	i = skip_blanks(t, i);
	return word_begins(t->s + i, t->n - i, "arpa") &&
		(i + 4 == t->n || word_is_blank(t->s[i + 4]));
}

void cf_line(struct cf *cf, const struct text *t)
{
	struct text line = { NULL, NULL, 0, 0 };

	if (t->n < 2 || !strchr("OXDCKR", t->s[0]))
		return;
	if (!strip(t, &line)) {
		cf->l->no_memory = true;
	} else if (line.n >= 2) {
		switch (line.s[0]) {
		case 'O':
			option(cf, &line);
			break;
		case 'X':
			milter(cf, &line);
			break;
		case 'C':
			class(cf, &line);
			break;
		case 'K':
			cf->dns_ipv6 |= is_arpa_map(&line);
			break;
		case 'R':
			rule(cf, &line);
			break;
		default:
			if (line.s[1] == 'S')
				cf_relay(cf, &line, 2, line.n);
			else if (word_begins(line.s, line.n, "D{S}"))
				cf_relay(cf, &line, 4, line.n);
			break;
		}
	}
	text_free(&line);
}

/* Rule 31: "\" before a newline, in a line of options. The lines are read as they were meant. */
static void check_backslash(struct cf *cf, char next, struct origin at)
{
	struct text *line = &cf->line;
	size_t last = line->n - 1;
	struct lint_finding *f;

	/* A comment, a rule or a header may end in anything. */
	if (line->n < 3 || line->s[last - 1] != '\\' || !strchr("OXDKM", line->s[0]) ||
		next == '\n')
		return;
	f = found(cf, 31, line, last - 1, 1, NULL, NULL);
	if (text_is_whole(line, last - 1, 2) && at.written != ORIGIN_NONE) {
		lint_edit(cf->l, f, line->at[last - 1].written, line->at[last - 1].written + 1, "",
			0);
		lint_edit(cf->l, f, at.written, at.written, " ", 1);
	}
	/* Its newline stays, as that of a folded line does. */
	line->s[last - 1] = line->s[last];
	line->at[last - 1] = line->at[last];
	line->n--;
}

static bool flush(struct cf *cf)
{
	/* Without the newline that ended it. */
	if (cf->line.n > 0 && cf->line.s[cf->line.n - 1] == '\n')
		cf->line.n--;
	cf_line(cf, &cf->line);
	cf->line.n = 0;
	return !cf->fault && !cf->l->no_memory;
}

bool cf_byte(struct cf *cf, char c, struct origin at)
{
	/* The first byte of a line tells whether the one before goes on. */
	if (cf->open) {
		cf->open = false;
		if (c != ' ' && c != '\t') {
			size_t n = cf->line.n;

			check_backslash(cf, c, at);
			if (cf->line.n == n && !flush(cf))
				return false;
		}
	}
	if (cf->line.n >= LINE_MAX_BYTES)
		cf->fault = "a line of more than 1 MiB";
	else if (!text_add(&cf->line, c, at))
		cf->l->no_memory = true;
	cf->open = c == '\n';
	return !cf->fault && !cf->l->no_memory;
}

void cf_end(struct cf *cf)
{
	flush(cf);
	cf->open = false;
}

bool lint_cf(struct lint *l, const char *s, size_t n, uint32_t base, struct lint_fault *fault)
{
	struct cf cf;
	bool good = true;

	cf_open(&cf, l, 0);
	for (size_t i = 0; good && i < n; i++) {
		uint32_t at = base + (uint32_t)i;

		good = cf_byte(&cf, s[i], (struct origin){ at, at });
		*fault = (struct lint_fault){ cf.fault, at, 1 };
	}
	cf_end(&cf);
	cf_daemons(&cf);
	text_free(&cf.line);
	fault->text = cf.fault;
	return !cf.fault;
}
