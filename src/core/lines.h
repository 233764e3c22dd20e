/* lines.h: addresses one a line, many at a call: what a tier does, in plain C. */
#ifndef V6KIT_CORE_LINES_H
#define V6KIT_CORE_LINES_H

#include <v6kit/addr.h>

/* v6k_addr_parse_lines by an addr_read (dispatch.h), for tiers that have nothing better. */
static inline size_t lines_parse(int (*addr_read)(const char *s, size_t n, size_t *at,
					 struct v6k_addr *out, struct v6k_error *err),
	const char *s, size_t n, size_t *at, struct v6k_addr *out, size_t cap)
{
	size_t done = 0;

	for (; done < cap; done++) {
		size_t i = *at;

		if (addr_read(s, n, &i, &out[done], NULL) || i >= n || s[i] != '\n')
			break;
		*at = i + 1;
	}
	return done;
}

size_t addr_parse_lines_scalar(const char *s, size_t n, size_t *at, unsigned flags,
	struct v6k_addr *out, size_t cap);
size_t addr_format_lines_scalar(const struct v6k_addr *a, size_t n, size_t *at, char end, char *buf,
	size_t cap);

#endif
