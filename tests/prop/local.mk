# tests/prop: properties over random values.

check_PROGRAMS += tests/prop/prop-core
TESTS += tests/prop/prop-core
tests_prop_prop_core_SOURCES = tests/prop/prop_core.c tests/unit/lib.h tests/unit/random.h
tests_prop_prop_core_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_prop_prop_core_LDADD = libcore.la $(CMOCKA_LIBS)
