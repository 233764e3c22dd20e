#!/bin/sh
# The frame of every command: options, operands, help, version.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

commands='norm info in arpa merge intersect subtract symdiff diff complement overlap span count range split parent list rand free next
	sendmail mail completion selftest'
inner='sendmail/addr sendmail/literal sendmail/key sendmail/options sendmail/milter sendmail/dnsbl sendmail/lint
	mail/postfix mail/postfix/mynetworks mail/postfix/relayhost mail/postfix/access mail/postfix/bind
	mail/exim mail/exim/list mail/exim/interfaces mail/opensmtpd mail/opensmtpd/listen
	mail/dovecot mail/dovecot/listen mail/nginx mail/nginx/listen mail/nginx/allow
	mail/haproxy mail/haproxy/bind mail/haproxy/acl mail/haproxy/server
	mail/spamassassin mail/opendkim mail/dnsbl mail/spf mail/convert'
full=0000:0000:0000:0000:0000:0000:0000:0001

# Options: anywhere, in every spelling, never abbreviated. POSIXLY_CORRECT changes nothing.
for posix in '' 1; do
	if [ "$posix" ]; then
		POSIXLY_CORRECT=1
		export POSIXLY_CORRECT
	fi
	for args in '-s full ::1' '-sfull ::1' '--style full ::1' '--style=full ::1' '::1 -s full' \
		'::1 -sfull' '::1 --style full' '::1 --style=full' '-s bare ::1 -s full'; do
		# shellcheck disable=SC2086 # words
		prints $full norm $args
	done
	prints '{"input":"::1","family":"ipv6","address":"::1"}' norm ::1 -j
	prints "$full" norm -6sfull ::1 192.0.2.1
	prints '' norm -6qsfull ::1
	prints '' norm -qq ::1
	prints -x norm -F -x ::1
	prints -x norm -F-x ::1
	prints -x norm --format -x ::1
	prints -x norm --format=-x ::1
	prints -- norm -F -- ::1
	prints '=' norm -F= ::1
	prints '==' norm --format=== ::1
	for args in -F --format; do
		run norm $args '' ::1
		is "$args '': an empty line" "$(whole "$tmp/out")" '
.'
	done
	run norm --format= ::1
	is '--format=: an empty line' "$(whole "$tmp/out")" '
.'
	prints '::1
::2' norm ::1 -- ::2
	t 'after -- everything is an operand' 2 ::1 "$(message 'argument 1' 1+1 'unexpected character' -j)" norm -- -j ::1
	t '-- ends options once' 2 '' "$(message 'argument 1' 1+1 'unexpected character' --)" norm -- --
done
unset POSIXLY_CORRECT
printf '192.0.2.1\n' >"$tmp/stdin"
in=$tmp/stdin prints 192.0.2.1 norm -
in=$tmp/stdin prints 192.0.2.1 norm --
in=$tmp/stdin prints 192.0.2.1 norm -- -
in=$tmp/stdin t 'the operand of another command is not taken for standard input' 0 '' '' in 192.0.2.0/24 -

see='see v6kit norm --help'
for name in --sty --styl --s --jso --on --no --bogus --style- ---style --Style; do
	usage "norm: unknown option $name; $see" norm $name full ::1
	usage "norm: unknown option $name; $see" norm ::1 $name=full
done
usage "norm: unknown option -x; $see" norm -x ::1
usage "norm: unknown option -x; $see" norm -jx ::1
usage "norm: unknown option -S; $see" norm -S ::1
usage "norm: unknown option --version; $see" norm --version
usage "norm: unknown option -p; $see" norm -p ::1
usage "norm: unknown option --mask; $see" norm --mask ::1
usage "norm: unknown option --b\\xc3\\xa9\\x01; $see" norm "$(printf -- '--b\303\251\001')"
usage "norm: a value is missing: --style; $see" norm ::1 --style
usage "norm: a value is missing: -s; $see" norm ::1 -s
usage "norm: a value is missing: -s; $see" norm -js
usage "norm: a value is missing: --output; $see" norm --output
usage "in: a value is missing: -f; see v6kit in --help" in -f
usage "sendmail options: a value is missing: -M; see v6kit sendmail options --help" sendmail options -M
usage "norm: no value belongs to --json; $see" norm --json=1 ::1
usage "norm: no value belongs to --help; $see" norm --help=
styles='canonical, full, bare, mixed, upper, hex, int, bits, arpa, uri, smtp, sendmail, unc, base85, c or access'
for style in ful '' Full -x; do
	usage "norm: --style takes $styles, not \"$style\"" norm --style "$style" ::1
	usage "norm: --style takes $styles, not \"$style\"" norm ::1 --style="$style"
done
usage 'norm: --on-error takes stop, skip or keep, not "ignore"' norm --on-error ignore
# Usage errors come before any output or input.
in=$tmp/stdin usage "norm: unknown option --bogus; $see" norm ::1 --bogus
usage "norm: unknown option --bogus; $see" norm --output "$tmp/none" --bogus
is 'a usage error leaves no file' "$(ls "$tmp/none" 2>/dev/null)" ''

usage 'norm: --json and --csv exclude each other' norm -j --csv ::1
usage 'norm: --format goes with neither --json nor --csv' norm -j -F x ::1
usage 'norm: --format goes with neither --json nor --csv' norm --csv -F x ::1
usage 'norm: -0 goes with neither --json nor --csv' norm -0 -j ::1
usage 'norm: -0 goes with neither --json nor --csv' norm --csv -0 ::1
usage 'norm: -4 and -6 exclude each other' norm -46 ::1

# Commands.
usage 'a command is missing; see v6kit --help'
usage 'no command "bogus"; see v6kit --help' bogus
usage 'no command ""; see v6kit --help' ''
usage 'no command "nor"; see v6kit --help' nor ::1
usage 'no command "NORM"; see v6kit --help' NORM ::1
usage 'unknown option --bogus; see v6kit --help' --bogus
usage 'unknown option -j; see v6kit --help' -j norm ::1
usage 'sendmail: a command is missing; see v6kit sendmail --help' sendmail
usage 'sendmail: no command "bogus"; see v6kit sendmail --help' sendmail bogus
usage 'sendmail: unknown option -x; see v6kit sendmail --help' sendmail -x addr
usage 'mail postfix: a command is missing; see v6kit mail postfix --help' mail postfix
usage 'mail postfix: no command "bogus"; see v6kit mail postfix --help' mail postfix bogus
usage 'mail postfix: no command "bogus"; see v6kit mail postfix --help' help mail postfix bogus
usage 'no command "bogus"; see v6kit --help' help bogus
usage 'norm: no command "x"; see v6kit norm --help' help norm x
usage 'sendmail: no command "x"; see v6kit sendmail --help' help sendmail x

# Help: on standard output, status 0, the same by every way.
for command in $commands $inner; do
	words=$(printf '%s' "$command" | tr / ' ')
	# shellcheck disable=SC2086
	run help $words
	cp "$tmp/out" "$tmp/help"
	is "help $words" "$status:$(cat "$tmp/err"):$(sed 1q "$tmp/help" | cut -c1-$((13 + ${#words})))" "0::usage: v6kit $words"
	# shellcheck disable=SC2086
	prints "$(cat "$tmp/help")" $words --help
	# shellcheck disable=SC2086
	prints "$(cat "$tmp/help")" $words -h
	case $(cat "$tmp/help") in
	*' COMMAND ['*) ;;
	*)
		# shellcheck disable=SC2086
		prints "$(cat "$tmp/help")" $words bogus --help -h
		;;
	esac
	cat "$tmp/help" >>"$tmp/all"
done
run help
cp "$tmp/out" "$tmp/help"
is 'help' "$status:$(cat "$tmp/err")" 0:
for args in --help -h 'help --help' 'help -h' 'help help'; do
	# shellcheck disable=SC2086
	prints "$(cat "$tmp/help")" $args
done
usage 'no command "--bogus"; see v6kit --help' help --bogus
# The letters of grep, -h among them, are those of GNU grep; grep.t has its help.
for command in $commands grep; do
	is "help lists $command" "$(grep -c "^  $command " "$tmp/help")" 1
done
is 'help lists nothing else' "$(grep -c '^  [a-z]' "$tmp/help")" "$(echo "$commands grep" | wc -w | tr -d ' ')"
for command in $inner; do
	# shellcheck disable=SC2046 # words
	is "help ${command%/*} lists ${command##*/}" \
		"$("$V6KIT" help $(echo "${command%/*}" | tr / ' ') | grep -c "^  ${command##*/}\( \|$\)")" 1
done
is 'no tab and no blank at the end in any help' "$(grep -c '	\| $' "$tmp/all")" 0
run --version
is '--version' "$status:$(cat "$tmp/err"):$(sed 's/^v6kit [0-9][0-9.]*$/v6kit N/; s/^second opinion: .*/second opinion: S/; s/^vector instructions: [a-z0-9]*$/vector instructions: V/; s/^JSON input: .*/JSON input: J/; s/^compressed input: .*/compressed input: C/' "$tmp/out")" \
	'0::v6kit N
second opinion: S
vector instructions: V
JSON input: J
compressed input: C'

# The vector instructions: those asked for, or none at all.
best=$(sed -n 's/^vector instructions: //p' "$tmp/out")
for simd in none $best; do
	V6KIT_SIMD=$simd
	export V6KIT_SIMD
	run --version
	is "V6KIT_SIMD=$simd" "$status:$(sed -n 's/^vector instructions: //p' "$tmp/out")" "0:$simd"
	t "V6KIT_SIMD=$simd: norm" 0 '2001:db8::1
192.0.2.1' '' norm 2001:DB8:0::1 192.0.2.1
done
V6KIT_SIMD="" t 'V6KIT_SIMD=' 0 '::1' '' norm 0::1
for simd in mmx AVX2 none,sse2; do
	V6KIT_SIMD=$simd t "V6KIT_SIMD=$simd" 2 '' \
		"v6kit: V6KIT_SIMD=$simd: not one of none, sse2, avx2 and neon that this machine and build have" norm ::1
done
unset V6KIT_SIMD

# A letter has one meaning in all commands, and an option one letter.
sed -n 's/^  -\(.\), --\([a-z0-9-]*\).*/\1 \2/p' "$tmp/all" | sort -u >"$tmp/letters"
is 'a letter is one option' "$(cut -d' ' -f1 "$tmp/letters" | uniq -d)" ''
is 'an option is one letter' "$(cut -d' ' -f2 "$tmp/letters" | sort | uniq -d)" ''
sed -n 's/^      --\([a-z0-9-]*\).*/\1/p' "$tmp/all" | sort -u >"$tmp/long"
is 'or none, in all commands' "$(cut -d' ' -f2 "$tmp/letters" | sort | comm -12 - "$tmp/long")" ''
is 'every command has -h' "$(grep -c '^  -h, --help ' "$tmp/all")" "$(echo "$commands $inner" | wc -w | tr -d ' ')"
is '-f of in is its set' "$("$V6KIT" in --help | grep -c 'file FILE .*SET')" 1
is '-f of norm is its addresses' "$("$V6KIT" norm --help | grep -c 'file FILE .*addresses')" 1
done_testing
