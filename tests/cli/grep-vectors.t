#!/bin/sh
# grep against the shared vectors: longest matches, and what another tool's tests find in lines.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"

corpora=${V6KIT_CORPORA:-/nowhere}
[ -r "$corpora/extract/ipinfo-grepip.tsv" ] || skip_all corpora "no $corpora/extract/ipinfo-grepip.tsv"

# Fields may be empty, so that they must not be apart by a blank.
unit=$(printf '\037')
rows=0
for kind in lpm all-matches widest-match; do
	cat "$corpora"/ops/*.tsv | grep "^$kind	" | tr '\t' "$unit" >"$tmp/rows"
	while IFS=$unit read -r _ input want _; do
		address=${input%% | *}
		printf '%s\n' "${input#* | }" | tr ' ' '\n' | sed '/^$/d' >"$tmp/set"
		printf 'Nov 27 01:02:03 mx relay=[%s]: %s, (%s).\n' "$address" "$address" "$address" >"$tmp/line"
		in=$tmp/line run grep --mask --exact-family -o -f "$tmp/set"
		[ "$want" != ! ] || want=
		# Whether something matches, whatever the kind is; where it stands three times.
		is "$kind: $input" "$status:$(sort -u "$tmp/out")" "$([ "$want" ] && printf 0 || printf 1):${want:+$address}"
		if [ "$kind" = lpm ]; then
			in=$tmp/line run grep --mask --exact-family --format '%{prefix}' -f "$tmp/set"
			is "$kind, the prefix: $input" "$(sort -u "$tmp/out")" "$want"
		fi
		rows=$((rows + 1))
	done <"$tmp/rows"
done
[ "$rows" -ge 37 ] || not_ok "$rows rows, at least 37 were there"

# Rows with ExclRes leave out what is in no registry: nothing here does so.
tr '\t' "$unit" <"$corpora/extract/ipinfo-grepip.tsv" >"$tmp/rows"
rows=0
while IFS=$unit read -r kind input want _; do
	case $kind:$input in
	'#'* | *ExclRes*) continue ;;
	esac
	family=
	case $input in
	*'V4: true'*) family=-4 ;;
	*'V6: true'*) family=-6 ;;
	esac
	case $input in
	*'V4: true'*'V6: true'*) family= ;;
	esac
	printf '%s\n' "${input#* :: }" >"$tmp/line"
	# shellcheck disable=SC2086 # no word or one
	in=$tmp/line run grep --any-address -o $family
	is "grepip $input" "$(paste -sd ' ' "$tmp/out")" "$want"
	rows=$((rows + 1))
done <"$tmp/rows"
[ "$rows" -ge 1 ] || not_ok 'no row of grepip'

# Real prefixes: of each list, every line matches its own set, and the lists of others hold as many lines as
# the sets say.
for name in amazon-v6 google-v6 github-v4; do
	list=$corpora/bulk/ipranges/$name.txt
	n=$(grep -c . "$list")
	t "$name in itself" 0 "$n" '' grep -cx -f "$list" "$list"
	t "$name without itself" 1 0 '' grep -cv -f "$list" "$list"
	"$V6KIT" in -F '%{member}' --any -f "$corpora/bulk/ipranges/amazon-v6.txt" - <"$list" | grep -c true >"$tmp/want"
	run grep -c -f "$corpora/bulk/ipranges/amazon-v6.txt" "$list"
	is "$name in another" "$(cat "$tmp/out")" "$(cat "$tmp/want")"
done

done_testing
