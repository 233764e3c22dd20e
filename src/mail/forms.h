/* forms.h: the configuration lines of mail software beside sendmail, as one table: what stands
 * around an address, what between them, and what the program does not take. */
#ifndef V6KIT_MAIL_FORMS_H
#define V6KIT_MAIL_FORMS_H

#include <stdbool.h>

#include <v6kit/prefix.h>

/* What the addresses of a line are for. */
enum mail_role {
	MAIL_CLIENTS, /* networks that clients are compared with */
	MAIL_LISTEN,  /* addresses to listen on */
	MAIL_SOURCE,  /* addresses to send from, one a family */
	MAIL_SERVER   /* the one address to connect to */
};

struct mail_form {
	const char *name; /* "postfix mynetworks" */
	enum mail_role role;
	const char *line;      /* with NAME, VALUE and ITEMS in their places */
	const char *line6;     /* of IPv6 items; null: the same */
	const char *between;   /* of the items on a line */
	unsigned per_line;     /* no more items on a line; 0: any number */
	bool brackets;         /* around an IPv6 address */
	const char *port;      /* stands before the port; null: there is none */
	unsigned port_number;  /* where none is given; 0: then it is left out */
	const char *wildcard6; /* what is written for ::, where that is no wildcard; else null */
	bool zone;             /* fe80::1%eth0 can be written */
	bool libc_text;        /* clients are compared as inet_ntop writes them */
	bool mapped_clients; /* IPv4 clients are compared with IPv6 prefixes too, as mapped ones */
};

/* Ended by an entry without a name. */
extern const struct mail_form mail_forms[];

/* Why the program cannot use an address, or would take the prefix for something else: one line of
 * English, or null. */
const char *mail_addr_refusal(const struct mail_form *f, struct v6k_addr a, bool zone);
const char *mail_prefix_refusal(const struct mail_form *f, struct v6k_prefix p);

/* No item is longer, its zone aside. */
#define MAIL_ITEM_MAX (V6K_ADDR_TEXT_MAX + 32)

/* Writes an item: a prefix, without its length when it is one address, or an address with its zone
 * (n 0: none) and port (0: the form's own). A mapped prefix is the IPv4 one, which is what every
 * program here compares its clients with. Each returns the length. */
size_t mail_prefix_item(const struct mail_form *f, struct v6k_prefix p, char buf[MAIL_ITEM_MAX]);
size_t mail_addr_item(const struct mail_form *f, struct v6k_addr a, const char *zone, size_t n,
	unsigned port, char *buf);

/* Lays items out, each of which ends with a newline in text[0..n); out is called for every piece of
 * the lines. */
void mail_form_write(const struct mail_form *f, const char *name, const char *value,
	const char *text, size_t n, void (*out)(void *to, const char *s, size_t n), void *to);

/* The offset of the first byte that a NAME of HAProxy's cannot have, its length when it is none, or
 * -1. */
long mail_name_fault(const char *name);

#endif
