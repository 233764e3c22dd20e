#!/bin/sh
# completion: the scripts, in the shells that they are for.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

usage 'completion: one shell is to be named: bash, zsh or fish; see v6kit completion --help' completion
usage 'completion: one shell is to be named: bash, zsh or fish; see v6kit completion --help' completion bash zsh
usage 'completion: no completion for "tcsh"; see v6kit completion --help' completion tcsh

# have SHELL: without it its tests are left out, unless V6KIT_REQUIRE names shells.
have() {
	command -v "$1" >/dev/null 2>&1 && return
	case " $V6KIT_REQUIRE " in
	*' shells '*) not_ok "$1 is required, and not installed" ;;
	*) echo "# $1 is not installed: its completion is not tested" ;;
	esac
	return 1
}

for shell in bash zsh fish; do
	"$V6KIT" completion $shell >"$tmp/v6kit.$shell"
done
mkdir "$tmp/home"
touch "$tmp/file1" "$tmp/file2"

if have bash; then
	# complete WORD...: what may stand for the last word.
	complete_bash() {
		bash --norc --noprofile -c '
			source "$1"
			shift
			COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
			"$(complete -p v6kit | sed "s/.*-F \([^ ]*\) .*/\1/")"
			printf "%s\n" "${COMPREPLY[@]}" | LC_ALL=C sort | paste -sd " "' - "$tmp/v6kit.bash" "$@" 2>&1
	}
	# bash_gives WANT WORD...
	bash_gives() {
		bash_want=$1
		shift
		is "bash: $*" "$(complete_bash "$@")" "$bash_want"
	}
	bash_gives norm v6kit no
	bash_gives 'in info intersect' v6kit in
	bash_gives '--help --version arpa complement completion count diff free grep help in info intersect list mail merge next norm overlap parent rand range selftest sendmail span split subtract symdiff' v6kit ''
	bash_gives norm v6kit help no
	bash_gives key v6kit sendmail ke
	bash_gives '--help -h addr dnsbl key lint literal milter options' v6kit sendmail ''
	bash_gives '--help -h access bind mynetworks relayhost' v6kit mail postfix ''
	bash_gives --port v6kit mail haproxy bind --po
	bash_gives --style v6kit norm --st
	bash_gives '--tag' v6kit sendmail key --t
	bash_gives full v6kit norm --style f
	bash_gives full v6kit norm -s f
	bash_gives full v6kit norm ::1 -s f
	bash_gives full v6kit norm --style = f
	bash_gives 'keep skip stop' v6kit norm --on-error =
	bash_gives 'skip stop' v6kit norm --on-error s
	bash_gives zsh v6kit completion z
	bash_gives "$tmp/file1 $tmp/file2" v6kit norm --output "$tmp/fi"
	bash_gives "$tmp/file1 $tmp/file2" v6kit norm -f "$tmp/fi"
	bash_gives "@$tmp/file1 @$tmp/file2" v6kit in "@$tmp/fi"
	# A name with a blank is one name.
	touch "$tmp/a b"
	bash_gives "$tmp/a b" v6kit norm -f "$tmp/a"
	bash_gives "@$tmp/a b" v6kit in "@$tmp/a"
	is 'bash: it is one word' "$(bash --norc --noprofile -c '
		source "$1"
		COMP_WORDS=(v6kit norm -f "$2") COMP_CWORD=3
		_v6kit
		echo ${#COMPREPLY[@]}' - "$tmp/v6kit.bash" "$tmp/a")" 1
	bash_gives 'access cf cw mailertable mc relay' v6kit sendmail lint --type ''
	bash_gives 'mailertable mc' v6kit sendmail lint --type = m
	bash_gives 'SM30 SM31' v6kit sendmail lint --disable SM3
	bash_gives 'SM05,SM30 SM05,SM31' v6kit sendmail lint --disable SM05,SM3
	bash_gives "$tmp/file1 $tmp/file2" v6kit sendmail lint "$tmp/fi"
	bash_gives "$tmp/file1 $tmp/file2" v6kit sendmail lint --fix "$tmp/fi"
	bash_gives '--disable --dry-run' v6kit sendmail lint --d
	bash_gives "$tmp/file1 $tmp/file2" v6kit sendmail options --check "$tmp/fi"
	bash_gives "$tmp/file1 $tmp/file2" v6kit merge "$tmp/fi"
	bash_gives "$tmp/file1 $tmp/file2" v6kit subtract -e ::1 "$tmp/fi"
	bash_gives "@$tmp/file1 @$tmp/file2" v6kit merge -e "@$tmp/fi"
	bash_gives '' v6kit merge -e ::
	bash_gives 'addresses ipset iptables json nft prefixes ranges' v6kit symdiff --as ''
	bash_gives "$tmp/file1 $tmp/file2" v6kit grep ::1 "$tmp/fi"
	bash_gives "@$tmp/file1 @$tmp/file2" v6kit grep "@$tmp/fi"
	bash_gives "$tmp/file1 $tmp/file2" v6kit grep -n -f "$tmp/fi"
	bash_gives "@$tmp/file1 @$tmp/file2" v6kit grep -e "@$tmp/fi"
	bash_gives 'canonical' v6kit grep -O can
	bash_gives '--color --context --count' v6kit grep --co
	bash_gives 'always auto never' v6kit grep --color =
	bash_gives 'always' v6kit grep --color = al
	bash_gives "$tmp/file1 $tmp/file2" v6kit grep --color "$tmp/fi"
	bash_gives '' v6kit norm --style x
	bash_gives '' v6kit nocommand --st
fi

if have fish; then
	fish_gives() {
		is "fish: $2" "$(HOME=$tmp/home fish --no-config -c \
			"source $tmp/v6kit.fish; complete -C '$2'" 2>&1 | cut -f1 | LC_ALL=C sort | paste -sd ' ' -)" "$1"
	}
	fish_gives norm 'v6kit no'
	fish_gives 'arpa complement completion count diff free grep help in info intersect list mail merge next norm overlap parent rand range selftest sendmail span split subtract symdiff' 'v6kit '
	fish_gives key 'v6kit sendmail ke'
	fish_gives 'addr dnsbl key lint literal milter options' 'v6kit sendmail '
	fish_gives 'access bind mynetworks relayhost' 'v6kit mail postfix '
	fish_gives --port 'v6kit mail haproxy bind --po'
	fish_gives --style 'v6kit norm --st'
	fish_gives --tag 'v6kit sendmail key --t'
	fish_gives full 'v6kit norm --style f'
	fish_gives full 'v6kit norm -s f'
	fish_gives --style=full 'v6kit norm --style=f'
	fish_gives 'access cf cw mailertable mc relay' 'v6kit sendmail lint --type '
	fish_gives "$tmp/file1 $tmp/file2" "v6kit sendmail lint $tmp/fi"
	fish_gives zsh 'v6kit completion z'
	fish_gives --color=always 'v6kit grep --color=al'
	fish_gives "$tmp/file1 $tmp/file2" "v6kit grep --color $tmp/fi"
	fish_gives "$tmp/file1 $tmp/file2" "v6kit grep -f $tmp/fi"
	fish_gives "$tmp/file1 $tmp/file2" "v6kit norm --output $tmp/fi"
fi

# An interactive zsh on a terminal of its own: what is in its line after a tab goes to a file.
if have zsh; then
	mkdir "$tmp/functions"
	mv "$tmp/v6kit.zsh" "$tmp/functions/_v6kit"
	cat >"$tmp/drive.zsh" <<'END'
zmodload zsh/zpty || exit 77
tmp=$1
zpty -b z env TERM=dumb zsh -f -i
zpty -w z "PS1=; fpath=($tmp/functions \$fpath); autoload -Uz compinit; compinit -u -D"
zpty -w z "show() { print -r -- \"\$BUFFER\" >>$tmp/got; BUFFER= }; zle -N show; bindkey '^G' show; : >$tmp/got"
until [[ -e $tmp/got ]]; do zpty -rt z output; sleep 0.05; done
n=0
while read -r line; do
	zpty -w -n z "$line"$'\t\a'
	(( n++ ))
	until (( $(wc -l <$tmp/got) >= n )); do zpty -rt z output; sleep 0.02; done
done
zpty -d z
END
	cat >"$tmp/lines" <<END
v6kit no
v6kit sendmail ke
v6kit sendmail key --ta
v6kit mail nginx al
v6kit mail nginx listen --po
v6kit norm --st
v6kit norm --style f
v6kit norm -s f
v6kit completion z
v6kit sendmail lint --type acc
v6kit sendmail lint --disable SM05,SM07,SM3
v6kit sendmail lint $tmp/file1
v6kit norm --output $tmp/file1
v6kit grep --color=al
v6kit grep --color $tmp/file1
END
	cat >"$tmp/want" <<END
v6kit norm 
v6kit sendmail key 
v6kit sendmail key --tag=
v6kit mail nginx allow 
v6kit mail nginx listen --port=
v6kit norm --style=
v6kit norm --style full 
v6kit norm -s full 
v6kit completion zsh 
v6kit sendmail lint --type access 
v6kit sendmail lint --disable SM05,SM07,SM3
v6kit sendmail lint $tmp/file1 
v6kit norm --output $tmp/file1 
v6kit grep --color=always 
v6kit grep --color $tmp/file1 
END
	timeout 20 zsh -f "$tmp/drive.zsh" "$tmp" <"$tmp/lines" >"$tmp/zsh.out" 2>&1
	case $? in
	77) echo '# zsh has no zpty: only the syntax of its script is tested' ;;
	*) is 'zsh: each line after a tab' "$(cat "$tmp/got")" "$(cat "$tmp/want")" ;;
	esac
	is 'zsh: the script, sourced' "$(HOME=$tmp zsh -f -c "autoload -Uz compinit; compinit -u -D
		source $tmp/functions/_v6kit; print -r -- \$_comps[v6kit]" 2>&1)" _v6kit
fi
done_testing
