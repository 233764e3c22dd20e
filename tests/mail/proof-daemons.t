#!/bin/sh
# The rules of lint on the lines of daemons, one by one, on real sendmail: 01 to 12, 17 to 19, 21 and 31.
# What is bad does not listen or listens elsewhere; what is good and what is mended does as it says.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/mail/lib.sh
. "${srcdir:-.}/tests/mail/lib.sh"
# shellcheck source=tests/mail/proof.sh
. "${srcdir:-.}/tests/mail/proof.sh"

need_sendmail
make_namespaces
six="[$v6]:25"
four="$v4:25"

# 01. With a good name it works, which is why it is but a warning; with the same name and other
# records it does not. No name server answers here, so that an unknown name is a temporary failure;
# with an answer of "no such name" the status is 70 (resolve.t has one).
for fixture in SM01-hostname.mc:smtp-out.rrz.uni-koeln.de SM01-hostname.bad.cf:mx.example; do
	host=${fixture#*:} fixture=${fixture%:*}
	hosts "$v4 $host" "$v6 $host"
	takes "$fixture" "$six"
	silent "$fixture"
	hosts "$v4 $host"
	refuses "$fixture" 71 "host \"$host\" unknown"
done
hosts "2a00:a200:0:12::26 mx.example" "$v6 mx.example"
retries SM01-hostname.bad.cf 'cannot bind: Cannot assign requested address'
takes SM01-hostname.good.mc "$six"
takes SM01-localhost.good.mc 127.0.0.1:25
hosts

# 02. A mapped address by itself listens; beside the IPv4 daemon it clashes, and with bindv6only it
# cannot be bound.
retries SM02-mapped.bad.mc
strays SM02-alone.bad.cf "[::ffff:$v4]:25"
takes SM02-alone.fixed.cf "$four"
takes SM02-mapped.good.mc "$four" "$six"
ip netns exec "$ns_a" sh -c 'echo 1 >/proc/sys/net/ipv6/bindv6only'
fails SM02-alone.bad.cf 71 'cannot bind: Invalid argument'
ip netns exec "$ns_a" sh -c 'echo 0 >/proc/sys/net/ipv6/bindv6only'

# 04 and 05: the literal of the other family.
for fixture in SM04-nofamily.bad.mc SM04-bare.bad.cf SM04-inet.bad.mc; do
	refuses "$fixture" 70 "host \"(IPv6:)?$v6\" unknown"
done
for fixture in SM04-nofamily.fixed.mc SM04-bare.fixed.cf SM04-inet.fixed.mc SM04-order.good.mc; do
	takes "$fixture" "$six"
done
refuses SM05-inet6.bad.mc 70 "host \"$v4\" unknown"
takes SM05-inet6.fixed.mc "$four"
takes SM05-default.good.mc "$four"

# 06: brackets.
refuses SM06-tagged.bad.mc 70 "host \"\\[IPv6:$v6\\]\" unknown"
refuses SM06-bare.bad.cf 70 "host \"\\[$v6\\]\" unknown"
refuses SM06-v4.bad.mc 70 "host \"\\[$v4\\]\" unknown"
takes SM06-tagged.fixed.mc "$six"
takes SM06-bare.fixed.cf "$six"
takes SM06-bare.good.cf "$six"
takes SM06-v4.fixed.mc "$four"

# 07: no plain address.
refuses SM07-length.bad.mc 70 "host \"IPv6:$v6/64\" unknown"
refuses SM07-zone.bad.cf 70 'host "IPv6:fe80::1%eth0" unknown'
refuses SM07-colons.bad.mc 70 'host ":::" unknown'
refuses SM07-blank.bad.mc 70 "host \"IPv6: $v6\" unknown"
refuses SM07-digits.bad.mc 70 'host "IPv6:2a00:a200:0:00012::25" unknown'
takes SM07-padded.good.mc "$six"
takes SM07-wildcard.good.mc "*:25"

# 08: a blank before the comma. It does no harm behind a number, an IPv4 address or a name.
refuses SM08-family.bad.mc 70 'Unknown address family inet6  in Family=option'
refuses SM08-address.bad.cf 70 "host \"IPv6:$v6 \" unknown"
refuses SM08-service.bad.mc 70 'service "smtp " unknown'
refuses SM08-fold.bad.mc 70 'Unknown address family inet6'
takes SM08-family.fixed.mc "$six"
takes SM08-address.fixed.cf "$six"
takes SM08-service.fixed.mc "$four"
takes SM08-fold.fixed.mc "$six"
takes SM08-elsewhere.good.mc "$six"
takes SM08-harmless.good.cf "$four"

# 09: another separator. The first value swallows the rest.
strays SM09-semicolon.bad.mc 0.0.0.0:25
strays SM09-blank.bad.cf 0.0.0.0:25
strays SM09-port.bad.mc 0.0.0.0:587
strays SM09-address.bad.mc "$four"
flags SM09-address.bad.mc ""
takes SM09-semicolon.fixed.mc "$six"
takes SM09-blank.fixed.cf "$six"
takes SM09-port.fixed.mc "$v4:587"
takes SM09-address.fixed.mc "$four"
flags SM09-address.fixed.mc "<FQMAIL>"
takes SM09-name.good.mc "$six"

# 10: not quoted, so that m4 keeps the first item alone.
strays SM10-unquoted.bad.mc 0.0.0.0:25
strays SM10-pieces.bad.mc 0.0.0.0:25
strays SM10-apostrophes.bad.mc 0.0.0.0:25
takes SM10-unquoted.fixed.mc "$six"
takes SM10-one.good.mc "*:25"
takes SM10-macro.good.mc "$six"
takes SM10-nested.good.mc "$six"
# A client's line has no socket: what is left of it stands in the .cf file.
client() {
	prepare "$1"
	is "$1 becomes $2" "$(grep '^O ClientPortOptions=' "$tmp/f.cf")" \
		"${2:+O ClientPortOptions=$2}"
	silent "$1"
}
client SM10-client.bad.mc Family=inet6
client SM10-client.fixed.mc "Family=inet6, A=IPv6:$v6"

# 11: # is no comment of m4's.
strays SM11-comment.bad.mc "$four" "$six"
strays SM11-word.bad.mc 0.0.0.0:25 "$six"
takes SM11-comment.fixed.mc "$four"
takes SM11-word.fixed.mc "$six"
takes SM11-dnl.good.mc "$six"
takes SM11-comment.good.cf "$six"
client SM11-client.bad.mc Family=inet6,A=IPv6:2a00:a200:0:12::26
client SM11-client.fixed.mc ""

# 12: a blank before the parenthesis.
strays SM12-blank.bad.mc 0.0.0.0:25
takes SM12-blank.fixed.mc "$six"
takes SM12-inside.good.mc "$six"

# 17: keys by their first letter. "Foo" is Family, and as good as that: nothing fails. "Interface" is
# InputMailFilters, and there is no filter of that name.
fails SM17-interface.bad.mc 78 "InputFilter IPv6:$v6 not defined"
strays SM17-foo.bad.cf "$six"
strays SM17-noequals.bad.mc "*:25"
refuses SM17-bind.bad.mc 70 'PortOptions parameter "Bind=IPv6:2a00:a200:0:12::25" unknown'
takes SM17-full.good.mc "$six"
takes SM17-short.good.cf "$six"
takes SM17-commas.good.cf "$six"

# 18: ports.
strays SM18-wraps.bad.mc "[$v6]:4464"
strays SM18-wraps.bad.cf "$six"
refuses SM18-negative.bad.mc 70 'service "-1" unknown'
refuses SM18-service.bad.mc 70 'service "smpt" unknown'
takes SM18-last.good.mc "[$v6]:65535"
takes SM18-service.good.cf "[$v6]:587"

# 19: what cannot be bound. An address that only is not this host's can be added.
fails SM19-linklocal.bad.mc 71 'cannot bind: Invalid argument'
fails SM19-multicast.bad.cf 71 'cannot bind: Invalid argument'
takes SM19-loopback.good.mc "[::1]:25"
ip -n "$ns_a" address add fd00:a200:0:12::25/64 dev v6k-a nodad
ip -n "$ns_b" address add fd00:a200:0:12::99/64 dev v6k-b nodad
takes SM19-ula.good.cf "[fd00:a200:0:12::25]:25"

# 21: octal and short. 025 is 21, which is not this host's; 031 is 25; 127.1 is 127.0.0.1, as was meant
# but not said.
retries SM21-octal.bad.mc 'cannot bind: Cannot assign requested address'
ip -n "$ns_a" address add 192.0.2.21/24 dev v6k-a
strays SM21-octal.bad.mc 192.0.2.21:25
strays SM21-octal.bad.cf "$four"
strays SM21-short.bad.mc 127.0.0.1:25
takes SM21-decimal.good.mc "$four"

# 31: a backslash.
refuses SM31-backslash.bad.cf 70 "unknown configuration line \"A=IPv6:$v6\""
takes SM31-backslash.fixed.cf "$six"
takes SM31-folded.good.cf "$six"

# Those of clients are in proof-mail.t.
proven="$proven SM01-client.bad.mc SM02-client.bad.mc SM02-client.fixed.mc SM04-client.bad.mc "
proven="$proven SM04-client.fixed.mc SM05-client.bad.cf SM05-client.fixed.cf SM19-client.bad.mc "
all_proven 'SM(0[124-9]|1[0127-9]|21|31)'
done_testing
