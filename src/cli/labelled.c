/* labelled.c: makes a map of prefixes and their labels. */
#include <config.h>

#include "labelled.h"

#include <stdlib.h>

struct text {
	const char *s;
	size_t n;
	uint32_t label;
};

static int by_text(const void *a, const void *b)
{
	const struct text *x = a, *y = b;
	size_t n = x->n < y->n ? x->n : y->n;
	int order = n > 0 ? memcmp(x->s, y->s, n) : 0;

	if (order == 0)
		order = (x->n > y->n) - (x->n < y->n);
	return order ? order : (x->label > y->label) - (x->label < y->label);
}

/* For each label the lowest one with the same text; null when out of memory. */
static uint32_t *same_labels(const struct members *m)
{
	size_t n = m->label_n;
	struct text *text = malloc((n + 1) * sizeof(*text));
	uint32_t *same = malloc((n + 1) * sizeof(*same));

	for (size_t i = 0; text && same && i < n; i++)
		text[i] = (struct text){ m->labels + m->label[i].off, m->label[i].n, (uint32_t)i };
	if (text && same) {
		qsort(text, n, sizeof(*text), by_text);
		for (size_t i = 0; i < n; i++) {
			bool known = i > 0 && text[i].n == text[i - 1].n &&
				memcmp(text[i].s, text[i - 1].s, text[i].n) == 0;

			same[text[i].label] = known ? same[text[i - 1].label] : text[i].label;
		}
	} else {
		free(same);
		same = NULL;
	}
	free(text);
	return same;
}

/* The entries of m with such labels. */
static struct v6k_list *relabel(const struct members *m, const uint32_t *same)
{
	struct v6k_list *list = v6k_list_new();
	struct v6k_range r;
	uint32_t label;
	bool good = list != NULL;

	for (size_t i = 0; good && v6k_list_entry(m->list, i, &r, &label) == 0; i++)
		good = v6k_list_add_range(list, r,
			       label < m->label_n ? same[label] : V6K_NO_LABEL) == 0;
	if (good)
		return list;
	v6k_list_free(list);
	return NULL;
}

/* Names the prefixes that have more than one label. */
static bool say_several(struct cli *cli, const struct v6k_list *list)
{
	enum { SHOWN = 10 };
	struct v6k_prefix last = { .family = V6K_NONE };
	struct v6k_lpm_row row, wider;
	struct v6k_lpm *lpm;
	uint64_t n = 0;
	struct message m;

	if (v6k_lpm_freeze(list, 0, &lpm) != 0)
		return false;
	diag_start(&m, cli);
	message_text(&m, "several labels, of which the first counts:");
	for (uint32_t i = 0; v6k_lpm_row(lpm, i, &row) == 0; i++) {
		char text[V6K_NOTATION_TEXT_MAX];
		int length;

		if (v6k_lpm_row(lpm, row.wider, &wider) != 0 || wider.label == row.label ||
			v6k_prefix_cmp(row.prefix, wider.prefix) != 0 ||
			v6k_prefix_cmp(row.prefix, last) == 0)
			continue;
		last = row.prefix;
		length = v6k_prefix_format(row.prefix, V6K_CANONICAL, text, sizeof(text));
		if (n < SHOWN) {
			message_text(&m, n > 0 ? ", " : " ");
			message_bytes(&m, text, length > 0 ? (size_t)length : 0);
		}
		n++;
	}
	if (n > SHOWN) {
		message_text(&m, " and ");
		message_number(&m, n - SHOWN);
		message_text(&m, " more");
	}
	if (n > 0)
		diag_end(&m, cli);
	v6k_lpm_free(lpm);
	return true;
}

struct v6k_map *labelled_map(struct cli *cli, const struct members *m)
{
	uint32_t *same = same_labels(m);
	struct v6k_list *list = same ? relabel(m, same) : NULL;
	struct v6k_map *map = NULL;

	if (!list || !say_several(cli, list) || v6k_map_freeze(list, &map) != 0)
		no_memory(cli);
	v6k_list_free(list);
	free(same);
	return map;
}
