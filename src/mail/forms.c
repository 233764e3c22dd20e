/* forms.c: configuration lines. What each program takes, and what it does with the rest, was tried
 * on the versions of v6kit-mail(1); tests/mail/servers.t tries it again. */
#include "forms.h"

#include <string.h>

#include "literal.h"

/* HAProxy takes 64 words a line; lines of one name add up. */
enum { HAPROXY_WORDS = 32 };

const struct mail_form mail_forms[] = {
	{ .name = "postfix mynetworks",
		.line = "mynetworks = ITEMS",
		.between = " ",
		.brackets = true },
	{ .name = "postfix relayhost",
		.role = MAIL_SERVER,
		.line = "relayhost = ITEMS",
		.brackets = true,
		.port = ":" },
	{ .name = "postfix access", .line = "ITEMS\tVALUE", .per_line = 1 },
	{ .name = "postfix bind",
		.role = MAIL_SOURCE,
		.line = "smtp_bind_address = ITEMS",
		.line6 = "smtp_bind_address6 = ITEMS",
		.per_line = 1 },
	{ .name = "exim list", .line = "<; ITEMS", .between = " ; " },
	{ .name = "exim interfaces",
		.role = MAIL_LISTEN,
		.line = "local_interfaces = <; ITEMS",
		.between = " ; ",
		.wildcard6 = "::0",
		.zone = true },
	{ .name = "opensmtpd listen",
		.role = MAIL_LISTEN,
		.line = "listen on ITEMS",
		.per_line = 1,
		.port = " port " },
	{ .name = "dovecot listen",
		.role = MAIL_LISTEN,
		.line = "listen = ITEMS",
		.between = ", " },
	{ .name = "nginx listen",
		.role = MAIL_LISTEN,
		.line = "listen ITEMS;",
		.per_line = 1,
		.brackets = true,
		.port = ":",
		.port_number = 25 },
	{ .name = "nginx allow", .line = "allow ITEMS;", .per_line = 1 },
	{ .name = "haproxy bind",
		.role = MAIL_LISTEN,
		.line = "bind ITEMS",
		.per_line = 1,
		.brackets = true,
		.port = ":",
		.port_number = 25 },
	{ .name = "haproxy acl",
		.line = "acl NAME src ITEMS",
		.between = " ",
		.per_line = HAPROXY_WORDS,
		.mapped_clients = true },
	{ .name = "haproxy server",
		.role = MAIL_SERVER,
		.line = "server NAME ITEMS",
		.brackets = true,
		.port = ":",
		.port_number = 25 },
	{ .name = "spamassassin",
		.line = "trusted_networks ITEMS",
		.between = " ",
		.mapped_clients = true },
	{ .name = "opendkim", .line = "ITEMS", .per_line = 1, .libc_text = true },
	{ .name = NULL },
};

const char *mail_addr_refusal(const struct mail_form *f, struct v6k_addr a, bool zone)
{
	if (v6k_addr_is_mapped(a))
		return "a mapped address: give the IPv4 address";
	if (v6k_addr_is_multicast(a))
		return "a multicast address is neither listened on nor connected to";
	if (a.family == V6K_IPV4 && a.lo == UINT32_MAX)
		return "the broadcast address is neither listened on nor connected to";
	if (v6k_addr_scope(a) == V6K_SCOPE_UNSPECIFIED && f->role == MAIL_SERVER)
		return "the unspecified address is no destination";
	if (v6k_addr_scope(a) == V6K_SCOPE_UNSPECIFIED && f->role == MAIL_SOURCE)
		return "the unspecified address is no source";
	if (a.family == V6K_IPV6 && v6k_addr_scope(a) == V6K_SCOPE_LINK && !zone)
		return f->zone ? "a link-local address needs a zone, as in fe80::1%eth0" :
				 "a link-local address needs a zone, which cannot be written here: "
				 "give a global address";
	return NULL;
}

const char *mail_prefix_refusal(const struct mail_form *f, struct v6k_prefix p)
{
	static const struct v6k_prefix mapped = { .lo = (uint64_t)0xffff << 32,
		.family = V6K_IPV6,
		.bits = 96 };

	if (f->mapped_clients && p.bits < mapped.bits && v6k_prefix_covers(p, mapped))
		return "all IPv4 clients would match too, as mapped addresses: give smaller prefixes, "
		       "such as 2000::/3";
	return NULL;
}

static size_t put(char *buf, size_t at, const char *text)
{
	size_t n = strlen(text);

	memcpy(buf + at, text, n);
	return at + n;
}

static size_t put_number(char *buf, size_t at, uint64_t number)
{
	char digits[24];

	return put(buf, at, mail_number(number, digits));
}

static size_t put_addr(const struct mail_form *f, struct v6k_addr a, const char *zone, size_t n,
	char *buf)
{
	bool brackets = f->brackets && a.family == V6K_IPV6;
	size_t at = put(buf, 0, brackets ? "[" : "");

	if (f->wildcard6 && a.family == V6K_IPV6 && (a.hi | a.lo) == 0)
		at = put(buf, at, f->wildcard6);
	else
		at += (size_t)v6k_addr_format(a, f->libc_text ? mail_libc_style(a) : V6K_CANONICAL,
			buf + at, V6K_ADDR_TEXT_MAX);
	if (n > 0) {
		at = put(buf, at, "%");
		memcpy(buf + at, zone, n);
		at += n;
	}
	return put(buf, at, brackets ? "]" : "");
}

size_t mail_prefix_item(const struct mail_form *f, struct v6k_prefix p, char buf[MAIL_ITEM_MAX])
{
	size_t at;

	v6k_prefix_unmap(p, &p);
	at = put_addr(f, v6k_prefix_first(p), NULL, 0, buf);
	if (p.bits == v6k_family_bits(p.family))
		return at;
	at = put(buf, at, "/");
	return put_number(buf, at, p.bits);
}

size_t mail_addr_item(const struct mail_form *f, struct v6k_addr a, const char *zone, size_t n,
	unsigned port, char *buf)
{
	size_t at = put_addr(f, a, zone, n, buf);

	if (!port)
		port = f->port_number;
	if (!f->port || !port)
		return at;
	at = put(buf, at, f->port);
	return put_number(buf, at, port);
}

static void write_items(const struct mail_form *f, const char **text, const char *end,
	void (*out)(void *to, const char *s, size_t n), void *to)
{
	for (unsigned i = 0; *text < end && (f->per_line == 0 || i < f->per_line); i++) {
		size_t n =
			(size_t)((const char *)memchr(*text, '\n', (size_t)(end - *text)) - *text);

		if (i > 0)
			out(to, f->between, strlen(f->between));
		out(to, *text, n);
		*text += n + 1;
	}
}

void mail_form_write(const struct mail_form *f, const char *name, const char *value,
	const char *text, size_t n, void (*out)(void *to, const char *s, size_t n), void *to)
{
	/* A line's own words have no capitals. */
	static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	const char *end = text + n;

	while (text < end) {
		const char *first_end = memchr(text, '\n', (size_t)(end - text));
		bool six = f->line6 && memchr(text, ':', (size_t)(first_end - text));

		for (const char *at = six ? f->line6 : f->line; *at;) {
			size_t plain = strcspn(at, capitals);

			out(to, at, plain);
			at += plain;
			if (*at == 'N')
				out(to, name, strlen(name));
			else if (*at == 'V')
				out(to, value, strlen(value));
			else if (*at == 'I')
				write_items(f, &text, end, out, to);
			at += strspn(at, capitals);
		}
		out(to, "\n", 1);
	}
}

long mail_name_fault(const char *name)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789-_.:";
	size_t n = strspn(name, letters);

	/* In a condition "or" stands between names. */
	if (name[n] || n == 0 || strcmp(name, "or") == 0)
		return (long)n;
	return -1;
}
