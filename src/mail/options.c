/* options.c: option lines. Every refusal here is something that sendmail takes without a word, or
 * notices only when it starts; see v6kit-sendmail(1) for what it was seen to do. */
#include "options.h"

#include <string.h>

#include "literal.h"
#include "sockets.h"

/* Letters that sendmail 8.17 knows, and pairs that contradict each other. */
const char mail_daemon_letters[] = "abcCfurhsAESO";
const char mail_client_letters[] = "hAS";
const char *const mail_modifier_clashes[MAIL_CLASHES] = { "aA", "cC", "fu", "sS" };

static const char *modifiers_fault(const char *m, const char *letters)
{
	if (!*m)
		return "M= needs at least one letter";
	for (const char *at = m; *at; at++) {
		if (*at == ',')
			return "modifiers stand together, as in M=fh: after a comma they are lost";
		if (!strchr(letters, *at))
			return letters == mail_daemon_letters ?
				"daemon modifiers are a b c C f u r h s A E S O; sendmail "
				"ignores any other letter" :
				"client modifiers are h A S; sendmail ignores any other letter";
		if (strchr(at + 1, *at))
			return "a modifier is given twice";
	}
	for (size_t i = 0; i < MAIL_CLASHES; i++)
		if (strchr(m, mail_modifier_clashes[i][0]) &&
			strchr(m, mail_modifier_clashes[i][1]))
			return "modifiers contradict each other: a with A, c with C, f with u, s with S";
	return NULL;
}

static const char *name_fault(const char *name)
{
	enum { NAME_MAX_BYTES = 64 };
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789._-";

	if (!*name || name[strspn(name, letters)] || strlen(name) > NAME_MAX_BYTES)
		return "a name is 1 to 64 letters, digits, \".\", \"_\" and \"-\"";
	return NULL;
}

static const struct v6k_addr loopback4 = { .lo = 0x7f000001, .family = V6K_IPV4 };

static const char *addr_fault(const struct mail_options *o, size_t i)
{
	struct v6k_addr a = o->addrs[i];
	const char *refusal = mail_bind_refusal(a);

	if (refusal)
		return refusal;
	for (size_t j = 0; j < i; j++)
		if (mail_sockets_clash(o->addrs[j], a))
			return "two daemons on one socket (Address already in use)";
	if (o->loopback && mail_sockets_clash(a, loopback4))
		return "clashes with --loopback (Address already in use)";
	return NULL;
}

static bool has_family(const struct mail_options *o, unsigned family)
{
	if (family == V6K_IPV4 && o->loopback)
		return true;
	for (size_t i = 0; i < o->n; i++)
		if (o->addrs[i].family == family)
			return true;
	return false;
}

bool mail_options_check(const struct mail_options *o, struct mail_fault *fault)
{
	*fault = (struct mail_fault){ NULL, SIZE_MAX };
	if (o->modifiers)
		fault->text = modifiers_fault(o->modifiers, mail_daemon_letters);
	if (!fault->text && o->client_modifiers)
		fault->text = modifiers_fault(o->client_modifiers, mail_client_letters);
	if (!fault->text && o->name)
		fault->text = name_fault(o->name);
	if (!fault->text && o->modifiers && strchr(o->modifiers, 'b') && has_family(o, V6K_IPV4) &&
		has_family(o, V6K_IPV6))
		fault->text =
			"M=b breaks dual-stack mail: what comes in by IPv4 for an IPv6-only "
			"destination bounces, the reverse loops; CLIENT_OPTIONS for each family "
			"(-C) do what b was meant to do";
	for (size_t i = 0; i < o->n && !fault->text; i++) {
		fault->text = addr_fault(o, i);
		if (fault->text)
			fault->addr = i;
	}
	return !fault->text;
}

/* A line under construction. It fits: the check bounds the name, and modifiers do not repeat. */
struct line {
	char text[512];
	size_t n;
};

static void add(struct line *l, const char *text)
{
	size_t n = strlen(text);

	memcpy(l->text + l->n, text, n);
	l->n += n;
}

static void add_number(struct line *l, uint64_t number)
{
	char digits[24];

	add(l, mail_number(number, digits));
}

struct entry {
	bool daemon;
	const char *name, *suffix;
	size_t number; /* 1 adds nothing to the name */
	struct v6k_addr addr;
	unsigned port;
	const char *modifiers;
};

static void write_entry(const struct mail_options *o, const struct entry *e,
	void (*line)(void *to, const char *s, size_t n), void *to)
{
	struct line l = { .n = 0 };

	if (o->cf)
		add(&l, e->daemon ? "O DaemonPortOptions=" : "O ClientPortOptions=");
	else
		add(&l, e->daemon ? "DAEMON_OPTIONS(`" : "CLIENT_OPTIONS(`");
	add(&l, "Name=");
	add(&l, e->name);
	add(&l, e->suffix);
	if (e->number > 1) {
		add(&l, "-");
		add_number(&l, e->number);
	}
	add(&l, e->addr.family == V6K_IPV4 ? ",Family=inet,A=" : ",Family=inet6,A=");
	l.n += (size_t)v6k_addr_format(e->addr, V6K_SENDMAIL, l.text + l.n, sizeof(l.text) - l.n);
	if (e->port) {
		add(&l, ",Port=");
		add_number(&l, e->port);
	}
	if (e->modifiers) {
		add(&l, ",M=");
		add(&l, e->modifiers);
	}
	add(&l, o->cf ? "" : "')dnl");
	line(to, l.text, l.n);
}

/* The number of address i among those of its family, from 1. */
static size_t family_number(const struct mail_options *o, size_t i)
{
	size_t number = 1;

	for (size_t j = 0; j < i; j++)
		number += o->addrs[j].family == o->addrs[i].family;
	return number;
}

void mail_options_write(const struct mail_options *o,
	void (*line)(void *to, const char *s, size_t n), void *to)
{
	for (size_t i = 0; i < o->n; i++) {
		struct entry e = { true, o->name ? o->name : "MTA",
			o->addrs[i].family == V6K_IPV4 ? "-v4" : "-v6", family_number(o, i),
			o->addrs[i], o->port, o->modifiers };

		write_entry(o, &e, line, to);
	}
	if (o->loopback) {
		struct entry e = { true, o->name ? o->name : "MTA", "", 1, loopback4, o->port,
			NULL };

		write_entry(o, &e, line, to);
	}
	/* One client line a family: of two the last would win. */
	for (size_t i = 0; i < o->n; i++) {
		struct entry e = { false, o->name ? o->name : "MSA",
			o->addrs[i].family == V6K_IPV4 ? "-v4" : "-v6", 1, o->addrs[i], 0,
			o->client_modifiers };

		if (family_number(o, i) == 1 && !mail_is_wildcard(o->addrs[i]))
			write_entry(o, &e, line, to);
	}
}

const char *mail_lookup_fault(const struct v6k_addr *addrs, size_t n, size_t *at)
{
	for (size_t i = 0; i < n; i++) {
		*at = i;
		if (v6k_addr_is_mapped(addrs[i]))
			return "a mapped address: the inet6 daemon would collide with the inet one "
			       "(Address already in use)";
		if (v6k_addr_scope(addrs[i]) == V6K_SCOPE_LOOPBACK)
			return "a loopback address: the daemon would not be reached from outside, or "
			       "clash with the loopback daemon";
		if (mail_is_wildcard(addrs[i]))
			return "the unspecified address";
		if (mail_bind_refusal(addrs[i]))
			return mail_bind_refusal(addrs[i]);
	}
	*at = 1;
	if (n > 1)
		return "more than one address of the family: sendmail takes whichever comes first";
	return NULL;
}
