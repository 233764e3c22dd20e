/* sarif.c: a SARIF log. Section numbers are those of the OASIS standard, version 2.1.0. */
#include <config.h>

#include "sarif.h"

#include <stdlib.h>

/* Where JSON goes: to the output, or to what is held. */
struct json {
	out_write *write;
	void *to;
};

struct to_held {
	struct cli *cli;
	struct held *held;
};

static void write_held(void *to, const char *s, size_t n)
{
	const struct to_held *h = to;

	held_add(h->cli, h->held, s, n);
}

static void put(const struct json *j, const char *text)
{
	j->write(j->to, text, strlen(text));
}

static void put_count(const struct json *j, size_t number)
{
	struct message m = { .n = 0 };

	message_number(&m, number);
	j->write(j->to, m.text, m.n);
}

/* Braces are doubled in message strings (3.11.5). No escape of JSON has any. */
static void write_doubled(void *to, const char *s, size_t n)
{
	const struct json *j = to;

	for (size_t i = 0; i < n; i++) {
		j->write(j->to, s + i, 1);
		if (s[i] == '{' || s[i] == '}')
			j->write(j->to, s + i, 1);
	}
}

static void put_string(const struct json *j, const char *s, size_t n)
{
	out_json_string(j->write, j->to, s, n);
}

static void put_message(const struct json *j, const char *name, const char *text)
{
	struct json copy = *j;

	put(j, "\"");
	put(j, name);
	put(j, "\":{\"text\":");
	out_json_string(write_doubled, &copy, text, strlen(text));
	put(j, "}");
}

/* A file's name as a URI reference (RFC 3986 sections 3.3 and 4.2, RFC 8089). Standard input has a
 * name among the files too. */
static void put_artifact(const struct json *j, const char *name)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				    "0123456789-._~/";
	static const char hex[] = "0123456789ABCDEF";

	if (strcmp(name, "-") == 0)
		name = "/dev/stdin";
	put(j, "\"artifactLocation\":{\"uri\":\"");
	if (*name == '/') {
		put(j, "file:///");
		name += strspn(name, "/");
	}
	for (; *name; name++) {
		char escape[] = { '%', hex[(unsigned char)*name >> 4], hex[*name & 15] };

		if (strchr(plain, *name))
			j->write(j->to, name, 1);
		else
			j->write(j->to, escape, sizeof(escape));
	}
	put(j, "\"}");
}

/* The column of a place in code points (3.14.17), from 1: a byte that is not UTF-8 counts as one,
 * as U+FFFD, which it is shown as, does. */
static size_t column(struct sarif_cursor *c, const struct lint_where *w)
{
	size_t off = w->column - 1;

	if (c->line != w->s || c->off > off)
		*c = (struct sarif_cursor){ .line = w->s };
	while (c->off < off) {
		size_t n = out_utf8_length(w->s + c->off, w->n - c->off);

		if (c->off + n > off)
			break;
		c->off += n ? n : 1;
		c->points++;
	}
	return c->points + 1;
}

static void put_region(const struct json *j, struct sarif_cursor *c, const char *name,
	struct lint *l, uint32_t at, uint32_t end)
{
	const struct lint_source *source = lint_source_at(l, at);
	uint32_t most = source->base + (uint32_t)source->n;
	/* What a macro expands to may be longer than what stands there. */
	struct lint_where from = lint_where(l, at), to = lint_where(l, end < most ? end : most);

	put(j, "\"");
	put(j, name);
	put(j, "\":{\"startLine\":");
	put_count(j, from.line);
	put(j, ",\"startColumn\":");
	put_count(j, column(c, &from));
	put(j, ",\"endLine\":");
	put_count(j, to.line);
	put(j, ",\"endColumn\":");
	put_count(j, column(c, &to));
	put(j, "}");
}

static void put_location(const struct json *j, struct sarif_cursor *c, struct lint *l, uint32_t at,
	uint32_t n)
{
	put(j, "\"locations\":[{\"physicalLocation\":{");
	put_artifact(j, lint_source_at(l, at)->name);
	put(j, ",");
	put_region(j, c, "region", l, at, at + n);
	put(j, "}}]");
}

/* The edits of a finding: those of one file together (3.55). */
static void put_fix(const struct json *j, struct sarif *s, struct lint *l,
	const struct lint_finding *f)
{
	const struct lint_source *last = NULL;

	put(j, ",\"fixes\":[{");
	put_message(j, "description", f->fix);
	put(j, ",\"artifactChanges\":[");
	for (unsigned i = 0; i < f->edits; i++) {
		const struct lint_edit *edit = &f->edit[i];
		const struct lint_source *source = lint_source_at(l, edit->at);

		if (source != last) {
			put(j, last ? "]},{" : "{");
			put_artifact(j, source->name);
			put(j, ",\"replacements\":[");
		}
		put(j, source == last ? ",{" : "{");
		put_region(j, &s->edit, "deletedRegion", l, edit->at, edit->end);
		put(j, ",\"insertedContent\":{\"text\":");
		put_string(j, edit->s, edit->n);
		put(j, "}}");
		last = source;
	}
	put(j, "]}]}]");
}

static void put_rules(const struct json *j)
{
	for (unsigned r = 1; r <= LINT_RULES; r++) {
		const struct lint_rule *rule = &lint_rules[r];

		put(j, r > 1 ? ",{\"id\":\"" : "{\"id\":\"");
		put(j, lint_names[r - 1]);
		put(j, "\",");
		put_message(j, "shortDescription", rule->bad);
		put(j, ",");
		put_message(j, "fullDescription", rule->reason);
		put(j, ",");
		put_message(j, "help", rule->fix);
		put(j, ",\"defaultConfiguration\":{\"level\":\"");
		put(j, lint_severities[rule->severity]);
		put(j, "\"}}");
	}
}

void sarif_open(struct sarif *s, struct cli *cli)
{
	struct json j = { put_to, cli };

	*s = (struct sarif){ .cli = cli };
	put(&j,
		"{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
		"\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"v6kit\","
		"\"version\":");
	put_string(&j, v6k_version(), strlen(v6k_version()));
	put(&j, ",\"rules\":[");
	put_rules(&j);
	put(&j, "]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[");
}

void sarif_forget(struct sarif *s)
{
	s->finding = s->edit = s->note = (struct sarif_cursor){ NULL, 0, 0 };
}

/* A condition of the run itself (3.58), which is no finding about a file. */
static void note(struct sarif *s, enum lint_severity level, const char *name, const char *text,
	struct lint *l, uint32_t at, uint32_t n)
{
	struct to_held held = { s->cli, &s->notes };
	struct json j = { write_held, &held };

	put(&j, s->notes.n > 0 ? ",{\"level\":\"" : "{\"level\":\"");
	put(&j, lint_severities[level]);
	put(&j, "\",");
	put_message(&j, "message", text);
	put(&j, ",");
	if (l) {
		put_location(&j, &s->note, l, at, n);
	} else {
		put(&j, "\"locations\":[{\"physicalLocation\":{");
		put_artifact(&j, name);
		put(&j, "}}]");
	}
	put(&j, "}");
}

/* "TEXT; fix: FIX" */
static const char *with_fix(struct cli *cli, const struct lint_finding *f)
{
	static const char between[] = "; fix: ";
	size_t n = strlen(f->text), fix_n = strlen(f->fix), between_n = sizeof(between) - 1;
	char *text = cli_room(cli, n + between_n + fix_n + 1);

	if (!text)
		return f->text;
	memcpy(text, f->text, n);
	memcpy(text + n, between, between_n);
	memcpy(text + n + between_n, f->fix, fix_n + 1);
	return text;
}

void sarif_finding(struct sarif *s, struct lint *l, const struct lint_finding *f)
{
	struct json j = { put_to, s->cli };

	if (f->rule == 0) {
		note(s, f->severity, NULL, f->text, l, f->at, f->n);
		return;
	}
	put(&j, s->started ? ",\n{\"ruleId\":\"" : "\n{\"ruleId\":\"");
	s->started = true;
	put(&j, lint_names[f->rule - 1]);
	put(&j, "\",\"ruleIndex\":");
	put_count(&j, f->rule - 1);
	put(&j, ",\"level\":\"");
	put(&j, lint_severities[f->severity]);
	put(&j, "\",");
	put_message(&j, "message", with_fix(s->cli, f));
	put(&j, ",");
	put_location(&j, &s->finding, l, f->at, f->n);
	if (f->edits > 0)
		put_fix(&j, s, l, f);
	put(&j, "}");
	sink_end_record(&s->cli->sink);
}

void sarif_fault(struct sarif *s, const char *name, struct lint *l, const struct lint_fault *fault)
{
	bool placed = l && *lint_source_at(l, fault->at)->name;

	note(s, LINT_ERROR, name, fault->text, placed ? l : NULL, fault->at, fault->n);
}

void sarif_close(struct sarif *s, bool all)
{
	put_text(s->cli, "],\n\"invocations\":[{\"executionSuccessful\":");
	put_text(s->cli, all ? "true" : "false");
	if (s->notes.n > 0) {
		put_text(s->cli, ",\"toolExecutionNotifications\":[");
		put_bytes(s->cli, s->notes.text, s->notes.n);
		put_text(s->cli, "]");
	}
	put_line(s->cli, "}]}]}");
	free(s->notes.text);
}
