#!/bin/sh
# The rules of lint on mail that goes out (20, 25, 28, 30, and those on the options of clients), on real
# sendmail: what becomes of a mail.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/mail/lib.sh
. "${srcdir:-.}/tests/mail/lib.sh"
# shellcheck source=tests/mail/proof.sh
. "${srcdir:-.}/tests/mail/proof.sh"

need_sendmail
make_namespaces
# No name server: a mailer does without MX records.
echo 'hosts files' >"$tmp/service.switch"
echo 'hosts: files' >"$ns_etc/nsswitch.conf"
hosts "192.0.2.99 v4only.example" "2a00:a200:0:12::99 v6only.example"
peer6=2a00:a200:0:12::99
ip -n "$ns_a" address add 192.0.2.26/24 dev v6k-a
ip -n "$ns_a" address add 2a00:a200:0:12::26/64 dev v6k-a nodad

sink "$ns_b" 25 2525

# mail TO: one mail through $tmp/f.cf, delivered at once.
mail() {
	: >"$tmp/sink"
	: >"$tmp/log"
	rm -f "$tmp/queue"/*
	printf 'Subject: test\n\ntext\n' | inside "$ns_a" timeout 60 sendmail -odi -oem -C "$tmp/f.cf" \
		-f root@box.example "$1" >"$tmp/said" 2>&1
}

# arrives FIXTURE TO WHERE: the mail is taken by the peer; WHERE is "CLIENT SERVER:PORT" or its end.
arrives() {
	mail "$2"
	arrives_got=$(grep -F " <$2>" "$tmp/sink" | sort -u)
	case $arrives_got in
	*"$3 <$2>") ok "$1: mail to $2 arrives at $3" ;;
	*) not_ok "$1: mail to $2 arrives at $3" "$arrives_got
$(said)" ;;
	esac
}

# is_stuck FIXTURE TO PATTERN: it does not arrive; the log says why.
is_stuck() {
	mail "$2"
	if logged "$3" && ! grep -Fq "<$2>" "$tmp/sink"; then
		ok "$1: mail to $2 does not arrive: $3"
	else
		not_ok "$1: mail to $2 does not arrive: $3" "$(cat "$tmp/sink")
$(said)"
	fi
}

# goes FIXTURE TO WHERE, sticks FIXTURE TO PATTERN: with this fixture; -bC is content with both.
goes() {
	prepare "$1"
	silent "$1"
	arrives "$@"
}

sticks() {
	prepare "$1"
	silent "$1"
	is_stuck "$@"
}

six="u@[IPv6:$peer6]"
four="u@[192.0.2.99]"

# Clients. Their addresses are bound when mail is sent, so that -bC is content.
hosts "$peer6 mx.example" "192.0.2.99 v4only.example" "$peer6 v6only.example"
sticks SM01-client.bad.mc "$six" 'cannot bind socket .*2a00:a200:0:12:0:0:0:99'
hosts "$v6 mx.example" "192.0.2.99 v4only.example" "$peer6 v6only.example"
goes SM01-client.bad.mc "$six" "$v6 $peer6:25"
sticks SM02-client.bad.mc "$six" 'Address family not supported'
goes SM02-client.fixed.mc "$six" ":25"
goes SM02-client.fixed.mc "$four" "$v4 192.0.2.99:25"
for fixture in "SM04-client.bad.mc IPv6:$v6" "SM05-client.bad.cf $v4"; do
	prepare "${fixture% *}"
	told "${fixture% *}" 70 "host \"${fixture#* }\" unknown"
done
goes SM04-client.fixed.mc "$six" ":25"
goes SM05-client.fixed.cf "$four" "$v4 192.0.2.99:25"
sticks SM19-client.bad.mc "$six" 'cannot bind socket .*Invalid argument|Deferred: Invalid argument'
# On clients b is unknown: nothing says that it is ignored.
goes SM15-client.bad.mc "$four" "192.0.2.99:25"
goes SM15-client.good.mc "$six" "$v6 $peer6:25"

# 20: the last one wins, and the address of the first is lost.
ip -n "$ns_a" address del "$v6/64" dev v6k-a
ip -n "$ns_a" address add "$v6/64" dev v6k-a nodad preferred_lft 0
goes SM20-inet6.bad.mc "$six" "2a00:a200:0:12::26 $peer6:25"
goes SM20-families.good.mc "$six" "$v6 $peer6:25"
goes SM20-families.good.mc "$four" "$v4 192.0.2.99:25"
goes SM20-default.bad.cf "$four" "192.0.2.26 192.0.2.99:25"
ip -n "$ns_a" address change "$v6/64" dev v6k-a preferred_lft forever

# 28: SMART_HOST. A port behind the brackets is not heeded.
far=u@far.example
sticks SM28-tagged.bad.mc "$far" 'unknown mailer IPv6'
sticks SM28-tagged.bad.cf "$far" 'unknown mailer IPv6'
sticks SM28-bare.bad.mc "$far" 'unknown mailer 2a00'
sticks SM28-mailer.bad.mc "$far" 'stat=Deferred: 12: Network is unreachable'
goes SM28-port.bad.mc "$far" "$peer6:25"
for fixture in SM28-tagged.fixed.mc SM28-tagged.fixed.cf SM28-mailer.fixed.mc SM28-bare.fixed.mc \
	SM28-bare.good.mc SM28-relay.good.mc SM28-name.good.mc; do
	goes "$fixture" "$far" "$peer6:25"
done

# 30: ConnectOnlyTo, when there is another way to go.
hosts "$peer6 far.example" "192.0.2.99 far.example"
prepare SM30-brackets.bad.cf
told SM30-brackets.bad.cf 70 "invalid IP address \\[IPv6:$peer6\\]"
prepare SM30-both.bad.mc
told SM30-both.bad.mc 70 "invalid IP address \\[IPv6:$peer6\\]:2525"
# 2525 is taken for a part of the address. Nobody is there, so IPv4 is tried, on port 25.
goes SM30-port.bad.mc "$far" "192.0.2.99:25"
goes SM30-brackets.fixed.cf "$far" "$peer6:25"
goes SM30-both.fixed.mc "$far" "$peer6:2525"
goes SM30-port.good.mc "$far" "$peer6:2525"
goes SM30-bare.good.cf "$far" "$peer6:25"

# 25: the mailertable, each line alone. Without an entry the mail would go to the domain's own host,
# which is the IPv4 one.
hosts "192.0.2.99 a.example" "192.0.2.99 b.example" "192.0.2.99 c.example" "192.0.2.99 x.c.example" \
	"$peer6 peer.example"
make_cf f <<EOF
FEATURE(\`mailertable', \`hash -o $tmp/mailertable')dnl
EOF
# entry FIXTURE LINE
entry() {
	proven="$proven$1 "
	sed -n "$2p" "$lint/$1" | makemap -C "$tmp/f.cf" hash "$tmp/mailertable" 2>"$tmp/makemap" ||
		not_ok "makemap takes $1" "$(cat "$tmp/makemap")"
}
entry SM25-value.bad.mailertable 1
arrives SM25-value.bad.mailertable u@a.example 192.0.2.99:25
entry SM25-value.bad.mailertable 2
is_stuck SM25-value.bad.mailertable u@b.example 'unknown mailer IPv6'
entry SM25-value.bad.mailertable 3
is_stuck SM25-value.bad.mailertable u@c.example 'stat=Deferred: 12: Network is unreachable'
entry SM25-port.bad.mailertable 1
arrives SM25-port.bad.mailertable u@a.example "$peer6:25"
# Nobody has these addresses.
entry SM25-key.bad.mailertable 1
is_stuck SM25-key.bad.mailertable "u@[IPv6:2a00:a200:0:12:0:0:0:98]" 'No route to host'
entry SM25-key.bad.mailertable 2
is_stuck SM25-key.bad.mailertable "u@[IPv6:2a00:a200:0:12:0:0:0:97]" 'No route to host'
for fixture in SM25-value.fixed.mailertable:1:a SM25-value.fixed.mailertable:2:b \
	SM25-value.fixed.mailertable:3:c SM25-value.good.mailertable:2:a \
	SM25-value.good.mailertable:3:b SM25-value.good.mailertable:4:x.c; do
	line=${fixture#*:} fixture=${fixture%%:*}
	entry "$fixture" "${line%:*}"
	arrives "$fixture" "u@${line#*:}.example" "$peer6:25"
done
entry SM25-value.good.mailertable 5
is_stuck SM25-value.good.mailertable u@d.example 'no IPv6:'

# Those of daemons are in proof-daemons.t and proof-pairs.t.
all_proven 'SM(20|25|28|30)'
done_testing
