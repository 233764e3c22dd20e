# shellcheck shell=sh
# TAP for the shell tests. A test starts with
#     . "${srcdir:-.}/tests/tap.sh"
# and ends with done_testing. It runs from the build folder; $V6KIT is the binary under test,
# $srcdir the source tree, $tmp a folder of the test's own that goes away with it.

LC_ALL=C
export LC_ALL
srcdir=${srcdir:-.}
V6KIT=${V6KIT:-$PWD/v6kit}
tmp=$(mktemp -d "${TMPDIR:-/tmp}/v6kit-test.XXXXXX") || exit 99
tap_n=0
tap_failed=0
# Commands added here run when the test ends, however it ends.
cleanup() { :; }
trap 'cleanup; rm -rf "$tmp"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# skip_all NAME REASON: leaves the whole test out, unless V6KIT_REQUIRE names NAME: then it fails.
skip_all() {
	case " $V6KIT_REQUIRE " in
	*" $1 "*)
		printf '1..1\nnot ok 1 - %s is required, and cannot be tested: %s\n' "$1" "$2"
		exit 1
		;;
	esac
	printf '1..0 # SKIP %s\n' "$2"
	exit 0
}

# needs NAME COMMAND: leaves the test out where COMMAND is not installed.
needs() {
	command -v "$2" >/dev/null 2>&1 || skip_all "$1" "$2 is not installed"
}

# left_out NAME DESCRIPTION REASON: leaves one check out, unless V6KIT_REQUIRE names NAME: then it fails.
left_out() {
	case " $V6KIT_REQUIRE " in
	*" $1 "*) not_ok "$2" "$1 is required: $3" ;;
	*)
		tap_n=$((tap_n + 1))
		printf 'ok %d - %s # SKIP %s\n' "$tap_n" "$2" "$3"
		;;
	esac
}

ok() {
	tap_n=$((tap_n + 1))
	printf 'ok %d - %s\n' "$tap_n" "$1"
}

# not_ok DESCRIPTION [DIAGNOSTIC]
not_ok() {
	tap_n=$((tap_n + 1))
	tap_failed=$((tap_failed + 1))
	printf 'not ok %d - %s\n' "$tap_n" "$1"
	[ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/# /'
}

# is DESCRIPTION GOT WANT
is() {
	if [ "$2" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "got:
$2
want:
$3"
	fi
}

# run ARGS...: runs v6kit with $in (a file; default none) as standard input, and leaves what it
# did in $status, $tmp/out and $tmp/err.
run() {
	"$V6KIT" "$@" <"${in:-/dev/null}" >"$tmp/out" 2>"$tmp/err"
	status=$?
}

# The text of a file with its end marked, so that a missing or extra newline is a difference.
whole() {
	cat "$1"
	printf .
}

# t DESCRIPTION STATUS STDOUT STDERR ARGS...: runs v6kit and compares all three exactly. A stdout or
# stderr that is not empty stands here without its last newline.
t() {
	tap_name=$1 tap_status=$2 tap_out=${3:+$3
} tap_err=${4:+$4
}
	shift 4
	run "$@"
	if [ "$status" = "$tap_status" ] && [ "$(whole "$tmp/out")" = "$tap_out." ] &&
		[ "$(whole "$tmp/err")" = "$tap_err." ]; then
		ok "$tap_name"
	else
		not_ok "$tap_name" "v6kit $*
status $status, want $tap_status
stdout: $(cat "$tmp/out")
want:   $tap_out
stderr: $(cat "$tmp/err")
want:   $tap_err"
	fi
}

done_testing() {
	printf '1..%d\n' "$tap_n"
	[ "$tap_failed" -eq 0 ]
	exit
}
