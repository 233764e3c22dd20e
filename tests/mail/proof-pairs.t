#!/bin/sh
# The rules of lint on daemons that stand in each other's way (03, 16, 22), and on modifiers (14, 15), on
# real sendmail. V6KIT_SLOW=all waits for sendmail to give up on each socket.
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

# 03: an IPv6 wildcard takes IPv4 too.
retries SM03-readme-example3.mc
retries SM03-wildcards.bad.cf
retries SM03-covered.bad.mc
takes SM03-alone.good.mc "*:25"
takes SM03-apart.good.cf 0.0.0.0:25 "$six"
takes SM03-ports.good.mc "*:587" 0.0.0.0:25
# With bindv6only they no longer clash: the rule is about what Linux does by default.
ip netns exec "$ns_a" sh -c 'echo 1 >/proc/sys/net/ipv6/bindv6only'
takes SM03-readme-example3.mc 0.0.0.0:25 "[::]:25"
ip netns exec "$ns_a" sh -c 'echo 0 >/proc/sys/net/ipv6/bindv6only'

# 16: one socket twice, or within another. The daemon on port 587 is m4's own.
retries SM16-twice.bad.mc
retries SM16-covered.bad.cf
retries SM16-wildcard.bad.mc
takes SM16-four.good.cf 127.0.0.1:25 "$four" "$six" "[$v6]:587"
common_msa=$no_msa
no_msa=dnl
retries SM16-msa.bad.mc
takes SM16-msa.good.mc "$four" "$v4:587"
takes SM16-msa6.good.mc 0.0.0.0:587 "[$v6]:587"
no_msa=$common_msa

# 22: O gives up on this socket alone, after 50 seconds.
for fixture in SM22-wildcards.bad.mc:0.0.0.0:25 SM22-covered.bad.cf:"$four"; do
	left=${fixture#*:} fixture=${fixture%%:*}
	prepare "$fixture"
	silent "$fixture"
	start f
	if wait_for 10 logged "$in_use"; then
		ok "$fixture: $in_use"
	else
		not_ok "$fixture: $in_use" "$(said)"
	fi
	# One of them is enough for those who have little time.
	if [ "$V6KIT_SLOW" = all ] || [ "${V6KIT_SLOW:+$fixture}" = SM22-wildcards.bad.mc ]; then
		if wait_for 70 logged 'optional socket disabled'; then
			ok "$fixture: the socket is given up"
		else
			not_ok "$fixture: the socket is given up" "$(said)"
		fi
		is "$fixture listens on $left alone" "$(sockets)" "$left"
	fi
	stop
done
takes SM22-apart.good.mc "$four" "$six"

# 14: what stands behind the comma is no part of M=.
flags SM14-comma.bad.mc "<FQMAIL>"
silent SM14-comma.bad.mc
flags SM14-comma.fixed.mc "<IFNHELO,FQMAIL>"
flags SM14-middle.bad.cf "<NOETRN>"
silent SM14-middle.bad.cf
flags SM14-middle.fixed.cf "<FQMAIL,NOETRN>"
flags SM14-middle.good.cf "<FQMAIL,NOETRN>"
flags SM14-blank.good.mc "<IFNHELO,FQMAIL>"

# 15: both are set, though one takes away what the other asks for; what sendmail does not know sets
# nothing.
flags SM15-auth.bad.mc "<AUTHREQ,NOAUTH>"
flags SM15-unqualified.bad.cf "<FQMAIL,UNQUALOK>"
flags SM15-canonify.bad.mc "<CANONREQ,NOCANON>"
flags SM15-tls.bad.mc "<SMTPS,NOTLS>"
flags SM15-unknown.bad.mc "<FQMAIL>"
flags SM15-known.good.mc "<AUTHREQ,CANONREQ,IFNHELO,FQMAIL,NOETRN,NOTLS>"
# answers FIXTURE WANT LINE...: the last of sendmail's answers begins with WANT.
answers() {
	prepare "$1"
	silent "$1"
	start f
	wait_for 10 logged 'starting daemon'
	answers_name=$1 answers_want=$2
	shift 2
	wait_for 10 sockets_are "$six"
	answers_got=$(smtp "$v6" "$@" | tail -n 1)
	stop
	case $answers_got in
	"$answers_want"*) ok "$answers_name: $answers_want" ;;
	*) not_ok "$answers_name: $answers_want" "$answers_got" ;;
	esac
}
# It demands what it does not offer: nobody can send mail.
answers SM15-auth.bad.mc "530 5.7.0 Authentication required" "EHLO peer.example" \
	"MAIL FROM:<a@peer.example>"
# f by itself demands a domain, with u beside it no longer.
answers SM15-unknown.bad.mc "553 5.5.4 <a>... Domain name required" "EHLO peer.example" "MAIL FROM:<a>"
answers SM15-unqualified.bad.cf "250 2.1.0 <a>... Sender ok" "EHLO peer.example" "MAIL FROM:<a>"
for fixture in SM15-canonify.bad.mc SM15-tls.bad.mc; do
	prepare "$fixture"
	silent "$fixture"
done
# What c and C, or s and S, do together shows only with a name server or with TLS. The flags of clients
# cannot be seen from outside, and are not said by -d either; that b does nothing there is in
# proof-mail.t.
proven="$proven SM15-client.bad.mc SM15-client.good.mc "

all_proven 'SM(03|1[456]|22)'
done_testing
