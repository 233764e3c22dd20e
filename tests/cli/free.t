#!/bin/sh
# v6kit free: what of the pools is not in use.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

cd "$tmp" || exit 99
printf '# a plan\n2001:db8::/48  office\r\n\n192.0.2.0-192.0.2.9\n192.0.2.255 # the last' >used
: >empty

prints '192.0.2.10/31
192.0.2.12/30
192.0.2.16/28
192.0.2.32/27
192.0.2.64/26
192.0.2.128/26
192.0.2.192/27
192.0.2.224/28
192.0.2.240/29
192.0.2.248/30
192.0.2.252/31
192.0.2.254/32' free 192.0.2.0/24 -f used
prints '2001:db8:1::/48
2001:db8:2::/47' free -f used 2001:db8::/46
prints '192.0.2.10-192.0.2.254
2001:db8:1::-2001:db8:3:ffff:ffff:ffff:ffff:ffff' free -f used --as ranges 2001:db8::/46 192.0.2.0/24
prints '2001:db8:1::/48' free -f used -6 2001:db8::/47,192.0.2.0/24
prints '192.0.2.254/32' free -f used -4 2001:db8::/47 192.0.2.254/31
# Pools: ranges, lists, files, standard input; those that touch are one.
prints '192.0.2.128/25' free -f empty 192.0.2.128-192.0.2.200 192.0.2.201-192.0.2.255
printf '192.0.2.64/27 the lab\n192.0.2.96/27\n' >pools
prints '192.0.2.64/26' free -f used @pools
in=pools prints '192.0.2.64/26' free -f used
in=pools prints '192.0.2.64/26
203.0.113.0/24' free -f used - 203.0.113.0/24
in=used prints '2001:db8:1::/48' free -f - 2001:db8::/47
prints '10.0.0.0/8' free --mask -f used 10.1.2.3/8
prints '10.0.0.0/8' free --netmask -f used 10.0.0.0/255.0.0.0
# What is in use elsewhere does not matter; families are apart.
prints '::ffff:192.0.2.0/120' free -f used ::ffff:192.0.2.0/120
# Nothing is left.
t 'nothing is left' 1 '' '' free -f used 2001:db8::/64
t 'nothing is left of a range' 1 '' '' free -f used 192.0.2.1-192.0.2.9
# Both ends.
printf '::\nffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff\n0.0.0.0\n255.255.255.255\n' >ends
run free ::/0 0.0.0.0/0 -f ends
is 'both ends: how many' "$(wc -l <"$tmp/out")" $((62 + 254))
is 'both ends: the first and the last' "$(sed -n '1p;$p' "$tmp/out")" '0.0.0.1/32
ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/128'
prints '0.0.0.1-255.255.255.254
::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe' free ::/0 0.0.0.0/0 -f ends --as ranges
prints '::/0' free ::/0 -f empty

# Refused.
usage 'free: -f FILE is missing, the list of what is in use; see v6kit free --help' free ::/0
usage 'free: standard input is asked for twice; see v6kit free --help' free -f -
usage 'free: standard input is asked for twice; see v6kit free --help' free -f - @- ::/0
usage 'free: standard input is asked for twice; see v6kit free --help' free -f used - @-
usage 'free: there is no address in the pools' free -f used
usage 'free: there is no address in the pools' free -f used -4 ::/0
usage 'none: No such file or directory' free -f none ::/0
usage 'none: No such file or directory' free -f used @none
t 'an empty pool' 2 '' "$(message 'argument 1' 1+0 'empty, where an address is expected' '')" free '' -f used
t 'host bits of a pool' 2 '' "$(message 'argument 2' 12+3 \
	'host bits set past the prefix length; did you mean 2001:db8::/32?' 2001:db8::1/32)" \
	free ::/0 2001:db8::1/32 -f used
# Bad lines of what is in use stop before any output.
printf '2001:db8::/48 office\n2001:db8:1::/47\nfe80::1%%eth0\n' >bad
wrong="$(message bad:2 13+3 'host bits set past the prefix length; did you mean 2001:db8::/47?' 2001:db8:1::/47)
$(message bad:3 8+5 'a zone does not belong in a prefix or range' fe80::1%eth0)"
t 'bad lines' 2 '' "$wrong" free 2001:db8::/46 -f bad
t 'bad lines, skipped' 2 '2001:db8:1::/48
2001:db8:2::/47' "$wrong" free 2001:db8::/46 -f bad --on-error=skip
t 'bad lines, stop' 2 '' "$(printf '%s\n' "$wrong" | sed 3q)" free 2001:db8::/46 -f bad --on-error=stop
t 'bad lines, --mask' 2 '' "$(printf '%s\n' "$wrong" | sed 1,3d)" free 2001:db8::/46 -f bad --mask
echo old >file
run free 2001:db8::/46 -f bad --output file
is 'bad lines leave the file of --output' "$status:$(cat file)" 2:old
prints '' free 192.0.2.10/31 -f used --output file
is '--output' "$(cat file)" 192.0.2.10/31
cd "$OLDPWD" || exit 99
done_testing
