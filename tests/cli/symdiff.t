#!/bin/sh
# symdiff: what is in one of two sets.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

prints '' symdiff -e ::/0 -e ::/1,8000::/1
prints 8000::/1 symdiff -e ::/0 -e ::/1
prints 8000::/1 symdiff -e ::/1 -e ::/0
prints '::1/128
::2/128' symdiff -e ::1 -e ::2
prints ::/127 symdiff -e :: -e ::1
prints '::1/128
::4/127' symdiff -e ::1-::3 -e ::2-::5
prints '10.0.0.0/9
::1/128' symdiff -e 10.0.0.0/8 -e 10.128.0.0/9,::1
prints '0.0.0.1/32
::1/128' symdiff -e ::1 -e 0.0.0.1
# Of three: what one or all three of them hold.
prints '::1/128
::4/128' symdiff -e ::1,::2,::4 -e ::2,::3,::4 -e ::3,::4
prints '0.0.0.0-0.0.0.0
255.255.255.255-255.255.255.255' symdiff --as ranges -e 0.0.0.0/0 -e 0.0.0.1-255.255.255.254

done_testing
