/* lint.h: what is wrong with sendmail's files, found before sendmail runs. Reading, rules and fixes
 * know no files: the caller brings the bytes, and gets findings and new bytes back.
 *
 * A place is an offset into all sources of a run, laid end to end: a source has the bytes from its
 * base on. */
#ifndef V6KIT_MAIL_LINT_H
#define V6KIT_MAIL_LINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <v6kit/addr.h>

enum lint_type {
	LINT_GUESS, /* by name, then by content */
	LINT_MC,
	LINT_CF,
	LINT_ACCESS,
	LINT_RELAY,
	LINT_MAILERTABLE,
	LINT_CW
};

/* "mc", "cf", "access", "relay", "mailertable", "cw", in the order of the enumeration from LINT_MC
 * on, ended by null. */
extern const char *const lint_types[];

enum lint_severity { LINT_NOTE, LINT_WARNING, LINT_ERROR };

/* "note", "warning", "error" */
extern const char *const lint_severities[];

enum { LINT_RULES = 31 };

/* "SM01" and so on, that of rule r at r - 1, ended by null. */
extern const char *const lint_names[];

/* The rules, from 1 on: what the manual says of them. rule[0] stands for notes without a number. */
struct lint_rule {
	enum lint_severity severity; /* in the usual case */
	const char *bad;             /* what it is about, a few words or a text that is wrong */
	const char *reason;          /* why: what sendmail does with it */
	const char *fix;             /* what to write instead */
	bool safe;                   /* --fix does it */
	bool silent;                 /* sendmail -bC finds nothing wrong */
};
extern const struct lint_rule lint_rules[LINT_RULES + 1];

/* A change: the bytes from at to end become s[0..n). */
struct lint_edit {
	uint32_t at, end;
	const char *s;
	size_t n;
};

enum { LINT_EDITS = 2 };

struct lint_finding {
	unsigned rule; /* 0: a note that has no number, which does not count */
	enum lint_severity severity;
	uint32_t at, n;   /* where */
	const char *text; /* what is wrong, one line */
	const char *fix;  /* what to do, one line; null for notes without a number */
	unsigned edits;   /* that do it; 0: only a person can */
	struct lint_edit edit[LINT_EDITS];
};

struct lint_source {
	const char *name;
	const char *s;
	size_t n;
	uint32_t base;
	enum lint_type type; /* as it was read */
	/* For lint_where alone: where lines begin, the first aside; null until it is asked. */
	const uint32_t *starts;
	size_t lines;
};

/* A place as people see it: its line and its column in bytes, from 1, and that line without its
 * newline. */
struct lint_where {
	const struct lint_source *source;
	size_t line, column;
	const char *s;
	size_t n;
};

/* Where a daemon or client of the last file listens or sends from, as far as its line says. */
enum lint_addr { LINT_ADDR_NONE, LINT_ADDR_LITERAL, LINT_ADDR_NAME, LINT_ADDR_BAD };

struct lint_daemon {
	bool client;
	bool implied;   /* by sendmail itself: no line says so */
	bool commented; /* its macro stands behind a "#", which does not keep m4 from it */
	uint32_t at, n;       /* its line, from the name of the option on */
	unsigned family;      /* V6K_IPV4, V6K_IPV6; 0: another one or unknown */
	enum lint_addr kind;  /* of its A= */
	struct v6k_addr addr; /* the wildcard when there is none */
	const char *host;     /* a name's text */
	const char *name;     /* of Name=, or "" */
	uint32_t addr_at;     /* of the value of A=, when there is one */
	long port;            /* -1: not known */
	bool optional;        /* M=O */
	bool bind_if;         /* M=b */
	bool clashes;         /* with another, though rule 02 alone tells of it */
};

/* What the run needs from outside; any may be null. */
struct lint_host {
	/* The bytes of a file that `from` includes as `name`, and the path that it goes by: 0, or
	 * what errno has. They live until the run ends. */
	int (*include)(void *to, const char *from, const char *name, const char **path,
		const char **s, size_t *n);
	/* The addresses of a name, at most `room`, in *n: 0, or a fault as one line of English. */
	const char *(*resolve)(void *to, const char *name, unsigned family, struct v6k_addr *addrs,
		size_t room, size_t *n);
	/* The port of a service, or -1. */
	long (*service)(void *to, const char *name);
	void *to;
};

struct lint;

/* A run over files, or null without memory. `compressed`: keys are to be compressed, as with
 * UseCompressedIPv6Addresses. */
struct lint *lint_new(const struct lint_host *host, bool compressed);
void lint_free(struct lint *l);

/* What a file is, by its name and its bytes; LINT_GUESS when neither tells. */
enum lint_type lint_guess(const char *name, const char *s, size_t n);

/* A file that cannot be read to its end: what is wrong, and where. */
struct lint_fault {
	const char *text;
	uint32_t at, n;
};

/* Reads a file and adds its findings. The bytes stay the caller's and must live as long as the run;
 * the name is copied. False when it cannot be read to its end, which *fault tells; what was found
 * until then stays. */
bool lint_read(struct lint *l, enum lint_type type, const char *name, const char *s, size_t n,
	struct lint_fault *fault);

/* The findings, in the order of their places, one of those that are alike; they live until the next
 * lint_read. */
const struct lint_finding *lint_findings(struct lint *l, size_t *n);

/* The daemons and clients of the last file, in their order, what sendmail adds by itself last. */
const struct lint_daemon *lint_daemons(const struct lint *l, size_t *n);

/* The source that holds a place, and where in it that is. */
const struct lint_source *lint_source_at(const struct lint *l, uint32_t at);
struct lint_where lint_where(struct lint *l, uint32_t at);

/* The bytes of the source that begins at base with the edits of its findings made, those of a rule
 * r aside for which bit r of `disabled` is set: to be freed by the caller. *made: how many findings
 * were mended. Null without memory. */
char *lint_fix(struct lint *l, uint32_t base, uint32_t disabled, size_t *n, size_t *made);

#endif
