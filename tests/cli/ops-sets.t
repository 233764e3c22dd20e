#!/bin/sh
# The shared vectors about sets: those of other tools' tests, and real tables with the hash of what
# they merge to.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"

ops=${V6KIT_CORPORA:-/nowhere}/ops
bulk=${V6KIT_CORPORA:-/nowhere}/bulk
[ -r "$bulk/EXPECTED.tsv" ] || skip_all corpora "no $bulk/EXPECTED.tsv"

# lists INPUT: its operands, apart by " | ", as the values of -e in $first and $second.
lists() {
	first=$(printf '%s' "${1%% | *}" | tr ' ' ,)
	second=$(printf '%s' "${1#* | }" | tr ' ' ,)
	: "${first:=@/dev/null}" "${second:=@/dev/null}"
}

# printed ARGS...: what is printed, on one line, into $got; "!" when that is refused.
printed() {
	run "$@"
	got=$(paste -sd ' ' "$tmp/out")
	[ "$status" -lt 2 ] || got="!$got"
}

# empty ARGS...: "yes" into $got when what is printed is nothing.
empty() {
	printed "$@"
	case $got in
	!*) ;;
	'') got=yes ;;
	*) got=no ;;
	esac
}

# Fields may be empty, so that they must not be apart by a blank.
unit=$(printf '\037')
rows=0
for kind in aggregate union intersect except symdiff spanning count within contains-set disjoint overlaps \
	lpm widest-match all-matches; do
	cat "$ops"/*.tsv | grep "^$kind	" | tr '\t' "$unit" >"$tmp/rows"
	while IFS=$unit read -r _ input want _; do
		# A zone is refused, whatever the row says: the rulings win.
		case $input in
		*%*) want=! ;;
		esac
		lists "$input"
		case $kind in
		aggregate) printed merge --mask -e "$first" ;;
		spanning) printed span --mask -e "$first" ;;
		count) printed count --mask -e "$first" ;;
		union) printed merge --mask -e "$first" -e "$second" ;;
		intersect) printed intersect --mask -e "$first" -e "$second" ;;
		except) printed subtract --mask -e "$first" -e "$second" ;;
		symdiff) printed symdiff --mask -e "$first" -e "$second" ;;
		within) empty subtract --mask -e "$first" -e "$second" ;;
		contains-set) empty subtract --mask -e "$second" -e "$first" ;;
		disjoint) empty intersect --mask -e "$first" -e "$second" ;;
		overlaps)
			empty intersect --mask -e "$first" -e "$second"
			got=$(echo "$got" | sed 's/yes/NO/; s/no/yes/; s/NO/no/')
			;;
		lpm | widest-match | all-matches)
			how=-p
			[ $kind != widest-match ] || how=--shortest
			[ $kind != all-matches ] || how=--all
			run in --mask --exact-family -F '%{prefix}' $how "$second" "$first"
			got=$(sort "$tmp/out" | paste -sd ' ' -)
			[ "$status" -lt 2 ] || got=!
			[ "$want" != ! ] || want=
			;;
		esac
		is "$kind $input" "$got" "$want"
		rows=$((rows + 1))
	done <"$tmp/rows"
done
[ "$rows" -ge 327 ] || not_ok "$rows rows, at least 327 were there"

# bulk NAME: the file, unpacked, in $table, -4 or -6 in $family. Of a file of more columns the second
# is a label.
bulk() {
	family=
	case $1 in
	*' v4-only') family=-4 ;;
	*' v6-only') family=-6 ;;
	esac
	table=$bulk/${1%% *}
	case $table in
	*.gz)
		[ -e "$tmp/${table##*/}" ] || gzip -dc "$table" >"$tmp/${table##*/}"
		table=$tmp/${table##*/}
		;;
	esac
}

tables=0
tr '\t' "$unit" <"$bulk/EXPECTED.tsv" >"$tmp/rows"
while IFS=$unit read -r kind input lines sha256 _; do
	case $kind in
	'#'* | sort-unique) continue ;;
	esac
	bulk "$input"
	# shellcheck disable=SC2086 # no word or one
	case $kind in
	aggregate)
		run merge $family "$table"
		is "merge $input" "$status:$(wc -l <"$tmp/out" | tr -d ' '):$(sha256sum <"$tmp/out" | cut -c1-64)" \
			"0:$lines:$sha256"
		;;
	count-addresses) t "count $input" 0 "$lines" '' count $family "$table" ;;
	*) not_ok "$kind of EXPECTED.tsv is not known" ;;
	esac
	tables=$((tables + 1))
done <"$tmp/rows"
[ "$tables" -ge 15 ] || not_ok "$tables tables, at least 15 were there"

# What others merged is the same set; of IPv4 the same lines, in the same order.
for merged in "$bulk"/ipranges/*-merged.txt; do
	name=${merged##*/}
	raw=${merged%-merged.txt}.txt
	t "$name is what it was merged from" 0 '' '' diff "$raw" "$merged"
	case $name in
	*-v4-*)
		run merge "$raw"
		is "$name, line for line" "$(cksum <"$tmp/out")" "$(cksum <"$merged")"
		;;
	esac
done

# Operations on real tables, by the laws that hold for sets.
a=$bulk/ipranges/amazon-v6.txt b=$bulk/ipranges/google-v6.txt
cat "$a" "$b" "$bulk/ipranges/amazon-v4.txt" >"$tmp/a"
cat "$b" "$bulk/ipranges/amazon-v4.txt" "$bulk/ipranges/github-v4.txt" >"$tmp/b"
for operation in intersect merge symdiff; do
	"$V6KIT" "$operation" "$tmp/a" "$tmp/b" >"$tmp/$operation"
	"$V6KIT" "$operation" "$tmp/b" "$tmp/a" | cmp -s - "$tmp/$operation"
	is "$operation, the other way round" $? 0
done
is 'the tables have much in common, and much not' "$(($(wc -l <"$tmp/intersect") > 1000)):$(($(wc -l <"$tmp/symdiff") > 1000))" 1:1
"$V6KIT" subtract "$tmp/a" "$tmp/b" >"$tmp/alone"
t 'a and b' 0 "$(cat "$tmp/intersect")" '' subtract "$tmp/a" "$tmp/alone"
t 'a xor b' 0 "$(cat "$tmp/symdiff")" '' subtract "$tmp/merge" "$tmp/intersect"
"$V6KIT" complement "$tmp/a" >"$tmp/outside"
t 'the complement of the complement' 0 "$("$V6KIT" merge "$tmp/a")" '' complement "$tmp/outside"
t 'a and its complement are everything' 0 '0.0.0.0/0
::/0' '' merge "$tmp/a" "$tmp/outside"
t 'and have nothing in common' 0 '' '' intersect "$tmp/a" "$tmp/outside"

done_testing
