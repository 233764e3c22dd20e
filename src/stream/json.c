/* json.c: jansson reads a JSON text into a tree, which knows no places. So the text, which is valid then,
 * is gone through beside the tree: both have their members in the same order. */
#include <config.h>

#include "json.h"

#include <string.h>

#ifdef HAVE_JANSSON
#include <jansson.h>
#endif

static bool ends_key(char c)
{
	return c == '\0' || (unsigned char)c <= ' ' || strchr(".[],\"", c);
}

/* One step at *at; 0, or the place of the fault plus 1. */
static size_t read_step(const char *text, size_t *at, struct json_step *step)
{
	size_t from = *at + 1, to = from;

	if (text[*at] == '[') {
		size_t number = 0;

		for (; text[to] >= '0' && text[to] <= '9'; to++) {
			if (number > (SIZE_MAX - 9) / 10 || (to > from && text[from] == '0'))
				return to + 1;
			number = 10 * number + (size_t)(text[to] - '0');
		}
		if (text[to] != ']')
			return to + 1;
		*step = (struct json_step){ to > from ? JSON_INDEX : JSON_EACH, NULL, number };
		*at = to + 1;
		return 0;
	}
	if (text[*at] != '.')
		return *at + 1;
	if (text[from] == '[') {
		*at = from;
		return read_step(text, at, step);
	}
	if (text[from] == '"') {
		const char *end = strchr(text + from + 1, '"');

		if (!end)
			return from + 1;
		*step = (struct json_step){ JSON_KEY, text + from + 1,
			(size_t)(end - text) - from - 1 };
		*at = (size_t)(end - text) + 1;
		return 0;
	}
	while (!ends_key(text[to]))
		to++;
	if (to == from)
		return to + 1;
	*step = (struct json_step){ JSON_KEY, text + from, to - from };
	*at = to;
	return 0;
}

static size_t read_path(const char *text, size_t *at, struct json_path *path)
{
	size_t fault = 0;

	*path = (struct json_path){ .s = text + *at };
	if (text[*at] == '.' && (text[*at + 1] == '\0' || text[*at + 1] == ','))
		++*at;
	else if (text[*at] != '.')
		return *at + 1;
	while (fault == 0 && text[*at] != '\0' && text[*at] != ',') {
		if (path->steps == JSON_STEPS_MAX)
			return *at + 1;
		fault = read_step(text, at, &path->step[path->steps++]);
	}
	path->n = (size_t)(text + *at - path->s);
	return fault;
}

size_t json_paths_read(const char *text, struct json_paths *out)
{
	size_t at = 0, fault;

	for (out->n = 0; out->n < JSON_PATHS_MAX; at++) {
		fault = read_path(text, &at, &out->path[out->n++]);
		if (fault || text[at] == '\0')
			return fault;
	}
	return at;
}

#ifdef HAVE_JANSSON

const char *json_name(void)
{
	return "jansson " JANSSON_VERSION;
}

bool json_can_read(void)
{
	return true;
}

/* On the way along one path. */
struct walk {
	const char *s;
	size_t n;
	const struct json_path *path;
	json_each *each;
	void *to;
	size_t found, seen, line_start; /* s[0..seen) has `line` - 1 newlines */
	uint64_t line;
	bool stopped;
};

static size_t skip_blanks(const struct walk *w, size_t at)
{
	while (at < w->n && (w->s[at] == ' ' || w->s[at] == '\t' || w->s[at] == '\n' ||
				    w->s[at] == '\r'))
		at++;
	return at;
}

static size_t skip_string(const struct walk *w, size_t at)
{
	for (at++; at < w->n && w->s[at] != '"'; at++)
		at += w->s[at] == '\\';
	return at + 1;
}

static bool ends_scalar(char c)
{
	return strchr(",]} \t\r\n", c) != NULL;
}

/* Behind the value at `at`. */
static size_t skip_value(const struct walk *w, size_t at)
{
	size_t depth = 0;
	char c = w->s[at];

	if (c == '"')
		return skip_string(w, at);
	if (c != '[' && c != '{') {
		while (at < w->n && !ends_scalar(w->s[at]))
			at++;
		return at;
	}
	do {
		c = w->s[at];
		depth += c == '[' || c == '{';
		depth -= c == ']' || c == '}';
		at = c == '"' ? skip_string(w, at) : at + 1;
	} while (depth > 0 && at < w->n);
	return at;
}

/* Line and column of s[at], which never goes back. */
static void find_place(struct walk *w, size_t at, struct json_found *found)
{
	const char *newline;

	while ((newline = memchr(w->s + w->seen, '\n', at - w->seen))) {
		w->seen = w->line_start = (size_t)(newline - w->s) + 1;
		w->line++;
	}
	w->seen = at;
	found->line = w->line;
	found->col = at - w->line_start + 1;
}

static void give(struct walk *w, struct json_found found, size_t at)
{
	find_place(w, at, &found);
	w->stopped = !w->each(w->to, &found);
}

static void give_wrong(struct walk *w, size_t at, const char *wrong)
{
	size_t n = 1;

	while (at + n < w->n && w->s[at] != '{' && w->s[at] != '[' && !ends_scalar(w->s[at + n]))
		n++;
	w->found++;
	give(w, (struct json_found){ .s = w->s + at, .n = n, .wrong = wrong }, at);
}

static void walk(struct walk *w, json_t *v, size_t at, unsigned step);

/* The inner values of an array or object: those that the step leads to, or all. */
static void walk_inner(struct walk *w, json_t *v, size_t at, const struct json_step *step,
	unsigned next)
{
	bool object = json_is_object(v);
	void *member = object ? json_object_iter(v) : NULL;
	size_t n = object ? json_object_size(v) : json_array_size(v);

	for (size_t i = 0; i < n && !w->stopped; i++) {
		bool wanted = step->kind == JSON_EACH || (!object && i == step->n);
		json_t *inner = object ? json_object_iter_value(member) : json_array_get(v, i);

		at = skip_blanks(w, at + 1);
		if (object) {
			const char *key = json_object_iter_key(member);

			wanted = wanted || (strlen(key) == step->n &&
				memcmp(key, step->s, step->n) == 0);
			member = json_object_iter_next(v, member);
			/* The key, and the colon behind it. */
			at = skip_blanks(w, skip_string(w, at));
			at = skip_blanks(w, at + 1);
		}
		if (wanted)
			walk(w, inner, at, next);
		at = skip_blanks(w, skip_value(w, at));
	}
}

static void walk_end(struct walk *w, json_t *v, size_t at)
{
	const struct json_step all = { JSON_EACH, NULL, 0 };

	w->found++;
	if (json_is_string(v))
		give(w, (struct json_found){ .s = json_string_value(v), .n = json_string_length(v) },
			at + 1);
	else if (json_is_array(v))
		walk_inner(w, v, at, &all, w->path->steps);
	else
		give_wrong(w, at, "not a string, as a prefix or range is");
}

static void walk(struct walk *w, json_t *v, size_t at, unsigned step)
{
	const struct json_step *s = &w->path->step[step];

	if (step == w->path->steps) {
		walk_end(w, v, at);
	} else if (s->kind == JSON_KEY && !json_is_object(v)) {
		give_wrong(w, at, "not an object, as the path has it");
	} else if (s->kind == JSON_INDEX && !json_is_array(v)) {
		give_wrong(w, at, "not an array, as the path has it");
	} else if (s->kind == JSON_EACH && !json_is_array(v) && !json_is_object(v)) {
		give_wrong(w, at, "neither an array nor an object, as the path has it");
	} else {
		/* An empty list is one that was found. */
		w->found += s->kind == JSON_EACH && json_array_size(v) + json_object_size(v) == 0;
		walk_inner(w, v, at, s, step + 1);
	}
}

static const char *syntax_text(enum json_error_code code)
{
	switch (code) {
	case json_error_invalid_utf8:
		return "not UTF-8";
	case json_error_premature_end_of_input:
		return "the JSON text ends too early";
	case json_error_end_of_input_expected:
		return "something behind the end of the JSON text";
	case json_error_duplicate_key:
		return "a key that this object has already";
	case json_error_numeric_overflow:
		return "a number that is too large to be read";
	case json_error_stack_overflow:
		return "JSON that is too deeply nested";
	case json_error_null_character:
	case json_error_null_byte_in_key:
		return "a NUL in a JSON text";
	default:
		return "not valid JSON";
	}
}

/* jansson's place is the end of what it could not take. */
static enum json_end bad_syntax(const char *s, size_t n, const json_error_t *error,
	struct json_found *fault)
{
	size_t at = error->position > 0 ? (size_t)error->position - 1 : 0, from, to;

	if (json_error_code(error) == json_error_out_of_memory)
		return JSON_NO_MEMORY;
	at = at < n ? at : n;
	for (from = at; from > 0 && s[from - 1] != '\n'; from--)
		;
	for (to = at; to < n && s[to] != '\n'; to++)
		;
	*fault = (struct json_found){ s + from, to - from, syntax_text(json_error_code(error)), 1,
		at - from + 1 };
	for (size_t i = 0; i < from; i++)
		fault->line += s[i] == '\n';
	return JSON_SYNTAX;
}

enum json_end json_read(const char *s, size_t n, const struct json_paths *paths, json_each *each,
	void *to, struct json_found *fault)
{
	json_error_t error;
	json_t *root = json_loadb(s, n, JSON_REJECT_DUPLICATES, &error);
	enum json_end end = JSON_DONE;

	if (!root)
		return bad_syntax(s, n, &error, fault);
	for (unsigned i = 0; i < paths->n && end == JSON_DONE; i++) {
		struct walk w = { s, n, &paths->path[i], each, to, 0, 0, 0, 1, false };

		walk(&w, root, skip_blanks(&w, 0), 0);
		*fault = (struct json_found){ .s = w.path->s, .n = w.path->n };
		if (w.stopped)
			end = JSON_STOPPED;
		else if (w.found == 0)
			end = JSON_NOTHING;
	}
	json_decref(root);
	return end;
}

#else

const char *json_name(void)
{
	return "none (built without jansson)";
}

bool json_can_read(void)
{
	return false;
}

enum json_end json_read(const char *s, size_t n, const struct json_paths *paths, json_each *each,
	void *to, struct json_found *fault)
{
	(void)s;
	(void)n;
	(void)paths;
	(void)each;
	(void)to;
	(void)fault;
	return JSON_NO_MEMORY;
}

#endif
