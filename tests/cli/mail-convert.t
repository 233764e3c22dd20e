#!/bin/sh
# mail convert: an access map of sendmail for Postfix. tests/unit/test_convert.c proves which keys can
# be carried, tests/mail/convert.t that makemap, sendmail and postmap see it so.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

: "${tmp:?}"
tab=$(printf '\t')
none='no key of a hash: table is found for these clients and no others'
two='a hash: table needs two keys: see v6kit mail postfix access'
relay='Postfix has no RELAY: OK takes mail, relay_domains and mynetworks relay it'
never='sendmail never finds this key: see v6kit sendmail key'
senders='about senders: for --table sender'

# convert DESCRIPTION STATUS STDOUT STDERR ARGS...: with $tmp/map as the input.
convert() {
	convert_name=$1 convert_status=$2 convert_out=$3 convert_err=$4
	shift 4
	in=$tmp/map t "$convert_name" "$convert_status" "$convert_out" "$convert_err" \
		mail convert --from sendmail --to postfix "$@"
}

cat >"$tmp/map" <<END
# Who comes in

Connect:192.0.2${tab}REJECT
connect:IPv6:2A00:a200:0:12   550 5.7.1 not from here 
IPv6:2a00:a200:1:0:0 OK
  $tab
 # was refused by makemap
END
sed '$d' "$tmp/map" >"$tmp/good"
mv "$tmp/good" "$tmp/map"
want="# Who comes in

192.0.2${tab}REJECT
2a00:a200:0:12   550 5.7.1 not from here 
2a00:a200:1: OK
  $tab"
convert 'all of it is carried' 0 "$want" ''
convert 'from -' 0 "$want" '' -
t 'from a file' 0 "$want" '' mail convert --from sendmail --to postfix "$tmp/map"
printf 'a OK' >"$tmp/map"
convert 'a last line without a newline' 0 'a OK' ''
printf 'a OK\r\n#\r\n\r\nb REJECT no\r\n' >"$tmp/map"
in=$tmp/map run mail convert --from sendmail --to postfix
is 'CRLF stays' "$status $(od -An -c <"$tmp/out")" "0 $(od -An -c <"$tmp/map")"
: >"$tmp/map"
convert 'nothing' 0 '' ''

# What cannot be carried: the line as a comment, and a note.
cat >"$tmp/map" <<END
Connect:IPv6:2a00:a200:0 REJECT
Connect:IPv6:2a00:a200:0:12:0:0:0:25 RELAY
Connect:192.0.2.1 RELAY
IPv6 REJECT
From:user@ REJECT
IPv6:2a00:a200::/48 OK
ClientRate:192.0.2.1 10
END
convert 'what is not carried' 1 "#Connect:IPv6:2a00:a200:0 REJECT
#Connect:IPv6:2a00:a200:0:12:0:0:0:25 RELAY
192.0.2.1 RELAY
#IPv6 REJECT
#From:user@ REJECT
#IPv6:2a00:a200::/48 OK
#ClientRate:192.0.2.1 10" "v6kit: -:1:9: note: $two; in a cidr: table: 2a00:a200::/48 REJECT
v6kit: -:2:9: note: $none; in a cidr: table: 2a00:a200:0:12::25/128 RELAY
v6kit: -:2:38: note: $relay
v6kit: -:3:19: note: $relay
v6kit: -:4:1: note: $none; in a cidr: table: ::/0 REJECT
v6kit: -:5:1: note: $senders
v6kit: -:6:1: note: $never; in a cidr: table: 2a00:a200::/48 OK
v6kit: -:7:1: note: Postfix has one smtpd_client_connection_rate_limit for all clients"

cat >"$tmp/map" <<END
Connect:example.org OK
From:user@example.org OK
To:list@ REJECT
example.net REJECT
192.0.2.1 OK
END
convert 'senders' 1 '#Connect:example.org OK
user@example.org OK
#To:list@ REJECT
example.net REJECT
#192.0.2.1 OK' 'v6kit: -:1:1: note: about clients: for --table client
v6kit: -:3:1: note: about recipients: for --table recipient
v6kit: -:5:1: note: an address of a client: for --table client' --table sender
convert 'recipients' 1 '#Connect:example.org OK
#From:user@example.org OK
list@ REJECT
example.net REJECT
#192.0.2.1 OK' "v6kit: -:1:1: note: about clients: for --table client
v6kit: -:2:1: note: $senders
v6kit: -:5:1: note: an address of a client: for --table client" --table recipient

# Bad lines: reported, and passed over, as --on-error has it.
printf 'a OK\nb\n c OK\nd\\ OK\ne OK\n' | tr '\134' '\0' >"$tmp/map"
bad="v6kit: -:2:2: a key without a value
    b
     ^"
all="$bad
v6kit: -:3:1: a blank before the key
     c OK
    ^
v6kit: -:4:2: a NUL byte
    d\\x00 OK
     ^~~~"
convert 'bad lines' 2 'a OK
e OK' "$all"
convert 'stop' 2 'a OK' "$bad" --on-error=stop
in=$tmp/map run mail convert --from sendmail --to postfix --on-error=keep
is 'keep' "$status $(od -An -c <"$tmp/out")" "2 $(od -An -c <"$tmp/map")"
echo old >"$tmp/file"
in=$tmp/map run mail convert --from sendmail --to postfix --output "$tmp/file"
is 'a bad map leaves the old file' "$status $(cat "$tmp/file")" '2 old'
printf 'a OK\nFrom:b OK\n' >"$tmp/map"
in=$tmp/map run mail convert --from sendmail --to postfix --output "$tmp/file"
is 'notes do not' "$status $(cat "$tmp/file")" '1 a OK
#From:b OK'
t 'a file that is not there' 2 '' "v6kit: $tmp/none: No such file or directory" \
	mail convert --from sendmail --to postfix "$tmp/none"
usage 'mail convert: --from is missing; see v6kit mail convert --help' mail convert --to postfix
usage 'mail convert: --to is missing; see v6kit mail convert --help' mail convert --from sendmail
usage 'mail convert: --from takes sendmail, not "exim"' mail convert --from exim --to postfix
usage 'mail convert: one operand too many: b; see v6kit mail convert --help' \
	mail convert --from sendmail --to postfix a b

# A line of more than 1 MiB is bad, and kept whole.
{
	echo a OK
	printf 'b '
	head -c 1100000 /dev/zero | tr '\0' x
	echo
	echo c OK
} >"$tmp/map"
in=$tmp/map run mail convert --from sendmail --to postfix
is 'a line that is too long' "$status $(cat "$tmp/out") $(sed 1q "$tmp/err")" '2 a OK
c OK v6kit: -:2:1: a line of more than 1 MiB'
in=$tmp/map run mail convert --from sendmail --to postfix --on-error=keep
is 'and kept' "$status $(cksum <"$tmp/out")" "2 $(cksum <"$tmp/map")"

# Any bytes, in memory that does not grow.
head -c 500000 /dev/urandom >"$tmp/map"
in=$tmp/map run mail convert --from sendmail --to postfix
is 'noise' "$([ "$status" -gt 2 ] && echo "$status")" ''
awk 'BEGIN { for (i = 0; i < 1000000; i++) print "Connect:192.0." int(i / 256) % 256 "." i % 256, "REJECT" }' >"$tmp/map"
# shellcheck disable=SC3045 # dash and bash have it
if (ulimit -v 20000 && "$V6KIT" --version) >/dev/null 2>&1; then
	# shellcheck disable=SC3045
	(ulimit -v 20000 && exec "$V6KIT" mail convert --from sendmail --to postfix "$tmp/map") >"$tmp/out" 2>"$tmp/err"
	is 'a long map in little memory' "$? $(wc -l <"$tmp/out")$(cat "$tmp/err")" '0 1000000'
else
	left_out memory 'a long map in little memory' 'it does not start in 20 MB: sanitizers'
fi

done_testing
