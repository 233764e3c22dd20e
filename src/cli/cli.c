/* cli.c: finds the command, reads its options, opens its output, runs it. Help comes from the same
 * tables. */
#include <config.h>

#include "cli.h"

#include <stdlib.h>

#include "../stream/json.h"
#include "../stream/source.h"
#include "common.h"
#include "second.h"

#define COMMAND(name) extern const struct command cmd_##name;
#include "commands.def"
#undef COMMAND

const struct command *const commands[] = {
#define COMMAND(name) &cmd_##name,
#include "commands.def"
#undef COMMAND
	NULL
};

static const struct command *find(const struct command *const *table, const char *name)
{
	for (; *table; table++)
		if (strcmp((*table)->name, name) == 0)
			return *table;
	return NULL;
}

/* "-s, --style STYLE" or "--color[=WHEN]" into buf; returns its length. */
static size_t option_text(const struct opt *o, char letter, char *buf)
{
	struct message m = { .n = 0 };

	if (letter) {
		char dash[] = { '-', letter, ',', ' ', '\0' };

		message_text(&m, dash);
	} else {
		message_text(&m, "    ");
	}
	message_text(&m, "--");
	message_text(&m, o->name);
	if (o->arg) {
		message_text(&m, opt_is_optional(o) ? "[=" : " ");
		message_text(&m, opt_is_optional(o) ? o->arg + 1 : o->arg);
	}
	memcpy(buf, m.text, m.n);
	return m.n;
}

static void help_row(struct cli *cli, const char *left, size_t n, const char *right)
{
	enum { INDENT = 27, WIDTH = 79 };
	size_t column = n + 2;

	put_text(cli, "  ");
	put_bytes(cli, left, n);
	if (column >= INDENT) {
		put_line(cli, "");
		column = 0;
	}
	/* Word by word: a word that does not fit begins a line. */
	while (*right) {
		size_t word = strcspn(right, " ");

		if (column > INDENT && column + 1 + word > WIDTH) {
			put_line(cli, "");
			column = 0;
		}
		put_text(cli, column > INDENT ? " " : "");
		for (column += column > INDENT; column < INDENT; column++)
			put_text(cli, " ");
		put_bytes(cli, right, word);
		column += word;
		right += word + strspn(right + word, " ");
	}
	put_line(cli, "");
}

static void help_options(struct cli *cli, const struct opt *own, const struct opt *table,
	unsigned groups)
{
	char text[128];

	for (const struct opt *o = table; o && o->name; o++)
		if (o->group == 0 || o->group & groups)
			help_row(cli, text, option_text(o, opt_letter(own, o), text), o->help);
}

static void help_commands(struct cli *cli, const struct command *const *table)
{
	for (; *table; table++)
		help_row(cli, (*table)->name, strlen((*table)->name), (*table)->summary);
}

static void print_help(struct cli *cli, const struct command *command)
{
	put_text(cli, "usage: v6kit ");
	if (!command) {
		put_line(cli, "COMMAND [OPTION...] [OPERAND...]");
		put_line(cli, "IPv6-first, dual-stack address toolkit.");
		put_line(cli, "");
		help_commands(cli, commands);
		put_line(cli, "");
		put_line(cli,
			"v6kit help COMMAND, v6kit COMMAND --help and v6kit(1) say more; "
			"v6kit --version the version.");
		return;
	}
	put_text(cli, cli->name);
	put_text(cli, command->commands ? " COMMAND [OPTION...] [OPERAND...]" : " [OPTION...]");
	if (command->operands) {
		put_text(cli, " ");
		put_text(cli, command->operands);
	}
	put_line(cli, "");
	put_line(cli, command->summary);
	for (const char *const *note = command->notes; note && *note; note++)
		put_line(cli, *note);
	put_line(cli, "");
	if (command->commands)
		help_commands(cli, command->commands);
	help_options(cli, command->options, command->options, 0);
	help_options(cli, command->options, common_options, command->common | COMMON_HELP);
}

static void print_version(struct cli *cli, const struct command *command)
{
	(void)command;
	put_text(cli, "v6kit ");
	put_line(cli, v6k_version());
	put_text(cli, "second opinion: ");
	put_line(cli, second_name());
	put_text(cli, "vector instructions: ");
	put_line(cli, v6k_simd_name());
	put_text(cli, "JSON input: ");
	put_line(cli, json_name());
	put_text(cli, "compressed input: ");
	put_line(cli, source_name());
}

/* Not in the public API (src/core/dispatch.h): over the shared library there is none. */
extern int simd_force(const char *name) __attribute__((weak));

/* For tests and benchmarks: V6KIT_SIMD says which vector instructions to use. One that cannot be had
 * is no reason to measure another. */
static int choose_simd(struct cli *cli)
{
	const char *name = getenv("V6KIT_SIMD");
	struct message m = { .n = 0 };

	if (!name || !*name || (simd_force && simd_force(name) == 0))
		return 0;
	diag_start(&m, cli);
	message_text(&m, "V6KIT_SIMD=");
	message_bytes(&m, name, strlen(name));
	message_text(&m, ": not one of none, sse2, avx2 and neon that this machine and build have");
	return diag_end(&m, cli);
}

/* Adds a word to the name of the command that runs, as messages show it. */
static void add_name(struct cli *cli, const char *word)
{
	size_t n = strlen(cli->name);

	if (n + strlen(word) + 2 > sizeof(cli->name))
		return;
	if (n > 0)
		cli->name[n++] = ' ';
	memcpy(cli->name + n, word, strlen(word) + 1);
}

/* Prints something about v6kit itself, the version or the help of cli->command, to standard output:
 * no other option counts. */
static int print_about(struct cli *cli,
	void (*print)(struct cli *cli, const struct command *command))
{
	const struct command *command = cli->command;
	int status;

	cli->common = (struct common){ .quiet = false };
	cli->command = NULL;
	status = output_open(cli);
	if (status)
		return status;
	print(cli, command);
	return output_close(cli, STATUS_YES);
}

static bool is_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* help [COMMAND...] */
static int run_help(struct cli *cli, int argc, char **argv)
{
	const struct command *const *table = commands;

	if (argc > 0 && (is_help(argv[0]) || strcmp(argv[0], "help") == 0))
		argc = 0;
	for (int i = 0; i < argc; i++) {
		cli->command = table ? find(table, argv[i]) : NULL;
		if (!cli->command)
			return diag_usage(cli, "no command \"", argv[i], strlen(argv[i]), "\"");
		table = cli->command->commands;
		add_name(cli, argv[i]);
	}
	return print_about(cli, print_help);
}

/* Runs the command, whose options have been read. */
static int run_with(struct cli *cli, const void *options)
{
	int status;

	if (cli->common.help)
		return print_about(cli, print_help);
	status = output_open(cli);
	if (status) {
		sink_close(&cli->sink, false);
		return status;
	}
	status = cli->command->run(cli, options);
	free(cli->room);
	return output_close(cli, status);
}

static int run_command(struct cli *cli, int argc, char **argv)
{
	union {
		char bytes[OPTIONS_MAX];
		uint64_t number;
		const char *text;
	} options;
	const struct command *command = cli->command;
	/* The operands go to the front of argv: one that was an option's value stood behind them. */
	struct opt_operands operands = { argv, calloc((size_t)argc + 1, sizeof(struct opt *)), 0 };
	int status;

	if (!operands.of) {
		no_memory(cli);
		return STATUS_BAD;
	}
	memset(&options, 0, sizeof(options));
	status = opt_parse(cli, command->options, options.bytes, common_options,
		command->common | COMMON_HELP, &cli->common, argc, argv, &operands);
	cli->operand = operands.text;
	cli->operand_of = operands.of;
	cli->operands = operands.n;
	if (status == 0)
		status = run_with(cli, options.bytes);
	free(operands.of);
	return status;
}

int cli_main(int argc, char **argv, int in, int out, int err)
{
	struct cli cli = { .in = in, .out = out, .err = err };
	const struct command *const *table = commands;
	int at = 1;

	if (choose_simd(&cli))
		return STATUS_BAD;
	if (argc > 1 && strcmp(argv[1], "--version") == 0)
		return print_about(&cli, print_version);
	if (argc > 1 && is_help(argv[1]))
		return run_help(&cli, 0, NULL);
	if (argc > 1 && strcmp(argv[1], "help") == 0)
		return run_help(&cli, argc - 2, argv + 2);
	/* A group's name is followed by the name of one of its commands. */
	while (table) {
		if (at >= argc)
			return diag_usage(&cli, "a command is missing", "", 0, "");
		if (at > 1 && is_help(argv[at]))
			return print_about(&cli, print_help);
		if (argv[at][0] == '-')
			return diag_usage(&cli, "unknown option ", argv[at], strlen(argv[at]), "");
		cli.command = find(table, argv[at]);
		if (!cli.command)
			return diag_usage(&cli, "no command \"", argv[at], strlen(argv[at]), "\"");
		add_name(&cli, argv[at++]);
		table = cli.command->commands;
	}
	return run_command(&cli, argc - at, argv + at);
}
