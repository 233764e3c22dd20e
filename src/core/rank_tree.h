/* rank_tree.h: the way of many keys down a tree of words, for files that include it once.
 *
 * Before it is included:
 *     TREE_TARGET       attributes of every function
 *     key_for_line(key) a key as line_rank wants it
 *     line_rank(word, at, key)
 *                       how many words there are before the line at word[at], and in it that are at
 *                       most the key */
#ifndef V6KIT_CORE_RANK_TREE_H
#define V6KIT_CORE_RANK_TREE_H

#include "rank.h"
#include "simd.h"

/* Level by level for all keys, each of which has its next line fetched while the others are looked
 * at. */
TREE_TARGET SIMD_INLINE void tree_rank(const struct words *w, const uint64_t *key, size_t n, size_t *rank)
{
	const struct words tree = *w;
	const uint64_t *leaf = tree.word - tree.skew;
	uint64_t of_line[BATCH];
	size_t at[BATCH]; /* where a key's line begins in its level */

	for (size_t i = 0; i < n; i++) {
		of_line[i] = key_for_line(key[i]);
		at[i] = 0;
	}
	for (unsigned k = tree.levels; k-- > 0;) {
		const uint64_t *level = tree.node + tree.level[k] * LEAF;
		const uint64_t *below = k > 0 ? tree.node + tree.level[k - 1] * LEAF : leaf;

		for (size_t i = 0; i < n; i++) {
			/* The first child begins at at[i] * CHILDREN, and CHILDREN is LEAF + 1. */
			at[i] += LEAF * line_rank(level, at[i], of_line[i]);
			__builtin_prefetch(below + at[i]);
		}
	}
	for (size_t i = 0; i < n; i++) {
		size_t first = at[i] - tree.skew, r;

		if (words_leaf_is_whole(&tree, first))
			r = line_rank(tree.word, first, of_line[i]);
		else
			r = words_rank_part(w, first, key[i]);
		rank[i] = key[i] == UINT64_MAX ? tree.n : r;
		if (tree.row)
			__builtin_prefetch(tree.row + rank[i]);
	}
}

#endif
