#!/bin/sh
# mail: what other mail software takes. tests/mail/servers.t and daemons.t prove it on the real programs.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

v4=192.0.2.25
v6=2a00:a200:0:12::25
net4=192.0.2.0/24
net6=2a00:a200:0:12::/64
single='one address is expected, not a prefix or range'
mapped='a mapped address: give the IPv4 address'
multicast='a multicast address is neither listened on nor connected to'
broadcast='the broadcast address is neither listened on nor connected to'
link='a link-local address needs a zone, which cannot be written here: give a global address'
zone='no zone can be written here'
host='a host name, where an address is expected'

clients='postfix/mynetworks postfix/access exim/list nginx/allow haproxy/acl/a spamassassin opendkim'
listeners='exim/interfaces opensmtpd/listen dovecot/listen nginx/listen haproxy/bind'
others='postfix/relayhost postfix/bind haproxy/server/a'

# words COMMAND: the arguments, and in $nth the number of the first address.
words() {
	case $1 in
	*/a) nth=2 ;;
	*) nth=1 ;;
	esac
	echo "mail $1" | tr / ' '
}

# Lines of both families.
while IFS='	' read -r command operands want; do
	# shellcheck disable=SC2046,SC2086 # words
	prints "$(printf '%b' "$want")" mail $command $operands
done <<END
postfix mynetworks	$net4 $net6	mynetworks = $net4 [2a00:a200:0:12::]/64
postfix mynetworks	$v4 $v6	mynetworks = $v4 [$v6]
postfix mynetworks	::/0 0.0.0.0/0	mynetworks = [::]/0 0.0.0.0/0
postfix relayhost	$v6	relayhost = [$v6]
postfix relayhost	--port 587 $v6	relayhost = [$v6]:587
postfix relayhost	$v4	relayhost = $v4
postfix relayhost	--port 587 $v4	relayhost = $v4:587
postfix bind	$v6 $v4	smtp_bind_address6 = $v6\nsmtp_bind_address = $v4
exim list	$net4 $net6	<; $net4 ; $net6
exim list	::1	<; ::1
exim interfaces	$v4 $v6	local_interfaces = <; $v4 ; $v6
exim interfaces	:: 0.0.0.0	local_interfaces = <; ::0 ; 0.0.0.0
exim interfaces	fe80::1%eth0	local_interfaces = <; fe80::1%eth0
opensmtpd listen	$v4 $v6	listen on $v4\nlisten on $v6
opensmtpd listen	--port 587 $v4 $v6	listen on $v4 port 587\nlisten on $v6 port 587
dovecot listen	$v4 $v6	listen = $v4, $v6
nginx listen	$v4 $v6	listen $v4:25;\nlisten [$v6]:25;
nginx listen	--port 587 ::	listen [::]:587;
nginx allow	$net4 $net6 ::1	allow $net4;\nallow $net6;\nallow ::1;
haproxy bind	$v4 $v6	bind $v4:25\nbind [$v6]:25
haproxy bind	--port 65535 $v6	bind [$v6]:65535
haproxy acl	in $net4 $net6	acl in src $net4 $net6
haproxy acl	a-B_1.: ::1	acl a-B_1.: src ::1
haproxy server	mx $v6	server mx [$v6]:25
haproxy server	mx --port 587 $v4	server mx $v4:587
spamassassin	$net4 $net6 $v6	trusted_networks $net4 $net6 $v6
opendkim	$net4 2A00:A200:0:12:0:0:0:0/64	$net4\n$net6
opendkim	::192.0.2.1 ::/96 ::5	::192.0.2.1\n::/96\n::5
END

# Every way to write an address, from everywhere.
printf '# mine\n%s\r\n  [IPv6:2A00:A200:0:12::25]  # mx' "$v4" >"$tmp/list"
for command in $clients $listeners $others; do
	case $command in
	postfix/access) continue ;;
	postfix/relayhost | */server/a) family=-6 ;;
	*) family= ;;
	esac
	command=$(words "$command")
	# shellcheck disable=SC2086
	run $command $family "$v4" $v6
	is "$command: addresses as operands" "$status:$(cat "$tmp/err")" 0:
	cp "$tmp/out" "$tmp/want"
	# shellcheck disable=SC2086
	in=$tmp/list prints "$(cat "$tmp/want")" $command $family
	# shellcheck disable=SC2086
	in=$tmp/list prints "$(cat "$tmp/want")" $command $family -
	# shellcheck disable=SC2086
	prints "$(cat "$tmp/want")" $command $family -f "$tmp/list"
	# shellcheck disable=SC2086
	prints '' $command $family --output "$tmp/file" $v4 $v6
	is "$command --output" "$(whole "$tmp/file")" "$(whole "$tmp/want")"
	case $command in
	*' a') ;;
	*)
		# shellcheck disable=SC2086
		usage "$command: an address is missing; see v6kit $command --help" $command
		# shellcheck disable=SC2086
		usage "$command: an address is missing; see v6kit $command --help" $command -4 $v6
		;;
	esac
done

# Bad input prints nothing, and leaves the file.
echo before >"$tmp/file"
for command in $clients $listeners $others; do
	words "$command" >"$tmp/words"
	while IFS='	' read -r at text input; do
		# shellcheck disable=SC2046
		t "$(cat "$tmp/words") $input is refused" 2 '' "$(message "argument $nth" "$at" "$text" "$input")" \
			$(cat "$tmp/words") --output "$tmp/file" "$input"
	done <<END
1+10	$host	mx.example
1+0	empty, where an address is expected
9+3	leading zero in an IPv4 octet (octal to some programs)	192.0.2.025
1+1	unexpected character	/
1+23	a port does not belong here	[$v6]:25
END
done
for command in $clients; do
	words "$command" >"$tmp/words"
	while IFS='	' read -r at text input; do
		# shellcheck disable=SC2046
		t "$(cat "$tmp/words") $input is refused" 2 '' "$(message "argument $nth" "$at" "$text" "$input")" \
			$(cat "$tmp/words") --output "$tmp/file" "$input"
	done <<END
8+5	$zone	fe80::1%eth0
19+3	host bits set past the prefix length; did you mean $net6?	$v6/64
1+7	a prefix is expected, not a range	::1-::2
END
	# shellcheck disable=SC2046
	run $(cat "$tmp/words") ::ffff:192.0.2.0/120
	cp "$tmp/out" "$tmp/want"
	for same in $net4 "--mask $v4/24" '--netmask 192.0.2.0/255.255.255.0' \
		"$net4 $net4 ::ffff:192.0.2.0/120"; do
		# shellcheck disable=SC2046,SC2086
		prints "$(cat "$tmp/want")" $(cat "$tmp/words") $same
	done
done
for command in $listeners $others; do
	words "$command" >"$tmp/words"
	while IFS='	' read -r at text input; do
		# shellcheck disable=SC2046
		t "$(cat "$tmp/words") $input is refused" 2 '' "$(message "argument $nth" "$at" "$text" "$input")" \
			$(cat "$tmp/words") --output "$tmp/file" "$input"
	done <<END
1+21	$single	$v6/64
1+7	$single	::1-::2
1+17	$mapped	::ffff:192.0.2.25
1+7	$multicast	ff02::1
1+9	$multicast	224.0.0.1
1+15	$broadcast	255.255.255.255
END
	case $command in
	exim/*)
		refused 1+7 'a link-local address needs a zone, as in fe80::1%eth0' mail exim interfaces fe80::1
		continue
		;;
	esac
	while IFS='	' read -r at text input; do
		# shellcheck disable=SC2046
		t "$(cat "$tmp/words") $input is refused" 2 '' "$(message "argument $nth" "$at" "$text" "$input")" \
			$(cat "$tmp/words") "$input"
	done <<END
8+5	$zone	fe80::1%eth0
1+7	$link	fe80::1
END
done
is 'a run with bad input leaves the file' "$(cat "$tmp/file")" before
t 'one bad address: none is printed' 2 '' "$(message 'argument 2' 1+1 'unexpected character' /)
$(message 'argument 4' 1+10 "$host" mx.example)" mail postfix mynetworks "$net4" / "$net6" mx.example
printf '%s\n%s\n' "$net4" 10.0.0.1/8 >"$tmp/list"
t 'a bad line: nothing is printed' 2 '' "$(message "$tmp/list:2" 9+2 \
	'host bits set past the prefix length; did you mean 10.0.0.0/8?' 10.0.0.1/8)" mail exim list -f "$tmp/list"

# Where one address has room.
t 'a second relayhost' 2 '' "$(message 'argument 2' 1+3 'a second address, where one is expected' ::1)" \
	mail postfix relayhost $v6 ::1
t 'a second server' 2 '' "$(message 'argument 3' 1+3 'a second address, where one is expected' ::1)" \
	mail haproxy server a $v4 ::1
t 'a second source' 2 '' \
	"$(message 'argument 3' 1+3 'a second address of its family, where one is expected' ::1)" \
	mail postfix bind $v4 $v6 ::1
refused 1+2 'the unspecified address is no source' mail postfix bind ::
refused 1+7 'the unspecified address is no destination' mail postfix relayhost 0.0.0.0
for port in 0 65536; do
	for command in 'postfix relayhost' 'opensmtpd listen' 'nginx listen' 'haproxy bind' 'haproxy server a'; do
		# shellcheck disable=SC2086
		usage "mail ${command% a}: --port takes a number from 1 to 65535" mail $command --port $port ::1
	done
done

# Names of HAProxy's.
for command in acl server; do
	usage "mail haproxy $command: a name is missing; see v6kit mail haproxy $command --help" mail haproxy $command
	t "haproxy $command: a forgotten name" 2 '' \
		"$(message 'argument 1' 1+3 'an address, where the name is expected' ::1)" mail haproxy $command ::1 ::2
	while read -r at name; do
		t "haproxy $command \"$name\" is refused" 2 '' \
			"$(message 'argument 1' "$at" "not a name of HAProxy's" "$name")" mail haproxy $command "$name" ::1
	done <<-'END'
		2+1 a/b
		2+1 a b
		1+1 {
		3+1 or
		1+1
	END
done
i=1
while [ $i -le 70 ]; do
	echo "2001:db8:$i::/48"
	i=$((i + 1))
done >"$tmp/list"
is 'haproxy acl: no more than 32 prefixes a line' \
	"$("$V6KIT" mail haproxy acl a -f "$tmp/list" | awk '{ print $1, $2, $3, NF }')" \
	'acl a src 35
acl a src 35
acl a src 9'
is 'and all of them' "$("$V6KIT" mail haproxy acl a -f "$tmp/list" | tr ' ' '\n' | grep /)" "$(cat "$tmp/list")"

# Prefixes that hold all IPv4 clients.
all='all IPv4 clients would match too, as mapped addresses: give smaller prefixes, such as 2000::/3'
t 'haproxy acl ::/0' 2 '' "$(message 'argument 2' 1+4 "$all" ::/0)" mail haproxy acl a ::/0
refused 1+4 "$all" mail spamassassin ::/0
refused 1+5 "$all" mail spamassassin ::/80
prints 'trusted_networks 0.0.0.0/0' mail spamassassin ::ffff:0:0/96
prints 'trusted_networks ::/96' mail spamassassin ::/96
prints 'trusted_networks 2000::/3' mail spamassassin 2000::/3

# Keys of hashed maps: compressed, cut at colons.
while IFS='	' read -r prefix keys; do
	prints "$(printf '%s' "$keys" | tr ' ' '\n' | sed 's/$/	REJECT/')" mail postfix access "$prefix"
done <<'END'
2a00:a200::/32	2a00:a200
2a00:a200::/48	2a00:a200:0 2a00:a200:
2a00:a200::/47	2a00:a200:0 2a00:a200: 2a00:a200:1
2a00:a200:1::/48	2a00:a200:1
2a00:a200::/64	2a00:a200:0:0 2a00:a200:
2a00:a200::/63	2a00:a200:0:0 2a00:a200: 2a00:a200:0:1
2a00:a200:0:12::/64	2a00:a200:0:12
2a00:a200:0:12::/63	2a00:a200:0:12 2a00:a200:0:13
2a00:a200:1::/64	2a00:a200:1:0 2a00:a200:1:
2a00:a200:1::/80	2a00:a200:1:
1:0:0:2::/112	1:0:0:2:
2a00:0:1:0:1::/80	2a00:0:1:0:1
1:2:3:4:5:6:7:0/112	1:2:3:4:5:6:7
1:2:3:4:5:6:0:0/112	1:2:3:4:5:6:0 1:2:3:4:5:6:
1:2:3:4:5:6:0:0/111	1:2:3:4:5:6:0 1:2:3:4:5:6: 1:2:3:4:5:6:1
2a00::/16	2a00
::/32	0:0 :
2A00:A200:0:12:1:2:3:25	2a00:a200:0:12:1:2:3:25
2001:db8:0:0:1:2:3:4	2001:db8::1:2:3:4
2001:db8::	2001:db8::
::	::
::192.0.2.1	::192.0.2.1
::192.0.2.0/127	::192.0.2.0 ::192.0.2.1
2001:db8:1:2:3:4:5:fffe/127	2001:db8:1:2:3:4:5:fffe 2001:db8:1:2:3:4:5:ffff
192.0.2.0/24	192.0.2
192.0.2.25	192.0.2.25
10.0.0.0/7	10 11
::ffff:192.0.2.0/119	192.0.2 192.0.3
END
no_keys="no keys of a hashed map match this prefix alone, since Postfix cuts the client's compressed text at its colons; --cidr writes a cidr: table"
for prefix in 2001:db8:0:0:1::/80 2001:db8::/80 2001:db8::/79 ::/48 ::fffe:0:0/95 2001:0:0:2::/63 2001:0:0:1::/64 \
	2001:db8::/96 1:0:0:2:3::/112 ::/0 ::/16 64::/16 255::/16 de::/16 a000::/3 2001:db8::/127; do
	refused 1+${#prefix} "$no_keys" mail postfix access "$prefix"
	prints "$prefix	REJECT" mail postfix access --cidr "$prefix"
done
for address in $v6 ::1; do
	t "$address has a key that others have too" 0 "$address	REJECT" \
		"v6kit: argument 1:1: warning: Postfix finds this key for longer addresses too, such as $address:1, since it cuts the client's text at its colons; --cidr is exact" \
		mail postfix access "$address"
	prints "$address	REJECT" mail postfix access --cidr "$address"
done
t 'keys that several prefixes have are printed once' 0 '2001:db8:0	OK
2001:db8:	OK
2001:db8:0:0	OK' '' mail postfix access --value OK 2001:db8::/48 2001:db8::/64
prints '192.0.2.0/24	550 no thanks
2a00:a200::/33	550 no thanks' mail postfix access --cidr --value '550 no thanks' 192.0.2.0/24 2a00:a200::/33
usage 'mail postfix access: 8192 keys are more than --max 4096; nothing is printed' mail postfix access 2000::/3
usage 'mail postfix access: 3 keys are more than --max 2; nothing is printed' \
	mail postfix access --max 2 2001:db8::/48 2001:db9::/32
is 'a /3 with room' "$("$V6KIT" mail postfix access --max 8192 2000::/3 | sed -n '1,2p;$p;$=' | tr '\n\t' ',/')" \
	'2000/REJECT,2001/REJECT,3fff/REJECT,8192,'
usage 'mail postfix access: --value takes one line of text that is not empty' mail postfix access --value '' 192.0.2.1
usage 'mail postfix access: --max counts keys, which --cidr does not write' mail postfix access --cidr --max 9 192.0.2.1

# dnsbl: the zone is the last operand, however many addresses there are.
name4=25.2.0.192
name6=5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.1.0.0.0.0.0.0.0.0.2.a.0.0.a.2
prints "$name6.dnsbl.example
$name4.dnsbl.example" mail dnsbl $v6 $v4 dnsbl.example
prints "$name4.dnsbl.example" mail dnsbl ::ffff:$v4 dnsbl.example
prints "$name4.a" mail dnsbl -4 $v6 $v4 a
prints "$name6.a" mail dnsbl -6 "[IPv6:$v6]" $v4 a
printf '%s\n# x\n%s\r\n' "$v6" "$v4" >"$tmp/list"
in=$tmp/list prints "$name6.a
$name4.a" mail dnsbl a
prints "$name6.a
$name4.a" mail dnsbl -f "$tmp/list" a
usage 'mail dnsbl: an operand is missing; see v6kit mail dnsbl --help' mail dnsbl
usage 'mail dnsbl: an address is missing; see v6kit mail dnsbl --help' mail dnsbl a
usage 'mail dnsbl: an address is missing; see v6kit mail dnsbl --help' mail dnsbl -4 $v6 a
t 'mail dnsbl: a forgotten zone' 2 '' \
	"$(message 'argument 2' 1+10 'an address, where the zone is expected' $v4)" mail dnsbl $v6 $v4
t 'mail dnsbl: standard input is not read for it' 2 '' \
	"$(message 'argument 1' 1+10 'an address, where the zone is expected' $v4)" mail dnsbl $v4
t 'mail dnsbl: not a zone' 2 '' "$(message 'argument 2' 3+1 'not the name of a DNS zone' a..b)" \
	mail dnsbl $v6 a..b
t 'mail dnsbl: a prefix' 2 '' "$(message 'argument 1' 1+21 "$single" $v6/64)" mail dnsbl $v6/64 a
t 'mail dnsbl: a host name' 2 '' "$(message 'argument 1' 1+10 "$host" mx.example)" mail dnsbl mx.example a
t 'mail dnsbl: a zone' 2 '' "$(message 'argument 1' 8+5 'a DNS name has no room for a zone' fe80::1%eth0)" \
	mail dnsbl fe80::1%eth0 a
done_testing
