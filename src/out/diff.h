/* diff.h: what changed between two texts, for people and for patch(1). */
#ifndef V6KIT_OUT_DIFF_H
#define V6KIT_OUT_DIFF_H

#include "text.h"

/* Writes a unified diff with three lines of context, nothing when the texts are the same. The names
 * get a/ and b/ before them, as git has it: patch -p1 takes them, for absolute ones with -d /. It
 * takes linear time: lines that moved far are shown as taken away and added. False, with nothing
 * written, when out of memory. */
bool diff_unified(out_write *write, void *to, const char *name, const char *old, size_t old_n,
	const char *new, size_t new_n);

#endif
