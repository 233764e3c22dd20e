#!/bin/sh
# mail spf: records from prefixes, and networks from records. tests/unit/test_spf.c has the grammar.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

v4=192.0.2.25
v6=2a00:a200:0:12::25
dns='its networks are in DNS, and not listed'

# Writing: the fewest prefixes, IPv4 first, hosts without a length.
while IFS='	' read -r record args; do
	# shellcheck disable=SC2086 # words
	prints "\"v=spf1 $record\"" mail spf $args
done <<END
ip4:192.0.2.0/24 ip6:2a00:a200::/48 -all	2a00:a200::/48 192.0.2.0/24
ip4:192.0.2.0/24 -all	192.0.2.0/25 192.0.2.128/25 192.0.2.7
ip6:2a00:a200::/47 -all	2A00:A200:1::/48 2a00:a200:0::/48
ip4:$v4 ip6:$v6 -all	$v4/32 $v6/128
ip4:$v4 ip6:$v6 -all	[$v4] [IPv6:$v6] $v6
ip4:192.0.2.2/31 ip4:192.0.2.4 -all	192.0.2.2-192.0.2.4
ip4:192.0.2.0/24 -all	::ffff:192.0.2.0/120
ip4:192.0.2.1 ip4:192.0.2.2 -all	::ffff:192.0.2.1-::ffff:192.0.2.2
ip6:::fffe:0:0/95 -all	::fffe:0:0/95
ip6:64:ff9b::/96 -all	64:ff9b::/96
ip6:2a00:a200::/64 -all	--mask 2a00:a200::25/64
ip4:192.0.2.0/24 -all	--netmask 192.0.2.0/255.255.255.0
ip4:$v4 ~all	--all softfail $v4
ip4:$v4 ?all	--all neutral $v4
ip4:$v4 -all	--all fail $v4
ip4:$v4	--all none $v4
ip4:$v4 a mx include:_spf.example.org include:b.example -all	--include _spf.example.org,b.example --mx --a $v4
mx -all	--mx
END
printf '%s\n# x\n\n%s\r\n' "$v6" "$v4 # y" >"$tmp/list"
in=$tmp/list prints "\"v=spf1 ip4:$v4 ip6:$v6 -all\"" mail spf
prints "\"v=spf1 ip4:192.0.2.24/31 ip6:$v6 -all\"" mail spf -f "$tmp/list" 192.0.2.24
prints "v=spf1 ip4:$v4 -all" mail spf --plain $v4
prints "example.org. IN TXT \"v=spf1 ip4:$v4 -all\"" mail spf --zone example.org $v4
prints "example.org. IN TXT \"v=spf1 ip4:$v4 -all\"" mail spf --zone example.org. $v4
prints "@ IN TXT \"v=spf1 ip4:$v4 -all\"" mail spf --zone @ $v4
prints "example.org. IN TXT \"v=spf1 ip4:$v4 -all\"" mail spf --split example.org $v4

# What is refused, with nothing printed.
refused 19+3 'host bits set past the prefix length; did you mean 2a00:a200:0:12::/64?' mail spf 2a00:a200:0:12::25/64
refused 8+5 'a zone does not belong in a prefix or range' mail spf fe80::1%eth0
refused 1+15 'a port does not belong here' mail spf '[192.0.2.25]:25'
refused 1+10 'a host name, where an address is expected; see --a, --mx, --include' mail spf mx.example
t 'one bad prefix: nothing is printed' 2 '' "$(message 'argument 2' 1+1 'unexpected character' @)" \
	mail spf $v4 @ $v6
t 'no prefix' 2 '' 'v6kit: mail spf: no prefix at all: the record would refuse all mail' mail spf
records='-j, --csv, -F, -0, -q and --on-error go with --parse only'
for option in -j --csv -0 -q --format=x --on-error=skip; do
	usage "mail spf: $records" mail spf $option $v4
done
usage 'mail spf: --plain goes with neither --zone nor --split' mail spf --plain --zone a.example $v4
usage 'mail spf: --plain goes with neither --zone nor --split' mail spf --plain --split a.example $v4
usage 'mail spf: --zone and --split exclude each other' mail spf --zone @ --split a.example $v4
for name in '' a..b 'a b' 'a"b' -a.example; do
	usage "mail spf: not a domain name: \"$name\"; see v6kit mail spf --help" mail spf --zone "$name" $v4
	usage "mail spf: not a domain name: \"$name\"; see v6kit mail spf --help" mail spf --split "$name" $v4
	usage "mail spf: not a domain name: \"$name\"; see v6kit mail spf --help" mail spf --include "$name" $v4
done
usage 'mail spf: not a domain name: "@"; see v6kit mail spf --help' mail spf --split @ $v4
usage 'mail spf: not a domain name: "org"; see v6kit mail spf --help' mail spf --include a.example,org $v4
usage 'mail spf: not a domain name: ""; see v6kit mail spf --help' mail spf --include a.example, $v4
usage 'mail spf: --all takes fail, softfail, neutral or none, not "pass"' mail spf --all pass $v4

# Warnings: the status stays.
warning='v6kit: mail spf: warning:'
t 'everybody' 0 '"v=spf1 ip4:0.0.0.0/0 ip6:::/0 -all"' "$warning every IPv4 sender passes
$warning every IPv6 sender passes" mail spf ::/0 0.0.0.0/0
includes=$(awk 'BEGIN { for (i = 1; i <= 10; i++) printf "%sa%d.example", (i > 1 ? "," : ""), i }')
run mail spf --include "$includes"
is '10 look-ups: no warning' "$(cat "$tmp/err")" ''
run mail spf --mx --include "$includes"
is '11 look-ups: a warning' "$status $(cat "$tmp/err")" \
	"0 $warning 11 look-ups are more than 10: to receivers a permanent error"

# hosts N: so many addresses that do not aggregate.
hosts() {
	awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) printf "2a00:a200::%x\n", 2 * i + 4096 }'
}

# The strings of the records of standard input, as text: what DNS hands out.
join() {
	sed 's/^[^"]*"//; s/"$//; s/" "//g'
}

# 450 bytes of a record and its name do not warn, 451 do. 20 hosts are 20 * 20 + 6 + 5 bytes.
hosts 20 >"$tmp/hosts"
for rest in 32 33; do
	name=$(printf 'example.%0*d.org' $((rest - 12 + 7)) 0 | tr 0 a)
	run mail spf --zone "$name" -f "$tmp/hosts"
	n=$(($(join <"$tmp/out" | tr -d '\n' | wc -c) + ${#name}))
	is "$n bytes: said when it is too long" "$([ -s "$tmp/err" ] && echo yes)" \
		"$([ $n -gt 450 ] && echo yes)"
	echo "# $n"
done

hosts 300 >"$tmp/hosts"
run mail spf -f "$tmp/hosts"
is 'a long record: the warning' "$status $(cat "$tmp/err")" "0 $warning 6011 bytes in a record: with its name more than the 450 that fit every DNS answer; --split NAME makes several records"
cp "$tmp/out" "$tmp/long"
is 'a long record: strings of at most 255 bytes, all but the last of whole terms' \
	"$(sed 's/^"//; s/"$//; s/" "/\n/g' "$tmp/long" | awk 'NR > 1 && !/^ ip6:/ || length > 255 || length < 230' | wc -l)" 0
run mail spf --plain -f "$tmp/hosts"
is '--plain is the same, in one piece' "$(cat "$tmp/out")" "$(join <"$tmp/long")"
sed 's/$/\/128/' "$tmp/hosts" >"$tmp/want"
in=$tmp/long run mail spf --parse
is 'a long record: read back' "$status $(cat "$tmp/err" "$tmp/out")" "0 $(cat "$tmp/want")"

run mail spf --split example.org --mx -f "$tmp/hosts"
cp "$tmp/out" "$tmp/split"
is '--split: the status, the warning' "$status $(cat "$tmp/err")" \
	"0 $warning 16 look-ups are more than 10: to receivers a permanent error"
is '--split: the first record' "$(head -n 1 "$tmp/split" | join)" "v=spf1$(
	awk 'BEGIN { for (i = 1; i <= 15; i++) printf " include:_spf%d.example.org", i }') mx -all"
is '--split: the names' "$(sed 's/ .*//' "$tmp/split")" \
	"example.org.
$(awk 'BEGIN { for (i = 1; i <= 15; i++) printf "_spf%d.example.org.\n", i }')"
is '--split: none is too long' "$(awk '{
	name = length($1) - 1
	sub(/^[^"]*"/, "")
	gsub(/" "/, "")
	if (length($0) - 1 + name > 450)
		print
}' "$tmp/split")" ''
in=$tmp/split run mail spf --parse --on-error=stop
is '--split: read back' "$status $(cat "$tmp/out")" "2 "
tail -n +2 "$tmp/split" >"$tmp/pieces"
in=$tmp/pieces run mail spf --parse
is '--split: the pieces have all the networks' "$status $(cat "$tmp/err" "$tmp/out")" "0 $(cat "$tmp/want")"
hosts 4000 >"$tmp/hosts"
t 'more than DNS can hold' 2 '' 'v6kit: mail spf: more than a TXT record can hold, which is 65535 bytes' \
	mail spf -f "$tmp/hosts"

# named-checkzone takes what is printed for a zone file.
if command -v named-checkzone >/dev/null 2>&1; then
	{
		printf "\$TTL 300\n"
		printf 'example.org. IN SOA ns.example.net. hm.example.net. 1 2 3 4 5\n'
		printf 'example.org. IN NS ns.example.net.\n'
		cat "$tmp/split"
		printf 'long IN TXT '
		cat "$tmp/long"
		run mail spf --zone a.example.org --include _spf.example.net $v4
		cat "$tmp/out"
	} >"$tmp/zone"
	named-checkzone -D -o "$tmp/checked" example.org "$tmp/zone" >"$tmp/said" 2>&1
	is 'named-checkzone takes the records' "$? $(tail -n 1 "$tmp/said")" '0 OK'
	is 'and reads from them what v6kit reads' \
		"$(sed -n 's/^long.*TXT[[:blank:]]*//p' "$tmp/checked" | join)" "$(join <"$tmp/long")"
else
	left_out bind9-utils 'named-checkzone takes the records' 'named-checkzone is not installed'
fi

# Reading: networks in the order of the record; the rest is notes, or records.
record='v=spf1 ip6:2A00:A200::/48 +ip4:192.0.2.1/24 a/24 -all'
t 'networks and notes' 0 '2a00:a200::/48
192.0.2.0/24' "v6kit: argument 1:27: note: bits past the prefix length are not compared: +ip4:192.0.2.1/24
v6kit: argument 1:45: note: $dns: a/24" mail spf --parse "$record"
t 'strings of a zone file, and where a note points to' 0 '::1/128' \
	"v6kit: argument 1:27: note: $dns: mx:example.org" \
	mail spf --parse '"v=spf1 ip6:" "::1" " " " mx:exam" "ple.org -all"'
t 'as JSON' 0 '{"input":"ip6:2A00:A200::/48","record":1,"qualifier":"+","mechanism":"ip6","network":"2a00:a200::/48"}
{"input":"+ip4:192.0.2.1/24","record":1,"qualifier":"+","mechanism":"ip4","network":"192.0.2.0/24","note":"bits past the prefix length are not compared"}
{"input":"a/24","record":1,"qualifier":"+","mechanism":"a","note":"'"$dns"'"}
{"input":"-all","record":1,"qualifier":"-","mechanism":"all"}
{"input":"redirect=%{d}.example","record":2,"modifier":"redirect","domain":"%{d}.example","note":"'"$dns"'"}
{"input":"Foo=1","record":2,"modifier":"Foo","note":"an unknown modifier, which is ignored"}' \
	'' mail spf --parse -j "$record" 'v=spf1 redirect=%{d}.example Foo=1'
t 'as CSV' 0 'input,record,qualifier,mechanism,modifier,domain,network,note,error
ip4:192.0.2.1,1,+,ip4,,,192.0.2.1/32,,
-all,1,-,all,,,,,' '' mail spf --parse --csv 'v=spf1 ip4:192.0.2.1 -all'
t 'by a template' 0 'ip4 192.0.2.1/32
all ' '' mail spf --parse -F '%{mechanism} %{network}' 'v=spf1 ip4:192.0.2.1 -all'
run mail spf --parse -0 'v=spf1 ip4:192.0.2.1 ip6:::1'
is 'ended by NUL' "$(tr '\0' , <"$tmp/out")" '192.0.2.1/32,::1/128,'
t 'quiet' 0 '' '' mail spf --parse -q "$record"
t 'quiet, and bad' 2 '' "$(message 'argument 1' 8+1 'no such mechanism' 'v=spf1 x')" mail spf --parse -q 'v=spf1 x'
t 'no network' 0 '' '' mail spf --parse 'v=spf1 -all'
t 'everybody passes' 0 '' 'v6kit: argument 1:8: note: every sender passes: all' mail spf --parse 'v=spf1 all'
t 'an escape in a note' 0 '' 'v6kit: argument 1:8: note: an unknown modifier, which is ignored: x="#' \
	mail spf --parse 'v=spf1 x="#'

# A stream: bad records are reported, the others are read; "#" within a line is no comment.
printf 'v=spf1 ip6:::1\n# v=spf1 ip6:::2\nv=spf10\nv=spf1 #ip6:::3\n\nv=spf1 ip6:::4\r\n' >"$tmp/records"
version='not an SPF record: it begins with v=spf1 and a blank'
in=$tmp/records t 'a stream' 2 '::1/128
::4/128' "v6kit: -:3:1: $version
    v=spf10
    ^~~~~~~
v6kit: -:4:8: neither a mechanism nor a modifier
    v=spf1 #ip6:::3
           ^~~~~~~~" mail spf --parse
in=$tmp/records t 'stop' 2 '::1/128' "v6kit: -:3:1: $version
    v=spf10
    ^~~~~~~" mail spf --parse --on-error=stop
in=$tmp/records run mail spf --parse --on-error=keep
is 'keep' "$(cat "$tmp/out")" '::1/128
v=spf10
v=spf1 #ip6:::3
::4/128'
in=$tmp/records run mail spf --parse --on-error=keep -j
is 'keep, as JSON' "$(sed -n '2,3p' "$tmp/out")" "{\"input\":\"v=spf10\",\"error\":\"$version\"}
{\"input\":\"v=spf1 #ip6:::3\",\"error\":\"neither a mechanism nor a modifier\"}"
run mail spf --parse -f "$tmp/records"
is '-f' "$status $(cat "$tmp/out")" '2 ::1/128
::4/128'

# A few permanent errors, with their places; all of them are in tests/unit/test_spf.c.
while IFS='	' read -r at text input; do
	refused "$at" "$text" mail spf --parse "$input"
done <<'END'
1+7	not an SPF record: it begins with v=spf1 and a blank	v=spf10 -all
24+3	a prefix length is a decimal number without sign or leading zero	v=spf1 ip6:2a00:a200::/048
24+3	a prefix length is at most 32 for IPv4, 128 for IPv6	v=spf1 ip6:2a00:a200::/129
12+14	no brackets in SPF: the address alone	v=spf1 ip6:[2a00:a200::1]
12+5	no tag in SPF: the address alone	v=spf1 ip6:IPv6:2a00:a200::1
12+9	an IPv4 address: ip4 takes it	v=spf1 ip6:192.0.2.1
20+3	leading zero in an IPv4 octet (octal to some programs)	v=spf1 ip4:192.0.2.025
24+3	leading zero in an IPv4 octet (octal to some programs)	"v=spf1 ip" "4:192.0.2.025"
1+0	not an SPF record: it begins with v=spf1 and a blank	
19+0	a quote is missing at the end	"v=spf1 ip6:::1"" 
END
conflict='only output options and --on-error go with --parse'
for option in --zone=a.example --split=a.example --include=a.example --all=fail --a --mx --plain --mask --netmask; do
	usage "mail spf: $conflict" mail spf --parse $option 'v=spf1 -all'
done

# Anything may come in, and none of it takes long.
head -c 300000 /dev/urandom >"$tmp/noise"
in=$tmp/noise run mail spf --parse
is 'noise' "$status$(cat "$tmp/out")" 2
awk 'BEGIN { printf "v=spf1"; for (i = 0; i < 80000; i++) printf " ?ip6:::%x", i % 65536; print "" }' >"$tmp/wide"
in=$tmp/wide run mail spf --parse
is 'a record of 1 MB: its networks' "$status $(wc -l <"$tmp/out")" '0 80000'
is 'a record of 1 MB: its notes' "$(wc -l <"$tmp/err")" 80000

done_testing
