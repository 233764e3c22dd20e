/* test_error.c: every code has a line of prose of its own. */
#include "lib.h"

static const int codes[] = {
#define X(name) V6K_##name,
	ERROR_NAMES(X)
#undef X
};

static void prose(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(codes); i++) {
		const char *text = v6k_err_text(codes[i]);
		size_t n = strlen(text);

		assert_true(n > 0 && n < 90);
		assert_null(strpbrk(text, "\n\t"));
		assert_true(text[n - 1] != '.');
		assert_string_not_equal(text, v6k_err_text(-12345));
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(text, v6k_err_text(codes[j]));
	}
}

/* The codes have no holes that the list above does not know of. */
static void all_of_them(void **state)
{
	unsigned known = 0;

	(void)state;
	for (int code = -200; code <= 200; code++)
		known += strcmp(v6k_err_text(code), v6k_err_text(-12345)) != 0;
	assert_int_equal(known, COUNT(codes));
	assert_int_equal(V6K_OK, 0);
	for (size_t i = 1; i < COUNT(codes); i++)
		assert_true(codes[i] < 0);
}

static void version(void **state)
{
	char text[32];

	(void)state;
	snprintf(text, sizeof(text), "%d.%d.%d", V6K_VERSION_MAJOR, V6K_VERSION_MINOR,
		V6K_VERSION_PATCH);
	assert_string_equal(v6k_version(), V6K_VERSION);
	assert_string_equal(v6k_version(), text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prose),
		cmocka_unit_test(all_of_them),
		cmocka_unit_test(version),
	};

	return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
