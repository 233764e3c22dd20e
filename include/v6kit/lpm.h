/* v6kit/lpm.h: longest-prefix match with labels. See v6kit_lpm(3). */
#ifndef V6KIT_LPM_H
#define V6KIT_LPM_H

#include <v6kit/list.h>

V6K_BEGIN_DECLS

/* A frozen table. Each entry of the list is a row, a range as many rows as it has minimal prefixes.
 * Any number of threads may read it. */
struct v6k_lpm;

/* No row: nothing matched, or a row without a wider one. */
#define V6K_NO_ROW UINT32_MAX

/* A row as the list had it. */
struct v6k_lpm_row {
	struct v6k_prefix prefix;
	uint32_t label;
	uint32_t wider; /* the next wider row that holds this one, or V6K_NO_ROW */
};

/* Freezes a list (flags: enum v6k_freeze_flags) into *out, which the caller frees. The list may be
 * used on. V6K_ENOMEM when out of memory, V6K_EOVERFLOW past 2^31 rows. */
V6K_API int v6k_lpm_freeze(const struct v6k_list *list, unsigned flags, struct v6k_lpm **out);

/* Frees the table; null is allowed. */
V6K_API void v6k_lpm_free(struct v6k_lpm *lpm);

/* For each of n addresses stores in rows[i] the longest row that holds it, or V6K_NO_ROW. Of equal
 * prefixes the one that came first in the list is the longest, the others follow as wider ones.
 * For the length of an IPv4 row beside an IPv6 one count 96 more. Allocates nothing. */
V6K_API void v6k_lpm_lookup(const struct v6k_lpm *lpm, const struct v6k_addr *addrs, size_t n,
	uint32_t *rows);

/* The longest row that holds all of r, or V6K_NO_ROW. */
V6K_API uint32_t v6k_lpm_lookup_range(const struct v6k_lpm *lpm, struct v6k_range r);

/* Rows are numbered by family, then network, then length, so that those whose network address lies
 * in r are neighbours: stores the number of the first one, returns how many. */
V6K_API uint32_t v6k_lpm_rows_inside(const struct v6k_lpm *lpm, struct v6k_range r,
	uint32_t *first);

/* The row with this number; V6K_EINVAL when there is none. */
V6K_API int v6k_lpm_row(const struct v6k_lpm *lpm, uint32_t row, struct v6k_lpm_row *out);

V6K_END_DECLS

#endif
