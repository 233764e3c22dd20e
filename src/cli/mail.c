/* mail.c: what the commands for mail servers share. */
#include <config.h>

#include "mail.h"

#include <stdlib.h>

#include "../mail/literal.h"

void held_add(struct cli *cli, struct held *h, const char *text, size_t n)
{
	void *text_array = h->text;

	/* Nothing has no address that memcpy(3) may be given. */
	if (cli->failed || n == 0)
		return;
	if (!grow(&text_array, &h->cap, h->n + n, 1)) {
		no_memory(cli);
		return;
	}
	h->text = text_array;
	memcpy(h->text + h->n, text, n);
	h->n += n;
}

int held_release(struct cli *cli, struct held *h)
{
	if (cli->bad == 0 && !cli->failed)
		put_bytes(cli, h->text ? h->text : "", h->n);
	free(h->text);
	return STATUS_YES;
}

struct held_line {
	char *s;
	size_t n;
};

static int by_text(const void *a, const void *b)
{
	const struct held_line *x = a, *y = b;
	/* With their newlines no line is the beginning of another. */
	int order = memcmp(x->s, y->s, x->n < y->n ? x->n : y->n);

	/* Of equal lines the one that came first is first. */
	return order ? order : x->s < y->s ? -1 : x->s > y->s;
}

/* The end of the line at s, behind its newline. */
static size_t line_length(const char *s, size_t n)
{
	return (size_t)((const char *)memchr(s, '\n', n) - s) + 1;
}

void held_drop_repeats(struct cli *cli, struct held *held)
{
	struct held_line *line;
	size_t lines = 0, kept = 0;

	for (size_t at = 0; at < held->n; at += line_length(held->text + at, held->n - at))
		lines++;
	if (lines == 0)
		return;
	line = malloc(lines * sizeof(*line));
	if (!line) {
		no_memory(cli);
		return;
	}
	lines = 0;
	for (size_t at = 0; at < held->n; at += line[lines++].n)
		line[lines] = (struct held_line){ held->text + at,
			line_length(held->text + at, held->n - at) };
	qsort(line, lines, sizeof(*line), by_text);
	/* A repeat is marked in the text: no line begins with a NUL. */
	for (size_t i = 1, first = 0; i < lines; i++) {
		if (line[i].n == line[first].n && memcmp(line[i].s, line[first].s, line[i].n) == 0)
			*line[i].s = '\0';
		else
			first = i;
	}
	for (size_t at = 0, n; at < held->n; at += n) {
		n = line_length(held->text + at, held->n - at);
		if (held->text[at] != '\0') {
			memmove(held->text + kept, held->text + at, n);
			kept += n;
		}
	}
	held->n = kept;
	free(line);
}

bool mail_is_host_name(const struct item *item)
{
	struct v6k_notation what;
	bool letter = false;

	for (size_t i = 0; i < item->n; i++)
		letter |= (item->s[i] | 32) >= 'g' && (item->s[i] | 32) <= 'z';
	return letter && (item->s[0] < '0' || item->s[0] > '9') &&
		mail_zone_fault(item->s, item->n) < 0 &&
		v6k_notation_parse(item->s, item->n, 0, &what, NULL) != 0;
}

bool mail_read_addr(struct cli *cli, const struct item *item, const char *zone_text,
	struct v6k_addr *a, int *after)
{
	struct v6k_error not_one = { V6K_ENOTADDR, 0, (uint32_t)item->n };
	struct v6k_notation what;

	if (mail_is_host_name(item)) {
		*after = item_bad(cli, item, 0, item->n, MAIL_HOST_NAME);
		return false;
	}
	if (!item_read(cli, item, &what, after))
		return false;
	if (what.kind != V6K_KIND_ADDR) {
		*after = item_error(cli, item, &not_one);
		return false;
	}
	if (!item_plain(cli, item, &what, zone_text, after))
		return false;
	*a = what.addr;
	return true;
}

const char *mail_value_fault(const char *value)
{
	return *value && !strchr(value, '\n') ? NULL :
						"--value takes one line of text that is not empty";
}

int mail_too_many_keys(struct cli *cli, uint64_t keys, uint64_t max)
{
	struct message m;

	cli->failed = true;
	diag_start(&m, cli);
	message_number(&m, keys);
	message_text(&m, " keys are more than --max ");
	message_number(&m, max);
	message_text(&m, "; nothing is printed");
	return diag_end(&m, cli);
}
