/* lines.c: addresses one a line, many at a call. */
#include "lines.h"

#include "dispatch.h"
#include "format.h"
#include "parse.h"

size_t v6k_addr_parse_lines(const char *s, size_t n, size_t *at, unsigned flags,
	struct v6k_addr *out, size_t cap)
{
	return simd()->addr_parse_lines(s, n, at, flags, out, cap);
}

size_t v6k_addr_format_lines(const struct v6k_addr *a, size_t n, size_t *at, char end, char *buf,
	size_t cap)
{
	return simd()->addr_format_lines(a, n, at, end, buf, cap);
}

size_t addr_parse_lines_scalar(const char *s, size_t n, size_t *at, unsigned flags,
	struct v6k_addr *out, size_t cap)
{
	(void)flags; /* reads nothing but s[*at..n) */
	return lines_parse(addr_read_scalar, s, n, at, out, cap);
}

size_t addr_format_lines_scalar(const struct v6k_addr *a, size_t n, size_t *at, char end, char *buf,
	size_t cap)
{
	char *to = buf;

	for (; *at < n && cap - (size_t)(to - buf) >= V6K_LINE_TEXT_MAX; ++*at) {
		if (!family_ok(a[*at].family))
			break;
		to = addr_put_scalar(to, &a[*at]);
		*to++ = end;
	}
	return (size_t)(to - buf);
}
