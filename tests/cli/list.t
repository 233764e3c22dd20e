#!/bin/sh
# list: the addresses of prefixes, ranges and sets.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

max=ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
two128=340282366920938463463374607431768211456

# ipinfo's prips prints 32.1.13.184 here; ripcalc lists one address of a /127.
prints '2001:db8::
2001:db8::1
2001:db8::2
2001:db8::3' list 2001:db8::/126
prints '2001:db8::
2001:db8::1' list 2001:db8::/127
prints '192.0.2.0
192.0.2.1' list 192.0.2.0/31
prints 2001:db8::1 list 2001:db8::1
prints 2001:db8::1 list 2001:db8::1/128
prints '10.0.0.255
10.0.1.0' list 10.0.0.255-10.0.1.0
prints '::
::1
10.0.0.0' list ::/127 10.0.0.0
prints '::
::1
::1
::2' list ::/127 ::1-::2
# ipcalc-ng hangs on the one, aborts on the other.
is '255.255.255.0-255.255.255.255' "$("$V6KIT" list 255.255.255.0-255.255.255.255 | sed -n '1p;$p;$=')" \
	'255.255.255.0
255.255.255.255
256'
prints "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe
$max" list ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe-$max
is 'a /16' "$("$V6KIT" list 10.1.0.0/16 | sed -n '1p;256p;257p;$p;$=')" '10.1.0.0
10.1.0.255
10.1.1.0
10.1.255.255
65536'
is 'a million, and all different' "$("$V6KIT" list 2001:db8::/108 | sort -u | sed -n '$=')" 1048576
prints '::ffff:192.0.2.0
::ffff:192.0.2.1' list ::ffff:192.0.2.0/127
prints '::fffe:ffff:ffff
::ffff:0.0.0.0' list ::fffe:ffff:ffff-::ffff:0.0.0.0
is 'head -n 2 of all' "$("$V6KIT" list ::/0 | head -n 2)" '::
::1'
is 'head -n 1 of a set' "$("$V6KIT" list --set ::/0 10.0.0.0/8 | head -n 1)" 10.0.0.0
"$V6KIT" list ::/0 2>"$tmp/err" | head -n 1 >/dev/null
is 'a closed pipe ends quietly' "$(cat "$tmp/err")" ''
if [ -w /dev/full ]; then
	for options in '' -j --set; do
		# shellcheck disable=SC2086 # none is none
		"$V6KIT" list $options ::/0 10.0.0.0/8 >/dev/full 2>"$tmp/err"
		is "a full disk is an error: $options" "$?:$(cat "$tmp/err")" \
			'2:v6kit: standard output: No space left on device'
	done
fi

prints $max list --nth -1 ::/0
prints :: list --nth 0 ::/0
prints 0:0:0:1:: list --nth 18446744073709551616 ::/0
prints $max list --nth "${two128%6}5" ::/0
prints 255.255.255.255 list --nth -1 0.0.0.0/0
prints '10.0.0.9
::f' list --nth -1 10.0.0.0-10.0.0.9 ::/124
prints '192.0.2.254
192.0.2.255' list --from 254 192.0.2.0/24
prints '192.0.2.1
192.0.2.2' list --from 1 --limit 2 192.0.2.0/24
prints "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe
$max" list --from -2 ::/0
refused 1+4 "past the last: there are $two128" list --nth $two128 ::/0
refused 1+9 'past the last: there are 4294967296' list --nth 4294967296 0.0.0.0/0
refused 1+8 'past the last: there are 1' list --from 1 10.0.0.1
refused 1+8 'before the first: there are 1' list --nth -2 10.0.0.1
prints '' list -q ::/0
prints '' list --limit 0 ::/0

# --set: in order, each once, numbered together.
prints '10.0.0.0
10.0.0.1
10.0.0.2
10.0.0.3
::
::1' list --set ::/127 10.0.0.2/31 10.0.0.0/30 ::1
prints '10.0.0.3
::' list --set --from 3 --limit 2 ::/127 10.0.0.2/31 10.0.0.0/30
prints 198.51.100.0 list --set --nth 256 192.0.2.0/24 198.51.100.0/24
prints 198.51.100.255 list --set --nth -1 192.0.2.0/24 198.51.100.0/24
prints 192.0.2.0 list --set --nth -512 192.0.2.0/24 198.51.100.0/24
prints $max list --set --nth 340282366920938463463374607436063178751 ::/0 0.0.0.0/0
usage 'list: past the last: there are 340282366920938463463374607436063178752' \
	list --set --nth 340282366920938463463374607436063178752 ::/0 0.0.0.0/0
usage 'list: before the first: there are 2' list --set --nth -3 ::/127 ::1
prints '' list --set -4 ::1
usage 'list: past the last: there are 0' list --set --nth 0 -4 ::1
prints '' list --set -q ::/0
prints '{"address":"::"}
{"address":"::1"}' list --set -j ::/127 ::1
printf '10.0.0.1\n::2-::1\n10.0.0.0\n' >"$tmp/list"
bad=$(message - 5+3 'the range ends below its start' '::2-::1' | sed 's/^v6kit: -:/v6kit: -:2:/')
in=$tmp/list t '--set: a bad line, and nothing is printed' 2 '' "$bad" list --set
in=$tmp/list t '--set: nor with keep' 2 '' "$bad" list --set --on-error=keep
in=$tmp/list t '--set: skipped on demand' 2 '10.0.0.0
10.0.0.1' "$bad" list --set --on-error=skip
in=$tmp/list t 'without, the others are printed' 2 '10.0.0.1
10.0.0.0' "$bad" list
t 'no such file' 2 '' 'v6kit: /nonexistent: No such file or directory' list --set -f /nonexistent

prints '{"input":"::/127","address":"::"}
{"input":"::/127","address":"::1"}' list -j ::/127
prints '10.0.0.0 10.0.0.0/31
10.0.0.1 10.0.0.0/31' list -F '%{address} %{input}' 10.0.0.0/31
"$V6KIT" list -0 10.0.0.0/31 | tr '\0' '@' >"$tmp/nul"
is '-0' "$(cat "$tmp/nul")" '10.0.0.0@10.0.0.1@'
prints 10.0.0.0 list -4 ::/0 10.0.0.0
prints :: list -6 :: 0.0.0.0/0
prints '192.0.2.0
192.0.2.1' list --mask 192.0.2.1/31
prints '192.0.2.0
192.0.2.1' list --netmask 192.0.2.0/255.255.255.254

# netmask takes the first for ::/0.
refused 13+0 'a prefix length is a decimal number without sign or leading zero' list 2001:db8::1/
refused 10+3 'host bits set past the prefix length; did you mean 192.0.2.0/31?' list 192.0.2.1/31
refused 8+5 'a zone does not belong in a prefix or range' list 'fe80::1%eth0'
refused 1+8 'a port does not belong here' list '[::1]:25'
usage 'list: --nth goes with neither --from nor --limit' list --nth 1 --limit 1 ::/0
usage 'list: --from takes a decimal number, or - and one, not "1.5"' list --from 1.5 ::/0
done_testing
