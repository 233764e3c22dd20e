/* grep.h: what the parts of grep share. A block of lines goes through two stages: grep_find, on any
 * thread, finds what matches and, where lines need nothing of those before them, prints them into the
 * block's text; grep_order, block after block, numbers and counts lines and knows their context. Both
 * print a line by grep_print. */
#ifndef V6KIT_CLI_GREP_H
#define V6KIT_CLI_GREP_H

#include "grep_files.h"
#include "input.h"
#include "members.h"

struct grep_options {
	bool count, invert, only, prefix, number, byte_offset, ignore_case, text, line, no_messages,
		null, any_address, overlap, exact_family, tcpdump, names;
	unsigned list;      /* 'l', 'L' or 0 */
	unsigned with_name; /* 'H', 'h' or 0 */
	unsigned recursive; /* 'r', 'R' or 0 */
	unsigned color;     /* enum grep_color, 0: not given */
	unsigned style;     /* of -O: the place in enum v6k_style, from 1 */
	struct opt_number max, after, before, context;
	const char *label;
};
_Static_assert(sizeof(struct grep_options) <= OPTIONS_MAX, "options");

enum grep_color { GREP_ALWAYS = 1, GREP_NEVER, GREP_AUTO };

/* What is printed. */
enum grep_what {
	GREP_LINES,   /* lines, or what matches in them */
	GREP_RECORDS, /* a record for each match */
	GREP_COUNT,   /* of each file, how many lines are selected */
	GREP_WHETHER  /* -q -l -L: whether there is one, which ends the file */
};

/* A match, and the row of -p, which is V6K_NO_ROW when no row alone holds it. */
struct grep_match {
	struct v6k_hit hit;
	uint32_t row;
};

/* A line of a block that holds matches. */
struct grep_line {
	uint32_t at, end;    /* without its newline */
	uint32_t before;     /* lines of the block before it; with -n alone */
	uint32_t match, n;   /* of its matches the first, and how many are kept */
};

/* What is found in one block, kept by grep_find for grep_order. */
struct grep_found;

/* Lines that came before a block and may still be printed, as context. */
struct grep_history {
	char *s;
	size_t from, n, cap;
	uint64_t lines;
};

struct grep {
	struct cli *cli;
	const struct grep_options *o;
	struct grep_files files;
	struct members members;
	const struct v6k_lpm *lpm; /* for -p and records; else null */
	unsigned scan_flags;
	enum grep_what what;
	enum v6k_style style;        /* of -O and -p */
	bool color, number, context; /* context: asked for, even of no line */
	bool matches;                /* what matches in a line matters, not only that something does */
	bool picks;                  /* what matches is printed, not the line */
	bool sums;  /* of a block it matters alone how many of its lines are selected */
	bool early; /* lines are printed by grep_find; */
	bool bare;  /* as they stand */
	uint64_t max, before, after;
	struct input input;

	/* The file that is searched. */
	const char *name;  /* as it is shown */
	const char *place; /* as messages have it */
	int fd;
	off_t start;       /* where reading began in a file whose bytes are the text, else -1 */
	bool counts;       /* its lines are counted */
	bool named;        /* before lines */
	uint64_t selected; /* lines of it */
	uint64_t end;      /* offset behind the last of them; with -m alone */

	/* Of grep_order: of this file, then of all. */
	uint64_t printed; /* offset behind the last line that was printed, 0: none yet */
	uint64_t pending; /* lines of context that may still follow it */
	struct grep_history history;
	bool any_printed, any_selected;
};

/* grep_find */
void *grep_found_new(void *grep);
void grep_found_free(void *found);
int grep_find(void *grep, const struct block *b, struct block_out *out);

/* The selected lines of a block, one after the other; starts as all zero. */
struct grep_cursor {
	size_t at;     /* of the line that comes next */
	uint64_t line; /* how many are before it; with -n alone */
	uint32_t i;    /* in the lines that hold matches */
};
struct grep_selected {
	size_t at, n;
	uint64_t line; /* how many lines of the block are before it; with -n alone */
	const struct grep_match *match;
	size_t matches;
};
bool grep_next_selected(const struct grep *g, const struct block *b, const struct grep_found *found,
	struct grep_cursor *c, struct grep_selected *line);

/* How many lines of the block are selected. */
uint64_t grep_count(const struct grep *g, const struct block *b, const struct grep_found *found);

/* grep_order */
int grep_order(void *grep, const struct block *b, struct block_out *out);
void grep_order_start(struct grep *g); /* before a file */

/* grep_print: all of them are false when memory is out. */
struct grep_shown {
	const char *block; /* in which the matches lie */
	const char *s;     /* the line, without its newline */
	size_t n;
	uint64_t number, at; /* of the line in its file */
	char mark;           /* ':' of a selected line, '-' of context */
	const struct grep_match *match;
	size_t matches;
};
bool grep_print(const struct grep *g, struct block_out *out, const struct grep_shown *line);
bool grep_print_name(const struct grep *g, struct block_out *out, char mark);
bool grep_print_separator(const struct grep *g, struct block_out *out);

/* A record for each match of a line; one for a line that was selected for having none. False when memory is
 * out. */
extern const char *const grep_fields[];
bool grep_record(const struct grep *g, const struct grep_shown *line);

/* What a hit says, as text at its place says it. */
struct v6k_notation grep_notation(const struct v6k_hit *hit);

#endif
