#!/bin/sh
# The rules of lint on keys (23, 24), on real sendmail: each line of a fixture alone is made a map or read
# as a class, and sendmail -bt says whether the client that it is meant for is found.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/mail/lib.sh
. "${srcdir:-.}/tests/mail/lib.sh"
# shellcheck source=tests/mail/proof.sh
. "${srcdir:-.}/tests/mail/proof.sh"

need_sendmail
make_namespaces
make_cf f <<EOF
define(\`confCW_FILE', \`-o $tmp/class')dnl
define(\`confCR_FILE', \`-o $tmp/relay')dnl
FEATURE(\`use_cw_file')dnl
FEATURE(\`access_db', \`hash -T<TMPF> $tmp/access')dnl
DAEMON_OPTIONS(\`Family=inet6,A=IPv6:$v6')dnl
EOF

# map FILE: the access map has the lines of FILE.
map() {
	makemap -C "$tmp/f.cf" hash "$tmp/access" <"$1" >"$tmp/makemap" 2>&1 ||
		not_ok "makemap takes $1" "$(cat "$tmp/makemap")"
}
: >"$tmp/none"
map "$tmp/none"

# What the last of $tmp/queries returned.
returns() {
	bt "$tmp/queries" | sed -n 's/^[^ ]* *returns: //p' | tail -n 1
}

# access_line RULESET MARK CLIENT: as the stock rules ask: A for an address and D for a name; "+Connect" is
# looked up with and without the tag, "!ClientRate" with it alone.
access_line() {
	map "$tmp/line"
	printf '%s <%s> <?> <%s %s> <>\n' "$1" "$3" "${2%"${2#?}"}" "${2#?}" >"$tmp/queries"
	case $(returns) in
	"< ? > < >") echo out ;;
	"< "*" > < >") echo in ;;
	*) echo "neither in nor out" ;;
	esac
	map "$tmp/none"
}

# relay_line CLIENT: may it relay?
relay_line() {
	cp "$tmp/line" "$tmp/relay"
	printf '.D{client_addr}%s\n.D{client_resolve}FAIL\n.D{client_name}[%s]\nRelay_ok %s\n' \
		"$1" "$1" "$1" >"$tmp/queries"
	case $(returns) in
	RELAY) echo in ;;
	*"Relaying denied"*) echo out ;;
	*) echo "neither in nor out" ;;
	esac
	: >"$tmp/relay"
}

# cw_line LITERAL: is user@LITERAL local?
cw_line() {
	cp "$tmp/line" "$tmp/class"
	printf '3,0 user@%s\n' "$1" >"$tmp/queries"
	case $(returns) in
	"\$# local "*) echo in ;;
	"\$# esmtp "*) echo out ;;
	*) echo "neither in nor out" ;;
	esac
	: >"$tmp/class"
}

# keys FIXTURE TYPE: standard input has lines "LINE in|out RULESET MARK CLIENT"; what is
# no access map has no ruleset and no mark.
keys() {
	proven="$proven$1 "
	asked=0
	: >"$tmp/wrong"
	while read -r line want ruleset mark client; do
		sed -n "${line}p" "$lint/$1" >"$tmp/line"
		case $2 in
		access) got=$(access_line "$ruleset" "$mark" "$client") ;;
		relay) got=$(relay_line "$client") ;;
		cw) got=$(cw_line "$client") ;;
		esac
		asked=$((asked + 1))
		[ "$got" = "$want" ] ||
			echo "line $line: $client is $got, want $want: $(cat "$tmp/line")" >>"$tmp/wrong"
	done
	[ "$asked" -gt 0 ] || echo "nothing was asked" >>"$tmp/wrong"
	is "$1: each line by sendmail -bt" "$(cat "$tmp/wrong")" ""
}

# The same clients for what is bad and for what is mended.
clients='1 A +Connect IPv6:2a00:a200:0:12:0:0:0:25
2 A !ClientRate IPv6:2002:c0a8:2c7:0:0:0:0:1
3 A !GreetPause IPv6:2a00:a200:0:ffff:0:0:0:1
4 A !ClientConn IPv6:2a00:a200:0:12:0:0:0:25
5 A +Connect IPv6:2a00:a200:0:14:0:0:0:25
6 A +Connect IPv6:2a00:a200:0:15:0:0:0:25
7 A +Connect 192.0.2.99
8 D +Connect [IPv6:2a00:a200:0:16:0:0:0:25]
9 A +Connect IPv6:2a00:a200:0:17:0:0:0:25'
echo "$clients" | sed 's/ / out /' >"$tmp/asked"
keys SM23-forms.bad.access access <"$tmp/asked"
echo "$clients" | sed 's/ / in /' >"$tmp/asked"
keys SM23-forms.fixed.access access <"$tmp/asked"
keys SM23-length.bad.access access <<EOF
1 out A +Connect IPv6:2a00:a200:0:12:0:0:0:25
1 out A +Connect IPv6:2a00:a200:0:10:0:0:0:0
EOF
# Octets that sendmail does not write so.
clients='1 A +Connect 10.1.2.3
2 A !ClientRate 192.0.2.99
3 A +Connect 192.0.2.99'
echo "$clients" | sed 's/ / out /' >"$tmp/asked"
keys SM23-octets.bad.access access <"$tmp/asked"
echo "$clients" | sed 's/ / in /' >"$tmp/asked"
keys SM23-octets.good.access access <"$tmp/asked"
# The last line of this one is a warning: it is found, by everyone.
keys SM23-access access <<EOF
1 out A +Connect IPv6:2a00:a200:0:12:0:0:0:25
2 out A +Connect IPv6:2002:c0a8:2c7:0:0:0:0:1
3 out A +Connect IPv6:2a00:a200:0:12:0:0:0:25
4 out A +Connect IPv6:2a00:a200:0:12:0:0:0:25
5 out A +Connect IPv6:2a00:a200:0:12:0:0:0:25
6 out A +Connect IPv6:2a00:a200:0:12:0:0:0:25
7 out A +Connect 192.0.2.99
8 in A +Connect IPv6:2a00:a200:0:12:0:0:0:25
9 in A +Connect IPv6:fd00:0:0:0:0:0:0:1
EOF
keys SM23-forms.good.access access <<EOF
1 out A +Connect IPv6:2a00:a200:0:12:0:0:0:25
2 in A +Connect IPv6:2a00:a200:0:12:0:0:0:25
2 out A +Connect IPv6:2a00:a200:0:12:0:0:0:26
3 in A +Connect IPv6:2a00:a200:0:13:0:0:0:25
4 in A !ClientRate IPv6:2a00:a200:ffff:0:0:0:0:1
5 in A !GreetPause IPv6:2a00:a200:0:12:0:0:0:0
6 in D +Connect [IPv6:2a00:a200:0:14:0:0:0:25]
7 in A +Connect IPv6:2a00:a200:0:17:0:0:0:25
7 out A !ClientRate IPv6:2a00:a200:0:17:0:0:0:25
8 in A +Connect 192.0.2.99
10 in D !From [IPv6:2a00:a200:0:12::99]
EOF

# Not this host's own address, whose name is local.
clients='1 - - IPv6:2a00:a200:0:12:0:0:0:99
2 - - IPv6:2a00:a200:0:13:0:0:0:25
3 - - IPv6:2a00:a200:0:ffff:0:0:0:1
4 - - IPv6:2a00:a200:0:14:0:0:0:25
5 - - IPv6:2a00:a200:0:15:0:0:0:25'
echo "$clients" | sed 's/ / out /' >"$tmp/asked"
keys SM23-forms.bad.relay relay <"$tmp/asked"
echo "$clients" | sed 's/ / in /' >"$tmp/asked"
keys SM23-forms.fixed.relay relay <"$tmp/asked"
keys SM23-tag.bad.relay relay <<EOF
1 out - - IPv6:2a00:a200:0:12:0:0:0:99
EOF
keys SM23-tag.fixed.relay relay <<EOF
1 in - - IPv6:2a00:a200:0:12:0:0:0:99
EOF
keys SM23-octets.bad.relay relay <<EOF
1 out - - 192.0.2.99
EOF
keys SM23-octets.good.relay relay <<EOF
1 in - - 192.0.2.99
EOF
keys SM23-forms.good.relay relay <<EOF
1 out - - IPv6:2a00:a200:0:12:0:0:0:99
3 in - - 192.0.2.99
4 in - - IPv6:2a00:a200:0:12:0:0:0:99
5 in - - IPv6:2a00:a200:0:13:0:0:0:25
6 in - - IPv6:2a00:a200:0:14:0:0:0:25
7 in - - IPv6:2a00:a200:0:15:0:0:0:25
EOF
# Class w is about how a literal is written, not about the address. None of these is this host's own.
keys SM23-bare.bad.cw cw <<EOF
1 out - - [IPv6:2a00:a200:0:12:0:0:0:26]
2 out - - [IPv6:2a00:a200:0:12:0:0:0:27]
EOF
keys SM23-bare.fixed.cw cw <<EOF
1 in - - [IPv6:2a00:a200:0:12:0:0:0:26]
2 in - - [IPv6:2a00:a200:0:12:0:0:0:27]
EOF
keys SM23-length.bad.cw cw <<EOF
1 out - - [IPv6:2a00:a200:0:12:0:0:0:28]
EOF
keys SM23-full.good.cw cw <<EOF
3 in - - [192.0.2.26]
4 in - - [IPv6:2a00:a200:0:12:0:0:0:26]
4 out - - [IPv6:2a00:a200:0:12::26]
EOF

# 24: all of IPv6. The line is cut at its first blank.
for fixture in SM24-blank SM24-after; do
	last=$(wc -l <"$lint/$fixture.bad.relay")
	keys "$fixture.bad.relay" relay <<-EOF
		$last in - - IPv6:fd00:0:0:0:0:0:0:1
	EOF
	keys "$fixture.fixed.relay" relay <<-EOF
		$last out - - IPv6:fd00:0:0:0:0:0:0:1
		$last in - - IPv6:2a00:a200:0:12:0:0:0:99
	EOF
done
keys SM24-bare.bad.relay relay <<EOF
1 in - - IPv6:fd00:0:0:0:0:0:0:1
EOF
keys SM24-bare.bad.access access <<EOF
1 in A +Connect IPv6:fd00:0:0:0:0:0:0:1
EOF
keys SM24-behind.good.relay relay <<EOF
1 out - - IPv6:fd00:0:0:0:0:0:0:1
1 in - - IPv6:2a00:0:0:0:0:0:0:1
EOF

# And for real: a stranger asks this host to relay.
# relays FIXTURE yes|no
relays() {
	cp "$lint/$1" "$tmp/relay"
	silent "$1"
	start f
	wait_for 10 sockets_are "[$v6]:25"
	relays_got=$(smtp "$v6" "EHLO peer.example" "MAIL FROM:<a@peer.example>" \
		"RCPT TO:<u@far.example>" | tail -n 1)
	stop
	case $2:$relays_got in
	"yes:250 2.1.5 "* | "no:550 5.7.1 "*"Relaying denied"*) ok "$1 makes an open relay: $2" ;;
	*) not_ok "$1 makes an open relay: $2" "$relays_got" ;;
	esac
}
# The peer's first address is within what the files mean to allow.
hosts "2a00:a200:0:13::99 stranger.example"
ip -n "$ns_b" address add 2a00:a200:0:13::99/128 dev v6k-b nodad
ip -n "$ns_a" route add 2a00:a200:0:13::/64 dev v6k-a
ip -n "$ns_b" route add "$v6" dev v6k-b src 2a00:a200:0:13::99
relays SM24-blank.bad.relay yes
relays SM24-bare.bad.relay yes
relays SM24-blank.fixed.relay no

# What Debian ships as an example: four dead keys, and the others of their kind live.
stock=/usr/share/sendmail/examples/db/access
if [ -r "$stock" ]; then
	lint=${stock%/*}
	keys access access <<-EOF
		76 in A +Connect 127.0.0.1
		77 in A !GreetPause 127.0.0.1
		80 out A +Connect IPv6:0:0:0:0:0:0:0:1
		81 out A !GreetPause IPv6:0:0:0:0:0:0:0:1
		82 out A !ClientRate IPv6:0:0:0:0:0:0:0:1
		83 out A !ClientConn IPv6:0:0:0:0:0:0:0:1
	EOF
	lint=$srcdir/tests/mail/lint
else
	left_out sendmail "the keys of $stock" "it is not installed"
fi

all_proven 'SM2[34]'
done_testing
