/* diff_scan.c: prints what the scanner finds on standard input. A line for each hit, either the
 * number of its line and its text, "3:2001:db8::1", or with "all" every field of it:
 *     line offset-in-line len addr_len zone_at zone_len kind bits first last
 * Operands: tcpdump, names, all, and the name of a tier (dispatch.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <v6kit.h>

#include "dispatch.h"

static char *read_input(size_t *n)
{
	char *text = NULL, *grown;
	size_t cap = 0, got;

	*n = 0;
	do {
		if (*n == cap) {
			cap = cap ? 2 * cap : 1 << 16;
			grown = realloc(text, cap);
			if (!grown)
				exit(2);
			text = grown;
		}
		got = fread(text + *n, 1, cap - *n, stdin);
		*n += got;
	} while (got > 0);
	return text;
}

static void print_addr(struct v6k_addr a)
{
	char text[V6K_ADDR_TEXT_MAX];

	printf(" %.*s", v6k_addr_format(a, V6K_CANONICAL, text, sizeof(text)), text);
}

static void print_hit(const char *s, const struct v6k_hit *hit, size_t line, size_t line_at,
	int all)
{
	if (!all) {
		printf("%zu:%.*s\n", line, (int)hit->len, s + hit->off);
		return;
	}
	printf("%zu %zu %u %u %u %u %u %u", line, hit->off - line_at, hit->len, hit->addr_len,
		hit->zone_at, hit->zone_len, hit->kind, hit->bits);
	print_addr(hit->addr);
	print_addr(hit->last);
	putchar('\n');
}

int main(int argc, char **argv)
{
	size_t n, at = 0, line = 1, line_at = 0;
	char *s = read_input(&n);
	unsigned flags = 0;
	int all = 0;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "tcpdump") == 0)
			flags |= V6K_SCAN_TCPDUMP;
		else if (strcmp(argv[i], "names") == 0)
			flags |= V6K_SCAN_NAMES;
		else if (strcmp(argv[i], "all") == 0)
			all = 1;
		else if (simd_force(argv[i]) != 0)
			return 2;
	}
	while (at < n) {
		struct v6k_hit hits[100];
		int count = v6k_scan(s, n, &at, flags, hits, 100);
		const char *end;

		if (count < 0)
			return 2;
		for (int i = 0; i < count; i++) {
			while ((end = memchr(s + line_at, '\n', hits[i].off - line_at))) {
				line_at = (size_t)(end - s) + 1;
				line++;
			}
			print_hit(s, &hits[i], line, line_at, all);
		}
	}
	free(s);
	return 0;
}
