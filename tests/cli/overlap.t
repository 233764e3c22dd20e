#!/bin/sh
# overlap: which entries of sets overlap.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

cd "$tmp" || exit 99
max=ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
tab=$(printf '\t')

# pair A B: they overlap, in either order; apart A B: they do not.
pair() {
	prints "$1$tab$2" overlap -e "$1" -e "$2"
	prints "$2$tab$1" overlap -e "$2" -e "$1"
	prints '' overlap -q -e "$1" -e "$2"
}
apart() {
	t "$1 and $2 are apart" 1 '' '' overlap -e "$1" -e "$2"
	t "$2 and $1 are apart" 1 '' '' overlap -e "$2" -e "$1"
	t "$1 and $2 are apart, -q" 1 '' '' overlap -q -e "$2" -e "$1"
}
pair 2001:db8::/32 2001:db8::/32
pair 2001:db8::/32 2001:db8:ffff::/48
pair ::/0 $max/128
pair ::/0 ::/128
pair 0.0.0.0/0 255.255.255.255/32
pair ::1-::5 ::5-::7
pair ::1-::5 ::5/128
pair 10.0.0.0/8 10.255.255.255-11.0.0.5
pair "::1-$max" $max/128
apart 2001:db8::/32 2001:db9::/32
apart ::/1 8000::/1
apart ::1-::5 ::6-::7
apart 0.0.0.0/1 128.0.0.0/1
apart 10.0.0.0/8 ::a00:0/104
# The families are apart; mapped ones meet on demand.
apart ::/0 0.0.0.0/0
apart ::ffff:192.0.2.0/120 192.0.2.0/24
prints "192.0.2.0/24${tab}192.0.2.7/32" overlap --unmap -e ::ffff:192.0.2.0/120 -e 192.0.2.7

printf '10.0.0.0/8 office\n\n# no\n10.1.0.0/16\r\n2001:db8::/32\n::1' >one
printf '10.1.2.0/24\n10.1.3.0-10.1.4.9 range\n192.0.2.0/24\n::/64\n2001:db8:5::/48' >two
pairs="10.0.0.0/8${tab}10.1.2.0/24
10.1.0.0/16${tab}10.1.2.0/24
10.0.0.0/8${tab}10.1.3.0-10.1.4.9
10.1.0.0/16${tab}10.1.3.0-10.1.4.9
::1/128${tab}::/64
2001:db8::/32${tab}2001:db8:5::/48"
prints "$pairs" overlap one two
in=one prints "$pairs" overlap - two
in=two prints "$pairs" overlap one -e @-
prints "$(printf '%s\n' "$pairs" | head -n 4)" overlap -4 one two
prints "$(printf '%s\n' "$pairs" | tail -n 2)" overlap -6 one two
t 'nothing is left' 1 '' '' overlap -4 -e ::/0 -e ::1
# Entries of one set are not compared, equal ones are pairs each.
apart 10.0.0.0/8,10.0.0.0/9 11.0.0.0/8,11.1.0.0/16
prints "10.0.0.0/8${tab}10.0.0.0/8
10.0.0.0/8${tab}10.0.0.0/8" overlap -e 10.0.0.0/8,10.0.0.0/8 -e 10.0.0.0/8
prints "10.0.0.0/24${tab}10.0.0.0/24" overlap -e 10.0.0.0-10.0.0.255 -e 10.0.0.0/24
prints '{"set":1,"entry":"::/0","other_set":2,"other":"::/1"}
{"set":1,"entry":"::/0","other_set":3,"other":"::5/128"}
{"set":2,"entry":"::/1","other_set":3,"other":"::5/128"}' overlap -j -e ::/0 -e ::/1 -e ::5
prints 'set,entry,other_set,other,error
2,::/1,3,::5/128,' overlap --csv -e 8000::/1 -e ::/1 -e ::5
t 'CSV has its header anyway' 1 'set,entry,other_set,other,error' '' overlap --csv -e ::1 -e ::2
: >empty
t 'an empty set' 1 '' '' overlap empty one
t 'two of them' 1 '' '' overlap empty empty

# Against all pairs, tried one by one.
"$V6KIT" rand --seed 1 --limit 60 10.0.0.0/16 /24 >a
"$V6KIT" rand --seed 2 --limit 40 10.0.0.0/16 /28 | cat - a >b
"$V6KIT" rand --seed 3 --limit 60 10.0.0.0/14 /22 >>a
"$V6KIT" overlap a b | sort >got
while read -r x; do
	# shellcheck disable=SC2046 # words
	"$V6KIT" in --overlap -F "%{member} $x$tab%{address}" "$x" $(cat b)
done <a | sed -n 's/^true //p' | sort >want
is 'random entries, against all pairs' "$(cksum <got)" "$(cksum <want)"
is 'and there are some' "$([ "$(grep -c . got)" -gt 100 ] && echo some)" some
# Much nested on both sides costs no more than it prints.
"$V6KIT" list --limit 200000 10.0.0.0/8 >many
is 'many entries' "$("$V6KIT" overlap many -e 10.3.13.63,::/0 | cat)" "10.3.13.63/32${tab}10.3.13.63/32"

# Bad input: everything is named, nothing is printed.
printf '::/0\n::1/64\nx\n' >bad
said="$(message bad:2 4+3 'host bits set past the prefix length; did you mean ::/64?' ::1/64)
$(message bad:3 1+1 'unexpected character' x)"
t 'bad lines' 2 '' "$said" overlap bad -e ::/0
t 'nor with keep' 2 '' "$said" overlap --on-error=keep bad -e ::/0
t 'skipped on demand' 2 "::/0$tab::/0" "$said" overlap --on-error=skip bad -e ::/0
prints "::/64$tab::1/128" overlap --mask -e ::1/64 -e ::1
usage 'overlap: two sets or more are compared: FILE or -e LIST; see v6kit overlap --help' overlap
usage 'overlap: two sets or more are compared: FILE or -e LIST; see v6kit overlap --help' overlap one
usage 'overlap: no such file: ::1; for a list use -e; see v6kit overlap --help' overlap one ::1
usage 'none: No such file or directory' overlap one none
in=one usage 'overlap: standard input cannot be two sets; see v6kit overlap --help' overlap - -
if [ -w /dev/full ]; then
	"$V6KIT" overlap one two >/dev/full 2>err
	is 'a full disk is an error' "$?:$(cat err)" '2:v6kit: standard output: No space left on device'
fi
is 'a closed pipe ends quietly' "$("$V6KIT" overlap many many 2>&1 | head -n 1)" "10.0.0.0/32${tab}10.0.0.0/32"
done_testing
