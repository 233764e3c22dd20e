#!/bin/sh
# The lint rules on the fixtures of tests/mail/lint: NAME.bad.TYPE and NAME.TYPE have a NAME.TYPE.expect
# with "LINE SEVERITY RULE" lines, NAME.good.TYPE has no finding, NAME.fixed.TYPE is what --fix makes of
# NAME.bad.TYPE. What sendmail does with them is in proof-*.t.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"

lint=$srcdir/tests/mail/lint

# type_of FILE: its type, by its name.
type_of() {
	case $1 in
	*.*) printf '%s' "${1##*.}" ;;
	*) printf '%s' "${1##*-}" ;;
	esac
}

# summary ARGS...: $got is "LINE SEVERITY RULE" for what lint finds, notes without a number aside.
summary() {
	run sendmail lint -F '%{line} %{severity} %{rule}' "$@"
	got=$(grep -v ' $' "$tmp/out")
}

# The rules that a summary has.
rules() {
	cut -d ' ' -f 3 | sort -u
}

found=
for expect in "$lint"/*.expect; do
	file=${expect%.expect}
	name=${file##*/}
	type=$(type_of "$name")
	summary --type "$type" "$file"
	want_status=0
	[ ! -s "$expect" ] || want_status=1
	is "$name" "$status:$got" "$want_status:$(cat "$expect")"
	is "$name: nothing on standard error" "$(cat "$tmp/err")" ''
	found="$found
$(rules <"$expect")"

	# Mending: what remains has none of the rules whose finding had a safe fix, mending again changes
	# nothing, and the diff says the same.
	cat "$file" >"$tmp/$name"
	mended=$("$V6KIT" sendmail lint --type "$type" -F '%{safe} %{rule}' "$file" | sed -n 's/^true //p' | sort -u)
	run sendmail lint --fix -q --type "$type" "$tmp/$name"
	run sendmail lint --type "$type" -F '%{safe} %{rule}' "$tmp/$name"
	is "$name: --fix leaves nothing that is safe to mend" "$(grep ^true "$tmp/out")" ''
	if [ -z "$mended" ]; then
		is "$name: nothing is mended" "$(cksum <"$tmp/$name")" "$(cksum <"$file")"
	fi
	cp "$tmp/$name" "$tmp/$name.once"
	run sendmail lint --fix -q --type "$type" "$tmp/$name"
	is "$name: --fix twice changes nothing" "$(cksum <"$tmp/$name")" "$(cksum <"$tmp/$name.once")"
	fixed=$lint/$(printf '%s' "$name" | sed 's/\.bad\./.fixed./')
	if [ "$fixed" != "$lint/$name" ] && [ -e "$fixed" ]; then
		is "$name: --fix" "$(whole "$tmp/$name")" "$(whole "$fixed")"
	fi
	if [ -z "$mended" ] || ! command -v patch >/dev/null 2>&1; then
		continue
	fi
	cat "$file" >"$tmp/$name"
	run sendmail lint --fix --dry-run --type "$type" "$tmp/$name"
	(cd / && patch --binary -s -p1 <"$tmp/out") >"$tmp/said" 2>&1
	is "$name: --dry-run, patched in" "$?:$(cat "$tmp/said"):$(cksum <"$tmp/$name")" \
		"0::$(cksum <"$tmp/$name.once")"
done
for file in "$lint"/*.good.*; do
	run sendmail lint --type "$(type_of "$file")" "$file"
	is "${file##*/}" "$status:$(grep ' SM[0-9][0-9] ' "$tmp/out"):$(cat "$tmp/err")" '0::'
done
for file in "$lint"/*.bad.*; do
	case $file in
	*.expect) ;;
	*) [ -e "$file.expect" ] || not_ok "${file##*/} has no .expect" ;;
	esac
done
is 'there is a fixture for each rule' "$(printf '%s\n' "$found" | grep . | sort -u)" \
	"$("$V6KIT" sendmail lint --rules -F '%{rule}')"

# The rows of the shared cases.
cases=${V6KIT_CORPORA:-/nowhere}/../mail/cases.tsv
if [ -r "$cases" ]; then
	grep '^L' "$cases" >"$tmp/cases"
	while IFS='	' read -r id command want want_status evidence; do
		# An empty field runs together with the next.
		case $want in
		[012]) evidence=$want_status want_status=$want want= ;;
		esac
		command=${command#v6kit sendmail lint }
		file=${command##* }
		case $file in
		/*)
			if ! [ -e "$file" ]; then
				left_out sendmail "$id $command ($evidence)" "$file is not installed"
				continue
			fi
			;;
		esac
		cd "${cases%/*}" || exit 99
		# shellcheck disable=SC2086 # words
		summary $command
		cd - >/dev/null || exit 99
		is "$id $command" "$status:$got" "$want_status:$(printf '%b' "$want")"
	done <"$tmp/cases"
else
	left_out corpora 'the shared cases' "no $cases"
fi

# What sendmail's packages ship works: there is nothing to find in it, four keys aside.
stock=0
for file in /usr/share/sendmail/cf/cf/*.mc /usr/share/sendmail/cf/debian/*.mc \
	/usr/share/sendmail/examples/db/relay-domains /usr/share/sendmail/examples/db/mailertable \
	/usr/share/sendmail/examples/db/access; do
	[ -r "$file" ] || continue
	stock=$((stock + 1))
	want=0:
	[ "${file##*/}" != access ] || want='1:80 error SM23
81 error SM23
82 error SM23
83 error SM23'
	summary "$file"
	is "$file" "$status:$got:$(cat "$tmp/err")" "$want:"
done
[ "$stock" -gt 0 ] || left_out sendmail 'the stock files' 'none are installed'

done_testing
