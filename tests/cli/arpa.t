#!/bin/sh
# arpa: addresses and prefixes to reverse names, and back.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

db8=8.b.d.0.1.0.0.2.ip6.arpa
one=1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.$db8

# Both ways.
while read -r addr name; do
	prints "$name" arpa "$addr"
	prints "$addr" arpa "$name"
	prints "$addr" arpa "$name."
done <<END
2001:db8::1		$one
2001:db8::/32		$db8
2001:db8:8000::/36	8.$db8
2001:db8::/52		0.0.0.0.0.$db8
2001:db8::/124		0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.$db8
::/0			ip6.arpa
::/4			0.ip6.arpa
192.0.2.1		1.2.0.192.in-addr.arpa
192.0.2.0/24		2.0.192.in-addr.arpa
10.0.0.0/8		10.in-addr.arpa
0.0.0.0/0		in-addr.arpa
255.255.255.255		255.255.255.255.in-addr.arpa
::ffff:192.0.2.1	1.0.2.0.0.0.0.c.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa
END
prints 2001:db8::/32 arpa 8.B.D.0.1.0.0.2.IP6.ARPA
prints 2001:db8::/32 arpa 8.B.d.0.1.0.0.2.Ip6.aRPa.
prints 127.0.0.1 arpa 1.0.0.127.IN-ADDR.ARPA.
prints "$one" arpa IPv6:2001:db8::1
prints "$one" arpa '[2001:DB8::1]'
prints "$one" arpa 2001:db8::1/128
prints 1.2.0.192.in-addr.arpa arpa 192.0.2.1/32
prints "$one
10.in-addr.arpa
2001:db8::/32" arpa 2001:db8::1 10.0.0.0/8 "$db8"
prints 10.in-addr.arpa arpa -4 ::1 10.0.0.0/8
prints "$db8" arpa -6 2001:db8::/32 10.0.0.0/8
prints 10.in-addr.arpa arpa --netmask 10.0.0.0/255.0.0.0
prints "{\"input\":\"2001:db8::/32\",\"output\":\"$db8\"}" arpa -j 2001:db8::/32
printf '2001:db8::/32 # doc\n\n10.0.0.0/8\r\n' >"$tmp/list"
in=$tmp/list prints "$db8
10.in-addr.arpa" arpa

# Off a nibble there is no single name (ipcalc-ng: a segfault; Python: 9.4./.0.0...; ipv6calc: the /52).
single='no single reverse name has this prefix length; --zones prints its zones'
refused 1+13 "$single" arpa 2001:db8::/49
refused 1+13 "$single" arpa 2001:db8::/47
refused 1+14 "$single" arpa 2001:db8::/127
refused 1+11 "$single" arpa 10.0.0.0/15
cnames='an IPv4 prefix longer than /24 has no zone of its own, but for the CNAMEs of RFC 2317'
refused 1+12 "$cnames" arpa 192.0.2.0/25
refused 12+3 'host bits set past the prefix length; did you mean 2001:db8::/32?' arpa 2001:db8::1/32
refused 9+2 'host bits set past the prefix length; did you mean 10.0.0.0/8?' arpa 10.1.2.3/8
prints "$db8" arpa --mask 2001:db8::1/32
refused 1+7 'a range has no reverse name' arpa ::1-::2
refused 8+5 'a reverse name has no zone index' arpa 'fe80::1%eth0'
refused 1+8 'a port does not belong here' arpa '[::1]:25'
refused 1+4 'a classless reverse name (RFC 2317) is no address or prefix' arpa 0/25.2.0.192.in-addr.arpa
refused 1+6 'a classless reverse name (RFC 2317) is no address or prefix' arpa 64-127.2.0.192.in-addr.arpa
label='not a complete label of a reverse or ipv6-literal.net name'
refused 1+1 "$label" arpa "x.$db8"
refused 1+1 "$label" arpa 10.ip6.arpa
refused 1+1 "$label" arpa .ip6.arpa
refused 1+1 "$label" arpa .in-addr.arpa
refused 1+1 "$label" arpa 1.2.3.4.5.in-addr.arpa
refused 1+2 "$label" arpa 01.2.3.in-addr.arpa
refused 1+3 "$label" arpa 256.in-addr.arpa
refused 3+1 "$label" arpa 1.x.in-addr.arpa
refused 3+0 "$label" arpa 1..2.in-addr.arpa
t 'a name of 33 nibbles' 2 '' "v6kit: argument 1:1: $label
    0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1....
    ^" arpa "0.$one"

# --zones: the next nibble or octet boundary.
prints "0.0.0.0.$db8
1.0.0.0.$db8" arpa --zones 2001:db8::/47
prints "0.0.0.0.$db8" arpa --zones 2001:db8::/48
prints "0.0.0.0.0.$db8
1.0.0.0.0.$db8
2.0.0.0.0.$db8
3.0.0.0.0.$db8
4.0.0.0.0.$db8
5.0.0.0.0.$db8
6.0.0.0.0.$db8
7.0.0.0.0.$db8" arpa --zones 2001:db8::/49
prints "8.0.0.0.0.$db8
9.0.0.0.0.$db8
a.0.0.0.0.$db8
b.0.0.0.0.$db8
c.0.0.0.0.$db8
d.0.0.0.0.$db8
e.0.0.0.0.$db8
f.0.0.0.0.$db8" arpa --zones 2001:db8:0:8000::/49
prints "4.0.0.0.0.$db8
5.0.0.0.0.$db8
6.0.0.0.0.$db8
7.0.0.0.0.$db8" arpa --zones 2001:db8:0:4000::/50
prints "${one#1.}" arpa --zones 2001:db8::/124
prints "0.${one#1.}
$one" arpa --zones 2001:db8::/127
prints "$one" arpa --zones 2001:db8::1
prints ip6.arpa arpa --zones ::/0
prints "$(for i in 8 9 a b c d e f; do echo $i.ip6.arpa; done)" arpa --zones 8000::/1
prints in-addr.arpa arpa --zones 0.0.0.0/0
prints 2.0.192.in-addr.arpa arpa --zones 192.0.2.0/24
prints '0.10.in-addr.arpa
1.10.in-addr.arpa' arpa --zones 10.0.0.0/15
prints '252.10.10.in-addr.arpa
253.10.10.in-addr.arpa
254.10.10.in-addr.arpa
255.10.10.in-addr.arpa' arpa --zones 10.10.252.0/22
is '--zones 0.0.0.0/1 are 128' "$("$V6KIT" arpa --zones 128.0.0.0/1 | sed -n '1p;$p;$=')" '128.in-addr.arpa
255.in-addr.arpa
128'
prints 1.2.0.192.in-addr.arpa arpa --zones 192.0.2.1
prints "$db8" arpa --zones "$db8"
refused 1+12 "$cnames" arpa --zones 192.0.2.0/25
refused 1+12 "$cnames" arpa --zones 192.0.2.0/31
refused 12+3 'host bits set past the prefix length; did you mean 2001:db8::/47?' arpa --zones 2001:db8::1/47
prints "0.0.0.0.$db8
1.0.0.0.$db8" arpa --zones --mask 2001:db8::1/47
done_testing
