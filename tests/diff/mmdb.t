#!/bin/sh
# MaxMind DBs of --as mmdb as mmdblookup reads them, around every prefix of a list. tests/diff/diff_mmdb.c
# asks libmaxminddb itself, with records of every size.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
needs mmdblookup mmdblookup

# configure leaves it out without a word.
if [ -x tests/diff/diff-mmdb ]; then
	ok 'diff-mmdb is built'
else
	left_out libmaxminddb 'diff-mmdb' 'configure found no libmaxminddb'
fi

case $V6KIT in
/*) ;;
*) V6KIT=$PWD/$V6KIT ;;
esac
cd "$tmp" || exit 99
printf '%s\n' '10.0.0.0/8 ten' '10.1.0.0/16 one of ten' '10.1.128.0/17' '192.0.2.1 single' \
	'255.255.255.255 last' '0.0.0.0/32 first' '2001:db8::/32 documentation' '2001:db8:8000::/33 half' \
	'2001:db8::1 host' 'fe80::/10 été' 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff last6' '::1:0:0:0/80 low' >list

# label FILE ADDRESS PATH...: what mmdblookup finds there; nothing for no entry, "-" for one without a label.
label() {
	label_file=$1 label_ip=$2
	shift 2
	mmdblookup --file "$label_file" --ip "$label_ip" "$@" 2>/dev/null |
		sed -n 's/^ *"\(.*\)" <utf8_string>$/\1/p' | sed 's/^$/-/'
}

run merge --labels --as mmdb --output db list
is 'it is written' "$status:$(cat out err)" 0:
# All that begins or ends somewhere, and its neighbours.
{
	"$V6KIT" merge --labels --as ranges list | cut -f 1 | tr - '\n'
} | "$V6KIT" norm >edges
while read -r edge; do
	for step in -1 0 1; do
		"$V6KIT" parent "$edge" --step=$step "/$(case $edge in *:*) echo 128 ;; *) echo 32 ;; esac)" 2>/dev/null
	done
done <edges | sed 's|/.*||' | "$V6KIT" merge --as addresses >asked
is 'many addresses are asked about' "$(($(wc -l <asked) > 40))" 1
while read -r address; do
	want=$("$V6KIT" in -p @list "$address" 2>/dev/null | cut -f 3)
	[ -n "$want" ] || ! "$V6KIT" in @list "$address" || want=-
	is "$address" "$(label db "$address" label)" "$want"
done <asked
is 'a mapped address' "$(label db ::ffff:10.1.0.1 label)" 'one of ten'
is 'one that is not there' "$(label db ::ffff:11.0.0.0 label)" ''

# Where the label is, and what the database is.
export SOURCE_DATE_EPOCH=1700000000
"$V6KIT" intersect --labels --as mmdb --mmdb-key country.iso_code --mmdb-type Test-Country list -e 10.1.0.0/16 >two
is 'a key of maps within maps' "$(label two 10.1.0.0 country iso_code)" 'one of ten'
is 'what was cut away is gone' "$(label two 10.0.0.0 country iso_code)" ''
mmdblookup --verbose --file two --ip 10.1.0.0 >said
is 'its type' "$(sed -n 's/^ *Type: *//p' said)" Test-Country
is 'its date' "$(sed -n 's/^ *Build epoch: *//p' said)" '1700000000 (2023-11-14 22:13:20 UTC)'
is 'its format' "$(sed -n 's/^ *Binary format: *//p' said)" 2.0
"$V6KIT" subtract --labels --as mmdb --output three list -e ::/96 -e 10.0.0.0/9
is 'subtract' "$(label three 10.128.0.0 label):$(label three 10.127.255.255 label)" ten:
# A mapped prefix of the list is what it says, and 192.0.2.1 is not found by its mapped form then.
printf '::ffff:10.0.0.0/104 mapped\n10.0.0.0/8 plain\n192.0.2.1 single\n' >mixed
"$V6KIT" merge --labels --as mmdb --output four mixed
is 'mapped and plain' "$(label four 10.0.0.1 label):$(label four ::ffff:10.0.0.1 label):$(label four ::ffff:192.0.2.1 label)" \
	plain:mapped:
"$V6KIT" merge --labels --as mmdb --output five none 2>/dev/null
: >none
run merge --labels --as mmdb --output five none
is 'an empty list' "$status:$(label five 10.0.0.1 label)" 0:

done_testing
