#!/bin/sh
# parent: the prefix of a length that holds a prefix, and those before and after it.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

max=ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff

prints 2001:db8::/32 parent 2001:db8:12:34::/64 /32
prints 2001:db8::/32 parent 2001:db8::/32 /32
prints 2001:db8:12:34::/64 parent 2001:db8:12:34::25 /64
prints '2001:d00::/24
192.0.2.0/24' parent 2001:db8::/32 192.0.2.77 /24
prints ::/0 parent $max /0
prints 0.0.0.0/0 parent 255.255.255.255 /0
prints 8000::/1 parent $max /1
prints $max/128 parent $max /128
prints ::ffff:192.0.2.0/120 parent ::ffff:192.0.2.7 /120
prints 2001:db8::/32 parent --mask 2001:db8:1::1/48 /32
prints 192.0.0.0/16 parent --netmask 192.0.2.0/255.255.255.0 /16
prints 10.0.0.0/8 parent -4 ::1 10.1.2.3 /8
printf '# hosts\n2001:db8::1\n\n10.1.2.3 # b\r\n10.9.0.0/16' >"$tmp/list"
in=$tmp/list prints '2000::/8
10.0.0.0/8
10.0.0.0/8' parent /8
prints '2000::/8
10.0.0.0/8
10.0.0.0/8' parent -f "$tmp/list" /8

# --step.
prints 2001:db8:1::/48 parent --step 1 2001:db8::/48
prints 2001:db7:ffff::/48 parent --step -1 2001:db8::/48
prints 2001:db8::/48 parent --step 0 2001:db8::/48
prints 2001:db8:100::/40 parent --step 1 2001:db8:12::/48 /40
prints 2001:db8::1/128 parent --step 1 2001:db8::
prints 192.0.3.0/32 parent --step 1 192.0.2.255
prints 192.0.2.255/32 parent --step -1 192.0.3.0
prints $max/128 parent --step 340282366920938463463374607431768211455 ::
prints ::/128 parent --step -340282366920938463463374607431768211455 $max
prints ffff:ffff:ffff:ffff::/64 parent --step 18446744073709551615 ::/64
prints ::/64 parent --step -18446744073709551615 ffff:ffff:ffff:ffff::/64
prints 255.255.255.255/32 parent --step 4294967295 0.0.0.0
prints ::/0 parent --step 0 ::/0
prints '2001:db9::/32
10.1.0.0/16' parent --step 1 2001:db8::/32 10.0.0.0/16

# Never past either end. ipinfo's next address of ffff:...:ffff is ::.
past='so many steps after it is past the last address'
before='so many steps before it is before the first address'
refused "1+${#max}" "$past" parent --step 1 $max
refused 1+15 "$past" parent --step 1 255.255.255.255
refused 1+16 "$past" parent --step 1 255.255.255.0/24
refused 1+4 "$past" parent --step 1 ::/0
refused 1+9 "$past" parent --step 1 0.0.0.0/0
refused 1+5 "$past" parent --step 18446744073709551616 ::/64
refused 1+2 "$past" parent --step 340282366920938463463374607431768211456 ::
refused 1+7 "$past" parent --step 4294967296 0.0.0.0
refused 1+2 "$before" parent --step -1 ::
refused 1+7 "$before" parent --step -1 0.0.0.0
refused 1+4 "$before" parent --step -1 ::/0
refused 1+5 "$before" parent --step -340282366920938463463374607431768211456 ::/64
t 'past the end with a length' 2 '' "$(message 'argument 1' "1+${#max}" "$past" $max)" parent --step 1 $max /48

prints '{"input":"2001:db8::1","prefix":"2001:db8::/32"}' parent -j 2001:db8::1 /32
prints 'input,prefix,error
10.1.2.3,10.0.0.0/8,' parent --csv 10.1.2.3 /8

t 'a shorter prefix' 2 '' "$(message 'argument 1' 1+13 \
	'shorter than /48: no prefix of that length holds it' 2001:db8::/32)" parent 2001:db8::/32 /48
t 'IPv4 and /33' 2 '' "$(message 'argument 1' 1+8 \
	'shorter than /33: no prefix of that length holds it' 10.0.0.1)" parent 10.0.0.1 /33
t 'a range' 2 '' "$(message 'argument 1' 1+7 'a prefix is expected, not a range' ::1-::2)" parent ::1-::2 /0
t 'host bits' 2 '' "$(message 'argument 1' 12+3 \
	'host bits set past the prefix length; did you mean 2001:db8::/48?' 2001:db8::1/48)" \
	parent 2001:db8::1/48 /32
# ripcalc: /-1 and /48x become /64.
t '/-1' 2 '' "$(message 'argument 2' 2+2 \
	'a prefix length is a decimal number without sign or leading zero' /-1)" parent ::1 /-1
t '/48x' 2 '' "$(message 'argument 2' 2+3 \
	'a prefix length is a decimal number without sign or leading zero' /48x)" parent ::1 /48x
usage 'parent: the last operand must be a prefix length, such as /64; see v6kit parent --help' parent ::1
usage 'parent: --step takes a decimal number, or - and one, not "x"' parent --step x ::1
usage 'parent: --step takes a decimal number, or - and one, not "+1"' parent --step +1 ::1
done_testing
