#!/bin/sh
# make bench: writes the data where there is none, and runs the benchmark from the build folder.
#   bench.sh SRCDIR run       prints the tables
#   bench.sh SRCDIR results   puts them into tests/bench/RESULTS.md as well
#   bench.sh SRCDIR clean     removes the data; that in V6KIT_BENCH_DIR, too, when it is set
# The data goes to V6KIT_BENCH_DIR, and else to a folder in /dev/shm that is this build's own, or into
# the build folder where that has no room. Peers that are not packaged are looked for at
# V6KIT_BENCH_IPRANGE2, V6KIT_BENCH_CIDR_MERGER and V6KIT_BENCH_GREPCIDR3.

srcdir=$1
shift
full_kib=3145728
mark=$(pwd | cksum | cut -d ' ' -f 1)
memory=/dev/shm/v6kit-bench-$mark
disk=$PWD/tests/bench/data

case $1 in
clean)
	# Only what bench-data has finished: a folder that somebody named may have more in it.
	for dir in "$memory" "$disk" ${V6KIT_BENCH_DIR:+"$V6KIT_BENCH_DIR"}; do
		for size in full quick; do
			[ ! -e "$dir/$size/stamp" ] || rm -rf "${dir:?}/$size"
		done
		[ ! -d "$dir" ] || rmdir "$dir" 2>/dev/null
	done
	exit 0
	;;
run | results) ;;
*)
	sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
	exit 2
	;;
esac

dir=${V6KIT_BENCH_DIR:-}
if [ -z "$dir" ]; then
	dir=$disk
	free=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
	if [ -w /dev/shm ] && { [ -d "$memory/full" ] || [ "${free:-0}" -gt "$full_kib" ]; }; then
		dir=$memory
	fi
fi
size=full rounds=${ROUNDS:-5}
[ -z "$QUICK" ] || size=quick

PYTHONPATH=$(cd "$srcdir/tests/bench" && pwd) || exit 2
V6KIT_BENCH_CORE=$PWD/tests/bench/bench-core
V6KIT_BENCH_DRAIN=$PWD/tests/bench/bench-drain
V6KIT_BENCH_LOOKUP=$PWD/tests/bench/bench-lookup
V6KIT_BENCH_SCAN=$PWD/tests/bench/bench-scan
LC_ALL=C
export PYTHONPATH V6KIT_BENCH_CORE V6KIT_BENCH_DRAIN V6KIT_BENCH_LOOKUP V6KIT_BENCH_SCAN LC_ALL
mkdir -p "$dir" && tests/bench/bench-data "$dir/$size" "$size" || exit 2

if [ "$1" = run ]; then
	tests/bench/bench-run "$dir/$size" "$rounds" ${ONLY:+"$ONLY"}
	exit
fi
new=$PWD/tests/bench/RESULTS.new
{
	echo '# Results'
	echo
	echo 'Made by "make bench-results"; CONTRIBUTING.md says how to read it.'
	echo
	tests/bench/bench-run "$dir/$size" "$rounds"
} >"$new"
[ $? -le 1 ] && cat "$new" && mv "$new" "$srcdir/tests/bench/RESULTS.md"
