# tests/cli: every command as its user sees it.

cli_tests = \
	tests/cli/norm.t \
	tests/cli/in.t
TESTS += $(cli_tests)
EXTRA_DIST += $(cli_tests) tests/cli/lib.sh
