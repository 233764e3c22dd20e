/* number.c: addresses as numbers: decimal, hexadecimal, base85. */
#include <string.h>

#include "parse.h"

const char base85_digits[] =
	"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

static bool number_times(struct u128 *number, unsigned base, unsigned digit)
{
	struct u128 sum = { 0, digit };

	for (unsigned i = base; i > 0; i >>= 1) {
		/* Horner's step by doubling: sum += number * base, bit by bit. */
		if (i & 1 && u128_add(sum, *number, &sum))
			return false;
		if (i > 1 && number->hi >> 63)
			return false;
		*number = u128_shl(*number, 1);
	}
	*number = sum;
	return true;
}

static int read_digits(const char *s, size_t n, size_t at, enum v6k_from from, struct u128 *out,
	struct v6k_error *err)
{
	unsigned base = from == V6K_FROM_INT ? 10 : from == V6K_FROM_HEX ? 16 : 85;
	struct u128 number = { 0, 0 };

	for (size_t i = at; i < n; i++) {
		unsigned digit = from == V6K_FROM_INT ? decimal_at(s, i) : hex_at(s, i);

		if (from == V6K_FROM_BASE85) {
			const char *place = s[i] ? strchr(base85_digits, s[i]) : NULL;

			digit = place ? (unsigned)(place - base85_digits) : base;
		}
		if (digit >= base)
			return parse_fail(err, V6K_ECHAR, i, 1);
		if (!number_times(&number, base, digit))
			return parse_fail(err, V6K_ENUMBER, at, n - at);
	}
	*out = number;
	return 0;
}

/* The family of a number that does not say it: by its digits in hexadecimal, by size in decimal. */
static int number_family(enum v6k_from from, size_t digits, struct u128 number,
	enum v6k_family *family)
{
	if (from == V6K_FROM_BASE85) {
		if (*family == V6K_IPV4)
			return V6K_EFAMILY;
		*family = V6K_IPV6;
		return digits == 20 ? 0 : V6K_ENUMBER;
	}
	if (from == V6K_FROM_HEX) {
		if (*family != V6K_NONE)
			return digits <= family_width(*family) / 4 ? 0 : V6K_ENUMBER;
		*family = digits == 8 ? V6K_IPV4 : V6K_IPV6;
		return digits == 8 || digits == 32 ? 0 : V6K_ENUMBER;
	}
	if (number.hi == 0 && number.lo <= UINT32_MAX)
		return *family == V6K_NONE ? V6K_EAMBIGUOUS : 0;
	if (*family == V6K_IPV4)
		return V6K_ENUMBER;
	*family = V6K_IPV6;
	return 0;
}

int v6k_number_parse(const char *s, size_t n, enum v6k_from from, enum v6k_family family,
	struct v6k_notation *out, struct v6k_error *err)
{
	struct u128 number;
	size_t at = 0;
	int e;

	if (n > UINT32_MAX || from < V6K_FROM_INT || from > V6K_FROM_BASE85 ||
		(family != V6K_NONE && !family_ok(family)))
		return parse_fail(err, V6K_EINVAL, 0, 0);
	if (from == V6K_FROM_HEX && n > 2 && s[0] == '0' && lower(s[1]) == 'x')
		at = 2;
	if (n == at)
		return parse_fail(err, V6K_EEMPTY, n, 0);
	if (from == V6K_FROM_INT && s[0] == '0' && n > 1)
		return parse_fail(err, V6K_ENUMBER, 0, n);
	e = read_digits(s, n, at, from, &number, err);
	if (e)
		return e;
	e = number_family(from, n - at, number, &family);
	if (e)
		return parse_fail(err, e, at, n - at);
	*out = (struct v6k_notation){ .addr = addr_value(family, number),
		.kind = V6K_KIND_ADDR,
		.bits = (uint8_t)family_width(family),
		.form = V6K_FORM_NUMBER };
	return 0;
}
