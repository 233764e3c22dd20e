/* members.c: reads a SET, from the command line or from a file of "prefix [label]" lines. */
#include <config.h>

#include "members.h"

#include <stdlib.h>

#include "json_list.h"

static bool add_label(struct members *m, const char *s, size_t n, uint32_t *label)
{
	void *bytes = m->labels, *entries = m->label;
	bool ok;

	*label = V6K_NO_LABEL;
	if (n == 0 || m->unlabelled)
		return true;
	ok = grow(&bytes, &m->labels_cap, m->labels_n + n, 1);
	m->labels = bytes;
	ok = ok && grow(&entries, &m->label_cap, m->label_n + 1, sizeof(m->label[0]));
	m->label = entries;
	if (!ok || m->label_n >= V6K_NO_LABEL)
		return false;
	memcpy(m->labels + m->labels_n, s, n);
	m->label[m->label_n] = (struct label){ m->labels_n, n };
	m->labels_n += n;
	*label = (uint32_t)m->label_n++;
	return true;
}

const char *members_label(const struct members *m, uint32_t label, size_t *n)
{
	*n = 0;
	if (label >= m->label_n)
		return "";
	*n = m->label[label].n;
	return m->labels + m->label[label].off;
}

/* A word of an operand in which nothing suggests an address: a file without its "@", say. */
static bool is_word(const struct item *item, const struct v6k_error *err)
{
	return err->code == V6K_ECHAR && !item->place.file && !memchr(item->s, ':', item->n) &&
		(item->s[0] < '0' || item->s[0] > '9');
}

/* A range that is mapped as a whole becomes the range of IPv4. */
static void unmap(struct v6k_range *r)
{
	struct v6k_range ipv4;

	if (v6k_addr_unmap(r->first, &ipv4.first) == 0 && v6k_addr_unmap(r->last, &ipv4.last) == 0)
		*r = ipv4;
}

static int add_entry(struct cli *cli, struct members *m, const struct item *item, const char *label,
	size_t label_n)
{
	struct v6k_notation what;
	struct v6k_range range;
	struct v6k_error err;
	uint32_t id;
	int after;

	if (v6k_notation_parse(item->s, item->n, parse_flags(cli), &what, &err) != 0) {
		if (is_word(item, &err))
			return item_bad(cli, item, 0, item->n,
				"neither a prefix nor a range; a file of them is @FILE");
		return item_error(cli, item, &err);
	}
	if (!item_plain(cli, item, &what, v6k_err_text(V6K_EZONEPREFIX), &after))
		return after;
	range = v6k_notation_range(&what);
	if (m->unmap)
		unmap(&range);
	if (!add_label(m, label, label_n, &id) || v6k_list_add_range(m->list, range, id) != 0 ||
		(m->second && !second_set_add(m->second, &what)))
		return no_memory(cli);
	return GO_ON;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The length of the prefix or range at the start of a line. A range may have blanks around its
 * "-". */
static size_t entry_length(const char *s, size_t n)
{
	size_t end = 0, at;

	while (end < n && !is_blank(s[end]))
		end++;
	/* No range begins with a prefix or a range: "10.0.0.0/8 - office" has a label. */
	if (memchr(s, '/', end) || (end > 0 && memchr(s, '-', end - 1)))
		return end;
	at = end;
	while (at < n && is_blank(s[at]))
		at++;
	if (at == n || (s[at] != '-' && (end == 0 || s[end - 1] != '-')))
		return end;
	if (s[at] == '-') {
		at++;
		while (at < n && is_blank(s[at]))
			at++;
	}
	for (end = at; end < n && !is_blank(s[end]); end++)
		;
	return end;
}

static int list_line(struct cli *cli, void *to, const struct item *line)
{
	struct item item = *line;
	size_t label;

	item.n = entry_length(line->s, line->n);
	for (label = item.n; label < line->n && is_blank(line->s[label]); label++)
		;
	return add_entry(cli, to, &item, line->s + label, line->n - label);
}

/* The plain lines, which most of a long list are: nothing but a prefix or an address. */
static int plain_lines(struct cli *cli, void *to, const char *s, size_t n, size_t *at,
	uint64_t *lines)
{
	struct members *m = to;
	size_t i = v6k_list_size(m->list);
	unsigned flags = m->unlabelled ? V6K_LABELS_PASSED : 0;
	struct v6k_prefix p;

	if (m->unmap)
		return GO_ON;
	if (v6k_list_add_lines(m->list, s, n, at, flags, lines) != 0)
		return no_memory(cli);
	for (; m->second && v6k_list_prefix(m->list, i, &p) == 0; i++) {
		struct v6k_notation what = { .addr = v6k_prefix_first(p),
			.bits = p.bits,
			.kind = V6K_KIND_PREFIX };

		if (!second_set_add(m->second, &what))
			return no_memory(cli);
	}
	return GO_ON;
}

static const struct item_job list_job = { .each = list_line, .many = plain_lines };

static int json_string(struct cli *cli, void *to, const struct item *item)
{
	return add_entry(cli, to, item, "", 0);
}

/* The entries of a comma list, each at its column. */
static void list_operand(struct cli *cli, struct members *m, const char *set, uint64_t number)
{
	size_t n = strlen(set), at = 0;
	int after = GO_ON;

	while (after == GO_ON) {
		const char *comma = memchr(set + at, ',', n - at);
		size_t end = comma ? (size_t)(comma - set) : n;
		struct item item = { set + at, end - at, set, n, { m->option, number, at + 1 } };
		struct item list = { set, n, set, n, { m->option, number, 1 } };

		/* Of what is empty the place shows only among the others. */
		if (item.n == 0)
			after = item_bad(cli, &list, at, 0, v6k_err_text(V6K_EEMPTY));
		else
			after = add_entry(cli, m, &item, "", 0);
		if (end == n)
			break;
		at = end + 1;
	}
}

int members_add(struct cli *cli, struct members *m, const char *set, const char *file,
	uint64_t number)
{
	unsigned on_error = cli->common.on_error;
	uint64_t bad = cli->bad;

	if (!m->list)
		m->list = v6k_list_new();
	if (!m->list) {
		no_memory(cli);
		return STATUS_BAD;
	}
	if (set && set[0] == '@')
		file = set + 1;
	m->stdin_is_taken = m->stdin_is_taken || (file && strcmp(file, "-") == 0);
	/* A set with a hole answers wrongly, so that only --on-error=skip goes on; and what is bad
	 * in it is nothing to keep among the answers. */
	if (on_error == ON_ERROR_KEEP)
		cli->common.on_error = ON_ERROR_DEFAULT;
	if (file && m->json)
		each_json_string(cli, file, m->json, json_string, m);
	else if (file && m->open)
		each_line_open(cli, file, m->open, &list_job, m);
	else if (file)
		each_line(cli, file, &list_job, m);
	else
		list_operand(cli, m, set, number);
	cli->common.on_error = on_error;
	return cli->failed || (cli->bad > bad && on_error != ON_ERROR_SKIP) ? STATUS_BAD : 0;
}

int members_freeze(struct cli *cli, struct members *m)
{
	unsigned flags = (m->mapped ? V6K_MATCH_MAPPED : 0) | (m->for_scan ? V6K_FOR_SCAN : 0);

	if (v6k_set_freeze(m->list, flags, &m->set) != 0) {
		no_memory(cli);
		return STATUS_BAD;
	}
	return 0;
}

int members_read(struct cli *cli, struct members *m, const char *set, const char *file,
	uint64_t number)
{
	int status;

	m->second = m->verify ? second_set_new(m->mapped) : NULL;
	status = members_add(cli, m, set, file, number);
	return status ? status : members_freeze(cli, m);
}

const struct v6k_lpm *members_table(struct cli *cli, struct members *m)
{
	if (!m->lpm && v6k_lpm_freeze(m->list, m->mapped ? V6K_MATCH_MAPPED : 0, &m->lpm) != 0)
		no_memory(cli);
	return m->lpm;
}

void members_rows_start(struct members_rows *rows, const struct v6k_lpm *lpm, uint32_t whole,
	struct v6k_range r)
{
	*rows = (struct members_rows){ lpm, whole, V6K_NO_ROW, V6K_NO_ROW, 0 };
	if (whole != V6K_NO_ROW)
		return;
	v6k_lpm_lookup(lpm, &r.first, 1, &rows->around);
	rows->n = v6k_lpm_rows_inside(lpm, r, &rows->inside);
}

bool members_rows_next(struct members_rows *rows, struct v6k_lpm_row *row)
{
	if (v6k_lpm_row(rows->lpm, rows->whole, row) == 0) {
		rows->whole = V6K_NO_ROW;
		return true;
	}
	while (v6k_lpm_row(rows->lpm, rows->around, row) == 0) {
		uint32_t number = rows->around;

		rows->around = row->wider;
		if (number < rows->inside)
			return true;
	}
	if (rows->n == 0)
		return false;
	rows->n--;
	return v6k_lpm_row(rows->lpm, rows->inside++, row) == 0;
}

struct v6k_addr members_missing(const struct members *m, struct v6k_range r)
{
	unsigned width = v6k_family_bits(r.first.family);
	struct v6k_prefix p = { .bits = 0 }, half;

	while (v6k_range_pop(&r, &p) && v6k_set_covers(m->set, v6k_range_from_prefix(p)))
		;
	/* Down to one address, always in a half that the set does not cover. */
	while (p.bits < width) {
		v6k_prefix_child(p, p.bits + 1u, 0, 0, &half);
		if (v6k_set_covers(m->set, v6k_range_from_prefix(half)))
			v6k_prefix_child(p, p.bits + 1u, 0, 1, &half);
		p = half;
	}
	return v6k_prefix_first(p);
}

void members_free(struct members *m)
{
	second_set_free(m->second);
	v6k_lpm_free(m->lpm);
	v6k_set_free(m->set);
	v6k_list_free(m->list);
	free(m->labels);
	free(m->label);
}
