# tests/unit: cmocka tables, one program a module, and the vectors.

unit_ldadd = libcore.la $(CMOCKA_LIBS)
unit_cppflags = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

unit_tests = \
	tests/unit/test-vectors \
	tests/unit/test-corpora
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)

tests_unit_test_vectors_SOURCES = tests/unit/test_vectors.c tests/unit/lib.h
tests_unit_test_vectors_CPPFLAGS = $(unit_cppflags)
tests_unit_test_vectors_LDADD = $(unit_ldadd)
tests_unit_test_corpora_SOURCES = tests/unit/test_vectors.c tests/unit/lib.h
tests_unit_test_corpora_CPPFLAGS = $(unit_cppflags) -DV6KIT_TEST_CORPORA
tests_unit_test_corpora_LDADD = $(unit_ldadd)

EXTRA_DIST += \
	tests/vectors/notations.tsv \
	tests/vectors/rulings.tsv \
	tests/vectors/styles.tsv
