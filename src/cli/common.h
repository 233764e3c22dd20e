/* common.h: what commands share: their inputs one by one, what is said of bad ones, their
 * output. */
#ifndef V6KIT_CLI_COMMON_H
#define V6KIT_CLI_COMMON_H

#include <string.h>

#include <v6kit.h>

#include "../stream/blocks.h"
#include "cli.h"
#include "diag.h"

/* One input: an operand, or a line without blanks around it and without comment. */
struct item {
	const char *s;
	size_t n;
	const char *raw; /* the whole line */
	size_t raw_n;
	struct place place;
};

/* The operand number i, from 0. */
struct item operand_item(const struct cli *cli, int i);

/* What to do after an item. */
enum { GO_ON = 0, STOP = 1 };

/* Calls each for every operand from `first` on, for every line of -f FILE, or, without either, of
 * standard input; "-" is standard input too. Blank lines and comments are passed over. */
void each_item(struct cli *cli, int first,
	int (*each)(struct cli *cli, void *to, const struct item *item), void *to);

/* What is done with the lines of an input. */
struct item_job {
	int (*each)(struct cli *cli, void *to, const struct item *item);
	/* Optional, called before each, for s[*at..n), around which there is room as there is around a
	 * struct block: may do what each would do with any number of whole lines; adds that number to
	 * *lines, and leaves *at behind them. each is called for the line at which it stops. */
	int (*many)(struct cli *cli, void *to, const char *s, size_t n, size_t *at,
		uint64_t *lines);
	/* Several threads may do this at once, each with a copy of cli that is its own (see
	 * share.h): they write to nothing else, and their items have no line number. */
	bool shared;
};

/* each_item for such a job. */
void each_item_by(struct cli *cli, int first, const struct item_job *job, void *to);

/* The lines of one file ("-": standard input). False after a message when the file cannot be
 * read. */
bool each_line(struct cli *cli, const char *file, const struct item_job *job, void *to);

/* The same of a file that is open as fd, which stays the caller's. */
bool each_line_open(struct cli *cli, const char *file, int fd, const struct item_job *job,
	void *to);

/* Reads an item as a notation, the common options obeyed. 1: here it is; 0: refused (and said so)
 * or of a family that -4 or -6 leaves out: *after says how to go on. */
bool item_read(struct cli *cli, const struct item *item, struct v6k_notation *what, int *after);

/* Says that bytes off to off + len of an item are bad, and does as --on-error has it: returns GO_ON
 * or STOP. item_error does so for an error of the library. */
int item_bad(struct cli *cli, const struct item *item, size_t off, size_t len, const char *text);
int item_error(struct cli *cli, const struct item *item, const struct v6k_error *err);

/* A piece of a line that is too long, as blocks_job.long_line has it: the line is refused, and kept if
 * it is to be. */
int item_long(struct cli *cli, const char *file, const struct block *piece, bool first, bool last);

/* The line s[0..n) of a file as an item. */
struct item line_item(const struct cli *cli, const char *file, uint64_t number, const char *s,
	size_t n);

/* Refuses a notation that has a zone (in the words of zone_text), a port, or, without --mask, host
 * bits: true when it has none of them, else *after says how to go on. */
bool item_plain(struct cli *cli, const struct item *item, const struct v6k_notation *what,
	const char *zone_text, int *after);

/* Makes room for `need` elements of size bytes in an array of *cap: false when out of memory. */
bool grow(void **array, size_t *cap, size_t need, size_t size);

/* The styles, as enum v6k_style counts them, ended by null. */
extern const char *const style_names[];

/* What a style could not carry of a notation, in words, ended by NUL; code is that of
 * v6k_notation_format. */
void message_style(struct message *m, const struct v6k_notation *what, enum v6k_style style,
	int code);

/* -4 and -6: whether this family is wanted. */
bool wants_family(const struct cli *cli, unsigned family);

unsigned parse_flags(const struct cli *cli);

/* Says, once, that memory ran out; the run fails. Returns STOP. */
int no_memory(struct cli *cli);

/* At least n bytes that stay until the next call; null after a message when out of memory. */
char *cli_room(struct cli *cli, size_t n);

/* Output that is no record; put_to is put_bytes as an out_write. */
void put_bytes(struct cli *cli, const char *s, size_t n);
void put_to(void *cli, const char *s, size_t n);
void put_text(struct cli *cli, const char *text);
void put_line(struct cli *cli, const char *text);

/* Gives the record a field as the address or prefix in a style. */
void record_addr(struct cli *cli, unsigned field, struct v6k_addr a, enum v6k_style style,
	char *buf);
void record_prefix(struct cli *cli, unsigned field, struct v6k_prefix p, char *buf);
void record_text(struct cli *cli, unsigned field, const char *text);

/* Ends a record: prints it unless -q. */
void record_end(struct cli *cli);

/* "ipv4", "ipv6" */
const char *family_name(unsigned family);

/* Opens and closes standard output or --output, and the records; see cli_main. */
int output_open(struct cli *cli);
int output_close(struct cli *cli, int status);

#endif
