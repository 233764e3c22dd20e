#!/bin/sh
# The dependency rule of CONTRIBUTING.md, as greps: who may include whom, and what the core and the
# rest may never call.
. "${srcdir:-.}/tests/tap.sh"

# none DESCRIPTION PATTERN FILE...: no line of the files matches.
none() {
	none_what=$1 none_pattern=$2
	shift 2
	found=$(grep -nE "$none_pattern" "$@" /dev/null)
	if [ -z "$found" ]; then
		ok "$none_what"
	else
		not_ok "$none_what" "$found"
	fi
}

core=$srcdir/src/core
src=$srcdir/src
own='error|addr|count|cover|export|list|lpm|map|notation|prefix|range|scan|set|version'

# What a layer includes, one name a line.
includes() {
	sed -n 's/^#include ["<]\([^">]*\)[">].*/\1/p' "$@" | sort -u
}

# only DESCRIPTION PATTERN FILE...: every include of the files matches.
only() {
	only_what=$1 only_pattern=$2
	shift 2
	found=$(includes "$@" | grep -vE "^($only_pattern)$")
	if [ -z "$found" ]; then
		ok "$only_what"
	else
		not_ok "$only_what" "$found"
	fi
}

inner=$(cd "$core" && printf '%s\n' *.h | sed 's/\.h$//' | tr '\n' '|')
inner=${inner%|}
only 'core sees its own headers and what computes' \
	"v6kit/($own)\\.h|($inner)\\.h|(arm_neon|cpuid|immintrin)\\.h|(stdatomic|stdbool|stddef|stdint|stdlib|string)\\.h|netinet/in\\.h|sys/socket\\.h" \
	"$core"/*.c "$core"/*.h
none 'core has no stdio, environment, locale, network or threads' \
	'(^|[^.>])\<(printf|fprintf|snprintf|sprintf|puts|getenv|setlocale|isxdigit|isdigit|isalpha|tolower|strtou?ll?|atoi|getaddrinfo|pthread_[a-z]+|open|read|write)\(' \
	"$core"/*.c "$core"/*.h
none 'core has no global state' '^(static )?(struct |unsigned |u?int[0-9_a-z]* |char |bool )[a-z_0-9 *]+( =.*)?;' \
	"$core"/*.c
is 'but the choice of the tier' "$(grep -lE '_Atomic|\<_Thread_local\>|^static [a-z_0-9 *]+;$' "$core"/*.c)" \
	"$core/dispatch.c"
none 'no __int128' '__int128' "$src"/*/*.c "$src"/*/*.h

# Only functions with these names may allocate, and those that serve them alone.
allocators=$(awk '
	/^[a-z].*\(/ && !/;$/ { name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name) }
	/(^|[^a-z_])(malloc|calloc|realloc|array_new|array_new_lines|array_resize)\(/ { print name }' "$core"/*.c | sort -u)
found=$(printf '%s\n' "$allocators" | grep -vE '_(new|add|insert|build|combine|freeze)(_[a-z]+)?$')
is 'only _new, _add, _insert, _build, _combine and _freeze allocate' "$found" ''

for layer in stream out plan mail; do
	only "$layer sees the public API and itself" \
		"v6kit/($own)\\.h|v6kit\\.h|config\\.h|[a-z0-9_]+\\.(h|def)|(sys|netinet|arpa)/[a-z0-9]+\\.h" \
		"$src/$layer"/*.c "$src/$layer"/*.h
	sed -n 's/^#include "\([^"]*\)".*/\1/p' "$src/$layer"/*.c "$src/$layer"/*.h | sort -u >"$tmp/own"
	while read -r header; do
		if [ -e "$src/$layer/$header" ]; then
			ok "$layer includes its own $header"
		else
			not_ok "$layer includes $header, which is not its own"
		fi
	done <"$tmp/own"
done

none 'nothing but cli sees cli' '#include ".*cli/' "$core"/*.[ch] "$src"/stream/*.[ch] "$src"/out/*.[ch] \
	"$src"/plan/*.[ch] "$src"/mail/*.[ch]
none 'cli sees no internals of the core' '#include ".*(core/|u128\.h|value\.h)' "$src"/cli/*.[ch]

# One parser and one formatter.
others=
for file in "$src"/*/*.[ch]; do
	case $file in
	*/core/*) ;;
	*) others="$others $file" ;;
	esac
done
# shellcheck disable=SC2086
none 'nobody parses or formats addresses beside the core' '\<inet_(pton|ntop|aton|addr|ntoa)\(' $others

# libcidr: one file, and never on text of a user's.
for file in "$src"/*/*.c; do
	case $file in
	*/cli/second.c) continue ;;
	esac
	if grep -qE 'libcidr\.h|v6kit/cidr\.h|\<cidr_[a-z_]+\(' "$file"; then
		not_ok "libcidr is called from src/cli/second.c only" "$file"
	fi
done
ok 'every file was searched for calls of libcidr'
none 'libcidr never reads text, and never thinks of hosts' '\<cidr_(from_str|to_str|num_?host|addr_host)[a-z_]*\(' \
	"$src"/*/*.c "$srcdir"/include/v6kit/*.h

# Traps: the locale, and getopt_long's abbreviations.
# shellcheck disable=SC2086
none 'no locale, no ctype, no getopt' '\<(setlocale|isxdigit|isdigit|isalpha|isalnum|isspace|toupper|tolower|getopt|getopt_long)\([^3]' $others
# shellcheck disable=SC2086
none 'no printf on bytes of a user' '\<(v?f?printf|v?dprintf|puts|fputs)\(' $others

done_testing
