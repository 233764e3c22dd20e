#!/bin/sh
# The shared vectors about one prefix or range, those of other tools' tests and of RFC 3531.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"

ops=${V6KIT_CORPORA:-/nowhere}/ops
orders=${V6KIT_CORPORA:-/nowhere}/facts/rfc3531.tsv
[ -r "$orders" ] || skip_all corpora "no $orders"

tab='	'
# one DESCRIPTION WANT COMMAND ARGS...: what is printed, on one line; "!" is status 2 and nothing.
one() {
	one_name=$1 one_want=$2
	shift 2
	run "$@"
	one_got=$(tr '\n' ' ' <"$tmp/out")
	if [ "$status" != 0 ]; then
		one_got="!$one_got"
		[ -s "$tmp/err" ] || one_got="$one_got without a word"
	fi
	is "$one_name" "${one_got% }" "$one_want"
}

for kind in split range-to-cidrs supernet expand; do
	cat "$ops"/*.tsv | grep "^$kind$tab" >"$tmp/$kind"
	while IFS=$tab read -r name input want _; do
		last=${input##* }
		# The rulings win over the row: no zone, no length past the family.
		case $input in
		*%* | *.*' /3'[3-9] | *' /129' | *' /130') want=! ;;
		esac
		case $kind in
		split | supernet)
			command='split'
			[ "$kind" = split ] || command='parent'
			one "$name $input" "$want" "$command" --mask "${input% *}" "$last"
			;;
		range-to-cidrs) one "$name $input" "$want" range "$input" ;;
		expand) one "$name $input" "$want" list "$input" ;;
		esac
	done <"$tmp/$kind"
done

# An order of so many bits: as prefixes of ::/0, with the bits of each as text.
while IFS=$tab read -r kind input want _; do
	case $kind in
	rfc3531-leftmost) order=rfc3531-left ;;
	rfc3531-rightmost) order=rfc3531-right ;;
	rfc3531-centermost) order=rfc3531-center ;;
	*) continue ;;
	esac
	bits=${input#bits=} number=${input##*order=}
	bits=${bits%% *}
	got=$("$V6KIT" split --order "$order" --nth $((number - 1)) -F '%{prefix}' ::/0 "/$bits" |
		sed 's,/.*,,' | "$V6KIT" norm -s bits | cut -c "1-$bits")
	is "$kind $input" "$got" "$want"
done <"$orders"

# Section 4: two levels, one order within another.
is 'RFC 3531 section 4' "$("$V6KIT" split --order rfc3531-left --nth 2 3ffe:b00::/24 /32 |
	"$V6KIT" split --order rfc3531-center --nth 3 /42)" \
	"$(awk -F'\t' '$1 == "rfc3531-alloc" { print $3 }' "$orders")"
is 'the vectors are all there' "$(cat "$tmp/split" "$tmp/range-to-cidrs" "$tmp/supernet" "$tmp/expand" |
	sed -n '$=')" 145
done_testing
