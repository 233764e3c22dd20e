#!/bin/sh
# What `make install` puts where, that it works from there, and that `make uninstall` takes it away.
. "${srcdir:-.}/tests/tap.sh"

# An outer make's flags and file descriptors are not for the make below.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
root=$tmp/root
make=${MAKE:-make}

if $make install DESTDIR="$root" prefix=/usr >"$tmp/log" 2>&1; then
	ok 'make install'
else
	not_ok 'make install' "$(tail -n 20 "$tmp/log")"
	done_testing
fi

has() {
	for has_path; do
		if [ -s "$root/usr/$has_path" ]; then
			ok "$has_path"
		else
			not_ok "$has_path is missing"
		fi
	done
}

# The library's folder depends on the machine.
libdir=$(cd "$root/usr" && find . -name libv6kit.pc | sed 's|^\./||; s|/pkgconfig/.*||')
has bin/v6kit "$libdir/pkgconfig/libv6kit.pc" include/v6kit.h
for file in "$srcdir"/include/v6kit/*.h; do
	has "include/v6kit/${file##*/}"
done
for file in "$srcdir"/man/*.[1-9]; do
	has "share/man/man${file##*.}/${file##*/}"
done
for shell in bash zsh fish; do
	case $shell in
	bash) file=share/bash-completion/completions/v6kit ;;
	zsh) file=share/zsh/site-functions/_v6kit ;;
	fish) file=share/fish/vendor_completions.d/v6kit.fish ;;
	esac
	"$V6KIT" completion "$shell" >"$tmp/completion"
	if cmp -s "$tmp/completion" "$root/usr/$file"; then
		ok "$file is what v6kit completion $shell prints"
	else
		not_ok "$file is not what v6kit completion $shell prints"
	fi
done
is 'the installed program runs' "$("$root/usr/bin/v6kit" norm 2A00:A200::/48)" 2a00:a200::/48
is 'nothing else is installed' "$(cd "$root/usr" && find . -type f ! -path './share/man/*' \
	! -path './include/*' ! -path "./$libdir/*" | LC_ALL=C sort)" './bin/v6kit
./share/bash-completion/completions/v6kit
./share/fish/vendor_completions.d/v6kit.fish
./share/zsh/site-functions/_v6kit'

$make uninstall DESTDIR="$root" prefix=/usr >"$tmp/log" 2>&1
is 'make uninstall leaves nothing' "$(find "$root" ! -type d)" ''

done_testing
