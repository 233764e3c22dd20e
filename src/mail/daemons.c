/* daemons.c: whether the daemons and clients of a file can live together: rules 03, 13, 16, 20, 22
 * and 27, which look at all of them. */
#include <string.h>

#include "cf.h"
#include "sockets.h"
#include "word.h"

static bool is_loopback(const struct lint_daemon *d)
{
	return d->kind == LINT_ADDR_LITERAL &&
		(d->family == V6K_IPV4 ? d->addr.lo >> 24 == 127 :
					 d->addr.hi == 0 && d->addr.lo == 1);
}

static bool listens(const struct lint_daemon *d)
{
	return !d->client && !d->commented && d->family != 0;
}

/* Whether what d listens on is known: an address, a name, or the wildcard. */
static bool is_known(const struct lint_daemon *d)
{
	return listens(d) && d->port != CF_PORT_UNKNOWN && d->kind != LINT_ADDR_BAD;
}

/* Whether two daemons cannot both listen, as far as their lines tell: a name is an address of its
 * family, whichever, and the same as itself. */
static bool clash(const struct lint_daemon *a, const struct lint_daemon *b)
{
	bool name = a->kind == LINT_ADDR_NAME || b->kind == LINT_ADDR_NAME;

	if (!is_known(a) || !is_known(b) || a->port != b->port)
		return false;
	if (!name)
		return mail_sockets_clash(a->addr, b->addr);
	if (a->kind == b->kind)
		return a->family == b->family && word_is(a->host, strlen(a->host), b->host);
	/* The address of a name is not known, and so all zeros, as a wildcard's. */
	if (a->kind != LINT_ADDR_NAME)
		return clash(b, a);
	return mail_is_wildcard(b->addr) && (a->family == b->family || b->family == V6K_IPV6);
}

/* A finding of a pair stands on the later line; sendmail's own daemon has none. */
static void check_clash(struct lint *l, struct lint_daemon *earlier, struct lint_daemon *later)
{
	const struct lint_daemon *at = later->implied ? earlier : later;
	bool families = earlier->addr.family != later->addr.family;

	if (!clash(earlier, later) || at->implied)
		return;
	if (v6k_addr_is_mapped(earlier->addr) || v6k_addr_is_mapped(later->addr))
		/* Rule 02 has told of it; but to write it as IPv4 is no cure of a clash. */
		earlier->clashes = later->clashes = true;
	else if (later->optional)
		lint_found(l, 22, LINT_ERROR, at->at, at->n,
			"this socket clashes with an earlier daemon; with O sendmail gives it up "
			"after fifty seconds",
			NULL);
	else if (families)
		lint_found(l, 3, LINT_ERROR, at->at, at->n,
			"an IPv6 wildcard takes IPv4 connections too: Address already in use",
			NULL);
	else if (later->implied)
		lint_found(l, 16, LINT_ERROR, at->at, at->n,
			"sendmail adds a daemon on this socket by itself: Address already in use",
			"FEATURE(`no_default_msa')");
	else
		lint_found(l, 16, LINT_ERROR, at->at, at->n,
			"this socket is taken by an earlier daemon: Address already in use", NULL);
}

static void check_pairs(struct lint *l, size_t i)
{
	struct lint_daemon *d = &l->daemon[i];
	size_t told = l->n;

	/* Each is told of once, however many it clashes with. */
	for (size_t j = 0; j < i && l->n == told; j++) {
		struct lint_daemon *e = &l->daemon[j];

		if (!d->client)
			check_clash(l, e, d);
		else if (e->client && e->family == d->family && !d->commented && !e->commented &&
			d->family != 0)
			lint_found(l, 20, LINT_WARNING, d->at, d->n, NULL, NULL);
	}
}

/* A mapped address that clashes is not mended by rule 02. */
static void keep_mapped(struct lint *l)
{
	for (size_t i = 0; i < l->daemons; i++)
		for (size_t k = 0; l->daemon[i].clashes && k < l->n; k++)
			if (l->found[k].rule == 2 && l->found[k].at == l->daemon[i].addr_at)
				l->found[k].edits = 0;
}

void cf_daemons(struct cf *cf)
{
	struct lint *l = cf->l;
	bool ipv6 = false;

	for (size_t i = 0; i < l->daemons; i++) {
		const struct lint_daemon *d = &l->daemon[i];

		if (!listens(d) || is_loopback(d))
			continue;
		ipv6 |= d->family == V6K_IPV6;
	}
	for (size_t i = 0; i < l->daemons; i++) {
		const struct lint_daemon *d = &l->daemon[i];

		/* Of a loopback daemon b takes no address over. */
		if (listens(d) && d->bind_if && ipv6 && !is_loopback(d))
			lint_found(l, 13, LINT_ERROR, d->at, d->n,
				d->family == V6K_IPV6 ?
					"M=b: mail for a host that has IPv4 alone loops" :
					"M=b beside an IPv6 daemon: mail for a host that has IPv6 "
					"alone bounces",
				NULL);
		check_pairs(l, i);
	}
	keep_mapped(l);
	if (!ipv6 || cf->dns_ipv6)
		return;
	if (cf->dnsbl.n > 0)
		lint_found(l, 27, LINT_WARNING, cf->dnsbl.at, cf->dnsbl.n, NULL, NULL);
}
