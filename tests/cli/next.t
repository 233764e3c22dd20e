#!/bin/sh
# v6kit next: the next free prefixes of a length; --commit, by many at once and killed at any moment.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

cd "$tmp" || exit 99
: >empty
printf '2001:db8::/48 office\n2001:db8:8000::/48 lab\n192.0.2.0/25\n' >used

# words TEXT: a line each.
words() {
	# shellcheck disable=SC2086
	printf '%s\n' $1
}

prints 2001:db8:1::/48 next 2001:db8::/32 /48 -f used
prints 2001:db8:1::/48 next -f used --strategy first 2001:db8::/32 -- /48
prints 2001:db8:1::/64 next 2001:db8::/32 /64 -f used
prints 192.0.2.128/26 next 192.0.2.0/24 /26 -f used
prints "$(words '2001:db8:1::/48 2001:db8:2::/48 2001:db8:3::/48 2001:db8:4::/48')" \
	next 2001:db8::/32 -f used /48 --limit 4
prints "$(words '2001:db8:2::/47 2001:db8:4::/47')" next 2001:db8::/32 -f used /47 --limit=2
prints "$(words '2001:db8:1::/48 2001:db8:8001::/48 2001:db8:2::/48')" \
	next 2001:db8::/32 -f used /48 --limit 3 --strategy best
prints "$(words '2001:db8:4000::/48 2001:db8:c000::/48 2001:db8:2000::/48 2001:db8:6000::/48')" \
	next 2001:db8::/32 -f used /48 --limit 4 --strategy sparse
prints "$(words '2001:db8:4000::/48 2001:db8:c000::/48 2001:db8:2000::/48 2001:db8:a000::/48')" \
	next 2001:db8::/32 -f used /48 --limit 4 --strategy rfc3531-left
prints "$(words '2001:db8:80::/48 2001:db8:100::/48 2001:db8:180::/48 2001:db8:40::/48')" \
	next 2001:db8::/32 -f used /48 --limit 4 --strategy rfc3531-center
prints "$(words '2001:db8:1::/48 2001:db8:2::/48')" \
	next 2001:db8::/32 -f used /48 --limit 2 --strategy rfc3531-right
# The tables of RFC 3531, sections 3.1 and 3.3.
prints "$(words '2001:db8::/40 2001:db8:8000::/40 2001:db8:4000::/40 2001:db8:c000::/40
	2001:db8:2000::/40 2001:db8:a000::/40 2001:db8:6000::/40 2001:db8:e000::/40 2001:db8:1000::/40')" \
	next 2001:db8::/32 -f empty /40 --limit 9 --strategy rfc3531-left
prints "$(words '2001:db8::/40 2001:db8:800::/40 2001:db8:1000::/40 2001:db8:1800::/40
	2001:db8:400::/40 2001:db8:c00::/40 2001:db8:1400::/40 2001:db8:1c00::/40 2001:db8:2000::/40')" \
	next 2001:db8::/32 -f empty /40 --limit 9 --strategy rfc3531-center

# --nibble: a length off a nibble is that of the next larger block.
for len in 60 61 62 63; do
	prints 2001:db8:1::/60 next 2001:db8::/32 -f used /$len --nibble
done
prints 2001:db8:1::/64 next 2001:db8::/32 -f used /64 --nibble
prints ::/0 next ::/0 -f empty /3 --nibble
t '--nibble of a pool that is smaller' 1 '' 'v6kit: next: of 1 prefix of length /60 only 0 could be had' \
	next 2001:db8::/61 -f empty /61 --nibble
usage 'next: --nibble is for IPv6' next 10.0.0.0/8 -f used /26 --nibble

# Pools: of one family, lists, files, standard input.
prints 192.0.2.128/32 next 192.0.2.0/24,2001:db8::/32 -f used -4 /32
prints 2001:db8::/33 next 192.0.2.0/24,2001:db8::/32 -f empty -6 /33
printf '192.0.2.0/24 documentation\n198.51.100.0/24\n' >pools
prints "$(words '192.0.2.128/25 198.51.100.0/25 198.51.100.128/25')" next @pools -f used /25 --limit 3
in=pools prints "$(words '192.0.2.128/25 198.51.100.0/25 198.51.100.128/25')" next -f used /25 --limit 3
in=used prints 192.0.2.128/25 next @pools -f - /25
prints 10.0.0.0/24 next 10.0.0.128-10.0.0.255 10.0.0.0/25 -f used /24

# Both ends, and pools that nobody could go through.
for strategy in first best sparse rfc3531-left rfc3531-center rfc3531-right; do
	prints ::/128 next ::/0 /128 -f empty --strategy $strategy
	prints 0.0.0.0/32 next 0.0.0.0/0 /32 -f empty --strategy $strategy
	echo ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe >most
	prints ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128 next ::/0 /128 -f most --strategy $strategy
	t "$strategy: nothing is left" 1 '' 'v6kit: next: of 1 prefix of length /127 only 0 could be had' \
		next ::/0 /127 -f most --strategy $strategy
	echo 0.0.0.0-255.255.255.254 >most
	prints 255.255.255.255/32 next 0.0.0.0/0 /32 -f most --strategy $strategy
	# Half of the pool is in use: nobody tries its 2^95 prefixes one by one.
	echo ::/1 >most
	prints 8000::/128 next ::/0 /128 -f most --strategy $strategy
	t "$strategy: fewer than --limit" 1 '' \
		'v6kit: next: of 5 prefixes of length /32 only 4 could be had' \
		next 10.0.0.0/30 /32 -f empty --limit 5 --strategy $strategy
	run next 10.0.0.0/30 /32 -f empty --limit 4 --strategy $strategy
	is "$strategy: all of them" "$(sort "$tmp/out")" \
		"$(words '10.0.0.0/32 10.0.0.1/32 10.0.0.2/32 10.0.0.3/32')"
done
t 'a pool that is smaller than what is asked' 1 '' \
	'v6kit: next: of 1000000 prefixes of length /31 only 0 could be had' next ::/32 /31 -f empty --limit 1000000

# --name
prints '2001:db8:1::/48 branch office' next 2001:db8::/32 /48 -f used --name 'branch office'
prints '2001:db8:1::/48 C#' next 2001:db8::/32 /48 -f used --name 'C#'
for name in '' ' ' '#1' 'a #1' 'a
b' "$(printf 'a\rb')" "$(printf 'a\033b')"; do
	run next 2001:db8::/32 /48 -f used --name "$name"
	is "--name $(printf %s "$name" | tr '\r\n\033' '???') is refused" "$status:$(cat "$tmp/out")" 2:
done

# Usage.
see='see v6kit next --help'
usage "next: -f FILE is missing, the list of what is in use; $see" next ::/0 /64
usage "next: the last operand must be a prefix length, such as /64; $see" next ::/0 -f used
usage "next: the last operand must be a prefix length, such as /64; $see" next /48 ::/0 -f used
for len in / /x /064 /-1 /+1 /64x /18446744073709551616; do
	t "the length $len" 2 '' "$(message 'argument 2' "2+$((${#len} - 1))" \
		'a prefix length is a decimal number without sign or leading zero' $len)" next ::/0 $len -f used
done
t 'the length /129' 2 '' "$(message 'argument 2' 2+3 'a prefix length is at most 32 for IPv4, 128 for IPv6' /129)" \
	next ::/0 /129 -f used
usage 'next: IPv4 prefixes have a length of at most 32' next 0.0.0.0/0 -f used /33
usage "next: pools of both families: -4 or -6 says which; $see" next 0.0.0.0/0 ::/0 -f used /24
usage "next: --limit takes 1 to 1000000; $see" next ::/0 -f used /64 --limit 0
usage "next: --limit takes 1 to 1000000; $see" next ::/0 -f used /64 --limit 1000001
usage "next: standard input is asked for twice; $see" next -f - /64
usage "next: --commit cannot append to standard input; $see" next ::/0 -f - /64 --commit
usage "next: --commit does not go with --on-error=skip; $see" \
	next ::/0 -f used /64 --commit --on-error=skip
usage "next: --output would replace the file of --commit; $see" \
	next ::/0 -f used /64 --commit --output ./used
usage 'next: there is no address in the pools' next -f used /64
printf '10.0.0.1/24\n' >bad
t 'a bad line' 2 '' "$(message bad:1 9+3 'host bits set past the prefix length; did you mean 10.0.0.0/24?' 10.0.0.1/24)" \
	next 10.0.0.0/8 -f bad /24
t 'a bad line, --mask' 0 10.0.1.0/24 '' next 10.0.0.0/8 -f bad /24 --mask

# --commit: what is printed is in the file; everything else in it stays.
# commits TEXT WANT ARGS...: that is in the file before, this after (with \ escapes as of printf %b).
commits() {
	printf %b "$1" >file
	printf %b "$2" >want
	shift 2
	run next -f file --commit "$@"
	is "commit: $*" "$status:$(cat "$tmp/err"):$(cksum <file)" "0::$(cksum <want)"
}
commits '' '2001:db8::/48\n' 2001:db8::/32 /48
commits '# a plan\n\n2001:db8::/48\toffice # comment\n' \
	'# a plan\n\n2001:db8::/48\toffice # comment\n2001:db8:1::/48 lab\n' 2001:db8::/32 /48 --name lab
commits '2001:db8::/48' '2001:db8::/48\n2001:db8:1::/48\n2001:db8:2::/48\n' 2001:db8::/32 /48 --limit 2
commits '2001:db8::/48\r\n' '2001:db8::/48\r\n2001:db8:1::/48 x\r\n' 2001:db8::/32 /48 --name x
commits '2001:db8::/48\r\n2001:db8:1::/48' '2001:db8::/48\r\n2001:db8:1::/48\r\n2001:db8:2::/48\r\n' 2001:db8::/32 /48
commits '\n' '\n2001:db8::/48\n' 2001:db8::/32 /48
commits '\r\n' '\r\n2001:db8::/48\r\n' 2001:db8::/32 /48
printf '10.0.0.0/24\303\251\n' >file
cp file want
run next -f file --commit 10.0.0.0/8 /24
is 'a bad line: nothing is appended' "$status:$(cat "$tmp/out"):$(cmp file want)" 2::
printf '::/1\n' >file
cp file want
t 'fewer than asked for: nothing is appended' 1 '' 'v6kit: next: of 3 prefixes of length /1 only 1 could be had' \
	next -f file --commit ::/0 /1 --limit 3
is 'and the file stays' "$(cmp file want)" ''
t 'the one that there is' 0 8000::/1 '' next -f file --commit ::/0 /1
t 'is gone then' 1 '' 'v6kit: next: of 1 prefix of length /128 only 0 could be had' next -f file --commit ::/0 /128
t 'a file that does not exist' 2 '' 'v6kit: none: No such file or directory' next -f none --commit ::/0 /64
is 'is not made' "$(ls none 2>/dev/null)" ''
mkdir folder
t 'a folder' 2 '' 'v6kit: folder: Is a directory' next -f folder --commit ::/0 /64
mkfifo pipe
t 'a FIFO' 2 '' 'v6kit: pipe: Operation not supported' next -f pipe --commit ::/0 /64
# Symlinks and modes are kept.
: >folder/target
chmod 640 folder/target
ln -s folder/target link
ln -s link link2
prints ::/64 next -f link2 --commit ::/0 /64
prints 0:0:0:1::/64 next -f folder/target --commit ::/0 /64
is 'symlinks stay' "$([ -L link2 ] && [ -L link ] && cat folder/target)" '::/64
0:0:0:1::/64'
# shellcheck disable=SC2012 # the name is ours
is 'so does the mode' "$(ls -l folder/target | cut -c1-10)" -rw-r-----
# What is committed can be read again by all.
prints '2001:db8::/48 it is - ours' next -f empty --commit 2001:db8::/32 /48 --name 'it is - ours'
prints "2001:db8::1	2001:db8::/48	it is - ours" in -p @empty 2001:db8::1
: >empty
# A full disk for what is printed: then it is in the file all the same.
if [ -w /dev/full ]; then
	"$V6KIT" next -f empty --commit ::/0 /64 >/dev/full 2>err
	is 'printing fails' "$?:$(cat err empty)" '2:v6kit: standard output: No space left on device
::/64'
fi
# Who may not write the folder or the file changes nothing.
mkdir locked
echo ::/64 >locked/file
chmod 755 "$tmp"
if [ "$(id -u)" -ne 0 ]; then
	as=
elif setpriv --reuid 65534 --regid 65534 --clear-groups "$V6KIT" --version >out 2>&1; then
	as='setpriv --reuid 65534 --regid 65534 --clear-groups'
	chown -R 65534:65534 locked
else
	as=none
fi
if [ "$as" != none ]; then
	chmod 500 locked
	$as "$V6KIT" next -f locked/file --commit ::/0 /64 >out 2>err
	is 'a folder that may not be written' "$?:$(cat out err)" '2:v6kit: locked/file: Permission denied'
	chmod 700 locked
	chmod 400 locked/file
	$as "$V6KIT" next -f locked/file --commit ::/0 /64 >out 2>err
	is 'a file that may not be written' "$?:$(cat out err)" '2:v6kit: locked/file: Permission denied'
	is 'they stay' "$(ls -A locked):$(cat locked/file)" file:::/64
else
	left_out unprivileged 'what may not be written' 'there is no other user to be'
fi
(
	trap '' XFSZ
	yes '# a long comment' | head -n 200 >large
	cp large want
	ulimit -f 1
	"$V6KIT" next -f large --commit ::/0 /64 >out 2>err
)
is 'a file that grows too large' "$(cat out err):$(cmp large want)" 'v6kit: large: File too large:'
is 'nothing is left behind' "$(find . -name '.v6kit*')" ''

# Twenty at once: each has its own, and none is lost.
for round in 1 2 3; do
	printf '# nothing yet' >file
	ln -sf file link
	pids=
	i=0
	while [ $i -lt 20 ]; do
		name="file"
		[ $((i % 2)) = 0 ] || name="link"
		"$V6KIT" next 2001:db8::/32 /48 -f $name --name "number $i" --commit >out.$i 2>&1 &
		pids="$pids $!"
		i=$((i + 1))
	done
	for pid in $pids; do
		wait "$pid" || echo failed
	done >failures
	is "20 at once, $round: none fails" "$(cat failures)" ''
	is "20 at once, $round: all are in the file" "$(sed 1d file | sort)" "$(cat out.* | sort)"
	is "20 at once, $round: they are the first 20" "$(sed '1d; s/ .*//' file | sort)" \
		"$("$V6KIT" next 2001:db8::/32 /48 -f /dev/null --limit 20 | sort)"
done
is 'no temporary is left' "$(find . -name '.v6kit*')" ''

# Killed at any moment: the file is the old one or the new one, and what was printed is in it.
printf '# the plan\n' >file
if command -v timeout >/dev/null 2>&1; then
	i=0
	torn=
	while [ $i -lt 120 ]; do
		cp file old
		: >out
		"$V6KIT" next 2001:db8::/32 /48 -f file --limit 50 --name "run $i" --commit >out 2>/dev/null &
		pid=$!
		# From at once to some milliseconds: a run takes about one.
		[ $((i % 4)) = 0 ] || sleep "0.00$((i % 7))"
		kill -9 $pid 2>/dev/null
		wait $pid 2>/dev/null
		n=$(wc -l <file)
		grep -F "run $i" file >new
		if [ -s new ]; then
			[ "$(wc -l <new)" = 50 ] || torn="$torn $i:$(wc -l <new)"
			[ ! -s out ] || cmp -s new out || torn="$torn $i:out"
			head -n $((n - 50)) file | cmp -s - old || torn="$torn $i:old"
		else
			cmp -s file old || torn="$torn $i:changed"
			[ ! -s out ] || torn="$torn $i:lost"
		fi
		i=$((i + 1))
	done
	echo "# $(wc -l <file) lines of $(sed -n 's/.* run //p' file | uniq | wc -l) runs of $i"
	is 'killed: the old file or the new one' "$torn" ''
	find . -name '.v6kit*' >left
	echo "# temporaries left: $(wc -l <left)"
	is 'killed: at most one temporary is left' "$(sed 1d left)" ''
	is 'killed: no prefix is there twice' "$(sed '1d; s/ .*//' file | sort | uniq -d)" ''
	# Nobody holds the lock any more.
	run next 2001:db8::/32 /48 -f file --commit
	is 'the next run has its turn' "$status:$(tail -n 1 file)" "0:$(cat "$tmp/out")"
	echo left >.v6kit-of-file.tmp
	run next 2001:db8::/32 /48 -f link --commit
	is 'and takes away what the killed one left' "$status:$(find . -name '.v6kit*')" 0:
	is 'the link stays' "$([ -L link ] && tail -n 1 file)" "$(cat "$tmp/out")"
fi
cd "$OLDPWD" || exit 99
done_testing
