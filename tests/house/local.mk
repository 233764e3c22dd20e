# tests/house: the project about itself: its parts agree, and its rules are kept.

house_tests = \
	tests/house/bootstrap.t \
	tests/house/commands.t \
	tests/house/configure.t \
	tests/house/headers.t \
	tests/house/install.t \
	tests/house/layers.t \
	tests/house/man.t \
	tests/house/shellcheck.t \
	tests/house/symbols.t
TESTS += $(house_tests)
EXTRA_DIST += $(house_tests)
