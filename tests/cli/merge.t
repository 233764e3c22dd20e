#!/bin/sh
# merge: the minimal list.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

max=ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff

# makes OUT LIST: the list as the minimal one, in whatever order it comes.
makes() {
	prints "$1" merge -e "$2"
	prints "$1" merge -e "$(printf '%s\n' "$2" | tr , '\n' | sed '1!G; h; $!d' | paste -sd , -)"
}
makes ::/0 ::/1,8000::/1
makes '::/1
8000::/2' ::/1,8000::/2
makes 10.0.0.0/8 10.0.0.0/9,10.128.0.0/9
makes 10.0.0.0/8 10.0.0.0/8,10.1.0.0/16,10.255.255.255
makes '10.0.0.0/24
10.0.2.0/24' 10.0.0.0/24,10.0.2.0/24
# Neighbours that are no halves of one prefix stay apart.
makes '10.0.1.0/24
10.0.2.0/24' 10.0.1.0/24,10.0.2.0/24
makes '10.0.0.0/23
10.0.2.0/24' 10.0.0.0/24,10.0.1.0/24,10.0.2.0/24
makes ::/127 ::,::1
makes '::1/128
::2/128' ::1,::2
makes '::1/128
::2/127
::4/126
::8/127
::a/128' ::1-::a
makes '::1/128
::2/127
::4/126
::8/127
::a/128' ::1-::4,::3-::6,::7,::8-::a
makes "$max/128" $max
makes 255.255.255.254/31 255.255.255.255,255.255.255.254
makes '255.255.255.255/32
::/128' ::,255.255.255.255
makes ::/0 "::-$max"
makes 0.0.0.0/0 0.0.0.0-127.255.255.255,128.0.0.0-255.255.255.255
makes '0.0.0.0/0
::/0' ::/0,0.0.0.0/0,::1,1.2.3.4
# At the border of the two words of an address.
makes 2001:db8::/63 2001:db8::/64,2001:db8:0:1::/64
makes '2001:db8::ffff:ffff:ffff:ffff/128
2001:db8:0:1::/128' 2001:db8::ffff:ffff:ffff:ffff,2001:db8:0:1::
# The order of the output is that of numbers, IPv4 first.
makes '2.0.0.0/8
10.0.0.0/8
9::/16
10::/16
100::/16' 100::/16,10::/16,9::/16,10.0.0.0/8,2.0.0.0/8

prints ::-:: merge --as ranges -e ::
prints "10.0.0.5-10.0.0.9
::-$max" merge --as=ranges -e ::/0,10.0.0.5-10.0.0.9
prints '10.0.0.1-10.0.1.7
10.0.2.0-10.0.2.0' merge --as ranges -e 10.0.0.1-10.0.0.255,10.0.2.0,10.0.1.0/29
prints ::1-::4 merge -6 --as ranges -e 10.0.0.0/8,::1-::2,::3,::4
prints ::/0 merge --as prefixes -e ::/0

# As many as there are files.
i=0
while [ $i -lt 200 ]; do
	echo "10.0.$i.0/24" >"$tmp/$i.list"
	i=$((i + 1))
done
prints '10.0.0.0/17
10.0.128.0/18
10.0.192.0/21' merge "$tmp"/*.list

# A file of many reads: plain lines, which are taken many at a time, and others among them; its end has
# no newline.
awk 'BEGIN {
	for (i = 0; i < 30000; i++) {
		end = i % 1000 == 7 ? "  # comment\r" : i % 1000 == 9 ? " label" : ""
		printf "2001:db8:%x:%x::/64%s\n", i / 4096, i % 4096, end
		if (i % 5000 == 4999)
			print "\n# comment\n10.0.0.1 - 10.0.0.2"
	}
	printf "::1"
}' >"$tmp/many"
many='10.0.0.1/32
10.0.0.2/32
::1/128
2001:db8::/52
2001:db8:1::/52
2001:db8:2::/52
2001:db8:3::/52
2001:db8:4::/52
2001:db8:5::/52
2001:db8:6::/52
2001:db8:7::/54
2001:db8:7:400::/56
2001:db8:7:500::/59
2001:db8:7:520::/60'
prints "$many" merge "$tmp/many"
prints "$many" merge --unmap "$tmp/many"
# What is wrong is told with its line, wherever it stands.
{
	cat "$tmp/many"
	printf '\n10.0.0.1/8\n::g\n::2\n'
} >"$tmp/wrong"
lines=$(wc -l <"$tmp/many")
t 'the lines are counted' 2 '' "$(message "$tmp/wrong:$((lines + 2))" 9+2 \
	'host bits set past the prefix length; did you mean 10.0.0.0/8?' 10.0.0.1/8)
$(message "$tmp/wrong:$((lines + 3))" 3+1 'unexpected character' ::g)" merge "$tmp/wrong"

done_testing
