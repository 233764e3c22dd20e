#!/bin/sh
# The stream engine as its user sees it: any number of threads, files that change while they are read,
# pipes that stay open, progress.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

cd "$tmp" || exit 99

# Good lines of many kinds and bad ones, far more than are shown.
awk 'BEGIN {
	for (i = 0; i < 3000; i++) {
		printf "2001:DB8:%X::%x\n", i, i * 7
		if (i % 10 == 3) print "  192.0.2." i % 256 "   # a comment"
		if (i % 17 == 4) print "2001:db8::" i "/64"
		if (i % 90 == 5) print "bad" i
		if (i % 50 == 6) print ""
		if (i % 70 == 7) printf "fe80::%x%%eth0\r\n", i
	}
	printf "::1"
}' >mixed
# same ARGS...: output, messages and status do not depend on threads, blocks, or file and pipe.
same() {
	"$V6KIT" "$@" --threads 1 <mixed >want 2>want.err
	want_status=$?
	for threads in 1 2 7; do
		for block in 1 64 4096; do
			V6KIT_BLOCK=$block "$V6KIT" "$@" --threads $threads <mixed >got 2>err
			is "$* at $threads threads, blocks of $block" "$?:$(cksum <got):$(cat err)" \
				"$want_status:$(cksum <want):$(cat want.err)"
		done
		# shellcheck disable=SC2002 # a pipe is the point
		cat mixed | V6KIT_BLOCK=64 "$V6KIT" "$@" --threads $threads >got 2>err
		is "$* at $threads threads, from a pipe" "$?:$(cksum <got):$(cat err)" \
			"$want_status:$(cksum <want):$(cat want.err)"
	done
}
same norm
same norm -0 -6
same norm -s full --on-error=keep
same norm -j --on-error=keep
same norm --csv
same norm -F '%{family} %{address}%{zone}'
same norm --on-error=stop
same norm --network -4
same norm --check
is 'the first bad lines are shown, the rest counted' "$("$V6KIT" norm <mixed 2>&1 >/dev/null | tail -n 1)" \
	'v6kit: and 24 more'
for n in 0 257 99999999999; do
	t "--threads $n" 2 '' 'v6kit: norm: --threads takes 1 to 256' norm --threads $n ::1
done
usage 'norm: --threads takes a decimal number, not "x"' norm --threads x ::1

# A line that is too long, between blocks.
{
	echo ::1
	head -c 1500000 /dev/zero | tr '\0' 1
	echo
	echo ::2
} >long
for threads in 1 2 7; do
	V6KIT_BLOCK=4096 in=long t "a line too long at $threads threads" 2 '::1
::2' "$(message -:2 1+1 'a line of more than 1 MiB' '')" norm --threads $threads
	is "and kept at $threads threads" \
		"$(V6KIT_BLOCK=4096 "$V6KIT" norm --on-error=keep --threads $threads <long 2>/dev/null | cksum)" \
		"$(cksum <long)"
done

# The reader is behind a pipe that nobody reads at first, so that the file changes under it.
# changed DESCRIPTION THREADS STATUS ERR COMMAND: COMMAND changes the file "many" then.
awk 'BEGIN { for (i = 0; i < 200000; i++) printf "2001:db8:%x:%x::1\n", i / 65535 + 1, i % 65535 + 1 }' >lines
changed() {
	changed_name="$1, $2 threads" threads=$2 want_status=$3 want_err=$4 command=$5
	cat lines >many
	rm -f fifo
	mkfifo fifo
	{
		V6KIT_BLOCK=4096 "$V6KIT" norm -f many --threads "$threads" >fifo 2>err
		echo $? >status
	} &
	exec 3<fifo
	head -c 100 <&3 >/dev/null
	eval "$command"
	cat <&3 >got
	exec 3<&-
	wait
	is "$changed_name" "$(cat status):$(cat err)" "$want_status:$want_err"
}
for threads in 1 2 7; do
	changed 'a file is truncated' "$threads" 2 'v6kit: many: became shorter while it was read' ': >many'
	# What was read before is there: lines of the file, in order, and none twice.
	tail -n +200 got | grep -Fxvf lines >strange
	is 'and what was read before is right' "$(wc -l <strange | tr -d ' '):$(sort -u got | wc -l)" "0:$(wc -l <got)"
	changed 'a file vanishes' "$threads" 0 '' 'rm many'
	is 'all of it was read' "$(tail -n 1 got)" "$(tail -n 1 lines)"
	changed 'a file grows' "$threads" 0 '' 'echo ::2 >>many'
	is 'what was added is read' "$(tail -n 1 got)" ::2
done

# A pipe that stays open: a bad line ends all threads at once.
for threads in 1 2 7; do
	rm -f fifo
	mkfifo fifo
	V6KIT_BLOCK=64 "$V6KIT" norm --on-error=stop --threads $threads <fifo >got 2>err &
	pid=$!
	exec 3>fifo
	echo ::1 >&3
	echo bad >&3
	# shellcheck disable=SC2016 # the inner shell expands it
	wait_until 20 sh -c '! kill -0 "$1" 2>/dev/null' sh $pid
	is "--on-error=stop does not wait for more input, $threads threads" $? 0
	wait $pid
	is 'and it ends in 2' $? 2
	exec 3>&-
	is "a reader that leaves ends it, $threads threads" \
		"$(V6KIT_BLOCK=64 "$V6KIT" norm --threads $threads <lines | head -n 1)" 2001:db8:1:1::1
	if [ -c /dev/full ]; then
		V6KIT_BLOCK=64 "$V6KIT" norm --threads $threads <lines >/dev/full 2>err
		is "a full disk, $threads threads" "$?:$(cat err)" '2:v6kit: standard output: No space left on device'
	fi
done

# Behind tail -f a line is there before the next one comes.
: >growing
for threads in 1 7; do
	rm -f fifo seen
	mkfifo fifo
	tail -n 0 -f growing >fifo &
	tail_pid=$!
	V6KIT_BLOCK=4096 "$V6KIT" norm --line-buffered --threads $threads <fifo >seen &
	pid=$!
	sleep 0.3
	echo ::1 >>growing
	wait_until 20 grep -qx ::1 seen && printf '::2\n::' >>growing && wait_until 20 grep -qx ::2 seen &&
		printf '3\n' >>growing && wait_until 20 grep -qx ::3 seen
	is "tail -f, $threads threads" "$?:$(cat seen)" '0:::1
::2
::3'
	kill $tail_pid
	wait $pid
done

# Standard input begins at its offset, and ends at its end.
{ head -n 1 >/dev/null; "$V6KIT" norm --threads 2 | tail -n 1; "$V6KIT" norm; } <lines >got
is 'standard input in sections' "$(cat got)" "$(tail -n 1 lines)"
cat >three.in <<'END'
2001:db8:0:0::0:1
::2
::3
END
{ dd bs=18 count=1 >/dev/null 2>&1; V6KIT_BLOCK=64 "$V6KIT" norm --threads 7; cat; } <three.in >got
is 'from the second line, to the end' "$(cat got)" '::2
::3'

# Progress: on a terminal, after a second, and never in a pipe.
# A pipe holds more than it did, for whoever writes to it.
if command -v python3 >/dev/null 2>&1; then
	cat >pipe.py <<'END'
import fcntl, os, subprocess, sys
GETPIPE_SZ = 1032
with open("/proc/sys/fs/pipe-max-size") as f:
	most = int(f.read())
source, to = os.pipe()
before = fcntl.fcntl(to, GETPIPE_SZ)
norm = subprocess.Popen([sys.argv[1], "norm", "--line-buffered"], stdin=source, stdout=subprocess.PIPE)
os.write(to, b"::1\n")
norm.stdout.readline()
after = fcntl.fcntl(to, GETPIPE_SZ)
os.close(to)
norm.wait()
print("wider" if after >= min(1 << 20, most) and (after > before or before >= 1 << 20) else (before, after))
END
	is 'a pipe is made wider' "$(python3 pipe.py "$V6KIT")" wider
else
	left_out python3 'a pipe is made wider' 'python3 is not installed'
fi

if ! command -v python3 >/dev/null 2>&1; then
	left_out python3 'progress is shown' 'python3 is not installed'
else
	cat >terminal.py <<'END'
import os, pty, select, subprocess, sys, time
# Runs the command with standard error a terminal, and input that takes its time; the bad line comes when
# something is on the terminal, or not to be expected there any more.
master, slave = pty.openpty()
run = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=open('got', 'wb'), stderr=slave)
os.close(slave)
run.stdin.write(b'::1\n')
run.stdin.flush()
time.sleep(1.3)
run.stdin.write(b'::2\n')
run.stdin.flush()
seen = b''
if '--no-progress' in sys.argv or '-q' in sys.argv:
    time.sleep(0.5)
else:
    while select.select([master], [], [], 20)[0] and b'\r' not in seen:
        seen += os.read(master, 4096)
run.stdin.write(b'bad\n')
run.stdin.close()
run.wait()
try:
    while True:
        more = os.read(master, 4096)
        if not more:
            break
        seen += more
except OSError:
    pass
sys.stdout.write(seen.decode().replace('\x1b[K', '<clear>').replace('\r', '<return>'))
END
	python3 terminal.py "$V6KIT" norm >seen
	is 'progress is shown, and gives way to a message' "$(sed 's/, [0-9]* B/, N B/; q' seen)" \
		'v6kit: norm: 8 B, N B/s<clear><return><clear>v6kit: -:3:4: fewer than 8 groups and no "::"<return>'
	is 'and the output is whole' "$(cat got)" '::1
::2'
	python3 terminal.py "$V6KIT" norm --no-progress >seen
	is '--no-progress' "$(grep -c 'B/s' seen)" 0
	python3 terminal.py "$V6KIT" norm -q >seen
	is 'none with -q' "$(grep -c 'B/s' seen)" 0
fi
cd "$OLDPWD" || exit 99
done_testing
