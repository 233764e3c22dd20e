/* record.c: the four shapes of a record. */
#include <config.h>

#include "record.h"

#include <string.h>

static void put(struct out *o, const char *s, size_t n)
{
	o->write(o->to, s, n);
}

static void put_text(struct out *o, const char *text)
{
	put(o, text, strlen(text));
}

static void put_hex(struct out *o, const char *s, size_t n)
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < n; i++) {
		char pair[2] = { hex[(unsigned char)s[i] >> 4], hex[s[i] & 15] };

		put(o, pair, 2);
	}
}

/* A value in text: what a user may have written must not move the cursor of a terminal. */
static void put_value(struct out *o, const struct out_value *v)
{
	if (v->kind == OUT_BYTES)
		out_escaped(o->write, o->to, v->s, v->n);
	else
		put(o, v->s, v->n);
}

static void put_json(struct out *o)
{
	const char *comma = "{";

	for (unsigned i = 0; o->fields[i]; i++) {
		const struct out_value *v = &o->value[i];
		bool valid = true;

		if (v->kind == OUT_ABSENT)
			continue;
		put_text(o, comma);
		comma = ",";
		out_json_string(o->write, o->to, o->fields[i], strlen(o->fields[i]));
		put_text(o, ":");
		if (v->kind == OUT_STRING || v->kind == OUT_BYTES)
			valid = out_json_string(o->write, o->to, v->s, v->n);
		else
			put(o, v->s, v->n);
		if (!valid) {
			put_text(o, ",\"");
			put_text(o, o->fields[i]);
			put_text(o, "_hex\":\"");
			put_hex(o, v->s, v->n);
			put_text(o, "\"");
		}
	}
	put_text(o, *comma == '{' ? "{}\n" : "}\n");
}

static void put_csv_field(struct out *o, const char *s, size_t n)
{
	bool quote = false;

	for (size_t i = 0; i < n; i++)
		quote |= s[i] == '"' || s[i] == ',' || s[i] == '\n' || s[i] == '\r';
	if (!quote) {
		put(o, s, n);
		return;
	}
	put_text(o, "\"");
	for (size_t i = 0; i < n; i++)
		put(o, s[i] == '"' ? "\"\"" : s + i, s[i] == '"' ? 2 : 1);
	put_text(o, "\"");
}

static void put_csv(struct out *o, bool header)
{
	for (unsigned i = 0; o->fields[i]; i++) {
		if (i > 0)
			put_text(o, ",");
		if (header)
			put_text(o, o->fields[i]);
		else
			put_csv_field(o, o->value[i].s, o->value[i].n);
	}
	put_text(o, "\n");
}

static void put_keys(struct out *o)
{
	if (o->started && o->terminator == '\n')
		put_text(o, "\n");
	for (unsigned i = 0; o->fields[i]; i++) {
		if (o->value[i].kind == OUT_ABSENT)
			continue;
		put_text(o, o->fields[i]);
		put_text(o, ": ");
		put_value(o, &o->value[i]);
		put_text(o, "\n");
	}
	if (o->terminator != '\n')
		put(o, &o->terminator, 1);
}

/* Reads the piece of a template that begins at `at`. Returns its length there, 0 for a fault. */
static size_t read_piece(const struct out *o, const char *at, struct out_piece *piece)
{
	static const char escapes[][2] = { { 't', '\t' }, { 'n', '\n' }, { '\\', '\\' } };
	const char *name, *end;

	*piece = (struct out_piece){ at, 1, -1 };
	if (at[0] != '%' && at[0] != '\\') {
		piece->n = strcspn(at, "%\\");
		return piece->n;
	}
	if (at[0] == '%' && at[1] == '%')
		return 2;
	for (size_t i = 0; at[0] == '\\' && i < sizeof(escapes) / sizeof(escapes[0]); i++) {
		if (at[1] == escapes[i][0]) {
			piece->s = &escapes[i][1];
			return 2;
		}
	}
	if (at[0] != '%' || at[1] != '{')
		return 0;
	name = at + 2;
	end = strchr(name, '}');
	for (int i = 0; end && o->fields[i]; i++) {
		if (strlen(o->fields[i]) == (size_t)(end - name) &&
			memcmp(o->fields[i], name, (size_t)(end - name)) == 0) {
			piece->field = i;
			return (size_t)(end - at) + 1;
		}
	}
	return 0;
}

/* The offset of the first fault plus 1, or 0. */
static size_t read_template(struct out *o, const char *template)
{
	const char *at = template;

	while (*at) {
		size_t n = o->pieces < OUT_PIECES_MAX ? read_piece(o, at, &o->piece[o->pieces]) : 0;

		if (n == 0)
			return (size_t)(at - template) + 1;
		o->pieces++;
		at += n;
	}
	return 0;
}

static void put_template(struct out *o)
{
	for (unsigned i = 0; i < o->pieces; i++) {
		const struct out_piece *piece = &o->piece[i];

		if (piece->field < 0)
			put(o, piece->s, piece->n);
		else
			put_value(o, &o->value[piece->field]);
	}
	put(o, &o->terminator, 1);
}

size_t out_open(struct out *o, enum out_shape shape, const char *const *fields,
	const char *template, char terminator, out_write *write, void *to)
{
	memset(o, 0, sizeof(*o));
	o->shape = shape;
	o->fields = fields;
	o->terminator = terminator;
	o->write = write;
	o->to = to;
	for (unsigned i = 0; i < OUT_FIELDS_MAX; i++)
		o->value[i].s = "";
	if (shape == OUT_TEMPLATE)
		return read_template(o, template);
	return 0;
}

static void set(struct out *o, unsigned field, enum out_kind kind, const char *s, size_t n)
{
	o->given |= UINT32_C(1) << field;
	o->value[field].kind = kind;
	o->value[field].s = s;
	o->value[field].n = n;
}

void out_string(struct out *o, unsigned field, const char *s, size_t n)
{
	set(o, field, OUT_STRING, s, n);
}

void out_bytes(struct out *o, unsigned field, const char *s, size_t n)
{
	set(o, field, OUT_BYTES, s, n);
}

void out_number(struct out *o, unsigned field, uint64_t number)
{
	char *digits = o->value[field].digits;
	size_t at = sizeof(o->value[field].digits);

	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	set(o, field, OUT_NUMBER, digits + at, sizeof(o->value[field].digits) - at);
}

void out_bool(struct out *o, unsigned field, bool yes)
{
	set(o, field, yes ? OUT_TRUE : OUT_FALSE, yes ? "true" : "false", yes ? 4 : 5);
}

void out_end(struct out *o)
{
	switch (o->shape) {
	case OUT_TEMPLATE:
		put_template(o);
		break;
	case OUT_KEYS:
		put_keys(o);
		break;
	case OUT_JSON:
		put_json(o);
		break;
	case OUT_CSV:
		if (!o->started)
			put_csv(o, true);
		put_csv(o, false);
		break;
	}
	o->started = true;
	for (; o->given; o->given &= o->given - 1) {
		struct out_value *v = &o->value[__builtin_ctz(o->given)];

		v->kind = OUT_ABSENT;
		v->s = "";
		v->n = 0;
	}
}

void out_join(struct out *o, const char *s, size_t n)
{
	size_t separator = !o->started && o->shape == OUT_KEYS && o->terminator == '\n';

	if (n == 0)
		return;
	if (!o->started && o->shape == OUT_CSV)
		put_csv(o, true);
	o->started = true;
	put(o, s + separator, n - separator);
}

void out_close(struct out *o)
{
	if (o->shape == OUT_CSV && !o->started)
		put_csv(o, true);
}
