# tests/diff: the core beside other implementations.

check_PROGRAMS += tests/diff/diff-inet
TESTS += tests/diff/diff-inet
tests_diff_diff_inet_SOURCES = tests/diff/diff_inet.c tests/unit/lib.h tests/unit/random.h
tests_diff_diff_inet_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_diff_diff_inet_LDADD = libcore.la $(CMOCKA_LIBS)
