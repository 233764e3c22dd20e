#!/bin/sh
# sendmail lint: what it prints, in every shape, and what --fix writes. Which rule finds what is in
# tests/mail/lint.t, and that sendmail agrees in tests/mail/proof-*.t.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

sarif_py=$(cd "$srcdir" && pwd)/tests/cli/sarif.py
cd "$tmp" || exit 99

# mode FILE
mode() {
	# shellcheck disable=SC2012 # the names are ours
	ls -ld "$1" | cut -c1-10
}

# Option lines of a .cf file: each finding has one place. $five can be mended, in two steps the last.
cf='O DaemonPortOptions='
cat >site.cf <<END
${cf}Name=a,Family=inet6,A=192.0.2.25
${cf}Name=b,Family=inet,A=192.0.2.26,M=f,h
${cf}Name=c,A=[IPv6:2a00:a200:0:12::25]
${cf}Name=d,Family=inet,A=192.0.2.26
END
cat >fixed.cf <<END
${cf}Name=a,Family=inet,A=192.0.2.25
${cf}Name=b,Family=inet,A=192.0.2.26,M=fh
${cf}Name=c,Family=inet6,A=IPv6:2a00:a200:0:12::25
${cf}Name=d,Family=inet,A=192.0.2.26
END
five='an IPv4 address in A= with Family=inet6; fix: Family=inet'
fourteen='the modifiers behind the comma are lost; fix: all letters together, as in M=fh'
six='brackets make the address an unknown host: sendmail ends at once; fix: IPv6:2a00:a200:0:12::25'
sixteen='this socket is taken by an earlier daemon: Address already in use; fix: one daemon for each socket'
findings="site.cf:1:43: error: SM05 $five
site.cf:2:56: error: SM14 $fourteen
site.cf:3:30: error: SM06 $six
site.cf:4:3: error: SM16 $sixteen"
t 'findings' 1 "$findings" '' sendmail lint site.cf
t 'none' 0 '' '' sendmail lint --disable SM16 fixed.cf
t '-q' 1 '' '' sendmail lint -q site.cf
t '-q, none' 0 '' '' sendmail lint -q --disable SM16 fixed.cf
in=site.cf t '-' 1 "$(printf '%s\n' "$findings" | sed 's/^site.cf/-/')" '' sendmail lint -
in=site.cf t 'no operand' 1 "$(printf '%s\n' "$findings" | sed 's/^site.cf/-/')" '' sendmail lint
run sendmail lint -0 site.cf
is '-0' "$(tr '\0\n' '\n!' <"$tmp/out")" "$findings"
t '-F' 1 '1:43 SM05 true false' '' sendmail lint -F '%{line}:%{column} %{rule} %{safe} %{silent}' \
	--disable SM14,SM06,SM16 site.cf
t '-j' 1 '{"rule":"SM16","severity":"error","file":"site.cf","line":4,"column":3,"text":"this socket is taken by an earlier daemon: Address already in use","reason":"the second daemon cannot bind: Address already in use. FEATURE(`no_default_msa'"'"') takes away the daemon on port 587 that sendmail adds by itself","fix":"one daemon for each socket","safe":false,"silent":true}' \
	'' sendmail lint -j --disable SM05,SM14,SM06 site.cf
t '--csv' 1 'rule,severity,file,line,column,text,reason,fix,safe,silent
SM05,error,site.cf,1,43,an IPv4 address in A= with Family=inet6,in the family inet6 the address is an unknown host: sendmail ends at once,Family=inet,true,false' \
	'' sendmail lint --csv --disable SM14,SM06,SM16 site.cf
t '--csv, none' 0 rule,severity,file,line,column,text,reason,fix,safe,silent '' \
	sendmail lint --csv --disable SM16 fixed.cf
t '--disable repeated' 1 "site.cf:3:30: error: SM06 $six" '' \
	sendmail lint --disable SM05,SM16 --disable=SM14 site.cf
prints '' sendmail lint --output report --disable SM05,SM14,SM06,SM16 site.cf
t '--output' 1 '' '' sendmail lint --output report --disable SM14,SM06,SM16 site.cf
is '--output: the report' "$(cat report)" "site.cf:1:43: error: SM05 $five"

# Types.
cp site.cf plain
t 'a type by content' 1 "$(printf '%s\n' "$findings" | sed 's/^site.cf/plain/')" '' sendmail lint plain
echo nothing >plain
usage 'plain: neither name nor content tells what it is: say --type' sendmail lint plain
usage '-: neither name nor content tells what it is: say --type' sendmail lint
prints '' sendmail lint --type mc plain
prints '' sendmail lint --type cf /dev/null
echo "DAEMON_OPTIONS(\`Name=a,Family=inet6,A=192.0.2.25')" >site.mc
t 'a .mc file' 1 "site.mc:1:39: error: SM05 $five" '' sendmail lint site.mc
prints '' sendmail lint --type cf site.mc

printf 'Connect:IPv6:2001:db8::25\tREJECT\r\nConnect:2001:db8:0:1\tREJECT' >access
cp access old.access
key='a compressed key never matches: sendmail writes every group; fix: Connect:IPv6:2001:db8:0:0:0:0:0:25'
untagged='without IPv6: before the address this key never matches; fix: Connect:IPv6:2001:db8:0:1'
for name in access old.access; do
	t "$name" 1 "$name:1:1: error: SM23 $key
$name:2:1: error: SM23 $untagged" '' sendmail lint $name
done
t '--compressed' 1 "access:2:1: error: SM23 $untagged" '' sendmail lint --compressed --disable SM24 access
t 'access --fix' 0 '' 'v6kit: access: 2 findings mended' sendmail lint --fix access
is 'access --fix: CRLF and no last newline' "$(whole access)" "$(printf '%s\r\n%s.' \
	'Connect:IPv6:2001:db8:0:0:0:0:0:25	REJECT' 'Connect:IPv6:2001:db8:0:1	REJECT')"
rm -f access

# Several files, and what cannot be read.
mkdir folder
t 'several files' 2 "site.mc:1:39: error: SM05 $five" "v6kit: none.cf: No such file or directory
v6kit: folder: Is a directory" sendmail lint none.cf folder site.mc
t 'the good after the bad' 2 "site.mc:1:39: error: SM05 $five
site.mc:1:39: error: SM05 $five" 'v6kit: plain: neither name nor content tells what it is: say --type' \
	sendmail lint site.mc plain site.mc
usage ': No such file or directory' sendmail lint ''
cp site.mc kept
t 'a bad run keeps the old report' 2 '' 'v6kit: none: No such file or directory' \
	sendmail lint --output kept site.mc none
is 'the old report' "$(cat kept)" "$(cat site.mc)"
if [ "$(id -u)" -ne 0 ]; then
	cp site.cf unread.cf
	chmod 0 unread.cf
	usage 'unread.cf: Permission denied' sendmail lint unread.cf
	rm -f unread.cf
fi
mkfifo fifo
cat site.cf >fifo &
t 'a pipe' 1 "fifo:1:43: error: SM05 $five" '' sendmail lint --type cf --disable SM14,SM06,SM16 fifo
wait
quote='ifelse(`x, y'
printf 'dnl\nDAEMON_OPTIONS(`Name=a,Family=inet6,A=192.0.2.25'"'"')\n%s\n' "$quote" >fault.mc
t 'a fault' 2 '' "$(message fault.mc:3 8+1 'this quote has no end' "$quote")" sendmail lint fault.mc
run sendmail lint --fix fault.mc
is 'what has a fault is not mended' "$status:$(sed -n 2p fault.mc)" \
	"2:DAEMON_OPTIONS(\`Name=a,Family=inet6,A=192.0.2.25')"

# A file of nothing but mistakes.
awk 'BEGIN { for (i = 0; i <= 1000000; i++) print "1::" }' >many.relay
run sendmail lint --type relay many.relay
is 'more than a million findings' "$status:$(wc -l <"$tmp/out"):$(cat "$tmp/err")" "2:1000000:$(
	message many.relay:1000001 1+0 'more than a million findings' 1::)"
run sendmail lint -q --fix --type relay many.relay
is 'more than a million findings are not mended' "$status:$(sed -n '1p;$p' many.relay)" "2:1::
1::"
rm -f many.relay

# Included files: beside the one that includes them, read and never changed.
mkdir folder/sub
echo "DAEMON_OPTIONS(\`Name=b,Family=inet6,A=192.0.2.26')" >folder/sub/b.m4
echo "include(\`b.m4')" >folder/sub/a.m4
echo "include(\`sub/a.m4')dnl" >folder/site.mc
five5="error: SM05 $five"
t 'an included file' 1 "folder/sub/b.m4:1:39: $five5" '' sendmail lint folder/site.mc
t 'an included file is not changed' 1 "folder/sub/b.m4:1:39: $five5" '' sendmail lint --fix folder/site.mc
t 'unless it is named' 0 '' 'v6kit: folder/sub/b.m4: 1 finding mended' \
	sendmail lint --fix --type mc folder/sub/b.m4 folder/site.mc
echo "include(\`$tmp/folder/sub/b.m4')dnl" >absolute.mc
prints '' sendmail lint absolute.mc
mkfifo folder/fifo.m4
for name in none.m4 sub fifo.m4 /dev/zero; do
	echo "include(\`$name')dnl" >folder/note.mc
	t "$name is not included" 0 \
		"folder/note.mc:1:1: note: cannot read $name, so what it defines is not known" '' \
		sendmail lint folder/note.mc
	t "$name, -j" 0 '{"severity":"note","file":"folder/note.mc","line":1,"column":1,"text":"cannot read '"$name"', so what it defines is not known"}' \
		'' sendmail lint -j folder/note.mc
done

# Bytes: shown escaped, replaced in JSON, never changed.
name=$(printf 'a \377\033\n%%.cf')
printf '%sName=\303\244\377\033,Family=inet6,A=192.0.2.25' "$cf" >"$name"
t 'any bytes' 1 "a \\xff\\x1b\\x0a%.cf:1:46: error: SM05 $five" '' sendmail lint "$name"
t 'any bytes, -F' 1 'a \xff\x1b\x0a%.cf' '' sendmail lint -F '%{file}' "$name"
run sendmail lint -j "$name"
is 'any bytes, -j' "$(sed 's/.*"file"/"file"/; s/,"text".*//' "$tmp/out")" \
	"\"file\":\"a $(printf '\357\277\275')\\u001b\\u000a%.cf\",\"file_hex\":\"6120ff1b0a252e6366\",\"line\":1,\"column\":46"
printf 'include(`\377\033[2J'"'"')\n' >bytes.mc
t 'bytes in a text' 0 'bytes.mc:1:1: note: cannot read \xff\x1b[2J, so what it defines is not known' '' \
	sendmail lint bytes.mc

# --sarif
json=
if command -v python3 >/dev/null 2>&1; then
	json=yes
else
	left_out python3 '--sarif' 'python3 is not installed'
fi
# sarif DESCRIPTION STATUS RESULTS ARGS...
sarif() {
	[ -n "$json" ] || return 0
	sarif_name=$1 sarif_status=$2 sarif_want=$3
	shift 3
	run sendmail lint --sarif "$@"
	is "--sarif: $sarif_name" "$status:$(python3 "$sarif_py" <"$tmp/out" 2>&1)" \
		"$sarif_status:$sarif_want"
}
rules='rules: 31 successful:'
sarif 'none' 0 "$rules True" --disable SM16 fixed.cf
sarif 'findings' 1 "SM05 error site.cf 1:43-1:53 [1:35-1:40 inet]
SM14 error site.cf 2:56-2:58 [2:56-2:58 h]
SM06 error site.cf 3:30-3:55 [3:30-3:55 IPv6:2a00:a200:0:12::25]
SM16 error site.cf 4:3-4:20
$rules True" site.cf
sarif 'any bytes' 1 "SM05 error a%20%FF%1B%0A%25.cf 1:45-1:55 [1:37-1:42 inet]
$rules True" "$name"
sarif 'an absolute name' 1 "SM05 error file://$tmp/site.mc 1:39-1:49 [1:31-1:36 inet]
$rules True" "$tmp/site.mc"
in=site.mc sarif 'standard input' 1 "SM05 error file:///dev/stdin 1:39-1:49 [1:31-1:36 inet]
$rules True" --type mc
sarif 'notes and faults' 2 "note folder/note.mc 1:1-1:8 cannot read /dev/zero, so what it defines is not known
error none No such file or directory
error fault.mc 3:8-3:9 this quote has no end
$rules False" folder/note.mc none fault.mc
printf 'include(`{0}}\303\244\377'"'"')\n' >brace.mc
sarif 'braces' 0 "note brace.mc 1:1-1:8 cannot read {0}}ä$(printf '\357\277\275'), so what it defines is not known
$rules True" brace.mc
prints '' sendmail lint --sarif -q --disable SM16 fixed.cf

# --rules
is '--rules: 31' "$("$V6KIT" sendmail lint --rules | grep -c '^SM[0-3][0-9] \(error\|warning\|note\): ')" 31
is '--rules' "$("$V6KIT" sendmail lint --rules | sed -n '5p;29p')" \
	'SM05 error: an IPv4 address in A= with Family=inet6: in the family inet6 the address is an unknown host: sendmail ends at once; fix: Family=inet [--fix]
SM29 note: block_bad_helo: it rejects clients that say EHLO [IPv6:ADDRESS], as RFC 5321 has it; fix: do without it where IPv6 clients connect [silent]'
is '--rules -j' "$("$V6KIT" sendmail lint --rules -j | sed -n 5p)" \
	'{"rule":"SM05","severity":"error","text":"an IPv4 address in A= with Family=inet6","reason":"in the family inet6 the address is an unknown host: sendmail ends at once","fix":"Family=inet","safe":true,"silent":false}'
prints '' sendmail lint --rules -q
is '--rules --disable' "$("$V6KIT" sendmail lint --rules --disable SM01,SM31 -F '%{rule}' | sed -n '1p;$p;$=')" 'SM02
SM30
29'

# --fix
cp -p site.cf work.cf
chmod 640 work.cf
ln -s work.cf link.cf
t '--fix' 1 "work.cf:4:3: error: SM16 $sixteen" 'v6kit: work.cf: 4 findings mended' sendmail lint --fix work.cf
is '--fix: the file' "$(whole work.cf)" "$(whole fixed.cf)"
is '--fix: its mode' "$(mode work.cf)" -rw-r-----
cksum work.cf >before
ls -i work.cf >>before
t '--fix again' 1 "work.cf:4:3: error: SM16 $sixteen" '' sendmail lint --fix work.cf
is '--fix again: the very same file' "$(cksum work.cf && ls -i work.cf)" "$(cat before)"
cp site.cf work.cf
t '--fix by a symlink, -q' 0 '' '' sendmail lint --fix -q --disable SM16 link.cf
is '--fix by a symlink' "$([ -L link.cf ] && cat work.cf)" "$(cat fixed.cf)"
cp site.cf work.cf
t '--fix, a rule disabled' 1 "work.cf:4:3: error: SM16 $sixteen" 'v6kit: work.cf: 3 findings mended' \
	sendmail lint --fix --disable SM05 work.cf
is '--fix, a rule disabled: it is left' "$(sed -n 1p work.cf)" "$(sed -n 1p site.cf)"
cp site.cf work.cf
t '--fix, all disabled' 0 '' '' sendmail lint --fix --disable SM05,SM06,SM14,SM16 work.cf
is '--fix, all disabled: the file' "$(cat work.cf)" "$(cat site.cf)"
cp site.cf work2.cf
t '--fix of several' 2 "work2.cf:4:3: error: SM16 $sixteen
work.cf:4:3: error: SM16 $sixteen" 'v6kit: work2.cf: 4 findings mended
v6kit: none: No such file or directory
v6kit: work.cf: 4 findings mended' sendmail lint --fix work2.cf none work.cf
printf '%sName=a\377,Family=inet6,A=192.0.2.25\r\n%sName=b,Family=inet6,A=192.0.2.26' "$cf" "$cf" >bytes.cf
t '--fix: CRLF, no last newline' 0 '' 'v6kit: bytes.cf: 2 findings mended' sendmail lint --fix bytes.cf
is '--fix: all other bytes stay' "$(whole bytes.cf)" \
	"$(printf '%sName=a\377,Family=inet,A=192.0.2.25\r\n%sName=b,Family=inet,A=192.0.2.26.' "$cf" "$cf")"
in=site.cf usage '-: not a regular file: --fix has nothing to replace' sendmail lint --fix
cat site.cf >fifo &
usage 'fifo: not a regular file: --fix has nothing to replace' sendmail lint --fix --type cf fifo
wait
if [ "$(id -u)" -ne 0 ]; then
	mkdir locked
	cp site.cf locked/site.cf
	chmod 500 locked
	t 'a folder that may not be written' 2 '' 'v6kit: locked/site.cf: Permission denied' \
		sendmail lint --fix locked/site.cf
	is 'there the file stays' "$(ls -A locked):$(cksum <locked/site.cf)" "site.cf:$(cksum <site.cf)"
	chmod 700 locked
	chmod 400 locked/site.cf
	t 'a file that may not be written' 2 '' 'v6kit: locked/site.cf: Permission denied' \
		sendmail lint --fix locked/site.cf
	is 'it stays' "$(cksum <locked/site.cf)" "$(cksum <site.cf)"
fi
is '--fix leaves no temporary' "$(find . -name '.v6kit*')" ''

# --fix --dry-run
cp site.cf work.cf
diff="--- a/work.cf
+++ b/work.cf
@@ -1,4 +1,4 @@
-${cf}Name=a,Family=inet6,A=192.0.2.25
-${cf}Name=b,Family=inet,A=192.0.2.26,M=f,h
-${cf}Name=c,A=[IPv6:2a00:a200:0:12::25]
+${cf}Name=a,Family=inet,A=192.0.2.25
+${cf}Name=b,Family=inet,A=192.0.2.26,M=fh
+${cf}Name=c,Family=inet6,A=IPv6:2a00:a200:0:12::25
 ${cf}Name=d,Family=inet,A=192.0.2.26"
t '--dry-run' 1 "$diff" 'v6kit: work.cf: 4 findings would be mended, 1 remains' \
	sendmail lint --fix --dry-run work.cf
is '--dry-run changes nothing' "$(cksum <work.cf)" "$(cksum <site.cf)"
t '--dry-run -q' 1 '' '' sendmail lint --fix --dry-run -q work.cf
t '--dry-run of what has nothing' 0 '' '' sendmail lint --fix --dry-run --disable SM16 fixed.cf
t '--dry-run of what cannot be mended' 1 '' 'v6kit: fixed.cf: 0 findings would be mended, 1 remains' \
	sendmail lint --fix --dry-run fixed.cf
in=site.cf t '--dry-run of standard input' 1 "$(printf '%s\n' "$diff" | sed 's/work.cf/-/')" \
	'v6kit: -: 4 findings would be mended, 1 remains' sendmail lint --fix --dry-run

# patched NAME: patch(1) makes of a file what --fix does. $patch_p are its options.
patched() {
	cp "$1" want.cf
	"$V6KIT" sendmail lint --fix --dry-run --type cf "$1" >patch.diff 2>/dev/null
	"$V6KIT" sendmail lint --fix -q --type cf want.cf >/dev/null 2>&1
	# shellcheck disable=SC2086 # words
	patch --binary -s ${patch_p:--p1} <patch.diff >patch.said 2>&1
	is "patch: $1" "$?:$(cat patch.said):$(whole "$1" | cksum)" "0::$(whole want.cf | cksum)"
}
if command -v patch >/dev/null 2>&1; then
	cp site.cf work.cf
	patched work.cf
	cp site.cf "a name"
	patched "a name"
	cp site.cf folder/site.cf
	patched folder/site.cf
	cp site.cf work.cf
	patch_p="-p1 -d /" patched "$tmp/work.cf"
	printf '%sName=a\377\0,Family=inet6,A=192.0.2.25\r\n%sName=b,Family=inet6,A=192.0.2.26' "$cf" "$cf" >bytes.cf
	patched bytes.cf
	# Hunks that touch, that do not, and that end at the beginning and the end.
	for gap in 0 1 5 6 7 8; do
		awk -v cf="$cf" -v gap=$gap 'BEGIN {
			for (i = 0; i < 40; i++)
				print i % (gap + 1) == 0 ? cf "Port=" 1000 + i ",Family=inet6,A=192.0.2.1" : "# " i
		}' >gap.cf
		patched gap.cf
	done
else
	left_out patch '--dry-run and patch(1)' 'patch is not installed'
fi

# Usage.
usage 'sendmail lint: --dry-run goes with --fix' sendmail lint --dry-run site.cf
dry='sendmail lint: --dry-run prints a diff: it goes with none of -j, --csv, -F, -0, --sarif'
for option in -j --csv -0 --sarif -Fx; do
	usage "$dry" sendmail lint --fix --dry-run $option site.cf
done
for option in -j --csv -0 -Fx; do
	usage 'sendmail lint: --sarif goes with none of -j, --csv, -F, -0' sendmail lint --sarif $option site.cf
done
usage 'sendmail lint: --rules takes no FILE' sendmail lint --rules site.cf
for option in --fix --sarif --resolve --compressed --type=cf; do
	usage 'sendmail lint: --rules lists the rules and lints nothing' sendmail lint --rules $option
done
usage 'sendmail lint: --type takes mc, cf, access, relay, mailertable or cw, not "hosts"' \
	sendmail lint --type hosts site.cf
for value in SM32 SM5 sm05 SM00 '' 'SM05,'; do
	run sendmail lint --disable "$value" site.cf
	is "--disable '$value'" "$status:$(sed 's/takes SM01,.* SM31,/.../' "$tmp/err")" \
		"2:v6kit: sendmail lint: --disable ... not \"${value#SM05,}\""
done

# options --check: 127.0.0.0/8 is every host's, 192.0.2.0/24 is documentation and nobody's.
# check STATUS VERDICTS LINE...
check() {
	check_status=$1 check_want=$2
	shift 2
	printf "$cf%s\n" "$@" >check.cf
	t "--check $*" "$check_status" "$check_want" '' sendmail options --check check.cf
}
tab=$(printf '\t')
lo="ipv4${tab}127.0.0.1"
absent='not an address of this host (Cannot assign requested address)'
if [ "$(cat /proc/sys/net/ipv4/ip_nonlocal_bind 2>/dev/null)" = 1 ]; then
	absent=ok
fi
check 0 "a$tab$lo${tab}2525${tab}ok" Name=a,Family=inet,A=127.0.0.1,Port=2525
check 0 "a$tab$lo${tab}25${tab}ok
b${tab}ipv4${tab}127.1.2.3${tab}25${tab}ok" Name=a,A=127.0.0.1 Name=b,A=127.1.2.3
check 1 "a$tab$lo${tab}25${tab}ok
b$tab$lo${tab}25${tab}clashes with a of line 1 (Address already in use)
c$tab$lo${tab}26${tab}ok" Name=a,A=127.0.0.1 Name=b,A=127.0.0.1,Port=smtp Name=c,A=127.0.0.1,Port=26
check 1 "a$tab$lo${tab}25${tab}ok
b${tab}ipv4${tab}0.0.0.0${tab}25${tab}clashes with a of line 1 (Address already in use)" Name=a,A=127.0.0.1 Name=b
check 1 "a${tab}ipv4${tab}${tab}25${tab}SM06 ${six%; fix*}" 'Name=a,A=[IPv6:::1]'
check 1 "a\\xff${tab}ipv4${tab}192.0.2.25${tab}25${tab}$absent" "$(printf 'Name=a\377,A=192.0.2.25')"
printf 'DAEMON_OPTIONS(`Name=a,A=127.0.0.1,Port=587'"'"')\n' >check.mc
t '--check: what sendmail adds' 1 "a$tab$lo${tab}587${tab}ok
MSA${tab}ipv4${tab}0.0.0.0${tab}587${tab}clashes with a of line 1 (Address already in use)" '' \
	sendmail options --check check.mc
t '--check -q' 1 '' '' sendmail options -q --check check.mc
t '--check -j' 1 '{"file":"check.mc","line":1,"name":"a","family":"ipv4","address":"127.0.0.1","port":587,"verdict":"ok"}
{"file":"check.mc","name":"MSA","family":"ipv4","address":"0.0.0.0","port":587,"verdict":"clashes with a of line 1 (Address already in use)"}' \
	'' sendmail options --check check.mc -j
t '--check --csv' 1 'file,line,name,family,host,address,port,verdict
check.mc,1,a,ipv4,,127.0.0.1,587,ok
check.mc,,MSA,ipv4,,0.0.0.0,587,clashes with a of line 1 (Address already in use)' \
	'' sendmail options --csv --check=check.mc
in=check.cf t '--check -' 1 "a\\xff $absent" '' sendmail options --check - -F '%{name} %{verdict}'
usage 'none: No such file or directory' sendmail options --check none
usage 'folder: Is a directory' sendmail options --check folder
usage 'plain: neither name nor content tells what it is: say --type' sendmail options --check plain
cp plain access
usage 'access: neither a .mc file nor a .cf file: it has no daemons' sendmail options --check access
t '--check: a fault' 2 '' "$(message fault.mc:3 8+1 'this quote has no end' "$quote")" \
	sendmail options --check fault.mc
for options in 192.0.2.25 '-M f' '-C h' '--name x' '--resolve x' '--port 25' --cf --loopback -4 -6; do
	# shellcheck disable=SC2086 # words
	usage 'sendmail options: --check FILE goes with no address and no option for lines' \
		sendmail options $options --check check.mc
done
for option in -j --csv -0 -q -Fx; do
	usage 'sendmail options: -j, --csv, -F, -0 and -q go with --check' sendmail options $option 192.0.2.25
done

done_testing
