# tests/examples: programs as users of the library write them.

check_PROGRAMS += tests/examples/sets
TESTS += tests/examples/examples.t
EXTRA_DIST += tests/examples/examples.t
tests_examples_sets_SOURCES = tests/examples/sets.c
tests_examples_sets_LDADD = libv6kit.la
