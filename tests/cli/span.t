#!/bin/sh
# span: the longest prefix that holds all, a line a family.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

max=ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
in=/dev/null prints '' span
prints ::1/128 span -e ::1
prints ::/126 span -e ::1,::2
prints ::2/127 span -e ::3 -e ::2
prints 10.0.0.0/8 span -e 10.0.0.0/8
prints 10.0.0.0/8 span -e 10.255.255.255 -e 10.0.0.0
prints 0.0.0.0/0 span -e 127.255.255.255,128.0.0.0
prints ::/0 span -e ::,$max
prints '192.0.2.0/24
2001:db8::/32' span -e 2001:db8::,2001:db8:8000::,192.0.2.1 -e 192.0.2.128
prints 192.0.2.0/24 span -4 -e 2001:db8::,2001:db8:8000::,192.0.2.1 -e 192.0.2.128
prints 2001:db8::/32 span -6 -e 2001:db8::,2001:db8:8000::,192.0.2.1 -e 192.0.2.128
prints '' span -6 -e 10.0.0.0/8
prints 2001:db8::/63 span -e 2001:db8::,2001:db8:0:1::
prints '192.0.2.1/32
::ffff:192.0.2.1/128' span -e 192.0.2.1,::ffff:192.0.2.1
prints 192.0.2.0/30 span --unmap -e 192.0.2.1,::ffff:192.0.2.2
prints '255.255.255.255/32
::/128' span -e ::,255.255.255.255

done_testing
