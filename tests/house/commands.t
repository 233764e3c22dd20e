#!/bin/sh
# Every command has all of its parts, and its help, its completions and its page agree on its options
# and fields.
. "${srcdir:-.}/tests/tap.sh"

man=$srcdir/man
tab=$(printf '\t')

# has DESCRIPTION FILE LINE: FILE holds this very line.
has() {
	if grep -qxF -e "$3" "$2" 2>/dev/null; then
		ok "$1"
	else
		not_ok "$1" "not in $2: $3"
	fi
}

# listed DESCRIPTION LOCAL.MK FILE: the file is there, and the local.mk names it.
listed() {
	if ! [ -e "$srcdir/$3" ]; then
		not_ok "$1" "$3 is missing"
	elif ! awk -v word="$3" '{
		for (i = 1; i <= NF; i++)
			if ($i == word)
				found = 1
	} END { exit !found }' "$2"; then
		not_ok "$1" "$3 is not in $2"
	else
		ok "$1"
	fi
}

# The commands that a help lists.
help_commands() {
	sed -n 's/^  \([a-z][a-z0-9-]*\)  *[A-Z].*/\1/p'
}

for shell in bash zsh fish; do
	run completion "$shell"
	is "there is a completion for $shell" "$status" 0
	cp "$tmp/out" "$tmp/$shell"
done

# The words that are completed as commands, of v6kit itself or of a group.
bash_commands() {
	awk -v group="$1" -v quote="'" '
		{ gsub(/\t/, "") }
		index($0, quote) == 1 { at = 0 }
		$0 == quote group quote ")" { at = 1 }
		group == "" && index($0, quote quote "|help)") == 1 { at = 1 }
		at && /words=/ {
			sub(/.*words=./, "")
			sub(quote ".*", "")
			n = split($0, word, " ")
			for (i = 1; i <= n; i++)
				if (word[i] !~ /^-/ && word[i] != "help")
					print word[i]
			exit
		}' "$tmp/bash"
}
zsh_commands() {
	awk -v group="$1" -v quote="'" '
		{ gsub(/\t/, "") }
		/^\(/ { at = $0 == "(" quote group quote ")" || (group == "" && /\|help\)$/) }
		at && /^.[a-z]/ && index($0, quote) == 1 {
			sub(/^./, "")
			sub(/:.*/, "")
			print
		}' "$tmp/zsh"
}
fish_commands() {
	sed -n "s/^complete -c v6kit -f -n '__v6kit_at${1:+ }$1' -a \\([a-z0-9-]*\\) -d .*/\\1/p" \
		"$tmp/fish" | grep -vx help
}

# Options as words, a line each, "=" behind those that take a value: "-s=", "--style=", "--json".
bash_options() {
	awk -v command="$1" -v quote="'" '
		{ gsub(/\t/, "") }
		index($0, quote) == 1 { at = $0 == quote command quote ")" }
		!at { next }
		/^-/ {
			sub(/\).*/, "")
			n = split($0, word, "|")
			for (i = 1; i <= n; i++)
				value[word[i]] = "="
		}
		/^words=/ {
			sub(/^words=./, "")
			sub(quote ".*", "")
			n = split($0, word, " ")
			for (i = 1; i <= n; i++)
				if (word[i] ~ /^-/)
					print word[i] value[word[i]]
		}' "$tmp/bash" | sort
}
zsh_options() {
	awk -v command="$1" -v quote="'" '
		{ gsub(/\t/, "") }
		/^\(/ { at = $0 == "(" quote command quote ")" }
		at && index($0, quote "*-") == 1 {
			sub(/^../, "")
			value = /^[^[]*[+=]-?\[/ ? "=" : ""
			sub(/[+=]*-?\[.*/, "")
			print $0 value
		}' "$tmp/zsh" | sort
}
fish_options() {
	awk -v condition="-n '__v6kit_is $1'" '
		index($0, condition) {
			value = / (-x|-r|-f) / ? "=" : ""
			sub(/.*__v6kit_is [^\047]*\047/, "")
			sub(/ -d \047.*/, "")
			for (i = 1; i < NF; i++) {
				if ($i == "-s")
					print "-" $(i + 1) value
				if ($i == "-l")
					print "--" $(i + 1) value
			}
		}' "$tmp/fish" | sort
}

# "-s --style STYLE" or "--color[=WHEN]", a line for each option of a help on standard input.
help_lines() {
	awk '/^  (-.,|   ) --/ {
		line = substr($0, 3, 1) == "-" ? substr($0, 3, 2) " " : ""
		rest = substr($0, 7)
		match(rest, /^--[a-z0-9-]+( [A-Z]+|\[=[A-Z]+\])?/)
		print line substr(rest, 1, RLENGTH)
	}' | sort
}

# The same of a page: of the subsection named after the command, and of all that are named after none,
# unless one says that it is about "all but" this command.
man_lines() {
	awk -v own="v6kit $2" -v group="v6kit ${2%% *} " '
		BEGIN { n = split(own, word, " ") }
		/^\.S[sh] / {
			section = substr($0, 5)
			about = section == own || index(section, group) != 1
			if (section ~ / all but / && index(section " ", " " word[n] " "))
				about = 0
		}
		/^\.It Fl / && about {
			line = ""
			for (i = 2; i < NF; i++) {
				if ($i == "Fl")
					line = line " -" $(i + 1)
				if ($i == "Ar")
					line = line ($(i - 2) == "=" ? "[=" $(i + 1) "]" : " " $(i + 1))
			}
			print substr(line, 2)
		}' "$1" | sort
}

# Such lines as words.
words() {
	awk '{
		value = $NF ~ /^[A-Z]+$/ || sub(/\[=[A-Z]+\]/, "") ? "=" : ""
		for (i = 1; i <= NF; i++)
			if ($i ~ /^-/)
				print $i value
	}' | sort
}

# The names under a heading of a page.
man_names() {
	awk -v heading="$2" '
		/^\.S[sh] / { at = $0 == heading }
		at && /^\.It Cm / {
			for (i = 3; i <= NF; i++)
				if ($i != ",")
					print $i
		}' "$1"
}

# check COMMAND PAGE: options of a command, or of a group's command by its two words.
check() {
	# shellcheck disable=SC2086 # "sendmail key" are two words
	run $1 --help
	is "$1: --help ends in 0" "$status" 0
	help_lines <"$tmp/out" >"$tmp/lines"
	words <"$tmp/lines" >"$tmp/words"
	is "$1: there are options" "$([ -s "$tmp/words" ] && echo yes)" yes
	is "$1: no option comes twice" "$(uniq -d "$tmp/words")" ''
	is "$1: the page has the options of the help" "$(man_lines "$2" "$1")" "$(cat "$tmp/lines")"
	is "$1: so has the bash completion" "$(bash_options "$1")" "$(cat "$tmp/words")"
	is "$1: so has the zsh completion" "$(zsh_options "$1")" "$(cat "$tmp/words")"
	is "$1: so has the fish completion" "$(fish_options "$1")" "$(cat "$tmp/words")"
	grep -qx -e '--format=' "$tmp/words" || return 0
	# A wrong template is answered with the fields.
	# shellcheck disable=SC2086
	run $1 --format '%{'
	is "$1: the page has its fields" "$(man_names "$2" '.Ss Fields' | tr '\n' ' ')" \
		"$(sed -n 's/,//g; s/.*the fields are \(.*\)/\1 /p' "$tmp/err")"
}

# group COMMAND PAGE: the commands of a group, and of the groups in it. Those that are none are added
# to $tmp/leaves.
group() {
	# shellcheck disable=SC2086
	run help $1
	is "$1: the bash completion has its commands" "$(bash_commands "$1")" "$(help_commands <"$tmp/out")"
	is "$1: so has the zsh completion" "$(zsh_commands "$1")" "$(help_commands <"$tmp/out")"
	is "$1: so has the fish completion" "$(fish_commands "$1")" "$(help_commands <"$tmp/out")"
	for word in $(help_commands <"$tmp/out"); do
		# shellcheck disable=SC2086
		run help $1 $word
		if grep -q '^  [a-z]' "$tmp/out"; then
			group "$1 $word" "$2"
			continue
		fi
		echo "v6kit $1 $word" >>"$tmp/leaves"
		has "$1 $word: is in the synopsis" "$2" ".Nm v6kit $1 $word"
		# One with much to say has a page of its own, to which the group's refers.
		own=v6kit-$1-$word
		if [ -e "$man/$own.1" ]; then
			has "$1 $word: the page refers to its own" "$2" ".Xr $own 1 ."
			has "$1 $word: is in the synopsis of its own" "$man/$own.1" ".Nm v6kit $1 $word"
			check "$1 $word" "$man/$own.1"
		else
			check "$1 $word" "$2"
		fi
	done
}

table=$(sed -n 's/^COMMAND(\([a-z0-9_]*\))$/\1/p' "$srcdir/src/cli/commands.def")
run --help
is 'the help lists the commands' "$(help_commands <"$tmp/out")" "$table"
is 'the page lists them' "$(man_names "$man/v6kit.1" '.Ss Commands')" "$table
help"
is 'so does the bash completion' "$(bash_commands '')" "$table"
is 'so does the zsh completion' "$(zsh_commands '')" "$table"
is 'so does the fish completion' "$(fish_commands '')" "$table"

for name in $table; do
	page=$man/v6kit-$name.1
	listed "$name: has a source" "$srcdir/src/local.mk" "src/cli/cmd_$name.c"
	listed "$name: has a page" "$man/local.mk" "man/v6kit-$name.1"
	listed "$name: has a test" "$srcdir/tests/cli/local.mk" "tests/cli/$name.t"
	if grep -qF ".Xr v6kit-$name 1" "$man/v6kit.1"; then
		ok "$name: v6kit(1) refers to its page"
	else
		not_ok "$name: v6kit(1) does not refer to its page"
	fi
	run help "$name"
	is "$name: has a help" "$status" 0
	inner=$(help_commands <"$tmp/out")
	if [ -z "$inner" ]; then
		check "$name" "$page"
		continue
	fi
	: >"$tmp/leaves"
	group "$name" "$page"
	is "$name: the page has a part for each of its commands" \
		"$(sed -n "s/^\\.Ss \\(v6kit $name .*\\)/\\1/p" "$page")" "$(cat "$tmp/leaves")"
done

is 'v6kit(1) has the common options' "$(awk '
	/^\.Sh / { at = $0 == ".Sh COMMON OPTIONS" }
	at && /^\.It Fl / {
		for (i = 2; i < NF; i++)
			if ($i == "Fl" && $(i + 1) ~ /^-./)
				print substr($(i + 1), 2)
	}' "$man/v6kit.1" | grep -vx version | sort)" \
	"$(sed -n "s/^$tab{ [^,]*, \"\\([a-z0-9-]*\\)\", .*COMMON(.*/\\1/p" "$srcdir/src/cli/common.c" | sort -u)"
# rules PAGE: the rules of its section RULES, a line each, as --rules prints them.
rules() {
	awk '
		function plain(s) {
			sub(/^\\&/, "", s)
			gsub(/\\\(aq/, "\047", s)
			gsub(/\\\(ga/, "`", s)
			gsub(/\\-/, "-", s)
			gsub(/\\e/, "\\", s)
			return s
		}
		function end() {
			if (line != "")
				print line
			line = ""
		}
		/^\.Sh / { at = $0 == ".Sh RULES" }
		!at { next }
		/^\.It Cm SM/ { end(); line = $3 " " $4 ":"; next }
		/^\./ { end() }
		line != "" { line = line " " plain($0) }' "$1"
}
run sendmail lint --rules
is 'there are 31 rules of lint' "$(grep -c '^SM[0-3][0-9] ' "$tmp/out")" 31
is 'v6kit-sendmail-lint(1) has them' "$(rules "$man/v6kit-sendmail-lint.1")" "$(cat "$tmp/out")"

run norm --style ''
is 'v6kit(1) has the styles' "$(man_names "$man/v6kit.1" '.Sh STYLES' | tr '\n' ' ')" \
	"$(sed -n 's/,//g; s/ or / /; s/.*--style takes \(.* \)not "".*/\1/p' "$tmp/err")"

done_testing
