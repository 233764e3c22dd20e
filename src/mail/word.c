/* word.c: words, in any case. */
#include "word.h"

#include <string.h>

bool word_is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool word_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool word_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

char word_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

/* Whether the first n bytes of both are the same. */
static bool same(const char *s, const char *word, size_t n)
{
	size_t i = 0;

	while (i < n && word_lower(s[i]) == word_lower(word[i]))
		i++;
	return i == n;
}

bool word_begins(const char *s, size_t n, const char *word)
{
	return n >= strlen(word) && same(s, word, strlen(word));
}

bool word_is(const char *s, size_t n, const char *word)
{
	return n == strlen(word) && same(s, word, n);
}

bool word_is_cut(const char *s, size_t n, const char *word)
{
	return n <= strlen(word) && same(s, word, n);
}

void word_trim(const char **s, size_t *n)
{
	for (; *n > 0 && word_is_blank(**s); ++*s)
		--*n;
	while (*n > 0 && word_is_blank((*s)[*n - 1]))
		--*n;
}
