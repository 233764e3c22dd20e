# The layers: see CONTRIBUTING.md for who may include whom.

include_HEADERS = include/v6kit.h
v6kitincludedir = $(includedir)/v6kit
v6kitinclude_HEADERS = \
	include/v6kit/addr.h \
	include/v6kit/cidr.h \
	include/v6kit/count.h \
	include/v6kit/cover.h \
	include/v6kit/error.h \
	include/v6kit/export.h \
	include/v6kit/list.h \
	include/v6kit/lpm.h \
	include/v6kit/map.h \
	include/v6kit/notation.h \
	include/v6kit/prefix.h \
	include/v6kit/range.h \
	include/v6kit/scan.h \
	include/v6kit/set.h \
	include/v6kit/version.h

core_sources = \
	src/core/addr.c \
	src/core/addr_avx2.c \
	src/core/addr_avx2.h \
	src/core/addr_simd.h \
	src/core/addr_sse2.c \
	src/core/array.h \
	src/core/count.c \
	src/core/cover.c \
	src/core/dispatch.c \
	src/core/dispatch.h \
	src/core/edges.c \
	src/core/edges.h \
	src/core/error.c \
	src/core/format.c \
	src/core/format.h \
	src/core/lines.c \
	src/core/lines.h \
	src/core/list.c \
	src/core/list.h \
	src/core/lpm.c \
	src/core/map.c \
	src/core/names.c \
	src/core/number.c \
	src/core/parse.c \
	src/core/parse.h \
	src/core/prefix.c \
	src/core/range.c \
	src/core/rank.c \
	src/core/rank.h \
	src/core/rank_avx2.c \
	src/core/rank_tree.h \
	src/core/scan.c \
	src/core/scan.h \
	src/core/scan_avx2.c \
	src/core/scan_blocks.h \
	src/core/scan_neon.c \
	src/core/scan_sse2.c \
	src/core/set.c \
	src/core/sieve.c \
	src/core/sieve.h \
	src/core/simd.h \
	src/core/sorted.c \
	src/core/sorted.h \
	src/core/tables.c \
	src/core/tables.h \
	src/core/u128.h \
	src/core/value.h

middle_sources = \
	src/mail/access.c \
	src/mail/access.h \
	src/mail/cf.c \
	src/mail/cf.h \
	src/mail/convert.c \
	src/mail/convert.h \
	src/mail/daemons.c \
	src/mail/forms.c \
	src/mail/forms.h \
	src/mail/lint.c \
	src/mail/lint.h \
	src/mail/lint_key.c \
	src/mail/lint_key.h \
	src/mail/lint_maps.c \
	src/mail/lint_maps.h \
	src/mail/lint_run.h \
	src/mail/literal.c \
	src/mail/literal.h \
	src/mail/m4.c \
	src/mail/m4.h \
	src/mail/m4_input.c \
	src/mail/m4_run.c \
	src/mail/m4_run.h \
	src/mail/mc.c \
	src/mail/options.c \
	src/mail/options.h \
	src/mail/origin.c \
	src/mail/origin.h \
	src/mail/port_options.c \
	src/mail/rules.def \
	src/mail/sockets.c \
	src/mail/sockets.h \
	src/mail/spf.c \
	src/mail/spf.h \
	src/mail/word.c \
	src/mail/word.h \
	src/out/diff.c \
	src/out/diff.h \
	src/out/firewall.c \
	src/out/firewall.h \
	src/out/mmdb.c \
	src/out/mmdb.h \
	src/out/record.c \
	src/out/record.h \
	src/out/text.c \
	src/out/text.h \
	src/plan/allocate.c \
	src/plan/allocate.h \
	src/stream/block.c \
	src/stream/blocks.c \
	src/stream/blocks.h \
	src/stream/chunk.c \
	src/stream/chunk.h \
	src/stream/error.c \
	src/stream/error.h \
	src/stream/feed.c \
	src/stream/json.c \
	src/stream/json.h \
	src/stream/path.c \
	src/stream/path.h \
	src/stream/section.c \
	src/stream/sink.c \
	src/stream/sink.h \
	src/stream/source.c \
	src/stream/source.h \
	src/stream/whole.c \
	src/stream/whole.h

cli_sources = \
	src/cli/cli.c \
	src/cli/cli.h \
	src/cli/cmd_arpa.c \
	src/cli/cmd_complement.c \
	src/cli/cmd_completion.c \
	src/cli/cmd_count.c \
	src/cli/cmd_diff.c \
	src/cli/cmd_free.c \
	src/cli/cmd_in.c \
	src/cli/cmd_grep.c \
	src/cli/cmd_info.c \
	src/cli/cmd_intersect.c \
	src/cli/cmd_list.c \
	src/cli/cmd_mail.c \
	src/cli/cmd_merge.c \
	src/cli/cmd_next.c \
	src/cli/cmd_norm.c \
	src/cli/cmd_overlap.c \
	src/cli/cmd_parent.c \
	src/cli/cmd_rand.c \
	src/cli/cmd_range.c \
	src/cli/cmd_selftest.c \
	src/cli/cmd_sendmail.c \
	src/cli/cmd_span.c \
	src/cli/cmd_split.c \
	src/cli/cmd_subtract.c \
	src/cli/cmd_symdiff.c \
	src/cli/commands.def \
	src/cli/common.c \
	src/cli/common.h \
	src/cli/diag.c \
	src/cli/diag.h \
	src/cli/grep.h \
	src/cli/grep_files.c \
	src/cli/grep_files.h \
	src/cli/grep_find.c \
	src/cli/grep_order.c \
	src/cli/grep_print.c \
	src/cli/grep_record.c \
	src/cli/input.c \
	src/cli/input.h \
	src/cli/json_list.c \
	src/cli/json_list.h \
	src/cli/labelled.c \
	src/cli/labelled.h \
	src/cli/lint_file.c \
	src/cli/lint_file.h \
	src/cli/mail.c \
	src/cli/mail.h \
	src/cli/mail_convert.c \
	src/cli/mail_forms.c \
	src/cli/mail_spf.c \
	src/cli/members.c \
	src/cli/members.h \
	src/cli/opt.c \
	src/cli/opt.h \
	src/cli/part.c \
	src/cli/part.h \
	src/cli/pools.c \
	src/cli/pools.h \
	src/cli/progress.c \
	src/cli/progress.h \
	src/cli/resolve.c \
	src/cli/resolve.h \
	src/cli/sarif.c \
	src/cli/sarif.h \
	src/cli/second.c \
	src/cli/second.h \
	src/cli/sendmail.h \
	src/cli/sendmail_check.c \
	src/cli/sendmail_key.c \
	src/cli/sendmail_lint.c \
	src/cli/set_out.c \
	src/cli/set_out.h \
	src/cli/set_print.c \
	src/cli/sets.c \
	src/cli/sets.h \
	src/cli/share.c \
	src/cli/share.h \
	src/cli/sendmail_options.c

# The core's objects once: libv6kit.so is they and the symbol map, the program links them as they
# are, so that the v6kit in the build folder is the real binary.
noinst_LTLIBRARIES += libcore.la libmiddle.la libcli.la
libcore_la_SOURCES = $(core_sources)
libmiddle_la_SOURCES = $(middle_sources)
libmiddle_la_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(ZLIB_CFLAGS) $(LZMA_CFLAGS) $(ZSTD_CFLAGS)
libmiddle_la_LIBADD = $(JANSSON_LIBS) $(ZLIB_LIBS) $(LZMA_LIBS) $(ZSTD_LIBS)
libcli_la_SOURCES = $(cli_sources)

lib_LTLIBRARIES += libv6kit.la
libv6kit_la_SOURCES =
libv6kit_la_LIBADD = libcore.la
libv6kit_la_LDFLAGS = $(AM_LDFLAGS) -version-info 0:0:0 -no-undefined
if SYMBOL_MAP
libv6kit_la_LDFLAGS += -Wl,--version-script=$(top_srcdir)/src/core/libv6kit.map
endif
libv6kit_la_DEPENDENCIES = libcore.la src/core/libv6kit.map
EXTRA_DIST += src/core/libv6kit.map
pkgconfig_DATA += src/core/libv6kit.pc

bin_PROGRAMS += v6kit
v6kit_SOURCES = src/cli/main.c
v6kit_LDFLAGS = $(AM_LDFLAGS) $(V6K_PIE)
v6kit_LDADD = libcli.la libmiddle.la libcore.la $(CIDR_LIBS)

# The same program over the shared library alone: proof that it uses the public API only.
check_PROGRAMS += v6kit-shared
v6kit_shared_SOURCES = src/cli/main.c
v6kit_shared_LDADD = libcli.la libmiddle.la libv6kit.la $(CIDR_LIBS)

# The same program over a core that is wrong on purpose: the second opinion must notice.
if LIBCIDR
check_PROGRAMS += v6kit-wrong
v6kit_wrong_SOURCES = src/cli/main.c $(core_sources)
v6kit_wrong_CPPFLAGS = $(AM_CPPFLAGS) -DV6K_TEST_WRONG_CORE
v6kit_wrong_LDADD = libcli.la libmiddle.la $(CIDR_LIBS)
endif

# Completion scripts come from the program's own tables, so that they need a v6kit that runs here.
if !CROSS
bashcompletiondir = $(datadir)/bash-completion/completions
bashcompletion_DATA = completion/bash/v6kit
zshcompletiondir = $(datadir)/zsh/site-functions
zshcompletion_DATA = completion/zsh/_v6kit
fishcompletiondir = $(datadir)/fish/vendor_completions.d
fishcompletion_DATA = completion/fish/v6kit.fish
completion_files = $(bashcompletion_DATA) $(zshcompletion_DATA) $(fishcompletion_DATA)
CLEANFILES += $(completion_files)

completion/bash/v6kit: v6kit$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) completion/bash && ./v6kit$(EXEEXT) completion bash --output $@
completion/zsh/_v6kit: v6kit$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) completion/zsh && ./v6kit$(EXEEXT) completion zsh --output $@
completion/fish/v6kit.fish: v6kit$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) completion/fish && ./v6kit$(EXEEXT) completion fish --output $@
endif
