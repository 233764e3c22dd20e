#!/bin/sh
# JSON as a source of sets: the shapes that cloud providers publish, places, what is refused.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

cloud=$(cd "$srcdir/tests/vectors/cloud" && pwd)
cd "$tmp" || exit 99
printf '["::1"]' >one
run merge --json-path . one
if ! "$V6KIT" --version | grep -q '^JSON input: jansson'; then
	is 'without jansson it is refused' "$status:$(cat err)" \
		'2:v6kit: merge: --json-path cannot be had: this v6kit was built without jansson'
	left_out jansson 'JSON files are read' 'built without jansson'
	done_testing
fi

# What is published.
prints '192.0.2.0/24
2001:db8:a000::/35' merge --json-path '.prefixes[].ip_prefix,.ipv6_prefixes[].ipv6_prefix' "$cloud/aws.json"
prints '198.51.100.0/24
2001:db8:4000::/35' merge --json-path .prefixes[].ipv4Prefix,.prefixes[].ipv6Prefix "$cloud/google.json"
prints '203.0.113.0/25
203.0.113.128/32
2001:db8:6000::/40' merge --json-path .hooks,.web "$cloud/github.json"
prints '192.0.2.0/24
198.51.100.0/24
2001:db8::/32' merge --json-path .result.ipv4_cidrs,.result.ipv6_cidrs "$cloud/cloudflare.json"
prints '192.0.2.4/30
2001:db8:1::/125' merge --json-path .values[].properties.addressPrefixes "$cloud/azure.json"
prints '192.0.2.6/31' merge --json-path .values[1].properties.addressPrefixes[0] "$cloud/azure.json"
# The same by all commands, from standard input, and from several files.
for one in merge intersect subtract symdiff; do
	in=$cloud/cloudflare.json prints 198.51.100.0/24 "$one" -4 --json-path .result.ipv4_cidrs[1]
done
in=$cloud/google.json prints 256 count - --json-path .prefixes[].ipv4Prefix
in=$cloud/google.json prints 198.51.100.0/24 span - --json-path .prefixes[].ipv4Prefix
in=$cloud/google.json prints '0.0.0.0-198.51.99.255
198.51.101.0-255.255.255.255' complement -4 - --as ranges --json-path .prefixes[].ipv4Prefix
printf '{"prefixes":[{"ipv4Prefix":"198.51.100.0/26"}]}' >some
t diff 1 '-198.51.100.64/26
-198.51.100.128/25' '' diff --json-path .prefixes[].ipv4Prefix "$cloud/google.json" some
t overlap 0 '198.51.100.0/25	198.51.100.0/26' '' overlap --json-path .prefixes[].ipv4Prefix "$cloud/google.json" some
prints '198.51.100.64/26
198.51.100.128/25' subtract --json-path .prefixes[].ipv4Prefix "$cloud/google.json" -e @some
prints '198.51.100.64/26
198.51.100.128/25' subtract --json-path .prefixes[].ipv4Prefix "$cloud/google.json" -e 198.51.100.0/26

# reads TEXT PATH OUT
reads() {
	printf %b "$1" >text
	t "$2 of $1" 0 "$3" '' merge text --json-path "$2"
}
reads '["::1"]' . ::1/128
reads '["::1"]' .[] ::1/128
reads '["::1"]' '.[0]' ::1/128
reads '["::1", ["::4"], [["::6"]]]' . '::1/128
::4/128
::6/128'
reads '["::1", ["::4"], [["::6"]]]' '.[1][0],.[2]' '::4/128
::6/128'
reads '{"a b":["::1"],"":"::2","x":{"y":"::4"}}' '."a b",."",.x.y,.x[]' '::1/128
::2/128
::4/128'
reads '{"a":[{"b":"::1"},{},{"c":1},{"b":"::4"}]}' '.a[].b' '::1/128
::4/128'
reads '{"k]}":{"q\\\\":"}","a":"::1"},"b":"[::4]"}' '."k]}".a,.b' '::1/128
::4/128'
reads '{"\\u0061\\"":1,"a":"\\u003a:1"}' .a ::1/128
reads '\n\t [ \n"::1"\n , "::2 - ::3",\r\n"10.0.0.0/8"\t] ' . '10.0.0.0/8
::1/128
::2/127'
# An empty list is a list.
reads '[]' . ''
reads '[]' .[] ''
reads '[]' .[].a ''
reads '{"a":{"b":[]}}' .a.b[] ''
reads '{"a":[]}' .a[].b ''

# fails TEXT PATH STDERR...
fails() {
	printf %b "$1" >text
	t "$2 of $1 is refused" 2 '' "$3" merge text --json-path "$2"
}
fails '{"a":[]}' .b 'v6kit: text: --json-path .b leads to nothing'
fails '{"a":["::1"]}' .a,.b.c,.d 'v6kit: text: --json-path .b.c leads to nothing'
fails '{"a":[{"b":"::1"}]}' .a[].c 'v6kit: text: --json-path .a[].c leads to nothing'
fails '["::1"]' '.[1]' 'v6kit: text: --json-path .[1] leads to nothing'
fails '{"a":["::1"]}' '."\033[1m"' 'v6kit: text: --json-path ."\033[1m" leads to nothing'
string='not a string, as a prefix or range is'
fails '["::1",\n "::2",  17,\n  "1::2::3"]' . "$(message text:2 10+2 "$string" 17 | sed '3s/^ *//; s/^\^/    ^/')
v6kit: text:3:8: a second \"::\"
    1::2::3
        ^~"
fails '{"a":{"b":true}}' .a "v6kit: text:1:6: $string
    {
    ^"
fails '[null, false, -1.5e3, {}]' . "v6kit: text:1:2: $string
    null
    ^~~~
v6kit: text:1:8: $string
    false
    ^~~~~
v6kit: text:1:15: $string
    -1.5e3
    ^~~~~~
v6kit: text:1:23: $string
    {
    ^"
fails '{"a":["::1"]}' .a.b 'v6kit: text:1:6: not an object, as the path has it
    [
    ^'
fails '{"a":{"0":"::1"}}' '.a[0]' 'v6kit: text:1:6: not an array, as the path has it
    {
    ^'
fails '{"a":"::1"}' .a[] 'v6kit: text:1:6: neither an array nor an object, as the path has it
    "::1"
    ^~~~~'
fails '["::1/127"]' . "v6kit: text:1:6: host bits set past the prefix length; did you mean ::/127?
    ::1/127
       ^~~~"
fails '["10.0.0.0/8 label"]' . 'v6kit: text:1:13: unexpected character
    10.0.0.0/8 label
              ^'
fails '[""]' . 'v6kit: text:1:3: empty, where an address is expected
    
    ^'
# No valid JSON: the line and the place.
fails '' . 'v6kit: text:1:1: the JSON text ends too early
    
    ^'
fails '["::1",\n "::2"' . 'v6kit: text:2:6: the JSON text ends too early
     "::2"
         ^'
fails '["::1"]\n x' . 'v6kit: text:2:2: something behind the end of the JSON text
     x
     ^'
fails '"::1"' . 'v6kit: text:1:5: not valid JSON
    "::1"
        ^'
fails '::1\n' . 'v6kit: text:1:1: not valid JSON
    ::1
    ^'
fails '{"a":"::1","a":"::2"}' .a 'v6kit: text:1:14: a key that this object has already
    {"a":"::1","a":"::2"}
                 ^'
fails '["\377"]' . 'v6kit: text:1:2: not UTF-8
    ["\xff"]
     ^'
fails '["\\u0000"]' . 'v6kit: text:1:9: a NUL in a JSON text
    ["\u0000"]
            ^'
# --on-error, --output.
printf '["::1", 1, "x", "::2"]' >text
said="v6kit: text:1:9: $string
    1
    ^
v6kit: text:1:13: unexpected character
    x
    ^"
t 'a bad string stops' 2 '' "$said" merge --json-path . text
t '--on-error=stop' 2 '' "$(printf '%s\n' "$said" | sed 3q)" merge --json-path . text --on-error=stop
t '--on-error=skip' 2 '::1/128
::2/128' "$said" merge --json-path . text --on-error=skip
t 'no valid JSON is not skipped' 2 '' 'v6kit: none: No such file or directory' \
	merge --json-path . none --on-error=skip
echo old >result
t 'a bad one leaves the old file' 2 '' "$said" merge --json-path . text --output result
t 'so does a path that leads to nothing' 2 '' 'v6kit: one: --json-path .[7] leads to nothing' \
	merge --json-path '.[7]' one --output result --on-error=skip
is 'it is the old one' "$(cat result)" old

# The paths.
bad='merge: --json-path takes paths such as .prefixes[].ip_prefix, with commas between'
# path COL PATH: refused there.
path() {
	t "the path $2" 2 '' "v6kit: $bad
    $2
$(printf "%$(($1 + 3))s^" '')" merge --json-path "$2" one
}
path 1 ''
path 1 a
path 1 ,
path 2 ..
path 2 ..a
path 4 .a,
path 4 .a,,.b
path 4 .a.
path 3 '.a b'
path 4 '.a[x]'
path 4 '.a[-1]'
path 5 '.a[01]'
path 5 '.a[1'
path 2 '."a'
path 5 '."a"b'
path 33 .a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a

done_testing
