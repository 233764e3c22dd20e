#!/bin/sh
# The headers: each compiles by itself as C11 and as C++, the version stands the same everywhere, and
# the example of v6kit(3) builds with the pkg-config file and prints what the page says.
. "${srcdir:-.}/tests/tap.sh"

include=$(cd "$srcdir/include" && pwd) || exit 99
cc=${CC:-cc}
cxx=${CXX:-}
for name in c++ g++ clang++; do
	[ -n "$cxx" ] || ! command -v "$name" >/dev/null 2>&1 || cxx=$name
done

# compiles DESCRIPTION COMMAND...
compiles() {
	compiles_what=$1
	shift
	if "$@" >"$tmp/said" 2>&1; then
		ok "$compiles_what"
	else
		not_ok "$compiles_what" "$(cat "$tmp/said")"
	fi
}

# CC and CXX may hold options.
# shellcheck disable=SC2086
{
	echo '#include <libcidr.h>' >"$tmp/cidr.c"
	libcidr=yes
	$cc -fsyntax-only "$tmp/cidr.c" 2>/dev/null || libcidr=no
	for header in "$include"/v6kit.h "$include"/v6kit/*.h; do
		name=${header#"$include"/}
		# Twice: the second time is to do nothing.
		printf '#include <%s>\n#include <%s>\nextern int not_empty;\n' "$name" "$name" \
			>"$tmp/header.c"
		cp "$tmp/header.c" "$tmp/header.cc"
		if [ "$name" = v6kit/cidr.h ] && [ "$libcidr" = no ]; then
			left_out libcidr "$name: compiles" 'libcidr.h is not installed'
			continue
		fi
		compiles "$name: compiles as C11" $cc -std=c11 -Wall -Wextra -Werror -pedantic \
			-I"$include" -fsyntax-only "$tmp/header.c"
		if [ -n "$cxx" ]; then
			compiles "$name: compiles as C++" $cxx -std=c++11 -Wall -Wextra -Werror \
				-pedantic -I"$include" -fsyntax-only "$tmp/header.cc"
		else
			left_out c++ "$name: compiles as C++" 'there is no C++ compiler'
		fi
		if grep -q "include/$name\\( \\\\\\)\\{0,1\\}\$" "$srcdir/src/local.mk"; then
			ok "$name: is installed"
		else
			not_ok "$name: is not in src/local.mk"
		fi
	done
}

version=$(sed -n 's/^AC_INIT(\[v6kit\], \[\(.*\)\])$/\1/p' "$srcdir/configure.ac")
part() {
	sed -n "s/^#define V6K_VERSION$1 //p" "$include/v6kit/version.h" | tr -d '"'
}
is 'version.h has the version of configure.ac' "$(part '')" "$version"
is 'and its numbers' "$(part _MAJOR).$(part _MINOR).$(part _PATCH)" "$version"
run --version
is 'so has the program' "$(sed -n '1s/^v6kit //p' "$tmp/out")" "$version"

# The example is the first display with a main, its output the display behind it.
awk -v program="$tmp/example.c" -v output="$tmp/want" '
	/^\.Bd -literal/ { n = n ? n + 1 : 0; text = ""; inside = 1; next }
	/^\.Ed/ {
		inside = 0
		if (!n && text ~ /int main\(/) {
			printf "%s", text >program
			n = 1
		} else if (n == 2) {
			printf "%s", text >output
		}
	}
	inside { sub(/^\\&/, ""); gsub(/\\e/, "\\\\"); text = text $0 "\n" }' "$srcdir/man/v6kit.3"
# shellcheck disable=SC2086
if [ ! -e .libs/libv6kit.so ]; then
	left_out shared 'the example of v6kit(3)' 'no shared library here'
elif ! command -v pkg-config >/dev/null 2>&1; then
	left_out pkg-config 'the example of v6kit(3)' 'pkg-config is not installed'
elif nm -D .libs/libv6kit.so | grep -q '__[a-z]*san_'; then
	left_out shared 'the example of v6kit(3)' 'a library with sanitizers needs a program with them'
else
	PKG_CONFIG_PATH=$PWD/src/core
	export PKG_CONFIG_PATH
	is 'the pkg-config file has the version' "$(pkg-config --modversion libv6kit 2>&1)" "$version"
	compiles 'pkg-config takes it as valid' pkg-config --validate libv6kit
	flags=$(pkg-config --define-variable=libdir="$PWD/.libs" \
		--define-variable=includedir="$include" --cflags --libs libv6kit 2>&1)
	compiles 'the example of v6kit(3) builds' \
		$cc -std=c11 -Wall -Wextra -Werror -pedantic -o "$tmp/example" "$tmp/example.c" $flags
	LD_LIBRARY_PATH=$PWD/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} "$tmp/example" \
		>"$tmp/out" 2>&1
	is 'and ends in 0' "$?" 0
	is 'and prints what the page says' "$(whole "$tmp/out")" "$(whole "$tmp/want")"
	if [ -n "$cxx" ]; then
		printf '#include <v6kit.h>\nint main() { return !*v6k_version(); }\n' >"$tmp/link.cc"
		compiles 'C++ finds the symbols of C' $cxx -std=c++11 -o "$tmp/link" "$tmp/link.cc" \
			$flags
	else
		left_out c++ 'C++ finds the symbols of C' 'there is no C++ compiler'
	fi
fi

done_testing
