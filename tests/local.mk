# Tests: every one speaks TAP. C programs are cmocka groups, .t files are shell scripts.

TEST_EXTENSIONS = .t
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
T_LOG_DRIVER = $(LOG_DRIVER)
T_LOG_COMPILER = $(SHELL)
AM_TESTS_ENVIRONMENT = \
	V6KIT='$(abs_builddir)/v6kit'; export V6KIT; \
	V6KIT_CORPORA="$${V6KIT_CORPORA:-$(v6k_corpora)}"; export V6KIT_CORPORA; \
	CMOCKA_MESSAGE_OUTPUT=TAP; export CMOCKA_MESSAGE_OUTPUT; \
	CC='$(CC)'; export CC;

EXTRA_DIST += tests/tap.sh

include tests/unit/local.mk
include tests/cli/local.mk
include tests/diff/local.mk
include tests/examples/local.mk
include tests/prop/local.mk
include tests/fuzz/local.mk
include tests/house/local.mk
include tests/mail/local.mk
include tests/bench/local.mk
