/* part.c: lengths and numbers that say which part of a prefix is meant. */
#include <config.h>

#include "part.h"

int part_length(struct cli *cli, int *bits)
{
	struct item item;
	struct opt_number number;
	int code = 0;

	*bits = -1;
	if (cli->operands == 0 || cli->operand[cli->operands - 1][0] != '/')
		return 0;
	item = operand_item(cli, cli->operands - 1);
	if (!opt_number(item.s + 1, &number))
		code = V6K_ELEN;
	else if (number.value > v6k_family_bits(V6K_IPV6))
		code = V6K_ELENMAX;
	if (code)
		return diag_at(cli, &item.place, item.s, item.n, 1, item.n - 1, v6k_err_text(code));
	*bits = (int)number.value;
	cli->operands--;
	return 0;
}

int part_length_needed(struct cli *cli, int *bits)
{
	int e = part_length(cli, bits);

	if (e == 0 && *bits < 0)
		return diag_usage(cli, "the last operand must be a prefix length, such as /64", "",
			0, "");
	return e;
}

int part_bad(struct cli *cli, const struct item *item, const char *before, unsigned n,
	const char *after)
{
	struct message m = { .n = 0 };

	message_text(&m, before);
	message_number(&m, n);
	message_text(&m, after);
	m.text[m.n] = '\0';
	return item_bad(cli, item, 0, item->n, m.text);
}

bool part_inside(struct cli *cli, const struct item *item, struct v6k_prefix p, int bits,
	int *after)
{
	if ((unsigned)bits > v6k_family_bits(p.family))
		*after = part_bad(cli, item, "an IPv4 prefix has none of length /", (unsigned)bits,
			" inside");
	else if ((unsigned)bits < p.bits)
		*after = part_bad(cli, item, "longer than /", (unsigned)bits,
			": no prefix of that length lies inside");
	else
		return true;
	return false;
}

bool part_prefix(struct cli *cli, const struct item *item, struct v6k_prefix *p, int *after)
{
	struct v6k_notation what;

	if (!item_read(cli, item, &what, after))
		return false;
	if (!item_plain(cli, item, &what, v6k_err_text(V6K_EZONEPREFIX), after))
		return false;
	if (v6k_notation_prefix(&what, p) != 0) {
		*after = item_bad(cli, item, 0, item->n, v6k_err_text(V6K_ENOTPREFIX));
		return false;
	}
	return true;
}

int part_number(struct cli *cli, const char *option, const char *text, bool sign,
	struct part_number *out)
{
	const char *digits = text + (sign && text[0] == '-');
	struct message m;

	out->negative = digits > text;
	if (v6k_count_parse(digits, strlen(digits), &out->n) == 0)
		return 0;
	diag_start(&m, cli);
	message_text(&m, "--");
	message_text(&m, option);
	message_text(&m,
		sign ? " takes a decimal number, or - and one, not \"" :
		       " takes a decimal number, not \"");
	message_bytes(&m, text, strlen(text));
	message_text(&m, "\"");
	return diag_end(&m, cli);
}

static const struct v6k_count none;

int part_read(struct cli *cli, const struct part_options *o, struct part *out)
{
	struct part_number limit;
	int e = 0;

	*out = (struct part){ .placed = o->nth || o->from, .limited = o->nth || o->limit };
	if (o->nth && (o->from || o->limit))
		return diag_say(cli, "--nth goes with neither --from nor --limit");
	if (o->nth) {
		e = part_number(cli, "nth", o->nth, true, &out->from);
		out->limit.w[0] = 1;
	} else {
		if (o->from)
			e = part_number(cli, "from", o->from, true, &out->from);
		if (e == 0 && o->limit) {
			e = part_number(cli, "limit", o->limit, false, &limit);
			out->limit = limit.n;
		}
	}
	/* -0 would be the one behind the last. */
	if (e == 0 && out->from.negative && v6k_count_cmp(out->from.n, none) == 0)
		return diag_say(cli, "there is no number -0: -1 is the last");
	return e;
}

bool part_find(const struct part *part, struct v6k_count total, struct v6k_count *first,
	struct v6k_count *n, struct message *m)
{
	char digits[V6K_COUNT_TEXT_MAX];
	int length;

	*first = part->from.n;
	if (part->from.negative ? v6k_count_sub(total, part->from.n, first) != 0 :
				  part->placed && v6k_count_cmp(*first, total) >= 0) {
		length = v6k_count_format(total, digits, sizeof(digits));
		message_text(m,
			part->from.negative ? "before the first: there are " :
					      "past the last: there are ");
		message_bytes(m, digits, length > 0 ? (size_t)length : 0);
		m->text[m->n] = '\0';
		return false;
	}
	v6k_count_sub(total, *first, n);
	if (part->limited && v6k_count_cmp(part->limit, *n) < 0)
		*n = part->limit;
	return true;
}

bool part_place(struct cli *cli, const struct item *item, const struct part *part,
	struct v6k_count total, struct v6k_count *first, struct v6k_count *n, int *after)
{
	struct message m = { .n = 0 };

	if (part_find(part, total, first, n, &m))
		return true;
	*after = item_bad(cli, item, 0, item->n, m.text);
	return false;
}

uint64_t part_step(struct v6k_count n)
{
	return n.w[2] || n.w[1] ? UINT64_MAX : n.w[0];
}
