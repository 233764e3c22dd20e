/* opt.c: the command line against the option tables. Not getopt_long(3): that takes --sty for
 * --style, and under POSIXLY_CORRECT an option after an operand for an operand. */
#include <config.h>

#include "opt.h"

#include <string.h>

#include "diag.h"

struct parse {
	struct cli *cli;
	const struct opt *table[2];
	void *base[2];
	unsigned groups;
	struct opt_operands *operands;
};

/* The option with this letter, or this name of n bytes; *base is where its variables lie. */
static const struct opt *find(const struct parse *p, char letter, const char *name, size_t n,
	char **base)
{
	for (unsigned i = 0; i < 2; i++) {
		for (const struct opt *o = p->table[i]; o && o->name; o++) {
			if (i == 1 && !(o->group & p->groups))
				continue;
			if (name ? strlen(o->name) == n && memcmp(o->name, name, n) == 0 :
				   o->letter == letter) {
				*base = p->base[i];
				return o;
			}
		}
	}
	return NULL;
}

bool opt_number(const char *text, struct opt_number *out)
{
	uint64_t v = 0;

	if (!*text || (text[0] == '0' && text[1]))
		return false;
	for (; *text; text++) {
		unsigned digit = (unsigned)(unsigned char)*text - '0';

		if (digit > 9 || v > (UINT64_MAX - digit) / 10)
			return false;
		v = v * 10 + digit;
	}
	*out = (struct opt_number){ v, true };
	return true;
}

bool opt_is_optional(const struct opt *o)
{
	return o->arg && o->arg[0] == '[';
}

static int bad_value(struct parse *p, const struct opt *o, const char *value, size_t n)
{
	struct message m;

	diag_start(&m, p->cli);
	message_text(&m, "--");
	message_text(&m, o->name);
	message_text(&m, " takes ");
	if (o->kind == OPT_NUMBER)
		message_text(&m, "a decimal number");
	for (unsigned i = 0; o->choices && o->choices[i]; i++) {
		message_text(&m, i ? o->choices[i + 1] ? ", " : " or " : "");
		message_text(&m, o->choices[i]);
	}
	message_text(&m, ", not \"");
	message_bytes(&m, value, n);
	message_text(&m, "\"");
	return diag_end(&m, p->cli);
}

/* The place of a choice, from 1, or 0. */
static unsigned find_choice(const struct opt *o, const char *value, size_t n)
{
	for (unsigned i = 0; o->choices[i]; i++)
		if (strlen(o->choices[i]) == n && memcmp(o->choices[i], value, n) == 0)
			return i + 1;
	return 0;
}

static int store_some(struct parse *p, const struct opt *o, uint32_t *some, const char *value)
{
	for (;; value++) {
		size_t n = strcspn(value, ",");
		unsigned choice = find_choice(o, value, n);

		if (!choice)
			return bad_value(p, o, value, n);
		*some |= UINT32_C(1) << (choice - 1);
		value += n;
		if (!*value)
			return 0;
	}
}

static void add_operand(struct opt_operands *operands, char *text, const struct opt *of)
{
	operands->of[operands->n] = of;
	operands->text[operands->n++] = text;
}

static int store(struct parse *p, const struct opt *o, char *base, char *value)
{
	void *at = base + o->at;

	switch (o->kind) {
	case OPT_FLAG:
		*(bool *)at = true;
		return 0;
	case OPT_ONE:
		*(unsigned *)at = (unsigned char)o->letter;
		return 0;
	case OPT_TEXT:
	case OPT_FILE:
		*(const char **)at = value;
		return 0;
	case OPT_NUMBER:
		return opt_number(value, at) ? 0 : bad_value(p, o, value, strlen(value));
	case OPT_CHOICE:
		*(unsigned *)at = find_choice(o, value, strlen(value));
		return *(unsigned *)at ? 0 : bad_value(p, o, value, strlen(value));
	case OPT_SOME:
		return store_some(p, o, at, value);
	case OPT_OPERAND:
	case OPT_OPERAND_FILE:
		add_operand(p->operands, value, o);
		return 0;
	}
	return 0;
}

/* --name, --name=VALUE or --name VALUE at argv[*i]. */
static int read_long(struct parse *p, int argc, char **argv, int *i)
{
	char *name = argv[*i] + 2, *equals = strchr(name, '='), *value = NULL;
	size_t n = equals ? (size_t)(equals - name) : strlen(name);
	char *base = NULL;
	const struct opt *o = find(p, 0, name, n, &base);

	if (!o)
		return diag_usage(p->cli, "unknown option --", name, n, "");
	if (!o->arg && equals)
		return diag_usage(p->cli, "no value belongs to --", name, n, "");
	if (opt_is_optional(o) && !equals) {
		*(unsigned *)(base + o->at) = 1;
		return 0;
	}
	if (o->arg) {
		value = equals ? equals + 1 : *i + 1 < argc ? argv[++*i] : NULL;
		if (!value)
			return diag_usage(p->cli, "a value is missing: --", name, n, "");
	}
	return store(p, o, base, value);
}

/* -x, -xyz, -xVALUE or -x VALUE at argv[*i]. */
static int read_short(struct parse *p, int argc, char **argv, int *i)
{
	for (char *letter = argv[*i] + 1; *letter; letter++) {
		char *value = NULL, *base = NULL;
		const struct opt *o = find(p, *letter, NULL, 0, &base);
		int e;

		if (!o)
			return diag_usage(p->cli, "unknown option -", letter, 1, "");
		if (o->arg) {
			value = letter[1] ? letter + 1 : *i + 1 < argc ? argv[++*i] : NULL;
			if (!value)
				return diag_usage(p->cli, "a value is missing: -", letter, 1, "");
		}
		e = store(p, o, base, value);
		if (e || o->arg)
			return e;
	}
	return 0;
}

int opt_parse(struct cli *cli, const struct opt *table, void *own, const struct opt *common_table,
	unsigned groups, void *common, int argc, char **argv, struct opt_operands *operands)
{
	struct parse p = { cli, { table, common_table }, { own, common }, groups, operands };
	int i, e = 0;

	for (i = 0; i < argc && e == 0; i++) {
		if (argv[i][0] != '-' || argv[i][1] == '\0')
			add_operand(operands, argv[i], NULL);
		else if (argv[i][1] != '-')
			e = read_short(&p, argc, argv, &i);
		else if (argv[i][2] != '\0')
			e = read_long(&p, argc, argv, &i);
		else
			break;
	}
	/* After "--" everything is an operand. */
	for (i++; i < argc && e == 0; i++)
		add_operand(operands, argv[i], NULL);
	return e;
}

char opt_letter(const struct opt *own, const struct opt *o)
{
	for (; own && own->name && own != o; own++)
		if (own->letter == o->letter)
			return 0;
	return o->letter;
}
