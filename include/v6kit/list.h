/* v6kit/list.h: prefixes and ranges gathered one by one, to be frozen into a set or a table. See
 * v6kit_list(3). */
#ifndef V6KIT_LIST_H
#define V6KIT_LIST_H

#include <v6kit/range.h>

V6K_BEGIN_DECLS

/* A list under construction. One thread at a time may use it. */
struct v6k_list;

/* A label where there is none. */
#define V6K_NO_LABEL UINT32_MAX

/* How a list is frozen. */
enum v6k_freeze_flags {
	/* Ask about an IPv4-mapped address as IPv6 and as IPv4 alike: an IPv4 entry also holds the
	 * mapped forms of its addresses, and a mapped entry (inside ::ffff:0:0/96) their IPv4
	 * forms. Without it the families are strictly apart. */
	V6K_MATCH_MAPPED = 1,
	/* The set is for v6k_set_scan, which is faster then. */
	V6K_FOR_SCAN = 2
};

/* An empty list, or null when out of memory. The caller frees it. */
V6K_API struct v6k_list *v6k_list_new(void);

/* Frees the list; null is allowed. What was frozen from it stays good. */
V6K_API void v6k_list_free(struct v6k_list *list);

/* Appends an entry. label is any number of the caller's, or V6K_NO_LABEL. Returns 0, V6K_ENOMEM,
 * or V6K_EINVAL for a value that is none. */
V6K_API int v6k_list_add_prefix(struct v6k_list *list, struct v6k_prefix p, uint32_t label);
V6K_API int v6k_list_add_range(struct v6k_list *list, struct v6k_range r, uint32_t label);

/* How v6k_list_add_lines takes lines. */
enum v6k_lines_flags {
	/* Passes over what follows a prefix and a blank, such as a label or comment, and what
	 * follows an address and a blank unless it is a "-". */
	V6K_LABELS_PASSED = 1
};

/* Appends lines of s[*at..n), *at <= n, as entries without a label: as long as each is one plain
 * prefix without host bits, or one plain address, and ends in a newline or CR and newline. Leaves
 * *at at the first line that it did not take, which may be anything else (a blank, a comment, a range,
 * an error, the rest of a line that has no newline yet), and is the caller's to read; adds to *lines
 * how many it took. flags: enum v6k_lines_flags. 0, or V6K_ENOMEM at the line that found no room. */
V6K_API int v6k_list_add_lines(struct v6k_list *list, const char *s, size_t n, size_t *at,
	unsigned flags, uint64_t *lines);

/* How many entries, and the one with the number i (from 0; label may be null): V6K_EINVAL past the
 * end. */
V6K_API size_t v6k_list_size(const struct v6k_list *list);
V6K_API int v6k_list_entry(const struct v6k_list *list, size_t i, struct v6k_range *out,
	uint32_t *label);

/* The same entry as a prefix: V6K_ENOTPREFIX for a range that is none. */
V6K_API int v6k_list_prefix(const struct v6k_list *list, size_t i, struct v6k_prefix *out);

V6K_END_DECLS

#endif
