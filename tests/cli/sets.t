#!/bin/sh
# What all commands of sets share: what their operands are, what is refused, where the result goes.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

cd "$tmp" || exit 99
all='merge intersect subtract symdiff complement span count'
odd='unexpected character'
host='host bits set past the prefix length; did you mean'

# Comments, labels, CRLF, blank lines, ranges, both families, notations, no last newline.
printf '# head\r\n\r\n \t\n2001:db8::/33 doc net  # c\r\n\n192.0.2.0/25\tv4 one\r\n  2001:db8:8000::/33\n192.0.2.128 - 192.0.2.255 rng\n10.0.0.0/8 - office\n::1-::2\n[2001:db9::]\nIPv6:2001:DB9::1\n4.0.1.0.0.2.ip6.arpa\n::3' >list
merged='10.0.0.0/8
192.0.2.0/24
::1/128
::2/127
2001:400::/24
2001:db8::/32
2001:db9::/127'
for one in merge intersect subtract symdiff; do
	t "$one of one set is that set" 0 "$merged" '' "$one" list
	in=list t "$one without operands reads standard input" 0 "$merged" '' $one
	in=list t "$one -" 0 "$merged" '' "$one" -
	t "$one of nothing is nothing" 0 '' '' $one
done
in=list t '-e @- is standard input' 0 "$merged" '' merge -e @-
prints "$merged" merge -e @list
prints "$merged" merge ./list list -e ::1
prints ::/0 merge --list ::1/128,8000::/1 --list=::/1
prints 0.0.0.0/0 merge -e0.0.0.0-255.255.255.255
prints '::1/128
::5/128' merge -e '::1,::5 - ::5'
# Behind -- there are files alone.
echo ::9 >./-e
prints '::1/128
::9/128' merge -e ::1 -- -e
# The order of the sets is that of the arguments.
echo ::/126 >four
prints '::/128
::3/128' subtract four -e ::1-::2
prints '' subtract -e ::1-::2 four
in=four prints '::/128
::3/128' subtract - -e ::1-::2
in=four prints '' subtract -e ::1-::2 -
prints '::/128
::3/128' subtract -e @four -e ::1 -e ::2

# Standard input is one set only.
twice='standard input cannot be two sets'
for words in '- -' '- -e @-' '-e @- -' '-e @- -e ::1 -'; do
	# shellcheck disable=SC2086
	in=four usage "merge: $twice; see v6kit merge --help" merge $words
done
in=four usage "diff: $twice; see v6kit diff --help" diff - -

# What is no file.
for one in $all; do
	usage "none: No such file or directory" "$one" none
	usage "$tmp: Is a directory" "$one" "$tmp"
	usage "$one: no such file: ::1; for a list use -e; see v6kit $one --help" "$one" ::1
done
for operand in 2001:db8::/32 10.0.0.0/8 10.0.0.1/8 10.0.0.0/8,::1 ::1-::2 fe80::1%eth0 '[::1]:25' @list \
	2.0.192.in-addr.arpa; do
	usage "subtract: no such file: $operand; for a list use -e; see v6kit subtract --help" \
		subtract four "$operand"
done
usage '::1,x: No such file or directory' merge ::1,x
usage ': No such file or directory' merge ''
usage 'none: No such file or directory' merge -e @none
usage ':::: No such file or directory' merge :::
usage 'four/x: Not a directory' merge four/x
# A file may have such a name.
echo ::7 >::1
prints ::7/128 merge ::1
mkdir 10.0.0.0
usage "merge: no such file: 10.0.0.0/8; for a list use -e; see v6kit merge --help" merge 10.0.0.0/8
mkdir locked
chmod 0 locked
if [ -x locked ] && ls locked >/dev/null 2>&1; then
	ok 'a folder that cannot be searched # SKIP this user searches all'
else
	usage 'locked/x: Permission denied' merge locked/x
fi
chmod 700 locked

# Bad lists: the place, and nothing else is printed.
t 'a word' 2 '' "$(message 'argument 1' 1+6 'neither a prefix nor a range; a file of them is @FILE' privat)" \
	merge -e privat
t 'an empty list' 2 '' "$(message 'argument 1' 1+0 'empty, where an address is expected' '')" merge -e ''
t 'an empty entry' 2 '' 'v6kit: argument 2:5: empty, where an address is expected
    ::1,
        ^' merge list -e ::1,
t 'host bits' 2 '' "$(message 'argument 1' 10+3 "$host 192.0.2.0/24?" 192.0.2.1/24)" merge -e 192.0.2.1/24
t 'host bits of the second operand, at their column' 2 '' "v6kit: argument 2:13: $host 10.0.0.0/8?
    10.0.0.1/8
            ^~" merge -e ::1 -e ::1,10.0.0.1/8
prints 192.0.2.0/24 merge --mask -e 192.0.2.1/24
prints '0.0.0.0/0
::/0' merge --mask -e 192.0.2.1/0,ffff::1/0
t 'a zone' 2 '' "$(message 'argument 1' 8+5 'a zone does not belong in a prefix or range' fe80::1%eth0)" \
	merge -e fe80::1%eth0
t 'a port' 2 '' "$(message 'argument 1' 1+8 'a port does not belong here' '[::1]:25')" merge -e '[::1]:25'
t 'a netmask' 2 '' "$(message 'argument 1' 11+13 'a netmask, where a prefix length is expected' \
	192.0.2.0/255.255.255.0)" merge -e 192.0.2.0/255.255.255.0
prints 192.0.2.0/24 merge --netmask -e 192.0.2.0/255.255.255.0
t 'an impossible length' 2 '' "$(message 'argument 1' 4+3 'a prefix length is at most 32 for IPv4, 128 for IPv6' ::/129)" merge -e ::/129

# What other tools take for something else, or resolve, or drop in silence.
rm -f ./:: # no file of such a name
length='a prefix length is a decimal number without sign or leading zero'
for slash in 2001:db8::1/ 192.0.2.1/; do
	t "netmask: $slash is no /0" 2 '' "$(message 'argument 1' $((${#slash} + 1))+0 "$length" $slash)" merge -e $slash
done
t 'an octet with a leading zero' 2 '' "$(message 'argument 1' 1+3 'leading zero in an IPv4 octet (octal to some programs)' 010.1.2.3)" merge -e 010.1.2.3
echo localhost >names
t 'iprange 2: a name is not resolved' 2 '' "$(message names:1 1+1 "$odd" localhost)" merge names
prints 64:ff9b::c000:201/128 merge -e 64:ff9b::c000:201
printf 'x\n::1\n10.0.0.0/8\n' >garbage
t 'aggregate6: garbage is no status 0' 2 '' "$(message garbage:1 1+1 "$odd" x)" merge garbage
prints ::2/127 symdiff -e ::-::3 -e ::-::1
prints 255.255.255.0/24 merge -e 255.255.255.0-255.255.255.255
prints ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127 merge -e ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff

# Every bad line is named, in every set; and there is no output.
printf '2001:db8::/32 good\n2001:db8::1/32 host bits\nx y\nfe80::%%1/64\n' >bad
printf '\n[::1]:1\n::1' >worse
zone='a zone does not belong in a prefix or range'
bad_said="$(message bad:2 12+3 "$host 2001:db8::/32?" 2001:db8::1/32)
$(message bad:3 1+1 "$odd" x)
$(message bad:4 7+2 "$zone" fe80::%1/64)"
worse_said=$(message worse:2 1+7 'a port does not belong here' '[::1]:1')
for one in $all diff; do
	t "$one: bad lines of both sets" 2 '' "$bad_said
$worse_said" "$one" bad worse
	t "$one: a bad second set" 2 '' "$worse_said" "$one" list worse
	t "$one: --on-error=keep keeps nothing" 2 '' "$worse_said" "$one" --on-error=keep list worse
	t "$one: --on-error=stop stops at the first" 2 '' "$(printf '%s' "$bad_said" | sed 3q)" \
		"$one" --on-error=stop bad worse
done
t '--on-error=skip goes on, and the status is 2' 2 '::1/128
2001:db8::/32' "$bad_said
$worse_said" merge --on-error=skip bad worse
t '--mask masks, and the others are bad' 2 '' "$(message bad:3 1+1 "$odd" x)
$(message bad:4 7+2 "$zone" fe80::%1/64)" merge --mask bad
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13; do echo x$i; done >many
t 'ten bad lines are shown' 2 '' "$(for i in 1 2 3 4 5 6 7 8 9 10; do message "many:$i" 1+1 "$odd" "x$i"; done)
v6kit: and 5 more" merge many -e x,y
{
	echo 2001:db8::/32
	head -c 1048577 /dev/zero | tr '\0' 1
	echo
} >long
t 'a line of more than 1 MiB' 2 '' 'v6kit: long:2:1: a line of more than 1 MiB
    
    ^' merge long

# The families.
prints '10.0.0.0/8
192.0.2.0/24' merge -4 list
prints '::1/128
::2/127
2001:400::/24
2001:db8::/32
2001:db9::/127' merge --ipv6 list
usage 'merge: -4 and -6 exclude each other' merge -4 -6 list
printf '192.0.2.0/24\n::ffff:192.0.2.0/120\n::ffff:192.0.3.0-::ffff:192.0.3.255\n' >mixed
prints '192.0.2.0/24
::ffff:192.0.2.0/119' merge mixed
prints 192.0.2.0/23 merge --unmap mixed
prints 192.0.3.0/24 subtract --unmap mixed -e 192.0.2.0/24
prints ::ffff:192.0.2.0/119 subtract mixed -e 192.0.2.0/24
t 'what reaches out of ::ffff:0:0/96 stays IPv6' 0 '::fffe:0:0/95
::1:0:0:0/128' '' merge --unmap -e ::fffe:0:0/95,::ffff:ffff:ffff-::1:0:0:0
prints 0.0.0.0/0 merge --unmap -e ::ffff:0:0/96
prints 0.0.0.0/0 merge --unmap -e ::ffff:0:0/97,::ffff:128.0.0.0/97

# Where the result goes.
echo old >result
t 'a bad set leaves the old file' 2 '' "$worse_said" merge --output result list worse
is 'it is the old one' "$(cat result)" old
usage 'none: No such file or directory' merge --output result list none
is 'so it is after a missing file' "$(cat result)" old
t '--on-error=skip replaces it' 2 '' "$worse_said" merge --output result --on-error=skip worse
is 'it is the new one' "$(cat result)" ::1/128
t '--on-error=skip with a missing file leaves it' 2 '' 'v6kit: none: No such file or directory' \
	merge --output result --on-error=skip list none
is 'as it was' "$(cat result)" ::1/128
prints '' merge --output result -e ::/127
is '--output' "$(cat result)" ::/127
prints '' merge --output result result -e ::2/127
is 'a file merged into itself' "$(cat result)" ::/126
prints '::/128
8000::/128' merge --line-buffered -e ::,8000::
if [ -c /dev/full ]; then
	"$V6KIT" merge list >/dev/full 2>err
	is 'a full disk' "$?:$(cat err)" '2:v6kit: standard output: No space left on device'
else
	ok 'a full disk # SKIP there is no /dev/full'
fi
"$V6KIT" complement -e ::1 2>err | :
is 'a closed pipe ends quietly' "$(cat err)" ''

# Usage.
usage 'symdiff: --as takes prefixes, ranges, addresses, json, nft, ipset or iptables, not "nets"' symdiff --as nets list
usage 'count: unknown option --as; see v6kit count --help' count --as ranges list
usage 'merge: unknown option --within; see v6kit merge --help' merge --within ::/0 list
usage 'merge: a value is missing: -e; see v6kit merge --help' merge -e
usage 'merge: unknown option -j; see v6kit merge --help' merge -j list

done_testing
