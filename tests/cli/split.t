#!/bin/sh
# split: the prefixes of a length inside a prefix.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

max=ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
two64=18446744073709551616
two128=340282366920938463463374607431768211456

prints '2001:db8::/34
2001:db8:4000::/34
2001:db8:8000::/34
2001:db8:c000::/34' split 2001:db8::/32 /34
prints '2001:db8::/32' split 2001:db8::/32 /32
prints '10.0.0.0/9
10.128.0.0/9
2000::/9' split --mask 10.0.0.0/8 2001:db8::/9 /9
prints '::/1
8000::/1' split ::/0 /1
prints ::/0 split ::/0 /0
prints 0.0.0.0/0 split 0.0.0.0/0 /0
prints "$max/128" split "$max" /128
prints "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/128
$max/128" split ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127 /128
prints '255.255.255.254/32
255.255.255.255/32' split 255.255.255.254/31 /32
prints '::ffff:192.0.2.0/127
::ffff:192.0.2.2/127' split ::ffff:192.0.2.0/126 /127

# Numbers, exact at both ends. Counts are printed, not counted.
prints "$two128" split --count ::/0 /128
prints "$two64" split --count ::/0 /64
prints "$two64" split ::/0 --count /64
prints 4294967296 split --count 0.0.0.0/0 /32
prints 1 split --count ::/0 /0
prints "1
256" split --count 10.0.0.0/16 10.0.0.0/8 /16
prints 3 split --count --from -3 ::/0 /128
prints 5 split --count --limit 5 ::/0 /128
prints 0 split --count --limit 0 ::/0 /128
prints "$max/128" split --nth -1 ::/0 /128
prints "$max/128" split --nth "${two128%6}5" ::/0 /128
prints ::/128 split --nth "-$two128" ::/0 /128
prints ::/128 split --nth 0 ::/0 /128
prints 0:0:0:1::/128 split --nth $two64 ::/0 /128
prints 255.255.255.255/32 split --nth -1 0.0.0.0/0 /32
prints 255.255.255.255/32 split --nth 4294967295 0.0.0.0/0 /32
prints 2001:db8:ffff:ffff::/64 split --nth -1 2001:db8::/32 /64
prints '2001:db8:fffe::/48
2001:db8:ffff::/48' split --from -2 2001:db8::/32 /48
prints '2001:db8:ff::/48
2001:db8:100::/48' split --from 255 --limit 2 2001:db8::/32 /48
prints '2001:db8:ffff::/48' split --from 65535 --limit 1000 2001:db8::/32 /48
prints '' split --limit 0 ::/0 /128
prints '::/128
::1/128' split --limit 2 ::/0 /128
prints "$max/128" split --from -1 --limit "$two128" ::/0 /128
# A limit may be more than there are of anything.
prints '::/1
8000::/1' split --limit 6277101735386680763835789423207666416102355444464034512895 ::/0 /1

past() {
	past_n=$1
	shift
	for operand; do
		case $operand in *::* | *.*) prefix=$operand ;; esac
	done
	t "$*: past the last" 2 '' "$(message 'argument 1' "1+${#prefix}" \
		"past the last: there are $past_n" "$prefix")" "$@"
}
past 4 split --nth 4 2001:db8::/32 /34
past 4 split --from 4 2001:db8::/32 /34
past 1 split --nth 1 ::/0 /0
past "$two128" split --nth "$two128" ::/0 /128
past "$two128" split --from "$two128" ::/0 /128
past 4294967296 split --nth 4294967296 0.0.0.0/0 /32
past $two64 split --nth "$two128" ::/0 /64
past $two64 split --count --from $two64 ::/0 /64
t '--nth -5 of 4' 2 '' "$(message 'argument 1' 1+13 'before the first: there are 4' 2001:db8::/32)" \
	split --nth -5 2001:db8::/32 /34
t 'the others are printed' 2 2001:db8:c000::/34 \
	"$(message 'argument 1' 1+13 'past the last: there are 1' 2001:db8::/34)" \
	split --nth 3 2001:db8::/34 2001:db8::/32 /34

# What there is to be printed begins at once, and ends when nobody reads on. ipinfo's runs out of
# memory.
is 'head -n 1' "$("$V6KIT" split 2001:db8::/32 /64 | head -n 1)" 2001:db8::/64
is 'head -n 1 of 2^128' "$("$V6KIT" split ::/0 /128 | head -n 1)" ::/128
is 'head -n 1 as JSON' "$("$V6KIT" split -j ::/0 /128 | head -n 1)" '{"input":"::/0","prefix":"::/128"}'
is 'a split of a /32 to /62' "$("$V6KIT" split 2001:db8::/32 /62 | sed -n '1000000{p;q;}')" 2001:db8:3d:8fc::/62
"$V6KIT" split 2001:db8::/32 /64 2>"$tmp/err" | head -n 1 >/dev/null
is 'a closed pipe ends quietly' "$(cat "$tmp/err")" ''
if [ -w /dev/full ]; then
	"$V6KIT" split ::/0 /128 >/dev/full 2>"$tmp/err"
	is 'a full disk is an error' "$?:$(cat "$tmp/err")" '2:v6kit: standard output: No space left on device'
	"$V6KIT" split --csv --order rfc3531-left ::/0 /128 >/dev/full 2>"$tmp/err"
	is 'of records too' "$?:$(cat "$tmp/err")" '2:v6kit: standard output: No space left on device'
fi
prints '' split -q ::/0 /128
is 'a million, and all different' "$("$V6KIT" split 2001:db0::/28 /48 | sort -u | sed -n '$=')" 1048576
is 'the sum of it' "$("$V6KIT" split 10.0.0.0/8 /24 | sed -n '1p;256p;257p;$p;$=')" '10.0.0.0/24
10.0.255.0/24
10.1.0.0/24
10.255.255.0/24
65536'

# Orders (RFC 3531): numbers are those of the order.
prints '2001:db8::/34
2001:db8:8000::/34
2001:db8:4000::/34
2001:db8:c000::/34' split --order rfc3531-left 2001:db8::/32 /34
prints '2001:db8::/34
2001:db8:4000::/34
2001:db8:8000::/34
2001:db8:c000::/34' split --order rfc3531-right 2001:db8::/32 /34
prints '2001:db8::/40
2001:db8:800::/40
2001:db8:1000::/40
2001:db8:1800::/40
2001:db8:400::/40' split --order rfc3531-center --limit 5 2001:db8::/32 /40
prints 2001:db8:ff00::/40 split --order rfc3531-center --nth -1 2001:db8::/32 /40
prints 8000::/128 split --order rfc3531-left --nth 1 ::/0 /128
prints 0:0:0:1::/128 split --order rfc3531-center --nth 2 ::/0 /128
prints "$max/128" split --order rfc3531-left --nth -1 ::/0 /128
past 4 split --order rfc3531-left --nth 4 2001:db8::/32 /34

# Records.
prints '{"input":"10.0.0.0/8","prefix":"10.0.0.0/9"}
{"input":"10.0.0.0/8","prefix":"10.128.0.0/9"}' split -j 10.0.0.0/8 /9
prints '{"input":"::/0","count":"18446744073709551616"}' split -j --count ::/0 /64
prints 'input,prefix,count,error
10.0.0.0/8,10.0.0.0/9,,
10.0.0.0/8,10.128.0.0/9,,' split --csv 10.0.0.0/8 /9
prints 'allow 10.0.0.0/9;
allow 10.128.0.0/9;' split -F 'allow %{prefix};' 10.0.0.0/8 /9
"$V6KIT" split -0 10.0.0.0/8 /9 | tr '\0' '@' >"$tmp/nul"
is '-0' "$(cat "$tmp/nul")" '10.0.0.0/9@10.128.0.0/9@'

# Input of several kinds.
printf '2001:db8::/33 # a\n\n10.0.0.0/32\r\n::/31' >"$tmp/list"
in=$tmp/list t 'standard input; a prefix that is too long' 2 '::/32
0:1::/32' "$(message - 1+13 'longer than /32: no prefix of that length lies inside' 2001:db8::/33 |
	sed 's/^v6kit: -:/v6kit: -:1:/')" split -6 /32
in=$tmp/list t '-f' 2 '10.0.0.0/32
::/32
0:1::/32' "$(message - 1+13 'longer than /32: no prefix of that length lies inside' 2001:db8::/33 |
	sed "s|^v6kit: -:|v6kit: $tmp/list:1:|")" split /32 -f "$tmp/list"
prints 10.0.0.0/24 split -4 2001:db8::/32 10.0.0.0/24 /24
prints '192.0.2.0/25
192.0.2.128/25' split --netmask 192.0.2.0/255.255.255.0 /25
prints '192.0.2.0/25
192.0.2.128/25' split --mask 192.0.2.77/24 /25
prints '10.0.0.0/9
10.128.0.0/9' split 10.in-addr.arpa /9

# Refused. The length is the last operand.
usage 'split: the last operand must be a prefix length, such as /64; see v6kit split --help' split ::/0
usage 'split: the last operand must be a prefix length, such as /64; see v6kit split --help' split
usage 'split: the last operand must be a prefix length, such as /64; see v6kit split --help' split ::/0 64
decimal='a prefix length is a decimal number without sign or leading zero'
for length in /064 /+64 /-1 / /1x /6.4; do
	t "$length is refused" 2 '' "$(message 'argument 2' "2+$((${#length} - 1))" "$decimal" "$length")" \
		split ::/0 $length
done
t '/129 is refused' 2 '' "$(message 'argument 2' 2+3 \
	'a prefix length is at most 32 for IPv4, 128 for IPv6' /129)" split ::/0 /129
t '/33 of IPv4' 2 '' "$(message 'argument 1' 1+10 'an IPv4 prefix has none of length /33 inside' 10.0.0.0/8)" \
	split 10.0.0.0/8 /33
t 'a longer prefix' 2 '' "$(message 'argument 1' 1+5 \
	'longer than /48: no prefix of that length lies inside' ::/64)" split ::/64 /48
t 'host bits' 2 '' "$(message 'argument 1' 12+3 \
	'host bits set past the prefix length; did you mean 2001:db8::/32?' 2001:db8::1/32)" \
	split 2001:db8::1/32 /48
t 'a range' 2 '' "$(message 'argument 1' 1+7 'a prefix is expected, not a range' ::1-::2)" split ::1-::2 /128
t 'a zone' 2 '' "$(message 'argument 1' 7+5 'a zone does not belong in a prefix or range' 'fe80::%eth0/64')" \
	split 'fe80::%eth0/64' /65
t 'two lengths' 2 '' "$(message 'argument 2' 1+1 'unexpected character' /48)" split -q ::/0 /48 /64
for n in x '' 1x +1 01 0x1 ' 1' 1.5 6277101735386680763835789423207666416102355444464034512896; do
	usage "split: --nth takes a decimal number, or - and one, not \"$n\"" split --nth "$n" ::/0 /1
	usage "split: --limit takes a decimal number, not \"$n\"" split --limit "$n" ::/0 /1
done
usage 'split: --limit takes a decimal number, not "-1"' split --limit -1 ::/0 /1
usage 'split: --from takes a decimal number, or - and one, not "--1"' split --from --1 ::/0 /1
usage 'split: there is no number -0: -1 is the last' split --nth -0 ::/0 /1
usage 'split: --nth goes with neither --from nor --limit' split --nth 1 --limit 1 ::/0 /1
usage 'split: --nth goes with neither --from nor --limit' split --nth 1 --from 1 ::/0 /1
usage 'split: --order takes rfc3531-left, rfc3531-right or rfc3531-center, not "left"' \
	split --order left ::/0 /1

# A bad input leaves an old file, and a good one replaces it.
echo old >"$tmp/file"
run split --output "$tmp/file" 10.0.0.0/8 x /9
is 'an old file stays' "$status:$(cat "$tmp/file")" 2:old
prints '' split --output "$tmp/file" 10.0.0.0/8 /9
is 'a new one' "$(cat "$tmp/file")" '10.0.0.0/9
10.128.0.0/9'
done_testing
