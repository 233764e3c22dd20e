#!/bin/sh
# norm: reading every notation, printing every style, refusing the rest at the right place.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

# Each style with an address of each kind: what it prints, or after "!" why it cannot.
while read -r style input want; do
	case $want in
	!*) refused "1+${#input}" "style $style ${want#!}" norm -s "$style" "$input" ;;
	*) prints "$want" norm -s "$style" "$input" ;;
	esac
done <<'END'
canonical 2001:DB8:0::1 2001:db8::1
canonical 192.0.2.1 192.0.2.1
canonical ::ffff:192.0.2.1 ::ffff:192.0.2.1
canonical fe80::1%eth0 fe80::1%eth0
canonical 2001:db8::/32 2001:db8::/32
canonical 2001:db8::1/64 2001:db8::1/64
canonical 192.0.2.0/24 192.0.2.0/24
canonical 2001:db8::1-2001:db8::f 2001:db8::1-2001:db8::f
canonical [2001:db8::1]:443 [2001:db8::1]:443
canonical [192.0.2.1]:25 [192.0.2.1]:25
full 2001:DB8:0::1 2001:0db8:0000:0000:0000:0000:0000:0001
full 192.0.2.1 192.0.2.1
full ::ffff:192.0.2.1 0000:0000:0000:0000:0000:ffff:c000:0201
full fe80::1%eth0 fe80:0000:0000:0000:0000:0000:0000:0001%eth0
full 2001:db8::/32 2001:0db8:0000:0000:0000:0000:0000:0000/32
full 2001:db8::1/64 2001:0db8:0000:0000:0000:0000:0000:0001/64
full 192.0.2.0/24 192.0.2.0/24
full 2001:db8::1-2001:db8::f 2001:0db8:0000:0000:0000:0000:0000:0001-2001:0db8:0000:0000:0000:0000:0000:000f
full [2001:db8::1]:443 [2001:0db8:0000:0000:0000:0000:0000:0001]:443
full [192.0.2.1]:25 [192.0.2.1]:25
bare 2001:DB8:0::1 2001:db8::1
bare 192.0.2.1 192.0.2.1
bare ::ffff:192.0.2.1 ::ffff:192.0.2.1
bare fe80::1%eth0 fe80::1
bare 2001:db8::/32 2001:db8::
bare 2001:db8::1/64 2001:db8::1
bare 192.0.2.0/24 192.0.2.0
bare 2001:db8::1-2001:db8::f !cannot carry a range
bare [2001:db8::1]:443 2001:db8::1
bare [192.0.2.1]:25 192.0.2.1
mixed 2001:DB8:0::1 2001:db8::0.0.0.1
mixed 192.0.2.1 192.0.2.1
mixed ::ffff:192.0.2.1 ::ffff:192.0.2.1
mixed fe80::1%eth0 fe80::0.0.0.1%eth0
mixed 2001:db8::/32 2001:db8::0.0.0.0/32
mixed 2001:db8::1/64 2001:db8::0.0.0.1/64
mixed 192.0.2.0/24 192.0.2.0/24
mixed 2001:db8::1-2001:db8::f 2001:db8::0.0.0.1-2001:db8::0.0.0.15
mixed [2001:db8::1]:443 [2001:db8::0.0.0.1]:443
mixed [192.0.2.1]:25 [192.0.2.1]:25
upper 2001:DB8:0::1 2001:DB8::1
upper 192.0.2.1 192.0.2.1
upper ::ffff:192.0.2.1 ::FFFF:192.0.2.1
upper fe80::1%eth0 FE80::1%eth0
upper 2001:db8::/32 2001:DB8::/32
upper 2001:db8::1/64 2001:DB8::1/64
upper 192.0.2.0/24 192.0.2.0/24
upper 2001:db8::1-2001:db8::f 2001:DB8::1-2001:DB8::F
upper [2001:db8::1]:443 [2001:DB8::1]:443
upper [192.0.2.1]:25 [192.0.2.1]:25
hex 2001:DB8:0::1 0x20010db8000000000000000000000001
hex 192.0.2.1 0xc0000201
hex ::ffff:192.0.2.1 0x00000000000000000000ffffc0000201
hex fe80::1%eth0 !cannot carry a zone
hex 2001:db8::/32 !cannot carry a prefix length
hex 2001:db8::1/64 !cannot carry a prefix length
hex 192.0.2.0/24 !cannot carry a prefix length
hex 2001:db8::1-2001:db8::f !cannot carry a range
hex [2001:db8::1]:443 !cannot carry a port
hex [192.0.2.1]:25 !cannot carry a port
int 2001:DB8:0::1 42540766411282592856903984951653826561
int 192.0.2.1 3221225985
int ::ffff:192.0.2.1 281473902969345
int fe80::1%eth0 !cannot carry a zone
int 2001:db8::/32 !cannot carry a prefix length
int 2001:db8::1/64 !cannot carry a prefix length
int 192.0.2.0/24 !cannot carry a prefix length
int 2001:db8::1-2001:db8::f !cannot carry a range
int [2001:db8::1]:443 !cannot carry a port
int [192.0.2.1]:25 !cannot carry a port
bits 2001:DB8:0::1 00100000000000010000110110111000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001
bits 192.0.2.1 11000000000000000000001000000001
bits ::ffff:192.0.2.1 00000000000000000000000000000000000000000000000000000000000000000000000000000000111111111111111111000000000000000000001000000001
bits fe80::1%eth0 !cannot carry a zone
bits 2001:db8::/32 !cannot carry a prefix length
bits 2001:db8::1/64 !cannot carry a prefix length
bits 192.0.2.0/24 !cannot carry a prefix length
bits 2001:db8::1-2001:db8::f !cannot carry a range
bits [2001:db8::1]:443 !cannot carry a port
bits [192.0.2.1]:25 !cannot carry a port
arpa 2001:DB8:0::1 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa
arpa 192.0.2.1 1.2.0.192.in-addr.arpa
arpa ::ffff:192.0.2.1 1.0.2.0.0.0.0.c.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa
arpa fe80::1%eth0 !cannot carry a zone
arpa 2001:db8::/32 8.b.d.0.1.0.0.2.ip6.arpa
arpa 2001:db8::1/64 !cannot carry host bits
arpa 192.0.2.0/24 2.0.192.in-addr.arpa
arpa 2001:db8::1-2001:db8::f !cannot carry a range
arpa [2001:db8::1]:443 !cannot carry a port
arpa [192.0.2.1]:25 !cannot carry a port
uri 2001:DB8:0::1 [2001:db8::1]
uri 192.0.2.1 192.0.2.1
uri ::ffff:192.0.2.1 [::ffff:192.0.2.1]
uri fe80::1%eth0 [fe80::1%25eth0]
uri 2001:db8::/32 !cannot carry a prefix length
uri 2001:db8::1/64 !cannot carry a prefix length
uri 192.0.2.0/24 !cannot carry a prefix length
uri 2001:db8::1-2001:db8::f !cannot carry a range
uri [2001:db8::1]:443 [2001:db8::1]:443
uri [192.0.2.1]:25 [192.0.2.1]:25
smtp 2001:DB8:0::1 [IPv6:2001:db8::1]
smtp 192.0.2.1 [192.0.2.1]
smtp ::ffff:192.0.2.1 [IPv6:::ffff:192.0.2.1]
smtp fe80::1%eth0 !cannot carry a zone
smtp 2001:db8::/32 !cannot carry a prefix length
smtp 2001:db8::1/64 !cannot carry a prefix length
smtp 192.0.2.0/24 !cannot carry a prefix length
smtp 2001:db8::1-2001:db8::f !cannot carry a range
smtp [2001:db8::1]:443 !cannot carry a port
smtp [192.0.2.1]:25 !cannot carry a port
sendmail 2001:DB8:0::1 IPv6:2001:db8::1
sendmail 192.0.2.1 192.0.2.1
sendmail ::ffff:192.0.2.1 IPv6:::ffff:192.0.2.1
sendmail fe80::1%eth0 !cannot carry a zone
sendmail 2001:db8::/32 !cannot carry a prefix length
sendmail 2001:db8::1/64 !cannot carry a prefix length
sendmail 192.0.2.0/24 !cannot carry a prefix length
sendmail 2001:db8::1-2001:db8::f !cannot carry a range
sendmail [2001:db8::1]:443 !cannot carry a port
sendmail [192.0.2.1]:25 !cannot carry a port
unc 2001:DB8:0::1 2001-db8--1.ipv6-literal.net
unc 192.0.2.1 !is for IPv6 only
unc ::ffff:192.0.2.1 0--ffff-c000-201.ipv6-literal.net
unc fe80::1%eth0 fe80--1seth0.ipv6-literal.net
unc 2001:db8::/32 !cannot carry a prefix length
unc 2001:db8::1/64 !cannot carry a prefix length
unc 192.0.2.0/24 !is for IPv6 only
unc 2001:db8::1-2001:db8::f !cannot carry a range
unc [2001:db8::1]:443 !cannot carry a port
unc [192.0.2.1]:25 !is for IPv6 only
base85 2001:DB8:0::1 9R}vSQ9RqiCv7SR1r(Uz
base85 192.0.2.1 !is for IPv6 only
base85 ::ffff:192.0.2.1 0000000000008&RA)FgP
base85 fe80::1%eth0 !cannot carry a zone
base85 2001:db8::/32 !cannot carry a prefix length
base85 2001:db8::1/64 !cannot carry a prefix length
base85 192.0.2.0/24 !is for IPv6 only
base85 2001:db8::1-2001:db8::f !cannot carry a range
base85 [2001:db8::1]:443 !cannot carry a port
base85 [192.0.2.1]:25 !is for IPv6 only
c 2001:DB8:0::1 { 0x20, 0x01, 0x0d, 0xb8, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01 }
c 192.0.2.1 { 0xc0, 0x00, 0x02, 0x01 }
c ::ffff:192.0.2.1 { 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xc0, 0x00, 0x02, 0x01 }
c fe80::1%eth0 !cannot carry a zone
c 2001:db8::/32 !cannot carry a prefix length
c 2001:db8::1/64 !cannot carry a prefix length
c 192.0.2.0/24 !cannot carry a prefix length
c 2001:db8::1-2001:db8::f !cannot carry a range
c [2001:db8::1]:443 !cannot carry a port
c [192.0.2.1]:25 !cannot carry a port
access 2001:DB8:0::1 IPv6:2001:db8:0:0:0:0:0:1
access 192.0.2.1 192.0.2.1
access ::ffff:192.0.2.1 192.0.2.1
access fe80::1%eth0 !cannot carry a zone
access 2001:db8::/32 !cannot carry a prefix length
access 2001:db8::1/64 !cannot carry a prefix length
access 192.0.2.0/24 !cannot carry a prefix length
access 2001:db8::1-2001:db8::f !cannot carry a range
access [2001:db8::1]:443 !cannot carry a port
access [192.0.2.1]:25 !cannot carry a port
END
refused 1+13 'style arpa has no single name for this length; see v6kit arpa --zones' \
	norm -s arpa 2001:db8::/49
refused 1+12 'style arpa has no single name for this length; see v6kit arpa --zones' \
	norm -s arpa 192.0.2.0/25
prints 0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa norm -s arpa 2001:db8::/52
prints '2001:db8::1' norm --style=bare 2001:db8::1/64
prints 'IPv6:2a00:a200:0:12:0:0:0:25' norm -s access 2a00:a200:0:12::25

# Notations, and what is printed of each.
while read -r input want; do
	prints "$want" norm "$input"
done <<'END'
::				::
::1				::1
1::				1::
0:0:0:0:0:0:0:0			::
1:2:3:4:5:6:7:8			1:2:3:4:5:6:7:8
1:2:3:4:5:6:7::			1:2:3:4:5:6:7:0
::2:3:4:5:6:7:8			0:2:3:4:5:6:7:8
1:0:0:2:0:0:0:3			1:0:0:2::3
1:0:0:2:3:0:0:4			1::2:3:0:0:4
1:0:3:0:5:0:7:0			1:0:3:0:5:0:7:0
::ffff:c000:201			::ffff:192.0.2.1
::FFFF:192.0.2.1		::ffff:192.0.2.1
::1.2.3.4			::102:304
1:2:3:4:5:6:1.2.3.4		1:2:3:4:5:6:102:304
64:ff9b::192.0.2.1		64:ff9b::c000:201
fe80::5efe:192.0.2.1		fe80::5efe:c000:201
0.0.0.0				0.0.0.0
255.255.255.255			255.255.255.255
fe80::1%Eth-0._~		fe80::1%Eth-0._~
2001:DB8::1/0			2001:db8::1/0
::/0				::/0
0.0.0.0/0			0.0.0.0/0
::1/128				::1/128
192.0.2.1/24			192.0.2.1/24
::ffff:192.0.2.0/120		::ffff:192.0.2.0/120
10.0.0.0-10.0.0.255		10.0.0.0-10.0.0.255
::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff	::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
::1-::1				::1-::1
IPv6:2001:db8::1		2001:db8::1
ipv6:2001:db8::1		2001:db8::1
IPV6:2001:db8::/32		2001:db8::/32
[IPv6:2001:db8::1]		2001:db8::1
[iPV6:2001:db8::1]		2001:db8::1
[2001:db8::1]			2001:db8::1
[192.0.2.1]			192.0.2.1
[fe80::1%eth0]			fe80::1%eth0
[fe80::1%25eth0]		fe80::1%eth0
[2001:db8::1]:0			[2001:db8::1]:0
[2001:db8::1]:65535		[2001:db8::1]:65535
[IPv6:fe80::1%25eth0]:25	[fe80::1%eth0]:25
1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa	2001:db8::1
8.B.D.0.1.0.0.2.IP6.ARPA.	2001:db8::/32
ip6.arpa			::/0
1.2.0.192.in-addr.arpa		192.0.2.1
2.0.192.in-addr.arpa.		192.0.2.0/24
in-addr.arpa			0.0.0.0/0
2001-db8--1.ipv6-literal.net	2001:db8::1
FE80--1seth0.IPv6-Literal.NET	fe80::1%eth0
END
prints '::1-::2' norm '::1 - ::2'
prints '::1-::2' norm "::1	-	::2"
prints '192.0.2.1-192.0.2.9' norm '192.0.2.1- 192.0.2.9'

# Refusals: COL+LEN, the input and the message.
while IFS='	' read -r at input text; do
	refused "$at" "$text" norm -- "$input"
done <<'END'
1+3	010.1.2.3	leading zero in an IPv4 octet (octal to some programs)
8+3	::ffff:010.1.2.3	leading zero in an IPv4 octet (octal to some programs)
7+2	192.0.02.1	leading zero in an IPv4 octet (octal to some programs)
1+2	10	IPv4 has four decimal octets: write 10.0.0.0/8 for 10/8, 127.0.0.1 for 127.1
1+2	10/8	IPv4 has four decimal octets: write 10.0.0.0/8 for 10/8, 127.0.0.1 for 127.1
6+1	1.2.3	IPv4 has four decimal octets: write 10.0.0.0/8 for 10/8, 127.0.0.1 for 127.1
1+1	0x7f.1	IPv4 has four decimal octets: write 10.0.0.0/8 for 10/8, 127.0.0.1 for 127.1
8+1	1.2.3.4.5	IPv4 has four decimal octets: write 10.0.0.0/8 for 10/8, 127.0.0.1 for 127.1
1+3	999.1.1.1	an IPv4 octet is at most 255
9+3	192.0.2.256	an IPv4 octet is at most 255
10+1	192.0.2.1abc	unexpected character
1+5	02001:db8::1	a group has 1 to 4 hexadecimal digits
3+5	::12345	a group has 1 to 4 hexadecimal digits
17+1	1:2:3:4:5:6:7:8:9	more than 8 groups
14+1	1:2:3:4:5:6:7	fewer than 8 groups and no "::"
5+2	1::2::3	a second "::"
3+1	:::	a second "::"
2+2	1::2:3:4:5:6:7:8	"::" stands for at least one group, and 8 are there
1+1	:1:2:3:4:5:6:7:8	a single ":" cannot begin or end an address
14+1	1:2:3:4:5:6:7:	a single ":" cannot begin or end an address
1+1	g::1	unexpected character
1+1	localhost	unexpected character
1+1	 ::1	unexpected character
1+1	-x	unexpected character
9+1	fe80::1%	a zone is one or more of A-Z a-z 0-9 . _ ~ -
12+1	fe80::1%eth:0	a zone is one or more of A-Z a-z 0-9 . _ ~ -
10+5	192.0.2.1%eth0	an IPv4 address has no zone
8+5	fe80::1%eth0/64	a zone does not belong in a prefix or range
11+5	fe80::1/64%eth0	a zone does not belong in a prefix or range
8+10	fe80::1%eth0-fe80::2	a zone does not belong in a prefix or range
16+5	fe80::1-fe80::2%eth0	a zone does not belong in a prefix or range
5+3	::1/064	a prefix length is a decimal number without sign or leading zero
5+1	::1/+32	a prefix length is a decimal number without sign or leading zero
5+1	::1/-1	a prefix length is a decimal number without sign or leading zero
5+1	::1/	a prefix length is a decimal number without sign or leading zero
6+1	::1/1x	a prefix length is a decimal number without sign or leading zero
5+3	::1/129	a prefix length is at most 32 for IPv4, 128 for IPv6
11+2	192.0.2.1/33	a prefix length is at most 32 for IPv4, 128 for IPv6
5+20	::1/18446744073709551680	a prefix length is at most 32 for IPv4, 128 for IPv6
5+13	::1/255.255.255.0	a netmask, where a prefix length is expected
11+13	192.0.2.0/255.255.255.0	a netmask, where a prefix length is expected
13+1	192.0.2.0/24/24	unexpected character
5+3	::2-::1	the range ends below its start
5+9	::1-192.0.2.1	IPv4 and IPv6 do not mix here
8+1	::1-::2/64	unexpected character
5+1	[::1	"[" without "]"
6+1	[::1]x	unexpected character
6+1	[::1]/64	unexpected character
7+1	[::1]:	a port is a decimal number from 0 to 65535
7+5	[::1]:65536	a port is a decimal number from 0 to 65535
7+3	[::1]:080	a port is a decimal number from 0 to 65535
10+1	192.0.2.1:25	unexpected character
6+9	IPv6:192.0.2.1	the tag "IPv6:" stands before an IPv6 address only
7+9	[IPv6:192.0.2.1]	the tag "IPv6:" stands before an IPv6 address only
1+4	2/25.2.0.192.in-addr.arpa	a classless reverse name (RFC 2317) is no address or prefix
1+4	0-25.2.0.192.in-addr.arpa	a classless reverse name (RFC 2317) is no address or prefix
1+1	x.ip6.arpa	not a complete label of a reverse or ipv6-literal.net name
1+3	256.2.0.192.in-addr.arpa	not a complete label of a reverse or ipv6-literal.net name
END
t 'an empty operand is bad input' 2 '' "$(message 'argument 1' 1+0 'empty, where an address is expected' '')" norm ''

# Mistakes of other tools.
refused 13+0 'a prefix length is a decimal number without sign or leading zero' norm 2001:db8::1/
is 'netmask: "2001:db8::1/" is not ::/0' "$(cat "$tmp/out")" ''
refused 11+0 'a prefix length is a decimal number without sign or leading zero' norm 192.0.2.1/
is 'netmask: "192.0.2.1/" is not 0.0.0.0/0' "$(cat "$tmp/out")" ''
refused 7+1 'a prefix length is a decimal number without sign or leading zero' norm ::1/48x
is 'ripcalc: /48x is not /64' "$(cat "$tmp/out")" ''
t 'iprange: 64:ff9b::c000:201 is not 0.0.0.64' 0 '64:ff9b::c000:201' '' norm 64:ff9b::c000:201
t 'sipcalc: 1:2:3:4:5:6:7:: is an address' 0 '1:2:3:4:5:6:7:0' '' norm 1:2:3:4:5:6:7::
t 'ipv6calc: ::2 is not ::0.0.0.2' 0 '::2' '' norm ::2
t 'prips: a range of IPv6 keeps both ends' 0 '2001:db8::1-2001:db8::5' '' norm 2001:db8::1-2001:db8::5
t 'range2ip: a range of IPv6 that is one network' 0 '2001:db8::-2001:db8::3' '' norm 2001:db8::-2001:db8::3

# --netmask: contiguous, IPv4 only, never a wildcard (ruling 12).
prints 192.0.2.0/24 norm --netmask 192.0.2.0/255.255.255.0
prints 192.0.2.1/25 norm --netmask 192.0.2.1/255.255.255.128
prints 0.0.0.0/0 norm --netmask 0.0.0.0/0.0.0.0
prints 192.0.2.1/32 norm --netmask 192.0.2.1/255.255.255.255
prints 192.0.2.0/24 norm --netmask 192.0.2.0/24
refused 11+13 'a netmask is ones, then zeros' norm --netmask 192.0.2.0/255.255.0.255
refused 11+9 'a netmask is ones, then zeros' norm --netmask 192.0.2.0/0.0.0.255
refused 5+13 'a netmask, where a prefix length is expected' norm --netmask ::1/255.255.255.0
is 'ripcalc: mask 255.255.0.255 is not /24' "$("$V6KIT" norm --netmask 192.0.2.0/255.255.0.255 2>&1 | grep -c /24)" 0

# --network
prints 2001:db8::/64 norm --network 2001:db8::1/64
prints 192.0.2.0/24 norm --network 192.0.2.77/24
prints ::/0 norm --network ::1/0
prints 2001:db8::1/128 norm --network 2001:db8::1
prints 192.0.2.1/32 norm --network 192.0.2.1
prints 2001:DB8:1::/48 norm --network -s upper 2001:db8:1:2::3/48
prints 8.b.d.0.1.0.0.2.ip6.arpa norm --network -s arpa 2001:db8::1/32
refused 1+10 'a prefix is expected, not a range' norm --network ::1-::ffff
refused 1+12 'a zone does not belong in a prefix or range' norm --network fe80::1%eth0
refused 1+8 'a port does not belong here' norm --network '[::1]:25'

# --check and -q print nothing, whatever the form of the output.
prints '' norm --check ::1 192.0.2.1
prints '' norm --check -j ::1
prints '' norm --check --csv ::1
prints '' norm --check -F '%{address}' ::1
prints '' norm -q --csv ::1
prints '' norm -q ::1
refused 1+5 'style hex cannot carry a prefix length' norm --check -s hex '::/64'
t '--check keeps nothing' 2 '' "$(message 'argument 1' 1+1 'unexpected character' x)" \
	norm --check --on-error=keep x

# -4 and -6 keep a family; that nothing is left is no error.
prints 192.0.2.1 norm -4 ::1 192.0.2.1 ::ffff:192.0.2.2
prints '::1
::ffff:192.0.2.2' norm -6 ::1 192.0.2.1 ::ffff:192.0.2.2
prints '' norm --ipv4 ::1
prints 10.0.0.0-10.0.0.9 norm -4 ::1-::2 10.0.0.0-10.0.0.9
t 'a bad operand is bad for -4 too' 2 192.0.2.1 "$(message 'argument 1' 5+3 'a prefix length is at most 32 for IPv4, 128 for IPv6' ::1/129)" \
	norm -4 ::1/129 192.0.2.1
usage 'norm: -4 and -6 exclude each other' norm -4 -6 ::1

# --from: numbers.
while read -r family kind input want; do
	[ "$family" != any ] || family=--from=$kind
	prints "$want" norm "$family" --from "$kind" -- "$input"
done <<'END'
-4	int	0	0.0.0.0
-6	int	0	::
-4	int	3221225985	192.0.2.1
-6	int	3221225985	::c000:201
-4	int	4294967295	255.255.255.255
any	int	4294967296	::1:0:0
any	int	340282366920938463463374607431768211455	ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
any	hex	c0000201	192.0.2.1
any	hex	0xC0000201	192.0.2.1
any	hex	20010db8000000000000000000000001	2001:db8::1
any	hex	0X20010DB8000000000000000000000001	2001:db8::1
-4	hex	1	0.0.0.1
-6	hex	1	::1
-6	hex	c0000201	::c000:201
any	base85	4)+k&C#VzJ4br>0wv%Yp	1080::8:800:200c:417a
-6	base85	00000000000000000000	::
END
while read -r family kind at input text; do
	[ "$family" != any ] || family=--from=$kind
	refused "$at" "$text" norm "$family" --from "$kind" -- "$input"
done <<'END'
any int 1+1 0 an address of both families: say -4 or -6
any int 1+10 4294967295 an address of both families: say -4 or -6
-4 int 1+10 4294967296 not such a number, or larger than any address
any int 1+39 340282366920938463463374607431768211456 not such a number, or larger than any address
any int 1+2 01 not such a number, or larger than any address
any int 2+1 1x unexpected character
any int 1+1 -1 unexpected character
any int 1+1 ::1 unexpected character
any hex 1+1 1 an address has 8 hexadecimal digits (IPv4) or 32 (IPv6); -4 or -6 takes fewer
any hex 3+9 0x20010db80 an address has 8 hexadecimal digits (IPv4) or 32 (IPv6); -4 or -6 takes fewer
-6 hex 3+33 0x000000000000000000000000000000001 not such a number, or larger than any address
-4 hex 1+10 c000020100 not such a number, or larger than any address
-6 hex 1+33 100000000000000000000000000000000 not such a number, or larger than any address
any hex 2+1 0x unexpected character
any hex 1+1 g0000201 unexpected character
any base85 1+1 x not such a number, or larger than any address
any base85 1+20 ~~~~~~~~~~~~~~~~~~~~ not such a number, or larger than any address
any base85 1+1 ,0000000000000000000 unexpected character
-4 base85 1+20 00000000000000000000 IPv4 and IPv6 do not mix here
END
usage 'norm: --from takes int, hex or base85, not "dec"' norm --from dec 1
t 'numbers are not read without --from' 2 '' \
	"$(message 'argument 1' 1+10 'IPv4 has four decimal octets: write 10.0.0.0/8 for 10/8, 127.0.0.1 for 127.1' 3221225985)" \
	norm 3221225985

# Round trips: what a style prints is read as the same again.
cat >"$tmp/ipv6" <<'END'
::
::1
2001:db8::1
1:2:3:4:5:6:7:8
0:2:3:4:5:6:7:8
1:2:3:4:5:6:7:0
::ffff:192.0.2.1
64:ff9b::c000:201
d858::1
fe80::1:0:0:1
ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
END
printf '0.0.0.0\n192.0.2.1\n255.255.255.255\n' >"$tmp/ipv4"
cat >"$tmp/parts" <<'END'
fe80::1%eth0
2001:db8::1/64
2001:db8::/32
192.0.2.1/24
2001:db8::1-2001:db8::f
[2001:db8::1]:443
[fe80::1%eth0]:443
END
# round FILE STYLE READING...
round() {
	round_file=$1 round_style=$2
	shift 2
	"$V6KIT" norm -s "$round_style" <"$tmp/$round_file" >"$tmp/written" 2>&1
	in=$tmp/written t "$round_style and back: $round_file" 0 "$(cat "$tmp/$round_file")" '' norm "$@"
}
for style in canonical full mixed upper arpa uri smtp sendmail; do
	round ipv6 "$style"
	round ipv4 "$style"
done
round ipv6 unc
round ipv6 hex --from hex
round ipv4 hex --from hex
round ipv6 int -6 --from int
round ipv4 int -4 --from int
round ipv6 base85 --from base85
is 'a base85 number that begins with # is no comment' "$(sed -n 9p "$tmp/written")" \
	"$("$V6KIT" norm -s base85 d858::1)"
for style in canonical full mixed upper; do
	round parts "$style"
done
printf 'fe80::1%%eth0\n[2001:db8::1]:443\n[fe80::1%%eth0]:443\n' >"$tmp/uris"
round uris uri

# Several operands, standard input, -f.
prints '::1
192.0.2.1' norm ::1 192.0.2.1
in=$tmp/ipv4 t 'standard input without operands' 0 "$(cat "$tmp/ipv4")" '' norm
in=$tmp/ipv4 t 'standard input among operands, in its place' 0 "::1
$(cat "$tmp/ipv4")
::2" '' norm ::1 - ::2
t '-f FILE, before the operands' 0 "$(cat "$tmp/ipv4")
::2" '' norm ::2 -f "$tmp/ipv4"
in=$tmp/ipv4 t '-f - is standard input' 0 "$(cat "$tmp/ipv4")" '' norm -f -
printf '::1' >"$tmp/one"
in=$tmp/one t 'a last line without newline counts' 0 ::1 '' norm
printf '# head\n\n  ::1\t\r\n::2 # two\n\t# three\n192.0.2.0 - 192.0.2.9\r\n' >"$tmp/list"
in=$tmp/list t 'blank lines, comments, blanks and CRLF' 0 '::1
::2
192.0.2.0-192.0.2.9' '' norm
printf '::1#x\n' >"$tmp/hash"
in=$tmp/hash t '# within a word is no comment' 2 '' "$(message -:1 4+1 'unexpected character' '::1#x')" norm
done_testing
