#!/bin/sh
# The manual: mandoc has nothing to say, references lead somewhere, and every example of section 1
# prints what the page says. The options are compared with the help in commands.t.
. "${srcdir:-.}/tests/tap.sh"

case $V6KIT in
/*) ;;
*) V6KIT=$PWD/$V6KIT ;;
esac
man=$srcdir/man

for page in "$man"/*.[1-9]; do
	name=${page##*/}
	if command -v mandoc >/dev/null 2>&1; then
		is "$name: mandoc -T lint" "$(mandoc -T lint -W warning "$page" 2>&1)" ''
	else
		left_out mandoc "$name: mandoc -T lint" 'mandoc is not installed'
	fi
	is "$name: its title" "$(sed -n 's/^\.Dt //p' "$page")" \
		"$(printf '%s %s' "${name%.*}" "${name##*.}" | tr '[:lower:]' '[:upper:]')"
	if grep -q "^	man/$name\\( \\\\\\)\\{0,1\\}\$" "$man/local.mk"; then
		ok "$name: is installed"
	else
		not_ok "$name: is not in man/local.mk"
	fi
done

# references PAGE...: the pages of the project that they name, as file names.
references() {
	awk '/^\./ {
		for (i = 1; i <= NF - 2; i++)
			if (($i == "Xr" || $i == ".Xr") && $(i + 1) ~ /^v6k/)
				print $(i + 1) "." $(i + 2)
	}' "$@" | sort -u
}

for page in "$man"/*.[1-9]; do
	missing=
	for name in $(references "$page"); do
		[ -e "$man/$name" ] || missing="$missing $name"
	done
	is "${page##*/}: every reference leads to a page" "$missing" ''
done
references "$man"/v6kit.[13] >"$tmp/named"
for page in "$man"/*.[1-9]; do
	name=${page##*/}
	case $name in
	v6kit.[13]) continue ;;
	esac
	if grep -qxF "$name" "$tmp/named"; then
		ok "$name: is named in v6kit(1) or v6kit(3)"
	else
		not_ok "$name: is named neither in v6kit(1) nor in v6kit(3)"
	fi
done

# examples PAGE FOLDER: N.cmd and N.out for each line "$ COMMAND" of a literal display; in the
# section EXAMPLES every display must begin with one. mdoc's escapes are undone.
examples() {
	awk -v folder="$2" '
	function plain(s) {
		sub(/^\\&/, "", s)
		gsub(/\\\(aq/, "\047", s)
		gsub(/\\\(ga/, "`", s)
		gsub(/\\\(ha/, "^", s)
		gsub(/\\\(ti/, "~", s)
		gsub(/\\-/, "-", s)
		gsub(/\\e/, "\\\\", s)
		return s
	}
	function end() {
		if (out != "")
			close(out)
		out = ""
	}
	/^\.Sh / { section = $2 }
	/^\.Bd -literal/ { inside = 1; first = 1; next }
	/^\.Ed/ { inside = 0; end(); next }
	!inside { next }
	/^\$ / {
		end()
		n++
		command = folder "/" n ".cmd"
		out = folder "/" n ".out"
		print plain(substr($0, 3)) >command
		close(command)
		printf "" >out
		first = 0
		next
	}
	out != "" { print plain($0) >out; next }
	first && section == "EXAMPLES" { print "line " NR ": " $0 }
	{ first = 0 }' "$1"
}

# A page shows a file of its own by "$ cat FILE"; there it is made from what the page shows.
unset UNSET
mkdir "$tmp/bin" || exit 99
ln -s "$V6KIT" "$tmp/bin/v6kit"
total=0
without=$("$V6KIT" --version | sed -n 's/.*built without \([^)]*\)).*/\1/p' | tr '\n' ' ')
for page in "$man"/*.1; do
	name=${page##*/}
	mkdir "$tmp/$name" "$tmp/$name.work"
	is "$name: every example begins with a command" "$(examples "$page" "$tmp/$name")" ''
	n=1
	while [ -e "$tmp/$name/$n.cmd" ]; do
		command=$(cat "$tmp/$name/$n.cmd")
		want=$tmp/$name/$n.out
		n=$((n + 1))
		case $without:$command in
		*libcidr*:*--verify* | *libcidr*:*selftest*)
			left_out libcidr "$name: $command" 'built without libcidr'
			continue
			;;
		*jansson*:*--json-path*)
			left_out jansson "$name: $command" 'built without jansson'
			continue
			;;
		esac
		file=${command#cat }
		case $file in
		*[!a-z.]*) ;;
		*) [ -e "$tmp/$name.work/$file" ] || cp "$want" "$tmp/$name.work/$file" ;;
		esac
		(cd "$tmp/$name.work" && PATH=$tmp/bin:$PATH exec sh -c "$command") \
			>"$tmp/out" 2>&1 </dev/null
		is "$name: $command" "$(whole "$tmp/out")" "$(whole "$want")"
	done
	total=$((total + n - 1))
	if [ "$n" -gt 1 ]; then
		ok "$name: has examples"
	else
		not_ok "$name: has no example"
	fi
done
printf '# %d examples\n' "$total"

done_testing
