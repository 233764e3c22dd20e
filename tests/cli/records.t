#!/bin/sh
# Records: JSON Lines, CSV, templates, NUL; the same in every locale; each seen at once with
# --line-buffered.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

cd "$tmp" || exit 99

# -j: fields in order, absent ones left out, counts as strings, bits and ports as numbers.
while IFS='	' read -r args want; do
	# shellcheck disable=SC2086 # words
	prints "$want" $args
done <<'END'
norm -j 2001:DB8::1	{"input":"2001:DB8::1","family":"ipv6","address":"2001:db8::1"}
norm -j 192.0.2.1	{"input":"192.0.2.1","family":"ipv4","address":"192.0.2.1"}
norm -j 2001:db8::1/64	{"input":"2001:db8::1/64","family":"ipv6","address":"2001:db8::1","bits":64}
norm -j ::/0	{"input":"::/0","family":"ipv6","address":"::","bits":0}
norm -j fe80::1%eth0	{"input":"fe80::1%eth0","family":"ipv6","address":"fe80::1","zone":"eth0"}
norm -j [2001:db8::1]:443	{"input":"[2001:db8::1]:443","family":"ipv6","address":"2001:db8::1","port":443}
norm -j [::1]:0	{"input":"[::1]:0","family":"ipv6","address":"::1","port":0}
norm -j [fe80::1%25e]:1	{"input":"[fe80::1%25e]:1","family":"ipv6","address":"fe80::1","zone":"e","port":1}
norm -j ::1-::f	{"input":"::1-::f","family":"ipv6","address":"::1","last":"::f"}
norm --json ::ffff:1.2.3.4	{"input":"::ffff:1.2.3.4","family":"ipv6","address":"::ffff:1.2.3.4"}
norm -j -s full ::1/64	{"input":"::1/64","family":"ipv6","address":"0000:0000:0000:0000:0000:0000:0000:0001","bits":64}
norm -j -s upper ::a-::b	{"input":"::a-::b","family":"ipv6","address":"::A","last":"::B"}
norm -j -s smtp ::1	{"input":"::1","family":"ipv6","address":"[IPv6:::1]"}
norm -j --network 10.1.2.3/8	{"input":"10.1.2.3/8","family":"ipv4","address":"10.0.0.0","bits":8}
norm -j --from int -4 1	{"input":"1","family":"ipv4","address":"0.0.0.1"}
arpa -j 10.0.0.0/8	{"input":"10.0.0.0/8","output":"10.in-addr.arpa"}
in -j ::/0 ::1	{"input":"::1","member":true,"address":"::1","prefix":"::/0"}
norm --csv -4 ::1	input,family,address,bits,zone,port,last,error
END

# JSON strings, of bytes of every kind; an error is a field like another.
printf '"\\/\n\001\037\177\n\303\251\342\202\254\360\237\230\200\n\377\n\303\n\355\240\200\n\364\220\200\200\n\300\257\n\340\200\200\n\342\202\na\000b\n\tx\ty\n\000\303\n' >bytes
in=bytes run norm -j --on-error=keep
error=',"error":"unexpected character"}'
is 'JSON of odd bytes' "$(cat out)" "{\"input\":\"\\\"\\\\/\"$error
{\"input\":\"\\u0001\\u001f\\u007f\"$error
{\"input\":\"é€😀\"$error
{\"input\":\"�\",\"input_hex\":\"ff\"$error
{\"input\":\"�\",\"input_hex\":\"c3\"$error
{\"input\":\"���\",\"input_hex\":\"eda080\"$error
{\"input\":\"����\",\"input_hex\":\"f4908080\"$error
{\"input\":\"��\",\"input_hex\":\"c0af\"$error
{\"input\":\"���\",\"input_hex\":\"e08080\"$error
{\"input\":\"��\",\"input_hex\":\"e282\"$error
{\"input\":\"a\\u0000b\"$error
{\"input\":\"x\\u0009y\"$error
{\"input\":\"\\u0000�\",\"input_hex\":\"00c3\"$error"
cp out odd.json
printf '::/0 "quoted", \\ and \303\251 \377\n' >labels
t 'JSON of a label' 0 '{"input":"::1","member":true,"address":"::1","prefix":"::/0","label":"\"quoted\", \\ and é �","label_hex":"2271756f746564222c205c20616e6420c3a920ff"}' '' \
	in -j @labels ::1
cp out label.json
run info -j ::/0 192.0.2.1 'fe80::1%eth0' '[::1]:25' 2001:db8::1/64
cp out info.json
if command -v python3 >/dev/null 2>&1; then
	cat odd.json label.json info.json >all.json
	is 'python3 reads every line' "$(python3 -c '
import json, sys
lines = open(sys.argv[1], "rb").read().decode("utf-8", "strict").split("\n")
assert lines.pop() == ""
records = [json.loads(line) for line in lines]
raw = open(sys.argv[2], "rb").read().split(b"\n")[:-1]
for record, line in zip(records, raw):
    got = bytes.fromhex(record["input_hex"]) if "input_hex" in record else record["input"].encode()
    assert got == line.strip(b"\t"), (got, line)
assert all(type(r.get("count", "")) is str and type(r.get("bits", 0)) is int for r in records)
print(len(records))' all.json bytes 2>&1)" 19
else
	echo '# python3 is not installed: JSON is not read back'
fi
if command -v jq >/dev/null 2>&1; then
	is 'jq reads every line' "$(cat odd.json label.json info.json | jq -c 'keys | length' | wc -l | tr -d ' ')" 19
	is 'jq: a count keeps its digits' "$(jq -r 'select(.bits == 0).count' info.json)" 340282366920938463463374607431768211456
else
	echo '# jq is not installed'
fi
i=1
while [ $i -lt 256 ]; do
	# shellcheck disable=SC2059 # made here
	printf "\\$(printf %03o $i)\n"
	i=$((i + 1))
done | grep -av '^#' >each
if command -v python3 >/dev/null 2>&1; then
	in=each run norm -j --on-error=keep
	is 'JSON of every single byte' "$(python3 -c '
import json, sys
print(sum(1 for line in open(sys.argv[1], encoding="utf-8", newline="\n") if json.loads(line)))' out 2>&1)" \
		"$(grep -c . out)"
fi

# CSV: RFC 4180 quoting, a header even without records, none when nothing was answered.
header=input,family,address,bits,zone,port,last,error
prints "$header
::1/64,ipv6,::1,64,,,,
[fe80::1%e]:1,ipv6,fe80::1,,e,1,,
::1-::f,ipv6,::1,,,,::f," norm --csv ::1/64 '[fe80::1%e]:1' ::1-::f
prints "$header" norm --csv -4 ::1
prints "$header" norm --csv -f /dev/null
printf 'a"b\nc,d\n"\ne\rf\nplain text\n' >bytes
in=bytes run norm --csv --on-error=keep
is 'CSV: quotes, commas and CR' "$(cat out)" "$header
\"a\"\"b\",,,,,,,unexpected character
\"c,d\",,,,,,,unexpected character
\"\"\"\",,,,,,,unexpected character
$(printf '"e\rf"'),,,,,,,unexpected character
plain text,,,,,,,unexpected character"
printf '::/0 a, "b"\n' >labels
prints 'input,member,address,prefix,label,error
::1,true,::1,::/0,"a, ""b""",' in --csv @labels ::1
usage 'none: No such file or directory' norm --csv -f none
usage 'in: no address was asked about' in --csv -4 ::/0 ::1
usage 'in: the SET is missing; see v6kit in --help' in --csv
if command -v python3 >/dev/null 2>&1; then
	in=bytes run norm --csv --on-error=keep
	is 'python3 reads the CSV' "$(python3 -c '
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], newline="")))
print(ascii([row["input"] for row in rows]))' out 2>&1)" \
		"['a\"b', 'c,d', '\"', 'e\\rf', 'plain text']"
fi

# Templates.
prints '2001:db8::1/64' norm -F '%{address}/%{bits}' 2001:db8::1/64
prints '[::1] 100% \ ' norm -F '[%{address}] 100%% \\ %{bits}' ::1
prints '::1	ipv6
x' norm -F '%{address}\t%{family}\nx' ::1
prints '::1::1' norm -F '%{address}%{address}' ::1
many=$(printf '%%{bits}%.0s' $(seq 64))
prints '' norm -F "$many" -q ::1
run norm -F "$many" ::1
is '64 pieces of a template' "$status:$(whole "$tmp/out")" '0:
.'
run norm -F "${many}x" ::1
is '65 of them' "$status:$(whole "$tmp/out"):$(sed 1q "$tmp/err")" \
	'2:.:v6kit: norm: --format: more than 64 fields and texts'
prints '%{address}' norm -F '%%{address}' ::1
prints 'é{}' norm -F 'é{}' ::1
prints '192.0.2.1 192.0.2.0/24' info -F '%{address} %{network}' 192.0.2.1/24
# template COL+LEN TEMPLATE
template() {
	t "-F '$2' is refused" 2 '' "v6kit: norm: --format: neither %{FIELD} nor %%, \\t, \\n, \\\\; the fields are input, family, address, bits, zone, port, last, error
    $2
$(printf '%*s^' $(($1 + 3)) '')" norm -F "$2" ::1
}
template 1 '%{adress}'
template 4 'ab %{network}'
template 1 '%{}'
template 1 '%{address'
template 1 '%'
template 3 '%%%'
template 1 '%s'
template 2 'a\x'
# shellcheck disable=SC1003 # a backslash
template 1 '\'
template 1 '%{address }'
template 1 '%{ADDRESS}'

# -0 ends records.
run norm -0 ::1 ::2
is '-0' "$(tr '\0' @ <out)" ::1@::2@
run norm --null -F '%{address}\n' ::1 ::2
is '-0 -F' "$(tr '\0' @ <out)" '::1
@::2
@'
run in -0 -p ::/0 ::1
is '-0 in -p' "$(tr '\0' @ <out)" '::1	::/0	@'
run arpa -0 10.0.0.0/8 --zones
is '-0 arpa' "$(tr '\0' @ <out)" 10.in-addr.arpa@

# The locale changes nothing: no dotless i in the tag, no other digits, no translated errors.
printf 'IPV6:2001:DB8::I\nIPV6:2001:DB8::1\nIP6.ARPA\n1.IN-ADDR.ARPA\n::1/1,5\n\303\237::1\nfe80::1%%\304\261\n' >text
in=text run norm -s upper
cat out err >c.txt
for locale in tr_TR.UTF-8 de_DE.UTF-8 ar_EG.UTF-8 C.UTF-8 nonsense; do
	LC_ALL=$locale LANG=$locale "$V6KIT" norm -s upper <text >out 2>err
	is "LC_ALL=$locale" "$(cat out err)" "$(cat c.txt)"
	LC_ALL=$locale "$V6KIT" norm -f none >out 2>err
	is "LC_ALL=$locale: errors" "$(cat err)" 'v6kit: none: No such file or directory'
done

# --line-buffered: each record is there before the next line is.
# flushed DESCRIPTION ARGS...
flushed() {
	flushed_name=$1
	shift
	rm -f fifo seen
	mkfifo fifo
	"$V6KIT" "$@" --line-buffered <fifo >seen &
	pid=$!
	exec 3>fifo
	echo ::1 >&3
	wait_until 10 grep -q ::1 seen && echo ::2 >&3 && wait_until 10 grep -q ::2 seen
	is "$flushed_name" $? 0
	exec 3>&-
	wait $pid
}
flushed '--line-buffered' norm
flushed '--line-buffered -j' norm -j
flushed '--line-buffered --csv' norm --csv
flushed '--line-buffered -F' norm -F '%{address}'
flushed '--line-buffered info' info
flushed '--line-buffered in -p' in -p ::/0
flushed '--line-buffered arpa' arpa -j
rm -f fifo
mkfifo fifo
"$V6KIT" norm <fifo >seen &
pid=$!
exec 3>fifo
echo ::1 >&3
sleep 0.2
is 'without it a file gets blocks' "$(cat seen)" ''
exec 3>&-
wait $pid
is 'and all of it at the end' "$(cat seen)" ::1
cd "$OLDPWD" || exit 99
done_testing
