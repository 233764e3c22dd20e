#!/bin/sh
# info: everything about an address or prefix. tests/cli/second.t has the second opinion.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

prints 'input: 2001:DB8:0::1
family: ipv6
address: 2001:db8::1
bits: 128
full: 2001:0db8:0000:0000:0000:0000:0000:0001
arpa: 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa
sendmail: IPv6:2001:db8::1
smtp: [IPv6:2001:db8::1]
network: 2001:db8::1/128
first: 2001:db8::1
last: 2001:db8::1
count: 1
count_64: 0
scope: global' info 2001:DB8:0::1
prints 'input: 192.0.2.1
family: ipv4
address: 192.0.2.1
bits: 32
full: 192.0.2.1
arpa: 1.2.0.192.in-addr.arpa
sendmail: 192.0.2.1
smtp: [192.0.2.1]
network: 192.0.2.1/32
first: 192.0.2.1
last: 192.0.2.1
count: 1
scope: global' info 192.0.2.1
prints 'input: ::ffff:192.0.2.1
family: ipv6
address: ::ffff:192.0.2.1
bits: 128
full: 0000:0000:0000:0000:0000:ffff:c000:0201
arpa: 1.0.2.0.0.0.0.c.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa
smtp: [192.0.2.1]
network: ::ffff:192.0.2.1/128
first: ::ffff:192.0.2.1
last: ::ffff:192.0.2.1
count: 1
count_64: 0
scope: global
mapped_ipv4: 192.0.2.1' info ::ffff:192.0.2.1
prints 'input: 2001:db8::1/64
family: ipv6
address: 2001:db8::1
bits: 64
full: 2001:0db8:0000:0000:0000:0000:0000:0001
arpa: 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa
sendmail: IPv6:2001:db8::1
smtp: [IPv6:2001:db8::1]
network: 2001:db8::/64
first: 2001:db8::
last: 2001:db8::ffff:ffff:ffff:ffff
count: 18446744073709551616
count_64: 1
scope: global' info 2001:db8::1/64
prints 'input: 10.0.0.0/8
family: ipv4
address: 10.0.0.0
bits: 8
full: 10.0.0.0
arpa: 10.in-addr.arpa
network: 10.0.0.0/8
first: 10.0.0.0
last: 10.255.255.255
count: 16777216
scope: global' info 10.0.0.0/8
prints 'input: fe80::1%eth0
family: ipv6
address: fe80::1
bits: 128
zone: eth0
full: fe80:0000:0000:0000:0000:0000:0000:0001
arpa: 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.e.f.ip6.arpa
network: fe80::1/128
first: fe80::1
last: fe80::1
count: 1
count_64: 0
scope: link-local' info 'fe80::1%eth0'
prints 'input: [2001:db8::1]:25
family: ipv6
address: 2001:db8::1
bits: 128
port: 25
full: 2001:0db8:0000:0000:0000:0000:0000:0001
arpa: 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa
sendmail: IPv6:2001:db8::1
smtp: [IPv6:2001:db8::1]
network: 2001:db8::1/128
first: 2001:db8::1
last: 2001:db8::1
count: 1
count_64: 0
scope: global' info '[2001:db8::1]:25'
prints 'input: ::/0
family: ipv6
address: ::
bits: 0
full: 0000:0000:0000:0000:0000:0000:0000:0000
arpa: ip6.arpa
network: ::/0
first: ::
last: ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
count: 340282366920938463463374607431768211456
count_64: 18446744073709551616' info ::/0
prints 'input: 0.0.0.0/0
family: ipv4
address: 0.0.0.0
bits: 0
full: 0.0.0.0
arpa: in-addr.arpa
network: 0.0.0.0/0
first: 0.0.0.0
last: 255.255.255.255
count: 4294967296' info 0.0.0.0/0
prints 'input: 2001:db8::/127
family: ipv6
address: 2001:db8::
bits: 127
full: 2001:0db8:0000:0000:0000:0000:0000:0000
network: 2001:db8::/127
first: 2001:db8::
last: 2001:db8::1
count: 2
count_64: 0
scope: global' info 2001:db8::/127
prints 'input: 2001:db8::/49
family: ipv6
address: 2001:db8::
bits: 49
full: 2001:0db8:0000:0000:0000:0000:0000:0000
network: 2001:db8::/49
first: 2001:db8::
last: 2001:db8:0:7fff:ffff:ffff:ffff:ffff
count: 604462909807314587353088
count_64: 32768
scope: global' info 2001:db8::/49

# one FIELD WANT INPUT: one field of a record, empty when it is absent.
one() {
	prints "$1=$2" info -F "$1=%{$1}" "$3"
}
one count 340282366920938463463374607431768211456 ::/0
one count 170141183460469231731687303715884105728 ::/1
one count 4294967296 0.0.0.0/0
one count 18446744073709551616 2001:db8::/64
one count 18446744073709551616 ::ffff:ffff:ffff:ffff/64
one count 1 ::1
one count 1 ::1/128
one count 1 192.0.2.1
one count 2 192.0.2.0/31
one count_64 18446744073709551616 ::/0
one count_64 65536 2001:db8::/48
one count_64 2 2001:db8::/63
one count_64 1 2001:db8::/64
one count_64 1 2001:db8::1/64
one count_64 0 2001:db8::/65
one count_64 0 ::1
one count_64 '' 10.0.0.0/8
one first 10.0.0.0 10.1.2.3/8
one last 10.255.255.255 10.1.2.3/8
one network 10.0.0.0/8 10.1.2.3/8
one bits 8 10.1.2.3/8
one address 10.1.2.3 10.1.2.3/8
one last ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff::/16
one last 2001:db8::1 2001:db8::/127
one network 2001:db8::/127 2001:db8::1/127
one mapped_ipv4 192.0.2.1 ::ffff:c000:201
one mapped_ipv4 '' ::ffff:192.0.2.0/120
one mapped_ipv4 '' ::192.0.2.1
one smtp '[192.0.2.1]' ::ffff:192.0.2.1
one sendmail '' ::ffff:192.0.2.1
one sendmail '' fe80::1
one sendmail '' ff02::1
one sendmail '' 'fe80::1%eth0'
one smtp '' 'fe80::1%eth0'
one smtp '[IPv6:fe80::1]' fe80::1
one sendmail '' 2001:db8::/32
one smtp '' 10.0.0.0/8
one sendmail 10.1.2.3 10.1.2.3/8
one arpa '' 2001:db8::/49
one arpa 8.b.d.0.1.0.0.2.ip6.arpa 2001:db8::/32
one arpa ip6.arpa ::/0
one arpa 10.in-addr.arpa 10.0.0.0/8
one zone eth0 'fe80::1%eth0'
one zone eth0 '[fe80::1%25eth0]:25'
one port 25 '[fe80::1%25eth0]:25'
one port 0 '[::1]:0'
one input IPv6:2001:DB8::1 IPv6:2001:DB8::1
one address 2001:db8::1 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa
one scope loopback ::1
one scope loopback 127.1.2.3
one scope unspecified ::
one scope link-local fe80::1
one scope link-local 169.254.1.1
one scope link-local ff02::1
one scope interface-local ff01::1
one scope site-local fec0::1
one scope site-local ff05::2
one scope global ff0e::1
one scope global 2001:db8::1
t 'ripcalc: a ULA is not link-local' 0 global '' info -F '%{scope}' fd00::1
one scope '' fe00::/8
t 'ripcalc: ::/0 has 2^128 addresses, not 0' 0 340282366920938463463374607431768211456 '' info -F '%{count}' ::/0
t 'iprange: and not 2^128-1' 0 340282366920938463463374607431768211456 '' info -F '%{count}' ::/0
t 'ipcalc-ng: 0.0.0.0/0 has 2^32 addresses' 0 4294967296 '' info -F '%{count}' 0.0.0.0/0
t 'ripcalc: a /127 has two addresses' 0 2 '' info -F '%{count}' 2001:db8::/127
t 'ipcalc-ng: /49 has no reverse name, and no segfault' 0 '2001:db8::/49' '' info -F '%{network}%{arpa}' 2001:db8::/49

# Records apart by a blank line; with -0 each is ended by NUL.
"$V6KIT" info ::1 >"$tmp/a"
"$V6KIT" info 10.0.0.0/8 >"$tmp/b"
prints "$(cat "$tmp/a" && echo && cat "$tmp/b")" info ::1 10.0.0.0/8
run info -0 ::1 10.0.0.0/8
is '-0: records, not lines' "$(tr '\0' @ <"$tmp/out")" "$(cat "$tmp/a")
@$(cat "$tmp/b")
@"
printf '::1\n\n# x\n10.0.0.0/8\n' >"$tmp/list"
in=$tmp/list prints "$(cat "$tmp/a" && echo && cat "$tmp/b")" info
prints "$(cat "$tmp/a" && echo && cat "$tmp/b")" info -f "$tmp/list"
prints "$(cat "$tmp/b")" info -4 ::1 10.0.0.0/8
prints "$(cat "$tmp/a")" info -6 ::1 10.0.0.0/8
prints '' info -q ::1
prints '{"input":"::/0","family":"ipv6","address":"::","bits":0,"full":"0000:0000:0000:0000:0000:0000:0000:0000","arpa":"ip6.arpa","network":"::/0","first":"::","last":"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff","count":"340282366920938463463374607431768211456","count_64":"18446744073709551616"}' \
	info -j ::/0
prints 192.0.2.0/24 info --netmask -F '%{network}' 192.0.2.1/255.255.255.0

refused 1+7 'a prefix is expected, not a range' info ::1-::2
refused 1+1 'unexpected character' info x
t 'a bad operand among others' 2 '1
1' "$(message 'argument 2' 3+1 'a second "::"' :::)" info -F '%{count}' ::1 ::: ::2
in=$tmp/list t 'a range in a stream' 2 "$(cat "$tmp/a" && echo && cat "$tmp/b")" \
	"$(message 'argument 1' 1+7 'a prefix is expected, not a range' ::1-::2)" info ::1-::2 -
done_testing
