#!/bin/sh
# Where output goes: --output FILE, whole or not at all; closed pipes; full disks.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

cd "$tmp" || exit 99
bad=$(message 'argument 1' 1+1 'unexpected character' x)

# mode FILE
mode() {
	# shellcheck disable=SC2012 # the names are ours
	ls -ld "$1" | cut -c1-10
}
# no_temporary DESCRIPTION: nothing that v6kit made meanwhile is left, here or in a folder below.
no_temporary() {
	is "$1: no temporary is left" "$(find . -name '.v6kit*')" ''
}

# A new file has the mode that the umask says; one that is there keeps its own.
umask 027
prints '' norm --output new ::1
is 'a new file' "$(mode new):$(cat new)" '-rw-r-----:::1'
umask 077
prints '' norm ::2 --output=new2
is 'a new file, umask 077' "$(mode new2):$(cat new2)" '-rw-------:::2'
umask 022
for bits in 600 640 664 755 444; do
	echo old >kept
	chmod $bits kept
	want=$(mode kept)
	case $bits:$(id -u) in
	444:0) ;;
	444:*)
		t 'a file that may not be written is not replaced' 2 '' 'v6kit: kept: Permission denied' \
			norm --output kept ::1
		is 'and keeps its text' "$(cat kept)" old
		rm -f kept
		continue
		;;
	esac
	prints '' norm --output kept ::1
	is "a file of mode $bits" "$(mode kept):$(cat kept)" "$want:::1"
	chmod 600 kept
done
echo old >kept
ln kept hard
prints '' norm --output kept ::1
is 'a replaced file is a new one' "$(cat kept hard)" '::1
old'
prints '' norm --output ./kept ::2
is 'by another path' "$(cat kept)" ::2
mkdir folder
prints '' norm --output "$tmp/folder/file" ::3
is 'by an absolute path' "$(cat folder/file)" ::3
prints '' norm --output kept -q ::1
is '-q: an empty file' "$(whole kept)" .
prints '' norm --output kept -f /dev/null
is 'no input: an empty file' "$(whole kept)" .
prints '' norm --output -x ::1
is 'a name that begins with -' "$(cat ./-x)" ::1
for args in 'info ::1' 'arpa ::1' 'in -p ::/0 ::1' 'sendmail key ::/47 --mask' 'sendmail options ::1' \
	'sendmail addr ::1' 'sendmail literal ::1' 'sendmail milter 1 ::1' 'sendmail dnsbl ::1 x' \
	'completion bash' 'norm --csv ::1' 'norm -j ::1'; do
	# shellcheck disable=SC2086 # words
	"$V6KIT" $args >want
	rm -f kept
	# shellcheck disable=SC2086
	t "--output of $args" 0 '' '' $args --output kept
	is "--output of $args: the same" "$(cksum <kept)" "$(cksum <want)"
done
no_temporary 'good runs'

# Symlinks are followed: the file that they name is replaced, and they stay.
echo old >folder/target
ln -s folder/target link
ln -s ../link folder/link2
ln -s "$tmp/folder/link2" link3
for link in link folder/link2 link3; do
	echo old >folder/target
	prints '' norm --output $link ::5
	is "$link is followed" "$([ -L $link ] && [ -L link ] && cat folder/target)" ::5
done
ln -s folder/absent dangling
prints '' norm --output dangling ::6
is 'a dangling link: its file is made' "$([ -L dangling ] && cat folder/absent)" ::6
ln -s nowhere/absent lost
usage 'lost: No such file or directory' norm --output lost ::1
ln -s loop2 loop1
ln -s loop1 loop2
usage 'loop1: Too many levels of symbolic links' norm --output loop1 ::1
no_temporary 'links'

# What cannot be written.
usage 'none/file: No such file or directory' norm --output none/file ::1
usage 'new/file: Not a directory' norm --output new/file ::1
usage 'folder: Is a directory' norm --output folder ::1
usage 'folder/: Is a directory' norm --output folder/ ::1
usage ': No such file or directory' norm --output '' ::1
if [ "$(id -u)" -ne 0 ]; then
	mkdir locked
	echo old >locked/file
	chmod 500 locked
	usage 'locked/new: Permission denied' norm --output locked/new ::1
	usage 'locked/file: Permission denied' norm --output locked/file ::1
	is 'a folder that may not be written' "$(ls -A locked):$(cat locked/file)" file:old
	chmod 700 locked
fi
no_temporary 'refusals'

# A run that ends in 2 leaves the old file, and makes no new one.
echo old >file
t 'a bad run' 2 '' "$bad" norm --output file x ::1
is 'the old file stays' "$(cat file)" old
t 'a bad run, --on-error=stop' 2 '' "$bad" norm --on-error=stop --output file x ::1
is 'the old file stays with stop' "$(cat file)" old
t 'a bad run, no file yet' 2 '' "$bad" norm --output file2 x ::1
is 'and none is made' "$(ls file2 2>/dev/null)" ''
t '--on-error=skip' 2 '' "$bad" norm --on-error=skip --output file x ::1
is '--on-error=skip replaces it' "$(cat file)" ::1
t '--on-error=keep' 2 '' "$bad" norm --on-error=keep --output file x ::2
is '--on-error=keep replaces it' "$(cat file)" 'x
::2'
echo old >file
usage 'none: No such file or directory' norm --on-error=skip --output file -f none
is 'but not when the input cannot be read' "$(cat file)" old
in=folder t 'after a bad line, too' 2 '' "$bad
v6kit: -: Is a directory" norm --on-error=skip --output file x -
is 'there the old file stays, too' "$(cat file)" old
usage 'in: no address was asked about' in -4 --on-error=skip --output file ::/0 ::1
is 'nor when nothing was asked' "$(cat file)" old
t 'a bad set, keep' 2 '' "$(message 'argument 1' 1+0 "empty, where an address is expected" '')" \
	in -p --on-error=keep --output file '' ::1
is 'no set, no answers: the old file stays' "$(cat file)" old
t 'status 1 is no failure' 1 '' '' in -p --output file ::/8 ::1 ff00::
is 'status 1 replaces the file' "$(cat file)" '::1	::/8	'
t 'sendmail key over --max' 2 '' 'v6kit: sendmail key: 4 keys are more than --max 1; nothing is printed' \
	sendmail key --max 1 ::/14 --output file
is 'leaves the file' "$(cat file)" '::1	::/8	'
echo '::1
::2' >file
t 'a file onto itself' 0 '' '' norm -s upper -f file --output file
is 'a file onto itself: its text' "$(cat file)" '::1
::2'
no_temporary 'bad runs'
if [ -w /dev/full ] && command -v timeout >/dev/null 2>&1; then
	mkfifo pipe
	echo old >file
	"$V6KIT" norm --output file <pipe &
	pid=$!
	exec 3>pipe
	echo ::1 >&3
	is 'the old file is there while the run lasts' "$(cat file)" old
	exec 3>&-
	wait $pid
	is 'and the new one after' "$(cat file)" ::1
	rm pipe
fi

# Pipes and devices are written as they are.
mkfifo pipe
cat pipe >got &
prints '' norm --output pipe ::1
wait $!
is 'a FIFO' "$(cat got):$(mode pipe | cut -c1)" ::1:p
ln -s pipe pipelink
cat pipe >got &
prints '' norm --output pipelink ::2
wait $!
is 'a link to a FIFO' "$(cat got)" ::2
cat pipe >got &
t 'a bad run into a FIFO' 2 '' "$bad" norm --output pipe x ::3
wait $!
is 'has written what was good' "$(cat got)" ::3
prints '' norm --output /dev/null ::1
for name in - /dev/stdout /dev/fd/1; do
	[ "$name" = - ] || [ -e "$name" ] || continue
	if [ $name != /dev/fd/1 ]; then
		echo before >file
		"$V6KIT" norm --output $name ::1 >>file 2>err
		is "--output $name, appended to a file" "$?:$(cat file err)" '0:before
::1'
	fi
	is "--output $name in a pipe" "$("$V6KIT" norm --output $name ::1 2>&1 | cat)" ::1
done
[ ! -e /dev/stderr ] || is '--output /dev/stderr' "$("$V6KIT" norm --output /dev/stderr ::1 2>&1 >/dev/null | cat)" ::1
no_temporary 'devices'

# A full disk is an error, with every command.
if [ -w /dev/full ]; then
	for args in 'norm ::1' 'norm -j ::1' 'norm --csv -4 ::1' 'norm --line-buffered ::1' 'info ::1' 'in -p ::/0 ::1' \
		'arpa ::1' 'sendmail addr ::1' 'sendmail literal ::1' 'sendmail key ::1' 'sendmail options ::1' \
		'sendmail milter 1 ::1' 'sendmail dnsbl ::1 x' 'completion bash' 'completion zsh' 'completion fish' \
		'selftest --count 1' '--help' '--version' 'help' 'help norm' 'norm --help' 'sendmail --help' \
		'sendmail key --help'; do
		case $args in
		selftest*) "$V6KIT" --version | grep -q 'second opinion: libcidr' || continue ;;
		esac
		# shellcheck disable=SC2086 # words
		"$V6KIT" $args >/dev/full 2>err
		is "$args >/dev/full" "$?:$(cat err)" '2:v6kit: standard output: No space left on device'
	done
	usage '/dev/full: No space left on device' norm --output /dev/full ::1
	"$V6KIT" in ::/0 ::1 >/dev/full 2>err
	is 'in prints nothing: no error' "$?:$(cat err)" 0:
	if command -v timeout >/dev/null 2>&1; then
		yes ::1 | timeout 10 "$V6KIT" norm >/dev/full 2>err
		is 'a full disk ends an endless stream' "$?:$(cat err)" '2:v6kit: standard output: No space left on device'
	fi
	yes 2001:db8::1 | head -n 100000 >many
	"$V6KIT" norm -f many >/dev/full 2>err
	is 'a full disk in the middle' "$?:$(cat err)" '2:v6kit: standard output: No space left on device'
else
	echo '# no /dev/full here'
fi
# A file size limit is a full disk that leaves a temporary, if anything does.
yes 2001:db8::1 | head -n 100000 >many
echo old >file
(
	trap '' XFSZ
	ulimit -f 1 && "$V6KIT" norm -f many --output file 2>err
)
is 'a file that grows too large' "$?:$(cat err file)" '2:v6kit: file: File too large
old'
no_temporary 'a file that grows too large'

# A run that is killed leaves nothing either: where the file system can, what it writes has no name
# before it is whole.
mkfifo slow
"$V6KIT" norm --output killed <slow &
pid=$!
exec 7>slow
printf '::1\n' >&7
tries=0
while [ "$tries" -lt 100 ] && ! readlink "/proc/$pid/fd/"* 2>/dev/null | grep -q 'deleted\|\.v6kit'; do
	sleep 0.02
	tries=$((tries + 1))
done
named=$(find . -name '.v6kit*')
kill "$pid"
wait "$pid" 2>/dev/null
exec 7>&-
if [ -n "$named" ]; then
	rm -f "$named"
	left_out tmpfile 'a run that is killed' 'this file system has no nameless files'
else
	no_temporary 'a run that is killed'
fi
is 'a run that is killed writes nothing' "$(find . -name killed)" ''

# Where /proc is not mounted a nameless file could not get its name: then it has one from the start.
# shellcheck disable=SC2016 # the inner shell expands them
if [ "$(id -u)" -eq 0 ] &&
	unshare -m sh -c 'umount -l /proc && exec "$1" --version' sh "$V6KIT" >out 2>&1; then
	echo old >file
	# shellcheck disable=SC2016 # the inner shell expands them
	unshare -m sh -c 'umount -l /proc; exec "$1" norm ::2 --output file' sh "$V6KIT" 2>err
	is 'without /proc: the file is replaced' "$?:$(cat err file)" 0:::2
	# shellcheck disable=SC2016
	unshare -m sh -c 'umount -l /proc; exec "$1" norm ::3 x --output file' sh "$V6KIT" 2>err
	is 'without /proc: a bad run leaves it' "$?:$(cat file)" 2:::2
	no_temporary 'without /proc'
else
	left_out mounts 'without /proc' 'it takes root, a mount namespace, and no sanitizers'
fi

# A closed pipe ends the run, quietly.
yes 2001:db8::1 | head -n 300000 >many
for args in 'norm' 'norm -j' 'norm --csv' 'norm --line-buffered' 'info' 'arpa' 'in -p ::/0'; do
	# shellcheck disable=SC2086 # words
	got=$( (
		"$V6KIT" $args <many 2>err
		echo $? >status
	) | sed 1q)
	is "a closed pipe: $args" "${got:+line}:$(cat status):$(cat err)" line:141:
	# shellcheck disable=SC2086
	got=$( (
		trap '' PIPE
		"$V6KIT" $args <many 2>err
		echo $? >status
	) 2>/dev/null | sed 1q)
	is "a closed pipe, SIGPIPE ignored: $args" "${got:+line}:$(cat err)" line:
done
# A pipe without a reader: the one end that could read is open while the other is opened.
mkfifo unread
exec 4<>unread
exec 3>unread 4<&-
for args in 'completion bash' --help --version; do
	# shellcheck disable=SC2086
	("$V6KIT" $args >&3 2>err) 2>/dev/null
	is "a pipe closed before: $args" "$?:$(cat err)" 141:
done
exec 3>&-
cd "$OLDPWD" || exit 99
done_testing
