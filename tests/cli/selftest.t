#!/bin/sh
# selftest: the core against libcidr; tests/cli/second.t has the case where they differ.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

usage 'selftest: unexpected operand x; see v6kit selftest --help' selftest x
usage 'selftest: --count takes a decimal number, not "1k"' selftest --count 1k
usage 'selftest: --seed takes a decimal number, not ""' selftest --seed=
run --version
if grep -q '^second opinion: libcidr' "$tmp/out"; then
	prints 'network, last address and count of 1000 random prefixes: libcidr agrees' selftest --count 1000
	prints 'network, last address and count of 5000 random prefixes: libcidr agrees' \
		selftest --count=5000 --seed 7
fi
usage 'selftest: --count takes a number from 1 on' selftest --count 0

done_testing
