#!/bin/sh
# count: how many addresses, each once; exact.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

in=/dev/null prints 0 count
prints 1 count -e ::1
prints 1 count -e ::1 -e ::1,::1-::1
prints 340282366920938463463374607431768211456 count -e ::/0
prints 340282366920938463463374607431768211456 count -e ::/0,::/1 -e 2001:db8::/32
prints 4294967296 count -e 0.0.0.0/0
t 'more than 2^128' 0 340282366920938463463374607436063178752 '' count -e ::/0,0.0.0.0/0
prints 340282366920938463463374607431768211456 count -6 -e ::/0,0.0.0.0/0
prints 4294967296 count -4 -e ::/0,0.0.0.0/0
prints 0 count -4 -e ::/0
prints 340282366920938463463374607431768211455 count -e ::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
prints 340282366920938463463374607431768211454 \
	count -e ::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe
prints 18446744073709551616 count -e 2001:db8::/64
prints 18446744073709551617 count -e 2001:db8::/64,2001:db8:0:1::
prints 79228162514264337593543950336 count -e 2001:db8::/32
prints 384 count -e 192.0.2.0/24,192.0.2.128/25,192.0.3.0/25
prints 512 count -e 192.0.2.0/24 -e ::ffff:192.0.2.0/120
prints 256 count --unmap -e 192.0.2.0/24 -e ::ffff:192.0.2.0/120
prints 3 count -e 255.255.255.255,::,ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff

done_testing
