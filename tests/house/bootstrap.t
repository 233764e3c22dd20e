#!/bin/sh
# bootstrap, with stubs for everything that would install, configure or build: which packages it asks
# for and when, and what it leaves alone.
. "${srcdir:-.}/tests/tap.sh"

# Only the commands below are to be found, so that no real apt-get or sudo is.
bin=$tmp/bin
tree=$tmp/tree
mkdir "$bin" "$tree"
for name in sh cat chmod cp dirname env find grep mktemp rm sed tail touch; do
	ln -s "$(command -v "$name")" "$bin/$name"
done

# stub NAME: a command that notes how it was called in $tmp/calls, and then does its standard input.
stub() {
	{
		printf '#!/bin/sh\nprintf "%%s\\n" "%s $*" >>"%s"\n' "${1##*/}" "$tmp/calls"
		cat
	} >"$1"
	chmod +x "$1"
}

# What dpkg-query is to call installed stands in $tmp/installed, as dpkg-query prints it.
stub "$bin/dpkg-query" <<END
cat "$tmp/installed"
END
stub "$bin/id" <<END
cat "$tmp/uid"
END
stub "$bin/apt-get" <<END
[ "\$DEBIAN_FRONTEND" = noninteractive ] || exit 9
case "\$* " in *" update "*) exit "\$(cat "$tmp/update_status")" ;; esac
echo "E: Unable to locate package"
exit "\$(cat "$tmp/apt_status")"
END
stub "$bin/nproc" <<END
echo 3
END
stub "$tmp/sudo" <<'END'
exec "$@"
END
stub "$tmp/configure" <<'END'
cp "$0" config.status
touch Makefile
END
stub "$bin/autoreconf" <<END
cp "$tmp/configure" configure
touch configure Makefile.in
END
stub "$bin/make" <<'END'
touch v6kit
chmod +x v6kit
END

all='gcc libc6-dev make autoconf automake libtool pkg-config m4 libcidr-dev libcmocka-dev libjansson-dev'
all="$all zlib1g-dev liblzma-dev libzstd-dev"

# system UID [PACKAGE...]: a fresh tree, on a system with these packages installed.
system() {
	echo "$1" >"$tmp/uid"
	shift
	: >"$tmp/installed"
	[ $# -eq 0 ] || printf 'installed %s\n' "$@" >"$tmp/installed"
	echo 0 >"$tmp/apt_status"
	echo 0 >"$tmp/update_status"
	rm -rf "$tree"
	mkdir "$tree"
	cp "$srcdir/bootstrap" "$tree/"
	touch "$tree/configure.ac" "$tree/Makefile.am"
}

# bootstrap ARGUMENT...: runs it from another folder; leaves $status, $tmp/out, $tmp/err, and the
# stubs' calls in $tmp/calls.
bootstrap() {
	: >"$tmp/calls"
	(cd / && PATH=$bin TMPDIR=$tmp "$tree/bootstrap" "$@") >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
}

# calls NAME: how the stub was called, a line each.
calls() {
	grep "^$1" "$tmp/calls"
}

# like DESCRIPTION TEXT PATTERN: TEXT holds a line that the extended regular expression matches.
like() {
	if printf '%s\n' "$2" | grep -Eq -e "$3"; then
		ok "$1"
	else
		not_ok "$1" "no line matches $3:
$2"
	fi
}

system 0
bootstrap --help
is '--help ends in 0' "$status" 0
like '--help is on standard output' "$(cat "$tmp/out")" '^Usage: ./bootstrap'
like '--help names --no-install' "$(cat "$tmp/out")" '--no-install'
is '--help runs nothing' "$(cat "$tmp/calls")" ''

bootstrap --nonsense
is 'an unknown argument ends in 2' "$status" 2
is 'an unknown argument runs nothing' "$(cat "$tmp/calls")" ''

# shellcheck disable=SC2086 # a list of words is meant
{
	system 0 ${all%libcidr-dev*}${all#*libcidr-dev }
	bootstrap --no-install
	is '--no-install with a missing package ends in 1' "$status" 1
	like '--no-install names it' "$(cat "$tmp/err")" 'missing: libcidr-dev$'
	like '--no-install prints the command' "$(cat "$tmp/err")" \
		'apt-get install --no-install-recommends libcidr-dev$'
	is '--no-install runs nothing but dpkg-query' "$(calls '' | grep -v '^dpkg-query')" ''

	bootstrap
	is 'one missing package: done' "$status" 0
	is 'it alone is installed, after an update' "$(calls apt-get | sed 's/ -o [^ ]*//g')" \
		'apt-get -q -y update
apt-get -q -y install --no-install-recommends --no-remove libcidr-dev'
	is 'root needs no sudo' "$(calls sudo)" ''
	is 'nothing is printed on standard output' "$(cat "$tmp/out")" ''

	system 0 $all
	bootstrap --no-install
	is '--no-install with nothing missing: done' "$status" 0
	is 'with nothing missing apt-get is not called' "$(calls apt-get)" ''
	is 'then it builds' "$(grep -Ev '^(dpkg-query|nproc|id)' "$tmp/calls")" 'autoreconf -fi
configure 
make -s -j3'
	bootstrap
	is 'a second run only calls make' "$(grep -Ev '^(dpkg-query|nproc|id)' "$tmp/calls")" \
		'make -s -j3'
	bootstrap -- --enable-werror 'CFLAGS=-O0 -g'
	is 'arguments after -- go to configure' "$(calls configure)" \
		'configure --enable-werror CFLAGS=-O0 -g'
	mkdir "$tree/src"
	touch -d '1 minute' "$tree/src/local.mk"
	bootstrap
	is 'a newer local.mk makes configure anew' "$(calls autoreconf)" 'autoreconf -fi'
	is 'and keeps the configuration' "$(grep -E '^config' "$tmp/calls")" \
		'configure --recheck
configure '

	system 0 ${all%pkg-config*} pkgconf ${all#*pkg-config}
	bootstrap --no-install
	is 'pkgconf is a pkg-config' "$status" 0
}

system 0
bootstrap
is 'nothing installed: done' "$status" 0
is 'all are installed in one go' "$(calls apt-get | sed -n 's/.*--no-remove //p')" "$all"
is 'recommended packages stay out' "$(calls apt-get | grep ' install ' |
	grep -vc -e --no-install-recommends)" 0
is 'and so does every mail server' "$(calls apt-get |
	grep -Ei 'sendmail|postfix|exim|opensmtpd|nullmailer|msmtp|ssmtp|dma|mail-transport')" ''

system 0
echo 100 >"$tmp/update_status"
bootstrap
is 'a failed update is not the end' "$status" 0
like 'but is said' "$(cat "$tmp/err")" 'apt-get update failed'

system 0
echo 100 >"$tmp/apt_status"
bootstrap
is 'a failed install ends in 1' "$status" 1
like 'it is named' "$(cat "$tmp/err")" '^bootstrap: apt-get install failed'
like "and apt-get's own words are shown" "$(cat "$tmp/err")" '^E: Unable to locate package'
is 'nothing is built then' "$(calls '[acm][uoa][tnk]')" ''

system 1000
bootstrap
is 'no root and no sudo ends in 1' "$status" 1
like 'it says what to run as root' "$(cat "$tmp/err")" \
	"neither root nor is there a sudo.*: apt-get install --no-install-recommends $all\$"
is 'and calls no apt-get' "$(calls apt-get)" ''

cp "$tmp/sudo" "$bin/sudo"
bootstrap
is 'with sudo: done' "$status" 0
is 'apt-get is called through it' "$(calls 'sudo env' | grep -c 'apt-get -q -y')" 2
is 'and nothing else' "$(calls sudo | grep -vc ' apt-get ')" 0

system 0
rm "$bin/apt-get"
bootstrap
is 'no apt-get ends in 1' "$status" 1
like 'it says what is needed' "$(cat "$tmp/err")" "no apt-get here; .*: $all\$"
rm "$bin/dpkg-query"
bootstrap
is 'no Debian ends in 1' "$status" 1
like 'it names the missing commands' "$(cat "$tmp/err")" 'no Debian.*: cc automake libtoolize pkg-config m4 '
for name in cc libtoolize automake pkg-config m4; do
	ln -sf "$bin/sh" "$bin/$name"
done
bootstrap
is 'no Debian, but all commands: done' "$status" 0

system 0
stub "$bin/make" <<'END'
echo "it does not compile"
exit 2
END
bootstrap
is 'a failed build ends in 1' "$status" 1
like 'its output is shown' "$(cat "$tmp/err")" '^it does not compile'

done_testing
