/* word.h: words of mail software's files, in any case: letters, digits and blanks of ASCII, whatever
 * the locale. */
#ifndef V6KIT_MAIL_WORD_H
#define V6KIT_MAIL_WORD_H

#include <stdbool.h>
#include <stddef.h>

/* A blank, a tab, or what else ends a line or a page. */
bool word_is_blank(char c);
bool word_is_letter(char c);
bool word_is_digit(char c);

char word_lower(char c);

/* Whether s[0..n) begins with a word, is one, or is the beginning of one, in any case. */
bool word_begins(const char *s, size_t n, const char *word);
bool word_is(const char *s, size_t n, const char *word);
bool word_is_cut(const char *s, size_t n, const char *word);

/* Takes the blanks at both ends of s[0..n) off. */
void word_trim(const char **s, size_t *n);

#endif
