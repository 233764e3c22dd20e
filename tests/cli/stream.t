#!/bin/sh
# Streams: constant memory, output in the order of the input, nothing lost, blocks of all sizes.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

cd "$tmp" || exit 99
lines=1000000
# numbered FORMAT: lines that differ, no group of them zero.
numbered() {
	awk -v n=$lines -v f="$1\n" \
		'BEGIN { for (i = 0; i < n; i++) printf f, i / 65535 + 1, i % 65535 + 1, i % 9 + 1 }'
}
numbered '2001:DB8:%X:%x::%x' >many
numbered '2001:db8:%x:%x::%x' >want
"$V6KIT" norm <many >got 2>err
is 'a million lines from a file' "$?:$(cksum <got):$(cat err)" "0:$(cksum <want):"
# A pipe gives pieces of other sizes.
# shellcheck disable=SC2002 # that is the point
cat many | "$V6KIT" norm | cksum >got
is 'a million lines through pipes' "$(cat got)" "$(cksum <want)"
dd if=many bs=4093 2>/dev/null | "$V6KIT" norm | cksum >got
is 'a million lines in odd pieces' "$(cat got)" "$(cksum <want)"
is 'in counts them' "$("$V6KIT" in -F x 2001:db8::/32 - <many | wc -l | tr -d ' ')" $lines
in=many t 'and all are in' 0 '' '' in 2001:db8::/32
in=many t 'but not there' 1 '' '' in 2001:db8::/45
echo x | cat many - >last
in=last t 'a line number of seven digits' 2 '' "$(message -:1000001 1+1 'unexpected character' x)" norm -4

# memory DESCRIPTION ARGS...: less than 16 MiB, with many as standard input. A sanitizer has its own.
memory() {
	memory_name=$1
	shift
	if [ ! -x /usr/bin/time ] || ! /usr/bin/time -f %M true 2>/dev/null; then
		echo "# no GNU time: $memory_name is not measured"
		return
	fi
	if LC_ALL=C grep -q __asan_init "$V6KIT"; then
		echo "# a sanitizer: $memory_name is not measured"
		return
	fi
	/usr/bin/time -f %M -o size "$V6KIT" "$@" <many >/dev/null 2>&1
	memory_size=$(tail -n 1 size)
	is "$memory_name (used $memory_size KiB)" "$((memory_size < 16384))" 1
}
memory 'norm takes less than 16 MiB' norm
memory 'norm -j takes less than 16 MiB' norm -j
memory 'info takes less than 16 MiB' info
memory 'in takes less than 16 MiB' in 2001:db8::/32
memory 'a million bad lines take less than 16 MiB' norm --from hex
memory 'keeping them, too' norm --from hex --on-error=keep -j
# What sendmail's commands hold back has no bound; where memory ends they say so, once.
if ! LC_ALL=C grep -q __asan_init "$V6KIT"; then
	(
		# shellcheck disable=SC3045 # where a shell cannot, the run succeeds and the check is left out
		ulimit -v 20000 2>/dev/null || exit 9
		"$V6KIT" sendmail key --max 9999999 <many >got 2>err
	)
	status=$?
	[ $status = 9 ] || is 'out of memory' "$status:$(cat got err)" '2:v6kit: sendmail key: out of memory'
fi
is 'a million bad lines: 10 and one' "$("$V6KIT" norm --from hex <many 2>&1 | sed -n '1p;$p;$=')" \
	"v6kit: -:1:5: unexpected character
v6kit: and 999990 more
31"

# Every line length about a block's end: none is lost, cut or joined.
awk 'BEGIN { for (i = 1; i < 3000; i++) { z = z "z"; printf "fe80::%x%%%s\n", i, z } }' >widths
in=widths t 'lines of 1 to 3000 bytes and more' 0 "$(cat widths)" '' norm
awk 'BEGIN { for (i = 0; i < 300000; i++) print i % 7 ? "" : "::" i % 10000 }' >sparse
in=sparse t 'mostly blank lines' 0 "$(grep . sparse | sed 's/^::0$/::/')" '' norm

# Standard input among operands, files and standard input at once.
sed 3q many >three
three=$(sed 3q want)
in=three t 'standard input in its place' 0 "::1
$three
::2" '' norm ::1 - ::2
in=three t 'twice: the second is at its end' 0 "::1
$three
::2" '' norm ::1 - - ::2
in=three t '-f and standard input' 0 "$three
$three" '' norm -f three -
t 'the same file again' 0 "$three
::1" '' norm -f three ::1

# What comes slowly is waited for; a last line may have no newline.
{ printf '::1\n::'; sleep 0.1; printf '2\n'; sleep 0.1; printf '::3'; } | "$V6KIT" norm >got
is 'a line in two pieces' "$(cat got)" '::1
::2
::3'
is 'grepcidr: printf without newline' "$(printf '2a00:a200::3' | "$V6KIT" norm)" 2a00:a200::3
cd "$OLDPWD" || exit 99
done_testing
