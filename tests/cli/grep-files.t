#!/bin/sh
# grep: files of any kind and size, those that cannot be read, and where standard input and output are left.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

cd "$tmp" || exit 99
printf 'a ::1\nb\nc ::2\nd ::3\n' >text
lines='a ::1
c ::2
d ::3'

# What cannot be read: it is said, and the others are searched.
mkdir folder
cat text >folder/inside
t 'a file that is not there' 2 "text:a ::1
text:c ::2
text:d ::3" 'v6kit: none: No such file or directory' grep ::/0 none text
t 'a folder without -r' 2 "text:a ::1
text:c ::2
text:d ::3" 'v6kit: folder: Is a directory' grep ::/0 folder text
t 'a folder without -r, -c' 2 "folder:0
text:3" 'v6kit: folder: Is a directory' grep -c ::/0 folder text
t 'a folder without -r, -c alone' 2 0 'v6kit: folder: Is a directory' grep -c ::/0 folder
t 'a folder without -r, -L' 2 folder 'v6kit: folder: Is a directory' grep -L ::/0 folder text
t 'a folder without -r, -l' 2 text 'v6kit: folder: Is a directory' grep -l ::/0 folder text
t 'a file that is not there has no count' 2 text:3 'v6kit: none: No such file or directory' grep -c ::/0 none text
t 'nor is a file that is not there left out' 2 '' 'v6kit: none: No such file or directory' grep -r --include='*.c' ::/0 none
t 'nothing selected and a file that is not there' 2 '' 'v6kit: none: No such file or directory' grep ::4 none text
t '-s says nothing, but ends in 2' 2 "$lines" '' grep -hs ::/0 none text folder
t '-q without a match ends in 2' 2 '' 'v6kit: none: No such file or directory' grep -q ::4 none text
t '-L and a file that is not there' 2 text 'v6kit: none: No such file or directory' grep -L ::4 none text
t 'an empty name' 2 '' 'v6kit: : No such file or directory' grep ::1 ''
t -r 0 'folder/inside:a ::1' '' grep -r ::1 folder
t '-r, a file' 0 'a ::1' '' grep -r ::1 folder/inside
t '-r, a link that leads nowhere' 0 'folder/inside:a ::1' '' grep -r ::1 folder
ln -s nowhere folder/link
t '-r knows nothing of links in folders' 0 'folder/inside:a ::1' '' grep -r ::1 folder
t '-R follows them' 2 'folder/inside:a ::1' 'v6kit: folder/link: No such file or directory' grep -R ::1 folder
rm folder/link
ln -s . folder/loop
t '-R and a loop' 0 'folder/inside:a ::1' 'v6kit: folder/loop: a loop of folders; its files were searched once' \
	grep -R ::1 folder
t '-R and a loop, -s' 0 'folder/inside:a ::1' '' grep -Rs ::1 folder
rm folder/loop
mkfifo folder/pipe
t '-r passes over pipes' 0 'folder/inside:a ::1' '' grep -r ::1 folder
cat text >folder/pipe &
t 'a pipe that is named' 0 'a ::1' '' grep -r ::1 folder/pipe
cat text >folder/pipe &
t 'a pipe that is named, without -r' 0 'a ::1' '' grep ::1 folder/pipe
rm folder/pipe
touch folder/z folder/-
echo ::1 >folder/A
echo ::1 >folder/-
t 'files of folders in the order of their names' 0 'folder/-:::1
folder/A:::1
folder/inside:a ::1' '' grep -r ::1 folder
(cd folder && "$V6KIT" grep -r ::1 >"$tmp/out" && cat "$tmp/out") >got
is '-r without operands: this folder, without ./' "$(cat got)" '-:::1
A:::1
inside:a ::1'
if [ "$(id -u)" = 0 ]; then
	echo '# root reads everything: a file without permission is not tested'
else
	chmod 0 folder/z
	t 'a file that must not be read' 2 'folder/A:::1' 'v6kit: folder/z: Permission denied' grep -r ::1 folder/A folder/z
	chmod 600 folder/z
fi

# The file that is written is not read: it would never end.
cat text >both
# shellcheck disable=SC2094 # the mistake that is meant
"$V6KIT" grep -n ::/0 text both >>both 2>err
is 'the output among the inputs' "$?:$(cat err):$(cat both)" "2:v6kit: both: the input is also the output:$(cat text)
text:1:a ::1
text:3:c ::2
text:4:d ::3"
# shellcheck disable=SC2094 # the mistake that is meant
"$V6KIT" grep ::/0 <both >>both 2>err
is 'standard input, too' "$?:$(cat err)" '2:v6kit: -: the input is also the output'
# shellcheck disable=SC2094 # the mistake that is meant
"$V6KIT" grep -c ::/0 both >>both 2>err
is 'a count may go there' "$?:$(cat err):$(tail -n 1 both)" '0::6'
cat text >kept
t '--output may name an input' 0 '' '' grep --output kept -h ::1 kept text
is '--output is written when all is read' "$(cat kept)" 'a ::1
a ::1'
t '--output is kept when a file could not be read' 2 '' 'v6kit: none: No such file or directory' \
	grep --output kept ::2 text none
is '--output is as it was' "$(cat kept)" 'a ::1
a ::1'
t 'nothing selected: an empty file' 1 '' '' grep --output kept ::4 text
is 'an empty file' "$(whole kept)" .

# Any bytes, unchanged.
awk 'BEGIN { for (i = 0; i < 256; i++) printf "%c", i }' | tr -d '\n' >bytes
{ cat bytes && printf ' ::1 ' && cat bytes && printf '\r\n\0\n\377\n'; } >binary
"$V6KIT" grep ::1 binary >got 2>err
head -n 1 binary >want
is 'all bytes pass' "$?:$(cat err):$(cksum <got)" "0::$(cksum <want)"
"$V6KIT" grep -v ::1 binary >got
is 'all bytes pass, -v' "$(od -An -c got)" "$(printf '\0\n\377\n' | od -An -c)"
{ printf '\0::1\0::2\n\0' && printf '::3'; } >nul
in=nul t 'NUL ends an address' 0 '::1
::2
::3' '' grep -o ::/0

# Long lines: 1 MiB works; one more byte is an error, and the others are searched.
awk 'BEGIN { for (i = 0; i < 65536; i++) printf "sixteen bytes..." }' >mib
{ echo ::1 && head -c 1048572 mib && printf ' ::2\n' && echo ::3; } >long
"$V6KIT" grep -n ::/0 long | cksum >got
is 'a line of 1 MiB' "$(cat got)" "$(sed -n 's/^/1:/p;n;s/^/2:/p;n;s/^/3:/p' long | cksum)"
t 'a line of 1 MiB, -o' 0 '1:::1
2:::2
3:::3' '' grep -on ::/0 long
{ echo ::1 && head -c 1048573 mib && printf ' ::2\n' && echo ::3; } >long
toolong='v6kit: long:2:1: a line of more than 1 MiB
    
    ^'
t 'a longer line' 2 '1:::1
3:::3' "$toolong" grep -n ::/0 long
t 'a longer line, -c' 2 2 "$toolong" grep -c ::/0 long
t 'a longer line, as it stands' 2 '::1
::3' "$toolong" grep ::/0 long
# shellcheck disable=SC2002 # a pipe is meant
cat long | "$V6KIT" grep -c ::/0 >got 2>err
is 'a longer line, in a pipe' "$(cat got err)" "2
$(echo "$toolong" | sed 's/long/-/')"
# Its number, where a block has more matches than are kept at a time.
{ awk 'BEGIN { for (i = 0; i < 40000; i++) print "::1" }' && cat long; } >many
for options in -c -o -n -B1; do
	# shellcheck disable=SC2002 # a pipe is meant
	cat many | "$V6KIT" grep $options ::/0 2>&1 >/dev/null | head -n 1 >err
	is "a longer line behind many, in a pipe, $options" "$(cat err)" \
		'v6kit: -:40002:1: a line of more than 1 MiB'
done
(read -r _ && "$V6KIT" grep -c ::/0) <long >got 2>err
is 'a longer line, from where reading began' "$(cat got err)" "1
$(echo "$toolong" | sed 's/long:2/-:1/')"
t 'a longer line, -v' 2 '' "$toolong" grep -v ::/0 long
t 'a longer line, stop' 2 ::1 "$toolong" grep --on-error=stop ::/0 long
t 'a longer line, -q' 0 '' '' grep -q ::1 long
"$V6KIT" grep --on-error=keep ::1 long >got 2>err
is 'a longer line, keep' "$?:$(cksum <got):$(cat err)" "2:$(sed 2q long | cksum):$toolong"
"$V6KIT" grep --on-error=keep -j ::1 long >got 2>err
is 'a longer line, keep, as a record' "$?:$(tail -n 1 got)" '2:{"input":"","error":"a line of more than 1 MiB"}'
t 'a longer line, keep, -c' 2 1 "$toolong" grep --on-error=keep -c ::1 long
{ cat mib mib mib && printf ' ::2' && cat mib && printf '\n' && printf 'x ::3'; } >longer
t 'a line of 4 MiB' 2 2:4194311:::3 'v6kit: longer:1:1: a line of more than 1 MiB
    
    ^' grep -onb ::/0 longer

# What is compressed has the lines and offsets of its text, and is read to its end.
case $("$V6KIT" --version) in
*'compressed input: zlib'*)
	gzip -c long >long.gz
	t 'a longer line, compressed' 2 2 "$(echo "$toolong" | sed 's/long/long.gz/')" grep -c ::/0 long.gz
	gzip -c text >text.gz
	is '-m of what is compressed' "$( ("$V6KIT" grep -bm1 ::2 && wc -c) <text.gz | tr -d ' ')" '8:c::2
0'
	;;
*) left_out zlib 'what is compressed' 'built without zlib' ;;
esac

# Many matches in a line, and in a block.
awk 'BEGIN { for (i = 0; i < 100000; i++) printf ":: " }' >dense
is 'a line of 100,000 addresses' "$("$V6KIT" grep -o :: dense | uniq -c | tr -s ' ')" ' 100000 ::'
tr ' ' '\n' <dense >column
is '100,000 lines' "$("$V6KIT" grep -n :: column | tail -n 1):$("$V6KIT" grep -c :: column)" '100000::::100000'
is '100,000 lines, -v' "$("$V6KIT" grep -nv ::1 column | tail -n 1):$("$V6KIT" grep -cv ::1 column)" '100000::::100000'

# Where standard input is left, and read from.
is '-m leaves the rest' "$( ("$V6KIT" grep -m2 ::/0 && echo rest && cat) <text)" 'a ::1
c ::2
rest
d ::3'
is '-m -c leaves the rest' "$( ("$V6KIT" grep -c -m1 ::/0 && echo rest && cat) <text)" "1
rest
$(sed 1d text)"
is '-m -A leaves what follows the selected line' "$( ("$V6KIT" grep -m1 -A2 ::1 && echo rest && cat) <text)" "$(sed 3q text)
rest
$(sed 1d text)"
is 'what was not selected so often is read to the end' "$( ("$V6KIT" grep -m9 ::/0 && echo rest && cat) <text)" "$lines
rest"
is 'standard input starts where it is' "$( (read -r _ && "$V6KIT" grep -n ::/0) <text)" '2:c ::2
3:d ::3'
# shellcheck disable=SC2094 # only read
is 'standard input among files' "$("$V6KIT" grep -c ::/0 text - text <text)" 'text:3
(standard input):3
text:3'
is 'standard input twice' "$("$V6KIT" grep -c ::/0 - - <text)" '(standard input):3
(standard input):0'

# A file that becomes shorter while it is read, which is sure to happen where the output is waited for.
yes ::1 | head -c 40000000 >shrinks
mkfifo slow
"$V6KIT" grep ::1 shrinks text >slow 2>err &
pid=$!
exec 8<slow
head -c 4 <&8 >got
: >shrinks
cat <&8 >rest
wait "$pid"
is 'a file that becomes shorter' "$?:$(cat err):$(tail -n 1 rest)" \
	'2:v6kit: shrinks: became shorter while it was read:text:a ::1'
exec 8<&-
rm -f slow shrinks rest

# A pipe that goes on: each line is seen at once.
if command -v timeout >/dev/null 2>&1; then
	mkfifo in
	timeout 20 "$V6KIT" grep --line-buffered -n ::/0 <in >live &
	pid=$!
	exec 9>in
	printf 'x\n::1\n' >&9
	wait_until 10 [ -s live ] || :
	is '--line-buffered: a line is there at once' "$(cat live)" 2:::1
	printf '::2\n::' >&9
	wait_until 10 grep -q ::2 live || :
	is 'the next one, too' "$(cat live)" '2:::1
3:::2'
	exec 9>&-
	wait "$pid"
	is 'and the last one at the end' "$?:$(cat live)" '0:2:::1
3:::2
4:::'
fi
yes ::1 | head -n 200000 >ones
is 'a closed pipe ends quietly' "$( ("$V6KIT" grep ::1 ones 2>err; echo $? >status) | head -n 1):$(cat err status)" '::1:141'
"$V6KIT" grep ::1 ones >/dev/full 2>err
is 'a full disk' "$?:$(cat err)" '2:v6kit: standard output: No space left on device'
"$V6KIT" grep -o ::1 ones >/dev/full 2>err
is 'a full disk, -o' "$?:$(cat err)" '2:v6kit: standard output: No space left on device'
"$V6KIT" grep -c ::1 ones text >/dev/full 2>err
is 'a full disk, -c' "$?:$(cat err)" '2:v6kit: standard output: No space left on device'

done_testing
