#!/bin/sh
# The lines of mail, read by the programs that they are for, and what these do with other spellings.
# What takes a running daemon is in daemons.t.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/mail/mta.sh
. "${srcdir:-.}/tests/mail/mta.sh"

v4=192.0.2.25
v6=2a00:a200:0:12::25
net4=192.0.2.0/24
net6=2a00:a200:0:12::/64
# shellcheck disable=SC2317 # called by the trap of tap.sh
cleanup() {
	stop_mta
}

# has DESCRIPTION PATTERN FILE: a line of it matches the extended expression.
has() {
	if grep -Eq -e "$2" "$3"; then
		ok "$1"
	else
		not_ok "$1" "no line matches $2:
$(cat "$3")"
	fi
}

# asked SOCKET PATH ADDRESS...: the last line of the answer to a request for PATH that comes, as the
# PROXY protocol says, from each ADDRESS.
asked() {
	# shellcheck disable=SC2016 # perl's variables
	perl -MIO::Socket::UNIX -e '
		my ($socket, $path, @addresses) = @ARGV;
		alarm 60;
		for my $address (@addresses) {
			my $s;
			for (1 .. 300) {
				$s = IO::Socket::UNIX->new(Peer => $socket) and last;
				select undef, undef, undef, 0.1;
			}
			$s or die "$socket: $!\n";
			my @proxy = $address =~ /:/ ? ("TCP6", $address, "::1") : ("TCP4", $address, "127.0.0.1");
			print $s "PROXY @proxy 1 2\r\nGET $path HTTP/1.0\r\n\r\n";
			my ($line) = <$s>;
			$line =~ s/^\S+ (\d+).*/$1/s;
			print "$address $line\n";
			1 while <$s>;
		}' "$@" 2>&1
}

if have postfix postconf -d mail_version; then
	mkdir "$tmp/postfix"
	printf '%s\n' 'compatibility_level = 3.6' 'mail_owner = daemon' 'setgid_group = mail' \
		>"$tmp/postfix/main.cf"
	: >"$tmp/postfix/master.cf"
	# postconf -e waits for the clock after every change of the file, so all at once.
	{
		lines postfix mynetworks $net4 $net6 $v4 $v6
		lines postfix relayhost --port 587 $v6
		lines postfix bind $v4 $v6
	} >"$tmp/lines"
	tr '\n' '\0' <"$tmp/lines" | mta xargs -0 postconf -c "$tmp/postfix" -e >"$tmp/said" 2>&1
	is 'postconf -e' "$?:$(cat "$tmp/said")" 0:
	is 'postconf has what it was given' "$(mta postconf -c "$tmp/postfix" mynetworks relayhost \
		smtp_bind_address smtp_bind_address6 2>&1)" "$(cat "$tmp/lines")"

	# look_up TABLE ADDRESS
	look_up() {
		MAIL_CONFIG=$tmp/postfix mta postmap -q "$2" "$1" 2>"$tmp/said"
	}
	lines postfix access --cidr --value HIT 2a00:a200::/33 ::ffff:192.0.2.0/120 2001:db8:0:0:1::/80 \
		2a00::5 >"$tmp/cidr"
	for address in 2a00:a200:7fff::1 192.0.2.255 2001:db8::1:2:3:4 2a00::5; do
		is "cidr: $address" "$(look_up "cidr:$tmp/cidr" $address)" HIT
		is "cidr: $address: no warning" "$(cat "$tmp/said")" ''
	done
	for address in 2a00:a200:8000::1 192.0.3.0 2001:db8::2:2:3:4 2a00::6; do
		is "cidr: not $address" "$(look_up "cidr:$tmp/cidr" $address)" ''
	done
	printf '2a00:a200:0:12::25/64\tHIT\nIPv6:2a00:a201::/32\tHIT\n' >"$tmp/cidr"
	is 'cidr: host bits match nothing' "$(look_up "cidr:$tmp/cidr" $v6)" ''
	has 'and are warned about' 'non-null host address bits' "$tmp/said"
	is 'cidr: a tag matches nothing' "$(look_up "cidr:$tmp/cidr" 2a00:a201::1)" ''

	lines postfix access --value HIT 2a00:a200::/47 2001:db8::/32 192.0.2.0/23 ::192.0.2.1 >"$tmp/access"
	MAIL_CONFIG=$tmp/postfix mta postmap "hash:$tmp/access" >"$tmp/said" 2>&1
	is 'postmap has no word but about the last colon' "$(grep -v 'is this an alias file' "$tmp/said")" ''
	while IFS='	' read -r key _; do
		is "hash: has $key" "$(look_up "hash:$tmp/access" "$key")" HIT
	done <"$tmp/access"
fi

if have exim exim4 -C /dev/null -bV; then
	{
		printf '%s\n' 'primary_hostname = box.example' "spool_directory = $tmp/exim" \
			"log_file_path = $tmp/exim-%slog"
		lines exim interfaces $v4 $v6 fe80::1%eth0
		printf 'hostlist relay = %s\n' "$(lines exim list $net4 $net6)"
		printf '%s\n' 'acl_smtp_rcpt = rcpt' 'begin acl' 'rcpt:' '  accept hosts = +relay' '  deny'
	} >"$tmp/exim.conf"
	mta exim4 -C "$tmp/exim.conf" -bV >"$tmp/said" 2>&1
	has 'exim -bV -C' "^Configuration file is $tmp/exim.conf" "$tmp/said"
	is 'exim -bP local_interfaces' "$(mta exim4 -C "$tmp/exim.conf" -bP local_interfaces 2>&1)" \
		"local_interfaces = <; $v4 ; $v6 ; fe80::1%eth0"
	# match_ip ADDRESS LIST: yes or no, of exim's.
	match_ip() {
		mta exim4 -C "$tmp/exim.conf" -be "\${if match_ip{$1}{$2}{yes}{no}}" 2>&1
	}
	list=$(lines exim list ::ffff:192.0.2.0/120 $net6 2001:db8::1 2a00:a202::/33)
	for address in 192.0.2.0 192.0.2.255 ::ffff:192.0.2.7 2a00:a200:0:12:: 2a00:a200:0:12:ffff:ffff:ffff:ffff \
		2001:db8::1 2a00:a202:7fff::; do
		is "exim: $address is in the list" "$(match_ip $address "$list")" yes
	done
	for address in 192.0.1.255 192.0.3.0 2a00:a200:0:11:ffff:ffff:ffff:ffff 2a00:a200:0:13:: 2001:db8::2 \
		2a00:a202:8000::; do
		is "exim: $address is not" "$(match_ip $address "$list")" no
	done
	while IFS='	' read -r address other why; do
		is "exim: $why" "$(match_ip "$address" "$other")" no
	done <<-END
		$v6	$net4 : $net6	a colon splits the list
		$v6	<; [2a00:a200:0:12::]/64	brackets match nobody
		$v6	<; IPv6:$net6	nor does a tag
		192.0.2.7	<; ::ffff:192.0.2.0/120	nor does a mapped prefix
	END
fi

printf '%s\n' 'listen on ::1' 'action a relay' 'match for any action a' >"$tmp/smtpd.conf"
if have opensmtpd smtpd -n -f "$tmp/smtpd.conf"; then
	# smtpd_says LINE...: what smtpd -n has to say.
	smtpd_says() {
		{
			printf '%s\n' "$@"
			printf '%s\n' 'action a relay' 'match for any action a'
		} >"$tmp/smtpd.conf"
		mta smtpd -n -f "$tmp/smtpd.conf" 2>&1
	}
	is 'smtpd -n: listen' "$(smtpd_says "$(lines opensmtpd listen $v4 $v6 :: 0.0.0.0)")" 'configuration OK'
	is 'smtpd -n: port' "$(smtpd_says "$(lines opensmtpd listen --port 587 $v4 $v6)")" 'configuration OK'
	smtpd_says "listen on [$v6]" >"$tmp/said"
	has 'smtpd -n: brackets are a syntax error' 'syntax error' "$tmp/said"
	smtpd_says "listen on IPv6:$v6" >"$tmp/said"
	has 'smtpd -n: a tag is no address' 'invalid virtual ip' "$tmp/said"
fi

if have dovecot doveconf -d -h listen; then
	# dovecot LINE: the lines of listen that doveconf makes of it.
	dovecot_has() {
		printf '%s\n' 'default_internal_user = nobody' 'default_login_user = nobody' 'ssl = no' "$1" \
			>"$tmp/dovecot.conf"
		mta doveconf -n -c "$tmp/dovecot.conf" 2>"$tmp/said" | grep '^listen'
	}
	for addresses in "$v4 $v6" "$v6" "$v4" "$v6 ::1"; do
		# shellcheck disable=SC2086 # words
		line=$(lines dovecot listen $addresses)
		is "doveconf: $line" "$(dovecot_has "$line")" "$line"
	done
	is 'doveconf cuts a zone' "$(dovecot_has 'listen = fe80::1%eth0')" 'listen = fe80:'
	is 'doveconf cuts a length' "$(dovecot_has "listen = $v6/64")" 'listen = 2a00:a200:0:12:'
fi

if have nginx nginx -v; then
	# nginx_conf LINE...: a server with these lines.
	nginx_conf() {
		{
			printf '%s\n' 'daemon off;' 'master_process off;' "pid $tmp/nginx.pid;" 'error_log stderr;' \
				'events {}' 'http {' 'access_log off;'
			for name in client_body proxy fastcgi uwsgi scgi; do
				echo "${name}_temp_path $tmp/nginx-$name;"
			done
			printf '%s\n' 'server {' "$@" '}' '}'
		} >"$tmp/nginx.conf"
	}
	# Whether the addresses are this machine's is another matter.
	nginx_conf "$(lines nginx listen $v4 $v6 ::)" "$(lines nginx allow $net4 $net6 ::1 ::/0)"
	mta nginx -t -p "$tmp" -c "$tmp/nginx.conf" >"$tmp/said" 2>&1
	has 'nginx -t' 'syntax is ok' "$tmp/said"
	is 'nginx -t: no warning' "$(grep -c 'warn' "$tmp/said")" 0
	for line in "listen $v6:25;" "listen [IPv6:$v6]:25;" 'listen [fe80::1%eth0]:25;' \
		'allow [2a00:a200:0:12::]/64;' "allow IPv6:$net6;"; do
		nginx_conf "$line"
		mta nginx -t -p "$tmp" -c "$tmp/nginx.conf" >"$tmp/said" 2>&1
		has "nginx -t refuses $line" '\[emerg\].*invalid' "$tmp/said"
	done
	nginx_conf "listen unix:$tmp/nginx.sock proxy_protocol;" 'set_real_ip_from unix:;' \
		'real_ip_header proxy_protocol;' \
		'location /v6kit {' "$(lines nginx allow ::ffff:192.0.2.0/120 $net6)" 'deny all;' '}' \
		'location /mapped {' 'allow ::ffff:192.0.2.0/120;' 'deny all;' '}'
	start_mta nginx -p "$tmp" -c "$tmp/nginx.conf"
	# What may come in is not found.
	is 'nginx: whom allow lets in' "$(asked "$tmp/nginx.sock" /v6kit 192.0.2.7 ::ffff:192.0.2.7 $v6 \
		192.0.3.1 2a00:a200:0:13::1)" "192.0.2.7 404
::ffff:192.0.2.7 404
$v6 404
192.0.3.1 403
2a00:a200:0:13::1 403"
	is 'nginx: a mapped prefix lets nobody in' "$(asked "$tmp/nginx.sock" /mapped 192.0.2.7 ::ffff:192.0.2.7)" \
		'192.0.2.7 403
::ffff:192.0.2.7 403'
	stop_mta
fi

if have haproxy haproxy -v; then
	# haproxy_conf LINE...
	haproxy_conf() {
		{
			printf '%s\n' defaults 'mode http' 'timeout connect 5s' 'timeout client 5s' \
				'timeout server 5s' 'listen all'
			printf '%s\n' "$@"
		} >"$tmp/haproxy.cfg"
	}
	i=1
	while [ $i -le 70 ]; do
		echo "2001:db8:$i::/48"
		i=$((i + 1))
	done >"$tmp/list"
	haproxy_conf "$(lines haproxy bind $v4 $v6 ::)" "$(lines haproxy acl inside $net4 $net6 ::1)" \
		"$(lines haproxy acl many -f "$tmp/list")" "$(lines haproxy server mx $v6)" \
		"$(lines haproxy server mx4 --port 587 $v4)" 'http-request deny if inside or many'
	mta haproxy -c -f "$tmp/haproxy.cfg" >"$tmp/said" 2>&1
	is 'haproxy -c' "$?:$(grep -c 'WARNING\|ALERT' "$tmp/said")" 0:0
	for line in "bind [IPv6:$v6]:25" 'bind [fe80::1%lo]:25' "bind [$v6]" "server mx $v6" \
		'acl inside src [2a00:a200:0:12::]/64' "acl inside src IPv6:$net6" 'acl or src ::1' \
		"acl many src $(tr '\n' ' ' <"$tmp/list")"; do
		haproxy_conf 'bind 127.0.0.1:9' "$line"
		mta haproxy -c -f "$tmp/haproxy.cfg" >"$tmp/said" 2>&1
		has "haproxy -c refuses $(printf %.50s "$line")" ALERT "$tmp/said"
	done
	haproxy_conf "bind unix@$tmp/haproxy.sock accept-proxy" \
		"$(lines haproxy acl inside ::ffff:192.0.2.0/120 $net6)" 'acl all6 src ::/0' \
		'http-request return status 200 if inside' 'http-request return status 404 if all6' \
		'http-request return status 403'
	start_mta haproxy -db -f "$tmp/haproxy.cfg"
	is 'haproxy: whom the acl matches, 6to4 too; ::/0 matches all' \
		"$(asked "$tmp/haproxy.sock" / 192.0.2.7 ::ffff:192.0.2.7 $v6 2002:c000:207::1 192.0.3.1 \
			2a00:a200:0:13::1)" "192.0.2.7 200
::ffff:192.0.2.7 200
$v6 200
2002:c000:207::1 200
192.0.3.1 404
2a00:a200:0:13::1 404"
	stop_mta
fi

# shellcheck disable=SC2086 # words
if have spamassassin perl $mta_perl -MMail::SpamAssassin -e 1; then
	# trusts LINE ADDRESS...: each with yes or no.
	# shellcheck disable=SC2016 # perl's variables
	trusts() {
		mta perl $mta_perl -MMail::SpamAssassin -e '
			my ($line, @addresses) = @ARGV;
			my $sa = Mail::SpamAssassin->new({ dont_copy_prefs => 1, local_tests_only => 1,
				site_rules_filename => "/nonexistent", rules_filename => "/nonexistent",
				userprefs_filename => "/nonexistent", require_rules => 0,
				config_text => "$line\n" });
			$sa->init(0);
			print "$_ ", $sa->{conf}{trusted_networks}->contains_ip($_) ? "yes" : "no", "\n"
				for @addresses;' "$@" 2>"$tmp/said"
	}
	is 'spamassassin: whom it trusts' "$(trusts "$(lines spamassassin $net4 $net6 2001:db8::1)" 192.0.2.7 \
		::ffff:192.0.2.7 $v6 2001:db8::1 192.0.3.1 2a00:a200:0:13::1 2001:db8::2)" "192.0.2.7 yes
::ffff:192.0.2.7 yes
$v6 yes
2001:db8::1 yes
192.0.3.1 no
2a00:a200:0:13::1 no
2001:db8::2 no"
	is 'spamassassin: no word about it' "$(grep netset "$tmp/said")" ''
	is 'spamassassin: a tag is no network' "$(trusts "trusted_networks IPv6:$net6" $v6)" "$v6 no"
	has 'and is warned about' 'netset: illegal IP address' "$tmp/said"
	is 'spamassassin: ::/0 is all of IPv4 too' "$(trusts 'trusted_networks ::/0' 192.0.2.7)" '192.0.2.7 yes'
fi

if have opendkim opendkim -V && have opendkim miltertest -V && have opendkim openssl version; then
	openssl genrsa -out "$tmp/dkim.pem" 1024 2>/dev/null
	printf '%s\n' 'Background no' 'Syslog no' 'Domain example.com' "KeyFile $tmp/dkim.pem" 'Selector s' \
		'Mode sv' 'RequireSafeKeys no' "InternalHosts $tmp/hosts" "ExternalIgnoreList $tmp/hosts" \
		>"$tmp/opendkim.conf"
	cat >"$tmp/clients.lua" <<-'END'
		for address in string.gmatch(os.getenv("ADDRESSES"), "%S+") do
			local c = mt.connect(os.getenv("SOCKET"))
			mt.conninfo(c, "host.invalid", address)
			mt.macro(c, SMFIC_MAIL, "i", "test")
			mt.mailfrom(c, "<user@example.com>")
			mt.rcptto(c, "<user@example.org>")
			mt.header(c, "From", "user@example.com")
			mt.eoh(c)
			mt.bodystring(c, "text\r\n")
			mt.eom(c)
			local signs = mt.eom_check(c, MT_HDRINSERT, "DKIM-Signature") or
				mt.eom_check(c, MT_HDRADD, "DKIM-Signature")
			mt.echo(address .. (signs and " yes" or " no"))
			mt.disconnect(c)
		end
	END
	# signs ADDRESS...: each with yes or no; internal hosts are signed for.
	signs() {
		rm -f "$tmp/dkim.sock"
		start_mta opendkim -f -x "$tmp/opendkim.conf" -p "local:$tmp/dkim.sock"
		i=0
		until [ -S "$tmp/dkim.sock" ] || [ $i -ge 300 ]; do
			sleep 0.1
			i=$((i + 1))
		done
		mta SOCKET="local:$tmp/dkim.sock" ADDRESSES="$*" timeout 90 miltertest -s "$tmp/clients.lua" 2>&1
		stop_mta
	}
	lines opendkim ::ffff:192.0.2.0/120 2A00:A200:0:12:0:0:0:0/64 2001:db8::1 ::192.0.2.0/120 >"$tmp/hosts"
	is 'opendkim: whom it signs for' \
		"$(signs 192.0.2.7 $v6 2001:db8::1 ::192.0.2.1 192.0.3.1 2a00:a200:0:13::1 2001:db8::2 ::192.0.3.1)" \
		"192.0.2.7 yes
$v6 yes
2001:db8::1 yes
::192.0.2.1 yes
192.0.3.1 no
2a00:a200:0:13::1 no
2001:db8::2 no
::192.0.3.1 no"
	printf '%s\n' 2a00:a200:0:12:0:0:0:0/64 2a00:a201::25/32 IPv6:2a00:a202::/32 ::ffff:192.0.2.0/120 \
		>"$tmp/hosts"
	is 'opendkim: uncompressed, host bits, a tag, mapped: nobody' \
		"$(signs $v6 2a00:a201::25 2a00:a202::1 192.0.2.7)" "$v6 no
2a00:a201::25 no
2a00:a202::1 no
192.0.2.7 no"
fi

# Nothing may be left untested in silence.
is 'there are programs, or reasons' "$((tap_n > 0))" 1
done_testing
