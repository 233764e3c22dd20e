/* fuzz.h: what a fuzz target and the replay of its corpus share. */
#ifndef V6KIT_TESTS_FUZZ_H
#define V6KIT_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* The interface of libFuzzer. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
