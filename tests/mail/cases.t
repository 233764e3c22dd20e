#!/bin/sh
# The shared mail cases: what each command prints, exactly, and its status. Those that ask a resolver
# are in resolve.t; those of lint (L*) are in lint.t.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"

cases=${V6KIT_CORPORA:-/nowhere}/../mail/cases.tsv
[ -r "$cases" ] || skip_all corpora "no $cases"

# v6kit in a case's command line is the one under test.
mkdir "$tmp/bin"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$V6KIT" >"$tmp/bin/v6kit"
chmod +x "$tmp/bin/v6kit"
PATH=$tmp/bin:$PATH
ran=0
tab='	'
while IFS= read -r row; do
	# Not by IFS: a field may be empty, and tabs would run together.
	id=${row%%"$tab"*} row=${row#*"$tab"}
	command=${row%%"$tab"*} row=${row#*"$tab"}
	want=${row%%"$tab"*} row=${row#*"$tab"}
	want_status=${row%%"$tab"*}
	case $id:$command in
	\#* | id:* | L* | *--resolve*) continue ;;
	esac
	ran=$((ran + 1))
	eval "$command" </dev/null >"$tmp/out" 2>"$tmp/err"
	is "$id $command" "$?:$(whole "$tmp/out")" "$want_status:${want:+$(printf '%b' "$want")
}."
	if [ "$want_status" = 2 ]; then
		is "$id says why" "$(grep -c '^v6kit: ' "$tmp/err")" 1
	else
		is "$id says nothing" "$(whole "$tmp/err")" .
	fi
done <"$cases"
echo "# $ran cases of $cases"
is 'there are cases' "$((ran > 0))" 1
done_testing
