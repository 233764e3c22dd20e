# tests/bench: "make bench" builds and runs them; no part of "make check", where tests/bench/bench.t
# only sees that they work.

bench_programs = \
	tests/bench/bench-core$(EXEEXT) \
	tests/bench/bench-data$(EXEEXT) \
	tests/bench/bench-drain$(EXEEXT) \
	tests/bench/bench-lookup$(EXEEXT) \
	tests/bench/bench-run$(EXEEXT) \
	tests/bench/bench-scan$(EXEEXT)
EXTRA_PROGRAMS += \
	tests/bench/bench-core \
	tests/bench/bench-data \
	tests/bench/bench-drain \
	tests/bench/bench-lookup \
	tests/bench/bench-run \
	tests/bench/bench-scan
CLEANFILES += $(bench_programs) tests/bench/RESULTS.new

bench_rounds = tests/bench/bench_rounds.c tests/bench/bench_rounds.h
tests_bench_bench_core_SOURCES = tests/bench/bench_core.c $(bench_rounds)
tests_bench_bench_core_CPPFLAGS = $(AM_CPPFLAGS)
tests_bench_bench_core_LDADD = libcore.la
if LIBCIDR
tests_bench_bench_core_CPPFLAGS += -DBENCH_LIBCIDR
tests_bench_bench_core_LDADD += $(CIDR_LIBS)
endif
tests_bench_bench_data_SOURCES = tests/bench/bench_data.c tests/bench/bench_sizes.h
tests_bench_bench_drain_SOURCES = tests/bench/bench_drain.c
tests_bench_bench_lookup_SOURCES = \
	tests/bench/bench_lookup.c \
	tests/bench/bench_poptrie.c \
	tests/bench/bench_poptrie.h \
	$(bench_rounds)
tests_bench_bench_lookup_LDADD = libcore.la
tests_bench_bench_run_SOURCES = \
	tests/bench/bench_check.c \
	tests/bench/bench_check.h \
	tests/bench/bench_machine.c \
	tests/bench/bench_machine.h \
	tests/bench/bench_proc.c \
	tests/bench/bench_proc.h \
	tests/bench/bench_rows.h \
	tests/bench/bench_run.c \
	tests/bench/bench_sizes.h

tests_bench_bench_scan_SOURCES = tests/bench/bench_scan.c
tests_bench_bench_scan_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/src/core
tests_bench_bench_scan_LDADD = libcore.la

TESTS += tests/bench/bench.t
tests/bench/bench.log: $(bench_programs)
EXTRA_DIST += tests/bench/RESULTS.md tests/bench/bench.sh tests/bench/bench.t tests/bench/peers.py

bench_sh = V6KIT='$(abs_builddir)/v6kit$(EXEEXT)' $(SHELL) $(srcdir)/tests/bench/bench.sh '$(srcdir)'

# QUICK=1 takes a minute or two; ROUNDS=N; ONLY=TEXT: the jobs whose names hold it.
.PHONY: bench bench-results bench-clean clean-bench
bench: v6kit$(EXEEXT) $(bench_programs)
	QUICK='$(QUICK)' ROUNDS='$(ROUNDS)' ONLY='$(ONLY)' $(bench_sh) run
bench-results: v6kit$(EXEEXT) $(bench_programs)
	QUICK='$(QUICK)' ROUNDS='$(ROUNDS)' ONLY= $(bench_sh) results
bench-clean:
	$(bench_sh) clean
clean-local: clean-bench
clean-bench:
	V6KIT_BENCH_DIR= $(bench_sh) clean
