#!/bin/sh
# complement: what is in none of the sets.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

max=ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
everything='0.0.0.0/0
::/0'
in=/dev/null prints "$everything" complement
in=/dev/null prints 0.0.0.0/0 complement -4
in=/dev/null prints ::/0 complement -6
prints '' complement -e 0.0.0.0/0,::/0
prints '' complement -e 0.0.0.0/0 -e ::/0
prints ::/0 complement -e 0.0.0.0/0
prints 0.0.0.0/0 complement -e ::/0
prints '' complement -4 -e 0.0.0.0/0
prints '' complement -6 -e ::/0
prints 0.0.0.0/0 complement -4 -e ::/0
prints '128.0.0.0/1
8000::/1' complement -e 0.0.0.0/1,::/1
prints "0.0.0.0-255.255.255.254
::1-$max" complement --as ranges -e 255.255.255.255,::
prints '0.0.0.1-255.255.255.255
::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe' complement --as ranges -e 0.0.0.0 -e $max
prints '::/3
4000::/3
8000::/1' complement -6 -e 2000::/3 -e 6000::/3
# Of the complement, again.
"$V6KIT" complement -e 10.0.0.0/8,::1-::5,2001:db8::/32 >"$tmp/outside"
prints '10.0.0.0/8
::1/128
::2/127
::4/127
2001:db8::/32' complement "$tmp/outside"

prints 10.128.0.0/9 complement --within 10.0.0.0/8 -e 10.0.0.0/9
prints '' complement --within 10.0.0.0/8 -e 10.0.0.0/8
prints 10.0.0.0/8 complement --within 10.0.0.0/8 -e 11.0.0.0/8,::/0
in=/dev/null prints 10.0.0.0/8 complement --within 10.0.0.0/8
prints ::1/128 complement --within=::1 -e ::2
prints '10.0.0.0/24
::1/128
::4/128' complement --within ::1-::4,10.0.0.0/24 -e ::2-::3
prints '' complement -6 --within 10.0.0.0/8 -e ::1
prints 10.0.0.0/8 complement --mask --within 10.0.0.1/8 -e ::1
prints 192.0.2.1/32 complement --unmap --within ::ffff:192.0.2.0/127 -e 192.0.2.0
printf '10.0.0.0/9\n10.128.0.0/9 other half\n' >"$tmp/pool"
prints 10.0.0.0/9 complement --within "@$tmp/pool" -e 10.128.0.0/9
t '--within with host bits' 2 '' "$(message --within 9+2 \
	'host bits set past the prefix length; did you mean 10.0.0.0/8?' 10.0.0.1/8 | sed 's/within:1:/within:/')" \
	complement --within 10.0.0.1/8 -e ::1
t '--within without an address' 2 '' 'v6kit: --within:1: empty, where an address is expected
    
    ^' complement --within '' -e ::1
t '--within a word' 2 '' 'v6kit: --within:1: unexpected character
    x
    ^' complement --within x -e ::1
usage "$tmp/none: No such file or directory" complement --within "@$tmp/none" -e ::1

done_testing
