/* completion: scripts for the shells, from the command and option tables. */
#include <config.h>

#include "common.h"

extern const struct command cmd_completion;

/* Calls for every command, with the words before its name: those of the groups that it is in, or
 * null. */
static void each_command(struct cli *cli, const struct command *const *table, const char *group,
	void (*each)(struct cli *cli, const struct command *c, const char *group))
{
	for (; *table; table++) {
		struct message words = { .n = 0 };

		each(cli, *table, group);
		if (!(*table)->commands)
			continue;
		message_text(&words, group ? group : "");
		message_text(&words, group ? " " : "");
		message_text(&words, (*table)->name);
		words.text[words.n] = '\0';
		each_command(cli, (*table)->commands, words.text, each);
	}
}

/* Calls for every option of a command, its own and the common ones that it takes. */
static void each_option(struct cli *cli, const struct command *c, const char *group,
	void (*each)(struct cli *cli, const struct command *c, const char *group,
		const struct opt *o))
{
	for (const struct opt *o = c->options; o && o->name; o++)
		each(cli, c, group, o);
	for (const struct opt *o = common_options; o->name; o++)
		if (o->group & (c->common | COMMON_HELP))
			each(cli, c, group, o);
}

/* "norm", "mail postfix bind" */
static void put_command(struct cli *cli, const struct command *c, const char *group)
{
	put_text(cli, group ? group : "");
	put_text(cli, group ? " " : "");
	put_text(cli, c->name);
}

static void put_names(struct cli *cli, const struct command *const *table)
{
	for (; *table; table++) {
		put_text(cli, (*table)->name);
		put_text(cli, table[1] ? " " : "");
	}
}

static void put_choices(struct cli *cli, const struct opt *o)
{
	for (unsigned i = 0; o->choices[i]; i++) {
		put_text(cli, i ? " " : "");
		put_text(cli, o->choices[i]);
	}
}

/* An alternative of a case for every group. */
static void put_group(struct cli *cli, const struct command *c, const char *group)
{
	if (!c->commands)
		return;
	put_text(cli, "|'");
	put_command(cli, c, group);
	put_text(cli, "'");
}

/* bash: a case for the values of options, one for the words that may stand here. */

static void bash_word(struct cli *cli, const struct command *c, const char *group,
	const struct opt *o)
{
	char letter[] = { '-', opt_letter(c->options, o), ' ', '\0' };

	(void)group;
	put_text(cli, letter[1] ? letter : "");
	put_text(cli, "--");
	put_text(cli, o->name);
	put_text(cli, " ");
}

static void bash_value(struct cli *cli, const struct command *c, const char *group,
	const struct opt *o)
{
	char letter[] = { '-', opt_letter(c->options, o), '|', '\0' };

	(void)group;
	if (!o->arg)
		return;
	put_text(cli, "\t\t");
	put_text(cli, letter[1] ? letter : "");
	put_text(cli, "--");
	put_text(cli, o->name);
	put_text(cli, opt_is_optional(o) ? ") [ ! \"$equals\" ] || { " : ") ");
	if (o->kind == OPT_FILE || o->kind == OPT_OPERAND_FILE) {
		put_text(cli, "_v6kit_files '' \"$word\"");
	} else if (o->choices) {
		/* Of a comma list the last word is completed, behind the others. */
		put_text(cli, "COMPREPLY=($(compgen ");
		put_text(cli, o->kind == OPT_SOME ? "-P \"${word%\"${word##*,}\"}\" " : "");
		put_text(cli, "-W '");
		put_choices(cli, o);
		put_text(cli, o->kind == OPT_SOME ? "' -- \"${word##*,}\"))" : "' -- \"$word\"))");
	} else if (o->kind == OPT_OPERAND) {
		/* A list may be that of a file. */
		put_text(cli, "case $word in @*) _v6kit_files @ \"${word#@}\" ;; esac");
	} else {
		put_text(cli, "COMPREPLY=()");
	}
	put_line(cli, opt_is_optional(o) ? "; return; } ;;" : "; return ;;");
}

static void bash_command(struct cli *cli, const struct command *c, const char *group)
{
	put_text(cli, "\t'");
	put_command(cli, c, group);
	put_line(cli, "')");
	if (c->commands) {
		put_text(cli, "\t\twords='");
		put_names(cli, c->commands);
		put_line(cli, " -h --help'");
	} else {
		put_line(cli, "\t\tcase $before in");
		each_option(cli, c, group, bash_value);
		put_line(cli, "\t\tesac");
		if (c->files)
			put_line(cli, "\t\tfiles=yes");
		put_text(cli, "\t\twords='");
		each_option(cli, c, group, bash_word);
		if (c == &cmd_completion)
			put_text(cli, "bash zsh fish");
		put_line(cli, "'");
	}
	put_line(cli, "\t\t;;");
}

static void bash(struct cli *cli)
{
	put_line(cli, "# bash completion for v6kit; made by: v6kit completion bash");
	/* A name may hold blanks. compopt knows only a shell that is completing. */
	put_line(cli, "_v6kit_files() {");
	put_line(cli, "\tmapfile -t COMPREPLY < <(compgen -P \"$1\" -f -- \"$2\")");
	put_line(cli, "\tcompopt -o filenames 2>/dev/null");
	put_line(cli, "}");
	put_line(cli, "_v6kit() {");
	put_line(cli, "\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}");
	put_line(cli, "\tlocal command= words= files= equals= at=1");
	put_line(cli, "\tCOMPREPLY=()");
	/* bash parts words at "=". */
	put_line(cli, "\tif [ \"$word\" = = ]; then equals=yes word=");
	put_line(cli, "\telif [ \"$before\" = = ]; then equals=yes before=${COMP_WORDS[COMP_CWORD-2]}; fi");
	put_line(cli, "\twhile [ \"$COMP_CWORD\" -gt \"$at\" ]; do");
	put_line(cli, "\t\tcase $command in");
	put_text(cli, "\t\t''");
	each_command(cli, commands, NULL, put_group);
	put_line(cli, ") command=\"${command:+$command }${COMP_WORDS[at++]}\" ;;");
	put_line(cli, "\t\t*) break ;;");
	put_line(cli, "\t\tesac");
	put_line(cli, "\tdone");
	put_line(cli, "\tcase $command in");
	put_text(cli, "\t''|help) words='");
	put_names(cli, commands);
	put_line(cli, " help --help --version' ;;");
	each_command(cli, commands, NULL, bash_command);
	put_line(cli, "\tesac");
	put_line(cli, "\tcase $word in");
	put_line(cli, "\t@*) _v6kit_files @ \"${word#@}\" ;;");
	put_line(cli, "\t[!-]* | '')");
	put_line(cli, "\t\tif [ \"$files\" ]; then _v6kit_files '' \"$word\"");
	put_line(cli, "\t\telse COMPREPLY=($(compgen -W \"$words\" -- \"$word\")); fi ;;");
	put_line(cli, "\t*) COMPREPLY=($(compgen -W \"$words\" -- \"$word\")) ;;");
	put_line(cli, "\tesac");
	put_line(cli, "}");
	put_line(cli, "complete -F _v6kit v6kit");
}

/* zsh: _describe for commands, _arguments for options. */

/* Text in single quotes, with what _arguments and _describe give a meaning behind a backslash. */
static void zsh_quote(struct cli *cli, const char *text)
{
	for (; *text; text++) {
		if (*text == '\'')
			put_text(cli, "'\\'");
		else if (strchr("[]:\\", *text))
			put_text(cli, "\\");
		put_bytes(cli, text, 1);
	}
}

static void zsh_spec(struct cli *cli, const char *dashes, const char *name, size_t n,
	const struct opt *o)
{
	put_text(cli, "\t\t'*");
	put_text(cli, dashes);
	put_bytes(cli, name, n);
	put_text(cli, !o->arg ? "[" : opt_is_optional(o) ? "=-[" : dashes[1] ? "=[" : "+[");
	zsh_quote(cli, o->help);
	put_text(cli, "]");
	if (o->arg) {
		put_text(cli, opt_is_optional(o) ? "::" : ":");
		zsh_quote(cli, o->arg);
		put_text(cli, ":");
	}
	if (o->kind == OPT_FILE || o->kind == OPT_OPERAND_FILE)
		put_text(cli, "_files");
	if (o->choices) {
		put_text(cli, o->kind == OPT_SOME ? "_sequence compadd - " : "(");
		put_choices(cli, o);
		put_text(cli, o->kind == OPT_SOME ? "" : ")");
	}
	put_line(cli, "' \\");
}

static void zsh_option(struct cli *cli, const struct command *c, const char *group,
	const struct opt *o)
{
	char letter = opt_letter(c->options, o);

	(void)group;
	if (letter)
		zsh_spec(cli, "-", &letter, 1, o);
	zsh_spec(cli, "--", o->name, strlen(o->name), o);
}

static void zsh_describe(struct cli *cli, const struct command *const *table)
{
	put_line(cli, "\t\twords=( \\");
	for (; *table; table++) {
		put_text(cli, "\t\t'");
		zsh_quote(cli, (*table)->name);
		put_text(cli, ":");
		zsh_quote(cli, (*table)->summary);
		put_line(cli, "' \\");
	}
	put_line(cli, "\t\t)");
	put_line(cli, "\t\t_describe command words");
}

static void zsh_command(struct cli *cli, const struct command *c, const char *group)
{
	put_text(cli, "\t('");
	put_command(cli, c, group);
	put_line(cli, "')");
	if (c->commands) {
		zsh_describe(cli, c->commands);
	} else {
		put_line(cli, "\t\t_arguments -S \\");
		each_option(cli, c, group, zsh_option);
		put_line(cli,
			c == &cmd_completion ? "\t\t'*:shell:(bash zsh fish)'" :
					       "\t\t'*:operand:_files'");
	}
	put_line(cli, "\t\t;;");
}

static void zsh(struct cli *cli)
{
	put_line(cli, "#compdef v6kit");
	put_line(cli, "# zsh completion for v6kit; made by: v6kit completion zsh");
	put_line(cli, "_v6kit() {");
	put_line(cli, "\tlocal name=; local -a words=($words)");
	put_line(cli, "\twhile (( CURRENT > 2 )); do");
	put_line(cli, "\t\tcase $name in");
	put_text(cli, "\t\t(''");
	each_command(cli, commands, NULL, put_group);
	put_line(cli, ") name=\"${name:+$name }$words[2]\"; shift words; (( CURRENT-- )) ;;");
	put_line(cli, "\t\t(*) break ;;");
	put_line(cli, "\t\tesac");
	put_line(cli, "\tdone");
	put_line(cli, "\tcase $name in");
	put_line(cli, "\t(''|help)");
	zsh_describe(cli, commands);
	put_line(cli, "\t\t;;");
	each_command(cli, commands, NULL, zsh_command);
	put_line(cli, "\tesac");
	put_line(cli, "}");
	put_line(cli,
		"if [ \"$funcstack[1]\" = _v6kit ]; then _v6kit \"$@\"; else compdef _v6kit v6kit; fi");
}

/* fish: a line for every word, under the condition of its command. */

static void fish_quote(struct cli *cli, const char *text)
{
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			put_text(cli, "\\");
		put_bytes(cli, text, 1);
	}
}

static void fish_word(struct cli *cli, const char *condition, const struct command *c)
{
	put_text(cli, "complete -c v6kit -f -n '");
	put_text(cli, condition);
	put_text(cli, "' -a ");
	put_text(cli, c->name);
	put_text(cli, " -d '");
	fish_quote(cli, c->summary);
	put_line(cli, "'");
}

static void fish_option(struct cli *cli, const struct command *c, const char *group,
	const struct opt *o)
{
	char letter[] = { ' ', '-', 's', ' ', opt_letter(c->options, o), '\0' };
	bool file = o->kind == OPT_FILE || o->kind == OPT_OPERAND_FILE;

	put_text(cli, "complete -c v6kit -n '__v6kit_is ");
	put_command(cli, c, group);
	put_text(cli, "'");
	put_text(cli, letter[4] ? letter : "");
	put_text(cli, " -l ");
	put_text(cli, o->name);
	if (o->arg)
		put_text(cli, file ? " -r -F" : opt_is_optional(o) ? " -f" : " -x");
	if (o->choices) {
		put_text(cli, " -a '");
		put_choices(cli, o);
		put_text(cli, "'");
	}
	put_text(cli, " -d '");
	fish_quote(cli, o->help);
	put_line(cli, "'");
}

static void fish_command(struct cli *cli, const struct command *c, const char *group)
{
	struct message condition = { .n = 0 };

	message_text(&condition, "__v6kit_at");
	message_text(&condition, group ? " " : "");
	message_text(&condition, group ? group : "");
	condition.text[condition.n] = '\0';
	fish_word(cli, condition.text, c);
	if (c->commands)
		return;
	each_option(cli, c, group, fish_option);
	if (c == &cmd_completion)
		put_line(cli, "complete -c v6kit -f -n '__v6kit_at completion' -a 'bash zsh fish'");
}

static void fish(struct cli *cli)
{
	put_line(cli, "# fish completion for v6kit; made by: v6kit completion fish");
	put_line(cli, "function __v6kit_at");
	put_line(cli, "\tset -l words (commandline -opc)");
	put_line(cli,
		"\ttest (count $words) -eq (math 1 + (count $argv)); and test \"$words[2..]\" = \"$argv\"");
	put_line(cli, "end");
	put_line(cli, "function __v6kit_is");
	put_line(cli, "\tset -l words (commandline -opc)");
	put_line(cli, "\tset -l last (math 1 + (count $argv))");
	put_line(cli, "\ttest (count $words) -ge $last; and test \"$words[2..$last]\" = \"$argv\"");
	put_line(cli, "end");
	put_line(cli, "complete -c v6kit -f -n '__v6kit_at' -a help -d 'Print help'");
	put_line(cli, "complete -c v6kit -n '__v6kit_at' -l help -d 'Print help'");
	put_line(cli, "complete -c v6kit -n '__v6kit_at' -l version -d 'Print the version'");
	each_command(cli, commands, NULL, fish_command);
}

static int run(struct cli *cli, const void *own)
{
	static const struct {
		const char *shell;
		void (*print)(struct cli *cli);
	} shells[] = { { "bash", bash }, { "zsh", zsh }, { "fish", fish } };

	(void)own;
	if (cli->operands != 1)
		return diag_usage(cli, "one shell is to be named: bash, zsh or fish", "", 0, "");
	for (size_t i = 0; i < sizeof(shells) / sizeof(shells[0]); i++) {
		if (strcmp(cli->operand[0], shells[i].shell) == 0) {
			shells[i].print(cli);
			return STATUS_YES;
		}
	}
	return diag_usage(cli, "no completion for \"", cli->operand[0], strlen(cli->operand[0]),
		"\"");
}

const struct command cmd_completion = {
	.name = "completion",
	.summary = "Print the completion script for a shell.",
	.operands = "bash|zsh|fish",
	.common = COMMON_OUTPUT,
	.run = run,
};
