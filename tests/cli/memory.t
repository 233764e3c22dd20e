#!/bin/sh
# Memory that runs out, for real: what does not fit is told, nothing else is printed, and what streams needs
# no more. tests/unit/test_memory.c lets each allocation of a command fail.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

limit_kib=20000
# A sanitizer's own memory is far more.
# shellcheck disable=SC3045
(ulimit -v $limit_kib && exec "$V6KIT" merge -e ::1) >/dev/null 2>&1 ||
	skip_all memory "v6kit does not start in $limit_kib KiB"

cd "$tmp" || exit 99
"$V6KIT" split 2001:db8::/32 /52 >many
echo 2001:db8::1 >text

# limited ARGS...: leaves $status, out and err.
# shellcheck disable=SC3045 # dash and bash have it
limited() {
	(ulimit -v $limit_kib && exec "$V6KIT" "$@") >out 2>err </dev/null
	status=$?
}

for command in 'in @many ::1' 'in -p -f many ::1' 'grep -f many text' 'grep -c -p -f many text' 'merge many' \
	'merge --labels many' 'merge --as json many' 'intersect many text' 'subtract many text' 'diff many text' \
	'overlap many text' 'span many' 'count many' 'complement many' 'free ::/0 -f many' 'next ::/0 -f many /64'; do
	# shellcheck disable=SC2086 # words are meant
	limited $command
	is "$command" "$status:$(cat out err)" "2:v6kit: ${command%% *}: out of memory"
done
echo old >kept
limited merge --output kept many
is 'the old file is kept' "$status:$(cat kept)" 2:old
# It is of that size because of the limit: without it, it works.
is 'all of them fit without the limit' "$("$V6KIT" merge many)" 2001:db8::/32

# Streams of any length.
limited norm --threads 1 -f many
is 'norm' "$status:$(cmp out many):$(cat err)" 0::
limited grep --threads 1 -c 2001:db8::/32 many
is 'grep' "$status:$(cat out err)" 0:1048576

done_testing
