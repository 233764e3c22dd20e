#!/bin/sh
# The second opinion: v6kit-wrong is v6kit over a core whose last addresses are wrong, and libcidr must
# notice wherever that would be printed or believed. v6kit-shared is v6kit over libv6kit.so.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

folder=${V6KIT%/*}
real=$V6KIT
[ -x "$folder/v6kit-shared" ] || skip_all second 'v6kit-shared is not built'
for args in '--version' 'norm 2001:DB8::1/64 192.0.2.1' 'info ::/0' 'in -p 2001:db8::/32 2001:db8::1' \
	'in ::/1 8000::' 'arpa --zones 2001:db8::/49' 'sendmail key ::/12' 'norm x' 'completion bash'; do
	# shellcheck disable=SC2086 # words
	run $args
	cp "$tmp/out" "$tmp/real.out" && cp "$tmp/err" "$tmp/real.err"
	want=$status
	V6KIT=$folder/v6kit-shared
	# shellcheck disable=SC2086
	t "v6kit-shared $args" "$want" "$(cat "$tmp/real.out")" "$(cat "$tmp/real.err")" $args
	V6KIT=$real
done

run --version
if ! grep -q '^second opinion: libcidr' "$tmp/out"; then
	usage 'info: --verify: built without libcidr' info --verify ::1
	usage 'selftest: built without libcidr' selftest
	prints '' in ::/0 ::1
	done_testing
fi
[ -x "$folder/v6kit-wrong" ] || skip_all second 'v6kit-wrong is not built'

# The numbers of a prefix.
differs() {
	printf 'v6kit: %s: the second opinion differs on %s: v6kit: %s; libcidr: %s; %s' "$1" "$2" "$3" "$4" \
		'please report this, --no-verify goes on without libcidr'
}
v6_wrong='2001:db8:: to 2001:db8:ffff:ffff:ffff:ffff:ffff:fffe, 79228162514264337593543950336 addresses'
v6_right='2001:db8:: to 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 79228162514264337593543950336 addresses'
v4_wrong='10.0.0.0 to 10.255.255.254, 16777216 addresses'
v4_right='10.0.0.0 to 10.255.255.255, 16777216 addresses'
V6KIT=$folder/v6kit-wrong
for how in '' -j --csv '-F %{last}' -0; do
	# shellcheck disable=SC2086
	t "info $how: both answers and nothing printed" 2 '' \
		"$(differs info 2001:db8::/32 "$v6_wrong" "$v6_right")" info $how 2001:db8::/32
done
t 'info of an IPv4 prefix' 2 '' "$(differs info 10.1.2.3/8 "$v4_wrong" "$v4_right")" info 10.1.2.3/8
# Its faults at other lengths: a network, and a count, are compared too.
t 'a wrong network' 2 '' "$(differs info 10.128.0.0/17 '0.0.0.0 to 0.0.127.255, 32768 addresses' \
	'10.128.0.0 to 10.128.127.255, 32768 addresses')" info 10.128.0.0/17
t 'a wrong count' 2 '' "$(differs info 10.128.0.0/19 '10.128.0.0 to 10.128.31.255, 4096 addresses' \
	'10.128.0.0 to 10.128.31.255, 8192 addresses')" info 10.128.0.0/19
t 'info --verify of a stream' 2 '' "$(differs info 10.0.0.0/8 "$v4_wrong" "$v4_right")" \
	info --verify -F '%{last}' 10.0.0.0/8
printf '10.0.0.0/8\n' >"$tmp/stream"
in=$tmp/stream t 'info --verify of standard input' 2 '' \
	"$(differs info 10.0.0.0/8 "$v4_wrong" "$v4_right")" info --verify
in=$tmp/stream t 'streams are not checked' 0 10.255.255.254 '' info -F '%{last}'
t 'an address has nothing to differ on' 0 ::1 '' info -F '%{last}' ::1
t 'info --no-verify goes on' 0 10.255.255.254 '' info --no-verify -F '%{last}' 10.0.0.0/8
t 'sendmail key' 2 '' "$(differs 'sendmail key' 2001:db8::/32 "$v6_wrong" "$v6_right")" \
	sendmail key ::1 2001:db8::/32
t 'sendmail key --no-verify' 0 'IPv6:0:0:0:0:0:0:0:1
IPv6:2001:db8' '' sendmail key --no-verify ::1 2001:db8::/32
run selftest
is 'selftest' "$status:$(cat "$tmp/out"):$(sed 's,differs on .*: v6kit: .*; libcidr: .*; please,differs on X: v6kit: Y; libcidr: Z; please,' "$tmp/err")" \
	'2::v6kit: selftest: the second opinion differs on X: v6kit: Y; libcidr: Z; please report this, --no-verify goes on without libcidr'
run selftest --count 1
is 'selftest begins with the first value' "$status" 2

# Membership: where the wrong last address changes the answer.
out=': v6kit: out, libcidr: in' inside=': v6kit: in, libcidr: out'
# wrong OPERAND ANSWERS ARGS...
wrong() {
	wrong_operand=$1 wrong_answers=$2
	shift 2
	t "in $*" 2 '' "v6kit: in: the second opinion differs on $wrong_operand$wrong_answers; please report this, --no-verify goes on without libcidr" \
		in "$@"
}
last=2001:db8:ffff:ffff:ffff:ffff:ffff:ffff
wrong "$last" "$out" 2001:db8::/32 "$last"
wrong "$last" "$out" -p 2001:db8::/32 "$last"
wrong "$last" "$out" -j 2001:db8::/32 "$last"
wrong "$last" "$out" --csv 2001:db8::/32 "$last"
wrong 10.255.255.255 "$out" 10.0.0.0/8 10.255.255.255
wrong ::ffff:10.255.255.255 "$out" 10.0.0.0/8 ::ffff:10.255.255.255
wrong 10.255.255.255 "$out" ::ffff:10.0.0.0/104 10.255.255.255
wrong 10.255.255.255 "$out" --mask 10.1.2.3/8 10.255.255.255
wrong 10.255.255.255 "$out" ::1,10.0.0.0/8 10.255.255.255
wrong 10.255.255.255 "$out" "@$tmp/stream" 10.255.255.255
wrong 10.255.255.255 "$out" -f "$tmp/stream" 10.255.255.255
wrong 10.255.255.254-10.255.255.255 "$out" 10.0.0.0/8 10.255.255.254-10.255.255.255
wrong ::2/127 "$inside" ::1-::2 ::2/127
wrong ::2/127 "$out" --overlap ::3 ::2/127
t 'in --no-verify goes on' 1 '' '' in --no-verify 10.0.0.0/8 10.255.255.255
t 'where it does not matter they agree' 0 '' '' in 10.0.0.0/8 10.0.0.0
printf '10.255.255.255\n' >"$tmp/stream"
in=$tmp/stream t 'in does not check streams' 1 '' '' in 10.0.0.0/8

# The real core agrees, mapped forms and all.
V6KIT=$real
t 'info --verify shows the comparison' 0 '192.0.2.0 192.0.2.255 256' '' \
	info --verify -F '%{libcidr_network} %{libcidr_last} %{libcidr_count}' 192.0.2.77/24
t 'info --verify: ::/0' 0 ':: ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 340282366920938463463374607431768211456' '' \
	info --verify -F '%{libcidr_network} %{libcidr_last} %{libcidr_count}' ::1/0
usage 'info: --verify and --no-verify exclude each other' info --verify --no-verify ::1
set --
while [ $# -lt 70 ]; do set -- "$@" 10.0.0.0/8; done
"$V6KIT" info "$@" >"$tmp/checked"
"$V6KIT" info --no-verify "$@" >"$tmp/unchecked"
is '70 operands: as without' "$(cksum <"$tmp/checked")" "$(cksum <"$tmp/unchecked")"
done_testing
