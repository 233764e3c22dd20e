#!/bin/sh
# The trouble that v6kit exists for: daemons configured by host name work until the name has a mapped
# address; then sendmail gives up after 50 seconds. V6KIT_SLOW=1 waits for that end.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/mail/lib.sh
. "${srcdir:-.}/tests/mail/lib.sh"

need_sendmail
make_namespaces
host=mx.example

# By name, with a good hosts file: it works, which is why nobody suspects it.
make_cf name <<EOF
DAEMON_OPTIONS(\`Name=MTA-v4,Family=inet,A=$host')dnl
DAEMON_OPTIONS(\`Name=MTA-v6,Family=inet6,A=$host')dnl
EOF
hosts "$v4 $host" "$v6 $host"
listens "by name, with an A and an AAAA" name "$v4:25" "[$v6]:25"

# The same file on a host whose name has a mapped address.
hosts "$v4 $host" "::ffff:$v4 $host"
start name
if wait_for 10 logged 'cannot (bind|listen): Address already in use'; then
	ok "by name, with a mapped address: the address is in use"
else
	not_ok "by name, with a mapped address: the address is in use" "$(said)"
fi
if [ -n "$V6KIT_SLOW" ]; then
	wait_for 70 ended
	stop
	is "by name, with a mapped address: sendmail gives up" "$status" 71
	if logged 'server SMTP socket wedged: exiting'; then
		ok "and says so in the log"
	else
		not_ok "and says so in the log" "$(said)"
	fi
else
	stop
fi

in_ns=$ns_a
refused "options --resolve with the mapped address" "$host" "::ffff:$v4|::ffff:c000:219" -- \
	sendmail options --resolve "$host"
in_ns=

# The cure: v6kit looks the name up once, when it can be looked at, and writes addresses.
hosts "$v4 $host" "$v6 $host"
if ! inside "$ns_a" "$V6KIT" sendmail options --resolve "$host" >"$tmp/lines" 2>"$tmp/err"; then
	not_ok "options --resolve with an A and an AAAA" "$(cat "$tmp/err")"
fi
make_cf cure <"$tmp/lines"
listens "its lines for the good host" cure "$v4:25" "[$v6]:25"

# They hold when the name turns bad afterwards.
hosts "$v4 $host" "::ffff:$v4 $host"
listens "its lines when the name has turned bad" cure "$v4:25" "[$v6]:25"

done_testing
