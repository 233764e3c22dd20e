# tests/bench: "make bench" builds and runs them; no part of "make check".

EXTRA_PROGRAMS += tests/bench/bench-core
tests_bench_bench_core_SOURCES = tests/bench/bench_core.c
tests_bench_bench_core_LDADD = libcore.la
if LIBCIDR
tests_bench_bench_core_CPPFLAGS = $(AM_CPPFLAGS) -DBENCH_LIBCIDR
tests_bench_bench_core_LDADD += $(CIDR_LIBS)
endif
CLEANFILES += tests/bench/bench-core$(EXEEXT)

.PHONY: bench
bench: tests/bench/bench-core$(EXEEXT)
	tests/bench/bench-core$(EXEEXT)
