/* fuzz_convert.c: any bytes as lines of an access map. What is carried is a line that postmap(1)
 * reads as one, with its value unchanged, and a key of IPv6 is the text of addresses in it. */
#include <string.h>

#include "../../src/mail/convert.h"
#include "fuzz.h"

static void check(bool good, const char *what)
{
	if (!good) {
		fputs(what, stderr);
		fputc('\n', stderr);
		abort();
	}
}

/* The first and the last address, as text, begin with the key or with what may stand for zeros. */
static void check_key(const struct converted *c)
{
	char text[V6K_ADDR_TEXT_MAX];
	struct v6k_addr last = v6k_prefix_last(c->prefix);
	int n = v6k_addr_format(last, V6K_CANONICAL, text, sizeof(text));

	check(c->prefix.bits % 16 == 0 && c->prefix.bits > 0, "a key of no groups");
	/* ::/96 has a dotted form of its own. */
	if (c->prefix.bits == 128 && last.hi == 0 && last.lo <= UINT32_MAX)
		return;
	check(n > 0 && (size_t)n >= c->new_n && memcmp(text, c->key, c->new_n) == 0,
		"a key that its last address does not have");
	check((size_t)n == c->new_n || text[c->new_n] == ':', "a key that ends inside a group");
}

static void check_line(const char *line, size_t n, enum convert_table table)
{
	struct converted c;

	convert_line(line, n, table, &c);
	check(c.why_off <= n && c.why_n <= n - c.why_off, "a reason outside the line");
	check(c.key_n <= c.value_off && c.value_off <= n, "a value outside the line");
	check((c.verdict == CONVERT_LEAVE || c.verdict == CONVERT_BAD) == (c.why != NULL),
		"a reason, or none");
	if (c.verdict != CONVERT_CARRY)
		return;
	check(c.new_n > 0 && c.value_off < n && c.key_n < c.value_off, "a key or value is missing");
	check(c.key[0] != '#', "a key that is a comment");
	for (size_t i = 0; i < c.new_n; i++)
		check((unsigned char)c.key[i] > ' ' && c.key[i] != '\x7f', "a blank in a key");
	if (c.key == c.text)
		check_key(&c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	for (size_t at = 0; at < size;) {
		const uint8_t *end = memchr(data + at, '\n', size - at);
		size_t n = end ? (size_t)(end - data) - at : size - at;
		/* A copy of exactly this size, so that a read past its end is seen. */
		char *line = malloc(n ? n : 1);

		check(line != NULL, "out of memory");
		memcpy(line, data + at, n);
		for (unsigned table = CONVERT_CLIENT; table <= CONVERT_RECIPIENT; table++)
			check_line(line, n, (enum convert_table)table);
		free(line);
		at += n + 1;
	}
	return 0;
}
