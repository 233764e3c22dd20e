# tests/prop: properties over random values.

prop_tests = tests/prop/prop-allocate tests/prop/prop-core tests/prop/prop-cover tests/prop/prop-map \
	tests/prop/prop-set
check_PROGRAMS += $(prop_tests)
TESTS += $(prop_tests)
tests_prop_prop_allocate_SOURCES = tests/prop/prop_allocate.c tests/unit/lib.h tests/unit/random.h
tests_prop_prop_allocate_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_prop_prop_allocate_LDADD = libmiddle.la libcore.la $(CMOCKA_LIBS)
tests_prop_prop_core_SOURCES = tests/prop/prop_core.c tests/unit/lib.h tests/unit/random.h
tests_prop_prop_core_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_prop_prop_core_LDADD = libcore.la $(CMOCKA_LIBS)
tests_prop_prop_cover_SOURCES = tests/prop/prop_cover.c tests/unit/lib.h tests/unit/random.h
tests_prop_prop_cover_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_prop_prop_cover_LDADD = libcore.la $(CMOCKA_LIBS)
tests_prop_prop_map_SOURCES = tests/prop/prop_map.c tests/unit/lib.h tests/unit/random.h
tests_prop_prop_map_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_prop_prop_map_LDADD = libcore.la $(CMOCKA_LIBS)
tests_prop_prop_set_SOURCES = tests/prop/prop_set.c tests/unit/lib.h tests/unit/random.h
tests_prop_prop_set_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_prop_prop_set_LDADD = libcore.la $(CMOCKA_LIBS)
