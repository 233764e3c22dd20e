# Fuzz targets. `make check` replays their corpora; `make fuzz` (configured with --enable-fuzzers and
# clang) runs each for FUZZ_SECONDS, from the same corpora.

FUZZ_SECONDS = 60
fuzz_targets = parse cli mc spf convert lint_map scan
cli_libs = libcli.la libmiddle.la libcore.la $(CIDR_LIBS)

fuzz_replays = tests/fuzz/replay-parse tests/fuzz/replay-cli tests/fuzz/replay-mc \
	tests/fuzz/replay-spf tests/fuzz/replay-convert tests/fuzz/replay-lint_map \
	tests/fuzz/replay-scan
check_PROGRAMS += $(fuzz_replays)
TESTS += $(fuzz_replays)
tests_fuzz_replay_parse_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_parse.c tests/fuzz/replay.c
tests_fuzz_replay_parse_CPPFLAGS = $(AM_CPPFLAGS) -DREPLAY_CORPUS='"tests/fuzz/corpus/parse"'
tests_fuzz_replay_parse_LDADD = libcore.la
tests_fuzz_replay_cli_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_cli.c tests/fuzz/replay.c
tests_fuzz_replay_cli_CPPFLAGS = $(AM_CPPFLAGS) -DREPLAY_CORPUS='"tests/fuzz/corpus/cli"'
tests_fuzz_replay_cli_LDADD = $(cli_libs)
tests_fuzz_replay_mc_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_mc.c tests/fuzz/replay.c
tests_fuzz_replay_mc_CPPFLAGS = $(AM_CPPFLAGS) -DREPLAY_CORPUS='"tests/fuzz/corpus/mc"'
tests_fuzz_replay_mc_LDADD = libmiddle.la libcore.la
tests_fuzz_replay_spf_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_spf.c tests/fuzz/replay.c
tests_fuzz_replay_spf_CPPFLAGS = $(AM_CPPFLAGS) -DREPLAY_CORPUS='"tests/fuzz/corpus/spf"'
tests_fuzz_replay_spf_LDADD = libmiddle.la libcore.la
tests_fuzz_replay_convert_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_convert.c tests/fuzz/replay.c
tests_fuzz_replay_convert_CPPFLAGS = $(AM_CPPFLAGS) -DREPLAY_CORPUS='"tests/fuzz/corpus/convert"'
tests_fuzz_replay_convert_LDADD = libmiddle.la libcore.la
tests_fuzz_replay_lint_map_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_lint_map.c tests/fuzz/replay.c
tests_fuzz_replay_lint_map_CPPFLAGS = $(AM_CPPFLAGS) -DREPLAY_CORPUS='"tests/fuzz/corpus/lint_map"'
tests_fuzz_replay_lint_map_LDADD = libmiddle.la libcore.la
tests_fuzz_replay_scan_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_scan.c tests/fuzz/replay.c
tests_fuzz_replay_scan_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/src/core \
	-DREPLAY_CORPUS='"tests/fuzz/corpus/scan"'
tests_fuzz_replay_scan_LDADD = libcore.la

EXTRA_DIST += tests/fuzz/corpus

if FUZZERS
EXTRA_PROGRAMS += tests/fuzz/fuzz-parse tests/fuzz/fuzz-cli tests/fuzz/fuzz-mc \
	tests/fuzz/fuzz-spf tests/fuzz/fuzz-convert tests/fuzz/fuzz-lint_map \
	tests/fuzz/fuzz-scan
tests_fuzz_fuzz_parse_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_parse.c
tests_fuzz_fuzz_parse_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_parse_LDADD = libcore.la
tests_fuzz_fuzz_cli_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_cli.c
tests_fuzz_fuzz_cli_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_cli_LDADD = $(cli_libs)
tests_fuzz_fuzz_mc_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_mc.c
tests_fuzz_fuzz_mc_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_mc_LDADD = libmiddle.la libcore.la
tests_fuzz_fuzz_spf_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_spf.c
tests_fuzz_fuzz_spf_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_spf_LDADD = libmiddle.la libcore.la
tests_fuzz_fuzz_convert_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_convert.c
tests_fuzz_fuzz_convert_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_convert_LDADD = libmiddle.la libcore.la
tests_fuzz_fuzz_lint_map_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_lint_map.c
tests_fuzz_fuzz_lint_map_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_lint_map_LDADD = libmiddle.la libcore.la
tests_fuzz_fuzz_scan_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_scan.c
tests_fuzz_fuzz_scan_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/src/core
tests_fuzz_fuzz_scan_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_scan_LDADD = libcore.la

fuzz: $(fuzz_targets:%=fuzz-run-%)
$(fuzz_targets:%=fuzz-run-%): fuzz-run-%: tests/fuzz/fuzz-%
	@$(MKDIR_P) tests/fuzz/found/$*
	@cd tests/fuzz/found/$* && $(abs_builddir)/tests/fuzz/fuzz-$* -max_total_time=$(FUZZ_SECONDS) \
		-timeout=10 -rss_limit_mb=2048 -max_len=4096 -close_fd_mask=0 -verbosity=0 \
		-print_final_stats=1 . $(abs_top_srcdir)/tests/fuzz/corpus/$* >../$*.log 2>&1 || \
		{ echo "fuzz-$*: FAILED"; cat ../$*.log; exit 1; }
	@sed -n 's/^stat::number_of_executed_units: */fuzz-$*: good, executions: /p' \
		tests/fuzz/found/$*.log
else
fuzz:
	@echo 'make fuzz needs: configure --enable-fuzzers CC=clang'; exit 1
endif
.PHONY: fuzz
CLEANFILES += $(EXTRA_PROGRAMS)

clean-local:
	rm -rf tests/fuzz/found
