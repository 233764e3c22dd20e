#!/bin/sh
# The examples: they see the public headers only, stand on libv6kit.so, and print what they should.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"

for source in "$srcdir"/tests/examples/*.c; do
	name=${source##*/}
	is "$name includes public headers only" \
		"$(sed -n 's/^#include <\(.*\)>$/\1/p; s/^#include "\(.*\)"/\1/p' "$source" |
			grep -vE '^(v6kit(/[a-z]+)?|std[a-z]+|string)\.h$')" ''
done
if [ -x tests/examples/.libs/sets ] && command -v readelf >/dev/null 2>&1; then
	is 'sets stands on libv6kit.so' "$(readelf -d tests/examples/.libs/sets | grep -c 'NEEDED.*libv6kit\.so')" 1
else
	left_out readelf 'sets stands on libv6kit.so' 'no readelf, or no shared library'
fi
is sets "$(tests/examples/sets 2>&1; echo $?)" 'left, 3626777458843887524118538 addresses:
  192.0.2.6/31
  192.0.2.8/29
  2001:db8::/48
  2001:db8:2::/47
in two entries, 4835703278458516698824720 addresses:
  192.0.2.0/28
  2001:db8::/46
192.0.2.3 is in use
labels:
  10.0.0.0-10.0.255.255 company
  10.1.0.0-10.1.255.255 laboratory
  10.2.0.0-10.255.255.255 company
labels:
  10.0.0.0-10.0.255.255 company
  10.1.0.0-10.1.255.255 laboratory
  10.2.0.0-10.127.255.255 company
0'

done_testing
