#!/bin/sh
# subtract: the first set without the others.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

max=ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
prints 10.128.0.0/9 subtract -e 10.0.0.0/8 -e 10.0.0.0/9
prints '' subtract -e 10.0.0.0/9 -e 10.0.0.0/8
prints '' subtract -e ::1 -e ::1
prints ::1/128 subtract -e ::1 -e ::2
prints '::/128
::2/127' subtract -e ::/126 -e ::1
prints '::/128
::3/128' subtract -e ::/126 -e ::1 -e ::2
prints '' subtract -e ::/126 -e ::/127 -e ::2/127
prints '10.0.0.0/8
::/128' subtract -e 10.0.0.0/8,::/127 -e ::1,192.0.2.0/24
prints ::1/128 subtract -e ::1 -e 0.0.0.0/0
prints ::ffff:192.0.2.1/128 subtract -e ::ffff:192.0.2.1 -e 0.0.0.0/0
# Both ends of both families.
prints '0.0.0.1-255.255.255.254' subtract --as ranges -e 0.0.0.0/0 -e 0.0.0.0,255.255.255.255
prints '::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe' subtract --as ranges -e ::/0 -e ::,$max
prints $max/128 subtract -e ::/0 -e ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe
prints 0.0.0.0/32 subtract -e 0.0.0.0/0 -e 0.0.0.1-255.255.255.255
prints '' subtract -e ::/0 -e ::/1,8000::/1
run subtract -e ::/0 -e $max
is '::/0 without its last address: 128 prefixes' "$(wc -l <"$tmp/out" | tr -d ' '):$(sed -n '1p;$p' "$tmp/out" |
	paste -sd ' ' -)" '128:::/1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/128'
in=/dev/null prints ::/0 subtract -e ::/0 -

# --labels: those of the first set go through, whatever the others have.
cd "$tmp" || exit 99
tab=$(printf '\t')
printf '10.0.0.0/14 corp\n10.1.0.0/16 lab\n2001:db8::/32 doc\n2001:db8:1::/48 corp\n' >labelled
printf '%s\n' 10.0.0.0/15 "2001:db8:1::/48 other" >other
prints "10.2.0.0/15${tab}corp
2001:db8::/48${tab}doc" subtract --labels labelled other -e 2001:db8:2::/47,2001:db8:4::/46,2001:db8:8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff
prints "10.0.0.0-10.0.254.255${tab}corp
10.1.1.0-10.1.255.255${tab}lab
10.2.0.0-10.3.255.255${tab}corp" subtract -4 --labels --as ranges labelled -e 10.0.255.0-10.1.0.255
prints '[
  {"prefix": "10.2.0.0/15", "label": "corp"}
]' subtract -4 --labels --as json labelled other
prints '' subtract --labels labelled labelled
prints '' subtract --labels labelled -e ::/0 -e 0.0.0.0/0
prints '10.0.0.0/16
10.2.0.0/15' subtract -4 labelled -e 10.1.0.0/16

done_testing
