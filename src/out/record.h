/* record.h: emit a record. A command names its fields once; how they are shown, as text, JSON
 * Lines, CSV or by a template, is chosen once and is the same for every command. */
#ifndef V6KIT_OUT_RECORD_H
#define V6KIT_OUT_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text.h"

enum out_shape {
	OUT_TEMPLATE, /* %{name} in a template, a record a line */
	OUT_KEYS,     /* "name: value" lines, records apart by a blank line, or each ended by NUL */
	OUT_JSON,     /* JSON Lines */
	OUT_CSV       /* RFC 4180, with a header, lines ending in a newline alone */
};

enum { OUT_FIELDS_MAX = 32, OUT_PIECES_MAX = 64 };

enum out_kind { OUT_ABSENT, OUT_STRING, OUT_BYTES, OUT_NUMBER, OUT_TRUE, OUT_FALSE };

struct out_value {
	enum out_kind kind;
	const char *s; /* of a string; must live until the record ends */
	size_t n;
	char digits[20]; /* of a number */
};

/* A piece of a template: text, or with a field that is not negative the value of that field. */
struct out_piece {
	const char *s;
	size_t n;
	int field;
};

struct out {
	enum out_shape shape;
	const char *const *fields; /* names, in order, ended by null */
	struct out_piece piece[OUT_PIECES_MAX];
	unsigned pieces;
	char terminator; /* of a record: newline or NUL */
	bool started;
	out_write *write;
	void *to;
	uint32_t given; /* bit i: the record has field i */
	struct out_value value[OUT_FIELDS_MAX];
};

/* Starts a run of records. template is used with OUT_TEMPLATE: it may hold %{name}, %%, \t, \n, \\,
 * at most OUT_PIECES_MAX of them and of the texts between. Returns 0, or the offset of the first
 * fault in template plus 1. */
size_t out_open(struct out *o, enum out_shape shape, const char *const *fields,
	const char *template, char terminator, out_write *write, void *to);

/* Gives the record a field by its index. One that is not given is absent: left out of JSON and of
 * "name: value" lines, empty elsewhere. out_bytes is for a string that may hold any bytes: in text
 * those that are not printable are shown as \xNN. */
void out_string(struct out *o, unsigned field, const char *s, size_t n);
void out_bytes(struct out *o, unsigned field, const char *s, size_t n);
void out_number(struct out *o, unsigned field, uint64_t number);
void out_bool(struct out *o, unsigned field, bool yes);

/* Writes the record, the header of CSV before the first, and forgets its fields. */
void out_end(struct out *o);

/* Writes whole records that another struct out has made, which was opened like this one, and whose
 * `started` was set then. */
void out_join(struct out *o, const char *s, size_t n);

/* The end of a run that went well: CSV has its header even without a record. */
void out_close(struct out *o);

#endif
