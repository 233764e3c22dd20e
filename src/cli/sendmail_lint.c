/* sendmail_lint.c: sendmail lint, what is wrong with sendmail's files, and mending it. */
#include <config.h>

#include <stdlib.h>

#include "../out/diff.h"
#include "lint_file.h"
#include "sarif.h"
#include "sendmail.h"

/* Mending one thing may bring another to light, but not for long. */
enum { ROUNDS_MAX = 32 };

struct lint_options {
	unsigned type;
	uint32_t disabled; /* bit i: the rule i + 1 */
	bool resolve, fix, dry_run, rules, compressed, sarif;
};
_Static_assert(sizeof(struct lint_options) <= OPTIONS_MAX, "options");

#define OWN(kind, member) kind, offsetof(struct lint_options, member), 0
static const struct opt lint_table[] = {
	{ 0, "type", "TYPE", OWN(OPT_CHOICE, type), lint_types,
		"what the FILEs are, when name and content do not tell" },
	{ 0, "resolve", NULL, OWN(OPT_FLAG, resolve), NULL,
		"look up the host names of daemons, A and AAAA apart" },
	{ 0, "fix", NULL, OWN(OPT_FLAG, fix), NULL,
		"mend what can be mended safely, and print what remains" },
	{ 0, "dry-run", NULL, OWN(OPT_FLAG, dry_run), NULL,
		"with --fix: print what it would change, as a unified diff" },
	{ 0, "disable", "RULES", OWN(OPT_SOME, disabled), lint_names,
		"leave these rules out: SM05,SM13" },
	{ 0, "compressed", NULL, OWN(OPT_FLAG, compressed), NULL,
		"keys of maps are for UseCompressedIPv6Addresses" },
	{ 0, "rules", NULL, OWN(OPT_FLAG, rules), NULL, "list the rules" },
	{ 0, "sarif", NULL, OWN(OPT_FLAG, sarif), NULL, "print a SARIF 2.1.0 log" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL }
};
#undef OWN

enum { RULE, SEVERITY, FILE_NAME, LINE, COLUMN, TEXT, REASON, FIX, SAFE, SILENT };
static const char *const fields[] = { "rule", "severity", "file", "line", "column", "text",
	"reason", "fix", "safe", "silent", NULL };

/* A run over files. */
struct linting {
	struct cli *cli;
	const struct lint_options *options;
	uint32_t disabled; /* bit r: the rule r */
	bool sarif_on;
	struct sarif sarif;
};

/* A file on its way: what it has become, and the last run over it. */
struct work {
	struct lint_file file;
	struct lint_outside outside;
	char *fixed; /* null: as it was */
	size_t fixed_n;
	size_t mended;
	struct lint *lint;
	bool good;
	struct lint_fault fault;
};

static const char *now(const struct work *w, size_t *n)
{
	*n = w->fixed ? w->fixed_n : w->file.n;
	return w->fixed ? w->fixed : w->file.s;
}

/* Output */

static void put_escaped(struct cli *cli, const char *text)
{
	out_escaped(put_to, cli, text, strlen(text));
}

static void put_number(struct cli *cli, size_t number)
{
	struct message m = { .n = 0 };

	message_number(&m, number);
	put_bytes(cli, m.text, m.n);
}

/* "FILE:LINE:COL: error: SM04 text; fix: ..." */
static void put_finding(struct cli *cli, const struct lint_finding *f, const struct lint_where *w)
{
	put_escaped(cli, w->source->name);
	put_text(cli, ":");
	put_number(cli, w->line);
	put_text(cli, ":");
	put_number(cli, w->column);
	put_text(cli, ": ");
	put_text(cli, lint_severities[f->severity]);
	put_text(cli, ": ");
	if (f->rule > 0) {
		put_text(cli, lint_names[f->rule - 1]);
		put_text(cli, " ");
	}
	put_escaped(cli, f->text);
	if (f->fix) {
		put_text(cli, "; fix: ");
		put_escaped(cli, f->fix);
	}
	put_bytes(cli, &cli->record.terminator, 1);
	sink_end_record(&cli->sink);
}

static void record_bytes(struct cli *cli, unsigned field, const char *text)
{
	out_bytes(&cli->record, field, text, strlen(text));
}

static void record_finding(struct cli *cli, const struct lint_finding *f,
	const struct lint_where *w)
{
	if (f->rule > 0)
		record_text(cli, RULE, lint_names[f->rule - 1]);
	record_text(cli, SEVERITY, lint_severities[f->severity]);
	record_bytes(cli, FILE_NAME, w->source->name);
	out_number(&cli->record, LINE, w->line);
	out_number(&cli->record, COLUMN, w->column);
	record_bytes(cli, TEXT, f->text);
	if (f->rule > 0) {
		record_text(cli, REASON, lint_rules[f->rule].reason);
		record_bytes(cli, FIX, f->fix);
		out_bool(&cli->record, SAFE, f->edits > 0);
		out_bool(&cli->record, SILENT, lint_rules[f->rule].silent);
	}
	record_end(cli);
}

/* Prints the findings of a run. Returns how many count. */
static size_t print_findings(struct linting *run, struct lint *l)
{
	struct cli *cli = run->cli;
	size_t n, count = 0;
	const struct lint_finding *f = lint_findings(l, &n);

	for (; n > 0; n--, f++) {
		struct lint_where where;

		if (run->disabled >> f->rule & 1)
			continue;
		count += f->rule > 0;
		if (cli->common.quiet || run->options->dry_run)
			continue;
		where = lint_where(l, f->at);
		if (run->sarif_on)
			sarif_finding(&run->sarif, l, f);
		else if (cli->record.shape == OUT_KEYS)
			put_finding(cli, f, &where);
		else
			record_finding(cli, f, &where);
	}
	return count;
}

/* "v6kit: FILE: 2 findings mended" */
static void say_mended(const struct linting *run, const struct work *w, size_t remain)
{
	struct message m = { .n = 0 };
	bool dry_run = run->options->dry_run;

	if (run->cli->common.quiet || (w->mended == 0 && !(dry_run && remain > 0)))
		return;
	message_number(&m, w->mended);
	message_text(&m, w->mended == 1 ? " finding " : " findings ");
	message_text(&m, dry_run ? "would be mended" : "mended");
	/* They are printed, but not beside a diff. */
	if (dry_run && remain > 0) {
		message_text(&m, ", ");
		message_number(&m, remain);
		message_text(&m, remain == 1 ? " remains" : " remain");
	}
	m.text[m.n] = '\0';
	diag_file(run->cli, w->file.name, m.text);
}

/* Linting and mending */

/* Mends what the last run found. False when there is nothing left to do. */
static bool mend(struct linting *run, struct work *w)
{
	size_t n, made, now_n;
	char *fixed = lint_fix(w->lint, 0, run->disabled, &n, &made);
	const char *s = now(w, &now_n);

	if (!fixed)
		no_memory(run->cli);
	if (!fixed || made == 0 || (n == now_n && memcmp(fixed, s, n) == 0)) {
		free(fixed);
		return false;
	}
	free(w->fixed);
	w->fixed = fixed;
	w->fixed_n = n;
	w->mended += made;
	return true;
}

/* Lints a file, and with --fix what it becomes, until nothing is left that can be mended. */
static void lint_work(struct linting *run, struct work *w)
{
	const struct lint_options *o = run->options;
	struct lint_host host = lint_outside_host(&w->outside);

	for (unsigned round = 0; !run->cli->failed; round++) {
		size_t n;
		const char *s = now(w, &n);

		lint_free(w->lint);
		w->lint = lint_new(&host, o->compressed);
		if (!w->lint) {
			no_memory(run->cli);
			return;
		}
		w->good = lint_read(w->lint, w->file.type, w->file.name, s, n, &w->fault);
		if (!w->good || !o->fix || round == ROUNDS_MAX || !mend(run, w))
			return;
	}
}

/* Puts the mended bytes in the place of the file. */
static bool replace(struct cli *cli, const struct work *w)
{
	struct sink sink;
	int e = sink_create(&sink, w->file.name);

	if (e == 0) {
		sink_write(&sink, w->fixed, w->fixed_n);
		e = sink_close(&sink, true);
	}
	if (e)
		diag_errno(cli, w->file.name, -e);
	return e == 0;
}

/* Writes what --fix changed, or shows it. */
static bool write_work(struct linting *run, const struct work *w)
{
	struct cli *cli = run->cli;

	if (!w->fixed)
		return true;
	if (!run->options->dry_run)
		return replace(cli, w);
	if (!cli->common.quiet &&
		!diff_unified(put_to, cli, w->file.name, w->file.s, w->file.n, w->fixed,
			w->fixed_n))
		no_memory(cli);
	return !cli->failed;
}

static int bad_file(struct linting *run, const char *name, const char *text)
{
	struct lint_fault fault = { .text = text };

	if (run->sarif_on)
		sarif_fault(&run->sarif, name, NULL, &fault);
	return diag_file(run->cli, name, text);
}

/* Says what stands about a file that was read, or in how far it was. Returns its status. */
static int report(struct linting *run, struct work *w)
{
	size_t remain;

	if (w->good && !write_work(run, w))
		return STATUS_BAD;
	remain = print_findings(run, w->lint);
	if (!w->good) {
		lint_file_fault(run->cli, w->lint, &w->fault);
		if (run->sarif_on)
			sarif_fault(&run->sarif, w->file.name, w->lint, &w->fault);
		return STATUS_BAD;
	}
	say_mended(run, w, remain);
	return remain > 0 || (run->options->dry_run && w->mended > 0) ? STATUS_NO : STATUS_YES;
}

static int lint_one(struct linting *run, const char *name)
{
	const struct lint_options *o = run->options;
	struct work w = { .outside = { .resolve = o->resolve } };
	const char *fault = lint_file_read(run->cli, name, (enum lint_type)o->type, &w.file);
	int status = STATUS_BAD;

	if (!fault && o->fix && !o->dry_run && !w.file.regular)
		fault = "not a regular file: --fix has nothing to replace";
	if (fault) {
		status = bad_file(run, name, fault);
	} else {
		lint_work(run, &w);
		if (!run->cli->failed)
			status = report(run, &w);
	}
	if (run->sarif_on)
		sarif_forget(&run->sarif);
	lint_free(w.lint);
	lint_outside_free(&w.outside);
	free(w.fixed);
	lint_file_free(&w.file);
	return status;
}

/* --rules */

static void put_rule(struct cli *cli, unsigned r)
{
	const struct lint_rule *rule = &lint_rules[r];

	put_text(cli, lint_names[r - 1]);
	put_text(cli, " ");
	put_text(cli, lint_severities[rule->severity]);
	put_text(cli, ": ");
	put_text(cli, rule->bad);
	put_text(cli, ": ");
	put_text(cli, rule->reason);
	put_text(cli, "; fix: ");
	put_text(cli, rule->fix);
	put_text(cli, rule->safe ? " [--fix]" : "");
	put_text(cli, rule->silent ? " [silent]" : "");
	put_bytes(cli, &cli->record.terminator, 1);
}

static int list_rules(struct cli *cli, uint32_t disabled)
{
	for (unsigned r = 1; r <= LINT_RULES && !cli->common.quiet; r++) {
		const struct lint_rule *rule = &lint_rules[r];

		if (disabled >> r & 1)
			continue;
		if (cli->record.shape == OUT_KEYS) {
			put_rule(cli, r);
			continue;
		}
		record_text(cli, RULE, lint_names[r - 1]);
		record_text(cli, SEVERITY, lint_severities[rule->severity]);
		record_text(cli, TEXT, rule->bad);
		record_text(cli, REASON, rule->reason);
		record_text(cli, FIX, rule->fix);
		out_bool(&cli->record, SAFE, rule->safe);
		out_bool(&cli->record, SILENT, rule->silent);
		record_end(cli);
	}
	return STATUS_YES;
}

/* Options that do not go together, or null. */
static const char *conflict(const struct cli *cli, const struct lint_options *o)
{
	const struct common *c = &cli->common;
	bool shaped = c->json || c->csv || c->template || c->nul;

	if (o->dry_run && !o->fix)
		return "--dry-run goes with --fix";
	if (o->dry_run && (shaped || o->sarif))
		return "--dry-run prints a diff: it goes with none of -j, --csv, -F, -0, --sarif";
	if (o->sarif && shaped)
		return "--sarif goes with none of -j, --csv, -F, -0";
	if (o->rules && (o->fix || o->sarif || o->resolve || o->compressed || o->type))
		return "--rules lists the rules and lints nothing";
	if (o->rules && cli->operands > 0)
		return "--rules takes no FILE";
	return NULL;
}

static int run_lint(struct cli *cli, const void *own)
{
	static char standard[] = "-", *no_operand[] = { standard };
	const struct lint_options *o = own;
	struct linting run = { .cli = cli,
		.options = o,
		.disabled = o->disabled << 1,
		.sarif_on = o->sarif && !cli->common.quiet };
	int operands = cli->operands > 0 ? cli->operands : 1, status = STATUS_YES;
	char **operand = cli->operands > 0 ? cli->operand : no_operand;

	if (conflict(cli, o))
		return diag_say(cli, conflict(cli, o));
	if (o->rules)
		return list_rules(cli, run.disabled);
	if (run.sarif_on)
		sarif_open(&run.sarif, cli);
	for (int i = 0; i < operands && !cli->failed && !cli->sink.error; i++) {
		int one = lint_one(&run, operand[i]);

		if (one > status)
			status = one;
	}
	if (run.sarif_on)
		sarif_close(&run.sarif, status != STATUS_BAD);
	return status;
}

const struct command sendmail_lint = {
	.name = "lint",
	.summary = "Find, and mend, what is wrong with sendmail's files.",
	.operands = "[FILE...]",
	.files = true,
	.options = lint_table,
	.common = COMMON_RECORD | COMMON_QUIET | COMMON_OUTPUT,
	.fields = fields,
	.run = run_lint,
};
