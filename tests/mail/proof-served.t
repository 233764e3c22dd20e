#!/bin/sh
# The rules of lint on mail that comes in (13, 26, 27, 29), on real sendmail: what it says to a client, and
# what becomes of the client's mail.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/mail/lib.sh
. "${srcdir:-.}/tests/mail/lib.sh"
# shellcheck source=tests/mail/proof.sh
. "${srcdir:-.}/tests/mail/proof.sh"

need_sendmail
make_namespaces
echo 'hosts files' >"$tmp/service.switch"
echo 'hosts: files' >"$ns_etc/nsswitch.conf"
hosts "192.0.2.99 v4only.example" "2a00:a200:0:12::99 v6only.example"
sink "$ns_b" 25

# serve FIXTURE SOCKET...: sendmail runs with it and listens there.
serve() {
	prepare "$1"
	silent "$1"
	serve_name=$1
	shift
	serve_want=$(printf '%s\n' "$@")
	start f
	wait_for 10 sockets_are "$serve_want"
	[ "$(sockets)" = "$serve_want" ] || not_ok "$serve_name listens" "$(said)"
}

# says FIXTURE ADDRESS WANT LINE...: the last answer begins with WANT.
says() {
	says_name="$1: by $2: $3"
	says_address=$2 says_want=$3
	shift 3
	says_got=$(smtp "$says_address" "$@" | tail -n 1)
	case $says_got in
	"$says_want"*) ok "$says_name" ;;
	*) not_ok "$says_name" "$says_got
$(said)" ;;
	esac
}

# 13. Mail that is relayed: the peer may.
# passes_on FIXTURE ADDRESS TO OUTCOME: what comes in by ADDRESS for TO is sent on (sent), is bounced
# (bounced), or keeps sendmail busy without end (loops).
cr=$(printf '\r')
passes_on() {
	: >"$tmp/sink"
	: >"$tmp/log"
	smtp "$2" "EHLO peer.example" "MAIL FROM:<a@peer.example>" "RCPT TO:<u@$3>" DATA "text$cr
." >"$tmp/answers"
	case $4 in
	sent) passes_on_want="to=<u@$3>.*stat=Sent" ;;
	bounced) passes_on_want="to=<u@$3>.*dsn=5.1.2.*stat=Host unknown" ;;
	loops)
		# Nothing is logged. A second of processor time is more than a mail takes.
		if wait_for 8 spins && ! logged "to=<u@$3>"; then
			ok "$1: from $2 to $3: loops"
		else
			not_ok "$1: from $2 to $3: loops" "$(cat "$tmp/answers" "$tmp/sink")
$(said)"
		fi
		# What spins heeds no signal but this.
		for pid in $(spinning); do
			kill -KILL "$pid"
		done
		return
		;;
	esac
	if wait_for 5 logged "$passes_on_want"; then
		ok "$1: from $2 to $3: $4"
	else
		not_ok "$1: from $2 to $3: $4" "$(cat "$tmp/answers" "$tmp/sink")
$(said)"
	fi
}
# The processes of the mail host that have used a second.
spinning() {
	for pid in $(ip netns pids "$ns_a"); do
		awk '$2 == "(sendmail)" && $14 + $15 >= 100 { print $1 }' "/proc/$pid/stat" 2>/dev/null
	done
}
# shellcheck disable=SC2317 # wait_for calls it
spins() {
	[ -n "$(spinning)" ]
}
common_msa=$no_msa
no_msa="$no_msa
RELAY_DOMAIN(\`192.0.2 IPv6:2a00:a200:0:12')dnl"
serve SM13-bindif.mc "$v4:25" "[$v6]:25"
passes_on SM13-bindif.mc "$v4" v4only.example sent
passes_on SM13-bindif.mc "$v4" v6only.example bounced
passes_on SM13-bindif.mc "$v6" v6only.example sent
passes_on SM13-bindif.mc "$v6" v4only.example loops
stop
serve SM13-one.bad.mc "$v4:25" "[$v6]:25"
passes_on SM13-one.bad.mc "$v4" v6only.example sent
passes_on SM13-one.bad.mc "$v6" v4only.example loops
stop
serve SM13-wildcard.bad.cf "*:25"
passes_on SM13-wildcard.bad.cf "$v4" v6only.example bounced
passes_on SM13-wildcard.bad.cf "$v6" v4only.example loops
stop
# Without IPv6 there is nothing else to send from.
serve SM13-v4.good.mc "$v4:25"
passes_on SM13-v4.good.mc "$v4" v4only.example sent
stop
serve SM13-client.good.mc "$v4:25" "[$v6]:25"
for by in "$v4" "$v6"; do
	passes_on SM13-client.good.mc "$by" v4only.example sent
	passes_on SM13-client.good.mc "$by" v6only.example sent
done
stop
no_msa=$common_msa

# 26. With brackets sendmail starts, but never gets to the milter; mail goes past it.
# milter FIXTURE ADDRESS: it is asked there; "nowhere": it is not, and the log says so.
milter() {
	prepare "$1"
	# In a .cf file, as with MAIL_FILTER, it is defined and not yet used.
	sed -i '/^O InputMailFilters/d' "$tmp/f.cf"
	echo 'O InputMailFilters=dkim' >>"$tmp/f.cf"
	silent "$1"
	: >"$tmp/sink"
	start f
	wait_for 10 sockets_are "*:8891
0.0.0.0:25"
	smtp "$v4" "EHLO peer.example" "MAIL FROM:<a@peer.example>" "RCPT TO:<root@box.example>" QUIT \
		>"$tmp/answers"
	wait_for 5 logged 'Milter \(dkim\):'
	milter_got=$(sed -n 's/^.* \([^ ]*\) milter$/\1/p' "$tmp/sink")
	if [ -z "$milter_got" ] && logged 'Milter \(dkim\): error connecting to filter: Invalid argument' &&
		grep -q '^250 2.1.5' "$tmp/answers"; then
		milter_got=nowhere
	fi
	stop
	is "$1: the milter is asked: $2" "$milter_got" "$2"
}
sink "$ns_a" 8891
milter SM26-brackets.bad.mc nowhere
prepare SM26-tag.bad.cf
told SM26-tag.bad.cf 70 'Xdkim: Unknown host name IPv6:::1'
prepare SM26-swapped.bad.mc
told SM26-swapped.bad.mc 70 'Xdkim: unknown port name ::1'
for fixture in SM26-brackets.fixed.mc:::1 SM26-tag.fixed.cf:::1 SM26-swapped.fixed.mc:::1 \
	SM26-plain.good.mc:"$v6"; do
	milter "${fixture%%:*}" "${fixture#*:}:8891"
done
stop_sink

# 29. Only with delay_checks: without it the feature's rules come where a client's mail never gets, save
# that which is refused anyway.
serve SM29-helo.bad.mc "[$v6]:25"
for helo in "[IPv6:2a00:a200:0:12::99]" "[IPv6:2a00:a200:0:12:0:0:0:99]"; do
	says SM29-helo.bad.mc "$v6" "550 5.7.1 <root@box.example>... bogus HELO name used: $helo" "EHLO $helo" \
		"MAIL FROM:<a@peer.example>" "RCPT TO:<root@box.example>"
done
for helo in "[192.0.2.99]" peer.example; do
	says SM29-helo.bad.mc "$v6" "250 2.1.5" "EHLO $helo" "MAIL FROM:<a@peer.example>" \
		"RCPT TO:<root@box.example>"
done
stop
serve SM29-helo.good.mc "[$v6]:25"
says SM29-helo.good.mc "$v6" "250 2.1.5" "EHLO [IPv6:2a00:a200:0:12::99]" "MAIL FROM:<a@peer.example>" \
	"RCPT TO:<root@box.example>"
stop

# 27. The peer is listed by both of its addresses.
if command -v dnsmasq >/dev/null 2>&1; then
	# shellcheck disable=SC2317 # wait_for calls it
	serving() {
		ip netns exec "$ns_a" ss -Hlun | grep -q '127[.]0[.]0[.]1:53 '
	}
	inside_exec "$ns_a" timeout -k 2 120 dnsmasq --keep-in-foreground --conf-file=/dev/null \
		--user=root --group=root --pid-file= --no-resolv --no-hosts --local=/#/ \
		--listen-address=127.0.0.1 --bind-interfaces \
		--host-record=99.2.0.192.dnsbl.example,127.0.0.2 \
		--host-record=9.9.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.1.0.0.0.0.0.0.0.0.2.a.0.0.a.2.dnsbl.example,127.0.0.2 \
		</dev/null >"$tmp/dnsmasq" 2>&1 &
	wait_for 5 serving || not_ok "dnsmasq starts" "$(cat "$tmp/dnsmasq")"
	# listed FIXTURE IPV4 IPV6: what is said to the peer when it comes by the one and by the other.
	listed() {
		for by in "$v4=$2" "$v6=$3"; do
			[ -n "${by#*=}" ] || continue
			says "$1" "${by%%=*}" "${by#*=}" "EHLO peer.example" \
				"MAIL FROM:<a@peer.example>" "RCPT TO:<root@box.example>"
		done
		stop
	}
	# The name server itself listens too.
	dns=127.0.0.1:53
	no="550 5.7.1"
	yes="250 2.1.5"
	serve SM27-dnsbl.bad.mc "$dns" "$v4:25" "[$v6]:25"
	listed SM27-dnsbl.bad.mc "$no" "$yes"
	serve SM27-enhdnsbl.bad.mc "*:25" "$dns"
	listed SM27-enhdnsbl.bad.mc "$no" "$yes"
	serve SM27-v4.good.mc "$dns" "$v4:25"
	listed SM27-v4.good.mc "$no" ""
	serve SM27-arpa.good.mc "$dns" "$v4:25" "[$v6]:25"
	listed SM27-arpa.good.mc "$no" "$no"
else
	left_out sendmail "the DNS lists of rule 27" "dnsmasq is not installed"
	proven="$proven SM27-dnsbl.bad.mc SM27-enhdnsbl.bad.mc SM27-v4.good.mc SM27-arpa.good.mc "
fi

all_proven 'SM(13|2[679])'
done_testing
