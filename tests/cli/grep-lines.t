#!/bin/sh
# grep: the lines around those that match, their numbers, names, counts and colours, as GNU grep has them,
# across the borders of blocks of 64 bytes and with several threads.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"

case $(grep --version 2>/dev/null) in
*'GNU grep'*) ;;
*) skip_all gnugrep 'grep is not GNU grep' ;;
esac
unset GREP_COLORS GREP_COLOR
address=2001:db8::1

# lines SEED PERCENT: some hundred lines, of which so many have the address, some of them twice.
lines() {
	awk -v seed="$1" -v percent="$2" -v address=$address 'BEGIN {
		srand(seed)
		for (i = 1; i <= 300; i++) {
			line = rand() < 0.1 ? "" : "line " i " of " seed
			for (n = int(rand() * 30); n > 0; n--)
				line = line "."
			if (rand() * 100 < percent)
				line = line " [" address "] " (rand() < 0.3 ? address ";" : "")
			else if (rand() < 0.3)
				line = line " 2001:db9::1"
			print line
		}
	}'
}

mkdir "$tmp/folder" "$tmp/folder/below"
cd "$tmp/folder" || exit 99
lines 1 50 >half
lines 2 3 >few
lines 3 0 >none
lines 4 100 >all
lines 5 1 >below/one
: >empty
printf '\n\n\n' >blank
printf 'a\n%s' $address >last
printf '%s\nb' $address >first
printf '%s' $address >only
printf 'x\200\0y %s\r\n\377\0\nz\n' $address >bytes
cat half >below/half

# Bytes of a block, none for what is fast, and threads.
hows=':1 64:1 64:2 64:7'

# same OPTIONS FILE...: but for messages, which are v6kit's own.
same() {
	same_options=$1
	shift
	# shellcheck disable=SC2086 # several options
	grep -a $same_options -F -e $address "$@" </dev/null >"$tmp/want" 2>"$tmp/err"
	echo "status $?" >>"$tmp/want"
	same_differs=
	for same_how in $hows; do
		# shellcheck disable=SC2086
		V6KIT_BLOCK=${same_how%:*} "$V6KIT" grep --threads "${same_how#*:}" $same_options \
			-e $address "$@" </dev/null >"$tmp/got" 2>"$tmp/err"
		echo "status $?" >>"$tmp/got"
		cmp -s "$tmp/want" "$tmp/got" || same_differs="$same_differs
bytes of a block, and threads: $same_how
$(diff -a "$tmp/want" "$tmp/got" | cat -v | head -n 10)"
	done
	is "grep $same_options $*" "$same_differs" ''
}

for options in '' -n -v -vn -c -cv -l -L -lv -Lv -o -on -ov -b -bn -bo -H -h -nH -oH -x -vx -q -qv \
	-m0 '-L -m0' -m1 -m2 -m3 -m7 -m1000 '-m2 -n' '-m2 -c' '-m3 -v' '-m3 -vc' '-m2 -o' '-m1 -l' \
	-A0 -A1 -A2 -A7 -A1000 -B0 -B1 -B2 -B7 -B1000 -C0 -C1 -C3 -C1000 '-A1 -B2 -n' '-A3 -C1 -n' '-C1 -B0 -b' \
	'-m1 -A3' '-m2 -A3 -n' '-m3 -C2 -n' '-m1 -B2 -b' '-m2 -A1000' '-v -A1' '-v -B2 -n' '-v -C1 -b' '-v -m2 -A2 -n' \
	'-oA1' '-on -C1' '-ob -B2' '-c -A2' '-l -A2' '-A1 -H' '-C1 -Hn' \
	-Z -lZ -LZ -cZ -nZ '-Z -A1 -n' '-Z -o' '-hn' '-H -h' '-h -H' '-l -L' '-L -l' \
	'--color=always' '--color=always -n' '--color=always -o' '--color=always -ob' '--color=always -c' \
	'--color=always -l' '--color=always -vn' '--color=always -n -C2' '--color=always -H -A1' '--color=always -Z -n' \
	'--color=always -m2 -A2' '--color=never -n'; do
	same "$options" half
	same "$options" few none half all empty blank last first only bytes
done
for file in few none all empty blank last first only bytes; do
	for options in '' -n -v -vn -c -cv -l -L -o -b '-A1 -n' '-B1 -n' '-C2 -n' '-m1 -A1' '-v -C1 -n' -x \
		'--color=always -n'; do
		same "$options" "$file"
	done
done
# Folders and what is left out. GNU grep has them in the order of the disk.
sorted() {
	sorted_options=$1
	shift
	# shellcheck disable=SC2086
	grep -a $sorted_options -F -e $address "$@" </dev/null 2>/dev/null >"$tmp/out"
	echo "status $?" | cat "$tmp/out" - | tr '\0' '\n' | sort >"$tmp/want"
	# shellcheck disable=SC2086
	"$V6KIT" grep $sorted_options -e $address "$@" </dev/null 2>/dev/null >"$tmp/out"
	echo "status $?" | cat "$tmp/out" - | tr '\0' '\n' | sort >"$tmp/got"
	is "grep $sorted_options $*" "$(diff -a "$tmp/want" "$tmp/got" | cat -v | head -n 10)" ''
}
ln -s ../half below/link
ln -s nowhere below/dangling
ln -s . below/loop
mkdir -p .hidden/deep
cp few .hidden/deep/x.log
cp few below/y.log
for options in -r -rn -rc -rl -rL -rh -rH -R -Rc -rZl -rv; do
	sorted "$options"
	sorted "$options" .
	sorted "$options" below
	sorted "$options" below/
	sorted "$options" half
	sorted "$options" below/link
	sorted "$options" below half
	sorted "$options" nowhere
	for glob in '--include=*.log' '--exclude=*.log' '--include=h*' '--exclude=h* --include=half' \
		'--include=half --exclude=h*' '--exclude-dir=below' '--exclude-dir=below/' '--exclude-dir=.hidden' \
		'--exclude-dir=deep' '--exclude-dir=b* --exclude=half' '--include=half --include=few'; do
		sorted "$options $glob"
		sorted "$options $glob" .
		sorted "$options $glob" below half few
		sorted "$options $glob" below/ half nowhere
	done
done
for glob in '--include=*.log' '--exclude=*.log' '--include=h*' '--exclude=half' '--exclude=below/half' '--exclude=one' \
	'--include=one' '--exclude-dir=below'; do
	sorted "-c $glob" half few below/half below/y.log below/one
	sorted "-n $glob" half below few
	sorted "-c $glob" half nowhere few
done

done_testing
