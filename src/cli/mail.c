/* mail.c: what the commands for mail servers share. */
#include <config.h>

#include "mail.h"

#include <stdlib.h>

#include "../mail/literal.h"

void held_add(struct cli *cli, struct held *h, const char *text, size_t n)
{
	void *text_array = h->text;

	if (cli->failed)
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

/* A DNS name that is no notation of an address. One that begins with a digit is an IPv4 address
 * with a mistake in it. */
static bool is_host_name(const struct item *item)
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

	if (is_host_name(item)) {
		*after = item_bad(cli, item, 0, item->n,
			"a host name, where an address is expected; see v6kit sendmail options "
			"--resolve");
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
