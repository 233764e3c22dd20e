#!/bin/sh
# configure names the Debian package of what is missing, and hardens the program by default.
. "${srcdir:-.}/tests/tap.sh"

build=$PWD
# configure refuses sources that are configured already, as they are after bootstrap: a folder of links
# to them is not.
mkdir "$tmp/src"
ln -s "$(cd "$srcdir" && pwd)"/* "$tmp/src"
rm -f "$tmp/src/config.status"

# refuses DESCRIPTION MESSAGE ARGS...: configure ends with this message.
refuses() {
	refuses_what=$1 refuses_text=$2
	shift 2
	rm -rf "$tmp/build"
	mkdir "$tmp/build"
	said=$(cd "$tmp/build" && "$tmp/src/configure" "$@" 2>&1)
	status=$?
	case $status:$said in
	0:*) not_ok "$refuses_what" 'configure went on' ;;
	*"$refuses_text"*) ok "$refuses_what" ;;
	*) not_ok "$refuses_what" "$(printf '%s\n' "$said" | tail -n 3)" ;;
	esac
}

# The answers that take long come from the build folder's own run.
cache=$tmp/cache
sed -n "s/^\(ac_cv_[a-zA-Z0-9_]*\|lt_cv_[a-zA-Z0-9_]*\|am_cv_[a-zA-Z0-9_]*\|v6k_cv_[a-zA-Z0-9_]*\)=\(.*\)$/\1=\2/p" \
	"$build/config.log" | grep -vE '^ac_cv_(header_libcidr_h|search_cidr_contains|env_)' >"$cache"
is 'the answers of the build folder are read' "$(grep -c '^ac_cv_c_compiler_gnu\|^ac_cv_prog_cc_g' "$cache")" 2

refuses 'no libcidr.h' 'install libcidr-dev' --cache-file="$cache" ac_cv_header_libcidr_h=no
refuses 'no libcidr' 'install libcidr-dev' --cache-file="$cache" ac_cv_header_libcidr_h=yes \
	ac_cv_search_cidr_contains=no
streams='--without-zlib --without-lzma --without-zstd'
# shellcheck disable=SC2086 # a list of words is meant
refuses 'no cmocka' 'install libcmocka-dev' --cache-file="$cache" --without-libcidr \
	--without-jansson $streams PKG_CONFIG_LIBDIR="$tmp" PKG_CONFIG_PATH="$tmp" CMOCKA_CFLAGS= CMOCKA_LIBS=
refuses 'no zlib' 'install zlib1g-dev' --cache-file="$cache" --without-libcidr --without-jansson \
	PKG_CONFIG_LIBDIR="$tmp" PKG_CONFIG_PATH="$tmp" ZLIB_CFLAGS= ZLIB_LIBS=
refuses 'no liblzma' 'install liblzma-dev' --cache-file="$cache" --without-libcidr --without-jansson \
	--without-zlib PKG_CONFIG_LIBDIR="$tmp" PKG_CONFIG_PATH="$tmp" LZMA_CFLAGS= LZMA_LIBS=
refuses 'no libzstd' 'install libzstd-dev' --cache-file="$cache" --without-libcidr --without-jansson \
	--without-zlib --without-lzma PKG_CONFIG_LIBDIR="$tmp" PKG_CONFIG_PATH="$tmp" ZSTD_CFLAGS= ZSTD_LIBS=
refuses 'no jansson' 'install libjansson-dev' --cache-file="$cache" --without-libcidr \
	PKG_CONFIG_LIBDIR="$tmp" PKG_CONFIG_PATH="$tmp" JANSSON_CFLAGS= JANSSON_LIBS=
# Sanitizers take the place of hardening.
if grep -q "^V6K_HARDENING='no'" "$build/config.log"; then
	left_out hardening 'the program is hardened' 'configured without'
elif command -v readelf >/dev/null 2>&1; then
	readelf -dWl -s "$V6KIT" >"$tmp/elf"
	for mark in BIND_NOW PIE GNU_RELRO __stack_chk_fail; do
		if grep -q "$mark" "$tmp/elf"; then
			ok "the program has $mark"
		else
			not_ok "the program is without $mark"
		fi
	done
else
	left_out readelf 'the program is hardened' 'readelf is not installed'
fi

# A compiler that has no sanitizers.
cat >"$tmp/cc" <<END
#!/bin/sh
case " \$* " in
*fsanitize*) exit 1 ;;
esac
exec ${CC:-cc} "\$@"
END
chmod +x "$tmp/cc"
refuses 'sanitizers that the compiler has not' 'libclang-rt-14-dev' --enable-sanitizers --without-libcidr \
	CC="$tmp/cc"

done_testing
