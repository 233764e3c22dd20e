#!/bin/sh
# mail: what other mail software takes. tests/mail/servers.t proves it on the real programs.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

v4=192.0.2.25
v6=2a00:a200:0:12::25
single='one address is expected, not a prefix or range'

# dnsbl: the zone is the last operand, however many addresses there are.
name4=25.2.0.192
name6=5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.1.0.0.0.0.0.0.0.0.2.a.0.0.a.2
prints "$name6.dnsbl.example
$name4.dnsbl.example" mail dnsbl $v6 $v4 dnsbl.example
prints "$name4.dnsbl.example" mail dnsbl ::ffff:$v4 dnsbl.example
prints "$name4.a" mail dnsbl -4 $v6 $v4 a
prints "$name6.a" mail dnsbl -6 "[IPv6:$v6]" $v4 a
printf '%s\n# x\n%s\r\n' "$v6" "$v4" >"$tmp/list"
in=$tmp/list prints "$name6.a
$name4.a" mail dnsbl a
prints "$name6.a
$name4.a" mail dnsbl -f "$tmp/list" a
usage 'mail dnsbl: an operand is missing; see v6kit mail dnsbl --help' mail dnsbl
t 'mail dnsbl: a forgotten zone' 2 '' \
	"$(message 'argument 2' 1+10 'an address, where the zone is expected' $v4)" mail dnsbl $v6 $v4
t 'mail dnsbl: standard input is not read for it' 2 '' \
	"$(message 'argument 1' 1+10 'an address, where the zone is expected' $v4)" mail dnsbl $v4
t 'mail dnsbl: not a zone' 2 '' "$(message 'argument 2' 3+1 'not the name of a DNS zone' a..b)" \
	mail dnsbl $v6 a..b
t "mail dnsbl: a prefix" 2 "" "$(message "argument 1" 1+21 "$single" $v6/64)" mail dnsbl $v6/64 a
t "mail dnsbl: a zone" 2 "" "$(message "argument 1" 8+5 "a DNS name has no room for a zone" fe80::1%eth0)" \
	mail dnsbl fe80::1%eth0 a
done_testing
