/* cf.h: the lines of a .cf file, and what they configure: rules 01 to 09, 13 to 22 and 26 to 31.
 * The reader of .mc files makes such lines of its macros, so each rule is there once. */
#ifndef V6KIT_MAIL_CF_H
#define V6KIT_MAIL_CF_H

#include "lint_run.h"

/* More of them in one file are refused: each is compared with each. */
enum { CF_OPTIONS_MAX = 1024 };

/* Of a daemon or client. */
enum { CF_PORT_UNKNOWN = -1 };

/* A DNS list, to be judged when all daemons are known. */
struct cf_place {
	uint32_t at, n;
};

struct cf {
	struct lint *l;
	/* Of a .mc file: options stand in macros, whose names are this long. 0: a .cf file. */
	size_t macro_n;
	bool commented; /* the lines that come are of a macro behind "#" */
	/* Physical lines that may be continued by the next. */
	struct text line;
	bool open;
	struct cf_place dnsbl;
	bool dns_ipv6;     /* there are rules that look up IPv6 clients */
	size_t options;    /* of daemons and clients */
	const char *fault; /* why no more can be read; null: all is well */
};

void cf_open(struct cf *cf, struct lint *l, size_t macro_n);

/* A byte of the text; cf_end ends the last line. False when no more can be read, as cf->fault
 * says. */
bool cf_byte(struct cf *cf, char c, struct origin at);
void cf_end(struct cf *cf);

/* A whole line, folded lines joined. */
void cf_line(struct cf *cf, const struct text *t);

/* The value of an option: t from off on. The option's name stands at the place `at`. */
void cf_port_options(struct cf *cf, bool client, const struct text *t, size_t off, uint32_t at,
	size_t at_n);

/* A relay's mailer and host: SMART_HOST and its like. */
void cf_relay(struct cf *cf, const struct text *t, size_t off, size_t n);

/* Counts an option of a daemon or client. False when there are too many. */
bool cf_count(struct cf *cf);

/* FEATURE(`dnsbl') or (`enhdnsbl'). */
void cf_dnsbl(struct cf *cf, uint32_t at, size_t n);

/* Judges what only the whole file shows: which daemons cannot live together. */
void cf_daemons(struct cf *cf);

#endif
