#!/bin/sh
# sendmail options --check beside sendmail itself: where it says ok, these sockets listen and no others;
# where it does not, sendmail fails.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/mail/lib.sh
. "${srcdir:-.}/tests/mail/lib.sh"

need_sendmail
make_namespaces

# kernel NAME VALUE: a switch of the mail host.
kernel() {
	ip netns exec "$ns_a" sh -c "echo $2 >/proc/sys/net/$1"
}

# The sockets that --check expects, as ss shows them.
expected() {
	awk -v only="$(ip netns exec "$ns_a" cat /proc/sys/net/ipv6/bindv6only)" '
		{ address = index($1, ":") ? "[" $1 "]" : $1 }
		$1 == "::" && only == 0 { address = "*" }
		{ print address ":" $2 }' "$tmp/checked" | sort
}

# verdicts VERDICT... -- OPTIONS...: of these daemon options, as .mc and as .cf.
verdicts() {
	: >"$tmp/want"
	while [ "$1" != -- ]; do
		printf '%s\n' "$1" >>"$tmp/want"
		shift
	done
	shift
	# shellcheck disable=SC2016 # m4's quotes
	printf 'DAEMON_OPTIONS(`%s'\'')dnl\n' "$@" | make_cf daemons
	for verdicts_file in daemons.mc daemons.cf; do
		inside "$ns_a" "$V6KIT" sendmail options --check "$tmp/$verdicts_file" \
			-F '%{address} %{port} %{verdict}' </dev/null >"$tmp/checked" 2>"$tmp/err"
		verdicts_status=$?
		sed 's/[^ ]* [^ ]* //; s/ of line [0-9]*//' "$tmp/checked" >"$tmp/verdicts"
		is "$verdicts_file: $*" "$(cat "$tmp/verdicts" "$tmp/err")" "$(cat "$tmp/want")"
	done
}

# check VERDICT... -- OPTIONS...: that, and that sendmail agrees.
check() {
	verdicts "$@"
	while [ "$1" != -- ]; do
		shift
	done
	shift
	if [ "$verdicts_status" -eq 0 ]; then
		# shellcheck disable=SC2046 # words
		listens "sendmail takes: $*" daemons $(expected)
		return
	fi
	start daemons
	if wait_for 10 logged 'cannot (bind|listen|open)|host ".*" unknown'; then
		ok "sendmail fails: $*"
	else
		not_ok "sendmail fails: $*" "$(sockets)
$(said)"
	fi
	stop
}

absent='not an address of this host (Cannot assign requested address)'
clash='clashes with a (Address already in use)'
check ok ok -- "Name=a,Family=inet,A=$v4" "Name=b,Family=inet6,A=IPv6:$v6"
check ok -- 'Name=a,Family=inet6'
check ok ok ok -- 'Name=a,Port=2525' "Name=b,Port=26,A=$v4" 'Name=c,Family=inet6,A=::1'
check ok ok -- 'Name=a,A=127.0.0.1' 'Name=b,A=127.3.4.5'
check ok -- "Name=a,Family=inet6,A=::ffff:$v4"
check "$absent" -- 'Name=a,A=192.0.2.26'
check ok "$absent" -- "Name=a,A=$v4" 'Name=b,Family=inet6,A=2a00:a200:0:12::26'
check ok "$clash" -- "Name=a,A=$v4" "Name=b,Family=inet6,A=::ffff:$v4"
check ok "$clash" -- 'Name=a,Family=inet6' "Name=b,A=$v4"
check ok "$clash" -- 'Name=a' 'Name=b,Family=inet6'
check ok "$clash" -- 'Name=a' "Name=b,A=$v4,Port=smtp"
check ok "$clash" -- "Name=a,Family=inet6,A=$v6" 'Name=b,Family=inet6'
check 'a link-local address needs a zone, which sendmail cannot take: give a global address' -- \
	'Name=a,Family=inet6,A=fe80::1'

# Names, as the hosts file has them, and nobody else.
printf 'hosts: files\n' >"$ns_etc/nsswitch.conf"
hosts '::1 ip6-localhost' "$v4 four.example" "$v6 six.example" '::ffff:192.0.2.25 mapped.example' \
	'2a00:a200:0:12::26 else.example' '127.0.1.1 installed.example' "$v4 two.example" '192.0.2.26 two.example'
# lint FINDING HOST [FAMILY]: what lint --resolve has to say of an inet6 daemon on HOST, or one of FAMILY, the
# usual warning aside.
lint() {
	printf 'O DaemonPortOptions=Name=a,Family=%s,A=%s\n' "${3:-inet6}" "$2" >"$tmp/name.cf"
	inside "$ns_a" "$V6KIT" sendmail lint --resolve -F '%{severity} %{rule} %{text}' "$tmp/name.cf" \
		</dev/null >"$tmp/found" 2>&1
	is "lint --resolve: $2" "$(grep -v 'sendmail takes the first' "$tmp/found")" "$1"
}
lint '' six.example
lint '' ip6-localhost
lint 'error SM01 four.example AAAA: no such record: sendmail ends at once' four.example
lint 'error SM01 none.example AAAA: no such record: sendmail ends at once' none.example
lint "error SM01 mapped.example AAAA ::ffff:$v4: a mapped address: the inet6 daemon would collide with the inet one (Address already in use)" \
	mapped.example
lint '' four.example inet
lint 'error SM01 six.example A: no such record: sendmail ends at once' six.example inet
lint 'error SM01 installed.example A 127.0.1.1: a loopback address: the daemon would not be reached from outside, or clash with the loopback daemon' \
	installed.example inet
lint 'error SM01 two.example A 192.0.2.26: more than one address of the family: sendmail takes whichever comes first' \
	two.example inet
check ok ok -- 'Name=a,A=four.example' 'Name=b,Family=inet6,A=six.example'
check 'no AAAA record: the host is unknown' -- 'Name=a,Family=inet6,A=four.example'
check ok -- 'Name=a,Family=inet6,A=mapped.example'
check ok "$clash" -- 'Name=a,A=four.example' 'Name=b,Family=inet6,A=mapped.example'
check "$absent" -- 'Name=a,Family=inet6,A=else.example'

# What the kernel may be told.
kernel ipv6/bindv6only 1
check ok ok -- 'Name=a' 'Name=b,Family=inet6'
check 'a mapped address, which net.ipv6.bindv6only forbids (Invalid argument)' -- \
	"Name=a,Family=inet6,A=::ffff:$v4"
kernel ipv6/bindv6only 0
kernel ipv4/ip_nonlocal_bind 1
check ok "$absent" -- 'Name=a,A=192.0.2.26' 'Name=b,Family=inet6,A=2a00:a200:0:12::26'
verdicts ok -- 'Name=a,Family=inet6,A=::ffff:192.0.2.26'
kernel ipv6/ip_nonlocal_bind 1
verdicts ok ok -- 'Name=a,A=192.0.2.26' 'Name=b,Family=inet6,A=2a00:a200:0:12::26'

done_testing
