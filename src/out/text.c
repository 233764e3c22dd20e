/* text.c: any bytes, for readers who take text. */
#include "text.h"

static const char hex[] = "0123456789abcdef";

size_t out_utf8_length(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t need;
	unsigned low = 0x80, high = 0xbf;

	if (u[0] < 0x80)
		return 1;
	if (u[0] < 0xc2 || u[0] > 0xf4)
		return 0;
	need = u[0] < 0xe0 ? 2 : u[0] < 0xf0 ? 3 : 4;
	if (u[0] == 0xe0)
		low = 0xa0;
	else if (u[0] == 0xed)
		high = 0x9f;
	else if (u[0] == 0xf0)
		low = 0x90;
	else if (u[0] == 0xf4)
		high = 0x8f;
	if (n < need || u[1] < low || u[1] > high)
		return 0;
	for (size_t i = 2; i < need; i++)
		if (u[i] < 0x80 || u[i] > 0xbf)
			return 0;
	return need;
}

/* The bytes at s that a JSON string has as they are. */
static size_t plain_length(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n) {
		unsigned char c = (unsigned char)s[i];
		size_t length = c < 0x80 ? 1 : out_utf8_length(s + i, n - i);

		if (length == 0 || c == '"' || c == '\\' || c < 0x20 || c == 0x7f)
			break;
		i += length;
	}
	return i;
}

bool out_json_string(out_write *write, void *to, const char *s, size_t n)
{
	bool valid = true;

	write(to, "\"", 1);
	for (size_t i = 0;; i++) {
		size_t plain = plain_length(s + i, n - i);
		unsigned char c;

		/* Plain bytes are written together. */
		if (plain > 0)
			write(to, s + i, plain);
		i += plain;
		if (i == n)
			break;
		c = (unsigned char)s[i];
		if (c == '"' || c == '\\') {
			char escape[2] = { '\\', s[i] };

			write(to, escape, 2);
		} else if (c < 0x20 || c == 0x7f) {
			char escape[6] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };

			write(to, escape, 6);
		} else {
			write(to, "\xef\xbf\xbd", 3);
			valid = false;
		}
	}
	write(to, "\"", 1);
	return valid;
}

static bool is_printable(char c)
{
	return c >= ' ' && c <= '~';
}

void out_escaped(out_write *write, void *to, const char *s, size_t n)
{
	for (size_t i = 0, plain = 0;; i++) {
		/* Printable bytes are written together. */
		if (i < n && is_printable(s[i]))
			continue;
		if (i > plain)
			write(to, s + plain, i - plain);
		if (i == n)
			break;
		write(to, (char[]){ '\\', 'x', hex[(unsigned char)s[i] >> 4], hex[s[i] & 15] }, 4);
		plain = i + 1;
	}
}

size_t out_escaped_columns(const char *s, size_t n)
{
	size_t wide = 0;

	for (size_t i = 0; i < n; i++)
		wide += is_printable(s[i]) ? 1 : 4;
	return wide;
}
