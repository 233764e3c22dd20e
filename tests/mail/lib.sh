# shellcheck shell=sh
# Real sendmail in network namespaces, for the tests of this folder. Source it after tests/tap.sh.
#
# Namespace $ns_a is the mail host (192.0.2.25, 2a00:a200:0:12::25), $ns_b its peer (.99, ::99). They
# are joined by a veth and have no other way out, so that no packet leaves the machine.

: "${tmp:?source tests/tap.sh first}"
PATH=$PATH:/usr/sbin:/sbin
v4=192.0.2.25
v6=2a00:a200:0:12::25
ns_a=v6kit-$$-a
ns_b=v6kit-$$-b
ns_etc=/etc/netns/$ns_a
daemon=
in_ns=
made_etc=
# Without this line sendmail's m4 adds a daemon on port 587.
no_msa="FEATURE(\`no_default_msa')dnl"

# The namespaces' names carry our pid, so all that runs in them is ours to end.
cleanup() {
	for ns in "$ns_a" "$ns_b"; do
		ip netns pids "$ns" 2>/dev/null | while read -r pid; do
			kill -KILL "$pid" 2>/dev/null
		done
		ip netns del "$ns" 2>/dev/null
	done
	rm -rf "$ns_etc"
	# Only when it is empty, and only if it was not there before us.
	[ -z "$made_etc" ] || rmdir /etc/netns 2>/dev/null
}

# wait_for SECONDS COMMAND...: runs COMMAND ten times a second until it succeeds. The seconds are those of
# an idle machine; a busy one gets three times as many, as nobody waits for them in vain.
wait_for() {
	wait_left=$(($1 * 30))
	shift
	until "$@"; do
		[ "$wait_left" -gt 0 ] || return 1
		wait_left=$((wait_left - 1))
		sleep 0.1
	done
}

need_sendmail() {
	needs sendmail sendmail
	needs sendmail makemap
	needs sendmail m4
	for cf in /usr/share/sendmail/cf /usr/share/sendmail-cf; do
		[ ! -f "$cf/m4/cf.m4" ] || return 0
	done
	skip_all sendmail "sendmail's m4 files are not installed"
}

make_namespaces() {
	needs netns ip
	needs netns ss
	needs netns unshare
	needs netns timeout
	needs netns perl
	[ "$(id -u)" -eq 0 ] || skip_all netns "network namespaces need root"
	[ -d /etc/netns ] || made_etc=yes
	# shellcheck disable=SC2016 # expanded by the inner shell
	# Not as a condition: set -e would have no effect there.
	(
		set -e
		ip netns add "$ns_a"
		ip netns add "$ns_b"
		# A parallel test may take the empty /etc/netns away between the two steps of mkdir -p.
		mkdir -p "$ns_etc" || mkdir -p "$ns_etc"
		ip link add v6k-a netns "$ns_a" type veth peer name v6k-b netns "$ns_b"
		ip -n "$ns_a" address add "$v4/24" dev v6k-a
		ip -n "$ns_b" address add 192.0.2.99/24 dev v6k-b
		ip -n "$ns_a" address add "$v6/64" dev v6k-a nodad
		ip -n "$ns_b" address add 2a00:a200:0:12::99/64 dev v6k-b nodad
		for end in a b; do
			ip -n "v6kit-$$-$end" link set lo up
			ip -n "v6kit-$$-$end" link set "v6k-$end" up
		done
		mkdir "$tmp/dev" "$tmp/queue"
		chmod 700 "$tmp/queue"
		ip netns exec "$ns_a" unshare --mount --uts sh -c '
			mount -t tmpfs v6kit "$1" && hostname box.example' sh "$tmp/dev"
	) >"$tmp/netns" 2>&1
	made=$?
	[ "$made" -eq 0 ] ||
		skip_all netns "no network namespaces here: $(tr '\n' ' ' <"$tmp/netns")"
	# Names come from these files alone, whatever the machine itself uses.
	printf 'hosts: files dns\n' >"$ns_etc/nsswitch.conf"
	resolver 127.0.0.1
	# shellcheck disable=SC2119 # no lines to add yet
	hosts
	listen_to_log
}

# hosts LINE...: the hosts file of the mail host. It always knows the machine's own name, which is not
# the name under test: with a name that has no dot or does not resolve, sendmail waits for a minute.
# It is written in place, since it may be mounted already.
# shellcheck disable=SC2120 # the tests pass lines
hosts() {
	{
		printf '127.0.0.1 localhost\n'
		printf '%s box.example\n' "$v4" "$v6"
		printf '%s peer.example\n' 192.0.2.99 2a00:a200:0:12::99
		[ $# -eq 0 ] || printf '%s\n' "$@"
	} >"$ns_etc/hosts"
}

# resolver ADDRESS: the name server of the mail host.
resolver() {
	printf 'nameserver %s\noptions timeout:1 attempts:1\n' "$1" >"$ns_etc/resolv.conf"
}

# inside_exec NAMESPACE COMMAND...: becomes COMMAND in the namespace, with its files of /etc, a host
# name of its own and a /dev whose log is $tmp/log. A name service cache of the machine is hidden.
# The process stays the same from here to COMMAND, so $! is COMMAND's own.
inside_exec() {
	inside_ns=$1
	shift
	# shellcheck disable=SC2016 # expanded by the inner shell
	exec ip netns exec "$inside_ns" unshare --mount --uts sh -c '
		set -e
		tmp=$1
		shift
		hostname box.example
		mount -t tmpfs -o mode=755 v6kit "$tmp/dev"
		for i in null zero full random urandom tty; do
			: >"$tmp/dev/$i"
			mount --bind "/dev/$i" "$tmp/dev/$i"
		done
		ln -s "$tmp/log.socket" "$tmp/dev/log"
		mount --rbind "$tmp/dev" /dev
		[ ! -d /run/nscd ] || mount -t tmpfs v6kit /run/nscd
		exec "$@"' sh "$tmp" "$@"
}

# inside NAMESPACE COMMAND...
inside() {
	(inside_exec "$@")
}

# Collects what is sent to the namespace's /dev/log in $tmp/log. A relative name, because that of a
# socket must be short. The alarm ends it even if this shell is killed.
listen_to_log() {
	# shellcheck disable=SC2016 # perl's variables
	ip netns exec "$ns_a" perl -e '
		use Socket;
		chdir $ARGV[0] or die "$ARGV[0]: $!";
		socket my $socket, AF_UNIX, SOCK_DGRAM, 0 or die "socket: $!";
		bind $socket, pack_sockaddr_un("log.socket") or die "bind: $!";
		open my $log, ">>", "log" or die "log: $!";
		alarm 600;
		while (defined recv $socket, my $line, 65536, 0) {
			$line =~ s/\0*\z/\n/;
			syswrite $log, $line;
		}' "$tmp" </dev/null >"$tmp/listener" 2>&1 &
	wait_for 5 test -S "$tmp/log.socket" || skip_all netns "no log: $(cat "$tmp/listener")"
}

# make_cf NAME: $tmp/NAME.cf from $tmp/NAME.mc, whose text is standard input inside what all share.
make_cf() {
	{
		cat <<-EOF
			OSTYPE(\`linux')dnl
			define(\`confDOMAIN_NAME', \`box.example')dnl
			define(\`confDONT_PROBE_INTERFACES', \`True')dnl
			define(\`confDONT_BLAME_SENDMAIL', \`MapInUnsafeDirPath, ClassFileInUnsafeDirPath')dnl
			define(\`confPID_FILE', \`$tmp/pid')dnl
			define(\`confSERVICE_SWITCH_FILE', \`$tmp/service.switch')dnl
			define(\`confTO_IDENT', \`0s')dnl
			define(\`confQUEUE_LA', \`1000')dnl
			define(\`confREFUSE_LA', \`1000')dnl
			define(\`QUEUE_DIR', \`$tmp/queue')dnl
			define(\`ALIAS_FILE', \`$tmp/aliases')dnl
			define(\`STATUS_FILE', \`$tmp/statistics')dnl
			define(\`HELP_FILE', \`$tmp/help')dnl
			$no_msa
		EOF
		cat
		cat <<-'EOF'
			MAILER(`local')dnl
			MAILER(`smtp')dnl
		EOF
	} >"$tmp/$1.mc"
	if ! m4 -D_CF_DIR_="$cf/" "$cf/m4/cf.m4" "$tmp/$1.mc" >"$tmp/$1.cf" 2>"$tmp/$1.m4" ||
		[ -s "$tmp/$1.m4" ]; then
		not_ok "$1.mc is taken by m4" "$(cat "$tmp/$1.m4")"
	fi
}

# without_daemons NAME: takes the daemon and client lines out of $tmp/NAME.cf.
without_daemons() {
	sed '/^O DaemonPortOptions=/d; /^O ClientPortOptions=/d' "$tmp/$1.cf" >"$tmp/$1.cut" &&
		mv "$tmp/$1.cut" "$tmp/$1.cf"
}

# start NAME: sendmail with $tmp/NAME.cf in the mail host, as process $daemon (in truth timeout's,
# which hands signals and the status on and makes sure that there is an end).
start() {
	: >"$tmp/log"
	: >"$tmp/said"
	rm -f "$tmp/pid"
	inside_exec "$ns_a" timeout -k 0.5 120 sendmail -bD -X "$tmp/traffic" -C "$tmp/$1.cf" \
		</dev/null >"$tmp/said" 2>&1 &
	daemon=$!
}

running() {
	kill -0 "$daemon" 2>/dev/null
}

ended() {
	! running
}

# stop: ends the daemon and leaves its status in $status. timeout -k kills what does not go.
stop() {
	kill -TERM "$daemon" 2>/dev/null
	wait "$daemon" 2>/dev/null
	status=$?
	daemon=
}

# What the daemon has said, to the log and to standard error.
said() {
	cat "$tmp/log" "$tmp/said"
}

# logged PATTERN: an extended expression.
logged() {
	said | grep -Eq "$1"
}

# The listening sockets of the mail host.
sockets() {
	ip netns exec "$ns_a" ss -Hltn | awk '{ print $4 }' | sort
}

sockets_are() {
	[ "$(sockets)" = "$1" ] || ended
}

# greeting ADDRESS PORT: the first line of the SMTP server there, as the peer sees it.
greeting() {
	case $1 in
	127.* | ::1) greeting_ns=$ns_a ;;
	*) greeting_ns=$ns_b ;;
	esac
	# shellcheck disable=SC2016 # perl's variables
	ip netns exec "$greeting_ns" perl -MIO::Socket::IP -e '
		alarm 30;
		my $s = IO::Socket::IP->new(PeerHost => $ARGV[0], PeerPort => $ARGV[1]) or die "$@\n";
		my $line = <$s>;
		print $line;
		print $s "QUIT\r\n";
		1 while <$s>;' "$@" 2>&1
}

# listens DESCRIPTION NAME SOCKET...: with $tmp/NAME.cf sendmail listens on these and on nothing else
# (in the order of sort). It answers only after it has tried all its sockets, so what listens after
# the greetings is all there will be.
listens() {
	listens_name=$1
	start "$2"
	shift 2
	listens_want=$(printf '%s\n' "$@")
	wait_for 10 sockets_are "$listens_want"
	for socket; do
		address=${socket%:*}
		address=${address#[}
		address=${address%]}
		# A wildcard answers on the addresses of the host; "*" is that of both families.
		case $address in
		0.0.0.0) address=$v4 ;;
		::) address=$v6 ;;
		"*") address="$v4 $v6" ;;
		esac
		for address in $address; do
			listens_line=$(greeting "$address" "${socket##*:}")
			case $listens_line in
			"220 box.example ESMTP "*) ;;
			*) not_ok "$listens_name: $address answers" "$listens_line" ;;
			esac
		done
	done
	listens_got=$(sockets)
	stop
	if [ "$listens_got" = "$listens_want" ]; then
		ok "$listens_name"
	else
		not_ok "$listens_name" "listens on:
$listens_got
want:
$listens_want
sendmail said:
$(said)"
	fi
}

# refused DESCRIPTION PATTERN... -- ARGS...: v6kit ends with status 2, prints nothing, and its message
# has every PATTERN (extended expressions, any case). $in_ns is the namespace to run it in, if any.
refused() {
	refused_name=$1
	shift
	refused_patterns=
	while [ "$1" != -- ]; do
		refused_patterns="$refused_patterns$1
"
		shift
	done
	shift
	if [ -n "$in_ns" ]; then
		inside "$in_ns" timeout 30 "$V6KIT" "$@" </dev/null >"$tmp/out" 2>"$tmp/err"
		status=$?
	else
		run "$@"
	fi
	refused_missing=$(printf '%s' "$refused_patterns" | while read -r pattern; do
		grep -Eiq -e "$pattern" "$tmp/err" || printf '%s\n' "$pattern"
	done)
	if [ "$status" -eq 2 ] && [ ! -s "$tmp/out" ] && [ -s "$tmp/err" ] &&
		[ -z "$refused_missing" ]; then
		ok "$refused_name"
	else
		not_ok "$refused_name" "v6kit $*
status $status, want 2
stdout: $(cat "$tmp/out")
stderr: $(cat "$tmp/err")
missing in stderr: $refused_missing"
	fi
}
