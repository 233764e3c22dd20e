/* options.h: sendmail's daemon and client option lines, written right the first time. */
#ifndef V6KIT_MAIL_OPTIONS_H
#define V6KIT_MAIL_OPTIONS_H

#include <stdbool.h>

#include <v6kit/addr.h>

/* The modifiers that sendmail 8.17 knows, and those of which one takes the other's effect. */
enum { MAIL_CLASHES = 4 };
extern const char mail_daemon_letters[], mail_client_letters[];
extern const char *const mail_modifier_clashes[MAIL_CLASHES];

struct mail_options {
	const struct v6k_addr *addrs;
	size_t n;
	bool cf;                                  /* lines for a .cf file, not for a .mc file */
	bool loopback;                            /* a daemon on 127.0.0.1 too */
	const char *modifiers, *client_modifiers; /* M= of daemons and clients; null: none */
	const char *name;                         /* Name= before -v4 and -v6; null: MTA and MSA */
	unsigned port;                            /* of the daemons; 0: sendmail's own */
};

/* What is wrong with options, or null. The text is one line of English. */
struct mail_fault {
	const char *text;
	size_t addr; /* the address at fault, or SIZE_MAX */
};

/* True when the lines may be written; else *fault says why not. */
bool mail_options_check(const struct mail_options *o, struct mail_fault *fault);

/* Writes the lines of checked options, one at a time, each without its newline. */
void mail_options_write(const struct mail_options *o,
	void (*line)(void *to, const char *s, size_t n), void *to);

/* Why sendmail would fail on a host name with these addresses of a family, as it takes the first
 * one of the look-up, or null. *at is the address at fault. */
const char *mail_lookup_fault(const struct v6k_addr *addrs, size_t n, size_t *at);

#endif
