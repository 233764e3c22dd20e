/* sarif.h: findings as a SARIF 2.1.0 log, one run, written as they come. */
#ifndef V6KIT_CLI_SARIF_H
#define V6KIT_CLI_SARIF_H

#include "../mail/lint.h"
#include "mail.h"

/* Where columns were counted last: a line may be long, and its findings many. */
struct sarif_cursor {
	const char *line;
	size_t off, points;
};

struct sarif {
	struct cli *cli;
	struct sarif_cursor finding, edit, note;
	bool started;      /* a result was written */
	struct held notes; /* notifications: they stand behind the results */
};

/* Begins the log, up to the results. */
void sarif_open(struct sarif *s, struct cli *cli);

/* Writes a finding that has a rule; one that has none is no result but a notification. */
void sarif_finding(struct sarif *s, struct lint *l, const struct lint_finding *f);

/* Keeps why a file could not be read, and where: nowhere when l is null. */
void sarif_fault(struct sarif *s, const char *name, struct lint *l, const struct lint_fault *fault);

/* Forgets the texts of a run, which is about to end. */
void sarif_forget(struct sarif *s);

/* Ends the log: whether all files were read. */
void sarif_close(struct sarif *s, bool all);

#endif
