#!/bin/sh
# The scanner beside its rules, which scan_oracle.py tries on every part of random lines, and what it
# finds in samples of real logs. V6KIT_SEED chooses other lines, V6KIT_LINES how many.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"

hits=$PWD/tests/diff/diff-scan

# Beside each log is what has to be found in it, a line each: the number of its line, and its text.
for log in "$srcdir"/tests/vectors/logs/*.log; do
	name=${log##*/}
	name=${name%.log}
	case $name in
	bind | zone) flags=names ;;
	tcpdump) flags=tcpdump ;;
	*) flags= ;;
	esac
	for tier in none ''; do
		# shellcheck disable=SC2086 # none, or a word
		"$hits" $flags $tier <"$log" >"$tmp/hits"
		is "what is in a log of $name (${tier:-this machine})" \
			"$(diff "$tmp/hits" "${log%.log}.hits")" ''
	done
done

# The rows of others that find nothing wait for the registries: they drop what is reserved.
corpus=${V6KIT_CORPORA:-$srcdir/../shared/corpora}/extract/ipinfo-grepip.tsv
if [ -r "$corpus" ]; then
	found=$(awk -F '\t' '$1 == "grepip" && $3 != "" { sub(/.* :: /, "", $2); print $2 }' "$corpus" | "$hits")
	is 'what others find' "$found" \
		"$(awk -F '\t' '$1 == "grepip" && $3 != "" { print ++n ":" $3 }' "$corpus")"
else
	left_out corpora 'what others find' "there is no $corpus"
fi

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
