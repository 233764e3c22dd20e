/* lib.h: what the unit tests share: cmocka as it wants to be included, the names of the error
 * codes, and values from text that is known to be good. */
#ifndef V6KIT_TESTS_UNIT_LIB_H
#define V6KIT_TESTS_UNIT_LIB_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Without cmocka: for machines that only an emulator runs. */
#ifdef V6K_TEST_PLAIN
#define fail_msg(...) (fprintf(stderr, __VA_ARGS__), fputc('\n', stderr), exit(1))
#else
#include <cmocka.h>
#endif

#include <v6kit.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define ERROR_NAMES(X) \
	X(OK) X(EINVAL) X(ENOMEM) X(ENOSPC) X(EOVERFLOW) X(EFAMILY) X(EHOSTBITS) X(ESTYLE) \
	X(ENIBBLE) X(ELIMIT) X(EEMPTY) X(ECHAR) X(EGROUPLEN) X(EGROUPS) X(EFEWGROUPS) X(EGAPTWICE) \
	X(EGAPFULL) X(ECOLON) X(EOCTET) X(EOCTETZERO) X(EOCTETS) X(EZONE) X(EZONEIPV4) \
	X(EZONEPREFIX) X(ELEN) X(ELENMAX) X(ENETMASK) X(EMASKHOLE) X(EPORT) X(EBRACKET) X(ETAG) \
	X(ENAME) X(ERFC2317) X(EORDER) X(ENUMBER) X(EAMBIGUOUS) X(ENOTADDR) X(ENOTPREFIX) \
	X(EPORTHERE)

/* "EGROUPS" of V6K_EGROUPS. */
static inline const char *code_name(int code)
{
	switch (code) {
#define X(name) \
	case V6K_##name: \
		return #name;
		ERROR_NAMES(X)
#undef X
	default:
		return "no such code";
	}
}

/* A failed parse as text, "ECHAR 5+1": the code, the offset and the length. */
static inline void error_text(int code, const struct v6k_error *err, char out[64])
{
	snprintf(out, 64, "%s %u+%u%s", code_name(code), (unsigned)err->off, (unsigned)err->len,
		err->code == code ? "" : " and another code in the error");
}

/* What an error looks like before a call, so that a call that does not set it is seen. */
static inline struct v6k_error error_unset(void)
{
	return (struct v6k_error){ 12345, 12345, 12345 };
}

/* A value from text; "" is no address. A test with a bad text fails. */
static inline struct v6k_addr addr(const char *text)
{
	struct v6k_addr a = { .family = V6K_NONE };

	if (*text && v6k_addr_parse(text, strlen(text), &a, NULL))
		fail_msg("bad address in a test: %s", text);
	return a;
}

static inline struct v6k_prefix prefix(const char *text)
{
	struct v6k_prefix p = { .family = V6K_NONE };

	if (*text && v6k_prefix_parse(text, strlen(text), 0, &p, NULL))
		fail_msg("bad prefix in a test: %s", text);
	return p;
}

static inline struct v6k_range range(const char *text)
{
	struct v6k_range r = { .first = { .family = V6K_NONE } };

	if (*text && v6k_range_parse(text, strlen(text), 0, &r, NULL))
		fail_msg("bad range in a test: %s", text);
	return r;
}

/* Canonical text, for messages and comparisons; "none" for no value. The buffers take turns. */
static inline const char *text_of_addr(struct v6k_addr a)
{
	static char text[4][V6K_ADDR_TEXT_MAX + 1];
	static unsigned turn;
	char *out = text[turn++ % 4];
	int n = v6k_addr_format(a, V6K_CANONICAL, out, V6K_ADDR_TEXT_MAX);

	strcpy(out + (n < 0 ? 0 : n), n < 0 ? "none" : "");
	return out;
}

static inline const char *text_of_prefix(struct v6k_prefix p)
{
	static char text[4][V6K_ADDR_TEXT_MAX + 8];
	static unsigned turn;
	char *out = text[turn++ % 4];
	int n = v6k_prefix_format(p, V6K_CANONICAL, out, sizeof(text[0]) - 8);

	strcpy(out + (n < 0 ? 0 : n), n < 0 ? "none" : "");
	return out;
}

static inline const char *text_of_count(struct v6k_count count)
{
	static char text[V6K_COUNT_TEXT_MAX + 1];

	text[v6k_count_format(count, text, V6K_COUNT_TEXT_MAX)] = 0;
	return text;
}

/* The tables below are loops: a failure has to say which row it was. */
#define assert_row(name, condition) \
	do { \
		if (!(condition)) \
			fail_msg("%s: not true: %s", name, #condition); \
	} while (0)

#define assert_row_text(name, got, want) \
	do { \
		const char *got_ = (got), *want_ = (want); \
		if (strcmp(got_, want_) != 0) \
			fail_msg("%s: got \"%s\", want \"%s\"", name, got_, want_); \
	} while (0)

#endif
