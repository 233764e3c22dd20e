/* lines.h: addresses one a line, many at a call: what a tier does, in plain C. */
#ifndef V6KIT_CORE_LINES_H
#define V6KIT_CORE_LINES_H

#include <v6kit/addr.h>

size_t addr_parse_lines_scalar(const char *s, size_t n, size_t *at, unsigned flags,
	struct v6k_addr *out, size_t cap);
size_t addr_format_lines_scalar(const struct v6k_addr *a, size_t n, size_t *at, char end, char *buf,
	size_t cap);

#endif
