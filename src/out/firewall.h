/* firewall.h: prefixes as text that nft(8), ipset(8) and iptables-restore(8) load, and that replaces what
 * an earlier one loaded, whole or not at all. */
#ifndef V6KIT_OUT_FIREWALL_H
#define V6KIT_OUT_FIREWALL_H

#include <v6kit/prefix.h>

#include "text.h"

enum firewall_form {
	FIREWALL_NFT,     /* sets NAME_v4 and NAME_v6 of the table inet TABLE */
	FIREWALL_IPSET,   /* sets NAME_v4 and NAME_v6 of the type hash:net */
	FIREWALL_IPTABLES /* a chain NAME of the table filter, for both families' restore */
};

/* So long that what ipset needs beside it still has its 31 bytes. */
enum { FIREWALL_NAME_MAX = 24 };

struct firewall {
	enum firewall_form form;
	const char *name, *table, *jump; /* table: of nft; jump: the target of iptables */
	out_write *write;
	void *to;
	unsigned family; /* the one that is being written */
	bool filled;     /* it has a prefix */
};

/* A letter, then letters, digits, "_" and "-", at most FIREWALL_NAME_MAX: a name that all three take. */
bool firewall_name_ok(const char *name);

/* Begins, and ends, the whole; in between each family is begun once, also when it has no prefix, so that
 * what it had before goes away, and given its prefixes, which do not overlap. */
void firewall_open(struct firewall *f);
void firewall_family(struct firewall *f, unsigned family);
void firewall_add(struct firewall *f, struct v6k_prefix p);
void firewall_close(struct firewall *f);

#endif
