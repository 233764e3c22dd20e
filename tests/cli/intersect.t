#!/bin/sh
# intersect: what is in all of the sets.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

max=ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
prints 10.1.0.0/16 intersect -e 10.0.0.0/8 -e 10.1.0.0/16
prints 10.1.0.0/16 intersect -e 10.1.0.0/16 -e 10.0.0.0/8
prints '' intersect -e 10.0.0.0/9 -e 10.128.0.0/9
prints ::5/128 intersect -e ::1-::5 -e ::5-::9
prints '::4/127
::9/128' intersect -e ::1-::5,::9-::b -e ::4-::9
prints ::4/128 intersect -e ::/0 -e ::1-::5 -e ::4-::9 -e ::4,::8
prints '' intersect -e ::/0 -e ::1 -e ::2 -e ::1
prints '' intersect -e ::1 -e 0.0.0.1
prints '' intersect -e 0.0.0.0/0 -e ::/0
prints '' intersect -e 0.0.0.0/0 -e ::ffff:192.0.2.1
prints 192.0.2.1/32 intersect --unmap -e 0.0.0.0/0 -e ::ffff:192.0.2.1
prints '10.0.0.0/8
::1/128' intersect -e 10.0.0.0/8,::/0 -e 0.0.0.0/0,::1
prints "0.0.0.0/0
::/0" intersect -e 0.0.0.0/0,::/0 -e "0.0.0.0-255.255.255.255,::-$max"
prints $max/128 intersect -e ::/0 -e $max
prints 255.255.255.255/32 intersect -e 255.255.255.0-255.255.255.255 -e 255.255.255.255
prints ::/128 intersect -e ::/0 -e ::
prints ::1-::1 intersect --as ranges -e ::1 -e ::/0
in=/dev/null prints '' intersect -e ::/0 -
prints 2001:db8::/32 intersect -e 2001:db8::/33,2001:db8:8000::/33 -e 2001:db8::/32

# --labels: those of the first set go through, whatever the others have.
cd "$tmp" || exit 99
tab=$(printf '\t')
printf '10.0.0.0/14 corp\n10.1.0.0/16 lab\n2001:db8::/32 doc\n2001:db8:1::/48 corp\n' >labelled
printf '%s\n' 10.0.0.0/15 "2001:db8:1::/48 other" >other
prints "10.0.0.0/16${tab}corp
10.1.0.0/16${tab}lab
2001:db8:1::/48${tab}corp" intersect --labels labelled other
prints "10.0.255.0/24${tab}corp
10.1.0.0/24${tab}lab" intersect --labels labelled other -e 10.0.255.0-10.1.0.255
prints "10.0.255.0-10.0.255.255${tab}corp
10.1.0.0-10.1.0.255${tab}lab" intersect --labels --as ranges labelled other -e 10.0.255.0-10.1.0.255
prints "10.0.0.0/15
2001:db8:1::/48${tab}other" intersect --labels other labelled
prints '' intersect --labels labelled -e ::1
prints "10.0.0.0/16${tab}corp
10.1.0.0/16${tab}lab
10.2.0.0/15${tab}corp" intersect -4 --labels labelled
usage 'intersect: packet filters take no --labels; see v6kit intersect --help' intersect --labels --as nft labelled

done_testing
