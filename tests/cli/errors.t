#!/bin/sh
# Messages: the place, the text, the caret; bad bytes, long lines, --on-error, files that cannot be read.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

cd "$tmp" || exit 99
odd='unexpected character'

# The place: file, line, column in bytes from 1, blanks before it counted.
printf '::1\n\n# x\n  \t::2x # c\r\n::3\n' >list
t 'a file, its line and column' 2 '::1
::3' "v6kit: list:4:7: $odd
    ::2x
       ^" norm -f list
in=list t 'standard input is -' 2 '::1
::3' "v6kit: -:4:7: $odd
    ::2x
       ^" norm
t 'operands are counted from 1, options left out' 2 '::1
::3' "$(message 'argument 2' 4+1 "$odd" ::2x)" norm -s canonical ::1 ::2x -6 ::3
odd_name=$(printf 'f\303\251\001')
t 'a file name of odd bytes' 2 '' 'v6kit: f\xc3\xa9\x01: No such file or directory' norm -f "$odd_name"
printf 'x\n' >"$odd_name"
t 'a file name of odd bytes in a place' 2 '' "$(message 'f\xc3\xa9\x01:1' 1+1 "$odd" x)" norm -f "$odd_name"

# The caret stands under the byte, whatever was shown before it.
# caret COL BYTES SHOWN CARET: BYTES as printf reads them.
caret() {
	# shellcheck disable=SC2059 # that is a format
	printf "$2\n" >bytes
	in=bytes t "caret under $3" 2 '' "v6kit: -:1:$1: $odd
    $3
    $4" norm
}
caret 1 'x' x '^'
caret 4 '::1\303\251' '::1\xc3\xa9' '   ^~~~'
caret 1 '\303\251::1' '\xc3\xa9::1' '^~~~'
caret 2 'a\000b' 'a\x00b' ' ^~~~'
caret 4 '::1\033[31m' '::1\x1b[31m' '   ^~~~'
caret 4 '::1\177' '::1\x7f' '   ^~~~'
caret 4 '::1\t2' '::1\x092' '   ^~~~'
caret 4 '::1~' '::1~' '   ^'
# shellcheck disable=SC1003 # a backslash
caret 4 '::1\\' '::1\' '   ^'
caret 1 '\357\273\277::1' '\xef\xbb\xbf::1' '^~~~'
caret 1 '\377\376' '\xff\xfe' '^~~~'
printf 'fe80::1%%e\303\251\n' >bytes
in=bytes t 'the caret under a wide byte within' 2 '' 'v6kit: -:1:10: a zone is one or more of A-Z a-z 0-9 . _ ~ -
    fe80::1%e\xc3\xa9
             ^~~~' norm
printf '::1/\303\251\n' >bytes
in=bytes t 'after wide bytes the caret is moved' 2 '' 'v6kit: -:1:5: a prefix length is a decimal number without sign or leading zero
    ::1/\xc3\xa9
        ^~~~' norm
printf '[\303::1]\n' >bytes
in=bytes t 'in brackets' 2 '' "v6kit: -:1:2: $odd
    [\\xc3::1]
     ^~~~" norm

# A long line is shown in part: 60 bytes each way.
a60=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
sp60=$(printf '%60s' '')
in=long
printf '::1%%%s%s!%s%s\n' $a60 $a60 $a60 $a60 >long
t 'a long line: a window around the caret' 2 '' "v6kit: -:1:125: a zone is one or more of A-Z a-z 0-9 . _ ~ -
    ...$a60!${a60#a}...
       $sp60^" norm
printf '::1%%%s!%s\n' "${a60#aaaa}" "${a60#a}" >long
t 'a line that just fits' 2 '' "v6kit: -:1:61: a zone is one or more of A-Z a-z 0-9 . _ ~ -
    ::1%${a60#aaaa}!${a60#a}
    $sp60^" norm
printf '::1%%%s!%s\n' "${a60#aaa}" "$a60" >long
t 'and one that does not' 2 '' "v6kit: -:1:62: a zone is one or more of A-Z a-z 0-9 . _ ~ -
    ...:1%${a60#aaa}!${a60#a}...
       $sp60^" norm
{
	head -c 1000000 /dev/zero | tr '\0' a
	echo x
} >long
run norm
is 'a line of a megabyte: a short message' "$status:$(wc -c <err | tr -d ' '):$(sed 1q err)" \
	"2:179:v6kit: -:1:1000001: $odd"
in=

# The first 10, then their number.
i=1
while [ $i -le 13 ]; do
	echo x$i
	echo "::$i"
	i=$((i + 1))
done >many
good='::1
::2
::3
::4
::5
::6
::7
::8
::9
::10
::11
::12
::13'
ten=$(for i in 1 2 3 4 5 6 7 8 9 10; do message "many:$((2 * i - 1))" 1+1 "$odd" x$i; done)
t 'ten bad lines, and 3 more: no good one is lost' 2 "$good" "$ten
v6kit: and 3 more" norm -f many
t '--on-error=skip is the default' 2 "$good" "$ten
v6kit: and 3 more" norm --on-error=skip -f many
t '--on-error=keep' 2 "$(cat many)" "$ten
v6kit: and 3 more" norm --on-error=keep -f many
t '--on-error=stop' 2 '' "$(message many:1 1+1 "$odd" x1)" norm --on-error=stop -f many
sed 20q many >ten
t 'ten are ten' 2 "$(printf '%s' "$good" | sed 10q)" "$(printf '%s' "$ten" | sed 's/many/ten/')" norm -f ten
in=many t 'operands and lines are counted together' 2 "$good" "$(message 'argument 1' 1+1 "$odd" x)
$(printf '%s\n' "$ten" | sed '28,$d; s/many/-/')
v6kit: and 4 more" norm x -

# --on-error, in every form of output, and where the bad one stands.
printf '::1\nbad,"1"\n  x # c\r\n::2' >mixed
both="$(message mixed:2 4+1 "$odd" 'bad,"1"')
v6kit: mixed:3:3: $odd
    x
    ^"
first=$(message mixed:2 4+1 "$odd" 'bad,"1"')
t 'keep: the whole line' 2 "$(printf '::1\nbad,"1"\n  x # c\r\n::2')" "$both" norm --on-error=keep -f mixed
t 'keep -j' 2 '{"input":"::1","family":"ipv6","address":"::1"}
{"input":"bad,\"1\"","error":"unexpected character"}
{"input":"x","error":"unexpected character"}
{"input":"::2","family":"ipv6","address":"::2"}' "$both" norm --on-error=keep -j -f mixed
t 'keep --csv' 2 'input,family,address,bits,zone,port,last,error
::1,ipv6,::1,,,,,
"bad,""1""",,,,,,,unexpected character
x,,,,,,,unexpected character
::2,ipv6,::2,,,,,' "$both" norm --on-error=keep --csv -f mixed
t 'keep -F: the line stands for its record' 2 "$(printf '::1 \nbad,"1"\n  x # c\r\n::2 ')" "$both" \
	norm --on-error=keep -F '%{address} %{bits}' -f mixed
t 'keep in info' 2 'input: bad,"1"
error: unexpected character

input: x
error: unexpected character' "$both" info --on-error=keep -4 -f mixed
t 'keep -q' 2 '' "$both" norm --on-error=keep -q -f mixed
run norm --on-error=keep -0 -f mixed
is 'keep -0' "$(tr '\0' @ <out)" "$(printf '::1@bad,"1"@  x # c\r@::2@')"
t 'skip -j' 2 '{"input":"::1","family":"ipv6","address":"::1"}
{"input":"::2","family":"ipv6","address":"::2"}' "$both" norm -j -f mixed
t 'stop: what came before is printed' 2 ::1 "$first" norm --on-error=stop -f mixed
t 'stop in a file stops before the operands' 2 ::1 "$first" norm --on-error=stop -f mixed ::3
in=mixed t 'stop in standard input stops before the next operand' 2 '::3
::1' "$(printf '%s' "$first" | sed 's/mixed/-/')" norm --on-error=stop ::3 - ::4
t 'stop among operands' 2 ::1 "$(message 'argument 2' 1+1 "$odd" x)" norm --on-error=stop ::1 x ::2
t 'ipv6calc: one bad line does not end the stream' 2 '::1
::2' "$both" norm -f mixed
t 'sipcalc: the status is not always 0' 2 '' "$(message 'argument 1' 1+1 "$odd" x)" info x
t 'a style that cannot carry a line is an error for that line' 2 '1
2' "$(message 'argument 2' 1+6 'style int cannot carry a prefix length' ::1/64)" norm -s int ::1 ::1/64 ::2

# Bytes of any kind.
printf 'a\000b\n::1\n\377\376\n::2\000\n\n\000\n::3\n' >bytes
t 'NUL and invalid UTF-8 are bad lines, no more' 2 '::1
::3' "v6kit: bytes:1:2: $odd
    a\\x00b
     ^~~~
v6kit: bytes:3:1: $odd
    \\xff\\xfe
    ^~~~
v6kit: bytes:4:4: $odd
    ::2\\x00
       ^~~~
v6kit: bytes:6:1: $odd
    \\x00
    ^~~~" norm -f bytes

# Lines of 1 MiB and longer.
# line N: a zone makes a line of N bytes.
line() {
	printf 'fe80::1%%'
	head -c $(($1 - 8)) /dev/zero | tr '\0' z
}
{ echo ::1; line 1048576; echo; echo ::2; } >long
t 'a line of 1 MiB' 0 "$(cat long)" '' norm -f long
long_error='a line of more than 1 MiB
    
    ^'
{ echo ::1; line 1048577; echo; echo ::2; line 3000000; echo; echo x; line 1048577; } >long
in=long t 'longer lines are errors, the stream goes on' 2 '::1
::2' "v6kit: -:2:1: $long_error
v6kit: -:4:1: $long_error
v6kit: -:5:1: $odd
    x
    ^
v6kit: -:6:1: $long_error" norm
"$V6KIT" norm --on-error=keep -0 -f long 2>/dev/null | tr '\0' '\n' >kept
is 'longer lines are kept as they are' "$(cksum <kept)" "$({ cat long; echo; } | cksum)"
t 'stop at a long line' 2 ::1 "v6kit: long:2:1: $long_error" norm --on-error=stop -f long
{ line 1048576; } >long
in=long t '1 MiB without newline' 0 "$(cat long)" '' norm
{ line 1048577; } >long
in=long t 'more, without newline' 2 '' "v6kit: -:1:1: $long_error" norm

# Files that hold nothing, or cannot be read.
: >empty
printf '# a\n\n   \n\t# b\r\n\r\n#' >comments
printf '\n\n\n' >newlines
printf '::1\r\n::2\r\n' >crlf
for command in norm info arpa range list rand; do
	for file in empty comments newlines; do
		in=$file t "$command: a file of $file" 0 '' '' $command
		t "$command -f: a file of $file" 0 '' '' $command -f $file
	done
	t "$command: no such file" 2 '' 'v6kit: none: No such file or directory' $command -f none
	t "$command: a directory" 2 '' 'v6kit: .: Is a directory' $command -f .
	in=. t "$command: a directory as standard input" 2 '' 'v6kit: -: Is a directory' $command
	t "$command: the operands do not hide it" 2 '' 'v6kit: none: No such file or directory' $command -f none ::1
	t "$command: no file name" 2 '' 'v6kit: : No such file or directory' $command -f ''
done
in=crlf t 'CRLF' 0 '::1
::2' '' norm
name=$(head -c 5000 /dev/zero | tr '\0' f)
t 'a name that is too long: its end, and the reason' 2 '' \
	"v6kit: ...$(printf %s "$name" | head -c 512): File name too long" norm -f "$name"
t 'a component that is no directory' 2 '' 'v6kit: empty/x: Not a directory' norm -f empty/x
if [ "$(id -u)" -ne 0 ]; then
	: >secret
	chmod 0 secret
	t 'a file that may not be read' 2 '' 'v6kit: secret: Permission denied' norm -f secret
fi

# Descriptors that are closed.
"$V6KIT" norm <&- >out 2>err
is 'closed standard input' "$?:$(cat out err)" '2:v6kit: -: Bad file descriptor'
"$V6KIT" norm ::1 <&- >out 2>err
is 'closed standard input that is not read' "$?:$(cat out err)" '0:::1'
"$V6KIT" in @crlf <&- >out 2>err
is 'closed standard input, a set that is a file' "$?:$(cat out err)" '2:v6kit: -: Bad file descriptor'
for args in 'norm ::1' 'info ::1' 'arpa ::1' 'in -p ::1 ::1' 'sendmail addr ::1' 'sendmail key ::1' \
	'sendmail options ::1' 'completion bash' 'completion fish' '--help' '--version' 'help norm' 'norm -f crlf'; do
	# shellcheck disable=SC2086 # words
	"$V6KIT" $args >&- 2>err
	is "closed standard output: $args" "$?:$(cat err)" '2:v6kit: standard output: Bad file descriptor'
done
echo ::1 >input
for args in 'grep ::1 input' 'grep -c ::1 input' 'merge input' 'norm -f input'; do
	# shellcheck disable=SC2086 # words are meant
	"$V6KIT" $args >&- 2>err
	is "no standard output, and an input: $args" "$?:$(cat err)" '2:v6kit: standard output: Bad file descriptor'
	# shellcheck disable=SC2086
	"$V6KIT" $args <&- >out 2>err
	is "no standard input, of no use: $args" "$?:$(cat err)" 0:
done
"$V6KIT" in ::1 ::1 >&- 2>err
is 'closed standard output that nothing is written to' "$?:$(cat err)" 0:
"$V6KIT" norm -q ::1 >&- 2>err
is 'closed standard output, -q' "$?:$(cat err)" 0:
"$V6KIT" norm x ::1 2>&- >out
is 'closed standard error' "$?:$(cat out)" '2:::1'
"$V6KIT" norm -f mixed 2>&- >out
is 'closed standard error and a file' "$?:$(cat out)" '2:::1
::2'
"$V6KIT" norm --output file --on-error=skip x ::1 2>&-
is 'messages never land in the output' "$?:$(cat file)" '2:::1'
"$V6KIT" norm --output file ::2 <&- >&- 2>&-
is 'all three closed' "$?:$(cat file)" '0:::2'
cd "$OLDPWD" || exit 99
done_testing
