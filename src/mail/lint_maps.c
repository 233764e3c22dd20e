/* lint_maps.c: the files of sendmail's maps and classes, line by line, as makemap(8) and sendmail
 * read them. Rules 23 to 25. */
#include "lint_maps.h"

#include <string.h>

#include <v6kit/notation.h>

#include "lint_key.h"
#include "literal.h"

struct span {
	const char *s;
	size_t n;
};

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next word of a line, at `at` and no longer than the line; n is 0 at its end. */
static struct span word(struct span line, size_t at)
{
	size_t end;

	while (at < line.n && is_blank(line.s[at]))
		at++;
	end = at;
	while (end < line.n && !is_blank(line.s[end]))
		end++;
	return (struct span){ line.s + at, end - at };
}

static struct span behind(struct span s, size_t n)
{
	return (struct span){ s.s + n, s.n - n };
}

static bool begins(struct span s, const char *text)
{
	size_t n = strlen(text);

	return s.n >= n && lint_is(s.s, n, text);
}

/* Adds what was found at a key, and the edit that makes it right. */
static void report(struct lint *l, uint32_t at, size_t n, const struct lint_key *v)
{
	struct lint_finding *f =
		lint_found(l, v->rule, v->severity, at + (uint32_t)v->off, v->n, v->text, v->fix);

	if (v->right)
		lint_edit(l, f, at, at + (uint32_t)n, v->right, strlen(v->right));
}

/* True when the key takes in all of IPv6: "IPv6" with or without a tag. */
static bool is_all(struct span key)
{
	size_t tag = lint_key_tag(key.s, key.n);

	return lint_is(key.s + tag, key.n - tag, "IPv6");
}

/* Two words that were meant to be one key: true when together they are an address. What is wrong is
 * the blank between them. */
static bool joined(struct lint *l, enum lint_place where, struct span key, struct span next,
	uint32_t at, bool all)
{
	size_t blanks = (size_t)(next.s - key.s) - key.n;
	struct lint_key v;
	const char *s;

	if (key.n + next.n > LINT_KEY_MAX || memchr(key.s, '\0', key.n + blanks + next.n))
		return false;
	s = lint_join(l, lint_copy(l, key.s, key.n), lint_copy(l, next.s, next.n), NULL);
	v = lint_key(l, where, s, strlen(s));
	if (v.is == LINT_KEY_OTHER || v.is == LINT_KEY_JUNK)
		return false;
	if (v.is == LINT_KEY_GOOD)
		v.fix = v.right = s;
	v.rule = all ? 24 : 23;
	v.severity = LINT_ERROR;
	if (!all)
		v.text = "a blank ends the key here: it never matches";
	else if (where == LINT_IN_RELAY)
		v.text = "a blank ends the key here: every IPv6 client may relay";
	else
		v.text = "a blank ends the key here: it takes in every IPv6 client";
	v.off = key.n;
	v.n = blanks;
	report(l, at, key.n + blanks + next.n, &v);
	return true;
}

/* makemap(8): the key is what stands before the first blank. A tag with nothing behind it can be
 * right, and so can a number as its value; an address as a value is none. */
static void access_line(struct lint *l, struct span line, uint32_t at)
{
	struct span key = word(line, 0), next = word(line, key.n);
	size_t tag = lint_key_tag(key.s, key.n);
	struct lint_key v;
	bool cut = false;

	if (next.n > 0 && next.n <= LINT_KEY_MAX && memchr(next.s, ':', next.n)) {
		if (*next.s == ':')
			cut = is_all(key) ||
				(!memchr(key.s, ':', key.n) && begins(behind(next, 1), "IPv6:"));
		else
			cut = (tag > 0 && tag == key.n) ||
				lint_is(key.s + tag, key.n - tag, "IPv6:");
	}
	if (cut && joined(l, LINT_IN_ACCESS, key, next, at, is_all(key)))
		return;
	v = lint_key(l, LINT_IN_ACCESS, key.s, key.n);
	if (v.is >= LINT_KEY_BAD)
		report(l, at, key.n, &v);
}

/* fileclass() of sendmail: each word is a key, up to "#". */
static void class_line(struct lint *l, enum lint_place where, struct span line, uint32_t at)
{
	const char *end = memchr(line.s, '#', line.n);
	struct span key, next;

	if (end)
		line.n = (size_t)(end - line.s);
	end = memchr(line.s, '\0', line.n);
	if (end)
		line.n = (size_t)(end - line.s);
	for (key = word(line, 0); key.n > 0; key = next) {
		bool all = where == LINT_IN_RELAY &&
			(lint_is(key.s, key.n, "IPv6") || lint_is(key.s, key.n, "IPv6:"));
		uint32_t here = at + (uint32_t)(key.s - line.s);
		struct lint_key v;

		next = word(line, (size_t)(key.s - line.s) + key.n);
		if (all && next.n > 0 && (key.n == 5 || *next.s == ':') &&
			joined(l, where, key, next, here, true)) {
			next = word(line, (size_t)(next.s - line.s) + next.n);
			continue;
		}
		v = lint_key(l, where, key.s, key.n);
		if (v.is >= LINT_KEY_BAD)
			report(l, here, key.n, &v);
	}
}

/* mailertable. */

/* An IPv6 address alone, with tag or without, or in brackets. */
static bool is_literal(struct span s, enum v6k_form form, struct v6k_addr *a)
{
	struct v6k_notation what;

	if (s.n > LINT_KEY_MAX || v6k_notation_parse(s.s, s.n, 0, &what, NULL) != 0 ||
		what.kind != V6K_KIND_ADDR || what.zone_len > 0 || what.has_port ||
		(form == V6K_FORM_BRACKETS ? what.form != form : what.form > V6K_FORM_TAG))
		return false;
	*a = what.addr;
	return true;
}

static void mailertable_key(struct lint *l, struct span key, uint32_t at)
{
	struct v6k_addr a;
	bool literal = is_literal(key, V6K_FORM_BRACKETS, &a) ||
		(is_literal(key, V6K_FORM_PLAIN, &a) && a.family == V6K_IPV6);

	if (literal || begins(key, "IPv6:") || begins(key, "[IPv6:"))
		lint_found(l, 25, LINT_ERROR, at, key.n,
			"an address as key never matches: mail to literals is not looked up here",
			"a domain as key");
}

/* A value's fault; edited is the part that right replaces. */
static void value_fault(struct lint *l, uint32_t at, struct span value, const char *text,
	struct span edited, const char *right)
{
	struct lint_finding *f;
	const char *fix = NULL;
	size_t before = (size_t)(edited.s - value.s);

	if (right)
		fix = lint_join(l, lint_copy(l, value.s, before), right,
			lint_copy(l, edited.s + edited.n, value.n - before - edited.n), NULL);
	f = lint_found(l, 25, LINT_ERROR, at, value.n, text, fix);
	if (right)
		lint_edit(l, f, at + (uint32_t)before, at + (uint32_t)(before + edited.n), right,
			strlen(right));
}

/* The hosts behind the mailer, with a colon or comma between them: literals that are none, and a
 * port, which would be one more host. */
static void mailertable_hosts(struct lint *l, struct span value, uint32_t at, struct span hosts)
{
	for (size_t i = 0; i < hosts.n; i++) {
		const char *close;
		struct span item, port = { hosts.s, 0 };
		struct v6k_addr a;

		if (hosts.s[i] != '[') {
			while (i < hosts.n && hosts.s[i] != ':' && hosts.s[i] != ',')
				i++;
			continue;
		}
		close = memchr(hosts.s + i, ']', hosts.n - i);
		if (!close)
			return;
		item = (struct span){ hosts.s + i, (size_t)(close - hosts.s) - i + 1 };
		/* sendmail removes blanks, and so takes them within brackets too. */
		if (memchr(item.s, ':', item.n) && !memchr(item.s, ' ', item.n) &&
			!memchr(item.s, '\t', item.n) && !is_literal(item, V6K_FORM_BRACKETS, &a)) {
			lint_found(l, 25, LINT_ERROR, at + (uint32_t)(item.s - value.s), item.n,
				"there is no address in these brackets: the host is unknown", NULL);
			return;
		}
		i += item.n;
		if (i + 1 < hosts.n && hosts.s[i] == ':')
			port = behind(hosts, i + 1);
		while (port.n > 0 && *port.s >= '0' && *port.s <= '9')
			port = behind(port, 1);
		if (port.s > hosts.s + i + 1 && (port.n == 0 || *port.s == ':' || *port.s == ',')) {
			size_t n = (size_t)(port.s - hosts.s) - i;

			lint_found(l, 25, LINT_ERROR, at + (uint32_t)(hosts.s + i - value.s), n,
				"a port behind the brackets is taken for one more host: mail goes "
				"to port 25",
				"a mailer of its own for another port");
			return;
		}
		while (i < hosts.n && hosts.s[i] != ':' && hosts.s[i] != ',')
			i++;
	}
}

static const char *bracketed(struct lint *l, const char *before, struct v6k_addr a)
{
	char text[MAIL_TEXT_MAX];
	int n = mail_literal(a, false, text, sizeof(text));

	return lint_join(l, before, lint_copy(l, text, n > 0 ? (size_t)n : 0), NULL);
}

static void mailertable_value(struct lint *l, struct span value, uint32_t at)
{
	static const char no_mailer[] = "a value without mailer: is ignored",
			  no_brackets[] = "without brackets the address is cut at its colons";
	const char *colon = memchr(value.s, ':', value.n), *user;
	struct span hosts, mailer;
	struct v6k_addr a;

	if (is_literal(value, V6K_FORM_PLAIN, &a) && a.family == V6K_IPV6) {
		value_fault(l, at, value, no_brackets, value, bracketed(l, "esmtp:", a));
		return;
	}
	if (is_literal(value, V6K_FORM_BRACKETS, &a)) {
		value_fault(l, at, value, no_mailer, (struct span){ value.s, 0 }, "esmtp:");
		return;
	}
	if (!colon || *value.s == '[') {
		lint_found(l, 25, LINT_ERROR, at, value.n, no_mailer,
			!colon && value.n < LINT_KEY_MAX ?
				lint_join(l, "esmtp:", lint_copy(l, value.s, value.n), NULL) :
				NULL);
		return;
	}
	if (begins(value, "IPv6:")) {
		value_fault(l, at, value, no_brackets, value, NULL);
		return;
	}
	mailer = word((struct span){ value.s, (size_t)(colon - value.s) }, 0);
	if (lint_is(mailer.s, mailer.n, "error"))
		return;
	hosts = behind(value, (size_t)(colon - value.s) + 1);
	user = memchr(hosts.s, '@', hosts.n);
	if (user && !memchr(hosts.s, '[', (size_t)(user - hosts.s)))
		hosts = behind(hosts, (size_t)(user - hosts.s) + 1);
	while (hosts.n > 0 && is_blank(*hosts.s))
		hosts = behind(hosts, 1);
	if (is_literal(hosts, V6K_FORM_PLAIN, &a) && a.family == V6K_IPV6)
		value_fault(l, at, value, no_brackets, hosts, bracketed(l, "", a));
	else if (begins(hosts, "IPv6:"))
		value_fault(l, at, value, no_brackets, hosts, NULL);
	else
		mailertable_hosts(l, value, at, hosts);
}

static void mailertable_line(struct lint *l, struct span line, uint32_t at)
{
	struct span key = word(line, 0), value = word(line, key.n);

	value.n = (size_t)(line.s + line.n - value.s);
	while (value.n > 0 && is_blank(value.s[value.n - 1]))
		value.n--;
	mailertable_key(l, key, at);
	if (value.n > 0)
		mailertable_value(l, value, at + (uint32_t)(value.s - line.s));
}

bool lint_map(struct lint *l, enum lint_type type, const char *s, size_t n, uint32_t base,
	struct lint_fault *fault)
{
	(void)fault;
	for (size_t from = 0, next; from < n && !l->no_memory; from = next) {
		const char *newline = memchr(s + from, '\n', n - from);
		struct span line = { s + from, newline ? (size_t)(newline - s) - from : n - from };
		uint32_t at = base + (uint32_t)from;

		next = from + line.n + 1;
		if (line.n == 0 || *line.s == '#')
			continue;
		if (type == LINT_RELAY || type == LINT_CW) {
			class_line(l, type == LINT_RELAY ? LINT_IN_RELAY : LINT_IN_LOCAL, line, at);
			continue;
		}
		/* makemap(8) refuses these lines aloud. */
		if (is_blank(*line.s) || memchr(line.s, '\0', line.n))
			continue;
		if (type == LINT_MAILERTABLE)
			mailertable_line(l, line, at);
		else
			access_line(l, line, at);
	}
	return !l->no_memory;
}

void lint_class_key(struct lint *l, bool relay, const struct text *t, size_t off, size_t n)
{
	static const char loopback[] = "IPv6:::1";
	struct lint_key v = lint_key(l, relay ? LINT_IN_RELAY : LINT_IN_LOCAL, t->s + off, n);
	struct lint_finding *f;
	size_t shown = 1;

	/* FEATURE(`block_bad_helo') has it in class R beside the right spelling. */
	if (v.is < LINT_KEY_BAD || (relay && lint_is(t->s + off, n, loopback)))
		return;
	while (shown < v.n && t->at[off + v.off + shown].used == t->at[off + v.off].used + shown)
		shown++;
	f = lint_found(l, v.rule, v.severity, t->at[off + v.off].used, shown, v.text, v.fix);
	if (v.right && text_is_whole(t, off, n))
		lint_edit(l, f, t->at[off].written, t->at[off].written + (uint32_t)n, v.right,
			strlen(v.right));
}
