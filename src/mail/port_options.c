/* port_options.c: the values of DaemonPortOptions and ClientPortOptions, as sendmail 8.17 reads
 * them: items apart by commas, of whose keys the first letter alone counts. Rules 01, 02, 04 to 09,
 * 14, 15, 17 to 19 and 21 look at one option; daemons.c has those that look at all of them. */
#include <string.h>

#include <v6kit/notation.h>

#include "cf.h"
#include "literal.h"
#include "options.h"
#include "word.h"

enum { PORT_SMTP = 25, PORT_SUBMISSION = 587, PORT_MAX = 65535 };

/* A piece of the option's text. */
struct piece {
	size_t off, n;
};

struct option {
	struct cf *cf;
	const struct text *t;
	bool client;
	uint32_t at; /* of its name */
	size_t at_n;
	struct lint_daemon d;
	struct piece family, addr, port, modifiers, lost;
	bool has_family, has_addr, has_port;
	bool misread;     /* an address may have been meant that sendmail does not see */
	size_t addr_item; /* where the item of the address begins */
	/* Separators that should be commas: from the first to the last of them. */
	struct piece separators;
};

static const char *at(const struct option *o, struct piece p)
{
	return o->t->s + p.off;
}

static bool is_unknown(const struct option *o, struct piece p)
{
	return memchr(at(o, p), ORIGIN_UNKNOWN, p.n) != NULL;
}

/* A finding at a piece of the text, where it was used. */
static struct lint_finding *found(struct option *o, unsigned rule, enum lint_severity severity,
	struct piece p, const char *text, const char *fix)
{
	const struct origin *first = p.off < o->t->n ? &o->t->at[p.off] : NULL;
	uint32_t used = first ? first->used : o->at, last = used;

	for (size_t i = p.off; first && i < p.off + p.n; i++)
		if (o->t->at[i].used > last && o->t->at[i].used - used < p.n)
			last = o->t->at[i].used;
	/* Of a macro behind "#" only that is told. */
	if (o->cf->commented)
		return &o->cf->l->unread;
	return lint_found(o->cf->l, rule, severity, used, last - used + 1, text, fix);
}

/* Gives a finding the edit that makes a piece another text, when it stands in the file as it is. */
static void replace(struct option *o, struct lint_finding *f, struct piece p, const char *s,
	size_t n)
{
	if (o->cf->commented || p.off >= o->t->n || !text_is_whole(o->t, p.off, p.n) ||
		o->t->at[p.off].written == ORIGIN_NONE)
		return;
	lint_edit(o->cf->l, f, o->t->at[p.off].written, o->t->at[p.off].written + (uint32_t)p.n, s,
		n);
}

static bool can_replace(const struct option *o, struct piece p)
{
	return p.n > 0 && text_is_whole(o->t, p.off, p.n);
}

static const char *quoted(struct option *o, const char *before, struct piece p, const char *after)
{
	return lint_join(o->cf->l, before, lint_copy(o->cf->l, at(o, p), p.n), after, (char *)NULL);
}

/* Keys. */

static const struct {
	const char *name, *alike; /* the manual's spelling, and the README's */
	const char *letters;      /* that sendmail knows it by */
} keys[] = {
	{ "Addr", "Address", "Aa" },
	{ "Family", "Family", "Ff" },
	{ "Port", "Port", "Pp" },
	{ "Modifiers", "Modify", "Mm" },
	{ "Name", "Name", "Nn" },
	{ "InputMailFilters", "InputFilters", "Ii" },
	{ "Listen", "ListenQueue", "Ll" },
	{ "SndBufSize", "SendSize", "Ss" },
	{ "SendBufSize", "SendBufSize", "Ss" },
	{ "RcvBufSize", "ReceiveSize", "R" },
	{ "ReceiveBufSize", "ReceiveBufSize", "R" },
	{ "refuseLA", "refuseLA", "r" },
	{ "DeliveryMode", "DeliveryMode", "D" },
	{ "delayLA", "delayLA", "d" },
	{ "children", "children", "c" },
	{ "queueLA", "queueLA", "q" },
};
enum { KEYS = sizeof(keys) / sizeof(keys[0]) };

/* Whether s[0..n) is key i, in any case, or begins it. */
static bool spells(const char *s, size_t n, size_t i)
{
	return n > 0 && (word_is_cut(s, n, keys[i].name) || word_is_cut(s, n, keys[i].alike));
}

/* Whether somebody meant a key. */
static bool is_key(const char *s, size_t n)
{
	size_t i = 0;

	while (i < KEYS && !spells(s, n, i))
		i++;
	return i < KEYS;
}

/* Whether sendmail reads a key as the one that was meant: the case of some letters counts. */
static bool is_read(const char *s, size_t n)
{
	size_t i = 0;

	while (i < KEYS && !(spells(s, n, i) && strchr(keys[i].letters, *s)))
		i++;
	return i < KEYS;
}

/* Items. */

static struct piece trim(const struct option *o, size_t from, size_t to)
{
	while (from < to && word_is_blank(o->t->s[from]))
		from++;
	while (to > from && word_is_blank(o->t->s[to - 1]))
		to--;
	return (struct piece){ from, to - from };
}

/* Whether "KEY=" stands at i, with a key that sendmail has. */
static bool begins_item(const struct option *o, size_t i)
{
	size_t from = i, n;

	while (i < o->t->n && word_is_letter(o->t->s[i]))
		i++;
	n = i - from;
	while (i < o->t->n && word_is_blank(o->t->s[i]))
		i++;
	return is_key(o->t->s + from, n) && i < o->t->n && o->t->s[i] == '=';
}

/* Where the item that begins at i ends: at a comma, or at a semicolon or a blank behind which the
 * next item begins, which *wrong then tells. */
static size_t item_end(const struct option *o, size_t i, struct piece *wrong)
{
	const char *s = o->t->s;
	size_t value = i;

	*wrong = (struct piece){ 0, 0 };
	/* Blanks before the key, around "=" and so before the value belong there. */
	while (value < o->t->n && s[value] != '=' && s[value] != ',')
		value++;
	if (value < o->t->n && s[value] == '=')
		for (value++; value < o->t->n && word_is_blank(s[value]);)
			value++;
	for (i = value; i < o->t->n && s[i] != ','; i++) {
		size_t next = i;

		if (s[i] != ';' && !word_is_blank(s[i]))
			continue;
		while (next < o->t->n && (word_is_blank(s[next]) || s[next] == ';'))
			next++;
		if (begins_item(o, next)) {
			*wrong = (struct piece){ i, next - i };
			return i;
		}
		i = next - 1;
	}
	return i;
}

static void check_key(struct option *o, struct piece key)
{
	const char *s = at(o, key), *name = NULL;

	if (is_unknown(o, key) || is_read(s, key.n))
		return;
	o->misread = true;
	for (size_t i = 0; key.n > 0 && *s && i < KEYS && !name; i++)
		name = strchr(keys[i].letters, *s) ? keys[i].name : NULL;
	found(o, 17, LINT_ERROR, key,
		quoted(o, "", key,
			name ? lint_join(o->cf->l, "= is read as ", name,
				       "=: only the first letter counts", (char *)NULL) :
			       "= is no key: sendmail ends at once"),
		NULL);
}

/* Blanks between a value and its comma, where they do harm. */
static void check_blank(struct option *o, struct piece value)
{
	size_t from = value.off + value.n, to = from;

	while (to < o->t->n && word_is_blank(o->t->s[to]))
		to++;
	if (to > from && to < o->t->n && o->t->s[to] == ',') {
		struct piece blanks = { from, to - from };

		replace(o,
			found(o, 8, LINT_ERROR, blanks,
				quoted(o, "the blank before the comma becomes part of \"", value,
					"\": sendmail ends at once"),
				NULL),
			blanks, "", 0);
	}
}

/* Each Family= is read, and the last one wins. Of a number the digits alone count. */
static void check_family(struct option *o)
{
	const char *s = at(o, o->family);
	size_t n = o->family.n;
	bool local = word_is(s, n, "local") || word_is(s, n, "unix"),
	     numbered = n > 0 && word_is_digit(*s);
	unsigned number = 0;

	for (size_t i = 0; i < n && word_is_digit(s[i]) && number < 1000; i++)
		number = 10 * number + (unsigned)(s[i] - '0');
	if (word_is(s, n, "inet6") || number == 10)
		o->d.family = V6K_IPV6;
	else if (word_is(s, n, "inet") || number == 2)
		o->d.family = V6K_IPV4;
	else
		o->d.family = 0;
	if (is_unknown(o, o->family))
		return;
	if (o->d.family == 0 && !local && number != 1)
		found(o, 17, LINT_ERROR,
			o->family.n ? o->family : (struct piece){ o->family.off - 1, 1 },
			quoted(o, "\"", o->family,
				numbered ? "\" is no address family for mail" :
					   "\" is no address family: sendmail ends at once"),
			"Family=inet or Family=inet6");
	else if (!numbered)
		check_blank(o, o->family);
}

/* Keeps the value of a key; the last one wins. */
static void keep(struct option *o, struct piece item, char letter, struct piece value)
{
	switch (letter) {
	case 'a':
		o->addr = value;
		o->has_addr = true;
		o->addr_item = item.off;
		break;
	case 'f':
		o->family = value;
		o->has_family = true;
		check_family(o);
		break;
	case 'p':
		o->port = value;
		o->has_port = true;
		break;
	case 'm':
		o->modifiers = value;
		break;
	case 'n':
		o->d.name = lint_copy(o->cf->l, at(o, value), value.n);
		break;
	default:
		break;
	}
}

static bool all_letters(const struct option *o, struct piece p)
{
	for (size_t i = 0; i < p.n; i++)
		if (!word_is_letter(at(o, p)[i]))
			return false;
	return p.n > 0;
}

/* M=f,h: the items without "=" that follow. Returns where they end. */
static size_t lost_modifiers(struct option *o, struct piece value, size_t end)
{
	size_t from = end;
	char letters[64];
	size_t n = 0;

	while (end < o->t->n && o->t->s[end] == ',') {
		size_t next = end + 1;
		struct piece item;

		while (next < o->t->n && o->t->s[next] != ',')
			next++;
		item = trim(o, end + 1, next);
		if (!all_letters(o, item) || n + item.n > sizeof(letters))
			break;
		memcpy(letters + n, at(o, item), item.n);
		n += item.n;
		o->lost = (struct piece){ from, next - from };
		end = next;
	}
	if (n > 0) {
		struct lint_finding *f = found(o, 14, LINT_ERROR, o->lost,
			"the modifiers behind the comma are lost", NULL);

		/* b would do harm that is not done yet. */
		if (!memchr(letters, 'b', n) && can_replace(o, o->lost))
			replace(o, f,
				(struct piece){ value.off + value.n,
					o->lost.off + o->lost.n - value.off - value.n },
				letters, n);
	}
	return end;
}

static void check_separators(struct option *o)
{
	struct lint_finding *f;
	struct piece p = o->separators;
	char *s, last = '\0';
	size_t n = 0;

	if (p.n == 0)
		return;
	f = found(o, 9, LINT_ERROR, (struct piece){ p.off, 1 },
		"a semicolon or blank where a comma belongs: it becomes part of the value", NULL);
	s = can_replace(o, p) ? lint_alloc(o->cf->l, p.n + 1) : NULL;
	if (!s)
		return;
	/* Every one in the range, as item_end finds them: blanks behind a comma or "=" are in order. */
	for (size_t i = p.off; i < p.off + p.n;) {
		size_t next = i;

		while (next < o->t->n && (word_is_blank(o->t->s[next]) || o->t->s[next] == ';'))
			next++;
		if (next > i && begins_item(o, next) && last != ',' && last != '=') {
			last = s[n++] = ',';
			i = next;
			continue;
		}
		/* The whole run, so that none is looked at twice. */
		do {
			if (!word_is_blank(o->t->s[i]))
				last = o->t->s[i];
			s[n++] = o->t->s[i++];
		} while (i < next && i < p.off + p.n);
	}
	replace(o, f, p, s, n);
}

static void read_items(struct option *o, size_t off)
{
	const char *s = o->t->s;

	while (off < o->t->n) {
		struct piece wrong, item, key, value;
		size_t end = item_end(o, off, &wrong);
		const char *equals;

		item = trim(o, off, end);
		off = end + (wrong.n > 0 ? wrong.n : 1);
		if (wrong.n > 0 && o->separators.n == 0)
			o->separators = wrong;
		if (wrong.n > 0)
			o->separators.n = wrong.off + wrong.n - o->separators.off;
		if (item.n == 0)
			continue;
		equals = memchr(s + item.off, '=', item.n);
		if (!equals) {
			o->misread |= word_lower(s[item.off]) == 'a';
			if (!is_unknown(o, item))
				found(o, 17, LINT_ERROR, item,
					quoted(o, "\"", item, "\" has no =: it is passed over"),
					NULL);
			continue;
		}
		key = trim(o, item.off, (size_t)(equals - s));
		value = trim(o, (size_t)(equals - s) + 1, item.off + item.n);
		check_key(o, key);
		keep(o, item, key.n > 0 ? word_lower(s[key.off]) : '\0', value);
		if (key.n > 0 && word_lower(s[key.off]) == 'm' && wrong.n == 0) {
			end = lost_modifiers(o, value, end);
			off = end + 1;
		}
	}
	check_separators(o);
}

/* Values. */

static void check_port(struct option *o)
{
	const char *s = at(o, o->port);
	size_t n = o->port.n, digits = 0;
	uint64_t number = 0;
	char text[24];
	struct piece p = n ? o->port : (struct piece){ o->port.off - 1, 1 };

	o->d.port = PORT_SMTP;
	if (!o->has_port)
		return;
	o->d.port = CF_PORT_UNKNOWN;
	if (is_unknown(o, o->port))
		return;
	for (; digits < n && word_is_digit(s[digits]) && digits < 18; digits++)
		number = 10 * number + (uint64_t)(s[digits] - '0');
	if (digits == 0 && n > 0 && word_is_letter(s[0])) {
		const char *name = lint_copy(o->cf->l, s, n);

		o->d.port = strcmp(name, "smtp") == 0   ? PORT_SMTP :
			strcmp(name, "submission") == 0 ? PORT_SUBMISSION :
			o->cf->l->host.service ? o->cf->l->host.service(o->cf->l->host.to, name) :
						 CF_PORT_UNKNOWN;
		if (o->d.port < 0 && o->cf->l->host.service)
			found(o, 18, LINT_WARNING, p,
				quoted(o, "\"", o->port,
					"\" is no service that this host knows: sendmail ends "
					"at once"),
				NULL);
		check_blank(o, o->port);
	} else if (digits == n && n > 0 && number > 0 && number <= PORT_MAX) {
		o->d.port = (long)number;
	} else if (digits == 0) {
		found(o, 18, LINT_ERROR, p,
			quoted(o, "Port=", o->port, " is no port: sendmail ends at once"), NULL);
	} else {
		/* As atoi and the 16 bits of a port have it; 0 is the usual port. */
		number = number % (PORT_MAX + 1) ? number % (PORT_MAX + 1) : PORT_SMTP;
		o->d.port = (long)number;
		found(o, 18, LINT_ERROR, p,
			lint_join(o->cf->l, "Port=", lint_copy(o->cf->l, s, n),
				" is no port: sendmail takes ", mail_number(number, text),
				(char *)NULL),
			NULL);
	}
}

static void check_modifiers(struct option *o)
{
	const char *known = o->client ? mail_client_letters : mail_daemon_letters;
	const char *m = at(o, o->modifiers);
	size_t n = o->modifiers.n;
	char letter[2] = "";
	bool seen[256] = { false };

	if (is_unknown(o, o->modifiers))
		return;
	for (size_t i = 0; i < n; i++) {
		bool again = seen[(unsigned char)m[i]];

		seen[(unsigned char)m[i]] = true;
		if (!again && !word_is_blank(m[i]) && !strchr(known, m[i])) {
			struct piece p = { o->modifiers.off + i, 1 };

			found(o, 15, LINT_ERROR, p,
				quoted(o, "sendmail ignores the modifier \"", p, "\""),
				o->client ? "client modifiers are h A S" :
					    "daemon modifiers are a b c f h r s u A C E O S");
		}
	}
	for (size_t i = 0; i < MAIL_CLASHES; i++) {
		const char *a = memchr(m, mail_modifier_clashes[i][0], n);
		const char *b = memchr(m, mail_modifier_clashes[i][1], n);
		size_t later = a && b ? (size_t)((a > b ? a : b) - m) : 0;

		if (a && b) {
			letter[0] = a > b ? *b : *a;
			found(o, 15, LINT_ERROR, (struct piece){ o->modifiers.off + later, 1 },
				quoted(o, "the modifier \"",
					(struct piece){ o->modifiers.off + later, 1 },
					lint_join(o->cf->l, "\" contradicts \"", letter, "\"",
						(char *)NULL)),
				NULL);
		}
	}
	o->d.optional = n > 0 && memchr(m, 'O', n);
	o->d.bind_if = n > 0 && memchr(m, 'b', n) && !o->client;
}

/* The address. */

static bool is_tagged(const char *s, size_t n)
{
	return n >= 5 && word_is_cut(s, 5, "ipv6:");
}

static void refuse(struct option *o, unsigned rule, const char *before, const char *after)
{
	o->d.kind = LINT_ADDR_BAD;
	found(o, rule, LINT_ERROR, o->addr.n ? o->addr : (struct piece){ o->addr.off - 1, 1 },
		quoted(o, before, o->addr, after), NULL);
}

/* A literal with brackets: what is inside goes on without them. */
static void check_brackets(struct option *o)
{
	const char *s = at(o, o->addr);
	size_t n = o->addr.n, inside = n > 1 && s[n - 1] == ']' ? n - 2 : n - 1;
	struct lint_finding *f;
	struct v6k_notation what;

	f = found(o, 6, LINT_ERROR, o->addr,
		"brackets make the address an unknown host: sendmail ends at once", NULL);
	if (s[n - 1] == ']' && v6k_notation_parse(s + 1, inside, 0, &what, NULL) == 0 &&
		what.kind == V6K_KIND_ADDR && what.zone_len == 0) {
		f->fix = lint_copy(o->cf->l, s + 1, inside);
		replace(o, f, o->addr, s + 1, inside);
		o->d.kind = LINT_ADDR_LITERAL;
		o->d.addr = what.addr;
	} else {
		o->d.kind = LINT_ADDR_BAD;
	}
}

/* Rule 02: two edits, of the family, when there is one, and of the address. */
static void check_mapped(struct option *o)
{
	struct v6k_addr v4;
	char text[V6K_ADDR_TEXT_MAX];
	struct lint_finding *f;
	int n;

	v6k_addr_unmap(o->d.addr, &v4);
	n = v6k_addr_format(v4, V6K_CANONICAL, text, sizeof(text));
	f = found(o, 2, LINT_ERROR, o->addr, NULL, NULL);
	if (n <= 0 || !can_replace(o, o->addr) || (o->has_family && !can_replace(o, o->family)))
		return;
	if (o->has_family)
		replace(o, f, o->family, "inet", 4);
	replace(o, f, o->addr, text, (size_t)n);
}

/* A literal in the wrong family. */
static void check_literal(struct option *o)
{
	struct v6k_addr a = o->d.addr;
	struct lint_finding *f;

	if (v6k_addr_is_mapped(a)) {
		check_mapped(o);
		return;
	}
	if (a.family == V6K_IPV6 && o->d.family == V6K_IPV4) {
		f = found(o, 4, LINT_ERROR, o->addr, NULL, NULL);
		if (o->has_family)
			replace(o, f, o->family, "inet6", 5);
		else if (can_replace(o, (struct piece){ o->addr_item, 1 }))
			replace(o, f, (struct piece){ o->addr_item, 0 }, "Family=inet6,", 13);
		o->d.family = V6K_IPV6;
	} else if (a.family == V6K_IPV4 && o->d.family == V6K_IPV6) {
		f = found(o, 5, LINT_ERROR, o->addr, NULL, NULL);
		replace(o, f, o->family, "inet", 4);
		o->d.family = V6K_IPV4;
	}
	if (a.family == V6K_IPV6 &&
		(v6k_addr_scope(a) == V6K_SCOPE_LINK || v6k_addr_is_multicast(a)))
		found(o, 19, LINT_ERROR, o->addr,
			v6k_addr_is_multicast(a) ?
				"no daemon can listen on a multicast address: Invalid argument" :
				"a link-local address needs a zone, which sendmail cannot take: "
				"Invalid argument",
			NULL);
	/* inet_addr stops at a blank, but has no value of its own for this address. */
	if (a.family == V6K_IPV6 || a.lo == UINT32_MAX)
		check_blank(o, o->addr);
}

/* A name: what it resolves to is the host's affair, unless the run may ask. */
static void check_name(struct option *o)
{
	struct lint *l = o->cf->l;
	struct v6k_addr addrs[8];
	const char *fault = NULL;
	size_t n = 0;

	o->d.kind = LINT_ADDR_NAME;
	o->d.host = lint_copy(l, at(o, o->addr), o->addr.n);
	check_blank(o, o->addr);
	if (l->host.resolve && !o->cf->commented)
		fault = l->host.resolve(l->host.to, o->d.host, o->d.family, addrs,
			sizeof(addrs) / sizeof(addrs[0]), &n);
	if (fault)
		found(o, 1, LINT_ERROR, o->addr, lint_copy(l, fault, strlen(fault)),
			o->d.family == V6K_IPV4 ? "write the address, as in A=192.0.2.25" : NULL);
	else if (o->d.family == V6K_IPV6)
		found(o, 1, LINT_WARNING, o->addr,
			"a host name: sendmail takes the first address that the look-up gives",
			NULL);
}

/* An IPv4 address ends at a blank; what is behind is lost. Returns where it ends. */
static size_t check_behind(struct option *o)
{
	size_t n = o->d.family == V6K_IPV4 ? mail_inet_addr(at(o, o->addr), o->addr.n) : 0;

	if (n == 0 || n == o->addr.n)
		return o->addr.n;
	found(o, 9, LINT_ERROR, (struct piece){ o->addr.off + n, o->addr.n - n },
		"sendmail reads the address up to the blank: what is behind it is lost", NULL);
	o->addr.n = n;
	return n;
}

static void check_addr(struct option *o)
{
	const char *s = at(o, o->addr);
	size_t n = o->addr.n, tag;
	struct v6k_error e;
	int error;

	o->d.addr.family = (uint8_t)o->d.family;
	if (o->misread)
		o->d.kind = LINT_ADDR_BAD;
	if (!o->has_addr || o->d.family == 0)
		return;
	o->d.kind = LINT_ADDR_BAD;
	if (is_unknown(o, o->addr))
		return;
	o->d.addr_at = o->addr.off < o->t->n ? o->t->at[o->addr.off].used : o->at;
	if (n == 0) {
		refuse(o, 7, "A= is empty", ": sendmail ends at once");
		return;
	}
	if (*s == '[') {
		check_brackets(o);
		return;
	}
	n = check_behind(o);
	tag = is_tagged(s, n) ? 5 : 0;
	/* inet_addr takes a lone 0 for the wildcard. */
	if (n == 1 && *s == '0') {
		o->d.addr = (struct v6k_addr){ .family = V6K_IPV4 };
		error = 0;
	} else {
		error = v6k_addr_parse(s + tag, n - tag, &o->d.addr, &e);
	}
	if (error == 0 && (tag == 0 || o->d.addr.family == V6K_IPV6)) {
		o->d.kind = LINT_ADDR_LITERAL;
		check_literal(o);
		return;
	}
	o->d.addr = (struct v6k_addr){ .family = (uint8_t)o->d.family };
	/* sendmail knows more forms of IPv4 than anyone means. */
	if (error == 0 || !mail_is_name(s, n) ||
		(e.code == V6K_EOCTET && mail_inet_addr(s, n) == 0))
		refuse(o, 7, "\"", "\" is no plain address: sendmail takes it for an unknown host");
	else if (mail_inet_addr(s, n) > 0 || e.code == V6K_EOCTETZERO || e.code == V6K_EOCTETS)
		refuse(o, 21, "\"",
			"\" is not read as it looks: a leading zero is octal, missing octets are "
			"zeros");
	else
		check_name(o);
}

void cf_port_options(struct cf *cf, bool client, const struct text *t, size_t off, uint32_t place,
	size_t place_n)
{
	struct option o = { .cf = cf, .t = t, .client = client, .at = place, .at_n = place_n };
	struct lint_daemon *daemon;

	o.d.name = "";
	o.d.family = V6K_IPV4;
	o.modifiers = o.family = o.addr = o.port = (struct piece){ off, 0 };
	read_items(&o, off);
	check_port(&o);
	check_modifiers(&o);
	check_addr(&o);
	daemon = lint_add_daemon(cf->l);
	if (!daemon)
		return;
	*daemon = o.d;
	daemon->client = client;
	daemon->at = place;
	daemon->n = (uint32_t)place_n;
	daemon->commented = cf->commented;
}
