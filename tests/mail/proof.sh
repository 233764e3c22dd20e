# shellcheck shell=sh
# What the lint rules say of sendmail, shown on sendmail: for the tests proof-*.t. Source it after
# tests/mail/lib.sh. A fixture of tests/mail/lint is taken as it is: its text goes between what all tests
# share.

: "${srcdir:?source tests/tap.sh first}" "${tmp:?}"
: "${no_msa:?source tests/mail/lib.sh first}" "${ns_a:?}" "${ns_b:?}"
status=
lint=$srcdir/tests/mail/lint
proven=" "
in_use='cannot (bind|listen): Address already in use'

# prepare FIXTURE: $tmp/f.cf has it.
prepare() {
	proven="$proven$1 "
	case $1 in
	*.mc) make_cf f <"$lint/$1" ;;
	*)
		make_cf f </dev/null
		without_daemons f
		# Behind the version, and before the rules, in which $S is expanded as they are read.
		sed -i -e "/^V/r $lint/$1" -e '/^DS$/d' "$tmp/f.cf"
		;;
	esac
}

# check_config: what sendmail -bC says of $tmp/f.cf: its status in $checked, its words in $tmp/checked.
# That some folder above ours can be written by all is none of its business.
check_config() {
	inside "$ns_a" timeout 60 sendmail -bC -C "$tmp/f.cf" </dev/null >"$tmp/checked.all" 2>&1
	checked=$?
	grep -v '^WARNING: World writable directory' "$tmp/checked.all" >"$tmp/checked"
}

# silent NAME: sendmail -bC finds nothing wrong with it.
silent() {
	check_config
	is "$1: sendmail -bC is content" "$checked:$(cat "$tmp/checked")" "0:"
}

# told NAME STATUS PATTERN: sendmail -bC finds it too.
told() {
	check_config
	if [ "$checked" = "$2" ] && grep -Eq "$3" "$tmp/checked"; then
		ok "$1: sendmail -bC says so"
	else
		not_ok "$1: sendmail -bC says so" "status $checked, want $2 and $3
$(cat "$tmp/checked")"
	fi
}

# takes FIXTURE SOCKET...: sendmail listens there and nowhere else.
takes() {
	takes_name=$1
	shift
	prepare "$takes_name"
	listens "$takes_name listens on $*" f "$@"
}

# strays FIXTURE SOCKET...: it listens, but not where the file seems to say, and -bC has no word on it.
strays() {
	takes "$@"
	silent "$1"
}

# ends FIXTURE STATUS PATTERN: the daemon ends at once, and says why.
ends() {
	start f
	wait_for 10 ended
	stop
	if [ "$status" = "$2" ] && logged "$3"; then
		ok "$1 ends in $2"
	else
		not_ok "$1 ends in $2" "status $status; want $3 in
$(said)"
	fi
}

# refuses FIXTURE STATUS PATTERN: sendmail does not take the file, and -bC tells.
refuses() {
	prepare "$1"
	ends "$@"
	told "$@"
}

# fails FIXTURE STATUS PATTERN: sendmail takes the file, as -bC does, but cannot bind.
fails() {
	prepare "$1"
	ends "$@"
	silent "$1"
}

# retries FIXTURE [PATTERN]: a socket cannot be had. sendmail tries ten times in 50 seconds and ends in
# 71; V6KIT_SLOW=all waits for it. -bC has no word on it.
retries() {
	prepare "$1"
	retries_pattern=${2:-$in_use}
	start f
	if wait_for 10 logged "$retries_pattern"; then
		ok "$1: $retries_pattern"
	else
		not_ok "$1: $retries_pattern" "$(said)"
	fi
	if [ "$V6KIT_SLOW" = all ]; then
		wait_for 70 ended
		stop
		is "$1 ends after 50 seconds" "$status" 71
	else
		stop
	fi
	silent "$1"
}

# flags FIXTURE FLAGS: the modifiers that sendmail has understood, by its own words.
flags() {
	prepare "$1"
	inside "$ns_a" timeout 60 sendmail -d37.1 -bC -C "$tmp/f.cf" </dev/null >"$tmp/flags" 2>&1
	is "$1: the flags are $2" "$(sed -n 's/^Daemon .* flags: *//p' "$tmp/flags")" "$2"
}

# bt FILE: what sendmail -bt answers to the lines of FILE, with $tmp/f.cf.
bt() {
	inside "$ns_a" timeout 60 sendmail -bt -C "$tmp/f.cf" <"$1" 2>&1
}

# smtp ADDRESS LINE...: says the lines to the daemon at ADDRESS, as its peer; the last line of each
# answer.
smtp() {
	case $1 in
	127.* | ::1) smtp_ns=$ns_a ;;
	*) smtp_ns=$ns_b ;;
	esac
	# shellcheck disable=SC2016 # perl's variables
	ip netns exec "$smtp_ns" perl -MIO::Socket::IP -e '
		alarm 60;
		my $s = IO::Socket::IP->new(PeerHost => shift, PeerPort => 25) or die "$@\n";
		for my $line ("", @ARGV) {
			print $s "$line\r\n" if length $line;
			my $answer;
			do { $answer = <$s> // exit } while $answer =~ /^\d+-/;
			print $answer =~ s/\r//r;
		}' "$@" 2>&1
}

# sink NAMESPACE PORT...: a server that takes all mail: each recipient is a line
# "CLIENT SERVER:PORT <RECIPIENT>" of $tmp/sink. On port 8891, a milter's, it hangs up at once; the line is
# "CLIENT SERVER:PORT milter".
sink() {
	rm -f "$tmp/sink.ready"
	# shellcheck disable=SC2016 # perl's variables
	ip netns exec "$1" perl -MIO::Socket::IP -MIO::Select -e '
		my ($tmp, undef, @ports) = @ARGV;
		open my $out, ">>", "$tmp/sink" or die;
		$out->autoflush(1);
		$SIG{CHLD} = "IGNORE";
		my @sockets = map { IO::Socket::IP->new(LocalHost => "::", LocalPort => $_, Listen => 10,
			ReuseAddr => 1, V6Only => 0) or die "$_: $@" } @ports;
		my $select = IO::Select->new(@sockets);
		open my $ready, ">", "$tmp/sink.ready" or die;
		alarm 600;
		for (;;) { for my $socket ($select->can_read) {
			my $c = $socket->accept or next;
			next if fork;
			alarm 60;
			my $who = join " ", map { s/^::ffff://r } $c->peerhost, $c->sockhost;
			$who .= ":" . $c->sockport;
			print($out "$who milter\n"), exit if $c->sockport == 8891;
			my $data;
			print $c "220 sink ESMTP\r\n";
			while (my $line = <$c>) {
				print $out "$who $1\n" if $line =~ /^RCPT To:(\S+)/i;
				next if $data && $line ne ".\r\n";
				$data = $line =~ /^DATA/i;
				print $c $data ? "354 go on\r\n" : $line =~ /^QUIT/i ? "221 bye\r\n" : "250 ok\r\n";
				last if $line =~ /^QUIT/i;
			}
			exit;
		} }' "$tmp" "$@" </dev/null >"$tmp/sink.err" 2>&1 &
	sink=$!
	wait_for 5 test -e "$tmp/sink.ready" || not_ok "the sink listens" "$(cat "$tmp/sink.err")"
}

stop_sink() {
	kill "$sink"
	wait "$sink" 2>/dev/null
}

# all_proven RULES: each fixture of these rules (an extended expression) has been shown.
all_proven() {
	for fixture in "$lint"/*; do
		fixture=${fixture##*/}
		case $fixture in
		*.expect) continue ;;
		esac
		printf '%s\n' "$fixture" | grep -Eq "^($1)-" || continue
		case $proven in
		*" $fixture "*) ;;
		*) printf '%s\n' "$fixture" ;;
		esac
	done >"$tmp/unproven"
	is "every fixture of $1 has been shown" "$(cat "$tmp/unproven")" ""
}
