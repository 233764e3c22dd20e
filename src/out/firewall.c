/* firewall.c: sets for packet filters. */
#include <config.h>

#include "firewall.h"

#include <string.h>

#include <v6kit/notation.h>

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool firewall_name_ok(const char *name)
{
	size_t n = 0;

	for (; name[n]; n++)
		if (!is_letter(name[n]) &&
			(n == 0 || (!strchr("_-", name[n]) && (name[n] < '0' || name[n] > '9'))))
			return false;
	return n > 0 && n <= FIREWALL_NAME_MAX;
}

/* Writes a text in which %n is the name, %f "v4" or "v6", %t the table and %j the target. */
static void put(const struct firewall *f, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "%");
		const char *word = NULL;

		f->write(f->to, text, n);
		text += n;
		if (!*text)
			break;
		switch (text[1]) {
		case 'n':
			word = f->name;
			break;
		case 'f':
			word = f->family == V6K_IPV4 ? "v4" : "v6";
			break;
		case 't':
			word = f->table;
			break;
		default:
			word = f->jump;
			break;
		}
		f->write(f->to, word, strlen(word));
		text += 2;
	}
}

static void put_prefix(const struct firewall *f, struct v6k_prefix p)
{
	char text[V6K_NOTATION_TEXT_MAX];
	int n = v6k_prefix_format(p, V6K_CANONICAL, text, sizeof(text));

	f->write(f->to, text, n > 0 ? (size_t)n : 0);
}

void firewall_open(struct firewall *f)
{
	f->family = V6K_NONE;
	f->filled = false;
	if (f->form == FIREWALL_NFT)
		put(f, "add table inet %t\n");
	/* A chain that is declared is emptied, with --noflush too. */
	if (f->form == FIREWALL_IPTABLES)
		put(f, "*filter\n:%n - [0:0]\n");
}

/* ipset fills a set of its own, which then changes places with the one that is in use. */
static void end_family(struct firewall *f)
{
	if (f->form == FIREWALL_NFT && f->filled)
		put(f, "}\n");
	if (f->form == FIREWALL_IPSET && f->family != V6K_NONE)
		put(f, "swap %n_%f_new %n_%f\ndestroy %n_%f_new\n");
	f->filled = false;
}

void firewall_family(struct firewall *f, unsigned family)
{
	end_family(f);
	f->family = family;
	if (f->form == FIREWALL_NFT) {
		put(f, "add set inet %t %n_%f { type ip");
		put(f, family == V6K_IPV4 ? "v4" : "v6");
		put(f, "_addr; flags interval; }\nflush set inet %t %n_%f\n");
	}
	if (f->form != FIREWALL_IPSET)
		return;
	/* Always with the same maxelem: -exist wants an existing set to be alike. */
	for (unsigned i = 0; i < 2; i++) {
		put(f, i ? "create %n_%f_new" : "create %n_%f");
		put(f, " hash:net family inet");
		put(f, family == V6K_IPV4 ? "" : "6");
		put(f, " maxelem 4294967295 -exist\n");
	}
	put(f, "flush %n_%f_new\n");
}

/* hash:net has no /0. */
static void add_ipset(struct firewall *f, struct v6k_prefix p)
{
	struct v6k_prefix half = p;

	for (unsigned i = 0; i < 2; i++) {
		if (p.bits == 0)
			v6k_prefix_child(p, 1, 0, i, &half);
		else if (i == 1)
			break;
		put(f, "add %n_%f_new ");
		put_prefix(f, half);
		put(f, "\n");
	}
}

void firewall_add(struct firewall *f, struct v6k_prefix p)
{
	switch (f->form) {
	case FIREWALL_NFT:
		put(f, f->filled ? "\t" : "add element inet %t %n_%f {\n\t");
		put_prefix(f, p);
		put(f, ",\n");
		break;
	case FIREWALL_IPSET:
		add_ipset(f, p);
		break;
	case FIREWALL_IPTABLES:
		/* ip6tables-restore passes over lines of -4, iptables-restore over those of -6. */
		put(f, p.family == V6K_IPV4 ? "-4" : "-6");
		put(f, " -A %n -s ");
		put_prefix(f, p);
		put(f, " -j %j\n");
		break;
	}
	f->filled = true;
}

void firewall_close(struct firewall *f)
{
	end_family(f);
	if (f->form == FIREWALL_IPTABLES)
		put(f, "COMMIT\n");
}
