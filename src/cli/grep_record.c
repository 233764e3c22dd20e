/* grep_record.c: matches as records. */
#include <config.h>

#include "grep.h"

enum { INPUT, FILE_NAME, LINE, COLUMN, TEXT, FAMILY, ADDRESS, PREFIX, LABEL };
const char *const grep_fields[] = { "input", "file", "line", "column", "text", "family", "address",
	"prefix", "label", "error", NULL };

/* A record of a match, or of a line alone, with the row that holds it. False when memory is out. */
static bool put_record(const struct grep *g, const struct grep_shown *l, const struct grep_match *m,
	const struct v6k_lpm_row *row)
{
	struct out *record = &g->cli->record;
	const char *s = m ? l->block + m->hit.off : NULL, *label;
	struct v6k_notation what;
	char prefix[V6K_NOTATION_TEXT_MAX], *room = NULL;
	size_t cap = 0, label_n;
	int n;

	if (m) {
		what = grep_notation(&m->hit);
		cap = 2 * V6K_NOTATION_TEXT_MAX + what.zone_len;
		room = cli_room(g->cli, cap);
		if (!room)
			return false;
	}
	out_string(record, FILE_NAME, g->name, strlen(g->name));
	out_number(record, LINE, l->number);
	out_string(record, TEXT, l->s, l->n);
	if (m) {
		n = v6k_notation_format(&what, s, V6K_CANONICAL, room, cap);
		out_string(record, INPUT, s, m->hit.len);
		out_number(record, COLUMN, (uint64_t)(s - l->s) + 1);
		record_text(g->cli, FAMILY, family_name(what.addr.family));
		out_string(record, ADDRESS, n > 0 ? room : "", n > 0 ? (size_t)n : 0);
	}
	if (row) {
		record_prefix(g->cli, PREFIX, row->prefix, prefix);
		label = members_label(&g->members, row->label, &label_n);
		if (label_n > 0)
			out_string(record, LABEL, label, label_n);
	}
	record_end(g->cli);
	return true;
}

bool grep_record(const struct grep *g, const struct grep_shown *l)
{
	struct members_rows rows;
	struct v6k_lpm_row row;
	bool ok = l->matches > 0 || put_record(g, l, NULL, NULL);

	for (size_t i = 0; ok && i < l->matches; i++) {
		const struct grep_match *m = &l->match[i];

		if (!g->lpm) {
			ok = put_record(g, l, m, NULL);
			continue;
		}
		members_rows_start(&rows, g->lpm, m->row,
			(struct v6k_range){ m->hit.addr, m->hit.last });
		while (ok && members_rows_next(&rows, &row))
			ok = put_record(g, l, m, &row);
	}
	return ok;
}
