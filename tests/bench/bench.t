#!/bin/sh
# The benchmark itself, on tiny data and with peers of ours: that it tells wrong results, missing peers
# and missed goals. What it measures is not looked at.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"

programs=$PWD/tests/bench
data=$tmp/data
[ -x "$programs/bench-run" ] || skip_all bench 'the benchmark is not built'

"$programs/bench-data" "$data" tiny 2>"$tmp/err"
is 'bench-data ends in 0' "$?" 0
is 'and says so' "$(cat "$tmp/err")" "bench-data: writing tiny data to $data"
is 'the stamp tells version, size and seed' "$(cat "$data/stamp")" \
	'v6kit bench data, version 3, tiny, seed 2a00a20000120025'
is 'the same bytes everywhere' "$(cat "$data"/[a-z]* | cksum)" \
	'418454198 5326103'
is 'the sets have their sizes' "$(cd "$data" && wc -l set-1 set-100 set-10k set-200k set-both |
	awk '{ print $1 }' | paste -sd ' ' -)" '1 100 10000 200000 20000 230101'
is 'a list and its sorted twin are the same' "$(sort "$data/prefixes" | cksum)" \
	"$(sort "$data/prefixes-sorted" | cksum)"
echo mark >"$data/empty"
"$programs/bench-data" "$data" tiny 2>"$tmp/err"
is 'data of the same stamp is kept' "$(cat "$tmp/err" "$data/empty")" mark
echo old >"$data/stamp"
"$programs/bench-data" "$data" tiny 2>"$tmp/err"
is 'data of another is not' "$(cat "$data/empty")" ''
"$programs/bench-data" "$data" huge 2>"$tmp/err"
is 'an unknown size is refused' "$?" 2

# Peers: of the machine only what every machine has; a merge that goes wrong and one that is right.
bin=$tmp/bin
mkdir "$bin"
for name in cat sleep sort tr wc; do
	ln -s "$(command -v "$name")" "$bin/$name"
done
for name in /usr/bin/true /bin/true; do
	[ ! -x "$name" ] || ln -sf "$name" "$bin/true"
done
printf '#!/bin/sh\nprintf "192.0.2.0/24\\n"\n' >"$bin/iprange"
# shellcheck disable=SC2016 # that shell expands it
printf '#!/bin/sh\nexec "%s" merge -6 "$2"\n' "$V6KIT" >"$bin/iprange2"
chmod +x "$bin/iprange" "$bin/iprange2"
# shellcheck disable=SC2016

printf '#!/bin/sh\nprintf "| %%s %%s %%s %%s | **missed** |\\n" "$V6KIT_SIMD" "$@"\n' >"$bin/lookup"
chmod +x "$bin/lookup"

# bench NAME...: leaves $status and $tmp/out.
bench() {
	PATH=$bin V6KIT=$V6KIT V6KIT_BENCH_PYTHON=$bin/none V6KIT_BENCH_CORE=$bin/none \
		V6KIT_BENCH_DRAIN=$programs/bench-drain V6KIT_BENCH_LOOKUP=$bin/lookup V6KIT_BENCH_SCAN=$programs/bench-scan \
		"$programs/bench-run" "$data" 1 "$@" >"$tmp/out" 2>"$tmp/err"
	status=$?
}

# row PATTERN: how many rows of the table hold it.
row() {
	grep -c "$1" "$tmp/out"
}

bench
is 'a peer that disagrees: status 1' "$status" 1
is 'it is named' "$(row '^| merge, IPv4 | iprange | .*not explained: [1-9][0-9]* of v6kit.s, [01] of')" 1
is 'one that agrees is, too' "$(row '^| merge, IPv6 | iprange 2 | the same [0-9]* lines |$')" 1
is 'one that is missing is not made up' "$(row '^| merge, IPv6 | cidr-merger | not installed |$')" 1
is 'nor is its time' "$(row '| cidr-merger | not installed | | | |$')" 1
is 'a command that does not exist yet' "$(row '^| renumber.* | v6kit has no such command yet |')" 1
is 'every job has rows' "$(row '^| start-up: in P A | [0-9.]* ms | true | [0-9.]* ms | .*x | ≤ 2.2x | ')" 1
is 'what a pipe takes' \
	"$(row '^| cat LOG, piped to grep.* | cat LOG, read from the pipe and no more | [0-9.]* ms | ')" 1
is 'the scanner in the plainest tier, beside memchr' \
	"$(row '^| log-v6 | \(lines by memchr\|none *\) | *[0-9.]* GB/s | *[1-9][0-9]* | *[0-9.]* ns | *[0-9.]*x |$')" 2
is 'every tier finds the same' "$(grep '^| log-mixed |' "$tmp/out" | grep -v memchr | cut -d '|' -f 5 | sort -u | wc -l | tr -d ' ')" 1
is 'look-ups, in the plainest tier' "$(row '^| none set-200k addresses 5 | ..missed.. |$')" 1

bench 'count ::/0'
is 'one job alone: its row' "$(grep -c '^| .* [0-9.]* m*s | ' "$tmp/out")" 1
is 'and no comparison' "$(row 'agree')" 0

# A v6kit that needs little memory meets a goal, one that takes its time misses another.
printf '#!/bin/sh\necho here\n' >"$tmp/small"
printf '#!/bin/sh\nsleep 0.05\necho here\n' >"$tmp/slow"
chmod +x "$tmp/small" "$tmp/slow"
V6KIT=$tmp/small
bench 'memory: split'
is 'a goal that is met' "$status $(row '| ≤ 16 MiB | met |$')" '0 1'
V6KIT=$tmp/slow
bench 'count ::/0'
is 'and one that is not' "$status $(row '| ≤ 10 ms | \*\*missed\*\* |$')" '1 1'

bench_to=$tmp/nothing
mkdir "$bench_to"
"$programs/bench-run" "$bench_to" 1 >"$tmp/out" 2>"$tmp/err"
is 'a folder without data' "$? $(cat "$tmp/err")" "2 bench-run: $bench_to: no data of bench-data's"

V6KIT=$tmp/nothing/v6kit
bench
is 'no v6kit' "$status $(cat "$tmp/err")" '2 bench-run: no v6kit: V6KIT says where it is'

done_testing
