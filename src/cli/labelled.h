/* labelled.h: --labels: what is made of a set whose prefixes keep their labels. */
#ifndef V6KIT_CLI_LABELLED_H
#define V6KIT_CLI_LABELLED_H

#include "members.h"

/* The labels of m as a map: each address has that of its longest prefix, and labels of the same text are the
 * same number. Prefixes that have several are named in a message; the first in the input counts. Null
 * when out of memory, which was said. The caller frees it. */
struct v6k_map *labelled_map(struct cli *cli, const struct members *m);

#endif
