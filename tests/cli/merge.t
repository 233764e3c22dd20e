#!/bin/sh
# merge: the minimal list.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

cd "$tmp" || exit 99
max=ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff

# makes OUT LIST: the list as the minimal one, in whatever order it comes.
makes() {
	prints "$1" merge -e "$2"
	prints "$1" merge -e "$(printf '%s\n' "$2" | tr , '\n' | sed '1!G; h; $!d' | paste -sd , -)"
}
makes ::/0 ::/1,8000::/1
makes '::/1
8000::/2' ::/1,8000::/2
makes 10.0.0.0/8 10.0.0.0/9,10.128.0.0/9
makes 10.0.0.0/8 10.0.0.0/8,10.1.0.0/16,10.255.255.255
makes '10.0.0.0/24
10.0.2.0/24' 10.0.0.0/24,10.0.2.0/24
# Neighbours that are no halves of one prefix stay apart.
makes '10.0.1.0/24
10.0.2.0/24' 10.0.1.0/24,10.0.2.0/24
makes '10.0.0.0/23
10.0.2.0/24' 10.0.0.0/24,10.0.1.0/24,10.0.2.0/24
makes ::/127 ::,::1
makes '::1/128
::2/128' ::1,::2
makes '::1/128
::2/127
::4/126
::8/127
::a/128' ::1-::a
makes '::1/128
::2/127
::4/126
::8/127
::a/128' ::1-::4,::3-::6,::7,::8-::a
makes "$max/128" $max
makes 255.255.255.254/31 255.255.255.255,255.255.255.254
makes '255.255.255.255/32
::/128' ::,255.255.255.255
makes ::/0 "::-$max"
makes 0.0.0.0/0 0.0.0.0-127.255.255.255,128.0.0.0-255.255.255.255
makes '0.0.0.0/0
::/0' ::/0,0.0.0.0/0,::1,1.2.3.4
# At the border of the two words of an address.
makes 2001:db8::/63 2001:db8::/64,2001:db8:0:1::/64
makes '2001:db8::ffff:ffff:ffff:ffff/128
2001:db8:0:1::/128' 2001:db8::ffff:ffff:ffff:ffff,2001:db8:0:1::
# The order of the output is that of numbers, IPv4 first.
makes '2.0.0.0/8
10.0.0.0/8
9::/16
10::/16
100::/16' 100::/16,10::/16,9::/16,10.0.0.0/8,2.0.0.0/8

prints ::-:: merge --as ranges -e ::
prints "10.0.0.5-10.0.0.9
::-$max" merge --as=ranges -e ::/0,10.0.0.5-10.0.0.9
prints '10.0.0.1-10.0.1.7
10.0.2.0-10.0.2.0' merge --as ranges -e 10.0.0.1-10.0.0.255,10.0.2.0,10.0.1.0/29
prints ::1-::4 merge -6 --as ranges -e 10.0.0.0/8,::1-::2,::3,::4
prints ::/0 merge --as prefixes -e ::/0

# As many as there are files.
i=0
while [ $i -lt 200 ]; do
	echo "10.0.$i.0/24" >"$tmp/$i.list"
	i=$((i + 1))
done
prints '10.0.0.0/17
10.0.128.0/18
10.0.192.0/21' merge "$tmp"/*.list

# A file of many reads: plain lines, which are taken many at a time, and others among them; its end has
# no newline.
awk 'BEGIN {
	for (i = 0; i < 30000; i++) {
		end = i % 1000 == 7 ? "  # comment\r" : i % 1000 == 9 ? " label" : ""
		printf "2001:db8:%x:%x::/64%s\n", i / 4096, i % 4096, end
		if (i % 5000 == 4999)
			print "\n# comment\n10.0.0.1 - 10.0.0.2"
	}
	printf "::1"
}' >"$tmp/many"
many='10.0.0.1/32
10.0.0.2/32
::1/128
2001:db8::/52
2001:db8:1::/52
2001:db8:2::/52
2001:db8:3::/52
2001:db8:4::/52
2001:db8:5::/52
2001:db8:6::/52
2001:db8:7::/54
2001:db8:7:400::/56
2001:db8:7:500::/59
2001:db8:7:520::/60'
prints "$many" merge "$tmp/many"
prints "$many" merge --unmap "$tmp/many"
# What is wrong is told with its line, wherever it stands.
{
	cat "$tmp/many"
	printf '\n10.0.0.1/8\n::g\n::2\n'
} >"$tmp/wrong"
lines=$(wc -l <"$tmp/many")
t 'the lines are counted' 2 '' "$(message "$tmp/wrong:$((lines + 2))" 9+2 \
	'host bits set past the prefix length; did you mean 10.0.0.0/8?' 10.0.0.1/8)
$(message "$tmp/wrong:$((lines + 3))" 3+1 'unexpected character' ::g)" merge "$tmp/wrong"

# --max-len widens, and says so; --min-len splits.
added='v6kit: merge: added'
not='addresses that are not in the sets:'
t '--max-len' 0 '10.0.0.0/24
2001:db8::/64' "$added 18446744073709551806 $not 10.0.0.0/26, 10.0.0.64/27, 10.0.0.96/28, 10.0.0.112/29, \
10.0.0.120/30, 10.0.0.124/31, 10.0.0.126/32, 10.0.0.192/26, 2001:db8::/128, 2001:db8::2/127 and 62 more prefixes" \
	merge --max-len 24,64 -e 10.0.0.127-10.0.0.191,2001:db8::1
t '--max-len of what is shorter' 0 10.0.0.0/8 '' merge --max-len 8 -e 10.0.0.0/8
t 'what --max-len makes is joined' 0 10.0.0.0/23 "$added 510 $not 10.0.0.1/32, 10.0.0.2/31, 10.0.0.4/30, \
10.0.0.8/29, 10.0.0.16/28, 10.0.0.32/27, 10.0.0.64/26, 10.0.0.128/25, 10.0.1.1/32, 10.0.1.2/31 and 6 more prefixes" \
	merge --max-len 24 -e 10.0.0.0,10.0.1.0
t '--max-len 0' 0 ::/0 "$added 170141183460469231731687303715884105728 $not ::/1" merge --max-len 0 -e 8000::/1
t '--max-len of IPv6 alone' 0 '10.0.0.1/32
2001:db8::/48' "$added 1208907372870555465154560 $not 2001:db8:0:1::/64, 2001:db8:0:2::/63, 2001:db8:0:4::/62, \
2001:db8:0:8::/61, 2001:db8:0:10::/60, 2001:db8:0:20::/59, 2001:db8:0:40::/58, 2001:db8:0:80::/57, \
2001:db8:0:100::/56, 2001:db8:0:200::/55 and 6 more prefixes" merge --max-len 48 -e 10.0.0.1,2001:db8::/64
prints '10.0.0.0/10
10.64.0.0/10
10.128.0.0/10
10.192.0.0/10
11.0.0.0/16' merge --min-len 10 -e 10.0.0.0/8,11.0.0.0/16
prints '0.0.0.0/1
128.0.0.0/1
::/2
4000::/2
8000::/2
c000::/2' merge --min-len 1,2 -e ::/0,0.0.0.0/0
prints "${max%?}c/127
${max%?}e/127" merge --min-len 127 -e "${max%?}c/126"
prints '255.255.255.254/32
255.255.255.255/32' merge --min-len 32 -e 255.255.255.254/31
prints '::/128
::1/128
::2/128' merge --min-len 128 -e ::-::2
is 'a large --min-len begins at once' "$("$V6KIT" merge --min-len 64 -e ::/0 | sed -n '2{p;q;}')" 0:0:0:1::/64
t 'both' 0 '10.0.0.0/24
10.0.1.0/24' "$added 256 $not 10.0.0.0/25, 10.0.1.128/25" merge --min-len 24 --max-len 24 -e 10.0.0.128/25,10.0.1.0/25
for option in max min; do
	usage "merge: --$option-len needs two lengths where there are both families, as in 24,48, or -4 or -6; see v6kit merge --help" \
		merge --$option-len 24 -e 10.0.0.0/8,::1
	for text in '' x 01 129 -1 33,1 1,129 ',' '1,' ',1' 1,2,3 24,048 '24 '; do
		usage "merge: --$option-len takes a prefix length, or one of IPv4 and one of IPv6 as in 24,48; not \"$text\"" \
			merge --$option-len "$text" /dev/null
	done
done
usage 'merge: --min-len needs two lengths where there are both families, as in 24,48, or -4 or -6; see v6kit merge --help' \
	merge --min-len 48 -e 10.0.0.0/8
prints ::/48 merge -6 --min-len 48 -e 10.0.0.0/8,::/48
usage 'merge: --max-len is shorter than --min-len; see v6kit merge --help' merge --min-len 9 --max-len 8 /dev/null
usage 'merge: --max-len is shorter than --min-len; see v6kit merge --help' merge --min-len 8,49 --max-len 9,48 /dev/null
usage 'merge: --min-len is not for --as ranges, addresses or mmdb; see v6kit merge --help' merge --min-len 9 --as ranges /dev/null
usage 'merge: --min-len is not for --as ranges, addresses or mmdb; see v6kit merge --help' merge --min-len 9 --labels --as mmdb /dev/null

# --entries: the fewest addresses beside, exactly; tests/prop/prop_cover.c has the brute force.
nets=10.0.0.0/24,10.0.2.0/24,10.0.3.0/24,10.0.8.0/24
t '--entries 1' 0 10.0.0.0/20 "$added 3072 $not 10.0.1.0/24, 10.0.4.0/22, 10.0.9.0/24, 10.0.10.0/23, 10.0.12.0/22" \
	merge --entries 1 -e $nets
t '--entries 2' 0 '10.0.0.0/22
10.0.8.0/24' "$added 256 $not 10.0.1.0/24" merge --entries 2 -e $nets
for n in 3 4 1000 18446744073709551615; do
	prints '10.0.0.0/24
10.0.2.0/23
10.0.8.0/24' merge --entries $n -e $nets
done
# The cheapest first would be 10.0.1.0/30 for one address, and then 10.0.0.0/29 for two more.
t 'better than greedy' 0 '10.0.0.0/29
10.0.1.0/32
10.0.1.2/31' "$added 2 $not 10.0.0.5/32, 10.0.0.6/32" merge --entries 3 -e 10.0.0.0/30,10.0.0.4,10.0.0.7,10.0.1.0,10.0.1.2/31
# Both families in one, IPv4 first since it is small; and each by itself.
t 'both families' 0 '0.0.0.0/0
2001:db8::/48
2001:db8:f::/48' "$added 4294966784 $not 0.0.0.0/5, 8.0.0.0/7, 10.0.1.0/24, 10.0.2.0/23, 10.0.4.0/22, 10.0.8.0/21, \
10.0.16.0/20, 10.0.32.0/19, 10.0.64.0/18, 10.0.128.0/17 and 36 more prefixes" \
	merge --entries 3 -e 10.0.0.0/24,192.0.2.0/24,2001:db8::/48,2001:db8:f::/48
t 'IPv6 alone' 0 2001:db8::/44 "$added 16924961474604808445886464 $not 2001:db8:1::/48, 2001:db8:2::/47, 2001:db8:4::/46, \
2001:db8:8::/46, 2001:db8:c::/47, 2001:db8:e::/48" \
	merge -6 --entries 1 -e 10.0.0.0/24,192.0.2.0/24,2001:db8::/48,2001:db8:f::/48
t 'with --max-len' 0 10.0.0.0/16 "$added 65024 $not 10.0.0.0/17, 10.0.128.0/18, 10.0.192.0/19, 10.0.224.0/20, \
10.0.240.0/21, 10.0.248.0/22, 10.0.252.0/23" merge --entries 1 --max-len 16 -e 10.0.254.0/23
usage 'merge: --entries 1 cannot hold both families; -4 or -6 says which' merge --entries 1 -e ::1,10.0.0.0/8
usage 'merge: --entries takes 1 or more; see v6kit merge --help' merge --entries 0 /dev/null
usage 'merge: --entries takes a decimal number, not "x"' merge --entries x /dev/null
prints '' merge --entries 1 /dev/null
awk 'BEGIN { for (i = 0; i < 120000; i++) printf "2001:db8:%x:%x::/64\n", i / 32768, i % 32768 * 2 }' >many
t 'more than 10^8 combinations' 2 '' 'v6kit: merge: --entries would have to try more than 10^8 combinations; a number that is far smaller or not much smaller than there are prefixes, -4, -6 or --max-len takes fewer' \
	merge --entries 60000 many
run merge --entries 100 many
is 'a number that is far smaller' "$status:$(wc -l <"$tmp/out" | tr -d ' ')" 0:100

# --labels: each address has the label of its longest prefix.
printf '10.0.0.0/14 corp\n10.1.0.0/16\tlab  west # c\n10.2.0.0/16 lab  west\n2001:db8::/32 -\n10.0.128.0/17\n::1 - ::2 two\n' >labelled
tab=$(printf '\t')
labelled="10.0.0.0/17${tab}corp
10.0.128.0/17
10.1.0.0/16${tab}lab  west
10.2.0.0/16${tab}lab  west
10.3.0.0/16${tab}corp
::1/128${tab}two
::2/128${tab}two
2001:db8::/32${tab}-"
prints "$labelled" merge --labels labelled
"$V6KIT" merge --labels labelled >again
prints "$labelled" merge --labels again
in=labelled prints "$labelled" merge --labels
prints "10.0.0.0-10.0.127.255${tab}corp
10.0.128.0-10.0.255.255
10.1.0.0-10.2.255.255${tab}lab  west
10.3.0.0-10.3.255.255${tab}corp" merge -4 --labels --as ranges labelled
echo '::1-::2 two' >three
prints "::1${tab}two
::2${tab}two" merge --labels --as addresses three
prints '[
  {"prefix": "::1/128", "label": "two"},
  {"prefix": "::2/128", "label": "two"},
  {"prefix": "2001:db8::/32", "label": "-"}
]' merge -6 --labels --as json labelled
prints '10.0.0.0/14
::1/128
::2/128
2001:db8::/32' merge labelled
# Every form that has labels is read as the same again, whatever they begin with.
printf '10.0.0.0/30 -\n10.0.0.4/32 -10.0.0.9\n10.0.0.5-10.0.0.6 - x\n::1/128 -- x - y\n::2-::3 -::4\n' >dashes
"$V6KIT" merge --labels dashes >want
for form in prefixes ranges; do
	"$V6KIT" merge --labels --as $form dashes >again
	t "--as $form, read again" 0 "$(cat want)" '' merge --labels again
done
is 'ranges with such labels' "$(cat again)" "10.0.0.0-10.0.0.3${tab}-
10.0.0.4-10.0.0.4${tab}-10.0.0.9
10.0.0.5-10.0.0.6${tab}- x
::1-::1${tab}-- x - y
::2-::3${tab}-::4"
makes='a label that begins with "-" would make a range of the address; use --as ranges'
t '--as addresses cannot have them' 2 '' "v6kit: merge: 10.0.0.0: $makes" merge --labels --as addresses dashes
t '--as addresses of the other family' 2 '' "v6kit: merge: ::1: $makes" merge -6 --labels --as addresses dashes
printf '10.0.0.4 x-\n::1/128 -\n' >dashes
prints "10.0.0.4${tab}x-" merge -4 --labels --as addresses dashes
prints '10.0.0.4
::1' merge --as addresses dashes
# Of the same prefix the first label counts, and that is said.
printf '10.0.0.0/8 a\n' >one
printf '10.0.0.0/8 b\n10.0.0.0-10.255.255.255 a\n10.0.0.0/8\n::1 x\n::1 x\n' >two
t 'two labels' 0 "10.0.0.0/8${tab}a
::1/128${tab}x" 'v6kit: merge: several labels, of which the first counts: 10.0.0.0/8' merge --labels one two
usage 'merge: --labels goes with neither --max-len nor --entries; see v6kit merge --help' merge --labels --entries 3 one
usage 'merge: --labels goes with neither --max-len nor --entries; see v6kit merge --help' merge --labels --max-len 8 one
prints "10.0.0.0/9${tab}a
10.128.0.0/9${tab}a" merge --labels --min-len 9 one
# Labels may be any bytes, and many.
printf '10.0.0.0/8 \303\251\377\033\n' >bytes
"$V6KIT" merge --labels bytes >out
is 'the bytes of a label stay' "$(cksum <out)" "$(printf '10.0.0.0/8\t\303\251\377\033\n' | cksum)"
"$V6KIT" merge --labels --as json bytes >out
is 'in JSON too' "$(cat out)" "$(printf '[\n  {"prefix": "10.0.0.0/8", "label": "\303\251\357\277\275\\u001b", "label_hex": "c3a9ff1b"}\n]')"

done_testing
