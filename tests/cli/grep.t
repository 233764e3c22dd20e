#!/bin/sh
# grep: what matches, and what is printed of it. Lines around it are grep-lines.t, files grep-files.t.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

# found TEXT ARGS...: grep ARGS selects the one line that TEXT is, and missed does not.
found() {
	found_text=$1
	shift
	printf '%s\n' "$found_text" >"$tmp/text"
	in=$tmp/text t "grep $*: found in: $found_text" 0 "$found_text" '' grep "$@"
}
missed() {
	missed_text=$1
	shift
	printf '%s\n' "$missed_text" >"$tmp/text"
	in=$tmp/text t "grep $*: not in: $missed_text" 1 '' '' grep "$@"
}

# gives OUT TEXT ARGS...: grep ARGS prints OUT of TEXT.
gives() {
	gives_out=$1 gives_text=$2
	shift 2
	printf '%s\n' "$gives_text" >"$tmp/text"
	in=$tmp/text t "grep $*: $gives_text" 0 "$gives_out" '' grep "$@"
}

# What others get wrong.
ours=2a00:a200::/32
found 'relay=mx.example [IPv6:2a00:a200::26], dsn=2.0.0' $ours
found 'It came from 2a00:a200::1.' $ours
found 'spf1 +ip4:192.0.2.1 +ip6:2606:4700::1 -all' 2606:4700::/32
found 'spf1 +ip4:192.0.2.1 +ip6:2606:4700::1 -all' 192.0.2.0/24
missed 'deadbeef:2a00:a200::1' $ours
missed '12a00:a200::1' $ours
missed '999.1.1.1 99.1.1.1.5 v99.1.1.1' 99.1.1.1
gives 2001:db8::5 'by [IPv6:2001:db8::5]' -o 2001:db8::/32
printf '2a00:a200::3' >"$tmp/text"
in=$tmp/text t 'grepcidr: a last line without a newline' 0 2a00:a200::3 '' grep $ours
in=$tmp/text t 'the same, -v' 1 '' '' grep -v $ours
in=$tmp/text t 'the same, another' 0 2a00:a200::3 '' grep -v ::1
printf '2a00:a200::2\n2a00:a200::4\n2a00:a200::0\n' >"$tmp/text"
in=$tmp/text t 'grepcidr: a range' 0 2a00:a200::2 '' grep 2a00:a200::1-2a00:a200::3
t 'grepcidr: the pattern 2a00:a200::/33x' 2 '' "$(message 'argument 1' 15+1 \
	'a prefix length is a decimal number without sign or leading zero' 2a00:a200::/33x)" grep 2a00:a200::/33x "$tmp/text"
t 'grepcidr: status 1 for an invalid pattern' 2 '' "$(message 'argument 1' 1+7 \
	'neither a prefix nor a range; a file of them is @FILE' pattern)" grep pattern "$tmp/text"
found 'a ::ffff:c000:201' 192.0.2.0/24
missed '010.1.2.3 is another to each' 10.0.0.0/8,8.0.0.0/8
found '10.1.2.3/' 10.0.0.0/8

# Sets.
for set in 2001:db8::/32 2001:DB8:0::/32 ::/0 2001:db8::1 2001:db8::-2001:db8::5 10.0.0.0/8,2001:db8::/64 \
	'2001:db8:: - 2001:db8::5' 8.b.d.0.1.0.0.2.ip6.arpa '[2001:db8::1]' IPv6:2001:db8::1; do
	found 'x 2001:DB8::1 y' "$set"
	missed 'x 2001:db9::1 y' -6 "$(echo "$set" | sed 's,^::/0$,::/4,')"
done
host='host bits set past the prefix length; did you mean'
t 'host bits' 2 '' "$(message 'argument 1' 13+3 "$host 2a00:a200::/33?" 2a00:a200::1/33)" grep 2a00:a200::1/33 "$tmp/text"
found 2a00:a200:1::5 --mask 2a00:a200::1/33
t 'host bits of -e' 2 '' "$(message -e 13+3 "$host 2a00:a200::/33?" 2a00:a200::1/33)" \
	grep -e ::1 -e 2a00:a200::1/33 "$tmp/text"
found 10.1.2.3 --netmask 10.0.0.0/255.0.0.0
usage 'grep: the SET is missing; see v6kit grep --help' grep
usage 'grep: the SET is missing; see v6kit grep --help' grep -n
usage 'grep: the SET is missing; see v6kit grep --help' grep --include '*'
t 'an empty SET is no set' 2 '' "$(message 'argument 1' 1+0 'empty, where an address is expected' '')" grep '' "$tmp/text"

printf '# ours\r\n\n2a00:a200::/48 head office # Rome\n2a00:a200::4\r\n10.0.0.0/8\tinside' >"$tmp/set"
cat >"$tmp/log" <<'EOF'
one 2a00:a200:0:1::1
two 2a00:a200::4, and 2A00:A200:0:0::5
three 10.9.8.7
four ::ffff:10.9.8.7
five 192.0.2.1
EOF
for how in "@$tmp/set" "-e@$tmp/set" "-f$tmp/set" "--file=$tmp/set" "--list @$tmp/set"; do
	# shellcheck disable=SC2086 # --list and its value
	t "$how" 0 "$(head -n 4 "$tmp/log")" '' grep $how "$tmp/log"
done
in=$tmp/set t '@- is a set' 0 "$(head -n 4 "$tmp/log")" '' grep @- "$tmp/log"
in=$tmp/set t '-f - is a set' 0 "$(head -n 4 "$tmp/log")" '' grep -f - "$tmp/log"
both='grep: standard input cannot be both the set and the text'
in=$tmp/set usage "$both" grep @-
in=$tmp/set usage "$both" grep -f - -
in=$tmp/set usage "$both" grep -f - "$tmp/log" -
in=$tmp/set usage 'grep: standard input cannot be two sets' grep -f - -e @- "$tmp/log"
echo 10.0.0.0/8 >"$tmp/other"
t 'several -e and -f are one set' 0 "$(sed 1,2d "$tmp/log")" '' \
	grep -e 192.0.2.0/24 -e ::1 "$tmp/log" -f "$tmp/other"
t 'with -e the first operand is a file' 2 "$tmp/log:three 10.9.8.7
$tmp/log:four ::ffff:10.9.8.7" 'v6kit: 10.0.0.0/8: No such file or directory' grep -e 10.0.0.0/8 10.0.0.0/8 "$tmp/log"
t 'a set that is not there' 2 '' "v6kit: $tmp/none: No such file or directory" grep -f "$tmp/none" "$tmp/log"
: >"$tmp/empty"
t 'an empty set matches nothing' 1 '' '' grep -f "$tmp/empty" "$tmp/log"
t 'an empty set, -v' 0 "$(cat "$tmp/log")" '' grep -v -f "$tmp/empty" "$tmp/log"
printf '::1\n::x\n10.0.0.1/8\n' >"$tmp/bad"
bad="v6kit: $tmp/bad:2:3: unexpected character
    ::x
      ^
v6kit: $tmp/bad:3:9: $host 10.0.0.0/8?
    10.0.0.1/8
            ^~"
t 'what is bad in a set is named, and nothing printed' 2 '' "$bad" grep -f "$tmp/bad" -e ::/0 "$tmp/log"
t '--on-error=skip goes on' 2 "$(head -n 4 "$tmp/log" | grep ":.*:")" "$bad" \
	grep --on-error=skip -f "$tmp/bad" -e ::/0 "$tmp/log"
t '--on-error=keep does not' 2 '' "$bad" grep --on-error=keep -f "$tmp/bad" -e ::/0 "$tmp/log"

# Families.
found '::ffff:192.0.2.1' 192.0.2.0/24
found 'x ::FFFF:C000:0201 y' 192.0.2.0/24
found '192.0.2.1' ::ffff:192.0.2.0/120
missed '192.0.2.1' ::/0
missed '::ffff:192.0.2.1' --exact-family 192.0.2.0/24
missed '192.0.2.1' --exact-family ::ffff:192.0.2.0/120
found '::ffff:192.0.2.1' --exact-family ::ffff:192.0.2.0/120
gives 192.0.2.1 '192.0.2.1 2001:db8::1' -4 -o 0.0.0.0/0,::/0
gives 2001:db8::1 '192.0.2.1 2001:db8::1' -6 -o 0.0.0.0/0,::/0
usage 'grep: -4 and -6 exclude each other' grep -46 ::/0

# Prefixes and ranges in the text.
found 'route 2001:db8::/33 via' 2001:db8::/32
missed 'route 2001:db8::/31 via' 2001:db8::/32
found 'route 2001:db8::/31 via' --overlap 2001:db8::/32
missed 'route 2001:dba::/31 via' --overlap 2001:db8::/32
found 'inet6 2001:db8::1/31 scope global' 2001:db8::/32
found 'pool 192.0.2.5-192.0.2.9;' 192.0.2.0/28
missed 'pool 192.0.2.5-192.0.2.19;' 192.0.2.0/28
found 'pool 192.0.2.5-192.0.2.19;' --overlap 192.0.2.0/28
found 'route 10.0.0.0/8' 10.0.0.0/9,10.128.0.0/9
gives '2001:db8::/33
2001:db8::1/31
192.0.2.5-192.0.2.9' '2001:db8::/33 2001:db8::1/31 192.0.2.5-192.0.2.9.' -o 2001:db8::/32,192.0.2.0/28

# Any address, names, tcpdump.
gives '10.9.8.7
::1
2001:db8::/32
10.0.0.1-10.0.0.9' '10.9.8.7 (::1), 2001:db8::/32 10.0.0.1-10.0.0.9 12:34:56 00:1b:21:3a:4f:5c 1.2.3 v1.2.3.4' --any-address -o
missed '12:34:56 00:1b:21:3a:4f:5c std::vector 1.2.3' --any-address
usage 'grep: --any-address goes with no SET' grep --any-address -e ::1
usage 'grep: -p goes with a SET' grep --any-address -p
t '--any-address: all operands are files' 2 '' 'v6kit: ::1: No such file or directory' grep --any-address ::1
name=1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa
missed "$name PTR" 2001:db8::/32
found "$name PTR" --names 2001:db8::/32
gives "$name	2001:db8::1" "$name" --names --format '%{input}\t%{address}' ::/0
missed 'IP 192.0.2.1.443 > 10.0.0.1.5: Flags' 192.0.2.0/24
gives '192.0.2.1
10.0.0.1' 'IP 192.0.2.1.443 > 10.0.0.1.5: Flags' --tcpdump -o 0.0.0.0/0
gives '2001:db8::1' 'IP6 2001:db8::1.443 > x' -o 2001:db8::/32

# Logs of many programs, and what is in them. Of that, what some networks hold, as the command in says.
some=2001:db8::/34,192.0.2.0/25,198.51.100.0/26,fe80::/10
logs=$(cd "$srcdir/tests/vectors/logs" && pwd)
for log in "$logs"/*.log; do
	program=${log##*/}
	program=${program%.log}
	hits=${log%.log}.hits
	case $program in
	bind | zone) how=--names ;;
	tcpdump) how=--tcpdump ;;
	*) how= ;;
	esac
	t "what is in a log of $program" 0 "$(cat "$hits")" '' grep --any-address -on $how "$log"
	t "the lines that hold it" 0 "$(cut -d : -f 1 "$hits" | uniq | sed 's/$/p/' | sed -n -f - "$log")" '' \
		grep --any-address $how "$log"
	# One with a length is the address to grep, the network to in.
	sed '/\//d' "$hits" >"$tmp/hits"
	cut -d : -f 2- "$tmp/hits" | "$V6KIT" in -F '%{member}' "$some" - | paste -d : - "$tmp/hits" |
		sed -n 's/^true://p' >"$tmp/want"
	run grep -on $how "$some" "$log"
	is "what is there of some networks" "$(sed '/\//d' "$tmp/out")" "$(cat "$tmp/want")"
done

# The whole line.
for line in 2001:db8::1 IPv6:2001:db8::1 '[2001:db8::1]:25' '[IPv6:2001:db8::1]' 2001:db8::/48 2001:db8::1/32 \
	2001:db8::1-2001:db8::2 fe80::1%eth0 10.1.2.3; do
	found "$line" -x ::/0,10.0.0.0/8
	missed " $line" -x ::/0,10.0.0.0/8
	missed "$line;" -x ::/0,10.0.0.0/8
	missed "$line $line" -x ::/0,10.0.0.0/8
done
missed '::1 - ::2' -x ::/0
printf '::1\r\n::1 \r\n' >"$tmp/text"
in=$tmp/text t '-x and CRLF' 0 "$(printf '::1\r')" '' grep -x ::/0
in=$tmp/text t '-x and CRLF, -v' 0 "$(printf '::1 \r')" '' grep -vx ::/0

# What is printed.
t -o 0 '2a00:a200:0:1::1
2a00:a200::4
2A00:A200:0:0::5
10.9.8.7
::ffff:10.9.8.7' '' grep -o -f "$tmp/set" "$tmp/log"
t '-O canonical' 0 '2a00:a200:0:1::1
2a00:a200::4
2a00:a200::5' '' grep -O canonical $ours "$tmp/log"
t '-O full, -n' 0 '1:2a00:a200:0000:0001:0000:0000:0000:0001
2:2a00:a200:0000:0000:0000:0000:0000:0004
2:2a00:a200:0000:0000:0000:0000:0000:0005' '' grep -nO full $ours "$tmp/log"
t '--style sendmail' 0 'IPv6:2a00:a200:0:1::1
IPv6:2a00:a200::4
IPv6:2a00:a200::5' '' grep --style sendmail $ours "$tmp/log"
gives '2001:db8::/48
2001:db8::1/32
::1-::5
fe80::1%eth0' '2001:DB8:0::/48 2001:DB8:0::1/32, ::1-0::5 [fe80:0::1%25eth0]:25' --style=canonical ::/0
printf 'a\nb ::1, 2001:db8::/32 ::2\n' >"$tmp/text"
carry="v6kit: $tmp/text:2:8: style uri cannot carry a prefix length
    2001:db8::/32
    ^~~~~~~~~~~~~"
t 'a style that cannot' 2 '[::1]
[::2]' "$carry" grep -O uri ::/0 "$tmp/text"
t 'a style that cannot, stop' 2 '[::1]' "$carry" grep --on-error=stop -O uri ::/0 "$tmp/text"
t 'a style that cannot, keep' 2 '[::1]
2001:db8::/32
[::2]' "$carry" grep --on-error=keep -O uri ::/0 "$tmp/text"
t '-p' 0 '2a00:a200:0:1::1	2a00:a200::/48	head office
2a00:a200::4	2a00:a200::4/128	
2a00:a200::5	2a00:a200::/48	head office
10.9.8.7	10.0.0.0/8	inside
::ffff:10.9.8.7	10.0.0.0/8	inside' '' grep -p -f "$tmp/set" "$tmp/log"
t '-p -n -H -b' 0 "$tmp/log:3:66:10.9.8.7	10.0.0.0/9	
$tmp/log:4:80:::ffff:10.9.8.7	10.0.0.0/9	" '' grep -pnHb -e 10.0.0.0/9 "$tmp/log"
t '-p -O full' 0 '2a00:a200:0000:0000:0000:0000:0000:0004	2a00:a200::4/128	' '' \
	grep -p -O full 2a00:a200::4 "$tmp/log"
printf '192.0.0.0/16 v4\n::ffff:0:0/96 mapped\n' >"$tmp/both"
gives '192.0.2.1	192.0.0.0/16	v4
::ffff:192.0.2.1	192.0.0.0/16	v4
10.0.0.1	::ffff:0.0.0.0/96	mapped' '192.0.2.1 ::ffff:192.0.2.1 10.0.0.1' -p -f "$tmp/both"
printf '10.0.0.0/8 a\n10.0.0.0/8 b\n10.0.0.0/9 c\n10.128.0.0/9 d\n' >"$tmp/twice"
gives '10.0.0.1	10.0.0.0/9	c
10.0.0.0/8	10.0.0.0/8	a' '10.0.0.1 10.0.0.0/8' -p -f "$tmp/twice"
gives '10.0.0.0/8	10.0.0.0/9	
10.0.0.0/8	10.128.0.0/9	' 'all of 10.0.0.0/8' -p 10.0.0.0/9,10.128.0.0/9
gives '10.0.0.0/8	10.3.0.0/16	' 'all of 10.0.0.0/8' -p --overlap 10.3.0.0/16,11.0.0.0/8
t '-c' 0 3 '' grep -c ::/0 "$tmp/log"
t '-q' 0 '' '' grep -q ::/0 "$tmp/log"
t '-q, nothing' 1 '' '' grep -q ::1 "$tmp/log"
t '-q, though a file is not there' 0 '' "v6kit: $tmp/none: No such file or directory" grep -q ::/0 "$tmp/none" "$tmp/log"
t '-q, though a file behind is not there' 0 '' '' grep -q ::/0 "$tmp/log" "$tmp/none"
t '-i and -a change nothing' 0 'two 2a00:a200::4, and 2A00:A200:0:0::5' '' grep -ia 2A00:A200::4 "$tmp/log"
t 'options may follow operands' 0 '3:three 10.9.8.7' '' grep 10.9.8.7 "$tmp/log" -n --exact-family
in=$tmp/log t 'the name of standard input' 0 '(standard input):5' '' grep -cH --any-address
in=$tmp/log t '--label' 0 "here:5
$tmp/log:5" '' grep -c --any-address --label here - "$tmp/log"

# Colours: never in a pipe unless asked for.
esc=$(printf '\033')
red="${esc}[01;31m${esc}[K" off="${esc}[m${esc}[K"
printf 'a ::1 b ::2.\n' >"$tmp/text"
in=$tmp/text t 'no colour in a pipe' 0 'a ::1 b ::2.' '' grep ::/0
in=$tmp/text t '--color=auto' 0 'a ::1 b ::2.' '' grep --color=auto ::/0
in=$tmp/text t '--color' 0 "a $red::1$off b $red::2$off." '' grep --color ::/0
in=$tmp/text t '--color is not the first operand' 0 "a $red::1$off b ::2." '' grep --color ::1
in=$tmp/text t '--color -O' 0 "${red}[::1]$off" '' grep --color=always -O uri ::1
in=$tmp/text t '--color -p' 0 "$red::1$off	::/127	" '' grep --color=always -p ::/127
usage 'grep: --color takes always, never or auto, not "red"' grep --color=red ::1
usage 'grep: no value belongs to --only-matching; see v6kit grep --help' grep --only-matching=1 ::1
usage 'grep: --max-count takes a decimal number, not "x"' grep -m x ::1
usage 'grep: unknown option -F; see v6kit grep --help' grep -F '%{input}' ::1
usage 'grep: unknown option -0; see v6kit grep --help' grep -0 ::1

# Records.
{ echo && sed -n 2,3p "$tmp/log"; } >"$tmp/three"
t '-j' 0 '{"input":"2a00:a200::4","file":"'"$tmp/three"'","line":2,"column":5,"text":"two 2a00:a200::4, and 2A00:A200:0:0::5","family":"ipv6","address":"2a00:a200::4","prefix":"2a00:a200::4/128"}
{"input":"2A00:A200:0:0::5","file":"'"$tmp/three"'","line":2,"column":23,"text":"two 2a00:a200::4, and 2A00:A200:0:0::5","family":"ipv6","address":"2a00:a200::5","prefix":"2a00:a200::/48","label":"head office"}
{"input":"10.9.8.7","file":"'"$tmp/three"'","line":3,"column":7,"text":"three 10.9.8.7","family":"ipv4","address":"10.9.8.7","prefix":"10.9.8.7/32"}' \
	'' grep -j -e 2a00:a200::4,10.9.8.7 --exact-family -f "$tmp/set" "$tmp/three"
printf 'a "\377" ::1/64\n\n2001:db8::/48\n' >"$tmp/text"
in=$tmp/text t '--csv' 0 'input,file,line,column,text,family,address,prefix,label,error
::1/64,(standard input),1,7,"a ""'"$(printf '\377')"'"" ::1/64",ipv6,::1/64,::/0,,
2001:db8::/48,(standard input),3,1,2001:db8::/48,ipv6,2001:db8::/48,::/0,,' '' grep --csv ::/0
in=$tmp/text t '--format, any address' 0 '::1/64 1:7 ::1/64
2001:db8::/48 3:1 2001:db8::/48' '' grep --any-address --format '%{input} %{line}:%{column} %{address}%{prefix}'
in=$tmp/text t '-j -v' 0 '{"file":"x","line":2,"text":""}' '' grep -j -v --label x ::/0
in=$tmp/text t '-j -m' 0 '{"input":"::1/64","file":"(standard input)","line":1,"column":7,"text":"a \"�\" ::1/64","text_hex":"612022ff22203a3a312f3634","family":"ipv6","address":"::1/64","prefix":"::/0"}' '' \
	grep -j -m1 ::/0
t '--csv without a match' 1 'input,file,line,column,text,family,address,prefix,label,error' '' grep --csv ::1 "$tmp/log"
t '-q --json' 0 '' '' grep -q -j ::/0 "$tmp/log"
records='grep: records go with none of -c, -l, -L, -A, -B and -C'
usage "$records" grep -jc ::1
usage "$records" grep --csv -l ::1
usage "$records" grep --format '%{input}' -A1 ::1
usage 'grep: --json and --csv exclude each other' grep -j --csv ::1

done_testing
