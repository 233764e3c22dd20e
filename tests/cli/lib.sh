# shellcheck shell=sh
# What the tests of the command line share. Source it after tests/tap.sh.

: "${tmp:?source tests/tap.sh first}"
tildes='~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~'

# message PLACE COL+LEN TEXT SHOWN: what is said of the bytes at COL in SHOWN.
message() {
	printf 'v6kit: %s:%d: %s\n    %s\n%*s^%.*s\n' "$1" "${2%+*}" "$3" "$4" \
		"$((${2%+*} + 3))" '' "$((${2#*+} > 1 ? ${2#*+} - 1 : 0))" "$tildes"
}

# prints OUT ARGS...: that, and nothing else.
prints() {
	prints_out=$1
	shift
	t "$*" 0 "$prints_out" '' "$@"
}

# refused COL+LEN TEXT ARGS...: for its last argument, the first operand, and nothing is printed.
refused() {
	refused_at=$1 refused_text=$2
	shift 2
	for refused_operand; do :; done
	t "$* is refused" 2 '' \
		"$(message 'argument 1' "$refused_at" "$refused_text" "$refused_operand")" "$@"
}

# usage TEXT ARGS...: one line on stderr, status 2.
usage() {
	usage_text=$1
	shift
	t "$*: $usage_text" 2 '' "v6kit: $usage_text" "$@"
}

# wait_until SECONDS COMMAND...: runs COMMAND twenty times a second until it succeeds.
wait_until() {
	wait_left=$(($1 * 20))
	shift
	until "$@"; do
		[ "$wait_left" -gt 0 ] || return 1
		wait_left=$((wait_left - 1))
		sleep 0.05
	done
}
