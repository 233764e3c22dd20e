#!/bin/sh
# sendmail: literals, map keys and option lines, and what is refused because sendmail would stumble on
# it. tests/mail proves the lines on real sendmail; --resolve is in tests/mail/resolve.t.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

v4=192.0.2.25
v6=2a00:a200:0:12::25
mapped='a mapped address collides with the IPv4 daemon (Address already in use): give the IPv4 address'
link='a link-local address needs a zone, which sendmail cannot take: give a global address'
multicast='no daemon accepts connections to a multicast address'
broadcast='no daemon accepts connections to the broadcast address'
octal='leading zero in an IPv4 octet (octal to some programs)'
short='IPv4 has four decimal octets: write 10.0.0.0/8 for 10/8, 127.0.0.1 for 127.1'
single='one address is expected, not a prefix or range'

# addr
while read -r input want; do
	prints "$want" sendmail addr "$input"
done <<END
$v6				IPv6:$v6
2A00:A200:0:12:0:0:0:25		IPv6:$v6
IPv6:$v6			IPv6:$v6
[IPv6:$v6]			IPv6:$v6
[ipv6:2a00:a200:0000:0012::25]	IPv6:$v6
[$v6]				IPv6:$v6
$v4				$v4
[$v4]				$v4
::1				IPv6:::1
::				IPv6:::
64:ff9b::c000:201		IPv6:64:ff9b::c000:201
END
prints "IPv6:$v6
$v4" sendmail addr "$v6" "$v4"
printf '%s\n# x\n%s\r\n' "$v6" "$v4" >"$tmp/list"
in=$tmp/list prints "IPv6:$v6
$v4" sendmail addr
# What no daemon can listen on, and what is no single address, is refused everywhere an address is
# asked; addr and options refuse the first, all of them the second.
for command in addr options; do
	refused 1+17 "$mapped" sendmail $command ::ffff:192.0.2.25
	refused 1+16 "$mapped" sendmail $command ::FFFF:c000:0219
	refused 1+7 "$link" sendmail $command fe80::1
	refused 1+7 "$multicast" sendmail $command ff02::1
	refused 1+9 "$multicast" sendmail $command 224.0.0.1
	refused 1+15 "$broadcast" sendmail $command 255.255.255.255
done
for command in addr literal options 'milter 25'; do
	case $command in
	milter*) nth=2 ;;
	*) nth=1 ;;
	esac
	while IFS='	' read -r at text input; do
		# shellcheck disable=SC2086 # words
		t "sendmail $command $input is refused" 2 '' \
			"$(message "argument $nth" "$at" "$text" "$input")" sendmail $command "$input"
	done <<END
8+5	sendmail takes no zone	fe80::1%eth0
1+21	$single	$v6/64
1+22	$single	$v6/128
1+7	$single	::1-::2
1+23	a port does not belong here	[$v6]:25
1+10	a host name, where an address is expected; see v6kit sendmail options --resolve	mx.example
1+3	a host name, where an address is expected; see v6kit sendmail options --resolve	baz
1+3	a host name, where an address is expected; see v6kit sendmail options --resolve	BAG
1+1	unexpected character	mail server
9+3	$octal	192.0.2.025
6+1	$short	127.1
17+5	a group has 1 to 4 hexadecimal digits	2a00:a200:0:12::00025
6+10	the tag "IPv6:" stands before an IPv6 address only	IPv6:192.0.2.25
1+0	empty, where an address is expected
END
done
t 'one bad address: none is printed' 2 '' "$(message 'argument 2' 1+1 'unexpected character' /)" \
	sendmail addr "$v6" / "$v4"
t 'all bad ones are reported' 2 '' "$(message 'argument 1' 1+1 'unexpected character' /)
$(message 'argument 3' 1+7 "$link" fe80::1)" sendmail addr / "$v6" fe80::1

# literal
while read -r input literal full; do
	prints "$literal" sendmail literal "$input"
	prints "$full" sendmail literal --full "$input"
done <<END
$v6			[IPv6:$v6]	[IPv6:2a00:a200:0:12:0:0:0:25]
IPv6:2A00:A200:0:12::25	[IPv6:$v6]	[IPv6:2a00:a200:0:12:0:0:0:25]
::1			[IPv6:::1]	[IPv6:0:0:0:0:0:0:0:1]
fe80::1			[IPv6:fe80::1]	[IPv6:fe80:0:0:0:0:0:0:1]
$v4			[$v4]		[$v4]
::ffff:192.0.2.25	[$v4]		[$v4]
END

# key: whole groups, no zero padding, no "::".
while IFS='	' read -r prefix keys; do
	prints "$(printf '%s' "$keys" | tr ' ' '\n')" sendmail key "$prefix"
done <<'END'
2a00:a200::/48	IPv6:2a00:a200:0
2a00:a200::/47	IPv6:2a00:a200:0 IPv6:2a00:a200:1
2a00:a200::/46	IPv6:2a00:a200:0 IPv6:2a00:a200:1 IPv6:2a00:a200:2 IPv6:2a00:a200:3
2a00:a200:0:12::/64	IPv6:2a00:a200:0:12
2a00:a200:0:12::/63	IPv6:2a00:a200:0:12 IPv6:2a00:a200:0:13
2a00:a200:0:12::25	IPv6:2a00:a200:0:12:0:0:0:25
2a00:a200:0:12::25/128	IPv6:2a00:a200:0:12:0:0:0:25
2a00:a200:0:12::24/127	IPv6:2a00:a200:0:12:0:0:0:24 IPv6:2a00:a200:0:12:0:0:0:25
2002:c0a8:02c7::/48	IPv6:2002:c0a8:2c7
2001:db8:0:0:1::/80	IPv6:2001:db8:0:0:1
::/16	IPv6:0
::/0	IPv6
::1	IPv6:0:0:0:0:0:0:0:1
fffe::/15	IPv6:fffe IPv6:ffff
[IPv6:2001:db8::1]	IPv6:2001:db8:0:0:0:0:0:1
192.0.2.25	192.0.2.25
192.0.2.0/24	192.0.2
192.0.2.24/31	192.0.2.24 192.0.2.25
192.0.0.0/16	192.0
192.0.0.0/15	192.0 192.1
10.0.0.0/8	10
10.0.0.0/7	10 11
::ffff:192.0.2.0/120	192.0.2
::ffff:192.0.2.25	192.0.2.25
::ffff:10.0.0.0/104	10
::ffff:192.0.2.24/127	192.0.2.24 192.0.2.25
END
t 'cidrexpand: ::ffff:192.0.2.0/120 is the one key 192.0.2' 0 192.0.2 '' sendmail key ::ffff:192.0.2.0/120
t 'cidrexpand: 2001:db8:0:0:1:0:0:0/80 is expanded' 0 IPv6:2001:db8:0:0:1 '' sendmail key 2001:db8:0:0:1:0:0:0/80
t 'cidrexpand: a bad prefix prints nothing, rather than part of the map' 2 '' \
	"$(message 'argument 2' 10+2 'a prefix length is at most 32 for IPv4, 128 for IPv6' 10.0.0.0/33)" \
	sendmail key 192.0.2.0/24 10.0.0.0/33 10.0.0.0/8
all_ipv4=$(i=0 && while [ $i -lt 256 ]; do echo $i && i=$((i + 1)); done)
t 'IPv4 /0 is the keys 0 to 255' 0 "$all_ipv4" '' sendmail key 0.0.0.0/0
t '::ffff:0:0/96 is all of IPv4' 0 "$all_ipv4" '' sendmail key ::ffff:0:0/96
is '/52 is 4096 keys' "$("$V6KIT" sendmail key 2001:db8:0:f000::/52 | sed -n '1p;2p;$p;$=')" \
	'IPv6:2001:db8:0:f000
IPv6:2001:db8:0:f001
IPv6:2001:db8:0:ffff
4096'
usage 'sendmail key: 8192 keys are more than --max 4096; nothing is printed' sendmail key 2000::/3
usage 'sendmail key: 32768 keys are more than --max 4096; nothing is printed' sendmail key ::/1
usage 'sendmail key: 4097 keys are more than --max 4096; nothing is printed' sendmail key 2001:db8::/52 ::1
usage 'sendmail key: 3 keys are more than --max 2; nothing is printed' sendmail key --max 2 2001:db8::/47 ::1
usage 'sendmail key: 3 keys are more than --max 2; nothing is printed' sendmail key --max=2 --compressed ::1 ::2 ::3
prints 'IPv6:2001:db8:0
IPv6:2001:db8:1' sendmail key --max 2 2001:db8::/47
is '--max 8192 allows them' "$("$V6KIT" sendmail key --max 8192 2000::/3 | sed -n '1p;$p;$=')" 'IPv6:2000
IPv6:3fff
8192'
usage 'sendmail key: --max takes a decimal number, not "1k"' sendmail key --max 1k ::1
prints 'Connect:IPv6:2a00:a200:0:12:0:0:0:25' sendmail key --tag Connect "$v6"
prints 'Connect:IPv6:2a00:a200:0:12	REJECT' sendmail key --tag Connect --value REJECT 2a00:a200:0:12::/64
prints 'IPv6:2a00:a200:0	RELAY
IPv6:2a00:a200:1	RELAY
192.0.2	RELAY' sendmail key --value RELAY 2a00:a200::/47 192.0.2.0/24
prints 'IPv6	ERROR:"550 no mail"' sendmail key --value 'ERROR:"550 no mail"' ::/0
tag='sendmail key: --tag takes letters, digits and "_", as in Connect; the colon is added'
for value in Connect: 'Con nect' '' 'a	b'; do
	usage "$tag" sendmail key --tag "$value" ::1
done
usage 'sendmail key: --value takes one line of text that is not empty' sendmail key --value '' ::1
usage 'sendmail key: --value takes one line of text that is not empty' sendmail key --value 'a
b' ::1
prints "IPv6:$v6
IPv6:::1
192.0.2.25" sendmail key --compressed "$v6" ::1/128 "$v4" ::ffff:192.0.2.25
prints '192.0.2
IPv6:2a00:a200:0
IPv6:2a00:a200:1' sendmail key 192.0.2.0/24 2a00:a200::/47 ::ffff:192.0.2.0/120 2a00:a200:1::/48
sound='with compressed keys only single addresses have a key that is sound'
refused 1+19 "$sound" sendmail key --compressed 2a00:a200:0:12::/64
refused 1+12 "$sound" sendmail key --compressed 192.0.2.0/24
host='host bits set past the prefix length; did you mean'
refused 19+3 "$host 2a00:a200:0:12::/64?" sendmail key "$v6/64"
refused 11+3 "$host 192.0.2.0/24?" sendmail key "$v4/24"
refused 11+3 "$host ::fffe:0:0/95?" sendmail key ::ffff:0:0/95
prints 'IPv6:2a00:a200:0:12' sendmail key --mask "$v6/64"
prints 192.0.2 sendmail key --netmask 192.0.2.0/255.255.255.0
refused 8+5 'sendmail takes no zone' sendmail key 'fe80::1%eth0'
refused 1+7 'a prefix is expected, not a range' sendmail key ::1-::2
refused 1+8 'a port does not belong here' sendmail key '[::1]:25'
refused 9+3 "$octal" sendmail key 192.0.2.025
in=$tmp/list prints 'IPv6:2a00:a200:0:12:0:0:0:25
192.0.2.25' sendmail key

# options
d4="DAEMON_OPTIONS(\`Name=MTA-v4,Family=inet,A=$v4')dnl"
d6="DAEMON_OPTIONS(\`Name=MTA-v6,Family=inet6,A=IPv6:$v6')dnl"
c4="CLIENT_OPTIONS(\`Name=MSA-v4,Family=inet,A=$v4')dnl"
c6="CLIENT_OPTIONS(\`Name=MSA-v6,Family=inet6,A=IPv6:$v6')dnl"
loop="DAEMON_OPTIONS(\`Name=MTA,Family=inet,A=127.0.0.1')dnl"
prints "$d4
$c4" sendmail options "$v4"
prints "$d6
$c6" sendmail options "[IPv6:2A00:a200:0:12:0:0:0:25]"
prints "$d6
$d4
$c6
$c4" sendmail options "$v6" "$v4"
prints "$d4
$d6
$loop
$c4
$c6" sendmail options --loopback "$v4" "$v6"
prints "DAEMON_OPTIONS(\`Name=MTA-v4,Family=inet,A=$v4,M=f')dnl
DAEMON_OPTIONS(\`Name=MTA-v6,Family=inet6,A=IPv6:$v6,M=f')dnl
$loop
CLIENT_OPTIONS(\`Name=MSA-v4,Family=inet,A=$v4,M=hS')dnl
CLIENT_OPTIONS(\`Name=MSA-v6,Family=inet6,A=IPv6:$v6,M=hS')dnl" \
	sendmail options --loopback -M f -C hS "$v4" "$v6"
prints "DAEMON_OPTIONS(\`Name=X.1-v4,Family=inet,A=$v4,Port=587,M=aE')dnl
DAEMON_OPTIONS(\`Name=X.1-v6,Family=inet6,A=IPv6:$v6,Port=587,M=aE')dnl
DAEMON_OPTIONS(\`Name=X.1,Family=inet,A=127.0.0.1,Port=587')dnl
CLIENT_OPTIONS(\`Name=X.1-v4,Family=inet,A=$v4')dnl
CLIENT_OPTIONS(\`Name=X.1-v6,Family=inet6,A=IPv6:$v6')dnl" \
	sendmail options --loopback --modifiers=aE --name X.1 --port 587 "$v4" "$v6"
prints "O DaemonPortOptions=Name=MTA-v4,Family=inet,A=$v4,Port=65535,M=f
O DaemonPortOptions=Name=MTA,Family=inet,A=127.0.0.1,Port=65535
O ClientPortOptions=Name=MSA-v4,Family=inet,A=$v4,M=h" \
	sendmail options --cf --loopback -Mf -Ch --port 65535 "$v4"
prints "$d4
DAEMON_OPTIONS(\`Name=MTA-v4-2,Family=inet,A=192.0.2.26')dnl
$d6
DAEMON_OPTIONS(\`Name=MTA-v6-2,Family=inet6,A=IPv6:2a00:a200:0:12::26')dnl
DAEMON_OPTIONS(\`Name=MTA-v6-3,Family=inet6,A=IPv6:2a00:a200:0:12::27')dnl
$c4
$c6" sendmail options "$v4" 192.0.2.26 "$v6" 2a00:a200:0:12::26 2a00:a200:0:12::27
prints "$d6
$c6" sendmail options -6 "$v4" "$v6"
prints "$d4
$c4" sendmail options -4 "$v4" "$v6"
in=$tmp/list prints "$d6
$d4
$c6
$c4" sendmail options
t 'a wildcard has no client line' 0 "DAEMON_OPTIONS(\`Name=MTA-v6,Family=inet6,A=IPv6:::')dnl" '' sendmail options ::
prints "DAEMON_OPTIONS(\`Name=MTA-v4,Family=inet,A=0.0.0.0')dnl" sendmail options 0.0.0.0
prints "DAEMON_OPTIONS(\`Name=MTA-v6,Family=inet6,A=IPv6:$v6,M=b')dnl
$c6" sendmail options -M b "$v6"

unknown='sendmail options: daemon modifiers are a b c C f u r h s A E S O; sendmail ignores any other letter'
usage "$unknown" sendmail options -M z "$v4"
usage "$unknown" sendmail options -M fB "$v4"
usage "$unknown" sendmail options -M 'f h' "$v4"
usage 'sendmail options: client modifiers are h A S; sendmail ignores any other letter' sendmail options -C f "$v4"
usage 'sendmail options: modifiers stand together, as in M=fh: after a comma they are lost' sendmail options -M f,h "$v4"
usage 'sendmail options: modifiers stand together, as in M=fh: after a comma they are lost' sendmail options -C h,A "$v4"
usage 'sendmail options: M= needs at least one letter' sendmail options -M '' "$v4"
usage 'sendmail options: M= needs at least one letter' sendmail options -C '' "$v4"
usage 'sendmail options: a modifier is given twice' sendmail options -M ff "$v4"
usage 'sendmail options: a modifier is given twice' sendmail options -C hAh "$v4"
for pair in aA Cc uf sS afuE; do
	usage 'sendmail options: modifiers contradict each other: a with A, c with C, f with u, s with S' \
		sendmail options -M $pair "$v4"
done
for letter in a c C f u h s A E S O; do
	prints "DAEMON_OPTIONS(\`Name=MTA-v4,Family=inet,A=$v4,M=$letter')dnl
$c4" sendmail options -M $letter "$v4"
done
b='sendmail options: M=b breaks dual-stack mail: what comes in by IPv4 for an IPv6-only destination bounces, the reverse loops; CLIENT_OPTIONS for each family (-C) do what b was meant to do'
usage "$b" sendmail options -M b "$v4" "$v6"
usage "$b" sendmail options -M fb -C h "$v6" "$v4"
usage "$b" sendmail options -M b --loopback "$v6"
for name in '' 'a b' 'a,b' "a'b" 'a`b' 'a)b' "$(printf '%065d' 0)"; do
	usage 'sendmail options: a name is 1 to 64 letters, digits, ".", "_" and "-"' sendmail options --name "$name" "$v4"
done
for port in 0 65536 18446744073709551615; do
	usage 'sendmail options: --port takes a number from 1 to 65535' sendmail options --port $port "$v4"
done
usage 'sendmail options: --port takes a decimal number, not "smtp"' sendmail options --port smtp "$v4"
usage 'sendmail options: --port takes a decimal number, not "025"' sendmail options --port 025 "$v4"
usage 'sendmail options: --port takes a decimal number, not "18446744073709551616"' \
	sendmail options --port 18446744073709551616 "$v4"
missing='sendmail options: an address is missing; see v6kit sendmail options --help'
usage "$missing" sendmail options
usage "$missing" sendmail options --loopback
usage "$missing" sendmail options -6 "$v4"
set --
while [ $# -lt 128 ]; do set -- "$@" "2001:db8::$#"; done
is '128 addresses' "$("$V6KIT" sendmail options "$@" | grep -c DAEMON)" 128
t 'one more' 2 '' "$(message 'argument 129' 1+3 'more than 128 addresses' ::1)" sendmail options "$@" ::1
# A HOST that is an address has itself as its record.
resolves() {
	usage "sendmail options: $2 $3" sendmail options "$1" --resolve "$2"
}
resolves -6 :: 'AAAA ::: the unspecified address'
resolves -6 fe80::1 'AAAA fe80::1: a link-local address needs a zone, which sendmail cannot take: give a global address'
resolves -6 ff02::1 'AAAA ff02::1: no daemon accepts connections to a multicast address'
resolves -6 ::1 'AAAA ::1: a loopback address: the daemon would not be reached from outside, or clash with the loopback daemon'
resolves -4 0.0.0.0 'A 0.0.0.0: the unspecified address'
resolves -4 255.255.255.255 'A 255.255.255.255: no daemon accepts connections to the broadcast address'
usage 'sendmail options: --resolve HOST takes the place of the addresses' sendmail options --resolve mx.example "$v4"
# clash WHERE SHOWN TEXT ARGS...
clash() {
	clash_where=$1 clash_shown=$2 clash_text=$3
	shift 3
	t "sendmail options $* clash" 2 '' \
		"$(message "argument $clash_where" "1+${#clash_shown}" "$clash_text (Address already in use)" "$clash_shown")" \
		sendmail options "$@"
}
clash 2 :: 'two daemons on one socket' 0.0.0.0 ::
clash 2 0.0.0.0 'two daemons on one socket' :: 0.0.0.0
clash 2 "$v4" 'two daemons on one socket' :: "$v4"
clash 2 "$v6" 'two daemons on one socket' :: "$v6"
clash 2 :: 'two daemons on one socket' "$v6" ::
clash 2 0.0.0.0 'two daemons on one socket' "$v4" 0.0.0.0
clash 2 "$v4" 'two daemons on one socket' "$v4" "$v4"
clash 3 "$v6" 'two daemons on one socket' "$v6" "$v4" "$v6"
clash 1 127.0.0.1 'clashes with --loopback' --loopback 127.0.0.1
clash 1 0.0.0.0 'clashes with --loopback' --loopback 0.0.0.0
clash 1 :: 'clashes with --loopback' --loopback ::
clash 2 127.0.0.1 'clashes with --loopback' --loopback "$v6" 127.0.0.1
prints "DAEMON_OPTIONS(\`Name=MTA-v4,Family=inet,A=0.0.0.0')dnl
$d6
$c6" sendmail options 0.0.0.0 "$v6"
t 'the fault is shown under its operand, whatever -6 left out' 2 '' \
	"$(message 'argument 2' 1+7 "$link" fe80::1)" sendmail options -6 "$v4" fe80::1
echo fe80::1 >"$tmp/link"
in=$tmp/link usage "sendmail options: $link" sendmail options
in=$tmp/link usage "sendmail options: $link" sendmail options -

# milter
prints inet6:8891@::1 sendmail milter 8891 ::1
prints inet6:1@2001:db8::1 sendmail milter 1 '[IPv6:2001:DB8::1]'
prints inet:65535@127.0.0.1 sendmail milter 65535 127.0.0.1
port='a port is a decimal number from 1 to 65535'
for value in 0 65536 08 x 25x '' 99999999999999999999; do
	t "sendmail milter \"$value\" is refused" 2 '' "$(message 'argument 1' "1+${#value}" "$port" "$value")" \
		sendmail milter "$value" ::1
done
t 'milter: a mapped address' 2 '' \
	"$(message 'argument 2' 1+14 'a mapped address: give the IPv4 address' ::ffff:1.2.3.4)" \
	sendmail milter 25 ::ffff:1.2.3.4
for command in milter dnsbl; do
	usage "sendmail $command: an operand is missing; see v6kit sendmail $command --help" sendmail $command
	usage "sendmail $command: an operand is missing; see v6kit sendmail $command --help" sendmail $command 25
	usage "sendmail $command: one operand too many: x; see v6kit sendmail $command --help" sendmail $command 25 ::1 x
done

# dnsbl
prints 99.2.0.192.dnsbl.example sendmail dnsbl 192.0.2.99 dnsbl.example
prints 99.2.0.192.dnsbl.example. sendmail dnsbl 192.0.2.99 dnsbl.example.
prints 99.2.0.192.dnsbl.example sendmail dnsbl ::ffff:192.0.2.99 dnsbl.example
prints 9.9.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.1.0.0.0.0.0.0.0.0.2.a.0.0.a.2.Dnsbl_1.example \
	sendmail dnsbl 'IPv6:2a00:a200:0:12::99' Dnsbl_1.example
while read -r at zone; do
	t "sendmail dnsbl ::1 \"$zone\" is refused" 2 '' \
		"$(message 'argument 2' "$at" 'not the name of a DNS zone' "$zone")" sendmail dnsbl ::1 -- "$zone"
done <<'END'
1+0
1+1 .
3+1 a..b
1+1 -a
2+1 a-.b
3+1 a-
2+1 a/b
2+1 a b
END
refused_label=$(printf '%064d' 0)
run sendmail dnsbl ::1 "$refused_label"
is 'a label of 64 bytes' "$status:$(sed 1q "$tmp/err")" '2:v6kit: argument 2:64: not the name of a DNS zone'
t 'dnsbl of a prefix' 2 '' "$(message 'argument 1' 1+6 "$single" ::1/64)" sendmail dnsbl ::1/64 example
t 'milter: a link-local address' 2 '' "$(message 'argument 2' 1+7 "$link" fe80::1)" sendmail milter 25 fe80::1
t 'milter: the unspecified address' 2 '' "$(message 'argument 2' 1+2 'the unspecified address is no destination' ::)" \
	sendmail milter 25 ::
usage 'sendmail options: not a host name: ""; see v6kit sendmail options --help' sendmail options --resolve ''
usage 'sendmail options: not a host name: "-6"; see v6kit sendmail options --help' sendmail options --resolve -6

done_testing
