/* pools.h: what free and next share: pools, and what of them is not in use. */
#ifndef V6KIT_CLI_POOLS_H
#define V6KIT_CLI_POOLS_H

#include "common.h"

#define POOLS_USED_TEXT "the list of what is in use, prefixes and ranges with or without labels"

extern const char pools_note[];

struct pools {
	struct v6k_set *pool, *free;
};

/* Reads the operands as pools, standard input where there are none, and what is in use from the file
 * used: from the descriptor fd where that is not 0. 0, or 2 after messages; pools_free in both cases. */
int pools_read(struct cli *cli, const char *used, int fd, struct pools *pools);
void pools_free(struct pools *pools);

#endif
