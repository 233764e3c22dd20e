/* origin.c: text that remembers where it was written. */
#include "origin.h"

#include <stdlib.h>
#include <string.h>

static bool room(struct text *t, size_t n)
{
	/* Bytes that come at once, such as the body of a macro, are mostly all there will be. */
	size_t cap = t->cap ? t->cap : n > 1 ? n : 256;
	struct origin *at;
	char *s;

	if (n <= t->cap - t->n)
		return true;
	while (cap - t->n < n) {
		if (cap > SIZE_MAX / 2 / sizeof(*t->at))
			return false;
		cap *= 2;
	}
	s = realloc(t->s, cap);
	if (!s)
		return false;
	t->s = s;
	at = realloc(t->at, cap * sizeof(*at));
	if (!at)
		return false;
	t->at = at;
	t->cap = cap;
	return true;
}

bool text_add(struct text *t, char c, struct origin at)
{
	if (t->n == t->cap && !room(t, 1))
		return false;
	t->s[t->n] = c;
	t->at[t->n++] = at;
	return true;
}

bool text_add_written(struct text *t, const char *s, size_t n, uint32_t at)
{
	if (n == 0)
		return true;
	if (!room(t, n))
		return false;
	memcpy(t->s + t->n, s, n);
	for (size_t i = 0; i < n; i++, at++)
		t->at[t->n++] = (struct origin){ at, at };
	return true;
}

bool text_add_text(struct text *t, const struct text *from, size_t off, size_t n, uint32_t used)
{
	if (n == 0)
		return true;
	if (!room(t, n))
		return false;
	memcpy(t->s + t->n, from->s + off, n);
	for (size_t i = 0; i < n; i++) {
		t->at[t->n] = from->at[off + i];
		if (used != ORIGIN_NONE)
			t->at[t->n].used = used;
		t->n++;
	}
	return true;
}

bool text_add_own(struct text *t, const char *s, uint32_t used)
{
	for (; *s; s++)
		if (!text_add(t, *s, (struct origin){ ORIGIN_NONE, used }))
			return false;
	return true;
}

void text_free(struct text *t)
{
	free(t->s);
	free(t->at);
	*t = (struct text){ NULL, NULL, 0, 0 };
}

bool text_is_whole(const struct text *t, size_t off, size_t n)
{
	for (size_t i = off; i < off + n; i++)
		if (t->at[i].written == ORIGIN_NONE ||
			t->at[i].written != t->at[off].written + (i - off))
			return false;
	return true;
}
