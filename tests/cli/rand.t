#!/bin/sh
# rand: random addresses and prefixes: inside, uniform, and with --seed the same every time.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

max=ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff

# SplitMix64 of seed 0 begins with e220a8397b1dcdaf 6e789e6aa1b965f4 06c45d188009454f f88bb8a8724c81ec.
prints 'e220:a839:7b1d:cdaf:6e78:9e6a:a1b9:65f4
6c4:5d18:8009:454f:f88b:b8a8:724c:81ec' rand --seed 0 --limit 2 ::/0
prints '161.185.101.244
114.76.129.236' rand --seed 0 --limit 2 0.0.0.0/0
prints '2001:db8:7b1d:cdaf:6e78:9e6a:a1b9:65f4
2001:db8:8009:454f:f88b:b8a8:724c:81ec' rand --seed 0 2001:db8::/32 2001:db8::/32
prints '2001:db8:7b1d::/48' rand --seed 0 2001:db8::/32 /48
prints 10.185.0.0/16 rand --seed 0 10.0.0.0/8 /16
prints 2001:db8::/32 rand 2001:db8::/32 /32
prints $max rand $max
prints 255.255.255.255 rand 255.255.255.255-255.255.255.255
prints '' rand --limit 0 ::/0
prints '' rand -q --limit 18446744073709551615 ::/0
prints '{"input":"10.0.0.0/8","address":"10.185.101.244"}' rand -j --seed 0 10.0.0.0/8
prints '{"input":"10.0.0.0/8","prefix":"10.185.0.0/16"}' rand -j --seed 0 10.0.0.0/8 /16
prints 10.185.101.244 rand --seed 0 -4 ::/0 10.0.0.0/8

# Without a seed: inside, in the form that was asked for, and never the same.
"$V6KIT" rand --limit 2000 2001:db8::/32 >"$tmp/one"
"$V6KIT" rand --limit 2000 2001:db8::/32 >"$tmp/two"
is '2000 of a /32' "$(sed -n '$=' "$tmp/one")" 2000
in=$tmp/one t 'all inside' 0 '' '' in 2001:db8::/32
is 'no two alike' "$(sort -u "$tmp/one" "$tmp/two" | sed -n '$=')" 4000
"$V6KIT" rand --limit 2000 192.0.2.3-192.0.2.13 >"$tmp/range"
is 'of a range, each address, and none beside it' "$(sort -u "$tmp/range" | sort -t. -k4n | sed 's/.*\.//' |
	tr '\n' ' ')" '3 4 5 6 7 8 9 10 11 12 13 '
"$V6KIT" rand --limit 500 fffe::-$max >"$tmp/end"
in=$tmp/end t 'at the end of the address space' 0 '' '' in fffe::/15
"$V6KIT" rand --limit 500 7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff-8000:: | sort -u >"$tmp/middle"
is 'across the middle' "$(cat "$tmp/middle")" '7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
8000::'
is 'a hundred lengths' "$("$V6KIT" rand --limit 100 2001:db8::/32 /64 | grep -c '^2001:db8:.*/64$')" 100

# Chi-square: 11 values of a range (no power of two), 110000 draws; with 10 degrees of freedom more
# than 29.6 comes by chance once in a thousand. Of 256 nibble pairs with 255 degrees the same of 330.5.
# Below the lower bounds it is too even to be chance.
chi() {
	awk -v values="$1" '
	{ seen[$0]++; n++ }
	END {
		expected = n / values
		for (v in seen) {
			kinds++
			sum += (seen[v] - expected) ^ 2 / expected
		}
		sum += (values - kinds) * expected
		print kinds, (sum > low && sum < high) ? "uniform" : "chi-square " sum
	}' low="$2" high="$3" -
}
is 'uniform on a range' "$("$V6KIT" rand --seed 42 --limit 110000 192.0.2.3-192.0.2.13 | chi 11 1.47 29.6)" \
	'11 uniform'
is 'uniform on an IPv6 range that crosses 2^64' "$("$V6KIT" rand --seed 43 --limit 70000 \
	::ffff:ffff:ffff:fffd-::1:0:0:0:3 | chi 7 0.38 22.5)" '7 uniform'
is 'uniform in the bits of a length' "$("$V6KIT" rand --seed 44 --limit 128000 2001:db8::/32 /40 | chi 256 190 330.5)" \
	'256 uniform'
is 'uniform in the last bits' "$("$V6KIT" rand --seed 45 --limit 128000 2001:db8::/120 | chi 256 190 330.5)" \
	'256 uniform'

is 'a closed pipe ends quietly' "$("$V6KIT" rand --limit 10000000000 ::/0 2>&1 | head -n 1 | grep -c :)" 1
if [ -w /dev/full ]; then
	"$V6KIT" rand --limit 100000000000 ::/0 >/dev/full 2>"$tmp/err"
	is 'a full disk is an error' "$?:$(cat "$tmp/err")" '2:v6kit: standard output: No space left on device'
fi

t 'a range and a length' 2 '' "$(message 'argument 1' 1+7 'a prefix is expected, not a range' ::1-::2)" \
	rand ::1-::2 /128
t 'a longer prefix' 2 '' "$(message 'argument 1' 1+5 \
	'longer than /48: no prefix of that length lies inside' ::/64)" rand ::/64 /48
t 'IPv4 and /48' 2 '' "$(message 'argument 1' 1+10 'an IPv4 prefix has none of length /48 inside' 10.0.0.0/8)" \
	rand 10.0.0.0/8 /48
refused 12+3 'host bits set past the prefix length; did you mean 2001:db8::/32?' rand 2001:db8::1/32
refused 13+0 'a prefix length is a decimal number without sign or leading zero' rand 2001:db8::1/
refused 8+5 'a zone does not belong in a prefix or range' rand 'fe80::1%eth0'
usage 'rand: --limit takes a decimal number, not "-1"' rand --limit -1 ::/0
usage 'rand: --seed takes a decimal number, not "18446744073709551616"' rand --seed 18446744073709551616 ::/0
done_testing
