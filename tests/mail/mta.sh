# shellcheck shell=sh
# The mail software beside sendmail, for the tests of mail. Source it after tests/tap.sh.
#
# A program is looked for in PATH, and then in $V6KIT_MTA, a folder into which Debian's packages were
# unpacked (dpkg-deb -x), with the libraries that they need: mail servers exclude each other as
# installed packages. Nothing is written outside $tmp.

: "${tmp:?source tests/tap.sh first}"
PATH=$PATH:/usr/sbin:/sbin
mta_libraries=
mta_perl=
if [ -n "$V6KIT_MTA" ]; then
	# Last, so that its sendmail is nobody's.
	PATH=$PATH:$V6KIT_MTA/usr/bin:$V6KIT_MTA/usr/sbin
	for folder in "$V6KIT_MTA"/usr/lib "$V6KIT_MTA"/usr/lib/*-linux-gnu* "$V6KIT_MTA"/lib/*-linux-gnu* \
		"$V6KIT_MTA/usr/lib/postfix" "$V6KIT_MTA/usr/lib/dovecot"; do
		[ ! -d "$folder" ] || mta_libraries=$mta_libraries:$folder
	done
	mta_libraries=${mta_libraries#:}
	for folder in "$V6KIT_MTA"/usr/share/perl5 "$V6KIT_MTA"/usr/lib/*/perl5/*; do
		[ ! -d "$folder" ] || mta_perl="$mta_perl -I$folder"
	done
fi

# Users that the programs ask for, and whom an unpacked package has not made. The accounts of the
# machine are not touched: libnss-wrapper shows these in their place, or a mount.
{
	cat /etc/passwd
	uid=64001
	for name in postfix Debian-exim opensmtpd opensmtpq dovecot dovenull; do
		grep -q "^$name:" /etc/passwd || echo "$name:x:$uid:$uid::/:/bin/false"
		uid=$((uid + 1))
	done
} >"$tmp/passwd"
{
	cat /etc/group
	gid=64001
	for name in postfix Debian-exim opensmtpd opensmtpq dovecot dovenull postdrop; do
		grep -q "^$name:" /etc/group || echo "$name:x:$gid:"
		gid=$((gid + 1))
	done
} >"$tmp/group"
wrapper=
for folder in /usr/lib /usr/lib/*-linux-gnu*; do
	[ ! -e "$folder/libnss_wrapper.so" ] || wrapper=$folder/libnss_wrapper.so
done

# mta COMMAND...: runs a program of these. start_mta COMMAND...: in the background, as process $server
# and with what it says in $tmp/said; stop_mta ends it.
mta_exec() {
	exec env ${mta_libraries:+"LD_LIBRARY_PATH=$mta_libraries"} ${wrapper:+"LD_PRELOAD=$wrapper" \
		"NSS_WRAPPER_PASSWD=$tmp/passwd" "NSS_WRAPPER_GROUP=$tmp/group"} "$@"
}

mta() {
	(mta_exec "$@")
}

server=
start_mta() {
	mta_exec "$@" >"$tmp/said" 2>&1 &
	server=$!
}

stop_mta() {
	[ -n "$server" ] || return 0
	kill -KILL "$server" 2>/dev/null
	wait "$server" 2>/dev/null
	server=
}

# have NAME COMMAND ARGS...: whether COMMAND is there and runs with ARGS; else what NAME tests is left
# out.
have() {
	have_name=$1
	shift
	if ! command -v "$1" >/dev/null 2>&1; then
		left_out "$have_name" "$have_name takes the lines" "$1 is neither installed nor in V6KIT_MTA"
		return 1
	fi
	mta "$@" >"$tmp/have" 2>&1 && return
	left_out "$have_name" "$have_name takes the lines" "$1 does not run: $(sed 's/ (.*//;1q' "$tmp/have")"
	return 1
}

# lines ARGS...: what v6kit mail ARGS prints; a failure is one of the test.
lines() {
	run mail "$@"
	[ "${status:?}" -eq 0 ] || not_ok "v6kit mail $*" "$(cat "$tmp/err")"
	cat "$tmp/out"
}
