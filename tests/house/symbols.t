#!/bin/sh
# What libv6kit exports is what its map, its headers and its pages say.
. "${srcdir:-.}/tests/tap.sh"

include=$srcdir/include/v6kit
map=$srcdir/src/core/libv6kit.map
man=$srcdir/man

# declarations HEADER...: each function as the header declares it, on one line.
declarations() {
	awk '
		/^(V6K_API|static inline) .*\(/ { text = ""; inside = 1 }
		!inside { next }
		{ sub(/^[ \t]+/, ""); text = text (text == "" ? "" : " ") $0 }
		/\);?$/ {
			sub(/^(V6K_API|static inline) /, "", text)
			sub(/;$/, "", text)
			print text
			inside = 0
		}' "$@"
}

# prototypes PAGE: the same, as its synopsis has them.
prototypes() {
	awk '
		function type(s) { return s ~ /\*$/ ? s : s " " }
		/^\.Sh / { at = $2 == "SYNOPSIS" }
		!at { next }
		/^\.Ft / { ft = substr($0, 5) }
		/^\.Fo / { fo = $2; arguments = "" }
		/^\.Fa / {
			sub(/^\.Fa "?/, "")
			sub(/"$/, "")
			arguments = arguments (arguments == "" ? "" : ", ") $0
		}
		/^\.Fc/ { print type(ft) fo "(" arguments ")" }
		/^\.Fn / { print type(ft) $2 "(" $3 ")" }' "$1"
}

# The names of such lines.
names() {
	sed 's/(.*//; s/.*[ *]//'
}

awk '/^\t[a-z]/ && /;$/ && $1 != "local:" { sub(/;$/, "", $1); print $1 }' "$map" | sort >"$tmp/map"
is 'the map lists every symbol once' "$(uniq -d "$tmp/map")" ''
declarations "$include"/*.h "$srcdir/include/v6kit.h" >"$tmp/all"
sed -n '/v6k_cidr_/!p' "$tmp/all" | names | sort >"$tmp/declared"
is 'no function is declared twice' "$(uniq -d "$tmp/declared")" ''
is 'the headers declare what is in the map' "$(cat "$tmp/declared")" "$(cat "$tmp/map")"

# The name of a version is an absolute symbol.
library=.libs/libv6kit.so
if [ -e "$library" ] && command -v nm >/dev/null 2>&1; then
	nm -D --defined-only "$library" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' |
		sort >"$tmp/exported"
	is 'the library exports what is in the map' "$(cat "$tmp/exported")" "$(cat "$tmp/map")"
else
	ok 'the library exports what is in the map # SKIP no shared library here'
fi

for header in "$include"/*.h; do
	name=${header##*/}
	case $name in
	export.h) continue ;;
	version.h) page=v6kit.3 included=v6kit.h ;;
	*) page=v6kit_${name%.h}.3 included=v6kit/$name ;;
	esac
	declarations "$header" >"$tmp/want"
	if [ ! -e "$man/$page" ]; then
		not_ok "$name: has a page" "man/$page is missing"
		continue
	fi
	is "$page: its synopsis has the functions of $name" "$(prototypes "$man/$page")" \
		"$(cat "$tmp/want")"
	is "$page: its name section too" "$(sed -n '/^\.Nd/q; s/^\.Nm \([^ ]*\).*/\1/p' "$man/$page")" \
		"${page%.3}
$(names <"$tmp/want")"
	is "$page: includes $included" "$(sed -n '/^\.Sh DESC/q; s/^\.In //p' "$man/$page")" "$included"
	undescribed=
	for function in $(names <"$tmp/want"); do
		sed '1,/^\.Sh DESCRIPTION/d' "$man/$page" | grep -q "^\\.Fn $function\\( \\|\$\\)" ||
			undescribed="$undescribed $function"
	done
	is "$page: describes each" "$undescribed" ''
done

is 'v6kit_error(3) has every error' "$(sed -n 's/^\.It Bq Dv //p' "$man/v6kit_error.3")" \
	"$(sed -n 's/^	\(V6K_E[A-Z0-9]*\) = -.*/\1/p' "$include/error.h")"
is 'v6kit_addr(3) has every style' \
	"$(sed -n '/V6K_CANONICAL$/,/^\.El/s/^\.It Dv //p' "$man/v6kit_addr.3")" \
	"$(sed -n '/^enum v6k_style/,/V6K_STYLES/s/^	\(V6K_[A-Z0-9]*\),.*/\1/p' "$include/addr.h")"

done_testing
