#!/bin/sh
# The scanner beside its rules, which scan_oracle.py tries on every part of random lines, and what it
# finds in samples of real logs. V6KIT_SEED chooses other lines, V6KIT_LINES how many.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"

hits=$PWD/tests/diff/diff-scan

seed=${V6KIT_SEED:-20261127}
lines=${V6KIT_LINES:-1500}
if command -v python3 >/dev/null 2>&1; then
	echo "# V6KIT_SEED=$seed"
	for flags in '' tcpdump names 'tcpdump names'; do
		# shellcheck disable=SC2086 # the flags are words
		python3 "$srcdir/tests/diff/scan_oracle.py" "$seed" "$lines" "$hits" all $flags \
			>"$tmp/differ" 2>"$tmp/said"
		status=$?
		cat "$tmp/said"
		is "scanner and rules agree on random lines (${flags:-no flags})" \
			"$status $(cat "$tmp/differ")" '0 '
	done
else
	left_out python3 'scanner and rules agree' 'python3 is not installed'
fi

done_testing
