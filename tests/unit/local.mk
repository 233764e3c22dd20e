# tests/unit: cmocka tables, one program a module, and the vectors.

unit_ldadd = libcore.la $(CMOCKA_LIBS)
unit_cppflags = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

unit_tests = \
	tests/unit/test-access \
	tests/unit/test-addr \
	tests/unit/test-allocate \
	tests/unit/test-blocks \
	tests/unit/test-convert \
	tests/unit/test-count \
	tests/unit/test-diff \
	tests/unit/test-error \
	tests/unit/test-format \
	tests/unit/test-lines \
	tests/unit/test-lint-maps \
	tests/unit/test-list-set \
	tests/unit/test-lpm \
	tests/unit/test-mc \
	tests/unit/test-memory \
	tests/unit/test-notation \
	tests/unit/test-order \
	tests/unit/test-parse \
	tests/unit/test-prefix \
	tests/unit/test-range \
	tests/unit/test-rank \
	tests/unit/test-scan \
	tests/unit/test-scan-twins \
	tests/unit/test-signals \
	tests/unit/test-simd \
	tests/unit/test-sockets \
	tests/unit/test-spf \
	tests/unit/test-tables \
	tests/unit/test-u128 \
	tests/unit/test-vectors \
	tests/unit/test-corpora
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)

tests_unit_test_access_SOURCES = tests/unit/test_access.c tests/unit/lib.h
tests_unit_test_access_CPPFLAGS = $(unit_cppflags)
tests_unit_test_access_LDADD = libmiddle.la $(unit_ldadd)
tests_unit_test_addr_SOURCES = tests/unit/test_addr.c tests/unit/lib.h
tests_unit_test_addr_CPPFLAGS = $(unit_cppflags)
tests_unit_test_addr_LDADD = $(unit_ldadd)
tests_unit_test_allocate_SOURCES = tests/unit/test_allocate.c tests/unit/lib.h
tests_unit_test_allocate_CPPFLAGS = $(unit_cppflags)
tests_unit_test_allocate_LDADD = libmiddle.la $(unit_ldadd)
tests_unit_test_blocks_SOURCES = tests/unit/test_blocks.c tests/unit/lib.h tests/unit/random.h
tests_unit_test_blocks_CPPFLAGS = $(unit_cppflags)
tests_unit_test_blocks_LDADD = libmiddle.la $(unit_ldadd)
tests_unit_test_convert_SOURCES = tests/unit/test_convert.c tests/unit/lib.h
tests_unit_test_convert_CPPFLAGS = $(unit_cppflags)
tests_unit_test_convert_LDADD = libmiddle.la $(unit_ldadd)
tests_unit_test_count_SOURCES = tests/unit/test_count.c tests/unit/lib.h
tests_unit_test_count_CPPFLAGS = $(unit_cppflags)
tests_unit_test_count_LDADD = $(unit_ldadd)
tests_unit_test_diff_SOURCES = tests/unit/test_diff.c tests/unit/lib.h tests/unit/random.h
tests_unit_test_diff_CPPFLAGS = $(unit_cppflags)
tests_unit_test_diff_LDADD = libmiddle.la $(unit_ldadd)
tests_unit_test_error_SOURCES = tests/unit/test_error.c tests/unit/lib.h
tests_unit_test_error_CPPFLAGS = $(unit_cppflags)
tests_unit_test_error_LDADD = $(unit_ldadd)
tests_unit_test_format_SOURCES = tests/unit/test_format.c tests/unit/lib.h
tests_unit_test_format_CPPFLAGS = $(unit_cppflags)
tests_unit_test_format_LDADD = $(unit_ldadd)
tests_unit_test_lines_SOURCES = tests/unit/test_lines.c tests/unit/lib.h
tests_unit_test_lines_CPPFLAGS = $(unit_cppflags)
tests_unit_test_lines_LDADD = $(unit_ldadd)
tests_unit_test_lint_maps_SOURCES = tests/unit/test_lint_maps.c tests/unit/lib.h \
	tests/unit/random.h
tests_unit_test_lint_maps_CPPFLAGS = $(unit_cppflags)
tests_unit_test_lint_maps_LDADD = libmiddle.la $(unit_ldadd)
tests_unit_test_list_set_SOURCES = tests/unit/test_list_set.c tests/unit/lib.h
tests_unit_test_list_set_CPPFLAGS = $(unit_cppflags)
tests_unit_test_list_set_LDADD = $(unit_ldadd)
tests_unit_test_lpm_SOURCES = tests/unit/test_lpm.c tests/unit/lib.h
tests_unit_test_lpm_CPPFLAGS = $(unit_cppflags)
tests_unit_test_lpm_LDADD = $(unit_ldadd)
tests_unit_test_mc_SOURCES = tests/unit/test_mc.c tests/unit/lib.h
tests_unit_test_mc_CPPFLAGS = $(unit_cppflags)
tests_unit_test_mc_LDADD = libmiddle.la $(unit_ldadd)
tests_unit_test_memory_SOURCES = tests/unit/test_memory.c tests/unit/lib.h
tests_unit_test_memory_CPPFLAGS = $(unit_cppflags)
tests_unit_test_memory_LDADD = libcli.la libmiddle.la $(unit_ldadd) $(CIDR_LIBS)
tests_unit_test_memory_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc \
	-Wl,--wrap=aligned_alloc,--wrap=strdup,--wrap=strndup
tests_unit_test_notation_SOURCES = tests/unit/test_notation.c tests/unit/lib.h
tests_unit_test_notation_CPPFLAGS = $(unit_cppflags)
tests_unit_test_notation_LDADD = $(unit_ldadd)
tests_unit_test_order_SOURCES = tests/unit/test_order.c tests/unit/lib.h tests/unit/random.h
tests_unit_test_order_CPPFLAGS = $(unit_cppflags)
tests_unit_test_order_LDADD = $(unit_ldadd)
tests_unit_test_parse_SOURCES = tests/unit/test_parse.c tests/unit/lib.h
tests_unit_test_parse_CPPFLAGS = $(unit_cppflags)
tests_unit_test_parse_LDADD = $(unit_ldadd)
tests_unit_test_prefix_SOURCES = tests/unit/test_prefix.c tests/unit/lib.h
tests_unit_test_prefix_CPPFLAGS = $(unit_cppflags)
tests_unit_test_prefix_LDADD = $(unit_ldadd)
tests_unit_test_range_SOURCES = tests/unit/test_range.c tests/unit/lib.h
tests_unit_test_range_CPPFLAGS = $(unit_cppflags)
tests_unit_test_range_LDADD = $(unit_ldadd)
tests_unit_test_rank_SOURCES = tests/unit/test_rank.c tests/unit/lib.h tests/unit/random.h
tests_unit_test_rank_CPPFLAGS = $(unit_cppflags)
tests_unit_test_rank_LDADD = $(unit_ldadd)
tests_unit_test_scan_SOURCES = tests/unit/test_scan.c tests/unit/lib.h
tests_unit_test_scan_CPPFLAGS = $(unit_cppflags)
tests_unit_test_scan_LDADD = $(unit_ldadd)
tests_unit_test_scan_twins_SOURCES = tests/unit/test_scan_twins.c tests/unit/lib.h \
	tests/unit/random.h
tests_unit_test_scan_twins_CPPFLAGS = $(unit_cppflags) -I$(srcdir)/src/core
tests_unit_test_scan_twins_LDADD = $(unit_ldadd)
tests_unit_test_signals_SOURCES = tests/unit/test_signals.c tests/unit/lib.h
tests_unit_test_signals_CPPFLAGS = $(unit_cppflags)
tests_unit_test_signals_LDADD = libmiddle.la $(unit_ldadd)
tests_unit_test_simd_SOURCES = tests/unit/test_simd.c tests/unit/lib.h tests/unit/random.h
tests_unit_test_simd_CPPFLAGS = $(unit_cppflags)
tests_unit_test_simd_LDADD = $(unit_ldadd)
tests_unit_test_sockets_SOURCES = tests/unit/test_sockets.c tests/unit/lib.h
tests_unit_test_sockets_CPPFLAGS = $(unit_cppflags)
tests_unit_test_sockets_LDADD = libmiddle.la $(unit_ldadd)
tests_unit_test_spf_SOURCES = tests/unit/test_spf.c tests/unit/lib.h
tests_unit_test_spf_CPPFLAGS = $(unit_cppflags)
tests_unit_test_spf_LDADD = libmiddle.la $(unit_ldadd)
tests_unit_test_tables_SOURCES = tests/unit/test_tables.c tests/unit/lib.h
tests_unit_test_tables_CPPFLAGS = $(unit_cppflags)
tests_unit_test_tables_LDADD = $(unit_ldadd)
tests_unit_test_u128_SOURCES = tests/unit/test_u128.c tests/unit/lib.h
tests_unit_test_u128_CPPFLAGS = $(unit_cppflags)
tests_unit_test_u128_LDADD = $(unit_ldadd)
tests_unit_test_vectors_SOURCES = tests/unit/test_vectors.c tests/unit/lib.h
tests_unit_test_vectors_CPPFLAGS = $(unit_cppflags)
tests_unit_test_vectors_LDADD = $(unit_ldadd)

# The same program over the vectors of others.
tests_unit_test_corpora_SOURCES = tests/unit/test_vectors.c tests/unit/lib.h
tests_unit_test_corpora_CPPFLAGS = $(unit_cppflags) -DV6KIT_TEST_CORPORA
tests_unit_test_corpora_LDADD = $(unit_ldadd)

EXTRA_DIST += \
	tests/vectors/cloud/aws.json \
	tests/vectors/cloud/azure.json \
	tests/vectors/cloud/cloudflare.json \
	tests/vectors/cloud/github.json \
	tests/vectors/cloud/google.json \
	tests/vectors/notations.tsv \
	tests/vectors/rulings.tsv \
	tests/vectors/styles.tsv
