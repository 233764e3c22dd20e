/* bench_check.h: whether v6kit and its peers come to the same results on the benchmark's data. */
#ifndef V6KIT_TESTS_BENCH_CHECK_H
#define V6KIT_TESTS_BENCH_CHECK_H

#include <stdbool.h>

/* Prints a table of what agrees, and how much of what does not is explained; false when anything is
 * not. Works in the current folder, where it leaves nothing. */
bool check_all(void);

/* Whether v6kit has the command that a command line of it begins with. */
bool check_has_command(const char *text);

#endif
