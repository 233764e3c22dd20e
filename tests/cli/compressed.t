#!/bin/sh
# grep reads what gzip, xz and zstd have compressed: whole, in members, from pipes; and says what is wrong.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

cd "$tmp" || exit 99
"$V6KIT" --version | sed -n 's/^compressed input: //p' >libraries
awk 'BEGIN { for (i = 1; i <= 20000; i++) printf "%d from 2001:db8:%x::1 and 192.0.2.%d\n", i, i % 9, i % 256 }' >log
"$V6KIT" grep -n 2001:db8:7::/48 log >want
is 'there is something to be found' "$(wc -l <want | tr -d ' ')" 2222
cp want twice
awk -F : '{ n = $0; sub(/^[0-9]*:/, "", n); print $1 + 20000 ":" n }' want >>twice

# reads KIND LIBRARY TEXT COMMAND...: COMMAND compresses standard input to standard output. TEXT is what
# is said where the library is not built in.
reads() {
	kind=$1 library=$2
	shift 2
	if ! command -v "$1" >/dev/null 2>&1; then
		left_out "$1" "$kind is read" "$1 is not installed"
		return
	fi
	"$@" <log >packed
	if ! grep -q "$library" libraries; then
		t "$kind without $library" 2 '' "v6kit: packed: compressed by $kind, and v6kit was built without $library" \
			grep 2001:db8:7::/48 packed
		return
	fi
	t "$kind" 0 "$(cat want)" '' grep -n 2001:db8:7::/48 packed
	in=packed t "$kind on standard input" 0 "$(cat want)" '' grep -n 2001:db8:7::/48
	# shellcheck disable=SC2002 # a pipe is the point
	is "$kind from a pipe" "$(cat packed | "$V6KIT" grep -n 2001:db8:7::/48)" "$(cat want)"
	is "$kind in odd pieces" "$(dd if=packed bs=3 count=99999 2>/dev/null | "$V6KIT" grep -n 2001:db8:7::/48)" "$(cat want)"
	cat packed packed >members
	t "$kind in members" 0 "$(cat twice)" '' grep -n 2001:db8:7::/48 members
	for threads in 1 2 7; do
		is "$kind at $threads threads, in small blocks" \
			"$(V6KIT_BLOCK=64 "$V6KIT" grep -n --threads "$threads" 2001:db8:7::/48 members)" \
			"$(cat twice)"
	done
	size=$(wc -c <packed)
	for n in $((size - 1)) $((size - 5)) $((size / 2)) 12; do
		head -c "$n" packed >short
		"$V6KIT" grep -n 2001:db8:7::/48 short >got 2>err
		is "$kind: $n bytes of $size" "$?:$(cat err)" '2:v6kit: short: the compressed data ends too early'
	done
	{
		head -c $((size / 2)) packed
		printf 'xxxxxxxxxxxxxxxxxxxx'
		tail -c +$((size / 2 + 21)) packed
	} >broken
	"$V6KIT" grep -n 2001:db8:7::/48 broken >got 2>err
	is "$kind: bytes in the middle are wrong" "$?:$(cat err)" '2:v6kit: broken: corrupt compressed data'
	{
		cat packed
		echo 2001:db8:7::1
	} >behind
	"$V6KIT" grep -n 2001:db8:7::/48 behind >got 2>err
	is "$kind: text behind it" "$?:$(cat err)" '2:v6kit: behind: corrupt compressed data'
	"$@" </dev/null >nothing
	t "$kind of nothing" 1 '' '' grep 2001:db8:7::/48 nothing
}
reads gzip zlib gzip -c
reads xz liblzma xz -c
reads zstd libzstd zstd -q -c
if grep -q zlib libraries; then
	gzip -c <log >packed
	head -c 1000 /dev/zero >>packed
	t 'gzip padded with zeros' 0 "$(cat want)" '' grep -n 2001:db8:7::/48 packed
fi
# What only begins like it is text; and a line of one byte is not waited for.
printf 'P\037\213 2001:db8:7::1\n' >text
t 'text that begins like a frame' 0 "$(cat text)" '' grep 2001:db8:7::/48 text
printf '\037\n2001:db8:7::1\n' >text
t 'text that begins like gzip' 0 2001:db8:7::1 '' grep 2001:db8:7::/48 text
printf '\037' >text
t 'one byte' 1 '' '' grep 2001:db8:7::/48 text
cd "$OLDPWD" || exit 99
done_testing
