#!/bin/sh
# The lines that v6kit prints make real sendmail listen on those addresses and on nothing else.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/mail/lib.sh
. "${srcdir:-.}/tests/mail/lib.sh"

need_sendmail
make_namespaces

# The addresses are written as a person may have them: upper case, not the shortest form.
options() {
	if ! "$V6KIT" sendmail options "$@" >"$tmp/lines" 2>"$tmp/err"; then
		not_ok "v6kit sendmail options $*" "$(cat "$tmp/err")"
	fi
}

options --loopback -M fh -C h 192.0.2.25 2A00:A200:0:12::25
make_cf mc <"$tmp/lines"
listens "options in a .mc file" mc 127.0.0.1:25 192.0.2.25:25 "[$v6]:25"

options --loopback --port 2525 -M fh -C h 192.0.2.25 2A00:A200:0:12:0:0:0:25
make_cf port <"$tmp/lines"
listens "options --port 2525 in a .mc file" port \
	127.0.0.1:2525 192.0.2.25:2525 "[$v6]:2525"

make_cf cf </dev/null
without_daemons cf
cp "$tmp/cf.cf" "$tmp/cf-port.cf"
options --cf --loopback -M fh -C h 192.0.2.25 2A00:A200:0:12::25
cat "$tmp/lines" >>"$tmp/cf.cf"
listens "options --cf in a .cf file" cf 127.0.0.1:25 192.0.2.25:25 "[$v6]:25"

options --cf --port 2525 192.0.2.25 2A00:A200:0:12::25
cat "$tmp/lines" >>"$tmp/cf-port.cf"
listens "options --cf --port 2525 in a .cf file" cf-port 192.0.2.25:2525 "[$v6]:2525"

for spelling in "$v6" 2A00:A200:0:12:0:0:0:25 "[IPv6:2a00:a200:0:12::25]"; do
	make_cf addr <<EOF
DAEMON_OPTIONS(\`Name=MTA-v6,Family=inet6,A=$("$V6KIT" sendmail addr "$spelling"),M=f')dnl
EOF
	listens "addr $spelling in a line written by hand" addr "[$v6]:25"
done
make_cf addr4 <<EOF
DAEMON_OPTIONS(\`Name=MTA-v4,Family=inet,A=$("$V6KIT" sendmail addr "$v4"),M=f')dnl
EOF
listens "addr $v4 in a line written by hand" addr4 "$v4:25"

done_testing
