#!/bin/sh
# options --resolve refuses every name that sendmail would stumble on, and says which record is at
# fault. The names are looked up by the C library itself, in a namespace with a hosts file and a name
# server of its own: what becomes of a mapped address or of ::1 in a hosts file is glibc's doing.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/mail/lib.sh
. "${srcdir:-.}/tests/mail/lib.sh"

make_namespaces
in_ns=$ns_a
host=mx.example
mapped="::ffff:$v4|::ffff:c000:219"

resolve() {
	inside "$ns_a" timeout 30 "$V6KIT" sendmail options "$@" </dev/null >"$tmp/out" 2>"$tmp/err"
	status=$?
}

cat >"$tmp/want" <<'EOF'
DAEMON_OPTIONS(`Name=MTA-v4,Family=inet,A=192.0.2.25,M=f')dnl
DAEMON_OPTIONS(`Name=MTA-v6,Family=inet6,A=IPv6:2a00:a200:0:12::25,M=f')dnl
CLIENT_OPTIONS(`Name=MSA-v4,Family=inet,A=192.0.2.25,M=h')dnl
CLIENT_OPTIONS(`Name=MSA-v6,Family=inet6,A=IPv6:2a00:a200:0:12::25,M=h')dnl
EOF

# good DESCRIPTION: the name has an A and an AAAA, and nothing is to be said.
good() {
	resolve -M f -C h --resolve "$host"
	is "$1" "$status
$(cat "$tmp/out" "$tmp/err")" "0
$(cat "$tmp/want")"
}

# bad DESCRIPTION PATTERN...: refused, for this reason; the message always has the name.
bad() {
	bad_name=$1
	shift
	refused "$bad_name" "(^|[^a-z0-9.-])mx[.]example([^a-z0-9.-]|$)" "$@" -- \
		sendmail options -M f -C h --resolve "$host"
}

# The hosts file. Nothing answers at the name server's address: that is a failure, of no account
# where the hosts file has the answer.
hosts "$v4 $host" "$v6 $host"
good "hosts: A and AAAA"
hosts "$v4 $host" "::ffff:$v4 $host"
bad "hosts: A and mapped" "$mapped"
hosts "$v4 $host" "$v6 $host" "::ffff:$v4 $host"
bad "hosts: A, AAAA and mapped" "$mapped"
hosts "$v4 $host" "::ffff:$v4 $host" "$v6 $host"
bad "hosts: A, mapped and AAAA" "$mapped"
hosts "$v4 $host" "$v6 $host" "2a00:a200:0:12::26 $host"
bad "hosts: two AAAA" "2a00:a200:0:12::26"
hosts "$v4 $host" "2a00:a200:0:12::26 $host" "$v6 $host"
bad "hosts: two AAAA, the other one first" "2a00:a200:0:12::26"
hosts "127.0.1.1 $host" "$v6 $host"
bad "hosts: 127.0.1.1 and AAAA" "127[.]0[.]1[.]1"
hosts "$v4 $host" "::1 $host"
bad "hosts: A and ::1" "::1|127[.]0[.]0[.]1"
hosts "::1 $host" "$v6 $host"
bad "hosts: ::1 and AAAA" "::1|127[.]0[.]0[.]1"
hosts "::1 $host"
bad "hosts: ::1 alone" "::1|127[.]0[.]0[.]1"

# A name server that never answers: the peer's network has no machine with this address, and the
# fixed link address keeps the kernel from finding that out.
ip -n "$ns_a" neighbour add 192.0.2.53 lladdr 02:00:00:00:00:53 dev v6k-a nud permanent
resolver 192.0.2.53
hosts
bad "no answer from the name server" "temporar"
hosts "$v4 $host"
bad "hosts: A; no answer from the name server" "temporar|AAAA"

# serve RECORD...: a name server that knows the name's addresses and is the authority for all.
serve() {
	stop_serving
	for record; do
		set -- "$@" "--host-record=$host,$record"
		shift
	done
	inside_exec "$ns_a" timeout -k 2 120 dnsmasq --keep-in-foreground --conf-file=/dev/null \
		--user=root --group=root --pid-file= --no-resolv --no-hosts --local=/#/ \
		--listen-address=127.0.0.1 --bind-interfaces "$@" </dev/null >"$tmp/dnsmasq" 2>&1 &
	server=$!
	wait_for 5 serving || not_ok "dnsmasq starts" "$(cat "$tmp/dnsmasq" "$tmp/log")"
}
# shellcheck disable=SC2317 # wait_for calls it
serving() {
	ip netns exec "$ns_a" ss -Hlun | grep -q '127[.]0[.]0[.]1:53 '
}
stop_serving() {
	[ -n "$server" ] || return 0
	kill "$server"
	wait "$server" 2>/dev/null
	server=
}
server=

# From here on by DNS.
if command -v dnsmasq >/dev/null 2>&1; then
	resolver 127.0.0.1
	hosts
	serve "$v4" "$v6"
	good "DNS: A and AAAA"
	hosts "$v4 $host"
	good "hosts: A; DNS: AAAA"
	hosts
	serve "$v4" "::ffff:$v4"
	bad "DNS: A and mapped" "$mapped"
	serve "$v4"
	bad "DNS: no AAAA" "AAAA"
	hosts "$v4 $host"
	bad "hosts: A; DNS: no AAAA" "AAAA"
	hosts
	serve "$v6"
	bad "DNS: no A" "(^|[^a-z0-9])A(:| record| address)|IPv4"
	serve "$v4" "$v6" "2a00:a200:0:12::26"
	bad "DNS: two AAAA" "2a00:a200:0:12::26"
	serve "127.0.1.1" "$v6"
	bad "DNS: 127.0.1.1 and AAAA" "127[.]0[.]1[.]1"
	serve "$v4" "::1"
	bad "DNS: A and ::1" "::1"
	serve
	bad "DNS: unknown host" "unknown|not found|no such|not known|does not|no (A|address)"
else
	case " $V6KIT_REQUIRE " in
	*" netns "*) not_ok "DNS: dnsmasq is not installed" ;;
	*) ok "DNS # SKIP dnsmasq is not installed" ;;
	esac
fi

done_testing
