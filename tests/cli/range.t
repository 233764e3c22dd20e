#!/bin/sh
# range: the minimal prefixes of a range, and the range of a prefix.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

max=ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff

# prips 2001:db8::1 2001:db8::5 prints 255.255.255.255.
prints '2001:db8::1/128
2001:db8::2/127
2001:db8::4/127' range 2001:db8::1-2001:db8::5
prints '2001:db8::1-2001:db8::1
2001:db8::5-2001:db8::5' range 2001:db8::1 2001:db8::5
prints '2001:db8::1/128
2001:db8::2/127' range '2001:db8::1 - 2001:db8::3'
prints 192.0.2.0/24 range 192.0.2.0-192.0.2.255
prints 192.0.2.7/32 range 192.0.2.7-192.0.2.7
# ipcalc-ng hangs on the first, aborts on the second.
prints 255.255.255.0/24 range 255.255.255.0-255.255.255.255
prints "$max/128" range $max-$max
prints 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffd/128
ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127' range ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffd-$max
prints ::/0 range ::-$max
prints 0.0.0.0/0 range 0.0.0.0-255.255.255.255
prints 8000::/1 range 8000::-$max
is 'the most prefixes that a range has' "$("$V6KIT" range ::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe | sed -n '1p;$p;$=')" \
	'::1/128
ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/128
254'
is 'and one of IPv4' "$("$V6KIT" range 0.0.0.1-255.255.255.254 | sed -n '1p;$p;$=')" \
	'0.0.0.1/32
255.255.255.254/32
62'

# Back.
prints "::-$max" range ::/0
prints 0.0.0.0-255.255.255.255 range 0.0.0.0/0
prints "8000::-$max" range 8000::/1
prints '2001:db8::-2001:db8::1' range 2001:db8::/127
prints '2001:db8::1-2001:db8::1' range 2001:db8::1/128
prints '192.0.2.0-192.0.2.1' range 192.0.2.0/31
prints '2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff
10.0.0.0/31
10.0.0.2/32' range 8.b.d.0.1.0.0.2.ip6.arpa 10.0.0.0-10.0.0.2
prints '192.0.2.0-192.0.2.255' range --netmask 192.0.2.0/255.255.255.0
prints '192.0.2.0-192.0.2.255' range --mask 192.0.2.1/24
prints '192.0.2.0-192.0.2.255' range -4 2001:db8::/32 192.0.2.0/24
printf '# pool\n\n10.0.0.1 - 10.0.0.2 # two\r\n10.0.0.4/31' >"$tmp/list"
in=$tmp/list prints '10.0.0.1/32
10.0.0.2/32
10.0.0.4-10.0.0.5' range
prints '10.0.0.1/32
10.0.0.2/32
10.0.0.4-10.0.0.5' range -f "$tmp/list"

prints '{"input":"::1-::2","prefix":"::1/128"}
{"input":"::1-::2","prefix":"::2/128"}
{"input":"10.0.0.0/8","range":"10.0.0.0-10.255.255.255","first":"10.0.0.0","last":"10.255.255.255"}' \
	range -j ::1-::2 10.0.0.0/8
prints 'input,prefix,range,first,last,error
::1-::2,::1/128,,,,
::1-::2,::2/128,,,,' range --csv ::1-::2
prints '10.0.0.0 to 10.0.0.1' range -F '%{first} to %{last}' 10.0.0.0/31
prints '' range -q ::1-::2

# netmask reads the first as ::/0.
refused 13+0 'a prefix length is a decimal number without sign or leading zero' range 2001:db8::1/
refused 11+0 'a prefix length is a decimal number without sign or leading zero' range 192.0.2.1/
refused 5+3 'the range ends below its start' range ::2-::1
refused 5+7 'IPv4 and IPv6 do not mix here' range ::1-1.2.3.4
refused 10+3 'host bits set past the prefix length; did you mean 192.0.2.0/24?' range 192.0.2.1/24
refused 7+10 'a zone does not belong in a prefix or range' range 'fe80::%eth0-fe80::1'
refused 1+8 'a port does not belong here' range '[::1]:25'
in=$tmp/bad
printf '::1-::2\n::2-::1\n::3-::3\n' >"$tmp/bad"
t 'a bad line is named, and the others are answered' 2 '::1/128
::2/128
::3/128' "$(message - 5+3 'the range ends below its start' '::2-::1' | sed 's/^v6kit: -:/v6kit: -:2:/')" range
t 'or kept' 2 '::1/128
::2/128
::2-::1
::3/128' "$(message - 5+3 'the range ends below its start' '::2-::1' | sed 's/^v6kit: -:/v6kit: -:2:/')" \
	range --on-error=keep
t 'or the last' 2 '::1/128
::2/128' "$(message - 5+3 'the range ends below its start' '::2-::1' | sed 's/^v6kit: -:/v6kit: -:2:/')" \
	range --on-error=stop
done_testing
