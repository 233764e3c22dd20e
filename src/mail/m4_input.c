/* m4_input.c: what m4 reads next: files, and text that macros gave back. */
#include <stdlib.h>
#include <string.h>

#include "literal.h"
#include "m4_run.h"

enum {
	INPUTS_MAX = 16384, /* texts of which each waits for the one above it */
	CALL_COST = 16      /* in bytes, so that a macro that is itself ends too */
};

void m4_input_pop(struct m4 *m)
{
	struct input *top = &m->input[--m->inputs];

	if (top->name)
		m->files--;
	text_free(&top->text);
}

/* Without what is read to its end, so that a macro that ends in another call needs no room. */
bool m4_input_push(struct m4 *m, const struct input *input)
{
	while (m->inputs > m->bottom && m->input[m->inputs - 1].i == m->input[m->inputs - 1].n)
		m4_input_pop(m);
	if (m->inputs == m->inputs_cap) {
		size_t cap = m->inputs_cap ? 2 * m->inputs_cap : 16;
		struct input *bigger = realloc(m->input, cap * sizeof(*bigger));

		if (!bigger)
			return m4_no_memory(m);
		m->input = bigger;
		m->inputs_cap = cap;
	}
	m->input[m->inputs++] = *input;
	return true;
}

bool m4_push_text(struct m4 *m, struct text *t, uint32_t at, size_t n)
{
	struct input input = { t->s, t->at, 0, t->n, 0, *t, NULL };

	m->pushed += t->n + CALL_COST;
	if (m->pushed > m->pushed_max || t->n > M4_TEXT_MAX || m->inputs >= INPUTS_MAX) {
		text_free(t);
		return m4_fail(m, at, n, "the macro expands without end, or to too much");
	}
	if (t->n == 0) {
		text_free(t);
		return true;
	}
	if (!m4_input_push(m, &input)) {
		text_free(t);
		return false;
	}
	return true;
}

struct input *m4_input_top(struct m4 *m)
{
	while (m->inputs > m->bottom && m->input[m->inputs - 1].i == m->input[m->inputs - 1].n)
		m4_input_pop(m);
	return m->inputs > m->bottom ? &m->input[m->inputs - 1] : NULL;
}

bool m4_push_unknown(struct m4 *m, uint32_t at)
{
	struct text t = { NULL, NULL, 0, 0 };

	if (!text_add(&t, ORIGIN_UNKNOWN, (struct origin){ ORIGIN_NONE, at })) {
		text_free(&t);
		return m4_no_memory(m);
	}
	return m4_push_text(m, &t, at, 1);
}

static bool push_own(struct m4 *m, const char *s, uint32_t at)
{
	struct text t = { NULL, NULL, 0, 0 };

	if (!text_add_own(&t, s, at)) {
		text_free(&t);
		return m4_no_memory(m);
	}
	return m4_push_text(m, &t, at, 1);
}

bool m4_push_number(struct m4 *m, long number, uint32_t at)
{
	char digits[24];

	if (number < 0 && !push_own(m, mail_number(-(uint64_t)number, digits), at))
		return false;
	return push_own(m, number < 0 ? "-" : mail_number((uint64_t)number, digits), at);
}

bool m4_push_quoted(struct m4 *m, const struct text *body, uint32_t at)
{
	struct text t = { NULL, NULL, 0, 0 };
	struct origin none = { ORIGIN_NONE, at };
	bool good = true;

	for (size_t i = 0; good && i < m->left_n; i++)
		good = text_add(&t, m->left[i], none);
	good = good && text_add_text(&t, body, 0, body->n, ORIGIN_NONE);
	for (size_t i = 0; good && i < m->right_n; i++)
		good = text_add(&t, m->right[i], none);
	if (!good) {
		text_free(&t);
		return m4_no_memory(m);
	}
	return m4_push_text(m, &t, at, 1);
}

bool m4_push_copy(struct m4 *m, const struct text *from, size_t off, size_t n, uint32_t at)
{
	struct text t = { NULL, NULL, 0, 0 };

	if (!text_add_text(&t, from, off, n, ORIGIN_NONE)) {
		text_free(&t);
		return m4_no_memory(m);
	}
	return m4_push_text(m, &t, at, 1);
}
