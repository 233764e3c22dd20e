#!/bin/sh
# The lines of mail in running daemons: on which addresses they listen, from which they send, and whom
# Postfix lets in, in network namespaces. Needs root.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/mail/lib.sh
. "${srcdir:-.}/tests/mail/lib.sh"
# shellcheck source=tests/mail/mta.sh
. "${srcdir:-.}/tests/mail/mta.sh"

make_namespaces
# Daemons that give root up have to get here.
chmod 711 "$tmp"

# daemon COMMAND...: starts it in the mail host, with the users that it asks for and folders of its own
# under /var; process $daemon.
daemon() {
	# shellcheck disable=SC2016 # expanded by the inner shell
	inside_exec "$ns_a" sh -c '
		tmp=$1
		shift
		mount --bind "$tmp/passwd" /etc/passwd
		mount --bind "$tmp/group" /etc/group
		mount -t tmpfs v6kit /var/lib
		mount -t tmpfs v6kit /var/spool
		mkdir -p /var/lib/opensmtpd/empty /var/spool/smtpd
		chmod 711 /var/spool/smtpd
		exec timeout -k 0.5 300 "$@"' sh "$tmp" \
		env ${mta_libraries:+"LD_LIBRARY_PATH=$mta_libraries"} "$@" </dev/null >"$tmp/said" 2>&1 &
	daemon=$!
}

# daemon_listens DESCRIPTION SOCKET... -- COMMAND...: on these sockets (in the order of sort), and on
# nothing else.
daemon_listens() {
	listens_name=$1
	shift
	listens_want=
	while [ "$1" != -- ]; do
		listens_want="$listens_want$1
"
		shift
	done
	shift
	: >"$tmp/log"
	daemon "$@"
	wait_for 10 sockets_are "${listens_want%?}"
	listens_got=$(sockets)
	# Whatever it started ends with it.
	stop
	wait_for 10 sockets_are ''
	if [ "$listens_got" = "${listens_want%?}" ]; then
		ok "$listens_name"
	else
		not_ok "$listens_name" "listens on:
$listens_got
want:
${listens_want%?}
it said:
$(said)"
	fi
}

# daemon_fails DESCRIPTION PATTERN COMMAND...: it says so, and listens nowhere.
daemon_fails() {
	fails_name=$1 fails_pattern=$2
	shift 2
	: >"$tmp/log"
	daemon "$@"
	wait_for 10 logged "$fails_pattern"
	fails_sockets=$(sockets)
	stop
	if logged "$fails_pattern" && [ -z "$fails_sockets" ]; then
		ok "$fails_name"
	else
		not_ok "$fails_name" "listens on: $fails_sockets
it said:
$(said)"
	fi
}

if have exim exim4 -C /dev/null -bV; then
	# exim_conf LINE
	exim_conf() {
		printf '%s\n' 'primary_hostname = box.example' 'exim_user = root' 'exim_group = root' \
			"spool_directory = $tmp/exim" "log_file_path = $tmp/exim-%slog" \
			"pid_file_path = $tmp/exim.pid" 'tls_advertise_hosts =' "$1" >"$tmp/exim.conf"
	}
	mkdir "$tmp/exim"
	exim_conf "$(lines exim interfaces $v4 $v6)"
	daemon_listens 'exim: on its addresses' "$v4:25" "[$v6]:25" -- exim4 -C "$tmp/exim.conf" -bdf
	exim_conf "$(lines exim interfaces 0.0.0.0 ::)"
	daemon_listens 'exim: on both wildcards' 0.0.0.0:25 '[::]:25' -- exim4 -C "$tmp/exim.conf" -bdf
	local=$(ip -n "$ns_a" -6 -o address show dev v6k-a scope link | sed 's/.*inet6 \([^/]*\).*/\1/')
	wait_for 5 sh -c "! ip -n $ns_a -6 address show dev v6k-a | grep -q tentative"
	exim_conf "$(lines exim interfaces "$local%v6k-a")"
	daemon_listens 'exim: on a link-local address' "[$local]%v6k-a:25" -- exim4 -C "$tmp/exim.conf" -bdf
	exim_conf 'local_interfaces = <; 0.0.0.0 ; ::'
	daemon_listens 'exim: "::" collides with the wildcard of IPv4' 0.0.0.0:25 -- \
		exim4 -C "$tmp/exim.conf" -bdf
	exim_conf "local_interfaces = $v4 : $v6"
	daemon_fails 'exim: a colon splits the list' 'Malformed IP address' exim4 -C "$tmp/exim.conf" -bdf
fi

printf '%s\n' 'listen on ::1' 'action a relay' 'match for any action a' >"$tmp/smtpd.conf"
if have opensmtpd smtpd -n -f "$tmp/smtpd.conf"; then
	# smtpd_conf LINES
	smtpd_conf() {
		printf '%s\n' "$1" 'action a relay' 'match for any action a' >"$tmp/smtpd.conf"
	}
	smtpd_conf "$(lines opensmtpd listen $v4 $v6)"
	daemon_listens 'smtpd: on its addresses' "$v4:25" "[$v6]:25" -- smtpd -d -f "$tmp/smtpd.conf"
	smtpd_conf "$(lines opensmtpd listen --port 587 0.0.0.0 ::)"
	daemon_listens 'smtpd: on both wildcards' 0.0.0.0:587 '[::]:587' -- smtpd -d -f "$tmp/smtpd.conf"
	local=$(ip -n "$ns_a" -6 -o address show dev v6k-a scope link | sed 's/.*inet6 \([^/]*\).*/\1/')
	smtpd_conf "listen on $local%v6k-a"
	daemon_fails 'smtpd: not on an address with a zone' 'bind: Invalid argument' smtpd -d -f "$tmp/smtpd.conf"
fi

if have haproxy haproxy -v; then
	printf '%s\n' defaults 'mode tcp' 'timeout connect 5s' 'timeout client 5s' 'timeout server 5s' \
		'listen all' "$(lines haproxy bind $v4 $v6)" "$(lines haproxy server mx $v6)" >"$tmp/haproxy.cfg"
	daemon_listens 'haproxy: on its addresses' "$v4:25" "[$v6]:25" -- haproxy -db -f "$tmp/haproxy.cfg"
fi

if have nginx nginx -v; then
	{
		printf '%s\n' 'daemon off;' 'master_process off;' "pid $tmp/nginx.pid;" 'error_log stderr;' \
			'events {}' 'http {' 'access_log off;'
		for name in client_body proxy fastcgi uwsgi scgi; do
			echo "${name}_temp_path $tmp/nginx-$name;"
		done
		printf '%s\n' 'server {' "$(lines nginx listen 0.0.0.0 $v6)" '}' '}'
	} >"$tmp/nginx.conf"
	daemon_listens 'nginx: on its addresses' 0.0.0.0:25 "[$v6]:25" -- nginx -p "$tmp" -c "$tmp/nginx.conf"
fi

have postfix postconf -d mail_version || done_testing

# Prefixes, each with a first group of its own, so that one map does for all of them, and clients inside
# and outside. Postfix is asked about these by XCLIENT. V6KIT_SEED repeats a run.
seed=${V6KIT_SEED:-$(date +%s)$$}
seed=$((seed % 4294967296))
echo "# V6KIT_SEED=$seed"
# shellcheck disable=SC2016 # perl's variables
perl -we '
	use strict;
	my ($seed, $dir) = @ARGV;
	srand $seed;
	open my $prefixes, ">", "$dir/prefixes" or die;
	open my $queries, ">", "$dir/queries" or die;
	my $n = 0;

	sub text { join ":", map { sprintf "%x", $_ } @_ }

	# The groups with all bits after the first LENGTH replaced by those of NEW.
	sub after_bits {
		my ($length, $new, @g) = @_;
		return map {
			my $host = 16 * ($_ + 1) - $length;
			my $mask = $host <= 0 ? 0 : $host >= 16 ? 65535 : (1 << $host) - 1;
			$g[$_] & ~$mask & 65535 | $new->() & $mask;
		} 0 .. 7;
	}

	# Many zeros: they are what "::" is made of.
	sub group { rand() < 0.6 ? 0 : int rand 65536 }

	while ($n < 120) {
		my @g = (0x3000 + $n, map { group } 1 .. 7);
		my $length = $n < 60 ? 16 * (1 + int rand 8) : 17 + int rand 112;
		next if -$length % 16 > 6;
		my @first = after_bits($length, sub { 0 }, @g);
		print $prefixes "P$n ", text(@first), "/$length\n";
		print $queries "P$n ", text(after_bits($length, \&group, @g)), "\n" for 1 .. 6;
		# One bit of the prefix is another, but none of the first group.
		for (1 .. ($length > 16 ? 4 : 0)) {
			my @other = after_bits($length, \&group, @g);
			my $bit = 16 + int rand($length - 16);
			$other[$bit / 16] ^= 0x8000 >> $bit % 16;
			print $queries "!P$n ", text(@other), "\n";
		}
		# The same groups with fewer or more zeros between them.
		for (1 .. 4) {
			my @other = @first;
			splice @other, 1 + int rand 7, 1;
			splice @other, 1 + int rand 7, 0, rand() < 0.5 ? 0 : group;
			my @masked = after_bits($length, sub { 0 }, @other);
			print $queries "@masked" eq "@first" ? "" : "!", "P$n ", text(@other), "\n";
		}
		$n++;
	}
	# IPv4, and clients that come as mapped addresses.
	print $prefixes "P$n 198.51.100.0/23\n";
	print $queries "P$n 198.51.100.1\nP$n 198.51.101.255\nP$n ::ffff:198.51.100.7\n!P$n 198.51.102.0\n";
	' "$seed" "$tmp" || not_ok 'the prefixes are made'

keys=0
: >"$tmp/access"
: >"$tmp/cidr"
: >"$tmp/wide"
while read -r name prefix; do
	if "$V6KIT" mail postfix access --value "REJECT $name" "$prefix" >"$tmp/keys" 2>"$tmp/err"; then
		keys=$((keys + 1))
		echo "$name" >>"$tmp/with-keys"
		# The key of an address may be found for others too; then v6kit says so.
		[ ! -s "$tmp/err" ] || echo "$name" >>"$tmp/wide"
		cat "$tmp/keys" >>"$tmp/access"
	elif ! grep -q 'no keys of a hashed map match this prefix alone' "$tmp/err"; then
		not_ok "keys of $prefix" "$(cat "$tmp/err")"
	fi
	"$V6KIT" mail postfix access --cidr --value "REJECT $name" "$prefix" >>"$tmp/cidr"
done <"$tmp/prefixes"
echo "# $keys of $(wc -l <"$tmp/prefixes") prefixes have keys, $(wc -l <"$tmp/wide") of them wide ones"

postfix=$(command -v postconf)
postfix=${postfix%/usr/sbin/postconf}
mkdir "$tmp/postfix" "$tmp/postfix/data" "$tmp/postfix/queue"
for folder in active bounce corrupt defer deferred flush hold incoming maildrop pid private public saved trace; do
	mkdir "$tmp/postfix/queue/$folder"
done
postfix_uid=$(sed -n 's/^postfix:[^:]*:\([0-9]*\):.*/\1/p' "$tmp/passwd")
postdrop_gid=$(sed -n 's/^postdrop:[^:]*:\([0-9]*\):.*/\1/p' "$tmp/group")
chown "$postfix_uid" "$tmp/postfix/data" "$tmp"/postfix/queue/*
chown root "$tmp/postfix/queue/pid"
chgrp "$postdrop_gid" "$tmp/postfix/queue/public" "$tmp/postfix/queue/maildrop"
{
	cat <<-END
		compatibility_level = 3.6
		queue_directory = $tmp/postfix/queue
		data_directory = $tmp/postfix/data
		daemon_directory = $postfix/usr/lib/postfix/sbin
		command_directory = $postfix/usr/sbin
		shlib_directory = $postfix/usr/lib/postfix
		meta_directory = $postfix/etc/postfix
		import_environment = MAIL_CONFIG LD_LIBRARY_PATH
		inet_protocols = all
		myhostname = box.example
		mydestination = box.example
		local_recipient_maps =
		alias_maps =
		smtpd_authorized_xclient_hosts = 0.0.0.0/0 [::]/0
		in_flow_delay = 0
		smtpd_error_sleep_time = 0
		smtpd_soft_error_limit = 100000
		smtpd_hard_error_limit = 100000
		smtpd_junk_command_limit = 100000
		smtpd_peername_lookup = no
		smtpd_relay_restrictions =
		smtpd_recipient_restrictions = permit_mynetworks, reject
		smtpd_client_connection_rate_limit = 0
	END
	lines postfix mynetworks ::ffff:192.0.2.0/120 2a00:a200:0:12::/64 2001:db8::1
	lines postfix relayhost --port 587 2a00:a200:0:12::99
	lines postfix bind 192.0.2.26 2a00:a200:0:12::26
} >"$tmp/postfix/main.cf"
cat >"$tmp/postfix/master.cf" <<END
2500 inet n - n - - smtpd
2501 inet n - n - - smtpd -o { mynetworks = [IPv6:2a00:a200:0:12::]/64 }
2502 inet n - n - - smtpd -o { mynetworks = [2a00:a200:0:12::25]/64 }
2503 inet n - n - - smtpd -o { mynetworks = [::ffff:192.0.2.0]/120 }
2504 inet n - n - - smtpd -o { mynetworks = 2a00:a200:0:12::/64 }
2505 inet n - n - - smtpd -o { smtpd_recipient_restrictions = check_client_access hash:$tmp/access, reject_unauth_destination }
2506 inet n - n - - smtpd -o { smtpd_recipient_restrictions = check_client_access cidr:$tmp/cidr, reject_unauth_destination }
2507 inet n - n - - smtpd -o { smtpd_recipient_restrictions = check_client_access hash:$tmp/old, reject_unauth_destination }
anvil unix - - n - 1 anvil
bounce unix - - n - 0 bounce
cleanup unix n - n - 0 cleanup
defer unix - - n - 0 bounce
error unix - - n - - error
pickup unix n - n 60 1 pickup
proxymap unix - - n - - proxymap
qmgr unix n - n 300 1 qmgr
retry unix - - n - - error
rewrite unix - - n - - trivial-rewrite
smtp unix - - n - - smtp
relay unix - - n - - smtp
trace unix - - n - 0 bounce
END
# Other spellings of keys: as in sendmail's map, with a length, with the whole "::".
printf '%s\tREJECT\n' IPv6:2a00:a200:0:12 2a00:a200:0:12::/64 2a00:a200:0:12:: 2a00:a200:0000:0012 \
	2a00:a200:0:12:0:0:0:25 >"$tmp/old"
for map in access old; do
	MAIL_CONFIG=$tmp/postfix mta "$postfix/usr/sbin/postmap" "hash:$tmp/$map" >"$tmp/postmap" 2>&1
	is "postmap $map" "$(grep -v 'is this an alias file' "$tmp/postmap")" ''
done
# Addresses to send from, and a peer that says whom it hears.
ip -n "$ns_a" address add 192.0.2.26/24 dev v6k-a
ip -n "$ns_a" address add 2a00:a200:0:12::26/64 dev v6k-a nodad
# shellcheck disable=SC2016 # perl's variables
ip netns exec "$ns_b" perl -MIO::Socket::IP -e '
	alarm 300;
	my $l = IO::Socket::IP->new(LocalHost => "::", LocalPort => 587, Listen => 5) or die "$@\n";
	open my $ready, ">", $ARGV[0];
	my $s = $l->accept;
	$| = 1;
	print $s->peerhost, "\n";' "$tmp/ready" >"$tmp/heard" 2>&1 &
daemon env MAIL_CONFIG="$tmp/postfix" "$postfix/usr/lib/postfix/sbin/master" -c "$tmp/postfix" -d

# answers PORT SENDER RECIPIENT: for each client on standard input, the client and the answer to RCPT,
# its code and the last word of its text.
answers() {
	# shellcheck disable=SC2016 # perl's variables
	ip netns exec "$ns_a" perl -MIO::Socket::IP -e '
		$| = 1;
		my ($port, $recipient) = @ARGV;
		alarm 120;
		my $s;
		for (1 .. 300) {
			$s = IO::Socket::IP->new(PeerHost => "127.0.0.1", PeerPort => $port) and last;
			select undef, undef, undef, 0.1;
		}
		$s or die "$@\n";
		sub answer {
			while (<$s>) {
				s/\r?\n//;
				return $_ if /^\d{3} /;
			}
			return "none";
		}
		sub say_to {
			print $s "$_[0]\r\n";
			return answer();
		}
		answer();
		while (my $client = <STDIN>) {
			chomp $client;
			say_to("RSET");
			say_to("XCLIENT NAME=[UNAVAILABLE] ADDR=" . ($client =~ /:/ ? "IPV6:" : "") . $client);
			say_to("EHLO client.example");
			say_to("MAIL FROM:<a\@b.example>");
			my ($code, $word) = say_to("RCPT TO:<$recipient>") =~ /^(\d+).* (\S+)$/;
			print "$client $code", $word =~ /^P\d+$/ ? " $word" : "", "\n";
		}' "$1" "$2" 2>&1
}

is 'postfix: who may relay' "$(printf '%s\n' 192.0.2.7 ::ffff:192.0.2.7 2a00:a200:0:12::25 2001:db8::1 192.0.3.1 \
	2a00:a200:0:13::1 2001:db8::2 | answers 2500 a@c.example)" '192.0.2.7 250
::ffff:192.0.2.7 250
2a00:a200:0:12::25 250
2001:db8::1 250
192.0.3.1 554
2a00:a200:0:13::1 554
2001:db8::2 554'
is 'postfix: [IPv6:...] is nobody' "$(echo $v6 | answers 2501 a@c.example)" "$v6 554"
is 'postfix: host bits are a failure for all' "$(printf '%s\n' $v6 2001:db8::1 | answers 2502 a@c.example)" \
	"$v6 451
2001:db8::1 451"
is 'postfix: a mapped prefix is nobody' "$(printf '%s\n' 192.0.2.7 ::ffff:192.0.2.7 | answers 2503 a@c.example)" \
	'192.0.2.7 554
::ffff:192.0.2.7 554'
is 'postfix: without brackets it is a table' "$(echo $v6 | answers 2504 a@c.example)" "$v6 451"
is 'postfix: sendmail keys, lengths, padding find nobody' "$(echo $v6 | answers 2507 a@box.example)" "$v6 250"

# ask PORT: the queries that are answered wrongly. A query is a prefix, "!" before it when the client
# is outside, and the client.
ask() {
	cut -d ' ' -f 2 "$tmp/asked" | answers "$1" a@box.example | paste -d ' ' "$tmp/asked" - | awk '
		/^!/ { if ($0 != $1 " " $2 " " $2 " 250") print; next }
		$0 != $1 " " $2 " " $2 " 554 " $1'
}
cp "$tmp/queries" "$tmp/asked"
is "postfix: cidr: agrees on $(wc -l <"$tmp/asked") clients" "$(ask 2506 | head -n 20)" ''
awk 'FILENAME ~ /wide$/ { wide[$1]; next }
	FILENAME ~ /with-keys$/ { keys[$1]; next }
	{ name = $1; outside = sub(/^!/, "", name) }
	name in keys && !(outside && name in wide)' "$tmp/wide" "$tmp/with-keys" "$tmp/queries" >"$tmp/asked"
is "postfix: hash: agrees on $(wc -l <"$tmp/asked") clients" "$(ask 2505 | head -n 20)" ''

# A message to somewhere else goes to the relayhost, from the address of its family.
wait_for 5 test -e "$tmp/ready"
# shellcheck disable=SC2016 # perl's variables
ip netns exec "$ns_a" perl -MIO::Socket::IP -e '
	alarm 60;
	my $s = IO::Socket::IP->new(PeerHost => "192.0.2.25", PeerPort => 2500) or die "$@\n";
	for my $line ("", "EHLO c.example", "MAIL FROM:<a\@b.example>", "RCPT TO:<a\@c.example>", "DATA",
		"x\r\n.", "QUIT") {
		print $s "$line\r\n" if $line;
		while (my $answer = <$s>) { last if $answer =~ /^\d{3} / }
	}'
wait_for 20 test -s "$tmp/heard"
is 'postfix: the relayhost hears smtp_bind_address6' "$(cat "$tmp/heard")" 2a00:a200:0:12::26
stop
done_testing
