/* count.c: exact counts past 64 bits. */
#include <string.h>

#include <v6kit/count.h>
#include <v6kit/error.h>

int v6k_count_add(struct v6k_count a, struct v6k_count b, struct v6k_count *out)
{
	struct v6k_count sum;
	uint64_t carry = 0;

	for (unsigned i = 0; i < 3; i++) {
		uint64_t part = a.w[i] + b.w[i];
		uint64_t over = part < a.w[i];

		sum.w[i] = part + carry;
		carry = over | (sum.w[i] < part);
	}
	if (carry)
		return V6K_EOVERFLOW;
	*out = sum;
	return 0;
}

int v6k_count_sub(struct v6k_count a, struct v6k_count b, struct v6k_count *out)
{
	struct v6k_count rest;
	uint64_t borrow = 0;

	for (unsigned i = 0; i < 3; i++) {
		uint64_t part = a.w[i] - b.w[i];

		rest.w[i] = part - borrow;
		borrow = (a.w[i] < b.w[i]) | (part < borrow);
	}
	if (borrow)
		return V6K_EOVERFLOW;
	*out = rest;
	return 0;
}

int v6k_count_cmp(struct v6k_count a, struct v6k_count b)
{
	for (unsigned i = 3; i-- > 0;)
		if (a.w[i] != b.w[i])
			return a.w[i] < b.w[i] ? -1 : 1;
	return 0;
}

/* Long division by 10^9 over 32-bit limbs, the low nine digits first. */
int v6k_count_format(struct v6k_count count, char *buf, size_t cap)
{
	char digits[V6K_COUNT_TEXT_MAX + 9];
	uint32_t limb[6];
	size_t at = sizeof(digits);
	unsigned top = 6;

	for (unsigned i = 0; i < 6; i++)
		limb[i] = (uint32_t)(count.w[i / 2] >> (i % 2 * 32));
	do {
		uint64_t rest = 0;

		while (top > 0 && limb[top - 1] == 0)
			top--;
		for (unsigned i = top; i-- > 0;) {
			rest = rest << 32 | limb[i];
			limb[i] = (uint32_t)(rest / 1000000000);
			rest %= 1000000000;
		}
		for (unsigned i = 0; i < 9 && (rest || top > 0); i++, rest /= 10)
			digits[--at] = (char)('0' + rest % 10);
		while (top > 0 && limb[top - 1] == 0)
			top--;
	} while (top > 0);
	while (at < sizeof(digits) && digits[at] == '0')
		at++;
	if (at == sizeof(digits))
		digits[--at] = '0';
	if (sizeof(digits) - at > cap)
		return V6K_ENOSPC;
	memcpy(buf, digits + at, sizeof(digits) - at);
	return (int)(sizeof(digits) - at);
}

int v6k_count_parse(const char *s, size_t n, struct v6k_count *out)
{
	struct v6k_count count = { { 0, 0, 0 } };

	if (n == 0 || (s[0] == '0' && n > 1))
		return V6K_ENUMBER;
	for (size_t at = 0; at < n; at++) {
		uint64_t carry = (unsigned char)s[at] - (unsigned)'0';

		if (carry > 9)
			return V6K_ENUMBER;
		/* Times ten, the digit added, in halves of 32 bits. */
		for (unsigned i = 0; i < 6; i++) {
			unsigned shift = i % 2 * 32;
			uint64_t half = (count.w[i / 2] >> shift & UINT32_MAX) * 10 + carry;

			count.w[i / 2] &= ~((uint64_t)UINT32_MAX << shift);
			count.w[i / 2] |= (half & UINT32_MAX) << shift;
			carry = half >> 32;
		}
		if (carry)
			return V6K_ENUMBER;
	}
	*out = count;
	return 0;
}
