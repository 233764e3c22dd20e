# tests/diff: the core beside other implementations.

diff_tests = tests/diff/diff-inet tests/diff/diff-m4
if LIBCIDR
diff_tests += tests/diff/diff-cidr
endif
if MAXMINDDB
diff_tests += tests/diff/diff-mmdb
endif
check_PROGRAMS += $(diff_tests)
diff_scripts = \
	tests/diff/firewall.t \
	tests/diff/mc.t \
	tests/diff/mmdb.t \
	tests/diff/python.t \
	tests/diff/scan.t \
	tests/diff/sets.t \
	tests/diff/spf.t
TESTS += $(diff_tests) $(diff_scripts)
EXTRA_DIST += $(diff_scripts) tests/diff/scan_oracle.py tests/vectors/logs

tests_diff_diff_inet_SOURCES = tests/diff/diff_inet.c tests/unit/lib.h tests/unit/random.h
tests_diff_diff_inet_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_diff_diff_inet_LDADD = libcore.la $(CMOCKA_LIBS)
tests_diff_diff_m4_SOURCES = tests/diff/diff_m4.c tests/unit/lib.h tests/unit/random.h
tests_diff_diff_m4_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_diff_diff_m4_LDADD = libmiddle.la libcore.la $(CMOCKA_LIBS)
tests_diff_diff_cidr_SOURCES = tests/diff/diff_cidr.c tests/unit/lib.h tests/unit/random.h
tests_diff_diff_cidr_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_diff_diff_cidr_LDADD = libcore.la $(CMOCKA_LIBS) $(CIDR_LIBS)

# What scan.t runs.
check_PROGRAMS += tests/diff/diff-scan
tests_diff_diff_scan_SOURCES = tests/diff/diff_scan.c
tests_diff_diff_scan_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/src/core
tests_diff_diff_scan_LDADD = libcore.la
tests_diff_diff_mmdb_SOURCES = tests/diff/diff_mmdb.c tests/unit/lib.h tests/unit/random.h
tests_diff_diff_mmdb_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(MAXMINDDB_CFLAGS)
tests_diff_diff_mmdb_LDADD = libmiddle.la libcore.la $(CMOCKA_LIBS) $(MAXMINDDB_LIBS)
