/* fuzz_parse.c: any bytes through every parser; what is taken must survive being written and read
 * again, plain addresses must be those of inet_pton(3), and every tier of vector instructions must
 * say the same. */
#include <assert.h>
#include <string.h>

#include <arpa/inet.h>

#include <v6kit.h>

#include "../../src/core/dispatch.h"
#include "fuzz.h"

static void check(bool good, const char *what)
{
	if (!good) {
		fputs(what, stderr);
		fputc('\n', stderr);
		abort();
	}
}

static bool same(const struct v6k_notation *a, const struct v6k_notation *b)
{
	return v6k_addr_cmp(a->addr, b->addr) == 0 && v6k_addr_cmp(a->last, b->last) == 0 &&
	       a->kind == b->kind && a->bits == b->bits && a->port == b->port &&
	       a->has_port == b->has_port && a->zone_len == b->zone_len;
}

/* An error lies within the input. */
static void check_error(int code, const struct v6k_error *err, size_t n)
{
	check(code < 0 && err->code == code, "the error has another code");
	check(err->off <= n && err->len <= n - err->off, "the error lies outside the input");
	check(err->len > 0 || err->off == n, "the error has no bytes");
	check(strcmp(v6k_err_text(code), "unknown error") != 0, "the error has no text");
}

static void check_styles(const struct v6k_notation *what, const char *s)
{
	size_t cap = 2 * V6K_NOTATION_TEXT_MAX + what->zone_len;
	char *text = malloc(cap);
	struct v6k_notation again;

	check(text != NULL, "out of memory");
	for (unsigned style = 0; style < V6K_STYLES; style++) {
		int n = v6k_notation_format(what, s, (enum v6k_style)style, text, cap);
		bool readable = style != V6K_BARE && style != V6K_HEX && style != V6K_INT &&
				style != V6K_BITS && style != V6K_BASE85 && style != V6K_CINIT &&
				style != V6K_ACCESS;

		check(style != V6K_CANONICAL || n > 0, "no canonical text");
		if (n < 0 || !readable)
			continue;
		check(v6k_notation_parse(text, (size_t)n, 0, &again, NULL) == 0,
			"what was written cannot be read");
		/* A whole reverse name is an address, of whatever prefix it was written. */
		check(style == V6K_ARPA || same(what, &again), "what was read is another thing");
	}
	free(text);
}

static void check_plain(const char *s, size_t n)
{
	char z[64];
	unsigned char theirs[16], ours[16];
	struct v6k_addr a;
	struct v6k_error err = { 0, 0, 0 };
	int code = v6k_addr_parse(s, n, &a, &err), family;

	if (code)
		check_error(code, &err, n);
	if (n >= sizeof(z) || memchr(s, '\0', n))
		return;
	memcpy(z, s, n);
	z[n] = '\0';
	family = memchr(s, ':', n) ? AF_INET6 : AF_INET;
	check((inet_pton(family, z, theirs) == 1) == (code == 0), "inet_pton disagrees");
	if (code == 0) {
		int bytes = v6k_addr_to_bytes(a, ours);

		check(memcmp(ours, theirs, (size_t)bytes) == 0, "inet_pton reads another address");
	}
}

static bool same_addr(const struct v6k_addr *a, const struct v6k_addr *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

static bool same_error(const struct v6k_error *a, const struct v6k_error *b)
{
	return a->code == b->code && a->off == b->off && a->len == b->len;
}

/* The plain tier and another one: a whole text, an address at its start, lines, and how what was read
 * is written. */
static void check_tier(const struct simd_tier *plain, const struct simd_tier *tier, const char *s,
	size_t n)
{
	enum { LINES = 64 };
	static struct v6k_addr want[LINES], got[LINES];
	char want_text[ADDR_PUT_ROOM], got_text[ADDR_PUT_ROOM];
	struct v6k_error want_err = { 0, 0, 0 }, got_err = { 0, 0, 0 };
	size_t want_at = 0, got_at = 0, lines;

	memset(want, 0, sizeof(want));
	memset(got, 0, sizeof(got));
	check(plain->addr_parse(s, n, want, &want_err) == tier->addr_parse(s, n, got, &got_err) &&
			same_addr(want, got) && same_error(&want_err, &got_err),
		"a tier parses another address");
	check(plain->addr_read(s, n, &want_at, want, &want_err) ==
				tier->addr_read(s, n, &got_at, got, &got_err) &&
			want_at == got_at && same_addr(want, got) && same_error(&want_err, &got_err),
		"a tier reads another address");
	want_at = got_at = 0;
	lines = plain->addr_parse_lines(s, n, &want_at, 0, want, LINES);
	check(tier->addr_parse_lines(s, n, &got_at, 0, got, LINES) == lines && want_at == got_at &&
			memcmp(want, got, lines * sizeof(want[0])) == 0,
		"a tier reads other lines");
	for (size_t i = 0; i < lines || (i == 0 && want[0].family); i++) {
		size_t text_n = (size_t)(plain->addr_put(want_text, &want[i]) - want_text);

		check((size_t)(tier->addr_put(got_text, &want[i]) - got_text) == text_n &&
				memcmp(want_text, got_text, text_n) == 0,
			"a tier writes another text");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* A copy of exactly this size, so that a read past its end is seen. */
	char *s = malloc(size ? size : 1);
	struct v6k_notation what;
	struct v6k_error err = { 0, 0, 0 };
	struct v6k_prefix p;
	struct v6k_range r;
	int code;

	check(s != NULL, "out of memory");
	memcpy(s, data, size);
	for (unsigned flags = 0; flags < 4; flags++) {
		code = v6k_notation_parse(s, size, flags, &what, &err);
		if (code)
			check_error(code, &err, size);
		else
			check_styles(&what, s);
		code = v6k_prefix_parse(s, size, flags, &p, &err);
		if (code)
			check_error(code, &err, size);
		code = v6k_range_parse(s, size, flags, &r, &err);
		if (code)
			check_error(code, &err, size);
	}
	for (unsigned from = V6K_FROM_INT; from <= V6K_FROM_BASE85; from++) {
		code = v6k_number_parse(s, size, (enum v6k_from)from, V6K_NONE, &what, &err);
		if (code)
			check_error(code, &err, size);
		else
			check_styles(&what, s);
	}
	check_plain(s, size);
	for (unsigned i = 1; simd_tier(i); i++)
		check_tier(simd_tier(0), simd_tier(i), s, size);
	free(s);
	return 0;
}
