#!/bin/sh
# The forms in which sets are printed, by all commands that print one: exact text, and what is refused. That
# packet filters and readers of MaxMind DBs take it is in tests/diff/firewall.t and tests/diff/mmdb.t.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

cd "$tmp" || exit 99
max=ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
list=10.0.0.0/24,10.0.1.0,2001:db8::/33
tab=$(printf '\t')

# addresses
prints '10.0.0.254
10.0.0.255
10.0.1.0
2001:db8::fffe
2001:db8::ffff
2001:db8::1:0' merge --as addresses -e 10.0.0.254-10.0.1.0,2001:db8::fffe-2001:db8::1:0
prints "255.255.255.255
$max" merge --as addresses -e 255.255.255.255,$max
prints '::
::1' merge -6 --as addresses -e ::/127,10.0.0.0/8
prints '' merge --as addresses /dev/null
is 'all of IPv6 begins at once' "$("$V6KIT" merge --as addresses -e ::/0 | sed -n '1p;3p;100000{p;q}' | tr '\n' ' ')" ':: ::2 ::1:869f '
is 'an IPv4 /8 is 2^24 lines' "$("$V6KIT" merge --as addresses -e 10.0.0.0/9,10.128.0.0/9 | wc -l | tr -d ' ')" 16777216

# json
prints '[
  "10.0.0.0/24",
  "10.0.1.0/32",
  "2001:db8::/33"
]' merge --as json -e $list
prints '[]' merge --as json /dev/null
prints '[
  "2001:db8::/33"
]' merge -6 --as json -e $list
"$V6KIT" merge --as json -e $list >array
if "$V6KIT" --version | grep -q 'JSON input: jansson'; then
	prints '10.0.0.0/24
10.0.1.0/32
2001:db8::/33' merge --json-path . array
fi
if command -v python3 >/dev/null 2>&1; then
	is 'it is JSON' "$(python3 -c 'import json; print(json.load(open("array")))')" \
		"['10.0.0.0/24', '10.0.1.0/32', '2001:db8::/33']"
fi

# nft
prints "add table inet v6kit
add set inet v6kit v6kit_v4 { type ipv4_addr; flags interval; }
flush set inet v6kit v6kit_v4
add element inet v6kit v6kit_v4 {
${tab}10.0.0.0/24,
${tab}10.0.1.0/32,
}
add set inet v6kit v6kit_v6 { type ipv6_addr; flags interval; }
flush set inet v6kit v6kit_v6
add element inet v6kit v6kit_v6 {
${tab}2001:db8::/33,
}" merge --as nft -e $list
prints "add table inet filter
add set inet filter bad-hosts_v4 { type ipv4_addr; flags interval; }
flush set inet filter bad-hosts_v4
add set inet filter bad-hosts_v6 { type ipv6_addr; flags interval; }
flush set inet filter bad-hosts_v6" merge --as nft --table filter --set-name bad-hosts /dev/null
prints "add table inet v6kit
add set inet v6kit v6kit_v6 { type ipv6_addr; flags interval; }
flush set inet v6kit v6kit_v6" merge --as nft -6 -e 10.0.0.0/8

# ipset: of a /0 the halves.
prints 'create x_v4 hash:net family inet maxelem 4294967295 -exist
create x_v4_new hash:net family inet maxelem 4294967295 -exist
flush x_v4_new
add x_v4_new 0.0.0.0/1
add x_v4_new 128.0.0.0/1
swap x_v4_new x_v4
destroy x_v4_new
create x_v6 hash:net family inet6 maxelem 4294967295 -exist
create x_v6_new hash:net family inet6 maxelem 4294967295 -exist
flush x_v6_new
add x_v6_new ::/1
add x_v6_new 8000::/1
swap x_v6_new x_v6
destroy x_v6_new' merge --as ipset --set-name x -e 0.0.0.0/0,::/0
prints 'create v6kit_v4 hash:net family inet maxelem 4294967295 -exist
create v6kit_v4_new hash:net family inet maxelem 4294967295 -exist
flush v6kit_v4_new
add v6kit_v4_new 10.0.0.0/24
add v6kit_v4_new 10.0.1.0/32
swap v6kit_v4_new v6kit_v4
destroy v6kit_v4_new' merge --as ipset -4 -e $list

# iptables
prints '*filter
:v6kit - [0:0]
-4 -A v6kit -s 10.0.0.0/24 -j DROP
-4 -A v6kit -s 10.0.1.0/32 -j DROP
-6 -A v6kit -s 2001:db8::/33 -j DROP
COMMIT' merge --as iptables -e $list
prints '*filter
:allowed - [0:0]
-6 -A allowed -s ::/0 -j ACCEPT
COMMIT' merge --as iptables --set-name allowed --jump ACCEPT -e ::/0
prints '*filter
:v6kit - [0:0]
COMMIT' merge --as iptables /dev/null

# The other commands print the same way.
for one in intersect subtract symdiff; do
	prints '[
  "10.0.0.0/24",
  "10.0.1.0/32",
  "2001:db8::/33"
]' $one --as json -e $list
done
prints '[
  "2001:db8::1/128"
]' complement --as json --within 2001:db8::/127 -e 2001:db8::
echo 2001:db8:: >used
prints 2001:db8::1 free --as addresses 2001:db8::/127 -f used
prints "add table inet t
add set inet t f_v4 { type ipv4_addr; flags interval; }
flush set inet t f_v4
add set inet t f_v6 { type ipv6_addr; flags interval; }
flush set inet t f_v6
add element inet t f_v6 {
${tab}2001:db8::1/128,
}" free --as nft --table t --set-name f 2001:db8::/127 -f used

# Names.
for name in a A-b_9 abcdefghijklmnopqrstuvwx; do
	run merge --as nft --set-name "$name" --table "$name" /dev/null
	is "the name $name" "$status" 0
done
words='": a letter, and up to 23 letters, digits, "_" and "-" are a name'
for name in '' 1a _a 'a b' 'a;b' abcdefghijklmnopqrstuvwxy 'a{' a.b; do
	usage "merge: --set-name cannot be \"$name$words; see v6kit merge --help" merge --as ipset --set-name "$name" /dev/null
	usage "merge: --table cannot be \"$name$words; see v6kit merge --help" merge --as nft --table "$name" /dev/null
	usage "merge: --jump cannot be \"$name$words; see v6kit merge --help" merge --as iptables --jump "$name" /dev/null
done
usage 'merge: --set-name is for --as nft, ipset and iptables; see v6kit merge --help' merge --set-name x /dev/null
usage 'merge: --table is for --as nft; see v6kit merge --help' merge --as ipset --table x /dev/null
usage 'free: --jump is for --as iptables; see v6kit free --help' free --as nft --jump DROP ::/0 -f used
usage 'merge: --mmdb-key and --mmdb-type are for --as mmdb; see v6kit merge --help' merge --mmdb-key x /dev/null
usage 'merge: --as mmdb needs --labels; see v6kit merge --help' merge --as mmdb /dev/null
for form in nft ipset iptables; do
	usage "merge: packet filters take no --labels; see v6kit merge --help" merge --labels --as $form /dev/null
done
for key in '' . a. .a a..b; do
	usage "merge: --mmdb-key takes names with dots between, not \"$key\"; see v6kit merge --help" \
		merge --labels --as mmdb --mmdb-key "$key" /dev/null
done
for one in symdiff complement free; do
	usage "$one: --as takes prefixes, ranges, addresses, json, nft, ipset or iptables, not \"mmdb\"" $one --as mmdb
done
usage 'merge: --as takes prefixes, ranges, addresses, json, nft, ipset, iptables or mmdb, not "nets"' merge --as nets
if [ -c /dev/full ]; then
	"$V6KIT" merge --as addresses -e ::/0 >/dev/full 2>err
	is 'a full disk' "$?:$(cat err)" '2:v6kit: standard output: No space left on device'
fi

# mmdb: what cannot be in one.
t 'IPv6 where IPv4 is' 2 '' 'v6kit: merge: ::1/128 overlaps ::/96, where a MaxMind DB has IPv4; subtract -e ::/96 first' \
	merge --labels --as mmdb -e ::1
t 'IPv6 around that' 2 '' 'v6kit: merge: ::/0 overlaps ::/96, where a MaxMind DB has IPv4; subtract -e ::/96 first' \
	merge --labels --as mmdb -e ::/0
printf '10.0.0.0/8 \377\n' >latin
t 'a label that is not UTF-8' 2 '' 'v6kit: merge: 10.0.0.0/8: the label is not UTF-8, as a MaxMind DB has it' \
	merge --labels --as mmdb latin
echo old >db
t 'which leaves the old file' 2 '' 'v6kit: merge: 10.0.0.0/8: the label is not UTF-8, as a MaxMind DB has it' \
	merge --labels --as mmdb latin --output db
is 'it is the old one' "$(cat db)" old
SOURCE_DATE_EPOCH=x t 'a date that is none' 2 '' 'v6kit: merge: SOURCE_DATE_EPOCH=x: not a decimal number of seconds' \
	merge --labels --as mmdb -e 10.0.0.0/8
export SOURCE_DATE_EPOCH=1700000000
printf '10.0.0.0/8 a\n' >ten
"$V6KIT" merge --labels --as mmdb ten >one
"$V6KIT" merge --labels --as mmdb --output two ten
is 'the same input makes the same bytes' "$(cmp one two 2>&1)" ''
is 'these bytes' "$(wc -c <one | tr -d ' '):$(cksum <one)" '956:1808354606 956'

done_testing
