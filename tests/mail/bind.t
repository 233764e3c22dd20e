#!/bin/sh
# What v6kit refuses is what real sendmail fails on: first the failure, then the refusal.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/mail/lib.sh
. "${srcdir:-.}/tests/mail/lib.sh"

need_sendmail
make_namespaces

daemons() {
	# shellcheck disable=SC2016 # m4's quotes
	printf 'DAEMON_OPTIONS(`%s'\'')dnl\n' "$@" | make_cf daemons
}

# fails PATTERN STATUS OPTIONS...: with these daemon options sendmail logs PATTERN and ends with STATUS;
# "retries" where it would try for another 50 seconds.
fails() {
	fails_pattern=$1
	fails_status=$2
	shift 2
	daemons "$@"
	start daemons
	wait_for 10 logged "$fails_pattern"
	if [ "$fails_status" = retries ]; then
		fails_got=retries
		running || fails_got=ended
		stop
	else
		wait_for 10 ended
		stop
		fails_got=$status
	fi
	if [ "$fails_got" = "$fails_status" ] && logged "$fails_pattern"; then
		ok "sendmail fails: $*"
	else
		not_ok "sendmail fails: $*" "$fails_got, want $fails_status and $fails_pattern
$(said)"
	fi
}

# works OPTIONS SOCKET...
works() {
	works_options=$1
	shift
	daemons "$works_options"
	listens "sendmail takes: $works_options" daemons "$@"
}

in_use='cannot (bind|listen): Address already in use'
v4_daemon="Name=MTA-v4,Family=inet,A=$v4"

# A mapped address is the IPv4 address over again.
fails "$in_use" retries "$v4_daemon" "Name=MTA-v6,Family=inet6,A=IPv6:::ffff:$v4"
fails "$in_use" retries "Name=MTA-v6,Family=inet6,A=IPv6:::ffff:$v4" "$v4_daemon"
for mapped in "::ffff:$v4" ::FFFF:C000:219 "IPv6:::ffff:$v4" "[IPv6:0:0:0:0:0:ffff:c000:0219]"; do
	refused "addr $mapped" "mapped" -- sendmail addr "$mapped"
	refused "options $v4 $mapped" "mapped" -- sendmail options "$v4" "$mapped"
done

# Brackets. v6kit takes them from a person and leaves them out (listen.t has that line listen).
fails 'host "\[IPv6:2a00:a200:0:12::25\]" unknown' 70 "Name=MTA-v6,Family=inet6,A=[IPv6:$v6]"
fails 'host "\[2a00:a200:0:12::25\]" unknown' 70 "Name=MTA-v6,Family=inet6,A=[$v6]"
t "addr [IPv6:$v6]" 0 "IPv6:$v6" "" sendmail addr "[IPv6:$v6]"
t "addr [$v6]" 0 "IPv6:$v6" "" sendmail addr "[$v6]"

# A prefix length, a zone, a link-local address: with the zone sendmail cannot read it, without the
# zone the kernel does not know the link.
fails 'host "IPv6:2a00:a200:0:12::25/64" unknown' 70 "Name=MTA-v6,Family=inet6,A=IPv6:$v6/64"
refused "addr $v6/64" "/64|prefix" -- sendmail addr "$v6/64"
refused "options $v6/64" "/64|prefix" -- sendmail options "$v6/64"
fails 'host "IPv6:fe80::1%v6k-a" unknown' 70 "Name=MTA-v6,Family=inet6,A=IPv6:fe80::1%v6k-a"
fails 'cannot bind: Invalid argument' 71 "Name=MTA-v6,Family=inet6,A=IPv6:fe80::1"
for local in fe80::1 fe80::1%v6k-a febf::1; do
	refused "addr $local" "$local" -- sendmail addr "$local"
	refused "options $local" "$local" -- sendmail options "$local"
done

# Octal to sendmail, a typing mistake to everybody else; neither is an address of this host.
fails 'cannot bind: Cannot assign requested address' retries "Name=MTA-v4,Family=inet,A=192.0.2.025"
refused "addr 192.0.2.025" "192[.]0[.]2[.]025" -- sendmail addr 192.0.2.025
refused "addr 127.1" "127[.]1" -- sendmail addr 127.1

# Two wildcards, and a wildcard beside one address: an inet6 wildcard takes IPv4 as well.
works "Name=MTA-v6,Family=inet6" "*:25"
fails "$in_use" retries "Name=MTA-v4,Family=inet" "Name=MTA-v6,Family=inet6"
fails "$in_use" retries "Name=MTA-v4,Family=inet,A=0.0.0.0" "Name=MTA-v6,Family=inet6,A=IPv6:::"
refused "options 0.0.0.0 ::" "0[.]0[.]0[.]0|::|wildcard" -- sendmail options 0.0.0.0 ::
refused "options :: 0.0.0.0" "0[.]0[.]0[.]0|::|wildcard" -- sendmail options :: 0.0.0.0

# A wildcard beside an address that it covers; that of IPv4 does not cover IPv6.
fails "$in_use" retries "$v4_daemon" "Name=MTA-v6,Family=inet6,A=IPv6:::"
fails "$in_use" retries "Name=MTA-v4,Family=inet,A=0.0.0.0" "Name=MTA,Family=inet,A=127.0.0.1"
refused "options $v4 ::" "::|wildcard" -- sendmail options "$v4" ::
refused "options $v6 ::" "::|wildcard" -- sendmail options "$v6" ::
refused "options $v4 0.0.0.0" "0[.]0[.]0[.]0|wildcard" -- sendmail options "$v4" 0.0.0.0
refused "options --loopback 0.0.0.0" "loopback" -- sendmail options --loopback 0.0.0.0
refused "options --loopback ::" "loopback" -- sendmail options --loopback ::
"$V6KIT" sendmail options 0.0.0.0 "$v6" 2>"$tmp/err" | make_cf apart
listens "options 0.0.0.0 $v6" apart 0.0.0.0:25 "[$v6]:25"

# The same socket twice.
fails "$in_use" retries "$v4_daemon" "Name=MTA-v4-2,Family=inet,A=$v4"
refused "options $v4 $v4" "192[.]0[.]2[.]25" -- sendmail options "$v4" "$v4"

# Multicast. An IPv4 one may even listen, but nobody can connect to it.
fails "cannot bind: Invalid argument" 71 "Name=MTA-v6,Family=inet6,A=IPv6:ff02::1"
for multicast in ff02::1 224.0.0.1; do
	refused "addr $multicast" "multicast" -- sendmail addr "$multicast"
	refused "options $multicast" "multicast" -- sendmail options "$multicast"
done

# With bindv6only the wildcards no longer clash; a mapped address is then not an address at all.
ip netns exec "$ns_a" sh -c 'echo 1 >/proc/sys/net/ipv6/bindv6only'
daemons "Name=MTA-v4,Family=inet" "Name=MTA-v6,Family=inet6"
listens "sendmail takes two wildcards with bindv6only" daemons 0.0.0.0:25 "[::]:25"
fails 'cannot bind: Invalid argument' 71 "Name=MTA-v6,Family=inet6,A=IPv6:::ffff:$v4"

done_testing
