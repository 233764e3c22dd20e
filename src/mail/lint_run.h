/* lint_run.h: what the readers and the rules of src/mail share. A run holds everything that was
 * found; its texts live in an arena and are freed with it. */
#ifndef V6KIT_MAIL_LINT_RUN_H
#define V6KIT_MAIL_LINT_RUN_H

#include "lint.h"
#include "origin.h"

struct chunk;

struct lint {
	struct lint_host host;
	bool compressed;
	/* Something is missing: the file counts as unreadable. */
	bool no_memory, too_many;
	uint32_t too_many_at;
	struct lint_source *source;
	size_t sources, sources_cap;
	struct lint_finding *found;
	size_t n, cap;
	struct lint_daemon *daemon;
	size_t daemons, daemons_cap;
	struct chunk *arena;
	struct lint_finding unread; /* what is found without memory */
};

/* n bytes that live as long as the run, or null (and no_memory). */
void *lint_alloc(struct lint *l, size_t n);

/* A copy of s[0..n) with a NUL behind it, or "". */
const char *lint_copy(struct lint *l, const char *s, size_t n);

/* The texts of a list that null ends, put together, with a NUL behind; or "". */
const char *lint_join(struct lint *l, const char *first, ...);

/* Adds a finding of a rule at n bytes from the place `at`, with the words of the rule for what is
 * not said otherwise (text or fix null). Never null: without memory it is one that nobody reads. */
struct lint_finding *lint_found(struct lint *l, unsigned rule, enum lint_severity severity,
	uint32_t at, size_t n, const char *text, const char *fix);

/* Gives a finding an edit. */
void lint_edit(struct lint *l, struct lint_finding *f, uint32_t at, uint32_t end, const char *s,
	size_t n);

/* A note without a number: something that could not be expanded. */
void lint_note(struct lint *l, uint32_t at, size_t n, const char *text);

/* Adds a source: its base in *base. False when there is no room for it. */
bool lint_add_source(struct lint *l, enum lint_type type, const char *name, const char *s, size_t n,
	uint32_t *base);

/* A further daemon or client, all zero, or null without memory. */
struct lint_daemon *lint_add_daemon(struct lint *l);

/* The readers: s[0..n) is the source at base. Each returns false after setting *fault. */
bool lint_mc(struct lint *l, const char *s, size_t n, uint32_t base, struct lint_fault *fault);
bool lint_cf(struct lint *l, const char *s, size_t n, uint32_t base, struct lint_fault *fault);
bool lint_map(struct lint *l, enum lint_type type, const char *s, size_t n, uint32_t base,
	struct lint_fault *fault);

#endif
