#!/bin/sh
# diff: what two sets differ in, and the status that says so.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

# differs OUT ARGS...: that, and status 1.
differs() {
	differs_out=$1
	shift
	t "diff $*" 1 "$differs_out" '' diff "$@"
}
prints '' diff -e ::/0 -e ::/1,8000::/1
prints '' diff -e ::1,10.0.0.1 -e 10.0.0.1,::1,::1
prints '' diff /dev/null /dev/null
differs -::1/128 -e ::1 /dev/null
differs +::1/128 /dev/null -e ::1
differs '-::1/128
+::2/128' -e ::1 -e ::2
differs '+::1/128
-::2/128' -e ::2 -e ::1
differs '-10.0.0.0/9
+192.0.2.0/24
+::1/128
-::8/125
+8000::/1' -e 10.0.0.0/8,::8/125 -e 10.128.0.0/9,192.0.2.0/24,::1,8000::/1
differs '-0.0.0.0/1
+::/0' -e 0.0.0.0/0 -e ::/0,128.0.0.0/1
differs -0.0.0.0/1 -4 -e 0.0.0.0/0 -e ::/0,128.0.0.0/1
differs +::/0 -6 -e 0.0.0.0/0 -e ::/0,128.0.0.0/1
prints '' diff -6 -e ::1,10.0.0.1 -e ::1
prints '' diff -4 -e ::1,10.0.0.1 -e 10.0.0.1
differs '-192.0.2.1/32
+::ffff:192.0.2.1/128' -e 192.0.2.1 -e ::ffff:192.0.2.1
prints '' diff --unmap -e 192.0.2.1 -e ::ffff:192.0.2.1
differs '-255.255.255.255/32
+ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128' -e 255.255.255.255 -e ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
differs '+8.0.0.0/8
+10.0.0.0/8' --mask -e 9.0.0.1/8 -e 8.7.6.5/7,10.0.0.1/8

printf '10.0.0.0/8\n2001:db8::/32 # c\n' >"$tmp/old"
printf '2001:db8::/33\r\n10.0.0.0/9\r\n10.128.0.0/9' >"$tmp/new"
differs -2001:db8:8000::/33 "$tmp/old" "$tmp/new"
in=$tmp/new differs +2001:db8:8000::/33 - "$tmp/old"
in=$tmp/old differs -2001:db8:8000::/33 - "$tmp/new"

two='diff: two sets are compared: FILE or -e LIST; see v6kit diff --help'
usage "$two" diff
usage "$two" diff "$tmp/old"
usage "$two" diff -e ::1
usage "$two" diff -e ::1 -e ::2 -e ::3

echo kept >"$tmp/result"
run diff --output "$tmp/result" -e ::1 -e ::2
is '--output, and the status' "$status:$(paste -sd ' ' "$tmp/result")" '1:-::1/128 +::2/128'

done_testing
