#!/bin/sh
# Every shell script of the project, shellcheck's word on it.
. "${srcdir:-.}/tests/tap.sh"

needs shellcheck shellcheck

for script in "$srcdir/bootstrap" "$srcdir/.ci/run" "$srcdir/.ci/servers" "$srcdir"/tests/tap.sh \
	"$srcdir"/tests/*/*.t "$srcdir"/tests/*/*.sh; do
	# .ci is not part of a release.
	[ -e "$script" ] || continue
	if shellcheck -x -P "$srcdir" "$script" >"$tmp/said" 2>&1; then
		ok "${script#"$srcdir"/}"
	else
		not_ok "${script#"$srcdir"/}" "$(cat "$tmp/said")"
	fi
done
done_testing
