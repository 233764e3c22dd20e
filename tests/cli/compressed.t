#!/bin/sh
# grep reads what gzip, xz and zstd have compressed: whole, in members, from pipes; and says what is wrong.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

cd "$tmp" || exit 99
"$V6KIT" --version | sed -n '/built without/d; s/^compressed input: //p' >libraries
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
		is "$kind: $n bytes of $size, what comes before" "$(cmp -n "$(wc -c <got)" got want)" ''
	done
	head -c $((size - 1)) packed >short
	t "$kind that is cut: -m is content before" 0 "$(sed 3q want)" '' grep -n -m3 2001:db8:7::/48 short
	t "$kind that is cut: -q, too" 0 '' '' grep -q 2001:db8:7::/48 short
	t "$kind that is cut: -c" 2 2222 'v6kit: short: the compressed data ends too early' grep -c 2001:db8:7::/48 short
	t "$kind that is cut: the others are searched" 2 "short:2222
packed:2222" 'v6kit: short: the compressed data ends too early' grep -c 2001:db8:7::/48 short packed
	head -c 6 packed >short
	t "$kind: six bytes" 2 '' 'v6kit: short: the compressed data ends too early' grep ::/0 short
	in=packed t "$kind on standard input, -m" 0 "$(sed 2q want)" '' grep -n -m2 2001:db8:7::/48
	# shellcheck disable=SC2002 # a pipe is the point
	is "$kind from a pipe, -m and what follows" "$(cat packed | "$V6KIT" grep -n -m2 -A1 2001:db8:7::/48)" \
		"$(sed 1q want)
8-$(sed -n 8p log)
--
$(sed -n 2p want)
17-$(sed -n 17p log)"
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
	is "$kind: all that comes before" "$(cmp got want 2>&1)" ''
	# Of what liblzma reads at once with the error, too.
	"$@" <want | cat - log >behind
	is "$kind: little before much text" "$("$V6KIT" grep 2001:db8:7::/48 behind 2>&1)" "$(cat want)
v6kit: behind: corrupt compressed data"
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
if grep -q libzstd libraries; then
	# A frame to be passed over, before and behind, alone, and cut.
	printf '\120\052\115\030\004\000\000\000abcd' >skipped
	printf '\050\265\057\375\000\120q\000\0002001:db8:7::1\n' >frame
	cat skipped frame skipped >packed
	t 'zstd: frames to be passed over' 0 2001:db8:7::1 '' grep 2001:db8:7::/48 packed
	t 'zstd: nothing else' 1 '' '' grep 2001:db8:7::/48 skipped
	head -c 10 skipped >packed
	t 'zstd: such a frame that is cut' 2 '' 'v6kit: packed: the compressed data ends too early' grep ::/0 packed
	# A window of 256 MiB.
	printf '\050\265\057\375\000\220q\000\0002001:db8:7::1\n' >packed
	t 'zstd: too much memory' 2 '' 'v6kit: packed: decompressing this would take too much memory' grep ::/0 packed
	head -c 5 packed >short
	t 'zstd: five bytes' 2 '' 'v6kit: short: the compressed data ends too early' grep ::/0 short
fi
if grep -q liblzma libraries; then
	# A dictionary of 1 GiB.
	{
		printf '\3757zXZ\000\000\001i\042\3366\002\000\041\001\044\000\000\000\136\037\307\371\001\000\015'
		printf '2001:db8:7::1\n\000\000\000\361\356\2510\000\001\042\016\014\336\214\140\220B\231\015\001'
		printf '\000\000\000\000\001YZ'
	} >packed
	t 'xz: too much memory' 2 '' 'v6kit: packed: decompressing this would take too much memory' grep ::/0 packed
fi
if grep -q zlib libraries; then
	printf '\037\213\010' >short
	t 'gzip: three bytes' 2 '' 'v6kit: short: the compressed data ends too early' grep ::/0 short
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
