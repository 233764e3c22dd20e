#!/bin/sh
# in: is every address inside the set?
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

# answers STATUS ARGS...: the status is the answer, and nothing is printed.
answers() {
	answers_status=$1
	shift
	t "in $*: $answers_status" "$answers_status" '' '' in "$@"
}

# Addresses.
answers 0 2A00:A200::/48 2a00:a200:0:12::25
answers 0 2001:db8::/32 2001:db8:: 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff
answers 1 2001:db8::/32 2001:db7:ffff:ffff:ffff:ffff:ffff:ffff
answers 1 2001:db8::/32 2001:db9::
answers 1 2001:db8::/32 2001:db8::1 ::1
answers 0 192.0.2.0/24 192.0.2.0 192.0.2.255
answers 1 192.0.2.0/24 192.0.1.255
answers 1 192.0.2.0/24 192.0.3.0
answers 0 ::1 ::1
answers 1 ::1 ::2
answers 0 ::1/128 ::1
answers 0 ::/0 :: ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
answers 0 0.0.0.0/0 0.0.0.0 255.255.255.255
answers 0 fe80::/10 fe80::1%eth0
answers 0 2001:db8::/32 '[2001:db8::1]:443'
answers 0 2001:db8::/32 '[IPv6:2001:db8::1]'
answers 0 2001:db8::/32 IPv6:2001:db8::1
answers 0 8.b.d.0.1.0.0.2.ip6.arpa 2001:db8::1
answers 0 -- 2001:db8::/32 2001:db8::1
answers 0 --any 2001:db8::/32 ::1 2001:db8::1
answers 1 --any 2001:db8::/32 ::1 ::2
answers 0 --any 2001:db8::/32 2001:db8::1

# Ranges and comma lists as SET.
answers 0 2001:db8::5-2001:db8::a 2001:db8::5 2001:db8::a
answers 1 2001:db8::5-2001:db8::a 2001:db8::4
answers 1 2001:db8::5-2001:db8::a 2001:db8::b
answers 0 '::5 - ::a' ::7
answers 0 '::5-::5' ::5
answers 0 255.255.255.0-255.255.255.255 255.255.255.255
answers 0 ffff:ffff:ffff:ffff::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
answers 0 2001:db8::/32,192.0.2.0/24,::1-::5 192.0.2.9 ::3 2001:db8::9
answers 1 2001:db8::/32,192.0.2.0/24,::1-::5 ::6

# Prefix and range operands: all of them, with --overlap any of them.
answers 0 2001:db8::/32 2001:db8::/32
answers 0 2001:db8::/32 2001:db8:5::/48
answers 1 2001:db8::/32 2001:db8::/31
answers 1 2001:db8::/32 2001:db7::/32
answers 0 --overlap 2001:db8::/32 2001:db8::/31
answers 1 --overlap 2001:db8::/32 2001:dba::/31
answers 0 --overlap 2001:db8::/32 2001:db7::-2001:db8::
answers 1 2001:db8::/32 2001:db7::-2001:db8::
answers 0 2001:db8::/32 2001:db8::1-2001:db8:ffff::
answers 0 2001:db8::/33,2001:db8:8000::/33 2001:db8::/32
answers 0 2001:db8::/34,2001:db8:4000::/34,2001:db8:8000::/33 2001:db8::/32
answers 1 2001:db8::/34,2001:db8:8000::/33 2001:db8::/32
answers 0 10.0.0.0/9,10.128.0.0/9 10.0.0.0-10.255.255.255
answers 0 ::1-::4,::5-::9 ::2-::8
answers 1 ::1-::4,::6-::9 ::2-::8
t 'ipv6calc: host bits of an operand ask for its whole network' 1 '' '' in 2001:db8::/64 2001:db8::1/32
answers 0 2001:db8::/64 2001:db8::1/64
answers 0 --overlap 2001:db8::/64 2001:db8::1/32
answers 0 ::/0 ::/0
answers 1 ::/1 ::/0
answers 0 ::/1,8000::/1 ::/0

# Mapped addresses, both ways (ruling 17), and where they end.
t '192.0.2.0/24 holds ::ffff:c000:201' 0 '' '' in 192.0.2.0/24 ::ffff:c000:201
answers 0 192.0.2.0/24 ::ffff:192.0.2.0/120
answers 1 192.0.2.0/24 ::ffff:192.0.2.0/119
answers 1 192.0.2.0/24 ::ffff:192.0.3.1
answers 0 ::ffff:192.0.2.0/120 192.0.2.1
answers 0 ::ffff:0:0/96 192.0.2.1
answers 1 ::ffff:192.0.2.0/120 192.0.3.1
answers 1 --exact-family 192.0.2.0/24 ::ffff:192.0.2.1
answers 1 --exact-family ::ffff:192.0.2.0/120 192.0.2.1
answers 0 --exact-family ::ffff:192.0.2.0/120 ::ffff:192.0.2.1
answers 0 --exact-family 192.0.2.0/24 192.0.2.1
t '::/0 does not match IPv4' 1 '' '' in ::/0 192.0.2.1
answers 0 ::/0 ::ffff:192.0.2.1
t '0.0.0.0/0 matches no IPv6 but mapped' 1 '' '' in 0.0.0.0/0 ::1
answers 0 0.0.0.0/0 ::ffff:192.0.2.1
t '::192.0.2.1 is not mapped' 1 '' '' in 192.0.2.0/24 ::192.0.2.1
answers 1 192.0.2.0/24 64:ff9b::192.0.2.1
answers 0 192.0.2.0-192.0.2.9 ::ffff:192.0.2.4
answers 0 ::ffff:192.0.2.0-::ffff:192.0.2.9 192.0.2.4
# A range that reaches out of ::ffff:0:0/96 is IPv6 alone, as ::/0 is, though a part of it is mapped.
answers 1 ::ffff:0:0-::1:ffff:ffff:ffff 192.0.2.1
answers 1 ::fffe:ffff:ffff-::ffff:ffff:ffff 192.0.2.1
answers 0 ::ffff:0:0-::1:ffff:ffff:ffff ::ffff:192.0.2.1

# Nothing asked is no yes.
nothing='in: no address was asked about'
usage "$nothing" in -4 2001:db8::/32 2001:db8::1
usage "$nothing" in -6 192.0.2.0/24 192.0.2.1
usage "$nothing" in ::/0
unset unset
# shellcheck disable=SC2086,SC2154 # the mistake that is meant
usage "$nothing" in 2001:db8::/32 $unset
t 'an unset variable in quotes is no yes' 2 '' \
	"$(message 'argument 2' 1+0 'empty, where an address is expected' '')" in ::/0 ''
t 'an empty SET is no set' 2 '' \
	"$(message 'argument 1' 1+0 'empty, where an address is expected' '')" in '' ::1
usage 'in: the SET is missing; see v6kit in --help' in
usage 'in: the SET is missing; see v6kit in --help' in --any
answers 0 -6 2001:db8::/32 2001:db8::1 192.0.2.1
answers 1 -6 2001:db8::/32 ::1 192.0.2.1
printf '# nothing\n\n' >"$tmp/comments"
in=$tmp/comments usage "$nothing" in ::/0
in=$tmp/comments usage "$nothing" in --any ::/0 -

# Bad operands: the run is bad, whatever the others are.
t 'a bad operand' 2 '' "$(message 'argument 2' 3+1 'a second "::"' :::)" in ::/0 ::: ::1
t 'a bad operand with --any' 2 '' "$(message 'argument 3' 1+1 'unexpected character' x)" \
	in --any ::/0 ::1 x
t 'a range that is backwards' 2 '' "$(message 'argument 2' 5+3 'the range ends below its start' ::2-::1)" \
	in ::/0 ::2-::1

# What cannot be a set.
host='host bits set past the prefix length; did you mean'
t 'host bits in SET' 2 '' "$(message 'argument 1' 12+3 "$host 2001:db8::/64?" 2001:db8::1/64)" \
	in 2001:db8::1/64 ::1
t 'host bits in a comma list, at their column' 2 '' "v6kit: argument 1:13: $host 10.0.0.0/8?
    10.0.0.1/8
            ^~" in ::1,10.0.0.1/8 ::1
t 'host bits in an IPv4 SET' 2 '' "$(message 'argument 1' 10+3 "$host 192.0.2.0/24?" 192.0.2.1/24)" \
	in 192.0.2.1/24 192.0.2.1
t 'a zone in SET' 2 '' "$(message 'argument 1' 8+5 'a zone does not belong in a prefix or range' fe80::1%eth0)" \
	in fe80::1%eth0 fe80::1
t 'a port in SET' 2 '' "$(message 'argument 1' 1+8 'a port does not belong here' '[::1]:25')" \
	in '[::1]:25' ::1
t 'an empty entry of a list' 2 '' 'v6kit: argument 1:5: empty, where an address is expected
    ::1,,::2
        ^' in ::1,,::2 ::1
t 'an empty entry at the end' 2 '' 'v6kit: argument 1:5: empty, where an address is expected
    ::1,
        ^' in ::1, ::1
t 'a word' 2 '' "$(message 'argument 1' 1+6 'neither a prefix nor a range; a file of them is @FILE' privat)" in privat ::1
t 'grepcidr: the set 2a00:a200::/33x' 2 '' "$(message 'argument 1' 15+1 \
	'a prefix length is a decimal number without sign or leading zero' 2a00:a200::/33x)" \
	in 2a00:a200::/33x 2a00:a200::1
t 'a netmask without --netmask' 2 '' "$(message 'argument 1' 11+13 \
	'a netmask, where a prefix length is expected' 192.0.2.0/255.255.255.0)" \
	in 192.0.2.0/255.255.255.0 192.0.2.1
answers 0 --netmask 192.0.2.0/255.255.255.0 192.0.2.1
answers 0 --netmask 10.0.0.0/8 10.1.0.0/255.255.0.0
t '--netmask: host bits are host bits' 2 '' "$(message 'argument 1' 10+14 "$host 192.0.2.0/24?" 192.0.2.1/255.255.255.0)" \
	in --netmask 192.0.2.1/255.255.255.0 192.0.2.1
answers 0 --mask 2001:db8::1/64 2001:db8::2
answers 1 --mask 2001:db8::1/64 2001:db8:0:1::
answers 0 --mask ::1/0 2001:db8::

# Files.
printf '# head\r\n\r\n2001:db8::/32 doc net  # c\r\n\n# c\n192.0.2.0/24\tv4 one\r\n192.0.2.128/25  half\n::1-::4 rng\n10.0.0.0 - 10.0.0.9 ten\n10.1.0.0/16 - office\n10.2.0.0/16 -x\n10.3.0.0-10.3.0.9 - y\n10.3.1.0 -10.3.1.9 z\n10.3.2.0- 10.3.2.9 z\n2001:db8:1::/48' >"$tmp/set"
set=$tmp/set
answers 0 "@$set" 2001:db8::1 192.0.2.1 ::4 10.0.0.9 10.1.255.255 2001:db8:1::
answers 1 "@$set" 10.0.0.10
answers 0 -f "$set" 2001:db8::1 192.0.2.1
answers 1 -f "$set" ::9
answers 0 --file="$set" --any ::9 ::1
printf '2001:db8::1\n::9\n' >"$tmp/addresses"
in=$tmp/addresses t 'addresses from standard input' 1 '' '' in "@$set"
in=$tmp/addresses t 'addresses from standard input, -f' 1 '' '' in -f "$set"
in=$tmp/addresses t 'addresses from standard input, --any' 0 '' '' in --any "@$set"
in=$tmp/addresses t 'addresses from operands and -' 1 '' '' in "@$set" ::1 -
in=$set t '@- is a set on standard input' 0 '' '' in @- 2001:db8::1
in=$set t '-f - is a set on standard input' 0 '' '' in -f - 2001:db8::1
taken='in: standard input cannot be both the set and the addresses'
in=$set usage "$taken" in @-
in=$set usage "$taken" in @- -
in=$set usage "$taken" in -f -
in=$set usage "$taken" in @- ::1 -
: >"$tmp/empty"
answers 1 "@$tmp/empty" ::1
answers 1 --any "@$tmp/empty" ::1
answers 1 "@$tmp/comments" ::1
usage "$tmp/none: No such file or directory" in "@$tmp/none" ::1
usage "$tmp: Is a directory" in "@$tmp" ::1

# What is printed.
t '-p: the longest match and its label' 1 "2001:db8::1	2001:db8::/32	doc net
192.0.2.1	192.0.2.0/24	v4 one
192.0.2.200	192.0.2.128/25	half
::3	::2/127	rng
10.0.0.9	10.0.0.8/31	ten
10.1.0.1	10.1.0.0/16	- office
10.2.0.1	10.2.0.0/16	-x
10.3.0.9	10.3.0.8/31	- y
10.3.1.9	10.3.1.8/31	z
10.3.2.9	10.3.2.8/31	z
2001:db8:1::5	2001:db8:1::/48	
::ffff:192.0.2.200	192.0.2.128/25	half" '' in -p "@$set" 2001:db8::1 192.0.2.1 192.0.2.200 ::3 \
	10.0.0.9 10.1.0.1 10.2.0.1 10.3.0.9 10.3.1.9 10.3.2.9 2001:db8:1::5 ::ffff:192.0.2.200 ::9
prints '192.0.2.200	192.0.2.0/24	v4 one
2001:db8:1::1	2001:db8::/32	doc net' in -p --shortest "@$set" 192.0.2.200 2001:db8:1::1
prints '192.0.2.200	192.0.2.128/25	half
192.0.2.200	192.0.2.0/24	v4 one
2001:db8:1::1	2001:db8:1::/48	
2001:db8:1::1	2001:db8::/32	doc net' in --all "@$set" 192.0.2.200 2001:db8:1::1
usage 'in: --shortest and --all exclude each other' in --shortest --all "@$set" ::1
prints '192.0.2.200	192.0.2.128/25	half' in --exact-family -p "@$set" 192.0.2.200
t '-p --exact-family' 1 '' '' in --exact-family -p "@$set" ::ffff:192.0.2.200
printf '::ffff:0:0/96 mapped\n192.0.0.0/16 v4\n' >"$tmp/both"
t 'an IPv4 length counts 96 more' 0 '192.0.2.1	192.0.0.0/16	v4
::ffff:192.0.2.1	192.0.0.0/16	v4
10.0.0.1	::ffff:0.0.0.0/96	mapped' '' in -p "@$tmp/both" 192.0.2.1 ::ffff:192.0.2.1 10.0.0.1
prints '192.0.2.1	192.0.0.0/16	v4
192.0.2.1	::ffff:0.0.0.0/96	mapped' in --all "@$tmp/both" 192.0.2.1
printf '10.0.0.0/8 a\n10.0.0.0/8 b\n10.0.0.0/9 c\n' >"$tmp/twice"
prints '10.0.0.1	10.0.0.0/9	c' in -p "@$tmp/twice" 10.0.0.1
prints '10.0.0.1	10.0.0.0/8	a' in --shortest "@$tmp/twice" 10.0.0.1
prints '10.0.0.1	10.0.0.0/9	c
10.0.0.1	10.0.0.0/8	a
10.0.0.1	10.0.0.0/8	b' in --all "@$tmp/twice" 10.0.0.1
prints '10.0.0.5-10.0.1.5	10.0.0.0/24	
10.0.0.5-10.0.1.5	10.0.1.0/24	' in -p 10.0.0.0/24,10.0.1.0/24 10.0.0.5-10.0.1.5
t 'a prefix that several entries hold together' 0 '2001:db8::/32	2001:db8::/33	
2001:db8::/32	2001:db8:8000::/33	' '' in -p 2001:db8::/33,2001:db8:8000::/33 2001:db8::/32
t 'a range that begins in the middle of an entry' 0 '::2-::8	::2/127	
::2-::8	::4/128	
::2-::8	::5/128	
::2-::8	::6/127	
::2-::8	::8/127	' '' in -p ::1-::4,::5-::9 ::2-::8
t '--overlap -p' 0 '::/126	::1/128	
::/126	::2/127	' '' in -p --overlap ::1-::4 ::/126
prints 'fe80::1%eth0	::/0	
[::1]:25	::/0	' in -p ::/0 'fe80::1%eth0' '[::1]:25'
prints '2001:db8::1	2001:db8::/32	' in -p 2001:DB8::/32 2001:DB8:0::1
prints '' in -q -p 2001:db8::/32 2001:db8::1
t '-j has all members and others' 1 '{"input":"192.0.2.200","member":true,"address":"192.0.2.200","prefix":"192.0.2.128/25","label":"half"}
{"input":"::9","member":false,"address":"::9"}' '' in -j "@$set" 192.0.2.200 ::9
t '--csv' 1 'input,member,address,prefix,label,error
192.0.2.200,true,192.0.2.200,192.0.2.128/25,half,
::9,false,::9,,,' '' in --csv "@$set" 192.0.2.200 ::9
prints 'half: 192.0.2.200' in -F '%{label}: %{address}' "@$set" 192.0.2.200
in=$tmp/addresses t '-p of a stream' 1 '2001:db8::1	2001:db8::/32	doc net' '' in -p "@$set"

# A bad line in a set stops before any output, but for --on-error=skip.
printf '2001:db8::/32 good\n2001:db8::1/32 host bits\nx\n::1 last' >"$tmp/bad"
bad_set="$(message "$tmp/bad:2" 12+3 "$host 2001:db8::/32?" 2001:db8::1/32)
$(message "$tmp/bad:3" 1+1 'unexpected character' x)"
t 'a bad set stops' 2 '' "$bad_set" in "@$tmp/bad" 2001:db8::1
for how in -j --csv -p '-F%{member}'; do
	t "a bad set prints nothing: $how" 2 '' "$bad_set" in "$how" "@$tmp/bad" 2001:db8::1
done
t '--on-error=keep keeps nothing of a set' 2 '' "$bad_set" in -p --on-error=keep "@$tmp/bad" 2001:db8::1
t '--on-error=stop stops at the first' 2 '' "$(message "$tmp/bad:2" 12+3 "$host 2001:db8::/32?" 2001:db8::1/32)" \
	in -p --on-error=stop "@$tmp/bad" 2001:db8::1
t '--on-error=skip goes on, and is still bad' 2 '2001:db8::1	2001:db8::/32	good
::1	::1/128	last' "$bad_set" in -p --on-error=skip "@$tmp/bad" 2001:db8::1 ::1
t '--mask masks' 2 '' "$(message "$tmp/bad:3" 1+1 'unexpected character' x)" \
	in --mask -p "@$tmp/bad" 2001:db8::1
{
	echo 2001:db8::/32
	head -c 1048577 /dev/zero | tr '\0' 1
	echo
} >"$tmp/long"
t 'a line of more than 1 MiB is a bad line of a set' 2 '' "v6kit: $tmp/long:2:1: a line of more than 1 MiB
    
    ^" in -p "@$tmp/long" 2001:db8::1
# A range that no entry holds by itself: all that touch it, the longest of its first address first.
prints '10.0.0.5-10.0.1.255	10.0.0.0/28	
10.0.0.5-10.0.1.255	10.0.0.0/24	
10.0.0.5-10.0.1.255	10.0.1.0/24	' in -p 10.0.0.0/24,10.0.0.0/28,10.0.1.0/24 10.0.0.5-10.0.1.255
# Records are of all that was asked, with -p of those inside.
t '-F: all' 1 '10.0.0.1 true
10.0.1.1 false' '' in -F '%{address} %{member}' 10.0.0.0/24 10.0.0.1 10.0.1.1
t '-p -F: those inside' 1 '10.0.0.1 true' '' in -p -F '%{address} %{member}' 10.0.0.0/24 10.0.0.1 10.0.1.1
t '-p -j: those inside' 1 '{"input":"10.0.0.1","member":true,"address":"10.0.0.1","prefix":"10.0.0.0/24"}' '' \
	in -p -j 10.0.0.0/24 10.0.0.1 10.0.1.1

done_testing
